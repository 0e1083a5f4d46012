-- Time credits: whole minutes, two entries of opposite sign per transfer, never changed once written.
-- +goose Up
CREATE TABLE coop.hours_limits (
  cooperative_id uuid PRIMARY KEY REFERENCES coop.cooperatives (id),
  soft_floor bigint NOT NULL,
  hard_floor bigint NOT NULL,
  ceiling bigint NOT NULL,
  per_act bigint NOT NULL CONSTRAINT an_act_lasts_a_while CHECK (per_act > 0),
  CONSTRAINT floors_stand_under_the_ceiling CHECK (hard_floor <= soft_floor AND soft_floor <= 0 AND ceiling > 0)
);

CREATE TABLE coop.hours_accounts (
  cooperative_id uuid NOT NULL REFERENCES coop.cooperatives (id),
  id uuid NOT NULL,
  kind text NOT NULL CONSTRAINT an_account_is_a_members_or_the_fund CHECK (kind IN ('member', 'fund')),
  member_id uuid,
  balance bigint NOT NULL,
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT a_member_has_one_hours_account UNIQUE (cooperative_id, member_id),
  CONSTRAINT only_a_members_account_has_a_member CHECK ((kind = 'member') = (member_id IS NOT NULL)),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id)
) WITH (fillfactor = 70);
CREATE UNIQUE INDEX a_cooperative_has_one_fund ON coop.hours_accounts (cooperative_id) WHERE kind = 'fund';

CREATE TABLE coop.transfers (
  cooperative_id uuid NOT NULL,
  id uuid NOT NULL,
  client_key uuid NOT NULL,
  kind text NOT NULL CONSTRAINT a_transfer_is_of_a_known_kind CHECK (kind IN ('agreement', 'gift', 'fund', 'correction')),
  minutes bigint NOT NULL CONSTRAINT hours_are_positive CHECK (minutes > 0),
  agreement_id uuid,
  corrects_id uuid,
  by_member_id uuid,
  at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT a_transfer_happens_once UNIQUE (cooperative_id, kind, client_key),
  CONSTRAINT an_agreement_is_paid_once UNIQUE (cooperative_id, agreement_id),
  CONSTRAINT a_transfer_is_corrected_once UNIQUE (cooperative_id, corrects_id),
  CONSTRAINT a_transfer_has_its_minutes UNIQUE (cooperative_id, id, minutes),
  CONSTRAINT only_a_correction_corrects CHECK ((kind = 'correction') = (corrects_id IS NOT NULL)),
  CONSTRAINT only_an_agreement_is_paid CHECK ((kind = 'agreement') = (agreement_id IS NOT NULL)),
  FOREIGN KEY (cooperative_id, corrects_id) REFERENCES coop.transfers (cooperative_id, id)
);

CREATE TABLE coop.entries (
  cooperative_id uuid NOT NULL,
  transfer_id uuid NOT NULL,
  side smallint NOT NULL CONSTRAINT an_entry_gives_or_takes CHECK (side IN (-1, 1)),
  account_id uuid NOT NULL,
  amount bigint NOT NULL,
  minutes bigint GENERATED ALWAYS AS (side * amount) STORED,
  at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, transfer_id, side),
  CONSTRAINT nobody_pays_themselves UNIQUE (cooperative_id, transfer_id, account_id),
  CONSTRAINT both_entries_move_the_same_minutes FOREIGN KEY (cooperative_id, transfer_id, amount) REFERENCES coop.transfers (cooperative_id, id, minutes),
  FOREIGN KEY (cooperative_id, account_id) REFERENCES coop.hours_accounts (cooperative_id, id)
);
CREATE INDEX entries_of_an_account ON coop.entries (cooperative_id, account_id, transfer_id DESC);

-- The entries' keys and constraints make them equal and opposite; this makes sure that both are there at the commit.
-- +goose StatementBegin
CREATE FUNCTION coop.a_transfer_has_two_entries() RETURNS trigger
LANGUAGE plpgsql SET search_path = coop, pg_temp AS $$
BEGIN
  IF (SELECT count(*) FROM coop.entries WHERE cooperative_id = NEW.cooperative_id AND transfer_id = NEW.id) <> 2 THEN
    RAISE EXCEPTION 'a transfer has two entries' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_transfer_has_two_entries';
  END IF;
  RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE CONSTRAINT TRIGGER a_transfer_has_two_entries AFTER INSERT ON coop.transfers
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION coop.a_transfer_has_two_entries();

-- +goose StatementBegin
CREATE FUNCTION coop.a_correction_is_not_corrected() RETURNS trigger
LANGUAGE plpgsql SET search_path = coop, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM coop.transfers WHERE cooperative_id = NEW.cooperative_id AND id = NEW.corrects_id AND kind = 'correction') THEN
    RAISE EXCEPTION 'a correction is not corrected' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_correction_is_not_corrected';
  END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER a_correction_is_not_corrected BEFORE INSERT ON coop.transfers
  FOR EACH ROW WHEN (NEW.corrects_id IS NOT NULL) EXECUTE FUNCTION coop.a_correction_is_not_corrected();

GRANT SELECT, INSERT, UPDATE ON coop.hours_limits, coop.hours_accounts TO lien_coop;
GRANT SELECT, INSERT ON coop.transfers, coop.entries TO lien_coop; -- append-only
GRANT EXECUTE ON FUNCTION coop.a_transfer_has_two_entries(), coop.a_correction_is_not_corrected() TO lien_coop;

-- +goose Down
DROP TABLE coop.entries, coop.transfers, coop.hours_accounts, coop.hours_limits;
DROP FUNCTION coop.a_transfer_has_two_entries(), coop.a_correction_is_not_corrected();
