-- Nobody arrives alone: a neighbour of the same language for the first time, and a call for everybody in turn.
-- +goose Up
CREATE TABLE coop.buddy_volunteers (
  cooperative_id uuid NOT NULL,
  member_id uuid NOT NULL,
  since timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, member_id),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id)
);

CREATE TABLE coop.buddyships (
  cooperative_id uuid NOT NULL,
  id uuid NOT NULL,
  newcomer_id uuid NOT NULL,
  buddy_id uuid NOT NULL,
  language text NOT NULL, -- one that both speak
  state text NOT NULL CONSTRAINT a_buddyship_is_in_a_known_state CHECK (state IN ('asked', 'offered', 'paired', 'ended', 'declined', 'withdrawn', 'lapsed')),
  steps int NOT NULL CONSTRAINT steps_are_counted_up CHECK (steps > 0),
  asked_by uuid NOT NULL, -- the newcomer, or a facilitator for them
  client_key uuid NOT NULL,
  created_at timestamptz NOT NULL,
  state_since timestamptz NOT NULL,
  deadline_at timestamptz,
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT nobody_is_their_own_buddy CHECK (newcomer_id <> buddy_id),
  CONSTRAINT an_open_buddyship_has_a_deadline CHECK ((deadline_at IS NOT NULL) = (state IN ('asked', 'offered', 'paired'))),
  CONSTRAINT a_buddy_is_asked_for_once UNIQUE (cooperative_id, asked_by, client_key),
  CONSTRAINT a_neighbour_is_asked_once_for_a_newcomer UNIQUE (cooperative_id, newcomer_id, buddy_id),
  FOREIGN KEY (cooperative_id, newcomer_id) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, buddy_id) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, asked_by) REFERENCES coop.members (cooperative_id, id)
);
CREATE UNIQUE INDEX a_newcomer_has_one_buddy_at_a_time ON coop.buddyships (cooperative_id, newcomer_id) WHERE deadline_at IS NOT NULL;
CREATE INDEX buddyships_of_a_buddy ON coop.buddyships (cooperative_id, buddy_id) WHERE deadline_at IS NOT NULL;
CREATE INDEX buddyships_by_deadline ON coop.buddyships (deadline_at) WHERE deadline_at IS NOT NULL;

CREATE TABLE coop.buddyship_events (
  cooperative_id uuid NOT NULL,
  buddyship_id uuid NOT NULL,
  n int NOT NULL,
  step text NOT NULL,
  from_state text NOT NULL,
  to_state text NOT NULL,
  by_member_id uuid, -- nobody: the clock
  at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, buddyship_id, n),
  FOREIGN KEY (cooperative_id, buddyship_id) REFERENCES coop.buddyships (cooperative_id, id)
);

-- Calls by which everybody is heard of in turn: an outcome out of three, and no words.
CREATE TABLE coop.welcome_calls (
  cooperative_id uuid NOT NULL,
  id uuid NOT NULL,
  member_id uuid NOT NULL,
  by_member_id uuid NOT NULL,
  outcome text NOT NULL CONSTRAINT an_outcome_is_known CHECK (outcome IN ('heard', 'no_answer', 'call_back')),
  at timestamptz NOT NULL,
  again_on date,
  client_key uuid NOT NULL,
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT only_who_is_called_back_has_a_day CHECK ((outcome = 'call_back') = (again_on IS NOT NULL)),
  CONSTRAINT nobody_calls_themselves CHECK (member_id <> by_member_id),
  CONSTRAINT a_call_is_noted_once UNIQUE (cooperative_id, by_member_id, client_key),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, by_member_id) REFERENCES coop.members (cooperative_id, id)
);
CREATE INDEX calls_of_a_member ON coop.welcome_calls (cooperative_id, member_id, id DESC);
CREATE INDEX calls_made_lately ON coop.welcome_calls (cooperative_id, at);

GRANT SELECT, INSERT ON coop.welcome_calls TO lien_coop;
GRANT SELECT, INSERT, DELETE ON coop.buddy_volunteers TO lien_coop;
GRANT SELECT, INSERT, UPDATE ON coop.buddyships TO lien_coop;
GRANT SELECT, INSERT ON coop.buddyship_events TO lien_coop;

-- Two who come together the first time find each other.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION coop.findable(cooperative uuid, reader uuid, member uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT (EXISTS (
    SELECT FROM coop.directory AS d
    WHERE d.cooperative_id = cooperative AND d.member_id = member AND d.listed
  ) OR EXISTS (
    SELECT FROM coop.agreements AS g
    WHERE g.cooperative_id = cooperative AND (g.giver_id = reader AND g.receiver_id = member OR g.giver_id = member AND g.receiver_id = reader)
      AND g.state IN ('agreed', 'done_claimed', 'disputed', 'confirmed', 'settled')
  ) OR EXISTS (
    SELECT FROM coop.buddyships AS y
    WHERE y.cooperative_id = cooperative AND y.state = 'paired' AND (y.newcomer_id = reader AND y.buddy_id = member OR y.newcomer_id = member AND y.buddy_id = reader)
  )) AND NOT coop.hidden_between(cooperative, reader, member);
END;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION coop.findable(cooperative uuid, reader uuid, member uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT (EXISTS (
    SELECT FROM coop.directory AS d
    WHERE d.cooperative_id = cooperative AND d.member_id = member AND d.listed
  ) OR EXISTS (
    SELECT FROM coop.agreements AS g
    WHERE g.cooperative_id = cooperative AND (g.giver_id = reader AND g.receiver_id = member OR g.giver_id = member AND g.receiver_id = reader)
      AND g.state IN ('agreed', 'done_claimed', 'disputed', 'confirmed', 'settled')
  )) AND NOT coop.hidden_between(cooperative, reader, member);
END;
-- +goose StatementEnd
DROP TABLE coop.welcome_calls, coop.buddyship_events, coop.buddyships, coop.buddy_volunteers;
