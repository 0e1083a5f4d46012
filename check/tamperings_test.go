package check_test

// tampering is a statement, and what is wrong after it: first the promise that it breaks,
// or the promises in the order of the checks.
type tampering struct {
	sql   string
	wrong []string
}

func breaks(sql string, wrong ...string) tampering { return tampering{sql, wrong} }

// moved writes a whole transfer that nobody agreed to: the row, its entries, the balances.
const moved = `, pair AS (
	SELECT t.*, (SELECT id FROM coop.hours_accounts a WHERE a.cooperative_id = t.cooperative_id AND kind <> 'household' ORDER BY balance, id LIMIT 1) AS poor,
		(SELECT id FROM coop.hours_accounts a WHERE a.cooperative_id = t.cooperative_id AND kind = 'member' ORDER BY balance DESC, id DESC LIMIT 1) AS rich FROM t
), entries AS (
	INSERT INTO coop.entries (cooperative_id, transfer_id, side, account_id, member_id, amount, at)
	SELECT p.cooperative_id, p.id, e.side, e.account, (SELECT member_id FROM coop.hours_accounts a WHERE a.id = e.account), p.minutes, p.at
	FROM pair p, LATERAL (VALUES (1, p.poor), (-1, p.rich)) AS e (side, account)
)
UPDATE coop.hours_accounts a SET balance = a.balance + CASE WHEN a.id = pair.poor THEN pair.minutes ELSE -pair.minutes END
FROM pair WHERE a.cooperative_id = pair.cooperative_id AND a.id IN (pair.poor, pair.rich)`

