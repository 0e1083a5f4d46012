package check

// households are the promises about who lives together, and where.
func households() []Check {
	return []Check{
		{"a member lives where their last move led", `
			SELECT count(*), count(*) FILTER (WHERE s.place_id IS DISTINCT FROM m.place_id)
			FROM coop.members m LEFT JOIN coop.member_places s ON s.cooperative_id = m.cooperative_id AND s.member_id = m.id AND s.until_at IS NULL
			WHERE m.state <> 'left'`},
		{"nobody lives in a place that is closed", `
			SELECT count(*), count(*) FILTER (WHERE p.closed_at IS NOT NULL)
			FROM coop.members m JOIN coop.places p ON p.cooperative_id = m.cooperative_id AND p.id = m.place_id WHERE m.state <> 'left'`},
		{"who shares a household's account lives there", `
			SELECT count(*), count(*) FILTER (WHERE NOT EXISTS (SELECT FROM coop.household_members p
				WHERE p.cooperative_id = a.cooperative_id AND p.member_id = a.member_id AND p.household_id = h.household_id AND p.until_at IS NULL))
			FROM coop.hours_accounts a JOIN coop.hours_accounts h ON h.cooperative_id = a.cooperative_id AND h.id = a.goes_to`},
		{"a household ends with the last who lives there", `
			SELECT count(*), count(*) FILTER (WHERE (h.ended_at IS NULL) <> EXISTS (SELECT FROM coop.household_members p
				WHERE p.cooperative_id = h.cooperative_id AND p.household_id = h.id AND p.until_at IS NULL))
			FROM coop.households h`},
		{"the hours of a household are somebody's, or wait to be divided", `
			SELECT count(*), count(*) FILTER (WHERE a.balance <> 0 AND a.people = 0 AND NOT EXISTS (SELECT FROM coop.partings p
				WHERE p.cooperative_id = a.cooperative_id AND p.household_id = a.household_id AND p.settled_at IS NULL))
			FROM coop.hours_accounts a WHERE a.kind = 'household'`},
		{"a figure that was divided was signed by two, or decided with a reason", `
			SELECT count(*), count(*) FILTER (WHERE p.settled_by IS NULL AND (
				SELECT count(DISTINCT s.member_id) FROM coop.parting_signatures s JOIN coop.partings o ON o.cooperative_id = s.cooperative_id AND o.id = s.parting_id
				WHERE o.cooperative_id = p.cooperative_id AND o.household_id = p.household_id AND o.settled_at = p.settled_at) < 2)
			FROM coop.partings p WHERE p.settled_at IS NOT NULL`},
		{"what a departure left was moved once, where it was decided", `
			SELECT count(*), count(*) FILTER (WHERE (SELECT count(*) FROM coop.transfers t JOIN coop.entries e ON e.cooperative_id = t.cooperative_id AND e.transfer_id = t.id
				WHERE t.cooperative_id = d.cooperative_id AND t.kind = 'departure' AND t.at = d.closed_at AND e.member_id = d.member_id AND e.minutes = -d.minutes)
				<> CASE d.minutes WHEN 0 THEN 0 ELSE 1 END)
			FROM coop.departures d WHERE d.closed_at IS NOT NULL`},
		{"who began a departure for somebody else facilitated then", `
			SELECT count(*), count(*) FILTER (WHERE NOT EXISTS (SELECT FROM coop.member_roles r WHERE r.cooperative_id = d.cooperative_id AND r.member_id = d.begun_by
				AND r.role = 'facilitator' AND r.from_at <= d.began_at AND (r.until_at IS NULL OR r.until_at >= d.began_at)))
			FROM coop.departures d WHERE d.because IS NOT NULL`},
	}
}
