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

-- What the fund pays for, as it was voted. A rule is never changed: it ends, and another begins.
CREATE TABLE coop.fund_rules (
  cooperative_id uuid NOT NULL REFERENCES coop.cooperatives (id),
  id uuid NOT NULL,
  why text NOT NULL CONSTRAINT a_rule_has_a_known_reason CHECK (why IN ('caring', 'illness', 'arrival', 'birth', 'hardship', 'interpreter', 'other')),
  words text NOT NULL,
  language text NOT NULL,
  minutes bigint NOT NULL CONSTRAINT a_draw_is_of_some_minutes CHECK (minutes > 0),
  yearly_each bigint NOT NULL,
  yearly_all bigint NOT NULL,
  voted_on date NOT NULL,
  entered_by uuid NOT NULL,
  entered_at timestamptz NOT NULL,
  client_key uuid NOT NULL,
  ended_by uuid,
  ended_at timestamptz,
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT a_rule_is_entered_once UNIQUE (cooperative_id, entered_by, client_key),
  CONSTRAINT a_year_holds_one_draw_at_least CHECK (minutes <= yearly_each AND yearly_each <= yearly_all),
  CONSTRAINT who_ends_a_rule_is_known CHECK ((ended_by IS NULL) = (ended_at IS NULL)),
  FOREIGN KEY (cooperative_id, entered_by) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, ended_by) REFERENCES coop.members (cooperative_id, id)
);
CREATE INDEX fund_rules_that_hold ON coop.fund_rules (cooperative_id, why, id) WHERE ended_at IS NULL;

-- How far below zero the fund may go: hours that the community makes, because it voted so.
CREATE TABLE coop.minting_rules (
  cooperative_id uuid NOT NULL REFERENCES coop.cooperatives (id),
  id uuid NOT NULL,
  cap bigint NOT NULL CONSTRAINT a_community_makes_some_hours CHECK (cap > 0),
  words text NOT NULL,
  language text NOT NULL,
  voted_on date NOT NULL,
  entered_by uuid NOT NULL,
  entered_at timestamptz NOT NULL,
  client_key uuid NOT NULL,
  ended_by uuid,
  ended_at timestamptz,
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT a_minting_rule_is_entered_once UNIQUE (cooperative_id, entered_by, client_key),
  CONSTRAINT who_ends_a_minting_rule_is_known CHECK ((ended_by IS NULL) = (ended_at IS NULL)),
  FOREIGN KEY (cooperative_id, entered_by) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, ended_by) REFERENCES coop.members (cooperative_id, id)
);
CREATE UNIQUE INDEX one_minting_rule_holds_at_a_time ON coop.minting_rules (cooperative_id) WHERE ended_at IS NULL;

-- The label of each transfer that took the fund below zero: which of its minutes were made, and under which rule.
CREATE TABLE coop.minted_hours (
  cooperative_id uuid NOT NULL,
  transfer_id uuid NOT NULL,
  rule_id uuid NOT NULL,
  minutes bigint NOT NULL CONSTRAINT minted_hours_are_positive CHECK (minutes > 0),
  PRIMARY KEY (cooperative_id, transfer_id),
  FOREIGN KEY (cooperative_id, transfer_id) REFERENCES coop.transfers (cooperative_id, id),
  FOREIGN KEY (cooperative_id, rule_id) REFERENCES coop.minting_rules (cooperative_id, id)
);

