package erasure

// Whose rows they are, in the words of SQL.
const (
	own     = `x.member_id = m.id`
	by      = `x.by_member_id = m.id`
	always  = `written into the rules of the cooperative, whoever entered it`
	record  = `the record of an assembly, which its members made together and answer for`
	numbers = `figures, dates and steps, which are somebody else's too; no word of anybody's`
)

// listed says, in SQL, that x hangs on a listing of the member's.
const listed = `EXISTS (SELECT FROM coop.listings l WHERE l.cooperative_id = x.cooperative_id AND l.id = x.listing_id AND l.member_id = m.id)`

// filed says, in SQL, that x hangs on the file of something that the member wrote.
const filed = `EXISTS (SELECT FROM coop.board_files f WHERE f.cooperative_id = x.cooperative_id AND f.id = x.file_id AND f.member_id = m.id)`

// Codes are columns that hold words of the programme, or of the place, wherever they are.
func Codes() []string {
	return []string{
		"kind", "state", "step", "from_state", "to_state", "language", "channel", "outcome", "category", "meeting", "role", "zone",
		"consent", "choice", "reach", "because", "moderation", "likes_language", "code_hash", "token_hash", "once", "rule", "gone_rule", "shared",
	}
}

// Lines are what becomes of every table of the cooperative, in the order in which it is
// done. A new table adds its lines here; a test walks the database and says so.
func Lines() []Line {
	all := append(told(), person()...)
	all = append(all, together()...)
	all = append(all, help()...)
	all = append(all, ledger()...)
	return append(all, house()...)
}

// told comes first: what was told names the things by the titles that go afterwards.
func told() []Line {
	return []Line{
		{Table: "inbox", Goes: true, Whose: own + ` OR ` + by + ` OR x.subject_id = m.id
  OR x.title <> '' AND x.title IN (
    SELECT l.title FROM coop.listings l WHERE l.cooperative_id = m.cooperative_id AND l.member_id = m.id
    UNION ALL SELECT e.title FROM coop.events e WHERE e.cooperative_id = m.cooperative_id AND e.organiser_id = m.id
    UNION ALL SELECT g.about FROM coop.agreements g WHERE g.cooperative_id = m.cooperative_id AND g.proposed_by = m.id)`},
		{Table: "listing_words", By: "coop.erase_words", Kept: []string{"word", "stem", "near"}, Why: "words that somebody else's listing in sight is written with, too"},
	}
}

func person() []Line {
	return []Line{
		{
			Table: "members", Whose: `x.id = m.id`, Cells: append(empty("name"), Cell{"own_name", `NULL`}, Cell{"speaks", `'{}'`}, Cell{"language", `'fr'`}),
			Why: "the number, so that it is never another's, and the dates; the place becomes the residence",
		},
		{Table: "member_places", Whose: own, Goes: true},
		{Table: "member_roles", Why: "who was entrusted with what and when, without a name"},
		{Table: "role_plans", Why: "who was entrusted with what and when, without a name"},
		{Table: "member_events", Whose: own, Cells: empty("reason"), By: "coop.erase_words", Why: numbers + "; the reasons of what they decided about others stay the others'"},
		{Table: "charter_acceptances", Why: numbers},
		{Table: "invitations", Why: numbers},
		{Table: "leaflets", Why: numbers},
		{Table: "applications", Whose: own, Cells: empty("name", "phone", "words", "meeting_place"), Why: numbers},
		{
			Table: "application_events", Cells: empty("words"), By: "coop.erase_words", Why: numbers,
			Whose: `EXISTS (SELECT FROM coop.applications a WHERE a.cooperative_id = x.cooperative_id AND a.id = x.application_id AND a.member_id = m.id)`,
		},
		{Table: "pauses", Why: numbers},
		{Table: "suspensions", Whose: own, Cells: dash("reason", "contest", "review"), Why: numbers},
		{Table: "departures", Whose: own, Cells: empty("why"), Why: "the proof of what was asked, by whom, and that it was done"},
		{Table: "directory", Whose: own, Cells: append(empty("likes"), Cell{"listed", "false"}, Cell{"shows", `'{}'`})},
		{Table: "blocks", Whose: `m.id IN (x.member_id, x.hidden_id)`, Goes: true},
		{Table: "buddy_volunteers", Whose: own, Goes: true},
		{Table: "buddyships", Why: numbers},
		{Table: "buddyship_events", Why: numbers},
		{Table: "welcome_calls", Why: numbers},
		{Table: "safety_nets", Whose: own, Goes: true, Why: "the nets of others, who choose somebody else themselves"},
		{Table: "participation", Why: "counts by month, which have to agree with the hours and the lists of others"},
		{Table: "rights_changes", Why: "a bell that rings on open pages; rows live for minutes and say nothing"},
		{Table: "acts", Whose: own + ` AND x.mark IS NOT NULL`, Cells: empty("mark"), By: "coop.erase_words", Why: numbers},
		{
			Table: "acts_done", Cells: empty("before"), By: "coop.erase_words", Why: numbers,
			Whose: `EXISTS (SELECT FROM coop.acts a WHERE a.cooperative_id = x.cooperative_id AND a.id = x.act_id AND a.member_id = m.id)`,
		},
		{Table: "acts_undone", Why: numbers},
		{
			Table: "acts_answered", Cells: empty("words"), By: "coop.erase_words", Why: numbers,
			Whose: `EXISTS (SELECT FROM coop.acts a WHERE a.cooperative_id = x.cooperative_id AND a.id = x.act_id AND a.member_id = m.id)`,
		},
	}
}

