-- Individual support: who may read a case follows from their place on it, in the query first and in row-level security behind it.
-- +goose Up
CREATE TABLE support.organisations (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  kind text NOT NULL CONSTRAINT an_organisation_is_of_a_known_kind CHECK (kind IN ('landlord', 'association'))
);

CREATE TABLE support.workers (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES support.organisations (id),
  name text NOT NULL,
  function text NOT NULL CONSTRAINT a_function_is_known CHECK (function IN ('caseworker', 'coordinator', 'administrator')),
  created_at timestamptz NOT NULL,
  ended_at timestamptz
);

CREATE TABLE support.households (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  created_at timestamptz NOT NULL
);

CREATE TABLE support.persons (
  id uuid PRIMARY KEY,
  household_id uuid NOT NULL REFERENCES support.households (id),
  given_name text NOT NULL,
  family_name text NOT NULL,
  born_year int,
  adult boolean NOT NULL,
  languages text NOT NULL,
  contact_wish text NOT NULL, -- how and when to reach the person, in their words
  created_at timestamptz NOT NULL
);
CREATE INDEX persons_of_a_household ON support.persons (household_id);

CREATE TABLE support.cases (
  id uuid PRIMARY KEY,
  household_id uuid NOT NULL REFERENCES support.households (id),
  stratum text NOT NULL CONSTRAINT a_stratum_is_known CHECK (stratum IN ('external', 'in_place')),
  state text NOT NULL CONSTRAINT a_case_is_in_a_known_state CHECK (state IN ('opened', 'active', 'closed')),
  client_key uuid NOT NULL CONSTRAINT a_case_is_opened_once UNIQUE,
  agreed_on date NOT NULL, -- the day the household said yes: no case without it
  opened_at timestamptz NOT NULL,
  closed_at timestamptz,
  last_contact_at timestamptz
);
CREATE UNIQUE INDEX a_household_has_one_open_case ON support.cases (household_id) WHERE state <> 'closed';

CREATE TABLE support.case_members (
  case_id uuid NOT NULL REFERENCES support.cases (id),
  worker_id uuid NOT NULL REFERENCES support.workers (id),
  role text NOT NULL CONSTRAINT a_case_role_is_known CHECK (role IN ('referent', 'co_worker')),
  from_at timestamptz NOT NULL,
  until_at timestamptz,
  reason text NOT NULL,
  PRIMARY KEY (case_id, worker_id, from_at)
);
CREATE UNIQUE INDEX a_case_has_one_referent ON support.case_members (case_id) WHERE role = 'referent' AND until_at IS NULL;
CREATE UNIQUE INDEX a_worker_is_once_on_a_case ON support.case_members (case_id, worker_id) WHERE until_at IS NULL;
CREATE INDEX cases_of_a_worker ON support.case_members (worker_id) WHERE until_at IS NULL;

CREATE TABLE support.contacts (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL REFERENCES support.cases (id),
  worker_id uuid NOT NULL REFERENCES support.workers (id),
  kind text NOT NULL CONSTRAINT a_contact_is_of_a_known_kind CHECK (kind IN ('home', 'office', 'phone', 'street', 'third_party')),
  reached boolean NOT NULL,
  minutes int NOT NULL CONSTRAINT a_contact_lasts_a_while CHECK (minutes BETWEEN 0 AND 720),
  client_key uuid NOT NULL,
  at timestamptz NOT NULL,
  written_at timestamptz NOT NULL,
  CONSTRAINT a_contact_is_written_once UNIQUE (case_id, worker_id, client_key)
);
CREATE INDEX contacts_of_a_case ON support.contacts (case_id, at DESC, id DESC);

-- The body is sealed before it reaches the database.
CREATE TABLE support.notes (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL REFERENCES support.cases (id),
  contact_id uuid REFERENCES support.contacts (id),
  author_id uuid NOT NULL REFERENCES support.workers (id),
  co_holder_id uuid REFERENCES support.workers (id),
  class text NOT NULL CONSTRAINT a_note_has_a_class CHECK (class IN ('shared', 'team', 'secret')),
  body bytea NOT NULL,
  client_key uuid NOT NULL,
  at timestamptz NOT NULL,
  CONSTRAINT a_note_is_written_once UNIQUE (case_id, author_id, client_key),
  CONSTRAINT only_a_secret_note_has_a_co_holder CHECK (co_holder_id IS NULL OR class = 'secret')
);
CREATE INDEX notes_of_a_case ON support.notes (case_id, at DESC, id DESC);

CREATE TABLE support.appointments (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL REFERENCES support.cases (id),
  worker_id uuid NOT NULL REFERENCES support.workers (id),
  kind text NOT NULL CONSTRAINT an_appointment_is_of_a_known_kind CHECK (kind IN ('home', 'office', 'phone', 'street')),
  about text NOT NULL,
  at timestamptz NOT NULL,
  client_key uuid NOT NULL,
  created_at timestamptz NOT NULL,
  cancelled_at timestamptz,
  CONSTRAINT an_appointment_is_made_once UNIQUE (case_id, worker_id, client_key)
);
CREATE INDEX appointments_of_a_case ON support.appointments (case_id, at) WHERE cancelled_at IS NULL;
CREATE INDEX appointments_of_a_worker ON support.appointments (worker_id, at) WHERE cancelled_at IS NULL;

