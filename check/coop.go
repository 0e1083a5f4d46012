package check

func members() []Check {
	return []Check{
		{"a member number was given once, in order", `
			SELECT count(*), count(*) FILTER (WHERE m.number > c.last_number OR m.number < 1)
			FROM coop.members m JOIN coop.cooperatives c ON c.id = m.cooperative_id`},
		{"a member's state follows from their steps", `
			SELECT count(*), count(*) FILTER (WHERE e.to_state IS DISTINCT FROM m.state)
			FROM coop.members m
			LEFT JOIN LATERAL (SELECT to_state FROM coop.member_events e
				WHERE e.cooperative_id = m.cooperative_id AND e.member_id = m.id ORDER BY n DESC LIMIT 1) e ON true`},
		{"the steps of a member follow each other", `
			SELECT count(*), count(*) FILTER (WHERE before IS NOT NULL AND before <> from_state)
			FROM (SELECT from_state, lag(to_state) OVER (PARTITION BY cooperative_id, member_id ORDER BY n) AS before FROM coop.member_events) s`},
		{"who is active accepted the charter", `
			SELECT count(*), count(*) FILTER (WHERE NOT EXISTS (SELECT FROM coop.charter_acceptances a WHERE a.cooperative_id = m.cooperative_id AND a.member_id = m.id))
			FROM coop.members m WHERE m.state = 'active'`},
		{"an application's state follows from its steps", `
			SELECT count(*), count(*) FILTER (WHERE e.to_state IS DISTINCT FROM a.state OR e.n IS DISTINCT FROM a.steps)
			FROM coop.applications a
			LEFT JOIN LATERAL (SELECT to_state, n FROM coop.application_events e
				WHERE e.cooperative_id = a.cooperative_id AND e.application_id = a.id ORDER BY n DESC LIMIT 1) e ON true`},
		{"who entered by an application said yes to the charter", `
			SELECT count(*), count(*) FILTER (WHERE NOT EXISTS (SELECT FROM coop.charter_acceptances c WHERE c.cooperative_id = a.cooperative_id AND c.member_id = a.member_id))
			FROM coop.applications a WHERE a.state = 'entered'`},
		{"who rests has a pause that has begun, and who is suspended a suspension", `
			SELECT count(*), count(*) FILTER (WHERE CASE m.state
				WHEN 'paused' THEN NOT EXISTS (SELECT FROM coop.pauses p WHERE p.cooperative_id = m.cooperative_id AND p.member_id = m.id AND p.begun_at IS NOT NULL AND p.ended_at IS NULL)
				WHEN 'suspended' THEN NOT EXISTS (SELECT FROM coop.suspensions s WHERE s.cooperative_id = m.cooperative_id AND s.member_id = m.id AND s.ended_at IS NULL) END)
			FROM coop.members m WHERE m.state IN ('paused', 'suspended')`},
		{"a pause or a suspension that runs is its member's state", `
			SELECT count(*), count(*) FILTER (WHERE m.state IS DISTINCT FROM s.state)
			FROM (SELECT cooperative_id, member_id, 'paused' AS state FROM coop.pauses WHERE begun_at IS NOT NULL AND ended_at IS NULL
				UNION ALL SELECT cooperative_id, member_id, 'suspended' FROM coop.suspensions WHERE ended_at IS NULL) s
			JOIN coop.members m ON m.cooperative_id = s.cooperative_id AND m.id = s.member_id`},
		{"who witnessed a yes to the charter facilitated then", `
			SELECT count(*), count(*) FILTER (WHERE NOT EXISTS (SELECT FROM coop.member_roles r
				WHERE r.cooperative_id = a.cooperative_id AND r.member_id = a.witness_id AND r.role = 'facilitator'
					AND r.from_at <= a.accepted_at AND (r.until_at IS NULL OR r.until_at >= a.accepted_at)))
			FROM coop.charter_acceptances a WHERE a.witness_id IS NOT NULL`},
		{"a used invitation made one member of its place's cooperative", `
			SELECT count(*), count(*) FILTER (WHERE (used_by IS NULL) <> (used_at IS NULL)) FROM coop.invitations`},
		{"a buddyship's state follows from its steps", `
			SELECT count(*), count(*) FILTER (WHERE e.to_state IS DISTINCT FROM s.state OR e.n IS DISTINCT FROM s.steps)
			FROM coop.buddyships s
			LEFT JOIN LATERAL (SELECT to_state, n FROM coop.buddyship_events e
				WHERE e.cooperative_id = s.cooperative_id AND e.buddyship_id = s.id ORDER BY n DESC LIMIT 1) e ON true`},
		{"nobody was paired without the yes of both", `
			SELECT count(*), count(*) FILTER (WHERE NOT EXISTS (SELECT FROM coop.buddyship_events y WHERE y.buddyship_id = s.id AND y.step = 'accept' AND y.by_member_id = s.buddy_id)
				OR NOT EXISTS (SELECT FROM coop.buddyship_events y WHERE y.buddyship_id = s.id AND y.step = 'pair' AND y.by_member_id = s.newcomer_id))
			FROM coop.buddyships s
			WHERE EXISTS (SELECT FROM coop.buddyship_events e WHERE e.cooperative_id = s.cooperative_id AND e.buddyship_id = s.id AND e.to_state = 'paired')`},
		{"nobody proposed anything to whom they cannot see", `
			SELECT count(*), count(*) FILTER (WHERE EXISTS (SELECT FROM coop.agreements g
				WHERE g.cooperative_id = b.cooperative_id AND (g.giver_id, g.receiver_id) IN ((b.member_id, b.hidden_id), (b.hidden_id, b.member_id)) AND g.created_at > b.at
					AND NOT EXISTS (SELECT FROM coop.member_roles r WHERE r.cooperative_id = b.cooperative_id AND r.role = 'facilitator' AND r.member_id IN (b.member_id, b.hidden_id))))
			FROM coop.blocks b`},
		{"each cooperative has a facilitator", `
			SELECT count(*), count(*) FILTER (WHERE NOT EXISTS (SELECT FROM coop.member_roles r JOIN coop.members m ON m.id = r.member_id
				WHERE r.cooperative_id = c.id AND r.role = 'facilitator' AND r.until_at IS NULL AND m.state = 'active'))
			FROM coop.cooperatives c`},
		{"a place's path leads through its parents", `
			SELECT count(*), count(*) FILTER (WHERE p.path IS DISTINCT FROM coalesce(q.path, '{}') || p.id)
			FROM coop.places p LEFT JOIN coop.places q ON q.cooperative_id = p.cooperative_id AND q.id = p.parent_id`},
	}
}

