-- The desk: a facilitator's shared tablet, the acts carried there for a member with their consent, what was undone, and the weekly posters.
-- +goose Up
-- A session in desk mode has tablet_until: it is open until then, and shut afterwards. with_member_id is whose acts it may carry meanwhile.
ALTER TABLE account.sessions
  ADD COLUMN tablet_until timestamptz,
  ADD COLUMN with_member_id uuid,
  ADD CONSTRAINT only_residents_have_a_tablet CHECK (tablet_until IS NULL OR resident_id IS NOT NULL),
  ADD CONSTRAINT nobody_is_helped_without_a_tablet CHECK (with_member_id IS NULL OR tablet_until IS NOT NULL),
  ADD CONSTRAINT a_tablet_never_opens_the_private_area CHECK (tablet_until IS NULL OR private_until IS NULL);

-- The journal: what was carried for a member at the desk, written before it is done. 'open' is no act: a facilitator opened the member's page.
CREATE TABLE coop.acts (
  cooperative_id uuid NOT NULL,
  id uuid NOT NULL,
  member_id uuid NOT NULL,
  by_member_id uuid NOT NULL,
  kind text NOT NULL,
  consent text NOT NULL CONSTRAINT a_consent_is_known CHECK (consent IN ('none', 'pin', 'witness', 'mark')),
  witness_id uuid,
  mark text,
  client_key uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT an_act_is_carried_once UNIQUE (cooperative_id, by_member_id, client_key),
  CONSTRAINT nobody_carries_their_own_act CHECK (member_id <> by_member_id),
  CONSTRAINT only_opening_needs_no_consent CHECK ((consent = 'none') = (kind = 'open')),
  CONSTRAINT a_witness_is_a_third_person CHECK (witness_id IS NULL OR witness_id NOT IN (member_id, by_member_id)),
  CONSTRAINT a_witnessed_act_names_its_witness CHECK ((consent IN ('witness', 'mark')) = (witness_id IS NOT NULL)),
  CONSTRAINT a_mark_was_made CHECK ((consent = 'mark') = (mark IS NOT NULL)),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, by_member_id) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, witness_id) REFERENCES coop.members (cooperative_id, id)
);
CREATE INDEX acts_of_a_member ON coop.acts (cooperative_id, member_id, id DESC);

-- That an act was done, and on what: its listing, agreement, event or transfer. In the transaction of the act itself.
CREATE TABLE coop.acts_done (
  cooperative_id uuid NOT NULL,
  act_id uuid NOT NULL,
  subject_id uuid,
  other_id uuid,
  minutes bigint,
  before text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, act_id),
  FOREIGN KEY (cooperative_id, act_id) REFERENCES coop.acts (cooperative_id, id),
  FOREIGN KEY (cooperative_id, other_id) REFERENCES coop.members (cooperative_id, id)
);
CREATE INDEX acts_on_a_subject ON coop.acts_done (cooperative_id, subject_id) WHERE subject_id IS NOT NULL;

-- An act taken back by its member, once. 'asked': hours that moved are given back by a facilitator's correction.
CREATE TABLE coop.acts_undone (
  cooperative_id uuid NOT NULL,
  act_id uuid NOT NULL,
  by_member_id uuid NOT NULL,
  outcome text NOT NULL CONSTRAINT an_undoing_is_done_or_asked CHECK (outcome IN ('undone', 'asked')),
  at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, act_id),
  FOREIGN KEY (cooperative_id, act_id) REFERENCES coop.acts_done (cooperative_id, act_id),
  FOREIGN KEY (cooperative_id, by_member_id) REFERENCES coop.members (cooperative_id, id)
);
CREATE INDEX corrections_asked ON coop.acts_undone (cooperative_id, at) WHERE outcome = 'asked';

-- What a facilitator other than the one at the desk answered to a correction that was asked for.
CREATE TABLE coop.acts_answered (
  cooperative_id uuid NOT NULL,
  act_id uuid NOT NULL,
  by_member_id uuid NOT NULL,
  outcome text NOT NULL CONSTRAINT a_correction_is_made_or_not CHECK (outcome IN ('corrected', 'kept')),
  words text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, act_id),
  FOREIGN KEY (cooperative_id, act_id) REFERENCES coop.acts_undone (cooperative_id, act_id),
  FOREIGN KEY (cooperative_id, by_member_id) REFERENCES coop.members (cooperative_id, id)
);

GRANT SELECT, INSERT ON coop.acts, coop.acts_done, coop.acts_undone, coop.acts_answered TO lien_coop;

-- +goose Down
DROP TABLE coop.acts_answered, coop.acts_undone, coop.acts_done, coop.acts;
ALTER TABLE account.sessions
  DROP CONSTRAINT a_tablet_never_opens_the_private_area,
  DROP CONSTRAINT nobody_is_helped_without_a_tablet,
  DROP CONSTRAINT only_residents_have_a_tablet,
  DROP COLUMN with_member_id,
  DROP COLUMN tablet_until;
