-- What the house tells one member: a kind, what it is about, and the few words that the sentence needs. The sentence itself is written when it is read, in the reader's language.
-- +goose Up
CREATE TABLE coop.inbox (
  cooperative_id uuid NOT NULL,
  id uuid NOT NULL,
  member_id uuid NOT NULL,
  kind text NOT NULL,
  subject_id uuid NOT NULL,
  once text NOT NULL,
  by_member_id uuid,
  title text,
  at_moment timestamptz,
  minutes bigint,
  told_at timestamptz NOT NULL,
  read_at timestamptz,
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT a_member_is_told_once UNIQUE (cooperative_id, member_id, once),
  CONSTRAINT what_is_read_was_told CHECK (read_at IS NULL OR read_at >= told_at),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, by_member_id) REFERENCES coop.members (cooperative_id, id)
);
CREATE INDEX inbox_of_a_member ON coop.inbox (cooperative_id, member_id, id DESC);
CREATE INDEX inbox_unread ON coop.inbox (cooperative_id, member_id) WHERE read_at IS NULL;
CREATE INDEX inbox_told_long_ago ON coop.inbox (told_at);

GRANT SELECT, INSERT, DELETE ON coop.inbox TO lien_coop;
GRANT UPDATE (read_at) ON coop.inbox TO lien_coop;

-- +goose Down
DROP TABLE coop.inbox;
