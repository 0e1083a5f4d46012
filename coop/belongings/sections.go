package belongings

// named is the name that a neighbour shows; nothing once they have left.
const named = `CASE WHEN m.state = 'left' THEN '' ELSE m.name END`

// Sections are what a member is given, in the order of its pages.
func Sections() []Section {
	all := append(self(), help()...)
	all = append(all, ledger()...)
	return append(all, together()...)
}

func self() []Section {
	return []Section{
		{"me", []string{"members", "hours_accounts"}, `
			SELECT m.name, m.own_name, m.number::text AS number, m.language, m.speaks AS languages, m.joined_at AS at, m.state,
			  (SELECT a.balance FROM coop.hours_accounts a WHERE a.cooperative_id = m.cooperative_id AND a.member_id = m.id) AS minutes
			FROM coop.members m WHERE m.cooperative_id = ?0 AND m.id = ?1`},
		{"places", []string{"member_places"}, `
			SELECT p.name, s.from_at AS at, s.until_at AS until
			FROM coop.member_places s JOIN coop.places p ON p.cooperative_id = s.cooperative_id AND p.id = s.place_id
			WHERE s.cooperative_id = ?0 AND s.member_id = ?1 ORDER BY s.from_at, s.place_id`},
		{"roles", []string{"member_roles", "role_plans"}, `
			SELECT role AS kind, from_at AS at, until_at AS until
			FROM coop.member_roles WHERE cooperative_id = ?0 AND member_id = ?1
			UNION ALL
			SELECT role, from_on::timestamptz, last_on::timestamptz
			FROM coop.role_plans WHERE cooperative_id = ?0 AND member_id = ?1 AND NOT begun
			ORDER BY 2, 1`},
		{"membership", []string{"member_events"}, `
			SELECT e.at, e.step, e.to_state AS state, e.reason AS words, CASE WHEN e.by_member_id = ?1 THEN '' ELSE ` + named + ` END AS by
			FROM coop.member_events e LEFT JOIN coop.members m ON m.cooperative_id = e.cooperative_id AND m.id = e.by_member_id
			WHERE e.cooperative_id = ?0 AND e.member_id = ?1 ORDER BY e.n`},
		{"application", []string{"applications", "application_events"}, `
			SELECT e.at, a.name, a.reach AS kind, a.phone AS number, a.words, a.language, e.step, e.words AS answer_words
			FROM coop.applications a
			JOIN coop.application_events e ON e.cooperative_id = a.cooperative_id AND e.application_id = a.id
			WHERE a.cooperative_id = ?0 AND a.member_id = ?1 ORDER BY a.id, e.n`},
		{"pauses", []string{"pauses"}, `
			SELECT from_on AS at, until_on AS until
			FROM coop.pauses WHERE cooperative_id = ?0 AND member_id = ?1 ORDER BY from_on, id`},
		{"suspensions", []string{"suspensions"}, `
			SELECT decided_at AS at, until_on AS until, reason AS words, contest AS details, review AS answer_words, outcome AS state
			FROM coop.suspensions WHERE cooperative_id = ?0 AND member_id = ?1 ORDER BY decided_at, id`},
		{"departure", []string{"departures"}, `
			SELECT began_at AS at, closed_at AS until, minutes, CASE WHEN erase THEN 'erase' ELSE 'keep' END AS kind, why AS words
			FROM coop.departures WHERE cooperative_id = ?0 AND member_id = ?1 ORDER BY began_at, id`},
		{"charter", []string{"charter_acceptances"}, `
			SELECT accepted_at AS at, version::text AS number, language, channel
			FROM coop.charter_acceptances WHERE cooperative_id = ?0 AND member_id = ?1 ORDER BY accepted_at, version`},
		{"directory", []string{"directory"}, `
			SELECT listed AS shown, likes AS words, likes_language AS language, changed_at AS at
			FROM coop.directory WHERE cooperative_id = ?0 AND member_id = ?1`},
		{"hidden", []string{"blocks"}, `
			SELECT b.at, ` + named + ` AS "with"
			FROM coop.blocks b JOIN coop.members m ON m.cooperative_id = b.cooperative_id AND m.id = b.hidden_id
			WHERE b.cooperative_id = ?0 AND b.member_id = ?1 ORDER BY b.at, b.hidden_id`},
		{"household", []string{"household_members"}, `
			SELECT from_at AS at, until_at AS until
			FROM coop.household_members WHERE cooperative_id = ?0 AND member_id = ?1 ORDER BY from_at, household_id`},
		{"children", []string{"household_minors"}, `
			SELECT name, from_at AS at, until_at AS until
			FROM coop.household_minors WHERE cooperative_id = ?0 AND added_by = ?1 ORDER BY from_at, id`},
		{"partings", []string{"parting_signatures"}, `
			SELECT at, minutes, channel
			FROM coop.parting_signatures WHERE cooperative_id = ?0 AND member_id = ?1 ORDER BY at, parting_id, n`},
		{"net", []string{"safety_nets"}, `
			SELECT s.set_at AS at, s.weeks AS count, ` + named + ` AS "with"
			FROM coop.safety_nets s JOIN coop.members m ON m.cooperative_id = s.cooperative_id AND m.id = s.whom_id
			WHERE s.cooperative_id = ?0 AND s.member_id = ?1`},
		{"welcomes", []string{"buddyships", "buddy_volunteers"}, `
			SELECT b.created_at AS at, b.state, ` + named + ` AS "with", CASE WHEN b.buddy_id = ?1 THEN 'given' ELSE 'received' END AS side
			FROM coop.buddyships b
			JOIN coop.members m ON m.cooperative_id = b.cooperative_id AND m.id = CASE WHEN b.buddy_id = ?1 THEN b.newcomer_id ELSE b.buddy_id END
			WHERE b.cooperative_id = ?0 AND ?1 IN (b.newcomer_id, b.buddy_id)
			UNION ALL
			SELECT since, 'volunteer', '', 'given' FROM coop.buddy_volunteers WHERE cooperative_id = ?0 AND member_id = ?1
			ORDER BY 1`},
		{"calls", []string{"welcome_calls"}, `
			SELECT at, again_on AS until, outcome AS state
			FROM coop.welcome_calls WHERE cooperative_id = ?0 AND member_id = ?1 ORDER BY id`},
		{"acts", []string{"acts", "acts_done", "acts_undone", "acts_answered"}, `
			SELECT a.at, a.kind, CASE WHEN a.by_member_id = ?1 THEN '' ELSE ` + named + ` END AS by, d.minutes, u.at AS until, coalesce(r.words, '') AS answer_words
			FROM coop.acts a
			JOIN coop.members m ON m.cooperative_id = a.cooperative_id AND m.id = a.by_member_id
			LEFT JOIN coop.acts_done d ON d.cooperative_id = a.cooperative_id AND d.act_id = a.id
			LEFT JOIN coop.acts_undone u ON u.cooperative_id = a.cooperative_id AND u.act_id = a.id
			LEFT JOIN coop.acts_answered r ON r.cooperative_id = a.cooperative_id AND r.act_id = a.id
			WHERE a.cooperative_id = ?0 AND a.member_id = ?1 ORDER BY a.id`},
		{"invitations", []string{"invitations"}, `
			SELECT i.created_at AS at, i.expires_at AS until, p.name AS place
			FROM coop.invitations i JOIN coop.places p ON p.cooperative_id = i.cooperative_id AND p.id = i.place_id
			WHERE i.cooperative_id = ?0 AND ?1 IN (i.made_by, i.used_by) ORDER BY i.id`},
		{"told", []string{"inbox"}, `
			SELECT i.told_at AS at, i.kind, coalesce(i.title, '') AS title, coalesce(` + named + `, '') AS "with", i.minutes
			FROM coop.inbox i LEFT JOIN coop.members m ON m.cooperative_id = i.cooperative_id AND m.id = i.by_member_id
			WHERE i.cooperative_id = ?0 AND i.member_id = ?1 ORDER BY i.id`},
		{"participation", []string{"participation"}, `
			SELECT month, help_given AS given, help_received AS received, events, board
			FROM coop.participation WHERE cooperative_id = ?0 AND member_id = ?1 ORDER BY month`},
	}
}

