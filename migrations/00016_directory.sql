-- Neighbours to each other: what a member shows of themselves, and whom they do not want to see any more.
-- +goose Up
CREATE TABLE coop.blocks (
  cooperative_id uuid NOT NULL,
  member_id uuid NOT NULL,
  hidden_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, member_id, hidden_id),
  CONSTRAINT nobody_hides_from_themselves CHECK (member_id <> hidden_id),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, hidden_id) REFERENCES coop.members (cooperative_id, id)
);
CREATE INDEX blocks_of_the_hidden ON coop.blocks (cooperative_id, hidden_id, member_id);

-- The members whom a member and who cannot see each other: for lists, where it is asked once and compared with
-- id <> ALL (ARRAY(SELECT coop.hidden_from(cooperative, me))). Who facilitates is seen by all and sees all, for as long as they do.
-- +goose StatementBegin
CREATE FUNCTION coop.hidden_from(cooperative uuid, member uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL SAFE ROWS 4
BEGIN ATOMIC
  SELECT p.other
  FROM (
    SELECT b.hidden_id AS other FROM coop.blocks AS b WHERE b.cooperative_id = cooperative AND b.member_id = member
    UNION
    SELECT b.member_id FROM coop.blocks AS b WHERE b.cooperative_id = cooperative AND b.hidden_id = member
  ) AS p
  WHERE NOT EXISTS (
    SELECT FROM coop.member_roles AS r
    WHERE r.cooperative_id = cooperative AND r.member_id IN (member, p.other) AND r.role = 'facilitator' AND r.until_at IS NULL);
END;
-- +goose StatementEnd

-- Whether two members cannot see each other.
-- +goose StatementBegin
CREATE FUNCTION coop.hidden_between(cooperative uuid, a uuid, b uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT EXISTS (
    SELECT FROM coop.blocks AS k
    WHERE k.cooperative_id = cooperative AND (k.member_id = a AND k.hidden_id = b OR k.member_id = b AND k.hidden_id = a)
  ) AND NOT EXISTS (
    SELECT FROM coop.member_roles AS r
    WHERE r.cooperative_id = cooperative AND r.member_id IN (a, b) AND r.role = 'facilitator' AND r.until_at IS NULL);
END;
-- +goose StatementEnd

-- When a member hid another, if they did and it is in effect: what the other one does not know and only their own pages may follow.
-- +goose StatementBegin
CREATE FUNCTION coop.hid_at(cooperative uuid, who uuid, other uuid) RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT b.at FROM coop.blocks AS b
  WHERE b.cooperative_id = cooperative AND b.member_id = who AND b.hidden_id = other AND coop.hidden_between(cooperative, who, other);
END;
-- +goose StatementEnd

-- Open boards are drawn anew for two who have just lost or found sight of each other.
-- +goose StatementBegin
CREATE FUNCTION coop.note_changed_sight() RETURNS trigger
LANGUAGE plpgsql SET search_path = coop, pg_temp AS $$
BEGIN
  IF TG_TABLE_NAME = 'member_roles' THEN
    INSERT INTO coop.rights_changes (member_id)
    SELECT CASE b.member_id WHEN NEW.member_id THEN b.hidden_id ELSE b.member_id END
    FROM coop.blocks AS b
    WHERE b.cooperative_id = NEW.cooperative_id AND NEW.member_id IN (b.member_id, b.hidden_id);
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO coop.rights_changes (member_id) VALUES (OLD.member_id), (OLD.hidden_id);
  ELSE
    INSERT INTO coop.rights_changes (member_id) VALUES (NEW.member_id), (NEW.hidden_id);
  END IF;
  NOTIFY lien_rights;
  RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER sight_follows_the_block AFTER INSERT OR DELETE ON coop.blocks
  FOR EACH ROW EXECUTE FUNCTION coop.note_changed_sight();
CREATE TRIGGER sight_follows_the_role AFTER INSERT OR UPDATE ON coop.member_roles
  FOR EACH ROW WHEN (NEW.role = 'facilitator') EXECUTE FUNCTION coop.note_changed_sight();

GRANT SELECT, INSERT, DELETE ON coop.blocks TO lien_coop;
GRANT EXECUTE ON FUNCTION coop.hidden_from(uuid, uuid), coop.hidden_between(uuid, uuid, uuid), coop.hid_at(uuid, uuid, uuid), coop.note_changed_sight() TO lien_coop;

-- A member's name is the one that neighbours read. Who goes by another has their own name kept for the facilitators.
ALTER TABLE coop.members
  ADD COLUMN own_name text CONSTRAINT a_pseudonym_is_another_name CHECK (own_name <> name),
  ADD COLUMN speaks text[] NOT NULL DEFAULT '{}' CONSTRAINT nobody_speaks_a_hundred_languages CHECK (cardinality(speaks) <= 12);

-- What a member shows in the directory; without a row, nothing.
CREATE TABLE coop.directory (
  cooperative_id uuid NOT NULL,
  member_id uuid NOT NULL,
  listed boolean NOT NULL,
  shows text[] NOT NULL CONSTRAINT what_is_shown_is_known CHECK (shows <@ ARRAY['building', 'languages', 'likes', 'since']),
  likes text NOT NULL,
  likes_language text NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, member_id),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id)
);

-- Whether a member may come upon another by a part of their name: one who is in the directory, or whom they have met through an
-- agreement, and who is not hidden. Nobody else is found, however one searches.
-- +goose StatementBegin
CREATE FUNCTION coop.findable(cooperative uuid, reader uuid, member uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT (EXISTS (
    SELECT FROM coop.directory AS d
    WHERE d.cooperative_id = cooperative AND d.member_id = member AND d.listed
  ) OR EXISTS (
    SELECT FROM coop.agreements AS g
    WHERE g.cooperative_id = cooperative AND (g.giver_id = reader AND g.receiver_id = member OR g.giver_id = member AND g.receiver_id = reader)
      AND g.state IN ('agreed', 'done_claimed', 'disputed', 'confirmed', 'settled')
  )) AND NOT coop.hidden_between(cooperative, reader, member);
END;
-- +goose StatementEnd

GRANT SELECT, INSERT, UPDATE ON coop.directory TO lien_coop;
GRANT EXECUTE ON FUNCTION coop.findable(uuid, uuid, uuid) TO lien_coop;

-- +goose Down
DROP FUNCTION coop.findable(uuid, uuid, uuid);
DROP TABLE coop.directory;
ALTER TABLE coop.members DROP COLUMN own_name, DROP COLUMN speaks;
DROP TRIGGER sight_follows_the_role ON coop.member_roles;
DROP FUNCTION coop.hid_at(uuid, uuid, uuid), coop.hidden_between(uuid, uuid, uuid), coop.hidden_from(uuid, uuid);
DROP TABLE coop.blocks;
DROP FUNCTION coop.note_changed_sight();
