package exchange_test

import (
	"errors"
	"testing"
	"time"

	"lien/coop"
	"lien/coop/exchange"
	"lien/rule"
)

func (s *street) report(t testing.TB, n int, id coop.ListingID) {
	t.Helper()
	if err := s.listings.Report(t.Context(), s.actor(n), exchange.Report{Listing: id, Reason: "money", Words: "On me demande dix euros."}); err != nil {
		t.Fatal(err)
	}
}

func decision(step exchange.Verdict, seen int) exchange.Decision {
	return exchange.Decision{Step: step, Seen: seen, Rule: "money", Words: "Enlevez le prix, et tout ira bien."}
}

// moderated brings a new listing of A, which C (who facilitates) hides, to a state of
// moderation, and returns how many steps that took.
func (s *street) moderated(t testing.TB, state exchange.Moderation) (id coop.ListingID, seen int) {
	t.Helper()
	s.later(48 * time.Hour)
	id = s.publish(t, 0, draft())
	s.report(t, 1, id)
	steps := map[exchange.Moderation][]exchange.Verdict{
		exchange.Hidden: {exchange.ToHide}, exchange.Contested: {exchange.ToHide, exchange.ToContest},
		exchange.Upheld: {exchange.ToHide, exchange.ToContest, exchange.ToUphold},
	}
	who := map[exchange.Verdict]int{exchange.ToHide: 2, exchange.ToContest: 0, exchange.ToUphold: 3}
	for n, step := range steps[state] {
		if err := s.listings.Decide(t.Context(), s.actor(who[step]), id, decision(step, n)); err != nil {
			t.Fatal(err)
		}
	}
	return id, len(steps[state])
}

func (s *street) moderation(t testing.TB, id coop.ListingID) (m exchange.Moderation) {
	t.Helper()
	if err := s.Coop.NewRaw(`SELECT moderation FROM coop.listings WHERE id = ?`, id).Scan(t.Context(), &m); err != nil {
		t.Fatal(err)
	}
	return m
}

// Every state × actor × step does what the table says: A owns, B reported, C hid, D
// facilitates too, and E is nobody in it.
func TestModerationMovesAlongItsTableOnly(t *testing.T) {
	s := newStreet(t, 5)
	s.facilitator(t, 2)
	s.facilitator(t, 3)
	who := []string{"owner", "reporter", "who hid it", "another facilitator", "neighbour"}
	for _, from := range []exchange.Moderation{exchange.Unmoderated, exchange.Hidden, exchange.Contested, exchange.Upheld} {
		for _, step := range []exchange.Verdict{exchange.ToKeep, exchange.ToHide, exchange.ToContest, exchange.ToRestore, exchange.ToUphold} {
			for n, name := range who {
				id, seen := s.moderated(t, from)
				err := s.listings.Decide(t.Context(), s.actor(n), id, decision(step, seen))
				want, possible := from, false
				for _, line := range exchange.Ruleds() {
					if line.Step != step || line.From != from {
						continue
					}
					if line.May(s.members[n], s.members[0], s.members[2], n == 2 || n == 3) {
						want, possible = line.To, true
					}
				}
				if (err == nil) != possible || s.moderation(t, id) != want {
					t.Errorf("%s of what is %s by %s: got %v and %s, want %s", step, from, name, err, s.moderation(t, id), want)
				}
				s.exec(t, `UPDATE coop.listings SET state = 'closed' WHERE id = ?`, id)
				if (n == 1 || n == 4) && !errors.Is(err, rule.ErrNotFound) {
					t.Errorf("%s by %s: got %v, want ErrNotFound", step, name, err)
				}
			}
		}
	}
}

func TestWhoHidNeverDecidesOnTheAnswer(t *testing.T) {
	for _, line := range exchange.Ruleds() {
		owner, hid, other := coop.MemberID{}, rule.NewID[coop.MemberID](), rule.NewID[coop.MemberID]()
		if line.From == exchange.Contested && (line.May(hid, owner, hid, true) || !line.May(other, owner, hid, true)) {
			t.Errorf("%s: who hid it decides", line.Step)
		}
		if line.Step != exchange.ToContest && line.May(owner, owner, hid, true) {
			t.Errorf("%s: the owner decides about their own", line.Step)
		}
		if line.May(other, owner, hid, false) {
			t.Errorf("%s: anybody may", line.Step)
		}
	}
}

