-- Events: places are counted under the event's lock, a freed place is a timed offer, attendance is written once.
-- +goose Up
CREATE TABLE coop.events (
  cooperative_id uuid NOT NULL,
  id uuid NOT NULL,
  organiser_id uuid NOT NULL,
  place_id uuid,
  place text NOT NULL,
  title text NOT NULL,
  details text NOT NULL,
  language text NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  zone text NOT NULL,
  capacity int CONSTRAINT there_is_room_for_somebody CHECK (capacity > 0),
  state text NOT NULL CONSTRAINT an_event_is_on_or_cancelled CHECK (state IN ('on', 'cancelled')),
  client_key uuid NOT NULL,
  created_at timestamptz NOT NULL,
  cancelled_at timestamptz,
  cancelled_why text NOT NULL,
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT an_event_is_announced_once UNIQUE (cooperative_id, organiser_id, client_key),
  CONSTRAINT an_event_ends_after_it_starts CHECK (ends_at > starts_at),
  CONSTRAINT a_cancelled_event_says_when CHECK ((state = 'cancelled') = (cancelled_at IS NOT NULL)),
  FOREIGN KEY (cooperative_id, organiser_id) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, place_id) REFERENCES coop.places (cooperative_id, id)
);
CREATE INDEX events_in_time ON coop.events (cooperative_id, starts_at, id);

CREATE TABLE coop.registrations (
  cooperative_id uuid NOT NULL,
  event_id uuid NOT NULL,
  member_id uuid NOT NULL,
  answer text NOT NULL CONSTRAINT an_answer_is_known CHECK (answer IN ('coming', 'waiting', 'offered', 'lapsed', 'out')),
  guests int NOT NULL CONSTRAINT guests_are_few CHECK (guests BETWEEN 0 AND 5),
  asked_at timestamptz NOT NULL,
  turn bigint NOT NULL, -- the order of asking, counted under the event's lock
  offer_until timestamptz,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, event_id, member_id),
  CONSTRAINT only_an_offer_runs_out CHECK ((answer = 'offered') = (offer_until IS NOT NULL)),
  FOREIGN KEY (cooperative_id, event_id) REFERENCES coop.events (cooperative_id, id),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id)
);
CREATE INDEX registrations_of_a_member ON coop.registrations (cooperative_id, member_id, event_id);
CREATE INDEX offers_running_out ON coop.registrations (cooperative_id, offer_until) WHERE offer_until IS NOT NULL;

CREATE TABLE coop.attendances (
  cooperative_id uuid NOT NULL,
  event_id uuid NOT NULL,
  member_id uuid NOT NULL,
  channel text NOT NULL CONSTRAINT a_check_in_is_by_list_or_code CHECK (channel IN ('list', 'code')),
  by_member_id uuid NOT NULL,
  at timestamptz NOT NULL,
  undone_at timestamptz,
  PRIMARY KEY (cooperative_id, event_id, member_id),
  FOREIGN KEY (cooperative_id, event_id) REFERENCES coop.events (cooperative_id, id),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id)
);
CREATE INDEX attendances_of_a_member ON coop.attendances (cooperative_id, member_id);

GRANT SELECT, INSERT, UPDATE ON coop.events, coop.registrations, coop.attendances TO lien_coop;

-- +goose Down
DROP TABLE coop.attendances, coop.registrations, coop.events;
