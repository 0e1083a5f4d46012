-- Live boards: each board is a log with a gapless number, taken under the board's row lock.
-- +goose Up
CREATE TABLE coop.boards (
  cooperative_id uuid NOT NULL REFERENCES coop.cooperatives (id),
  id uuid NOT NULL,
  place_id uuid, -- none: a board about a theme, for every member
  name text NOT NULL,
  last_seq bigint NOT NULL CONSTRAINT a_log_counts_up CHECK (last_seq >= 0),
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT a_board_is_known_by_one_id UNIQUE (id),
  CONSTRAINT a_place_has_one_board UNIQUE (cooperative_id, place_id),
  FOREIGN KEY (cooperative_id, place_id) REFERENCES coop.places (cooperative_id, id)
) WITH (fillfactor = 50);

CREATE TABLE coop.notices (
  cooperative_id uuid NOT NULL,
  id uuid NOT NULL,
  board_id uuid NOT NULL,
  seq bigint NOT NULL, -- its number in the board's log: what hangs on a board is ordered by it
  member_id uuid NOT NULL,
  kind text NOT NULL CONSTRAINT a_notice_is_of_a_known_kind CHECK (kind IN ('news', 'help', 'found', 'alert')),
  title text NOT NULL,
  body text NOT NULL,
  language text NOT NULL,
  comments int NOT NULL CONSTRAINT comments_are_counted CHECK (comments >= 0),
  thanks int NOT NULL CONSTRAINT thanks_are_counted CHECK (thanks >= 0),
  client_key uuid NOT NULL,
  created_at timestamptz NOT NULL,
  gone_at timestamptz,
  gone_by uuid,
  gone_rule text NOT NULL, -- the charter's rule, when a facilitator hid it
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT a_notice_is_pinned_once UNIQUE (cooperative_id, member_id, client_key),
  CONSTRAINT what_is_gone_says_by_whom CHECK ((gone_at IS NULL) = (gone_by IS NULL)),
  FOREIGN KEY (cooperative_id, board_id) REFERENCES coop.boards (cooperative_id, id),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id)
);
CREATE INDEX notices_of_a_board ON coop.notices (cooperative_id, board_id, seq DESC) WHERE gone_at IS NULL;
CREATE INDEX notices_of_a_member ON coop.notices (cooperative_id, member_id, created_at DESC);

CREATE TABLE coop.comments (
  cooperative_id uuid NOT NULL,
  id uuid NOT NULL,
  notice_id uuid NOT NULL,
  seq bigint NOT NULL, -- its number in the log of the notice's board
  member_id uuid NOT NULL,
  body text NOT NULL,
  language text NOT NULL,
  client_key uuid NOT NULL,
  created_at timestamptz NOT NULL,
  gone_at timestamptz,
  gone_by uuid,
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT a_comment_is_written_once UNIQUE (cooperative_id, member_id, client_key),
  FOREIGN KEY (cooperative_id, notice_id) REFERENCES coop.notices (cooperative_id, id),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id)
);
CREATE INDEX comments_of_a_notice ON coop.comments (cooperative_id, notice_id, seq);
CREATE INDEX comments_of_a_member ON coop.comments (cooperative_id, member_id, created_at DESC);

CREATE TABLE coop.thanks (
  cooperative_id uuid NOT NULL,
  notice_id uuid NOT NULL,
  member_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, notice_id, member_id),
  FOREIGN KEY (cooperative_id, notice_id) REFERENCES coop.notices (cooperative_id, id),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id)
);

CREATE TABLE coop.board_log (
  cooperative_id uuid NOT NULL,
  board_id uuid NOT NULL,
  seq bigint NOT NULL CONSTRAINT a_log_begins_at_one CHECK (seq > 0),
  kind text NOT NULL CONSTRAINT a_change_is_of_a_known_kind CHECK (kind IN ('notice', 'comment', 'counts', 'gone')),
  notice_id uuid NOT NULL,
  comment_id uuid,
  at timestamptz NOT NULL,
  PRIMARY KEY (board_id, seq),
  FOREIGN KEY (cooperative_id, board_id) REFERENCES coop.boards (cooperative_id, id),
  FOREIGN KEY (cooperative_id, notice_id) REFERENCES coop.notices (cooperative_id, id),
  FOREIGN KEY (cooperative_id, comment_id) REFERENCES coop.comments (cooperative_id, id)
);

CREATE TABLE coop.board_reads (
  cooperative_id uuid NOT NULL,
  board_id uuid NOT NULL,
  member_id uuid NOT NULL,
  seq bigint NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, board_id, member_id),
  FOREIGN KEY (cooperative_id, board_id) REFERENCES coop.boards (cooperative_id, id),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id)
);

GRANT SELECT, INSERT, UPDATE ON coop.boards, coop.notices, coop.comments, coop.board_reads TO lien_coop;
GRANT SELECT, INSERT, DELETE ON coop.thanks TO lien_coop;
GRANT SELECT, INSERT ON coop.board_log TO lien_coop;

-- +goose Down
DROP TABLE coop.board_reads, coop.board_log, coop.thanks, coop.comments, coop.notices, coop.boards;
