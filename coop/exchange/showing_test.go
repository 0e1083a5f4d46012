package exchange_test

import (
	"errors"
	"testing"
	"time"

	"lien/coop"
	"lien/coop/exchange"
	"lien/rule"
)

// at brings a new listing of A to a state.
func (s *street) at(t testing.TB, state exchange.Shown) coop.ListingID {
	t.Helper()
	d := draft()
	d.Later = state == exchange.Drafted
	id := s.publish(t, 0, d)
	s.exec(t, `UPDATE coop.listings SET state = ? WHERE id = ?`, state, id)
	if state == exchange.Ended {
		s.exec(t, `UPDATE coop.listings SET expires_at = ? WHERE id = ?`, s.now().Add(-time.Hour), id)
	}
	return id
}

func (s *street) state(t testing.TB, id coop.ListingID) (state exchange.Shown) {
	t.Helper()
	if err := s.Coop.NewRaw(`SELECT state FROM coop.listings WHERE id = ?`, id).Scan(t.Context(), &state); err != nil {
		t.Fatal(err)
	}
	return state
}

// turns are what each turn is called by.
func (s *street) turns(t testing.TB) map[exchange.Turn]func(coop.Actor, coop.ListingID) error {
	t.Helper()
	ctx := t.Context()
	return map[exchange.Turn]func(coop.Actor, coop.ListingID) error{
		exchange.TurnUp:     func(a coop.Actor, id coop.ListingID) error { return s.listings.PutUp(ctx, a, id) },
		exchange.TurnPause:  func(a coop.Actor, id coop.ListingID) error { return s.listings.Pause(ctx, a, id) },
		exchange.TurnReopen: func(a coop.Actor, id coop.ListingID) error { return s.listings.Reopen(ctx, a, id) },
		exchange.TurnRenew:  func(a coop.Actor, id coop.ListingID) error { return s.listings.Renew(ctx, a, id) },
		exchange.TurnRevise: func(a coop.Actor, id coop.ListingID) error { return s.listings.Revise(ctx, a, id, draft()) },
		exchange.TurnClose:  func(a coop.Actor, id coop.ListingID) error { return s.listings.Close(ctx, a, id) },
	}
}

func shownStates() []exchange.Shown {
	return []exchange.Shown{exchange.Drafted, exchange.Open, exchange.Paused, exchange.Ended, exchange.Closed}
}

// Every state × actor × turn does what the table says, and nothing else.
func TestAListingMovesAlongItsTableOnly(t *testing.T) {
	s := newStreet(t, 4)
	facilitator := s.facilitator(t, 2)
	s.exec(t, `UPDATE coop.members SET state = 'suspended' WHERE id = ?`, s.members[3])
	elsewhere := rule.NewID[coop.CooperativeID]()
	foreign := coop.Actor{Cooperative: elsewhere, Member: s.found(t, elsewhere, 1)[0]}
	tried := 0
	for turn, call := range s.turns(t) {
		for _, from := range shownStates() {
			for name, actor := range map[string]coop.Actor{"owner": s.actor(0), "neighbour": s.actor(1), "facilitator": facilitator, "suspended": s.actor(3), "foreign": foreign} {
				s.later(48 * time.Hour) // whoever publishes much waits
				id := s.at(t, from)
				tried++
				err, to := call(actor, id), s.state(t, id)
				want, possible, already := from, false, false
				for _, line := range exchange.Showings() {
					if line.Turn == turn && line.From == from {
						want, possible = line.To, true
					}
					already = already || line.Turn == turn && line.To == from
				}
				switch {
				case name != "owner":
					if !errors.Is(err, rule.ErrNotFound) || to != from {
						t.Errorf("%s from %s by %s: got %v and %s", turn, from, name, err, to)
					}
				case possible && (err != nil || to != want):
					t.Errorf("%s from %s: got %v and %s, want %s", turn, from, err, to, want)
				case !possible && already && (err != nil || to != from):
					t.Errorf("%s from %s again: got %v and %s, want nothing", turn, from, err, to)
				case !possible && !already && (!errors.Is(err, rule.ErrMoved) || to != from):
					t.Errorf("%s from %s: got %v and %s, want ErrMoved", turn, from, err, to)
				}
				s.exec(t, `UPDATE coop.listings SET state = 'closed' WHERE id = ?`, id)
			}
		}
	}
	if tried != 6*5*5 {
		t.Errorf("%d were tried", tried)
	}
}

func TestEveryListingHasAWayOutAndEachStateIsReached(t *testing.T) {
	reached, left := map[exchange.Shown]bool{exchange.Drafted: true, exchange.Open: true}, map[exchange.Shown]bool{}
	for _, line := range exchange.Showings() {
		reached[line.To] = true
		left[line.From] = left[line.From] || line.To == exchange.Closed
	}
	for _, state := range shownStates() {
		if !reached[state] {
			t.Errorf("nothing leads to %s", state)
		}
		if state != exchange.Closed && !left[state] {
			t.Errorf("%s cannot be closed", state)
		}
	}
	if left[exchange.Closed] {
		t.Error("something leads out of what is closed")
	}
}

