-- Assemblies: the statutes as rows, the agenda, and who was convened by which channel, with the proof.
-- +goose Up
-- The statutes in force are the newest row. An assembly keeps the number of those it was convened under.
CREATE TABLE coop.statutes (
  cooperative_id uuid NOT NULL REFERENCES coop.cooperatives (id),
  n int NOT NULL,
  quorum_percent int NOT NULL CONSTRAINT a_quorum_is_a_share_of_the_roll CHECK (quorum_percent BETWEEN 0 AND 100),
  proxies_cap int NOT NULL CONSTRAINT one_holds_a_few_votes CHECK (proxies_cap BETWEEN 0 AND 10),
  notice_days int NOT NULL CONSTRAINT members_are_told_ahead CHECK (notice_days BETWEEN 1 AND 60),
  voted_on date NOT NULL,
  entered_by uuid NOT NULL,
  entered_at timestamptz NOT NULL,
  client_key uuid NOT NULL,
  PRIMARY KEY (cooperative_id, n),
  CONSTRAINT statutes_are_entered_once UNIQUE (cooperative_id, entered_by, client_key),
  FOREIGN KEY (cooperative_id, entered_by) REFERENCES coop.members (cooperative_id, id)
);

-- What a resolution of a kind needs: a share num/den of a base, more than it or at least it, and what a tie does.
CREATE TABLE coop.majorities (
  cooperative_id uuid NOT NULL,
  statute_n int NOT NULL,
  kind text NOT NULL CONSTRAINT a_majority_is_of_a_known_kind CHECK (kind IN ('ordinary', 'statutes')),
  num int NOT NULL,
  den int NOT NULL,
  strict boolean NOT NULL,
  base text NOT NULL CONSTRAINT a_base_is_known CHECK (base IN ('expressed', 'cast', 'present', 'roll')),
  tie text NOT NULL CONSTRAINT a_tie_rule_is_known CHECK (tie IN ('falls', 'again')),
  PRIMARY KEY (cooperative_id, statute_n, kind),
  CONSTRAINT a_majority_is_at_least_half CHECK (den BETWEEN 1 AND 100 AND num <= den AND 2 * num >= den),
  CONSTRAINT half_is_not_a_majority CHECK (strict OR 2 * num > den),
  FOREIGN KEY (cooperative_id, statute_n) REFERENCES coop.statutes (cooperative_id, n)
);

CREATE TABLE coop.assemblies (
  cooperative_id uuid NOT NULL REFERENCES coop.cooperatives (id),
  id uuid NOT NULL,
  title text NOT NULL,
  words text NOT NULL,
  language text NOT NULL,
  place text NOT NULL,
  starts_at timestamptz NOT NULL,
  state text NOT NULL CONSTRAINT an_assembly_is_in_a_known_state CHECK (state IN ('draft', 'convened', 'open', 'closed', 'cancelled')),
  state_since timestamptz NOT NULL,
  statute_n int,
  cancelled_why text NOT NULL,
  steps int NOT NULL,
  made_by uuid NOT NULL,
  client_key uuid NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT an_assembly_is_planned_once UNIQUE (cooperative_id, made_by, client_key),
  CONSTRAINT what_is_convened_stands_on_statutes CHECK (state IN ('draft', 'cancelled') OR statute_n IS NOT NULL),
  CONSTRAINT only_what_is_cancelled_says_why CHECK (cancelled_why = '' OR state = 'cancelled'),
  FOREIGN KEY (cooperative_id, statute_n) REFERENCES coop.statutes (cooperative_id, n),
  FOREIGN KEY (cooperative_id, made_by) REFERENCES coop.members (cooperative_id, id)
);
CREATE INDEX assemblies_by_day ON coop.assemblies (cooperative_id, starts_at DESC, id DESC);
CREATE INDEX assemblies_waiting ON coop.assemblies (starts_at) WHERE state = 'convened';