CREATE TABLE support.case_events (
  case_id uuid NOT NULL REFERENCES support.cases (id),
  n int NOT NULL,
  step text NOT NULL,
  from_state text NOT NULL,
  to_state text NOT NULL,
  worker_id uuid NOT NULL REFERENCES support.workers (id),
  reason text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (case_id, n)
);

-- Every look at a case: no row, no read.
CREATE TABLE support.accesses (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL REFERENCES support.cases (id),
  worker_id uuid NOT NULL REFERENCES support.workers (id),
  role text NOT NULL,
  organisation_id uuid NOT NULL REFERENCES support.organisations (id),
  section text NOT NULL CONSTRAINT a_section_is_known CHECK (section IN ('overview', 'contacts', 'notes', 'appointments', 'identity', 'bond')),
  purpose text NOT NULL CONSTRAINT a_purpose_is_known CHECK (purpose IN ('follow_up', 'visit', 'handover', 'coordination')),
  at timestamptz NOT NULL
);
CREATE INDEX accesses_of_a_case ON support.accesses (case_id, at DESC, id DESC);

-- Who acts stands in the transaction: set_config('lien.worker', id, true) is its first statement.
CREATE FUNCTION support.me() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('lien.worker', true), '')::uuid;

CREATE FUNCTION support.my_cases() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = support, pg_temp AS $$
  SELECT m.case_id FROM support.case_members m JOIN support.workers w ON w.id = m.worker_id
  WHERE m.worker_id = support.me() AND m.until_at IS NULL AND w.ended_at IS NULL
$$;

CREATE FUNCTION support.i_coordinate() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = support, pg_temp AS $$
  SELECT EXISTS (SELECT FROM support.workers WHERE id = support.me() AND function = 'coordinator' AND ended_at IS NULL)
$$;

CREATE FUNCTION support.i_administer() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = support, pg_temp AS $$
  SELECT EXISTS (SELECT FROM support.workers WHERE id = support.me() AND function = 'administrator' AND ended_at IS NULL)
$$;

CREATE FUNCTION support.somebody_administers() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = support, pg_temp AS $$
  SELECT EXISTS (SELECT FROM support.workers WHERE function = 'administrator')
$$;

-- The number of a case's next step: a coordinator writes steps that they may not read.
CREATE FUNCTION support.next_step(p_case uuid) RETURNS int
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = support, pg_temp AS $$
  SELECT count(*)::int + 1 FROM support.case_events WHERE case_id = p_case
$$;

-- +goose StatementBegin
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['organisations', 'workers', 'households', 'persons', 'cases', 'case_members', 'contacts', 'notes', 'appointments', 'case_events', 'accesses'] LOOP
    EXECUTE format('ALTER TABLE support.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE support.%I FORCE ROW LEVEL SECURITY', t);
    -- The owner reads for lien check and for the functions above; it never writes rows.
    EXECUTE format('CREATE POLICY the_owner_checks ON support.%I FOR SELECT TO lien_owner USING (true)', t);
  END LOOP;
END $$;
-- +goose StatementEnd

CREATE POLICY colleagues_are_known ON support.organisations FOR SELECT TO lien_support USING (true);
CREATE POLICY administrators_add ON support.organisations FOR INSERT TO lien_support WITH CHECK (support.i_administer());
CREATE POLICY colleagues_are_known ON support.workers FOR SELECT TO lien_support USING (true);
CREATE POLICY administrators_add ON support.workers FOR INSERT TO lien_support WITH CHECK (support.i_administer());
-- Somebody has to be the first: until there is an administrator, one may be written down.
CREATE POLICY the_first_one_is_added ON support.organisations FOR INSERT TO lien_support WITH CHECK (NOT support.somebody_administers());
CREATE POLICY the_first_one_is_added ON support.workers FOR INSERT TO lien_support
  WITH CHECK (function = 'administrator' AND NOT support.somebody_administers());
CREATE POLICY administrators_end ON support.workers FOR UPDATE TO lien_support USING (support.i_administer());

-- Identity: those on the case, and coordinators.
CREATE POLICY on_the_case ON support.cases FOR SELECT TO lien_support
  USING (id = ANY (ARRAY(SELECT support.my_cases())) OR (SELECT support.i_coordinate()));
CREATE POLICY coordinators_open ON support.cases FOR INSERT TO lien_support WITH CHECK ((SELECT support.i_coordinate()));
CREATE POLICY on_the_case_changes ON support.cases FOR UPDATE TO lien_support
  USING (id = ANY (ARRAY(SELECT support.my_cases())) OR (SELECT support.i_coordinate()));
CREATE POLICY on_the_case ON support.households FOR SELECT TO lien_support
  USING (id = ANY (ARRAY(SELECT c.household_id FROM support.cases c)) OR (SELECT support.i_coordinate()));