func ledger() []Check {
	return []Check{
		{"the sum of all balances is zero", `
			SELECT count(*), count(*) FILTER (WHERE total <> 0)
			FROM (SELECT sum(balance) AS total FROM coop.hours_accounts GROUP BY cooperative_id) s`},
		{"a balance is the sum of its entries", `
			SELECT count(*), count(*) FILTER (WHERE a.balance <> coalesce(e.total, 0))
			FROM coop.hours_accounts a
			LEFT JOIN (SELECT cooperative_id, account_id, sum(minutes) AS total FROM coop.entries GROUP BY 1, 2) e
				ON e.cooperative_id = a.cooperative_id AND e.account_id = a.id`},
		{"a transfer has two entries of opposite sign", `
			SELECT count(*), count(*) FILTER (WHERE n IS DISTINCT FROM 2 OR total <> 0)
			FROM coop.transfers t
			LEFT JOIN (SELECT cooperative_id, transfer_id, count(*) AS n, sum(minutes) AS total FROM coop.entries GROUP BY 1, 2) e
				ON e.cooperative_id = t.cooperative_id AND e.transfer_id = t.id`},
		{"a correction undoes its transfer to the minute, and is not corrected", `
			SELECT count(*), count(*) FILTER (WHERE o.minutes <> t.minutes OR o.kind = 'correction')
			FROM coop.transfers t JOIN coop.transfers o ON o.cooperative_id = t.cooperative_id AND o.id = t.corrects_id`},
		{"no balance of members passed the hard floor or the ceiling", `
			SELECT count(*), count(*) FILTER (WHERE (a.balance < a.people * l.hard_floor OR a.balance > a.people * l.ceiling)
				AND NOT EXISTS (SELECT FROM coop.entries e JOIN coop.transfers t ON t.cooperative_id = e.cooperative_id AND t.id = e.transfer_id
					WHERE e.cooperative_id = a.cooperative_id AND e.account_id = a.id AND t.kind IN ('correction', 'household', 'departure')))
			FROM coop.hours_accounts a
			JOIN (SELECT cooperative_id, min(hard_floor) AS hard_floor, max(ceiling) AS ceiling FROM coop.hours_limit_changes GROUP BY 1) l ON l.cooperative_id = a.cooperative_id
			WHERE a.kind <> 'fund'`},
		{"the limits that hold are the last that were voted", `
			SELECT count(*), count(*) FILTER (WHERE (l.soft_floor, l.hard_floor, l.ceiling, l.per_act) IS DISTINCT FROM (c.soft_floor, c.hard_floor, c.ceiling, c.per_act))
			FROM coop.hours_limits l
			LEFT JOIN LATERAL (SELECT * FROM coop.hours_limit_changes c WHERE c.cooperative_id = l.cooperative_id ORDER BY n DESC LIMIT 1) c ON true`},
		{"an entry in a member's own account is of their own act", `
			SELECT count(*), count(*) FILTER (WHERE a.kind = 'member' AND e.member_id IS DISTINCT FROM a.member_id OR a.kind = 'fund' AND e.member_id IS NOT NULL OR a.kind = 'household' AND e.member_id IS NULL)
			FROM coop.entries e JOIN coop.hours_accounts a ON a.cooperative_id = e.cooperative_id AND a.id = e.account_id`},
		{"hours that stand in a household's account are nowhere else", `
			SELECT count(*), count(*) FILTER (WHERE a.goes_to IS NOT NULL AND (a.balance <> 0 OR h.kind <> 'household')
				OR a.kind = 'household' AND a.people <> (SELECT count(*) FROM coop.hours_accounts o WHERE o.cooperative_id = a.cooperative_id AND o.goes_to = a.id))
			FROM coop.hours_accounts a LEFT JOIN coop.hours_accounts h ON h.cooperative_id = a.cooperative_id AND h.id = a.goes_to`},
		{"hours are kept for agreements under way, each once, and for nothing else", `
			SELECT count(*), count(*) FILTER (WHERE (g.state IN ('agreed', 'done_claimed', 'disputed')) IS DISTINCT FROM (r.agreement_id IS NOT NULL)
				OR r.agreement_id IS NOT NULL AND (r.member_id <> g.receiver_id OR r.account_id IS DISTINCT FROM coalesce(a.goes_to, a.id)))
			FROM coop.agreements g
			FULL JOIN (SELECT * FROM coop.hours_reserved WHERE released_at IS NULL) r ON r.cooperative_id = g.cooperative_id AND r.agreement_id = g.id
			LEFT JOIN coop.hours_accounts a ON a.cooperative_id = r.cooperative_id AND a.member_id = r.member_id`},
		{"what an account keeps is the sum of what is kept in it", `
			SELECT count(*), count(*) FILTER (WHERE a.reserved <> coalesce(r.total, 0))
			FROM coop.hours_accounts a
			LEFT JOIN (
				SELECT cooperative_id, account_id, sum(minutes) AS total FROM (
					SELECT cooperative_id, account_id, minutes FROM coop.hours_reserved WHERE released_at IS NULL
					UNION ALL
					SELECT d.cooperative_id, f.id, d.minutes FROM coop.deposits d
					JOIN coop.hours_accounts f ON f.cooperative_id = d.cooperative_id AND f.kind = 'fund'
					WHERE d.ended_at IS NULL
				) kept GROUP BY 1, 2
			) r ON r.cooperative_id = a.cooperative_id AND r.account_id = a.id`},
		{"who joined has an account of hours, and each cooperative a fund", `
			SELECT (SELECT count(*) FROM coop.members) + (SELECT count(*) FROM coop.cooperatives),
				(SELECT count(*) FROM coop.members m WHERE NOT EXISTS (SELECT FROM coop.hours_accounts a WHERE a.cooperative_id = m.cooperative_id AND a.member_id = m.id))
				+ (SELECT count(*) FROM coop.cooperatives c WHERE NOT EXISTS (SELECT FROM coop.hours_accounts a WHERE a.cooperative_id = c.id AND a.kind = 'fund'))`},
	}
}