func TestAHiddenListingStaysItsOwnersToRead(t *testing.T) {
	s := newStreet(t, 4)
	s.facilitator(t, 2)
	s.facilitator(t, 3)
	id, _ := s.moderated(t, exchange.Hidden)
	for _, search := range []exchange.Search{{}, {Words: "étagère"}} {
		if got := s.titles(t, 1, search); got != "" {
			t.Errorf("a neighbour reads %q", got)
		}
	}
	if _, err := s.listings.One(t.Context(), s.actor(1), id); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("a neighbour opens it: %v", err)
	}
	if _, err := s.agreements.Propose(t.Context(), s.actor(1), s.proposal(id)); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("a neighbour answers it: %v", err)
	}
	l, err := s.listings.One(t.Context(), s.actor(0), id)
	if err != nil || l.Moderation != exchange.Hidden {
		t.Errorf("its owner reads %+v (%v)", l, err)
	}
	why, err := s.listings.Rulings(t.Context(), s.actor(0), id)
	if err != nil || len(why) != 1 || why[0].Rule != "money" || why[0].Words == "" {
		t.Errorf("its owner reads why: %+v (%v)", why, err)
	}
	if why, err := s.listings.Rulings(t.Context(), s.actor(1), id); err != nil || len(why) != 0 {
		t.Errorf("a neighbour reads why: %+v (%v)", why, err)
	}
	if s.told(t, 0, "listing_hidden") != 1 || s.told(t, 1, "report_answered") != 1 {
		t.Error("who is concerned was not told")
	}
}

func TestAReportCountsOnceAndTellsNobodyWhoMadeIt(t *testing.T) {
	s := newStreet(t, 4)
	fay := s.facilitator(t, 2)
	id := s.publish(t, 0, draft())
	s.report(t, 1, id)
	s.report(t, 1, id)
	s.report(t, 3, id)
	files, err := s.listings.Queue(t.Context(), fay)
	if err != nil || len(files) != 1 || files[0].Reports != 2 {
		t.Fatalf("the queue holds %+v (%v), want one listing that two reported", files, err)
	}
	if err := s.listings.Report(t.Context(), s.actor(0), exchange.Report{Listing: id, Reason: "other"}); !errors.Is(err, rule.ErrForbidden) {
		t.Errorf("one's own: %v", err)
	}
	for _, n := range []int{0, 1} {
		if _, err := s.listings.Queue(t.Context(), s.actor(n)); !errors.Is(err, rule.ErrNotFound) {
			t.Errorf("the queue for a member: %v", err)
		}
		if _, _, err := s.listings.Reported(t.Context(), s.actor(n), id); !errors.Is(err, rule.ErrNotFound) {
			t.Errorf("the reports for a member: %v", err)
		}
	}
	if err := s.listings.Decide(t.Context(), fay, id, decision(exchange.ToKeep, 0)); err != nil {
		t.Fatal(err)
	}
	if files, err := s.listings.Queue(t.Context(), fay); err != nil || len(files) != 0 {
		t.Errorf("answered and still in the queue: %+v (%v)", files, err)
	}
	if err := s.listings.Decide(t.Context(), fay, id, decision(exchange.ToHide, 0)); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("nobody reports it any more: %v", err)
	}
	s.report(t, 1, id) // it may be reported again
	if err := s.listings.Decide(t.Context(), fay, id, decision(exchange.ToHide, 0)); !errors.Is(err, rule.ErrMoved) {
		t.Errorf("a page that is too old: %v", err)
	}
}

func TestWhoHidesNamesARule(t *testing.T) {
	s := newStreet(t, 3)
	fay := s.facilitator(t, 2)
	id := s.publish(t, 0, draft())
	s.report(t, 1, id)
	bare := decision(exchange.ToHide, 0)
	bare.Rule = "other"
	if err := s.listings.Decide(t.Context(), fay, id, bare); broken(err) != "rule rule.choose" {
		t.Errorf("got %v", err)
	}
	silent := decision(exchange.ToContest, 1)
	silent.Words = ""
	if err := s.listings.Decide(t.Context(), fay, id, decision(exchange.ToHide, 0)); err != nil {
		t.Fatal(err)
	}
	if err := s.listings.Decide(t.Context(), s.actor(0), id, silent); broken(err) != "words rule.missing" {
		t.Errorf("an answer without words: %v", err)
	}
}

func TestAFacilitatorNeverLearnsWhoReportedTheirOwnListing(t *testing.T) {
	s := newStreet(t, 3)
	s.facilitator(t, 0)
	s.facilitator(t, 2)
	id := s.publish(t, 0, draft())
	s.report(t, 1, id)
	if _, told, err := s.listings.Reported(t.Context(), s.actor(0), id); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("the owner reads %+v, %v", told, err)
	}
	for n, want := range map[int]int{0: 0, 2: 1} {
		files, err := s.listings.Queue(t.Context(), s.actor(n))
		waits, counted := s.listings.Waiting(t.Context(), s.actor(n))
		if err != nil || counted != nil || len(files) != want || waits != want {
			t.Errorf("facilitator %d finds %d in the list and %d counted, want %d (%v, %v)", n, len(files), waits, want, err, counted)
		}
	}
}
