-- The door asks whether two people hide from each other, and reads no list of who hides from whom.
-- +goose Up
CREATE FUNCTION coop.hidden_at_the_door(p_cooperative uuid, p_a uuid, p_b uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = coop, pg_temp AS $$ SELECT coop.hidden_between(p_cooperative, p_a, p_b) $$;
REVOKE ALL ON FUNCTION coop.hidden_at_the_door(uuid, uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION coop.hidden_at_the_door(uuid, uuid, uuid) TO lien_bond;
CREATE OR REPLACE FUNCTION bond.proposed(p_resident uuid) RETURNS TABLE (id uuid, kind text, target_id uuid, title text, starts_at timestamptz, by_name text, made_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = bond, pg_temp AS $$
  SELECT p.id, p.kind, p.target_id, coalesce(e.title, g.title), e.starts_at, w.name, p.made_at
  FROM bond.proposals p
  JOIN bond.links l ON l.id = p.link_id
  JOIN support.workers w ON w.id = p.worker_id
  LEFT JOIN coop.events e ON p.kind = 'event' AND e.id = p.target_id AND e.cooperative_id = l.cooperative_id
  LEFT JOIN coop.listings g ON p.kind = 'listing' AND g.id = p.target_id AND g.cooperative_id = l.cooperative_id
  WHERE l.resident_id = p_resident AND l.ended_at IS NULL AND p.put_away_at IS NULL
    AND EXISTS (SELECT FROM bond.open_consents(l.id) c WHERE c.scope = 'proposals' AND c.worker_id = p.worker_id)
    AND (e.state = 'on' AND e.starts_at > bond.now() OR g.state = 'open' AND g.expires_at > bond.now() AND g.member_id <> l.member_id
      AND g.moderation = 'none' AND NOT coop.hidden_at_the_door(l.cooperative_id, l.member_id, g.member_id))
  ORDER BY p.made_at DESC, p.id LIMIT 20
$$;
REVOKE EXECUTE ON FUNCTION coop.hidden_between(uuid, uuid, uuid) FROM lien_bond;
REVOKE SELECT (cooperative_id, member_id, hidden_id) ON coop.blocks FROM lien_bond;

-- +goose Down
GRANT SELECT (cooperative_id, member_id, hidden_id) ON coop.blocks TO lien_bond;
GRANT EXECUTE ON FUNCTION coop.hidden_between(uuid, uuid, uuid) TO lien_bond;
CREATE OR REPLACE FUNCTION bond.proposed(p_resident uuid) RETURNS TABLE (id uuid, kind text, target_id uuid, title text, starts_at timestamptz, by_name text, made_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = bond, pg_temp AS $$
  SELECT p.id, p.kind, p.target_id, coalesce(e.title, g.title), e.starts_at, w.name, p.made_at
  FROM bond.proposals p
  JOIN bond.links l ON l.id = p.link_id
  JOIN support.workers w ON w.id = p.worker_id
  LEFT JOIN coop.events e ON p.kind = 'event' AND e.id = p.target_id AND e.cooperative_id = l.cooperative_id
  LEFT JOIN coop.listings g ON p.kind = 'listing' AND g.id = p.target_id AND g.cooperative_id = l.cooperative_id
  WHERE l.resident_id = p_resident AND l.ended_at IS NULL AND p.put_away_at IS NULL
    AND EXISTS (SELECT FROM bond.open_consents(l.id) c WHERE c.scope = 'proposals' AND c.worker_id = p.worker_id)
    AND (e.state = 'on' AND e.starts_at > bond.now() OR g.state = 'open' AND g.expires_at > bond.now() AND g.member_id <> l.member_id
      AND g.moderation = 'none' AND NOT coop.hidden_between(l.cooperative_id, l.member_id, g.member_id))
  ORDER BY p.made_at DESC, p.id LIMIT 20
$$;
DROP FUNCTION coop.hidden_at_the_door(uuid, uuid, uuid);
