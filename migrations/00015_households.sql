-- Homes: people who live together, the account of hours that they may share, and what each keeps when they part.
-- +goose Up
CREATE TABLE coop.households (
  cooperative_id uuid NOT NULL REFERENCES coop.cooperatives (id),
  id uuid NOT NULL,
  began_by uuid NOT NULL,
  client_key uuid NOT NULL,
  began_at timestamptz NOT NULL,
  ended_at timestamptz,
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT a_household_begins_once UNIQUE (cooperative_id, began_by, client_key),
  FOREIGN KEY (cooperative_id, began_by) REFERENCES coop.members (cooperative_id, id)
);

-- Who lived in which household, from when to when. Who leaves without a word is still shown to the others until it is told.
CREATE TABLE coop.household_members (
  cooperative_id uuid NOT NULL,
  household_id uuid NOT NULL,
  member_id uuid NOT NULL,
  from_at timestamptz NOT NULL,
  until_at timestamptz,
  untold boolean NOT NULL,
  sharing_at timestamptz, -- when they said yes to one account of hours for all who live there
  PRIMARY KEY (cooperative_id, household_id, member_id, from_at),
  CONSTRAINT one_leaves_after_one_came CHECK (until_at IS NULL OR until_at >= from_at),
  CONSTRAINT only_who_left_is_untold CHECK (NOT untold OR until_at IS NOT NULL),
  FOREIGN KEY (cooperative_id, household_id) REFERENCES coop.households (cooperative_id, id),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id)
);
CREATE UNIQUE INDEX a_person_lives_in_one_household_at_a_time ON coop.household_members (cooperative_id, member_id) WHERE until_at IS NULL;
CREATE INDEX households_of_a_member ON coop.household_members (cooperative_id, member_id, from_at DESC);

-- Minors have no account: a first name or an initial and the year of birth is all that is asked.
CREATE TABLE coop.household_minors (
  cooperative_id uuid NOT NULL,
  id uuid NOT NULL,
  household_id uuid NOT NULL,
  name text NOT NULL,
  born int NOT NULL CONSTRAINT a_year_of_birth_is_one CHECK (born BETWEEN 1990 AND 2200),
  added_by uuid NOT NULL,
  client_key uuid NOT NULL,
  from_at timestamptz NOT NULL,
  until_at timestamptz,
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT a_minor_is_added_once UNIQUE (cooperative_id, added_by, client_key),
  FOREIGN KEY (cooperative_id, household_id) REFERENCES coop.households (cooperative_id, id),
  FOREIGN KEY (cooperative_id, added_by) REFERENCES coop.members (cooperative_id, id)
);
CREATE INDEX minors_of_a_household ON coop.household_minors (cooperative_id, household_id);

-- The code itself is never stored: it is derived from the id with a key kept outside the database.
CREATE TABLE coop.household_invitations (
  cooperative_id uuid NOT NULL,
  id uuid NOT NULL,
  household_id uuid NOT NULL,
  made_by uuid NOT NULL,
  code_hash bytea NOT NULL,
  client_key uuid NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_by uuid,
  used_at timestamptz,
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT a_household_code_opens_one_invitation UNIQUE (code_hash),
  CONSTRAINT a_household_invites_once UNIQUE (cooperative_id, made_by, client_key),
  CONSTRAINT who_came_in_came_at_a_moment CHECK ((used_by IS NULL) = (used_at IS NULL)),
  FOREIGN KEY (cooperative_id, household_id) REFERENCES coop.households (cooperative_id, id),
  FOREIGN KEY (cooperative_id, made_by) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, used_by) REFERENCES coop.members (cooperative_id, id)
);

