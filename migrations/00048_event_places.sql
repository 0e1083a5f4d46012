-- Where an event is in the tree of places, beside its words for it, and a calendar of one place.
-- +goose Up
ALTER TABLE coop.events
  ADD COLUMN resource_id uuid,
  ADD CONSTRAINT an_event_is_in_something_shared FOREIGN KEY (cooperative_id, resource_id) REFERENCES coop.resources (cooperative_id, id),
  ADD CONSTRAINT what_is_shared_stands_somewhere CHECK (resource_id IS NULL OR place_id IS NOT NULL);
ALTER TABLE coop.event_series
  ADD COLUMN place_id uuid,
  ADD COLUMN resource_id uuid,
  ADD CONSTRAINT a_series_has_its_place FOREIGN KEY (cooperative_id, place_id) REFERENCES coop.places (cooperative_id, id),
  ADD CONSTRAINT a_series_is_in_something_shared FOREIGN KEY (cooperative_id, resource_id) REFERENCES coop.resources (cooperative_id, id),
  ADD CONSTRAINT what_a_series_shares_stands_somewhere CHECK (resource_id IS NULL OR place_id IS NOT NULL);
CREATE INDEX events_of_a_place ON coop.events (cooperative_id, place_id, starts_at, id) WHERE place_id IS NOT NULL;

ALTER TABLE coop.calendar_feeds
  ADD COLUMN place_id uuid,
  ADD CONSTRAINT a_calendar_is_of_a_place_that_is_there FOREIGN KEY (cooperative_id, place_id) REFERENCES coop.places (cooperative_id, id),
  DROP CONSTRAINT a_calendar_is_mine_or_everybodys,
  ADD CONSTRAINT a_calendar_is_mine_everybodys_or_of_a_place CHECK (kind IN ('mine', 'all', 'place')),
  ADD CONSTRAINT only_the_calendar_of_a_place_has_one CHECK ((kind = 'place') = (place_id IS NOT NULL));
DROP INDEX coop.a_calendar_has_one_open_address;
CREATE UNIQUE INDEX a_calendar_has_one_open_address ON coop.calendar_feeds (cooperative_id, member_id, kind) WHERE shut_at IS NULL AND place_id IS NULL;
CREATE UNIQUE INDEX a_calendar_of_a_place_has_one_open_address ON coop.calendar_feeds (cooperative_id, member_id, place_id) WHERE shut_at IS NULL AND place_id IS NOT NULL;

-- +goose Down
DELETE FROM coop.calendar_feeds WHERE kind = 'place';
DROP INDEX coop.a_calendar_of_a_place_has_one_open_address;
DROP INDEX coop.a_calendar_has_one_open_address;
ALTER TABLE coop.calendar_feeds
  DROP CONSTRAINT only_the_calendar_of_a_place_has_one,
  DROP CONSTRAINT a_calendar_is_mine_everybodys_or_of_a_place,
  ADD CONSTRAINT a_calendar_is_mine_or_everybodys CHECK (kind IN ('mine', 'all')),
  DROP COLUMN place_id;
CREATE UNIQUE INDEX a_calendar_has_one_open_address ON coop.calendar_feeds (cooperative_id, member_id, kind) WHERE shut_at IS NULL;
DROP INDEX coop.events_of_a_place;
ALTER TABLE coop.event_series DROP COLUMN resource_id, DROP COLUMN place_id;
ALTER TABLE coop.events DROP COLUMN resource_id;
