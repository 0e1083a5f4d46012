-- My participation: counts per month, grown in the transaction that causes them. One function draws the summary, for the member and for the door.
-- +goose Up
CREATE TABLE coop.participation (
  cooperative_id uuid NOT NULL,
  member_id uuid NOT NULL,
  month date NOT NULL CONSTRAINT a_month_begins_on_its_first_day CHECK (month = date_trunc('month', month)::date),
  help_given int NOT NULL DEFAULT 0,
  help_received int NOT NULL DEFAULT 0,
  events int NOT NULL DEFAULT 0,
  board int NOT NULL DEFAULT 0,
  assemblies int NOT NULL DEFAULT 0,
  PRIMARY KEY (cooperative_id, member_id, month),
  CONSTRAINT counts_are_not_negative CHECK (least(help_given, help_received, events, board, assemblies) >= 0),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id)
);

-- How often, in words that hide the number.
CREATE FUNCTION coop.times_band(n bigint) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN n IS NULL OR n <= 0 THEN NULL WHEN n <= 3 THEN '1-3' WHEN n <= 9 THEN '4-9' ELSE '10+' END;
CREATE FUNCTION coop.months_band(n bigint) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN n IS NULL OR n <= 0 THEN NULL WHEN n <= 2 THEN '1-2' WHEN n <= 4 THEN '3-4' ELSE '5-6' END;

-- The months that may be counted: the six that end with the current one, from the first month consented on.
CREATE FUNCTION coop.participation_months(p_member uuid, p_from date, p_today date)
RETURNS TABLE (month date, help_given int, help_received int, events int, board int, assemblies int)
LANGUAGE sql STABLE SET search_path = coop, pg_temp AS $$
  SELECT p.month, p.help_given, p.help_received, p.events, p.board, p.assemblies
  FROM coop.participation p
  WHERE p.member_id = p_member
    AND p.month >= greatest(date_trunc('month', p_from)::date, (date_trunc('month', p_today) - interval '5 months')::date)
    AND p.month <= date_trunc('month', p_today)::date
  ORDER BY p.month
$$;

-- The summary in bands; a line with nothing to say is absent, never zero.
-- +goose StatementBegin
CREATE FUNCTION coop.participation_summary(p_member uuid, p_from date, p_today date) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = coop, pg_temp AS $$
  WITH m AS (SELECT * FROM coop.participation_months(p_member, p_from, p_today)),
  t AS (
    SELECT sum(help_given) AS given, sum(help_received) AS received,
      count(*) FILTER (WHERE help_given + help_received + events + board + assemblies > 0) AS active,
      coalesce(sum(help_given + help_received + events + board + assemblies) FILTER (WHERE month > (date_trunc('month', p_today) - interval '3 months')::date), 0) AS late,
      coalesce(sum(help_given + help_received + events + board + assemblies) FILTER (WHERE month <= (date_trunc('month', p_today) - interval '3 months')::date), 0) AS early
    FROM m
  ),
  r AS (
    SELECT array_agg(DISTINCT role ORDER BY role) AS roles FROM coop.member_roles
    WHERE member_id = p_member AND from_at < p_today + 1 AND (until_at IS NULL OR until_at >= p_today)
  )
  SELECT jsonb_strip_nulls(jsonb_build_object(
    'joined', to_char(b.joined_at AT TIME ZONE 'Europe/Paris', 'YYYY-MM'),
    'active', coop.months_band(t.active),
    'given', coop.times_band(t.given),
    'received', coop.times_band(t.received),
    'roles', to_jsonb(r.roles),
    'trend', CASE
      WHEN t.late + t.early = 0 THEN NULL
      WHEN b.joined_at > p_today - interval '3 months' OR p_from > (p_today - interval '3 months')::date THEN 'new'
      WHEN t.late > t.early * 1.25 + 1 THEN 'up'
      WHEN t.early > t.late * 1.25 + 1 THEN 'down'
      ELSE 'stable' END))
  FROM coop.members b, t, r
  WHERE b.id = p_member AND b.state NOT IN ('left')
$$;
-- +goose StatementEnd

GRANT SELECT, INSERT, UPDATE ON coop.participation TO lien_coop;
GRANT SELECT ON coop.participation, coop.members, coop.member_roles, coop.events, coop.listings TO lien_bond;
GRANT EXECUTE ON FUNCTION coop.times_band(bigint), coop.months_band(bigint), coop.participation_months(uuid, date, date),
  coop.participation_summary(uuid, date, date) TO lien_coop, lien_bond;

-- +goose Down
DROP FUNCTION coop.participation_summary(uuid, date, date), coop.participation_months(uuid, date, date), coop.months_band(bigint), coop.times_band(bigint);
DROP TABLE coop.participation;
