-- A departure that nobody can begin themselves: somebody has died, or has gone and cannot be reached. A facilitator begins it, beside a witness.
-- +goose Up
ALTER TABLE coop.departures
  ADD COLUMN because text CONSTRAINT one_is_gone_for_a_known_reason CHECK (because IN ('died', 'absent')),
  ADD COLUMN why text NOT NULL DEFAULT '',
  ADD COLUMN begun_by uuid,
  ADD COLUMN witness_id uuid,
  ADD CONSTRAINT who_begins_for_another_has_a_reason_and_a_witness CHECK (num_nonnulls(because, begun_by, witness_id) IN (0, 3)),
  ADD CONSTRAINT three_people_are_in_such_a_departure CHECK (begun_by <> member_id AND witness_id NOT IN (member_id, begun_by)),
  ADD CONSTRAINT only_for_another_is_it_said_why CHECK (because IS NOT NULL OR why = ''),
  ADD FOREIGN KEY (cooperative_id, begun_by) REFERENCES coop.members (cooperative_id, id),
  ADD FOREIGN KEY (cooperative_id, witness_id) REFERENCES coop.members (cooperative_id, id);

-- +goose Down
ALTER TABLE coop.departures DROP COLUMN witness_id, DROP COLUMN begun_by, DROP COLUMN why, DROP COLUMN because;