func fund() []Check {
	return []Check{
		{"a draw's state follows from its steps", `
			SELECT count(*), count(*) FILTER (WHERE e.to_state IS DISTINCT FROM d.state OR e.n IS DISTINCT FROM d.steps)
			FROM coop.fund_draws d
			LEFT JOIN LATERAL (SELECT to_state, n FROM coop.fund_draw_events e
				WHERE e.cooperative_id = d.cooperative_id AND e.draw_id = d.id ORDER BY n DESC LIMIT 1) e ON true`},
		{"the steps of a draw follow each other", `
			SELECT count(*), count(*) FILTER (WHERE before IS NOT NULL AND before <> from_state)
			FROM (SELECT from_state, lag(to_state) OVER (PARTITION BY cooperative_id, draw_id ORDER BY n) AS before FROM coop.fund_draw_events) s`},
		{"a granted draw was paid by the fund to its member, what its rule says", `
			SELECT count(*), count(*) FILTER (WHERE t.kind IS DISTINCT FROM 'fund' OR t.minutes IS DISTINCT FROM d.minutes OR d.minutes <> r.minutes
				OR e.member_id IS DISTINCT FROM d.member_id)
			FROM coop.fund_draws d
			JOIN coop.fund_rules r ON r.cooperative_id = d.cooperative_id AND r.id = d.rule_id
			LEFT JOIN coop.transfers t ON t.cooperative_id = d.cooperative_id AND t.id = d.transfer_id
			LEFT JOIN coop.entries e ON e.cooperative_id = t.cooperative_id AND e.transfer_id = t.id AND e.side = 1
			WHERE d.state = 'granted'`},
		{"no rule gave more in a year than was voted, to one or to all", `
			SELECT count(*), count(*) FILTER (WHERE s.minutes > s.yearly_all OR s.most > s.yearly_each)
			FROM (
				SELECT sum(minutes) AS minutes, max(minutes) AS most, max(yearly_all) AS yearly_all, max(yearly_each) AS yearly_each
				FROM (
					SELECT d.cooperative_id, d.rule_id, extract(year FROM d.state_since AT TIME ZONE c.zone) AS year, d.member_id,
						sum(d.minutes) AS minutes, max(r.yearly_all) AS yearly_all, max(r.yearly_each) AS yearly_each
					FROM coop.fund_draws d
					JOIN coop.cooperatives c ON c.id = d.cooperative_id
					JOIN coop.fund_rules r ON r.cooperative_id = d.cooperative_id AND r.id = d.rule_id
					WHERE d.state = 'granted' GROUP BY 1, 2, 3, 4
				) own GROUP BY cooperative_id, rule_id, year
			) s`},
		{"the fund is below zero only by hours that a voted rule made, that were put right, or that a former list held", `
			SELECT count(*), count(*) FILTER (WHERE -a.balance > coalesce(m.minutes, 0) + coalesce(p.minutes, 0))
			FROM coop.hours_accounts a
			LEFT JOIN (SELECT cooperative_id, sum(minutes) AS minutes FROM coop.minted_hours GROUP BY 1) m ON m.cooperative_id = a.cooperative_id
			LEFT JOIN (SELECT e.cooperative_id, e.account_id, sum(e.amount) AS minutes FROM coop.entries e
				JOIN coop.transfers t ON t.cooperative_id = e.cooperative_id AND t.id = e.transfer_id AND t.kind IN ('correction', 'departure', 'opening')
				WHERE e.side = -1 GROUP BY 1, 2) p ON p.cooperative_id = a.cooperative_id AND p.account_id = a.id
			WHERE a.kind = 'fund'`},
	}
}

