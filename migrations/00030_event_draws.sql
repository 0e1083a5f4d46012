-- Scarce places by draw: people put their name down until a moment; then the clock draws from a seed that was fixed at the announcement, and writes down what weighed.
-- +goose Up
ALTER TABLE coop.events
  ADD COLUMN draw_at timestamptz,
  ADD COLUMN draw_seed text,
  ADD COLUMN drawn_at timestamptz,
  ADD CONSTRAINT a_draw_has_its_seed_from_the_beginning CHECK ((draw_at IS NULL) = (draw_seed IS NULL)),
  ADD CONSTRAINT only_a_number_of_places_is_drawn CHECK (draw_at IS NULL OR capacity IS NOT NULL),
  ADD CONSTRAINT nothing_is_drawn_before_its_moment CHECK (drawn_at IS NULL OR drawn_at >= draw_at),
  ADD CONSTRAINT a_draw_comes_before_the_event CHECK (draw_at < starts_at);
CREATE INDEX events_to_draw ON coop.events (draw_at, id) WHERE draw_at IS NOT NULL AND drawn_at IS NULL AND state = 'on';

CREATE TABLE coop.event_lots (
  cooperative_id uuid NOT NULL,
  event_id uuid NOT NULL,
  member_id uuid NOT NULL,
  turns int NOT NULL CONSTRAINT turns_are_counted CHECK (turns >= 0), -- places they had by draw in the half year before
  missed int NOT NULL CONSTRAINT absences_are_counted CHECK (missed >= 0), -- times they did not come in the half year before
  first boolean NOT NULL, -- they never came to anything
  tickets int NOT NULL CONSTRAINT everybody_has_a_ticket CHECK (tickets > 0),
  party int NOT NULL CONSTRAINT a_party_is_of_somebody CHECK (party > 0),
  rank int NOT NULL CONSTRAINT ranks_begin_at_one CHECK (rank > 0),
  placed boolean NOT NULL,
  PRIMARY KEY (cooperative_id, event_id, member_id),
  CONSTRAINT a_rank_is_drawn_once UNIQUE (cooperative_id, event_id, rank),
  FOREIGN KEY (cooperative_id, event_id) REFERENCES coop.events (cooperative_id, id),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id)
);
CREATE INDEX lots_of_a_member ON coop.event_lots (cooperative_id, member_id);
GRANT SELECT, INSERT ON coop.event_lots TO lien_coop;

-- +goose Down
DROP TABLE coop.event_lots;
ALTER TABLE coop.events DROP COLUMN drawn_at, DROP COLUMN draw_seed, DROP COLUMN draw_at;
