-- Erasure: who asked that their traces go, from when, and the words that are written once and go all the same when they are due.
-- +goose Up
-- The days in which one may change one's mind are a row, as every rule.
ALTER TABLE coop.cooperatives ADD COLUMN erase_after_days integer NOT NULL DEFAULT 30
  CONSTRAINT there_is_time_to_think CHECK (erase_after_days BETWEEN 7 AND 365);

ALTER TABLE coop.departures
  ADD COLUMN erase_asked_at timestamptz,
  ADD COLUMN erase_asked_by uuid, -- the member, or the facilitator to whom they said it
  ADD COLUMN erase_off_at timestamptz, -- when they last changed their mind
  ADD COLUMN erase_off_by uuid,
  ADD CONSTRAINT who_asked_to_be_erased_is_known CHECK (NOT erase OR num_nulls(erase_asked_at, erase_asked_by) = 0),
  ADD CONSTRAINT only_who_asked_is_erased CHECK (erase_at IS NULL OR erase),
  ADD CONSTRAINT who_called_it_off_is_known CHECK ((erase_off_at IS NULL) = (erase_off_by IS NULL)),
  ADD FOREIGN KEY (cooperative_id, erase_asked_by) REFERENCES coop.members (cooperative_id, id),
  ADD FOREIGN KEY (cooperative_id, erase_off_by) REFERENCES coop.members (cooperative_id, id);

