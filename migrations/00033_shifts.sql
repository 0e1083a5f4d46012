-- Shifts: hands that an event needs; who was there is credited once from the fund, and what was credited in error goes back once.
-- +goose Up
CREATE TABLE coop.shifts (
  cooperative_id uuid NOT NULL,
  id uuid NOT NULL,
  event_id uuid NOT NULL,
  what text NOT NULL,
  language text NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  least int NOT NULL,
  most int NOT NULL,
  opened_by uuid NOT NULL,
  client_key uuid NOT NULL,
  created_at timestamptz NOT NULL,
  closed_at timestamptz, -- it is not needed after all
  alerted_at timestamptz, -- when it was told that hands are missing
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT a_shift_is_opened_once UNIQUE (cooperative_id, opened_by, client_key),
  CONSTRAINT a_shift_ends_after_it_starts CHECK (ends_at > starts_at),
  CONSTRAINT a_shift_needs_some_hands_and_not_a_crowd CHECK (least >= 1 AND most >= least AND most <= 50),
  FOREIGN KEY (cooperative_id, event_id) REFERENCES coop.events (cooperative_id, id),
  FOREIGN KEY (cooperative_id, opened_by) REFERENCES coop.members (cooperative_id, id)
);
CREATE INDEX shifts_of_an_event ON coop.shifts (cooperative_id, event_id);
CREATE INDEX shifts_in_time ON coop.shifts (starts_at, id);

CREATE TABLE coop.shift_hands (
  cooperative_id uuid NOT NULL,
  shift_id uuid NOT NULL,
  member_id uuid NOT NULL,
  state text NOT NULL CONSTRAINT a_hand_is_on_seeks_or_is_off CHECK (state IN ('on', 'seeking', 'off')),
  turn bigint NOT NULL, -- the order of what changed, counted under the event's lock
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, shift_id, member_id),
  FOREIGN KEY (cooperative_id, shift_id) REFERENCES coop.shifts (cooperative_id, id),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id)
);
CREATE INDEX shifts_of_a_member ON coop.shift_hands (cooperative_id, member_id, shift_id);

CREATE TABLE coop.shift_credits (
  cooperative_id uuid NOT NULL,
  id uuid NOT NULL,
  shift_id uuid NOT NULL,
  member_id uuid NOT NULL,
  minutes bigint NOT NULL CONSTRAINT a_credit_is_of_some_minutes CHECK (minutes > 0),
  transfer_id uuid NOT NULL,
  by_member_id uuid NOT NULL,
  at timestamptz NOT NULL,
  reversed_at timestamptz,
  reversed_by uuid,
  reversed_why text NOT NULL DEFAULT '',
  reversal_id uuid, -- the transfer that took it back
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT a_transfer_credits_one_attendance UNIQUE (cooperative_id, transfer_id),
  CONSTRAINT nobody_confirms_their_own_attendance CHECK (by_member_id <> member_id),
  CONSTRAINT a_credit_taken_back_says_by_whom_and_why CHECK (
    (reversed_at IS NULL) = (reversed_by IS NULL) AND (reversed_at IS NULL) = (reversal_id IS NULL)),
  FOREIGN KEY (cooperative_id, shift_id, member_id) REFERENCES coop.shift_hands (cooperative_id, shift_id, member_id),
  FOREIGN KEY (cooperative_id, by_member_id) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, reversed_by) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, transfer_id) REFERENCES coop.transfers (cooperative_id, id),
  FOREIGN KEY (cooperative_id, reversal_id) REFERENCES coop.transfers (cooperative_id, id)
);
CREATE UNIQUE INDEX an_attendance_is_credited_once ON coop.shift_credits (cooperative_id, shift_id, member_id) WHERE reversed_at IS NULL;
CREATE INDEX shift_credits_of_a_member ON coop.shift_credits (cooperative_id, member_id);

GRANT SELECT, INSERT ON coop.shifts, coop.shift_hands, coop.shift_credits TO lien_coop;
GRANT UPDATE (what, starts_at, ends_at, closed_at, alerted_at) ON coop.shifts TO lien_coop;
GRANT UPDATE (state, turn, changed_at) ON coop.shift_hands TO lien_coop;
GRANT UPDATE (reversed_at, reversed_by, reversed_why, reversal_id) ON coop.shift_credits TO lien_coop;

-- +goose Down
DROP TABLE coop.shift_credits, coop.shift_hands, coop.shifts;
