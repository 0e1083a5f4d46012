package check

// problems are the promises about what several homes have to bear.
func problems() []Check {
	return []Check{
		{"a problem's state follows from its steps", `
			SELECT count(*), count(*) FILTER (WHERE p.state <> coalesce(s.to_state, 'open') OR p.steps <> coalesce(s.n, 0)
				OR p.steps <> (SELECT count(*) FROM coop.problem_steps x WHERE x.cooperative_id = p.cooperative_id AND x.problem_id = p.id))
			FROM coop.problems p LEFT JOIN LATERAL (SELECT to_state, n FROM coop.problem_steps s
				WHERE s.cooperative_id = p.cooperative_id AND s.problem_id = p.id ORDER BY n DESC LIMIT 1) s ON true`},
		{"each home has one pseudonym in a problem, given in turn", `
			SELECT count(*), count(*) FILTER (WHERE p.homes <> h.n OR p.homes <> h.last)
			FROM coop.problems p, LATERAL (SELECT count(DISTINCT home) AS n, coalesce(max(home), 0) AS last FROM coop.problem_homes h
				WHERE h.cooperative_id = p.cooperative_id AND h.problem_id = p.id) h`},
		{"who wrote down what was done about a problem facilitated then", `
			SELECT count(*), count(*) FILTER (WHERE NOT EXISTS (SELECT FROM coop.member_roles r WHERE r.cooperative_id = s.cooperative_id AND r.member_id = s.by_member_id
				AND r.role = 'facilitator' AND r.from_at <= s.at AND (r.until_at IS NULL OR r.until_at >= s.at)))
			FROM coop.problem_steps s`},
	}
}
