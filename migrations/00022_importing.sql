-- A list that the cooperative kept before: read from a file, looked at, decided on, carried out once; what it said of people is then thrown away.
-- +goose Up
CREATE TABLE coop.imports (
  cooperative_id uuid NOT NULL REFERENCES coop.cooperatives (id),
  id uuid NOT NULL,
  file_name text NOT NULL,
  file_hash bytea NOT NULL,
  encoding text NOT NULL,
  delimiter text NOT NULL,
  headings text[] NOT NULL,
  samples text[] NOT NULL, -- the first line with somebody on it, to name the columns by
  columns text[] NOT NULL, -- what each column means, empty for one that is not read
  place_id uuid NOT NULL, -- where the new people live until they say otherwise
  language text NOT NULL, -- of who has none in the file
  state text NOT NULL CONSTRAINT an_import_is_in_a_known_state CHECK (state IN ('open', 'confirmed', 'done', 'dropped')),
  turn int NOT NULL CONSTRAINT turns_count_up CHECK (turn > 0), -- how often it was sorted or decided on
  lines int NOT NULL,
  new_lines int NOT NULL,
  same_lines int NOT NULL,
  conflict_lines int NOT NULL,
  refused_lines int NOT NULL,
  made int NOT NULL, -- new members
  opened int NOT NULL, -- opening balances
  moved int NOT NULL, -- lines that did not fit any more
  uploaded_by uuid NOT NULL,
  client_key uuid NOT NULL,
  uploaded_at timestamptz NOT NULL,
  confirmed_by uuid,
  confirmed_at timestamptz,
  ended_at timestamptz,
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT an_import_is_begun_once UNIQUE (cooperative_id, uploaded_by, client_key),
  CONSTRAINT who_confirmed_is_known CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL)),
  CONSTRAINT only_a_confirmed_import_is_carried_out CHECK (state NOT IN ('confirmed', 'done') OR confirmed_by IS NOT NULL),
  CONSTRAINT what_ended_has_its_moment CHECK ((ended_at IS NOT NULL) = (state IN ('done', 'dropped'))),
  FOREIGN KEY (cooperative_id, place_id) REFERENCES coop.places (cooperative_id, id),
  FOREIGN KEY (cooperative_id, uploaded_by) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, confirmed_by) REFERENCES coop.members (cooperative_id, id)
);
CREATE UNIQUE INDEX a_file_is_open_once ON coop.imports (cooperative_id, file_hash) WHERE state IN ('open', 'confirmed');
CREATE INDEX imports_to_carry_out ON coop.imports (confirmed_at) WHERE state = 'confirmed';
CREATE INDEX imports_left_open ON coop.imports (uploaded_at) WHERE state = 'open';
CREATE INDEX imports_of_a_file ON coop.imports (cooperative_id, file_hash) WHERE state = 'done';

-- The file and its lines speak of people who are no members yet: they go when the import ends.
CREATE TABLE coop.import_files (
  cooperative_id uuid NOT NULL,
  import_id uuid NOT NULL,
  content bytea NOT NULL,
  PRIMARY KEY (cooperative_id, import_id),
  FOREIGN KEY (cooperative_id, import_id) REFERENCES coop.imports (cooperative_id, id)
);

CREATE TABLE coop.import_rows (
  cooperative_id uuid NOT NULL,
  import_id uuid NOT NULL,
  line int NOT NULL,
  number bigint, -- none: the next free one
  name text NOT NULL,
  language text NOT NULL,
  minutes bigint NOT NULL,
  pile text NOT NULL CONSTRAINT a_line_is_in_one_of_four_piles CHECK (pile IN ('new', 'same', 'conflict', 'refused')),
  why text NOT NULL,
  hint text NOT NULL, -- what the sentence about it names
  other_id uuid, -- the member whom it is about
  choice text NOT NULL CONSTRAINT a_choice_is_known CHECK (choice IN ('', 'leave', 'add', 'person', 'without')),
  PRIMARY KEY (cooperative_id, import_id, line),
  CONSTRAINT a_refused_line_has_a_reason CHECK ((pile IN ('conflict', 'refused')) = (why <> '')),
  CONSTRAINT only_a_conflict_is_decided CHECK (choice = '' OR pile = 'conflict'),
  FOREIGN KEY (cooperative_id, import_id) REFERENCES coop.imports (cooperative_id, id),
  FOREIGN KEY (cooperative_id, other_id) REFERENCES coop.members (cooperative_id, id)
);
CREATE INDEX import_rows_by_pile ON coop.import_rows (cooperative_id, import_id, pile, line);

-- What stays: which line made whom, and which hours.
CREATE TABLE coop.import_lines (
  cooperative_id uuid NOT NULL,
  import_id uuid NOT NULL,
  line int NOT NULL,
  outcome text NOT NULL CONSTRAINT an_outcome_of_a_line_is_known CHECK (outcome IN ('member', 'hours', 'moved')),
  member_id uuid,
  transfer_id uuid,
  at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, import_id, line),
  CONSTRAINT what_a_line_made_is_known CHECK ((outcome = 'moved') = (member_id IS NULL)),
  CONSTRAINT hours_of_a_line_have_their_transfer CHECK (outcome <> 'hours' OR transfer_id IS NOT NULL),
  CONSTRAINT a_line_that_moved_made_nothing CHECK (outcome <> 'moved' OR transfer_id IS NULL),
  CONSTRAINT a_transfer_comes_from_one_line UNIQUE (cooperative_id, transfer_id),
  FOREIGN KEY (cooperative_id, import_id) REFERENCES coop.imports (cooperative_id, id),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, transfer_id) REFERENCES coop.transfers (cooperative_id, id)
);
CREATE UNIQUE INDEX a_member_comes_from_one_line ON coop.import_lines (cooperative_id, member_id) WHERE outcome = 'member';

-- What a member had in the old list comes from the fund or goes to it, once: the key is the member.
ALTER TABLE coop.transfers
  DROP CONSTRAINT a_transfer_is_of_a_known_kind,
  ADD CONSTRAINT a_transfer_is_of_a_known_kind CHECK (kind IN ('agreement', 'gift', 'fund', 'correction', 'household', 'departure', 'cheque', 'opening', 'deposit', 'deposit_back'));

GRANT SELECT, INSERT, UPDATE ON coop.imports TO lien_coop;
GRANT SELECT, INSERT, DELETE ON coop.import_files TO lien_coop;
GRANT SELECT, INSERT, DELETE ON coop.import_rows TO lien_coop;
GRANT UPDATE (choice) ON coop.import_rows TO lien_coop;
GRANT SELECT, INSERT ON coop.import_lines TO lien_coop; -- append-only

-- +goose Down
ALTER TABLE coop.transfers
  DROP CONSTRAINT a_transfer_is_of_a_known_kind,
  ADD CONSTRAINT a_transfer_is_of_a_known_kind CHECK (kind IN ('agreement', 'gift', 'fund', 'correction', 'household', 'departure', 'cheque'));
DROP TABLE coop.import_lines, coop.import_rows, coop.import_files, coop.imports;