func exchange() []Check {
	return []Check{
		{"an agreement's state follows from its steps", `
			SELECT count(*), count(*) FILTER (WHERE e.to_state IS DISTINCT FROM a.state OR e.n IS DISTINCT FROM a.steps)
			FROM coop.agreements a
			LEFT JOIN LATERAL (SELECT to_state, n FROM coop.agreement_events e
				WHERE e.cooperative_id = a.cooperative_id AND e.agreement_id = a.id ORDER BY n DESC LIMIT 1) e ON true`},
		{"the steps of an agreement follow each other", `
			SELECT count(*), count(*) FILTER (WHERE before IS NOT NULL AND before <> from_state)
			FROM (SELECT from_state, lag(to_state) OVER (PARTITION BY cooperative_id, agreement_id ORDER BY n) AS before FROM coop.agreement_events) s`},
		{"a settled agreement was paid once, what it says, from receiver to giver", `
			SELECT count(*), count(*) FILTER (WHERE t.minutes IS DISTINCT FROM a.minutes_paid OR p.member_id IS DISTINCT FROM a.giver_id OR q.member_id IS DISTINCT FROM a.receiver_id)
			FROM coop.agreements a
			LEFT JOIN coop.transfers t ON t.cooperative_id = a.cooperative_id AND t.agreement_id = a.id
			LEFT JOIN coop.entries p ON p.cooperative_id = t.cooperative_id AND p.transfer_id = t.id AND p.side = 1
			LEFT JOIN coop.entries q ON q.cooperative_id = t.cooperative_id AND q.transfer_id = t.id AND q.side = -1
			WHERE a.minutes_paid IS NOT NULL`},
		{"only a settled agreement was paid", `
			SELECT count(*), count(*) FILTER (WHERE a.minutes_paid IS NULL)
			FROM coop.transfers t LEFT JOIN coop.agreements a ON a.cooperative_id = t.cooperative_id AND a.id = t.agreement_id
			WHERE t.kind = 'agreement'`},
		{"nobody was paid by their own word alone", `
			SELECT count(*), count(*) FILTER (WHERE CASE e.step
				WHEN 'confirm' THEN e.by_member_id = a.done_by
				WHEN 'accept' THEN a.minutes_paid IS DISTINCT FROM CASE WHEN e.by_member_id = a.done_by THEN a.minutes_answered ELSE a.minutes_claimed END
				ELSE e.by_member_id IN (a.giver_id, a.receiver_id) END)
			FROM coop.agreements a JOIN coop.agreement_events e ON e.cooperative_id = a.cooperative_id AND e.agreement_id = a.id AND e.to_state IN ('confirmed', 'settled')`},
	}
}

