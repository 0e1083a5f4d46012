-- Minutes: the words of the secretary, the exact texts that chair and secretary signed, addenda, and who contests them.
-- +goose Up
ALTER TABLE coop.statutes ADD COLUMN contest_days int NOT NULL DEFAULT 15
  CONSTRAINT minutes_are_contested_within_some_days CHECK (contest_days BETWEEN 1 AND 90);

-- Who holds the chair and who writes. The bureau may be named anew for an addendum; what was signed stands.
CREATE TABLE coop.minutes (
  cooperative_id uuid NOT NULL,
  assembly_id uuid NOT NULL,
  chair_id uuid NOT NULL,
  secretary_id uuid NOT NULL,
  edits int NOT NULL,
  named_by uuid NOT NULL,
  signed_n int,
  signed_at timestamptz,
  contest_until timestamptz,
  PRIMARY KEY (cooperative_id, assembly_id),
  CONSTRAINT chair_and_secretary_are_two CHECK (chair_id <> secretary_id),
  CONSTRAINT what_is_signed_has_its_days CHECK (num_nonnulls(signed_n, signed_at, contest_until) IN (0, 3)),
  FOREIGN KEY (cooperative_id, assembly_id) REFERENCES coop.assemblies (cooperative_id, id),
  FOREIGN KEY (cooperative_id, chair_id) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, secretary_id) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, named_by) REFERENCES coop.members (cooperative_id, id)
);

-- What the secretary adds: before the agenda (0), to a point (its number), at the end (1000).
CREATE TABLE coop.minutes_words (
  cooperative_id uuid NOT NULL,
  assembly_id uuid NOT NULL,
  point int NOT NULL CONSTRAINT words_belong_to_a_point CHECK (point BETWEEN 0 AND 1000),
  words text NOT NULL,
  PRIMARY KEY (cooperative_id, assembly_id, point),
  FOREIGN KEY (cooperative_id, assembly_id) REFERENCES coop.minutes (cooperative_id, assembly_id)
);

-- The exact texts that somebody signed. The annex is the sheet of who was there, by number.
CREATE TABLE coop.minutes_texts (
  cooperative_id uuid NOT NULL,
  assembly_id uuid NOT NULL,
  n int NOT NULL CONSTRAINT texts_are_counted_from_one CHECK (n > 0),
  addendum boolean NOT NULL,
  language text NOT NULL,
  text text NOT NULL,
  annex text NOT NULL,
  written_by uuid NOT NULL,
  client_key uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, assembly_id, n),
  CONSTRAINT a_text_of_minutes_is_written_once UNIQUE (cooperative_id, written_by, client_key),
  FOREIGN KEY (cooperative_id, assembly_id) REFERENCES coop.minutes (cooperative_id, assembly_id),
  FOREIGN KEY (cooperative_id, written_by) REFERENCES coop.members (cooperative_id, id)
);
ALTER TABLE coop.minutes ADD CONSTRAINT what_is_signed_is_a_text
  FOREIGN KEY (cooperative_id, assembly_id, signed_n) REFERENCES coop.minutes_texts (cooperative_id, assembly_id, n);

-- A signature is of one exact text and its annex: the hash says which.
CREATE TABLE coop.minutes_signatures (
  cooperative_id uuid NOT NULL,
  assembly_id uuid NOT NULL,
  n int NOT NULL,
  role text NOT NULL CONSTRAINT one_signs_as_chair_or_secretary CHECK (role IN ('chair', 'secretary')),
  member_id uuid NOT NULL,
  hash text NOT NULL CONSTRAINT a_hash_is_of_sha_256 CHECK (hash ~ '^[0-9a-f]{64}$'),
  at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, assembly_id, n, role),
  CONSTRAINT nobody_signs_twice UNIQUE (cooperative_id, assembly_id, n, member_id),
  FOREIGN KEY (cooperative_id, assembly_id, n) REFERENCES coop.minutes_texts (cooperative_id, assembly_id, n),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id)
);

