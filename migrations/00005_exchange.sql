-- Listings and agreements: what people offer and need, and who agreed to do what for whom.
-- +goose Up
-- Text as one searches it: lower case, without accents. Written out as immutable: the dictionary never changes under us.
CREATE FUNCTION coop.plain(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN lower(public.unaccent('public.unaccent'::regdictionary, $1));

CREATE TABLE coop.listings (
  cooperative_id uuid NOT NULL,
  id uuid NOT NULL,
  member_id uuid NOT NULL,
  kind text NOT NULL CONSTRAINT a_listing_offers_or_requests CHECK (kind IN ('offer', 'request')),
  category text NOT NULL CONSTRAINT a_category_is_known CHECK (category IN ('shopping', 'repair', 'cooking', 'children', 'company', 'paperwork', 'languages', 'computer', 'sewing', 'garden', 'carrying', 'other')),
  title text NOT NULL,
  details text NOT NULL,
  language text NOT NULL,
  minutes bigint CONSTRAINT a_listing_says_a_length_or_none CHECK (minutes > 0),
  state text NOT NULL CONSTRAINT a_listing_is_in_a_known_state CHECK (state IN ('open', 'paused', 'closed')),
  client_key uuid NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  words tsvector GENERATED ALWAYS AS (to_tsvector('french'::regconfig, coop.plain(title || ' ' || details))) STORED,
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT a_listing_is_written_once UNIQUE (cooperative_id, member_id, client_key),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id)
);
CREATE INDEX listings_open ON coop.listings (cooperative_id, id DESC) WHERE state = 'open';
CREATE INDEX listings_of_a_member ON coop.listings (cooperative_id, member_id, id DESC);
CREATE INDEX listings_by_words ON coop.listings USING gin (words);
CREATE INDEX listings_by_likeness ON coop.listings USING gin (coop.plain(title) public.gin_trgm_ops);

CREATE TABLE coop.agreements (
  cooperative_id uuid NOT NULL,
  id uuid NOT NULL,
  listing_id uuid,
  giver_id uuid NOT NULL,
  receiver_id uuid NOT NULL,
  proposed_by uuid NOT NULL,
  state text NOT NULL CONSTRAINT an_agreement_is_in_a_known_state
    CHECK (state IN ('proposed', 'agreed', 'done_claimed', 'disputed', 'confirmed', 'declined', 'cancelled', 'settled', 'void')),
  about text NOT NULL,
  language text NOT NULL,
  planned_at timestamptz NOT NULL,
  minutes_planned bigint NOT NULL CONSTRAINT planned_hours_are_positive CHECK (minutes_planned > 0),
  meeting text NOT NULL CONSTRAINT a_meeting_is_in_a_known_place CHECK (meeting IN ('common_room', 'outside', 'giver_home', 'receiver_home')),
  done_by uuid,
  minutes_claimed bigint CONSTRAINT claimed_hours_are_positive CHECK (minutes_claimed > 0),
  minutes_answered bigint CONSTRAINT answered_hours_are_positive CHECK (minutes_answered > 0),
  minutes_paid bigint CONSTRAINT paid_hours_are_positive CHECK (minutes_paid > 0),
  steps int NOT NULL,
  client_key uuid NOT NULL,
  created_at timestamptz NOT NULL,
  state_since timestamptz NOT NULL,
  deadline_at timestamptz,
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT an_agreement_is_proposed_once UNIQUE (cooperative_id, proposed_by, client_key),
  CONSTRAINT two_people_make_an_agreement CHECK (giver_id <> receiver_id),
  CONSTRAINT one_of_the_two_proposed CHECK (proposed_by IN (giver_id, receiver_id)),
  CONSTRAINT one_of_the_two_said_done CHECK (done_by IS NULL OR done_by IN (giver_id, receiver_id)),
  CONSTRAINT an_open_agreement_has_a_deadline CHECK ((deadline_at IS NULL) = (state IN ('confirmed', 'declined', 'cancelled', 'settled', 'void'))),
  CONSTRAINT only_a_settled_agreement_is_paid CHECK ((minutes_paid IS NOT NULL) = (state IN ('confirmed', 'settled'))),
  FOREIGN KEY (cooperative_id, listing_id) REFERENCES coop.listings (cooperative_id, id),
  FOREIGN KEY (cooperative_id, giver_id) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, receiver_id) REFERENCES coop.members (cooperative_id, id)
);
CREATE INDEX agreements_given ON coop.agreements (cooperative_id, giver_id, id DESC);
CREATE INDEX agreements_received ON coop.agreements (cooperative_id, receiver_id, id DESC);
CREATE INDEX agreements_that_wait ON coop.agreements (cooperative_id, deadline_at) WHERE deadline_at IS NOT NULL;
ALTER TABLE coop.transfers ADD CONSTRAINT a_paid_agreement_exists FOREIGN KEY (cooperative_id, agreement_id) REFERENCES coop.agreements (cooperative_id, id);

CREATE TABLE coop.agreement_events (
  cooperative_id uuid NOT NULL,
  agreement_id uuid NOT NULL,
  n int NOT NULL,
  step text NOT NULL,
  from_state text NOT NULL,
  to_state text NOT NULL,
  by_member_id uuid NOT NULL,
  minutes bigint,
  words text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, agreement_id, n),
  FOREIGN KEY (cooperative_id, agreement_id) REFERENCES coop.agreements (cooperative_id, id),
  FOREIGN KEY (cooperative_id, by_member_id) REFERENCES coop.members (cooperative_id, id)
);

GRANT SELECT, INSERT, UPDATE ON coop.listings, coop.agreements TO lien_coop;
GRANT SELECT, INSERT ON coop.agreement_events TO lien_coop;
GRANT EXECUTE ON FUNCTION coop.plain(text) TO lien_coop, lien_bond;

-- +goose Down
DROP TABLE coop.agreement_events;
ALTER TABLE coop.transfers DROP CONSTRAINT a_paid_agreement_exists;
DROP TABLE coop.agreements, coop.listings;
DROP FUNCTION coop.plain(text);
