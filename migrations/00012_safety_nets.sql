-- A member's own safety net: whom to tell when they have been silent. It is theirs alone, off until they set it, and gone when they take it down.
-- +goose Up
CREATE TABLE coop.safety_nets (
  cooperative_id uuid NOT NULL,
  id uuid NOT NULL,
  member_id uuid NOT NULL,
  whom_id uuid NOT NULL,
  weeks int NOT NULL CONSTRAINT a_silence_lasts_some_weeks CHECK (weeks IN (2, 3, 4, 6, 8)),
  set_at timestamptz NOT NULL,
  raised_at timestamptz, -- when the chosen person was last told
  answered_at timestamptz, -- when they said that they had asked after the member
  calmed_at timestamptz, -- when the member came back
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT a_member_has_one_safety_net UNIQUE (member_id),
  CONSTRAINT whom_to_tell_is_somebody_else CHECK (whom_id <> member_id),
  CONSTRAINT only_who_was_told_answers CHECK (answered_at IS NULL OR answered_at >= raised_at AND raised_at IS NOT NULL),
  CONSTRAINT only_a_silence_ends CHECK (calmed_at IS NULL OR calmed_at >= raised_at AND raised_at IS NOT NULL),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, whom_id) REFERENCES coop.members (cooperative_id, id)
);
CREATE INDEX nets_that_call_somebody ON coop.safety_nets (cooperative_id, whom_id)
  WHERE raised_at IS NOT NULL AND answered_at IS NULL AND calmed_at IS NULL;

GRANT SELECT, INSERT, UPDATE, DELETE ON coop.safety_nets TO lien_coop;

-- +goose Down
DROP TABLE coop.safety_nets;