func together() []Line {
	return []Line{
		{Table: "households", Why: numbers},
		{Table: "household_members", Why: "who lived in a home and when is the others' history too; without a name"},
		{Table: "household_events", Why: numbers},
		{Table: "household_invitations", Why: numbers},
		{
			Table: "household_minors", Cells: empty("name"), Why: "the children of somebody who still lives there",
			Whose: `x.added_by = m.id AND NOT EXISTS (SELECT FROM coop.household_members p
  WHERE p.cooperative_id = x.cooperative_id AND p.household_id = x.household_id AND p.until_at IS NULL)`,
		},
		{Table: "partings", Whose: own, Cells: dash("reason"), Why: numbers},
		{Table: "parting_signatures", Why: numbers},
		{Table: "events", Whose: `x.organiser_id = m.id`, Cells: empty("title", "details", "place", "cancelled_why"), Kept: []string{"draw_seed", "words"}, Why: "who came to what is in the lists of others; its words for the search are made of what is empty"},
		{Table: "event_series", Whose: `x.organiser_id = m.id`, Cells: empty("title", "details", "place"), Kept: []string{"rhythm", "from_clock", "until_clock"}, Why: "the events that were made from it; the rest are days and clocks"},
		{
			Table: "calendar_feeds", Whose: own, Kept: []string{"hash"}, Why: "an address that leads nowhere any more",
			Cells: []Cell{{"shut_at", "coalesce(x.shut_at, x.opened_at)"}, {"kind", "'all'"}, {"place_id", "NULL"}},
		},
		{Table: "registrations", Kept: []string{"answer"}, Why: "the counts of an event; the answer is one of three"},
		{Table: "event_lots", Why: "numbers of a draw, which can be made again"},
		{Table: "attendances", Why: "the counts of an event"},
		{Table: "notice_photos", Whose: `EXISTS (SELECT FROM coop.notices n WHERE n.cooperative_id = x.cooperative_id AND n.id = x.notice_id AND n.member_id = m.id)`, Goes: true},
		{Table: "shifts", Whose: `x.opened_by = m.id`, Cells: empty("what"), Why: "who lent a hand at what is in the lists and the hours of others"},
		{Table: "shift_hands", Why: "the counts of a shift"},
		{Table: "shift_credits", Whose: own, Cells: empty("reversed_why"), Why: numbers},
		{Table: "notices", Whose: own, Cells: empty("title", "body"), Kept: []string{"words"}, By: "board.Erase", Why: "the numbers of a board have no gap; its words for the search are made of what is empty"},
		{
			Table: "notice_edits", Cells: empty("title", "body"), By: "coop.erase_edits", Why: "that a notice was changed, and when",
			Whose: `EXISTS (SELECT FROM coop.notices n WHERE n.cooperative_id = x.cooperative_id AND n.id = x.notice_id AND n.member_id = m.id)`,
		},
		{Table: "comments", Whose: own, Cells: empty("body"), By: "board.Erase", Why: "the numbers of a board have no gap"},
		{Table: "thanks", Why: "a thank you that somebody received stays theirs, as a count"},
		{Table: "reactions", Why: "a sign that somebody received stays theirs, as a count"},
		{Table: "board_log", Why: numbers},
		{Table: "board_files", Why: "that something was reported and how it ended, without a word of it"},
		{Table: "board_reports", Whose: own + ` OR ` + filed, Cells: empty("words"), Kept: []string{"reason"}, Why: "that something was reported, and which of the reasons it was"},
		{Table: "board_rulings", Whose: filed, Cells: empty("words"), By: "coop.erase_words", Why: numbers + "; what they decided about others' words stays the others'"},
		{Table: "problems", Whose: `x.opened_by = m.id`, Cells: empty("title"), Why: "that the homes of a place had a problem, and since when"},
		{Table: "problem_homes", Whose: own, Cells: append(empty("words"), Cell{"since_on", `NULL`}), Why: "that a home had a problem, under its pseudonym"},
		{Table: "problem_steps", Kept: []string{"words"}, Why: "what the cooperative did and was answered, in the name of all"},
		{Table: "saved_notices", Whose: own, Goes: true},
		{Table: "board_mutes", Whose: own, Goes: true},
		{Table: "board_rests", Whose: own, Goes: true},
		{Table: "board_reads", Whose: own, Goes: true, By: "coop.erase_words"},
		{Table: "bookings", Why: numbers},
		{Table: "loans", Whose: own, Cells: empty("condition_out", "condition_back"), Why: "which thing was out, and until when"},
		{Table: "deposits", Whose: own, Cells: dash("kept_why"), Why: numbers},
		{Table: "damages", Whose: own, Cells: empty("words"), Kept: []string{"mended_how"}, Why: "that a thing was broken, and how it was mended, by whoever mended it"},
		{Table: "damages", Whose: `x.mended_by = m.id`, Cells: empty("mended_how")},
	}
}

