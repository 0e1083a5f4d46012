-- Calendars that a phone asks for by a secret address: only the secret's hash is kept, and the address can be shut.
-- +goose Up
CREATE TABLE coop.calendar_feeds (
  cooperative_id uuid NOT NULL,
  id uuid NOT NULL,
  member_id uuid NOT NULL,
  kind text NOT NULL CONSTRAINT a_calendar_is_mine_or_everybodys CHECK (kind IN ('mine', 'all')),
  hash bytea NOT NULL CONSTRAINT an_address_is_kept_as_a_hash CHECK (octet_length(hash) = 32),
  opened_at timestamptz NOT NULL,
  shut_at timestamptz,
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT an_address_leads_to_one_calendar UNIQUE (hash),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id)
);
CREATE UNIQUE INDEX a_calendar_has_one_open_address ON coop.calendar_feeds (cooperative_id, member_id, kind) WHERE shut_at IS NULL;

GRANT SELECT, INSERT, UPDATE ON coop.calendar_feeds TO lien_coop;

-- +goose Down
DROP TABLE coop.calendar_feeds;
