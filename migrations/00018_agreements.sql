-- What two people agree on is said with taps, spoken about between the two, remembered and thanked for; each step says by which channel it came.
-- +goose Up
ALTER TABLE coop.agreements
  ADD COLUMN offered_by uuid, -- whose proposal stands, once the other one proposed something else; none: proposed_by
  ADD COLUMN category text NOT NULL DEFAULT 'other' CONSTRAINT help_is_of_a_known_category
    CHECK (category IN ('shopping', 'repair', 'cooking', 'children', 'company', 'paperwork', 'languages', 'computer', 'sewing', 'garden', 'carrying', 'other')),
  ADD COLUMN bring text[] NOT NULL DEFAULT '{}' CONSTRAINT what_to_bring_is_known
    CHECK (bring <@ ARRAY['tools', 'bag', 'device', 'papers', 'fabric', 'dish', 'gloves', 'boxes', 'keys']),
  ADD COLUMN called int NOT NULL DEFAULT 0 CONSTRAINT reminders_count_up CHECK (called >= 0), -- reminders of the present state that were given
  ADD COLUMN call_at timestamptz, -- when the next one is due
  ADD CONSTRAINT the_proposal_that_stands_is_of_one_of_the_two CHECK (offered_by IN (giver_id, receiver_id));
UPDATE coop.agreements g SET category = l.category
FROM coop.listings l
WHERE l.cooperative_id = g.cooperative_id AND l.id = g.listing_id;
UPDATE coop.agreements SET call_at = state_since + interval '3 days' WHERE deadline_at IS NOT NULL;
CREATE INDEX agreements_to_call_about ON coop.agreements (call_at) WHERE call_at IS NOT NULL;
CREATE INDEX agreements_proposed ON coop.agreements (cooperative_id, proposed_by) WHERE state = 'proposed';

ALTER TABLE coop.agreement_events
  ADD COLUMN channel text NOT NULL DEFAULT '' CONSTRAINT a_step_comes_by_a_known_channel CHECK (channel IN ('', 'desk', 'paper')), -- '': the member's own phone
  ADD COLUMN witness_id uuid, -- the facilitator at the desk
  ADD COLUMN language text NOT NULL DEFAULT '', -- of the words
  ADD COLUMN planned_at timestamptz, -- what was proposed, when something was
  ADD COLUMN meeting text,
  ADD CONSTRAINT a_step_at_the_desk_has_a_witness CHECK (channel <> 'desk' OR witness_id IS NOT NULL),
  ADD CONSTRAINT a_witness_is_somebody_else CHECK (witness_id <> by_member_id),
  ADD FOREIGN KEY (cooperative_id, witness_id) REFERENCES coop.members (cooperative_id, id);

-- The conversation inside an agreement: a log of its own, numbered without a gap under the lock of its row.
CREATE TABLE coop.talks (
  cooperative_id uuid NOT NULL,
  agreement_id uuid NOT NULL,
  last_seq bigint NOT NULL CONSTRAINT a_talk_counts_up CHECK (last_seq >= 0),
  PRIMARY KEY (cooperative_id, agreement_id),
  CONSTRAINT a_talk_is_known_by_one_id UNIQUE (agreement_id),
  FOREIGN KEY (cooperative_id, agreement_id) REFERENCES coop.agreements (cooperative_id, id)
) WITH (fillfactor = 50);

CREATE TABLE coop.talk_log (
  cooperative_id uuid NOT NULL,
  agreement_id uuid NOT NULL,
  seq bigint NOT NULL CONSTRAINT a_talk_begins_at_one CHECK (seq > 0),
  kind text NOT NULL CONSTRAINT what_is_said_is_of_a_known_kind CHECK (kind IN ('words', 'tap', 'step', 'help')),
  member_id uuid NOT NULL,
  body text NOT NULL, -- what was written, or the key of the tap or of the step
  language text NOT NULL,
  client_key uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (agreement_id, seq),
  CONSTRAINT a_message_is_sent_once UNIQUE (cooperative_id, member_id, client_key),
  FOREIGN KEY (cooperative_id, agreement_id) REFERENCES coop.talks (cooperative_id, agreement_id),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id)
);
CREATE INDEX messages_of_a_member ON coop.talk_log (cooperative_id, member_id, at DESC);

CREATE TABLE coop.talk_reads (
  cooperative_id uuid NOT NULL,
  agreement_id uuid NOT NULL,
  member_id uuid NOT NULL,
  seq bigint NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, agreement_id, member_id),
  FOREIGN KEY (cooperative_id, agreement_id) REFERENCES coop.talks (cooperative_id, agreement_id),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id)
);

-- How to find the one who is visited. Shown between yes and done, then thrown away.
CREATE TABLE coop.agreement_directions (
  cooperative_id uuid NOT NULL,
  agreement_id uuid NOT NULL,
  member_id uuid NOT NULL,
  words text NOT NULL,
  language text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, agreement_id, member_id),
  FOREIGN KEY (cooperative_id, agreement_id) REFERENCES coop.agreements (cooperative_id, id),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id)
);

