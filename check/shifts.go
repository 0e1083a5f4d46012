package check

func shifts() []Check {
	return []Check{
		{"who was credited for a shift got its minutes from the fund by one transfer, and was there", `
			SELECT count(*), count(*) FILTER (WHERE t.kind IS DISTINCT FROM 'fund' OR t.minutes IS DISTINCT FROM c.minutes OR t.client_key IS DISTINCT FROM c.id
				OR e.member_id IS DISTINCT FROM c.member_id OR c.reversed_at IS NULL AND NOT EXISTS (
					SELECT FROM coop.attendances a JOIN coop.shifts s ON s.cooperative_id = a.cooperative_id AND s.event_id = a.event_id AND s.id = c.shift_id
					WHERE a.cooperative_id = c.cooperative_id AND a.member_id = c.member_id AND a.undone_at IS NULL))
			FROM coop.shift_credits c
			LEFT JOIN coop.transfers t ON t.cooperative_id = c.cooperative_id AND t.id = c.transfer_id
			LEFT JOIN coop.entries e ON e.cooperative_id = t.cooperative_id AND e.transfer_id = t.id AND e.side = 1`},
		{"what was credited for a shift in error went back once, and what stands did not", `
			SELECT count(*), count(*) FILTER (WHERE (c.reversed_at IS NULL) <> (t.id IS NULL) OR c.reversal_id IS DISTINCT FROM t.id)
			FROM coop.shift_credits c
			LEFT JOIN coop.transfers t ON t.cooperative_id = c.cooperative_id AND t.corrects_id = c.transfer_id AND t.kind = 'correction'`},
		{"the fund gave by a draw or for a shift", `
			SELECT count(*), count(*) FILTER (WHERE (SELECT count(*) FROM coop.fund_draws d WHERE d.cooperative_id = t.cooperative_id AND d.transfer_id = t.id)
				+ (SELECT count(*) FROM coop.shift_credits c WHERE c.cooperative_id = t.cooperative_id AND c.transfer_id = t.id) <> 1)
			FROM coop.transfers t WHERE t.kind = 'fund'`},
		{"a shift has no more hands than it takes, and none when it is off", `
			SELECT count(*), count(*) FILTER (WHERE h.n > CASE WHEN e.state = 'on' AND s.closed_at IS NULL THEN s.most ELSE 0 END)
			FROM coop.shifts s
			JOIN coop.events e ON e.cooperative_id = s.cooperative_id AND e.id = s.event_id
			CROSS JOIN LATERAL (SELECT count(*) AS n FROM coop.shift_hands h
				WHERE h.cooperative_id = s.cooperative_id AND h.shift_id = s.id AND h.state <> 'off') h`},
	}
}