-- erase_words takes away the words of one member that the cooperative's role may write once and never change: only of
-- somebody who has left, has asked for it, and whose day has come. It leaves every figure, date and step where it is.
-- +goose StatementBegin
CREATE FUNCTION coop.erase_words(p_cooperative uuid, p_member uuid, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = coop, pg_temp AS $$
BEGIN
  PERFORM FROM coop.departures d JOIN coop.members m ON m.cooperative_id = d.cooperative_id AND m.id = d.member_id
  WHERE d.cooperative_id = p_cooperative AND d.member_id = p_member AND m.state = 'left' AND d.erase_at <= p_at AND d.erased_at IS NULL;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'nobody is erased before their day' USING ERRCODE = 'check_violation', CONSTRAINT = 'nobody_is_erased_before_their_day';
  END IF;
  UPDATE coop.member_events SET reason = '' WHERE cooperative_id = p_cooperative AND member_id = p_member AND reason <> '';
  UPDATE coop.application_events e SET words = '' FROM coop.applications a
  WHERE a.cooperative_id = p_cooperative AND a.member_id = p_member AND e.cooperative_id = a.cooperative_id AND e.application_id = a.id AND e.words <> '';
  UPDATE coop.agreement_events SET words = '' WHERE cooperative_id = p_cooperative AND by_member_id = p_member AND words <> ''
    AND (cooperative_id, agreement_id) IN (SELECT cooperative_id, id FROM coop.agreements
      WHERE cooperative_id = p_cooperative AND p_member IN (giver_id, receiver_id));
  UPDATE coop.cheque_events e SET words = '' FROM coop.cheque_leaves f
  WHERE e.cooperative_id = p_cooperative AND e.by_member_id = p_member AND e.words <> ''
    AND f.cooperative_id = e.cooperative_id AND f.id = e.leaf_id AND p_member IN (f.drawer_id, f.bearer_id);
  UPDATE coop.listing_rulings r SET words = '' FROM coop.listings l
  WHERE l.cooperative_id = p_cooperative AND l.member_id = p_member AND r.cooperative_id = l.cooperative_id AND r.listing_id = l.id AND r.words <> '';
  UPDATE coop.board_rulings r SET words = '' FROM coop.board_files f
  WHERE f.cooperative_id = p_cooperative AND f.member_id = p_member AND r.cooperative_id = f.cooperative_id AND r.file_id = f.id AND r.words <> '';
  UPDATE coop.acts SET mark = '' WHERE cooperative_id = p_cooperative AND member_id = p_member AND mark <> '';
  UPDATE coop.acts_done d SET before = '' FROM coop.acts a
  WHERE a.cooperative_id = p_cooperative AND a.member_id = p_member AND d.cooperative_id = a.cooperative_id AND d.act_id = a.id AND d.before <> '';
  UPDATE coop.acts_answered d SET words = '' FROM coop.acts a
  WHERE a.cooperative_id = p_cooperative AND a.member_id = p_member AND d.cooperative_id = a.cooperative_id AND d.act_id = a.id AND d.words <> '';
  DELETE FROM coop.talk_reads WHERE cooperative_id = p_cooperative AND member_id = p_member;
  DELETE FROM coop.board_reads WHERE cooperative_id = p_cooperative AND member_id = p_member;
  -- What a search learned from their listings goes, unless somebody else's that is in sight is written with it.
  DELETE FROM coop.listing_words w
  USING (SELECT DISTINCT t.word FROM coop.listings l
    CROSS JOIN LATERAL unnest(tsvector_to_array(to_tsvector('simple', coop.plain(l.title || ' ' || l.details)))) AS t (word)
    WHERE l.cooperative_id = p_cooperative AND l.member_id = p_member) AS mine
  WHERE w.cooperative_id = p_cooperative AND w.word = mine.word AND NOT EXISTS (
    SELECT FROM coop.listings l WHERE l.cooperative_id = p_cooperative AND l.member_id <> p_member AND l.state = 'open' AND l.moderation = 'none'
      AND l.words @@ (quote_literal(w.stem)::tsquery));
END $$;
-- +goose StatementEnd
GRANT EXECUTE ON FUNCTION coop.erase_words(uuid, uuid, timestamptz) TO lien_coop;

-- Whoever is erased in the cooperative showed nothing through the door: its links end, and the words picked for it go. It
-- answers nothing and costs nothing that could tell whether there was anything to forget. What a case file holds is the
-- support side's own.
-- +goose StatementBegin
CREATE FUNCTION bond.forget_who_is_erased() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = bond, pg_temp AS $$
DECLARE v_at timestamptz;
BEGIN
  PERFORM FROM bond.links WHERE cooperative_id = NEW.cooperative_id AND member_id = NEW.member_id ORDER BY id FOR UPDATE;
  v_at := CASE WHEN (SELECT may_be_told FROM bond.clock) THEN NEW.erased_at ELSE greatest(NEW.erased_at, clock_timestamp()) END;
  UPDATE bond.consents c SET withdrawn_at = v_at FROM bond.links l
  WHERE c.link_id = l.id AND l.cooperative_id = NEW.cooperative_id AND l.member_id = NEW.member_id AND c.withdrawn_at IS NULL;
  UPDATE bond.proposals p SET put_away_at = v_at FROM bond.links l
  WHERE p.link_id = l.id AND l.cooperative_id = NEW.cooperative_id AND l.member_id = NEW.member_id AND p.put_away_at IS NULL;
  UPDATE bond.highlights h SET words = '…', dropped_at = coalesce(h.dropped_at, v_at) FROM bond.links l
  WHERE h.link_id = l.id AND l.cooperative_id = NEW.cooperative_id AND l.member_id = NEW.member_id;
  DELETE FROM bond.tries t USING bond.links l
  WHERE t.resident_id = l.resident_id AND l.cooperative_id = NEW.cooperative_id AND l.member_id = NEW.member_id;
  UPDATE bond.links SET ended_at = coalesce(ended_at, v_at), set_aside_at = coalesce(set_aside_at, v_at)
  WHERE cooperative_id = NEW.cooperative_id AND member_id = NEW.member_id;
  RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER the_door_forgets_who_is_erased AFTER UPDATE OF erased_at ON coop.departures
  FOR EACH ROW WHEN (NEW.erased_at IS NOT NULL AND OLD.erased_at IS NULL) EXECUTE FUNCTION bond.forget_who_is_erased();
GRANT CREATE ON SCHEMA bond TO lien_bond;
ALTER FUNCTION bond.forget_who_is_erased() OWNER TO lien_bond;
REVOKE CREATE ON SCHEMA bond FROM lien_bond;
REVOKE EXECUTE ON FUNCTION bond.forget_who_is_erased() FROM PUBLIC;

-- +goose Down
DROP TRIGGER the_door_forgets_who_is_erased ON coop.departures;
DROP FUNCTION bond.forget_who_is_erased();
DROP FUNCTION coop.erase_words(uuid, uuid, timestamptz);
ALTER TABLE coop.departures
  DROP COLUMN erase_off_by,
  DROP COLUMN erase_off_at,
  DROP COLUMN erase_asked_by,
  DROP COLUMN erase_asked_at;
ALTER TABLE coop.cooperatives DROP COLUMN erase_after_days;
