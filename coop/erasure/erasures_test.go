package erasure_test

import (
	"encoding/json"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/belongings"
	"lien/coop/board"
	"lien/coop/departure"
	"lien/coop/exchange"
	"lien/coop/hours"
	"lien/coop/photo"
	"lien/database"
	"lien/rule"
)

// leaver is a neighbour of the story who has nothing that people have to end first.
func (h *house) leaver() coop.Actor {
	h.t.Helper()
	var people []struct{ Number int }
	h.fine(h.Owner.NewRaw(`SELECT m.number FROM coop.members m
WHERE m.state = 'active' AND m.number > 1 AND NOT EXISTS (SELECT FROM coop.household_members p WHERE p.member_id = m.id)
ORDER BY m.number`).Scan(h.t.Context(), &people))
	for _, p := range people {
		who := h.actor(p.Number)
		s, err := departure.NewDepartures(h.Coop, h.clock).Settle(h.t.Context(), who, who.Member)
		h.fine(err)
		if !s.Blocked() && !s.Shared {
			return who
		}
	}
	h.t.Fatal("nobody can leave")
	return coop.Actor{}
}

// writes lets somebody write wherever a member may, each time with the mark.
func (h *house) writes(who coop.Actor, mark string) {
	h.t.Helper()
	ctx := h.t.Context()
	h.exec(`UPDATE coop.members SET name = ?, own_name = ?, speaks = '{fr,ar}' WHERE id = ?`, "Madame "+mark, mark+" Registre", who.Member)
	boards := board.NewBoards(h.Coop, h.clock)
	var all coop.BoardID
	h.fine(h.Owner.NewRaw(`SELECT id FROM coop.boards WHERE place_id IS NULL ORDER BY id LIMIT 1`).Scan(ctx, &all))
	notice, err := boards.Pin(ctx, who, all, board.Draft{Key: uuid.New(), Kind: "news", Title: "Titre " + mark, Body: "Texte " + mark, Language: "fr"})
	h.fine(err)
	_, err = boards.Comment(ctx, h.actor(1), notice, uuid.New(), "Je réponds.", "fr")
	h.fine(err)
	var others coop.NoticeID
	h.fine(h.Owner.NewRaw(`SELECT id FROM coop.notices WHERE board_id = ? AND member_id <> ? AND gone_at IS NULL ORDER BY id DESC LIMIT 1`, all, who.Member).Scan(ctx, &others))
	_, err = boards.Comment(ctx, who, others, uuid.New(), "Moi, "+mark, "fr")
	h.fine(err)
	listings := exchange.NewListings(h.Coop, h.clock)
	listing, err := listings.Publish(ctx, who, exchange.Draft{Key: uuid.New(), Kind: exchange.Offer, Category: "sewing", Title: "Couture " + mark, Details: "Chez " + mark, Language: "fr"})
	h.fine(err)
	agreements, first := exchange.NewAgreements(h.Coop, h.clock), h.actor(1)
	agreement, err := agreements.Propose(ctx, first, exchange.Proposal{Key: uuid.New(), Listing: listing, Language: "fr", Plan: exchange.Plan{Minutes: 30, PlannedAt: h.now.Add(48 * time.Hour), Meeting: exchange.CommonRoom}})
	h.fine(err)
	_, err = agreements.Agree(ctx, who, agreement, 1)
	h.fine(err)
	_, err = exchange.NewTalks(h.Coop, h.clock).Say(ctx, who, agreement, exchange.Note{Key: uuid.New(), Words: "Bonjour, ici " + mark, Language: "fr"})
	h.fine(err)
	ledger := hours.NewLedger(h.Coop, h.clock)
	_, err = ledger.Gift(ctx, who, hours.Gift{Key: uuid.New(), To: first.Member, Minutes: 5, Words: "Merci, dit " + mark, Language: "fr"})
	h.fine(err)
	h.exec(`INSERT INTO coop.searches (cooperative_id, id, member_id, words, kind, category, spoken, in_building, client_key, created_at, seen_at, looked_at)
VALUES (?0, gen_random_uuid(), ?1, ?2, '', '', '', false, gen_random_uuid(), ?3, ?3, ?3)`, who.Cooperative, who.Member, mark, h.now)
	h.exec(`INSERT INTO coop.calendar_feeds (cooperative_id, id, member_id, kind, place_id, hash, opened_at, shut_at)
SELECT cooperative_id, gen_random_uuid(), id, 'place', place_id, sha256(convert_to(?2 || shut, 'UTF8')), ?1, CASE WHEN shut THEN ?1::timestamptz END
FROM coop.members, unnest('{true,false}'::boolean[]) AS shut WHERE id = ?0`, who.Member, h.now, mark)
	h.exec(`INSERT INTO coop.suspensions (cooperative_id, id, member_id, decided_by, reason, decided_at, until_on, contest, outcome, review, ended_at)
VALUES (?0, gen_random_uuid(), ?1, ?2, ?3, ?4, ?4::date, '', '', '', ?4)`, who.Cooperative, who.Member, first.Member, "À cause de "+mark, h.now.AddDate(0, 0, -1))
	h.exec(`WITH one AS (SELECT listing_id, photo_id FROM coop.listing_photos LIMIT 1), whose AS (UPDATE coop.listings SET member_id = ?0, state = 'closed' WHERE id = (SELECT listing_id FROM one))
UPDATE coop.photos SET member_id = ?0 WHERE id = (SELECT photo_id FROM one)`, who.Member)
	h.exec(`INSERT INTO account.residents (id, cooperative_id, member_id, created_at) VALUES (?0, ?0, ?1, ?2)`, who.Cooperative, who.Member, h.now)
	h.exec(`INSERT INTO account.devices (id, resident_id, token_hash, pin_hash, name, tries, open_after, created_at, seen_at)
VALUES (gen_random_uuid(), ?0, '\x01', 'x', ?1, 0, ?2, ?2, ?2)`, who.Cooperative, "Téléphone de "+mark, h.now)
}