CREATE TABLE coop.minutes_contests (
  cooperative_id uuid NOT NULL,
  id uuid NOT NULL,
  assembly_id uuid NOT NULL,
  member_id uuid NOT NULL,
  reason text NOT NULL CONSTRAINT who_contests_says_why CHECK (reason <> ''),
  language text NOT NULL,
  client_key uuid NOT NULL,
  at timestamptz NOT NULL,
  upheld boolean, -- the contest was right
  decision text,
  answered_by uuid,
  answered_at timestamptz,
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT a_member_contests_minutes_once UNIQUE (cooperative_id, assembly_id, member_id),
  CONSTRAINT a_decision_is_written_and_signed CHECK (num_nonnulls(upheld, decision, answered_by, answered_at) IN (0, 4)),
  CONSTRAINT nobody_answers_their_own_contest CHECK (answered_by <> member_id),
  FOREIGN KEY (cooperative_id, assembly_id) REFERENCES coop.minutes (cooperative_id, assembly_id),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, answered_by) REFERENCES coop.members (cooperative_id, id)
);

-- What two signed is never written again, whoever tries.
-- +goose StatementBegin
CREATE FUNCTION coop.what_was_signed_stands() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_TABLE_NAME = 'minutes' THEN
    IF OLD.signed_n IS NOT NULL AND (TG_OP = 'DELETE' OR (NEW.signed_n, NEW.signed_at, NEW.contest_until, NEW.edits) IS DISTINCT FROM (OLD.signed_n, OLD.signed_at, OLD.contest_until, OLD.edits)) THEN
      RAISE EXCEPTION 'minutes that were signed stand' USING ERRCODE = 'check_violation', CONSTRAINT = 'what_was_signed_stands';
    END IF;
  ELSIF TG_TABLE_NAME = 'minutes_words' THEN
    IF EXISTS (SELECT FROM coop.minutes m WHERE m.cooperative_id = coalesce(NEW.cooperative_id, OLD.cooperative_id)
        AND m.assembly_id = coalesce(NEW.assembly_id, OLD.assembly_id) AND m.signed_n IS NOT NULL) THEN
      RAISE EXCEPTION 'minutes that were signed stand' USING ERRCODE = 'check_violation', CONSTRAINT = 'what_was_signed_stands';
    END IF;
  ELSE
    RAISE EXCEPTION 'what was signed stands' USING ERRCODE = 'check_violation', CONSTRAINT = 'what_was_signed_stands';
  END IF;
  RETURN coalesce(NEW, OLD);
END $$;
-- +goose StatementEnd
CREATE TRIGGER what_was_signed_stands BEFORE UPDATE OR DELETE ON coop.minutes FOR EACH ROW EXECUTE FUNCTION coop.what_was_signed_stands();
CREATE TRIGGER what_was_signed_stands BEFORE INSERT OR UPDATE OR DELETE ON coop.minutes_words FOR EACH ROW EXECUTE FUNCTION coop.what_was_signed_stands();
CREATE TRIGGER what_was_signed_stands BEFORE UPDATE OR DELETE ON coop.minutes_texts FOR EACH ROW EXECUTE FUNCTION coop.what_was_signed_stands();
CREATE TRIGGER what_was_signed_stands BEFORE UPDATE OR DELETE ON coop.minutes_signatures FOR EACH ROW EXECUTE FUNCTION coop.what_was_signed_stands();
REVOKE EXECUTE ON FUNCTION coop.what_was_signed_stands() FROM PUBLIC;

GRANT SELECT, INSERT ON coop.minutes, coop.minutes_texts, coop.minutes_signatures, coop.minutes_contests TO lien_coop;
GRANT UPDATE (chair_id, secretary_id, named_by, edits, signed_n, signed_at, contest_until) ON coop.minutes TO lien_coop;
GRANT SELECT, INSERT, UPDATE, DELETE ON coop.minutes_words TO lien_coop;
GRANT UPDATE (upheld, decision, answered_by, answered_at) ON coop.minutes_contests TO lien_coop;

-- +goose Down
DROP TABLE coop.minutes_contests, coop.minutes_signatures;
ALTER TABLE coop.minutes DROP CONSTRAINT what_is_signed_is_a_text;
DROP TABLE coop.minutes_texts, coop.minutes_words, coop.minutes;
DROP FUNCTION coop.what_was_signed_stands();
ALTER TABLE coop.statutes DROP COLUMN contest_days;