-- Hours to be divided when somebody no longer shares the household's account. The figure is what that person takes with them; the
-- others sign the same one, or a facilitator decides.
CREATE TABLE coop.partings (
  cooperative_id uuid NOT NULL,
  id uuid NOT NULL,
  household_id uuid NOT NULL,
  member_id uuid NOT NULL,
  untold boolean NOT NULL, -- the others are not asked: a facilitator decides
  opened_at timestamptz NOT NULL,
  n int NOT NULL, -- how many figures were named
  minutes bigint, -- the last one
  help_at timestamptz, -- a facilitator was asked to decide
  settled_at timestamptz,
  settled_by uuid, -- the facilitator who decided; none when all signed
  reason text NOT NULL,
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT a_figure_was_named_or_none CHECK ((n = 0) = (minutes IS NULL) OR settled_at IS NOT NULL),
  CONSTRAINT what_is_settled_has_a_figure CHECK (settled_at IS NULL OR minutes IS NOT NULL),
  CONSTRAINT who_decides_says_why CHECK ((settled_by IS NULL) = (reason = '')),
  FOREIGN KEY (cooperative_id, household_id) REFERENCES coop.households (cooperative_id, id),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, settled_by) REFERENCES coop.members (cooperative_id, id)
);
CREATE UNIQUE INDEX a_person_parts_once_at_a_time ON coop.partings (cooperative_id, household_id, member_id) WHERE settled_at IS NULL;
CREATE INDEX partings_that_wait ON coop.partings (cooperative_id, opened_at, id) WHERE settled_at IS NULL;

CREATE TABLE coop.parting_signatures (
  cooperative_id uuid NOT NULL,
  parting_id uuid NOT NULL,
  n int NOT NULL,
  member_id uuid NOT NULL,
  minutes bigint NOT NULL,
  channel text NOT NULL CONSTRAINT a_channel_is_known CHECK (channel IN ('', 'desk', 'paper')),
  witness_id uuid,
  at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, parting_id, n, member_id),
  FOREIGN KEY (cooperative_id, parting_id) REFERENCES coop.partings (cooperative_id, id),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, witness_id) REFERENCES coop.members (cooperative_id, id)
);

-- What happened to a household, in neutral words: who came, who left, what was shared and divided.
CREATE TABLE coop.household_events (
  cooperative_id uuid NOT NULL,
  household_id uuid NOT NULL,
  n int NOT NULL,
  step text NOT NULL CONSTRAINT a_household_step_is_known CHECK (step IN ('begin', 'join', 'leave', 'share', 'part', 'divide', 'decide', 'end')),
  member_id uuid NOT NULL, -- whom it concerns
  by_member_id uuid NOT NULL,
  minutes bigint,
  channel text NOT NULL CONSTRAINT a_channel_is_known CHECK (channel IN ('', 'desk', 'paper')),
  witness_id uuid,
  at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, household_id, n),
  FOREIGN KEY (cooperative_id, household_id) REFERENCES coop.households (cooperative_id, id),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, by_member_id) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, witness_id) REFERENCES coop.members (cooperative_id, id)
);

-- Where somebody lives is never shown to whom they lived with and left: both ways, for as long as they live apart, whatever else
-- hides or shows them, and whatever role either has.
-- +goose StatementBegin
CREATE FUNCTION coop.place_hidden_between(cooperative uuid, a uuid, b uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT EXISTS (
    SELECT FROM coop.household_members AS x
    JOIN coop.household_members AS y ON y.cooperative_id = x.cooperative_id AND y.household_id = x.household_id
    WHERE x.cooperative_id = cooperative AND x.member_id = a AND y.member_id = b AND a <> b
      AND x.from_at <= coalesce(y.until_at, 'infinity') AND y.from_at <= coalesce(x.until_at, 'infinity')
    HAVING NOT coalesce(bool_or(x.until_at IS NULL AND y.until_at IS NULL), true));
END;
-- +goose StatementEnd

-- Where each member lived, from when to when. A place where nobody lives any more can be closed; it is never taken away, history leads to it.
ALTER TABLE coop.places ADD COLUMN closed_at timestamptz;
CREATE TABLE coop.member_places (
  cooperative_id uuid NOT NULL,
  member_id uuid NOT NULL,
  place_id uuid NOT NULL,
  from_at timestamptz NOT NULL,
  until_at timestamptz,
  by_member_id uuid, -- none: they came in there
  n bigint GENERATED ALWAYS AS IDENTITY,
  PRIMARY KEY (cooperative_id, member_id, n),
  CONSTRAINT one_moves_out_after_one_moved_in CHECK (until_at IS NULL OR until_at >= from_at),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, place_id) REFERENCES coop.places (cooperative_id, id),
  FOREIGN KEY (cooperative_id, by_member_id) REFERENCES coop.members (cooperative_id, id)
);
CREATE UNIQUE INDEX a_member_lives_in_one_place_at_a_time ON coop.member_places (cooperative_id, member_id) WHERE until_at IS NULL;
INSERT INTO coop.member_places (cooperative_id, member_id, place_id, from_at)
SELECT cooperative_id, id, place_id, joined_at FROM coop.members;

