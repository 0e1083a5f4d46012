-- Votes: what a motion came to, who voted, and the ballots of a secret vote, which nothing joins to who voted.
-- +goose Up
-- The method and the rule are copied when the vote opens, and no role may change them afterwards.
CREATE TABLE coop.votes (
  cooperative_id uuid NOT NULL,
  id uuid NOT NULL,
  assembly_id uuid NOT NULL,
  motion_id uuid NOT NULL,
  n int NOT NULL CONSTRAINT votes_are_counted_from_one CHECK (n > 0),
  method text NOT NULL CONSTRAINT a_method_is_known CHECK (method IN ('hands', 'secret')),
  num int NOT NULL,
  den int NOT NULL,
  strict boolean NOT NULL,
  base text NOT NULL CONSTRAINT a_vote_has_a_known_base CHECK (base IN ('expressed', 'cast', 'present', 'roll')),
  tie text NOT NULL CONSTRAINT a_vote_has_a_known_tie_rule CHECK (tie IN ('falls', 'again')),
  state text NOT NULL CONSTRAINT a_vote_is_in_a_known_state CHECK (state IN ('open', 'closed', 'void')),
  opened_by uuid NOT NULL,
  opened_at timestamptz NOT NULL,
  ended_by uuid,
  ended_at timestamptz,
  void_why text NOT NULL,
  roll int,
  present int,
  represented int,
  needed int, -- the quorum
  in_favour int,
  against int,
  blank int,
  invalid int,
  outcome text CONSTRAINT an_outcome_of_a_vote_is_known CHECK (outcome IN ('adopted', 'rejected', 'tie', 'no_quorum')),
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT a_motion_is_voted_in_order UNIQUE (cooperative_id, motion_id, n),
  CONSTRAINT what_has_ended_was_ended_by_somebody CHECK ((state = 'open') = (ended_at IS NULL) AND (state = 'open') = (ended_by IS NULL)),
  CONSTRAINT only_a_void_vote_says_why CHECK ((state = 'void') = (void_why <> '')),
  CONSTRAINT a_closed_vote_has_its_result CHECK (num_nonnulls(roll, present, represented, needed, in_favour, against, blank, invalid, outcome) = CASE state WHEN 'closed' THEN 9 ELSE 0 END),
  CONSTRAINT no_more_votes_than_voices CHECK (in_favour + against + blank + invalid <= roll AND least(in_favour, against, blank, invalid) >= 0),
  FOREIGN KEY (cooperative_id, assembly_id) REFERENCES coop.assemblies (cooperative_id, id),
  FOREIGN KEY (cooperative_id, motion_id) REFERENCES coop.motions (cooperative_id, id),
  FOREIGN KEY (cooperative_id, opened_by) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, ended_by) REFERENCES coop.members (cooperative_id, id)
);
CREATE UNIQUE INDEX one_vote_is_open_at_a_time ON coop.votes (cooperative_id, assembly_id) WHERE state = 'open';
CREATE INDEX votes_of_an_assembly ON coop.votes (cooperative_id, assembly_id, motion_id, n);

-- Who voted, or was handed a paper ballot: one mark for one voice, however it is cast. It has no time.
CREATE TABLE coop.vote_marks (
  cooperative_id uuid NOT NULL,
  vote_id uuid NOT NULL,
  member_id uuid NOT NULL, -- whose voice
  by_member_id uuid NOT NULL, -- themselves, who holds their vote, or who handed the paper
  channel text NOT NULL CONSTRAINT one_votes_by_a_known_channel CHECK (channel IN ('phone', 'paper')),
  client_key uuid NOT NULL,
  PRIMARY KEY (cooperative_id, vote_id, member_id),
  FOREIGN KEY (cooperative_id, vote_id) REFERENCES coop.votes (cooperative_id, id),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, by_member_id) REFERENCES coop.members (cooperative_id, id)
);

-- The urn of a vote that is open. What lies in it is sealed under a key kept outside the database; it is emptied when
-- the vote ends. It has no id, no time and no member.
CREATE TABLE coop.urns (
  cooperative_id uuid NOT NULL,
  vote_id uuid NOT NULL,
  sealed bytea NOT NULL,
  FOREIGN KEY (cooperative_id, vote_id) REFERENCES coop.votes (cooperative_id, id)
);
CREATE INDEX urn_of_a_vote ON coop.urns (cooperative_id, vote_id);

-- The counted ballots, written all at once when the vote closes and sorted by what stands on them: neither their order,
-- nor their transaction, nor a time says whose they were. Their ids are random, and not made in order.
CREATE TABLE coop.ballots (
  cooperative_id uuid NOT NULL,
  vote_id uuid NOT NULL,
  id uuid NOT NULL,
  choice text NOT NULL CONSTRAINT a_choice_is_known CHECK (choice IN ('for', 'against', 'blank', 'invalid')),
  PRIMARY KEY (cooperative_id, vote_id, id),
  FOREIGN KEY (cooperative_id, vote_id) REFERENCES coop.votes (cooperative_id, id)
);

-- What a scrutineer counted on paper. Two of them have to agree.
CREATE TABLE coop.paper_counts (
  cooperative_id uuid NOT NULL,
  vote_id uuid NOT NULL,
  n int NOT NULL,
  scrutineer_id uuid NOT NULL,
  in_favour int NOT NULL,
  against int NOT NULL,
  blank int NOT NULL,
  invalid int NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, vote_id, n),
  CONSTRAINT paper_is_counted_from_zero CHECK (least(in_favour, against, blank, invalid) >= 0),
  FOREIGN KEY (cooperative_id, vote_id) REFERENCES coop.votes (cooperative_id, id),
  FOREIGN KEY (cooperative_id, scrutineer_id) REFERENCES coop.members (cooperative_id, id)
);

GRANT SELECT, INSERT ON coop.votes, coop.vote_marks, coop.urns, coop.ballots, coop.paper_counts TO lien_coop;
GRANT UPDATE (state, ended_by, ended_at, void_why, roll, present, represented, needed, in_favour, against, blank, invalid, outcome) ON coop.votes TO lien_coop;
GRANT DELETE ON coop.urns TO lien_coop;

-- +goose Down
DROP TABLE coop.paper_counts, coop.ballots, coop.urns, coop.vote_marks, coop.votes;
