-- Workshops whole: how few are enough, why one is called off, when its host was told who comes, and who agreed to be named to the others.
-- +goose Up
ALTER TABLE coop.workshops
  ADD COLUMN least int NOT NULL DEFAULT 1,
  ADD COLUMN words text NOT NULL DEFAULT '',
  ADD COLUMN language text NOT NULL DEFAULT '',
  ADD COLUMN counted_at timestamptz, -- when its host was told whether enough come
  ADD CONSTRAINT a_workshop_wants_no_more_than_it_seats CHECK (least BETWEEN 1 AND seats),
  ADD CONSTRAINT only_what_is_called_off_says_why CHECK (words = '' OR cancelled_at IS NOT NULL),
  ADD CONSTRAINT what_is_called_off_was_not_held CHECK (cancelled_at IS NULL OR marked_at IS NULL);
ALTER TABLE coop.workshop_turns
  ADD COLUMN shown boolean NOT NULL DEFAULT false; -- agreed to be named to the others who come
CREATE INDEX workshops_to_count ON coop.workshops (starts_at) WHERE cancelled_at IS NULL AND counted_at IS NULL;

-- +goose Down
DROP INDEX coop.workshops_to_count;
ALTER TABLE coop.workshop_turns DROP COLUMN shown;
ALTER TABLE coop.workshops
  DROP CONSTRAINT what_is_called_off_was_not_held,
  DROP CONSTRAINT only_what_is_called_off_says_why,
  DROP CONSTRAINT a_workshop_wants_no_more_than_it_seats,
  DROP COLUMN counted_at, DROP COLUMN language, DROP COLUMN words, DROP COLUMN least;
