-- The weekly poster of a stairwell: what its owners agreed to see there, a short code for each thing, and what each poster showed.
-- +goose Up
CREATE TABLE coop.poster_listings (
  cooperative_id uuid NOT NULL,
  listing_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, listing_id),
  FOREIGN KEY (cooperative_id, listing_id) REFERENCES coop.listings (cooperative_id, id)
);

CREATE TABLE coop.posters (
  cooperative_id uuid NOT NULL,
  id uuid NOT NULL,
  place_id uuid NOT NULL,
  made_by uuid NOT NULL,
  languages text[] NOT NULL CONSTRAINT a_poster_speaks_one_to_three_languages CHECK (cardinality(languages) BETWEEN 1 AND 3),
  client_key uuid NOT NULL,
  made_at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT a_poster_is_made_once UNIQUE (cooperative_id, made_by, client_key),
  FOREIGN KEY (cooperative_id, place_id) REFERENCES coop.places (cooperative_id, id),
  FOREIGN KEY (cooperative_id, made_by) REFERENCES coop.members (cooperative_id, id)
);
CREATE INDEX posters_made_last ON coop.posters (cooperative_id, id DESC);

-- A code is printed and typed: it leads to one thing of one cooperative, for good.
CREATE TABLE coop.poster_codes (
  cooperative_id uuid NOT NULL,
  kind text NOT NULL CONSTRAINT a_code_leads_to_something_known CHECK (kind IN ('poster', 'listing', 'event', 'notice')),
  subject_id uuid NOT NULL,
  code text NOT NULL,
  PRIMARY KEY (cooperative_id, kind, subject_id),
  CONSTRAINT a_code_leads_to_one_thing UNIQUE (code)
);

CREATE TABLE coop.poster_items (
  cooperative_id uuid NOT NULL,
  poster_id uuid NOT NULL,
  n int NOT NULL,
  kind text NOT NULL,
  subject_id uuid NOT NULL,
  PRIMARY KEY (cooperative_id, poster_id, n),
  FOREIGN KEY (cooperative_id, poster_id) REFERENCES coop.posters (cooperative_id, id),
  FOREIGN KEY (cooperative_id, kind, subject_id) REFERENCES coop.poster_codes (cooperative_id, kind, subject_id)
);

GRANT SELECT, INSERT, DELETE ON coop.poster_listings TO lien_coop;
GRANT SELECT, INSERT ON coop.posters, coop.poster_codes, coop.poster_items TO lien_coop;

-- +goose Down
DROP TABLE coop.poster_items, coop.poster_codes, coop.posters, coop.poster_listings;
