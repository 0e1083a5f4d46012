-- Listings whole: photos, when and where and in which languages, drafts and endings, what neighbours report, saved searches, offers for several at once.
-- +goose Up
-- A picture on its way has files that nobody kept yet; one that is gone waits for its files to be deleted.
CREATE TABLE coop.photos (
  cooperative_id uuid NOT NULL,
  id uuid NOT NULL,
  member_id uuid NOT NULL,
  state text NOT NULL CONSTRAINT a_photo_is_in_a_known_state CHECK (state IN ('arriving', 'kept', 'gone')),
  width int NOT NULL CONSTRAINT a_photo_is_wide CHECK (width BETWEEN 1 AND 1280),
  height int NOT NULL CONSTRAINT a_photo_is_high CHECK (height BETWEEN 1 AND 1280),
  key text NOT NULL CONSTRAINT a_photo_has_its_own_files UNIQUE,
  client_key uuid NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT a_photo_is_taken_once UNIQUE (cooperative_id, member_id, client_key),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id)
);
CREATE INDEX photos_to_clear ON coop.photos (created_at) WHERE state <> 'kept';

-- Free times are 21 bits: morning, afternoon and evening of Monday, then of Tuesday, and so on. None set: not said.
ALTER TABLE coop.listings
  ADD COLUMN place text NOT NULL DEFAULT 'any' CONSTRAINT a_listing_is_in_a_known_place CHECK (place IN ('any', 'building', 'common_room', 'outside')),
  ADD COLUMN free_times int NOT NULL DEFAULT 0 CONSTRAINT free_times_are_of_one_week CHECK (free_times BETWEEN 0 AND 2097151),
  ADD COLUMN spoken text[] NOT NULL DEFAULT '{}' CONSTRAINT a_listing_names_few_languages CHECK (cardinality(spoken) <= 12),
  ADD COLUMN moderation text NOT NULL DEFAULT 'none' CONSTRAINT a_listing_is_hidden_or_not CHECK (moderation IN ('none', 'hidden', 'contested', 'upheld')),
  ADD COLUMN published_at timestamptz,
  ADD COLUMN warned_at timestamptz;
UPDATE coop.listings SET published_at = created_at;
ALTER TABLE coop.listings
  DROP CONSTRAINT a_listing_is_in_a_known_state,
  ADD CONSTRAINT a_listing_is_in_a_known_state CHECK (state IN ('draft', 'open', 'paused', 'expired', 'closed')),
  ADD CONSTRAINT what_is_in_sight_was_published CHECK (published_at IS NOT NULL OR state IN ('draft', 'closed'));

DROP INDEX coop.listings_open;
CREATE INDEX listings_in_sight ON coop.listings (cooperative_id, published_at DESC, id DESC) WHERE state = 'open' AND moderation = 'none';
CREATE INDEX listings_of_a_sort ON coop.listings (cooperative_id, category, published_at DESC, id DESC) WHERE state = 'open' AND moderation = 'none';
CREATE INDEX listings_that_end ON coop.listings (expires_at) WHERE state IN ('open', 'paused');
CREATE INDEX listings_hidden ON coop.listings (cooperative_id, id) WHERE moderation <> 'none';

DROP INDEX coop.listings_by_likeness;
DROP INDEX coop.listings_by_words;
CREATE INDEX listings_by_words ON coop.listings USING gin (words) WHERE state = 'open' AND moderation = 'none';