CREATE POLICY coordinators_open ON support.households FOR INSERT TO lien_support WITH CHECK ((SELECT support.i_coordinate()));
CREATE POLICY on_the_case ON support.persons FOR SELECT TO lien_support
  USING (household_id = ANY (ARRAY(SELECT c.household_id FROM support.cases c)) OR (SELECT support.i_coordinate()));
CREATE POLICY coordinators_open ON support.persons FOR INSERT TO lien_support WITH CHECK ((SELECT support.i_coordinate()));
CREATE POLICY on_the_case_changes ON support.persons FOR UPDATE TO lien_support
  USING (household_id = ANY (ARRAY(SELECT c.household_id FROM support.cases c WHERE c.id = ANY (ARRAY(SELECT support.my_cases())))));
CREATE POLICY on_the_case ON support.case_members FOR SELECT TO lien_support
  USING (case_id = ANY (ARRAY(SELECT support.my_cases())) OR (SELECT support.i_coordinate()));
CREATE POLICY coordinators_assign ON support.case_members FOR INSERT TO lien_support WITH CHECK ((SELECT support.i_coordinate()));
CREATE POLICY coordinators_end ON support.case_members FOR UPDATE TO lien_support USING ((SELECT support.i_coordinate()));

-- Content: those on the case only; a secret note only its author and the named co-holder.
CREATE POLICY on_the_case ON support.contacts FOR SELECT TO lien_support USING (case_id = ANY (ARRAY(SELECT support.my_cases())));
CREATE POLICY on_the_case_writes ON support.contacts FOR INSERT TO lien_support
  WITH CHECK (case_id = ANY (ARRAY(SELECT support.my_cases())) AND worker_id = support.me());
CREATE POLICY on_the_case ON support.notes FOR SELECT TO lien_support
  USING (case_id = ANY (ARRAY(SELECT support.my_cases())) AND (class <> 'secret' OR support.me() IN (author_id, co_holder_id)));
CREATE POLICY on_the_case_writes ON support.notes FOR INSERT TO lien_support
  WITH CHECK (case_id = ANY (ARRAY(SELECT support.my_cases())) AND author_id = support.me());
CREATE POLICY on_the_case_changes ON support.notes FOR UPDATE TO lien_support
  USING (case_id = ANY (ARRAY(SELECT support.my_cases())) AND (class <> 'secret' OR support.me() IN (author_id, co_holder_id)));
CREATE POLICY on_the_case ON support.appointments FOR SELECT TO lien_support USING (case_id = ANY (ARRAY(SELECT support.my_cases())));
CREATE POLICY on_the_case_writes ON support.appointments FOR INSERT TO lien_support
  WITH CHECK (case_id = ANY (ARRAY(SELECT support.my_cases())) AND worker_id = support.me());
CREATE POLICY on_the_case_changes ON support.appointments FOR UPDATE TO lien_support USING (case_id = ANY (ARRAY(SELECT support.my_cases())));
CREATE POLICY on_the_case ON support.case_events FOR SELECT TO lien_support USING (case_id = ANY (ARRAY(SELECT support.my_cases())));
CREATE POLICY on_the_case_writes ON support.case_events FOR INSERT TO lien_support
  WITH CHECK ((case_id = ANY (ARRAY(SELECT support.my_cases())) OR (SELECT support.i_coordinate())) AND worker_id = support.me());
CREATE POLICY looks_on_my_cases ON support.accesses FOR SELECT TO lien_support USING (case_id = ANY (ARRAY(SELECT support.my_cases())));
CREATE POLICY looks_are_written ON support.accesses FOR INSERT TO lien_support
  WITH CHECK (worker_id = support.me() AND (case_id = ANY (ARRAY(SELECT support.my_cases())) OR section = 'identity' AND (SELECT support.i_coordinate())));

GRANT SELECT, INSERT ON support.organisations, support.households, support.contacts, support.case_events, support.accesses TO lien_support;
GRANT SELECT, INSERT ON support.workers, support.persons, support.cases, support.case_members, support.notes, support.appointments TO lien_support;
-- What was written stays written: only these may change.
GRANT UPDATE (ended_at) ON support.workers TO lien_support;
GRANT UPDATE (languages, contact_wish) ON support.persons TO lien_support;
GRANT UPDATE (state, closed_at, last_contact_at) ON support.cases TO lien_support;
GRANT UPDATE (until_at) ON support.case_members TO lien_support;
GRANT UPDATE (class, co_holder_id) ON support.notes TO lien_support;
GRANT UPDATE (cancelled_at) ON support.appointments TO lien_support;
GRANT EXECUTE ON FUNCTION support.me(), support.my_cases(), support.i_coordinate(), support.i_administer() TO lien_support, lien_bond;
GRANT EXECUTE ON FUNCTION support.somebody_administers(), support.next_step(uuid) TO lien_support;

-- +goose Down
DROP TABLE support.accesses, support.case_events, support.appointments, support.notes, support.contacts, support.case_members, support.cases, support.persons, support.households, support.workers, support.organisations;
DROP FUNCTION support.next_step(uuid), support.somebody_administers(), support.i_administer(), support.i_coordinate(), support.my_cases(), support.me();
