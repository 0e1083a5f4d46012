-- Deposits in hours for what is lent: they stand in the fund while the thing is out, and are not the fund's to spend.
-- +goose Up
ALTER TABLE coop.lending_rules
  ADD COLUMN deposit_minutes int NOT NULL DEFAULT 0 CONSTRAINT a_deposit_is_some_whole_hours CHECK (deposit_minutes BETWEEN 0 AND 720 AND deposit_minutes % 60 = 0);

ALTER TABLE coop.transfers
  DROP CONSTRAINT a_transfer_is_of_a_known_kind,
  ADD CONSTRAINT a_transfer_is_of_a_known_kind CHECK (kind IN
    ('agreement', 'gift', 'fund', 'correction', 'household', 'departure', 'cheque', 'opening', 'deposit', 'deposit_back'));

-- It ends once: given back by a transfer, or kept by the fund with a reason that the borrower reads.
CREATE TABLE coop.deposits (
  cooperative_id uuid NOT NULL,
  loan_id uuid NOT NULL,
  member_id uuid NOT NULL,
  minutes bigint NOT NULL CONSTRAINT a_deposit_is_of_some_minutes CHECK (minutes > 0),
  transfer_id uuid NOT NULL,
  back_id uuid, -- the transfer that gave it back
  kept_by uuid, -- the facilitator who left it to the fund
  kept_why text NOT NULL,
  at timestamptz NOT NULL,
  ended_at timestamptz,
  PRIMARY KEY (cooperative_id, loan_id),
  CONSTRAINT a_deposit_is_given_back_or_kept CHECK ((ended_at IS NOT NULL) = (num_nonnulls(back_id, kept_by) = 1) AND num_nonnulls(back_id, kept_by) <= 1),
  CONSTRAINT a_kept_deposit_has_its_reason CHECK ((kept_by IS NOT NULL) = (kept_why <> '')),
  FOREIGN KEY (cooperative_id, loan_id) REFERENCES coop.loans (cooperative_id, id),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, kept_by) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, transfer_id) REFERENCES coop.transfers (cooperative_id, id),
  FOREIGN KEY (cooperative_id, back_id) REFERENCES coop.transfers (cooperative_id, id)
);
CREATE INDEX deposits_by_transfer ON coop.deposits (cooperative_id, transfer_id);
CREATE INDEX deposits_of_a_member ON coop.deposits (cooperative_id, member_id);

GRANT SELECT, INSERT ON coop.deposits TO lien_coop;
GRANT UPDATE (back_id, kept_by, kept_why, ended_at) ON coop.deposits TO lien_coop;

-- +goose Down
DROP TABLE coop.deposits;
ALTER TABLE coop.transfers
  DROP CONSTRAINT a_transfer_is_of_a_known_kind,
  ADD CONSTRAINT a_transfer_is_of_a_known_kind CHECK (kind IN
    ('agreement', 'gift', 'fund', 'correction', 'household', 'departure', 'cheque', 'opening'));
ALTER TABLE coop.lending_rules DROP COLUMN deposit_minutes;
