-- Erasure reaches the former words of a notice, which nobody changes otherwise.
-- +goose Up
-- erase_edits empties what the notices of one member said before: only of somebody whose day has come, as erase_words.
-- +goose StatementBegin
CREATE FUNCTION coop.erase_edits(p_cooperative uuid, p_member uuid, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = coop, pg_temp AS $$
BEGIN
  PERFORM FROM coop.departures d JOIN coop.members m ON m.cooperative_id = d.cooperative_id AND m.id = d.member_id
  WHERE d.cooperative_id = p_cooperative AND d.member_id = p_member AND m.state = 'left' AND d.erase_at <= p_at AND d.erased_at IS NULL;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'nobody is erased before their day' USING ERRCODE = 'check_violation', CONSTRAINT = 'nobody_is_erased_before_their_day';
  END IF;
  UPDATE coop.notice_edits e SET title = '', body = '' FROM coop.notices n
  WHERE n.cooperative_id = p_cooperative AND n.member_id = p_member AND e.cooperative_id = n.cooperative_id AND e.notice_id = n.id;
END $$;
-- +goose StatementEnd
GRANT EXECUTE ON FUNCTION coop.erase_edits(uuid, uuid, timestamptz) TO lien_coop;

-- +goose Down
DROP FUNCTION coop.erase_edits(uuid, uuid, timestamptz);
