-- Photos hang with notices: at most four, in their order, with words for who cannot see them.
-- +goose Up
CREATE TABLE coop.notice_photos (
  cooperative_id uuid NOT NULL,
  notice_id uuid NOT NULL,
  n int NOT NULL CONSTRAINT a_notice_shows_four_photos_at_most CHECK (n BETWEEN 1 AND 4),
  photo_id uuid NOT NULL,
  words text NOT NULL,
  language text NOT NULL,
  PRIMARY KEY (cooperative_id, notice_id, n) DEFERRABLE, -- those behind one that is taken away move up together
  CONSTRAINT a_photo_hangs_with_one_notice UNIQUE (cooperative_id, photo_id),
  FOREIGN KEY (cooperative_id, notice_id) REFERENCES coop.notices (cooperative_id, id),
  FOREIGN KEY (cooperative_id, photo_id) REFERENCES coop.photos (cooperative_id, id)
);

ALTER TABLE coop.board_log
  DROP CONSTRAINT a_change_is_of_a_known_kind,
  ADD CONSTRAINT a_change_is_of_a_known_kind CHECK (kind IN ('notice', 'comment', 'counts', 'gone', 'back', 'edit', 'top', 'hung'));

GRANT SELECT, INSERT, UPDATE, DELETE ON coop.notice_photos TO lien_coop;

-- +goose Down
DROP TABLE coop.notice_photos;
UPDATE coop.board_log SET kind = 'counts' WHERE kind = 'hung';
ALTER TABLE coop.board_log
  DROP CONSTRAINT a_change_is_of_a_known_kind,
  ADD CONSTRAINT a_change_is_of_a_known_kind CHECK (kind IN ('notice', 'comment', 'counts', 'gone', 'back', 'edit', 'top'));
