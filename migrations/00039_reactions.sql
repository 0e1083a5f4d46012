-- Neighbours answer a notice with one of a few signs beside thanks; like thanks they are counted and name nobody.
-- +goose Up
CREATE TABLE coop.reactions (
  cooperative_id uuid NOT NULL,
  notice_id uuid NOT NULL,
  member_id uuid NOT NULL,
  kind text NOT NULL CONSTRAINT a_reaction_is_one_of_three CHECK (kind IN ('bravo', 'hand', 'courage')),
  at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, notice_id, member_id, kind),
  FOREIGN KEY (cooperative_id, notice_id) REFERENCES coop.notices (cooperative_id, id),
  FOREIGN KEY (cooperative_id, member_id) REFERENCES coop.members (cooperative_id, id)
);
ALTER TABLE coop.notices
  ADD COLUMN bravos int NOT NULL DEFAULT 0 CONSTRAINT bravos_are_counted CHECK (bravos >= 0),
  ADD COLUMN hands int NOT NULL DEFAULT 0 CONSTRAINT hands_are_counted CHECK (hands >= 0),
  ADD COLUMN courages int NOT NULL DEFAULT 0 CONSTRAINT courages_are_counted CHECK (courages >= 0);
GRANT SELECT, INSERT, DELETE ON coop.reactions TO lien_coop;

-- +goose Down
ALTER TABLE coop.notices DROP COLUMN bravos, DROP COLUMN hands, DROP COLUMN courages;
DROP TABLE coop.reactions;
