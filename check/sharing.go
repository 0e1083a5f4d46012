package check

func sharing() []Check {
	return []Check{
		{"two bookings of a resource do not overlap, the buffer included", `
			SELECT count(*), count(*) FILTER (WHERE EXISTS (SELECT FROM coop.bookings o
				WHERE o.cooperative_id = b.cooperative_id AND o.resource_id = b.resource_id AND o.id <> b.id AND o.state IN ('booked', 'started', 'ended')
				AND tstzrange(o.starts_at, o.free_at) && tstzrange(b.starts_at, b.free_at)))
			FROM coop.bookings b WHERE b.state IN ('booked', 'started', 'ended')`},
		{"a resource has the rules of how it is shared", `
			SELECT count(*), count(*) FILTER (WHERE (t.shared = 'booked') IS DISTINCT FROM (r.resource_id IS NOT NULL) OR (t.shared = 'lent') IS DISTINCT FROM (l.resource_id IS NOT NULL))
			FROM coop.resources t
			LEFT JOIN coop.booking_rules r ON r.cooperative_id = t.cooperative_id AND r.resource_id = t.id
			LEFT JOIN coop.lending_rules l ON l.cooperative_id = t.cooperative_id AND l.resource_id = t.id`},
		{"what is booked can be booked, and what is lent can be lent", `
			SELECT count(*), count(*) FILTER (WHERE t.shared <> s.as_it_is)
			FROM (SELECT cooperative_id, resource_id, 'booked' AS as_it_is FROM coop.bookings UNION ALL SELECT cooperative_id, resource_id, 'lent' FROM coop.loans) s
			JOIN coop.resources t ON t.cooperative_id = s.cooperative_id AND t.id = s.resource_id`},
		{"nobody handed a resource over to themselves, or took it back", `
			SELECT count(*), count(*) FILTER (WHERE member_id IN (handed_by, taken_by)) FROM coop.loans WHERE out_at IS NOT NULL`},
		{"an open resource that can be had is not kept from who waits", `
			SELECT count(*), count(*) FILTER (WHERE NOT EXISTS (SELECT FROM coop.loans o WHERE o.cooperative_id = t.cooperative_id AND o.resource_id = t.id AND o.state IN ('held', 'out'))
				AND EXISTS (SELECT FROM coop.loans l JOIN coop.members m ON m.cooperative_id = l.cooperative_id AND m.id = l.member_id AND m.state IN ('welcomed', 'active')
					WHERE l.cooperative_id = t.cooperative_id AND l.resource_id = t.id AND l.state = 'asked'))
			FROM coop.resources t WHERE t.state = 'open' AND t.shared = 'lent'`},
		{"a deposit stands in the fund while its thing is out, and went there and back by the transfers it names", `
			SELECT count(*), count(*) FILTER (WHERE (d.ended_at IS NULL) <> (l.state = 'out') OR d.member_id <> l.member_id
				OR t.kind <> 'deposit' OR t.minutes <> d.minutes OR d.back_id IS NOT NULL AND (b.kind <> 'deposit_back' OR b.minutes <> d.minutes))
			FROM coop.deposits d
			JOIN coop.loans l ON l.cooperative_id = d.cooperative_id AND l.id = d.loan_id
			JOIN coop.transfers t ON t.cooperative_id = d.cooperative_id AND t.id = d.transfer_id
			LEFT JOIN coop.transfers b ON b.cooperative_id = d.cooperative_id AND b.id = d.back_id`},
	}
}
