package check

// lists are the former lists that were taken over.
func lists() []Check {
	return []Check{
		{"a former list that ended keeps nothing of what it said of people, but what it refused", `
			SELECT count(*), count(*) FILTER (WHERE EXISTS (SELECT FROM coop.import_rows r WHERE r.cooperative_id = i.cooperative_id AND r.import_id = i.id AND (r.pile <> 'refused' OR i.state = 'dropped'))
				OR EXISTS (SELECT FROM coop.import_files f WHERE f.cooperative_id = i.cooperative_id AND f.import_id = i.id) OR i.samples <> '{}')
			FROM coop.imports i WHERE i.state IN ('done', 'dropped')`},
		{"what a former list made is what its lines made", `
			SELECT count(*), count(*) FILTER (WHERE (i.made, i.opened, i.moved) IS DISTINCT FROM (l.made, l.opened, l.moved) OR i.state IN ('open', 'dropped') AND l.made + l.opened + l.moved > 0)
			FROM coop.imports i, LATERAL (
				SELECT count(*) FILTER (WHERE outcome = 'member') AS made, count(transfer_id) AS opened, count(*) FILTER (WHERE outcome = 'moved') AS moved
				FROM coop.import_lines l WHERE l.cooperative_id = i.cooperative_id AND l.import_id = i.id) l`},
		{"who came by a former list was put on it, with the hours of their line", `
			SELECT count(*), count(*) FILTER (WHERE l.outcome = 'member' AND NOT EXISTS (SELECT FROM coop.member_events e
					WHERE e.cooperative_id = l.cooperative_id AND e.member_id = l.member_id AND e.n = 1 AND e.step = 'import')
				OR l.transfer_id IS NOT NULL AND t.kind IS DISTINCT FROM 'opening')
			FROM coop.import_lines l LEFT JOIN coop.transfers t ON t.cooperative_id = l.cooperative_id AND t.id = l.transfer_id
			WHERE l.member_id IS NOT NULL`},
		{"an opening balance passed once, between the fund and its member", `
			SELECT count(*), count(*) FILTER (WHERE s.funds <> 1 OR s.members <> 1)
			FROM coop.transfers t, LATERAL (
				SELECT count(*) FILTER (WHERE a.kind = 'fund') AS funds, count(*) FILTER (WHERE e.member_id = t.client_key) AS members
				FROM coop.entries e JOIN coop.hours_accounts a ON a.cooperative_id = e.cooperative_id AND a.id = e.account_id
				WHERE e.cooperative_id = t.cooperative_id AND e.transfer_id = t.id) s
			WHERE t.kind = 'opening'`},
	}
}
