-- Hours: statements in the order of what happened, also when it is written later.
-- +goose Up
CREATE INDEX entries_by_their_moment ON coop.entries (cooperative_id, account_id, at DESC, transfer_id DESC);

-- +goose Down
DROP INDEX coop.entries_by_their_moment;