func help() []Line {
	return []Line{
		{Table: "photos", Whose: own + ` AND x.state <> 'gone'`, Cells: []Cell{{"state", `'gone'`}}, Kept: []string{"key"}, Why: "the files are deleted within minutes, and then the row"},
		{Table: "listing_photos", Whose: listed, Goes: true},
		{Table: "listing_reports", Whose: own + ` OR ` + listed, Cells: empty("words"), Kept: []string{"reason"}, Why: "that something was reported, and which of the reasons it was"},
		{Table: "listing_rulings", Whose: listed, Cells: empty("words"), By: "coop.erase_words", Why: numbers + "; what they decided about others' listings stays the others'"},
		{
			Table: "agreements", Cells: empty("about"), Kept: []string{"bring"}, Why: numbers + "; a title that the other one wrote; what to bring is of a list",
			Whose: `m.id IN (x.giver_id, x.receiver_id) AND (m.id IN (x.proposed_by, x.offered_by) OR ` + listed + `)`,
		},
		{
			Table: "listings", Whose: own, Cells: append(empty("title", "details"), Cell{"spoken", `'{}'`}, Cell{"free_times", `0`}, Cell{"place", `'any'`}),
			Kept: []string{"words"}, Why: "agreements hang on it; its words for the search are made of what is empty",
		},
		{Table: "workshops", Whose: listed, Cells: empty("words"), Why: numbers},
		{Table: "workshop_turns", Why: numbers},
		{Table: "searches", Whose: own, Goes: true},
		{
			Table: "agreement_events", Cells: empty("words"), By: "coop.erase_words", Why: numbers + "; what they decided between others stays the others'",
			Whose: by + ` AND EXISTS (SELECT FROM coop.agreements g WHERE g.cooperative_id = x.cooperative_id AND g.id = x.agreement_id AND m.id IN (g.giver_id, g.receiver_id))`,
		},
		{Table: "agreement_answers", Whose: own, Cells: empty("words"), By: "exchange.Erase"},
		{Table: "agreement_directions", Whose: own, Goes: true, By: "exchange.Erase"},
		{Table: "agreement_thanks", Whose: by, Cells: append(empty("words"), Cell{"shown_at", `NULL`}), By: "exchange.Erase", Why: "that somebody was thanked; what others wrote to them stays the others'"},
		{Table: "talk_log", Whose: own + ` AND x.kind = 'words'`, Cells: empty("body"), By: "exchange.Erase", Why: "the numbers of a conversation have no gap"},
		{Table: "talk_reads", Whose: own, Goes: true, By: "coop.erase_words"},
		{Table: "talks", Why: numbers},
		{Table: "visits", Whose: own, Goes: true, Why: "the visits of others"},
		{Table: "passport_links", Whose: own, Goes: true},
	}
}

