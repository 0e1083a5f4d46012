-- What each reader makes of their boards: notices they keep, boards they hear nothing of, and hours at which nothing is told.
-- +goose Up
CREATE TABLE coop.saved_notices (
  cooperative_id uuid NOT NULL,
  id uuid NOT NULL, -- by which the list is ordered
  member_id uuid NOT NULL,
  notice_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, member_id, notice_id),
  CONSTRAINT what_is_saved_has_one_place UNIQUE (cooperative_id, member_id, id),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, notice_id) REFERENCES coop.notices (cooperative_id, id)
);

CREATE TABLE coop.board_mutes (
  cooperative_id uuid NOT NULL,
  board_id uuid NOT NULL,
  member_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, board_id, member_id),
  FOREIGN KEY (cooperative_id, board_id) REFERENCES coop.boards (cooperative_id, id),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id)
);

-- Minutes of the place's day between which boards tell this member nothing.
CREATE TABLE coop.board_rests (
  cooperative_id uuid NOT NULL,
  member_id uuid NOT NULL,
  from_minute int NOT NULL CONSTRAINT ones_rest_begins_in_a_day CHECK (from_minute BETWEEN 0 AND 1439),
  until_minute int NOT NULL CONSTRAINT ones_rest_ends_in_a_day CHECK (until_minute BETWEEN 0 AND 1439),
  PRIMARY KEY (cooperative_id, member_id),
  CONSTRAINT a_rest_lasts_a_while CHECK (from_minute <> until_minute),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id)
);

GRANT SELECT, INSERT, DELETE ON coop.saved_notices, coop.board_mutes TO lien_coop;
GRANT SELECT, INSERT, UPDATE, DELETE ON coop.board_rests TO lien_coop;

-- +goose Down
DROP TABLE coop.saved_notices, coop.board_mutes, coop.board_rests;
