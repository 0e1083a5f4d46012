-- The one door between the cooperative and individual support. Nobody reads these tables: only the functions below do, each for one side.
-- +goose Up
CREATE TABLE bond.clock (
  one boolean PRIMARY KEY CONSTRAINT there_is_one_clock CHECK (one),
  may_be_told boolean NOT NULL -- true only while a story is told or a test runs: then lien.now is the time
);
INSERT INTO bond.clock (one, may_be_told) VALUES (true, false);

-- A code given face to face, valid for fifteen minutes, used once.
CREATE TABLE bond.codes (
  code_hash bytea PRIMARY KEY,
  case_id uuid NOT NULL,
  person_id uuid NOT NULL,
  worker_id uuid NOT NULL,
  given_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);
CREATE INDEX codes_of_a_person ON bond.codes (person_id);

CREATE TABLE bond.links (
  id uuid PRIMARY KEY,
  resident_id uuid NOT NULL,
  cooperative_id uuid NOT NULL,
  member_id uuid NOT NULL,
  case_id uuid NOT NULL,
  person_id uuid NOT NULL,
  made_at timestamptz NOT NULL,
  ended_at timestamptz,
  set_aside_at timestamptz, -- the resident's device was replaced at the desk: nothing is said of this link until a code proves again who they are
  CONSTRAINT what_is_set_aside_has_ended CHECK (set_aside_at IS NULL OR ended_at IS NOT NULL)
);
CREATE UNIQUE INDEX a_resident_has_one_link ON bond.links (resident_id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX a_person_has_one_link ON bond.links (person_id) WHERE ended_at IS NULL;

-- Wrong codes that a resident typed lately: five, then they wait until the oldest is a quarter of an hour old.
CREATE TABLE bond.tries (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  resident_id uuid NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX tries_of_a_resident ON bond.tries (resident_id, at);

CREATE TABLE bond.consents (
  id uuid PRIMARY KEY,
  link_id uuid NOT NULL REFERENCES bond.links (id),
  scope text NOT NULL CONSTRAINT a_scope_is_known CHECK (scope IN ('summary', 'monthly', 'highlights', 'proposals')),
  worker_id uuid NOT NULL, -- to this referent and nobody after them
  shows_from date NOT NULL,
  text_version int NOT NULL,
  language text NOT NULL,
  channel text NOT NULL CONSTRAINT a_channel_is_known CHECK (channel IN ('screen', 'paper')),
  given_at timestamptz NOT NULL,
  lapses_at timestamptz NOT NULL,
  withdrawn_at timestamptz,
  CONSTRAINT a_consent_lapses_after_it_began CHECK (lapses_at > given_at)
);
CREATE UNIQUE INDEX a_scope_is_open_once ON bond.consents (link_id, scope) WHERE withdrawn_at IS NULL;

CREATE TABLE bond.highlights (
  id uuid PRIMARY KEY,
  link_id uuid NOT NULL REFERENCES bond.links (id),
  words text NOT NULL CONSTRAINT a_highlight_is_short CHECK (char_length(words) BETWEEN 1 AND 200),
  picked_at timestamptz NOT NULL,
  dropped_at timestamptz
);
CREATE INDEX highlights_of_a_link ON bond.highlights (link_id) WHERE dropped_at IS NULL;

CREATE TABLE bond.proposals (
  id uuid PRIMARY KEY,
  link_id uuid NOT NULL REFERENCES bond.links (id),
  worker_id uuid NOT NULL,
  kind text NOT NULL CONSTRAINT a_proposal_is_an_event_or_a_listing CHECK (kind IN ('event', 'listing')),
  target_id uuid NOT NULL,
  made_at timestamptz NOT NULL,
  put_away_at timestamptz
);
CREATE UNIQUE INDEX a_thing_is_proposed_once ON bond.proposals (link_id, target_id);

-- Each reading through the door: written by the function that reads, never by anybody else.
CREATE TABLE bond.readings (
  id uuid PRIMARY KEY,
  link_id uuid NOT NULL REFERENCES bond.links (id),
  worker_id uuid NOT NULL,
  scopes text[] NOT NULL,
  purpose text NOT NULL CONSTRAINT a_purpose_is_known CHECK (purpose IN ('follow_up', 'visit', 'handover', 'coordination')),
  at timestamptz NOT NULL
);
CREATE INDEX readings_of_a_link ON bond.readings (link_id, at DESC, id DESC);

GRANT SELECT ON bond.clock TO lien_bond;
GRANT SELECT, INSERT, UPDATE ON bond.codes, bond.links, bond.consents, bond.highlights, bond.proposals TO lien_bond;
GRANT SELECT, INSERT ON bond.readings TO lien_bond;
GRANT SELECT, INSERT, DELETE ON bond.tries TO lien_bond;
GRANT SELECT ON support.cases, support.case_members, support.persons, support.workers, support.organisations, support.accesses TO lien_bond;
CREATE POLICY the_door ON support.cases FOR SELECT TO lien_bond USING (true);
CREATE POLICY the_door ON support.case_members FOR SELECT TO lien_bond USING (true);
CREATE POLICY the_door ON support.persons FOR SELECT TO lien_bond USING (true);
CREATE POLICY the_door ON support.workers FOR SELECT TO lien_bond USING (true);
CREATE POLICY the_door ON support.organisations FOR SELECT TO lien_bond USING (true);
CREATE POLICY the_door ON support.accesses FOR SELECT TO lien_bond USING (true);

CREATE FUNCTION bond.now() RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = bond, pg_temp AS $$
  SELECT CASE WHEN may_be_told THEN coalesce(nullif(current_setting('lien.now', true), '')::timestamptz, pg_catalog.now()) ELSE pg_catalog.now() END
  FROM bond.clock
$$;

-- ---------------------------------------------------------------- the referent's side

-- The referent of a case, now; none when the worker has ended.
CREATE FUNCTION bond.referent(p_case uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = bond, pg_temp AS $$
  SELECT m.worker_id FROM support.case_members m
  JOIN support.workers w ON w.id = m.worker_id
  JOIN support.cases c ON c.id = m.case_id
  WHERE m.case_id = p_case AND m.role = 'referent' AND m.until_at IS NULL AND w.ended_at IS NULL AND c.state <> 'closed'
$$;

-- The consents of a link that are live now: neither withdrawn nor lapsed, given to the present referent since
-- that worker took the case on, by somebody who is still a member. Who comes back to a case has to be told yes again.
CREATE FUNCTION bond.open_consents(p_link uuid) RETURNS SETOF bond.consents
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = bond, pg_temp AS $$
  SELECT c.* FROM bond.consents c
  JOIN bond.links l ON l.id = c.link_id
  JOIN support.cases k ON k.id = l.case_id
  JOIN support.case_members m ON m.case_id = l.case_id AND m.worker_id = c.worker_id
  JOIN support.workers w ON w.id = m.worker_id
  JOIN coop.members b ON b.id = l.member_id AND b.cooperative_id = l.cooperative_id
  WHERE l.id = p_link AND l.ended_at IS NULL AND k.state <> 'closed' AND b.state <> 'left'
    AND m.role = 'referent' AND m.until_at IS NULL AND w.ended_at IS NULL
    AND c.withdrawn_at IS NULL AND c.lapses_at > bond.now() AND c.given_at >= m.from_at
$$;

-- The live consents that the person of this case gave to the worker who now acts.
CREATE FUNCTION bond.live(p_case uuid, p_person uuid) RETURNS SETOF bond.consents
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = bond, pg_temp AS $$
  SELECT c.* FROM bond.links l, bond.open_consents(l.id) c
  WHERE l.case_id = p_case AND l.person_id = p_person AND l.ended_at IS NULL AND c.worker_id = support.me()
$$;

-- What a scope shows of a link from a day on, or null when there is nothing. The preview that the resident sees
-- before choosing and the referent's page are both drawn here. The month somebody joined is said only beside
-- something else: alone, it would say that there is nothing.
CREATE FUNCTION bond.part(p_link uuid, p_scope text, p_from date) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = bond, pg_temp AS $$
  WITH l AS (
    SELECT l.id, l.member_id, (bond.now() AT TIME ZONE 'Europe/Paris')::date AS today FROM bond.links l WHERE l.id = p_link
  )
  SELECT CASE p_scope
    WHEN 'summary' THEN (
      SELECT s FROM l, coop.participation_summary(l.member_id, p_from, l.today) s WHERE s ?| ARRAY['active', 'roles'])
    WHEN 'monthly' THEN (
      SELECT jsonb_agg(to_jsonb(m) ORDER BY m.month) FROM l, coop.participation_months(l.member_id, p_from, l.today) m
      WHERE m.help_given + m.help_received + m.events + m.board + m.assemblies > 0)
    WHEN 'highlights' THEN (
      SELECT jsonb_agg(h.words ORDER BY h.id) FROM l, bond.highlights h WHERE h.link_id = l.id AND h.dropped_at IS NULL)
    WHEN 'proposals' THEN 'true'
  END
$$;

-- give_code keeps the hash of a one-time code for an adult of the referent's own case and
-- forgets the person's earlier codes. It returns when the code ends, or null when it is not theirs to give.
-- +goose StatementBegin
CREATE FUNCTION bond.give_code(p_case uuid, p_person uuid, p_code_hash bytea) RETURNS timestamptz
LANGUAGE plpgsql SECURITY DEFINER SET search_path = bond, pg_temp AS $$
DECLARE ends timestamptz := bond.now() + interval '15 minutes';
BEGIN
  IF support.me() IS NULL OR bond.referent(p_case) IS DISTINCT FROM support.me() THEN RETURN NULL; END IF;
  PERFORM FROM support.persons p JOIN support.cases c ON c.household_id = p.household_id
    WHERE c.id = p_case AND p.id = p_person AND p.adult;
  IF NOT FOUND THEN RETURN NULL; END IF;
  UPDATE bond.codes SET expires_at = bond.now() WHERE person_id = p_person AND used_at IS NULL AND expires_at > bond.now();
  INSERT INTO bond.codes (code_hash, case_id, person_id, worker_id, given_at, expires_at)
  VALUES (p_code_hash, p_case, p_person, support.me(), bond.now(), ends);
  RETURN ends;
END $$;
-- +goose StatementEnd

-- read returns what a person of the referent's case shows them, and writes the reading in the
-- same statement. Whatever the reason that nothing is shown, the answer is null.
-- +goose StatementBegin
CREATE FUNCTION bond.read(p_case uuid, p_person uuid, p_purpose text, p_reading uuid) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = bond, pg_temp AS $$
DECLARE
  v_link bond.links;
  v_out jsonb := '{}';
  v_part jsonb;
  v_until timestamptz;
  v_consent bond.consents;
  v_scopes text[] := '{}';
BEGIN
  -- Held until the end of the transaction: a withdrawal comes wholly before or wholly after this reading.
  SELECT l.* INTO v_link FROM bond.links l WHERE l.case_id = p_case AND l.person_id = p_person AND l.ended_at IS NULL FOR SHARE;
  IF NOT FOUND THEN RETURN NULL; END IF;
  FOR v_consent IN SELECT * FROM bond.live(p_case, p_person) ORDER BY scope LOOP
    v_part := bond.part(v_link.id, v_consent.scope, v_consent.shows_from);
    IF v_part IS NOT NULL THEN
      v_out := v_out || jsonb_build_object(v_consent.scope, v_part);
      v_until := least(v_until, v_consent.lapses_at);
      v_scopes := v_scopes || v_consent.scope;
    END IF;
  END LOOP;
  IF v_scopes = '{}' THEN RETURN NULL; END IF;
  INSERT INTO bond.readings (id, link_id, worker_id, scopes, purpose, at)
  VALUES (p_reading, v_link.id, support.me(), v_scopes, p_purpose, bond.now());
  RETURN v_out || jsonb_build_object('until', to_char(v_until AT TIME ZONE 'Europe/Paris', 'YYYY-MM-DD'));
END $$;
-- +goose StatementEnd

-- state is a mark that changes when what may be seen changes; null whenever there is nothing to see, whatever
-- the reason. An open page compares it without reading: it follows what was chosen, never what was done.
CREATE FUNCTION bond.state(p_case uuid, p_person uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = bond, pg_temp AS $$
  SELECT md5(string_agg(c.id::text || CASE WHEN c.scope = 'highlights' THEN coalesce((
    SELECT string_agg(h.id::text, '+' ORDER BY h.id) FROM bond.highlights h WHERE h.link_id = c.link_id AND h.dropped_at IS NULL), '') ELSE '' END,
    ',' ORDER BY c.id))
  FROM bond.live(p_case, p_person) c
  WHERE bond.part(c.link_id, c.scope, c.shows_from) IS NOT NULL
$$;

-- offerings lists what a referent may propose: open events and offers, only for a person who said yes to it.
-- What neighbours ask for is theirs and never stands here. The list is the same for every person of a cooperative:
-- one without the person's own offers would tell which ones those are.
CREATE FUNCTION bond.offerings(p_case uuid, p_person uuid) RETURNS TABLE (kind text, id uuid, title text, starts_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = bond, pg_temp AS $$
  WITH l AS (
    SELECT l.cooperative_id FROM bond.links l JOIN bond.live(p_case, p_person) c ON c.link_id = l.id
    WHERE c.scope = 'proposals'
  )
  (SELECT 'event', e.id, e.title, e.starts_at FROM coop.events e JOIN l ON l.cooperative_id = e.cooperative_id
   WHERE e.state = 'on' AND e.starts_at > bond.now() ORDER BY e.starts_at, e.id LIMIT 20)
  UNION ALL
  (SELECT 'listing', g.id, g.title, NULL FROM coop.listings g JOIN l ON l.cooperative_id = g.cooperative_id
   JOIN coop.members o ON o.cooperative_id = g.cooperative_id AND o.id = g.member_id
   WHERE g.kind = 'offer' AND g.state = 'open' AND g.expires_at > bond.now() AND o.state IN ('welcomed', 'active') ORDER BY g.id DESC LIMIT 20)
$$;

-- propose puts an open event or offer before the person, who alone sees it. False when it may not be.
-- +goose StatementBegin
CREATE FUNCTION bond.propose(p_id uuid, p_case uuid, p_person uuid, p_kind text, p_target uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = bond, pg_temp AS $$
DECLARE v_link uuid;
BEGIN
  SELECT c.link_id INTO v_link FROM bond.live(p_case, p_person) c WHERE c.scope = 'proposals';
  IF v_link IS NULL THEN RETURN false; END IF;
  PERFORM FROM bond.offerings(p_case, p_person) o WHERE o.kind = p_kind AND o.id = p_target;
  IF NOT FOUND THEN RETURN false; END IF;
  INSERT INTO bond.proposals (id, link_id, worker_id, kind, target_id, made_at)
  VALUES (p_id, v_link, support.me(), p_kind, p_target, bond.now())
  ON CONFLICT (link_id, target_id) DO NOTHING;
  RETURN true;
END $$;
-- +goose StatementEnd

-- ---------------------------------------------------------------- the resident's side

-- redeem joins a resident to the person whose referent gave the code: 'joined'. It answers 'refused' for every
-- code that does not open (unknown, used, too old, of a person already joined), and 'later' after five of those.
-- +goose StatementBegin
CREATE FUNCTION bond.redeem(p_link uuid, p_resident uuid, p_cooperative uuid, p_member uuid, p_code_hash bytea) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = bond, pg_temp AS $$
DECLARE v_code bond.codes;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('bond.redeem ' || p_resident::text, 0));
  DELETE FROM bond.tries WHERE resident_id = p_resident AND at <= bond.now() - interval '15 minutes';
  IF (SELECT count(*) FROM bond.tries WHERE resident_id = p_resident) >= 5 THEN RETURN 'later'; END IF;
  SELECT * INTO v_code FROM bond.codes WHERE code_hash = p_code_hash FOR UPDATE;
  IF NOT FOUND OR v_code.used_at IS NOT NULL OR v_code.expires_at <= bond.now()
    OR bond.referent(v_code.case_id) IS DISTINCT FROM v_code.worker_id
    OR EXISTS (SELECT FROM bond.links WHERE ended_at IS NULL AND person_id = v_code.person_id AND resident_id <> p_resident) THEN
    INSERT INTO bond.tries (resident_id, at) VALUES (p_resident, bond.now());
    RETURN 'refused';
  END IF;
  UPDATE bond.codes SET used_at = bond.now() WHERE code_hash = p_code_hash;
  DELETE FROM bond.tries WHERE resident_id = p_resident;
  UPDATE bond.links SET set_aside_at = NULL WHERE resident_id = p_resident AND person_id = v_code.person_id;
  PERFORM FROM bond.links WHERE ended_at IS NULL AND resident_id = p_resident AND person_id = v_code.person_id AND case_id = v_code.case_id;
  IF FOUND THEN RETURN 'joined'; END IF;
  UPDATE bond.consents SET withdrawn_at = bond.now() WHERE withdrawn_at IS NULL
    AND link_id IN (SELECT id FROM bond.links WHERE resident_id = p_resident AND ended_at IS NULL);
  UPDATE bond.links SET ended_at = bond.now() WHERE resident_id = p_resident AND ended_at IS NULL;
  INSERT INTO bond.links (id, resident_id, cooperative_id, member_id, case_id, person_id, made_at)
  VALUES (p_link, p_resident, p_cooperative, p_member, v_code.case_id, v_code.person_id, bond.now());
  RETURN 'joined';
END $$;
-- +goose StatementEnd

-- set_aside closes everything and lets the private area keep silent about it: somebody at the desk has just given a
-- device to whoever stands there. A new code of the referent, face to face, brings the list of looks back.
-- +goose StatementBegin
CREATE FUNCTION bond.set_aside(p_resident uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = bond, pg_temp AS $$
BEGIN
  PERFORM FROM bond.links WHERE resident_id = p_resident AND ended_at IS NULL FOR UPDATE;
  UPDATE bond.consents SET withdrawn_at = bond.now() WHERE withdrawn_at IS NULL
    AND link_id IN (SELECT id FROM bond.links WHERE resident_id = p_resident);
  UPDATE bond.links SET ended_at = coalesce(ended_at, bond.now()), set_aside_at = bond.now()
  WHERE resident_id = p_resident AND set_aside_at IS NULL;
END $$;
-- +goose StatementEnd

-- mine says with whom a resident is joined and what is open, a row per scope; no row when there is no link.
CREATE FUNCTION bond.mine(p_resident uuid) RETURNS TABLE (referent text, organisation text, scope text, open boolean, shows_from date, given_at timestamptz, lapses_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = bond, pg_temp AS $$
  SELECT w.name, o.name, s.scope, c.id IS NOT NULL, c.shows_from, c.given_at, c.lapses_at
  FROM bond.links l
  JOIN support.workers w ON w.id = bond.referent(l.case_id)
  JOIN support.organisations o ON o.id = w.organisation_id
  CROSS JOIN (VALUES (1, 'summary'), (2, 'monthly'), (3, 'highlights'), (4, 'proposals')) AS s (n, scope)
  LEFT JOIN LATERAL bond.open_consents(l.id) c ON c.scope = s.scope
  WHERE l.resident_id = p_resident AND l.ended_at IS NULL
  ORDER BY s.n
$$;

-- preview draws what each scope would show from a day on, to its own person, before they choose; null without a link.
CREATE FUNCTION bond.preview(p_resident uuid, p_from date) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = bond, pg_temp AS $$
  SELECT jsonb_strip_nulls(jsonb_build_object('summary', bond.part(l.id, 'summary', p_from),
    'monthly', bond.part(l.id, 'monthly', p_from), 'highlights', bond.part(l.id, 'highlights', p_from)))
  FROM bond.links l WHERE l.resident_id = p_resident AND l.ended_at IS NULL
$$;

-- consent opens one scope to the present referent for six months. False when there is nobody to open it to.
-- +goose StatementBegin
CREATE FUNCTION bond.consent(p_id uuid, p_resident uuid, p_scope text, p_shows_from date, p_text_version int, p_language text, p_channel text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = bond, pg_temp AS $$
DECLARE v_link bond.links; v_worker uuid;
BEGIN
  SELECT * INTO v_link FROM bond.links WHERE resident_id = p_resident AND ended_at IS NULL FOR UPDATE;
  IF NOT FOUND THEN RETURN false; END IF;
  v_worker := bond.referent(v_link.case_id);
  IF v_worker IS NULL THEN RETURN false; END IF;
  UPDATE bond.consents SET withdrawn_at = bond.now() WHERE link_id = v_link.id AND scope = p_scope AND withdrawn_at IS NULL;
  INSERT INTO bond.consents (id, link_id, scope, worker_id, shows_from, text_version, language, channel, given_at, lapses_at)
  VALUES (p_id, v_link.id, p_scope, v_worker, p_shows_from, p_text_version, p_language, p_channel, bond.now(), bond.now() + interval '6 months');
  RETURN true;
END $$;
-- +goose StatementEnd

-- withdraw closes one scope, or all of them when p_scope is null, at once.
-- +goose StatementBegin
CREATE FUNCTION bond.withdraw(p_resident uuid, p_scope text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = bond, pg_temp AS $$
DECLARE v_link uuid;
BEGIN
  SELECT id INTO v_link FROM bond.links WHERE resident_id = p_resident AND ended_at IS NULL FOR UPDATE;
  UPDATE bond.consents SET withdrawn_at = bond.now()
  WHERE link_id = v_link AND withdrawn_at IS NULL AND (p_scope IS NULL OR scope = p_scope);
  IF p_scope IS NULL OR p_scope = 'proposals' THEN
    UPDATE bond.proposals SET put_away_at = bond.now() WHERE link_id = v_link AND put_away_at IS NULL;
  END IF;
END $$;
-- +goose StatementEnd

-- pick keeps a moment in the resident's own words, at most ten at a time; drop puts one away.
-- +goose StatementBegin
CREATE FUNCTION bond.pick(p_id uuid, p_resident uuid, p_words text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = bond, pg_temp AS $$
DECLARE v_link uuid;
BEGIN
  SELECT id INTO v_link FROM bond.links WHERE resident_id = p_resident AND ended_at IS NULL FOR UPDATE;
  IF v_link IS NULL OR (SELECT count(*) FROM bond.highlights WHERE link_id = v_link AND dropped_at IS NULL) >= 10 THEN RETURN false; END IF;
  INSERT INTO bond.highlights (id, link_id, words, picked_at) VALUES (p_id, v_link, p_words, bond.now()) ON CONFLICT (id) DO NOTHING;
  RETURN true;
END $$;
-- +goose StatementEnd

CREATE FUNCTION bond.drop_highlight(p_resident uuid, p_highlight uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = bond, pg_temp AS $$
  UPDATE bond.highlights SET dropped_at = bond.now() WHERE id = p_highlight AND dropped_at IS NULL
    AND link_id IN (SELECT id FROM bond.links WHERE resident_id = p_resident AND ended_at IS NULL)
$$;

CREATE FUNCTION bond.picked(p_resident uuid) RETURNS TABLE (id uuid, words text, picked_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = bond, pg_temp AS $$
  SELECT h.id, h.words, h.picked_at FROM bond.highlights h JOIN bond.links l ON l.id = h.link_id
  WHERE l.resident_id = p_resident AND l.ended_at IS NULL AND h.dropped_at IS NULL ORDER BY h.id
$$;

-- proposed lists what the referent put before the resident, while the resident wants that.
CREATE FUNCTION bond.proposed(p_resident uuid) RETURNS TABLE (id uuid, kind text, target_id uuid, title text, starts_at timestamptz, by_name text, made_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = bond, pg_temp AS $$
  SELECT p.id, p.kind, p.target_id, coalesce(e.title, g.title), e.starts_at, w.name, p.made_at
  FROM bond.proposals p
  JOIN bond.links l ON l.id = p.link_id
  JOIN support.workers w ON w.id = p.worker_id
  LEFT JOIN coop.events e ON p.kind = 'event' AND e.id = p.target_id AND e.cooperative_id = l.cooperative_id
  LEFT JOIN coop.listings g ON p.kind = 'listing' AND g.id = p.target_id AND g.cooperative_id = l.cooperative_id
  WHERE l.resident_id = p_resident AND l.ended_at IS NULL AND p.put_away_at IS NULL
    AND EXISTS (SELECT FROM bond.open_consents(l.id) c WHERE c.scope = 'proposals' AND c.worker_id = p.worker_id)
    AND (e.state = 'on' AND e.starts_at > bond.now() OR g.state = 'open' AND g.expires_at > bond.now() AND g.member_id <> l.member_id)
  ORDER BY p.made_at DESC, p.id LIMIT 20
$$;

CREATE FUNCTION bond.put_away(p_resident uuid, p_proposal uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = bond, pg_temp AS $$
  UPDATE bond.proposals SET put_away_at = bond.now() WHERE id = p_proposal AND put_away_at IS NULL
    AND link_id IN (SELECT id FROM bond.links WHERE resident_id = p_resident AND ended_at IS NULL)
$$;

-- looked lists who looked: readings through the door, and looks at the case that the resident is joined to, newest first.
CREATE FUNCTION bond.looked(p_resident uuid, p_before timestamptz, p_before_id uuid, p_limit int)
RETURNS TABLE (id uuid, at timestamptz, worker text, organisation text, what text[], purpose text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = bond, pg_temp AS $$
  SELECT * FROM (
    SELECT r.id, r.at, w.name, o.name, r.scopes, r.purpose
    FROM bond.readings r JOIN bond.links l ON l.id = r.link_id
    JOIN support.workers w ON w.id = r.worker_id JOIN support.organisations o ON o.id = w.organisation_id
    WHERE l.resident_id = p_resident AND l.set_aside_at IS NULL
    UNION ALL
    SELECT a.id, a.at, w.name, o.name, ARRAY['case_' || a.section], a.purpose
    FROM support.accesses a JOIN bond.links l ON l.case_id = a.case_id AND l.ended_at IS NULL
    JOIN support.workers w ON w.id = a.worker_id JOIN support.organisations o ON o.id = a.organisation_id
    WHERE l.resident_id = p_resident
  ) AS looks (id, at, worker, organisation, what, purpose)
  WHERE (at, id) < (p_before, p_before_id)
  ORDER BY at DESC, id DESC LIMIT least(p_limit, 100)
$$;

-- The functions act with the rights of lien_bond, which owns nothing else and cannot sign in.
GRANT CREATE ON SCHEMA bond TO lien_bond;
ALTER FUNCTION bond.now() OWNER TO lien_bond;
ALTER FUNCTION bond.referent(uuid) OWNER TO lien_bond;
ALTER FUNCTION bond.open_consents(uuid) OWNER TO lien_bond;
ALTER FUNCTION bond.live(uuid, uuid) OWNER TO lien_bond;
ALTER FUNCTION bond.part(uuid, text, date) OWNER TO lien_bond;
ALTER FUNCTION bond.preview(uuid, date) OWNER TO lien_bond;
ALTER FUNCTION bond.give_code(uuid, uuid, bytea) OWNER TO lien_bond;
ALTER FUNCTION bond.read(uuid, uuid, text, uuid) OWNER TO lien_bond;
ALTER FUNCTION bond.state(uuid, uuid) OWNER TO lien_bond;
ALTER FUNCTION bond.offerings(uuid, uuid) OWNER TO lien_bond;
ALTER FUNCTION bond.propose(uuid, uuid, uuid, text, uuid) OWNER TO lien_bond;
ALTER FUNCTION bond.redeem(uuid, uuid, uuid, uuid, bytea) OWNER TO lien_bond;
ALTER FUNCTION bond.set_aside(uuid) OWNER TO lien_bond;
ALTER FUNCTION bond.mine(uuid) OWNER TO lien_bond;
ALTER FUNCTION bond.consent(uuid, uuid, text, date, int, text, text) OWNER TO lien_bond;
ALTER FUNCTION bond.withdraw(uuid, text) OWNER TO lien_bond;
ALTER FUNCTION bond.pick(uuid, uuid, text) OWNER TO lien_bond;
ALTER FUNCTION bond.drop_highlight(uuid, uuid) OWNER TO lien_bond;
ALTER FUNCTION bond.picked(uuid) OWNER TO lien_bond;
ALTER FUNCTION bond.proposed(uuid) OWNER TO lien_bond;
ALTER FUNCTION bond.put_away(uuid, uuid) OWNER TO lien_bond;
ALTER FUNCTION bond.looked(uuid, timestamptz, uuid, int) OWNER TO lien_bond;
REVOKE CREATE ON SCHEMA bond FROM lien_bond;

GRANT EXECUTE ON FUNCTION bond.give_code(uuid, uuid, bytea), bond.read(uuid, uuid, text, uuid), bond.state(uuid, uuid),
  bond.offerings(uuid, uuid), bond.propose(uuid, uuid, uuid, text, uuid) TO lien_support;
GRANT EXECUTE ON FUNCTION bond.redeem(uuid, uuid, uuid, uuid, bytea), bond.set_aside(uuid), bond.mine(uuid), bond.preview(uuid, date),
  bond.consent(uuid, uuid, text, date, int, text, text), bond.withdraw(uuid, text), bond.pick(uuid, uuid, text), bond.drop_highlight(uuid, uuid), bond.picked(uuid), bond.proposed(uuid),
  bond.put_away(uuid, uuid), bond.looked(uuid, timestamptz, uuid, int) TO lien_account;

-- +goose Down
DROP FUNCTION bond.looked(uuid, timestamptz, uuid, int), bond.put_away(uuid, uuid), bond.proposed(uuid), bond.picked(uuid), bond.drop_highlight(uuid, uuid),
  bond.pick(uuid, uuid, text), bond.withdraw(uuid, text), bond.consent(uuid, uuid, text, date, int, text, text), bond.mine(uuid), bond.set_aside(uuid), bond.redeem(uuid, uuid, uuid, uuid, bytea),
  bond.propose(uuid, uuid, uuid, text, uuid), bond.offerings(uuid, uuid), bond.state(uuid, uuid), bond.read(uuid, uuid, text, uuid), bond.give_code(uuid, uuid, bytea),
  bond.preview(uuid, date), bond.part(uuid, text, date), bond.live(uuid, uuid), bond.open_consents(uuid), bond.referent(uuid), bond.now();
DROP POLICY the_door ON support.accesses;
DROP POLICY the_door ON support.organisations;
DROP POLICY the_door ON support.workers;
DROP POLICY the_door ON support.persons;
DROP POLICY the_door ON support.case_members;
DROP POLICY the_door ON support.cases;
DROP TABLE bond.readings, bond.proposals, bond.highlights, bond.consents, bond.tries, bond.links, bond.codes, bond.clock;