func help() []Section {
	return []Section{
		{"listings", []string{"listings"}, `
			SELECT created_at AS at, expires_at AS until, title, details, language, kind, category, place AS whereabouts, minutes, state
			FROM coop.listings WHERE cooperative_id = ?0 AND member_id = ?1 ORDER BY id`},
		{"photos", []string{"photos"}, `
			SELECT p.created_at AS at, coalesce(l.words, n.words, '') AS words, p.state
			FROM coop.photos p LEFT JOIN coop.listing_photos l ON l.cooperative_id = p.cooperative_id AND l.photo_id = p.id
			LEFT JOIN coop.notice_photos n ON n.cooperative_id = p.cooperative_id AND n.photo_id = p.id
			WHERE p.cooperative_id = ?0 AND p.member_id = ?1 AND p.state = 'kept' ORDER BY p.id`},
		{"searches", []string{"searches"}, `
			SELECT created_at AS at, words, kind, category
			FROM coop.searches WHERE cooperative_id = ?0 AND member_id = ?1 ORDER BY id`},
		{"reports", []string{"listing_reports", "board_reports"}, `
			SELECT at, reason, words
			FROM (SELECT * FROM coop.listing_reports UNION ALL SELECT * FROM coop.board_reports) r
			WHERE cooperative_id = ?0 AND member_id = ?1 ORDER BY id`},
		{"workshops", []string{"workshop_turns"}, `
			SELECT t.asked_at AS at, t.left_at AS until, l.title
			FROM coop.workshop_turns t JOIN coop.listings l ON l.cooperative_id = t.cooperative_id AND l.id = t.listing_id
			WHERE t.cooperative_id = ?0 AND t.member_id = ?1 ORDER BY t.asked_at, t.listing_id`},
		{"agreements", []string{"agreements"}, `
			SELECT g.planned_at AS at, g.about AS title, g.language, ` + named + ` AS "with", CASE WHEN g.giver_id = ?1 THEN 'given' ELSE 'received' END AS side,
			  coalesce(g.minutes_paid, g.minutes_planned) AS minutes, g.state
			FROM coop.agreements g
			JOIN coop.members m ON m.cooperative_id = g.cooperative_id AND m.id = CASE WHEN g.giver_id = ?1 THEN g.receiver_id ELSE g.giver_id END
			WHERE g.cooperative_id = ?0 AND ?1 IN (g.giver_id, g.receiver_id) ORDER BY g.id`},
		{"steps", []string{"agreement_events"}, `
			SELECT e.at, g.about AS title, e.step, CASE WHEN e.by_member_id = ?1 THEN '' ELSE ` + named + ` END AS by, e.minutes, e.words, e.channel
			FROM coop.agreements g
			JOIN coop.agreement_events e ON e.cooperative_id = g.cooperative_id AND e.agreement_id = g.id
			JOIN coop.members m ON m.cooperative_id = e.cooperative_id AND m.id = e.by_member_id
			WHERE g.cooperative_id = ?0 AND ?1 IN (g.giver_id, g.receiver_id) ORDER BY g.id, e.n`},
		{"conversations", []string{"talk_log"}, `
			SELECT t.at, g.about AS title, CASE WHEN t.member_id = ?1 THEN '' ELSE coalesce(` + named + `, '') END AS by, t.body AS words, t.language
			FROM coop.agreements g
			JOIN coop.talk_log t ON t.cooperative_id = g.cooperative_id AND t.agreement_id = g.id
			LEFT JOIN coop.members m ON m.cooperative_id = t.cooperative_id AND m.id = t.member_id
			WHERE g.cooperative_id = ?0 AND ?1 IN (g.giver_id, g.receiver_id) AND t.kind <> 'step' ORDER BY g.id, t.seq`},
		{"answers", []string{"agreement_answers", "agreement_directions"}, `
			SELECT at, words, language FROM coop.agreement_answers WHERE cooperative_id = ?0 AND member_id = ?1
			UNION ALL
			SELECT at, words, language FROM coop.agreement_directions WHERE cooperative_id = ?0 AND member_id = ?1
			ORDER BY 1`},
		{"thanks", []string{"agreement_thanks"}, `
			SELECT t.given_at AS at, CASE WHEN t.by_member_id = ?1 THEN 'given' ELSE 'received' END AS side, ` + named + ` AS "with", t.words, t.language,
			  t.shown_at IS NOT NULL AS shown
			FROM coop.agreement_thanks t
			JOIN coop.members m ON m.cooperative_id = t.cooperative_id AND m.id = CASE WHEN t.by_member_id = ?1 THEN t.to_member_id ELSE t.by_member_id END
			WHERE t.cooperative_id = ?0 AND (t.by_member_id = ?1 OR t.to_member_id = ?1 AND t.hidden_at IS NULL) ORDER BY t.given_at, t.agreement_id`},
		{"visits", []string{"visits"}, `
			SELECT v.asked_at AS at, v.left_at AS until, ` + named + ` AS "with"
			FROM coop.visits v JOIN coop.members m ON m.cooperative_id = v.cooperative_id AND m.id = v.whom_id
			WHERE v.cooperative_id = ?0 AND v.member_id = ?1 ORDER BY v.id`},
		{"passports", []string{"passport_links"}, `
			SELECT issued_at AS at, coalesce(withdrawn_at, expires_at) AS until, coalesce(shown->>'name', '') AS name, coalesce(shown->>'words', '') AS words
			FROM coop.passport_links WHERE cooperative_id = ?0 AND member_id = ?1 ORDER BY id`},
	}
}