// leave lets somebody leave with their wish, and the facilitator note it.
func (h *house) leave(who coop.Actor, wish departure.Wish) {
	h.t.Helper()
	ctx, all, first := h.t.Context(), departure.NewDepartures(h.Coop, h.clock), h.actor(1)
	h.fine(all.Begin(ctx, who, wish))
	mine, _, err := all.Mine(ctx, who)
	h.fine(err)
	h.fine(all.Vote(ctx, first, uuid.New(), departure.Rule{Words: "Qui part ne doit plus rien.", Most: 6000, VotedOn: h.now.AddDate(0, 0, -2)}))
	rules, err := all.Rules(ctx, first)
	h.fine(err)
	h.fine(all.Close(ctx, first, mine.ID, rules[0].ID))
}

func TestAfterTheirDayNothingInTheHouseHoldsTheirWordsAndTheOthersKeepTheirs(t *testing.T) {
	h := told(t)
	who, mark := h.leaver(), "zyxmarque"
	h.writes(who, mark)
	if where := h.found(mark); len(where) < 12 {
		t.Fatalf("the words are in no more than %s", strings.Join(where, ", "))
	}
	if !strings.Contains(h.copy(who), mark) {
		t.Fatal("their copy does not hold what they wrote")
	}
	h.now = h.now.Add(time.Minute)
	h.leave(who, departure.Wish{Choice: departure.ToFund, Erase: true})
	sums, files := h.sums(), h.kept()
	h.now = h.now.AddDate(0, 0, 30).Add(-time.Minute)
	h.due(0)
	if len(h.found(mark)) == 0 {
		t.Fatal("erased before the day")
	}
	h.now = h.now.Add(2 * time.Minute)
	h.due(1)
	h.due(0)
	swept, err := photo.NewPhotos(h.Coop, h.clock, h.files, nil).Sweep(t.Context())
	h.fine(err)
	if where := h.found(mark); len(where) > 0 {
		t.Errorf("the words are still in\n  %s", strings.Join(where, "\n  "))
	}
	if swept == 0 || h.kept() >= files {
		t.Errorf("%d files are there of %d; %d pictures were swept", h.kept(), files, swept)
	}
	if got := h.sums(); got != sums {
		t.Errorf("the figures were %s and are %s", sums, got)
	}
	if wrong := h.wrong(); len(wrong) > 0 {
		t.Errorf("it is wrong that %s", strings.Join(wrong, ", "))
	}
	if n := h.count(`SELECT count(*) FROM account.residents r JOIN account.devices d ON d.resident_id = r.id WHERE r.member_id = ? AND (r.ended_at IS NULL OR d.ended_at IS NULL)`, who.Member); n != 0 {
		t.Error("their device still opens something")
	}
	if n := h.count(`SELECT count(*) FROM coop.calendar_feeds WHERE member_id = ? AND (place_id IS NOT NULL OR shut_at IS NULL)`, who.Member); n != 0 {
		t.Error("their calendars still say where they lived")
	}
	h.neighboursRead(who)
}

