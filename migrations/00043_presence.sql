-- The roll of an assembly, frozen when it opens, and who comes and goes.
-- +goose Up
CREATE TABLE coop.roll (
  cooperative_id uuid NOT NULL,
  assembly_id uuid NOT NULL,
  member_id uuid NOT NULL,
  present boolean NOT NULL,
  added_why text NOT NULL, -- empty for who stood on it when it opened
  added_by uuid,
  added_at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, assembly_id, member_id),
  CONSTRAINT who_is_added_to_the_roll_is_added_with_a_reason CHECK ((added_why = '') = (added_by IS NULL)),
  FOREIGN KEY (cooperative_id, assembly_id) REFERENCES coop.assemblies (cooperative_id, id),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id),
  FOREIGN KEY (cooperative_id, added_by) REFERENCES coop.members (cooperative_id, id)
);

CREATE TABLE coop.presences (
  cooperative_id uuid NOT NULL,
  assembly_id uuid NOT NULL,
  member_id uuid NOT NULL,
  n int NOT NULL,
  arrived boolean NOT NULL, -- or left
  channel text NOT NULL CONSTRAINT one_signs_in_by_a_known_channel CHECK (channel IN ('code', 'number', 'paper', 'phone')),
  by_member_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, assembly_id, member_id, n),
  CONSTRAINT one_comes_before_one_goes CHECK (arrived = (n % 2 = 1)),
  FOREIGN KEY (cooperative_id, assembly_id, member_id) REFERENCES coop.roll (cooperative_id, assembly_id, member_id)
);

GRANT SELECT, INSERT ON coop.roll, coop.presences TO lien_coop;
GRANT UPDATE (present) ON coop.roll TO lien_coop;

-- +goose Down
DROP TABLE coop.presences, coop.roll;
