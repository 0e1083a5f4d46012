package check

func bond() []Check {
	return []Check{
		{"a consent opens for six months, on a link of its own person", `
			SELECT count(*), count(*) FILTER (WHERE c.lapses_at <> c.given_at + interval '6 months' OR c.given_at < l.made_at)
			FROM bond.consents c JOIN bond.links l ON l.id = c.link_id`},
		{"nobody read through the door without a consent that was live then, to them", `
			SELECT count(*), count(*) FILTER (WHERE EXISTS (
				SELECT FROM unnest(r.scopes) AS s (scope) WHERE NOT EXISTS (
					SELECT FROM bond.consents c WHERE c.link_id = r.link_id AND c.scope = s.scope AND c.worker_id = r.worker_id
					AND c.given_at <= r.at AND c.lapses_at > r.at AND (c.withdrawn_at IS NULL OR c.withdrawn_at >= r.at))))
			FROM bond.readings r`},
		{"an ended link keeps nothing open", `
			SELECT count(*), count(*) FILTER (WHERE EXISTS (SELECT FROM bond.consents c WHERE c.link_id = l.id AND c.withdrawn_at IS NULL))
			FROM bond.links l WHERE l.ended_at IS NOT NULL`},
		{"a link joins an adult of the case to a member", `
			SELECT count(*), count(*) FILTER (WHERE NOT EXISTS (SELECT FROM coop.members m WHERE m.id = l.member_id AND m.cooperative_id = l.cooperative_id)
				OR NOT EXISTS (SELECT FROM support.persons p JOIN support.cases c ON c.household_id = p.household_id WHERE p.id = l.person_id AND c.id = l.case_id AND p.adult))
			FROM bond.links l`},
		{"a code lived fifteen minutes at most", `
			SELECT count(*), count(*) FILTER (WHERE expires_at > given_at + interval '15 minutes' OR used_at > expires_at) FROM bond.codes`},
		{"the door's clock is the real one", `
			SELECT count(*), count(*) FILTER (WHERE may_be_told) FROM bond.clock`},
	}
}
