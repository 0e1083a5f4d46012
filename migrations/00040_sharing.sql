-- Shared things: rooms, machines, a bicycle are booked by the clock; tools are lent in turn. The rules of each are a row.
-- +goose Up
CREATE TABLE coop.resources (
  cooperative_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL CONSTRAINT a_resource_is_of_a_known_kind CHECK (kind IN ('room', 'machine', 'vehicle', 'tool')),
  shared text NOT NULL CONSTRAINT a_resource_is_booked_or_lent CHECK (shared IN ('booked', 'lent')),
  name text NOT NULL,
  details text NOT NULL,
  language text NOT NULL,
  place_id uuid NOT NULL,
  state text NOT NULL CONSTRAINT a_resource_is_in_a_known_state CHECK (state IN ('open', 'paused', 'retired')),
  paused_why text NOT NULL,
  made_by uuid NOT NULL,
  client_key uuid NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT a_resource_is_added_once UNIQUE (cooperative_id, made_by, client_key),
  CONSTRAINT only_a_paused_resource_says_why CHECK ((paused_why = '') OR state <> 'open'),
  FOREIGN KEY (cooperative_id, place_id) REFERENCES coop.places (cooperative_id, id),
  FOREIGN KEY (cooperative_id, made_by) REFERENCES coop.members (cooperative_id, id)
);
CREATE INDEX resources_to_share ON coop.resources (cooperative_id, kind, name, id) WHERE state <> 'retired';

-- How a thing is booked, in minutes and days. Weekdays are bits, Monday the lowest.
CREATE TABLE coop.booking_rules (
  cooperative_id uuid NOT NULL,
  resource_id uuid NOT NULL,
  step_minutes int NOT NULL CONSTRAINT a_step_is_a_quarter_half_or_hour CHECK (step_minutes IN (15, 30, 60)),
  longest_minutes int NOT NULL CONSTRAINT a_booking_lasts_whole_steps CHECK (longest_minutes BETWEEN step_minutes AND 1440 AND longest_minutes % step_minutes = 0),
  notice_minutes int NOT NULL CONSTRAINT notice_is_given_ahead CHECK (notice_minutes BETWEEN 0 AND 10080),
  ahead_days int NOT NULL CONSTRAINT one_books_a_while_ahead CHECK (ahead_days BETWEEN 1 AND 365),
  buffer_minutes int NOT NULL CONSTRAINT a_buffer_is_short CHECK (buffer_minutes BETWEEN 0 AND 240),
  weekly_quota int NOT NULL CONSTRAINT a_household_books_at_least_once CHECK (weekly_quota BETWEEN 1 AND 50),
  opens_minute int NOT NULL,
  closes_minute int NOT NULL,
  weekdays int NOT NULL CONSTRAINT it_opens_on_some_day CHECK (weekdays BETWEEN 1 AND 127),
  noshow_minutes int NOT NULL CONSTRAINT one_is_waited_for CHECK (noshow_minutes BETWEEN 5 AND 240),
  changed_by uuid NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, resource_id),
  CONSTRAINT it_closes_after_it_opens CHECK (opens_minute >= 0 AND closes_minute <= 1440 AND opens_minute + step_minutes <= closes_minute),
  FOREIGN KEY (cooperative_id, resource_id) REFERENCES coop.resources (cooperative_id, id),
  FOREIGN KEY (cooperative_id, changed_by) REFERENCES coop.members (cooperative_id, id)
);

-- The quota is the home's: the household's id where people live together, the member's own otherwise.
CREATE TABLE coop.bookings (
  cooperative_id uuid NOT NULL,
  id uuid NOT NULL,
  resource_id uuid NOT NULL,
  member_id uuid NOT NULL,
  home_id uuid NOT NULL,
  state text NOT NULL CONSTRAINT a_booking_is_in_a_known_state CHECK (state IN ('booked', 'started', 'ended', 'cancelled', 'released')),
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  free_at timestamptz NOT NULL, -- when the buffer after it has passed
  lapses_at timestamptz NOT NULL, -- when nobody came
  client_key uuid NOT NULL,
  created_at timestamptz NOT NULL,
  state_since timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT a_booking_is_made_once UNIQUE (cooperative_id, member_id, client_key),
  CONSTRAINT a_booking_ends_after_it_starts CHECK (starts_at < ends_at AND ends_at <= free_at AND starts_at < lapses_at),
  CONSTRAINT bookings_do_not_overlap EXCLUDE USING gist
    (cooperative_id WITH =, resource_id WITH =, tstzrange(starts_at, free_at) WITH &&) WHERE (state IN ('booked', 'started', 'ended')),
  FOREIGN KEY (cooperative_id, resource_id) REFERENCES coop.resources (cooperative_id, id),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id)
);
CREATE INDEX bookings_of_a_resource ON coop.bookings (cooperative_id, resource_id, starts_at);
CREATE INDEX bookings_of_a_member ON coop.bookings (cooperative_id, member_id, starts_at DESC);
CREATE INDEX bookings_nobody_came_to ON coop.bookings (lapses_at) WHERE state = 'booked';
CREATE INDEX bookings_under_way ON coop.bookings (ends_at) WHERE state = 'started';

