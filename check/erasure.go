package check

import "lien/coop/erasure"

// erasures are the promises about who asked that their traces go.
func erasures() []Check {
	return []Check{
		{"nothing is left of what an erased member wrote or was called", erasure.Remains()},
		{"who was erased had left, had asked for it, and had a week at least to change their mind", `
			SELECT count(*), count(*) FILTER (WHERE m.state <> 'left' OR d.erased_at < d.erase_at OR d.erase_at < greatest(d.closed_at, d.erase_asked_at) + interval '7 days')
			FROM coop.departures d JOIN coop.members m ON m.cooperative_id = d.cooperative_id AND m.id = d.member_id WHERE d.erased_at IS NOT NULL`},
		{"nothing lets in who was erased", `
			SELECT count(*), count(*) FILTER (WHERE EXISTS (SELECT FROM account.residents r LEFT JOIN account.devices v ON v.resident_id = r.id
				WHERE r.cooperative_id = d.cooperative_id AND r.member_id = d.member_id AND (r.ended_at IS NULL OR v.ended_at IS NULL AND v.id IS NOT NULL OR v.name <> '')))
			FROM coop.departures d WHERE d.erased_at IS NOT NULL`},
		{"the door shows nothing of who was erased", `
			SELECT count(*), count(*) FILTER (WHERE EXISTS (SELECT FROM bond.links l LEFT JOIN bond.highlights h ON h.link_id = l.id
				WHERE l.cooperative_id = d.cooperative_id AND l.member_id = d.member_id AND (l.set_aside_at IS NULL OR h.words <> '…')))
			FROM coop.departures d WHERE d.erased_at IS NOT NULL`},
	}
}
