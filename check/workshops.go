package check

func workshops() []Check {
	return []Check{
		{"a workshop seats no more than it has room for", `
			SELECT count(*), count(*) FILTER (WHERE w.seats < (SELECT count(*) FROM coop.workshop_turns t
				JOIN coop.agreements g ON g.cooperative_id = t.cooperative_id AND g.id = t.agreement_id AND g.state NOT IN ('declined', 'cancelled', 'void')
				WHERE t.cooperative_id = w.cooperative_id AND t.listing_id = w.listing_id))
			FROM coop.workshops w`},
		{"a seat is an agreement of a workshop's host with who asked for it", `
			SELECT count(*), count(*) FILTER (WHERE t.turn IS NULL OR t.member_id <> g.receiver_id OR t.listing_id <> g.listing_id OR l.member_id <> g.giver_id OR w.starts_at <> g.planned_at)
			FROM coop.agreements g
			JOIN coop.workshops w ON w.cooperative_id = g.cooperative_id AND w.listing_id = g.listing_id
			JOIN coop.listings l ON l.cooperative_id = w.cooperative_id AND l.id = w.listing_id
			LEFT JOIN coop.workshop_turns t ON t.cooperative_id = g.cooperative_id AND t.agreement_id = g.id`},
		{"the turns of a workshop are numbered in the order of asking, one at a time for each", `
			SELECT count(*), count(*) FILTER (WHERE w.last_turn <> t.n OR w.last_turn <> t.last OR t.twice)
			FROM coop.workshops w
			CROSS JOIN LATERAL (SELECT count(*) AS n, coalesce(max(t.turn), 0) AS last,
				count(*) FILTER (WHERE t.left_at IS NULL AND g.state IS DISTINCT FROM 'declined' AND g.state IS DISTINCT FROM 'cancelled' AND g.state IS DISTINCT FROM 'void')
				<> count(DISTINCT t.member_id) FILTER (WHERE t.left_at IS NULL AND g.state IS DISTINCT FROM 'declined' AND g.state IS DISTINCT FROM 'cancelled' AND g.state IS DISTINCT FROM 'void') AS twice
				FROM coop.workshop_turns t LEFT JOIN coop.agreements g ON g.cooperative_id = t.cooperative_id AND g.id = t.agreement_id
				WHERE t.cooperative_id = w.cooperative_id AND t.listing_id = w.listing_id) t`},
		{"a workshop that is called off keeps nobody's seat or turn", `
			SELECT count(*), count(*) FILTER (WHERE EXISTS (SELECT FROM coop.workshop_turns t
				LEFT JOIN coop.agreements g ON g.cooperative_id = t.cooperative_id AND g.id = t.agreement_id
				WHERE t.cooperative_id = w.cooperative_id AND t.listing_id = w.listing_id AND t.left_at IS NULL AND (g.id IS NULL OR g.state IN ('proposed', 'agreed'))))
			FROM coop.workshops w WHERE w.cancelled_at IS NOT NULL`},
	}
}
