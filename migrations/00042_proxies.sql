-- Proxies: a member gives their vote to another, who says yes; or both sign a paper at the desk.
-- +goose Up
CREATE TABLE coop.proxies (
  cooperative_id uuid NOT NULL,
  id uuid NOT NULL,
  assembly_id uuid NOT NULL,
  giver_id uuid NOT NULL,
  holder_id uuid NOT NULL,
  state text NOT NULL CONSTRAINT a_proxy_is_in_a_known_state CHECK (state IN ('offered', 'accepted', 'declined', 'withdrawn', 'returned', 'lapsed')),
  channel text NOT NULL CONSTRAINT a_proxy_is_given_by_a_known_channel CHECK (channel IN ('phone', 'paper')),
  witness_id uuid, -- the facilitator who took the paper
  client_key uuid NOT NULL,
  created_at timestamptz NOT NULL,
  state_since timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT nobody_holds_their_own_vote CHECK (giver_id <> holder_id),
  CONSTRAINT a_paper_proxy_has_a_witness_of_neither_side CHECK ((channel = 'paper') = (witness_id IS NOT NULL) AND witness_id NOT IN (giver_id, holder_id)),
  CONSTRAINT a_proxy_is_given_once UNIQUE (cooperative_id, giver_id, client_key),
  FOREIGN KEY (cooperative_id, assembly_id) REFERENCES coop.assemblies (cooperative_id, id),
  FOREIGN KEY (cooperative_id, giver_id) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, holder_id) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, witness_id) REFERENCES coop.members (cooperative_id, id)
);
CREATE UNIQUE INDEX a_vote_is_with_one_holder ON coop.proxies (cooperative_id, assembly_id, giver_id) WHERE state IN ('offered', 'accepted');
CREATE INDEX proxies_held ON coop.proxies (cooperative_id, assembly_id, holder_id) WHERE state IN ('offered', 'accepted');

GRANT SELECT, INSERT ON coop.proxies TO lien_coop;
GRANT UPDATE (state, state_since) ON coop.proxies TO lien_coop;

-- +goose Down
DROP TABLE coop.proxies;
