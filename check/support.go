package check

func accounts() []Check {
	return []Check{
		{"a resident's account belongs to a member", `
			SELECT count(*), count(*) FILTER (WHERE m.id IS NULL)
			FROM account.residents r LEFT JOIN coop.members m ON m.id = r.member_id AND m.cooperative_id = r.cooperative_id`},
		{"no session outlives its device or its account", `
			SELECT count(*), count(*) FILTER (WHERE d.ended_at IS NOT NULL OR r.ended_at IS NOT NULL OR p.ended_at IS NOT NULL)
			FROM account.sessions s
			LEFT JOIN account.devices d ON d.id = s.device_id
			LEFT JOIN account.residents r ON r.id = s.resident_id
			LEFT JOIN account.professionals p ON p.id = s.professional_id
			WHERE s.ended_at IS NULL`},
		{"a professional's account belongs to a worker of the same function", `
			SELECT count(*), count(*) FILTER (WHERE w.id IS NULL OR w.function <> p.function)
			FROM account.professionals p LEFT JOIN support.workers w ON w.id = p.id`},
	}
}

func support() []Check {
	return []Check{
		{"an open case has one referent", `
			SELECT count(*), count(*) FILTER (WHERE (SELECT count(*) FROM support.case_members m WHERE m.case_id = c.id AND m.role = 'referent' AND m.until_at IS NULL) <> 1)
			FROM support.cases c WHERE c.state <> 'closed'`},
		{"a case's state follows from its steps", `
			SELECT count(*), count(*) FILTER (WHERE e.to_state IS DISTINCT FROM c.state)
			FROM support.cases c
			LEFT JOIN LATERAL (SELECT to_state FROM support.case_events e WHERE e.case_id = c.id ORDER BY n DESC LIMIT 1) e ON true`},
		{"the last contact of a case is its latest contact", `
			SELECT count(*), count(*) FILTER (WHERE c.last_contact_at IS DISTINCT FROM (SELECT max(t.at) FROM support.contacts t WHERE t.case_id = c.id))
			FROM support.cases c`},
		{"whoever looked at a case was on it, or coordinates", `
			SELECT count(*), count(*) FILTER (WHERE w.function <> 'coordinator' AND NOT EXISTS (
				SELECT FROM support.case_members m WHERE m.case_id = a.case_id AND m.worker_id = a.worker_id
				AND m.from_at <= a.at AND (m.until_at IS NULL OR m.until_at >= a.at)))
			FROM support.accesses a JOIN support.workers w ON w.id = a.worker_id`},
		{"a household's open case has an adult", `
			SELECT count(*), count(*) FILTER (WHERE NOT EXISTS (SELECT FROM support.persons p WHERE p.household_id = c.household_id AND p.adult))
			FROM support.cases c WHERE c.state <> 'closed'`},
		{"a closed case shows nothing more, and expects nobody", `
			SELECT count(*), count(*) FILTER (WHERE EXISTS (SELECT FROM bond.links l WHERE l.case_id = c.id AND l.ended_at IS NULL)
				OR EXISTS (SELECT FROM support.appointments a WHERE a.case_id = c.id AND a.at >= c.closed_at AND a.cancelled_at IS NULL))
			FROM support.cases c WHERE c.state = 'closed'`},
	}
}

func walls() []Check {
	return []Check{
		{"row-level security is forced on every table of support", `
			SELECT count(*), count(*) FILTER (WHERE NOT (c.relrowsecurity AND c.relforcerowsecurity))
			FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'support' AND c.relkind IN ('r', 'p')`},
		{"no role enters a room that is not its own", `
			SELECT count(*), count(*) FILTER (WHERE has_schema_privilege(role, room, 'USAGE'))
			FROM (VALUES ('lien_coop', 'support'), ('lien_coop', 'bond'), ('lien_coop', 'account'), ('lien_coop', 'study'),
				('lien_support', 'coop'), ('lien_support', 'account'), ('lien_support', 'study'),
				('lien_account', 'coop'), ('lien_account', 'support'), ('lien_account', 'study'),
				('lien_study', 'coop'), ('lien_study', 'support'), ('lien_study', 'bond'), ('lien_study', 'account')) AS w (role, room)`},
		{"nobody reads the door's tables but through its functions", `
			SELECT count(*), count(*) FILTER (WHERE has_table_privilege(role, c.oid, 'SELECT, INSERT, UPDATE, DELETE'))
			FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
			CROSS JOIN (VALUES ('lien_account'), ('lien_coop'), ('lien_support'), ('lien_study'), ('lien_jobs')) AS r (role)
			WHERE n.nspname = 'bond' AND c.relkind IN ('r', 'p')`},
		{"transfers and entries cannot be changed by the cooperative's role", `
			SELECT count(*), count(*) FILTER (WHERE has_table_privilege('lien_coop', t, 'UPDATE, DELETE, TRUNCATE'))
			FROM (VALUES ('coop.transfers'), ('coop.entries'), ('coop.agreement_events'), ('coop.member_events'), ('coop.board_log')) AS a (t)`},
	}
}