func talks() []Check {
	return []Check{
		{"a conversation's log has no gap", `
			SELECT count(*), count(*) FILTER (WHERE k.last_seq <> coalesce(l.last, 0) OR k.last_seq <> coalesce(l.n, 0))
			FROM coop.talks k LEFT JOIN (SELECT agreement_id, max(seq) AS last, count(*) AS n FROM coop.talk_log GROUP BY 1) l ON l.agreement_id = k.agreement_id`},
		{"only the two speak to each other, and who helps them", `
			SELECT count(*), count(*) FILTER (WHERE l.member_id NOT IN (g.giver_id, g.receiver_id) AND l.kind IN ('words', 'tap') AND NOT EXISTS (
				SELECT FROM coop.talk_log h WHERE h.agreement_id = l.agreement_id AND h.member_id = l.member_id AND h.kind = 'help' AND h.seq < l.seq))
			FROM coop.talk_log l JOIN coop.agreements g ON g.cooperative_id = l.cooperative_id AND g.id = l.agreement_id`},
		{"nobody read further than a conversation goes", `
			SELECT count(*), count(*) FILTER (WHERE r.seq > k.last_seq)
			FROM coop.talk_reads r JOIN coop.talks k ON k.agreement_id = r.agreement_id`},
		{"the way to a door is known only between yes and done", `
			SELECT count(*), count(*) FILTER (WHERE g.state <> 'agreed' OR d.member_id IS DISTINCT FROM CASE g.meeting WHEN 'giver_home' THEN g.giver_id WHEN 'receiver_home' THEN g.receiver_id END)
			FROM coop.agreement_directions d JOIN coop.agreements g ON g.cooperative_id = d.cooperative_id AND g.id = d.agreement_id`},
		{"only the outcome of a mediation is answered, by the two", `
			SELECT count(*), count(*) FILTER (WHERE g.state NOT IN ('settled', 'void') OR s.member_id NOT IN (g.giver_id, g.receiver_id))
			FROM coop.agreement_answers s JOIN coop.agreements g ON g.cooperative_id = s.cooperative_id AND g.id = s.agreement_id`},
		{"thanks go from one of the two to the other, for what was done", `
			SELECT count(*), count(*) FILTER (WHERE g.minutes_paid IS NULL OR (t.by_member_id, t.to_member_id) NOT IN ((g.giver_id, g.receiver_id), (g.receiver_id, g.giver_id)))
			FROM coop.agreement_thanks t JOIN coop.agreements g ON g.cooperative_id = t.cooperative_id AND g.id = t.agreement_id`},
		{"who waits for a visitor is neither of the two, and no visit outlasts its time by a day", `
			SELECT count(*), count(*) FILTER (WHERE v.member_id NOT IN (g.giver_id, g.receiver_id) OR v.whom_id IN (g.giver_id, g.receiver_id) OR v.ends_at < now() - interval '1 day')
			FROM coop.visits v JOIN coop.agreements g ON g.cooperative_id = v.cooperative_id AND g.id = v.agreement_id`},
	}
}

