-- The life of a notice: what it said before, until when it hangs, and what facilitators keep at the top.
-- +goose Up
ALTER TABLE coop.notices
  ADD COLUMN edits int NOT NULL DEFAULT 0 CONSTRAINT edits_are_counted CHECK (edits >= 0),
  ADD COLUMN edited_at timestamptz,
  ADD COLUMN expires_at timestamptz CONSTRAINT a_notice_hangs_a_while CHECK (expires_at > created_at),
  ADD COLUMN expired_at timestamptz,
  ADD COLUMN top bigint NOT NULL DEFAULT 0 CONSTRAINT what_is_at_the_top_has_a_number CHECK (top >= 0), -- the board's number when it was put there; 0: it is not
  ADD CONSTRAINT what_was_edited_says_when CHECK ((edits > 0) = (edited_at IS NOT NULL)),
  ADD CONSTRAINT what_ended_is_gone CHECK (expired_at IS NULL OR gone_at IS NOT NULL);
CREATE INDEX notices_that_end ON coop.notices (expires_at) WHERE gone_at IS NULL AND expires_at IS NOT NULL;
CREATE INDEX notices_at_the_top ON coop.notices (cooperative_id, board_id, top DESC) WHERE gone_at IS NULL AND top > 0;

-- What a notice said until it was changed.
CREATE TABLE coop.notice_edits (
  cooperative_id uuid NOT NULL,
  notice_id uuid NOT NULL,
  n int NOT NULL CONSTRAINT edits_begin_at_one CHECK (n > 0),
  kind text NOT NULL,
  title text NOT NULL,
  body text NOT NULL,
  language text NOT NULL,
  until_at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, notice_id, n),
  FOREIGN KEY (cooperative_id, notice_id) REFERENCES coop.notices (cooperative_id, id)
);

ALTER TABLE coop.board_log
  DROP CONSTRAINT a_change_is_of_a_known_kind,
  ADD CONSTRAINT a_change_is_of_a_known_kind CHECK (kind IN ('notice', 'comment', 'counts', 'gone', 'back', 'edit', 'top'));

GRANT SELECT, INSERT ON coop.notice_edits TO lien_coop;

-- +goose Down
DROP TABLE coop.notice_edits;
UPDATE coop.board_log SET kind = 'counts' WHERE kind IN ('edit', 'top');
ALTER TABLE coop.board_log
  DROP CONSTRAINT a_change_is_of_a_known_kind,
  ADD CONSTRAINT a_change_is_of_a_known_kind CHECK (kind IN ('notice', 'comment', 'counts', 'gone', 'back'));
DROP INDEX coop.notices_that_end, coop.notices_at_the_top;
ALTER TABLE coop.notices
  DROP CONSTRAINT what_was_edited_says_when,
  DROP CONSTRAINT what_ended_is_gone,
  DROP COLUMN edits, DROP COLUMN edited_at, DROP COLUMN expires_at, DROP COLUMN expired_at, DROP COLUMN top;
