-- Where each person of a former list lives, when the list says so; and what was refused stays two weeks longer, to be mended in the file.
-- +goose Up
ALTER TABLE coop.import_rows
  ADD COLUMN place_id uuid, -- none: where all of the list live
  ADD FOREIGN KEY (cooperative_id, place_id) REFERENCES coop.places (cooperative_id, id);
CREATE INDEX imports_with_refused_lines ON coop.imports (ended_at) WHERE state = 'done' AND refused_lines > 0;

-- +goose Down
DROP INDEX coop.imports_with_refused_lines;
ALTER TABLE coop.import_rows DROP COLUMN place_id;
