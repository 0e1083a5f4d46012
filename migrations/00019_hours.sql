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

-- Minutes that are promised: from the yes to an agreement until it is settled or called off, so that the same hours are not promised twice.
ALTER TABLE coop.hours_accounts ADD COLUMN reserved bigint NOT NULL DEFAULT 0 CONSTRAINT no_less_than_nothing_is_reserved CHECK (reserved >= 0);
CREATE TABLE coop.hours_reserved (
  cooperative_id uuid NOT NULL,
  agreement_id uuid NOT NULL,
  member_id uuid NOT NULL, -- who is helped
  account_id uuid NOT NULL, -- where their hours stand
  minutes bigint NOT NULL CONSTRAINT reserved_hours_are_positive CHECK (minutes > 0),
  at timestamptz NOT NULL,
  released_at timestamptz,
  PRIMARY KEY (cooperative_id, agreement_id),
  FOREIGN KEY (cooperative_id, agreement_id) REFERENCES coop.agreements (cooperative_id, id),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, account_id) REFERENCES coop.hours_accounts (cooperative_id, id)
);
CREATE INDEX hours_reserved_for_a_member ON coop.hours_reserved (cooperative_id, member_id) WHERE released_at IS NULL;
INSERT INTO coop.hours_reserved (cooperative_id, agreement_id, member_id, account_id, minutes, at)
SELECT g.cooperative_id, g.id, g.receiver_id, coalesce(a.goes_to, a.id), g.minutes_planned, g.state_since
FROM coop.agreements g JOIN coop.hours_accounts a ON a.cooperative_id = g.cooperative_id AND a.member_id = g.receiver_id
WHERE g.state IN ('agreed', 'done_claimed', 'disputed');
UPDATE coop.hours_accounts a SET reserved = r.minutes
FROM (SELECT cooperative_id, account_id, sum(minutes) AS minutes FROM coop.hours_reserved GROUP BY 1, 2) r
WHERE a.cooperative_id = r.cooperative_id AND a.id = r.account_id;

GRANT SELECT, INSERT ON coop.hours_reserved TO lien_coop;
GRANT UPDATE (account_id, released_at) ON coop.hours_reserved TO lien_coop;
GRANT SELECT, INSERT ON coop.hours_limit_changes TO lien_coop; -- append-only
GRANT SELECT, INSERT ON coop.transfer_words TO lien_coop;
GRANT UPDATE (words, language) ON coop.transfer_words TO lien_coop;

-- +goose Down
DROP TABLE coop.hours_reserved;
ALTER TABLE coop.hours_accounts DROP COLUMN reserved;
DROP TABLE coop.hours_limit_changes, coop.transfer_words;
DROP INDEX coop.transfers_by_reference, coop.entries_by_their_moment;
