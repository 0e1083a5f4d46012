-- Paper time-cheques: booklets handed out at the desk, each leaf spent once, so that people without a phone give and receive hours too.
-- +goose Up
CREATE TABLE coop.cheque_booklets (
  cooperative_id uuid NOT NULL REFERENCES coop.cooperatives (id),
  id uuid NOT NULL,
  number bigint NOT NULL CONSTRAINT booklets_are_numbered_from_one CHECK (number > 0),
  member_id uuid NOT NULL, -- whose hours its leaves pay
  leaves int NOT NULL CONSTRAINT a_booklet_has_some_leaves CHECK (leaves BETWEEN 1 AND 20),
  issued_by uuid NOT NULL,
  client_key uuid NOT NULL,
  issued_at timestamptz NOT NULL,
  valid_until timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT a_booklet_has_its_own_number UNIQUE (cooperative_id, number),
  CONSTRAINT a_booklet_is_issued_once UNIQUE (cooperative_id, issued_by, client_key),
  CONSTRAINT a_booklet_is_good_for_a_while CHECK (valid_until > issued_at),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, issued_by) REFERENCES coop.members (cooperative_id, id)
);
CREATE INDEX booklets_of_a_member ON coop.cheque_booklets (cooperative_id, member_id, id DESC);

CREATE TABLE coop.cheque_leaves (
  cooperative_id uuid NOT NULL,
  id uuid NOT NULL,
  booklet_id uuid NOT NULL,
  n int NOT NULL CONSTRAINT leaves_are_numbered_from_one CHECK (n > 0),
  drawer_id uuid NOT NULL, -- the booklet's member
  code_hash bytea NOT NULL, -- keyed: the code itself stands on the paper only
  state text NOT NULL CONSTRAINT a_leaf_is_in_a_known_state CHECK (state IN ('blank', 'presented', 'disputed', 'paid', 'void')),
  bearer_id uuid,
  category text CONSTRAINT a_cheque_is_for_a_known_sort_of_help
    CHECK (category IN ('shopping', 'repair', 'cooking', 'children', 'company', 'paperwork', 'languages', 'computer', 'sewing', 'garden', 'carrying', 'other')),
  about text NOT NULL,
  language text NOT NULL,
  minutes_claimed bigint CONSTRAINT claimed_hours_are_positive CHECK (minutes_claimed > 0),
  minutes_answered bigint CONSTRAINT answered_hours_are_positive CHECK (minutes_answered > 0),
  minutes_paid bigint CONSTRAINT paid_hours_are_positive CHECK (minutes_paid > 0),
  because text CONSTRAINT a_leaf_is_void_for_a_known_reason CHECK (because IN ('lost', 'stolen', 'spoiled', 'settled')),
  transfer_id uuid,
  steps int NOT NULL,
  state_since timestamptz NOT NULL,
  deadline_at timestamptz,
  reminded int NOT NULL DEFAULT 0, -- how often its drawer was, of the present state
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT a_leaf_stands_once_in_its_booklet UNIQUE (cooperative_id, booklet_id, n),
  CONSTRAINT no_two_leaves_have_one_code UNIQUE (code_hash),
  CONSTRAINT a_leaf_is_paid_once UNIQUE (cooperative_id, transfer_id),
  CONSTRAINT nobody_pays_themselves_by_cheque CHECK (bearer_id <> drawer_id),
  CONSTRAINT only_a_paid_leaf_has_a_transfer CHECK ((state = 'paid') = (transfer_id IS NOT NULL) AND (state = 'paid') = (minutes_paid IS NOT NULL)),
  CONSTRAINT a_leaf_under_way_has_a_bearer CHECK (state IN ('blank', 'void') OR bearer_id IS NOT NULL AND minutes_claimed IS NOT NULL AND category IS NOT NULL),
  CONSTRAINT a_blank_leaf_says_nothing CHECK (state <> 'blank' OR bearer_id IS NULL AND minutes_claimed IS NULL AND minutes_answered IS NULL AND about = ''),
  CONSTRAINT only_a_void_leaf_says_why CHECK ((state = 'void') = (because IS NOT NULL)),
  CONSTRAINT an_unfinished_leaf_has_a_deadline CHECK ((deadline_at IS NULL) = (state IN ('paid', 'void'))),
  FOREIGN KEY (cooperative_id, booklet_id) REFERENCES coop.cheque_booklets (cooperative_id, id),
  FOREIGN KEY (cooperative_id, drawer_id) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, bearer_id) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, transfer_id) REFERENCES coop.transfers (cooperative_id, id)
);
CREATE INDEX leaves_of_a_drawer ON coop.cheque_leaves (cooperative_id, drawer_id, state_since DESC);
CREATE INDEX leaves_of_a_bearer ON coop.cheque_leaves (cooperative_id, bearer_id, state_since DESC) WHERE bearer_id IS NOT NULL;
CREATE INDEX leaves_that_wait ON coop.cheque_leaves (cooperative_id, deadline_at) WHERE state IN ('presented', 'disputed');

CREATE TABLE coop.cheque_events (
  cooperative_id uuid NOT NULL,
  leaf_id uuid NOT NULL,
  n int NOT NULL,
  step text NOT NULL,
  from_state text NOT NULL,
  to_state text NOT NULL,
  by_member_id uuid NOT NULL,
  channel text NOT NULL CONSTRAINT a_step_came_by_a_known_channel CHECK (channel IN ('', 'desk', 'paper')),
  witness_id uuid,
  minutes bigint,
  words text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, leaf_id, n),
  CONSTRAINT an_act_for_somebody_has_a_witness CHECK ((channel = '') = (witness_id IS NULL)),
  FOREIGN KEY (cooperative_id, leaf_id) REFERENCES coop.cheque_leaves (cooperative_id, id),
  FOREIGN KEY (cooperative_id, by_member_id) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, witness_id) REFERENCES coop.members (cooperative_id, id)
);

ALTER TABLE coop.transfers
  DROP CONSTRAINT a_transfer_is_of_a_known_kind,
  ADD CONSTRAINT a_transfer_is_of_a_known_kind CHECK (kind IN ('agreement', 'gift', 'fund', 'correction', 'household', 'departure', 'cheque'));

GRANT SELECT, INSERT ON coop.cheque_booklets TO lien_coop;
GRANT SELECT, INSERT, UPDATE ON coop.cheque_leaves TO lien_coop;
GRANT SELECT, INSERT ON coop.cheque_events TO lien_coop; -- append-only

-- +goose Down
ALTER TABLE coop.transfers
  DROP CONSTRAINT a_transfer_is_of_a_known_kind,
  ADD CONSTRAINT a_transfer_is_of_a_known_kind CHECK (kind IN ('agreement', 'gift', 'fund', 'correction', 'household', 'departure'));
DROP TABLE coop.cheque_events, coop.cheque_leaves, coop.cheque_booklets;