-- The words that listings are written with, so that a word with one slip finds the one that was meant: two words
-- that differ by a letter too many, too few, wrong or swapped share a word that lacks one letter of each.
CREATE FUNCTION coop.lacking_a_letter(word text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN ARRAY(SELECT DISTINCT overlay(word PLACING '' FROM n FOR 1) FROM generate_series(1, length(word)) n) || word;
CREATE TABLE coop.listing_words (
  cooperative_id uuid NOT NULL REFERENCES coop.cooperatives (id),
  word text NOT NULL CONSTRAINT a_word_is_no_text CHECK (length(word) BETWEEN 3 AND 30),
  stem text NOT NULL,
  near text[] NOT NULL GENERATED ALWAYS AS (coop.lacking_a_letter(word)) STORED,
  PRIMARY KEY (cooperative_id, word)
);
CREATE INDEX words_by_stem ON coop.listing_words (cooperative_id, stem);
CREATE INDEX words_by_slip ON coop.listing_words USING gin (near);
INSERT INTO coop.listing_words (cooperative_id, word, stem)
SELECT DISTINCT l.cooperative_id, w.word, w.stem
FROM coop.listings l
CROSS JOIN LATERAL unnest(tsvector_to_array(to_tsvector('simple', coop.plain(l.title || ' ' || l.details)))) AS t (word)
CROSS JOIN LATERAL (SELECT t.word, (ts_lexize('french_stem', t.word))[1] AS stem) w
WHERE length(w.word) BETWEEN 3 AND 30 AND w.stem IS NOT NULL;

CREATE TABLE coop.listing_photos (
  cooperative_id uuid NOT NULL,
  listing_id uuid NOT NULL,
  n int NOT NULL CONSTRAINT a_listing_shows_four_photos_at_most CHECK (n BETWEEN 1 AND 4),
  photo_id uuid NOT NULL,
  words text NOT NULL,
  language text NOT NULL,
  PRIMARY KEY (cooperative_id, listing_id, n) DEFERRABLE, -- those behind one that is taken away move up together
  CONSTRAINT a_photo_belongs_to_one_thing UNIQUE (cooperative_id, photo_id),
  FOREIGN KEY (cooperative_id, listing_id) REFERENCES coop.listings (cooperative_id, id),
  FOREIGN KEY (cooperative_id, photo_id) REFERENCES coop.photos (cooperative_id, id)
);

CREATE TABLE coop.listing_reports (
  cooperative_id uuid NOT NULL,
  id uuid NOT NULL,
  listing_id uuid NOT NULL,
  member_id uuid NOT NULL,
  reason text NOT NULL CONSTRAINT a_report_has_a_known_reason CHECK (reason IN ('respect', 'privacy', 'money', 'word', 'other')),
  words text NOT NULL,
  at timestamptz NOT NULL,
  answered_at timestamptz,
  PRIMARY KEY (cooperative_id, id),
  FOREIGN KEY (cooperative_id, listing_id) REFERENCES coop.listings (cooperative_id, id),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id)
);
CREATE UNIQUE INDEX a_listing_is_reported_once_by_each ON coop.listing_reports (cooperative_id, listing_id, member_id) WHERE answered_at IS NULL;

CREATE TABLE coop.listing_rulings (
  cooperative_id uuid NOT NULL,
  listing_id uuid NOT NULL,
  n int NOT NULL,
  step text NOT NULL CONSTRAINT a_ruling_is_a_known_step CHECK (step IN ('keep', 'hide', 'contest', 'restore', 'uphold')),
  from_state text NOT NULL,
  to_state text NOT NULL,
  by_member_id uuid NOT NULL,
  rule text NOT NULL CONSTRAINT who_hides_names_the_rule CHECK (rule IN ('respect', 'privacy', 'money', 'word') OR rule = '' AND step <> 'hide'),
  words text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, listing_id, n),
  FOREIGN KEY (cooperative_id, listing_id) REFERENCES coop.listings (cooperative_id, id),
  FOREIGN KEY (cooperative_id, by_member_id) REFERENCES coop.members (cooperative_id, id)
);

-- What a member wants to hear about. Seen_at is up to when listings were told; told_at when the last news was sent, at most once a day.
CREATE TABLE coop.searches (
  cooperative_id uuid NOT NULL,
  id uuid NOT NULL,
  member_id uuid NOT NULL,
  words text NOT NULL,
  kind text NOT NULL CONSTRAINT a_search_looks_for_a_known_kind CHECK (kind IN ('', 'offer', 'request')),
  category text NOT NULL,
  spoken text NOT NULL,
  in_building boolean NOT NULL,
  client_key uuid NOT NULL,
  created_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL,
  looked_at timestamptz NOT NULL,
  told_at timestamptz,
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT a_search_is_saved_once UNIQUE (cooperative_id, member_id, client_key),
  CONSTRAINT a_search_looks_for_something CHECK (words <> '' OR kind <> '' OR category <> '' OR spoken <> '' OR in_building),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id)
);
CREATE INDEX searches_to_look_at ON coop.searches (looked_at);

