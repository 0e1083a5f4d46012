-- The schema that the migrations make, as PostgreSQL 15 shows it. Rewritten by make schema.

-- Name: account; Type: SCHEMA; Schema: -; Owner: lien_owner
CREATE SCHEMA account;
ALTER SCHEMA account OWNER TO lien_owner;

-- Name: bond; Type: SCHEMA; Schema: -; Owner: lien_owner
CREATE SCHEMA bond;
ALTER SCHEMA bond OWNER TO lien_owner;

-- Name: coop; Type: SCHEMA; Schema: -; Owner: lien_owner
CREATE SCHEMA coop;
ALTER SCHEMA coop OWNER TO lien_owner;

-- Name: jobs; Type: SCHEMA; Schema: -; Owner: lien_owner
CREATE SCHEMA jobs;
ALTER SCHEMA jobs OWNER TO lien_owner;

-- Name: study; Type: SCHEMA; Schema: -; Owner: lien_owner
CREATE SCHEMA study;
ALTER SCHEMA study OWNER TO lien_owner;

-- Name: support; Type: SCHEMA; Schema: -; Owner: lien_owner
CREATE SCHEMA support;
ALTER SCHEMA support OWNER TO lien_owner;

-- Name: btree_gist; Type: EXTENSION; Schema: -; Owner: -
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;

-- Name: EXTENSION btree_gist; Type: COMMENT; Schema: -; Owner: 
COMMENT ON EXTENSION btree_gist IS 'support for indexing common datatypes in GiST';

-- Name: pg_trgm; Type: EXTENSION; Schema: -; Owner: -
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;

-- Name: EXTENSION pg_trgm; Type: COMMENT; Schema: -; Owner: 
COMMENT ON EXTENSION pg_trgm IS 'text similarity measurement and index searching based on trigrams';

-- Name: unaccent; Type: EXTENSION; Schema: -; Owner: -
CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;

-- Name: EXTENSION unaccent; Type: COMMENT; Schema: -; Owner: 
COMMENT ON EXTENSION unaccent IS 'text search dictionary that removes accents';

-- Name: consent(uuid, uuid, text, date, integer, text, text); Type: FUNCTION; Schema: bond; Owner: lien_bond
CREATE FUNCTION bond.consent(p_id uuid, p_resident uuid, p_scope text, p_shows_from date, p_text_version integer, p_language text, p_channel text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'bond', 'pg_temp'
    AS $$
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
ALTER FUNCTION bond.consent(p_id uuid, p_resident uuid, p_scope text, p_shows_from date, p_text_version integer, p_language text, p_channel text) OWNER TO lien_bond;

-- Name: drop_highlight(uuid, uuid); Type: FUNCTION; Schema: bond; Owner: lien_bond
CREATE FUNCTION bond.drop_highlight(p_resident uuid, p_highlight uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'bond', 'pg_temp'
    AS $$
  UPDATE bond.highlights SET dropped_at = bond.now() WHERE id = p_highlight AND dropped_at IS NULL
    AND link_id IN (SELECT id FROM bond.links WHERE resident_id = p_resident AND ended_at IS NULL)
$$;
ALTER FUNCTION bond.drop_highlight(p_resident uuid, p_highlight uuid) OWNER TO lien_bond;

-- Name: end_with_the_case(); Type: FUNCTION; Schema: bond; Owner: lien_bond
CREATE FUNCTION bond.end_with_the_case() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'bond', 'pg_temp'
    AS $$
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
ALTER FUNCTION bond.end_with_the_case() OWNER TO lien_bond;

-- Name: forget_who_is_erased(); Type: FUNCTION; Schema: bond; Owner: lien_bond
CREATE FUNCTION bond.forget_who_is_erased() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'bond', 'pg_temp'
    AS $$
DECLARE v_at timestamptz;
BEGIN
  PERFORM FROM bond.links WHERE cooperative_id = NEW.cooperative_id AND member_id = NEW.member_id ORDER BY id FOR UPDATE;
  v_at := CASE WHEN (SELECT may_be_told FROM bond.clock) THEN NEW.erased_at ELSE greatest(NEW.erased_at, clock_timestamp()) END;
  UPDATE bond.consents c SET withdrawn_at = v_at FROM bond.links l
  WHERE c.link_id = l.id AND l.cooperative_id = NEW.cooperative_id AND l.member_id = NEW.member_id AND c.withdrawn_at IS NULL;
  UPDATE bond.proposals p SET put_away_at = v_at FROM bond.links l
  WHERE p.link_id = l.id AND l.cooperative_id = NEW.cooperative_id AND l.member_id = NEW.member_id AND p.put_away_at IS NULL;
  UPDATE bond.highlights h SET words = '…', dropped_at = coalesce(h.dropped_at, v_at) FROM bond.links l
  WHERE h.link_id = l.id AND l.cooperative_id = NEW.cooperative_id AND l.member_id = NEW.member_id;
  DELETE FROM bond.tries t USING bond.links l
  WHERE t.resident_id = l.resident_id AND l.cooperative_id = NEW.cooperative_id AND l.member_id = NEW.member_id;
  UPDATE bond.links SET ended_at = coalesce(ended_at, v_at), set_aside_at = coalesce(set_aside_at, v_at)
  WHERE cooperative_id = NEW.cooperative_id AND member_id = NEW.member_id;
  RETURN NULL;
END $$;
ALTER FUNCTION bond.forget_who_is_erased() OWNER TO lien_bond;

-- Name: give_code(uuid, uuid, bytea); Type: FUNCTION; Schema: bond; Owner: lien_bond
CREATE FUNCTION bond.give_code(p_case uuid, p_person uuid, p_code_hash bytea) RETURNS timestamp with time zone
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'bond', 'pg_temp'
    AS $$
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
ALTER FUNCTION bond.give_code(p_case uuid, p_person uuid, p_code_hash bytea) OWNER TO lien_bond;

-- Name: consents; Type: TABLE; Schema: bond; Owner: lien_owner
CREATE TABLE bond.consents (
    id uuid NOT NULL,
    link_id uuid NOT NULL,
    scope text NOT NULL,
    worker_id uuid NOT NULL,
    shows_from date NOT NULL,
    text_version integer NOT NULL,
    language text NOT NULL,
    channel text NOT NULL,
    given_at timestamp with time zone NOT NULL,
    lapses_at timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone,
    CONSTRAINT a_channel_is_known CHECK ((channel = ANY (ARRAY['screen'::text, 'paper'::text]))),
    CONSTRAINT a_consent_lapses_after_it_began CHECK ((lapses_at > given_at)),
    CONSTRAINT a_scope_is_known CHECK ((scope = ANY (ARRAY['summary'::text, 'monthly'::text, 'highlights'::text, 'proposals'::text])))
);
ALTER TABLE bond.consents OWNER TO lien_owner;

-- Name: live(uuid, uuid); Type: FUNCTION; Schema: bond; Owner: lien_bond
CREATE FUNCTION bond.live(p_case uuid, p_person uuid) RETURNS SETOF bond.consents
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'bond', 'pg_temp'
    AS $$
  SELECT c.* FROM bond.links l, bond.open_consents(l.id) c
  WHERE l.case_id = p_case AND l.person_id = p_person AND l.ended_at IS NULL AND c.worker_id = support.me()
$$;
ALTER FUNCTION bond.live(p_case uuid, p_person uuid) OWNER TO lien_bond;

-- Name: looked(uuid, timestamp with time zone, uuid, integer); Type: FUNCTION; Schema: bond; Owner: lien_bond
CREATE FUNCTION bond.looked(p_resident uuid, p_before timestamp with time zone, p_before_id uuid, p_limit integer) RETURNS TABLE(id uuid, at timestamp with time zone, worker text, organisation text, what text[], purpose text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'bond', 'pg_temp'
    AS $$
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
ALTER FUNCTION bond.looked(p_resident uuid, p_before timestamp with time zone, p_before_id uuid, p_limit integer) OWNER TO lien_bond;

-- Name: mine(uuid); Type: FUNCTION; Schema: bond; Owner: lien_bond
CREATE FUNCTION bond.mine(p_resident uuid) RETURNS TABLE(referent text, organisation text, scope text, open boolean, shows_from date, given_at timestamp with time zone, lapses_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'bond', 'pg_temp'
    AS $$
  SELECT w.name, o.name, s.scope, c.id IS NOT NULL, c.shows_from, c.given_at, c.lapses_at
  FROM bond.links l
  JOIN support.workers w ON w.id = bond.referent(l.case_id)
  JOIN support.organisations o ON o.id = w.organisation_id
  CROSS JOIN (VALUES (1, 'summary'), (2, 'monthly'), (3, 'highlights'), (4, 'proposals')) AS s (n, scope)
  LEFT JOIN LATERAL bond.open_consents(l.id) c ON c.scope = s.scope
  WHERE l.resident_id = p_resident AND l.ended_at IS NULL
  ORDER BY s.n
$$;
ALTER FUNCTION bond.mine(p_resident uuid) OWNER TO lien_bond;

-- Name: now(); Type: FUNCTION; Schema: bond; Owner: lien_bond
CREATE FUNCTION bond.now() RETURNS timestamp with time zone
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'bond', 'pg_temp'
    AS $$
  SELECT CASE WHEN may_be_told THEN coalesce(nullif(current_setting('lien.now', true), '')::timestamptz, pg_catalog.now()) ELSE pg_catalog.now() END
  FROM bond.clock
$$;
ALTER FUNCTION bond.now() OWNER TO lien_bond;

-- Name: offerings(uuid, uuid); Type: FUNCTION; Schema: bond; Owner: lien_bond
CREATE FUNCTION bond.offerings(p_case uuid, p_person uuid) RETURNS TABLE(kind text, id uuid, title text, starts_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'bond', 'pg_temp'
    AS $$
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
ALTER FUNCTION bond.offerings(p_case uuid, p_person uuid) OWNER TO lien_bond;

-- Name: open_consents(uuid); Type: FUNCTION; Schema: bond; Owner: lien_bond
CREATE FUNCTION bond.open_consents(p_link uuid) RETURNS SETOF bond.consents
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'bond', 'pg_temp'
    AS $$
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
ALTER FUNCTION bond.open_consents(p_link uuid) OWNER TO lien_bond;

-- Name: part(uuid, text, date); Type: FUNCTION; Schema: bond; Owner: lien_bond
CREATE FUNCTION bond.part(p_link uuid, p_scope text, p_from date) RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'bond', 'pg_temp'
    AS $$
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
ALTER FUNCTION bond.part(p_link uuid, p_scope text, p_from date) OWNER TO lien_bond;

-- Name: pick(uuid, uuid, text); Type: FUNCTION; Schema: bond; Owner: lien_bond
CREATE FUNCTION bond.pick(p_id uuid, p_resident uuid, p_words text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'bond', 'pg_temp'
    AS $$
DECLARE v_link uuid;
BEGIN
  SELECT id INTO v_link FROM bond.links WHERE resident_id = p_resident AND ended_at IS NULL FOR UPDATE;
  IF v_link IS NULL OR (SELECT count(*) FROM bond.highlights WHERE link_id = v_link AND dropped_at IS NULL) >= 10 THEN RETURN false; END IF;
  INSERT INTO bond.highlights (id, link_id, words, picked_at) VALUES (p_id, v_link, p_words, bond.now()) ON CONFLICT (id) DO NOTHING;
  RETURN true;
END $$;
ALTER FUNCTION bond.pick(p_id uuid, p_resident uuid, p_words text) OWNER TO lien_bond;

-- Name: picked(uuid); Type: FUNCTION; Schema: bond; Owner: lien_bond
CREATE FUNCTION bond.picked(p_resident uuid) RETURNS TABLE(id uuid, words text, picked_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'bond', 'pg_temp'
    AS $$
  SELECT h.id, h.words, h.picked_at FROM bond.highlights h JOIN bond.links l ON l.id = h.link_id
  WHERE l.resident_id = p_resident AND l.ended_at IS NULL AND h.dropped_at IS NULL ORDER BY h.id
$$;
ALTER FUNCTION bond.picked(p_resident uuid) OWNER TO lien_bond;

-- Name: preview(uuid, date); Type: FUNCTION; Schema: bond; Owner: lien_bond
CREATE FUNCTION bond.preview(p_resident uuid, p_from date) RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'bond', 'pg_temp'
    AS $$
  SELECT jsonb_strip_nulls(jsonb_build_object('summary', bond.part(l.id, 'summary', p_from),
    'monthly', bond.part(l.id, 'monthly', p_from), 'highlights', bond.part(l.id, 'highlights', p_from)))
  FROM bond.links l WHERE l.resident_id = p_resident AND l.ended_at IS NULL
$$;
ALTER FUNCTION bond.preview(p_resident uuid, p_from date) OWNER TO lien_bond;

-- Name: propose(uuid, uuid, uuid, text, uuid); Type: FUNCTION; Schema: bond; Owner: lien_bond
CREATE FUNCTION bond.propose(p_id uuid, p_case uuid, p_person uuid, p_kind text, p_target uuid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'bond', 'pg_temp'
    AS $$
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
ALTER FUNCTION bond.propose(p_id uuid, p_case uuid, p_person uuid, p_kind text, p_target uuid) OWNER TO lien_bond;

-- Name: proposed(uuid); Type: FUNCTION; Schema: bond; Owner: lien_bond
CREATE FUNCTION bond.proposed(p_resident uuid) RETURNS TABLE(id uuid, kind text, target_id uuid, title text, starts_at timestamp with time zone, by_name text, made_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'bond', 'pg_temp'
    AS $$
  SELECT p.id, p.kind, p.target_id, coalesce(e.title, g.title), e.starts_at, w.name, p.made_at
  FROM bond.proposals p
  JOIN bond.links l ON l.id = p.link_id
  JOIN support.workers w ON w.id = p.worker_id
  LEFT JOIN coop.events e ON p.kind = 'event' AND e.id = p.target_id AND e.cooperative_id = l.cooperative_id
  LEFT JOIN coop.listings g ON p.kind = 'listing' AND g.id = p.target_id AND g.cooperative_id = l.cooperative_id
  WHERE l.resident_id = p_resident AND l.ended_at IS NULL AND p.put_away_at IS NULL
    AND EXISTS (SELECT FROM bond.open_consents(l.id) c WHERE c.scope = 'proposals' AND c.worker_id = p.worker_id)
    AND (e.state = 'on' AND e.starts_at > bond.now() OR g.state = 'open' AND g.expires_at > bond.now() AND g.member_id <> l.member_id
      AND g.moderation = 'none' AND NOT coop.hidden_at_the_door(l.cooperative_id, l.member_id, g.member_id))
  ORDER BY p.made_at DESC, p.id LIMIT 20
$$;
ALTER FUNCTION bond.proposed(p_resident uuid) OWNER TO lien_bond;

-- Name: put_away(uuid, uuid); Type: FUNCTION; Schema: bond; Owner: lien_bond
CREATE FUNCTION bond.put_away(p_resident uuid, p_proposal uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'bond', 'pg_temp'
    AS $$
  UPDATE bond.proposals SET put_away_at = bond.now() WHERE id = p_proposal AND put_away_at IS NULL
    AND link_id IN (SELECT id FROM bond.links WHERE resident_id = p_resident AND ended_at IS NULL)
$$;
ALTER FUNCTION bond.put_away(p_resident uuid, p_proposal uuid) OWNER TO lien_bond;

-- Name: read(uuid, uuid, text, uuid); Type: FUNCTION; Schema: bond; Owner: lien_bond
CREATE FUNCTION bond.read(p_case uuid, p_person uuid, p_purpose text, p_reading uuid) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'bond', 'pg_temp'
    AS $$
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
ALTER FUNCTION bond.read(p_case uuid, p_person uuid, p_purpose text, p_reading uuid) OWNER TO lien_bond;

-- Name: redeem(uuid, uuid, uuid, uuid, bytea); Type: FUNCTION; Schema: bond; Owner: lien_bond
CREATE FUNCTION bond.redeem(p_link uuid, p_resident uuid, p_cooperative uuid, p_member uuid, p_code_hash bytea) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'bond', 'pg_temp'
    AS $$
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
ALTER FUNCTION bond.redeem(p_link uuid, p_resident uuid, p_cooperative uuid, p_member uuid, p_code_hash bytea) OWNER TO lien_bond;

-- Name: referent(uuid); Type: FUNCTION; Schema: bond; Owner: lien_bond
CREATE FUNCTION bond.referent(p_case uuid) RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'bond', 'pg_temp'
    AS $$
  SELECT m.worker_id FROM support.case_members m
  JOIN support.workers w ON w.id = m.worker_id
  JOIN support.cases c ON c.id = m.case_id
  WHERE m.case_id = p_case AND m.role = 'referent' AND m.until_at IS NULL AND w.ended_at IS NULL AND c.state <> 'closed'
$$;
ALTER FUNCTION bond.referent(p_case uuid) OWNER TO lien_bond;

-- Name: renewal(uuid); Type: FUNCTION; Schema: bond; Owner: lien_bond
CREATE FUNCTION bond.renewal(p_resident uuid) RETURNS TABLE(former text, scopes text[])
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'bond', 'pg_temp'
    AS $$
  SELECT (array_agg(w.name ORDER BY c.given_at DESC))[1],
    array_agg(c.scope ORDER BY array_position(ARRAY['summary', 'monthly', 'highlights', 'proposals'], c.scope))
  FROM bond.links l
  JOIN bond.consents c ON c.link_id = l.id AND c.withdrawn_at IS NULL AND c.lapses_at > bond.now()
  JOIN support.workers w ON w.id = c.worker_id
  WHERE l.resident_id = p_resident AND l.ended_at IS NULL AND c.worker_id <> bond.referent(l.case_id)
    AND NOT EXISTS (SELECT FROM bond.open_consents(l.id))
  GROUP BY l.id
$$;
ALTER FUNCTION bond.renewal(p_resident uuid) OWNER TO lien_bond;

-- Name: set_aside(uuid); Type: FUNCTION; Schema: bond; Owner: lien_bond
CREATE FUNCTION bond.set_aside(p_resident uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'bond', 'pg_temp'
    AS $$
BEGIN
  PERFORM FROM bond.links WHERE resident_id = p_resident AND ended_at IS NULL FOR UPDATE;
  UPDATE bond.consents SET withdrawn_at = bond.now() WHERE withdrawn_at IS NULL
    AND link_id IN (SELECT id FROM bond.links WHERE resident_id = p_resident);
  UPDATE bond.links SET ended_at = coalesce(ended_at, bond.now()), set_aside_at = bond.now()
  WHERE resident_id = p_resident AND set_aside_at IS NULL;
END $$;
ALTER FUNCTION bond.set_aside(p_resident uuid) OWNER TO lien_bond;

-- Name: state(uuid, uuid); Type: FUNCTION; Schema: bond; Owner: lien_bond
CREATE FUNCTION bond.state(p_case uuid, p_person uuid) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'bond', 'pg_temp'
    AS $$
  SELECT md5(string_agg(c.id::text || CASE WHEN c.scope = 'highlights' THEN coalesce((
    SELECT string_agg(h.id::text, '+' ORDER BY h.id) FROM bond.highlights h WHERE h.link_id = c.link_id AND h.dropped_at IS NULL), '') ELSE '' END,
    ',' ORDER BY c.id))
  FROM bond.live(p_case, p_person) c
  WHERE bond.part(c.link_id, c.scope, c.shows_from) IS NOT NULL
$$;
ALTER FUNCTION bond.state(p_case uuid, p_person uuid) OWNER TO lien_bond;

-- Name: withdraw(uuid, text); Type: FUNCTION; Schema: bond; Owner: lien_bond
CREATE FUNCTION bond.withdraw(p_resident uuid, p_scope text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'bond', 'pg_temp'
    AS $$
DECLARE v_link uuid;
BEGIN
  SELECT id INTO v_link FROM bond.links WHERE resident_id = p_resident AND ended_at IS NULL FOR UPDATE;
  UPDATE bond.consents SET withdrawn_at = bond.now()
  WHERE link_id = v_link AND withdrawn_at IS NULL AND (p_scope IS NULL OR scope = p_scope);
  IF p_scope IS NULL OR p_scope = 'proposals' THEN
    UPDATE bond.proposals SET put_away_at = bond.now() WHERE link_id = v_link AND put_away_at IS NULL;
  END IF;
END $$;
ALTER FUNCTION bond.withdraw(p_resident uuid, p_scope text) OWNER TO lien_bond;

-- Name: a_correction_is_not_corrected(); Type: FUNCTION; Schema: coop; Owner: lien_owner
CREATE FUNCTION coop.a_correction_is_not_corrected() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'coop', 'pg_temp'
    AS $$
BEGIN
  IF EXISTS (SELECT FROM coop.transfers WHERE cooperative_id = NEW.cooperative_id AND id = NEW.corrects_id AND kind = 'correction') THEN
    RAISE EXCEPTION 'a correction is not corrected' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_correction_is_not_corrected';
  END IF;
  RETURN NEW;
END $$;
ALTER FUNCTION coop.a_correction_is_not_corrected() OWNER TO lien_owner;

-- Name: a_transfer_has_two_entries(); Type: FUNCTION; Schema: coop; Owner: lien_owner
CREATE FUNCTION coop.a_transfer_has_two_entries() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'coop', 'pg_temp'
    AS $$
BEGIN
  IF (SELECT count(*) FROM coop.entries WHERE cooperative_id = NEW.cooperative_id AND transfer_id = NEW.id) <> 2 THEN
    RAISE EXCEPTION 'a transfer has two entries' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_transfer_has_two_entries';
  END IF;
  RETURN NULL;
END $$;
ALTER FUNCTION coop.a_transfer_has_two_entries() OWNER TO lien_owner;

-- Name: erase_edits(uuid, uuid, timestamp with time zone); Type: FUNCTION; Schema: coop; Owner: lien_owner
CREATE FUNCTION coop.erase_edits(p_cooperative uuid, p_member uuid, p_at timestamp with time zone) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'coop', 'pg_temp'
    AS $$
BEGIN
  PERFORM FROM coop.departures d JOIN coop.members m ON m.cooperative_id = d.cooperative_id AND m.id = d.member_id
  WHERE d.cooperative_id = p_cooperative AND d.member_id = p_member AND m.state = 'left' AND d.erase_at <= p_at AND d.erased_at IS NULL;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'nobody is erased before their day' USING ERRCODE = 'check_violation', CONSTRAINT = 'nobody_is_erased_before_their_day';
  END IF;
  UPDATE coop.notice_edits e SET title = '', body = '' FROM coop.notices n
  WHERE n.cooperative_id = p_cooperative AND n.member_id = p_member AND e.cooperative_id = n.cooperative_id AND e.notice_id = n.id;
END $$;
ALTER FUNCTION coop.erase_edits(p_cooperative uuid, p_member uuid, p_at timestamp with time zone) OWNER TO lien_owner;

-- Name: erase_words(uuid, uuid, timestamp with time zone); Type: FUNCTION; Schema: coop; Owner: lien_owner
CREATE FUNCTION coop.erase_words(p_cooperative uuid, p_member uuid, p_at timestamp with time zone) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'coop', 'pg_temp'
    AS $$
BEGIN
  PERFORM FROM coop.departures d JOIN coop.members m ON m.cooperative_id = d.cooperative_id AND m.id = d.member_id
  WHERE d.cooperative_id = p_cooperative AND d.member_id = p_member AND m.state = 'left' AND d.erase_at <= p_at AND d.erased_at IS NULL;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'nobody is erased before their day' USING ERRCODE = 'check_violation', CONSTRAINT = 'nobody_is_erased_before_their_day';
  END IF;
  UPDATE coop.member_events SET reason = '' WHERE cooperative_id = p_cooperative AND member_id = p_member AND reason <> '';
  UPDATE coop.application_events e SET words = '' FROM coop.applications a
  WHERE a.cooperative_id = p_cooperative AND a.member_id = p_member AND e.cooperative_id = a.cooperative_id AND e.application_id = a.id AND e.words <> '';
  UPDATE coop.agreement_events SET words = '' WHERE cooperative_id = p_cooperative AND by_member_id = p_member AND words <> ''
    AND (cooperative_id, agreement_id) IN (SELECT cooperative_id, id FROM coop.agreements
      WHERE cooperative_id = p_cooperative AND p_member IN (giver_id, receiver_id));
  UPDATE coop.cheque_events e SET words = '' FROM coop.cheque_leaves f
  WHERE e.cooperative_id = p_cooperative AND e.by_member_id = p_member AND e.words <> ''
    AND f.cooperative_id = e.cooperative_id AND f.id = e.leaf_id AND p_member IN (f.drawer_id, f.bearer_id);
  UPDATE coop.listing_rulings r SET words = '' FROM coop.listings l
  WHERE l.cooperative_id = p_cooperative AND l.member_id = p_member AND r.cooperative_id = l.cooperative_id AND r.listing_id = l.id AND r.words <> '';
  UPDATE coop.board_rulings r SET words = '' FROM coop.board_files f
  WHERE f.cooperative_id = p_cooperative AND f.member_id = p_member AND r.cooperative_id = f.cooperative_id AND r.file_id = f.id AND r.words <> '';
  UPDATE coop.acts SET mark = '' WHERE cooperative_id = p_cooperative AND member_id = p_member AND mark <> '';
  UPDATE coop.acts_done d SET before = '' FROM coop.acts a
  WHERE a.cooperative_id = p_cooperative AND a.member_id = p_member AND d.cooperative_id = a.cooperative_id AND d.act_id = a.id AND d.before <> '';
  UPDATE coop.acts_answered d SET words = '' FROM coop.acts a
  WHERE a.cooperative_id = p_cooperative AND a.member_id = p_member AND d.cooperative_id = a.cooperative_id AND d.act_id = a.id AND d.words <> '';
  DELETE FROM coop.talk_reads WHERE cooperative_id = p_cooperative AND member_id = p_member;
  DELETE FROM coop.board_reads WHERE cooperative_id = p_cooperative AND member_id = p_member;
  -- What a search learned from their listings goes, unless somebody else's that is in sight is written with it.
  DELETE FROM coop.listing_words w
  USING (SELECT DISTINCT t.word FROM coop.listings l
    CROSS JOIN LATERAL unnest(tsvector_to_array(to_tsvector('simple', coop.plain(l.title || ' ' || l.details)))) AS t (word)
    WHERE l.cooperative_id = p_cooperative AND l.member_id = p_member) AS mine
  WHERE w.cooperative_id = p_cooperative AND w.word = mine.word AND NOT EXISTS (
    SELECT FROM coop.listings l WHERE l.cooperative_id = p_cooperative AND l.member_id <> p_member AND l.state = 'open' AND l.moderation = 'none'
      AND l.words @@ (quote_literal(w.stem)::tsquery));
END $$;
ALTER FUNCTION coop.erase_words(p_cooperative uuid, p_member uuid, p_at timestamp with time zone) OWNER TO lien_owner;

-- Name: blocks; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.blocks (
    cooperative_id uuid NOT NULL,
    member_id uuid NOT NULL,
    hidden_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT nobody_hides_from_themselves CHECK ((member_id <> hidden_id))
);
ALTER TABLE coop.blocks OWNER TO lien_owner;

-- Name: member_roles; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.member_roles (
    cooperative_id uuid NOT NULL,
    member_id uuid NOT NULL,
    role text NOT NULL,
    from_at timestamp with time zone NOT NULL,
    until_at timestamp with time zone,
    last_on date,
    given_by uuid,
    CONSTRAINT a_role_ends_after_it_began CHECK (((until_at IS NULL) OR (until_at >= from_at))),
    CONSTRAINT a_role_is_known CHECK ((role = ANY (ARRAY['facilitator'::text, 'treasurer'::text, 'scrutineer'::text])))
);
ALTER TABLE coop.member_roles OWNER TO lien_owner;

-- Name: hidden_between(uuid, uuid, uuid); Type: FUNCTION; Schema: coop; Owner: lien_owner
CREATE FUNCTION coop.hidden_between(cooperative uuid, a uuid, b uuid) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    BEGIN ATOMIC
 SELECT ((EXISTS ( SELECT
            FROM coop.blocks k
           WHERE ((k.cooperative_id = hidden_between.cooperative) AND (((k.member_id = hidden_between.a) AND (k.hidden_id = hidden_between.b)) OR ((k.member_id = hidden_between.b) AND (k.hidden_id = hidden_between.a)))))) AND (NOT (EXISTS ( SELECT
            FROM coop.member_roles r
           WHERE ((r.cooperative_id = hidden_between.cooperative) AND (r.member_id = ANY (ARRAY[hidden_between.a, hidden_between.b])) AND (r.role = 'facilitator'::text) AND (r.until_at IS NULL))))));
END;
ALTER FUNCTION coop.hidden_between(cooperative uuid, a uuid, b uuid) OWNER TO lien_owner;

-- Name: agreements; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.agreements (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    listing_id uuid,
    giver_id uuid NOT NULL,
    receiver_id uuid NOT NULL,
    proposed_by uuid NOT NULL,
    state text NOT NULL,
    about text NOT NULL,
    language text NOT NULL,
    planned_at timestamp with time zone NOT NULL,
    minutes_planned bigint NOT NULL,
    meeting text NOT NULL,
    done_by uuid,
    minutes_claimed bigint,
    minutes_answered bigint,
    minutes_paid bigint,
    steps integer NOT NULL,
    client_key uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    state_since timestamp with time zone NOT NULL,
    deadline_at timestamp with time zone,
    offered_by uuid,
    category text DEFAULT 'other'::text NOT NULL,
    bring text[] DEFAULT '{}'::text[] NOT NULL,
    called integer DEFAULT 0 NOT NULL,
    call_at timestamp with time zone,
    CONSTRAINT a_meeting_is_in_a_known_place CHECK ((meeting = ANY (ARRAY['common_room'::text, 'outside'::text, 'giver_home'::text, 'receiver_home'::text]))),
    CONSTRAINT an_agreement_is_in_a_known_state CHECK ((state = ANY (ARRAY['proposed'::text, 'agreed'::text, 'done_claimed'::text, 'disputed'::text, 'confirmed'::text, 'declined'::text, 'cancelled'::text, 'settled'::text, 'void'::text]))),
    CONSTRAINT an_open_agreement_has_a_deadline CHECK (((deadline_at IS NULL) = (state = ANY (ARRAY['confirmed'::text, 'declined'::text, 'cancelled'::text, 'settled'::text, 'void'::text])))),
    CONSTRAINT answered_hours_are_positive CHECK ((minutes_answered > 0)),
    CONSTRAINT claimed_hours_are_positive CHECK ((minutes_claimed > 0)),
    CONSTRAINT help_is_of_a_known_category CHECK ((category = ANY (ARRAY['shopping'::text, 'repair'::text, 'cooking'::text, 'children'::text, 'company'::text, 'paperwork'::text, 'languages'::text, 'computer'::text, 'sewing'::text, 'garden'::text, 'carrying'::text, 'other'::text]))),
    CONSTRAINT one_of_the_two_proposed CHECK (((proposed_by = giver_id) OR (proposed_by = receiver_id))),
    CONSTRAINT one_of_the_two_said_done CHECK (((done_by IS NULL) OR ((done_by = giver_id) OR (done_by = receiver_id)))),
    CONSTRAINT only_a_settled_agreement_is_paid CHECK (((minutes_paid IS NOT NULL) = (state = ANY (ARRAY['confirmed'::text, 'settled'::text])))),
    CONSTRAINT paid_hours_are_positive CHECK ((minutes_paid > 0)),
    CONSTRAINT planned_hours_are_positive CHECK ((minutes_planned > 0)),
    CONSTRAINT reminders_count_up CHECK ((called >= 0)),
    CONSTRAINT the_proposal_that_stands_is_of_one_of_the_two CHECK (((offered_by = giver_id) OR (offered_by = receiver_id))),
    CONSTRAINT two_people_make_an_agreement CHECK ((giver_id <> receiver_id)),
    CONSTRAINT what_to_bring_is_known CHECK ((bring <@ ARRAY['tools'::text, 'bag'::text, 'device'::text, 'papers'::text, 'fabric'::text, 'dish'::text, 'gloves'::text, 'boxes'::text, 'keys'::text]))
);
ALTER TABLE coop.agreements OWNER TO lien_owner;

-- Name: buddyships; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.buddyships (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    newcomer_id uuid NOT NULL,
    buddy_id uuid NOT NULL,
    language text NOT NULL,
    state text NOT NULL,
    steps integer NOT NULL,
    asked_by uuid NOT NULL,
    client_key uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    state_since timestamp with time zone NOT NULL,
    deadline_at timestamp with time zone,
    CONSTRAINT a_buddyship_is_in_a_known_state CHECK ((state = ANY (ARRAY['asked'::text, 'offered'::text, 'paired'::text, 'ended'::text, 'declined'::text, 'withdrawn'::text, 'lapsed'::text]))),
    CONSTRAINT an_open_buddyship_has_a_deadline CHECK (((deadline_at IS NOT NULL) = (state = ANY (ARRAY['asked'::text, 'offered'::text, 'paired'::text])))),
    CONSTRAINT nobody_is_their_own_buddy CHECK ((newcomer_id <> buddy_id)),
    CONSTRAINT steps_are_counted_up CHECK ((steps > 0))
);
ALTER TABLE coop.buddyships OWNER TO lien_owner;

-- Name: directory; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.directory (
    cooperative_id uuid NOT NULL,
    member_id uuid NOT NULL,
    listed boolean NOT NULL,
    shows text[] NOT NULL,
    likes text NOT NULL,
    likes_language text NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    CONSTRAINT what_is_shown_is_known CHECK ((shows <@ ARRAY['building'::text, 'languages'::text, 'likes'::text, 'since'::text]))
);
ALTER TABLE coop.directory OWNER TO lien_owner;

-- Name: findable(uuid, uuid, uuid); Type: FUNCTION; Schema: coop; Owner: lien_owner
CREATE FUNCTION coop.findable(cooperative uuid, reader uuid, member uuid) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    BEGIN ATOMIC
 SELECT (((EXISTS ( SELECT
            FROM coop.directory d
           WHERE ((d.cooperative_id = findable.cooperative) AND (d.member_id = findable.member) AND d.listed))) OR (EXISTS ( SELECT
            FROM coop.agreements g
           WHERE ((g.cooperative_id = findable.cooperative) AND (((g.giver_id = findable.reader) AND (g.receiver_id = findable.member)) OR ((g.giver_id = findable.member) AND (g.receiver_id = findable.reader))) AND (g.state = ANY (ARRAY['agreed'::text, 'done_claimed'::text, 'disputed'::text, 'confirmed'::text, 'settled'::text]))))) OR (EXISTS ( SELECT
            FROM coop.buddyships y
           WHERE ((y.cooperative_id = findable.cooperative) AND (y.state = 'paired'::text) AND (((y.newcomer_id = findable.reader) AND (y.buddy_id = findable.member)) OR ((y.newcomer_id = findable.member) AND (y.buddy_id = findable.reader))))))) AND (NOT coop.hidden_between(cooperative, reader, member)));
END;
ALTER FUNCTION coop.findable(cooperative uuid, reader uuid, member uuid) OWNER TO lien_owner;

-- Name: hid_at(uuid, uuid, uuid); Type: FUNCTION; Schema: coop; Owner: lien_owner
CREATE FUNCTION coop.hid_at(cooperative uuid, who uuid, other uuid) RETURNS timestamp with time zone
    LANGUAGE sql STABLE PARALLEL SAFE
    BEGIN ATOMIC
 SELECT b.at
    FROM coop.blocks b
   WHERE ((b.cooperative_id = hid_at.cooperative) AND (b.member_id = hid_at.who) AND (b.hidden_id = hid_at.other) AND coop.hidden_between(hid_at.cooperative, hid_at.who, hid_at.other));
END;
ALTER FUNCTION coop.hid_at(cooperative uuid, who uuid, other uuid) OWNER TO lien_owner;

-- Name: hidden_at_the_door(uuid, uuid, uuid); Type: FUNCTION; Schema: coop; Owner: lien_owner
CREATE FUNCTION coop.hidden_at_the_door(p_cooperative uuid, p_a uuid, p_b uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'coop', 'pg_temp'
    AS $$ SELECT coop.hidden_between(p_cooperative, p_a, p_b) $$;
ALTER FUNCTION coop.hidden_at_the_door(p_cooperative uuid, p_a uuid, p_b uuid) OWNER TO lien_owner;

-- Name: hidden_from(uuid, uuid); Type: FUNCTION; Schema: coop; Owner: lien_owner
CREATE FUNCTION coop.hidden_from(cooperative uuid, member uuid) RETURNS SETOF uuid
    LANGUAGE sql STABLE ROWS 4 PARALLEL SAFE
    BEGIN ATOMIC
 SELECT p.other
    FROM ( SELECT b.hidden_id AS other
            FROM coop.blocks b
           WHERE ((b.cooperative_id = hidden_from.cooperative) AND (b.member_id = hidden_from.member))
         UNION
          SELECT b.member_id
            FROM coop.blocks b
           WHERE ((b.cooperative_id = hidden_from.cooperative) AND (b.hidden_id = hidden_from.member))) p
   WHERE (NOT (EXISTS ( SELECT
            FROM coop.member_roles r
           WHERE ((r.cooperative_id = hidden_from.cooperative) AND (r.member_id = ANY (ARRAY[hidden_from.member, p.other])) AND (r.role = 'facilitator'::text) AND (r.until_at IS NULL)))));
END;
ALTER FUNCTION coop.hidden_from(cooperative uuid, member uuid) OWNER TO lien_owner;

-- Name: lacking_a_letter(text); Type: FUNCTION; Schema: coop; Owner: lien_owner
CREATE FUNCTION coop.lacking_a_letter(word text) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (ARRAY(SELECT DISTINCT OVERLAY(lacking_a_letter.word PLACING ''::text FROM n.n FOR 1) AS "overlay" FROM generate_series(1, length(lacking_a_letter.word)) n(n)) || word);
ALTER FUNCTION coop.lacking_a_letter(word text) OWNER TO lien_owner;

-- Name: months_band(bigint); Type: FUNCTION; Schema: coop; Owner: lien_owner
CREATE FUNCTION coop.months_band(n bigint) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN ((n IS NULL) OR (n <= 0)) THEN NULL::text WHEN (n <= 2) THEN '1-2'::text WHEN (n <= 4) THEN '3-4'::text ELSE '5-6'::text END;
ALTER FUNCTION coop.months_band(n bigint) OWNER TO lien_owner;

-- Name: note_changed_rights(); Type: FUNCTION; Schema: coop; Owner: lien_owner
CREATE FUNCTION coop.note_changed_rights() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'coop', 'pg_temp'
    AS $$
BEGIN
  IF TG_TABLE_NAME = 'members' THEN
    INSERT INTO coop.rights_changes (member_id) VALUES (NEW.id);
  ELSE
    INSERT INTO coop.rights_changes (member_id) VALUES (NEW.member_id);
  END IF;
  NOTIFY lien_rights;
  RETURN NULL;
END $$;
ALTER FUNCTION coop.note_changed_rights() OWNER TO lien_owner;

-- Name: note_changed_sight(); Type: FUNCTION; Schema: coop; Owner: lien_owner
CREATE FUNCTION coop.note_changed_sight() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'coop', 'pg_temp'
    AS $$
BEGIN
  IF TG_TABLE_NAME = 'member_roles' THEN
    INSERT INTO coop.rights_changes (member_id)
    SELECT CASE b.member_id WHEN NEW.member_id THEN b.hidden_id ELSE b.member_id END
    FROM coop.blocks AS b
    WHERE b.cooperative_id = NEW.cooperative_id AND NEW.member_id IN (b.member_id, b.hidden_id);
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO coop.rights_changes (member_id) VALUES (OLD.member_id), (OLD.hidden_id);
  ELSE
    INSERT INTO coop.rights_changes (member_id) VALUES (NEW.member_id), (NEW.hidden_id);
  END IF;
  NOTIFY lien_rights;
  RETURN NULL;
END $$;
ALTER FUNCTION coop.note_changed_sight() OWNER TO lien_owner;

-- Name: note_first_place(); Type: FUNCTION; Schema: coop; Owner: lien_owner
CREATE FUNCTION coop.note_first_place() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'coop', 'pg_temp'
    AS $$
BEGIN
  PERFORM FROM coop.places WHERE cooperative_id = NEW.cooperative_id AND id = NEW.place_id AND closed_at IS NULL FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'nobody moves into a closed place' USING ERRCODE = 'check_violation', CONSTRAINT = 'nobody_moves_into_a_closed_place';
  END IF;
  IF TG_OP = 'INSERT' THEN
    INSERT INTO coop.member_places (cooperative_id, member_id, place_id, from_at) VALUES (NEW.cooperative_id, NEW.id, NEW.place_id, NEW.joined_at);
  END IF;
  RETURN NULL;
END $$;
ALTER FUNCTION coop.note_first_place() OWNER TO lien_owner;

-- Name: participation_months(uuid, date, date); Type: FUNCTION; Schema: coop; Owner: lien_owner
CREATE FUNCTION coop.participation_months(p_member uuid, p_from date, p_today date) RETURNS TABLE(month date, help_given integer, help_received integer, events integer, board integer, assemblies integer)
    LANGUAGE sql STABLE
    SET search_path TO 'coop', 'pg_temp'
    AS $$
  SELECT p.month, p.help_given, p.help_received, p.events, p.board, p.assemblies
  FROM coop.participation p
  WHERE p.member_id = p_member
    AND p.month >= greatest(date_trunc('month', p_from)::date, (date_trunc('month', p_today) - interval '5 months')::date)
    AND p.month <= date_trunc('month', p_today)::date
  ORDER BY p.month
$$;
ALTER FUNCTION coop.participation_months(p_member uuid, p_from date, p_today date) OWNER TO lien_owner;

-- Name: participation_summary(uuid, date, date); Type: FUNCTION; Schema: coop; Owner: lien_owner
CREATE FUNCTION coop.participation_summary(p_member uuid, p_from date, p_today date) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO 'coop', 'pg_temp'
    AS $$
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
ALTER FUNCTION coop.participation_summary(p_member uuid, p_from date, p_today date) OWNER TO lien_owner;

-- Name: household_members; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.household_members (
    cooperative_id uuid NOT NULL,
    household_id uuid NOT NULL,
    member_id uuid NOT NULL,
    from_at timestamp with time zone NOT NULL,
    until_at timestamp with time zone,
    untold boolean NOT NULL,
    sharing_at timestamp with time zone,
    CONSTRAINT one_leaves_after_one_came CHECK (((until_at IS NULL) OR (until_at >= from_at))),
    CONSTRAINT only_who_left_is_untold CHECK (((NOT untold) OR (until_at IS NOT NULL)))
);
ALTER TABLE coop.household_members OWNER TO lien_owner;

-- Name: place_hidden_between(uuid, uuid, uuid); Type: FUNCTION; Schema: coop; Owner: lien_owner
CREATE FUNCTION coop.place_hidden_between(cooperative uuid, a uuid, b uuid) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    BEGIN ATOMIC
 SELECT (EXISTS ( SELECT
            FROM (coop.household_members x
              JOIN coop.household_members y ON (((y.cooperative_id = x.cooperative_id) AND (y.household_id = x.household_id))))
           WHERE ((x.cooperative_id = place_hidden_between.cooperative) AND (x.member_id = place_hidden_between.a) AND (y.member_id = place_hidden_between.b) AND (place_hidden_between.a <> place_hidden_between.b) AND (x.from_at <= COALESCE(y.until_at, 'infinity'::timestamp with time zone)) AND (y.from_at <= COALESCE(x.until_at, 'infinity'::timestamp with time zone)))
          HAVING (NOT COALESCE(bool_or(((x.until_at IS NULL) AND (y.until_at IS NULL))), true)))) AS "exists";
END;
ALTER FUNCTION coop.place_hidden_between(cooperative uuid, a uuid, b uuid) OWNER TO lien_owner;

-- Name: plain(text); Type: FUNCTION; Schema: coop; Owner: lien_owner
CREATE FUNCTION coop.plain(text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN lower(public.unaccent('public.unaccent'::regdictionary, $1));
ALTER FUNCTION coop.plain(text) OWNER TO lien_owner;

-- Name: times_band(bigint); Type: FUNCTION; Schema: coop; Owner: lien_owner
CREATE FUNCTION coop.times_band(n bigint) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN ((n IS NULL) OR (n <= 0)) THEN NULL::text WHEN (n <= 3) THEN '1-3'::text WHEN (n <= 9) THEN '4-9'::text ELSE '10+'::text END;
ALTER FUNCTION coop.times_band(n bigint) OWNER TO lien_owner;

-- Name: what_was_signed_stands(); Type: FUNCTION; Schema: coop; Owner: lien_owner
CREATE FUNCTION coop.what_was_signed_stands() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  IF TG_TABLE_NAME = 'minutes' THEN
    IF OLD.signed_n IS NOT NULL AND (TG_OP = 'DELETE' OR (NEW.signed_n, NEW.signed_at, NEW.contest_until, NEW.edits) IS DISTINCT FROM (OLD.signed_n, OLD.signed_at, OLD.contest_until, OLD.edits)) THEN
      RAISE EXCEPTION 'minutes that were signed stand' USING ERRCODE = 'check_violation', CONSTRAINT = 'what_was_signed_stands';
    END IF;
  ELSIF TG_TABLE_NAME = 'minutes_words' THEN
    IF EXISTS (SELECT FROM coop.minutes m WHERE m.cooperative_id = coalesce(NEW.cooperative_id, OLD.cooperative_id)
        AND m.assembly_id = coalesce(NEW.assembly_id, OLD.assembly_id) AND m.signed_n IS NOT NULL) THEN
      RAISE EXCEPTION 'minutes that were signed stand' USING ERRCODE = 'check_violation', CONSTRAINT = 'what_was_signed_stands';
    END IF;
  ELSE
    RAISE EXCEPTION 'what was signed stands' USING ERRCODE = 'check_violation', CONSTRAINT = 'what_was_signed_stands';
  END IF;
  RETURN coalesce(NEW, OLD);
END $$;
ALTER FUNCTION coop.what_was_signed_stands() OWNER TO lien_owner;

-- Name: i_administer(); Type: FUNCTION; Schema: support; Owner: lien_owner
CREATE FUNCTION support.i_administer() RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'support', 'pg_temp'
    AS $$
  SELECT EXISTS (SELECT FROM support.workers WHERE id = support.me() AND function = 'administrator' AND ended_at IS NULL)
$$;
ALTER FUNCTION support.i_administer() OWNER TO lien_owner;

-- Name: i_coordinate(); Type: FUNCTION; Schema: support; Owner: lien_owner
CREATE FUNCTION support.i_coordinate() RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'support', 'pg_temp'
    AS $$
  SELECT EXISTS (SELECT FROM support.workers WHERE id = support.me() AND function = 'coordinator' AND ended_at IS NULL)
$$;
ALTER FUNCTION support.i_coordinate() OWNER TO lien_owner;

-- Name: me(); Type: FUNCTION; Schema: support; Owner: lien_owner
CREATE FUNCTION support.me() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (NULLIF(current_setting('lien.worker'::text, true), ''::text))::uuid;
ALTER FUNCTION support.me() OWNER TO lien_owner;

-- Name: my_cases(); Type: FUNCTION; Schema: support; Owner: lien_owner
CREATE FUNCTION support.my_cases() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'support', 'pg_temp'
    AS $$
  SELECT m.case_id FROM support.case_members m JOIN support.workers w ON w.id = m.worker_id
  WHERE m.worker_id = support.me() AND m.until_at IS NULL AND w.ended_at IS NULL
$$;
ALTER FUNCTION support.my_cases() OWNER TO lien_owner;

-- Name: next_step(uuid); Type: FUNCTION; Schema: support; Owner: lien_owner
CREATE FUNCTION support.next_step(p_case uuid) RETURNS integer
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'support', 'pg_temp'
    AS $$
  SELECT count(*)::int + 1 FROM support.case_events WHERE case_id = p_case
$$;
ALTER FUNCTION support.next_step(p_case uuid) OWNER TO lien_owner;

-- Name: somebody_administers(); Type: FUNCTION; Schema: support; Owner: lien_owner
CREATE FUNCTION support.somebody_administers() RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'support', 'pg_temp'
    AS $$
  SELECT EXISTS (SELECT FROM support.workers WHERE function = 'administrator')
$$;
ALTER FUNCTION support.somebody_administers() OWNER TO lien_owner;

-- Name: devices; Type: TABLE; Schema: account; Owner: lien_owner
CREATE TABLE account.devices (
    id uuid NOT NULL,
    resident_id uuid NOT NULL,
    token_hash bytea NOT NULL,
    pin_hash text NOT NULL,
    name text NOT NULL,
    tries integer NOT NULL,
    open_after timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT tries_are_counted_up CHECK ((tries >= 0))
);
ALTER TABLE account.devices OWNER TO lien_owner;

-- Name: joinings; Type: TABLE; Schema: account; Owner: lien_owner
CREATE TABLE account.joinings (
    id uuid NOT NULL,
    token_hash bytea NOT NULL,
    cooperative_id uuid NOT NULL,
    invitation_id uuid NOT NULL,
    language text NOT NULL,
    name text,
    pin_hash text,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL
);
ALTER TABLE account.joinings OWNER TO lien_owner;

-- Name: links; Type: TABLE; Schema: account; Owner: lien_owner
CREATE TABLE account.links (
    id uuid NOT NULL,
    token_hash bytea NOT NULL,
    opens text NOT NULL,
    resident_id uuid,
    professional_id uuid,
    pin_hash text,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT a_link_is_for_one_person CHECK ((num_nonnulls(resident_id, professional_id) = 1)),
    CONSTRAINT a_link_opens_something_known CHECK ((opens = ANY (ARRAY['device'::text, 'first'::text, 'session'::text]))),
    CONSTRAINT only_residents_have_devices CHECK (((opens = 'device'::text) = (resident_id IS NOT NULL)))
);
ALTER TABLE account.links OWNER TO lien_owner;

-- Name: professionals; Type: TABLE; Schema: account; Owner: lien_owner
CREATE TABLE account.professionals (
    id uuid NOT NULL,
    email text NOT NULL,
    name text NOT NULL,
    function text NOT NULL,
    language text NOT NULL,
    password_hash text,
    totp_sealed bytea,
    totp_step bigint NOT NULL,
    tries integer NOT NULL,
    open_after timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT a_function_is_known CHECK ((function = ANY (ARRAY['caseworker'::text, 'coordinator'::text, 'administrator'::text]))),
    CONSTRAINT an_email_is_lower_case CHECK ((email = lower(email))),
    CONSTRAINT tries_are_counted_up CHECK ((tries >= 0))
);
ALTER TABLE account.professionals OWNER TO lien_owner;

-- Name: residents; Type: TABLE; Schema: account; Owner: lien_owner
CREATE TABLE account.residents (
    id uuid NOT NULL,
    cooperative_id uuid NOT NULL,
    member_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone
);
ALTER TABLE account.residents OWNER TO lien_owner;

-- Name: sessions; Type: TABLE; Schema: account; Owner: lien_owner
CREATE TABLE account.sessions (
    id uuid NOT NULL,
    token_hash bytea NOT NULL,
    resident_id uuid,
    device_id uuid,
    professional_id uuid,
    created_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    private_until timestamp with time zone,
    ended_at timestamp with time zone,
    tablet_until timestamp with time zone,
    with_member_id uuid,
    CONSTRAINT a_residents_session_has_a_device CHECK (((resident_id IS NULL) = (device_id IS NULL))),
    CONSTRAINT a_session_is_one_persons CHECK ((num_nonnulls(resident_id, professional_id) = 1)),
    CONSTRAINT a_tablet_never_opens_the_private_area CHECK (((tablet_until IS NULL) OR (private_until IS NULL))),
    CONSTRAINT nobody_is_helped_without_a_tablet CHECK (((with_member_id IS NULL) OR (tablet_until IS NOT NULL))),
    CONSTRAINT only_residents_have_a_tablet CHECK (((tablet_until IS NULL) OR (resident_id IS NOT NULL)))
);
ALTER TABLE account.sessions OWNER TO lien_owner;

-- Name: clock; Type: TABLE; Schema: bond; Owner: lien_owner
CREATE TABLE bond.clock (
    one boolean NOT NULL,
    may_be_told boolean NOT NULL,
    CONSTRAINT there_is_one_clock CHECK (one)
);
ALTER TABLE bond.clock OWNER TO lien_owner;

-- Name: codes; Type: TABLE; Schema: bond; Owner: lien_owner
CREATE TABLE bond.codes (
    code_hash bytea NOT NULL,
    case_id uuid NOT NULL,
    person_id uuid NOT NULL,
    worker_id uuid NOT NULL,
    given_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone
);
ALTER TABLE bond.codes OWNER TO lien_owner;

-- Name: highlights; Type: TABLE; Schema: bond; Owner: lien_owner
CREATE TABLE bond.highlights (
    id uuid NOT NULL,
    link_id uuid NOT NULL,
    words text NOT NULL,
    picked_at timestamp with time zone NOT NULL,
    dropped_at timestamp with time zone,
    CONSTRAINT a_highlight_is_short CHECK (((char_length(words) >= 1) AND (char_length(words) <= 200)))
);
ALTER TABLE bond.highlights OWNER TO lien_owner;

-- Name: links; Type: TABLE; Schema: bond; Owner: lien_owner
CREATE TABLE bond.links (
    id uuid NOT NULL,
    resident_id uuid NOT NULL,
    cooperative_id uuid NOT NULL,
    member_id uuid NOT NULL,
    case_id uuid NOT NULL,
    person_id uuid NOT NULL,
    made_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    set_aside_at timestamp with time zone,
    CONSTRAINT what_is_set_aside_has_ended CHECK (((set_aside_at IS NULL) OR (ended_at IS NOT NULL)))
);
ALTER TABLE bond.links OWNER TO lien_owner;

-- Name: proposals; Type: TABLE; Schema: bond; Owner: lien_owner
CREATE TABLE bond.proposals (
    id uuid NOT NULL,
    link_id uuid NOT NULL,
    worker_id uuid NOT NULL,
    kind text NOT NULL,
    target_id uuid NOT NULL,
    made_at timestamp with time zone NOT NULL,
    put_away_at timestamp with time zone,
    CONSTRAINT a_proposal_is_an_event_or_a_listing CHECK ((kind = ANY (ARRAY['event'::text, 'listing'::text])))
);
ALTER TABLE bond.proposals OWNER TO lien_owner;

-- Name: readings; Type: TABLE; Schema: bond; Owner: lien_owner
CREATE TABLE bond.readings (
    id uuid NOT NULL,
    link_id uuid NOT NULL,
    worker_id uuid NOT NULL,
    scopes text[] NOT NULL,
    purpose text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT a_purpose_is_known CHECK ((purpose = ANY (ARRAY['follow_up'::text, 'visit'::text, 'handover'::text, 'coordination'::text])))
);
ALTER TABLE bond.readings OWNER TO lien_owner;

-- Name: tries; Type: TABLE; Schema: bond; Owner: lien_owner
CREATE TABLE bond.tries (
    id bigint NOT NULL,
    resident_id uuid NOT NULL,
    at timestamp with time zone NOT NULL
);
ALTER TABLE bond.tries OWNER TO lien_owner;

-- Name: tries_id_seq; Type: SEQUENCE; Schema: bond; Owner: lien_owner
ALTER TABLE bond.tries ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME bond.tries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

-- Name: acts; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.acts (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    member_id uuid NOT NULL,
    by_member_id uuid NOT NULL,
    kind text NOT NULL,
    consent text NOT NULL,
    witness_id uuid,
    mark text,
    client_key uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT a_consent_is_known CHECK ((consent = ANY (ARRAY['none'::text, 'pin'::text, 'witness'::text, 'mark'::text]))),
    CONSTRAINT a_mark_was_made CHECK (((consent = 'mark'::text) = (mark IS NOT NULL))),
    CONSTRAINT a_witness_is_a_third_person CHECK (((witness_id IS NULL) OR ((witness_id <> member_id) AND (witness_id <> by_member_id)))),
    CONSTRAINT a_witnessed_act_names_its_witness CHECK (((consent = ANY (ARRAY['witness'::text, 'mark'::text])) = (witness_id IS NOT NULL))),
    CONSTRAINT nobody_carries_their_own_act CHECK ((member_id <> by_member_id)),
    CONSTRAINT only_opening_needs_no_consent CHECK (((consent = 'none'::text) = (kind = 'open'::text)))
);
ALTER TABLE coop.acts OWNER TO lien_owner;

-- Name: acts_answered; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.acts_answered (
    cooperative_id uuid NOT NULL,
    act_id uuid NOT NULL,
    by_member_id uuid NOT NULL,
    outcome text NOT NULL,
    words text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT a_correction_is_made_or_not CHECK ((outcome = ANY (ARRAY['corrected'::text, 'kept'::text])))
);
ALTER TABLE coop.acts_answered OWNER TO lien_owner;

-- Name: acts_done; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.acts_done (
    cooperative_id uuid NOT NULL,
    act_id uuid NOT NULL,
    subject_id uuid,
    other_id uuid,
    minutes bigint,
    before text NOT NULL,
    at timestamp with time zone NOT NULL
);
ALTER TABLE coop.acts_done OWNER TO lien_owner;

-- Name: acts_undone; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.acts_undone (
    cooperative_id uuid NOT NULL,
    act_id uuid NOT NULL,
    by_member_id uuid NOT NULL,
    outcome text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT an_undoing_is_done_or_asked CHECK ((outcome = ANY (ARRAY['undone'::text, 'asked'::text])))
);
ALTER TABLE coop.acts_undone OWNER TO lien_owner;

-- Name: agreement_answers; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.agreement_answers (
    cooperative_id uuid NOT NULL,
    agreement_id uuid NOT NULL,
    member_id uuid NOT NULL,
    words text NOT NULL,
    language text NOT NULL,
    at timestamp with time zone NOT NULL
);
ALTER TABLE coop.agreement_answers OWNER TO lien_owner;

-- Name: agreement_directions; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.agreement_directions (
    cooperative_id uuid NOT NULL,
    agreement_id uuid NOT NULL,
    member_id uuid NOT NULL,
    words text NOT NULL,
    language text NOT NULL,
    at timestamp with time zone NOT NULL
);
ALTER TABLE coop.agreement_directions OWNER TO lien_owner;

-- Name: agreement_events; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.agreement_events (
    cooperative_id uuid NOT NULL,
    agreement_id uuid NOT NULL,
    n integer NOT NULL,
    step text NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL,
    by_member_id uuid NOT NULL,
    minutes bigint,
    words text NOT NULL,
    at timestamp with time zone NOT NULL,
    channel text DEFAULT ''::text NOT NULL,
    witness_id uuid,
    language text DEFAULT ''::text NOT NULL,
    planned_at timestamp with time zone,
    meeting text,
    CONSTRAINT a_step_at_the_desk_has_a_witness CHECK (((channel <> 'desk'::text) OR (witness_id IS NOT NULL))),
    CONSTRAINT a_step_comes_by_a_known_channel CHECK ((channel = ANY (ARRAY[''::text, 'desk'::text, 'paper'::text]))),
    CONSTRAINT a_witness_is_somebody_else CHECK ((witness_id <> by_member_id))
);
ALTER TABLE coop.agreement_events OWNER TO lien_owner;

-- Name: agreement_thanks; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.agreement_thanks (
    cooperative_id uuid NOT NULL,
    agreement_id uuid NOT NULL,
    by_member_id uuid NOT NULL,
    to_member_id uuid NOT NULL,
    words text NOT NULL,
    language text NOT NULL,
    given_at timestamp with time zone NOT NULL,
    edited_at timestamp with time zone,
    shown_at timestamp with time zone,
    reported_at timestamp with time zone,
    settled_at timestamp with time zone,
    settled_by uuid,
    hidden_at timestamp with time zone,
    CONSTRAINT a_report_is_settled_by_somebody_else CHECK ((((settled_at IS NULL) = (settled_by IS NULL)) AND (settled_by <> by_member_id) AND (settled_by <> to_member_id))),
    CONSTRAINT nobody_thanks_themselves CHECK ((by_member_id <> to_member_id)),
    CONSTRAINT thanks_change_within_a_day CHECK (((edited_at IS NULL) OR (edited_at <= (given_at + '1 day'::interval)))),
    CONSTRAINT what_is_taken_down_is_not_shown CHECK (((hidden_at IS NULL) OR (shown_at IS NULL)))
);
ALTER TABLE coop.agreement_thanks OWNER TO lien_owner;

-- Name: application_events; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.application_events (
    cooperative_id uuid NOT NULL,
    application_id uuid NOT NULL,
    n integer NOT NULL,
    step text NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL,
    by_member_id uuid,
    words text NOT NULL,
    at timestamp with time zone NOT NULL
);
ALTER TABLE coop.application_events OWNER TO lien_owner;

-- Name: applications; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.applications (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    code_hash bytea NOT NULL,
    channel text NOT NULL,
    leaflet_id uuid,
    filled_by uuid,
    name text NOT NULL,
    language text NOT NULL,
    place_id uuid NOT NULL,
    reach text NOT NULL,
    phone text NOT NULL,
    words text NOT NULL,
    state text NOT NULL,
    state_since timestamp with time zone NOT NULL,
    deadline_at timestamp with time zone,
    meeting_at timestamp with time zone,
    meeting_place text NOT NULL,
    invitation_id uuid,
    member_id uuid,
    steps integer NOT NULL,
    client_key uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    forgotten_at timestamp with time zone,
    CONSTRAINT a_meeting_has_a_date_and_a_place CHECK (((state <> 'meeting'::text) OR ((meeting_at IS NOT NULL) AND (meeting_place <> ''::text)))),
    CONSTRAINT a_number_is_left_by_who_wants_a_call CHECK (((phone = ''::text) OR (reach = 'phone'::text))),
    CONSTRAINT an_application_comes_by_a_known_way CHECK ((channel = ANY (ARRAY['poster'::text, 'member'::text, 'desk'::text]))),
    CONSTRAINT an_application_is_in_a_known_state CHECK ((state = ANY (ARRAY['applied'::text, 'meeting'::text, 'met'::text, 'entered'::text, 'declined'::text, 'withdrawn'::text, 'lapsed'::text]))),
    CONSTRAINT an_open_application_has_a_deadline CHECK (((deadline_at IS NULL) = (state = ANY (ARRAY['entered'::text, 'declined'::text, 'withdrawn'::text, 'lapsed'::text])))),
    CONSTRAINT one_is_reached_by_phone_at_the_desk_or_not CHECK ((reach = ANY (ARRAY['none'::text, 'phone'::text, 'desk'::text]))),
    CONSTRAINT only_a_closed_application_is_forgotten CHECK (((forgotten_at IS NULL) OR (deadline_at IS NULL))),
    CONSTRAINT who_entered_is_a_member CHECK (((state = 'entered'::text) = (member_id IS NOT NULL))),
    CONSTRAINT who_was_met_has_an_invitation CHECK (((state <> 'met'::text) OR (invitation_id IS NOT NULL)))
);
ALTER TABLE coop.applications OWNER TO lien_owner;

-- Name: assemblies; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.assemblies (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    title text NOT NULL,
    words text NOT NULL,
    language text NOT NULL,
    place text NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    state text NOT NULL,
    state_since timestamp with time zone NOT NULL,
    statute_n integer,
    cancelled_why text NOT NULL,
    steps integer NOT NULL,
    made_by uuid NOT NULL,
    client_key uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT an_assembly_is_in_a_known_state CHECK ((state = ANY (ARRAY['draft'::text, 'convened'::text, 'open'::text, 'closed'::text, 'cancelled'::text]))),
    CONSTRAINT only_what_is_cancelled_says_why CHECK (((cancelled_why = ''::text) OR (state = 'cancelled'::text))),
    CONSTRAINT what_is_convened_stands_on_statutes CHECK (((state = ANY (ARRAY['draft'::text, 'cancelled'::text])) OR (statute_n IS NOT NULL)))
);
ALTER TABLE coop.assemblies OWNER TO lien_owner;

-- Name: assembly_documents; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.assembly_documents (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    assembly_id uuid NOT NULL,
    title text NOT NULL,
    body text NOT NULL,
    language text NOT NULL,
    made_by uuid NOT NULL,
    client_key uuid NOT NULL
);
ALTER TABLE coop.assembly_documents OWNER TO lien_owner;

-- Name: assembly_events; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.assembly_events (
    cooperative_id uuid NOT NULL,
    assembly_id uuid NOT NULL,
    n integer NOT NULL,
    step text NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL,
    by_member_id uuid,
    at timestamp with time zone NOT NULL
);
ALTER TABLE coop.assembly_events OWNER TO lien_owner;

-- Name: attendances; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.attendances (
    cooperative_id uuid NOT NULL,
    event_id uuid NOT NULL,
    member_id uuid NOT NULL,
    channel text NOT NULL,
    by_member_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    undone_at timestamp with time zone,
    CONSTRAINT a_check_in_is_by_list_or_code CHECK ((channel = ANY (ARRAY['list'::text, 'code'::text])))
);
ALTER TABLE coop.attendances OWNER TO lien_owner;

-- Name: ballots; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.ballots (
    cooperative_id uuid NOT NULL,
    vote_id uuid NOT NULL,
    id uuid NOT NULL,
    choice text NOT NULL,
    CONSTRAINT a_choice_is_known CHECK ((choice = ANY (ARRAY['for'::text, 'against'::text, 'blank'::text, 'invalid'::text])))
);
ALTER TABLE coop.ballots OWNER TO lien_owner;

-- Name: board_files; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.board_files (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    board_id uuid NOT NULL,
    notice_id uuid NOT NULL,
    comment_id uuid,
    member_id uuid NOT NULL,
    state text NOT NULL,
    steps integer NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    CONSTRAINT steps_of_a_file_count_up CHECK ((steps >= 0)),
    CONSTRAINT what_was_written_is_hidden_or_not CHECK ((state = ANY (ARRAY['none'::text, 'hidden'::text, 'contested'::text, 'upheld'::text])))
);
ALTER TABLE coop.board_files OWNER TO lien_owner;

-- Name: board_log; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.board_log (
    cooperative_id uuid NOT NULL,
    board_id uuid NOT NULL,
    seq bigint NOT NULL,
    kind text NOT NULL,
    notice_id uuid NOT NULL,
    comment_id uuid,
    at timestamp with time zone NOT NULL,
    CONSTRAINT a_change_is_of_a_known_kind CHECK ((kind = ANY (ARRAY['notice'::text, 'comment'::text, 'counts'::text, 'gone'::text, 'back'::text, 'edit'::text, 'top'::text, 'hung'::text]))),
    CONSTRAINT a_log_begins_at_one CHECK ((seq > 0))
);
ALTER TABLE coop.board_log OWNER TO lien_owner;

-- Name: board_mutes; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.board_mutes (
    cooperative_id uuid NOT NULL,
    board_id uuid NOT NULL,
    member_id uuid NOT NULL,
    at timestamp with time zone NOT NULL
);
ALTER TABLE coop.board_mutes OWNER TO lien_owner;

-- Name: board_paces; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.board_paces (
    cooperative_id uuid NOT NULL,
    n integer NOT NULL,
    notices integer NOT NULL,
    comments integer NOT NULL,
    minutes integer NOT NULL,
    reports integer NOT NULL,
    quiet_from integer NOT NULL,
    quiet_until integer NOT NULL,
    voted_on date NOT NULL,
    words text NOT NULL,
    by_member_id uuid NOT NULL,
    client_key uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT a_flood_ends CHECK (((minutes >= 1) AND (minutes <= 1440))),
    CONSTRAINT paces_begin_at_one CHECK ((n > 0)),
    CONSTRAINT rest_begins_in_a_day CHECK (((quiet_from >= 0) AND (quiet_from <= 1439))),
    CONSTRAINT rest_ends_in_a_day CHECK (((quiet_until >= 0) AND (quiet_until <= 1439))),
    CONSTRAINT somebody_may_answer CHECK (((comments >= 1) AND (comments <= 200))),
    CONSTRAINT somebody_may_pin CHECK (((notices >= 1) AND (notices <= 50))),
    CONSTRAINT somebody_may_report CHECK (((reports >= 1) AND (reports <= 100)))
);
ALTER TABLE coop.board_paces OWNER TO lien_owner;

-- Name: board_reads; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.board_reads (
    cooperative_id uuid NOT NULL,
    board_id uuid NOT NULL,
    member_id uuid NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL
);
ALTER TABLE coop.board_reads OWNER TO lien_owner;

-- Name: board_reports; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.board_reports (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    file_id uuid NOT NULL,
    member_id uuid NOT NULL,
    reason text NOT NULL,
    words text NOT NULL,
    at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    CONSTRAINT a_report_of_what_was_written_has_a_known_reason CHECK ((reason = ANY (ARRAY['respect'::text, 'privacy'::text, 'money'::text, 'place'::text, 'other'::text])))
);
ALTER TABLE coop.board_reports OWNER TO lien_owner;

-- Name: board_rests; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.board_rests (
    cooperative_id uuid NOT NULL,
    member_id uuid NOT NULL,
    from_minute integer NOT NULL,
    until_minute integer NOT NULL,
    CONSTRAINT a_rest_lasts_a_while CHECK ((from_minute <> until_minute)),
    CONSTRAINT ones_rest_begins_in_a_day CHECK (((from_minute >= 0) AND (from_minute <= 1439))),
    CONSTRAINT ones_rest_ends_in_a_day CHECK (((until_minute >= 0) AND (until_minute <= 1439)))
);
ALTER TABLE coop.board_rests OWNER TO lien_owner;

-- Name: board_rulings; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.board_rulings (
    cooperative_id uuid NOT NULL,
    file_id uuid NOT NULL,
    n integer NOT NULL,
    step text NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL,
    by_member_id uuid NOT NULL,
    rule text NOT NULL,
    words text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT a_ruling_of_a_file_is_a_known_step CHECK ((step = ANY (ARRAY['keep'::text, 'hide'::text, 'contest'::text, 'restore'::text, 'uphold'::text]))),
    CONSTRAINT rulings_of_a_file_begin_at_one CHECK ((n > 0)),
    CONSTRAINT who_hides_what_was_written_names_the_rule CHECK (((rule = ANY (ARRAY['respect'::text, 'privacy'::text, 'money'::text, 'place'::text])) OR ((rule = ''::text) AND (step <> 'hide'::text))))
);
ALTER TABLE coop.board_rulings OWNER TO lien_owner;

-- Name: boards; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.boards (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    place_id uuid,
    name text NOT NULL,
    last_seq bigint NOT NULL,
    CONSTRAINT a_log_counts_up CHECK ((last_seq >= 0))
)
WITH (fillfactor='50');
ALTER TABLE coop.boards OWNER TO lien_owner;

-- Name: booking_rules; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.booking_rules (
    cooperative_id uuid NOT NULL,
    resource_id uuid NOT NULL,
    step_minutes integer NOT NULL,
    longest_minutes integer NOT NULL,
    notice_minutes integer NOT NULL,
    ahead_days integer NOT NULL,
    buffer_minutes integer NOT NULL,
    weekly_quota integer NOT NULL,
    opens_minute integer NOT NULL,
    closes_minute integer NOT NULL,
    weekdays integer NOT NULL,
    noshow_minutes integer NOT NULL,
    changed_by uuid NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    CONSTRAINT a_booking_lasts_whole_steps CHECK ((((longest_minutes >= step_minutes) AND (longest_minutes <= 1440)) AND ((longest_minutes % step_minutes) = 0))),
    CONSTRAINT a_buffer_is_short CHECK (((buffer_minutes >= 0) AND (buffer_minutes <= 240))),
    CONSTRAINT a_household_books_at_least_once CHECK (((weekly_quota >= 1) AND (weekly_quota <= 50))),
    CONSTRAINT a_step_is_a_quarter_half_or_hour CHECK ((step_minutes = ANY (ARRAY[15, 30, 60]))),
    CONSTRAINT it_closes_after_it_opens CHECK (((opens_minute >= 0) AND (closes_minute <= 1440) AND ((opens_minute + step_minutes) <= closes_minute))),
    CONSTRAINT it_opens_on_some_day CHECK (((weekdays >= 1) AND (weekdays <= 127))),
    CONSTRAINT notice_is_given_ahead CHECK (((notice_minutes >= 0) AND (notice_minutes <= 10080))),
    CONSTRAINT one_books_a_while_ahead CHECK (((ahead_days >= 1) AND (ahead_days <= 365))),
    CONSTRAINT one_is_waited_for CHECK (((noshow_minutes >= 5) AND (noshow_minutes <= 240)))
);
ALTER TABLE coop.booking_rules OWNER TO lien_owner;

-- Name: bookings; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.bookings (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    resource_id uuid NOT NULL,
    member_id uuid NOT NULL,
    home_id uuid NOT NULL,
    state text NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    free_at timestamp with time zone NOT NULL,
    lapses_at timestamp with time zone NOT NULL,
    client_key uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    state_since timestamp with time zone NOT NULL,
    CONSTRAINT a_booking_ends_after_it_starts CHECK (((starts_at < ends_at) AND (ends_at <= free_at) AND (starts_at < lapses_at))),
    CONSTRAINT a_booking_is_in_a_known_state CHECK ((state = ANY (ARRAY['booked'::text, 'started'::text, 'ended'::text, 'cancelled'::text, 'released'::text])))
);
ALTER TABLE coop.bookings OWNER TO lien_owner;

-- Name: buddy_volunteers; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.buddy_volunteers (
    cooperative_id uuid NOT NULL,
    member_id uuid NOT NULL,
    since timestamp with time zone NOT NULL
);
ALTER TABLE coop.buddy_volunteers OWNER TO lien_owner;

-- Name: buddyship_events; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.buddyship_events (
    cooperative_id uuid NOT NULL,
    buddyship_id uuid NOT NULL,
    n integer NOT NULL,
    step text NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL,
    by_member_id uuid,
    at timestamp with time zone NOT NULL
);
ALTER TABLE coop.buddyship_events OWNER TO lien_owner;

-- Name: calendar_feeds; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.calendar_feeds (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    member_id uuid NOT NULL,
    kind text NOT NULL,
    hash bytea NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    shut_at timestamp with time zone,
    place_id uuid,
    CONSTRAINT a_calendar_is_mine_everybodys_or_of_a_place CHECK ((kind = ANY (ARRAY['mine'::text, 'all'::text, 'place'::text]))),
    CONSTRAINT an_address_is_kept_as_a_hash CHECK ((octet_length(hash) = 32)),
    CONSTRAINT only_the_calendar_of_a_place_has_one CHECK (((kind = 'place'::text) = (place_id IS NOT NULL)))
);
ALTER TABLE coop.calendar_feeds OWNER TO lien_owner;

-- Name: charter_acceptances; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.charter_acceptances (
    cooperative_id uuid NOT NULL,
    member_id uuid NOT NULL,
    version integer NOT NULL,
    language text NOT NULL,
    channel text NOT NULL,
    accepted_at timestamp with time zone NOT NULL,
    witness_id uuid,
    CONSTRAINT a_channel_is_known CHECK ((channel = ANY (ARRAY['phone'::text, 'desk'::text, 'paper'::text]))),
    CONSTRAINT nobody_is_their_own_witness CHECK ((witness_id <> member_id))
);
ALTER TABLE coop.charter_acceptances OWNER TO lien_owner;

-- Name: charters; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.charters (
    cooperative_id uuid NOT NULL,
    version integer NOT NULL,
    language text NOT NULL,
    title text NOT NULL,
    body text NOT NULL,
    published_at timestamp with time zone NOT NULL
);
ALTER TABLE coop.charters OWNER TO lien_owner;

-- Name: cheque_booklets; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.cheque_booklets (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    number bigint NOT NULL,
    member_id uuid NOT NULL,
    leaves integer NOT NULL,
    issued_by uuid NOT NULL,
    client_key uuid NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    valid_until timestamp with time zone NOT NULL,
    CONSTRAINT a_booklet_has_some_leaves CHECK (((leaves >= 1) AND (leaves <= 20))),
    CONSTRAINT a_booklet_is_good_for_a_while CHECK ((valid_until > issued_at)),
    CONSTRAINT booklets_are_numbered_from_one CHECK ((number > 0))
);
ALTER TABLE coop.cheque_booklets OWNER TO lien_owner;

-- Name: cheque_events; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.cheque_events (
    cooperative_id uuid NOT NULL,
    leaf_id uuid NOT NULL,
    n integer NOT NULL,
    step text NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL,
    by_member_id uuid NOT NULL,
    channel text NOT NULL,
    witness_id uuid,
    minutes bigint,
    words text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT a_step_came_by_a_known_channel CHECK ((channel = ANY (ARRAY[''::text, 'desk'::text, 'paper'::text]))),
    CONSTRAINT an_act_for_somebody_has_a_witness CHECK (((channel = ''::text) = (witness_id IS NULL)))
);
ALTER TABLE coop.cheque_events OWNER TO lien_owner;

-- Name: cheque_leaves; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.cheque_leaves (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    booklet_id uuid NOT NULL,
    n integer NOT NULL,
    drawer_id uuid NOT NULL,
    code_hash bytea NOT NULL,
    state text NOT NULL,
    bearer_id uuid,
    category text,
    about text NOT NULL,
    language text NOT NULL,
    minutes_claimed bigint,
    minutes_answered bigint,
    minutes_paid bigint,
    because text,
    transfer_id uuid,
    steps integer NOT NULL,
    state_since timestamp with time zone NOT NULL,
    deadline_at timestamp with time zone,
    reminded integer DEFAULT 0 NOT NULL,
    CONSTRAINT a_blank_leaf_says_nothing CHECK (((state <> 'blank'::text) OR ((bearer_id IS NULL) AND (minutes_claimed IS NULL) AND (minutes_answered IS NULL) AND (about = ''::text)))),
    CONSTRAINT a_cheque_is_for_a_known_sort_of_help CHECK ((category = ANY (ARRAY['shopping'::text, 'repair'::text, 'cooking'::text, 'children'::text, 'company'::text, 'paperwork'::text, 'languages'::text, 'computer'::text, 'sewing'::text, 'garden'::text, 'carrying'::text, 'other'::text]))),
    CONSTRAINT a_leaf_is_in_a_known_state CHECK ((state = ANY (ARRAY['blank'::text, 'presented'::text, 'disputed'::text, 'paid'::text, 'void'::text]))),
    CONSTRAINT a_leaf_is_void_for_a_known_reason CHECK ((because = ANY (ARRAY['lost'::text, 'stolen'::text, 'spoiled'::text, 'settled'::text]))),
    CONSTRAINT a_leaf_under_way_has_a_bearer CHECK (((state = ANY (ARRAY['blank'::text, 'void'::text])) OR ((bearer_id IS NOT NULL) AND (minutes_claimed IS NOT NULL) AND (category IS NOT NULL)))),
    CONSTRAINT an_unfinished_leaf_has_a_deadline CHECK (((deadline_at IS NULL) = (state = ANY (ARRAY['paid'::text, 'void'::text])))),
    CONSTRAINT answered_hours_are_positive CHECK ((minutes_answered > 0)),
    CONSTRAINT claimed_hours_are_positive CHECK ((minutes_claimed > 0)),
    CONSTRAINT leaves_are_numbered_from_one CHECK ((n > 0)),
    CONSTRAINT nobody_pays_themselves_by_cheque CHECK ((bearer_id <> drawer_id)),
    CONSTRAINT only_a_paid_leaf_has_a_transfer CHECK ((((state = 'paid'::text) = (transfer_id IS NOT NULL)) AND ((state = 'paid'::text) = (minutes_paid IS NOT NULL)))),
    CONSTRAINT only_a_void_leaf_says_why CHECK (((state = 'void'::text) = (because IS NOT NULL))),
    CONSTRAINT paid_hours_are_positive CHECK ((minutes_paid > 0))
);
ALTER TABLE coop.cheque_leaves OWNER TO lien_owner;

-- Name: comments; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.comments (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    notice_id uuid NOT NULL,
    seq bigint NOT NULL,
    member_id uuid NOT NULL,
    body text NOT NULL,
    language text NOT NULL,
    client_key uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    gone_at timestamp with time zone,
    gone_by uuid
);
ALTER TABLE coop.comments OWNER TO lien_owner;

-- Name: convocations; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.convocations (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    assembly_id uuid NOT NULL,
    channel text NOT NULL,
    member_id uuid,
    place_id uuid,
    by_member_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT a_poster_hangs_somewhere_and_paper_is_handed_to_somebody CHECK ((((channel = 'poster'::text) = (place_id IS NOT NULL)) AND ((channel = 'poster'::text) = (member_id IS NULL)))),
    CONSTRAINT one_is_convened_by_a_known_channel CHECK ((channel = ANY (ARRAY['inbox'::text, 'paper'::text, 'poster'::text])))
);
ALTER TABLE coop.convocations OWNER TO lien_owner;

-- Name: cooperatives; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.cooperatives (
    id uuid NOT NULL,
    name text NOT NULL,
    town text NOT NULL,
    zone text NOT NULL,
    last_number bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    erase_after_days integer DEFAULT 30 NOT NULL,
    CONSTRAINT numbers_count_up CHECK ((last_number >= 0)),
    CONSTRAINT there_is_time_to_think CHECK (((erase_after_days >= 7) AND (erase_after_days <= 365)))
);
ALTER TABLE coop.cooperatives OWNER TO lien_owner;

-- Name: damages; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.damages (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    resource_id uuid NOT NULL,
    member_id uuid NOT NULL,
    words text NOT NULL,
    language text NOT NULL,
    stops boolean NOT NULL,
    client_key uuid NOT NULL,
    told_at timestamp with time zone NOT NULL,
    mended_at timestamp with time zone,
    mended_by uuid,
    mended_how text NOT NULL,
    CONSTRAINT what_is_mended_was_mended_by_somebody CHECK (((mended_at IS NULL) = (mended_by IS NULL)))
);
ALTER TABLE coop.damages OWNER TO lien_owner;

-- Name: departure_rules; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.departure_rules (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    words text NOT NULL,
    most bigint NOT NULL,
    voted_on date NOT NULL,
    made_by uuid NOT NULL,
    client_key uuid NOT NULL,
    made_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT a_rule_writes_something_off CHECK ((most > 0))
);
ALTER TABLE coop.departure_rules OWNER TO lien_owner;

-- Name: departures; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.departures (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    member_id uuid NOT NULL,
    began_at timestamp with time zone NOT NULL,
    choice text,
    heir_id uuid,
    erase boolean DEFAULT false NOT NULL,
    rule_id uuid,
    minutes bigint,
    closed_by uuid,
    closed_at timestamp with time zone,
    erase_at timestamp with time zone,
    erased_at timestamp with time zone,
    erase_asked_at timestamp with time zone,
    erase_asked_by uuid,
    erase_off_at timestamp with time zone,
    erase_off_by uuid,
    because text,
    why text DEFAULT ''::text NOT NULL,
    begun_by uuid,
    witness_id uuid,
    CONSTRAINT a_choice_is_known CHECK ((choice = ANY (ARRAY['fund'::text, 'household'::text, 'written_off'::text]))),
    CONSTRAINT erasing_was_asked_for CHECK (((erased_at IS NULL) OR (erase_at IS NOT NULL))),
    CONSTRAINT one_is_gone_for_a_known_reason CHECK ((because = ANY (ARRAY['died'::text, 'absent'::text]))),
    CONSTRAINT only_a_household_has_an_heir CHECK ((((choice = 'household'::text) = (heir_id IS NOT NULL)) OR ((choice IS NULL) AND (heir_id IS NULL)))),
    CONSTRAINT only_for_another_is_it_said_why CHECK (((because IS NOT NULL) OR (why = ''::text))),
    CONSTRAINT only_who_asked_is_erased CHECK (((erase_at IS NULL) OR erase)),
    CONSTRAINT only_who_left_is_erased CHECK (((erase_at IS NULL) OR (closed_at IS NOT NULL))),
    CONSTRAINT three_people_are_in_such_a_departure CHECK (((begun_by <> member_id) AND ((witness_id <> member_id) AND (witness_id <> begun_by)))),
    CONSTRAINT what_is_written_off_has_its_rule CHECK (((closed_at IS NULL) OR ((rule_id IS NOT NULL) = (minutes < 0)))),
    CONSTRAINT who_asked_to_be_erased_is_known CHECK (((NOT erase) OR (num_nulls(erase_asked_at, erase_asked_by) = 0))),
    CONSTRAINT who_begins_for_another_has_a_reason_and_a_witness CHECK ((num_nonnulls(because, begun_by, witness_id) = ANY (ARRAY[0, 3]))),
    CONSTRAINT who_called_it_off_is_known CHECK (((erase_off_at IS NULL) = (erase_off_by IS NULL))),
    CONSTRAINT who_closed_it_is_known CHECK ((((closed_at IS NULL) = (closed_by IS NULL)) AND ((closed_at IS NULL) = (minutes IS NULL))))
);
ALTER TABLE coop.departures OWNER TO lien_owner;

-- Name: deposits; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.deposits (
    cooperative_id uuid NOT NULL,
    loan_id uuid NOT NULL,
    member_id uuid NOT NULL,
    minutes bigint NOT NULL,
    transfer_id uuid NOT NULL,
    back_id uuid,
    kept_by uuid,
    kept_why text NOT NULL,
    at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT a_deposit_is_given_back_or_kept CHECK ((((ended_at IS NOT NULL) = (num_nonnulls(back_id, kept_by) = 1)) AND (num_nonnulls(back_id, kept_by) <= 1))),
    CONSTRAINT a_deposit_is_of_some_minutes CHECK ((minutes > 0)),
    CONSTRAINT a_kept_deposit_has_its_reason CHECK (((kept_by IS NOT NULL) = (kept_why <> ''::text)))
);
ALTER TABLE coop.deposits OWNER TO lien_owner;

-- Name: entries; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.entries (
    cooperative_id uuid NOT NULL,
    transfer_id uuid NOT NULL,
    side smallint NOT NULL,
    account_id uuid NOT NULL,
    amount bigint NOT NULL,
    minutes bigint GENERATED ALWAYS AS ((side * amount)) STORED,
    at timestamp with time zone NOT NULL,
    member_id uuid,
    CONSTRAINT an_entry_gives_or_takes CHECK ((side = ANY (ARRAY['-1'::integer, 1])))
);
ALTER TABLE coop.entries OWNER TO lien_owner;

-- Name: event_lots; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.event_lots (
    cooperative_id uuid NOT NULL,
    event_id uuid NOT NULL,
    member_id uuid NOT NULL,
    turns integer NOT NULL,
    missed integer NOT NULL,
    first boolean NOT NULL,
    tickets integer NOT NULL,
    party integer NOT NULL,
    rank integer NOT NULL,
    placed boolean NOT NULL,
    CONSTRAINT a_party_is_of_somebody CHECK ((party > 0)),
    CONSTRAINT absences_are_counted CHECK ((missed >= 0)),
    CONSTRAINT everybody_has_a_ticket CHECK ((tickets > 0)),
    CONSTRAINT ranks_begin_at_one CHECK ((rank > 0)),
    CONSTRAINT turns_are_counted CHECK ((turns >= 0))
);
ALTER TABLE coop.event_lots OWNER TO lien_owner;

-- Name: event_series; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.event_series (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    organiser_id uuid NOT NULL,
    title text NOT NULL,
    details text NOT NULL,
    language text NOT NULL,
    place text NOT NULL,
    zone text NOT NULL,
    first_on date NOT NULL,
    rhythm text NOT NULL,
    from_clock text NOT NULL,
    until_clock text NOT NULL,
    last_on date,
    skips_public boolean NOT NULL,
    skips_school boolean NOT NULL,
    capacity integer,
    made_through date NOT NULL,
    sequence integer NOT NULL,
    client_key uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone,
    place_id uuid,
    resource_id uuid,
    guests_most integer DEFAULT 5 NOT NULL,
    newcomer_places integer DEFAULT 0 NOT NULL,
    newcomer_days integer DEFAULT 3 NOT NULL,
    CONSTRAINT a_rhythm_is_known CHECK ((rhythm = ANY (ARRAY['week'::text, 'weeks_2'::text, 'weeks_3'::text, 'weeks_4'::text, 'month_nth'::text, 'month_last'::text, 'month_day'::text]))),
    CONSTRAINT a_series_ends_on_the_clock CHECK ((until_clock ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text)),
    CONSTRAINT a_series_has_room_for_somebody CHECK ((capacity > 0)),
    CONSTRAINT a_series_starts_on_the_clock CHECK ((from_clock ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text)),
    CONSTRAINT each_brings_a_few_each_time CHECK (((guests_most >= 0) AND (guests_most <= 5))),
    CONSTRAINT newcomers_have_some_of_the_places_each_time CHECK (((newcomer_places >= 0) AND (newcomer_places <= COALESCE(capacity, 0)))),
    CONSTRAINT newcomers_have_until_some_days_before_each_time CHECK (((newcomer_days >= 1) AND (newcomer_days <= 30))),
    CONSTRAINT what_a_series_shares_stands_somewhere CHECK (((resource_id IS NULL) OR (place_id IS NOT NULL)))
);
ALTER TABLE coop.event_series OWNER TO lien_owner;

-- Name: events; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.events (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    organiser_id uuid NOT NULL,
    place_id uuid,
    place text NOT NULL,
    title text NOT NULL,
    details text NOT NULL,
    language text NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    zone text NOT NULL,
    capacity integer,
    state text NOT NULL,
    client_key uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    cancelled_at timestamp with time zone,
    cancelled_why text NOT NULL,
    guests_most integer DEFAULT 5 NOT NULL,
    newcomer_places integer DEFAULT 0 NOT NULL,
    newcomer_days integer DEFAULT 3 NOT NULL,
    newcomers_opened_at timestamp with time zone,
    draw_at timestamp with time zone,
    draw_seed text,
    drawn_at timestamp with time zone,
    series_id uuid,
    series_day date,
    edited boolean DEFAULT false NOT NULL,
    sequence integer DEFAULT 0 NOT NULL,
    changed_at timestamp with time zone,
    resource_id uuid,
    words tsvector GENERATED ALWAYS AS (to_tsvector('french'::regconfig, coop.plain(((((title || ' '::text) || details) || ' '::text) || place)))) STORED,
    CONSTRAINT a_cancelled_event_says_when CHECK (((state = 'cancelled'::text) = (cancelled_at IS NOT NULL))),
    CONSTRAINT a_draw_comes_before_the_event CHECK ((draw_at < starts_at)),
    CONSTRAINT a_draw_has_its_seed_from_the_beginning CHECK (((draw_at IS NULL) = (draw_seed IS NULL))),
    CONSTRAINT an_event_ends_after_it_starts CHECK ((ends_at > starts_at)),
    CONSTRAINT an_event_is_on_or_cancelled CHECK ((state = ANY (ARRAY['on'::text, 'cancelled'::text]))),
    CONSTRAINT an_event_of_a_series_has_its_day CHECK (((series_id IS NULL) = (series_day IS NULL))),
    CONSTRAINT each_brings_a_few CHECK (((guests_most >= 0) AND (guests_most <= 5))),
    CONSTRAINT newcomers_have_some_of_the_places CHECK (((newcomer_places >= 0) AND (newcomer_places <= COALESCE(capacity, 0)))),
    CONSTRAINT newcomers_have_until_some_days_before CHECK (((newcomer_days >= 1) AND (newcomer_days <= 30))),
    CONSTRAINT nothing_is_drawn_before_its_moment CHECK (((drawn_at IS NULL) OR (drawn_at >= draw_at))),
    CONSTRAINT only_a_number_of_places_is_drawn CHECK (((draw_at IS NULL) OR (capacity IS NOT NULL))),
    CONSTRAINT there_is_room_for_somebody CHECK ((capacity > 0)),
    CONSTRAINT what_is_shared_stands_somewhere CHECK (((resource_id IS NULL) OR (place_id IS NOT NULL)))
);
ALTER TABLE coop.events OWNER TO lien_owner;

-- Name: fund_draw_events; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.fund_draw_events (
    cooperative_id uuid NOT NULL,
    draw_id uuid NOT NULL,
    n integer NOT NULL,
    step text NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL,
    by_member_id uuid,
    at timestamp with time zone NOT NULL
);
ALTER TABLE coop.fund_draw_events OWNER TO lien_owner;

-- Name: fund_draws; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.fund_draws (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    rule_id uuid NOT NULL,
    member_id uuid NOT NULL,
    state text NOT NULL,
    words text NOT NULL,
    answer text NOT NULL,
    language text NOT NULL,
    began_by uuid NOT NULL,
    decided_by uuid,
    minutes bigint,
    transfer_id uuid,
    steps integer NOT NULL,
    client_key uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    state_since timestamp with time zone NOT NULL,
    deadline_at timestamp with time zone,
    reminded_at timestamp with time zone,
    CONSTRAINT a_decided_draw_says_by_whom CHECK (((state <> ALL (ARRAY['granted'::text, 'refused'::text, 'offered'::text])) OR (decided_by IS NOT NULL))),
    CONSTRAINT a_draw_is_in_a_known_state CHECK ((state = ANY (ARRAY['asked'::text, 'offered'::text, 'granted'::text, 'refused'::text, 'withdrawn'::text, 'declined'::text, 'lapsed'::text]))),
    CONSTRAINT an_open_draw_has_a_deadline CHECK (((deadline_at IS NOT NULL) = (state = ANY (ARRAY['asked'::text, 'offered'::text])))),
    CONSTRAINT drawn_hours_are_positive CHECK ((minutes > 0)),
    CONSTRAINT nobody_decides_on_their_own_draw CHECK ((decided_by <> member_id)),
    CONSTRAINT only_a_granted_draw_is_paid CHECK ((((state = 'granted'::text) = (transfer_id IS NOT NULL)) AND ((state = 'granted'::text) = (minutes IS NOT NULL))))
);
ALTER TABLE coop.fund_draws OWNER TO lien_owner;

-- Name: fund_rules; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.fund_rules (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    why text NOT NULL,
    words text NOT NULL,
    language text NOT NULL,
    minutes bigint NOT NULL,
    yearly_each bigint NOT NULL,
    yearly_all bigint NOT NULL,
    voted_on date NOT NULL,
    entered_by uuid NOT NULL,
    entered_at timestamp with time zone NOT NULL,
    client_key uuid NOT NULL,
    ended_by uuid,
    ended_at timestamp with time zone,
    CONSTRAINT a_draw_is_of_some_minutes CHECK ((minutes > 0)),
    CONSTRAINT a_rule_has_a_known_reason CHECK ((why = ANY (ARRAY['caring'::text, 'illness'::text, 'arrival'::text, 'birth'::text, 'hardship'::text, 'interpreter'::text, 'other'::text]))),
    CONSTRAINT a_year_holds_one_draw_at_least CHECK (((minutes <= yearly_each) AND (yearly_each <= yearly_all))),
    CONSTRAINT who_ends_a_rule_is_known CHECK (((ended_by IS NULL) = (ended_at IS NULL)))
);
ALTER TABLE coop.fund_rules OWNER TO lien_owner;

-- Name: hours_accounts; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.hours_accounts (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    member_id uuid,
    balance bigint NOT NULL,
    household_id uuid,
    goes_to uuid,
    people integer DEFAULT 1 NOT NULL,
    reserved bigint DEFAULT 0 NOT NULL,
    CONSTRAINT an_account_is_a_members_a_households_or_the_fund CHECK ((kind = ANY (ARRAY['member'::text, 'household'::text, 'fund'::text]))),
    CONSTRAINT hours_that_go_elsewhere_are_not_here CHECK (((goes_to IS NULL) OR (balance = 0))),
    CONSTRAINT no_less_than_nothing_is_reserved CHECK ((reserved >= 0)),
    CONSTRAINT only_a_households_account_has_a_household CHECK (((kind = 'household'::text) = (household_id IS NOT NULL))),
    CONSTRAINT only_a_members_account_has_a_member CHECK (((kind = 'member'::text) = (member_id IS NOT NULL))),
    CONSTRAINT only_a_members_hours_go_elsewhere CHECK (((goes_to IS NULL) OR ((kind = 'member'::text) AND (goes_to <> id)))),
    CONSTRAINT people_are_counted CHECK ((people >= 0))
)
WITH (fillfactor='70');
ALTER TABLE coop.hours_accounts OWNER TO lien_owner;

-- Name: hours_limit_changes; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.hours_limit_changes (
    cooperative_id uuid NOT NULL,
    n integer NOT NULL,
    soft_floor bigint NOT NULL,
    hard_floor bigint NOT NULL,
    ceiling bigint NOT NULL,
    per_act bigint NOT NULL,
    voted_on date,
    words text NOT NULL,
    by_member_id uuid,
    client_key uuid,
    at timestamp with time zone NOT NULL,
    CONSTRAINT only_the_first_limits_were_not_voted CHECK (((n = 1) OR ((voted_on IS NOT NULL) AND (by_member_id IS NOT NULL) AND (client_key IS NOT NULL))))
);
ALTER TABLE coop.hours_limit_changes OWNER TO lien_owner;

-- Name: hours_limits; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.hours_limits (
    cooperative_id uuid NOT NULL,
    soft_floor bigint NOT NULL,
    hard_floor bigint NOT NULL,
    ceiling bigint NOT NULL,
    per_act bigint NOT NULL,
    CONSTRAINT an_act_lasts_a_while CHECK ((per_act > 0)),
    CONSTRAINT floors_stand_under_the_ceiling CHECK (((hard_floor <= soft_floor) AND (soft_floor <= 0) AND (ceiling > 0)))
);
ALTER TABLE coop.hours_limits OWNER TO lien_owner;

-- Name: hours_reserved; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.hours_reserved (
    cooperative_id uuid NOT NULL,
    agreement_id uuid NOT NULL,
    member_id uuid NOT NULL,
    account_id uuid NOT NULL,
    minutes bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    released_at timestamp with time zone,
    CONSTRAINT reserved_hours_are_positive CHECK ((minutes > 0))
);
ALTER TABLE coop.hours_reserved OWNER TO lien_owner;

-- Name: household_events; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.household_events (
    cooperative_id uuid NOT NULL,
    household_id uuid NOT NULL,
    n integer NOT NULL,
    step text NOT NULL,
    member_id uuid NOT NULL,
    by_member_id uuid NOT NULL,
    minutes bigint,
    channel text NOT NULL,
    witness_id uuid,
    at timestamp with time zone NOT NULL,
    CONSTRAINT a_channel_is_known CHECK ((channel = ANY (ARRAY[''::text, 'desk'::text, 'paper'::text]))),
    CONSTRAINT a_household_step_is_known CHECK ((step = ANY (ARRAY['begin'::text, 'join'::text, 'leave'::text, 'share'::text, 'part'::text, 'divide'::text, 'decide'::text, 'end'::text])))
);
ALTER TABLE coop.household_events OWNER TO lien_owner;

-- Name: household_invitations; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.household_invitations (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    household_id uuid NOT NULL,
    made_by uuid NOT NULL,
    code_hash bytea NOT NULL,
    client_key uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_by uuid,
    used_at timestamp with time zone,
    CONSTRAINT who_came_in_came_at_a_moment CHECK (((used_by IS NULL) = (used_at IS NULL)))
);
ALTER TABLE coop.household_invitations OWNER TO lien_owner;

-- Name: household_minors; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.household_minors (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    household_id uuid NOT NULL,
    name text NOT NULL,
    born integer NOT NULL,
    added_by uuid NOT NULL,
    client_key uuid NOT NULL,
    from_at timestamp with time zone NOT NULL,
    until_at timestamp with time zone,
    CONSTRAINT a_year_of_birth_is_one CHECK (((born >= 1990) AND (born <= 2200)))
);
ALTER TABLE coop.household_minors OWNER TO lien_owner;

-- Name: households; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.households (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    began_by uuid NOT NULL,
    client_key uuid NOT NULL,
    began_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone
);
ALTER TABLE coop.households OWNER TO lien_owner;

-- Name: import_files; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.import_files (
    cooperative_id uuid NOT NULL,
    import_id uuid NOT NULL,
    content bytea NOT NULL
);
ALTER TABLE coop.import_files OWNER TO lien_owner;

-- Name: import_lines; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.import_lines (
    cooperative_id uuid NOT NULL,
    import_id uuid NOT NULL,
    line integer NOT NULL,
    outcome text NOT NULL,
    member_id uuid,
    transfer_id uuid,
    at timestamp with time zone NOT NULL,
    CONSTRAINT a_line_that_moved_made_nothing CHECK (((outcome <> 'moved'::text) OR (transfer_id IS NULL))),
    CONSTRAINT an_outcome_of_a_line_is_known CHECK ((outcome = ANY (ARRAY['member'::text, 'hours'::text, 'moved'::text]))),
    CONSTRAINT hours_of_a_line_have_their_transfer CHECK (((outcome <> 'hours'::text) OR (transfer_id IS NOT NULL))),
    CONSTRAINT what_a_line_made_is_known CHECK (((outcome = 'moved'::text) = (member_id IS NULL)))
);
ALTER TABLE coop.import_lines OWNER TO lien_owner;

-- Name: import_rows; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.import_rows (
    cooperative_id uuid NOT NULL,
    import_id uuid NOT NULL,
    line integer NOT NULL,
    number bigint,
    name text NOT NULL,
    language text NOT NULL,
    minutes bigint NOT NULL,
    pile text NOT NULL,
    why text NOT NULL,
    hint text NOT NULL,
    other_id uuid,
    choice text NOT NULL,
    place_id uuid,
    CONSTRAINT a_choice_is_known CHECK ((choice = ANY (ARRAY[''::text, 'leave'::text, 'add'::text, 'person'::text, 'without'::text]))),
    CONSTRAINT a_line_is_in_one_of_four_piles CHECK ((pile = ANY (ARRAY['new'::text, 'same'::text, 'conflict'::text, 'refused'::text]))),
    CONSTRAINT a_refused_line_has_a_reason CHECK (((pile = ANY (ARRAY['conflict'::text, 'refused'::text])) = (why <> ''::text))),
    CONSTRAINT only_a_conflict_is_decided CHECK (((choice = ''::text) OR (pile = 'conflict'::text)))
);
ALTER TABLE coop.import_rows OWNER TO lien_owner;

-- Name: imports; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.imports (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    file_name text NOT NULL,
    file_hash bytea NOT NULL,
    encoding text NOT NULL,
    delimiter text NOT NULL,
    headings text[] NOT NULL,
    samples text[] NOT NULL,
    columns text[] NOT NULL,
    place_id uuid NOT NULL,
    language text NOT NULL,
    state text NOT NULL,
    turn integer NOT NULL,
    lines integer NOT NULL,
    new_lines integer NOT NULL,
    same_lines integer NOT NULL,
    conflict_lines integer NOT NULL,
    refused_lines integer NOT NULL,
    made integer NOT NULL,
    opened integer NOT NULL,
    moved integer NOT NULL,
    uploaded_by uuid NOT NULL,
    client_key uuid NOT NULL,
    uploaded_at timestamp with time zone NOT NULL,
    confirmed_by uuid,
    confirmed_at timestamp with time zone,
    ended_at timestamp with time zone,
    CONSTRAINT an_import_is_in_a_known_state CHECK ((state = ANY (ARRAY['open'::text, 'confirmed'::text, 'done'::text, 'dropped'::text]))),
    CONSTRAINT only_a_confirmed_import_is_carried_out CHECK (((state <> ALL (ARRAY['confirmed'::text, 'done'::text])) OR (confirmed_by IS NOT NULL))),
    CONSTRAINT turns_count_up CHECK ((turn > 0)),
    CONSTRAINT what_ended_has_its_moment CHECK (((ended_at IS NOT NULL) = (state = ANY (ARRAY['done'::text, 'dropped'::text])))),
    CONSTRAINT who_confirmed_is_known CHECK (((confirmed_by IS NULL) = (confirmed_at IS NULL)))
);
ALTER TABLE coop.imports OWNER TO lien_owner;

-- Name: inbox; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.inbox (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    member_id uuid NOT NULL,
    kind text NOT NULL,
    subject_id uuid NOT NULL,
    once text NOT NULL,
    by_member_id uuid,
    title text,
    at_moment timestamp with time zone,
    minutes bigint,
    told_at timestamp with time zone NOT NULL,
    read_at timestamp with time zone,
    CONSTRAINT what_is_read_was_told CHECK (((read_at IS NULL) OR (read_at >= told_at)))
);
ALTER TABLE coop.inbox OWNER TO lien_owner;

-- Name: invitations; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.invitations (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    code_hash bytea NOT NULL,
    place_id uuid NOT NULL,
    made_by uuid NOT NULL,
    client_key uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_by uuid,
    used_at timestamp with time zone,
    revoked_at timestamp with time zone,
    for_member_id uuid
);
ALTER TABLE coop.invitations OWNER TO lien_owner;

-- Name: leaflets; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.leaflets (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    code_hash bytea NOT NULL,
    made_by uuid NOT NULL,
    client_key uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    CONSTRAINT a_leaflet_hangs_or_is_handed CHECK ((kind = ANY (ARRAY['poster'::text, 'handed'::text])))
);
ALTER TABLE coop.leaflets OWNER TO lien_owner;

-- Name: lending_rules; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.lending_rules (
    cooperative_id uuid NOT NULL,
    resource_id uuid NOT NULL,
    days integer NOT NULL,
    renewals integer NOT NULL,
    at_once integer NOT NULL,
    hold_hours integer NOT NULL,
    changed_by uuid NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    deposit_minutes integer DEFAULT 0 NOT NULL,
    CONSTRAINT a_deposit_is_some_whole_hours CHECK ((((deposit_minutes >= 0) AND (deposit_minutes <= 720)) AND ((deposit_minutes % 60) = 0))),
    CONSTRAINT a_home_may_borrow CHECK (((at_once >= 1) AND (at_once <= 20))),
    CONSTRAINT a_loan_is_renewed_a_few_times CHECK (((renewals >= 0) AND (renewals <= 5))),
    CONSTRAINT a_loan_lasts_some_days CHECK (((days >= 1) AND (days <= 90))),
    CONSTRAINT a_resource_is_kept_a_while CHECK (((hold_hours >= 1) AND (hold_hours <= 336)))
);
ALTER TABLE coop.lending_rules OWNER TO lien_owner;

-- Name: listing_photos; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.listing_photos (
    cooperative_id uuid NOT NULL,
    listing_id uuid NOT NULL,
    n integer NOT NULL,
    photo_id uuid NOT NULL,
    words text NOT NULL,
    language text NOT NULL,
    CONSTRAINT a_listing_shows_four_photos_at_most CHECK (((n >= 1) AND (n <= 4)))
);
ALTER TABLE coop.listing_photos OWNER TO lien_owner;

-- Name: listing_reports; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.listing_reports (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    listing_id uuid NOT NULL,
    member_id uuid NOT NULL,
    reason text NOT NULL,
    words text NOT NULL,
    at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    CONSTRAINT a_report_has_a_known_reason CHECK ((reason = ANY (ARRAY['respect'::text, 'privacy'::text, 'money'::text, 'word'::text, 'other'::text])))
);
ALTER TABLE coop.listing_reports OWNER TO lien_owner;

-- Name: listing_rulings; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.listing_rulings (
    cooperative_id uuid NOT NULL,
    listing_id uuid NOT NULL,
    n integer NOT NULL,
    step text NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL,
    by_member_id uuid NOT NULL,
    rule text NOT NULL,
    words text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT a_ruling_is_a_known_step CHECK ((step = ANY (ARRAY['keep'::text, 'hide'::text, 'contest'::text, 'restore'::text, 'uphold'::text]))),
    CONSTRAINT who_hides_names_the_rule CHECK (((rule = ANY (ARRAY['respect'::text, 'privacy'::text, 'money'::text, 'word'::text])) OR ((rule = ''::text) AND (step <> 'hide'::text))))
);
ALTER TABLE coop.listing_rulings OWNER TO lien_owner;

-- Name: listing_words; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.listing_words (
    cooperative_id uuid NOT NULL,
    word text NOT NULL,
    stem text NOT NULL,
    near text[] GENERATED ALWAYS AS (coop.lacking_a_letter(word)) STORED NOT NULL,
    CONSTRAINT a_word_is_no_text CHECK (((length(word) >= 3) AND (length(word) <= 30)))
);
ALTER TABLE coop.listing_words OWNER TO lien_owner;

-- Name: listings; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.listings (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    member_id uuid NOT NULL,
    kind text NOT NULL,
    category text NOT NULL,
    title text NOT NULL,
    details text NOT NULL,
    language text NOT NULL,
    minutes bigint,
    state text NOT NULL,
    client_key uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    words tsvector GENERATED ALWAYS AS (to_tsvector('french'::regconfig, coop.plain(((title || ' '::text) || details)))) STORED,
    place text DEFAULT 'any'::text NOT NULL,
    free_times integer DEFAULT 0 NOT NULL,
    spoken text[] DEFAULT '{}'::text[] NOT NULL,
    moderation text DEFAULT 'none'::text NOT NULL,
    published_at timestamp with time zone,
    warned_at timestamp with time zone,
    CONSTRAINT a_category_is_known CHECK ((category = ANY (ARRAY['shopping'::text, 'repair'::text, 'cooking'::text, 'children'::text, 'company'::text, 'paperwork'::text, 'languages'::text, 'computer'::text, 'sewing'::text, 'garden'::text, 'carrying'::text, 'other'::text]))),
    CONSTRAINT a_listing_is_hidden_or_not CHECK ((moderation = ANY (ARRAY['none'::text, 'hidden'::text, 'contested'::text, 'upheld'::text]))),
    CONSTRAINT a_listing_is_in_a_known_place CHECK ((place = ANY (ARRAY['any'::text, 'building'::text, 'common_room'::text, 'outside'::text]))),
    CONSTRAINT a_listing_is_in_a_known_state CHECK ((state = ANY (ARRAY['draft'::text, 'open'::text, 'paused'::text, 'expired'::text, 'closed'::text]))),
    CONSTRAINT a_listing_names_few_languages CHECK ((cardinality(spoken) <= 12)),
    CONSTRAINT a_listing_offers_or_requests CHECK ((kind = ANY (ARRAY['offer'::text, 'request'::text]))),
    CONSTRAINT a_listing_says_a_length_or_none CHECK ((minutes > 0)),
    CONSTRAINT free_times_are_of_one_week CHECK (((free_times >= 0) AND (free_times <= 2097151))),
    CONSTRAINT what_is_in_sight_was_published CHECK (((published_at IS NOT NULL) OR (state = ANY (ARRAY['draft'::text, 'closed'::text]))))
);
ALTER TABLE coop.listings OWNER TO lien_owner;

-- Name: loans; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.loans (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    resource_id uuid NOT NULL,
    member_id uuid NOT NULL,
    home_id uuid NOT NULL,
    state text NOT NULL,
    turn bigint NOT NULL,
    hold_until timestamp with time zone,
    out_at timestamp with time zone,
    due_at timestamp with time zone,
    back_at timestamp with time zone,
    renewed integer NOT NULL,
    condition_out text NOT NULL,
    condition_back text NOT NULL,
    handed_by uuid,
    taken_by uuid,
    client_key uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    state_since timestamp with time zone NOT NULL,
    CONSTRAINT a_loan_is_in_a_known_state CHECK ((state = ANY (ARRAY['asked'::text, 'held'::text, 'out'::text, 'returned'::text, 'withdrawn'::text, 'lapsed'::text, 'lost'::text]))),
    CONSTRAINT only_a_kept_resource_waits CHECK (((state = 'held'::text) = (hold_until IS NOT NULL))),
    CONSTRAINT renewals_count_up CHECK ((renewed >= 0)),
    CONSTRAINT what_came_back_was_out CHECK (((state = 'returned'::text) = (back_at IS NOT NULL))),
    CONSTRAINT what_went_out_is_due CHECK ((((out_at IS NULL) = (due_at IS NULL)) AND ((state <> ALL (ARRAY['out'::text, 'returned'::text, 'lost'::text])) OR (out_at IS NOT NULL))))
);
ALTER TABLE coop.loans OWNER TO lien_owner;

-- Name: majorities; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.majorities (
    cooperative_id uuid NOT NULL,
    statute_n integer NOT NULL,
    kind text NOT NULL,
    num integer NOT NULL,
    den integer NOT NULL,
    strict boolean NOT NULL,
    base text NOT NULL,
    tie text NOT NULL,
    CONSTRAINT a_base_is_known CHECK ((base = ANY (ARRAY['expressed'::text, 'cast'::text, 'present'::text, 'roll'::text]))),
    CONSTRAINT a_majority_is_at_least_half CHECK ((((den >= 1) AND (den <= 100)) AND (num <= den) AND ((2 * num) >= den))),
    CONSTRAINT a_majority_is_of_a_known_kind CHECK ((kind = ANY (ARRAY['ordinary'::text, 'statutes'::text]))),
    CONSTRAINT a_tie_rule_is_known CHECK ((tie = ANY (ARRAY['falls'::text, 'again'::text]))),
    CONSTRAINT half_is_not_a_majority CHECK ((strict OR ((2 * num) > den)))
);
ALTER TABLE coop.majorities OWNER TO lien_owner;

-- Name: member_events; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.member_events (
    cooperative_id uuid NOT NULL,
    member_id uuid NOT NULL,
    n integer NOT NULL,
    step text NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL,
    by_member_id uuid,
    reason text NOT NULL,
    at timestamp with time zone NOT NULL
);
ALTER TABLE coop.member_events OWNER TO lien_owner;

-- Name: member_places; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.member_places (
    cooperative_id uuid NOT NULL,
    member_id uuid NOT NULL,
    place_id uuid NOT NULL,
    from_at timestamp with time zone NOT NULL,
    until_at timestamp with time zone,
    by_member_id uuid,
    n bigint NOT NULL,
    CONSTRAINT one_moves_out_after_one_moved_in CHECK (((until_at IS NULL) OR (until_at >= from_at)))
);
ALTER TABLE coop.member_places OWNER TO lien_owner;

-- Name: member_places_n_seq; Type: SEQUENCE; Schema: coop; Owner: lien_owner
ALTER TABLE coop.member_places ALTER COLUMN n ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME coop.member_places_n_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

-- Name: members; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.members (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    number bigint NOT NULL,
    name text NOT NULL,
    language text NOT NULL,
    place_id uuid NOT NULL,
    state text NOT NULL,
    joined_at timestamp with time zone NOT NULL,
    state_since timestamp with time zone NOT NULL,
    own_name text,
    speaks text[] DEFAULT '{}'::text[] NOT NULL,
    CONSTRAINT a_member_is_in_a_known_state CHECK ((state = ANY (ARRAY['welcomed'::text, 'active'::text, 'paused'::text, 'suspended'::text, 'leaving'::text, 'left'::text]))),
    CONSTRAINT a_pseudonym_is_another_name CHECK ((own_name <> name)),
    CONSTRAINT nobody_speaks_a_hundred_languages CHECK ((cardinality(speaks) <= 12))
);
ALTER TABLE coop.members OWNER TO lien_owner;

-- Name: minted_hours; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.minted_hours (
    cooperative_id uuid NOT NULL,
    transfer_id uuid NOT NULL,
    rule_id uuid NOT NULL,
    minutes bigint NOT NULL,
    CONSTRAINT minted_hours_are_positive CHECK ((minutes > 0))
);
ALTER TABLE coop.minted_hours OWNER TO lien_owner;

-- Name: minting_rules; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.minting_rules (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    cap bigint NOT NULL,
    words text NOT NULL,
    language text NOT NULL,
    voted_on date NOT NULL,
    entered_by uuid NOT NULL,
    entered_at timestamp with time zone NOT NULL,
    client_key uuid NOT NULL,
    ended_by uuid,
    ended_at timestamp with time zone,
    CONSTRAINT a_community_makes_some_hours CHECK ((cap > 0)),
    CONSTRAINT who_ends_a_minting_rule_is_known CHECK (((ended_by IS NULL) = (ended_at IS NULL)))
);
ALTER TABLE coop.minting_rules OWNER TO lien_owner;

-- Name: minutes; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.minutes (
    cooperative_id uuid NOT NULL,
    assembly_id uuid NOT NULL,
    chair_id uuid NOT NULL,
    secretary_id uuid NOT NULL,
    edits integer NOT NULL,
    named_by uuid NOT NULL,
    signed_n integer,
    signed_at timestamp with time zone,
    contest_until timestamp with time zone,
    CONSTRAINT chair_and_secretary_are_two CHECK ((chair_id <> secretary_id)),
    CONSTRAINT what_is_signed_has_its_days CHECK ((num_nonnulls(signed_n, signed_at, contest_until) = ANY (ARRAY[0, 3])))
);
ALTER TABLE coop.minutes OWNER TO lien_owner;

-- Name: minutes_contests; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.minutes_contests (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    assembly_id uuid NOT NULL,
    member_id uuid NOT NULL,
    reason text NOT NULL,
    language text NOT NULL,
    client_key uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    upheld boolean,
    decision text,
    answered_by uuid,
    answered_at timestamp with time zone,
    CONSTRAINT a_decision_is_written_and_signed CHECK ((num_nonnulls(upheld, decision, answered_by, answered_at) = ANY (ARRAY[0, 4]))),
    CONSTRAINT nobody_answers_their_own_contest CHECK ((answered_by <> member_id)),
    CONSTRAINT who_contests_says_why CHECK ((reason <> ''::text))
);
ALTER TABLE coop.minutes_contests OWNER TO lien_owner;

-- Name: minutes_signatures; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.minutes_signatures (
    cooperative_id uuid NOT NULL,
    assembly_id uuid NOT NULL,
    n integer NOT NULL,
    role text NOT NULL,
    member_id uuid NOT NULL,
    hash text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT a_hash_is_of_sha_256 CHECK ((hash ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT one_signs_as_chair_or_secretary CHECK ((role = ANY (ARRAY['chair'::text, 'secretary'::text])))
);
ALTER TABLE coop.minutes_signatures OWNER TO lien_owner;

-- Name: minutes_texts; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.minutes_texts (
    cooperative_id uuid NOT NULL,
    assembly_id uuid NOT NULL,
    n integer NOT NULL,
    addendum boolean NOT NULL,
    language text NOT NULL,
    text text NOT NULL,
    annex text NOT NULL,
    written_by uuid NOT NULL,
    client_key uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT texts_are_counted_from_one CHECK ((n > 0))
);
ALTER TABLE coop.minutes_texts OWNER TO lien_owner;

-- Name: minutes_words; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.minutes_words (
    cooperative_id uuid NOT NULL,
    assembly_id uuid NOT NULL,
    point integer NOT NULL,
    words text NOT NULL,
    CONSTRAINT words_belong_to_a_point CHECK (((point >= 0) AND (point <= 1000)))
);
ALTER TABLE coop.minutes_words OWNER TO lien_owner;

-- Name: motions; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.motions (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    assembly_id uuid NOT NULL,
    n integer NOT NULL,
    kind text NOT NULL,
    secret boolean NOT NULL,
    title text NOT NULL,
    words text NOT NULL,
    language text NOT NULL,
    made_by uuid NOT NULL,
    client_key uuid NOT NULL,
    CONSTRAINT a_motion_is_of_a_known_kind CHECK ((kind = ANY (ARRAY['talk'::text, 'ordinary'::text, 'statutes'::text]))),
    CONSTRAINT a_talk_is_not_voted CHECK (((kind <> 'talk'::text) OR (NOT secret))),
    CONSTRAINT motions_are_counted_from_one CHECK ((n > 0))
);
ALTER TABLE coop.motions OWNER TO lien_owner;

-- Name: notice_edits; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.notice_edits (
    cooperative_id uuid NOT NULL,
    notice_id uuid NOT NULL,
    n integer NOT NULL,
    kind text NOT NULL,
    title text NOT NULL,
    body text NOT NULL,
    language text NOT NULL,
    until_at timestamp with time zone NOT NULL,
    CONSTRAINT edits_begin_at_one CHECK ((n > 0))
);
ALTER TABLE coop.notice_edits OWNER TO lien_owner;

-- Name: notice_photos; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.notice_photos (
    cooperative_id uuid NOT NULL,
    notice_id uuid NOT NULL,
    n integer NOT NULL,
    photo_id uuid NOT NULL,
    words text NOT NULL,
    language text NOT NULL,
    CONSTRAINT a_notice_shows_four_photos_at_most CHECK (((n >= 1) AND (n <= 4)))
);
ALTER TABLE coop.notice_photos OWNER TO lien_owner;

-- Name: notices; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.notices (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    board_id uuid NOT NULL,
    seq bigint NOT NULL,
    member_id uuid NOT NULL,
    kind text NOT NULL,
    title text NOT NULL,
    body text NOT NULL,
    language text NOT NULL,
    comments integer NOT NULL,
    thanks integer NOT NULL,
    client_key uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    gone_at timestamp with time zone,
    gone_by uuid,
    gone_rule text NOT NULL,
    edits integer DEFAULT 0 NOT NULL,
    edited_at timestamp with time zone,
    expires_at timestamp with time zone,
    expired_at timestamp with time zone,
    top bigint DEFAULT 0 NOT NULL,
    bravos integer DEFAULT 0 NOT NULL,
    hands integer DEFAULT 0 NOT NULL,
    courages integer DEFAULT 0 NOT NULL,
    words tsvector GENERATED ALWAYS AS (to_tsvector('french'::regconfig, coop.plain(((title || ' '::text) || body)))) STORED,
    CONSTRAINT a_notice_hangs_a_while CHECK ((expires_at > created_at)),
    CONSTRAINT a_notice_is_of_a_known_kind CHECK ((kind = ANY (ARRAY['news'::text, 'help'::text, 'found'::text, 'alert'::text]))),
    CONSTRAINT bravos_are_counted CHECK ((bravos >= 0)),
    CONSTRAINT comments_are_counted CHECK ((comments >= 0)),
    CONSTRAINT courages_are_counted CHECK ((courages >= 0)),
    CONSTRAINT edits_are_counted CHECK ((edits >= 0)),
    CONSTRAINT hands_are_counted CHECK ((hands >= 0)),
    CONSTRAINT thanks_are_counted CHECK ((thanks >= 0)),
    CONSTRAINT what_ended_is_gone CHECK (((expired_at IS NULL) OR (gone_at IS NOT NULL))),
    CONSTRAINT what_is_at_the_top_has_a_number CHECK ((top >= 0)),
    CONSTRAINT what_is_gone_says_by_whom CHECK (((gone_at IS NULL) = (gone_by IS NULL))),
    CONSTRAINT what_was_edited_says_when CHECK (((edits > 0) = (edited_at IS NOT NULL)))
);
ALTER TABLE coop.notices OWNER TO lien_owner;

-- Name: paper_counts; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.paper_counts (
    cooperative_id uuid NOT NULL,
    vote_id uuid NOT NULL,
    n integer NOT NULL,
    scrutineer_id uuid NOT NULL,
    in_favour integer NOT NULL,
    against integer NOT NULL,
    blank integer NOT NULL,
    invalid integer NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT paper_is_counted_from_zero CHECK ((LEAST(in_favour, against, blank, invalid) >= 0))
);
ALTER TABLE coop.paper_counts OWNER TO lien_owner;

-- Name: participation; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.participation (
    cooperative_id uuid NOT NULL,
    member_id uuid NOT NULL,
    month date NOT NULL,
    help_given integer DEFAULT 0 NOT NULL,
    help_received integer DEFAULT 0 NOT NULL,
    events integer DEFAULT 0 NOT NULL,
    board integer DEFAULT 0 NOT NULL,
    assemblies integer DEFAULT 0 NOT NULL,
    CONSTRAINT a_month_begins_on_its_first_day CHECK ((month = (date_trunc('month'::text, (month)::timestamp with time zone))::date)),
    CONSTRAINT counts_are_not_negative CHECK ((LEAST(help_given, help_received, events, board, assemblies) >= 0))
);
ALTER TABLE coop.participation OWNER TO lien_owner;

-- Name: parting_signatures; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.parting_signatures (
    cooperative_id uuid NOT NULL,
    parting_id uuid NOT NULL,
    n integer NOT NULL,
    member_id uuid NOT NULL,
    minutes bigint NOT NULL,
    channel text NOT NULL,
    witness_id uuid,
    at timestamp with time zone NOT NULL,
    CONSTRAINT a_channel_is_known CHECK ((channel = ANY (ARRAY[''::text, 'desk'::text, 'paper'::text])))
);
ALTER TABLE coop.parting_signatures OWNER TO lien_owner;

-- Name: partings; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.partings (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    household_id uuid NOT NULL,
    member_id uuid NOT NULL,
    untold boolean NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    n integer NOT NULL,
    minutes bigint,
    help_at timestamp with time zone,
    settled_at timestamp with time zone,
    settled_by uuid,
    reason text NOT NULL,
    CONSTRAINT a_figure_was_named_or_none CHECK ((((n = 0) = (minutes IS NULL)) OR (settled_at IS NOT NULL))),
    CONSTRAINT what_is_settled_has_a_figure CHECK (((settled_at IS NULL) OR (minutes IS NOT NULL))),
    CONSTRAINT who_decides_says_why CHECK (((settled_by IS NULL) = (reason = ''::text)))
);
ALTER TABLE coop.partings OWNER TO lien_owner;

-- Name: passport_links; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.passport_links (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    member_id uuid NOT NULL,
    token_hash bytea NOT NULL,
    client_key uuid NOT NULL,
    shown jsonb,
    thanks uuid[] NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone,
    checked_on date,
    CONSTRAINT a_passport_is_good_for_a_while CHECK ((expires_at > issued_at)),
    CONSTRAINT what_is_withdrawn_is_gone CHECK (((withdrawn_at IS NULL) = (shown IS NOT NULL)))
);
ALTER TABLE coop.passport_links OWNER TO lien_owner;

-- Name: pauses; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.pauses (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    member_id uuid NOT NULL,
    from_on date NOT NULL,
    until_on date NOT NULL,
    client_key uuid NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    begun_at timestamp with time zone,
    ended_at timestamp with time zone,
    CONSTRAINT a_pause_ends_after_it_begins CHECK ((until_on >= from_on)),
    CONSTRAINT a_pause_lasts_a_year_at_most CHECK ((until_on <= (from_on + 366)))
);
ALTER TABLE coop.pauses OWNER TO lien_owner;

-- Name: photos; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.photos (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    member_id uuid NOT NULL,
    state text NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    key text NOT NULL,
    client_key uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT a_photo_is_high CHECK (((height >= 1) AND (height <= 1280))),
    CONSTRAINT a_photo_is_in_a_known_state CHECK ((state = ANY (ARRAY['arriving'::text, 'kept'::text, 'gone'::text]))),
    CONSTRAINT a_photo_is_wide CHECK (((width >= 1) AND (width <= 1280)))
);
ALTER TABLE coop.photos OWNER TO lien_owner;

-- Name: places; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.places (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    parent_id uuid,
    kind text NOT NULL,
    name text NOT NULL,
    path uuid[] NOT NULL,
    closed_at timestamp with time zone,
    CONSTRAINT a_path_ends_at_its_place CHECK ((path[array_length(path, 1)] = id)),
    CONSTRAINT a_place_is_a_residence_building_or_stairwell CHECK ((kind = ANY (ARRAY['residence'::text, 'building'::text, 'stairwell'::text]))),
    CONSTRAINT only_a_residence_stands_alone CHECK (((parent_id IS NULL) = (kind = 'residence'::text)))
);
ALTER TABLE coop.places OWNER TO lien_owner;

-- Name: poster_codes; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.poster_codes (
    cooperative_id uuid NOT NULL,
    kind text NOT NULL,
    subject_id uuid NOT NULL,
    code text NOT NULL,
    CONSTRAINT a_code_leads_to_something_known CHECK ((kind = ANY (ARRAY['poster'::text, 'listing'::text, 'event'::text, 'notice'::text])))
);
ALTER TABLE coop.poster_codes OWNER TO lien_owner;

-- Name: poster_items; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.poster_items (
    cooperative_id uuid NOT NULL,
    poster_id uuid NOT NULL,
    n integer NOT NULL,
    kind text NOT NULL,
    subject_id uuid NOT NULL
);
ALTER TABLE coop.poster_items OWNER TO lien_owner;

-- Name: poster_listings; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.poster_listings (
    cooperative_id uuid NOT NULL,
    listing_id uuid NOT NULL,
    at timestamp with time zone NOT NULL
);
ALTER TABLE coop.poster_listings OWNER TO lien_owner;

-- Name: posters; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.posters (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    place_id uuid NOT NULL,
    made_by uuid NOT NULL,
    languages text[] NOT NULL,
    client_key uuid NOT NULL,
    made_at timestamp with time zone NOT NULL,
    CONSTRAINT a_poster_speaks_one_to_three_languages CHECK (((cardinality(languages) >= 1) AND (cardinality(languages) <= 3)))
);
ALTER TABLE coop.posters OWNER TO lien_owner;

-- Name: presences; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.presences (
    cooperative_id uuid NOT NULL,
    assembly_id uuid NOT NULL,
    member_id uuid NOT NULL,
    n integer NOT NULL,
    arrived boolean NOT NULL,
    channel text NOT NULL,
    by_member_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT one_comes_before_one_goes CHECK ((arrived = ((n % 2) = 1))),
    CONSTRAINT one_signs_in_by_a_known_channel CHECK ((channel = ANY (ARRAY['code'::text, 'number'::text, 'paper'::text, 'phone'::text])))
);
ALTER TABLE coop.presences OWNER TO lien_owner;

-- Name: problem_homes; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.problem_homes (
    cooperative_id uuid NOT NULL,
    problem_id uuid NOT NULL,
    member_id uuid NOT NULL,
    home integer NOT NULL,
    place_id uuid NOT NULL,
    words text NOT NULL,
    language text NOT NULL,
    since_on date,
    at timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone,
    CONSTRAINT pseudonyms_begin_at_one CHECK ((home > 0)),
    CONSTRAINT what_is_taken_back_says_nothing CHECK (((withdrawn_at IS NULL) OR ((words = ''::text) AND (since_on IS NULL))))
);
ALTER TABLE coop.problem_homes OWNER TO lien_owner;

-- Name: problem_steps; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.problem_steps (
    cooperative_id uuid NOT NULL,
    problem_id uuid NOT NULL,
    n integer NOT NULL,
    step text NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL,
    done_on date NOT NULL,
    words text NOT NULL,
    language text NOT NULL,
    by_member_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT a_step_of_a_problem_is_known CHECK ((step = ANY (ARRAY['tell'::text, 'answer'::text, 'solve'::text, 'reopen'::text]))),
    CONSTRAINT steps_of_a_problem_begin_at_one CHECK ((n > 0))
);
ALTER TABLE coop.problem_steps OWNER TO lien_owner;

-- Name: problems; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.problems (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    place_id uuid NOT NULL,
    kind text NOT NULL,
    title text NOT NULL,
    language text NOT NULL,
    state text NOT NULL,
    steps integer NOT NULL,
    homes integer NOT NULL,
    opened_by uuid NOT NULL,
    client_key uuid NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    CONSTRAINT a_problem_is_in_a_known_state CHECK ((state = ANY (ARRAY['open'::text, 'told'::text, 'answered'::text, 'solved'::text]))),
    CONSTRAINT a_problem_is_of_a_known_kind CHECK ((kind = ANY (ARRAY['lift'::text, 'damp'::text, 'heating'::text, 'pests'::text, 'other'::text]))),
    CONSTRAINT homes_are_named_in_turn CHECK ((homes >= 0)),
    CONSTRAINT steps_of_a_problem_count_up CHECK ((steps >= 0))
);
ALTER TABLE coop.problems OWNER TO lien_owner;

-- Name: proxies; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.proxies (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    assembly_id uuid NOT NULL,
    giver_id uuid NOT NULL,
    holder_id uuid NOT NULL,
    state text NOT NULL,
    channel text NOT NULL,
    witness_id uuid,
    client_key uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    state_since timestamp with time zone NOT NULL,
    CONSTRAINT a_paper_proxy_has_a_witness_of_neither_side CHECK ((((channel = 'paper'::text) = (witness_id IS NOT NULL)) AND ((witness_id <> giver_id) AND (witness_id <> holder_id)))),
    CONSTRAINT a_proxy_is_given_by_a_known_channel CHECK ((channel = ANY (ARRAY['phone'::text, 'paper'::text]))),
    CONSTRAINT a_proxy_is_in_a_known_state CHECK ((state = ANY (ARRAY['offered'::text, 'accepted'::text, 'declined'::text, 'withdrawn'::text, 'returned'::text, 'lapsed'::text]))),
    CONSTRAINT nobody_holds_their_own_vote CHECK ((giver_id <> holder_id))
);
ALTER TABLE coop.proxies OWNER TO lien_owner;

-- Name: reactions; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.reactions (
    cooperative_id uuid NOT NULL,
    notice_id uuid NOT NULL,
    member_id uuid NOT NULL,
    kind text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT a_reaction_is_one_of_three CHECK ((kind = ANY (ARRAY['bravo'::text, 'hand'::text, 'courage'::text])))
);
ALTER TABLE coop.reactions OWNER TO lien_owner;

-- Name: registrations; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.registrations (
    cooperative_id uuid NOT NULL,
    event_id uuid NOT NULL,
    member_id uuid NOT NULL,
    answer text NOT NULL,
    guests integer NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    turn bigint NOT NULL,
    offer_until timestamp with time zone,
    changed_at timestamp with time zone NOT NULL,
    newcomer boolean DEFAULT false NOT NULL,
    CONSTRAINT a_maybe_brings_nobody CHECK (((answer <> 'maybe'::text) OR (guests = 0))),
    CONSTRAINT an_answer_is_known CHECK ((answer = ANY (ARRAY['coming'::text, 'maybe'::text, 'waiting'::text, 'offered'::text, 'lapsed'::text, 'out'::text]))),
    CONSTRAINT guests_are_few CHECK (((guests >= 0) AND (guests <= 5))),
    CONSTRAINT only_an_offer_runs_out CHECK (((answer = 'offered'::text) = (offer_until IS NOT NULL)))
);
ALTER TABLE coop.registrations OWNER TO lien_owner;

-- Name: resources; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.resources (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    shared text NOT NULL,
    name text NOT NULL,
    details text NOT NULL,
    language text NOT NULL,
    place_id uuid NOT NULL,
    state text NOT NULL,
    paused_why text NOT NULL,
    made_by uuid NOT NULL,
    client_key uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT a_resource_is_booked_or_lent CHECK ((shared = ANY (ARRAY['booked'::text, 'lent'::text]))),
    CONSTRAINT a_resource_is_in_a_known_state CHECK ((state = ANY (ARRAY['open'::text, 'paused'::text, 'retired'::text]))),
    CONSTRAINT a_resource_is_of_a_known_kind CHECK ((kind = ANY (ARRAY['room'::text, 'machine'::text, 'vehicle'::text, 'tool'::text]))),
    CONSTRAINT only_a_paused_resource_says_why CHECK (((paused_why = ''::text) OR (state <> 'open'::text)))
);
ALTER TABLE coop.resources OWNER TO lien_owner;

-- Name: rights_changes; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.rights_changes (
    id bigint NOT NULL,
    member_id uuid NOT NULL,
    changed_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
ALTER TABLE coop.rights_changes OWNER TO lien_owner;

-- Name: rights_changes_id_seq; Type: SEQUENCE; Schema: coop; Owner: lien_owner
ALTER TABLE coop.rights_changes ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME coop.rights_changes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

-- Name: role_plans; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.role_plans (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    member_id uuid NOT NULL,
    role text NOT NULL,
    from_on date NOT NULL,
    last_on date,
    given_by uuid NOT NULL,
    client_key uuid NOT NULL,
    planned_at timestamp with time zone NOT NULL,
    done_at timestamp with time zone,
    begun boolean NOT NULL,
    CONSTRAINT a_planned_role_ends_after_it_begins CHECK ((last_on >= from_on)),
    CONSTRAINT a_planned_role_is_known CHECK ((role = ANY (ARRAY['facilitator'::text, 'treasurer'::text, 'scrutineer'::text]))),
    CONSTRAINT only_what_is_done_has_begun CHECK (((NOT begun) OR (done_at IS NOT NULL)))
);
ALTER TABLE coop.role_plans OWNER TO lien_owner;

-- Name: roll; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.roll (
    cooperative_id uuid NOT NULL,
    assembly_id uuid NOT NULL,
    member_id uuid NOT NULL,
    present boolean NOT NULL,
    added_why text NOT NULL,
    added_by uuid,
    added_at timestamp with time zone NOT NULL,
    CONSTRAINT who_is_added_to_the_roll_is_added_with_a_reason CHECK (((added_why = ''::text) = (added_by IS NULL)))
);
ALTER TABLE coop.roll OWNER TO lien_owner;

-- Name: safety_nets; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.safety_nets (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    member_id uuid NOT NULL,
    whom_id uuid NOT NULL,
    weeks integer NOT NULL,
    set_at timestamp with time zone NOT NULL,
    raised_at timestamp with time zone,
    answered_at timestamp with time zone,
    calmed_at timestamp with time zone,
    CONSTRAINT a_silence_lasts_some_weeks CHECK ((weeks = ANY (ARRAY[2, 3, 4, 6, 8]))),
    CONSTRAINT only_a_silence_ends CHECK (((calmed_at IS NULL) OR ((calmed_at >= raised_at) AND (raised_at IS NOT NULL)))),
    CONSTRAINT only_who_was_told_answers CHECK (((answered_at IS NULL) OR ((answered_at >= raised_at) AND (raised_at IS NOT NULL)))),
    CONSTRAINT whom_to_tell_is_somebody_else CHECK ((whom_id <> member_id))
);
ALTER TABLE coop.safety_nets OWNER TO lien_owner;

-- Name: saved_notices; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.saved_notices (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    member_id uuid NOT NULL,
    notice_id uuid NOT NULL,
    at timestamp with time zone NOT NULL
);
ALTER TABLE coop.saved_notices OWNER TO lien_owner;

-- Name: searches; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.searches (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    member_id uuid NOT NULL,
    words text NOT NULL,
    kind text NOT NULL,
    category text NOT NULL,
    spoken text NOT NULL,
    in_building boolean NOT NULL,
    client_key uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    looked_at timestamp with time zone NOT NULL,
    told_at timestamp with time zone,
    CONSTRAINT a_search_looks_for_a_known_kind CHECK ((kind = ANY (ARRAY[''::text, 'offer'::text, 'request'::text]))),
    CONSTRAINT a_search_looks_for_something CHECK (((words <> ''::text) OR (kind <> ''::text) OR (category <> ''::text) OR (spoken <> ''::text) OR in_building))
);
ALTER TABLE coop.searches OWNER TO lien_owner;

-- Name: shift_credits; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.shift_credits (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    shift_id uuid NOT NULL,
    member_id uuid NOT NULL,
    minutes bigint NOT NULL,
    transfer_id uuid NOT NULL,
    by_member_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    reversed_at timestamp with time zone,
    reversed_by uuid,
    reversed_why text DEFAULT ''::text NOT NULL,
    reversal_id uuid,
    CONSTRAINT a_credit_is_of_some_minutes CHECK ((minutes > 0)),
    CONSTRAINT a_credit_taken_back_says_by_whom_and_why CHECK ((((reversed_at IS NULL) = (reversed_by IS NULL)) AND ((reversed_at IS NULL) = (reversal_id IS NULL)))),
    CONSTRAINT nobody_confirms_their_own_attendance CHECK ((by_member_id <> member_id))
);
ALTER TABLE coop.shift_credits OWNER TO lien_owner;

-- Name: shift_hands; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.shift_hands (
    cooperative_id uuid NOT NULL,
    shift_id uuid NOT NULL,
    member_id uuid NOT NULL,
    state text NOT NULL,
    turn bigint NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    CONSTRAINT a_hand_is_on_seeks_or_is_off CHECK ((state = ANY (ARRAY['on'::text, 'seeking'::text, 'off'::text])))
);
ALTER TABLE coop.shift_hands OWNER TO lien_owner;

-- Name: shifts; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.shifts (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    event_id uuid NOT NULL,
    what text NOT NULL,
    language text NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    "least" integer NOT NULL,
    most integer NOT NULL,
    opened_by uuid NOT NULL,
    client_key uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    alerted_at timestamp with time zone,
    CONSTRAINT a_shift_ends_after_it_starts CHECK ((ends_at > starts_at)),
    CONSTRAINT a_shift_needs_some_hands_and_not_a_crowd CHECK ((("least" >= 1) AND (most >= "least") AND (most <= 50)))
);
ALTER TABLE coop.shifts OWNER TO lien_owner;

-- Name: statutes; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.statutes (
    cooperative_id uuid NOT NULL,
    n integer NOT NULL,
    quorum_percent integer NOT NULL,
    proxies_cap integer NOT NULL,
    notice_days integer NOT NULL,
    voted_on date NOT NULL,
    entered_by uuid NOT NULL,
    entered_at timestamp with time zone NOT NULL,
    client_key uuid NOT NULL,
    contest_days integer DEFAULT 15 NOT NULL,
    CONSTRAINT a_quorum_is_a_share_of_the_roll CHECK (((quorum_percent >= 0) AND (quorum_percent <= 100))),
    CONSTRAINT members_are_told_ahead CHECK (((notice_days >= 1) AND (notice_days <= 60))),
    CONSTRAINT minutes_are_contested_within_some_days CHECK (((contest_days >= 1) AND (contest_days <= 90))),
    CONSTRAINT one_holds_a_few_votes CHECK (((proxies_cap >= 0) AND (proxies_cap <= 10)))
);
ALTER TABLE coop.statutes OWNER TO lien_owner;

-- Name: suspensions; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.suspensions (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    member_id uuid NOT NULL,
    decided_by uuid NOT NULL,
    reason text NOT NULL,
    decided_at timestamp with time zone NOT NULL,
    until_on date NOT NULL,
    contest text NOT NULL,
    contested_at timestamp with time zone,
    review_by timestamp with time zone,
    reviewed_by uuid,
    outcome text NOT NULL,
    review text NOT NULL,
    reviewed_at timestamp with time zone,
    ended_at timestamp with time zone,
    CONSTRAINT a_contest_has_words_and_a_date_to_answer CHECK ((((contested_at IS NOT NULL) = (contest <> ''::text)) AND ((contested_at IS NOT NULL) = (review_by IS NOT NULL)))),
    CONSTRAINT a_review_has_an_author_an_outcome_and_words CHECK (((num_nonnulls(reviewed_by, reviewed_at) = ANY (ARRAY[0, 2])) AND ((reviewed_at IS NOT NULL) = (outcome <> ''::text)) AND ((reviewed_at IS NOT NULL) = (review <> ''::text)))),
    CONSTRAINT a_review_upholds_or_lifts CHECK ((outcome = ANY (ARRAY[''::text, 'upheld'::text, 'lifted'::text]))),
    CONSTRAINT a_suspension_is_reviewed_by_somebody_else CHECK (((reviewed_by <> decided_by) AND (reviewed_by <> member_id))),
    CONSTRAINT nobody_suspends_themselves CHECK ((decided_by <> member_id)),
    CONSTRAINT only_what_was_contested_is_reviewed CHECK (((reviewed_at IS NULL) OR (contested_at IS NOT NULL))),
    CONSTRAINT what_is_lifted_has_ended CHECK (((outcome <> 'lifted'::text) OR (ended_at IS NOT NULL)))
);
ALTER TABLE coop.suspensions OWNER TO lien_owner;

-- Name: talk_log; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.talk_log (
    cooperative_id uuid NOT NULL,
    agreement_id uuid NOT NULL,
    seq bigint NOT NULL,
    kind text NOT NULL,
    member_id uuid NOT NULL,
    body text NOT NULL,
    language text NOT NULL,
    client_key uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT a_talk_begins_at_one CHECK ((seq > 0)),
    CONSTRAINT what_is_said_is_of_a_known_kind CHECK ((kind = ANY (ARRAY['words'::text, 'tap'::text, 'step'::text, 'help'::text])))
);
ALTER TABLE coop.talk_log OWNER TO lien_owner;

-- Name: talk_reads; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.talk_reads (
    cooperative_id uuid NOT NULL,
    agreement_id uuid NOT NULL,
    member_id uuid NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL
);
ALTER TABLE coop.talk_reads OWNER TO lien_owner;

-- Name: talks; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.talks (
    cooperative_id uuid NOT NULL,
    agreement_id uuid NOT NULL,
    last_seq bigint NOT NULL,
    CONSTRAINT a_talk_counts_up CHECK ((last_seq >= 0))
)
WITH (fillfactor='50');
ALTER TABLE coop.talks OWNER TO lien_owner;

-- Name: thanks; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.thanks (
    cooperative_id uuid NOT NULL,
    notice_id uuid NOT NULL,
    member_id uuid NOT NULL,
    at timestamp with time zone NOT NULL
);
ALTER TABLE coop.thanks OWNER TO lien_owner;

-- Name: transfer_words; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.transfer_words (
    cooperative_id uuid NOT NULL,
    transfer_id uuid NOT NULL,
    words text NOT NULL,
    language text NOT NULL
);
ALTER TABLE coop.transfer_words OWNER TO lien_owner;

-- Name: transfers; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.transfers (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    client_key uuid NOT NULL,
    kind text NOT NULL,
    minutes bigint NOT NULL,
    agreement_id uuid,
    corrects_id uuid,
    by_member_id uuid,
    at timestamp with time zone NOT NULL,
    CONSTRAINT a_transfer_is_of_a_known_kind CHECK ((kind = ANY (ARRAY['agreement'::text, 'gift'::text, 'fund'::text, 'correction'::text, 'household'::text, 'departure'::text, 'cheque'::text, 'opening'::text, 'deposit'::text, 'deposit_back'::text]))),
    CONSTRAINT hours_are_positive CHECK ((minutes > 0)),
    CONSTRAINT only_a_correction_corrects CHECK (((kind = 'correction'::text) = (corrects_id IS NOT NULL))),
    CONSTRAINT only_an_agreement_is_paid CHECK (((kind = 'agreement'::text) = (agreement_id IS NOT NULL)))
);
ALTER TABLE coop.transfers OWNER TO lien_owner;

-- Name: urns; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.urns (
    cooperative_id uuid NOT NULL,
    vote_id uuid NOT NULL,
    sealed bytea NOT NULL
);
ALTER TABLE coop.urns OWNER TO lien_owner;

-- Name: visits; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.visits (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    agreement_id uuid NOT NULL,
    member_id uuid NOT NULL,
    whom_id uuid NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    accepted_at timestamp with time zone,
    arrived_at timestamp with time zone,
    left_at timestamp with time zone,
    due_at timestamp with time zone NOT NULL,
    told_at timestamp with time zone,
    passed_on_at timestamp with time zone,
    answered_at timestamp with time zone,
    ends_at timestamp with time zone NOT NULL,
    CONSTRAINT only_who_accepted_is_called CHECK (((told_at IS NULL) OR (accepted_at IS NOT NULL))),
    CONSTRAINT who_leaves_had_arrived CHECK (((left_at IS NULL) OR ((left_at >= arrived_at) AND (arrived_at IS NOT NULL)))),
    CONSTRAINT whoever_waits_is_somebody_else CHECK ((whom_id <> member_id))
);
ALTER TABLE coop.visits OWNER TO lien_owner;

-- Name: vote_marks; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.vote_marks (
    cooperative_id uuid NOT NULL,
    vote_id uuid NOT NULL,
    member_id uuid NOT NULL,
    by_member_id uuid NOT NULL,
    channel text NOT NULL,
    client_key uuid NOT NULL,
    CONSTRAINT one_votes_by_a_known_channel CHECK ((channel = ANY (ARRAY['phone'::text, 'paper'::text])))
);
ALTER TABLE coop.vote_marks OWNER TO lien_owner;

-- Name: votes; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.votes (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    assembly_id uuid NOT NULL,
    motion_id uuid NOT NULL,
    n integer NOT NULL,
    method text NOT NULL,
    num integer NOT NULL,
    den integer NOT NULL,
    strict boolean NOT NULL,
    base text NOT NULL,
    tie text NOT NULL,
    state text NOT NULL,
    opened_by uuid NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    ended_by uuid,
    ended_at timestamp with time zone,
    void_why text NOT NULL,
    roll integer,
    present integer,
    represented integer,
    needed integer,
    in_favour integer,
    against integer,
    blank integer,
    invalid integer,
    outcome text,
    paper_why text DEFAULT ''::text NOT NULL,
    CONSTRAINT a_closed_vote_has_its_result CHECK ((num_nonnulls(roll, present, represented, needed, in_favour, against, blank, invalid, outcome) =
CASE state
    WHEN 'closed'::text THEN 9
    ELSE 0
END)),
    CONSTRAINT a_method_is_known CHECK ((method = ANY (ARRAY['hands'::text, 'secret'::text]))),
    CONSTRAINT a_vote_has_a_known_base CHECK ((base = ANY (ARRAY['expressed'::text, 'cast'::text, 'present'::text, 'roll'::text]))),
    CONSTRAINT a_vote_has_a_known_tie_rule CHECK ((tie = ANY (ARRAY['falls'::text, 'again'::text]))),
    CONSTRAINT a_vote_is_in_a_known_state CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text, 'void'::text]))),
    CONSTRAINT an_outcome_of_a_vote_is_known CHECK ((outcome = ANY (ARRAY['adopted'::text, 'rejected'::text, 'tie'::text, 'no_quorum'::text]))),
    CONSTRAINT no_more_votes_than_voices CHECK ((((((in_favour + against) + blank) + invalid) <= roll) AND (LEAST(in_favour, against, blank, invalid) >= 0))),
    CONSTRAINT only_a_closed_vote_says_which_paper_lacks CHECK (((paper_why = ''::text) OR ((state = 'closed'::text) AND (method = 'secret'::text)))),
    CONSTRAINT only_a_void_vote_says_why CHECK (((state = 'void'::text) = (void_why <> ''::text))),
    CONSTRAINT votes_are_counted_from_one CHECK ((n > 0)),
    CONSTRAINT what_has_ended_was_ended_by_somebody CHECK ((((state = 'open'::text) = (ended_at IS NULL)) AND ((state = 'open'::text) = (ended_by IS NULL))))
);
ALTER TABLE coop.votes OWNER TO lien_owner;

-- Name: welcome_calls; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.welcome_calls (
    cooperative_id uuid NOT NULL,
    id uuid NOT NULL,
    member_id uuid NOT NULL,
    by_member_id uuid NOT NULL,
    outcome text NOT NULL,
    at timestamp with time zone NOT NULL,
    again_on date,
    client_key uuid NOT NULL,
    CONSTRAINT an_outcome_is_known CHECK ((outcome = ANY (ARRAY['heard'::text, 'no_answer'::text, 'call_back'::text]))),
    CONSTRAINT nobody_calls_themselves CHECK ((member_id <> by_member_id)),
    CONSTRAINT only_who_is_called_back_has_a_day CHECK (((outcome = 'call_back'::text) = (again_on IS NOT NULL)))
);
ALTER TABLE coop.welcome_calls OWNER TO lien_owner;

-- Name: workshop_turns; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.workshop_turns (
    cooperative_id uuid NOT NULL,
    listing_id uuid NOT NULL,
    turn integer NOT NULL,
    member_id uuid NOT NULL,
    agreement_id uuid,
    asked_at timestamp with time zone NOT NULL,
    left_at timestamp with time zone,
    shown boolean DEFAULT false NOT NULL
);
ALTER TABLE coop.workshop_turns OWNER TO lien_owner;

-- Name: workshops; Type: TABLE; Schema: coop; Owner: lien_owner
CREATE TABLE coop.workshops (
    cooperative_id uuid NOT NULL,
    listing_id uuid NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    minutes bigint NOT NULL,
    seats integer NOT NULL,
    meeting text NOT NULL,
    last_turn integer DEFAULT 0 NOT NULL,
    cancelled_at timestamp with time zone,
    marked_at timestamp with time zone,
    "least" integer DEFAULT 1 NOT NULL,
    words text DEFAULT ''::text NOT NULL,
    language text DEFAULT ''::text NOT NULL,
    counted_at timestamp with time zone,
    moved_from timestamp with time zone,
    moves integer DEFAULT 0 NOT NULL,
    CONSTRAINT a_workshop_has_seats CHECK (((seats >= 1) AND (seats <= 60))),
    CONSTRAINT a_workshop_is_in_a_known_place CHECK ((meeting = ANY (ARRAY['common_room'::text, 'outside'::text, 'giver_home'::text]))),
    CONSTRAINT a_workshop_is_moved_a_few_times CHECK (((moves >= 0) AND (moves <= 5))),
    CONSTRAINT a_workshop_takes_time CHECK ((minutes > 0)),
    CONSTRAINT a_workshop_wants_no_more_than_it_seats CHECK ((("least" >= 1) AND ("least" <= seats))),
    CONSTRAINT only_what_is_called_off_says_why CHECK (((words = ''::text) OR (cancelled_at IS NOT NULL))),
    CONSTRAINT turns_count_up CHECK ((last_turn >= 0)),
    CONSTRAINT what_is_called_off_was_not_held CHECK (((cancelled_at IS NULL) OR (marked_at IS NULL))),
    CONSTRAINT what_was_moved_stood_elsewhere CHECK ((((moves > 0) = (moved_from IS NOT NULL)) AND (moved_from <> starts_at)))
);
ALTER TABLE coop.workshops OWNER TO lien_owner;

-- Name: accesses; Type: TABLE; Schema: support; Owner: lien_owner
CREATE TABLE support.accesses (
    id uuid NOT NULL,
    case_id uuid NOT NULL,
    worker_id uuid NOT NULL,
    role text NOT NULL,
    organisation_id uuid NOT NULL,
    section text NOT NULL,
    purpose text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT a_purpose_is_known CHECK ((purpose = ANY (ARRAY['follow_up'::text, 'visit'::text, 'handover'::text, 'coordination'::text]))),
    CONSTRAINT a_section_is_known CHECK ((section = ANY (ARRAY['overview'::text, 'contacts'::text, 'notes'::text, 'appointments'::text, 'identity'::text, 'bond'::text])))
);
ALTER TABLE ONLY support.accesses FORCE ROW LEVEL SECURITY;
ALTER TABLE support.accesses OWNER TO lien_owner;

-- Name: appointments; Type: TABLE; Schema: support; Owner: lien_owner
CREATE TABLE support.appointments (
    id uuid NOT NULL,
    case_id uuid NOT NULL,
    worker_id uuid NOT NULL,
    kind text NOT NULL,
    about text NOT NULL,
    at timestamp with time zone NOT NULL,
    client_key uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    cancelled_at timestamp with time zone,
    CONSTRAINT an_appointment_is_of_a_known_kind CHECK ((kind = ANY (ARRAY['home'::text, 'office'::text, 'phone'::text, 'street'::text])))
);
ALTER TABLE ONLY support.appointments FORCE ROW LEVEL SECURITY;
ALTER TABLE support.appointments OWNER TO lien_owner;

-- Name: case_events; Type: TABLE; Schema: support; Owner: lien_owner
CREATE TABLE support.case_events (
    case_id uuid NOT NULL,
    n integer NOT NULL,
    step text NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL,
    worker_id uuid NOT NULL,
    reason text NOT NULL,
    at timestamp with time zone NOT NULL
);
ALTER TABLE ONLY support.case_events FORCE ROW LEVEL SECURITY;
ALTER TABLE support.case_events OWNER TO lien_owner;

-- Name: case_members; Type: TABLE; Schema: support; Owner: lien_owner
CREATE TABLE support.case_members (
    case_id uuid NOT NULL,
    worker_id uuid NOT NULL,
    role text NOT NULL,
    from_at timestamp with time zone NOT NULL,
    until_at timestamp with time zone,
    reason text NOT NULL,
    CONSTRAINT a_case_role_is_known CHECK ((role = ANY (ARRAY['referent'::text, 'co_worker'::text])))
);
ALTER TABLE ONLY support.case_members FORCE ROW LEVEL SECURITY;
ALTER TABLE support.case_members OWNER TO lien_owner;

-- Name: cases; Type: TABLE; Schema: support; Owner: lien_owner
CREATE TABLE support.cases (
    id uuid NOT NULL,
    household_id uuid NOT NULL,
    stratum text NOT NULL,
    state text NOT NULL,
    client_key uuid NOT NULL,
    agreed_on date NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    last_contact_at timestamp with time zone,
    outcome text,
    CONSTRAINT a_case_is_in_a_known_state CHECK ((state = ANY (ARRAY['opened'::text, 'active'::text, 'closed'::text]))),
    CONSTRAINT a_closed_case_says_how_and_when CHECK ((((state = 'closed'::text) = (outcome IS NOT NULL)) AND ((state = 'closed'::text) = (closed_at IS NOT NULL)))),
    CONSTRAINT a_stratum_is_known CHECK ((stratum = ANY (ARRAY['external'::text, 'in_place'::text]))),
    CONSTRAINT an_outcome_is_known CHECK ((outcome = ANY (ARRAY['own_lease'::text, 'kept_in_place'::text, 'slid_lease'::text, 'rehoused_adapted'::text, 'common_services'::text, 'left_by_choice'::text, 'lost_contact'::text, 'evicted'::text, 'died'::text])))
);
ALTER TABLE ONLY support.cases FORCE ROW LEVEL SECURITY;
ALTER TABLE support.cases OWNER TO lien_owner;

-- Name: contacts; Type: TABLE; Schema: support; Owner: lien_owner
CREATE TABLE support.contacts (
    id uuid NOT NULL,
    case_id uuid NOT NULL,
    worker_id uuid NOT NULL,
    kind text NOT NULL,
    reached boolean NOT NULL,
    minutes integer NOT NULL,
    client_key uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    written_at timestamp with time zone NOT NULL,
    CONSTRAINT a_contact_is_of_a_known_kind CHECK ((kind = ANY (ARRAY['home'::text, 'office'::text, 'phone'::text, 'street'::text, 'third_party'::text]))),
    CONSTRAINT a_contact_lasts_a_while CHECK (((minutes >= 0) AND (minutes <= 720)))
);
ALTER TABLE ONLY support.contacts FORCE ROW LEVEL SECURITY;
ALTER TABLE support.contacts OWNER TO lien_owner;

-- Name: households; Type: TABLE; Schema: support; Owner: lien_owner
CREATE TABLE support.households (
    id uuid NOT NULL,
    name text NOT NULL,
    created_at timestamp with time zone NOT NULL
);
ALTER TABLE ONLY support.households FORCE ROW LEVEL SECURITY;
ALTER TABLE support.households OWNER TO lien_owner;

-- Name: notes; Type: TABLE; Schema: support; Owner: lien_owner
CREATE TABLE support.notes (
    id uuid NOT NULL,
    case_id uuid NOT NULL,
    contact_id uuid,
    author_id uuid NOT NULL,
    co_holder_id uuid,
    class text NOT NULL,
    body bytea NOT NULL,
    client_key uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT a_note_has_a_class CHECK ((class = ANY (ARRAY['shared'::text, 'team'::text, 'secret'::text]))),
    CONSTRAINT only_a_secret_note_has_a_co_holder CHECK (((co_holder_id IS NULL) OR (class = 'secret'::text)))
);
ALTER TABLE ONLY support.notes FORCE ROW LEVEL SECURITY;
ALTER TABLE support.notes OWNER TO lien_owner;

-- Name: organisations; Type: TABLE; Schema: support; Owner: lien_owner
CREATE TABLE support.organisations (
    id uuid NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    CONSTRAINT an_organisation_is_of_a_known_kind CHECK ((kind = ANY (ARRAY['landlord'::text, 'association'::text])))
);
ALTER TABLE ONLY support.organisations FORCE ROW LEVEL SECURITY;
ALTER TABLE support.organisations OWNER TO lien_owner;

-- Name: persons; Type: TABLE; Schema: support; Owner: lien_owner
CREATE TABLE support.persons (
    id uuid NOT NULL,
    household_id uuid NOT NULL,
    given_name text NOT NULL,
    family_name text NOT NULL,
    born_year integer,
    adult boolean NOT NULL,
    languages text NOT NULL,
    contact_wish text NOT NULL,
    created_at timestamp with time zone NOT NULL
);
ALTER TABLE ONLY support.persons FORCE ROW LEVEL SECURITY;
ALTER TABLE support.persons OWNER TO lien_owner;

-- Name: workers; Type: TABLE; Schema: support; Owner: lien_owner
CREATE TABLE support.workers (
    id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    name text NOT NULL,
    function text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT a_function_is_known CHECK ((function = ANY (ARRAY['caseworker'::text, 'coordinator'::text, 'administrator'::text])))
);
ALTER TABLE ONLY support.workers FORCE ROW LEVEL SECURITY;
ALTER TABLE support.workers OWNER TO lien_owner;

-- Name: devices a_device_has_one_token; Type: CONSTRAINT; Schema: account; Owner: lien_owner
ALTER TABLE ONLY account.devices
    ADD CONSTRAINT a_device_has_one_token UNIQUE (token_hash);

-- Name: joinings a_joining_has_one_token; Type: CONSTRAINT; Schema: account; Owner: lien_owner
ALTER TABLE ONLY account.joinings
    ADD CONSTRAINT a_joining_has_one_token UNIQUE (token_hash);

-- Name: links a_link_has_one_token; Type: CONSTRAINT; Schema: account; Owner: lien_owner
ALTER TABLE ONLY account.links
    ADD CONSTRAINT a_link_has_one_token UNIQUE (token_hash);

-- Name: residents a_member_has_one_account; Type: CONSTRAINT; Schema: account; Owner: lien_owner
ALTER TABLE ONLY account.residents
    ADD CONSTRAINT a_member_has_one_account UNIQUE (member_id);

-- Name: sessions a_session_has_one_token; Type: CONSTRAINT; Schema: account; Owner: lien_owner
ALTER TABLE ONLY account.sessions
    ADD CONSTRAINT a_session_has_one_token UNIQUE (token_hash);

-- Name: professionals an_email_signs_one_person_in; Type: CONSTRAINT; Schema: account; Owner: lien_owner
ALTER TABLE ONLY account.professionals
    ADD CONSTRAINT an_email_signs_one_person_in UNIQUE (email);

-- Name: devices devices_pkey; Type: CONSTRAINT; Schema: account; Owner: lien_owner
ALTER TABLE ONLY account.devices
    ADD CONSTRAINT devices_pkey PRIMARY KEY (id);

-- Name: joinings joinings_pkey; Type: CONSTRAINT; Schema: account; Owner: lien_owner
ALTER TABLE ONLY account.joinings
    ADD CONSTRAINT joinings_pkey PRIMARY KEY (id);

-- Name: links links_pkey; Type: CONSTRAINT; Schema: account; Owner: lien_owner
ALTER TABLE ONLY account.links
    ADD CONSTRAINT links_pkey PRIMARY KEY (id);

-- Name: professionals professionals_pkey; Type: CONSTRAINT; Schema: account; Owner: lien_owner
ALTER TABLE ONLY account.professionals
    ADD CONSTRAINT professionals_pkey PRIMARY KEY (id);

-- Name: residents residents_pkey; Type: CONSTRAINT; Schema: account; Owner: lien_owner
ALTER TABLE ONLY account.residents
    ADD CONSTRAINT residents_pkey PRIMARY KEY (id);

-- Name: sessions sessions_pkey; Type: CONSTRAINT; Schema: account; Owner: lien_owner
ALTER TABLE ONLY account.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);

-- Name: clock clock_pkey; Type: CONSTRAINT; Schema: bond; Owner: lien_owner
ALTER TABLE ONLY bond.clock
    ADD CONSTRAINT clock_pkey PRIMARY KEY (one);

-- Name: codes codes_pkey; Type: CONSTRAINT; Schema: bond; Owner: lien_owner
ALTER TABLE ONLY bond.codes
    ADD CONSTRAINT codes_pkey PRIMARY KEY (code_hash);

-- Name: consents consents_pkey; Type: CONSTRAINT; Schema: bond; Owner: lien_owner
ALTER TABLE ONLY bond.consents
    ADD CONSTRAINT consents_pkey PRIMARY KEY (id);

-- Name: highlights highlights_pkey; Type: CONSTRAINT; Schema: bond; Owner: lien_owner
ALTER TABLE ONLY bond.highlights
    ADD CONSTRAINT highlights_pkey PRIMARY KEY (id);

-- Name: links links_pkey; Type: CONSTRAINT; Schema: bond; Owner: lien_owner
ALTER TABLE ONLY bond.links
    ADD CONSTRAINT links_pkey PRIMARY KEY (id);

-- Name: proposals proposals_pkey; Type: CONSTRAINT; Schema: bond; Owner: lien_owner
ALTER TABLE ONLY bond.proposals
    ADD CONSTRAINT proposals_pkey PRIMARY KEY (id);

-- Name: readings readings_pkey; Type: CONSTRAINT; Schema: bond; Owner: lien_owner
ALTER TABLE ONLY bond.readings
    ADD CONSTRAINT readings_pkey PRIMARY KEY (id);

-- Name: tries tries_pkey; Type: CONSTRAINT; Schema: bond; Owner: lien_owner
ALTER TABLE ONLY bond.tries
    ADD CONSTRAINT tries_pkey PRIMARY KEY (id);

-- Name: boards a_board_is_known_by_one_id; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.boards
    ADD CONSTRAINT a_board_is_known_by_one_id UNIQUE (id);

-- Name: bookings a_booking_is_made_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.bookings
    ADD CONSTRAINT a_booking_is_made_once UNIQUE (cooperative_id, member_id, client_key);

-- Name: cheque_booklets a_booklet_has_its_own_number; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.cheque_booklets
    ADD CONSTRAINT a_booklet_has_its_own_number UNIQUE (cooperative_id, number);

-- Name: cheque_booklets a_booklet_is_issued_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.cheque_booklets
    ADD CONSTRAINT a_booklet_is_issued_once UNIQUE (cooperative_id, issued_by, client_key);

-- Name: buddyships a_buddy_is_asked_for_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.buddyships
    ADD CONSTRAINT a_buddy_is_asked_for_once UNIQUE (cooperative_id, asked_by, client_key);

-- Name: welcome_calls a_call_is_noted_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.welcome_calls
    ADD CONSTRAINT a_call_is_noted_once UNIQUE (cooperative_id, by_member_id, client_key);

-- Name: applications a_code_follows_one_application; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.applications
    ADD CONSTRAINT a_code_follows_one_application UNIQUE (code_hash);

-- Name: poster_codes a_code_leads_to_one_thing; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.poster_codes
    ADD CONSTRAINT a_code_leads_to_one_thing UNIQUE (code);

-- Name: invitations a_code_opens_one_invitation; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.invitations
    ADD CONSTRAINT a_code_opens_one_invitation UNIQUE (code_hash);

-- Name: leaflets a_code_opens_one_leaflet; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.leaflets
    ADD CONSTRAINT a_code_opens_one_leaflet UNIQUE (code_hash);

-- Name: comments a_comment_is_written_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.comments
    ADD CONSTRAINT a_comment_is_written_once UNIQUE (cooperative_id, member_id, client_key);

-- Name: damages a_damage_is_told_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.damages
    ADD CONSTRAINT a_damage_is_told_once UNIQUE (cooperative_id, member_id, client_key);

-- Name: assembly_documents a_document_is_added_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.assembly_documents
    ADD CONSTRAINT a_document_is_added_once UNIQUE (cooperative_id, made_by, client_key);

-- Name: fund_draws a_draw_begins_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.fund_draws
    ADD CONSTRAINT a_draw_begins_once UNIQUE (cooperative_id, began_by, client_key);

-- Name: fund_draws a_draw_is_paid_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.fund_draws
    ADD CONSTRAINT a_draw_is_paid_once UNIQUE (cooperative_id, transfer_id);

-- Name: households a_household_begins_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.households
    ADD CONSTRAINT a_household_begins_once UNIQUE (cooperative_id, began_by, client_key);

-- Name: household_invitations a_household_code_opens_one_invitation; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.household_invitations
    ADD CONSTRAINT a_household_code_opens_one_invitation UNIQUE (code_hash);

-- Name: hours_accounts a_household_has_one_hours_account; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.hours_accounts
    ADD CONSTRAINT a_household_has_one_hours_account UNIQUE (cooperative_id, household_id);

-- Name: household_invitations a_household_invites_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.household_invitations
    ADD CONSTRAINT a_household_invites_once UNIQUE (cooperative_id, made_by, client_key);

-- Name: cheque_leaves a_leaf_is_paid_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.cheque_leaves
    ADD CONSTRAINT a_leaf_is_paid_once UNIQUE (cooperative_id, transfer_id);

-- Name: cheque_leaves a_leaf_stands_once_in_its_booklet; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.cheque_leaves
    ADD CONSTRAINT a_leaf_stands_once_in_its_booklet UNIQUE (cooperative_id, booklet_id, n);

-- Name: leaflets a_leaflet_is_made_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.leaflets
    ADD CONSTRAINT a_leaflet_is_made_once UNIQUE (cooperative_id, made_by, client_key);

-- Name: listings a_listing_is_written_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.listings
    ADD CONSTRAINT a_listing_is_written_once UNIQUE (cooperative_id, member_id, client_key);

-- Name: loans a_loan_is_asked_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.loans
    ADD CONSTRAINT a_loan_is_asked_once UNIQUE (cooperative_id, member_id, client_key);

-- Name: minutes_contests a_member_contests_minutes_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.minutes_contests
    ADD CONSTRAINT a_member_contests_minutes_once UNIQUE (cooperative_id, assembly_id, member_id);

-- Name: hours_accounts a_member_has_one_hours_account; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.hours_accounts
    ADD CONSTRAINT a_member_has_one_hours_account UNIQUE (cooperative_id, member_id);

-- Name: safety_nets a_member_has_one_safety_net; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.safety_nets
    ADD CONSTRAINT a_member_has_one_safety_net UNIQUE (member_id);

-- Name: members a_member_is_known_by_one_id; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.members
    ADD CONSTRAINT a_member_is_known_by_one_id UNIQUE (id);

-- Name: inbox a_member_is_told_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.inbox
    ADD CONSTRAINT a_member_is_told_once UNIQUE (cooperative_id, member_id, once);

-- Name: talk_log a_message_is_sent_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.talk_log
    ADD CONSTRAINT a_message_is_sent_once UNIQUE (cooperative_id, member_id, client_key);

-- Name: household_minors a_minor_is_added_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.household_minors
    ADD CONSTRAINT a_minor_is_added_once UNIQUE (cooperative_id, added_by, client_key);

-- Name: minting_rules a_minting_rule_is_entered_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.minting_rules
    ADD CONSTRAINT a_minting_rule_is_entered_once UNIQUE (cooperative_id, entered_by, client_key);

-- Name: votes a_motion_is_voted_in_order; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.votes
    ADD CONSTRAINT a_motion_is_voted_in_order UNIQUE (cooperative_id, motion_id, n);

-- Name: motions a_motion_is_written_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.motions
    ADD CONSTRAINT a_motion_is_written_once UNIQUE (cooperative_id, made_by, client_key);

-- Name: buddyships a_neighbour_is_asked_once_for_a_newcomer; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.buddyships
    ADD CONSTRAINT a_neighbour_is_asked_once_for_a_newcomer UNIQUE (cooperative_id, newcomer_id, buddy_id);

-- Name: notices a_notice_is_pinned_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.notices
    ADD CONSTRAINT a_notice_is_pinned_once UNIQUE (cooperative_id, member_id, client_key);

-- Name: members a_number_is_one_members; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.members
    ADD CONSTRAINT a_number_is_one_members UNIQUE (cooperative_id, number);

-- Name: board_paces a_pace_is_set_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.board_paces
    ADD CONSTRAINT a_pace_is_set_once UNIQUE (cooperative_id, by_member_id, client_key);

-- Name: passport_links a_passport_is_issued_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.passport_links
    ADD CONSTRAINT a_passport_is_issued_once UNIQUE (cooperative_id, member_id, client_key);

-- Name: pauses a_pause_is_asked_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.pauses
    ADD CONSTRAINT a_pause_is_asked_once UNIQUE (cooperative_id, member_id, client_key);

-- Name: listing_photos a_photo_belongs_to_one_thing; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.listing_photos
    ADD CONSTRAINT a_photo_belongs_to_one_thing UNIQUE (cooperative_id, photo_id);

-- Name: notice_photos a_photo_hangs_with_one_notice; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.notice_photos
    ADD CONSTRAINT a_photo_hangs_with_one_notice UNIQUE (cooperative_id, photo_id);

-- Name: photos a_photo_has_its_own_files; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.photos
    ADD CONSTRAINT a_photo_has_its_own_files UNIQUE (key);

-- Name: photos a_photo_is_taken_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.photos
    ADD CONSTRAINT a_photo_is_taken_once UNIQUE (cooperative_id, member_id, client_key);

-- Name: boards a_place_has_one_board; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.boards
    ADD CONSTRAINT a_place_has_one_board UNIQUE (cooperative_id, place_id);

-- Name: posters a_poster_is_made_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.posters
    ADD CONSTRAINT a_poster_is_made_once UNIQUE (cooperative_id, made_by, client_key);

-- Name: problems a_problem_is_opened_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.problems
    ADD CONSTRAINT a_problem_is_opened_once UNIQUE (cooperative_id, opened_by, client_key);

-- Name: proxies a_proxy_is_given_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.proxies
    ADD CONSTRAINT a_proxy_is_given_once UNIQUE (cooperative_id, giver_id, client_key);

-- Name: event_lots a_rank_is_drawn_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.event_lots
    ADD CONSTRAINT a_rank_is_drawn_once UNIQUE (cooperative_id, event_id, rank);

-- Name: resources a_resource_is_added_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.resources
    ADD CONSTRAINT a_resource_is_added_once UNIQUE (cooperative_id, made_by, client_key);

-- Name: role_plans a_role_is_planned_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.role_plans
    ADD CONSTRAINT a_role_is_planned_once UNIQUE (cooperative_id, given_by, client_key);

-- Name: fund_rules a_rule_is_entered_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.fund_rules
    ADD CONSTRAINT a_rule_is_entered_once UNIQUE (cooperative_id, entered_by, client_key);

-- Name: departure_rules a_rule_is_written_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.departure_rules
    ADD CONSTRAINT a_rule_is_written_once UNIQUE (cooperative_id, made_by, client_key);

-- Name: searches a_search_is_saved_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.searches
    ADD CONSTRAINT a_search_is_saved_once UNIQUE (cooperative_id, member_id, client_key);

-- Name: workshop_turns a_seat_is_an_agreement; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.workshop_turns
    ADD CONSTRAINT a_seat_is_an_agreement UNIQUE (cooperative_id, agreement_id);

-- Name: events a_series_has_one_event_a_day; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.events
    ADD CONSTRAINT a_series_has_one_event_a_day UNIQUE (cooperative_id, series_id, series_day);

-- Name: event_series a_series_is_begun_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.event_series
    ADD CONSTRAINT a_series_is_begun_once UNIQUE (cooperative_id, organiser_id, client_key);

-- Name: shifts a_shift_is_opened_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.shifts
    ADD CONSTRAINT a_shift_is_opened_once UNIQUE (cooperative_id, opened_by, client_key);

-- Name: talks a_talk_is_known_by_one_id; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.talks
    ADD CONSTRAINT a_talk_is_known_by_one_id UNIQUE (agreement_id);

-- Name: minutes_texts a_text_of_minutes_is_written_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.minutes_texts
    ADD CONSTRAINT a_text_of_minutes_is_written_once UNIQUE (cooperative_id, written_by, client_key);

-- Name: import_lines a_transfer_comes_from_one_line; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.import_lines
    ADD CONSTRAINT a_transfer_comes_from_one_line UNIQUE (cooperative_id, transfer_id);

-- Name: shift_credits a_transfer_credits_one_attendance; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.shift_credits
    ADD CONSTRAINT a_transfer_credits_one_attendance UNIQUE (cooperative_id, transfer_id);

-- Name: transfers a_transfer_happens_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.transfers
    ADD CONSTRAINT a_transfer_happens_once UNIQUE (cooperative_id, kind, client_key);

-- Name: transfers a_transfer_has_its_minutes; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.transfers
    ADD CONSTRAINT a_transfer_has_its_minutes UNIQUE (cooperative_id, id, minutes);

-- Name: transfers a_transfer_is_corrected_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.transfers
    ADD CONSTRAINT a_transfer_is_corrected_once UNIQUE (cooperative_id, corrects_id);

-- Name: acts_answered acts_answered_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.acts_answered
    ADD CONSTRAINT acts_answered_pkey PRIMARY KEY (cooperative_id, act_id);

-- Name: acts_done acts_done_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.acts_done
    ADD CONSTRAINT acts_done_pkey PRIMARY KEY (cooperative_id, act_id);

-- Name: acts acts_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.acts
    ADD CONSTRAINT acts_pkey PRIMARY KEY (cooperative_id, id);

-- Name: acts_undone acts_undone_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.acts_undone
    ADD CONSTRAINT acts_undone_pkey PRIMARY KEY (cooperative_id, act_id);

-- Name: agreement_directions agreement_directions_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.agreement_directions
    ADD CONSTRAINT agreement_directions_pkey PRIMARY KEY (cooperative_id, agreement_id, member_id);

-- Name: agreement_events agreement_events_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.agreement_events
    ADD CONSTRAINT agreement_events_pkey PRIMARY KEY (cooperative_id, agreement_id, n);

-- Name: agreements agreements_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.agreements
    ADD CONSTRAINT agreements_pkey PRIMARY KEY (cooperative_id, id);

-- Name: acts an_act_is_carried_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.acts
    ADD CONSTRAINT an_act_is_carried_once UNIQUE (cooperative_id, by_member_id, client_key);

-- Name: calendar_feeds an_address_leads_to_one_calendar; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.calendar_feeds
    ADD CONSTRAINT an_address_leads_to_one_calendar UNIQUE (hash);

-- Name: transfers an_agreement_is_paid_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.transfers
    ADD CONSTRAINT an_agreement_is_paid_once UNIQUE (cooperative_id, agreement_id);

-- Name: agreements an_agreement_is_proposed_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.agreements
    ADD CONSTRAINT an_agreement_is_proposed_once UNIQUE (cooperative_id, proposed_by, client_key);

-- Name: applications an_application_is_sent_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.applications
    ADD CONSTRAINT an_application_is_sent_once UNIQUE (cooperative_id, client_key);

-- Name: applications an_application_makes_one_member; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.applications
    ADD CONSTRAINT an_application_makes_one_member UNIQUE (cooperative_id, member_id);

-- Name: assemblies an_assembly_is_planned_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.assemblies
    ADD CONSTRAINT an_assembly_is_planned_once UNIQUE (cooperative_id, made_by, client_key);

-- Name: events an_event_is_announced_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.events
    ADD CONSTRAINT an_event_is_announced_once UNIQUE (cooperative_id, organiser_id, client_key);

-- Name: imports an_import_is_begun_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.imports
    ADD CONSTRAINT an_import_is_begun_once UNIQUE (cooperative_id, uploaded_by, client_key);

-- Name: invitations an_invitation_is_made_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.invitations
    ADD CONSTRAINT an_invitation_is_made_once UNIQUE (cooperative_id, made_by, client_key);

-- Name: agreement_answers an_outcome_is_answered_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.agreement_answers
    ADD CONSTRAINT an_outcome_is_answered_once PRIMARY KEY (cooperative_id, agreement_id, member_id);

-- Name: application_events application_events_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.application_events
    ADD CONSTRAINT application_events_pkey PRIMARY KEY (cooperative_id, application_id, n);

-- Name: applications applications_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.applications
    ADD CONSTRAINT applications_pkey PRIMARY KEY (cooperative_id, id);

-- Name: assemblies assemblies_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.assemblies
    ADD CONSTRAINT assemblies_pkey PRIMARY KEY (cooperative_id, id);

-- Name: assembly_documents assembly_documents_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.assembly_documents
    ADD CONSTRAINT assembly_documents_pkey PRIMARY KEY (cooperative_id, id);

-- Name: assembly_events assembly_events_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.assembly_events
    ADD CONSTRAINT assembly_events_pkey PRIMARY KEY (cooperative_id, assembly_id, n);

-- Name: attendances attendances_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.attendances
    ADD CONSTRAINT attendances_pkey PRIMARY KEY (cooperative_id, event_id, member_id);

-- Name: ballots ballots_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.ballots
    ADD CONSTRAINT ballots_pkey PRIMARY KEY (cooperative_id, vote_id, id);

-- Name: blocks blocks_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.blocks
    ADD CONSTRAINT blocks_pkey PRIMARY KEY (cooperative_id, member_id, hidden_id);

-- Name: board_files board_files_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.board_files
    ADD CONSTRAINT board_files_pkey PRIMARY KEY (cooperative_id, id);

-- Name: board_log board_log_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.board_log
    ADD CONSTRAINT board_log_pkey PRIMARY KEY (board_id, seq);

-- Name: board_mutes board_mutes_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.board_mutes
    ADD CONSTRAINT board_mutes_pkey PRIMARY KEY (cooperative_id, board_id, member_id);

-- Name: board_paces board_paces_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.board_paces
    ADD CONSTRAINT board_paces_pkey PRIMARY KEY (cooperative_id, n);

-- Name: board_reads board_reads_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.board_reads
    ADD CONSTRAINT board_reads_pkey PRIMARY KEY (cooperative_id, board_id, member_id);

-- Name: board_reports board_reports_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.board_reports
    ADD CONSTRAINT board_reports_pkey PRIMARY KEY (cooperative_id, id);

-- Name: board_rests board_rests_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.board_rests
    ADD CONSTRAINT board_rests_pkey PRIMARY KEY (cooperative_id, member_id);

-- Name: board_rulings board_rulings_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.board_rulings
    ADD CONSTRAINT board_rulings_pkey PRIMARY KEY (cooperative_id, file_id, n);

-- Name: boards boards_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.boards
    ADD CONSTRAINT boards_pkey PRIMARY KEY (cooperative_id, id);

-- Name: booking_rules booking_rules_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.booking_rules
    ADD CONSTRAINT booking_rules_pkey PRIMARY KEY (cooperative_id, resource_id);

-- Name: bookings bookings_do_not_overlap; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.bookings
    ADD CONSTRAINT bookings_do_not_overlap EXCLUDE USING gist (cooperative_id WITH =, resource_id WITH =, tstzrange(starts_at, free_at) WITH &&) WHERE ((state = ANY (ARRAY['booked'::text, 'started'::text, 'ended'::text])));

-- Name: bookings bookings_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.bookings
    ADD CONSTRAINT bookings_pkey PRIMARY KEY (cooperative_id, id);

-- Name: buddy_volunteers buddy_volunteers_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.buddy_volunteers
    ADD CONSTRAINT buddy_volunteers_pkey PRIMARY KEY (cooperative_id, member_id);

-- Name: buddyship_events buddyship_events_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.buddyship_events
    ADD CONSTRAINT buddyship_events_pkey PRIMARY KEY (cooperative_id, buddyship_id, n);

-- Name: buddyships buddyships_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.buddyships
    ADD CONSTRAINT buddyships_pkey PRIMARY KEY (cooperative_id, id);

-- Name: calendar_feeds calendar_feeds_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.calendar_feeds
    ADD CONSTRAINT calendar_feeds_pkey PRIMARY KEY (cooperative_id, id);

-- Name: charter_acceptances charter_acceptances_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.charter_acceptances
    ADD CONSTRAINT charter_acceptances_pkey PRIMARY KEY (cooperative_id, member_id, version, accepted_at);

-- Name: charters charters_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.charters
    ADD CONSTRAINT charters_pkey PRIMARY KEY (cooperative_id, version, language);

-- Name: cheque_booklets cheque_booklets_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.cheque_booklets
    ADD CONSTRAINT cheque_booklets_pkey PRIMARY KEY (cooperative_id, id);

-- Name: cheque_events cheque_events_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.cheque_events
    ADD CONSTRAINT cheque_events_pkey PRIMARY KEY (cooperative_id, leaf_id, n);

-- Name: cheque_leaves cheque_leaves_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.cheque_leaves
    ADD CONSTRAINT cheque_leaves_pkey PRIMARY KEY (cooperative_id, id);

-- Name: comments comments_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.comments
    ADD CONSTRAINT comments_pkey PRIMARY KEY (cooperative_id, id);

-- Name: convocations convocations_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.convocations
    ADD CONSTRAINT convocations_pkey PRIMARY KEY (cooperative_id, id);

-- Name: cooperatives cooperatives_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.cooperatives
    ADD CONSTRAINT cooperatives_pkey PRIMARY KEY (id);

-- Name: damages damages_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.damages
    ADD CONSTRAINT damages_pkey PRIMARY KEY (cooperative_id, id);

-- Name: departure_rules departure_rules_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.departure_rules
    ADD CONSTRAINT departure_rules_pkey PRIMARY KEY (cooperative_id, id);

-- Name: departures departures_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.departures
    ADD CONSTRAINT departures_pkey PRIMARY KEY (cooperative_id, id);

-- Name: deposits deposits_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.deposits
    ADD CONSTRAINT deposits_pkey PRIMARY KEY (cooperative_id, loan_id);

-- Name: directory directory_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.directory
    ADD CONSTRAINT directory_pkey PRIMARY KEY (cooperative_id, member_id);

-- Name: agreement_thanks each_of_the_two_thanks_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.agreement_thanks
    ADD CONSTRAINT each_of_the_two_thanks_once PRIMARY KEY (cooperative_id, agreement_id, by_member_id);

-- Name: entries entries_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.entries
    ADD CONSTRAINT entries_pkey PRIMARY KEY (cooperative_id, transfer_id, side);

-- Name: event_lots event_lots_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.event_lots
    ADD CONSTRAINT event_lots_pkey PRIMARY KEY (cooperative_id, event_id, member_id);

-- Name: event_series event_series_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.event_series
    ADD CONSTRAINT event_series_pkey PRIMARY KEY (cooperative_id, id);

-- Name: events events_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (cooperative_id, id);

-- Name: fund_draw_events fund_draw_events_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.fund_draw_events
    ADD CONSTRAINT fund_draw_events_pkey PRIMARY KEY (cooperative_id, draw_id, n);

-- Name: fund_draws fund_draws_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.fund_draws
    ADD CONSTRAINT fund_draws_pkey PRIMARY KEY (cooperative_id, id);

-- Name: fund_rules fund_rules_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.fund_rules
    ADD CONSTRAINT fund_rules_pkey PRIMARY KEY (cooperative_id, id);

-- Name: hours_accounts hours_accounts_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.hours_accounts
    ADD CONSTRAINT hours_accounts_pkey PRIMARY KEY (cooperative_id, id);

-- Name: hours_limit_changes hours_limit_changes_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.hours_limit_changes
    ADD CONSTRAINT hours_limit_changes_pkey PRIMARY KEY (cooperative_id, n);

-- Name: hours_limits hours_limits_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.hours_limits
    ADD CONSTRAINT hours_limits_pkey PRIMARY KEY (cooperative_id);

-- Name: hours_reserved hours_reserved_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.hours_reserved
    ADD CONSTRAINT hours_reserved_pkey PRIMARY KEY (cooperative_id, agreement_id);

-- Name: household_events household_events_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.household_events
    ADD CONSTRAINT household_events_pkey PRIMARY KEY (cooperative_id, household_id, n);

-- Name: household_invitations household_invitations_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.household_invitations
    ADD CONSTRAINT household_invitations_pkey PRIMARY KEY (cooperative_id, id);

-- Name: household_members household_members_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.household_members
    ADD CONSTRAINT household_members_pkey PRIMARY KEY (cooperative_id, household_id, member_id, from_at);

-- Name: household_minors household_minors_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.household_minors
    ADD CONSTRAINT household_minors_pkey PRIMARY KEY (cooperative_id, id);

-- Name: households households_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.households
    ADD CONSTRAINT households_pkey PRIMARY KEY (cooperative_id, id);

-- Name: import_files import_files_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.import_files
    ADD CONSTRAINT import_files_pkey PRIMARY KEY (cooperative_id, import_id);

-- Name: import_lines import_lines_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.import_lines
    ADD CONSTRAINT import_lines_pkey PRIMARY KEY (cooperative_id, import_id, line);

-- Name: import_rows import_rows_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.import_rows
    ADD CONSTRAINT import_rows_pkey PRIMARY KEY (cooperative_id, import_id, line);

-- Name: imports imports_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.imports
    ADD CONSTRAINT imports_pkey PRIMARY KEY (cooperative_id, id);

-- Name: inbox inbox_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.inbox
    ADD CONSTRAINT inbox_pkey PRIMARY KEY (cooperative_id, id);

-- Name: invitations invitations_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.invitations
    ADD CONSTRAINT invitations_pkey PRIMARY KEY (cooperative_id, id);

-- Name: leaflets leaflets_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.leaflets
    ADD CONSTRAINT leaflets_pkey PRIMARY KEY (cooperative_id, id);

-- Name: lending_rules lending_rules_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.lending_rules
    ADD CONSTRAINT lending_rules_pkey PRIMARY KEY (cooperative_id, resource_id);

-- Name: hours_limit_changes limits_are_changed_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.hours_limit_changes
    ADD CONSTRAINT limits_are_changed_once UNIQUE (cooperative_id, by_member_id, client_key);

-- Name: listing_photos listing_photos_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.listing_photos
    ADD CONSTRAINT listing_photos_pkey PRIMARY KEY (cooperative_id, listing_id, n) DEFERRABLE;

-- Name: listing_reports listing_reports_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.listing_reports
    ADD CONSTRAINT listing_reports_pkey PRIMARY KEY (cooperative_id, id);

-- Name: listing_rulings listing_rulings_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.listing_rulings
    ADD CONSTRAINT listing_rulings_pkey PRIMARY KEY (cooperative_id, listing_id, n);

-- Name: listing_words listing_words_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.listing_words
    ADD CONSTRAINT listing_words_pkey PRIMARY KEY (cooperative_id, word);

-- Name: listings listings_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.listings
    ADD CONSTRAINT listings_pkey PRIMARY KEY (cooperative_id, id);

-- Name: loans loans_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.loans
    ADD CONSTRAINT loans_pkey PRIMARY KEY (cooperative_id, id);

-- Name: majorities majorities_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.majorities
    ADD CONSTRAINT majorities_pkey PRIMARY KEY (cooperative_id, statute_n, kind);

-- Name: member_events member_events_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.member_events
    ADD CONSTRAINT member_events_pkey PRIMARY KEY (cooperative_id, member_id, n);

-- Name: member_places member_places_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.member_places
    ADD CONSTRAINT member_places_pkey PRIMARY KEY (cooperative_id, member_id, n);

-- Name: member_roles member_roles_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.member_roles
    ADD CONSTRAINT member_roles_pkey PRIMARY KEY (cooperative_id, member_id, role, from_at);

-- Name: members members_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.members
    ADD CONSTRAINT members_pkey PRIMARY KEY (cooperative_id, id);

-- Name: minted_hours minted_hours_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.minted_hours
    ADD CONSTRAINT minted_hours_pkey PRIMARY KEY (cooperative_id, transfer_id);

-- Name: minting_rules minting_rules_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.minting_rules
    ADD CONSTRAINT minting_rules_pkey PRIMARY KEY (cooperative_id, id);

-- Name: minutes_contests minutes_contests_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.minutes_contests
    ADD CONSTRAINT minutes_contests_pkey PRIMARY KEY (cooperative_id, id);

-- Name: minutes minutes_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.minutes
    ADD CONSTRAINT minutes_pkey PRIMARY KEY (cooperative_id, assembly_id);

-- Name: minutes_signatures minutes_signatures_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.minutes_signatures
    ADD CONSTRAINT minutes_signatures_pkey PRIMARY KEY (cooperative_id, assembly_id, n, role);

-- Name: minutes_texts minutes_texts_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.minutes_texts
    ADD CONSTRAINT minutes_texts_pkey PRIMARY KEY (cooperative_id, assembly_id, n);

-- Name: minutes_words minutes_words_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.minutes_words
    ADD CONSTRAINT minutes_words_pkey PRIMARY KEY (cooperative_id, assembly_id, point);

-- Name: motions motions_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.motions
    ADD CONSTRAINT motions_pkey PRIMARY KEY (cooperative_id, id);

-- Name: motions motions_stand_in_order; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.motions
    ADD CONSTRAINT motions_stand_in_order UNIQUE (cooperative_id, assembly_id, n);

-- Name: cheque_leaves no_two_leaves_have_one_code; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.cheque_leaves
    ADD CONSTRAINT no_two_leaves_have_one_code UNIQUE (code_hash);

-- Name: passport_links no_two_passports_have_one_token; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.passport_links
    ADD CONSTRAINT no_two_passports_have_one_token UNIQUE (token_hash);

-- Name: entries nobody_pays_themselves; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.entries
    ADD CONSTRAINT nobody_pays_themselves UNIQUE (cooperative_id, transfer_id, account_id);

-- Name: minutes_signatures nobody_signs_twice; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.minutes_signatures
    ADD CONSTRAINT nobody_signs_twice UNIQUE (cooperative_id, assembly_id, n, member_id);

-- Name: notice_edits notice_edits_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.notice_edits
    ADD CONSTRAINT notice_edits_pkey PRIMARY KEY (cooperative_id, notice_id, n);

-- Name: notice_photos notice_photos_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.notice_photos
    ADD CONSTRAINT notice_photos_pkey PRIMARY KEY (cooperative_id, notice_id, n) DEFERRABLE;

-- Name: notices notices_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.notices
    ADD CONSTRAINT notices_pkey PRIMARY KEY (cooperative_id, id);

-- Name: visits one_person_waits_for_a_visitor; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.visits
    ADD CONSTRAINT one_person_waits_for_a_visitor UNIQUE (cooperative_id, agreement_id, member_id);

-- Name: paper_counts paper_counts_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.paper_counts
    ADD CONSTRAINT paper_counts_pkey PRIMARY KEY (cooperative_id, vote_id, n);

-- Name: participation participation_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.participation
    ADD CONSTRAINT participation_pkey PRIMARY KEY (cooperative_id, member_id, month);

-- Name: parting_signatures parting_signatures_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.parting_signatures
    ADD CONSTRAINT parting_signatures_pkey PRIMARY KEY (cooperative_id, parting_id, n, member_id);

-- Name: partings partings_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.partings
    ADD CONSTRAINT partings_pkey PRIMARY KEY (cooperative_id, id);

-- Name: passport_links passport_links_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.passport_links
    ADD CONSTRAINT passport_links_pkey PRIMARY KEY (cooperative_id, id);

-- Name: pauses pauses_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.pauses
    ADD CONSTRAINT pauses_pkey PRIMARY KEY (cooperative_id, id);

-- Name: photos photos_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.photos
    ADD CONSTRAINT photos_pkey PRIMARY KEY (cooperative_id, id);

-- Name: places places_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.places
    ADD CONSTRAINT places_pkey PRIMARY KEY (cooperative_id, id);

-- Name: poster_codes poster_codes_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.poster_codes
    ADD CONSTRAINT poster_codes_pkey PRIMARY KEY (cooperative_id, kind, subject_id);

-- Name: poster_items poster_items_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.poster_items
    ADD CONSTRAINT poster_items_pkey PRIMARY KEY (cooperative_id, poster_id, n);

-- Name: poster_listings poster_listings_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.poster_listings
    ADD CONSTRAINT poster_listings_pkey PRIMARY KEY (cooperative_id, listing_id);

-- Name: posters posters_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.posters
    ADD CONSTRAINT posters_pkey PRIMARY KEY (cooperative_id, id);

-- Name: presences presences_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.presences
    ADD CONSTRAINT presences_pkey PRIMARY KEY (cooperative_id, assembly_id, member_id, n);

-- Name: problem_homes problem_homes_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.problem_homes
    ADD CONSTRAINT problem_homes_pkey PRIMARY KEY (cooperative_id, problem_id, member_id);

-- Name: problem_steps problem_steps_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.problem_steps
    ADD CONSTRAINT problem_steps_pkey PRIMARY KEY (cooperative_id, problem_id, n);

-- Name: problems problems_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.problems
    ADD CONSTRAINT problems_pkey PRIMARY KEY (cooperative_id, id);

-- Name: proxies proxies_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.proxies
    ADD CONSTRAINT proxies_pkey PRIMARY KEY (cooperative_id, id);

-- Name: reactions reactions_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.reactions
    ADD CONSTRAINT reactions_pkey PRIMARY KEY (cooperative_id, notice_id, member_id, kind);

-- Name: registrations registrations_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.registrations
    ADD CONSTRAINT registrations_pkey PRIMARY KEY (cooperative_id, event_id, member_id);

-- Name: resources resources_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.resources
    ADD CONSTRAINT resources_pkey PRIMARY KEY (cooperative_id, id);

-- Name: rights_changes rights_changes_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.rights_changes
    ADD CONSTRAINT rights_changes_pkey PRIMARY KEY (id);

-- Name: role_plans role_plans_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.role_plans
    ADD CONSTRAINT role_plans_pkey PRIMARY KEY (cooperative_id, id);

-- Name: roll roll_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.roll
    ADD CONSTRAINT roll_pkey PRIMARY KEY (cooperative_id, assembly_id, member_id);

-- Name: safety_nets safety_nets_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.safety_nets
    ADD CONSTRAINT safety_nets_pkey PRIMARY KEY (cooperative_id, id);

-- Name: saved_notices saved_notices_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.saved_notices
    ADD CONSTRAINT saved_notices_pkey PRIMARY KEY (cooperative_id, member_id, notice_id);

-- Name: searches searches_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.searches
    ADD CONSTRAINT searches_pkey PRIMARY KEY (cooperative_id, id);

-- Name: shift_credits shift_credits_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.shift_credits
    ADD CONSTRAINT shift_credits_pkey PRIMARY KEY (cooperative_id, id);

-- Name: shift_hands shift_hands_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.shift_hands
    ADD CONSTRAINT shift_hands_pkey PRIMARY KEY (cooperative_id, shift_id, member_id);

-- Name: shifts shifts_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.shifts
    ADD CONSTRAINT shifts_pkey PRIMARY KEY (cooperative_id, id);

-- Name: statutes statutes_are_entered_once; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.statutes
    ADD CONSTRAINT statutes_are_entered_once UNIQUE (cooperative_id, entered_by, client_key);

-- Name: statutes statutes_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.statutes
    ADD CONSTRAINT statutes_pkey PRIMARY KEY (cooperative_id, n);

-- Name: suspensions suspensions_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.suspensions
    ADD CONSTRAINT suspensions_pkey PRIMARY KEY (cooperative_id, id);

-- Name: talk_log talk_log_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.talk_log
    ADD CONSTRAINT talk_log_pkey PRIMARY KEY (agreement_id, seq);

-- Name: talk_reads talk_reads_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.talk_reads
    ADD CONSTRAINT talk_reads_pkey PRIMARY KEY (cooperative_id, agreement_id, member_id);

-- Name: talks talks_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.talks
    ADD CONSTRAINT talks_pkey PRIMARY KEY (cooperative_id, agreement_id);

-- Name: thanks thanks_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.thanks
    ADD CONSTRAINT thanks_pkey PRIMARY KEY (cooperative_id, notice_id, member_id);

-- Name: transfer_words transfer_words_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.transfer_words
    ADD CONSTRAINT transfer_words_pkey PRIMARY KEY (cooperative_id, transfer_id);

-- Name: transfers transfers_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.transfers
    ADD CONSTRAINT transfers_pkey PRIMARY KEY (cooperative_id, id);

-- Name: visits visits_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.visits
    ADD CONSTRAINT visits_pkey PRIMARY KEY (cooperative_id, id);

-- Name: vote_marks vote_marks_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.vote_marks
    ADD CONSTRAINT vote_marks_pkey PRIMARY KEY (cooperative_id, vote_id, member_id);

-- Name: votes votes_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.votes
    ADD CONSTRAINT votes_pkey PRIMARY KEY (cooperative_id, id);

-- Name: welcome_calls welcome_calls_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.welcome_calls
    ADD CONSTRAINT welcome_calls_pkey PRIMARY KEY (cooperative_id, id);

-- Name: saved_notices what_is_saved_has_one_place; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.saved_notices
    ADD CONSTRAINT what_is_saved_has_one_place UNIQUE (cooperative_id, member_id, id);

-- Name: board_files what_was_written_has_one_file; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.board_files
    ADD CONSTRAINT what_was_written_has_one_file UNIQUE NULLS NOT DISTINCT (cooperative_id, notice_id, comment_id);

-- Name: workshop_turns workshop_turns_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.workshop_turns
    ADD CONSTRAINT workshop_turns_pkey PRIMARY KEY (cooperative_id, listing_id, turn);

-- Name: workshops workshops_pkey; Type: CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.workshops
    ADD CONSTRAINT workshops_pkey PRIMARY KEY (cooperative_id, listing_id);

-- Name: cases a_case_is_opened_once; Type: CONSTRAINT; Schema: support; Owner: lien_owner
ALTER TABLE ONLY support.cases
    ADD CONSTRAINT a_case_is_opened_once UNIQUE (client_key);

-- Name: contacts a_contact_is_written_once; Type: CONSTRAINT; Schema: support; Owner: lien_owner
ALTER TABLE ONLY support.contacts
    ADD CONSTRAINT a_contact_is_written_once UNIQUE (case_id, worker_id, client_key);

-- Name: notes a_note_is_written_once; Type: CONSTRAINT; Schema: support; Owner: lien_owner
ALTER TABLE ONLY support.notes
    ADD CONSTRAINT a_note_is_written_once UNIQUE (case_id, author_id, client_key);

-- Name: accesses accesses_pkey; Type: CONSTRAINT; Schema: support; Owner: lien_owner
ALTER TABLE ONLY support.accesses
    ADD CONSTRAINT accesses_pkey PRIMARY KEY (id);

-- Name: appointments an_appointment_is_made_once; Type: CONSTRAINT; Schema: support; Owner: lien_owner
ALTER TABLE ONLY support.appointments
    ADD CONSTRAINT an_appointment_is_made_once UNIQUE (case_id, worker_id, client_key);

-- Name: appointments appointments_pkey; Type: CONSTRAINT; Schema: support; Owner: lien_owner
ALTER TABLE ONLY support.appointments
    ADD CONSTRAINT appointments_pkey PRIMARY KEY (id);

-- Name: case_events case_events_pkey; Type: CONSTRAINT; Schema: support; Owner: lien_owner
ALTER TABLE ONLY support.case_events
    ADD CONSTRAINT case_events_pkey PRIMARY KEY (case_id, n);

-- Name: case_members case_members_pkey; Type: CONSTRAINT; Schema: support; Owner: lien_owner
ALTER TABLE ONLY support.case_members
    ADD CONSTRAINT case_members_pkey PRIMARY KEY (case_id, worker_id, from_at);

-- Name: cases cases_pkey; Type: CONSTRAINT; Schema: support; Owner: lien_owner
ALTER TABLE ONLY support.cases
    ADD CONSTRAINT cases_pkey PRIMARY KEY (id);

-- Name: contacts contacts_pkey; Type: CONSTRAINT; Schema: support; Owner: lien_owner
ALTER TABLE ONLY support.contacts
    ADD CONSTRAINT contacts_pkey PRIMARY KEY (id);

-- Name: households households_pkey; Type: CONSTRAINT; Schema: support; Owner: lien_owner
ALTER TABLE ONLY support.households
    ADD CONSTRAINT households_pkey PRIMARY KEY (id);

-- Name: notes notes_pkey; Type: CONSTRAINT; Schema: support; Owner: lien_owner
ALTER TABLE ONLY support.notes
    ADD CONSTRAINT notes_pkey PRIMARY KEY (id);

-- Name: organisations organisations_pkey; Type: CONSTRAINT; Schema: support; Owner: lien_owner
ALTER TABLE ONLY support.organisations
    ADD CONSTRAINT organisations_pkey PRIMARY KEY (id);

-- Name: persons persons_pkey; Type: CONSTRAINT; Schema: support; Owner: lien_owner
ALTER TABLE ONLY support.persons
    ADD CONSTRAINT persons_pkey PRIMARY KEY (id);

-- Name: workers workers_pkey; Type: CONSTRAINT; Schema: support; Owner: lien_owner
ALTER TABLE ONLY support.workers
    ADD CONSTRAINT workers_pkey PRIMARY KEY (id);

-- Name: devices_of_a_resident; Type: INDEX; Schema: account; Owner: lien_owner
CREATE INDEX devices_of_a_resident ON account.devices USING btree (resident_id, created_at DESC);

-- Name: joinings_expire; Type: INDEX; Schema: account; Owner: lien_owner
CREATE INDEX joinings_expire ON account.joinings USING btree (expires_at);

-- Name: sessions_ended_lately; Type: INDEX; Schema: account; Owner: lien_owner
CREATE INDEX sessions_ended_lately ON account.sessions USING btree (ended_at) WHERE (ended_at IS NOT NULL);

-- Name: sessions_of_a_professional; Type: INDEX; Schema: account; Owner: lien_owner
CREATE INDEX sessions_of_a_professional ON account.sessions USING btree (professional_id) WHERE (ended_at IS NULL);

-- Name: sessions_of_a_resident; Type: INDEX; Schema: account; Owner: lien_owner
CREATE INDEX sessions_of_a_resident ON account.sessions USING btree (resident_id) WHERE (ended_at IS NULL);

-- Name: a_person_has_one_link; Type: INDEX; Schema: bond; Owner: lien_owner
CREATE UNIQUE INDEX a_person_has_one_link ON bond.links USING btree (person_id) WHERE (ended_at IS NULL);

-- Name: a_resident_has_one_link; Type: INDEX; Schema: bond; Owner: lien_owner
CREATE UNIQUE INDEX a_resident_has_one_link ON bond.links USING btree (resident_id) WHERE (ended_at IS NULL);

-- Name: a_scope_is_open_once; Type: INDEX; Schema: bond; Owner: lien_owner
CREATE UNIQUE INDEX a_scope_is_open_once ON bond.consents USING btree (link_id, scope) WHERE (withdrawn_at IS NULL);

-- Name: a_thing_is_proposed_once; Type: INDEX; Schema: bond; Owner: lien_owner
CREATE UNIQUE INDEX a_thing_is_proposed_once ON bond.proposals USING btree (link_id, target_id);

-- Name: codes_of_a_person; Type: INDEX; Schema: bond; Owner: lien_owner
CREATE INDEX codes_of_a_person ON bond.codes USING btree (person_id);

-- Name: highlights_of_a_link; Type: INDEX; Schema: bond; Owner: lien_owner
CREATE INDEX highlights_of_a_link ON bond.highlights USING btree (link_id) WHERE (dropped_at IS NULL);

-- Name: readings_of_a_link; Type: INDEX; Schema: bond; Owner: lien_owner
CREATE INDEX readings_of_a_link ON bond.readings USING btree (link_id, at DESC, id DESC);

-- Name: tries_of_a_resident; Type: INDEX; Schema: bond; Owner: lien_owner
CREATE INDEX tries_of_a_resident ON bond.tries USING btree (resident_id, at);

-- Name: a_calendar_has_one_open_address; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE UNIQUE INDEX a_calendar_has_one_open_address ON coop.calendar_feeds USING btree (cooperative_id, member_id, kind) WHERE ((shut_at IS NULL) AND (place_id IS NULL));

-- Name: a_calendar_of_a_place_has_one_open_address; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE UNIQUE INDEX a_calendar_of_a_place_has_one_open_address ON coop.calendar_feeds USING btree (cooperative_id, member_id, place_id) WHERE ((shut_at IS NULL) AND (place_id IS NOT NULL));

-- Name: a_cooperative_has_one_fund; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE UNIQUE INDEX a_cooperative_has_one_fund ON coop.hours_accounts USING btree (cooperative_id) WHERE (kind = 'fund'::text);

-- Name: a_file_is_open_once; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE UNIQUE INDEX a_file_is_open_once ON coop.imports USING btree (cooperative_id, file_hash) WHERE (state = ANY (ARRAY['open'::text, 'confirmed'::text]));

-- Name: a_listing_is_reported_once_by_each; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE UNIQUE INDEX a_listing_is_reported_once_by_each ON coop.listing_reports USING btree (cooperative_id, listing_id, member_id) WHERE (answered_at IS NULL);

-- Name: a_member_comes_from_one_line; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE UNIQUE INDEX a_member_comes_from_one_line ON coop.import_lines USING btree (cooperative_id, member_id) WHERE (outcome = 'member'::text);

-- Name: a_member_has_one_open_invitation; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE UNIQUE INDEX a_member_has_one_open_invitation ON coop.invitations USING btree (cooperative_id, for_member_id) WHERE ((used_at IS NULL) AND (revoked_at IS NULL));

-- Name: a_member_has_one_pause_at_a_time; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE UNIQUE INDEX a_member_has_one_pause_at_a_time ON coop.pauses USING btree (cooperative_id, member_id) WHERE (ended_at IS NULL);

-- Name: a_member_is_convened_once_by_a_channel; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE UNIQUE INDEX a_member_is_convened_once_by_a_channel ON coop.convocations USING btree (cooperative_id, assembly_id, channel, member_id) WHERE (member_id IS NOT NULL);

-- Name: a_member_is_suspended_once_at_a_time; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE UNIQUE INDEX a_member_is_suspended_once_at_a_time ON coop.suspensions USING btree (cooperative_id, member_id) WHERE (ended_at IS NULL);

-- Name: a_member_leaves_once_at_a_time; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE UNIQUE INDEX a_member_leaves_once_at_a_time ON coop.departures USING btree (cooperative_id, member_id) WHERE (closed_at IS NULL);

-- Name: a_member_lives_in_one_place_at_a_time; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE UNIQUE INDEX a_member_lives_in_one_place_at_a_time ON coop.member_places USING btree (cooperative_id, member_id) WHERE (until_at IS NULL);

-- Name: a_member_waits_once_under_a_rule; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE UNIQUE INDEX a_member_waits_once_under_a_rule ON coop.fund_draws USING btree (cooperative_id, rule_id, member_id) WHERE (deadline_at IS NOT NULL);

-- Name: a_newcomer_has_one_buddy_at_a_time; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE UNIQUE INDEX a_newcomer_has_one_buddy_at_a_time ON coop.buddyships USING btree (cooperative_id, newcomer_id) WHERE (deadline_at IS NOT NULL);

-- Name: a_person_lives_in_one_household_at_a_time; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE UNIQUE INDEX a_person_lives_in_one_household_at_a_time ON coop.household_members USING btree (cooperative_id, member_id) WHERE (until_at IS NULL);

-- Name: a_person_parts_once_at_a_time; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE UNIQUE INDEX a_person_parts_once_at_a_time ON coop.partings USING btree (cooperative_id, household_id, member_id) WHERE (settled_at IS NULL);

-- Name: a_poster_hangs_once_at_a_place; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE UNIQUE INDEX a_poster_hangs_once_at_a_place ON coop.convocations USING btree (cooperative_id, assembly_id, place_id) WHERE (place_id IS NOT NULL);

-- Name: a_problem_of_a_place_is_one; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE UNIQUE INDEX a_problem_of_a_place_is_one ON coop.problems USING btree (cooperative_id, place_id, kind) WHERE ((state <> 'solved'::text) AND (kind <> 'other'::text));

-- Name: a_resource_is_with_one_person; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE UNIQUE INDEX a_resource_is_with_one_person ON coop.loans USING btree (cooperative_id, resource_id) WHERE (state = ANY (ARRAY['held'::text, 'out'::text]));

-- Name: a_role_is_held_once_at_a_time; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE UNIQUE INDEX a_role_is_held_once_at_a_time ON coop.member_roles USING btree (cooperative_id, member_id, role) WHERE (until_at IS NULL);

-- Name: a_role_is_planned_once_at_a_time; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE UNIQUE INDEX a_role_is_planned_once_at_a_time ON coop.role_plans USING btree (cooperative_id, member_id, role) WHERE (done_at IS NULL);

-- Name: a_vote_is_with_one_holder; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE UNIQUE INDEX a_vote_is_with_one_holder ON coop.proxies USING btree (cooperative_id, assembly_id, giver_id) WHERE (state = ANY (ARRAY['offered'::text, 'accepted'::text]));

-- Name: accounts_that_share; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX accounts_that_share ON coop.hours_accounts USING btree (cooperative_id, goes_to) WHERE (goes_to IS NOT NULL);

-- Name: acts_of_a_member; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX acts_of_a_member ON coop.acts USING btree (cooperative_id, member_id, id DESC);

-- Name: acts_on_a_subject; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX acts_on_a_subject ON coop.acts_done USING btree (cooperative_id, subject_id) WHERE (subject_id IS NOT NULL);

-- Name: agreements_given; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX agreements_given ON coop.agreements USING btree (cooperative_id, giver_id, id DESC);

-- Name: agreements_proposed; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX agreements_proposed ON coop.agreements USING btree (cooperative_id, proposed_by) WHERE (state = 'proposed'::text);

-- Name: agreements_received; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX agreements_received ON coop.agreements USING btree (cooperative_id, receiver_id, id DESC);

-- Name: agreements_that_wait; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX agreements_that_wait ON coop.agreements USING btree (cooperative_id, deadline_at) WHERE (deadline_at IS NOT NULL);

-- Name: agreements_to_call_about; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX agreements_to_call_about ON coop.agreements USING btree (call_at) WHERE (call_at IS NOT NULL);

-- Name: an_attendance_is_credited_once; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE UNIQUE INDEX an_attendance_is_credited_once ON coop.shift_credits USING btree (cooperative_id, shift_id, member_id) WHERE (reversed_at IS NULL);

-- Name: an_invitation_answers_one_application; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE UNIQUE INDEX an_invitation_answers_one_application ON coop.applications USING btree (cooperative_id, invitation_id);

-- Name: an_invitation_makes_one_member; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE UNIQUE INDEX an_invitation_makes_one_member ON coop.invitations USING btree (cooperative_id, used_by) WHERE (for_member_id IS NULL);

-- Name: applications_closed; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX applications_closed ON coop.applications USING btree (cooperative_id, id DESC) WHERE (deadline_at IS NULL);

-- Name: applications_of_a_leaflet; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX applications_of_a_leaflet ON coop.applications USING btree (cooperative_id, leaflet_id, created_at);

-- Name: applications_open; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX applications_open ON coop.applications USING btree (cooperative_id, id) WHERE (deadline_at IS NOT NULL);

-- Name: applications_running_out; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX applications_running_out ON coop.applications USING btree (deadline_at) WHERE (state = 'met'::text);

-- Name: applications_to_forget; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX applications_to_forget ON coop.applications USING btree (state_since) WHERE ((deadline_at IS NULL) AND (forgotten_at IS NULL));

-- Name: assemblies_by_day; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX assemblies_by_day ON coop.assemblies USING btree (cooperative_id, starts_at DESC, id DESC);

-- Name: assemblies_waiting; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX assemblies_waiting ON coop.assemblies USING btree (starts_at) WHERE (state = 'convened'::text);

-- Name: attendances_of_a_member; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX attendances_of_a_member ON coop.attendances USING btree (cooperative_id, member_id);

-- Name: blocks_of_the_hidden; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX blocks_of_the_hidden ON coop.blocks USING btree (cooperative_id, hidden_id, member_id);

-- Name: board_files_contested; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX board_files_contested ON coop.board_files USING btree (cooperative_id, id) WHERE (state = 'contested'::text);

-- Name: board_files_of_a_member; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX board_files_of_a_member ON coop.board_files USING btree (cooperative_id, member_id) WHERE (state <> 'none'::text);

-- Name: board_reports_of_a_member; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX board_reports_of_a_member ON coop.board_reports USING btree (cooperative_id, member_id, at);

-- Name: bookings_nobody_came_to; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX bookings_nobody_came_to ON coop.bookings USING btree (lapses_at) WHERE (state = 'booked'::text);

-- Name: bookings_of_a_member; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX bookings_of_a_member ON coop.bookings USING btree (cooperative_id, member_id, starts_at DESC);

-- Name: bookings_of_a_resource; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX bookings_of_a_resource ON coop.bookings USING btree (cooperative_id, resource_id, starts_at);

-- Name: bookings_under_way; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX bookings_under_way ON coop.bookings USING btree (ends_at) WHERE (state = 'started'::text);

-- Name: booklets_of_a_member; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX booklets_of_a_member ON coop.cheque_booklets USING btree (cooperative_id, member_id, id DESC);

-- Name: buddyships_by_deadline; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX buddyships_by_deadline ON coop.buddyships USING btree (deadline_at) WHERE (deadline_at IS NOT NULL);

-- Name: buddyships_of_a_buddy; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX buddyships_of_a_buddy ON coop.buddyships USING btree (cooperative_id, buddy_id) WHERE (deadline_at IS NOT NULL);

-- Name: calls_made_lately; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX calls_made_lately ON coop.welcome_calls USING btree (cooperative_id, at);

-- Name: calls_of_a_member; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX calls_of_a_member ON coop.welcome_calls USING btree (cooperative_id, member_id, id DESC);

-- Name: comments_of_a_member; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX comments_of_a_member ON coop.comments USING btree (cooperative_id, member_id, created_at DESC);

-- Name: comments_of_a_notice; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX comments_of_a_notice ON coop.comments USING btree (cooperative_id, notice_id, seq);

-- Name: corrections_asked; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX corrections_asked ON coop.acts_undone USING btree (cooperative_id, at) WHERE (outcome = 'asked'::text);

-- Name: damages_open; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX damages_open ON coop.damages USING btree (cooperative_id, resource_id) WHERE (mended_at IS NULL);

-- Name: departures_in_their_order; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX departures_in_their_order ON coop.departures USING btree (cooperative_id, id DESC);

-- Name: deposits_by_transfer; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX deposits_by_transfer ON coop.deposits USING btree (cooperative_id, transfer_id);

-- Name: deposits_of_a_member; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX deposits_of_a_member ON coop.deposits USING btree (cooperative_id, member_id);

-- Name: documents_of_an_assembly; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX documents_of_an_assembly ON coop.assembly_documents USING btree (cooperative_id, assembly_id, id);

-- Name: entries_by_their_moment; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX entries_by_their_moment ON coop.entries USING btree (cooperative_id, account_id, at DESC, transfer_id DESC);

-- Name: entries_of_an_account; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX entries_of_an_account ON coop.entries USING btree (cooperative_id, account_id, transfer_id DESC);

-- Name: events_in_time; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX events_in_time ON coop.events USING btree (cooperative_id, starts_at, id);

-- Name: events_of_a_place; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX events_of_a_place ON coop.events USING btree (cooperative_id, place_id, starts_at, id) WHERE (place_id IS NOT NULL);

-- Name: events_to_draw; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX events_to_draw ON coop.events USING btree (draw_at, id) WHERE ((draw_at IS NOT NULL) AND (drawn_at IS NULL) AND (state = 'on'::text));

-- Name: events_with_places_for_newcomers; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX events_with_places_for_newcomers ON coop.events USING btree (starts_at, id) WHERE ((newcomer_places > 0) AND (newcomers_opened_at IS NULL) AND (state = 'on'::text));

-- Name: fund_draws_of_a_member; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX fund_draws_of_a_member ON coop.fund_draws USING btree (cooperative_id, member_id, id DESC);

-- Name: fund_draws_that_wait; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX fund_draws_that_wait ON coop.fund_draws USING btree (deadline_at) WHERE (deadline_at IS NOT NULL);

-- Name: fund_draws_under_a_rule; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX fund_draws_under_a_rule ON coop.fund_draws USING btree (cooperative_id, rule_id, state_since) WHERE (state = 'granted'::text);

-- Name: fund_rules_that_hold; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX fund_rules_that_hold ON coop.fund_rules USING btree (cooperative_id, why, id) WHERE (ended_at IS NULL);

-- Name: hours_reserved_for_a_member; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX hours_reserved_for_a_member ON coop.hours_reserved USING btree (cooperative_id, member_id) WHERE (released_at IS NULL);

-- Name: households_of_a_member; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX households_of_a_member ON coop.household_members USING btree (cooperative_id, member_id, from_at DESC);

-- Name: import_rows_by_pile; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX import_rows_by_pile ON coop.import_rows USING btree (cooperative_id, import_id, pile, line);

-- Name: imports_left_open; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX imports_left_open ON coop.imports USING btree (uploaded_at) WHERE (state = 'open'::text);

-- Name: imports_of_a_file; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX imports_of_a_file ON coop.imports USING btree (cooperative_id, file_hash) WHERE (state = 'done'::text);

-- Name: imports_to_carry_out; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX imports_to_carry_out ON coop.imports USING btree (confirmed_at) WHERE (state = 'confirmed'::text);

-- Name: imports_with_refused_lines; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX imports_with_refused_lines ON coop.imports USING btree (ended_at) WHERE ((state = 'done'::text) AND (refused_lines > 0));

-- Name: inbox_about; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX inbox_about ON coop.inbox USING btree (cooperative_id, subject_id);

-- Name: inbox_of_a_member; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX inbox_of_a_member ON coop.inbox USING btree (cooperative_id, member_id, id DESC);

-- Name: inbox_told_long_ago; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX inbox_told_long_ago ON coop.inbox USING btree (told_at);

-- Name: inbox_unread; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX inbox_unread ON coop.inbox USING btree (cooperative_id, member_id) WHERE (read_at IS NULL);

-- Name: invitations_waiting; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX invitations_waiting ON coop.invitations USING btree (cooperative_id, id DESC) WHERE ((used_at IS NULL) AND (revoked_at IS NULL));

-- Name: leaflets_about; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX leaflets_about ON coop.leaflets USING btree (cooperative_id, kind, id DESC) WHERE (revoked_at IS NULL);

-- Name: leaves_of_a_bearer; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX leaves_of_a_bearer ON coop.cheque_leaves USING btree (cooperative_id, bearer_id, state_since DESC) WHERE (bearer_id IS NOT NULL);

-- Name: leaves_of_a_drawer; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX leaves_of_a_drawer ON coop.cheque_leaves USING btree (cooperative_id, drawer_id, state_since DESC);

-- Name: leaves_that_wait; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX leaves_that_wait ON coop.cheque_leaves USING btree (cooperative_id, deadline_at) WHERE (state = ANY (ARRAY['presented'::text, 'disputed'::text]));

-- Name: listings_by_words; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX listings_by_words ON coop.listings USING gin (words) WHERE ((state = 'open'::text) AND (moderation = 'none'::text));

-- Name: listings_hidden; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX listings_hidden ON coop.listings USING btree (cooperative_id, id) WHERE (moderation <> 'none'::text);

-- Name: listings_in_sight; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX listings_in_sight ON coop.listings USING btree (cooperative_id, published_at DESC, id DESC) WHERE ((state = 'open'::text) AND (moderation = 'none'::text));

-- Name: listings_of_a_member; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX listings_of_a_member ON coop.listings USING btree (cooperative_id, member_id, id DESC);

-- Name: listings_of_a_sort; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX listings_of_a_sort ON coop.listings USING btree (cooperative_id, category, published_at DESC, id DESC) WHERE ((state = 'open'::text) AND (moderation = 'none'::text));

-- Name: listings_that_end; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX listings_that_end ON coop.listings USING btree (expires_at) WHERE (state = ANY (ARRAY['open'::text, 'paused'::text]));

-- Name: loans_due; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX loans_due ON coop.loans USING btree (due_at) WHERE (state = 'out'::text);

-- Name: loans_in_turn; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX loans_in_turn ON coop.loans USING btree (cooperative_id, resource_id, turn) WHERE (state = 'asked'::text);

-- Name: loans_kept_too_long; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX loans_kept_too_long ON coop.loans USING btree (hold_until) WHERE (state = 'held'::text);

-- Name: loans_of_a_member; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX loans_of_a_member ON coop.loans USING btree (cooperative_id, member_id, id DESC);

-- Name: lots_of_a_member; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX lots_of_a_member ON coop.event_lots USING btree (cooperative_id, member_id);

-- Name: messages_of_a_member; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX messages_of_a_member ON coop.talk_log USING btree (cooperative_id, member_id, at DESC);

-- Name: minors_of_a_household; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX minors_of_a_household ON coop.household_minors USING btree (cooperative_id, household_id);

-- Name: nets_that_call_somebody; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX nets_that_call_somebody ON coop.safety_nets USING btree (cooperative_id, whom_id) WHERE ((raised_at IS NOT NULL) AND (answered_at IS NULL) AND (calmed_at IS NULL));

-- Name: notices_at_the_top; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX notices_at_the_top ON coop.notices USING btree (cooperative_id, board_id, top DESC) WHERE ((gone_at IS NULL) AND (top > 0));

-- Name: notices_by_words; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX notices_by_words ON coop.notices USING gin (words) WHERE (gone_at IS NULL);

-- Name: notices_of_a_board; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX notices_of_a_board ON coop.notices USING btree (cooperative_id, board_id, seq DESC) WHERE (gone_at IS NULL);

-- Name: notices_of_a_member; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX notices_of_a_member ON coop.notices USING btree (cooperative_id, member_id, created_at DESC);

-- Name: notices_that_end; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX notices_that_end ON coop.notices USING btree (expires_at) WHERE ((gone_at IS NULL) AND (expires_at IS NOT NULL));

-- Name: offers_running_out; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX offers_running_out ON coop.registrations USING btree (cooperative_id, offer_until) WHERE (offer_until IS NOT NULL);

-- Name: one_asks_for_a_resource_once; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE UNIQUE INDEX one_asks_for_a_resource_once ON coop.loans USING btree (cooperative_id, resource_id, member_id) WHERE (state = ANY (ARRAY['asked'::text, 'held'::text, 'out'::text]));

-- Name: one_minting_rule_holds_at_a_time; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE UNIQUE INDEX one_minting_rule_holds_at_a_time ON coop.minting_rules USING btree (cooperative_id) WHERE (ended_at IS NULL);

-- Name: one_vote_is_open_at_a_time; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE UNIQUE INDEX one_vote_is_open_at_a_time ON coop.votes USING btree (cooperative_id, assembly_id) WHERE (state = 'open'::text);

-- Name: one_waits_once_for_a_workshop; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE UNIQUE INDEX one_waits_once_for_a_workshop ON coop.workshop_turns USING btree (cooperative_id, listing_id, member_id) WHERE ((agreement_id IS NULL) AND (left_at IS NULL));

-- Name: partings_that_wait; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX partings_that_wait ON coop.partings USING btree (cooperative_id, opened_at, id) WHERE (settled_at IS NULL);

-- Name: passports_of_a_member; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX passports_of_a_member ON coop.passport_links USING btree (cooperative_id, member_id, id DESC);

-- Name: passports_that_ended; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX passports_that_ended ON coop.passport_links USING btree (expires_at);

-- Name: pauses_that_turn; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX pauses_that_turn ON coop.pauses USING btree (from_on, until_on) WHERE (ended_at IS NULL);

-- Name: photos_to_clear; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX photos_to_clear ON coop.photos USING btree (created_at) WHERE (state <> 'kept'::text);

-- Name: posters_made_last; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX posters_made_last ON coop.posters USING btree (cooperative_id, id DESC);

-- Name: proxies_held; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX proxies_held ON coop.proxies USING btree (cooperative_id, assembly_id, holder_id) WHERE (state = ANY (ARRAY['offered'::text, 'accepted'::text]));

-- Name: registrations_of_a_member; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX registrations_of_a_member ON coop.registrations USING btree (cooperative_id, member_id, event_id);

-- Name: resources_to_share; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX resources_to_share ON coop.resources USING btree (cooperative_id, kind, name, id) WHERE (state <> 'retired'::text);

-- Name: rights_changed_lately; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX rights_changed_lately ON coop.rights_changes USING btree (changed_at);

-- Name: searches_to_look_at; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX searches_to_look_at ON coop.searches USING btree (looked_at);

-- Name: series_that_make_events; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX series_that_make_events ON coop.event_series USING btree (made_through, id);

-- Name: shift_credits_of_a_member; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX shift_credits_of_a_member ON coop.shift_credits USING btree (cooperative_id, member_id);

-- Name: shifts_in_time; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX shifts_in_time ON coop.shifts USING btree (starts_at, id);

-- Name: shifts_of_a_member; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX shifts_of_a_member ON coop.shift_hands USING btree (cooperative_id, member_id, shift_id);

-- Name: shifts_of_an_event; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX shifts_of_an_event ON coop.shifts USING btree (cooperative_id, event_id);

-- Name: thanks_received; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX thanks_received ON coop.agreement_thanks USING btree (cooperative_id, to_member_id, given_at DESC);

-- Name: thanks_reported; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX thanks_reported ON coop.agreement_thanks USING btree (cooperative_id, reported_at) WHERE ((reported_at IS NOT NULL) AND (settled_at IS NULL));

-- Name: traces_to_erase; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX traces_to_erase ON coop.departures USING btree (erase_at) WHERE ((erase_at IS NOT NULL) AND (erased_at IS NULL));

-- Name: transfers_by_reference; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX transfers_by_reference ON coop.transfers USING btree (cooperative_id, "right"((id)::text, 10));

-- Name: turns_of_a_member; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX turns_of_a_member ON coop.workshop_turns USING btree (cooperative_id, member_id);

-- Name: urn_of_a_vote; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX urn_of_a_vote ON coop.urns USING btree (cooperative_id, vote_id);

-- Name: visits_due; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX visits_due ON coop.visits USING btree (due_at) WHERE ((left_at IS NULL) AND (answered_at IS NULL));

-- Name: visits_over; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX visits_over ON coop.visits USING btree (ends_at);

-- Name: visits_waited_for; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX visits_waited_for ON coop.visits USING btree (cooperative_id, whom_id);

-- Name: votes_of_an_assembly; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX votes_of_an_assembly ON coop.votes USING btree (cooperative_id, assembly_id, motion_id, n);

-- Name: what_was_written_is_reported_once_by_each; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE UNIQUE INDEX what_was_written_is_reported_once_by_each ON coop.board_reports USING btree (cooperative_id, file_id, member_id) WHERE (answered_at IS NULL);

-- Name: words_by_slip; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX words_by_slip ON coop.listing_words USING gin (near);

-- Name: words_by_stem; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX words_by_stem ON coop.listing_words USING btree (cooperative_id, stem);

-- Name: workshops_to_come; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX workshops_to_come ON coop.workshops USING btree (starts_at) WHERE ((cancelled_at IS NULL) AND (marked_at IS NULL));

-- Name: workshops_to_count; Type: INDEX; Schema: coop; Owner: lien_owner
CREATE INDEX workshops_to_count ON coop.workshops USING btree (starts_at) WHERE ((cancelled_at IS NULL) AND (counted_at IS NULL));

-- Name: a_case_has_one_referent; Type: INDEX; Schema: support; Owner: lien_owner
CREATE UNIQUE INDEX a_case_has_one_referent ON support.case_members USING btree (case_id) WHERE ((role = 'referent'::text) AND (until_at IS NULL));

-- Name: a_household_has_one_open_case; Type: INDEX; Schema: support; Owner: lien_owner
CREATE UNIQUE INDEX a_household_has_one_open_case ON support.cases USING btree (household_id) WHERE (state <> 'closed'::text);

-- Name: a_worker_is_once_on_a_case; Type: INDEX; Schema: support; Owner: lien_owner
CREATE UNIQUE INDEX a_worker_is_once_on_a_case ON support.case_members USING btree (case_id, worker_id) WHERE (until_at IS NULL);

-- Name: accesses_of_a_case; Type: INDEX; Schema: support; Owner: lien_owner
CREATE INDEX accesses_of_a_case ON support.accesses USING btree (case_id, at DESC, id DESC);

-- Name: appointments_of_a_case; Type: INDEX; Schema: support; Owner: lien_owner
CREATE INDEX appointments_of_a_case ON support.appointments USING btree (case_id, at) WHERE (cancelled_at IS NULL);

-- Name: appointments_of_a_worker; Type: INDEX; Schema: support; Owner: lien_owner
CREATE INDEX appointments_of_a_worker ON support.appointments USING btree (worker_id, at) WHERE (cancelled_at IS NULL);

-- Name: cases_of_a_worker; Type: INDEX; Schema: support; Owner: lien_owner
CREATE INDEX cases_of_a_worker ON support.case_members USING btree (worker_id) WHERE (until_at IS NULL);

-- Name: contacts_of_a_case; Type: INDEX; Schema: support; Owner: lien_owner
CREATE INDEX contacts_of_a_case ON support.contacts USING btree (case_id, at DESC, id DESC);

-- Name: notes_of_a_case; Type: INDEX; Schema: support; Owner: lien_owner
CREATE INDEX notes_of_a_case ON support.notes USING btree (case_id, at DESC, id DESC);

-- Name: persons_of_a_household; Type: INDEX; Schema: support; Owner: lien_owner
CREATE INDEX persons_of_a_household ON support.persons USING btree (household_id);

-- Name: transfers a_correction_is_not_corrected; Type: TRIGGER; Schema: coop; Owner: lien_owner
CREATE TRIGGER a_correction_is_not_corrected BEFORE INSERT ON coop.transfers FOR EACH ROW WHEN ((new.corrects_id IS NOT NULL)) EXECUTE FUNCTION coop.a_correction_is_not_corrected();

-- Name: transfers a_transfer_has_two_entries; Type: TRIGGER; Schema: coop; Owner: lien_owner
CREATE CONSTRAINT TRIGGER a_transfer_has_two_entries AFTER INSERT ON coop.transfers DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION coop.a_transfer_has_two_entries();

-- Name: members rights_follow_the_member; Type: TRIGGER; Schema: coop; Owner: lien_owner
CREATE TRIGGER rights_follow_the_member AFTER UPDATE OF state, place_id ON coop.members FOR EACH ROW WHEN (((old.state IS DISTINCT FROM new.state) OR (old.place_id IS DISTINCT FROM new.place_id))) EXECUTE FUNCTION coop.note_changed_rights();

-- Name: member_roles rights_follow_the_role; Type: TRIGGER; Schema: coop; Owner: lien_owner
CREATE TRIGGER rights_follow_the_role AFTER INSERT OR UPDATE ON coop.member_roles FOR EACH ROW EXECUTE FUNCTION coop.note_changed_rights();

-- Name: blocks sight_follows_the_block; Type: TRIGGER; Schema: coop; Owner: lien_owner
CREATE TRIGGER sight_follows_the_block AFTER INSERT OR DELETE ON coop.blocks FOR EACH ROW EXECUTE FUNCTION coop.note_changed_sight();

-- Name: member_roles sight_follows_the_role; Type: TRIGGER; Schema: coop; Owner: lien_owner
CREATE TRIGGER sight_follows_the_role AFTER INSERT OR UPDATE ON coop.member_roles FOR EACH ROW WHEN ((new.role = 'facilitator'::text)) EXECUTE FUNCTION coop.note_changed_sight();

-- Name: departures the_door_forgets_who_is_erased; Type: TRIGGER; Schema: coop; Owner: lien_owner
CREATE TRIGGER the_door_forgets_who_is_erased AFTER UPDATE OF erased_at ON coop.departures FOR EACH ROW WHEN (((new.erased_at IS NOT NULL) AND (old.erased_at IS NULL))) EXECUTE FUNCTION bond.forget_who_is_erased();

-- Name: members the_first_place_is_noted; Type: TRIGGER; Schema: coop; Owner: lien_owner
CREATE TRIGGER the_first_place_is_noted AFTER INSERT OR UPDATE OF place_id ON coop.members FOR EACH ROW EXECUTE FUNCTION coop.note_first_place();

-- Name: minutes what_was_signed_stands; Type: TRIGGER; Schema: coop; Owner: lien_owner
CREATE TRIGGER what_was_signed_stands BEFORE DELETE OR UPDATE ON coop.minutes FOR EACH ROW EXECUTE FUNCTION coop.what_was_signed_stands();

-- Name: minutes_signatures what_was_signed_stands; Type: TRIGGER; Schema: coop; Owner: lien_owner
CREATE TRIGGER what_was_signed_stands BEFORE DELETE OR UPDATE ON coop.minutes_signatures FOR EACH ROW EXECUTE FUNCTION coop.what_was_signed_stands();

-- Name: minutes_texts what_was_signed_stands; Type: TRIGGER; Schema: coop; Owner: lien_owner
CREATE TRIGGER what_was_signed_stands BEFORE DELETE OR UPDATE ON coop.minutes_texts FOR EACH ROW EXECUTE FUNCTION coop.what_was_signed_stands();

-- Name: minutes_words what_was_signed_stands; Type: TRIGGER; Schema: coop; Owner: lien_owner
CREATE TRIGGER what_was_signed_stands BEFORE INSERT OR DELETE OR UPDATE ON coop.minutes_words FOR EACH ROW EXECUTE FUNCTION coop.what_was_signed_stands();

-- Name: cases the_door_shuts_with_the_case; Type: TRIGGER; Schema: support; Owner: lien_owner
CREATE TRIGGER the_door_shuts_with_the_case AFTER UPDATE OF state ON support.cases FOR EACH ROW WHEN (((new.state = 'closed'::text) AND (old.state <> 'closed'::text))) EXECUTE FUNCTION bond.end_with_the_case();

-- Name: devices devices_resident_id_fkey; Type: FK CONSTRAINT; Schema: account; Owner: lien_owner
ALTER TABLE ONLY account.devices
    ADD CONSTRAINT devices_resident_id_fkey FOREIGN KEY (resident_id) REFERENCES account.residents(id);

-- Name: links links_professional_id_fkey; Type: FK CONSTRAINT; Schema: account; Owner: lien_owner
ALTER TABLE ONLY account.links
    ADD CONSTRAINT links_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES account.professionals(id);

-- Name: links links_resident_id_fkey; Type: FK CONSTRAINT; Schema: account; Owner: lien_owner
ALTER TABLE ONLY account.links
    ADD CONSTRAINT links_resident_id_fkey FOREIGN KEY (resident_id) REFERENCES account.residents(id);

-- Name: sessions sessions_device_id_fkey; Type: FK CONSTRAINT; Schema: account; Owner: lien_owner
ALTER TABLE ONLY account.sessions
    ADD CONSTRAINT sessions_device_id_fkey FOREIGN KEY (device_id) REFERENCES account.devices(id);

-- Name: sessions sessions_professional_id_fkey; Type: FK CONSTRAINT; Schema: account; Owner: lien_owner
ALTER TABLE ONLY account.sessions
    ADD CONSTRAINT sessions_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES account.professionals(id);

-- Name: sessions sessions_resident_id_fkey; Type: FK CONSTRAINT; Schema: account; Owner: lien_owner
ALTER TABLE ONLY account.sessions
    ADD CONSTRAINT sessions_resident_id_fkey FOREIGN KEY (resident_id) REFERENCES account.residents(id);

-- Name: consents consents_link_id_fkey; Type: FK CONSTRAINT; Schema: bond; Owner: lien_owner
ALTER TABLE ONLY bond.consents
    ADD CONSTRAINT consents_link_id_fkey FOREIGN KEY (link_id) REFERENCES bond.links(id);

-- Name: highlights highlights_link_id_fkey; Type: FK CONSTRAINT; Schema: bond; Owner: lien_owner
ALTER TABLE ONLY bond.highlights
    ADD CONSTRAINT highlights_link_id_fkey FOREIGN KEY (link_id) REFERENCES bond.links(id);

-- Name: proposals proposals_link_id_fkey; Type: FK CONSTRAINT; Schema: bond; Owner: lien_owner
ALTER TABLE ONLY bond.proposals
    ADD CONSTRAINT proposals_link_id_fkey FOREIGN KEY (link_id) REFERENCES bond.links(id);

-- Name: readings readings_link_id_fkey; Type: FK CONSTRAINT; Schema: bond; Owner: lien_owner
ALTER TABLE ONLY bond.readings
    ADD CONSTRAINT readings_link_id_fkey FOREIGN KEY (link_id) REFERENCES bond.links(id);

-- Name: calendar_feeds a_calendar_is_of_a_place_that_is_there; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.calendar_feeds
    ADD CONSTRAINT a_calendar_is_of_a_place_that_is_there FOREIGN KEY (cooperative_id, place_id) REFERENCES coop.places(cooperative_id, id);

-- Name: members a_member_lives_in_the_cooperative; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.members
    ADD CONSTRAINT a_member_lives_in_the_cooperative FOREIGN KEY (cooperative_id, place_id) REFERENCES coop.places(cooperative_id, id);

-- Name: transfers a_paid_agreement_exists; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.transfers
    ADD CONSTRAINT a_paid_agreement_exists FOREIGN KEY (cooperative_id, agreement_id) REFERENCES coop.agreements(cooperative_id, id);

-- Name: places a_place_stands_in_its_own_cooperative; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.places
    ADD CONSTRAINT a_place_stands_in_its_own_cooperative FOREIGN KEY (cooperative_id, parent_id) REFERENCES coop.places(cooperative_id, id);

-- Name: event_series a_series_has_its_place; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.event_series
    ADD CONSTRAINT a_series_has_its_place FOREIGN KEY (cooperative_id, place_id) REFERENCES coop.places(cooperative_id, id);

-- Name: event_series a_series_is_in_something_shared; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.event_series
    ADD CONSTRAINT a_series_is_in_something_shared FOREIGN KEY (cooperative_id, resource_id) REFERENCES coop.resources(cooperative_id, id);

-- Name: charter_acceptances a_witness_is_a_member_of_the_cooperative; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.charter_acceptances
    ADD CONSTRAINT a_witness_is_a_member_of_the_cooperative FOREIGN KEY (cooperative_id, witness_id) REFERENCES coop.members(cooperative_id, id);

-- Name: acts_answered acts_answered_cooperative_id_act_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.acts_answered
    ADD CONSTRAINT acts_answered_cooperative_id_act_id_fkey FOREIGN KEY (cooperative_id, act_id) REFERENCES coop.acts_undone(cooperative_id, act_id);

-- Name: acts_answered acts_answered_cooperative_id_by_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.acts_answered
    ADD CONSTRAINT acts_answered_cooperative_id_by_member_id_fkey FOREIGN KEY (cooperative_id, by_member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: acts acts_cooperative_id_by_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.acts
    ADD CONSTRAINT acts_cooperative_id_by_member_id_fkey FOREIGN KEY (cooperative_id, by_member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: acts acts_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.acts
    ADD CONSTRAINT acts_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: acts acts_cooperative_id_witness_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.acts
    ADD CONSTRAINT acts_cooperative_id_witness_id_fkey FOREIGN KEY (cooperative_id, witness_id) REFERENCES coop.members(cooperative_id, id);

-- Name: acts_done acts_done_cooperative_id_act_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.acts_done
    ADD CONSTRAINT acts_done_cooperative_id_act_id_fkey FOREIGN KEY (cooperative_id, act_id) REFERENCES coop.acts(cooperative_id, id);

-- Name: acts_done acts_done_cooperative_id_other_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.acts_done
    ADD CONSTRAINT acts_done_cooperative_id_other_id_fkey FOREIGN KEY (cooperative_id, other_id) REFERENCES coop.members(cooperative_id, id);

-- Name: acts_undone acts_undone_cooperative_id_act_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.acts_undone
    ADD CONSTRAINT acts_undone_cooperative_id_act_id_fkey FOREIGN KEY (cooperative_id, act_id) REFERENCES coop.acts_done(cooperative_id, act_id);

-- Name: acts_undone acts_undone_cooperative_id_by_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.acts_undone
    ADD CONSTRAINT acts_undone_cooperative_id_by_member_id_fkey FOREIGN KEY (cooperative_id, by_member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: agreement_answers agreement_answers_cooperative_id_agreement_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.agreement_answers
    ADD CONSTRAINT agreement_answers_cooperative_id_agreement_id_fkey FOREIGN KEY (cooperative_id, agreement_id) REFERENCES coop.agreements(cooperative_id, id);

-- Name: agreement_answers agreement_answers_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.agreement_answers
    ADD CONSTRAINT agreement_answers_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: agreement_directions agreement_directions_cooperative_id_agreement_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.agreement_directions
    ADD CONSTRAINT agreement_directions_cooperative_id_agreement_id_fkey FOREIGN KEY (cooperative_id, agreement_id) REFERENCES coop.agreements(cooperative_id, id);

-- Name: agreement_directions agreement_directions_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.agreement_directions
    ADD CONSTRAINT agreement_directions_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: agreement_events agreement_events_cooperative_id_agreement_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.agreement_events
    ADD CONSTRAINT agreement_events_cooperative_id_agreement_id_fkey FOREIGN KEY (cooperative_id, agreement_id) REFERENCES coop.agreements(cooperative_id, id);

-- Name: agreement_events agreement_events_cooperative_id_by_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.agreement_events
    ADD CONSTRAINT agreement_events_cooperative_id_by_member_id_fkey FOREIGN KEY (cooperative_id, by_member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: agreement_events agreement_events_cooperative_id_witness_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.agreement_events
    ADD CONSTRAINT agreement_events_cooperative_id_witness_id_fkey FOREIGN KEY (cooperative_id, witness_id) REFERENCES coop.members(cooperative_id, id);

-- Name: agreement_thanks agreement_thanks_cooperative_id_agreement_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.agreement_thanks
    ADD CONSTRAINT agreement_thanks_cooperative_id_agreement_id_fkey FOREIGN KEY (cooperative_id, agreement_id) REFERENCES coop.agreements(cooperative_id, id);

-- Name: agreement_thanks agreement_thanks_cooperative_id_by_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.agreement_thanks
    ADD CONSTRAINT agreement_thanks_cooperative_id_by_member_id_fkey FOREIGN KEY (cooperative_id, by_member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: agreement_thanks agreement_thanks_cooperative_id_settled_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.agreement_thanks
    ADD CONSTRAINT agreement_thanks_cooperative_id_settled_by_fkey FOREIGN KEY (cooperative_id, settled_by) REFERENCES coop.members(cooperative_id, id);

-- Name: agreement_thanks agreement_thanks_cooperative_id_to_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.agreement_thanks
    ADD CONSTRAINT agreement_thanks_cooperative_id_to_member_id_fkey FOREIGN KEY (cooperative_id, to_member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: agreements agreements_cooperative_id_giver_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.agreements
    ADD CONSTRAINT agreements_cooperative_id_giver_id_fkey FOREIGN KEY (cooperative_id, giver_id) REFERENCES coop.members(cooperative_id, id);

-- Name: agreements agreements_cooperative_id_listing_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.agreements
    ADD CONSTRAINT agreements_cooperative_id_listing_id_fkey FOREIGN KEY (cooperative_id, listing_id) REFERENCES coop.listings(cooperative_id, id);

-- Name: agreements agreements_cooperative_id_receiver_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.agreements
    ADD CONSTRAINT agreements_cooperative_id_receiver_id_fkey FOREIGN KEY (cooperative_id, receiver_id) REFERENCES coop.members(cooperative_id, id);

-- Name: events an_event_is_in_something_shared; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.events
    ADD CONSTRAINT an_event_is_in_something_shared FOREIGN KEY (cooperative_id, resource_id) REFERENCES coop.resources(cooperative_id, id);

-- Name: events an_event_knows_its_series; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.events
    ADD CONSTRAINT an_event_knows_its_series FOREIGN KEY (cooperative_id, series_id) REFERENCES coop.event_series(cooperative_id, id);

-- Name: invitations an_invitation_is_for_a_member_of_the_cooperative; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.invitations
    ADD CONSTRAINT an_invitation_is_for_a_member_of_the_cooperative FOREIGN KEY (cooperative_id, for_member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: application_events application_events_cooperative_id_application_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.application_events
    ADD CONSTRAINT application_events_cooperative_id_application_id_fkey FOREIGN KEY (cooperative_id, application_id) REFERENCES coop.applications(cooperative_id, id);

-- Name: application_events application_events_cooperative_id_by_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.application_events
    ADD CONSTRAINT application_events_cooperative_id_by_member_id_fkey FOREIGN KEY (cooperative_id, by_member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: applications applications_cooperative_id_filled_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.applications
    ADD CONSTRAINT applications_cooperative_id_filled_by_fkey FOREIGN KEY (cooperative_id, filled_by) REFERENCES coop.members(cooperative_id, id);

-- Name: applications applications_cooperative_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.applications
    ADD CONSTRAINT applications_cooperative_id_fkey FOREIGN KEY (cooperative_id) REFERENCES coop.cooperatives(id);

-- Name: applications applications_cooperative_id_invitation_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.applications
    ADD CONSTRAINT applications_cooperative_id_invitation_id_fkey FOREIGN KEY (cooperative_id, invitation_id) REFERENCES coop.invitations(cooperative_id, id);

-- Name: applications applications_cooperative_id_leaflet_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.applications
    ADD CONSTRAINT applications_cooperative_id_leaflet_id_fkey FOREIGN KEY (cooperative_id, leaflet_id) REFERENCES coop.leaflets(cooperative_id, id);

-- Name: applications applications_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.applications
    ADD CONSTRAINT applications_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: applications applications_cooperative_id_place_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.applications
    ADD CONSTRAINT applications_cooperative_id_place_id_fkey FOREIGN KEY (cooperative_id, place_id) REFERENCES coop.places(cooperative_id, id);

-- Name: assemblies assemblies_cooperative_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.assemblies
    ADD CONSTRAINT assemblies_cooperative_id_fkey FOREIGN KEY (cooperative_id) REFERENCES coop.cooperatives(id);

-- Name: assemblies assemblies_cooperative_id_made_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.assemblies
    ADD CONSTRAINT assemblies_cooperative_id_made_by_fkey FOREIGN KEY (cooperative_id, made_by) REFERENCES coop.members(cooperative_id, id);

-- Name: assemblies assemblies_cooperative_id_statute_n_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.assemblies
    ADD CONSTRAINT assemblies_cooperative_id_statute_n_fkey FOREIGN KEY (cooperative_id, statute_n) REFERENCES coop.statutes(cooperative_id, n);

-- Name: assembly_documents assembly_documents_cooperative_id_assembly_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.assembly_documents
    ADD CONSTRAINT assembly_documents_cooperative_id_assembly_id_fkey FOREIGN KEY (cooperative_id, assembly_id) REFERENCES coop.assemblies(cooperative_id, id);

-- Name: assembly_documents assembly_documents_cooperative_id_made_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.assembly_documents
    ADD CONSTRAINT assembly_documents_cooperative_id_made_by_fkey FOREIGN KEY (cooperative_id, made_by) REFERENCES coop.members(cooperative_id, id);

-- Name: assembly_events assembly_events_cooperative_id_assembly_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.assembly_events
    ADD CONSTRAINT assembly_events_cooperative_id_assembly_id_fkey FOREIGN KEY (cooperative_id, assembly_id) REFERENCES coop.assemblies(cooperative_id, id);

-- Name: attendances attendances_cooperative_id_event_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.attendances
    ADD CONSTRAINT attendances_cooperative_id_event_id_fkey FOREIGN KEY (cooperative_id, event_id) REFERENCES coop.events(cooperative_id, id);

-- Name: attendances attendances_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.attendances
    ADD CONSTRAINT attendances_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: ballots ballots_cooperative_id_vote_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.ballots
    ADD CONSTRAINT ballots_cooperative_id_vote_id_fkey FOREIGN KEY (cooperative_id, vote_id) REFERENCES coop.votes(cooperative_id, id);

-- Name: blocks blocks_cooperative_id_hidden_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.blocks
    ADD CONSTRAINT blocks_cooperative_id_hidden_id_fkey FOREIGN KEY (cooperative_id, hidden_id) REFERENCES coop.members(cooperative_id, id);

-- Name: blocks blocks_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.blocks
    ADD CONSTRAINT blocks_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: board_files board_files_cooperative_id_board_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.board_files
    ADD CONSTRAINT board_files_cooperative_id_board_id_fkey FOREIGN KEY (cooperative_id, board_id) REFERENCES coop.boards(cooperative_id, id);

-- Name: board_files board_files_cooperative_id_comment_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.board_files
    ADD CONSTRAINT board_files_cooperative_id_comment_id_fkey FOREIGN KEY (cooperative_id, comment_id) REFERENCES coop.comments(cooperative_id, id);

-- Name: board_files board_files_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.board_files
    ADD CONSTRAINT board_files_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: board_files board_files_cooperative_id_notice_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.board_files
    ADD CONSTRAINT board_files_cooperative_id_notice_id_fkey FOREIGN KEY (cooperative_id, notice_id) REFERENCES coop.notices(cooperative_id, id);

-- Name: board_log board_log_cooperative_id_board_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.board_log
    ADD CONSTRAINT board_log_cooperative_id_board_id_fkey FOREIGN KEY (cooperative_id, board_id) REFERENCES coop.boards(cooperative_id, id);

-- Name: board_log board_log_cooperative_id_comment_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.board_log
    ADD CONSTRAINT board_log_cooperative_id_comment_id_fkey FOREIGN KEY (cooperative_id, comment_id) REFERENCES coop.comments(cooperative_id, id);

-- Name: board_log board_log_cooperative_id_notice_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.board_log
    ADD CONSTRAINT board_log_cooperative_id_notice_id_fkey FOREIGN KEY (cooperative_id, notice_id) REFERENCES coop.notices(cooperative_id, id);

-- Name: board_mutes board_mutes_cooperative_id_board_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.board_mutes
    ADD CONSTRAINT board_mutes_cooperative_id_board_id_fkey FOREIGN KEY (cooperative_id, board_id) REFERENCES coop.boards(cooperative_id, id);

-- Name: board_mutes board_mutes_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.board_mutes
    ADD CONSTRAINT board_mutes_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: board_paces board_paces_cooperative_id_by_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.board_paces
    ADD CONSTRAINT board_paces_cooperative_id_by_member_id_fkey FOREIGN KEY (cooperative_id, by_member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: board_paces board_paces_cooperative_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.board_paces
    ADD CONSTRAINT board_paces_cooperative_id_fkey FOREIGN KEY (cooperative_id) REFERENCES coop.cooperatives(id);

-- Name: board_reads board_reads_cooperative_id_board_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.board_reads
    ADD CONSTRAINT board_reads_cooperative_id_board_id_fkey FOREIGN KEY (cooperative_id, board_id) REFERENCES coop.boards(cooperative_id, id);

-- Name: board_reads board_reads_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.board_reads
    ADD CONSTRAINT board_reads_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: board_reports board_reports_cooperative_id_file_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.board_reports
    ADD CONSTRAINT board_reports_cooperative_id_file_id_fkey FOREIGN KEY (cooperative_id, file_id) REFERENCES coop.board_files(cooperative_id, id);

-- Name: board_reports board_reports_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.board_reports
    ADD CONSTRAINT board_reports_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: board_rests board_rests_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.board_rests
    ADD CONSTRAINT board_rests_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: board_rulings board_rulings_cooperative_id_by_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.board_rulings
    ADD CONSTRAINT board_rulings_cooperative_id_by_member_id_fkey FOREIGN KEY (cooperative_id, by_member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: board_rulings board_rulings_cooperative_id_file_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.board_rulings
    ADD CONSTRAINT board_rulings_cooperative_id_file_id_fkey FOREIGN KEY (cooperative_id, file_id) REFERENCES coop.board_files(cooperative_id, id);

-- Name: boards boards_cooperative_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.boards
    ADD CONSTRAINT boards_cooperative_id_fkey FOREIGN KEY (cooperative_id) REFERENCES coop.cooperatives(id);

-- Name: boards boards_cooperative_id_place_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.boards
    ADD CONSTRAINT boards_cooperative_id_place_id_fkey FOREIGN KEY (cooperative_id, place_id) REFERENCES coop.places(cooperative_id, id);

-- Name: booking_rules booking_rules_cooperative_id_changed_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.booking_rules
    ADD CONSTRAINT booking_rules_cooperative_id_changed_by_fkey FOREIGN KEY (cooperative_id, changed_by) REFERENCES coop.members(cooperative_id, id);

-- Name: booking_rules booking_rules_cooperative_id_resource_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.booking_rules
    ADD CONSTRAINT booking_rules_cooperative_id_resource_id_fkey FOREIGN KEY (cooperative_id, resource_id) REFERENCES coop.resources(cooperative_id, id);

-- Name: bookings bookings_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.bookings
    ADD CONSTRAINT bookings_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: bookings bookings_cooperative_id_resource_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.bookings
    ADD CONSTRAINT bookings_cooperative_id_resource_id_fkey FOREIGN KEY (cooperative_id, resource_id) REFERENCES coop.resources(cooperative_id, id);

-- Name: entries both_entries_move_the_same_minutes; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.entries
    ADD CONSTRAINT both_entries_move_the_same_minutes FOREIGN KEY (cooperative_id, transfer_id, amount) REFERENCES coop.transfers(cooperative_id, id, minutes);

-- Name: buddy_volunteers buddy_volunteers_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.buddy_volunteers
    ADD CONSTRAINT buddy_volunteers_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: buddyship_events buddyship_events_cooperative_id_buddyship_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.buddyship_events
    ADD CONSTRAINT buddyship_events_cooperative_id_buddyship_id_fkey FOREIGN KEY (cooperative_id, buddyship_id) REFERENCES coop.buddyships(cooperative_id, id);

-- Name: buddyships buddyships_cooperative_id_asked_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.buddyships
    ADD CONSTRAINT buddyships_cooperative_id_asked_by_fkey FOREIGN KEY (cooperative_id, asked_by) REFERENCES coop.members(cooperative_id, id);

-- Name: buddyships buddyships_cooperative_id_buddy_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.buddyships
    ADD CONSTRAINT buddyships_cooperative_id_buddy_id_fkey FOREIGN KEY (cooperative_id, buddy_id) REFERENCES coop.members(cooperative_id, id);

-- Name: buddyships buddyships_cooperative_id_newcomer_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.buddyships
    ADD CONSTRAINT buddyships_cooperative_id_newcomer_id_fkey FOREIGN KEY (cooperative_id, newcomer_id) REFERENCES coop.members(cooperative_id, id);

-- Name: calendar_feeds calendar_feeds_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.calendar_feeds
    ADD CONSTRAINT calendar_feeds_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: charter_acceptances charter_acceptances_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.charter_acceptances
    ADD CONSTRAINT charter_acceptances_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: charter_acceptances charter_acceptances_cooperative_id_version_language_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.charter_acceptances
    ADD CONSTRAINT charter_acceptances_cooperative_id_version_language_fkey FOREIGN KEY (cooperative_id, version, language) REFERENCES coop.charters(cooperative_id, version, language);

-- Name: charters charters_cooperative_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.charters
    ADD CONSTRAINT charters_cooperative_id_fkey FOREIGN KEY (cooperative_id) REFERENCES coop.cooperatives(id);

-- Name: cheque_booklets cheque_booklets_cooperative_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.cheque_booklets
    ADD CONSTRAINT cheque_booklets_cooperative_id_fkey FOREIGN KEY (cooperative_id) REFERENCES coop.cooperatives(id);

-- Name: cheque_booklets cheque_booklets_cooperative_id_issued_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.cheque_booklets
    ADD CONSTRAINT cheque_booklets_cooperative_id_issued_by_fkey FOREIGN KEY (cooperative_id, issued_by) REFERENCES coop.members(cooperative_id, id);

-- Name: cheque_booklets cheque_booklets_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.cheque_booklets
    ADD CONSTRAINT cheque_booklets_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: cheque_events cheque_events_cooperative_id_by_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.cheque_events
    ADD CONSTRAINT cheque_events_cooperative_id_by_member_id_fkey FOREIGN KEY (cooperative_id, by_member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: cheque_events cheque_events_cooperative_id_leaf_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.cheque_events
    ADD CONSTRAINT cheque_events_cooperative_id_leaf_id_fkey FOREIGN KEY (cooperative_id, leaf_id) REFERENCES coop.cheque_leaves(cooperative_id, id);

-- Name: cheque_events cheque_events_cooperative_id_witness_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.cheque_events
    ADD CONSTRAINT cheque_events_cooperative_id_witness_id_fkey FOREIGN KEY (cooperative_id, witness_id) REFERENCES coop.members(cooperative_id, id);

-- Name: cheque_leaves cheque_leaves_cooperative_id_bearer_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.cheque_leaves
    ADD CONSTRAINT cheque_leaves_cooperative_id_bearer_id_fkey FOREIGN KEY (cooperative_id, bearer_id) REFERENCES coop.members(cooperative_id, id);

-- Name: cheque_leaves cheque_leaves_cooperative_id_booklet_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.cheque_leaves
    ADD CONSTRAINT cheque_leaves_cooperative_id_booklet_id_fkey FOREIGN KEY (cooperative_id, booklet_id) REFERENCES coop.cheque_booklets(cooperative_id, id);

-- Name: cheque_leaves cheque_leaves_cooperative_id_drawer_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.cheque_leaves
    ADD CONSTRAINT cheque_leaves_cooperative_id_drawer_id_fkey FOREIGN KEY (cooperative_id, drawer_id) REFERENCES coop.members(cooperative_id, id);

-- Name: cheque_leaves cheque_leaves_cooperative_id_transfer_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.cheque_leaves
    ADD CONSTRAINT cheque_leaves_cooperative_id_transfer_id_fkey FOREIGN KEY (cooperative_id, transfer_id) REFERENCES coop.transfers(cooperative_id, id);

-- Name: comments comments_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.comments
    ADD CONSTRAINT comments_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: comments comments_cooperative_id_notice_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.comments
    ADD CONSTRAINT comments_cooperative_id_notice_id_fkey FOREIGN KEY (cooperative_id, notice_id) REFERENCES coop.notices(cooperative_id, id);

-- Name: convocations convocations_cooperative_id_assembly_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.convocations
    ADD CONSTRAINT convocations_cooperative_id_assembly_id_fkey FOREIGN KEY (cooperative_id, assembly_id) REFERENCES coop.assemblies(cooperative_id, id);

-- Name: convocations convocations_cooperative_id_by_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.convocations
    ADD CONSTRAINT convocations_cooperative_id_by_member_id_fkey FOREIGN KEY (cooperative_id, by_member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: convocations convocations_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.convocations
    ADD CONSTRAINT convocations_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: convocations convocations_cooperative_id_place_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.convocations
    ADD CONSTRAINT convocations_cooperative_id_place_id_fkey FOREIGN KEY (cooperative_id, place_id) REFERENCES coop.places(cooperative_id, id);

-- Name: damages damages_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.damages
    ADD CONSTRAINT damages_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: damages damages_cooperative_id_mended_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.damages
    ADD CONSTRAINT damages_cooperative_id_mended_by_fkey FOREIGN KEY (cooperative_id, mended_by) REFERENCES coop.members(cooperative_id, id);

-- Name: damages damages_cooperative_id_resource_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.damages
    ADD CONSTRAINT damages_cooperative_id_resource_id_fkey FOREIGN KEY (cooperative_id, resource_id) REFERENCES coop.resources(cooperative_id, id);

-- Name: departure_rules departure_rules_cooperative_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.departure_rules
    ADD CONSTRAINT departure_rules_cooperative_id_fkey FOREIGN KEY (cooperative_id) REFERENCES coop.cooperatives(id);

-- Name: departure_rules departure_rules_cooperative_id_made_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.departure_rules
    ADD CONSTRAINT departure_rules_cooperative_id_made_by_fkey FOREIGN KEY (cooperative_id, made_by) REFERENCES coop.members(cooperative_id, id);

-- Name: departures departures_cooperative_id_begun_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.departures
    ADD CONSTRAINT departures_cooperative_id_begun_by_fkey FOREIGN KEY (cooperative_id, begun_by) REFERENCES coop.members(cooperative_id, id);

-- Name: departures departures_cooperative_id_closed_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.departures
    ADD CONSTRAINT departures_cooperative_id_closed_by_fkey FOREIGN KEY (cooperative_id, closed_by) REFERENCES coop.members(cooperative_id, id);

-- Name: departures departures_cooperative_id_erase_asked_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.departures
    ADD CONSTRAINT departures_cooperative_id_erase_asked_by_fkey FOREIGN KEY (cooperative_id, erase_asked_by) REFERENCES coop.members(cooperative_id, id);

-- Name: departures departures_cooperative_id_erase_off_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.departures
    ADD CONSTRAINT departures_cooperative_id_erase_off_by_fkey FOREIGN KEY (cooperative_id, erase_off_by) REFERENCES coop.members(cooperative_id, id);

-- Name: departures departures_cooperative_id_heir_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.departures
    ADD CONSTRAINT departures_cooperative_id_heir_id_fkey FOREIGN KEY (cooperative_id, heir_id) REFERENCES coop.members(cooperative_id, id);

-- Name: departures departures_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.departures
    ADD CONSTRAINT departures_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: departures departures_cooperative_id_rule_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.departures
    ADD CONSTRAINT departures_cooperative_id_rule_id_fkey FOREIGN KEY (cooperative_id, rule_id) REFERENCES coop.departure_rules(cooperative_id, id);

-- Name: departures departures_cooperative_id_witness_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.departures
    ADD CONSTRAINT departures_cooperative_id_witness_id_fkey FOREIGN KEY (cooperative_id, witness_id) REFERENCES coop.members(cooperative_id, id);

-- Name: deposits deposits_cooperative_id_back_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.deposits
    ADD CONSTRAINT deposits_cooperative_id_back_id_fkey FOREIGN KEY (cooperative_id, back_id) REFERENCES coop.transfers(cooperative_id, id);

-- Name: deposits deposits_cooperative_id_kept_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.deposits
    ADD CONSTRAINT deposits_cooperative_id_kept_by_fkey FOREIGN KEY (cooperative_id, kept_by) REFERENCES coop.members(cooperative_id, id);

-- Name: deposits deposits_cooperative_id_loan_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.deposits
    ADD CONSTRAINT deposits_cooperative_id_loan_id_fkey FOREIGN KEY (cooperative_id, loan_id) REFERENCES coop.loans(cooperative_id, id);

-- Name: deposits deposits_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.deposits
    ADD CONSTRAINT deposits_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: deposits deposits_cooperative_id_transfer_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.deposits
    ADD CONSTRAINT deposits_cooperative_id_transfer_id_fkey FOREIGN KEY (cooperative_id, transfer_id) REFERENCES coop.transfers(cooperative_id, id);

-- Name: directory directory_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.directory
    ADD CONSTRAINT directory_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: entries entries_cooperative_id_account_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.entries
    ADD CONSTRAINT entries_cooperative_id_account_id_fkey FOREIGN KEY (cooperative_id, account_id) REFERENCES coop.hours_accounts(cooperative_id, id);

-- Name: entries entries_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.entries
    ADD CONSTRAINT entries_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: event_lots event_lots_cooperative_id_event_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.event_lots
    ADD CONSTRAINT event_lots_cooperative_id_event_id_fkey FOREIGN KEY (cooperative_id, event_id) REFERENCES coop.events(cooperative_id, id);

-- Name: event_lots event_lots_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.event_lots
    ADD CONSTRAINT event_lots_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: event_series event_series_cooperative_id_organiser_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.event_series
    ADD CONSTRAINT event_series_cooperative_id_organiser_id_fkey FOREIGN KEY (cooperative_id, organiser_id) REFERENCES coop.members(cooperative_id, id);

-- Name: events events_cooperative_id_organiser_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.events
    ADD CONSTRAINT events_cooperative_id_organiser_id_fkey FOREIGN KEY (cooperative_id, organiser_id) REFERENCES coop.members(cooperative_id, id);

-- Name: events events_cooperative_id_place_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.events
    ADD CONSTRAINT events_cooperative_id_place_id_fkey FOREIGN KEY (cooperative_id, place_id) REFERENCES coop.places(cooperative_id, id);

-- Name: fund_draw_events fund_draw_events_cooperative_id_by_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.fund_draw_events
    ADD CONSTRAINT fund_draw_events_cooperative_id_by_member_id_fkey FOREIGN KEY (cooperative_id, by_member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: fund_draw_events fund_draw_events_cooperative_id_draw_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.fund_draw_events
    ADD CONSTRAINT fund_draw_events_cooperative_id_draw_id_fkey FOREIGN KEY (cooperative_id, draw_id) REFERENCES coop.fund_draws(cooperative_id, id);

-- Name: fund_draws fund_draws_cooperative_id_began_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.fund_draws
    ADD CONSTRAINT fund_draws_cooperative_id_began_by_fkey FOREIGN KEY (cooperative_id, began_by) REFERENCES coop.members(cooperative_id, id);

-- Name: fund_draws fund_draws_cooperative_id_decided_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.fund_draws
    ADD CONSTRAINT fund_draws_cooperative_id_decided_by_fkey FOREIGN KEY (cooperative_id, decided_by) REFERENCES coop.members(cooperative_id, id);

-- Name: fund_draws fund_draws_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.fund_draws
    ADD CONSTRAINT fund_draws_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: fund_draws fund_draws_cooperative_id_rule_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.fund_draws
    ADD CONSTRAINT fund_draws_cooperative_id_rule_id_fkey FOREIGN KEY (cooperative_id, rule_id) REFERENCES coop.fund_rules(cooperative_id, id);

-- Name: fund_draws fund_draws_cooperative_id_transfer_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.fund_draws
    ADD CONSTRAINT fund_draws_cooperative_id_transfer_id_fkey FOREIGN KEY (cooperative_id, transfer_id) REFERENCES coop.transfers(cooperative_id, id);

-- Name: fund_rules fund_rules_cooperative_id_ended_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.fund_rules
    ADD CONSTRAINT fund_rules_cooperative_id_ended_by_fkey FOREIGN KEY (cooperative_id, ended_by) REFERENCES coop.members(cooperative_id, id);

-- Name: fund_rules fund_rules_cooperative_id_entered_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.fund_rules
    ADD CONSTRAINT fund_rules_cooperative_id_entered_by_fkey FOREIGN KEY (cooperative_id, entered_by) REFERENCES coop.members(cooperative_id, id);

-- Name: fund_rules fund_rules_cooperative_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.fund_rules
    ADD CONSTRAINT fund_rules_cooperative_id_fkey FOREIGN KEY (cooperative_id) REFERENCES coop.cooperatives(id);

-- Name: hours_accounts hours_accounts_cooperative_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.hours_accounts
    ADD CONSTRAINT hours_accounts_cooperative_id_fkey FOREIGN KEY (cooperative_id) REFERENCES coop.cooperatives(id);

-- Name: hours_accounts hours_accounts_cooperative_id_goes_to_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.hours_accounts
    ADD CONSTRAINT hours_accounts_cooperative_id_goes_to_fkey FOREIGN KEY (cooperative_id, goes_to) REFERENCES coop.hours_accounts(cooperative_id, id);

-- Name: hours_accounts hours_accounts_cooperative_id_household_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.hours_accounts
    ADD CONSTRAINT hours_accounts_cooperative_id_household_id_fkey FOREIGN KEY (cooperative_id, household_id) REFERENCES coop.households(cooperative_id, id);

-- Name: hours_accounts hours_accounts_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.hours_accounts
    ADD CONSTRAINT hours_accounts_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: hours_limit_changes hours_limit_changes_cooperative_id_by_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.hours_limit_changes
    ADD CONSTRAINT hours_limit_changes_cooperative_id_by_member_id_fkey FOREIGN KEY (cooperative_id, by_member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: hours_limit_changes hours_limit_changes_cooperative_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.hours_limit_changes
    ADD CONSTRAINT hours_limit_changes_cooperative_id_fkey FOREIGN KEY (cooperative_id) REFERENCES coop.cooperatives(id);

-- Name: hours_limits hours_limits_cooperative_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.hours_limits
    ADD CONSTRAINT hours_limits_cooperative_id_fkey FOREIGN KEY (cooperative_id) REFERENCES coop.cooperatives(id);

-- Name: hours_reserved hours_reserved_cooperative_id_account_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.hours_reserved
    ADD CONSTRAINT hours_reserved_cooperative_id_account_id_fkey FOREIGN KEY (cooperative_id, account_id) REFERENCES coop.hours_accounts(cooperative_id, id);

-- Name: hours_reserved hours_reserved_cooperative_id_agreement_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.hours_reserved
    ADD CONSTRAINT hours_reserved_cooperative_id_agreement_id_fkey FOREIGN KEY (cooperative_id, agreement_id) REFERENCES coop.agreements(cooperative_id, id);

-- Name: hours_reserved hours_reserved_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.hours_reserved
    ADD CONSTRAINT hours_reserved_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: household_events household_events_cooperative_id_by_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.household_events
    ADD CONSTRAINT household_events_cooperative_id_by_member_id_fkey FOREIGN KEY (cooperative_id, by_member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: household_events household_events_cooperative_id_household_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.household_events
    ADD CONSTRAINT household_events_cooperative_id_household_id_fkey FOREIGN KEY (cooperative_id, household_id) REFERENCES coop.households(cooperative_id, id);

-- Name: household_events household_events_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.household_events
    ADD CONSTRAINT household_events_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: household_events household_events_cooperative_id_witness_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.household_events
    ADD CONSTRAINT household_events_cooperative_id_witness_id_fkey FOREIGN KEY (cooperative_id, witness_id) REFERENCES coop.members(cooperative_id, id);

-- Name: household_invitations household_invitations_cooperative_id_household_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.household_invitations
    ADD CONSTRAINT household_invitations_cooperative_id_household_id_fkey FOREIGN KEY (cooperative_id, household_id) REFERENCES coop.households(cooperative_id, id);

-- Name: household_invitations household_invitations_cooperative_id_made_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.household_invitations
    ADD CONSTRAINT household_invitations_cooperative_id_made_by_fkey FOREIGN KEY (cooperative_id, made_by) REFERENCES coop.members(cooperative_id, id);

-- Name: household_invitations household_invitations_cooperative_id_used_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.household_invitations
    ADD CONSTRAINT household_invitations_cooperative_id_used_by_fkey FOREIGN KEY (cooperative_id, used_by) REFERENCES coop.members(cooperative_id, id);

-- Name: household_members household_members_cooperative_id_household_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.household_members
    ADD CONSTRAINT household_members_cooperative_id_household_id_fkey FOREIGN KEY (cooperative_id, household_id) REFERENCES coop.households(cooperative_id, id);

-- Name: household_members household_members_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.household_members
    ADD CONSTRAINT household_members_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: household_minors household_minors_cooperative_id_added_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.household_minors
    ADD CONSTRAINT household_minors_cooperative_id_added_by_fkey FOREIGN KEY (cooperative_id, added_by) REFERENCES coop.members(cooperative_id, id);

-- Name: household_minors household_minors_cooperative_id_household_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.household_minors
    ADD CONSTRAINT household_minors_cooperative_id_household_id_fkey FOREIGN KEY (cooperative_id, household_id) REFERENCES coop.households(cooperative_id, id);

-- Name: households households_cooperative_id_began_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.households
    ADD CONSTRAINT households_cooperative_id_began_by_fkey FOREIGN KEY (cooperative_id, began_by) REFERENCES coop.members(cooperative_id, id);

-- Name: households households_cooperative_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.households
    ADD CONSTRAINT households_cooperative_id_fkey FOREIGN KEY (cooperative_id) REFERENCES coop.cooperatives(id);

-- Name: import_files import_files_cooperative_id_import_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.import_files
    ADD CONSTRAINT import_files_cooperative_id_import_id_fkey FOREIGN KEY (cooperative_id, import_id) REFERENCES coop.imports(cooperative_id, id);

-- Name: import_lines import_lines_cooperative_id_import_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.import_lines
    ADD CONSTRAINT import_lines_cooperative_id_import_id_fkey FOREIGN KEY (cooperative_id, import_id) REFERENCES coop.imports(cooperative_id, id);

-- Name: import_lines import_lines_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.import_lines
    ADD CONSTRAINT import_lines_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: import_lines import_lines_cooperative_id_transfer_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.import_lines
    ADD CONSTRAINT import_lines_cooperative_id_transfer_id_fkey FOREIGN KEY (cooperative_id, transfer_id) REFERENCES coop.transfers(cooperative_id, id);

-- Name: import_rows import_rows_cooperative_id_import_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.import_rows
    ADD CONSTRAINT import_rows_cooperative_id_import_id_fkey FOREIGN KEY (cooperative_id, import_id) REFERENCES coop.imports(cooperative_id, id);

-- Name: import_rows import_rows_cooperative_id_other_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.import_rows
    ADD CONSTRAINT import_rows_cooperative_id_other_id_fkey FOREIGN KEY (cooperative_id, other_id) REFERENCES coop.members(cooperative_id, id);

-- Name: import_rows import_rows_cooperative_id_place_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.import_rows
    ADD CONSTRAINT import_rows_cooperative_id_place_id_fkey FOREIGN KEY (cooperative_id, place_id) REFERENCES coop.places(cooperative_id, id);

-- Name: imports imports_cooperative_id_confirmed_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.imports
    ADD CONSTRAINT imports_cooperative_id_confirmed_by_fkey FOREIGN KEY (cooperative_id, confirmed_by) REFERENCES coop.members(cooperative_id, id);

-- Name: imports imports_cooperative_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.imports
    ADD CONSTRAINT imports_cooperative_id_fkey FOREIGN KEY (cooperative_id) REFERENCES coop.cooperatives(id);

-- Name: imports imports_cooperative_id_place_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.imports
    ADD CONSTRAINT imports_cooperative_id_place_id_fkey FOREIGN KEY (cooperative_id, place_id) REFERENCES coop.places(cooperative_id, id);

-- Name: imports imports_cooperative_id_uploaded_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.imports
    ADD CONSTRAINT imports_cooperative_id_uploaded_by_fkey FOREIGN KEY (cooperative_id, uploaded_by) REFERENCES coop.members(cooperative_id, id);

-- Name: inbox inbox_cooperative_id_by_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.inbox
    ADD CONSTRAINT inbox_cooperative_id_by_member_id_fkey FOREIGN KEY (cooperative_id, by_member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: inbox inbox_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.inbox
    ADD CONSTRAINT inbox_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: invitations invitations_cooperative_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.invitations
    ADD CONSTRAINT invitations_cooperative_id_fkey FOREIGN KEY (cooperative_id) REFERENCES coop.cooperatives(id);

-- Name: invitations invitations_cooperative_id_made_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.invitations
    ADD CONSTRAINT invitations_cooperative_id_made_by_fkey FOREIGN KEY (cooperative_id, made_by) REFERENCES coop.members(cooperative_id, id);

-- Name: invitations invitations_cooperative_id_place_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.invitations
    ADD CONSTRAINT invitations_cooperative_id_place_id_fkey FOREIGN KEY (cooperative_id, place_id) REFERENCES coop.places(cooperative_id, id);

-- Name: invitations invitations_cooperative_id_used_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.invitations
    ADD CONSTRAINT invitations_cooperative_id_used_by_fkey FOREIGN KEY (cooperative_id, used_by) REFERENCES coop.members(cooperative_id, id);

-- Name: leaflets leaflets_cooperative_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.leaflets
    ADD CONSTRAINT leaflets_cooperative_id_fkey FOREIGN KEY (cooperative_id) REFERENCES coop.cooperatives(id);

-- Name: leaflets leaflets_cooperative_id_made_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.leaflets
    ADD CONSTRAINT leaflets_cooperative_id_made_by_fkey FOREIGN KEY (cooperative_id, made_by) REFERENCES coop.members(cooperative_id, id);

-- Name: lending_rules lending_rules_cooperative_id_changed_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.lending_rules
    ADD CONSTRAINT lending_rules_cooperative_id_changed_by_fkey FOREIGN KEY (cooperative_id, changed_by) REFERENCES coop.members(cooperative_id, id);

-- Name: lending_rules lending_rules_cooperative_id_resource_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.lending_rules
    ADD CONSTRAINT lending_rules_cooperative_id_resource_id_fkey FOREIGN KEY (cooperative_id, resource_id) REFERENCES coop.resources(cooperative_id, id);

-- Name: listing_photos listing_photos_cooperative_id_listing_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.listing_photos
    ADD CONSTRAINT listing_photos_cooperative_id_listing_id_fkey FOREIGN KEY (cooperative_id, listing_id) REFERENCES coop.listings(cooperative_id, id);

-- Name: listing_photos listing_photos_cooperative_id_photo_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.listing_photos
    ADD CONSTRAINT listing_photos_cooperative_id_photo_id_fkey FOREIGN KEY (cooperative_id, photo_id) REFERENCES coop.photos(cooperative_id, id);

-- Name: listing_reports listing_reports_cooperative_id_listing_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.listing_reports
    ADD CONSTRAINT listing_reports_cooperative_id_listing_id_fkey FOREIGN KEY (cooperative_id, listing_id) REFERENCES coop.listings(cooperative_id, id);

-- Name: listing_reports listing_reports_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.listing_reports
    ADD CONSTRAINT listing_reports_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: listing_rulings listing_rulings_cooperative_id_by_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.listing_rulings
    ADD CONSTRAINT listing_rulings_cooperative_id_by_member_id_fkey FOREIGN KEY (cooperative_id, by_member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: listing_rulings listing_rulings_cooperative_id_listing_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.listing_rulings
    ADD CONSTRAINT listing_rulings_cooperative_id_listing_id_fkey FOREIGN KEY (cooperative_id, listing_id) REFERENCES coop.listings(cooperative_id, id);

-- Name: listing_words listing_words_cooperative_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.listing_words
    ADD CONSTRAINT listing_words_cooperative_id_fkey FOREIGN KEY (cooperative_id) REFERENCES coop.cooperatives(id);

-- Name: listings listings_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.listings
    ADD CONSTRAINT listings_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: loans loans_cooperative_id_handed_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.loans
    ADD CONSTRAINT loans_cooperative_id_handed_by_fkey FOREIGN KEY (cooperative_id, handed_by) REFERENCES coop.members(cooperative_id, id);

-- Name: loans loans_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.loans
    ADD CONSTRAINT loans_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: loans loans_cooperative_id_resource_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.loans
    ADD CONSTRAINT loans_cooperative_id_resource_id_fkey FOREIGN KEY (cooperative_id, resource_id) REFERENCES coop.resources(cooperative_id, id);

-- Name: loans loans_cooperative_id_taken_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.loans
    ADD CONSTRAINT loans_cooperative_id_taken_by_fkey FOREIGN KEY (cooperative_id, taken_by) REFERENCES coop.members(cooperative_id, id);

-- Name: majorities majorities_cooperative_id_statute_n_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.majorities
    ADD CONSTRAINT majorities_cooperative_id_statute_n_fkey FOREIGN KEY (cooperative_id, statute_n) REFERENCES coop.statutes(cooperative_id, n);

-- Name: member_events member_events_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.member_events
    ADD CONSTRAINT member_events_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: member_places member_places_cooperative_id_by_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.member_places
    ADD CONSTRAINT member_places_cooperative_id_by_member_id_fkey FOREIGN KEY (cooperative_id, by_member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: member_places member_places_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.member_places
    ADD CONSTRAINT member_places_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: member_places member_places_cooperative_id_place_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.member_places
    ADD CONSTRAINT member_places_cooperative_id_place_id_fkey FOREIGN KEY (cooperative_id, place_id) REFERENCES coop.places(cooperative_id, id);

-- Name: member_roles member_roles_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.member_roles
    ADD CONSTRAINT member_roles_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: members members_cooperative_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.members
    ADD CONSTRAINT members_cooperative_id_fkey FOREIGN KEY (cooperative_id) REFERENCES coop.cooperatives(id);

-- Name: minted_hours minted_hours_cooperative_id_rule_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.minted_hours
    ADD CONSTRAINT minted_hours_cooperative_id_rule_id_fkey FOREIGN KEY (cooperative_id, rule_id) REFERENCES coop.minting_rules(cooperative_id, id);

-- Name: minted_hours minted_hours_cooperative_id_transfer_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.minted_hours
    ADD CONSTRAINT minted_hours_cooperative_id_transfer_id_fkey FOREIGN KEY (cooperative_id, transfer_id) REFERENCES coop.transfers(cooperative_id, id);

-- Name: minting_rules minting_rules_cooperative_id_ended_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.minting_rules
    ADD CONSTRAINT minting_rules_cooperative_id_ended_by_fkey FOREIGN KEY (cooperative_id, ended_by) REFERENCES coop.members(cooperative_id, id);

-- Name: minting_rules minting_rules_cooperative_id_entered_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.minting_rules
    ADD CONSTRAINT minting_rules_cooperative_id_entered_by_fkey FOREIGN KEY (cooperative_id, entered_by) REFERENCES coop.members(cooperative_id, id);

-- Name: minting_rules minting_rules_cooperative_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.minting_rules
    ADD CONSTRAINT minting_rules_cooperative_id_fkey FOREIGN KEY (cooperative_id) REFERENCES coop.cooperatives(id);

-- Name: minutes_contests minutes_contests_cooperative_id_answered_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.minutes_contests
    ADD CONSTRAINT minutes_contests_cooperative_id_answered_by_fkey FOREIGN KEY (cooperative_id, answered_by) REFERENCES coop.members(cooperative_id, id);

-- Name: minutes_contests minutes_contests_cooperative_id_assembly_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.minutes_contests
    ADD CONSTRAINT minutes_contests_cooperative_id_assembly_id_fkey FOREIGN KEY (cooperative_id, assembly_id) REFERENCES coop.minutes(cooperative_id, assembly_id);

-- Name: minutes_contests minutes_contests_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.minutes_contests
    ADD CONSTRAINT minutes_contests_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: minutes minutes_cooperative_id_assembly_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.minutes
    ADD CONSTRAINT minutes_cooperative_id_assembly_id_fkey FOREIGN KEY (cooperative_id, assembly_id) REFERENCES coop.assemblies(cooperative_id, id);

-- Name: minutes minutes_cooperative_id_chair_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.minutes
    ADD CONSTRAINT minutes_cooperative_id_chair_id_fkey FOREIGN KEY (cooperative_id, chair_id) REFERENCES coop.members(cooperative_id, id);

-- Name: minutes minutes_cooperative_id_named_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.minutes
    ADD CONSTRAINT minutes_cooperative_id_named_by_fkey FOREIGN KEY (cooperative_id, named_by) REFERENCES coop.members(cooperative_id, id);

-- Name: minutes minutes_cooperative_id_secretary_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.minutes
    ADD CONSTRAINT minutes_cooperative_id_secretary_id_fkey FOREIGN KEY (cooperative_id, secretary_id) REFERENCES coop.members(cooperative_id, id);

-- Name: minutes_signatures minutes_signatures_cooperative_id_assembly_id_n_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.minutes_signatures
    ADD CONSTRAINT minutes_signatures_cooperative_id_assembly_id_n_fkey FOREIGN KEY (cooperative_id, assembly_id, n) REFERENCES coop.minutes_texts(cooperative_id, assembly_id, n);

-- Name: minutes_signatures minutes_signatures_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.minutes_signatures
    ADD CONSTRAINT minutes_signatures_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: minutes_texts minutes_texts_cooperative_id_assembly_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.minutes_texts
    ADD CONSTRAINT minutes_texts_cooperative_id_assembly_id_fkey FOREIGN KEY (cooperative_id, assembly_id) REFERENCES coop.minutes(cooperative_id, assembly_id);

-- Name: minutes_texts minutes_texts_cooperative_id_written_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.minutes_texts
    ADD CONSTRAINT minutes_texts_cooperative_id_written_by_fkey FOREIGN KEY (cooperative_id, written_by) REFERENCES coop.members(cooperative_id, id);

-- Name: minutes_words minutes_words_cooperative_id_assembly_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.minutes_words
    ADD CONSTRAINT minutes_words_cooperative_id_assembly_id_fkey FOREIGN KEY (cooperative_id, assembly_id) REFERENCES coop.minutes(cooperative_id, assembly_id);

-- Name: motions motions_cooperative_id_assembly_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.motions
    ADD CONSTRAINT motions_cooperative_id_assembly_id_fkey FOREIGN KEY (cooperative_id, assembly_id) REFERENCES coop.assemblies(cooperative_id, id);

-- Name: motions motions_cooperative_id_made_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.motions
    ADD CONSTRAINT motions_cooperative_id_made_by_fkey FOREIGN KEY (cooperative_id, made_by) REFERENCES coop.members(cooperative_id, id);

-- Name: notice_edits notice_edits_cooperative_id_notice_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.notice_edits
    ADD CONSTRAINT notice_edits_cooperative_id_notice_id_fkey FOREIGN KEY (cooperative_id, notice_id) REFERENCES coop.notices(cooperative_id, id);

-- Name: notice_photos notice_photos_cooperative_id_notice_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.notice_photos
    ADD CONSTRAINT notice_photos_cooperative_id_notice_id_fkey FOREIGN KEY (cooperative_id, notice_id) REFERENCES coop.notices(cooperative_id, id);

-- Name: notice_photos notice_photos_cooperative_id_photo_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.notice_photos
    ADD CONSTRAINT notice_photos_cooperative_id_photo_id_fkey FOREIGN KEY (cooperative_id, photo_id) REFERENCES coop.photos(cooperative_id, id);

-- Name: notices notices_cooperative_id_board_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.notices
    ADD CONSTRAINT notices_cooperative_id_board_id_fkey FOREIGN KEY (cooperative_id, board_id) REFERENCES coop.boards(cooperative_id, id);

-- Name: notices notices_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.notices
    ADD CONSTRAINT notices_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: paper_counts paper_counts_cooperative_id_scrutineer_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.paper_counts
    ADD CONSTRAINT paper_counts_cooperative_id_scrutineer_id_fkey FOREIGN KEY (cooperative_id, scrutineer_id) REFERENCES coop.members(cooperative_id, id);

-- Name: paper_counts paper_counts_cooperative_id_vote_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.paper_counts
    ADD CONSTRAINT paper_counts_cooperative_id_vote_id_fkey FOREIGN KEY (cooperative_id, vote_id) REFERENCES coop.votes(cooperative_id, id);

-- Name: participation participation_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.participation
    ADD CONSTRAINT participation_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: parting_signatures parting_signatures_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.parting_signatures
    ADD CONSTRAINT parting_signatures_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: parting_signatures parting_signatures_cooperative_id_parting_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.parting_signatures
    ADD CONSTRAINT parting_signatures_cooperative_id_parting_id_fkey FOREIGN KEY (cooperative_id, parting_id) REFERENCES coop.partings(cooperative_id, id);

-- Name: parting_signatures parting_signatures_cooperative_id_witness_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.parting_signatures
    ADD CONSTRAINT parting_signatures_cooperative_id_witness_id_fkey FOREIGN KEY (cooperative_id, witness_id) REFERENCES coop.members(cooperative_id, id);

-- Name: partings partings_cooperative_id_household_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.partings
    ADD CONSTRAINT partings_cooperative_id_household_id_fkey FOREIGN KEY (cooperative_id, household_id) REFERENCES coop.households(cooperative_id, id);

-- Name: partings partings_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.partings
    ADD CONSTRAINT partings_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: partings partings_cooperative_id_settled_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.partings
    ADD CONSTRAINT partings_cooperative_id_settled_by_fkey FOREIGN KEY (cooperative_id, settled_by) REFERENCES coop.members(cooperative_id, id);

-- Name: passport_links passport_links_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.passport_links
    ADD CONSTRAINT passport_links_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: pauses pauses_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.pauses
    ADD CONSTRAINT pauses_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: photos photos_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.photos
    ADD CONSTRAINT photos_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: places places_cooperative_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.places
    ADD CONSTRAINT places_cooperative_id_fkey FOREIGN KEY (cooperative_id) REFERENCES coop.cooperatives(id);

-- Name: poster_items poster_items_cooperative_id_kind_subject_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.poster_items
    ADD CONSTRAINT poster_items_cooperative_id_kind_subject_id_fkey FOREIGN KEY (cooperative_id, kind, subject_id) REFERENCES coop.poster_codes(cooperative_id, kind, subject_id);

-- Name: poster_items poster_items_cooperative_id_poster_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.poster_items
    ADD CONSTRAINT poster_items_cooperative_id_poster_id_fkey FOREIGN KEY (cooperative_id, poster_id) REFERENCES coop.posters(cooperative_id, id);

-- Name: poster_listings poster_listings_cooperative_id_listing_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.poster_listings
    ADD CONSTRAINT poster_listings_cooperative_id_listing_id_fkey FOREIGN KEY (cooperative_id, listing_id) REFERENCES coop.listings(cooperative_id, id);

-- Name: posters posters_cooperative_id_made_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.posters
    ADD CONSTRAINT posters_cooperative_id_made_by_fkey FOREIGN KEY (cooperative_id, made_by) REFERENCES coop.members(cooperative_id, id);

-- Name: posters posters_cooperative_id_place_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.posters
    ADD CONSTRAINT posters_cooperative_id_place_id_fkey FOREIGN KEY (cooperative_id, place_id) REFERENCES coop.places(cooperative_id, id);

-- Name: presences presences_cooperative_id_assembly_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.presences
    ADD CONSTRAINT presences_cooperative_id_assembly_id_member_id_fkey FOREIGN KEY (cooperative_id, assembly_id, member_id) REFERENCES coop.roll(cooperative_id, assembly_id, member_id);

-- Name: problem_homes problem_homes_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.problem_homes
    ADD CONSTRAINT problem_homes_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: problem_homes problem_homes_cooperative_id_place_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.problem_homes
    ADD CONSTRAINT problem_homes_cooperative_id_place_id_fkey FOREIGN KEY (cooperative_id, place_id) REFERENCES coop.places(cooperative_id, id);

-- Name: problem_homes problem_homes_cooperative_id_problem_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.problem_homes
    ADD CONSTRAINT problem_homes_cooperative_id_problem_id_fkey FOREIGN KEY (cooperative_id, problem_id) REFERENCES coop.problems(cooperative_id, id);

-- Name: problem_steps problem_steps_cooperative_id_by_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.problem_steps
    ADD CONSTRAINT problem_steps_cooperative_id_by_member_id_fkey FOREIGN KEY (cooperative_id, by_member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: problem_steps problem_steps_cooperative_id_problem_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.problem_steps
    ADD CONSTRAINT problem_steps_cooperative_id_problem_id_fkey FOREIGN KEY (cooperative_id, problem_id) REFERENCES coop.problems(cooperative_id, id);

-- Name: problems problems_cooperative_id_opened_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.problems
    ADD CONSTRAINT problems_cooperative_id_opened_by_fkey FOREIGN KEY (cooperative_id, opened_by) REFERENCES coop.members(cooperative_id, id);

-- Name: problems problems_cooperative_id_place_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.problems
    ADD CONSTRAINT problems_cooperative_id_place_id_fkey FOREIGN KEY (cooperative_id, place_id) REFERENCES coop.places(cooperative_id, id);

-- Name: proxies proxies_cooperative_id_assembly_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.proxies
    ADD CONSTRAINT proxies_cooperative_id_assembly_id_fkey FOREIGN KEY (cooperative_id, assembly_id) REFERENCES coop.assemblies(cooperative_id, id);

-- Name: proxies proxies_cooperative_id_giver_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.proxies
    ADD CONSTRAINT proxies_cooperative_id_giver_id_fkey FOREIGN KEY (cooperative_id, giver_id) REFERENCES coop.members(cooperative_id, id);

-- Name: proxies proxies_cooperative_id_holder_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.proxies
    ADD CONSTRAINT proxies_cooperative_id_holder_id_fkey FOREIGN KEY (cooperative_id, holder_id) REFERENCES coop.members(cooperative_id, id);

-- Name: proxies proxies_cooperative_id_witness_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.proxies
    ADD CONSTRAINT proxies_cooperative_id_witness_id_fkey FOREIGN KEY (cooperative_id, witness_id) REFERENCES coop.members(cooperative_id, id);

-- Name: reactions reactions_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.reactions
    ADD CONSTRAINT reactions_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: reactions reactions_cooperative_id_notice_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.reactions
    ADD CONSTRAINT reactions_cooperative_id_notice_id_fkey FOREIGN KEY (cooperative_id, notice_id) REFERENCES coop.notices(cooperative_id, id);

-- Name: registrations registrations_cooperative_id_event_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.registrations
    ADD CONSTRAINT registrations_cooperative_id_event_id_fkey FOREIGN KEY (cooperative_id, event_id) REFERENCES coop.events(cooperative_id, id);

-- Name: registrations registrations_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.registrations
    ADD CONSTRAINT registrations_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: resources resources_cooperative_id_made_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.resources
    ADD CONSTRAINT resources_cooperative_id_made_by_fkey FOREIGN KEY (cooperative_id, made_by) REFERENCES coop.members(cooperative_id, id);

-- Name: resources resources_cooperative_id_place_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.resources
    ADD CONSTRAINT resources_cooperative_id_place_id_fkey FOREIGN KEY (cooperative_id, place_id) REFERENCES coop.places(cooperative_id, id);

-- Name: role_plans role_plans_cooperative_id_given_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.role_plans
    ADD CONSTRAINT role_plans_cooperative_id_given_by_fkey FOREIGN KEY (cooperative_id, given_by) REFERENCES coop.members(cooperative_id, id);

-- Name: role_plans role_plans_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.role_plans
    ADD CONSTRAINT role_plans_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: roll roll_cooperative_id_added_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.roll
    ADD CONSTRAINT roll_cooperative_id_added_by_fkey FOREIGN KEY (cooperative_id, added_by) REFERENCES coop.members(cooperative_id, id);

-- Name: roll roll_cooperative_id_assembly_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.roll
    ADD CONSTRAINT roll_cooperative_id_assembly_id_fkey FOREIGN KEY (cooperative_id, assembly_id) REFERENCES coop.assemblies(cooperative_id, id);

-- Name: roll roll_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.roll
    ADD CONSTRAINT roll_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: safety_nets safety_nets_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.safety_nets
    ADD CONSTRAINT safety_nets_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: safety_nets safety_nets_cooperative_id_whom_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.safety_nets
    ADD CONSTRAINT safety_nets_cooperative_id_whom_id_fkey FOREIGN KEY (cooperative_id, whom_id) REFERENCES coop.members(cooperative_id, id);

-- Name: saved_notices saved_notices_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.saved_notices
    ADD CONSTRAINT saved_notices_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: saved_notices saved_notices_cooperative_id_notice_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.saved_notices
    ADD CONSTRAINT saved_notices_cooperative_id_notice_id_fkey FOREIGN KEY (cooperative_id, notice_id) REFERENCES coop.notices(cooperative_id, id);

-- Name: searches searches_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.searches
    ADD CONSTRAINT searches_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: shift_credits shift_credits_cooperative_id_by_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.shift_credits
    ADD CONSTRAINT shift_credits_cooperative_id_by_member_id_fkey FOREIGN KEY (cooperative_id, by_member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: shift_credits shift_credits_cooperative_id_reversal_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.shift_credits
    ADD CONSTRAINT shift_credits_cooperative_id_reversal_id_fkey FOREIGN KEY (cooperative_id, reversal_id) REFERENCES coop.transfers(cooperative_id, id);

-- Name: shift_credits shift_credits_cooperative_id_reversed_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.shift_credits
    ADD CONSTRAINT shift_credits_cooperative_id_reversed_by_fkey FOREIGN KEY (cooperative_id, reversed_by) REFERENCES coop.members(cooperative_id, id);

-- Name: shift_credits shift_credits_cooperative_id_shift_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.shift_credits
    ADD CONSTRAINT shift_credits_cooperative_id_shift_id_member_id_fkey FOREIGN KEY (cooperative_id, shift_id, member_id) REFERENCES coop.shift_hands(cooperative_id, shift_id, member_id);

-- Name: shift_credits shift_credits_cooperative_id_transfer_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.shift_credits
    ADD CONSTRAINT shift_credits_cooperative_id_transfer_id_fkey FOREIGN KEY (cooperative_id, transfer_id) REFERENCES coop.transfers(cooperative_id, id);

-- Name: shift_hands shift_hands_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.shift_hands
    ADD CONSTRAINT shift_hands_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: shift_hands shift_hands_cooperative_id_shift_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.shift_hands
    ADD CONSTRAINT shift_hands_cooperative_id_shift_id_fkey FOREIGN KEY (cooperative_id, shift_id) REFERENCES coop.shifts(cooperative_id, id);

-- Name: shifts shifts_cooperative_id_event_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.shifts
    ADD CONSTRAINT shifts_cooperative_id_event_id_fkey FOREIGN KEY (cooperative_id, event_id) REFERENCES coop.events(cooperative_id, id);

-- Name: shifts shifts_cooperative_id_opened_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.shifts
    ADD CONSTRAINT shifts_cooperative_id_opened_by_fkey FOREIGN KEY (cooperative_id, opened_by) REFERENCES coop.members(cooperative_id, id);

-- Name: statutes statutes_cooperative_id_entered_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.statutes
    ADD CONSTRAINT statutes_cooperative_id_entered_by_fkey FOREIGN KEY (cooperative_id, entered_by) REFERENCES coop.members(cooperative_id, id);

-- Name: statutes statutes_cooperative_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.statutes
    ADD CONSTRAINT statutes_cooperative_id_fkey FOREIGN KEY (cooperative_id) REFERENCES coop.cooperatives(id);

-- Name: suspensions suspensions_cooperative_id_decided_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.suspensions
    ADD CONSTRAINT suspensions_cooperative_id_decided_by_fkey FOREIGN KEY (cooperative_id, decided_by) REFERENCES coop.members(cooperative_id, id);

-- Name: suspensions suspensions_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.suspensions
    ADD CONSTRAINT suspensions_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: suspensions suspensions_cooperative_id_reviewed_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.suspensions
    ADD CONSTRAINT suspensions_cooperative_id_reviewed_by_fkey FOREIGN KEY (cooperative_id, reviewed_by) REFERENCES coop.members(cooperative_id, id);

-- Name: talk_log talk_log_cooperative_id_agreement_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.talk_log
    ADD CONSTRAINT talk_log_cooperative_id_agreement_id_fkey FOREIGN KEY (cooperative_id, agreement_id) REFERENCES coop.talks(cooperative_id, agreement_id);

-- Name: talk_log talk_log_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.talk_log
    ADD CONSTRAINT talk_log_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: talk_reads talk_reads_cooperative_id_agreement_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.talk_reads
    ADD CONSTRAINT talk_reads_cooperative_id_agreement_id_fkey FOREIGN KEY (cooperative_id, agreement_id) REFERENCES coop.talks(cooperative_id, agreement_id);

-- Name: talk_reads talk_reads_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.talk_reads
    ADD CONSTRAINT talk_reads_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: talks talks_cooperative_id_agreement_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.talks
    ADD CONSTRAINT talks_cooperative_id_agreement_id_fkey FOREIGN KEY (cooperative_id, agreement_id) REFERENCES coop.agreements(cooperative_id, id);

-- Name: thanks thanks_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.thanks
    ADD CONSTRAINT thanks_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: thanks thanks_cooperative_id_notice_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.thanks
    ADD CONSTRAINT thanks_cooperative_id_notice_id_fkey FOREIGN KEY (cooperative_id, notice_id) REFERENCES coop.notices(cooperative_id, id);

-- Name: transfer_words transfer_words_cooperative_id_transfer_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.transfer_words
    ADD CONSTRAINT transfer_words_cooperative_id_transfer_id_fkey FOREIGN KEY (cooperative_id, transfer_id) REFERENCES coop.transfers(cooperative_id, id);

-- Name: transfers transfers_cooperative_id_corrects_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.transfers
    ADD CONSTRAINT transfers_cooperative_id_corrects_id_fkey FOREIGN KEY (cooperative_id, corrects_id) REFERENCES coop.transfers(cooperative_id, id);

-- Name: urns urns_cooperative_id_vote_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.urns
    ADD CONSTRAINT urns_cooperative_id_vote_id_fkey FOREIGN KEY (cooperative_id, vote_id) REFERENCES coop.votes(cooperative_id, id);

-- Name: visits visits_cooperative_id_agreement_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.visits
    ADD CONSTRAINT visits_cooperative_id_agreement_id_fkey FOREIGN KEY (cooperative_id, agreement_id) REFERENCES coop.agreements(cooperative_id, id);

-- Name: visits visits_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.visits
    ADD CONSTRAINT visits_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: visits visits_cooperative_id_whom_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.visits
    ADD CONSTRAINT visits_cooperative_id_whom_id_fkey FOREIGN KEY (cooperative_id, whom_id) REFERENCES coop.members(cooperative_id, id);

-- Name: vote_marks vote_marks_cooperative_id_by_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.vote_marks
    ADD CONSTRAINT vote_marks_cooperative_id_by_member_id_fkey FOREIGN KEY (cooperative_id, by_member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: vote_marks vote_marks_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.vote_marks
    ADD CONSTRAINT vote_marks_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: vote_marks vote_marks_cooperative_id_vote_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.vote_marks
    ADD CONSTRAINT vote_marks_cooperative_id_vote_id_fkey FOREIGN KEY (cooperative_id, vote_id) REFERENCES coop.votes(cooperative_id, id);

-- Name: votes votes_cooperative_id_assembly_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.votes
    ADD CONSTRAINT votes_cooperative_id_assembly_id_fkey FOREIGN KEY (cooperative_id, assembly_id) REFERENCES coop.assemblies(cooperative_id, id);

-- Name: votes votes_cooperative_id_ended_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.votes
    ADD CONSTRAINT votes_cooperative_id_ended_by_fkey FOREIGN KEY (cooperative_id, ended_by) REFERENCES coop.members(cooperative_id, id);

-- Name: votes votes_cooperative_id_motion_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.votes
    ADD CONSTRAINT votes_cooperative_id_motion_id_fkey FOREIGN KEY (cooperative_id, motion_id) REFERENCES coop.motions(cooperative_id, id);

-- Name: votes votes_cooperative_id_opened_by_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.votes
    ADD CONSTRAINT votes_cooperative_id_opened_by_fkey FOREIGN KEY (cooperative_id, opened_by) REFERENCES coop.members(cooperative_id, id);

-- Name: welcome_calls welcome_calls_cooperative_id_by_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.welcome_calls
    ADD CONSTRAINT welcome_calls_cooperative_id_by_member_id_fkey FOREIGN KEY (cooperative_id, by_member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: welcome_calls welcome_calls_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.welcome_calls
    ADD CONSTRAINT welcome_calls_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: minutes what_is_signed_is_a_text; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.minutes
    ADD CONSTRAINT what_is_signed_is_a_text FOREIGN KEY (cooperative_id, assembly_id, signed_n) REFERENCES coop.minutes_texts(cooperative_id, assembly_id, n);

-- Name: workshop_turns workshop_turns_cooperative_id_agreement_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.workshop_turns
    ADD CONSTRAINT workshop_turns_cooperative_id_agreement_id_fkey FOREIGN KEY (cooperative_id, agreement_id) REFERENCES coop.agreements(cooperative_id, id);

-- Name: workshop_turns workshop_turns_cooperative_id_listing_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.workshop_turns
    ADD CONSTRAINT workshop_turns_cooperative_id_listing_id_fkey FOREIGN KEY (cooperative_id, listing_id) REFERENCES coop.workshops(cooperative_id, listing_id);

-- Name: workshop_turns workshop_turns_cooperative_id_member_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.workshop_turns
    ADD CONSTRAINT workshop_turns_cooperative_id_member_id_fkey FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members(cooperative_id, id);

-- Name: workshops workshops_cooperative_id_listing_id_fkey; Type: FK CONSTRAINT; Schema: coop; Owner: lien_owner
ALTER TABLE ONLY coop.workshops
    ADD CONSTRAINT workshops_cooperative_id_listing_id_fkey FOREIGN KEY (cooperative_id, listing_id) REFERENCES coop.listings(cooperative_id, id);

-- Name: accesses accesses_case_id_fkey; Type: FK CONSTRAINT; Schema: support; Owner: lien_owner
ALTER TABLE ONLY support.accesses
    ADD CONSTRAINT accesses_case_id_fkey FOREIGN KEY (case_id) REFERENCES support.cases(id);

-- Name: accesses accesses_organisation_id_fkey; Type: FK CONSTRAINT; Schema: support; Owner: lien_owner
ALTER TABLE ONLY support.accesses
    ADD CONSTRAINT accesses_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES support.organisations(id);

-- Name: accesses accesses_worker_id_fkey; Type: FK CONSTRAINT; Schema: support; Owner: lien_owner
ALTER TABLE ONLY support.accesses
    ADD CONSTRAINT accesses_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES support.workers(id);

-- Name: appointments appointments_case_id_fkey; Type: FK CONSTRAINT; Schema: support; Owner: lien_owner
ALTER TABLE ONLY support.appointments
    ADD CONSTRAINT appointments_case_id_fkey FOREIGN KEY (case_id) REFERENCES support.cases(id);

-- Name: appointments appointments_worker_id_fkey; Type: FK CONSTRAINT; Schema: support; Owner: lien_owner
ALTER TABLE ONLY support.appointments
    ADD CONSTRAINT appointments_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES support.workers(id);

-- Name: case_events case_events_case_id_fkey; Type: FK CONSTRAINT; Schema: support; Owner: lien_owner
ALTER TABLE ONLY support.case_events
    ADD CONSTRAINT case_events_case_id_fkey FOREIGN KEY (case_id) REFERENCES support.cases(id);

-- Name: case_events case_events_worker_id_fkey; Type: FK CONSTRAINT; Schema: support; Owner: lien_owner
ALTER TABLE ONLY support.case_events
    ADD CONSTRAINT case_events_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES support.workers(id);

-- Name: case_members case_members_case_id_fkey; Type: FK CONSTRAINT; Schema: support; Owner: lien_owner
ALTER TABLE ONLY support.case_members
    ADD CONSTRAINT case_members_case_id_fkey FOREIGN KEY (case_id) REFERENCES support.cases(id);

-- Name: case_members case_members_worker_id_fkey; Type: FK CONSTRAINT; Schema: support; Owner: lien_owner
ALTER TABLE ONLY support.case_members
    ADD CONSTRAINT case_members_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES support.workers(id);

-- Name: cases cases_household_id_fkey; Type: FK CONSTRAINT; Schema: support; Owner: lien_owner
ALTER TABLE ONLY support.cases
    ADD CONSTRAINT cases_household_id_fkey FOREIGN KEY (household_id) REFERENCES support.households(id);

-- Name: contacts contacts_case_id_fkey; Type: FK CONSTRAINT; Schema: support; Owner: lien_owner
ALTER TABLE ONLY support.contacts
    ADD CONSTRAINT contacts_case_id_fkey FOREIGN KEY (case_id) REFERENCES support.cases(id);

-- Name: contacts contacts_worker_id_fkey; Type: FK CONSTRAINT; Schema: support; Owner: lien_owner
ALTER TABLE ONLY support.contacts
    ADD CONSTRAINT contacts_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES support.workers(id);

-- Name: notes notes_author_id_fkey; Type: FK CONSTRAINT; Schema: support; Owner: lien_owner
ALTER TABLE ONLY support.notes
    ADD CONSTRAINT notes_author_id_fkey FOREIGN KEY (author_id) REFERENCES support.workers(id);

-- Name: notes notes_case_id_fkey; Type: FK CONSTRAINT; Schema: support; Owner: lien_owner
ALTER TABLE ONLY support.notes
    ADD CONSTRAINT notes_case_id_fkey FOREIGN KEY (case_id) REFERENCES support.cases(id);

-- Name: notes notes_co_holder_id_fkey; Type: FK CONSTRAINT; Schema: support; Owner: lien_owner
ALTER TABLE ONLY support.notes
    ADD CONSTRAINT notes_co_holder_id_fkey FOREIGN KEY (co_holder_id) REFERENCES support.workers(id);

-- Name: notes notes_contact_id_fkey; Type: FK CONSTRAINT; Schema: support; Owner: lien_owner
ALTER TABLE ONLY support.notes
    ADD CONSTRAINT notes_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES support.contacts(id);

-- Name: persons persons_household_id_fkey; Type: FK CONSTRAINT; Schema: support; Owner: lien_owner
ALTER TABLE ONLY support.persons
    ADD CONSTRAINT persons_household_id_fkey FOREIGN KEY (household_id) REFERENCES support.households(id);

-- Name: workers workers_organisation_id_fkey; Type: FK CONSTRAINT; Schema: support; Owner: lien_owner
ALTER TABLE ONLY support.workers
    ADD CONSTRAINT workers_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES support.organisations(id);

-- Name: accesses; Type: ROW SECURITY; Schema: support; Owner: lien_owner
ALTER TABLE support.accesses ENABLE ROW LEVEL SECURITY;

-- Name: organisations administrators_add; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY administrators_add ON support.organisations FOR INSERT TO lien_support WITH CHECK (support.i_administer());

-- Name: workers administrators_add; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY administrators_add ON support.workers FOR INSERT TO lien_support WITH CHECK (support.i_administer());

-- Name: workers administrators_end; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY administrators_end ON support.workers FOR UPDATE TO lien_support USING (support.i_administer());

-- Name: appointments; Type: ROW SECURITY; Schema: support; Owner: lien_owner
ALTER TABLE support.appointments ENABLE ROW LEVEL SECURITY;

-- Name: case_events; Type: ROW SECURITY; Schema: support; Owner: lien_owner
ALTER TABLE support.case_events ENABLE ROW LEVEL SECURITY;

-- Name: case_members; Type: ROW SECURITY; Schema: support; Owner: lien_owner
ALTER TABLE support.case_members ENABLE ROW LEVEL SECURITY;

-- Name: cases; Type: ROW SECURITY; Schema: support; Owner: lien_owner
ALTER TABLE support.cases ENABLE ROW LEVEL SECURITY;

-- Name: organisations colleagues_are_known; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY colleagues_are_known ON support.organisations FOR SELECT TO lien_support USING (true);

-- Name: workers colleagues_are_known; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY colleagues_are_known ON support.workers FOR SELECT TO lien_support USING (true);

-- Name: contacts; Type: ROW SECURITY; Schema: support; Owner: lien_owner
ALTER TABLE support.contacts ENABLE ROW LEVEL SECURITY;

-- Name: case_members coordinators_assign; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY coordinators_assign ON support.case_members FOR INSERT TO lien_support WITH CHECK (( SELECT support.i_coordinate() AS i_coordinate));

-- Name: case_members coordinators_end; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY coordinators_end ON support.case_members FOR UPDATE TO lien_support USING (( SELECT support.i_coordinate() AS i_coordinate));

-- Name: cases coordinators_open; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY coordinators_open ON support.cases FOR INSERT TO lien_support WITH CHECK (( SELECT support.i_coordinate() AS i_coordinate));

-- Name: households coordinators_open; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY coordinators_open ON support.households FOR INSERT TO lien_support WITH CHECK (( SELECT support.i_coordinate() AS i_coordinate));

-- Name: persons coordinators_open; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY coordinators_open ON support.persons FOR INSERT TO lien_support WITH CHECK (( SELECT support.i_coordinate() AS i_coordinate));

-- Name: households; Type: ROW SECURITY; Schema: support; Owner: lien_owner
ALTER TABLE support.households ENABLE ROW LEVEL SECURITY;

-- Name: accesses looks_are_written; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY looks_are_written ON support.accesses FOR INSERT TO lien_support WITH CHECK (((worker_id = support.me()) AND ((case_id = ANY (ARRAY( SELECT support.my_cases() AS my_cases))) OR ((section = 'identity'::text) AND ( SELECT support.i_coordinate() AS i_coordinate)))));

-- Name: accesses looks_on_my_cases; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY looks_on_my_cases ON support.accesses FOR SELECT TO lien_support USING ((case_id = ANY (ARRAY( SELECT support.my_cases() AS my_cases))));

-- Name: notes; Type: ROW SECURITY; Schema: support; Owner: lien_owner
ALTER TABLE support.notes ENABLE ROW LEVEL SECURITY;

-- Name: appointments on_the_case; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY on_the_case ON support.appointments FOR SELECT TO lien_support USING ((case_id = ANY (ARRAY( SELECT support.my_cases() AS my_cases))));

-- Name: case_events on_the_case; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY on_the_case ON support.case_events FOR SELECT TO lien_support USING ((case_id = ANY (ARRAY( SELECT support.my_cases() AS my_cases))));

-- Name: case_members on_the_case; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY on_the_case ON support.case_members FOR SELECT TO lien_support USING (((case_id = ANY (ARRAY( SELECT support.my_cases() AS my_cases))) OR ( SELECT support.i_coordinate() AS i_coordinate)));

-- Name: cases on_the_case; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY on_the_case ON support.cases FOR SELECT TO lien_support USING (((id = ANY (ARRAY( SELECT support.my_cases() AS my_cases))) OR ( SELECT support.i_coordinate() AS i_coordinate)));

-- Name: contacts on_the_case; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY on_the_case ON support.contacts FOR SELECT TO lien_support USING ((case_id = ANY (ARRAY( SELECT support.my_cases() AS my_cases))));

-- Name: households on_the_case; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY on_the_case ON support.households FOR SELECT TO lien_support USING (((id = ANY (ARRAY( SELECT c.household_id
   FROM support.cases c))) OR ( SELECT support.i_coordinate() AS i_coordinate)));

-- Name: notes on_the_case; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY on_the_case ON support.notes FOR SELECT TO lien_support USING (((case_id = ANY (ARRAY( SELECT support.my_cases() AS my_cases))) AND ((class <> 'secret'::text) OR ((support.me() = author_id) OR (support.me() = co_holder_id)))));

-- Name: persons on_the_case; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY on_the_case ON support.persons FOR SELECT TO lien_support USING (((household_id = ANY (ARRAY( SELECT c.household_id
   FROM support.cases c))) OR ( SELECT support.i_coordinate() AS i_coordinate)));

-- Name: appointments on_the_case_changes; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY on_the_case_changes ON support.appointments FOR UPDATE TO lien_support USING ((case_id = ANY (ARRAY( SELECT support.my_cases() AS my_cases))));

-- Name: cases on_the_case_changes; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY on_the_case_changes ON support.cases FOR UPDATE TO lien_support USING (((id = ANY (ARRAY( SELECT support.my_cases() AS my_cases))) OR ( SELECT support.i_coordinate() AS i_coordinate)));

-- Name: notes on_the_case_changes; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY on_the_case_changes ON support.notes FOR UPDATE TO lien_support USING (((case_id = ANY (ARRAY( SELECT support.my_cases() AS my_cases))) AND ((class <> 'secret'::text) OR ((support.me() = author_id) OR (support.me() = co_holder_id)))));

-- Name: persons on_the_case_changes; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY on_the_case_changes ON support.persons FOR UPDATE TO lien_support USING ((household_id = ANY (ARRAY( SELECT c.household_id
   FROM support.cases c
  WHERE (c.id = ANY (ARRAY( SELECT support.my_cases() AS my_cases)))))));

-- Name: appointments on_the_case_writes; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY on_the_case_writes ON support.appointments FOR INSERT TO lien_support WITH CHECK (((case_id = ANY (ARRAY( SELECT support.my_cases() AS my_cases))) AND (worker_id = support.me())));

-- Name: case_events on_the_case_writes; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY on_the_case_writes ON support.case_events FOR INSERT TO lien_support WITH CHECK ((((case_id = ANY (ARRAY( SELECT support.my_cases() AS my_cases))) OR ( SELECT support.i_coordinate() AS i_coordinate)) AND (worker_id = support.me())));

-- Name: contacts on_the_case_writes; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY on_the_case_writes ON support.contacts FOR INSERT TO lien_support WITH CHECK (((case_id = ANY (ARRAY( SELECT support.my_cases() AS my_cases))) AND (worker_id = support.me())));

-- Name: notes on_the_case_writes; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY on_the_case_writes ON support.notes FOR INSERT TO lien_support WITH CHECK (((case_id = ANY (ARRAY( SELECT support.my_cases() AS my_cases))) AND (author_id = support.me())));

-- Name: organisations; Type: ROW SECURITY; Schema: support; Owner: lien_owner
ALTER TABLE support.organisations ENABLE ROW LEVEL SECURITY;

-- Name: persons; Type: ROW SECURITY; Schema: support; Owner: lien_owner
ALTER TABLE support.persons ENABLE ROW LEVEL SECURITY;

-- Name: accesses the_door; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY the_door ON support.accesses FOR SELECT TO lien_bond USING (true);

-- Name: case_members the_door; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY the_door ON support.case_members FOR SELECT TO lien_bond USING (true);

-- Name: cases the_door; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY the_door ON support.cases FOR SELECT TO lien_bond USING (true);

-- Name: organisations the_door; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY the_door ON support.organisations FOR SELECT TO lien_bond USING (true);

-- Name: persons the_door; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY the_door ON support.persons FOR SELECT TO lien_bond USING (true);

-- Name: workers the_door; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY the_door ON support.workers FOR SELECT TO lien_bond USING (true);

-- Name: organisations the_first_one_is_added; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY the_first_one_is_added ON support.organisations FOR INSERT TO lien_support WITH CHECK ((NOT support.somebody_administers()));

-- Name: workers the_first_one_is_added; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY the_first_one_is_added ON support.workers FOR INSERT TO lien_support WITH CHECK (((function = 'administrator'::text) AND (NOT support.somebody_administers())));

-- Name: accesses the_owner_checks; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY the_owner_checks ON support.accesses FOR SELECT TO lien_owner USING (true);

-- Name: appointments the_owner_checks; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY the_owner_checks ON support.appointments FOR SELECT TO lien_owner USING (true);

-- Name: case_events the_owner_checks; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY the_owner_checks ON support.case_events FOR SELECT TO lien_owner USING (true);

-- Name: case_members the_owner_checks; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY the_owner_checks ON support.case_members FOR SELECT TO lien_owner USING (true);

-- Name: cases the_owner_checks; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY the_owner_checks ON support.cases FOR SELECT TO lien_owner USING (true);

-- Name: contacts the_owner_checks; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY the_owner_checks ON support.contacts FOR SELECT TO lien_owner USING (true);

-- Name: households the_owner_checks; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY the_owner_checks ON support.households FOR SELECT TO lien_owner USING (true);

-- Name: notes the_owner_checks; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY the_owner_checks ON support.notes FOR SELECT TO lien_owner USING (true);

-- Name: organisations the_owner_checks; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY the_owner_checks ON support.organisations FOR SELECT TO lien_owner USING (true);

-- Name: persons the_owner_checks; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY the_owner_checks ON support.persons FOR SELECT TO lien_owner USING (true);

-- Name: workers the_owner_checks; Type: POLICY; Schema: support; Owner: lien_owner
CREATE POLICY the_owner_checks ON support.workers FOR SELECT TO lien_owner USING (true);

-- Name: workers; Type: ROW SECURITY; Schema: support; Owner: lien_owner
ALTER TABLE support.workers ENABLE ROW LEVEL SECURITY;

-- Name: SCHEMA account; Type: ACL; Schema: -; Owner: lien_owner
GRANT USAGE ON SCHEMA account TO lien_account;

-- Name: SCHEMA bond; Type: ACL; Schema: -; Owner: lien_owner
GRANT USAGE ON SCHEMA bond TO lien_bond;
GRANT USAGE ON SCHEMA bond TO lien_account;
GRANT USAGE ON SCHEMA bond TO lien_support;

-- Name: SCHEMA coop; Type: ACL; Schema: -; Owner: lien_owner
GRANT USAGE ON SCHEMA coop TO lien_coop;
GRANT USAGE ON SCHEMA coop TO lien_bond;

-- Name: SCHEMA jobs; Type: ACL; Schema: -; Owner: lien_owner
GRANT USAGE ON SCHEMA jobs TO lien_jobs;

-- Name: SCHEMA study; Type: ACL; Schema: -; Owner: lien_owner
GRANT USAGE ON SCHEMA study TO lien_study;

-- Name: SCHEMA support; Type: ACL; Schema: -; Owner: lien_owner
GRANT USAGE ON SCHEMA support TO lien_support;
GRANT USAGE ON SCHEMA support TO lien_bond;

-- Name: FUNCTION consent(p_id uuid, p_resident uuid, p_scope text, p_shows_from date, p_text_version integer, p_language text, p_channel text); Type: ACL; Schema: bond; Owner: lien_bond
REVOKE ALL ON FUNCTION bond.consent(p_id uuid, p_resident uuid, p_scope text, p_shows_from date, p_text_version integer, p_language text, p_channel text) FROM PUBLIC;
GRANT ALL ON FUNCTION bond.consent(p_id uuid, p_resident uuid, p_scope text, p_shows_from date, p_text_version integer, p_language text, p_channel text) TO lien_account;

-- Name: FUNCTION drop_highlight(p_resident uuid, p_highlight uuid); Type: ACL; Schema: bond; Owner: lien_bond
REVOKE ALL ON FUNCTION bond.drop_highlight(p_resident uuid, p_highlight uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION bond.drop_highlight(p_resident uuid, p_highlight uuid) TO lien_account;

-- Name: FUNCTION end_with_the_case(); Type: ACL; Schema: bond; Owner: lien_bond
REVOKE ALL ON FUNCTION bond.end_with_the_case() FROM PUBLIC;

-- Name: FUNCTION forget_who_is_erased(); Type: ACL; Schema: bond; Owner: lien_bond
REVOKE ALL ON FUNCTION bond.forget_who_is_erased() FROM PUBLIC;

-- Name: FUNCTION give_code(p_case uuid, p_person uuid, p_code_hash bytea); Type: ACL; Schema: bond; Owner: lien_bond
REVOKE ALL ON FUNCTION bond.give_code(p_case uuid, p_person uuid, p_code_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION bond.give_code(p_case uuid, p_person uuid, p_code_hash bytea) TO lien_support;

-- Name: TABLE consents; Type: ACL; Schema: bond; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE bond.consents TO lien_bond;

-- Name: FUNCTION live(p_case uuid, p_person uuid); Type: ACL; Schema: bond; Owner: lien_bond
REVOKE ALL ON FUNCTION bond.live(p_case uuid, p_person uuid) FROM PUBLIC;

-- Name: FUNCTION looked(p_resident uuid, p_before timestamp with time zone, p_before_id uuid, p_limit integer); Type: ACL; Schema: bond; Owner: lien_bond
REVOKE ALL ON FUNCTION bond.looked(p_resident uuid, p_before timestamp with time zone, p_before_id uuid, p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION bond.looked(p_resident uuid, p_before timestamp with time zone, p_before_id uuid, p_limit integer) TO lien_account;

-- Name: FUNCTION mine(p_resident uuid); Type: ACL; Schema: bond; Owner: lien_bond
REVOKE ALL ON FUNCTION bond.mine(p_resident uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION bond.mine(p_resident uuid) TO lien_account;

-- Name: FUNCTION now(); Type: ACL; Schema: bond; Owner: lien_bond
REVOKE ALL ON FUNCTION bond.now() FROM PUBLIC;

-- Name: FUNCTION offerings(p_case uuid, p_person uuid); Type: ACL; Schema: bond; Owner: lien_bond
REVOKE ALL ON FUNCTION bond.offerings(p_case uuid, p_person uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION bond.offerings(p_case uuid, p_person uuid) TO lien_support;

-- Name: FUNCTION open_consents(p_link uuid); Type: ACL; Schema: bond; Owner: lien_bond
REVOKE ALL ON FUNCTION bond.open_consents(p_link uuid) FROM PUBLIC;

-- Name: FUNCTION part(p_link uuid, p_scope text, p_from date); Type: ACL; Schema: bond; Owner: lien_bond
REVOKE ALL ON FUNCTION bond.part(p_link uuid, p_scope text, p_from date) FROM PUBLIC;

-- Name: FUNCTION pick(p_id uuid, p_resident uuid, p_words text); Type: ACL; Schema: bond; Owner: lien_bond
REVOKE ALL ON FUNCTION bond.pick(p_id uuid, p_resident uuid, p_words text) FROM PUBLIC;
GRANT ALL ON FUNCTION bond.pick(p_id uuid, p_resident uuid, p_words text) TO lien_account;

-- Name: FUNCTION picked(p_resident uuid); Type: ACL; Schema: bond; Owner: lien_bond
REVOKE ALL ON FUNCTION bond.picked(p_resident uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION bond.picked(p_resident uuid) TO lien_account;

-- Name: FUNCTION preview(p_resident uuid, p_from date); Type: ACL; Schema: bond; Owner: lien_bond
REVOKE ALL ON FUNCTION bond.preview(p_resident uuid, p_from date) FROM PUBLIC;
GRANT ALL ON FUNCTION bond.preview(p_resident uuid, p_from date) TO lien_account;

-- Name: FUNCTION propose(p_id uuid, p_case uuid, p_person uuid, p_kind text, p_target uuid); Type: ACL; Schema: bond; Owner: lien_bond
REVOKE ALL ON FUNCTION bond.propose(p_id uuid, p_case uuid, p_person uuid, p_kind text, p_target uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION bond.propose(p_id uuid, p_case uuid, p_person uuid, p_kind text, p_target uuid) TO lien_support;

-- Name: FUNCTION proposed(p_resident uuid); Type: ACL; Schema: bond; Owner: lien_bond
REVOKE ALL ON FUNCTION bond.proposed(p_resident uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION bond.proposed(p_resident uuid) TO lien_account;

-- Name: FUNCTION put_away(p_resident uuid, p_proposal uuid); Type: ACL; Schema: bond; Owner: lien_bond
REVOKE ALL ON FUNCTION bond.put_away(p_resident uuid, p_proposal uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION bond.put_away(p_resident uuid, p_proposal uuid) TO lien_account;

-- Name: FUNCTION read(p_case uuid, p_person uuid, p_purpose text, p_reading uuid); Type: ACL; Schema: bond; Owner: lien_bond
REVOKE ALL ON FUNCTION bond.read(p_case uuid, p_person uuid, p_purpose text, p_reading uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION bond.read(p_case uuid, p_person uuid, p_purpose text, p_reading uuid) TO lien_support;

-- Name: FUNCTION redeem(p_link uuid, p_resident uuid, p_cooperative uuid, p_member uuid, p_code_hash bytea); Type: ACL; Schema: bond; Owner: lien_bond
REVOKE ALL ON FUNCTION bond.redeem(p_link uuid, p_resident uuid, p_cooperative uuid, p_member uuid, p_code_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION bond.redeem(p_link uuid, p_resident uuid, p_cooperative uuid, p_member uuid, p_code_hash bytea) TO lien_account;

-- Name: FUNCTION referent(p_case uuid); Type: ACL; Schema: bond; Owner: lien_bond
REVOKE ALL ON FUNCTION bond.referent(p_case uuid) FROM PUBLIC;

-- Name: FUNCTION renewal(p_resident uuid); Type: ACL; Schema: bond; Owner: lien_bond
REVOKE ALL ON FUNCTION bond.renewal(p_resident uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION bond.renewal(p_resident uuid) TO lien_account;

-- Name: FUNCTION set_aside(p_resident uuid); Type: ACL; Schema: bond; Owner: lien_bond
REVOKE ALL ON FUNCTION bond.set_aside(p_resident uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION bond.set_aside(p_resident uuid) TO lien_account;

-- Name: FUNCTION state(p_case uuid, p_person uuid); Type: ACL; Schema: bond; Owner: lien_bond
REVOKE ALL ON FUNCTION bond.state(p_case uuid, p_person uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION bond.state(p_case uuid, p_person uuid) TO lien_support;

-- Name: FUNCTION withdraw(p_resident uuid, p_scope text); Type: ACL; Schema: bond; Owner: lien_bond
REVOKE ALL ON FUNCTION bond.withdraw(p_resident uuid, p_scope text) FROM PUBLIC;
GRANT ALL ON FUNCTION bond.withdraw(p_resident uuid, p_scope text) TO lien_account;

-- Name: FUNCTION a_correction_is_not_corrected(); Type: ACL; Schema: coop; Owner: lien_owner
REVOKE ALL ON FUNCTION coop.a_correction_is_not_corrected() FROM PUBLIC;
GRANT ALL ON FUNCTION coop.a_correction_is_not_corrected() TO lien_coop;

-- Name: FUNCTION a_transfer_has_two_entries(); Type: ACL; Schema: coop; Owner: lien_owner
REVOKE ALL ON FUNCTION coop.a_transfer_has_two_entries() FROM PUBLIC;
GRANT ALL ON FUNCTION coop.a_transfer_has_two_entries() TO lien_coop;

-- Name: FUNCTION erase_edits(p_cooperative uuid, p_member uuid, p_at timestamp with time zone); Type: ACL; Schema: coop; Owner: lien_owner
REVOKE ALL ON FUNCTION coop.erase_edits(p_cooperative uuid, p_member uuid, p_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION coop.erase_edits(p_cooperative uuid, p_member uuid, p_at timestamp with time zone) TO lien_coop;

-- Name: FUNCTION erase_words(p_cooperative uuid, p_member uuid, p_at timestamp with time zone); Type: ACL; Schema: coop; Owner: lien_owner
REVOKE ALL ON FUNCTION coop.erase_words(p_cooperative uuid, p_member uuid, p_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION coop.erase_words(p_cooperative uuid, p_member uuid, p_at timestamp with time zone) TO lien_coop;

-- Name: TABLE blocks; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,DELETE ON TABLE coop.blocks TO lien_coop;

-- Name: TABLE member_roles; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.member_roles TO lien_coop;
GRANT SELECT ON TABLE coop.member_roles TO lien_bond;

-- Name: FUNCTION hidden_between(cooperative uuid, a uuid, b uuid); Type: ACL; Schema: coop; Owner: lien_owner
REVOKE ALL ON FUNCTION coop.hidden_between(cooperative uuid, a uuid, b uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION coop.hidden_between(cooperative uuid, a uuid, b uuid) TO lien_coop;

-- Name: TABLE agreements; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.agreements TO lien_coop;

-- Name: TABLE buddyships; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.buddyships TO lien_coop;

-- Name: TABLE directory; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.directory TO lien_coop;

-- Name: FUNCTION findable(cooperative uuid, reader uuid, member uuid); Type: ACL; Schema: coop; Owner: lien_owner
REVOKE ALL ON FUNCTION coop.findable(cooperative uuid, reader uuid, member uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION coop.findable(cooperative uuid, reader uuid, member uuid) TO lien_coop;

-- Name: FUNCTION hid_at(cooperative uuid, who uuid, other uuid); Type: ACL; Schema: coop; Owner: lien_owner
REVOKE ALL ON FUNCTION coop.hid_at(cooperative uuid, who uuid, other uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION coop.hid_at(cooperative uuid, who uuid, other uuid) TO lien_coop;

-- Name: FUNCTION hidden_at_the_door(p_cooperative uuid, p_a uuid, p_b uuid); Type: ACL; Schema: coop; Owner: lien_owner
REVOKE ALL ON FUNCTION coop.hidden_at_the_door(p_cooperative uuid, p_a uuid, p_b uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION coop.hidden_at_the_door(p_cooperative uuid, p_a uuid, p_b uuid) TO lien_bond;

-- Name: FUNCTION hidden_from(cooperative uuid, member uuid); Type: ACL; Schema: coop; Owner: lien_owner
REVOKE ALL ON FUNCTION coop.hidden_from(cooperative uuid, member uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION coop.hidden_from(cooperative uuid, member uuid) TO lien_coop;

-- Name: FUNCTION lacking_a_letter(word text); Type: ACL; Schema: coop; Owner: lien_owner
REVOKE ALL ON FUNCTION coop.lacking_a_letter(word text) FROM PUBLIC;
GRANT ALL ON FUNCTION coop.lacking_a_letter(word text) TO lien_coop;

-- Name: FUNCTION months_band(n bigint); Type: ACL; Schema: coop; Owner: lien_owner
REVOKE ALL ON FUNCTION coop.months_band(n bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION coop.months_band(n bigint) TO lien_coop;
GRANT ALL ON FUNCTION coop.months_band(n bigint) TO lien_bond;

-- Name: FUNCTION note_changed_rights(); Type: ACL; Schema: coop; Owner: lien_owner
REVOKE ALL ON FUNCTION coop.note_changed_rights() FROM PUBLIC;
GRANT ALL ON FUNCTION coop.note_changed_rights() TO lien_coop;

-- Name: FUNCTION note_changed_sight(); Type: ACL; Schema: coop; Owner: lien_owner
REVOKE ALL ON FUNCTION coop.note_changed_sight() FROM PUBLIC;
GRANT ALL ON FUNCTION coop.note_changed_sight() TO lien_coop;

-- Name: FUNCTION note_first_place(); Type: ACL; Schema: coop; Owner: lien_owner
REVOKE ALL ON FUNCTION coop.note_first_place() FROM PUBLIC;
GRANT ALL ON FUNCTION coop.note_first_place() TO lien_coop;

-- Name: FUNCTION participation_months(p_member uuid, p_from date, p_today date); Type: ACL; Schema: coop; Owner: lien_owner
REVOKE ALL ON FUNCTION coop.participation_months(p_member uuid, p_from date, p_today date) FROM PUBLIC;
GRANT ALL ON FUNCTION coop.participation_months(p_member uuid, p_from date, p_today date) TO lien_coop;
GRANT ALL ON FUNCTION coop.participation_months(p_member uuid, p_from date, p_today date) TO lien_bond;

-- Name: FUNCTION participation_summary(p_member uuid, p_from date, p_today date); Type: ACL; Schema: coop; Owner: lien_owner
REVOKE ALL ON FUNCTION coop.participation_summary(p_member uuid, p_from date, p_today date) FROM PUBLIC;
GRANT ALL ON FUNCTION coop.participation_summary(p_member uuid, p_from date, p_today date) TO lien_coop;
GRANT ALL ON FUNCTION coop.participation_summary(p_member uuid, p_from date, p_today date) TO lien_bond;

-- Name: TABLE household_members; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.household_members TO lien_coop;

-- Name: FUNCTION place_hidden_between(cooperative uuid, a uuid, b uuid); Type: ACL; Schema: coop; Owner: lien_owner
REVOKE ALL ON FUNCTION coop.place_hidden_between(cooperative uuid, a uuid, b uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION coop.place_hidden_between(cooperative uuid, a uuid, b uuid) TO lien_coop;

-- Name: FUNCTION plain(text); Type: ACL; Schema: coop; Owner: lien_owner
REVOKE ALL ON FUNCTION coop.plain(text) FROM PUBLIC;
GRANT ALL ON FUNCTION coop.plain(text) TO lien_coop;
GRANT ALL ON FUNCTION coop.plain(text) TO lien_bond;

-- Name: FUNCTION times_band(n bigint); Type: ACL; Schema: coop; Owner: lien_owner
REVOKE ALL ON FUNCTION coop.times_band(n bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION coop.times_band(n bigint) TO lien_coop;
GRANT ALL ON FUNCTION coop.times_band(n bigint) TO lien_bond;

-- Name: FUNCTION what_was_signed_stands(); Type: ACL; Schema: coop; Owner: lien_owner
REVOKE ALL ON FUNCTION coop.what_was_signed_stands() FROM PUBLIC;

-- Name: FUNCTION i_administer(); Type: ACL; Schema: support; Owner: lien_owner
REVOKE ALL ON FUNCTION support.i_administer() FROM PUBLIC;
GRANT ALL ON FUNCTION support.i_administer() TO lien_support;
GRANT ALL ON FUNCTION support.i_administer() TO lien_bond;

-- Name: FUNCTION i_coordinate(); Type: ACL; Schema: support; Owner: lien_owner
REVOKE ALL ON FUNCTION support.i_coordinate() FROM PUBLIC;
GRANT ALL ON FUNCTION support.i_coordinate() TO lien_support;
GRANT ALL ON FUNCTION support.i_coordinate() TO lien_bond;

-- Name: FUNCTION me(); Type: ACL; Schema: support; Owner: lien_owner
REVOKE ALL ON FUNCTION support.me() FROM PUBLIC;
GRANT ALL ON FUNCTION support.me() TO lien_support;
GRANT ALL ON FUNCTION support.me() TO lien_bond;

-- Name: FUNCTION my_cases(); Type: ACL; Schema: support; Owner: lien_owner
REVOKE ALL ON FUNCTION support.my_cases() FROM PUBLIC;
GRANT ALL ON FUNCTION support.my_cases() TO lien_support;
GRANT ALL ON FUNCTION support.my_cases() TO lien_bond;

-- Name: FUNCTION next_step(p_case uuid); Type: ACL; Schema: support; Owner: lien_owner
REVOKE ALL ON FUNCTION support.next_step(p_case uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION support.next_step(p_case uuid) TO lien_support;

-- Name: FUNCTION somebody_administers(); Type: ACL; Schema: support; Owner: lien_owner
REVOKE ALL ON FUNCTION support.somebody_administers() FROM PUBLIC;
GRANT ALL ON FUNCTION support.somebody_administers() TO lien_support;

-- Name: TABLE devices; Type: ACL; Schema: account; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE account.devices TO lien_account;

-- Name: TABLE joinings; Type: ACL; Schema: account; Owner: lien_owner
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE account.joinings TO lien_account;

-- Name: TABLE links; Type: ACL; Schema: account; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE account.links TO lien_account;

-- Name: TABLE professionals; Type: ACL; Schema: account; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE account.professionals TO lien_account;

-- Name: TABLE residents; Type: ACL; Schema: account; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE account.residents TO lien_account;

-- Name: TABLE sessions; Type: ACL; Schema: account; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE account.sessions TO lien_account;

-- Name: TABLE clock; Type: ACL; Schema: bond; Owner: lien_owner
GRANT SELECT ON TABLE bond.clock TO lien_bond;

-- Name: TABLE codes; Type: ACL; Schema: bond; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE bond.codes TO lien_bond;

-- Name: TABLE highlights; Type: ACL; Schema: bond; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE bond.highlights TO lien_bond;

-- Name: TABLE links; Type: ACL; Schema: bond; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE bond.links TO lien_bond;

-- Name: TABLE proposals; Type: ACL; Schema: bond; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE bond.proposals TO lien_bond;

-- Name: TABLE readings; Type: ACL; Schema: bond; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE bond.readings TO lien_bond;

-- Name: TABLE tries; Type: ACL; Schema: bond; Owner: lien_owner
GRANT SELECT,INSERT,DELETE ON TABLE bond.tries TO lien_bond;

-- Name: TABLE acts; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.acts TO lien_coop;

-- Name: TABLE acts_answered; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.acts_answered TO lien_coop;

-- Name: TABLE acts_done; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.acts_done TO lien_coop;

-- Name: TABLE acts_undone; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.acts_undone TO lien_coop;

-- Name: TABLE agreement_answers; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.agreement_answers TO lien_coop;

-- Name: COLUMN agreement_answers.words; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(words) ON TABLE coop.agreement_answers TO lien_coop;

-- Name: TABLE agreement_directions; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE coop.agreement_directions TO lien_coop;

-- Name: TABLE agreement_events; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.agreement_events TO lien_coop;

-- Name: TABLE agreement_thanks; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.agreement_thanks TO lien_coop;

-- Name: TABLE application_events; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.application_events TO lien_coop;

-- Name: TABLE applications; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.applications TO lien_coop;

-- Name: TABLE assemblies; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.assemblies TO lien_coop;

-- Name: TABLE assembly_documents; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,DELETE ON TABLE coop.assembly_documents TO lien_coop;

-- Name: TABLE assembly_events; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.assembly_events TO lien_coop;

-- Name: TABLE attendances; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.attendances TO lien_coop;

-- Name: TABLE ballots; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.ballots TO lien_coop;

-- Name: TABLE board_files; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.board_files TO lien_coop;

-- Name: TABLE board_log; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.board_log TO lien_coop;

-- Name: TABLE board_mutes; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,DELETE ON TABLE coop.board_mutes TO lien_coop;

-- Name: TABLE board_paces; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.board_paces TO lien_coop;

-- Name: TABLE board_reads; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.board_reads TO lien_coop;

-- Name: TABLE board_reports; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.board_reports TO lien_coop;

-- Name: TABLE board_rests; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE coop.board_rests TO lien_coop;

-- Name: TABLE board_rulings; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.board_rulings TO lien_coop;

-- Name: TABLE boards; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.boards TO lien_coop;

-- Name: TABLE booking_rules; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.booking_rules TO lien_coop;

-- Name: TABLE bookings; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.bookings TO lien_coop;

-- Name: TABLE buddy_volunteers; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,DELETE ON TABLE coop.buddy_volunteers TO lien_coop;

-- Name: TABLE buddyship_events; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.buddyship_events TO lien_coop;

-- Name: TABLE calendar_feeds; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.calendar_feeds TO lien_coop;

-- Name: TABLE charter_acceptances; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.charter_acceptances TO lien_coop;

-- Name: TABLE charters; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.charters TO lien_coop;

-- Name: TABLE cheque_booklets; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.cheque_booklets TO lien_coop;

-- Name: TABLE cheque_events; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.cheque_events TO lien_coop;

-- Name: TABLE cheque_leaves; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.cheque_leaves TO lien_coop;

-- Name: TABLE comments; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.comments TO lien_coop;

-- Name: TABLE convocations; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.convocations TO lien_coop;

-- Name: TABLE cooperatives; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.cooperatives TO lien_coop;

-- Name: TABLE damages; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.damages TO lien_coop;

-- Name: TABLE departure_rules; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.departure_rules TO lien_coop;

-- Name: TABLE departures; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.departures TO lien_coop;

-- Name: TABLE deposits; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.deposits TO lien_coop;

-- Name: COLUMN deposits.back_id; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(back_id) ON TABLE coop.deposits TO lien_coop;

-- Name: COLUMN deposits.kept_by; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(kept_by) ON TABLE coop.deposits TO lien_coop;

-- Name: COLUMN deposits.kept_why; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(kept_why) ON TABLE coop.deposits TO lien_coop;

-- Name: COLUMN deposits.ended_at; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(ended_at) ON TABLE coop.deposits TO lien_coop;

-- Name: TABLE entries; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.entries TO lien_coop;

-- Name: TABLE event_lots; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.event_lots TO lien_coop;

-- Name: TABLE event_series; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.event_series TO lien_coop;

-- Name: TABLE events; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE coop.events TO lien_coop;
GRANT SELECT ON TABLE coop.events TO lien_bond;

-- Name: TABLE fund_draw_events; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.fund_draw_events TO lien_coop;

-- Name: TABLE fund_draws; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.fund_draws TO lien_coop;

-- Name: TABLE fund_rules; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.fund_rules TO lien_coop;

-- Name: COLUMN fund_rules.ended_by; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(ended_by) ON TABLE coop.fund_rules TO lien_coop;

-- Name: COLUMN fund_rules.ended_at; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(ended_at) ON TABLE coop.fund_rules TO lien_coop;

-- Name: TABLE hours_accounts; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.hours_accounts TO lien_coop;

-- Name: TABLE hours_limit_changes; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.hours_limit_changes TO lien_coop;

-- Name: TABLE hours_limits; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.hours_limits TO lien_coop;

-- Name: TABLE hours_reserved; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.hours_reserved TO lien_coop;

-- Name: COLUMN hours_reserved.account_id; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(account_id) ON TABLE coop.hours_reserved TO lien_coop;

-- Name: COLUMN hours_reserved.released_at; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(released_at) ON TABLE coop.hours_reserved TO lien_coop;

-- Name: TABLE household_events; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.household_events TO lien_coop;

-- Name: TABLE household_invitations; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.household_invitations TO lien_coop;

-- Name: TABLE household_minors; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.household_minors TO lien_coop;

-- Name: TABLE households; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.households TO lien_coop;

-- Name: TABLE import_files; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,DELETE ON TABLE coop.import_files TO lien_coop;

-- Name: TABLE import_lines; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.import_lines TO lien_coop;

-- Name: TABLE import_rows; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,DELETE ON TABLE coop.import_rows TO lien_coop;

-- Name: COLUMN import_rows.choice; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(choice) ON TABLE coop.import_rows TO lien_coop;

-- Name: TABLE imports; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.imports TO lien_coop;

-- Name: TABLE inbox; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,DELETE ON TABLE coop.inbox TO lien_coop;

-- Name: COLUMN inbox.read_at; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(read_at) ON TABLE coop.inbox TO lien_coop;

-- Name: TABLE invitations; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.invitations TO lien_coop;

-- Name: TABLE leaflets; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.leaflets TO lien_coop;

-- Name: TABLE lending_rules; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.lending_rules TO lien_coop;

-- Name: TABLE listing_photos; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE coop.listing_photos TO lien_coop;

-- Name: TABLE listing_reports; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.listing_reports TO lien_coop;

-- Name: TABLE listing_rulings; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.listing_rulings TO lien_coop;

-- Name: TABLE listing_words; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.listing_words TO lien_coop;

-- Name: TABLE listings; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.listings TO lien_coop;
GRANT SELECT ON TABLE coop.listings TO lien_bond;

-- Name: TABLE loans; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.loans TO lien_coop;

-- Name: TABLE majorities; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.majorities TO lien_coop;

-- Name: TABLE member_events; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.member_events TO lien_coop;

-- Name: TABLE member_places; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE coop.member_places TO lien_coop;

-- Name: TABLE members; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.members TO lien_coop;
GRANT SELECT ON TABLE coop.members TO lien_bond;

-- Name: TABLE minted_hours; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.minted_hours TO lien_coop;

-- Name: TABLE minting_rules; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.minting_rules TO lien_coop;

-- Name: COLUMN minting_rules.ended_by; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(ended_by) ON TABLE coop.minting_rules TO lien_coop;

-- Name: COLUMN minting_rules.ended_at; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(ended_at) ON TABLE coop.minting_rules TO lien_coop;

-- Name: TABLE minutes; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.minutes TO lien_coop;

-- Name: COLUMN minutes.chair_id; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(chair_id) ON TABLE coop.minutes TO lien_coop;

-- Name: COLUMN minutes.secretary_id; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(secretary_id) ON TABLE coop.minutes TO lien_coop;

-- Name: COLUMN minutes.edits; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(edits) ON TABLE coop.minutes TO lien_coop;

-- Name: COLUMN minutes.named_by; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(named_by) ON TABLE coop.minutes TO lien_coop;

-- Name: COLUMN minutes.signed_n; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(signed_n) ON TABLE coop.minutes TO lien_coop;

-- Name: COLUMN minutes.signed_at; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(signed_at) ON TABLE coop.minutes TO lien_coop;

-- Name: COLUMN minutes.contest_until; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(contest_until) ON TABLE coop.minutes TO lien_coop;

-- Name: TABLE minutes_contests; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.minutes_contests TO lien_coop;

-- Name: COLUMN minutes_contests.upheld; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(upheld) ON TABLE coop.minutes_contests TO lien_coop;

-- Name: COLUMN minutes_contests.decision; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(decision) ON TABLE coop.minutes_contests TO lien_coop;

-- Name: COLUMN minutes_contests.answered_by; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(answered_by) ON TABLE coop.minutes_contests TO lien_coop;

-- Name: COLUMN minutes_contests.answered_at; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(answered_at) ON TABLE coop.minutes_contests TO lien_coop;

-- Name: TABLE minutes_signatures; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.minutes_signatures TO lien_coop;

-- Name: TABLE minutes_texts; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.minutes_texts TO lien_coop;

-- Name: TABLE minutes_words; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE coop.minutes_words TO lien_coop;

-- Name: TABLE motions; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,DELETE ON TABLE coop.motions TO lien_coop;

-- Name: TABLE notice_edits; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.notice_edits TO lien_coop;

-- Name: TABLE notice_photos; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE coop.notice_photos TO lien_coop;

-- Name: TABLE notices; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.notices TO lien_coop;

-- Name: TABLE paper_counts; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.paper_counts TO lien_coop;

-- Name: TABLE participation; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.participation TO lien_coop;
GRANT SELECT ON TABLE coop.participation TO lien_bond;

-- Name: TABLE parting_signatures; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.parting_signatures TO lien_coop;

-- Name: TABLE partings; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.partings TO lien_coop;

-- Name: TABLE passport_links; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE coop.passport_links TO lien_coop;

-- Name: TABLE pauses; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.pauses TO lien_coop;

-- Name: TABLE photos; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE coop.photos TO lien_coop;

-- Name: TABLE places; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.places TO lien_coop;

-- Name: TABLE poster_codes; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.poster_codes TO lien_coop;

-- Name: TABLE poster_items; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.poster_items TO lien_coop;

-- Name: TABLE poster_listings; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,DELETE ON TABLE coop.poster_listings TO lien_coop;

-- Name: TABLE posters; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.posters TO lien_coop;

-- Name: TABLE presences; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.presences TO lien_coop;

-- Name: TABLE problem_homes; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.problem_homes TO lien_coop;

-- Name: TABLE problem_steps; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.problem_steps TO lien_coop;

-- Name: TABLE problems; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.problems TO lien_coop;

-- Name: TABLE proxies; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.proxies TO lien_coop;

-- Name: COLUMN proxies.state; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(state) ON TABLE coop.proxies TO lien_coop;

-- Name: COLUMN proxies.state_since; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(state_since) ON TABLE coop.proxies TO lien_coop;

-- Name: TABLE reactions; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,DELETE ON TABLE coop.reactions TO lien_coop;

-- Name: TABLE registrations; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.registrations TO lien_coop;

-- Name: TABLE resources; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.resources TO lien_coop;

-- Name: TABLE rights_changes; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,DELETE ON TABLE coop.rights_changes TO lien_coop;

-- Name: TABLE role_plans; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.role_plans TO lien_coop;

-- Name: TABLE roll; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.roll TO lien_coop;

-- Name: COLUMN roll.present; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(present) ON TABLE coop.roll TO lien_coop;

-- Name: TABLE safety_nets; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE coop.safety_nets TO lien_coop;

-- Name: TABLE saved_notices; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,DELETE ON TABLE coop.saved_notices TO lien_coop;

-- Name: TABLE searches; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE coop.searches TO lien_coop;

-- Name: TABLE shift_credits; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.shift_credits TO lien_coop;

-- Name: COLUMN shift_credits.reversed_at; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(reversed_at) ON TABLE coop.shift_credits TO lien_coop;

-- Name: COLUMN shift_credits.reversed_by; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(reversed_by) ON TABLE coop.shift_credits TO lien_coop;

-- Name: COLUMN shift_credits.reversed_why; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(reversed_why) ON TABLE coop.shift_credits TO lien_coop;

-- Name: COLUMN shift_credits.reversal_id; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(reversal_id) ON TABLE coop.shift_credits TO lien_coop;

-- Name: TABLE shift_hands; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.shift_hands TO lien_coop;

-- Name: COLUMN shift_hands.state; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(state) ON TABLE coop.shift_hands TO lien_coop;

-- Name: COLUMN shift_hands.turn; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(turn) ON TABLE coop.shift_hands TO lien_coop;

-- Name: COLUMN shift_hands.changed_at; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(changed_at) ON TABLE coop.shift_hands TO lien_coop;

-- Name: TABLE shifts; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.shifts TO lien_coop;

-- Name: COLUMN shifts.what; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(what) ON TABLE coop.shifts TO lien_coop;

-- Name: COLUMN shifts.starts_at; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(starts_at) ON TABLE coop.shifts TO lien_coop;

-- Name: COLUMN shifts.ends_at; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(ends_at) ON TABLE coop.shifts TO lien_coop;

-- Name: COLUMN shifts.closed_at; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(closed_at) ON TABLE coop.shifts TO lien_coop;

-- Name: COLUMN shifts.alerted_at; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(alerted_at) ON TABLE coop.shifts TO lien_coop;

-- Name: TABLE statutes; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.statutes TO lien_coop;

-- Name: TABLE suspensions; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.suspensions TO lien_coop;

-- Name: TABLE talk_log; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.talk_log TO lien_coop;

-- Name: COLUMN talk_log.body; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(body) ON TABLE coop.talk_log TO lien_coop;

-- Name: TABLE talk_reads; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.talk_reads TO lien_coop;

-- Name: TABLE talks; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.talks TO lien_coop;

-- Name: TABLE thanks; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,DELETE ON TABLE coop.thanks TO lien_coop;

-- Name: TABLE transfer_words; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.transfer_words TO lien_coop;

-- Name: COLUMN transfer_words.words; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(words) ON TABLE coop.transfer_words TO lien_coop;

-- Name: COLUMN transfer_words.language; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(language) ON TABLE coop.transfer_words TO lien_coop;

-- Name: TABLE transfers; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.transfers TO lien_coop;

-- Name: TABLE urns; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,DELETE ON TABLE coop.urns TO lien_coop;

-- Name: TABLE visits; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE coop.visits TO lien_coop;

-- Name: TABLE vote_marks; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.vote_marks TO lien_coop;

-- Name: TABLE votes; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.votes TO lien_coop;

-- Name: COLUMN votes.state; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(state) ON TABLE coop.votes TO lien_coop;

-- Name: COLUMN votes.ended_by; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(ended_by) ON TABLE coop.votes TO lien_coop;

-- Name: COLUMN votes.ended_at; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(ended_at) ON TABLE coop.votes TO lien_coop;

-- Name: COLUMN votes.void_why; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(void_why) ON TABLE coop.votes TO lien_coop;

-- Name: COLUMN votes.roll; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(roll) ON TABLE coop.votes TO lien_coop;

-- Name: COLUMN votes.present; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(present) ON TABLE coop.votes TO lien_coop;

-- Name: COLUMN votes.represented; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(represented) ON TABLE coop.votes TO lien_coop;

-- Name: COLUMN votes.needed; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(needed) ON TABLE coop.votes TO lien_coop;

-- Name: COLUMN votes.in_favour; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(in_favour) ON TABLE coop.votes TO lien_coop;

-- Name: COLUMN votes.against; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(against) ON TABLE coop.votes TO lien_coop;

-- Name: COLUMN votes.blank; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(blank) ON TABLE coop.votes TO lien_coop;

-- Name: COLUMN votes.invalid; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(invalid) ON TABLE coop.votes TO lien_coop;

-- Name: COLUMN votes.outcome; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(outcome) ON TABLE coop.votes TO lien_coop;

-- Name: COLUMN votes.paper_why; Type: ACL; Schema: coop; Owner: lien_owner
GRANT UPDATE(paper_why) ON TABLE coop.votes TO lien_coop;

-- Name: TABLE welcome_calls; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE coop.welcome_calls TO lien_coop;

-- Name: TABLE workshop_turns; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.workshop_turns TO lien_coop;

-- Name: TABLE workshops; Type: ACL; Schema: coop; Owner: lien_owner
GRANT SELECT,INSERT,UPDATE ON TABLE coop.workshops TO lien_coop;

-- Name: TABLE accesses; Type: ACL; Schema: support; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE support.accesses TO lien_support;
GRANT SELECT ON TABLE support.accesses TO lien_bond;

-- Name: TABLE appointments; Type: ACL; Schema: support; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE support.appointments TO lien_support;

-- Name: COLUMN appointments.cancelled_at; Type: ACL; Schema: support; Owner: lien_owner
GRANT UPDATE(cancelled_at) ON TABLE support.appointments TO lien_support;

-- Name: TABLE case_events; Type: ACL; Schema: support; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE support.case_events TO lien_support;

-- Name: TABLE case_members; Type: ACL; Schema: support; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE support.case_members TO lien_support;
GRANT SELECT ON TABLE support.case_members TO lien_bond;

-- Name: COLUMN case_members.until_at; Type: ACL; Schema: support; Owner: lien_owner
GRANT UPDATE(until_at) ON TABLE support.case_members TO lien_support;

-- Name: TABLE cases; Type: ACL; Schema: support; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE support.cases TO lien_support;
GRANT SELECT ON TABLE support.cases TO lien_bond;

-- Name: COLUMN cases.state; Type: ACL; Schema: support; Owner: lien_owner
GRANT UPDATE(state) ON TABLE support.cases TO lien_support;

-- Name: COLUMN cases.closed_at; Type: ACL; Schema: support; Owner: lien_owner
GRANT UPDATE(closed_at) ON TABLE support.cases TO lien_support;

-- Name: COLUMN cases.last_contact_at; Type: ACL; Schema: support; Owner: lien_owner
GRANT UPDATE(last_contact_at) ON TABLE support.cases TO lien_support;

-- Name: COLUMN cases.outcome; Type: ACL; Schema: support; Owner: lien_owner
GRANT UPDATE(outcome) ON TABLE support.cases TO lien_support;

-- Name: TABLE contacts; Type: ACL; Schema: support; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE support.contacts TO lien_support;

-- Name: TABLE households; Type: ACL; Schema: support; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE support.households TO lien_support;

-- Name: TABLE notes; Type: ACL; Schema: support; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE support.notes TO lien_support;

-- Name: COLUMN notes.co_holder_id; Type: ACL; Schema: support; Owner: lien_owner
GRANT UPDATE(co_holder_id) ON TABLE support.notes TO lien_support;

-- Name: COLUMN notes.class; Type: ACL; Schema: support; Owner: lien_owner
GRANT UPDATE(class) ON TABLE support.notes TO lien_support;

-- Name: TABLE organisations; Type: ACL; Schema: support; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE support.organisations TO lien_support;
GRANT SELECT ON TABLE support.organisations TO lien_bond;

-- Name: TABLE persons; Type: ACL; Schema: support; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE support.persons TO lien_support;
GRANT SELECT ON TABLE support.persons TO lien_bond;

-- Name: COLUMN persons.languages; Type: ACL; Schema: support; Owner: lien_owner
GRANT UPDATE(languages) ON TABLE support.persons TO lien_support;

-- Name: COLUMN persons.contact_wish; Type: ACL; Schema: support; Owner: lien_owner
GRANT UPDATE(contact_wish) ON TABLE support.persons TO lien_support;

-- Name: TABLE workers; Type: ACL; Schema: support; Owner: lien_owner
GRANT SELECT,INSERT ON TABLE support.workers TO lien_support;
GRANT SELECT ON TABLE support.workers TO lien_bond;

-- Name: COLUMN workers.ended_at; Type: ACL; Schema: support; Owner: lien_owner
GRANT UPDATE(ended_at) ON TABLE support.workers TO lien_support;

-- Name: DEFAULT PRIVILEGES FOR FUNCTIONS; Type: DEFAULT ACL; Schema: -; Owner: lien_owner
ALTER DEFAULT PRIVILEGES FOR ROLE lien_owner REVOKE ALL ON FUNCTIONS  FROM PUBLIC;
