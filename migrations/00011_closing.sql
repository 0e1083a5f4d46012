-- Support ends: a case closes with an outcome, and with it, at once, all that its persons showed through the door.
-- +goose Up
ALTER TABLE support.cases ADD COLUMN outcome text
  CONSTRAINT an_outcome_is_known CHECK (outcome IN ('own_lease', 'kept_in_place', 'slid_lease', 'rehoused_adapted', 'common_services', 'left_by_choice',
    'lost_contact', 'evicted', 'died'));
ALTER TABLE support.cases
  ADD CONSTRAINT a_closed_case_says_how_and_when CHECK ((state = 'closed') = (outcome IS NOT NULL) AND (state = 'closed') = (closed_at IS NOT NULL));
GRANT UPDATE (outcome) ON support.cases TO lien_support;

-- However a case comes to be closed, its links end with it, what they kept open is withdrawn and codes not used yet open nothing.
-- +goose StatementBegin
CREATE FUNCTION bond.end_with_the_case() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = bond, pg_temp AS $$
DECLARE v_at timestamptz;
BEGIN
  -- First the codes, which whoever joins holds: they join before this, and are found below, or not at all.
  PERFORM FROM bond.codes WHERE case_id = NEW.id AND used_at IS NULL ORDER BY code_hash FOR UPDATE;
  PERFORM FROM bond.links WHERE case_id = NEW.id AND ended_at IS NULL ORDER BY id FOR UPDATE;
  -- By the database's own clock, so that a reading that was just made lies before.
  v_at := CASE WHEN (SELECT may_be_told FROM bond.clock) THEN NEW.closed_at ELSE greatest(NEW.closed_at, clock_timestamp()) END;
  UPDATE bond.codes SET expires_at = v_at WHERE case_id = NEW.id AND used_at IS NULL AND expires_at > v_at;
  UPDATE bond.consents c SET withdrawn_at = v_at FROM bond.links l WHERE c.link_id = l.id AND l.case_id = NEW.id AND c.withdrawn_at IS NULL;
  UPDATE bond.proposals p SET put_away_at = v_at FROM bond.links l WHERE p.link_id = l.id AND l.case_id = NEW.id AND p.put_away_at IS NULL;
  UPDATE bond.highlights h SET dropped_at = v_at FROM bond.links l WHERE h.link_id = l.id AND l.case_id = NEW.id AND h.dropped_at IS NULL;
  UPDATE bond.links SET ended_at = v_at WHERE case_id = NEW.id AND ended_at IS NULL;
  RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER the_door_shuts_with_the_case AFTER UPDATE OF state ON support.cases
  FOR EACH ROW WHEN (NEW.state = 'closed' AND OLD.state <> 'closed') EXECUTE FUNCTION bond.end_with_the_case();

-- renewal says to whom a resident showed something before their case was handed over, and what, while they have
-- neither shown anything to the present referent nor closed it all; no row otherwise.
CREATE FUNCTION bond.renewal(p_resident uuid) RETURNS TABLE (former text, scopes text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = bond, pg_temp AS $$
  SELECT (array_agg(w.name ORDER BY c.given_at DESC))[1],
    array_agg(c.scope ORDER BY array_position(ARRAY['summary', 'monthly', 'highlights', 'proposals'], c.scope))
  FROM bond.links l
  JOIN bond.consents c ON c.link_id = l.id AND c.withdrawn_at IS NULL AND c.lapses_at > bond.now()
  JOIN support.workers w ON w.id = c.worker_id
  WHERE l.resident_id = p_resident AND l.ended_at IS NULL AND c.worker_id <> bond.referent(l.case_id)
    AND NOT EXISTS (SELECT FROM bond.open_consents(l.id))
  GROUP BY l.id
$$;

GRANT CREATE ON SCHEMA bond TO lien_bond;
ALTER FUNCTION bond.end_with_the_case() OWNER TO lien_bond;
ALTER FUNCTION bond.renewal(uuid) OWNER TO lien_bond;
REVOKE CREATE ON SCHEMA bond FROM lien_bond;
REVOKE EXECUTE ON FUNCTION bond.end_with_the_case() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION bond.renewal(uuid) TO lien_account;

-- +goose Down
DROP FUNCTION bond.renewal(uuid);
DROP TRIGGER the_door_shuts_with_the_case ON support.cases;
DROP FUNCTION bond.end_with_the_case();
ALTER TABLE support.cases DROP COLUMN outcome;