func ledger() []Section {
	return []Section{
		{"hours", []string{"entries", "transfers", "transfer_words"}, `
			SELECT e.at, e.minutes, t.kind, coalesce(` + named + `, '') AS "with", CASE WHEN t.kind = 'gift' OR e.side = 1 THEN coalesce(w.words, '') ELSE '' END AS words
			FROM coop.entries e
			JOIN coop.transfers t ON t.cooperative_id = e.cooperative_id AND t.id = e.transfer_id
			JOIN coop.entries o ON o.cooperative_id = e.cooperative_id AND o.transfer_id = e.transfer_id AND o.side = -e.side
			LEFT JOIN coop.members m ON m.cooperative_id = o.cooperative_id AND m.id = o.member_id
			LEFT JOIN coop.transfer_words w ON w.cooperative_id = t.cooperative_id AND w.transfer_id = t.id
			WHERE e.cooperative_id = ?0 AND e.member_id = ?1 ORDER BY e.at, e.transfer_id`},
		{"promised", []string{"hours_reserved"}, `
			SELECT at, released_at AS until, minutes
			FROM coop.hours_reserved WHERE cooperative_id = ?0 AND member_id = ?1 ORDER BY at, agreement_id`},
		{"fund", []string{"fund_draws"}, `
			SELECT created_at AS at, words, answer AS answer_words, minutes, state
			FROM coop.fund_draws WHERE cooperative_id = ?0 AND member_id = ?1 ORDER BY id`},
		{"booklets", []string{"cheque_booklets"}, `
			SELECT issued_at AS at, valid_until AS until, number::text AS number, leaves AS count
			FROM coop.cheque_booklets WHERE cooperative_id = ?0 AND member_id = ?1 ORDER BY number`},
		{"cheques", []string{"cheque_leaves"}, `
			SELECT f.state_since AS at, b.number || '-' || f.n AS number, CASE WHEN f.bearer_id = ?1 THEN 'given' ELSE 'received' END AS side,
			  coalesce(` + named + `, '') AS "with", f.about AS title, f.category, coalesce(f.minutes_paid, f.minutes_claimed) AS minutes, f.state
			FROM coop.cheque_leaves f
			JOIN coop.cheque_booklets b ON b.cooperative_id = f.cooperative_id AND b.id = f.booklet_id
			LEFT JOIN coop.members m ON m.cooperative_id = f.cooperative_id AND m.id = CASE WHEN f.bearer_id = ?1 THEN f.drawer_id ELSE f.bearer_id END
			WHERE f.cooperative_id = ?0 AND ?1 IN (f.drawer_id, f.bearer_id) ORDER BY b.number, f.n`},
		{"cheque_steps", []string{"cheque_events"}, `
			SELECT e.at, b.number || '-' || f.n AS number, e.step, CASE WHEN e.by_member_id = ?1 THEN '' ELSE ` + named + ` END AS by, e.minutes, e.words, e.channel
			FROM coop.cheque_leaves f
			JOIN coop.cheque_booklets b ON b.cooperative_id = f.cooperative_id AND b.id = f.booklet_id
			JOIN coop.cheque_events e ON e.cooperative_id = f.cooperative_id AND e.leaf_id = f.id
			JOIN coop.members m ON m.cooperative_id = e.cooperative_id AND m.id = e.by_member_id
			WHERE f.cooperative_id = ?0 AND ?1 IN (f.drawer_id, f.bearer_id) ORDER BY b.number, f.n, e.n`},
	}
}