-- What each of the two answered to the outcome of a mediation.
CREATE TABLE coop.agreement_answers (
  cooperative_id uuid NOT NULL,
  agreement_id uuid NOT NULL,
  member_id uuid NOT NULL,
  words text NOT NULL,
  language text NOT NULL,
  at timestamptz NOT NULL,
  CONSTRAINT an_outcome_is_answered_once PRIMARY KEY (cooperative_id, agreement_id, member_id),
  FOREIGN KEY (cooperative_id, agreement_id) REFERENCES coop.agreements (cooperative_id, id),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id)
);

-- Words of thanks from one of the two to the other. shown_at: the receiver chose to show them (the passport reads these, never hidden ones).
CREATE TABLE coop.agreement_thanks (
  cooperative_id uuid NOT NULL,
  agreement_id uuid NOT NULL,
  by_member_id uuid NOT NULL,
  to_member_id uuid NOT NULL,
  words text NOT NULL,
  language text NOT NULL,
  given_at timestamptz NOT NULL,
  edited_at timestamptz,
  shown_at timestamptz,
  reported_at timestamptz,
  settled_at timestamptz, -- when somebody looked at the report
  settled_by uuid,
  hidden_at timestamptz, -- taken down
  CONSTRAINT each_of_the_two_thanks_once PRIMARY KEY (cooperative_id, agreement_id, by_member_id),
  CONSTRAINT nobody_thanks_themselves CHECK (by_member_id <> to_member_id),
  CONSTRAINT thanks_change_within_a_day CHECK (edited_at IS NULL OR edited_at <= given_at + interval '1 day'),
  CONSTRAINT a_report_is_settled_by_somebody_else CHECK ((settled_at IS NULL) = (settled_by IS NULL) AND settled_by <> by_member_id AND settled_by <> to_member_id),
  CONSTRAINT what_is_taken_down_is_not_shown CHECK (hidden_at IS NULL OR shown_at IS NULL),
  FOREIGN KEY (cooperative_id, agreement_id) REFERENCES coop.agreements (cooperative_id, id),
  FOREIGN KEY (cooperative_id, by_member_id) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, to_member_id) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, settled_by) REFERENCES coop.members (cooperative_id, id)
);
CREATE INDEX thanks_received ON coop.agreement_thanks (cooperative_id, to_member_id, given_at DESC);
CREATE INDEX thanks_reported ON coop.agreement_thanks (cooperative_id, reported_at) WHERE reported_at IS NOT NULL AND settled_at IS NULL;

-- Who knows that somebody is on a visit, until they say that they have left. Thrown away afterwards.
CREATE TABLE coop.visits (
  cooperative_id uuid NOT NULL,
  id uuid NOT NULL,
  agreement_id uuid NOT NULL,
  member_id uuid NOT NULL,
  whom_id uuid NOT NULL,
  asked_at timestamptz NOT NULL,
  accepted_at timestamptz,
  arrived_at timestamptz,
  left_at timestamptz,
  due_at timestamptz NOT NULL, -- when 'left' is awaited
  told_at timestamptz, -- when the chosen person was asked to call
  passed_on_at timestamptz, -- when facilitators were
  answered_at timestamptz, -- when one of them said that all is well
  ends_at timestamptz NOT NULL, -- when the row is thrown away
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT one_person_waits_for_a_visitor UNIQUE (cooperative_id, agreement_id, member_id),
  CONSTRAINT whoever_waits_is_somebody_else CHECK (whom_id <> member_id),
  CONSTRAINT who_leaves_had_arrived CHECK (left_at IS NULL OR left_at >= arrived_at AND arrived_at IS NOT NULL),
  CONSTRAINT only_who_accepted_is_called CHECK (told_at IS NULL OR accepted_at IS NOT NULL),
  FOREIGN KEY (cooperative_id, agreement_id) REFERENCES coop.agreements (cooperative_id, id),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, whom_id) REFERENCES coop.members (cooperative_id, id)
);
CREATE INDEX visits_due ON coop.visits (due_at) WHERE left_at IS NULL AND answered_at IS NULL;
CREATE INDEX visits_over ON coop.visits (ends_at);
CREATE INDEX visits_waited_for ON coop.visits (cooperative_id, whom_id);

CREATE INDEX inbox_about ON coop.inbox (cooperative_id, subject_id); -- what must not be remembered is taken back

GRANT SELECT, INSERT, UPDATE ON coop.talks, coop.talk_reads, coop.agreement_thanks TO lien_coop;
GRANT SELECT, INSERT, UPDATE (body) ON coop.talk_log TO lien_coop;
GRANT SELECT, INSERT, UPDATE (words) ON coop.agreement_answers TO lien_coop;
GRANT SELECT, INSERT, UPDATE, DELETE ON coop.agreement_directions, coop.visits TO lien_coop;

-- +goose Down
DROP INDEX coop.inbox_about;
DROP TABLE coop.visits, coop.agreement_thanks, coop.agreement_answers, coop.agreement_directions, coop.talk_reads, coop.talk_log, coop.talks;
ALTER TABLE coop.agreement_events
  DROP COLUMN channel, DROP COLUMN witness_id, DROP COLUMN language, DROP COLUMN planned_at, DROP COLUMN meeting;
ALTER TABLE coop.agreements
  DROP COLUMN offered_by, DROP COLUMN category, DROP COLUMN bring, DROP COLUMN called, DROP COLUMN call_at;
