-- Homes: people who live together, the account of hours that they may share, and what each keeps when they part.
-- +goose Up
CREATE TABLE coop.households (
  cooperative_id uuid NOT NULL REFERENCES coop.cooperatives (id),
  id uuid NOT NULL,
  began_by uuid NOT NULL,
  client_key uuid NOT NULL,
  began_at timestamptz NOT NULL,
  ended_at timestamptz,
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT a_household_begins_once UNIQUE (cooperative_id, began_by, client_key),
  FOREIGN KEY (cooperative_id, began_by) REFERENCES coop.members (cooperative_id, id)
);

-- A household may have an account of its own. A member whose hours stand there keeps an empty account, which says where they go.
ALTER TABLE coop.hours_accounts
  ADD COLUMN household_id uuid,
  ADD COLUMN goes_to uuid,
  ADD COLUMN people int NOT NULL DEFAULT 1 CONSTRAINT people_are_counted CHECK (people >= 0), -- whose hours stand in it: its limits are theirs together
  DROP CONSTRAINT an_account_is_a_members_or_the_fund,
  ADD CONSTRAINT an_account_is_a_members_a_households_or_the_fund CHECK (kind IN ('member', 'household', 'fund')),
  ADD CONSTRAINT only_a_households_account_has_a_household CHECK ((kind = 'household') = (household_id IS NOT NULL)),
  ADD CONSTRAINT only_a_members_hours_go_elsewhere CHECK (goes_to IS NULL OR kind = 'member' AND goes_to <> id),
  ADD CONSTRAINT hours_that_go_elsewhere_are_not_here CHECK (goes_to IS NULL OR balance = 0),
  ADD CONSTRAINT a_household_has_one_hours_account UNIQUE (cooperative_id, household_id),
  ADD FOREIGN KEY (cooperative_id, household_id) REFERENCES coop.households (cooperative_id, id),
  ADD FOREIGN KEY (cooperative_id, goes_to) REFERENCES coop.hours_accounts (cooperative_id, id);
CREATE INDEX accounts_that_share ON coop.hours_accounts (cooperative_id, goes_to) WHERE goes_to IS NOT NULL;

-- Whose act an entry is: in a shared account it says which of them helped, or was helped. The fund's entries are nobody's.
ALTER TABLE coop.entries ADD COLUMN member_id uuid;
UPDATE coop.entries e SET member_id = a.member_id FROM coop.hours_accounts a
WHERE a.cooperative_id = e.cooperative_id AND a.id = e.account_id AND a.member_id IS NOT NULL;
ALTER TABLE coop.entries ADD FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id);

-- household: between a member's own account and the shared one. departure: what a member leaves behind goes to the fund, or is written off by it.
ALTER TABLE coop.transfers
  DROP CONSTRAINT a_transfer_is_of_a_known_kind,
  ADD CONSTRAINT a_transfer_is_of_a_known_kind CHECK (kind IN ('agreement', 'gift', 'fund', 'correction', 'household', 'departure'));

GRANT SELECT, INSERT, UPDATE ON coop.households TO lien_coop;

-- +goose Down
ALTER TABLE coop.transfers
  DROP CONSTRAINT a_transfer_is_of_a_known_kind,
  ADD CONSTRAINT a_transfer_is_of_a_known_kind CHECK (kind IN ('agreement', 'gift', 'fund', 'correction'));
ALTER TABLE coop.entries DROP COLUMN member_id;
DROP INDEX coop.accounts_that_share;
ALTER TABLE coop.hours_accounts
  DROP CONSTRAINT an_account_is_a_members_a_households_or_the_fund,
  DROP COLUMN household_id,
  DROP COLUMN goes_to,
  DROP COLUMN people,
  ADD CONSTRAINT an_account_is_a_members_or_the_fund CHECK (kind IN ('member', 'fund'));
DROP TABLE coop.households;