-- However somebody comes in, their first place is written down; and nobody comes to live in a place that is closed.
-- +goose StatementBegin
CREATE FUNCTION coop.note_first_place() RETURNS trigger
LANGUAGE plpgsql SET search_path = coop, pg_temp AS $$
BEGIN
  PERFORM FROM coop.places WHERE cooperative_id = NEW.cooperative_id AND id = NEW.place_id AND closed_at IS NULL FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'nobody moves into a closed place' USING ERRCODE = 'check_violation', CONSTRAINT = 'nobody_moves_into_a_closed_place';
  END IF;
  IF TG_OP = 'INSERT' THEN
    INSERT INTO coop.member_places (cooperative_id, member_id, place_id, from_at) VALUES (NEW.cooperative_id, NEW.id, NEW.place_id, NEW.joined_at);
  END IF;
  RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER the_first_place_is_noted AFTER INSERT OR UPDATE OF place_id ON coop.members
  FOR EACH ROW EXECUTE FUNCTION coop.note_first_place();
GRANT SELECT, INSERT, UPDATE, DELETE ON coop.member_places TO lien_coop;
GRANT EXECUTE ON FUNCTION coop.note_first_place() TO lien_coop;

-- A household may have an account of its own. A member whose hours stand there keeps an empty account, which says where they go.
ALTER TABLE coop.hours_accounts
  ADD COLUMN household_id uuid,
  ADD COLUMN goes_to uuid,
  ADD COLUMN people int NOT NULL DEFAULT 1 CONSTRAINT people_are_counted CHECK (people >= 0), -- whose hours stand in it: its limits are theirs together
  DROP CONSTRAINT an_account_is_a_members_or_the_fund,
  ADD CONSTRAINT an_account_is_a_members_a_households_or_the_fund CHECK (kind IN ('member', 'household', 'fund')),
  ADD CONSTRAINT only_a_households_account_has_a_household CHECK ((kind = 'household') = (household_id IS NOT NULL)),
  ADD CONSTRAINT only_a_members_hours_go_elsewhere CHECK (goes_to IS NULL OR kind = 'member' AND goes_to <> id),
  ADD CONSTRAINT hours_that_go_elsewhere_are_not_here CHECK (goes_to IS NULL OR balance = 0),
  ADD CONSTRAINT a_household_has_one_hours_account UNIQUE (cooperative_id, household_id),
  ADD FOREIGN KEY (cooperative_id, household_id) REFERENCES coop.households (cooperative_id, id),
  ADD FOREIGN KEY (cooperative_id, goes_to) REFERENCES coop.hours_accounts (cooperative_id, id);
CREATE INDEX accounts_that_share ON coop.hours_accounts (cooperative_id, goes_to) WHERE goes_to IS NOT NULL;

-- Whose act an entry is: in a shared account it says which of them helped, or was helped. The fund's entries are nobody's.
ALTER TABLE coop.entries ADD COLUMN member_id uuid;
UPDATE coop.entries e SET member_id = a.member_id FROM coop.hours_accounts a
WHERE a.cooperative_id = e.cooperative_id AND a.id = e.account_id AND a.member_id IS NOT NULL;
ALTER TABLE coop.entries ADD FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id);

-- household: between a member's own account and the shared one. departure: what a member leaves behind goes to the fund, or is written off by it.
ALTER TABLE coop.transfers
  DROP CONSTRAINT a_transfer_is_of_a_known_kind,
  ADD CONSTRAINT a_transfer_is_of_a_known_kind CHECK (kind IN ('agreement', 'gift', 'fund', 'correction', 'household', 'departure'));

