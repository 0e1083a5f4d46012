-- How one comes in, rests, is stopped and comes back: leaflets, applications, pauses, suspensions with their contest, roles with dates, charters said again.
-- +goose Up
-- A leaflet leads to the application form: a poster's for everybody, one handed over for one person. Its code is derived from its id, and kept nowhere.
CREATE TABLE coop.leaflets (
  cooperative_id uuid NOT NULL REFERENCES coop.cooperatives (id),
  id uuid NOT NULL,
  kind text NOT NULL CONSTRAINT a_leaflet_hangs_or_is_handed CHECK (kind IN ('poster', 'handed')),
  code_hash bytea NOT NULL,
  made_by uuid NOT NULL,
  client_key uuid NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz,
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT a_code_opens_one_leaflet UNIQUE (code_hash),
  CONSTRAINT a_leaflet_is_made_once UNIQUE (cooperative_id, made_by, client_key),
  FOREIGN KEY (cooperative_id, made_by) REFERENCES coop.members (cooperative_id, id)
);
CREATE INDEX leaflets_about ON coop.leaflets (cooperative_id, kind, id DESC) WHERE revoked_at IS NULL;

CREATE TABLE coop.applications (
  cooperative_id uuid NOT NULL REFERENCES coop.cooperatives (id),
  id uuid NOT NULL,
  code_hash bytea NOT NULL,
  channel text NOT NULL CONSTRAINT an_application_comes_by_a_known_way CHECK (channel IN ('poster', 'member', 'desk')),
  leaflet_id uuid,
  filled_by uuid, -- the facilitator who wrote it at the desk
  name text NOT NULL,
  language text NOT NULL,
  place_id uuid NOT NULL,
  reach text NOT NULL CONSTRAINT one_is_reached_by_phone_at_the_desk_or_not CHECK (reach IN ('none', 'phone', 'desk')),
  phone text NOT NULL,
  words text NOT NULL,
  state text NOT NULL CONSTRAINT an_application_is_in_a_known_state
    CHECK (state IN ('applied', 'meeting', 'met', 'entered', 'declined', 'withdrawn', 'lapsed')),
  state_since timestamptz NOT NULL,
  deadline_at timestamptz,
  meeting_at timestamptz,
  meeting_place text NOT NULL,
  invitation_id uuid,
  member_id uuid,
  steps int NOT NULL,
  client_key uuid NOT NULL,
  created_at timestamptz NOT NULL,
  forgotten_at timestamptz, -- when name, phone and words were taken out
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT a_code_follows_one_application UNIQUE (code_hash),
  CONSTRAINT an_application_is_sent_once UNIQUE (cooperative_id, client_key),
  CONSTRAINT an_application_makes_one_member UNIQUE (cooperative_id, member_id),
  CONSTRAINT an_open_application_has_a_deadline CHECK ((deadline_at IS NULL) = (state IN ('entered', 'declined', 'withdrawn', 'lapsed'))),
  CONSTRAINT a_meeting_has_a_date_and_a_place CHECK (state <> 'meeting' OR (meeting_at IS NOT NULL AND meeting_place <> '')),
  CONSTRAINT who_was_met_has_an_invitation CHECK (state <> 'met' OR invitation_id IS NOT NULL),
  CONSTRAINT who_entered_is_a_member CHECK ((state = 'entered') = (member_id IS NOT NULL)),
  CONSTRAINT a_number_is_left_by_who_wants_a_call CHECK (phone = '' OR reach = 'phone'),
  CONSTRAINT only_a_closed_application_is_forgotten CHECK (forgotten_at IS NULL OR deadline_at IS NULL),
  FOREIGN KEY (cooperative_id, leaflet_id) REFERENCES coop.leaflets (cooperative_id, id),
  FOREIGN KEY (cooperative_id, filled_by) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, place_id) REFERENCES coop.places (cooperative_id, id),
  FOREIGN KEY (cooperative_id, invitation_id) REFERENCES coop.invitations (cooperative_id, id),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id)
);
CREATE INDEX applications_open ON coop.applications (cooperative_id, id) WHERE deadline_at IS NOT NULL;
CREATE INDEX applications_closed ON coop.applications (cooperative_id, id DESC) WHERE deadline_at IS NULL;
CREATE INDEX applications_running_out ON coop.applications (deadline_at) WHERE state = 'met';
CREATE INDEX applications_to_forget ON coop.applications (state_since) WHERE deadline_at IS NULL AND forgotten_at IS NULL;
CREATE INDEX applications_of_a_leaflet ON coop.applications (cooperative_id, leaflet_id, created_at);
CREATE UNIQUE INDEX an_invitation_answers_one_application ON coop.applications (cooperative_id, invitation_id);