CREATE TABLE coop.lending_rules (
  cooperative_id uuid NOT NULL,
  resource_id uuid NOT NULL,
  days int NOT NULL CONSTRAINT a_loan_lasts_some_days CHECK (days BETWEEN 1 AND 90),
  renewals int NOT NULL CONSTRAINT a_loan_is_renewed_a_few_times CHECK (renewals BETWEEN 0 AND 5),
  at_once int NOT NULL CONSTRAINT a_home_may_borrow CHECK (at_once BETWEEN 1 AND 20),
  hold_hours int NOT NULL CONSTRAINT a_resource_is_kept_a_while CHECK (hold_hours BETWEEN 1 AND 336),
  changed_by uuid NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, resource_id),
  FOREIGN KEY (cooperative_id, resource_id) REFERENCES coop.resources (cooperative_id, id),
  FOREIGN KEY (cooperative_id, changed_by) REFERENCES coop.members (cooperative_id, id)
);

CREATE TABLE coop.loans (
  cooperative_id uuid NOT NULL,
  id uuid NOT NULL,
  resource_id uuid NOT NULL,
  member_id uuid NOT NULL,
  home_id uuid NOT NULL,
  state text NOT NULL CONSTRAINT a_loan_is_in_a_known_state CHECK (state IN ('asked', 'held', 'out', 'returned', 'withdrawn', 'lapsed', 'lost')),
  turn bigint NOT NULL,
  hold_until timestamptz,
  out_at timestamptz,
  due_at timestamptz,
  back_at timestamptz,
  renewed int NOT NULL CONSTRAINT renewals_count_up CHECK (renewed >= 0),
  condition_out text NOT NULL,
  condition_back text NOT NULL,
  handed_by uuid,
  taken_by uuid,
  client_key uuid NOT NULL,
  created_at timestamptz NOT NULL,
  state_since timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT a_loan_is_asked_once UNIQUE (cooperative_id, member_id, client_key),
  CONSTRAINT only_a_kept_resource_waits CHECK ((state = 'held') = (hold_until IS NOT NULL)),
  CONSTRAINT what_went_out_is_due CHECK ((out_at IS NULL) = (due_at IS NULL) AND (state NOT IN ('out', 'returned', 'lost') OR out_at IS NOT NULL)),
  CONSTRAINT what_came_back_was_out CHECK ((state = 'returned') = (back_at IS NOT NULL)),
  FOREIGN KEY (cooperative_id, resource_id) REFERENCES coop.resources (cooperative_id, id),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, handed_by) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, taken_by) REFERENCES coop.members (cooperative_id, id)
);
CREATE UNIQUE INDEX a_resource_is_with_one_person ON coop.loans (cooperative_id, resource_id) WHERE state IN ('held', 'out');
CREATE UNIQUE INDEX one_asks_for_a_resource_once ON coop.loans (cooperative_id, resource_id, member_id) WHERE state IN ('asked', 'held', 'out');
CREATE INDEX loans_in_turn ON coop.loans (cooperative_id, resource_id, turn) WHERE state = 'asked';
CREATE INDEX loans_of_a_member ON coop.loans (cooperative_id, member_id, id DESC);
CREATE INDEX loans_kept_too_long ON coop.loans (hold_until) WHERE state = 'held';
CREATE INDEX loans_due ON coop.loans (due_at) WHERE state = 'out';

CREATE TABLE coop.damages (
  cooperative_id uuid NOT NULL,
  id uuid NOT NULL,
  resource_id uuid NOT NULL,
  member_id uuid NOT NULL,
  words text NOT NULL,
  language text NOT NULL,
  stops boolean NOT NULL, -- it cannot be used until it is mended
  client_key uuid NOT NULL,
  told_at timestamptz NOT NULL,
  mended_at timestamptz,
  mended_by uuid,
  mended_how text NOT NULL,
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT a_damage_is_told_once UNIQUE (cooperative_id, member_id, client_key),
  CONSTRAINT what_is_mended_was_mended_by_somebody CHECK ((mended_at IS NULL) = (mended_by IS NULL)),
  FOREIGN KEY (cooperative_id, resource_id) REFERENCES coop.resources (cooperative_id, id),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, mended_by) REFERENCES coop.members (cooperative_id, id)
);
CREATE INDEX damages_open ON coop.damages (cooperative_id, resource_id) WHERE mended_at IS NULL;

GRANT SELECT, INSERT, UPDATE ON coop.resources, coop.booking_rules, coop.bookings, coop.lending_rules, coop.loans, coop.damages TO lien_coop;

-- +goose Down
DROP TABLE coop.damages, coop.loans, coop.lending_rules, coop.bookings, coop.booking_rules, coop.resources;