-- Leaving: what becomes of the hours that remain, and by which voted rule the fund takes a debt over.
CREATE TABLE coop.departure_rules (
  cooperative_id uuid NOT NULL REFERENCES coop.cooperatives (id),
  id uuid NOT NULL,
  words text NOT NULL,
  most bigint NOT NULL CONSTRAINT a_rule_writes_something_off CHECK (most > 0), -- minutes
  voted_on date NOT NULL,
  made_by uuid NOT NULL,
  client_key uuid NOT NULL,
  made_at timestamptz NOT NULL,
  ended_at timestamptz,
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT a_rule_is_written_once UNIQUE (cooperative_id, made_by, client_key),
  FOREIGN KEY (cooperative_id, made_by) REFERENCES coop.members (cooperative_id, id)
);
CREATE TABLE coop.departures (
  cooperative_id uuid NOT NULL,
  id uuid NOT NULL,
  member_id uuid NOT NULL,
  began_at timestamptz NOT NULL,
  choice text CONSTRAINT a_choice_is_known CHECK (choice IN ('fund', 'household', 'written_off')),
  heir_id uuid,
  erase boolean NOT NULL DEFAULT false, -- they wish their traces to be erased
  rule_id uuid,
  minutes bigint, -- what there was when it was closed
  closed_by uuid,
  closed_at timestamptz,
  erase_at timestamptz, -- when their traces are to be erased; none: they are kept
  erased_at timestamptz,
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT only_a_household_has_an_heir CHECK ((choice = 'household') = (heir_id IS NOT NULL) OR choice IS NULL AND heir_id IS NULL),
  CONSTRAINT what_is_written_off_has_its_rule CHECK (closed_at IS NULL OR (rule_id IS NOT NULL) = (minutes < 0)),
  CONSTRAINT who_closed_it_is_known CHECK ((closed_at IS NULL) = (closed_by IS NULL) AND (closed_at IS NULL) = (minutes IS NULL)),
  CONSTRAINT only_who_left_is_erased CHECK (erase_at IS NULL OR closed_at IS NOT NULL),
  CONSTRAINT erasing_was_asked_for CHECK (erased_at IS NULL OR erase_at IS NOT NULL),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, heir_id) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, closed_by) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, rule_id) REFERENCES coop.departure_rules (cooperative_id, id)
);
CREATE UNIQUE INDEX a_member_leaves_once_at_a_time ON coop.departures (cooperative_id, member_id) WHERE closed_at IS NULL;
CREATE INDEX departures_in_their_order ON coop.departures (cooperative_id, id DESC);
CREATE INDEX traces_to_erase ON coop.departures (erase_at) WHERE erase_at IS NOT NULL AND erased_at IS NULL;
GRANT SELECT, INSERT, UPDATE ON coop.departures, coop.departure_rules TO lien_coop;

GRANT SELECT, INSERT, UPDATE ON coop.households, coop.household_members, coop.household_minors, coop.household_invitations, coop.partings TO lien_coop;
GRANT SELECT, INSERT ON coop.parting_signatures, coop.household_events TO lien_coop; -- append-only
GRANT EXECUTE ON FUNCTION coop.place_hidden_between(uuid, uuid, uuid) TO lien_coop;

-- +goose Down
ALTER TABLE coop.transfers
  DROP CONSTRAINT a_transfer_is_of_a_known_kind,
  ADD CONSTRAINT a_transfer_is_of_a_known_kind CHECK (kind IN ('agreement', 'gift', 'fund', 'correction'));
ALTER TABLE coop.entries DROP COLUMN member_id;
DROP INDEX coop.accounts_that_share;
ALTER TABLE coop.hours_accounts
  DROP CONSTRAINT an_account_is_a_members_a_households_or_the_fund,
  DROP COLUMN household_id,
  DROP COLUMN goes_to,
  DROP COLUMN people,
  ADD CONSTRAINT an_account_is_a_members_or_the_fund CHECK (kind IN ('member', 'fund'));
DROP TABLE coop.departures, coop.departure_rules;
DROP TRIGGER the_first_place_is_noted ON coop.members;
DROP FUNCTION coop.note_first_place();
DROP TABLE coop.member_places;
ALTER TABLE coop.places DROP COLUMN closed_at;
DROP FUNCTION coop.place_hidden_between(uuid, uuid, uuid);
DROP TABLE coop.household_events, coop.parting_signatures, coop.partings, coop.household_invitations, coop.household_minors, coop.household_members, coop.households;