CREATE TABLE coop.application_events (
  cooperative_id uuid NOT NULL,
  application_id uuid NOT NULL,
  n int NOT NULL,
  step text NOT NULL,
  from_state text NOT NULL,
  to_state text NOT NULL,
  by_member_id uuid, -- nobody: the applicant, or the clock
  words text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, application_id, n),
  FOREIGN KEY (cooperative_id, application_id) REFERENCES coop.applications (cooperative_id, id),
  FOREIGN KEY (cooperative_id, by_member_id) REFERENCES coop.members (cooperative_id, id)
);

-- An invitation may be for somebody who is a member already: imported, or without a device so far.
ALTER TABLE coop.invitations ADD COLUMN for_member_id uuid;
ALTER TABLE coop.invitations ADD CONSTRAINT an_invitation_is_for_a_member_of_the_cooperative
  FOREIGN KEY (cooperative_id, for_member_id) REFERENCES coop.members (cooperative_id, id);
ALTER TABLE coop.invitations DROP CONSTRAINT an_invitation_makes_one_member;
CREATE UNIQUE INDEX an_invitation_makes_one_member ON coop.invitations (cooperative_id, used_by) WHERE for_member_id IS NULL;
CREATE UNIQUE INDEX a_member_has_one_open_invitation ON coop.invitations (cooperative_id, for_member_id) WHERE used_at IS NULL AND revoked_at IS NULL;

-- Who comes back says yes again, to the same version or a newer one.
ALTER TABLE coop.charter_acceptances DROP CONSTRAINT charter_acceptances_pkey;
ALTER TABLE coop.charter_acceptances ADD PRIMARY KEY (cooperative_id, member_id, version, accepted_at);
ALTER TABLE coop.charter_acceptances ADD COLUMN witness_id uuid; -- the facilitator who was there, at the desk or with the paper
ALTER TABLE coop.charter_acceptances ADD CONSTRAINT a_witness_is_a_member_of_the_cooperative
  FOREIGN KEY (cooperative_id, witness_id) REFERENCES coop.members (cooperative_id, id);
ALTER TABLE coop.charter_acceptances ADD CONSTRAINT nobody_is_their_own_witness CHECK (witness_id <> member_id);

CREATE TABLE coop.pauses (
  cooperative_id uuid NOT NULL,
  id uuid NOT NULL,
  member_id uuid NOT NULL,
  from_on date NOT NULL,
  until_on date NOT NULL, -- the last day
  client_key uuid NOT NULL,
  asked_at timestamptz NOT NULL,
  begun_at timestamptz,
  ended_at timestamptz,
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT a_pause_is_asked_once UNIQUE (cooperative_id, member_id, client_key),
  CONSTRAINT a_pause_ends_after_it_begins CHECK (until_on >= from_on),
  CONSTRAINT a_pause_lasts_a_year_at_most CHECK (until_on <= from_on + 366),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id)
);
CREATE UNIQUE INDEX a_member_has_one_pause_at_a_time ON coop.pauses (cooperative_id, member_id) WHERE ended_at IS NULL;
CREATE INDEX pauses_that_turn ON coop.pauses (from_on, until_on) WHERE ended_at IS NULL;

