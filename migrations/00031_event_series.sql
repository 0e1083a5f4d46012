-- Series: the rule that makes events, on the wall clock of its place; an event knows the date that it was made for.
-- +goose Up
CREATE TABLE coop.event_series (
  cooperative_id uuid NOT NULL,
  id uuid NOT NULL,
  organiser_id uuid NOT NULL,
  title text NOT NULL,
  details text NOT NULL,
  language text NOT NULL,
  place text NOT NULL,
  zone text NOT NULL,
  first_on date NOT NULL,
  rhythm text NOT NULL CONSTRAINT a_rhythm_is_known CHECK (rhythm IN ('week', 'weeks_2', 'weeks_3', 'weeks_4', 'month_nth', 'month_last', 'month_day')),
  from_clock text NOT NULL CONSTRAINT a_series_starts_on_the_clock CHECK (from_clock ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  until_clock text NOT NULL CONSTRAINT a_series_ends_on_the_clock CHECK (until_clock ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  last_on date, -- empty: it goes on
  skips_public boolean NOT NULL,
  skips_school boolean NOT NULL,
  capacity int CONSTRAINT a_series_has_room_for_somebody CHECK (capacity > 0),
  made_through date NOT NULL, -- its events are made up to this day
  sequence int NOT NULL, -- how often it was changed
  client_key uuid NOT NULL,
  created_at timestamptz NOT NULL,
  changed_at timestamptz,
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT a_series_is_begun_once UNIQUE (cooperative_id, organiser_id, client_key),
  FOREIGN KEY (cooperative_id, organiser_id) REFERENCES coop.members (cooperative_id, id)
);
CREATE INDEX series_that_make_events ON coop.event_series (made_through, id);

ALTER TABLE coop.events
  ADD COLUMN series_id uuid,
  ADD COLUMN series_day date,
  ADD COLUMN edited boolean NOT NULL DEFAULT false, -- changed on its own, apart from its series
  ADD COLUMN sequence int NOT NULL DEFAULT 0, -- how often it was changed
  ADD COLUMN changed_at timestamptz,
  ADD CONSTRAINT an_event_of_a_series_has_its_day CHECK ((series_id IS NULL) = (series_day IS NULL)),
  ADD CONSTRAINT a_series_has_one_event_a_day UNIQUE (cooperative_id, series_id, series_day),
  ADD CONSTRAINT an_event_knows_its_series FOREIGN KEY (cooperative_id, series_id) REFERENCES coop.event_series (cooperative_id, id);

GRANT SELECT, INSERT, UPDATE ON coop.event_series TO lien_coop;
-- What nobody is on may be taken away; the keys of registrations and attendances refuse the rest.
GRANT DELETE ON coop.events TO lien_coop;

-- +goose Down
REVOKE DELETE ON coop.events FROM lien_coop;
ALTER TABLE coop.events
  DROP CONSTRAINT an_event_knows_its_series,
  DROP CONSTRAINT a_series_has_one_event_a_day,
  DROP CONSTRAINT an_event_of_a_series_has_its_day,
  DROP COLUMN changed_at,
  DROP COLUMN sequence,
  DROP COLUMN edited,
  DROP COLUMN series_day,
  DROP COLUMN series_id;
DROP TABLE coop.event_series;
