-- A member's own page of what they did for others, shown to whom they choose: each link is one sheet of paper that a stranger checks without an account.
-- +goose Up
CREATE TABLE coop.passport_links (
  cooperative_id uuid NOT NULL,
  id uuid NOT NULL,
  member_id uuid NOT NULL,
  token_hash bytea NOT NULL, -- the token itself stands in the square only
  client_key uuid NOT NULL,
  shown jsonb, -- what the member chose, as it was that day; nothing once it is withdrawn
  thanks uuid[] NOT NULL, -- of which agreements; their words are read when the link is
  issued_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  withdrawn_at timestamptz,
  checked_on date, -- the last day on which somebody looked: never who, nor how often
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT no_two_passports_have_one_token UNIQUE (token_hash),
  CONSTRAINT a_passport_is_issued_once UNIQUE (cooperative_id, member_id, client_key),
  CONSTRAINT a_passport_is_good_for_a_while CHECK (expires_at > issued_at),
  CONSTRAINT what_is_withdrawn_is_gone CHECK ((withdrawn_at IS NULL) = (shown IS NOT NULL)),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id)
);
CREATE INDEX passports_of_a_member ON coop.passport_links (cooperative_id, member_id, id DESC);
CREATE INDEX passports_that_ended ON coop.passport_links (expires_at);

GRANT SELECT, INSERT, UPDATE, DELETE ON coop.passport_links TO lien_coop;

-- +goose Down
DROP TABLE coop.passport_links;
