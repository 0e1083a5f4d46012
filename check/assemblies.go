package check

func assemblies() []Check {
	return []Check{
		{"an assembly's state follows from its steps", `
			SELECT count(*), count(*) FILTER (WHERE coalesce(e.to_state, 'draft') <> a.state OR coalesce(e.n, 0) <> a.steps)
			FROM coop.assemblies a
			LEFT JOIN LATERAL (SELECT to_state, n FROM coop.assembly_events e
				WHERE e.cooperative_id = a.cooperative_id AND e.assembly_id = a.id ORDER BY n DESC LIMIT 1) e ON true`},
		{"who was convened was convened with the notice that the statutes ask for", `
			SELECT count(*), count(*) FILTER (WHERE (a.starts_at AT TIME ZONE k.zone)::date - (e.at AT TIME ZONE k.zone)::date < s.notice_days)
			FROM coop.assemblies a
			JOIN coop.cooperatives k ON k.id = a.cooperative_id
			JOIN coop.statutes s ON s.cooperative_id = a.cooperative_id AND s.n = a.statute_n
			JOIN coop.assembly_events e ON e.cooperative_id = a.cooperative_id AND e.assembly_id = a.id AND e.step = 'convene'`},
		{"everybody who had a voice was convened", `
			SELECT count(*), count(*) FILTER (WHERE NOT EXISTS (SELECT FROM coop.convocations c
				WHERE c.cooperative_id = a.cooperative_id AND c.assembly_id = a.id AND c.member_id = m.id AND c.channel = 'inbox'))
			FROM coop.assemblies a
			JOIN coop.assembly_events e ON e.cooperative_id = a.cooperative_id AND e.assembly_id = a.id AND e.step = 'convene'
			JOIN coop.members m ON m.cooperative_id = a.cooperative_id AND m.joined_at < e.at
			JOIN LATERAL (SELECT to_state FROM coop.member_events s WHERE s.cooperative_id = m.cooperative_id AND s.member_id = m.id AND s.at < e.at
				ORDER BY n DESC LIMIT 1) s ON s.to_state IN ('active', 'paused')`},
	}
}
