package check

func posters() []Check {
	return []Check{
		{"a code of a poster leads to something of its own cooperative", `
			SELECT count(*), count(*) FILTER (WHERE NOT EXISTS (
				SELECT FROM coop.listings x WHERE c.kind = 'listing' AND x.cooperative_id = c.cooperative_id AND x.id = c.subject_id UNION ALL
				SELECT FROM coop.events x WHERE c.kind = 'event' AND x.cooperative_id = c.cooperative_id AND x.id = c.subject_id UNION ALL
				SELECT FROM coop.notices x WHERE c.kind = 'notice' AND x.cooperative_id = c.cooperative_id AND x.id = c.subject_id UNION ALL
				SELECT FROM coop.posters x WHERE c.kind = 'poster' AND x.cooperative_id = c.cooperative_id AND x.id = c.subject_id))
			FROM coop.poster_codes c`},
		{"each poster has a code, and was made by a facilitator", `
			SELECT count(*), count(*) FILTER (WHERE NOT EXISTS (SELECT FROM coop.poster_codes c WHERE c.cooperative_id = p.cooperative_id AND c.kind = 'poster' AND c.subject_id = p.id)
				OR NOT EXISTS (SELECT FROM coop.member_roles r WHERE r.cooperative_id = p.cooperative_id AND r.member_id = p.made_by AND r.role = 'facilitator' AND r.from_at <= p.made_at))
			FROM coop.posters p`},
	}
}