func events() []Check {
	return []Check{
		{"no event is fuller than its places", `
			SELECT count(*), count(*) FILTER (WHERE e.capacity IS NOT NULL AND coalesce(r.taken, 0) > e.capacity)
			FROM coop.events e
			LEFT JOIN (SELECT cooperative_id, event_id, sum(1 + guests) AS taken FROM coop.registrations WHERE answer IN ('coming', 'offered') GROUP BY 1, 2) r
				ON r.cooperative_id = e.cooperative_id AND r.event_id = e.id`},
		{"places kept for newcomers are taken by nobody else before their day", `
			SELECT count(*), count(*) FILTER (WHERE coalesce(r.others, 0) > e.capacity - e.newcomer_places)
			FROM coop.events e
			LEFT JOIN (SELECT cooperative_id, event_id, sum(1 + guests) AS others FROM coop.registrations
				WHERE answer IN ('coming', 'offered') AND NOT newcomer GROUP BY 1, 2) r
				ON r.cooperative_id = e.cooperative_id AND r.event_id = e.id
			WHERE e.newcomer_places > 0 AND e.newcomers_opened_at IS NULL AND e.state = 'on'`},
		{"a draw, made again from its seed, comes out in the same order", `
			SELECT count(*), count(*) FILTER (WHERE l.rank <> l.again)
			FROM (SELECT l.rank, row_number() OVER (PARTITION BY l.cooperative_id, l.event_id ORDER BY (
					SELECT min(encode(sha256(convert_to(e.draw_seed || ':' || l.member_id || ':' || n, 'UTF8')), 'hex') COLLATE "C") FROM generate_series(1, l.tickets) n)) AS again
				FROM coop.event_lots l JOIN coop.events e ON e.cooperative_id = l.cooperative_id AND e.id = l.event_id) l`},
		{"the tickets of a draw follow from what weighed", `
			SELECT count(*), count(*) FILTER (WHERE tickets <> greatest(1, 4 - 2 * turns - missed + CASE WHEN first THEN 2 ELSE 0 END)) FROM coop.event_lots`},
		{"a draw gave no more places than there are", `
			SELECT count(*), count(*) FILTER (WHERE e.drawn_at IS NULL OR l.placed > e.capacity)
			FROM coop.events e
			JOIN (SELECT cooperative_id, event_id, sum(party) FILTER (WHERE placed) AS placed FROM coop.event_lots GROUP BY 1, 2) l
				ON l.cooperative_id = e.cooperative_id AND l.event_id = e.id`},
		{"the order of asking at an event is one order", `
			SELECT count(*), count(*) - count(DISTINCT (cooperative_id, event_id, turn)) FROM coop.registrations`},
		{"nobody attended an event that was cancelled before it began", `
			SELECT count(*), count(*) FILTER (WHERE e.cancelled_at < e.starts_at AND a.undone_at IS NULL)
			FROM coop.attendances a JOIN coop.events e ON e.cooperative_id = a.cooperative_id AND e.id = a.event_id`},
		{"a calendar has one open address", `
			SELECT count(*), count(*) - count(DISTINCT (cooperative_id, member_id, kind)) FROM coop.calendar_feeds WHERE shut_at IS NULL`},
		{"an event of a series stands on a day of its rhythm", `
			SELECT count(*), count(*) FILTER (WHERE CASE
				WHEN s.rhythm = 'month_day' THEN date_part('day', e.series_day) <> date_part('day', s.first_on)
				WHEN s.rhythm = 'week' THEN (e.series_day - s.first_on) % 7 <> 0
				WHEN s.rhythm LIKE 'weeks_%' THEN (e.series_day - s.first_on) % (7 * right(s.rhythm, 1)::int) <> 0
				ELSE date_part('dow', e.series_day) <> date_part('dow', s.first_on) END
				OR e.series_day < s.first_on OR e.state = 'on' AND e.series_day > s.last_on)
			FROM coop.events e JOIN coop.event_series s ON s.cooperative_id = e.cooperative_id AND s.id = e.series_id`},
		{"an event that was not changed on its own has the hour of its series", `
			SELECT count(*), count(*) FILTER (WHERE to_char(e.starts_at AT TIME ZONE e.zone, 'HH24:MI') <> s.from_clock)
			FROM coop.events e JOIN coop.event_series s ON s.cooperative_id = e.cooperative_id AND s.id = e.series_id
			WHERE NOT e.edited AND e.state = 'on' AND e.starts_at > coalesce(s.changed_at, s.created_at)`},
	}
}