// neighboursRead: what the first member gave and was given is in their copy, beside nobody's
// name.
func (h *house) neighboursRead(gone coop.Actor) {
	h.t.Helper()
	first := h.actor(1)
	if n := h.count(`SELECT count(*) FROM coop.entries a JOIN coop.entries b USING (cooperative_id, transfer_id) WHERE a.member_id = ? AND b.member_id = ?`, first.Member, gone.Member); n == 0 {
		h.t.Error("the neighbour's hours are gone")
	}
	if !strings.Contains(h.copy(first), `"with": ""`) && !strings.Contains(h.copy(first), `"with":""`) {
		h.t.Error("the neighbour's copy names somebody who has gone")
	}
}

// copy is everything that somebody has, as text.
func (h *house) copy(who coop.Actor) string {
	h.t.Helper()
	var text strings.Builder
	c, err := belongings.New(h.Coop, h.clock).Open(h.t.Context(), who)
	h.fine(err)
	defer c.Close()
	for _, s := range belongings.Sections() {
		h.fine(c.Each(h.t.Context(), s, func(row json.RawMessage) error {
			text.Write(row)
			return nil
		}))
	}
	return text.String()
}

func TestTwoWhoEraseAtOnceDoItOnce(t *testing.T) {
	h := told(t)
	for _, number := range []int{2, 3, 4} {
		h.leaves(h.actor(number))
	}
	var all sync.WaitGroup
	var done atomic.Int64
	for range 4 {
		all.Go(func() {
			n, err := h.erasures().Due(t.Context())
			if err != nil {
				t.Error(err)
			}
			done.Add(int64(n))
		})
	}
	all.Wait()
	h.due(0)
	if done.Load() != 3 {
		t.Errorf("three people were erased %d times", done.Load())
	}
	if wrong := h.count(`SELECT count(*) FROM coop.boards b WHERE last_seq <> (SELECT count(*) FROM coop.board_log l WHERE l.board_id = b.id)`); wrong > 0 {
		t.Errorf("%d boards have a gap", wrong)
	}
}

// The cooperative's own role may not take words away from what is written once, but for
// somebody whose day has come.
func TestWordsThatAreWrittenOnceGoOnlyWhenTheirDayHasCome(t *testing.T) {
	h := told(t)
	who := h.actor(3)
	const mine = `WHERE member_id = (SELECT id FROM coop.members WHERE number = 3)`
	for what, prepare := range map[string]string{
		"a member who is there":  `SELECT`,
		"one who did not ask":    `UPDATE coop.departures SET erase = false, erase_at = NULL ` + mine,
		"one whose day is later": `UPDATE coop.departures SET erase_at = '2999-01-01' ` + mine,
		"one who came back":      `UPDATE coop.members SET state = 'active' WHERE number = 3`,
		"one who was erased":     `UPDATE coop.departures SET erased_at = erase_at ` + mine,
	} {
		if what != "a member who is there" {
			h.exec(`DELETE FROM coop.departures WHERE member_id = ?`, who.Member)
			h.leaves(who)
		}
		h.exec(prepare)
		_, err := h.Coop.NewRaw(`SELECT coop.erase_words(?, ?, ?)`, who.Cooperative, who.Member, h.now).Exec(t.Context())
		if database.Broken(err) != "nobody_is_erased_before_their_day" {
			t.Errorf("%s: %v", what, err)
		}
		if n, err := h.erasures().Due(t.Context()); err != nil || n != 0 {
			t.Errorf("%s was erased: %d, %v", what, n, err)
		}
	}
	h.exec(`UPDATE coop.departures SET erased_at = NULL ` + mine)
	_, err := h.Coop.NewRaw(`SELECT coop.erase_words(?, ?, ?)`, rule.NewID[coop.CooperativeID](), who.Member, h.now).Exec(t.Context())
	if database.Broken(err) != "nobody_is_erased_before_their_day" {
		t.Errorf("in the name of another cooperative: %v", err)
	}
}
