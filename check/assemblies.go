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
		{"nobody who gave their vote holds one, and nobody holds more than the statutes allow", `
			SELECT count(*), count(*) FILTER (WHERE gives > 0 OR held > cap)
			FROM (
				SELECT p.holder_id, count(*) AS held, max(s.proxies_cap) AS cap,
					(SELECT count(*) FROM coop.proxies g WHERE g.cooperative_id = p.cooperative_id AND g.assembly_id = p.assembly_id AND g.giver_id = p.holder_id AND g.state IN ('offered', 'accepted')) AS gives
				FROM coop.proxies p
				JOIN coop.assemblies a ON a.cooperative_id = p.cooperative_id AND a.id = p.assembly_id
				JOIN coop.statutes s ON s.cooperative_id = a.cooperative_id AND s.n = a.statute_n
				WHERE p.state = 'accepted' GROUP BY p.cooperative_id, p.assembly_id, p.holder_id
			) h`},
		{"who is there has their own vote, and is there by their last coming or going", `
			SELECT count(*), count(*) FILTER (WHERE r.present IS DISTINCT FROM coalesce(p.arrived, false)
				OR r.present AND EXISTS (SELECT FROM coop.proxies g WHERE g.cooperative_id = r.cooperative_id AND g.assembly_id = r.assembly_id AND g.giver_id = r.member_id AND g.state = 'accepted'))
			FROM coop.roll r
			LEFT JOIN LATERAL (SELECT arrived FROM coop.presences p
				WHERE p.cooperative_id = r.cooperative_id AND p.assembly_id = r.assembly_id AND p.member_id = r.member_id ORDER BY n DESC LIMIT 1) p ON true`},
		{"a vote's figures are those of its ballots, counted again", `
			SELECT count(*), count(*) FILTER (WHERE (v.in_favour, v.against, v.blank, v.invalid) IS DISTINCT FROM (b.f, b.a, b.n, b.i))
			FROM coop.votes v
			CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE choice = 'for')::int AS f, count(*) FILTER (WHERE choice = 'against')::int AS a,
				count(*) FILTER (WHERE choice = 'blank')::int AS n, count(*) FILTER (WHERE choice = 'invalid')::int AS i
				FROM coop.ballots b WHERE b.cooperative_id = v.cooperative_id AND b.vote_id = v.id) b
			WHERE v.state = 'closed' AND v.method = 'secret'`},
		{"a vote's outcome follows from its figures, its rule and its quorum", `
			SELECT count(*), count(*) FILTER (WHERE outcome IS DISTINCT FROM CASE
				WHEN present + represented < needed OR present + represented = 0 THEN 'no_quorum'
				WHEN in_favour > 0 AND CASE WHEN strict THEN in_favour * den > num * of ELSE in_favour * den >= num * of END THEN 'adopted'
				WHEN in_favour > 0 AND in_favour = against AND tie = 'again' THEN 'tie'
				ELSE 'rejected' END)
			FROM (SELECT v.*, CASE base WHEN 'expressed' THEN in_favour + against WHEN 'cast' THEN in_favour + against + blank + invalid
				WHEN 'present' THEN present + represented ELSE roll END AS of FROM coop.votes v WHERE state = 'closed') s`},
		{"an urn holds a ballot for each voice cast by phone while a vote is open, and nothing afterwards", `
			SELECT count(*), count(*) FILTER (WHERE u.n <> CASE v.state WHEN 'open' THEN k.n ELSE 0 END
				OR v.state = 'closed' AND v.method = 'secret' AND (b.n < k.n OR b.n > k.n + k.papers))
			FROM coop.votes v
			CROSS JOIN LATERAL (SELECT count(*) AS n FROM coop.urns u WHERE u.cooperative_id = v.cooperative_id AND u.vote_id = v.id) u
			CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE channel = 'phone') AS n, count(*) FILTER (WHERE channel = 'paper') AS papers
				FROM coop.vote_marks k WHERE k.cooperative_id = v.cooperative_id AND k.vote_id = v.id) k
			CROSS JOIN LATERAL (SELECT count(*) AS n FROM coop.ballots b WHERE b.cooperative_id = v.cooperative_id AND b.vote_id = v.id) b`},
		{"a voice was cast by its member, by who held it, or on a paper handed to it", `
			SELECT count(*), count(*) FILTER (WHERE NOT EXISTS (SELECT FROM coop.roll r WHERE r.cooperative_id = k.cooperative_id AND r.assembly_id = v.assembly_id AND r.member_id = k.member_id)
				OR k.channel = 'phone' AND k.by_member_id <> k.member_id AND NOT EXISTS (SELECT FROM coop.proxies p
					WHERE p.cooperative_id = k.cooperative_id AND p.assembly_id = v.assembly_id AND p.giver_id = k.member_id AND p.holder_id = k.by_member_id AND p.state IN ('accepted', 'returned')))
			FROM coop.vote_marks k JOIN coop.votes v ON v.cooperative_id = k.cooperative_id AND v.id = k.vote_id`},
		{"what was signed is what its hash says, letter by letter", `
			SELECT count(*), count(*) FILTER (WHERE g.hash <> encode(sha256(convert_to(t.text || chr(12) || t.annex, 'UTF8')), 'hex'))
			FROM coop.minutes_signatures g JOIN coop.minutes_texts t ON t.cooperative_id = g.cooperative_id AND t.assembly_id = g.assembly_id AND t.n = g.n`},
		{"minutes that stand were signed by two, of an assembly that was over", `
			SELECT count(*), count(*) FILTER (WHERE g.people <> 2 OR g.last <> s.signed_at OR t.addendum OR e.at IS NULL OR e.at > g.first)
			FROM coop.minutes s
			JOIN coop.minutes_texts t ON t.cooperative_id = s.cooperative_id AND t.assembly_id = s.assembly_id AND t.n = s.signed_n
			CROSS JOIN LATERAL (SELECT count(DISTINCT member_id) AS people, min(at) AS first, max(at) AS last FROM coop.minutes_signatures g
				WHERE g.cooperative_id = s.cooperative_id AND g.assembly_id = s.assembly_id AND g.n = s.signed_n) g
			LEFT JOIN coop.assembly_events e ON e.cooperative_id = s.cooperative_id AND e.assembly_id = s.assembly_id AND e.step = 'close'`},
		{"minutes were contested in their days by who had a vote, and answered by who neither signed nor contested", `
			SELECT count(*), count(*) FILTER (WHERE c.at < s.signed_at OR c.at >= s.contest_until
				OR NOT EXISTS (SELECT FROM coop.roll r WHERE r.cooperative_id = c.cooperative_id AND r.assembly_id = c.assembly_id AND r.member_id = c.member_id)
				OR EXISTS (SELECT FROM coop.minutes_signatures g WHERE g.cooperative_id = c.cooperative_id AND g.assembly_id = c.assembly_id AND g.n = s.signed_n
					AND g.member_id IN (c.member_id, c.answered_by)))
			FROM coop.minutes_contests c JOIN coop.minutes s ON s.cooperative_id = c.cooperative_id AND s.assembly_id = c.assembly_id`},
		{"who came to an assembly was counted in that month", `
			SELECT count(*), count(*) FILTER (WHERE coalesce(h.n, 0) <> coalesce(p.assemblies, 0))
			FROM (SELECT cooperative_id, member_id, date_trunc('month', at AT TIME ZONE 'Europe/Paris')::date AS month, count(*) AS n
				FROM coop.presences WHERE n = 1 GROUP BY 1, 2, 3) h
			FULL JOIN coop.participation p ON p.cooperative_id = h.cooperative_id AND p.member_id = h.member_id AND p.month = h.month`},
	}
}