var tamperings = []tampering{
	breaks(`UPDATE coop.cooperatives SET last_number = last_number - 1`, "a member number was given once, in order"),
	breaks(`UPDATE coop.members SET state = 'leaving' WHERE number = 5`, "a member's state follows from their steps"),
	breaks(`INSERT INTO coop.member_events (cooperative_id, member_id, n, step, from_state, to_state, reason, at)
		SELECT cooperative_id, id, 9, 'return', 'suspended', state, '', now() FROM coop.members WHERE number = 5`,
		"the steps of a member follow each other"),
	breaks(`DELETE FROM coop.charter_acceptances WHERE member_id = (SELECT id FROM coop.members WHERE number = 5)`,
		"who is active accepted the charter"),
	breaks(`UPDATE coop.applications SET steps = steps + 1`, "an application's state follows from its steps"),
	breaks(`DELETE FROM coop.charter_acceptances WHERE witness_id IS NOT NULL`, "who is active accepted the charter", "who entered by an application said yes to the charter"),
	breaks(`UPDATE coop.pauses SET ended_at = now()`, "who rests has a pause that has begun, and who is suspended a suspension"),
	breaks(`UPDATE coop.suspensions SET ended_at = now()`, "who rests has a pause that has begun, and who is suspended a suspension"),
	breaks(`INSERT INTO coop.pauses (cooperative_id, id, member_id, from_on, until_on, client_key, asked_at, begun_at)
		SELECT cooperative_id, gen_random_uuid(), id, now()::date, now()::date, gen_random_uuid(), now(), now() FROM coop.members WHERE number = 5`, "a pause or a suspension that runs is its member's state"),
	breaks(`UPDATE coop.charter_acceptances SET witness_id = (SELECT id FROM coop.members WHERE number = 5) WHERE witness_id IS NOT NULL`, "who witnessed a yes to the charter facilitated then"),
	breaks(`UPDATE coop.invitations SET used_at = NULL`, "a used invitation made one member of its place's cooperative"),
	breaks(`UPDATE coop.buddyships SET steps = steps + 1`, "a buddyship's state follows from its steps"),
	breaks(`WITH m AS (SELECT cooperative_id, array_agg(id ORDER BY number) AS ids FROM coop.members GROUP BY 1),
		s AS (INSERT INTO coop.buddyships (cooperative_id, id, newcomer_id, buddy_id, language, state, steps, asked_by, client_key, created_at, state_since, deadline_at)
			SELECT cooperative_id, gen_random_uuid(), ids[2], ids[3], 'fr', 'ended', 1, ids[2], gen_random_uuid(), now(), now(), NULL FROM m RETURNING *)
		INSERT INTO coop.buddyship_events (cooperative_id, buddyship_id, n, step, from_state, to_state, at)
		SELECT s.cooperative_id, s.id, e.n, e.step, 'offered', e.state, now() FROM s, (VALUES (0, 'pair', 'paired'), (1, 'finish', 'ended')) AS e (n, step, state)`,
		"nobody was paired without the yes of both"),
	breaks(`INSERT INTO coop.blocks (cooperative_id, member_id, hidden_id, at)
		SELECT g.cooperative_id, g.giver_id, g.receiver_id, g.created_at - interval '1 day' FROM coop.agreements g
		WHERE NOT EXISTS (SELECT FROM coop.member_roles r WHERE r.member_id IN (g.giver_id, g.receiver_id) AND r.role = 'facilitator') LIMIT 1`,
		"nobody proposed anything to whom they cannot see"),
	breaks(`UPDATE coop.member_roles SET until_at = from_at`, "who witnessed a yes to the charter facilitated then", "each cooperative has a facilitator", "who began a departure for somebody else facilitated then", "who wrote down what was done about a problem facilitated then"),
	breaks(`UPDATE coop.places SET path = ARRAY[id] WHERE kind = 'stairwell'`, "a place's path leads through its parents"),

	breaks(`INSERT INTO coop.import_files (cooperative_id, import_id, content) SELECT cooperative_id, id, 'N;Nom' FROM coop.imports WHERE state = 'done'`,
		"a former list that ended keeps nothing of what it said of people, but what it refused"),
	breaks(`UPDATE coop.imports SET made = made + 1 WHERE state = 'done'`, "what a former list made is what its lines made"),
	breaks(`UPDATE coop.import_lines SET transfer_id = (SELECT id FROM coop.transfers WHERE kind = 'gift' ORDER BY id LIMIT 1)
		WHERE line = (SELECT min(line) FROM coop.import_lines WHERE transfer_id IS NOT NULL)`, "who came by a former list was put on it, with the hours of their line"),
	breaks(`UPDATE coop.transfers SET client_key = gen_random_uuid() WHERE kind = 'opening'`, "an opening balance passed once, between the fund and its member"),

	breaks(`UPDATE coop.hours_accounts SET balance = balance + 1 WHERE kind = 'fund'`,
		"the sum of all balances is zero", "a balance is the sum of its entries"),
	breaks(`UPDATE coop.hours_accounts a SET balance = balance + CASE kind WHEN 'fund' THEN 1 ELSE -1 END
		WHERE kind = 'fund' OR member_id = (SELECT id FROM coop.members WHERE number = 3)`, "a balance is the sum of its entries"),
	breaks(`INSERT INTO coop.transfers (cooperative_id, id, client_key, kind, minutes, at)
		SELECT id, gen_random_uuid(), gen_random_uuid(), 'gift', 30, now() FROM coop.cooperatives`, "a transfer has two entries of opposite sign"),
	breaks(`WITH t AS (
		INSERT INTO coop.transfers (cooperative_id, id, client_key, kind, minutes, corrects_id, at)
		SELECT cooperative_id, gen_random_uuid(), gen_random_uuid(), 'correction', minutes + 1, id, now() FROM coop.transfers t
		WHERE kind = 'gift' AND NOT EXISTS (SELECT FROM coop.transfers c WHERE c.corrects_id = t.id) LIMIT 1
		RETURNING *)`+moved, "a correction undoes its transfer to the minute, and is not corrected"),
	breaks(`UPDATE coop.hours_limit_changes SET ceiling = 1`, "no balance of members passed the hard floor or the ceiling", "the limits that hold are the last that were voted"),
	breaks(`UPDATE coop.hours_limits SET ceiling = ceiling + 1`, "the limits that hold are the last that were voted"),
	breaks(`UPDATE coop.entries SET member_id = NULL WHERE member_id IS NOT NULL`,
		"an entry in a member's own account is of their own act", "a granted draw was paid by the fund to its member, what its rule says",
		"an opening balance passed once, between the fund and its member", "what a departure left was moved once, where it was decided",
		"a settled agreement was paid once, what it says, from receiver to giver", "a leaf was spent once, for what it says, from its drawer to who brought it",
		"who was credited for a shift got its minutes from the fund by one transfer, and was there"),
	breaks(`INSERT INTO coop.hours_accounts (cooperative_id, id, kind, household_id, people, balance)
		SELECT id, gen_random_uuid(), 'household', gen_random_uuid(), 1, 0 FROM coop.cooperatives`, "hours that stand in a household's account are nowhere else"),
	breaks(`INSERT INTO coop.hours_reserved (cooperative_id, agreement_id, member_id, account_id, minutes, at, released_at)
		SELECT cooperative_id, id, receiver_id, gen_random_uuid(), 30, now(), NULL FROM coop.agreements WHERE minutes_paid IS NOT NULL ORDER BY id LIMIT 1
		ON CONFLICT (cooperative_id, agreement_id) DO UPDATE SET released_at = NULL`,
		"hours are kept for agreements under way, each once, and for nothing else", "what an account keeps is the sum of what is kept in it"),
	breaks(`UPDATE coop.hours_accounts SET reserved = reserved + 1 WHERE kind = 'fund'`, "what an account keeps is the sum of what is kept in it"),
	breaks(`WITH more AS (UPDATE coop.hours_accounts SET balance = balance + 7
			WHERE id = (SELECT id FROM coop.hours_accounts WHERE kind = 'member' AND goes_to IS NULL ORDER BY id LIMIT 1))
		DELETE FROM coop.hours_accounts WHERE kind = 'fund'`, "the sum of all balances is zero", "a balance is the sum of its entries", "who joined has an account of hours, and each cooperative a fund", "an opening balance passed once, between the fund and its member"),

	breaks(`UPDATE coop.cheque_booklets SET leaves = leaves + 1 WHERE number = 1`, "a booklet has all its leaves, and each is of its drawer"),
	breaks(`UPDATE coop.cheque_leaves SET steps = steps + 1 WHERE state = 'paid'`, "a leaf's state follows from its steps"),
	breaks(`UPDATE coop.cheque_events SET from_state = 'void' WHERE n = 1`, "the steps of a leaf follow each other"),
	breaks(`UPDATE coop.cheque_leaves SET minutes_paid = minutes_paid + 1`, "a leaf was spent once, for what it says, from its drawer to who brought it"),
	breaks(`WITH t AS (
		INSERT INTO coop.transfers (cooperative_id, id, client_key, kind, minutes, at)
		SELECT id, gen_random_uuid(), gen_random_uuid(), 'cheque', 5, now() FROM coop.cooperatives
		RETURNING *)`+moved, "every transfer by cheque has its leaf"),
	breaks(`UPDATE coop.cheque_events e SET by_member_id = f.bearer_id FROM coop.cheque_leaves f
		WHERE f.id = e.leaf_id AND e.to_state = 'paid'`, "no leaf was paid by the word of who brought it alone"),
	breaks(`UPDATE coop.listings SET moderation = 'none'`, "a listing is hidden or not as was last decided about it"),
	breaks(`UPDATE coop.workshops SET seats = 2, least = 1 WHERE marked_at IS NOT NULL`, "a workshop seats no more than it has room for"),
	breaks(`UPDATE coop.workshop_turns t SET member_id = l.member_id FROM coop.listings l WHERE l.id = t.listing_id AND t.turn = 1`,
		"a seat is an agreement of a workshop's host with who asked for it"),
	breaks(`UPDATE coop.workshops SET last_turn = last_turn + 1`, "the turns of a workshop are numbered in the order of asking, one at a time for each"),
	breaks(`DELETE FROM coop.attendances a USING coop.shift_credits c, coop.shifts s WHERE s.id = c.shift_id AND a.event_id = s.event_id AND a.member_id = c.member_id AND c.reversed_at IS NULL`,
		"who was credited for a shift got its minutes from the fund by one transfer, and was there", "participation is what happened, month by month"),
	breaks(`UPDATE coop.shift_credits SET reversed_at = NULL, reversed_by = NULL, reversed_why = '', reversal_id = NULL WHERE reversed_at IS NOT NULL`,
		"what was credited for a shift in error went back once, and what stands did not"),
	breaks(`DELETE FROM coop.shift_credits`, "the fund gave by a draw or for a shift"),
	breaks(`UPDATE coop.shifts SET least = 1, most = 1`, "a shift has no more hands than it takes, and none when it is off"),
	breaks(`UPDATE coop.workshops SET cancelled_at = now() WHERE cancelled_at IS NULL AND marked_at IS NULL`, "a workshop that is called off keeps nobody's seat or turn"),
	breaks(`UPDATE coop.listing_rulings SET from_state = 'upheld' WHERE n = 2`, "the decisions about a listing follow each other"),
	breaks(`UPDATE coop.listing_rulings SET by_member_id = (SELECT id FROM coop.members WHERE number = 5) WHERE step = 'contest'`,
		"nobody decided about their own listing, nor on the answer to what they hid"),
	breaks(`UPDATE coop.photos SET state = 'gone'`, "a photo that is kept hangs somewhere, and what hangs is kept and its owner's"),
	breaks(`DELETE FROM coop.notice_photos`, "a photo that is kept hangs somewhere, and what hangs is kept and its owner's"),
	breaks(`UPDATE coop.fund_draws SET steps = steps + 1`, "a draw's state follows from its steps"),
	breaks(`UPDATE coop.fund_draw_events SET from_state = 'offered' WHERE n = 2`, "the steps of a draw follow each other"),
	breaks(`UPDATE coop.fund_draws SET minutes = minutes - 1 WHERE state = 'granted'`, "a granted draw was paid by the fund to its member, what its rule says"),
	breaks(`UPDATE coop.fund_rules SET minutes = 1, yearly_each = 1`, "a granted draw was paid by the fund to its member, what its rule says", "no rule gave more in a year than was voted, to one or to all"),
	breaks(`UPDATE coop.hours_accounts SET balance = -100000 WHERE kind = 'fund'`, "the sum of all balances is zero", "a balance is the sum of its entries",
		"the fund is below zero only by hours that a voted rule made, that were put right, or that a former list held"),
	breaks(`UPDATE coop.member_places SET until_at = from_at`, "a member lives where their last move led"),
	breaks(`UPDATE coop.places SET closed_at = now()`, "nobody lives in a place that is closed"),
	breaks(`UPDATE coop.household_members SET until_at = from_at WHERE household_id IN (SELECT household_id FROM coop.hours_accounts WHERE kind = 'household' AND people = 2)
		AND member_id = (SELECT id FROM coop.members WHERE number = 4)`, "who shares a household's account lives there"),
	breaks(`UPDATE coop.households SET ended_at = began_at`, "a household ends with the last who lives there"),
	breaks(`WITH home AS (SELECT id FROM coop.hours_accounts a WHERE kind = 'household' AND balance <> 0 AND people > 0 AND reserved = 0
				ORDER BY EXISTS (SELECT FROM coop.entries e JOIN coop.transfers t ON t.id = e.transfer_id WHERE e.account_id = a.id AND t.kind = 'household') DESC, id LIMIT 1),
			away AS (UPDATE coop.hours_accounts SET goes_to = NULL WHERE goes_to = (SELECT id FROM home)),
			done AS (DELETE FROM coop.partings)
		UPDATE coop.hours_accounts SET people = 0 WHERE id = (SELECT id FROM home)`, "the hours of a household are somebody's, or wait to be divided"),
	breaks(`UPDATE coop.departures SET closed_at = began_at, closed_by = member_id, minutes = 7`, "what a departure left was moved once, where it was decided"),
	breaks(`UPDATE coop.departures SET begun_by = (SELECT id FROM coop.members WHERE number = 5) WHERE because IS NOT NULL`, "who began a departure for somebody else facilitated then"),
	breaks(`UPDATE coop.members SET name = 'Solange' WHERE name = ''`, "nothing is left of what an erased member wrote or was called"),
	breaks(`UPDATE coop.departures SET erase_at = closed_at WHERE erased_at IS NOT NULL`, "who was erased had left, had asked for it, and had a week at least to change their mind"),
	breaks(`INSERT INTO account.residents (id, cooperative_id, member_id, created_at)
		SELECT gen_random_uuid(), cooperative_id, member_id, erased_at FROM coop.departures WHERE erased_at IS NOT NULL`, "nothing lets in who was erased"),
	breaks(`UPDATE bond.links SET member_id = (SELECT member_id FROM coop.departures WHERE erased_at IS NOT NULL) WHERE ended_at IS NULL`, "the door shows nothing of who was erased"),
	breaks(`UPDATE coop.partings SET settled_at = opened_at, minutes = 0 WHERE NOT untold`, "a figure that was divided was signed by two, or decided with a reason"),
	breaks(`UPDATE coop.passport_links SET shown = jsonb_set(shown, '{themes}', '[{"category": "repair", "minutes": 100000}]')`,
		"a passport shows no more hours than its member gave"),

	breaks(`UPDATE coop.agreements SET steps = steps + 1`, "an agreement's state follows from its steps"),
	breaks(`UPDATE coop.agreement_events SET from_state = 'void' WHERE n = 2`, "the steps of an agreement follow each other"),
	breaks(`UPDATE coop.agreements SET minutes_paid = minutes_paid + 1`, "a settled agreement was paid once, what it says, from receiver to giver"),
	breaks(`UPDATE coop.agreements SET giver_id = receiver_id, receiver_id = giver_id WHERE minutes_paid IS NOT NULL AND id = (
			SELECT id FROM coop.agreements WHERE minutes_paid IS NOT NULL AND giver_id NOT IN (SELECT member_id FROM coop.passport_links) LIMIT 1)`,
		"a settled agreement was paid once, what it says, from receiver to giver", "participation is what happened, month by month"),
	breaks(`WITH t AS (
		INSERT INTO coop.transfers (cooperative_id, id, client_key, kind, minutes, agreement_id, at)
		SELECT id, gen_random_uuid(), gen_random_uuid(), 'agreement', 5, gen_random_uuid(), now() FROM coop.cooperatives
		RETURNING *)`+moved, "only a settled agreement was paid"),
	breaks(`UPDATE coop.agreement_events e SET by_member_id = a.done_by FROM coop.agreements a
		WHERE a.id = e.agreement_id AND e.to_state = 'confirmed'`, "nobody was paid by their own word alone"),

	breaks(`UPDATE coop.talks SET last_seq = last_seq + 1`, "a conversation's log has no gap"),
	breaks(`UPDATE coop.talk_log l SET member_id = (SELECT m.id FROM coop.members m WHERE m.cooperative_id = l.cooperative_id AND m.number = 1)
		FROM coop.agreements g WHERE g.id = l.agreement_id AND l.kind = 'words'
			AND NOT EXISTS (SELECT FROM coop.members m WHERE m.number = 1 AND m.id IN (g.giver_id, g.receiver_id))`,
		"only the two speak to each other, and who helps them"),
	breaks(`UPDATE coop.talk_reads SET seq = 1000000`, "nobody read further than a conversation goes"),
	breaks(`INSERT INTO coop.agreement_directions (cooperative_id, agreement_id, member_id, words, language, at)
		SELECT cooperative_id, id, giver_id, 'x', 'fr', now() FROM coop.agreements WHERE state = 'confirmed' LIMIT 1`,
		"the way to a door is known only between yes and done"),
	breaks(`INSERT INTO coop.agreement_answers (cooperative_id, agreement_id, member_id, words, language, at)
		SELECT cooperative_id, id, giver_id, 'x', 'fr', now() FROM coop.agreements WHERE state = 'confirmed' LIMIT 1`,
		"only the outcome of a mediation is answered, by the two"),
	breaks(`INSERT INTO coop.agreement_thanks (cooperative_id, agreement_id, by_member_id, to_member_id, words, language, given_at)
		SELECT cooperative_id, id, giver_id, receiver_id, 'x', 'fr', now() FROM coop.agreements WHERE state IN ('declined', 'agreed', 'proposed', 'cancelled') LIMIT 1`,
		"thanks go from one of the two to the other, for what was done"),
	breaks(`INSERT INTO coop.visits (cooperative_id, id, agreement_id, member_id, whom_id, asked_at, due_at, ends_at)
		SELECT cooperative_id, gen_random_uuid(), id, giver_id, receiver_id, now(), now(), now() FROM coop.agreements LIMIT 1`,
		"who waits for a visitor is neither of the two, and no visit outlasts its time by a day"),

	breaks(`UPDATE coop.events SET capacity = 1, newcomer_places = 0`, "no event is fuller than its places", "a draw gave no more places than there are"),
	breaks(`WITH e AS (UPDATE coop.events SET newcomer_places = capacity, newcomers_opened_at = NULL WHERE capacity IS NOT NULL AND state = 'on' RETURNING cooperative_id, id)
		UPDATE coop.registrations r SET newcomer = false FROM e WHERE e.cooperative_id = r.cooperative_id AND e.id = r.event_id`,
		"places kept for newcomers are taken by nobody else before their day"),
	breaks(`WITH two AS (SELECT DISTINCT ON (event_id) event_id, member_id FROM coop.event_lots WHERE rank = 1)
		UPDATE coop.event_lots l SET rank = 1000 FROM two WHERE l.event_id = two.event_id AND l.member_id = two.member_id`,
		"a draw, made again from its seed, comes out in the same order"),
	breaks(`UPDATE coop.event_lots SET missed = missed + 3`, "the tickets of a draw follow from what weighed"),
	breaks(`UPDATE coop.event_lots SET party = 999`, "a draw gave no more places than there are"),
	breaks(`UPDATE coop.registrations SET turn = 1`, "the order of asking at an event is one order"),
	breaks(`UPDATE coop.events e SET state = 'cancelled', cancelled_at = starts_at - interval '1 hour'
		WHERE id = (SELECT event_id FROM coop.attendances LIMIT 1)`, "nobody attended an event that was cancelled before it began"),
	breaks(`DROP INDEX coop.a_calendar_has_one_open_address;
		INSERT INTO coop.calendar_feeds (cooperative_id, id, member_id, kind, hash, opened_at)
		SELECT cooperative_id, gen_random_uuid(), member_id, kind, sha256('x'), opened_at FROM coop.calendar_feeds LIMIT 1; SELECT 'TABLE'`,
		"a calendar has one open address"),
	breaks(`UPDATE coop.events SET series_day = series_day + 1 WHERE series_id IS NOT NULL`, "an event of a series stands on a day of its rhythm"),
	breaks(`UPDATE coop.event_series SET from_clock = '04:44'`, "an event that was not changed on its own has the hour of its series"),

	breaks(`UPDATE coop.boards SET last_seq = last_seq + 1`, "a board's log has no gap"),
	breaks(`DELETE FROM coop.board_log WHERE (board_id, seq) IN (SELECT board_id, seq FROM coop.board_log ORDER BY seq LIMIT 1)`,
		"a board's log has no gap", "every notice and comment stands in its board's log once"),
	breaks(`UPDATE coop.board_log SET kind = 'counts' WHERE kind = 'comment'`, "every notice and comment stands in its board's log once"),
	breaks(`UPDATE coop.notices SET courages = courages + 1`, "a notice's comments, thanks and reactions are counted right"),
	breaks(`UPDATE coop.notices SET thanks = thanks + 1`, "a notice's comments, thanks and reactions are counted right"),
	breaks(`UPDATE coop.problems SET state = 'solved' WHERE steps > 0`, "a problem's state follows from its steps"),
	breaks(`UPDATE coop.problems SET homes = homes + 1`, "each home has one pseudonym in a problem, given in turn"),
	breaks(`UPDATE coop.problem_steps SET by_member_id = (SELECT id FROM coop.members WHERE number = 5)`, "who wrote down what was done about a problem facilitated then"),
	breaks(`UPDATE coop.board_reads SET seq = 1000000`, "nobody read further than a board goes"),
	breaks(`UPDATE coop.board_files SET state = 'none' WHERE state = 'contested'`, "what was written is hidden or not as was last decided about it"),
	breaks(`UPDATE coop.board_rulings SET from_state = 'upheld' WHERE n = 2`, "the decisions about what was written follow each other"),
	breaks(`UPDATE coop.board_rulings SET by_member_id = (SELECT id FROM coop.members WHERE number = 5) WHERE step = 'contest'`,
		"nobody decided about their own words, nor on the answer to what they hid"),
	breaks(`DELETE FROM coop.notice_edits`, "what a notice said before is kept as often as it was changed"),
	breaks(`UPDATE coop.notices SET top = 1000000 WHERE top > 0`, "what is at the top of a board was put there, and few are"),
	breaks(`UPDATE coop.notices SET expires_at = expired_at + interval '1 day' WHERE expired_at IS NOT NULL`, "no notice ended before its time"),
	breaks(`UPDATE coop.board_reports r SET member_id = f.member_id FROM coop.board_files f WHERE f.id = r.file_id`, "nobody reported their own words"),
	breaks(`UPDATE coop.participation SET board = board + 1`, "participation is what happened, month by month"),

	breaks(`UPDATE coop.assemblies SET steps = steps + 1`, "an assembly's state follows from its steps"),
	breaks(`UPDATE coop.statutes SET notice_days = 60`, "who was convened was convened with the notice that the statutes ask for"),
	breaks(`DELETE FROM coop.convocations WHERE channel = 'inbox'`, "everybody who had a voice was convened"),
	breaks(`UPDATE coop.statutes SET proxies_cap = 0`, "nobody who gave their vote holds one, and nobody holds more than the statutes allow"),
	breaks(`UPDATE coop.roll SET present = NOT present WHERE member_id = (SELECT member_id FROM coop.roll WHERE present ORDER BY member_id LIMIT 1)`,
		"who is there has their own vote, and is there by their last coming or going"),
	breaks(`UPDATE coop.ballots SET choice = 'invalid' WHERE choice = 'for'`, "a vote's figures are those of its ballots, counted again"),
	breaks(`UPDATE coop.votes SET outcome = CASE outcome WHEN 'adopted' THEN 'rejected' ELSE 'adopted' END WHERE state = 'closed'`, "a vote's outcome follows from its figures, its rule and its quorum"),
	breaks(`DELETE FROM coop.urns`, "an urn holds a ballot for each voice cast by phone while a vote is open, and nothing afterwards"),
	breaks(`UPDATE coop.vote_marks k SET by_member_id = o.member_id FROM coop.vote_marks o
		WHERE o.vote_id = k.vote_id AND o.member_id <> k.member_id AND o.channel = 'phone' AND k.channel = 'phone' AND o.by_member_id = o.member_id AND k.by_member_id = k.member_id`,
		"a voice was cast by its member, by who held it, or on a paper handed to it"),
	breaks(`UPDATE coop.minutes_texts SET text = text || ' Et encore.'`, "what was signed is what its hash says, letter by letter"),
	breaks(`DELETE FROM coop.minutes_signatures WHERE role = 'chair'`, "minutes that stand were signed by two, of an assembly that was over"),
	breaks(`UPDATE coop.minutes_contests SET at = at + interval '99 days'`, "minutes were contested in their days by who had a vote, and answered by who neither signed nor contested"),
	breaks(`UPDATE coop.participation SET assemblies = assemblies + 1`, "who came to an assembly was counted in that month"),

	breaks(`ALTER TABLE coop.bookings DROP CONSTRAINT bookings_do_not_overlap;
		UPDATE coop.bookings b SET starts_at = o.starts_at, ends_at = o.ends_at, free_at = o.free_at, lapses_at = o.lapses_at, resource_id = o.resource_id, state = o.state
		FROM (SELECT * FROM coop.bookings WHERE state = 'ended' LIMIT 1) o WHERE b.id = (SELECT id FROM coop.bookings x WHERE x.state = 'ended' AND x.id <> o.id LIMIT 1)`,
		"two bookings of a resource do not overlap, the buffer included"),
	breaks(`DELETE FROM coop.lending_rules`, "a resource has the rules of how it is shared"),
	breaks(`UPDATE coop.bookings SET resource_id = (SELECT id FROM coop.resources WHERE shared = 'lent' LIMIT 1) WHERE id = (SELECT id FROM coop.bookings WHERE state = 'ended' LIMIT 1)`,
		"what is booked can be booked, and what is lent can be lent"),
	breaks(`UPDATE coop.loans SET handed_by = member_id WHERE out_at IS NOT NULL`, "nobody handed a resource over to themselves, or took it back"),
	breaks(`WITH t AS (
		INSERT INTO coop.resources (cooperative_id, id, kind, shared, name, details, language, place_id, state, paused_why, made_by, client_key, created_at)
		SELECT cooperative_id, gen_random_uuid(), kind, shared, name, details, language, place_id, 'open', '', made_by, gen_random_uuid(), created_at
		FROM coop.resources WHERE shared = 'lent' LIMIT 1 RETURNING *
	), r AS (
		INSERT INTO coop.lending_rules (cooperative_id, resource_id, days, renewals, at_once, hold_hours, changed_by, changed_at)
		SELECT cooperative_id, id, 7, 1, 3, 48, made_by, created_at FROM t
	)
	INSERT INTO coop.loans (cooperative_id, id, resource_id, member_id, home_id, state, turn, renewed, condition_out, condition_back, client_key, created_at, state_since)
	SELECT t.cooperative_id, gen_random_uuid(), t.id, m.id, m.id, 'asked', 1, 0, '', '', gen_random_uuid(), now(), now()
	FROM t JOIN coop.members m ON m.cooperative_id = t.cooperative_id AND m.state = 'active' LIMIT 1`,
		"an open resource that can be had is not kept from who waits"),
	breaks(`UPDATE coop.deposits SET back_id = transfer_id WHERE back_id IS NOT NULL`,
		"a deposit stands in the fund while its thing is out, and went there and back by the transfers it names"),
	breaks(`UPDATE coop.poster_codes SET subject_id = gen_random_uuid() WHERE kind = 'event'`, "a code of a poster leads to something of its own cooperative"),
	breaks(`UPDATE coop.posters SET made_by = (SELECT id FROM coop.members WHERE number = 5)`, "each poster has a code, and was made by a facilitator"),
	breaks(`UPDATE coop.acts_done d SET other_id = a.witness_id FROM coop.acts a WHERE a.id = d.act_id AND a.witness_id IS NOT NULL`,
		"nobody carried or witnessed an act at the desk that they had a part in"),
	breaks(`DELETE FROM coop.acts_done WHERE act_id NOT IN (SELECT act_id FROM coop.acts_undone)`, "each line of a journal was done"),
	breaks(`UPDATE coop.acts_undone SET at = at + interval '3 days'`, "what was taken back was so within two days, by its member or at the desk"),
	breaks(`UPDATE coop.acts_answered r SET by_member_id = a.by_member_id FROM coop.acts a WHERE a.id = r.act_id`,
		"hours taken back at the desk were answered by somebody else, and given back when they said so"),

	breaks(`UPDATE account.residents SET member_id = gen_random_uuid()`, "a resident's account belongs to a member"),
	breaks(`WITH left_us AS (UPDATE account.professionals SET ended_at = now() WHERE function = 'coordinator' RETURNING id)
		INSERT INTO account.sessions (id, token_hash, professional_id, created_at, seen_at, ends_at)
		SELECT gen_random_uuid(), 'x', id, now(), now(), now() + interval '1 hour' FROM left_us`, "no session outlives its device or its account"),
	breaks(`UPDATE account.professionals SET function = 'coordinator' WHERE function = 'caseworker'`,
		"a professional's account belongs to a worker of the same function"),

	breaks(`UPDATE support.case_members SET until_at = now()`, "an open case has one referent"),
	breaks(`UPDATE support.cases SET state = CASE state WHEN 'active' THEN 'opened' ELSE 'active' END WHERE state <> 'closed'`, "a case's state follows from its steps"),
	breaks(`UPDATE support.cases SET last_contact_at = last_contact_at - interval '1 day'`, "the last contact of a case is its latest contact"),
	breaks(`UPDATE support.case_members SET from_at = now() + interval '1 day'`, "whoever looked at a case was on it, or coordinates"),
	breaks(`UPDATE support.persons SET adult = false WHERE id NOT IN (SELECT person_id FROM bond.links)`, "a household's open case has an adult"),
	breaks(`UPDATE support.appointments SET cancelled_at = NULL`, "a closed case shows nothing more, and expects nobody"),

	breaks(`UPDATE bond.consents SET lapses_at = lapses_at + interval '1 year'`, "a consent opens for six months, on a link of its own person"),
	breaks(`UPDATE bond.consents SET withdrawn_at = given_at WHERE scope = 'monthly'`, "nobody read through the door without a consent that was live then, to them"),
	breaks(`UPDATE bond.readings SET worker_id = (SELECT id FROM support.workers WHERE function = 'coordinator')`,
		"nobody read through the door without a consent that was live then, to them"),
	breaks(`UPDATE bond.links SET ended_at = now()`, "an ended link keeps nothing open"),
	breaks(`UPDATE bond.links l SET case_id = (SELECT id FROM support.cases c WHERE c.id <> l.case_id AND c.state <> 'closed' LIMIT 1)`, "a link joins an adult of the case to a member"),
	breaks(`UPDATE bond.codes SET expires_at = given_at + interval '1 hour'`, "a code lived fifteen minutes at most"),
	breaks(`UPDATE bond.clock SET may_be_told = true`, "the door's clock is the real one"),

	breaks(`ALTER TABLE support.notes NO FORCE ROW LEVEL SECURITY`, "row-level security is forced on every table of support"),
	breaks(`ALTER TABLE support.notes DISABLE ROW LEVEL SECURITY`, "row-level security is forced on every table of support"),
	breaks(`GRANT USAGE ON SCHEMA support TO lien_coop`, "no role enters a room that is not its own"),
	breaks(`GRANT SELECT ON bond.consents TO lien_support`, "nobody reads the door's tables but through its functions"),
	breaks(`GRANT DELETE ON coop.entries TO lien_coop`, "transfers and entries cannot be changed by the cooperative's role"),
}
