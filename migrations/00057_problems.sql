-- A problem that several homes have, such as the lift or damp: who has it too, what was done about it, and one letter to the landlord.
-- +goose Up
CREATE TABLE coop.problems (
  cooperative_id uuid NOT NULL,
  id uuid NOT NULL,
  place_id uuid NOT NULL,
  kind text NOT NULL CONSTRAINT a_problem_is_of_a_known_kind CHECK (kind IN ('lift', 'damp', 'heating', 'pests', 'other')),
  title text NOT NULL,
  language text NOT NULL,
  state text NOT NULL CONSTRAINT a_problem_is_in_a_known_state CHECK (state IN ('open', 'told', 'answered', 'solved')),
  steps int NOT NULL CONSTRAINT steps_of_a_problem_count_up CHECK (steps >= 0),
  homes int NOT NULL CONSTRAINT homes_are_named_in_turn CHECK (homes >= 0), -- the last pseudonym given
  opened_by uuid NOT NULL,
  client_key uuid NOT NULL,
  opened_at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT a_problem_is_opened_once UNIQUE (cooperative_id, opened_by, client_key),
  FOREIGN KEY (cooperative_id, place_id) REFERENCES coop.places (cooperative_id, id),
  FOREIGN KEY (cooperative_id, opened_by) REFERENCES coop.members (cooperative_id, id)
);
CREATE UNIQUE INDEX a_problem_of_a_place_is_one ON coop.problems (cooperative_id, place_id, kind) WHERE state <> 'solved' AND kind <> 'other';

-- Who has it too. Home is the pseudonym of where they lived then, the same for all of one household.
CREATE TABLE coop.problem_homes (
  cooperative_id uuid NOT NULL,
  problem_id uuid NOT NULL,
  member_id uuid NOT NULL,
  home int NOT NULL CONSTRAINT pseudonyms_begin_at_one CHECK (home > 0),
  place_id uuid NOT NULL,
  words text NOT NULL,
  language text NOT NULL,
  since_on date,
  at timestamptz NOT NULL,
  withdrawn_at timestamptz,
  PRIMARY KEY (cooperative_id, problem_id, member_id),
  CONSTRAINT what_is_taken_back_says_nothing CHECK (withdrawn_at IS NULL OR words = '' AND since_on IS NULL),
  FOREIGN KEY (cooperative_id, problem_id) REFERENCES coop.problems (cooperative_id, id),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, place_id) REFERENCES coop.places (cooperative_id, id)
);

CREATE TABLE coop.problem_steps (
  cooperative_id uuid NOT NULL,
  problem_id uuid NOT NULL,
  n int NOT NULL CONSTRAINT steps_of_a_problem_begin_at_one CHECK (n > 0),
  step text NOT NULL CONSTRAINT a_step_of_a_problem_is_known CHECK (step IN ('tell', 'answer', 'solve', 'reopen')),
  from_state text NOT NULL,
  to_state text NOT NULL,
  done_on date NOT NULL,
  words text NOT NULL,
  language text NOT NULL,
  by_member_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, problem_id, n),
  FOREIGN KEY (cooperative_id, problem_id) REFERENCES coop.problems (cooperative_id, id),
  FOREIGN KEY (cooperative_id, by_member_id) REFERENCES coop.members (cooperative_id, id)
);

GRANT SELECT, INSERT, UPDATE ON coop.problems, coop.problem_homes TO lien_coop;
GRANT SELECT, INSERT ON coop.problem_steps TO lien_coop;

-- +goose Down
DROP TABLE coop.problem_steps, coop.problem_homes, coop.problems;
