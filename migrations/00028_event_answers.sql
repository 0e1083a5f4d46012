-- Answers: a maybe takes no place; an announcement says how many guests each may bring, and how many places are kept for newcomers until when.
-- +goose Up
ALTER TABLE coop.registrations
  DROP CONSTRAINT an_answer_is_known,
  ADD CONSTRAINT an_answer_is_known CHECK (answer IN ('coming', 'maybe', 'waiting', 'offered', 'lapsed', 'out')),
  ADD COLUMN newcomer boolean NOT NULL DEFAULT false, -- as they were when they asked
  ADD CONSTRAINT a_maybe_brings_nobody CHECK (answer <> 'maybe' OR guests = 0);

ALTER TABLE coop.events
  ADD COLUMN guests_most int NOT NULL DEFAULT 5 CONSTRAINT each_brings_a_few CHECK (guests_most BETWEEN 0 AND 5),
  ADD COLUMN newcomer_places int NOT NULL DEFAULT 0,
  ADD COLUMN newcomer_days int NOT NULL DEFAULT 3 CONSTRAINT newcomers_have_until_some_days_before CHECK (newcomer_days BETWEEN 1 AND 30),
  ADD COLUMN newcomers_opened_at timestamptz, -- when the places kept for newcomers became everybody's
  ADD CONSTRAINT newcomers_have_some_of_the_places CHECK (newcomer_places BETWEEN 0 AND coalesce(capacity, 0));
CREATE INDEX events_with_places_for_newcomers ON coop.events (starts_at, id) WHERE newcomer_places > 0 AND newcomers_opened_at IS NULL AND state = 'on';

-- +goose Down
ALTER TABLE coop.events
  DROP COLUMN newcomers_opened_at,
  DROP COLUMN newcomer_days,
  DROP COLUMN newcomer_places,
  DROP COLUMN guests_most;
UPDATE coop.registrations SET answer = 'out' WHERE answer = 'maybe';
ALTER TABLE coop.registrations
  DROP CONSTRAINT a_maybe_brings_nobody,
  DROP COLUMN newcomer,
  DROP CONSTRAINT an_answer_is_known,
  ADD CONSTRAINT an_answer_is_known CHECK (answer IN ('coming', 'waiting', 'offered', 'lapsed', 'out'));