func TestADraftIsItsWritersAloneUntilItIsPutUp(t *testing.T) {
	s := newStreet(t, 2)
	id := s.at(t, exchange.Drafted)
	if _, err := s.listings.One(t.Context(), s.actor(1), id); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("a neighbour reads it: %v", err)
	}
	s.later(10 * 24 * time.Hour)
	if err := s.listings.PutUp(t.Context(), s.actor(0), id); err != nil {
		t.Fatal(err)
	}
	l, err := s.listings.One(t.Context(), s.actor(1), id)
	if err != nil || !l.PublishedAt.Equal(s.now()) || !l.ExpiresAt.Equal(s.now().Add(exchange.Lasts)) {
		t.Errorf("put up: %+v (%v), want ninety days from now", l, err)
	}
}

func TestNobodyFloodsTheList(t *testing.T) {
	s := newStreet(t, 2)
	for range 12 {
		s.publish(t, 0, draft())
	}
	if _, err := s.listings.Publish(t.Context(), s.actor(0), draft()); broken(err) != "title listing.too_fast" {
		t.Errorf("the thirteenth of a day: %v", err)
	}
	later := s.at(t, exchange.Drafted) // writing for oneself is no flood
	if err := s.listings.PutUp(t.Context(), s.actor(0), later); broken(err) != "title listing.too_fast" {
		t.Errorf("a draft put up: %v", err)
	}
	s.publish(t, 1, draft())
	s.later(25 * time.Hour)
	s.publish(t, 0, draft())
}

func (s *street) told(t testing.TB, n int, kind string) int64 {
	t.Helper()
	return s.number(t, `SELECT count(*) FROM coop.inbox WHERE member_id = ? AND kind = ?`, s.members[n], kind)
}

func TestTheOwnerIsWarnedOncePerEndAndToldOfIt(t *testing.T) {
	s := newStreet(t, 1)
	id := s.publish(t, 0, draft())
	round := func(want int64, kind string) {
		t.Helper()
		for range 2 { // a second round finds nothing more
			for _, work := range []func() (int, error){
				func() (int, error) { return s.listings.Warn(t.Context()) }, func() (int, error) { return s.listings.Expire(t.Context()) },
			} {
				if _, err := work(); err != nil {
					t.Fatal(err)
				}
			}
		}
		if got := s.told(t, 0, kind); got != want {
			t.Errorf("%s: told %d times, want %d", kind, got, want)
		}
	}
	s.later(75 * 24 * time.Hour)
	round(0, "listing_ends")
	s.later(2 * 24 * time.Hour)
	round(1, "listing_ends")
	if err := s.listings.Renew(t.Context(), s.actor(0), id); err != nil {
		t.Fatal(err)
	}
	s.later(80 * 24 * time.Hour)
	round(2, "listing_ends")
	s.later(11 * 24 * time.Hour)
	round(1, "listing_ended")
	if got := s.state(t, id); got != exchange.Ended {
		t.Errorf("state: %s", got)
	}
	if err := s.listings.Renew(t.Context(), s.actor(0), id); err != nil || s.state(t, id) != exchange.Open {
		t.Errorf("one tap renews: %v", err)
	}
}

func TestTheTapsOfAListingAreKeptAndChecked(t *testing.T) {
	s := newStreet(t, 2)
	d := draft()
	d.Place, d.Spoken = exchange.InCommonRoom, []string{"ar", "fr"}
	d.Free = exchange.At(time.Saturday, exchange.Morning) | exchange.At(time.Sunday, exchange.Evening)
	l, err := s.listings.One(t.Context(), s.actor(1), s.publish(t, 0, d))
	if err != nil || l.Place != d.Place || l.Free != d.Free || len(l.Spoken) != 2 || l.Spoken[0] != "fr" {
		t.Errorf("read as %+v (%v)", l, err)
	}
	if !l.Free.Has(exchange.At(time.Sunday, exchange.Evening)) || l.Free.Has(exchange.At(time.Sunday, exchange.Morning)) {
		t.Errorf("free at %b", l.Free)
	}
	for want, change := range map[string]func(*exchange.Draft){
		"place rule.choose":  func(d *exchange.Draft) { d.Place = "the moon" },
		"free rule.choose":   func(d *exchange.Draft) { d.Free = 1 << 21 },
		"spoken rule.choose": func(d *exchange.Draft) { d.Spoken = []string{"tlh"} },
	} {
		d := draft()
		change(&d)
		if _, err := s.listings.Publish(t.Context(), s.actor(0), d); broken(err) != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}