CREATE TABLE coop.suspensions (
  cooperative_id uuid NOT NULL,
  id uuid NOT NULL,
  member_id uuid NOT NULL,
  decided_by uuid NOT NULL,
  reason text NOT NULL,
  decided_at timestamptz NOT NULL,
  until_on date NOT NULL, -- the last day
  contest text NOT NULL,
  contested_at timestamptz,
  review_by timestamptz, -- by when somebody else must have answered
  reviewed_by uuid,
  outcome text NOT NULL CONSTRAINT a_review_upholds_or_lifts CHECK (outcome IN ('', 'upheld', 'lifted')),
  review text NOT NULL,
  reviewed_at timestamptz,
  ended_at timestamptz,
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT nobody_suspends_themselves CHECK (decided_by <> member_id),
  CONSTRAINT a_suspension_is_reviewed_by_somebody_else CHECK (reviewed_by NOT IN (decided_by, member_id)),
  CONSTRAINT a_contest_has_words_and_a_date_to_answer CHECK ((contested_at IS NOT NULL) = (contest <> '') AND (contested_at IS NOT NULL) = (review_by IS NOT NULL)),
  CONSTRAINT only_what_was_contested_is_reviewed CHECK (reviewed_at IS NULL OR contested_at IS NOT NULL),
  CONSTRAINT a_review_has_an_author_an_outcome_and_words CHECK (num_nonnulls(reviewed_by, reviewed_at) IN (0, 2) AND (reviewed_at IS NOT NULL) = (outcome <> '') AND (reviewed_at IS NOT NULL) = (review <> '')),
  CONSTRAINT what_is_lifted_has_ended CHECK (outcome <> 'lifted' OR ended_at IS NOT NULL),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, decided_by) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, reviewed_by) REFERENCES coop.members (cooperative_id, id)
);
CREATE UNIQUE INDEX a_member_is_suspended_once_at_a_time ON coop.suspensions (cooperative_id, member_id) WHERE ended_at IS NULL;

-- Roles have a last day, and those that will begin are planned.
ALTER TABLE coop.member_roles ADD COLUMN last_on date;
ALTER TABLE coop.member_roles ADD COLUMN given_by uuid;
CREATE TABLE coop.role_plans (
  cooperative_id uuid NOT NULL,
  id uuid NOT NULL,
  member_id uuid NOT NULL,
  role text NOT NULL CONSTRAINT a_planned_role_is_known CHECK (role IN ('facilitator', 'treasurer', 'scrutineer')),
  from_on date NOT NULL,
  last_on date,
  given_by uuid NOT NULL,
  client_key uuid NOT NULL,
  planned_at timestamptz NOT NULL,
  done_at timestamptz, -- begun, or given up
  begun boolean NOT NULL,
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT a_role_is_planned_once UNIQUE (cooperative_id, given_by, client_key),
  CONSTRAINT a_planned_role_ends_after_it_begins CHECK (last_on >= from_on),
  CONSTRAINT only_what_is_done_has_begun CHECK (NOT begun OR done_at IS NOT NULL),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, given_by) REFERENCES coop.members (cooperative_id, id)
);
CREATE UNIQUE INDEX a_role_is_planned_once_at_a_time ON coop.role_plans (cooperative_id, member_id, role) WHERE done_at IS NULL;

GRANT SELECT, INSERT, UPDATE ON coop.leaflets, coop.applications, coop.pauses, coop.suspensions, coop.role_plans TO lien_coop;
GRANT SELECT, INSERT ON coop.application_events TO lien_coop;

-- +goose Down
DROP TABLE coop.role_plans, coop.suspensions, coop.pauses, coop.application_events, coop.applications, coop.leaflets;
ALTER TABLE coop.member_roles DROP COLUMN last_on, DROP COLUMN given_by;
ALTER TABLE coop.charter_acceptances DROP CONSTRAINT charter_acceptances_pkey, DROP COLUMN witness_id;
DELETE FROM coop.charter_acceptances AS a USING coop.charter_acceptances AS b
WHERE a.cooperative_id = b.cooperative_id AND a.member_id = b.member_id AND a.version = b.version AND a.accepted_at > b.accepted_at;
ALTER TABLE coop.charter_acceptances ADD PRIMARY KEY (cooperative_id, member_id, version);
DROP INDEX coop.a_member_has_one_open_invitation, coop.an_invitation_makes_one_member;
ALTER TABLE coop.invitations DROP COLUMN for_member_id;
ALTER TABLE coop.invitations ADD CONSTRAINT an_invitation_makes_one_member UNIQUE (cooperative_id, used_by);
