package check

func desk() []Check {
	return []Check{
		{"nobody carried or witnessed an act at the desk that they had a part in", `
			SELECT count(*), count(*) FILTER (WHERE d.other_id IN (a.by_member_id, a.witness_id))
			FROM coop.acts a JOIN coop.acts_done d ON d.cooperative_id = a.cooperative_id AND d.act_id = a.id
			WHERE d.other_id IS NOT NULL`},
		{"each line of a journal was done", `
			SELECT count(*), count(*) FILTER (WHERE (d.act_id IS NULL) <> (a.kind = 'open'))
			FROM coop.acts a LEFT JOIN coop.acts_done d ON d.cooperative_id = a.cooperative_id AND d.act_id = a.id`},
		{"what was taken back was so within two days, by its member or at the desk", `
			SELECT count(*), count(*) FILTER (WHERE u.at >= a.at + interval '48 hours' OR u.at < a.at OR u.by_member_id <> a.member_id
				AND NOT EXISTS (SELECT FROM coop.member_roles r WHERE r.cooperative_id = u.cooperative_id AND r.member_id = u.by_member_id
					AND r.role = 'facilitator' AND r.from_at <= u.at))
			FROM coop.acts_undone u JOIN coop.acts a ON a.cooperative_id = u.cooperative_id AND a.id = u.act_id`},
		{"hours taken back at the desk were answered by somebody else, and given back when they said so", `
			SELECT count(*), count(*) FILTER (WHERE r.by_member_id IN (a.member_id, a.by_member_id, d.other_id)
				OR r.outcome = 'corrected' AND NOT EXISTS (SELECT FROM coop.transfers c JOIN coop.transfers t ON t.cooperative_id = c.cooperative_id AND t.id = c.corrects_id
					WHERE c.cooperative_id = d.cooperative_id AND d.subject_id IN (t.id, t.agreement_id)))
			FROM coop.acts_answered r
			JOIN coop.acts a ON a.cooperative_id = r.cooperative_id AND a.id = r.act_id
			JOIN coop.acts_done d ON d.cooperative_id = r.cooperative_id AND d.act_id = r.act_id`},
	}
}
