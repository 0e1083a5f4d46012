-- Moderation of boards whole: what neighbours report, who hid what by which rule, the answer and another person's decision, and the pace at which one writes.
-- +goose Up
-- What was said and decided about a notice, or about one comment under it.
CREATE TABLE coop.board_files (
  cooperative_id uuid NOT NULL,
  id uuid NOT NULL,
  board_id uuid NOT NULL,
  notice_id uuid NOT NULL,
  comment_id uuid, -- none: the notice itself
  member_id uuid NOT NULL, -- who wrote it
  state text NOT NULL CONSTRAINT what_was_written_is_hidden_or_not CHECK (state IN ('none', 'hidden', 'contested', 'upheld')),
  steps int NOT NULL CONSTRAINT steps_of_a_file_count_up CHECK (steps >= 0),
  opened_at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT what_was_written_has_one_file UNIQUE NULLS NOT DISTINCT (cooperative_id, notice_id, comment_id),
  FOREIGN KEY (cooperative_id, board_id) REFERENCES coop.boards (cooperative_id, id),
  FOREIGN KEY (cooperative_id, notice_id) REFERENCES coop.notices (cooperative_id, id),
  FOREIGN KEY (cooperative_id, comment_id) REFERENCES coop.comments (cooperative_id, id),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id)
);
CREATE INDEX board_files_of_a_member ON coop.board_files (cooperative_id, member_id) WHERE state <> 'none';
CREATE INDEX board_files_contested ON coop.board_files (cooperative_id, id) WHERE state = 'contested';

CREATE TABLE coop.board_reports (
  cooperative_id uuid NOT NULL,
  id uuid NOT NULL,
  file_id uuid NOT NULL,
  member_id uuid NOT NULL,
  reason text NOT NULL CONSTRAINT a_report_of_what_was_written_has_a_known_reason CHECK (reason IN ('respect', 'privacy', 'money', 'place', 'other')),
  words text NOT NULL,
  at timestamptz NOT NULL,
  answered_at timestamptz,
  PRIMARY KEY (cooperative_id, id),
  FOREIGN KEY (cooperative_id, file_id) REFERENCES coop.board_files (cooperative_id, id),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id)
);
CREATE UNIQUE INDEX what_was_written_is_reported_once_by_each ON coop.board_reports (cooperative_id, file_id, member_id) WHERE answered_at IS NULL;
CREATE INDEX board_reports_of_a_member ON coop.board_reports (cooperative_id, member_id, at);

CREATE TABLE coop.board_rulings (
  cooperative_id uuid NOT NULL,
  file_id uuid NOT NULL,
  n int NOT NULL CONSTRAINT rulings_of_a_file_begin_at_one CHECK (n > 0),
  step text NOT NULL CONSTRAINT a_ruling_of_a_file_is_a_known_step CHECK (step IN ('keep', 'hide', 'contest', 'restore', 'uphold')),
  from_state text NOT NULL,
  to_state text NOT NULL,
  by_member_id uuid NOT NULL,
  rule text NOT NULL CONSTRAINT who_hides_what_was_written_names_the_rule CHECK (rule IN ('respect', 'privacy', 'money', 'place') OR rule = '' AND step <> 'hide'),
  words text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, file_id, n),
  FOREIGN KEY (cooperative_id, file_id) REFERENCES coop.board_files (cooperative_id, id),
  FOREIGN KEY (cooperative_id, by_member_id) REFERENCES coop.members (cooperative_id, id)
);

-- How much one member writes, and when boards rest; the last row holds. Quiet hours are minutes of the place's day; equal ones are none.
CREATE TABLE coop.board_paces (
  cooperative_id uuid NOT NULL REFERENCES coop.cooperatives (id),
  n int NOT NULL CONSTRAINT paces_begin_at_one CHECK (n > 0),
  notices int NOT NULL CONSTRAINT somebody_may_pin CHECK (notices BETWEEN 1 AND 50),
  comments int NOT NULL CONSTRAINT somebody_may_answer CHECK (comments BETWEEN 1 AND 200),
  minutes int NOT NULL CONSTRAINT a_flood_ends CHECK (minutes BETWEEN 1 AND 1440),
  reports int NOT NULL CONSTRAINT somebody_may_report CHECK (reports BETWEEN 1 AND 100),
  quiet_from int NOT NULL CONSTRAINT rest_begins_in_a_day CHECK (quiet_from BETWEEN 0 AND 1439),
  quiet_until int NOT NULL CONSTRAINT rest_ends_in_a_day CHECK (quiet_until BETWEEN 0 AND 1439),
  voted_on date NOT NULL,
  words text NOT NULL,
  by_member_id uuid NOT NULL,
  client_key uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, n),
  CONSTRAINT a_pace_is_set_once UNIQUE (cooperative_id, by_member_id, client_key),
  FOREIGN KEY (cooperative_id, by_member_id) REFERENCES coop.members (cooperative_id, id)
);

ALTER TABLE coop.board_log
  DROP CONSTRAINT a_change_is_of_a_known_kind,
  ADD CONSTRAINT a_change_is_of_a_known_kind CHECK (kind IN ('notice', 'comment', 'counts', 'gone', 'back'));

-- What facilitators took down until now can be answered, too.
INSERT INTO coop.board_files (cooperative_id, id, board_id, notice_id, member_id, state, steps, opened_at)
SELECT cooperative_id, gen_random_uuid(), board_id, id, member_id, 'hidden', 1, gone_at FROM coop.notices WHERE gone_rule <> '';
INSERT INTO coop.board_rulings (cooperative_id, file_id, n, step, from_state, to_state, by_member_id, rule, words, at)
SELECT f.cooperative_id, f.id, 1, 'hide', 'none', 'hidden', n.gone_by, n.gone_rule, '', n.gone_at
FROM coop.board_files f JOIN coop.notices n ON n.cooperative_id = f.cooperative_id AND n.id = f.notice_id;

GRANT SELECT, INSERT, UPDATE ON coop.board_files, coop.board_reports TO lien_coop;
GRANT SELECT, INSERT ON coop.board_rulings, coop.board_paces TO lien_coop;

-- +goose Down
DROP TABLE coop.board_paces, coop.board_rulings, coop.board_reports, coop.board_files;
UPDATE coop.board_log SET kind = 'counts' WHERE kind = 'back';
ALTER TABLE coop.board_log
  DROP CONSTRAINT a_change_is_of_a_known_kind,
  ADD CONSTRAINT a_change_is_of_a_known_kind CHECK (kind IN ('notice', 'comment', 'counts', 'gone'));
