-- The cooperative and its people: places, charter, invitations, members, their roles, and the log of changed rights that live boards follow.
-- +goose Up
CREATE TABLE coop.cooperatives (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  town text NOT NULL,
  zone text NOT NULL,
  last_number bigint NOT NULL CONSTRAINT numbers_count_up CHECK (last_number >= 0),
  created_at timestamptz NOT NULL
);

CREATE TABLE coop.places (
  cooperative_id uuid NOT NULL REFERENCES coop.cooperatives (id),
  id uuid NOT NULL,
  parent_id uuid,
  kind text NOT NULL CONSTRAINT a_place_is_a_residence_building_or_stairwell CHECK (kind IN ('residence', 'building', 'stairwell')),
  name text NOT NULL,
  path uuid[] NOT NULL, -- from the residence down to the place itself
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT a_place_stands_in_its_own_cooperative FOREIGN KEY (cooperative_id, parent_id) REFERENCES coop.places (cooperative_id, id),
  CONSTRAINT a_path_ends_at_its_place CHECK (path[array_length(path, 1)] = id),
  CONSTRAINT only_a_residence_stands_alone CHECK ((parent_id IS NULL) = (kind = 'residence'))
);

CREATE TABLE coop.charters (
  cooperative_id uuid NOT NULL REFERENCES coop.cooperatives (id),
  version int NOT NULL,
  language text NOT NULL,
  title text NOT NULL,
  body text NOT NULL,
  published_at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, version, language)
);

CREATE TABLE coop.members (
  cooperative_id uuid NOT NULL REFERENCES coop.cooperatives (id),
  id uuid NOT NULL,
  number bigint NOT NULL,
  name text NOT NULL,
  language text NOT NULL,
  place_id uuid NOT NULL,
  state text NOT NULL CONSTRAINT a_member_is_in_a_known_state CHECK (state IN ('welcomed', 'active', 'paused', 'suspended', 'leaving', 'left')),
  joined_at timestamptz NOT NULL,
  state_since timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT a_member_is_known_by_one_id UNIQUE (id),
  CONSTRAINT a_number_is_one_members UNIQUE (cooperative_id, number),
  CONSTRAINT a_member_lives_in_the_cooperative FOREIGN KEY (cooperative_id, place_id) REFERENCES coop.places (cooperative_id, id)
);

CREATE TABLE coop.member_events (
  cooperative_id uuid NOT NULL,
  member_id uuid NOT NULL,
  n int NOT NULL,
  step text NOT NULL,
  from_state text NOT NULL,
  to_state text NOT NULL,
  by_member_id uuid,
  reason text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, member_id, n),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id)
);

CREATE TABLE coop.member_roles (
  cooperative_id uuid NOT NULL,
  member_id uuid NOT NULL,
  role text NOT NULL CONSTRAINT a_role_is_known CHECK (role IN ('facilitator', 'treasurer', 'scrutineer')),
  from_at timestamptz NOT NULL,
  until_at timestamptz,
  PRIMARY KEY (cooperative_id, member_id, role, from_at),
  CONSTRAINT a_role_ends_after_it_began CHECK (until_at IS NULL OR until_at >= from_at),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id)
);
CREATE UNIQUE INDEX a_role_is_held_once_at_a_time ON coop.member_roles (cooperative_id, member_id, role) WHERE until_at IS NULL;

CREATE TABLE coop.charter_acceptances (
  cooperative_id uuid NOT NULL,
  member_id uuid NOT NULL,
  version int NOT NULL,
  language text NOT NULL,
  channel text NOT NULL CONSTRAINT a_channel_is_known CHECK (channel IN ('phone', 'desk', 'paper')),
  accepted_at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, member_id, version),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, version, language) REFERENCES coop.charters (cooperative_id, version, language)
);

-- The code itself is never stored: it is derived from the id with a key kept outside the database.
CREATE TABLE coop.invitations (
  cooperative_id uuid NOT NULL REFERENCES coop.cooperatives (id),
  id uuid NOT NULL,
  code_hash bytea NOT NULL,
  place_id uuid NOT NULL,
  made_by uuid NOT NULL,
  client_key uuid NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_by uuid,
  used_at timestamptz,
  revoked_at timestamptz,
  PRIMARY KEY (cooperative_id, id),
  CONSTRAINT a_code_opens_one_invitation UNIQUE (code_hash),
  CONSTRAINT an_invitation_is_made_once UNIQUE (cooperative_id, made_by, client_key),
  CONSTRAINT an_invitation_makes_one_member UNIQUE (cooperative_id, used_by),
  FOREIGN KEY (cooperative_id, place_id) REFERENCES coop.places (cooperative_id, id),
  FOREIGN KEY (cooperative_id, made_by) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, used_by) REFERENCES coop.members (cooperative_id, id)
);
CREATE INDEX invitations_waiting ON coop.invitations (cooperative_id, id DESC) WHERE used_at IS NULL AND revoked_at IS NULL;

-- Whose right to read has just changed, so that open sockets are looked at again. Real time, not the story's.
CREATE TABLE coop.rights_changes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  member_id uuid NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX rights_changed_lately ON coop.rights_changes (changed_at);

-- +goose StatementBegin
CREATE FUNCTION coop.note_changed_rights() RETURNS trigger
LANGUAGE plpgsql SET search_path = coop, pg_temp AS $$
BEGIN
  IF TG_TABLE_NAME = 'members' THEN
    INSERT INTO coop.rights_changes (member_id) VALUES (NEW.id);
  ELSE
    INSERT INTO coop.rights_changes (member_id) VALUES (NEW.member_id);
  END IF;
  NOTIFY lien_rights;
  RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER rights_follow_the_member AFTER UPDATE OF state, place_id ON coop.members
  FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state OR OLD.place_id IS DISTINCT FROM NEW.place_id)
  EXECUTE FUNCTION coop.note_changed_rights();
CREATE TRIGGER rights_follow_the_role AFTER INSERT OR UPDATE ON coop.member_roles
  FOR EACH ROW EXECUTE FUNCTION coop.note_changed_rights();

GRANT SELECT, INSERT, UPDATE ON coop.cooperatives, coop.places, coop.members, coop.member_roles, coop.invitations TO lien_coop;
GRANT SELECT, INSERT ON coop.charters, coop.member_events, coop.charter_acceptances, coop.rights_changes TO lien_coop;
GRANT DELETE ON coop.rights_changes TO lien_coop;
GRANT EXECUTE ON FUNCTION coop.note_changed_rights() TO lien_coop;

-- +goose Down
DROP TABLE coop.rights_changes, coop.invitations, coop.charter_acceptances, coop.member_roles, coop.member_events, coop.members, coop.charters, coop.places, coop.cooperatives;
DROP FUNCTION coop.note_changed_rights();