func ledger() []Line {
	return []Line{
		{Table: "transfers", Why: numbers},
		{Table: "entries", Why: numbers},
		{
			Table: "transfer_words", Cells: empty("words"), By: "hours.Erase",
			Whose: `EXISTS (SELECT FROM coop.transfers t WHERE t.cooperative_id = x.cooperative_id AND t.id = x.transfer_id AND t.by_member_id = m.id)`,
		},
		{Table: "hours_accounts", Why: numbers},
		{Table: "hours_reserved", Why: numbers},
		{Table: "cheque_booklets", Why: numbers},
		{Table: "cheque_leaves", Whose: `x.bearer_id = m.id`, Cells: empty("about"), Why: numbers},
		{
			Table: "cheque_events", Cells: empty("words"), By: "coop.erase_words", Why: numbers,
			Whose: by + ` AND EXISTS (SELECT FROM coop.cheque_leaves f WHERE f.cooperative_id = x.cooperative_id AND f.id = x.leaf_id AND m.id IN (f.drawer_id, f.bearer_id))`,
		},
		{Table: "fund_draws", Whose: own, Cells: empty("words", "answer"), By: "fund.Erase", Why: numbers},
		{Table: "fund_draws", Whose: `x.decided_by = m.id`, Cells: empty("answer"), By: "fund.Erase"},
		{Table: "fund_draw_events", Why: numbers},
		{Table: "minted_hours", Why: numbers},
	}
}

// house is what is the cooperative's own.
func house() []Line {
	return []Line{
		{Table: "cooperatives", Kept: []string{"name", "town"}, Why: "the cooperative itself"},
		{Table: "places", Kept: []string{"name"}, Why: "the houses of the neighbourhood"},
		{Table: "charters", Kept: []string{"title", "body"}, Why: always},
		{Table: "boards", Kept: []string{"name"}, Why: "the boards of the cooperative"},
		{Table: "board_paces", Kept: []string{"words"}, Why: always},
		{Table: "posters", Kept: []string{"languages"}, Why: "sheets for a stairwell; what hangs on them is read anew"},
		{Table: "poster_listings", Whose: listed, Goes: true},
		{
			Table: "imports", Kept: []string{"file_name", "file_hash", "encoding", "delimiter", "headings", "samples", "columns"},
			Why: "how a former list lay; what it said of people goes when it ends, after two weeks at the latest",
		},
		{Table: "import_files", Kept: []string{"content"}, Why: "gone when the list ends, what was refused two weeks later"},
		{Table: "import_rows", Kept: []string{"name", "pile", "why", "hint", "choice"}, Why: "gone when the list ends, after two weeks at the latest"},
		{Table: "import_lines", Why: numbers},
		{Table: "poster_items", Why: "which things a sheet showed, by their ids"},
		{Table: "poster_codes", Kept: []string{"code"}, Why: "the end of an address, drawn by lot"},
		{Table: "statutes", Why: always},
		{Table: "majorities", Kept: []string{"base", "tie"}, Why: always},
		{Table: "assemblies", Kept: []string{"title", "words", "place", "cancelled_why"}, Why: record},
		{Table: "assembly_events", Why: record},
		{Table: "assembly_documents", Kept: []string{"title", "body"}, Why: record},
		{Table: "motions", Kept: []string{"title", "words"}, Why: record},
		{Table: "convocations", Why: record},
		{Table: "roll", Kept: []string{"added_why"}, Why: record},
		{Table: "presences", Why: record},
		{Table: "proxies", Why: record},
		{Table: "votes", Kept: []string{"base", "method", "tie", "void_why", "paper_why"}, Why: record},
		{Table: "vote_marks", Why: record},
		{Table: "urns", Kept: []string{"sealed"}, Why: record},
		{Table: "ballots", Why: "nobody knows whose they are"},
		{Table: "paper_counts", Why: record},
		{Table: "minutes", Why: record},
		{Table: "minutes_words", Kept: []string{"words"}, Why: record},
		{Table: "minutes_texts", Kept: []string{"text", "annex"}, Why: record},
		{Table: "minutes_signatures", Kept: []string{"hash"}, Why: record},
		{Table: "minutes_contests", Kept: []string{"reason", "decision"}, Why: record},
		{Table: "departure_rules", Kept: []string{"words"}, Why: always},
		{Table: "fund_rules", Kept: []string{"why", "words"}, Why: always},
		{Table: "minting_rules", Kept: []string{"words"}, Why: always},
		{Table: "hours_limits", Why: always},
		{Table: "hours_limit_changes", Kept: []string{"words"}, Why: always},
		{Table: "resources", Kept: []string{"name", "details", "paused_why"}, Why: "what is shared is the cooperative's, whoever entered it"},
		{Table: "booking_rules", Why: always},
		{Table: "lending_rules", Why: always},
	}
}