CREATE TABLE coop.fund_draws (
  cooperative_id uuid NOT NULL,
  id uuid NOT NULL,
  rule_id uuid NOT NULL,
  member_id uuid NOT NULL,
  state text NOT NULL CONSTRAINT a_draw_is_in_a_known_state CHECK (state IN ('asked', 'offered', 'granted', 'refused', 'withdrawn', 'declined', 'lapsed')),
  words text NOT NULL,
  answer text NOT NULL,
  language text NOT NULL,
  began_by uuid NOT NULL,
  decided_by uuid,
  minutes bigint CONSTRAINT drawn_hours_are_positive CHECK (minutes > 0),
  transfer_id uuid,
  steps int NOT NULL,
  client_key uuid NOT NULL,
  created_at timestamptz NOT NULL,
  state_since timestamptz NOT NULL,
  deadline_at timestamptz,
  reminded_at timestamptz,
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT a_draw_begins_once UNIQUE (cooperative_id, began_by, client_key),
  CONSTRAINT a_draw_is_paid_once UNIQUE (cooperative_id, transfer_id),
  CONSTRAINT nobody_decides_on_their_own_draw CHECK (decided_by <> member_id),
  CONSTRAINT only_a_granted_draw_is_paid CHECK ((state = 'granted') = (transfer_id IS NOT NULL) AND (state = 'granted') = (minutes IS NOT NULL)),
  CONSTRAINT a_decided_draw_says_by_whom CHECK (state NOT IN ('granted', 'refused', 'offered') OR decided_by IS NOT NULL),
  CONSTRAINT an_open_draw_has_a_deadline CHECK ((deadline_at IS NOT NULL) = (state IN ('asked', 'offered'))),
  FOREIGN KEY (cooperative_id, rule_id) REFERENCES coop.fund_rules (cooperative_id, id),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, began_by) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, decided_by) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, transfer_id) REFERENCES coop.transfers (cooperative_id, id)
);
CREATE UNIQUE INDEX a_member_waits_once_under_a_rule ON coop.fund_draws (cooperative_id, rule_id, member_id) WHERE deadline_at IS NOT NULL;
CREATE INDEX fund_draws_of_a_member ON coop.fund_draws (cooperative_id, member_id, id DESC);
CREATE INDEX fund_draws_under_a_rule ON coop.fund_draws (cooperative_id, rule_id, state_since) WHERE state = 'granted';
CREATE INDEX fund_draws_that_wait ON coop.fund_draws (deadline_at) WHERE deadline_at IS NOT NULL;

CREATE TABLE coop.fund_draw_events (
  cooperative_id uuid NOT NULL,
  draw_id uuid NOT NULL,
  n int NOT NULL,
  step text NOT NULL,
  from_state text NOT NULL,
  to_state text NOT NULL,
  by_member_id uuid, -- none when time did it
  at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, draw_id, n),
  FOREIGN KEY (cooperative_id, draw_id) REFERENCES coop.fund_draws (cooperative_id, id),
  FOREIGN KEY (cooperative_id, by_member_id) REFERENCES coop.members (cooperative_id, id)
);

GRANT SELECT, INSERT ON coop.fund_rules, coop.minting_rules TO lien_coop;
GRANT UPDATE (ended_by, ended_at) ON coop.fund_rules, coop.minting_rules TO lien_coop;
GRANT SELECT, INSERT ON coop.minted_hours, coop.fund_draw_events TO lien_coop; -- append-only
GRANT SELECT, INSERT, UPDATE ON coop.fund_draws TO lien_coop;
GRANT SELECT, INSERT ON coop.hours_reserved TO lien_coop;
GRANT UPDATE (account_id, released_at) ON coop.hours_reserved TO lien_coop;
GRANT SELECT, INSERT ON coop.hours_limit_changes TO lien_coop; -- append-only
GRANT SELECT, INSERT ON coop.transfer_words TO lien_coop;
GRANT UPDATE (words, language) ON coop.transfer_words TO lien_coop;

-- +goose Down
DROP TABLE coop.fund_draw_events, coop.fund_draws, coop.minted_hours, coop.minting_rules, coop.fund_rules;
DROP TABLE coop.hours_reserved;
ALTER TABLE coop.hours_accounts DROP COLUMN reserved;
DROP TABLE coop.hours_limit_changes, coop.transfer_words;
DROP INDEX coop.transfers_by_reference, coop.entries_by_their_moment;