func together() []Section {
	return []Section{
		{"events", []string{"events"}, `
			SELECT starts_at AS at, ends_at AS until, title, details, place, language, state
			FROM coop.events WHERE cooperative_id = ?0 AND organiser_id = ?1 ORDER BY starts_at, id`},
		{"series", []string{"event_series"}, `
			SELECT created_at AS at, last_on AS until, title, details, place, language, rhythm AS kind
			FROM coop.event_series WHERE cooperative_id = ?0 AND organiser_id = ?1 ORDER BY created_at, id`},
		{"calendars", []string{"calendar_feeds"}, `
			SELECT opened_at AS at, shut_at AS until, kind
			FROM coop.calendar_feeds WHERE cooperative_id = ?0 AND member_id = ?1 ORDER BY opened_at, id`},
		{"registrations", []string{"registrations"}, `
			SELECT r.changed_at AS at, e.title, r.answer AS state, r.guests AS count
			FROM coop.registrations r JOIN coop.events e ON e.cooperative_id = r.cooperative_id AND e.id = r.event_id
			WHERE r.cooperative_id = ?0 AND r.member_id = ?1 ORDER BY r.changed_at, r.event_id`},
		{"lots", []string{"event_lots"}, `
			SELECT e.drawn_at AS at, e.title, l.tickets AS count, CASE WHEN l.placed THEN 'coming' ELSE 'waiting' END AS state
			FROM coop.event_lots l JOIN coop.events e ON e.cooperative_id = l.cooperative_id AND e.id = l.event_id
			WHERE l.cooperative_id = ?0 AND l.member_id = ?1 ORDER BY e.drawn_at, l.event_id`},
		{"attendances", []string{"attendances"}, `
			SELECT e.starts_at AS at, e.title, a.channel
			FROM coop.attendances a JOIN coop.events e ON e.cooperative_id = a.cooperative_id AND e.id = a.event_id
			WHERE a.cooperative_id = ?0 AND a.member_id = ?1 AND a.undone_at IS NULL ORDER BY e.starts_at, a.event_id`},
		{"shifts", []string{"shifts", "shift_hands", "shift_credits"}, `
			SELECT s.starts_at AS at, s.ends_at AS until, e.title, s.what AS words, h.state, c.minutes, coalesce(c.reversed_why, '') AS answer_words
			FROM coop.shift_hands h
			JOIN coop.shifts s ON s.cooperative_id = h.cooperative_id AND s.id = h.shift_id
			JOIN coop.events e ON e.cooperative_id = s.cooperative_id AND e.id = s.event_id
			LEFT JOIN coop.shift_credits c ON c.cooperative_id = h.cooperative_id AND c.shift_id = h.shift_id AND c.member_id = h.member_id
			WHERE h.cooperative_id = ?0 AND h.member_id = ?1 ORDER BY s.starts_at, s.id, c.id`},
		{"notices", []string{"notices"}, `
			SELECT n.created_at AS at, b.name, n.kind, n.title, n.body AS words, n.language
			FROM coop.notices n JOIN coop.boards b ON b.cooperative_id = n.cooperative_id AND b.id = n.board_id
			WHERE n.cooperative_id = ?0 AND n.member_id = ?1 ORDER BY n.id`},
		{"comments", []string{"comments"}, `
			SELECT c.created_at AS at, n.title, c.body AS words, c.language
			FROM coop.comments c JOIN coop.notices n ON n.cooperative_id = c.cooperative_id AND n.id = c.notice_id
			WHERE c.cooperative_id = ?0 AND c.member_id = ?1 ORDER BY c.id`},
		{"merci", []string{"thanks", "reactions"}, `
			SELECT t.at, n.title, t.kind
			FROM (SELECT cooperative_id, notice_id, member_id, 'merci' AS kind, at FROM coop.thanks
				UNION ALL SELECT cooperative_id, notice_id, member_id, kind, at FROM coop.reactions) t
			JOIN coop.notices n ON n.cooperative_id = t.cooperative_id AND n.id = t.notice_id
			WHERE t.cooperative_id = ?0 AND t.member_id = ?1 ORDER BY t.at, t.notice_id, t.kind`},
		{"problems", []string{"problems", "problem_homes"}, `
			SELECT h.at, p.title AS name, p.kind, p.state, h.words, h.language
			FROM coop.problem_homes h JOIN coop.problems p ON p.cooperative_id = h.cooperative_id AND p.id = h.problem_id
			WHERE h.cooperative_id = ?0 AND h.member_id = ?1 AND h.withdrawn_at IS NULL ORDER BY h.at, h.problem_id`},
		{"kept", []string{"saved_notices"}, `
			SELECT s.at, CASE WHEN n.gone_at IS NULL THEN n.title ELSE '' END AS name
			FROM coop.saved_notices s JOIN coop.notices n ON n.cooperative_id = s.cooperative_id AND n.id = s.notice_id
			WHERE s.cooperative_id = ?0 AND s.member_id = ?1 ORDER BY s.id`},
		{"muted", []string{"board_mutes"}, `
			SELECT q.at, b.name
			FROM coop.board_mutes q JOIN coop.boards b ON b.cooperative_id = q.cooperative_id AND b.id = q.board_id
			WHERE q.cooperative_id = ?0 AND q.member_id = ?1 ORDER BY q.at, q.board_id`},
		{"rest", []string{"board_rests"}, `
			SELECT to_char(make_interval(mins => from_minute), 'HH24:MI') || ' – ' || to_char(make_interval(mins => until_minute), 'HH24:MI') AS words
			FROM coop.board_rests WHERE cooperative_id = ?0 AND member_id = ?1`},
		{"read", []string{"board_reads", "talk_reads"}, `
			SELECT r.at, b.name
			FROM coop.board_reads r JOIN coop.boards b ON b.cooperative_id = r.cooperative_id AND b.id = r.board_id
			WHERE r.cooperative_id = ?0 AND r.member_id = ?1
			UNION ALL
			SELECT r.at, g.about
			FROM coop.talk_reads r JOIN coop.agreements g ON g.cooperative_id = r.cooperative_id AND g.id = r.agreement_id
			WHERE r.cooperative_id = ?0 AND r.member_id = ?1
			ORDER BY 1`},
		{"bookings", []string{"bookings"}, `
			SELECT k.starts_at AS at, k.ends_at AS until, r.name, k.state
			FROM coop.bookings k JOIN coop.resources r ON r.cooperative_id = k.cooperative_id AND r.id = k.resource_id
			WHERE k.cooperative_id = ?0 AND k.member_id = ?1 ORDER BY k.starts_at, k.id`},
		{"loans", []string{"loans", "deposits"}, `
			SELECT k.created_at AS at, coalesce(k.back_at, k.due_at) AS until, r.name, k.condition_out AS words, k.condition_back AS answer_words, k.state,
			  d.minutes
			FROM coop.loans k JOIN coop.resources r ON r.cooperative_id = k.cooperative_id AND r.id = k.resource_id
			LEFT JOIN coop.deposits d ON d.cooperative_id = k.cooperative_id AND d.loan_id = k.id
			WHERE k.cooperative_id = ?0 AND k.member_id = ?1 ORDER BY k.id`},
		{"convocations", []string{"convocations"}, `
			SELECT c.at, a.title, c.channel
			FROM coop.convocations c JOIN coop.assemblies a ON a.cooperative_id = c.cooperative_id AND a.id = c.assembly_id
			WHERE c.cooperative_id = ?0 AND c.member_id = ?1 ORDER BY c.at, c.id`},
		{"proxies", []string{"proxies"}, `
			SELECT p.state_since AS at, a.title, ` + named + ` AS "with", p.state, p.channel, CASE WHEN p.giver_id = ?1 THEN 'given' ELSE 'received' END AS side
			FROM coop.proxies p JOIN coop.assemblies a ON a.cooperative_id = p.cooperative_id AND a.id = p.assembly_id
			JOIN coop.members m ON m.cooperative_id = p.cooperative_id AND m.id = CASE WHEN p.giver_id = ?1 THEN p.holder_id ELSE p.giver_id END
			WHERE p.cooperative_id = ?0 AND ?1 IN (p.giver_id, p.holder_id) ORDER BY p.id`},
		{"presences", []string{"roll", "presences"}, `
			SELECT coalesce(p.at, r.added_at) AS at, a.title, CASE WHEN p.arrived THEN 'came' WHEN NOT p.arrived THEN 'left' ELSE 'roll' END AS step, p.channel
			FROM coop.roll r JOIN coop.assemblies a ON a.cooperative_id = r.cooperative_id AND a.id = r.assembly_id
			LEFT JOIN coop.presences p ON p.cooperative_id = r.cooperative_id AND p.assembly_id = r.assembly_id AND p.member_id = r.member_id
			WHERE r.cooperative_id = ?0 AND r.member_id = ?1 ORDER BY 1, r.assembly_id`},
		{"contests", []string{"minutes_contests"}, `
			SELECT c.at, a.title, c.reason AS words, c.language, coalesce(c.decision, '') AS answer_words
			FROM coop.minutes_contests c JOIN coop.assemblies a ON a.cooperative_id = c.cooperative_id AND a.id = c.assembly_id
			WHERE c.cooperative_id = ?0 AND c.member_id = ?1 ORDER BY c.at, c.id`},
		{"votes", []string{"vote_marks"}, `
			SELECT v.opened_at AS at, m.title, k.channel
			FROM coop.vote_marks k JOIN coop.votes v ON v.cooperative_id = k.cooperative_id AND v.id = k.vote_id
			JOIN coop.motions m ON m.cooperative_id = v.cooperative_id AND m.id = v.motion_id
			WHERE k.cooperative_id = ?0 AND k.member_id = ?1 ORDER BY v.opened_at, v.id`},
		{"damages", []string{"damages"}, `
			SELECT k.told_at AS at, r.name, k.words, k.language
			FROM coop.damages k JOIN coop.resources r ON r.cooperative_id = k.cooperative_id AND r.id = k.resource_id
			WHERE k.cooperative_id = ?0 AND k.member_id = ?1 ORDER BY k.id`},
	}
}
