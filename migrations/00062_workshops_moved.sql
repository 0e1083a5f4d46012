-- A workshop moved to another day: where it stood first, and how often it was moved.
-- +goose Up
ALTER TABLE coop.workshops
  ADD COLUMN moved_from timestamptz, -- the day before the last move
  ADD COLUMN moves int NOT NULL DEFAULT 0 CONSTRAINT a_workshop_is_moved_a_few_times CHECK (moves BETWEEN 0 AND 5),
  ADD CONSTRAINT what_was_moved_stood_elsewhere CHECK ((moves > 0) = (moved_from IS NOT NULL) AND moved_from <> starts_at);

-- +goose Down
ALTER TABLE coop.workshops
  DROP CONSTRAINT what_was_moved_stood_elsewhere,
  DROP COLUMN moves, DROP COLUMN moved_from;