CREATE TABLE coop.assembly_events (
  cooperative_id uuid NOT NULL,
  assembly_id uuid NOT NULL,
  n int NOT NULL,
  step text NOT NULL,
  from_state text NOT NULL,
  to_state text NOT NULL,
  by_member_id uuid, -- nobody: the clock
  at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, assembly_id, n),
  FOREIGN KEY (cooperative_id, assembly_id) REFERENCES coop.assemblies (cooperative_id, id)
);

-- The agenda: points to talk about, and resolutions. What a resolution asks for is frozen when members are convened.
CREATE TABLE coop.motions (
  cooperative_id uuid NOT NULL,
  id uuid NOT NULL,
  assembly_id uuid NOT NULL,
  n int NOT NULL CONSTRAINT motions_are_counted_from_one CHECK (n > 0),
  kind text NOT NULL CONSTRAINT a_motion_is_of_a_known_kind CHECK (kind IN ('talk', 'ordinary', 'statutes')),
  secret boolean NOT NULL,
  title text NOT NULL,
  words text NOT NULL,
  language text NOT NULL,
  made_by uuid NOT NULL,
  client_key uuid NOT NULL,
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT a_motion_is_written_once UNIQUE (cooperative_id, made_by, client_key),
  CONSTRAINT motions_stand_in_order UNIQUE (cooperative_id, assembly_id, n),
  CONSTRAINT a_talk_is_not_voted CHECK (kind <> 'talk' OR NOT secret),
  FOREIGN KEY (cooperative_id, assembly_id) REFERENCES coop.assemblies (cooperative_id, id),
  FOREIGN KEY (cooperative_id, made_by) REFERENCES coop.members (cooperative_id, id)
);

CREATE TABLE coop.assembly_documents (
  cooperative_id uuid NOT NULL,
  id uuid NOT NULL,
  assembly_id uuid NOT NULL,
  title text NOT NULL,
  body text NOT NULL,
  language text NOT NULL,
  made_by uuid NOT NULL,
  client_key uuid NOT NULL,
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT a_document_is_added_once UNIQUE (cooperative_id, made_by, client_key),
  FOREIGN KEY (cooperative_id, assembly_id) REFERENCES coop.assemblies (cooperative_id, id),
  FOREIGN KEY (cooperative_id, made_by) REFERENCES coop.members (cooperative_id, id)
);
CREATE INDEX documents_of_an_assembly ON coop.assembly_documents (cooperative_id, assembly_id, id);

-- The proof: who was convened, by which channel, by whom and when. A poster convenes a place, the others a person.
CREATE TABLE coop.convocations (
  cooperative_id uuid NOT NULL,
  id uuid NOT NULL,
  assembly_id uuid NOT NULL,
  channel text NOT NULL CONSTRAINT one_is_convened_by_a_known_channel CHECK (channel IN ('inbox', 'paper', 'poster')),
  member_id uuid,
  place_id uuid,
  by_member_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT a_poster_hangs_somewhere_and_paper_is_handed_to_somebody
    CHECK ((channel = 'poster') = (place_id IS NOT NULL) AND (channel = 'poster') = (member_id IS NULL)),
  FOREIGN KEY (cooperative_id, assembly_id) REFERENCES coop.assemblies (cooperative_id, id),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, place_id) REFERENCES coop.places (cooperative_id, id),
  FOREIGN KEY (cooperative_id, by_member_id) REFERENCES coop.members (cooperative_id, id)
);
CREATE UNIQUE INDEX a_member_is_convened_once_by_a_channel ON coop.convocations (cooperative_id, assembly_id, channel, member_id) WHERE member_id IS NOT NULL;
CREATE UNIQUE INDEX a_poster_hangs_once_at_a_place ON coop.convocations (cooperative_id, assembly_id, place_id) WHERE place_id IS NOT NULL;

GRANT SELECT, INSERT ON coop.statutes, coop.majorities, coop.assembly_events, coop.convocations TO lien_coop;
GRANT SELECT, INSERT, UPDATE ON coop.assemblies TO lien_coop;
GRANT SELECT, INSERT, DELETE ON coop.motions, coop.assembly_documents TO lien_coop;

-- +goose Down
DROP TABLE coop.convocations, coop.assembly_documents, coop.motions, coop.assembly_events, coop.assemblies, coop.majorities, coop.statutes;
