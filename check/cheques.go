package check

func cheques() []Check {
	return []Check{
		{"a booklet has all its leaves, and each is of its drawer", `
			SELECT count(*), count(*) FILTER (WHERE b.leaves <> (SELECT count(*) FROM coop.cheque_leaves f
				WHERE f.cooperative_id = b.cooperative_id AND f.booklet_id = b.id AND f.drawer_id = b.member_id AND f.n BETWEEN 1 AND b.leaves))
			FROM coop.cheque_booklets b`},
		{"a leaf's state follows from its steps", `
			SELECT count(*), count(*) FILTER (WHERE coalesce(e.to_state, 'blank') <> f.state OR coalesce(e.n, 0) <> f.steps)
			FROM coop.cheque_leaves f
			LEFT JOIN LATERAL (SELECT to_state, n FROM coop.cheque_events e
				WHERE e.cooperative_id = f.cooperative_id AND e.leaf_id = f.id ORDER BY n DESC LIMIT 1) e ON true`},
		{"the steps of a leaf follow each other", `
			SELECT count(*), count(*) FILTER (WHERE from_state <> coalesce(before, 'blank'))
			FROM (SELECT from_state, lag(to_state) OVER (PARTITION BY cooperative_id, leaf_id ORDER BY n) AS before FROM coop.cheque_events) s`},
		{"a leaf was spent once, for what it says, from its drawer to who brought it", `
			SELECT count(*), count(*) FILTER (WHERE t.kind IS DISTINCT FROM 'cheque' OR t.client_key IS DISTINCT FROM f.id OR t.minutes IS DISTINCT FROM f.minutes_paid
				OR p.member_id IS DISTINCT FROM f.bearer_id OR q.member_id IS DISTINCT FROM f.drawer_id)
			FROM coop.cheque_leaves f
			LEFT JOIN coop.transfers t ON t.cooperative_id = f.cooperative_id AND t.id = f.transfer_id
			LEFT JOIN coop.entries p ON p.cooperative_id = t.cooperative_id AND p.transfer_id = t.id AND p.side = 1
			LEFT JOIN coop.entries q ON q.cooperative_id = t.cooperative_id AND q.transfer_id = t.id AND q.side = -1
			WHERE f.state = 'paid'`},
		{"every transfer by cheque has its leaf", `
			SELECT count(*), count(*) FILTER (WHERE f.id IS NULL)
			FROM coop.transfers t LEFT JOIN coop.cheque_leaves f ON f.cooperative_id = t.cooperative_id AND f.transfer_id = t.id
			WHERE t.kind = 'cheque'`},
		{"no leaf was paid by the word of who brought it alone", `
			SELECT count(*), count(*) FILTER (WHERE CASE
				WHEN e.step = 'confirm' THEN e.by_member_id <> f.drawer_id
				WHEN e.step = 'accept' THEN f.minutes_paid IS DISTINCT FROM CASE e.by_member_id WHEN f.drawer_id THEN f.minutes_claimed ELSE f.minutes_answered END
				WHEN e.step IN ('honour', 'witness') THEN e.by_member_id IN (f.drawer_id, f.bearer_id) OR e.witness_id IS DISTINCT FROM e.by_member_id
				ELSE e.by_member_id IN (f.drawer_id, f.bearer_id) END)
			FROM coop.cheque_leaves f JOIN coop.cheque_events e ON e.cooperative_id = f.cooperative_id AND e.leaf_id = f.id AND e.to_state = 'paid'`},
		{"a passport shows no more hours than its member gave", `
			SELECT count(*), count(*) FILTER (WHERE (SELECT coalesce(sum((t->>'minutes')::bigint), 0) FROM jsonb_array_elements(coalesce(k.shown->'themes', '[]')) t) >
				(SELECT coalesce(sum(g.minutes_paid), 0) FROM coop.agreements g WHERE g.cooperative_id = k.cooperative_id AND g.giver_id = k.member_id)
				+ (SELECT coalesce(sum(f.minutes_paid), 0) FROM coop.cheque_leaves f WHERE f.cooperative_id = k.cooperative_id AND f.bearer_id = k.member_id))
			FROM coop.passport_links k WHERE k.shown IS NOT NULL`},
	}
}