func boards() []Check {
	return []Check{
		{"a board's log has no gap", `
			SELECT count(*), count(*) FILTER (WHERE b.last_seq <> coalesce(l.last, 0) OR b.last_seq <> coalesce(l.n, 0))
			FROM coop.boards b LEFT JOIN (SELECT board_id, max(seq) AS last, count(*) AS n FROM coop.board_log GROUP BY 1) l ON l.board_id = b.id`},
		{"every notice and comment stands in its board's log once", `
			SELECT count(*), count(*) FILTER (WHERE n <> 1) FROM (
				SELECT (SELECT count(*) FROM coop.board_log l WHERE l.notice_id = n.id AND l.board_id = n.board_id AND l.kind = 'notice') AS n FROM coop.notices n
				UNION ALL
				SELECT (SELECT count(*) FROM coop.board_log l WHERE l.comment_id = c.id AND l.kind = 'comment') FROM coop.comments c) s`},
		{"a notice's comments, thanks and reactions are counted right", `
			SELECT count(*), count(*) FILTER (WHERE n.comments <> (SELECT count(*) FROM coop.comments c WHERE c.cooperative_id = n.cooperative_id AND c.notice_id = n.id AND c.gone_at IS NULL)
				OR n.thanks <> (SELECT count(*) FROM coop.thanks t WHERE t.cooperative_id = n.cooperative_id AND t.notice_id = n.id)
				OR (n.bravos, n.hands, n.courages) <> (SELECT count(*) FILTER (WHERE r.kind = 'bravo'), count(*) FILTER (WHERE r.kind = 'hand'), count(*) FILTER (WHERE r.kind = 'courage')
					FROM coop.reactions r WHERE r.cooperative_id = n.cooperative_id AND r.notice_id = n.id))
			FROM coop.notices n`},
		{"nobody read further than a board goes", `
			SELECT count(*), count(*) FILTER (WHERE r.seq > b.last_seq)
			FROM coop.board_reads r JOIN coop.boards b ON b.cooperative_id = r.cooperative_id AND b.id = r.board_id`},
		{"what was written is hidden or not as was last decided about it", `
			SELECT count(*), count(*) FILTER (WHERE f.state <> coalesce(s.to_state, 'none') OR f.steps <> coalesce(s.n, 0)
				OR (f.state <> 'none') AND coalesce(c.gone_at, n.gone_at) IS NULL OR f.comment_id IS NULL AND (f.state <> 'none') <> (n.gone_rule <> ''))
			FROM coop.board_files f
			JOIN coop.notices n ON n.cooperative_id = f.cooperative_id AND n.id = f.notice_id
			LEFT JOIN coop.comments c ON c.cooperative_id = f.cooperative_id AND c.id = f.comment_id
			LEFT JOIN LATERAL (SELECT to_state, n FROM coop.board_rulings s
				WHERE s.cooperative_id = f.cooperative_id AND s.file_id = f.id ORDER BY n DESC LIMIT 1) s ON true`},
		{"the decisions about what was written follow each other", `
			SELECT count(*), count(*) FILTER (WHERE before <> from_state)
			FROM (SELECT from_state, lag(to_state, 1, 'none') OVER (PARTITION BY cooperative_id, file_id ORDER BY n) AS before FROM coop.board_rulings) s`},
		{"nobody decided about their own words, nor on the answer to what they hid", `
			SELECT count(*), count(*) FILTER (WHERE (s.step = 'contest') <> (s.by_member_id = f.member_id)
				OR s.from_state = 'contested' AND EXISTS (SELECT FROM coop.board_rulings h
					WHERE h.cooperative_id = s.cooperative_id AND h.file_id = s.file_id AND h.step = 'hide' AND h.n < s.n AND h.by_member_id = s.by_member_id))
			FROM coop.board_rulings s JOIN coop.board_files f ON f.cooperative_id = s.cooperative_id AND f.id = s.file_id`},
		{"what a notice said before is kept as often as it was changed", `
			SELECT count(*), count(*) FILTER (WHERE n.edits <> coalesce(e.n, 0) OR n.edits <> coalesce(e.last, 0)
				OR n.edits <> (SELECT count(*) FROM coop.board_log l WHERE l.board_id = n.board_id AND l.notice_id = n.id AND l.kind = 'edit'))
			FROM coop.notices n
			LEFT JOIN (SELECT cooperative_id, notice_id, count(*) AS n, max(n) AS last FROM coop.notice_edits GROUP BY 1, 2) e
				ON e.cooperative_id = n.cooperative_id AND e.notice_id = n.id`},
		{"what is at the top of a board was put there, and few are", `
			SELECT count(*), count(*) FILTER (WHERE n.gone_at IS NOT NULL OR n.n > 3
				OR NOT EXISTS (SELECT FROM coop.board_log l WHERE l.board_id = n.board_id AND l.seq = n.top AND l.kind = 'top' AND l.notice_id = n.id))
			FROM (SELECT *, count(*) OVER (PARTITION BY board_id) AS n FROM coop.notices WHERE top > 0) n`},
		{"no notice ended before its time", `
			SELECT count(*), count(*) FILTER (WHERE expired_at < expires_at OR expires_at IS NULL OR gone_rule <> '')
			FROM coop.notices WHERE expired_at IS NOT NULL`},
		{"nobody reported their own words", `
			SELECT count(*), count(*) FILTER (WHERE r.member_id = f.member_id)
			FROM coop.board_reports r JOIN coop.board_files f ON f.cooperative_id = r.cooperative_id AND f.id = r.file_id`},
	}
}

