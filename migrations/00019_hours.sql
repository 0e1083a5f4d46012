-- Hours: statements in the order of what happened, words beside a transfer, limits with their history, minutes kept for agreements under way, the fund's voted rules and what it gives.
-- +goose Up
CREATE INDEX entries_by_their_moment ON coop.entries (cooperative_id, account_id, at DESC, transfer_id DESC);
-- The reference that a member reads out at the desk.
CREATE INDEX transfers_by_reference ON coop.transfers (cooperative_id, right(id::text, 10));

-- What somebody wrote with a gift, or why a facilitator corrected. Only erasure changes it.
CREATE TABLE coop.transfer_words (
  cooperative_id uuid NOT NULL,
  transfer_id uuid NOT NULL,
  words text NOT NULL,
  language text NOT NULL,
  PRIMARY KEY (cooperative_id, transfer_id),
  FOREIGN KEY (cooperative_id, transfer_id) REFERENCES coop.transfers (cooperative_id, id)
);

-- The limits that hold stand in hours_limits; here is how they came to be.
CREATE TABLE coop.hours_limit_changes (
  cooperative_id uuid NOT NULL REFERENCES coop.cooperatives (id),
  n int NOT NULL,
  soft_floor bigint NOT NULL,
  hard_floor bigint NOT NULL,
  ceiling bigint NOT NULL,
  per_act bigint NOT NULL,
  voted_on date,
  words text NOT NULL,
  by_member_id uuid,
  client_key uuid,
  at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, n),
  CONSTRAINT limits_are_changed_once UNIQUE (cooperative_id, by_member_id, client_key),
  CONSTRAINT only_the_first_limits_were_not_voted CHECK ((n = 1) OR (voted_on IS NOT NULL AND by_member_id IS NOT NULL AND client_key IS NOT NULL)),
  FOREIGN KEY (cooperative_id, by_member_id) REFERENCES coop.members (cooperative_id, id)
);
INSERT INTO coop.hours_limit_changes (cooperative_id, n, soft_floor, hard_floor, ceiling, per_act, words, at)
SELECT l.cooperative_id, 1, l.soft_floor, l.hard_floor, l.ceiling, l.per_act, '', c.created_at
FROM coop.hours_limits l JOIN coop.cooperatives c ON c.id = l.cooperative_id;

GRANT SELECT, INSERT ON coop.hours_limit_changes TO lien_coop; -- append-only
GRANT SELECT, INSERT ON coop.transfer_words TO lien_coop;
GRANT UPDATE (words, language) ON coop.transfer_words TO lien_coop;

-- +goose Down
DROP TABLE coop.hours_limit_changes, coop.transfer_words;
DROP INDEX coop.transfers_by_reference, coop.entries_by_their_moment;