-- An offer for several at once. Each seat is an agreement; who has none yet waits in the order of asking.
CREATE TABLE coop.workshops (
  cooperative_id uuid NOT NULL,
  listing_id uuid NOT NULL,
  starts_at timestamptz NOT NULL,
  minutes bigint NOT NULL CONSTRAINT a_workshop_takes_time CHECK (minutes > 0),
  seats int NOT NULL CONSTRAINT a_workshop_has_seats CHECK (seats BETWEEN 1 AND 60),
  meeting text NOT NULL CONSTRAINT a_workshop_is_in_a_known_place CHECK (meeting IN ('common_room', 'outside', 'giver_home')),
  last_turn int NOT NULL DEFAULT 0 CONSTRAINT turns_count_up CHECK (last_turn >= 0),
  cancelled_at timestamptz,
  marked_at timestamptz,
  PRIMARY KEY (cooperative_id, listing_id),
  FOREIGN KEY (cooperative_id, listing_id) REFERENCES coop.listings (cooperative_id, id)
);
CREATE INDEX workshops_to_come ON coop.workshops (starts_at) WHERE cancelled_at IS NULL AND marked_at IS NULL;

CREATE TABLE coop.workshop_turns (
  cooperative_id uuid NOT NULL,
  listing_id uuid NOT NULL,
  turn int NOT NULL,
  member_id uuid NOT NULL,
  agreement_id uuid,
  asked_at timestamptz NOT NULL,
  left_at timestamptz, -- gave the turn up while waiting, or let the offered seat pass
  PRIMARY KEY (cooperative_id, listing_id, turn),
  CONSTRAINT a_seat_is_an_agreement UNIQUE (cooperative_id, agreement_id),
  FOREIGN KEY (cooperative_id, listing_id) REFERENCES coop.workshops (cooperative_id, listing_id),
  FOREIGN KEY (cooperative_id, agreement_id) REFERENCES coop.agreements (cooperative_id, id),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id)
);
CREATE UNIQUE INDEX one_waits_once_for_a_workshop ON coop.workshop_turns (cooperative_id, listing_id, member_id) WHERE agreement_id IS NULL AND left_at IS NULL;
CREATE INDEX turns_of_a_member ON coop.workshop_turns (cooperative_id, member_id);

GRANT SELECT, INSERT, UPDATE, DELETE ON coop.photos, coop.listing_photos, coop.searches TO lien_coop;
GRANT SELECT, INSERT, UPDATE ON coop.listing_reports, coop.workshops, coop.workshop_turns TO lien_coop;
GRANT SELECT, INSERT ON coop.listing_rulings, coop.listing_words TO lien_coop;
GRANT EXECUTE ON FUNCTION coop.lacking_a_letter(text) TO lien_coop;

-- +goose Down
DROP TABLE coop.workshop_turns, coop.workshops, coop.searches, coop.listing_rulings, coop.listing_reports, coop.listing_photos, coop.listing_words;
DROP FUNCTION coop.lacking_a_letter(text);
DROP INDEX coop.listings_by_words, coop.listings_in_sight, coop.listings_of_a_sort, coop.listings_that_end, coop.listings_hidden;
DELETE FROM coop.listings WHERE state = 'draft' AND NOT EXISTS (SELECT FROM coop.agreements g WHERE g.cooperative_id = listings.cooperative_id AND g.listing_id = listings.id);
UPDATE coop.listings SET state = 'closed' WHERE state IN ('draft', 'expired');
ALTER TABLE coop.listings
  DROP CONSTRAINT what_is_in_sight_was_published,
  DROP CONSTRAINT a_listing_is_in_a_known_state,
  ADD CONSTRAINT a_listing_is_in_a_known_state CHECK (state IN ('open', 'paused', 'closed')),
  DROP COLUMN place, DROP COLUMN free_times, DROP COLUMN spoken, DROP COLUMN moderation, DROP COLUMN published_at, DROP COLUMN warned_at;
CREATE INDEX listings_open ON coop.listings (cooperative_id, id DESC) WHERE state = 'open';
CREATE INDEX listings_by_words ON coop.listings USING gin (words);
CREATE INDEX listings_by_likeness ON coop.listings USING gin (coop.plain(title) public.gin_trgm_ops);
DROP TABLE coop.photos;
