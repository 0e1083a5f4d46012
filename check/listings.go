package check

func listings() []Check {
	return []Check{
		{"a listing is hidden or not as was last decided about it", `
			SELECT count(*), count(*) FILTER (WHERE l.moderation <> coalesce(s.to_state, 'none'))
			FROM coop.listings l
			LEFT JOIN LATERAL (SELECT to_state FROM coop.listing_rulings s
				WHERE s.cooperative_id = l.cooperative_id AND s.listing_id = l.id ORDER BY n DESC LIMIT 1) s ON true`},
		{"the decisions about a listing follow each other", `
			SELECT count(*), count(*) FILTER (WHERE before <> from_state)
			FROM (SELECT from_state, lag(to_state, 1, 'none') OVER (PARTITION BY cooperative_id, listing_id ORDER BY n) AS before FROM coop.listing_rulings) s`},
		{"nobody decided about their own listing, nor on the answer to what they hid", `
			SELECT count(*), count(*) FILTER (WHERE (s.step = 'contest') <> (s.by_member_id = l.member_id)
				OR s.from_state = 'contested' AND EXISTS (SELECT FROM coop.listing_rulings h
					WHERE h.cooperative_id = s.cooperative_id AND h.listing_id = s.listing_id AND h.step = 'hide' AND h.n < s.n AND h.by_member_id = s.by_member_id))
			FROM coop.listing_rulings s JOIN coop.listings l ON l.cooperative_id = s.cooperative_id AND l.id = s.listing_id`},
		{"a photo that is kept hangs somewhere, and what hangs is kept and its owner's", `
			SELECT count(*), count(*) FILTER (WHERE (f.state = 'kept') <> (coalesce(s.n, 0) = 1) OR s.owner <> f.member_id)
			FROM coop.photos f
			LEFT JOIN LATERAL (SELECT count(*) AS n, min(h.member_id::text)::uuid AS owner FROM (
				SELECT l.member_id FROM coop.listing_photos p JOIN coop.listings l ON l.cooperative_id = p.cooperative_id AND l.id = p.listing_id
				WHERE p.cooperative_id = f.cooperative_id AND p.photo_id = f.id
				UNION ALL
				SELECT n.member_id FROM coop.notice_photos p JOIN coop.notices n ON n.cooperative_id = p.cooperative_id AND n.id = p.notice_id
				WHERE p.cooperative_id = f.cooperative_id AND p.photo_id = f.id) h) s ON true`},
	}
}