func participation() []Check {
	return []Check{
		{"participation is what happened, month by month", `
			WITH happened AS (
				SELECT cooperative_id, member_id, date_trunc('month', at AT TIME ZONE 'Europe/Paris')::date AS month,
					sum(given) AS given, sum(received) AS received, sum(events) AS events, sum(board) AS board
				FROM (
					SELECT a.cooperative_id, a.giver_id AS member_id, a.state_since AS at, 1 AS given, 0 AS received, 0 AS events, 0 AS board FROM coop.agreements a WHERE a.minutes_paid IS NOT NULL AND NOT EXISTS (SELECT FROM coop.transfers t JOIN coop.transfers c ON c.cooperative_id = t.cooperative_id AND c.corrects_id = t.id WHERE t.cooperative_id = a.cooperative_id AND t.agreement_id = a.id)
					UNION ALL SELECT a.cooperative_id, a.receiver_id, a.state_since, 0, 1, 0, 0 FROM coop.agreements a WHERE a.minutes_paid IS NOT NULL AND NOT EXISTS (SELECT FROM coop.transfers t JOIN coop.transfers c ON c.cooperative_id = t.cooperative_id AND c.corrects_id = t.id WHERE t.cooperative_id = a.cooperative_id AND t.agreement_id = a.id)
					UNION ALL SELECT f.cooperative_id, f.bearer_id, f.state_since, 1, 0, 0, 0 FROM coop.cheque_leaves f WHERE f.state = 'paid' AND NOT EXISTS (SELECT FROM coop.transfers c WHERE c.cooperative_id = f.cooperative_id AND c.corrects_id = f.transfer_id)
					UNION ALL SELECT f.cooperative_id, f.drawer_id, f.state_since, 0, 1, 0, 0 FROM coop.cheque_leaves f WHERE f.state = 'paid' AND NOT EXISTS (SELECT FROM coop.transfers c WHERE c.cooperative_id = f.cooperative_id AND c.corrects_id = f.transfer_id)
					UNION ALL SELECT t.cooperative_id, t.member_id, e.starts_at, 0, 0, 1, 0 FROM coop.attendances t JOIN coop.events e ON e.cooperative_id = t.cooperative_id AND e.id = t.event_id WHERE t.undone_at IS NULL
					UNION ALL SELECT cooperative_id, member_id, created_at, 0, 0, 0, 1 FROM coop.notices
					UNION ALL SELECT cooperative_id, member_id, created_at, 0, 0, 0, 1 FROM coop.comments
				) s GROUP BY 1, 2, 3
			)
			SELECT count(*), count(*) FILTER (WHERE coalesce(p.help_given, 0) <> coalesce(h.given, 0) OR coalesce(p.help_received, 0) <> coalesce(h.received, 0)
				OR coalesce(p.events, 0) <> coalesce(h.events, 0) OR coalesce(p.board, 0) <> coalesce(h.board, 0))
			FROM happened h FULL JOIN coop.participation p ON p.cooperative_id = h.cooperative_id AND p.member_id = h.member_id AND p.month = h.month`},
	}
}
