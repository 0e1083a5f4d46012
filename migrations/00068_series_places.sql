-- A series says for whom each of its events has room: guests, and places for newcomers.
-- +goose Up
ALTER TABLE coop.event_series
  ADD COLUMN guests_most int NOT NULL DEFAULT 5 CONSTRAINT each_brings_a_few_each_time CHECK (guests_most BETWEEN 0 AND 5),
  ADD COLUMN newcomer_places int NOT NULL DEFAULT 0,
  ADD COLUMN newcomer_days int NOT NULL DEFAULT 3 CONSTRAINT newcomers_have_until_some_days_before_each_time CHECK (newcomer_days BETWEEN 1 AND 30),
  ADD CONSTRAINT newcomers_have_some_of_the_places_each_time CHECK (newcomer_places BETWEEN 0 AND coalesce(capacity, 0));

-- +goose Down
ALTER TABLE coop.event_series DROP COLUMN newcomer_days, DROP COLUMN newcomer_places, DROP COLUMN guests_most;
