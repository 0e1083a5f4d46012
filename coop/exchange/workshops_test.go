package exchange_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/exchange"
	"lien/coop/hours"
	"lien/rule"
)

// hall is a street whose A leads workshops.
type hall struct {
	*street
	shops *exchange.Workshops
}

func newHall(t testing.TB, people int) hall {
	s := newStreet(t, people)
	return hall{street: s, shops: exchange.NewWorkshops(s.Coop, s.now)}
}

func (h hall) invitation(seats int) exchange.Invitation {
	return exchange.Invitation{
		Draft:    exchange.Draft{Key: uuid.New(), Category: "repair", Title: "Réparer son vélo", Language: "fr", Minutes: 90},
		StartsAt: h.now().Add(3 * 24 * time.Hour), Seats: seats, Least: 2, Meeting: exchange.CommonRoom,
	}
}

func (h hall) announce(t testing.TB, seats int) coop.ListingID {
	t.Helper()
	id, err := h.shops.Announce(t.Context(), h.actor(0), h.invitation(seats))
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func (h hall) join(t testing.TB, id coop.ListingID, people ...int) {
	t.Helper()
	for _, n := range people {
		if err := h.shops.Join(t.Context(), h.actor(n), id, false); err != nil {
			t.Fatalf("%d: %v", n, err)
		}
	}
}

func (h hall) reads(t testing.TB, id coop.ListingID, n int) exchange.Workshop {
	t.Helper()
	shop, err := h.shops.One(t.Context(), h.actor(n), id)
	if err != nil {
		t.Fatalf("%d: %v", n, err)
	}
	return shop
}

func (h hall) does(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (h hall) due(t testing.TB) {
	t.Helper()
	if _, err := h.shops.Due(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// told is how often a member was told of a kind.
func (h hall) told(t testing.TB, n int, kind string) int64 {
	t.Helper()
	return h.number(t, `SELECT count(*) FROM coop.inbox WHERE member_id = ? AND kind = ?`, h.members[n], kind)
}

func (h hall) balance(t testing.TB, n int) int64 {
	t.Helper()
	return h.number(t, `SELECT coalesce((SELECT balance FROM coop.hours_accounts WHERE member_id = ?), 0)`, h.members[n])
}

func (h hall) afterwards(t testing.TB, id coop.ListingID) {
	t.Helper()
	h.clock.Store(h.reads(t, id, 0).Ends().Add(time.Minute).Unix())
}

func TestWhoCameSaysSoTooBeforeHoursMoveOncePerPerson(t *testing.T) {
	h := newHall(t, 4)
	id := h.announce(t, 5)
	h.join(t, id, 1, 2, 3)
	if got := h.reserved(t, 1); got != 90 {
		t.Errorf("%d minutes are kept of who has a seat, want 90", got)
	}
	if err := h.shops.Mark(t.Context(), h.actor(0), id, h.members[1:2], 90); !errors.Is(err, rule.ErrMoved) {
		t.Errorf("marked before the end: %v", err)
	}
	h.afterwards(t, id)
	for range 2 { // a second tap changes nothing
		h.does(t, h.shops.Mark(t.Context(), h.actor(0), id, h.members[1:3], 60))
	}
	if sum := h.balance(t, 0); sum != 0 {
		t.Fatalf("the host has %d by their word alone", sum)
	}
	for _, n := range []int{1, 2} {
		mine := h.reads(t, id, n).Mine
		g, err := h.agreements.One(t.Context(), h.actor(n), mine.Agreement)
		h.does(t, err)
		if _, err := h.agreements.Confirm(t.Context(), h.actor(0), g.ID, g.Steps, 60); !errors.Is(err, rule.ErrForbidden) {
			t.Errorf("the host confirms for both: %v", err)
		}
		for range 2 {
			_, err = h.agreements.Confirm(t.Context(), h.actor(n), g.ID, g.Steps, 60)
			h.does(t, err)
		}
	}
	if got := []int64{h.balance(t, 0), h.balance(t, 1), h.balance(t, 2), h.balance(t, 3)}; !slices.Equal(got, []int64{120, -60, -60, 0}) {
		t.Errorf("balances: %v", got)
	}
	if h.told(t, 3, "workshop_absent") != 1 || h.reserved(t, 3) != 0 {
		t.Error("who did not come was not told, or hours are still kept of them")
	}
}

func TestWhatAReceiverSaidFirstIsAnsweredByTheHost(t *testing.T) {
	h := newHall(t, 2)
	id := h.announce(t, 4)
	h.join(t, id, 1)
	h.afterwards(t, id)
	mine := h.reads(t, id, 1).Mine
	g, err := h.agreements.One(t.Context(), h.actor(1), mine.Agreement)
	h.does(t, err)
	_, err = h.agreements.Claim(t.Context(), h.actor(1), g.ID, g.Steps, 85)
	h.does(t, err)
	h.does(t, h.shops.Mark(t.Context(), h.actor(0), id, h.members[1:2], 90))
	if h.balance(t, 0) != 85 {
		t.Errorf("the host has %d, want the lower figure", h.balance(t, 0))
	}
}

func TestOfManyAtOnceTheLastSeatsAreTakenOnce(t *testing.T) {
	h := newHall(t, 17)
	id := h.announce(t, 3)
	errs := make([]error, 32)
	var all sync.WaitGroup
	for n := range errs { // each taps twice
		all.Go(func() { errs[n] = h.shops.Join(t.Context(), h.actor(1+n/2), id, false) })
	}
	all.Wait()
	for n, err := range errs {
		if err != nil {
			t.Errorf("%d: %v", n, err)
		}
	}
	shop := h.reads(t, id, 0)
	if shop.Taken != 3 || shop.Waiting != 13 || len(shop.All) != 16 {
		t.Errorf("%d have a seat, %d wait, %d turns", shop.Taken, shop.Waiting, len(shop.All))
	}
}

func TestThoseWhoLeaveAndThoseWhoCallOffDoNotWaitForEachOther(t *testing.T) {
	h := newHall(t, 10)
	first := h.announce(t, 9)
	second, err := h.shops.Announce(t.Context(), h.actor(1), h.invitation(9))
	h.does(t, err)
	h.join(t, first, 1, 2, 3, 4, 5, 6, 7, 8, 9)
	h.join(t, second, 9, 8, 7, 6, 5, 4, 3, 2, 0)
	var all sync.WaitGroup
	errs := make(chan error, 40)
	for n := range 10 {
		all.Go(func() { errs <- h.shops.Leave(t.Context(), h.actor(n), first) })
		all.Go(func() { errs <- h.shops.Leave(t.Context(), h.actor(n), second) })
	}
	all.Go(func() { errs <- h.shops.Cancel(t.Context(), h.actor(0), first, french("Je suis malade.")) })
	all.Go(func() { errs <- h.shops.Cancel(t.Context(), h.actor(1), second, french("Je suis malade.")) })
	all.Wait()
	close(errs)
	for err := range errs {
		if err != nil && !errors.Is(err, rule.ErrNotFound) && !errors.Is(err, rule.ErrMoved) {
			t.Error(err)
		}
	}
	if n := h.number(t, `SELECT count(*) FROM coop.agreements WHERE deadline_at IS NOT NULL`); n != 0 {
		t.Errorf("%d seats are left", n)
	}
	if n := h.number(t, `SELECT coalesce(sum(reserved), 0) FROM coop.hours_accounts`); n != 0 {
		t.Errorf("%d minutes are still kept", n)
	}
}

func TestAFreedSeatIsOfferedInTheOrderOfAskingAndPassesOn(t *testing.T) {
	h := newHall(t, 6)
	id := h.announce(t, 2)
	h.join(t, id, 1, 2, 3, 4, 5)
	h.does(t, h.shops.Leave(t.Context(), h.actor(1), id))
	if mine := h.reads(t, id, 3).Mine; !mine.Kept() || h.told(t, 3, "workshop_free") != 1 {
		t.Fatalf("the next one stands at %+v", mine)
	}
	if got := h.reserved(t, 3); got != 0 {
		t.Errorf("%d minutes are kept of who has not said yes", got)
	}
	h.later(25 * time.Hour)
	h.due(t)
	h.due(t)
	if third, fourth := h.reads(t, id, 3).Mine, h.reads(t, id, 4).Mine; third.Turn != 0 || !fourth.Kept() || h.told(t, 3, "workshop_passed") != 1 {
		t.Fatalf("the third stands at %+v, the fourth at %+v", third, fourth)
	}
	h.join(t, id, 4, 3)
	if fourth, third := h.reads(t, id, 4).Mine, h.reads(t, id, 3).Mine; !fourth.Holds() || !third.Waits() || third.Turn <= h.reads(t, id, 5).Mine.Turn {
		t.Errorf("the fourth stands at %+v, who came back at %+v", fourth, third)
	}
	shop := h.reads(t, id, 0)
	if shop.Taken != 2 || shop.Waiting != 2 {
		t.Errorf("%d have a seat, %d wait", shop.Taken, shop.Waiting)
	}
}

func TestASeatThatNobodyAnsweredForEndsWithTheBeginning(t *testing.T) {
	h := newHall(t, 4)
	id := h.announce(t, 2)
	h.join(t, id, 1, 2, 3)
	h.clock.Store(h.reads(t, id, 0).StartsAt.Add(-time.Hour).Unix())
	h.does(t, h.shops.Leave(t.Context(), h.actor(1), id))
	h.later(2 * time.Hour)
	if err := h.shops.Join(t.Context(), h.actor(3), id, false); !errors.Is(err, rule.ErrMoved) {
		t.Errorf("a seat was taken after the beginning: %v", err)
	}
	h.due(t)
	if n := h.number(t, `SELECT count(*) FROM coop.agreements WHERE state = 'proposed'`); n != 0 {
		t.Errorf("%d seats are still kept", n)
	}
}

func TestWhoComesIsReadOnlyAsEachAgreed(t *testing.T) {
	h := newHall(t, 7)
	id := h.announce(t, 5)
	h.does(t, h.shops.Join(t.Context(), h.actor(1), id, true))
	h.does(t, h.shops.Join(t.Context(), h.actor(2), id, false))
	h.does(t, h.shops.Join(t.Context(), h.actor(3), id, true))
	h.does(t, h.shops.Join(t.Context(), h.actor(4), id, true))
	h.exec(t, `INSERT INTO coop.blocks (cooperative_id, member_id, hidden_id, at) VALUES (?, ?, ?, ?)`, h.cooperative, h.members[4], h.members[1], noon)
	names := func(n int) (out string) {
		for _, p := range h.reads(t, id, n).Others {
			out += p.Name
		}
		return out
	}
	for n, want := range map[int]string{0: "", 1: "D", 2: "BDE", 3: "BE", 4: "D", 5: ""} {
		if got := names(n); got != want {
			t.Errorf("%d reads %q, want %q", n, got, want)
		}
	}
	if all := h.reads(t, id, 0).All; len(all) != 4 || h.reads(t, id, 2).All != nil {
		t.Errorf("the host reads %d seats, others %v", len(all), h.reads(t, id, 2).All)
	}
	h.does(t, h.shops.Show(t.Context(), h.actor(3), id, false))
	if got := names(2); got != "BE" {
		t.Errorf("after a no they read %q", got)
	}
}

func TestAWorkshopCalledOffTellsAllWithAWordAndKeepsNothing(t *testing.T) {
	h := newHall(t, 6)
	id := h.announce(t, 3)
	h.join(t, id, 1, 2, 3, 4)
	h.does(t, h.shops.Leave(t.Context(), h.actor(1), id)) // the seat is kept for 4
	h.join(t, id, 1)                                      // and 1 waits
	if got := broken(h.shops.Cancel(t.Context(), h.actor(0), id, french(" "))); got != "words rule.short" && got != "words rule.missing" {
		t.Errorf("without a word: %s", got)
	}
	for range 2 {
		h.does(t, h.shops.Cancel(t.Context(), h.actor(0), id, french("Je suis malade.")))
	}
	for n := 1; n <= 4; n++ {
		if got := h.told(t, n, "workshop_cancelled"); got != 1 || h.told(t, n, "agreement_cancelled") != 0 {
			t.Errorf("%d was told %d times", n, got)
		}
		if shop := h.reads(t, id, n); shop.Words != "Je suis malade." || h.reserved(t, n) != 0 {
			t.Errorf("%d reads %q", n, shop.Words)
		}
	}
	if _, err := h.shops.One(t.Context(), h.actor(5), id); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("who had no part still reads it: %v", err)
	}
	h.later(4 * 24 * time.Hour)
	h.due(t)
	if err := h.shops.Mark(t.Context(), h.actor(0), id, nil, 60); !errors.Is(err, rule.ErrMoved) {
		t.Errorf("marked although called off: %v", err)
	}
}

func TestTheHostIsToldOnceADayAheadThatFewCome(t *testing.T) {
	h := newHall(t, 4)
	few, enough := h.announce(t, 5), h.announce(t, 5)
	h.join(t, few, 1)
	h.join(t, enough, 1, 2)
	h.due(t)
	if h.told(t, 0, "workshop_few") != 0 {
		t.Error("told three days ahead")
	}
	h.later(50 * time.Hour)
	for range 2 {
		h.due(t)
	}
	if got := h.number(t, `SELECT count(*) FROM coop.inbox WHERE kind = 'workshop_few' AND subject_id = ?`, few); got != 1 || h.told(t, 0, "workshop_few") != 1 {
		t.Errorf("told %d times", h.told(t, 0, "workshop_few"))
	}
}

func TestTheHostIsRemindedOnceForAllSeats(t *testing.T) {
	h := newHall(t, 5)
	id := h.announce(t, 5)
	h.join(t, id, 1, 2, 3, 4)
	h.clock.Store(h.reads(t, id, 0).StartsAt.Add(-2 * time.Hour).Unix())
	_, err := h.agreements.Remind(t.Context())
	h.does(t, err)
	h.afterwards(t, id)
	h.later(3 * 24 * time.Hour)
	_, err = h.agreements.Remind(t.Context())
	h.does(t, err)
	if h.told(t, 0, "workshop_soon") != 1 || h.told(t, 0, "agreement_soon") != 0 || h.told(t, 2, "agreement_soon") != 1 {
		t.Error("the host is reminded of each seat, or somebody is not")
	}
	if h.told(t, 0, "workshop_over") != 1 || h.told(t, 3, "agreement_done") != 1 {
		t.Error("afterwards, the same")
	}
}

func TestTheSeatsOfWhoRestsThatDayPassOn(t *testing.T) {
	h := newHall(t, 4)
	id := h.announce(t, 2)
	h.join(t, id, 1, 2, 3)
	h.exec(t, `UPDATE coop.members SET state = 'paused' WHERE id = ?`, h.members[1])
	h.exec(t, `INSERT INTO coop.pauses (cooperative_id, id, member_id, from_on, until_on, client_key, asked_at, begun_at)
VALUES (?, gen_random_uuid(), ?, '2026-11-23', '2026-12-02', gen_random_uuid(), ?, ?)`, h.cooperative, h.members[1], noon, noon)
	h.due(t)
	if mine := h.reads(t, id, 3).Mine; !mine.Kept() || h.reserved(t, 1) != 0 || h.told(t, 0, "workshop_left") != 1 {
		t.Errorf("the next one stands at %+v", mine)
	}
}

func TestWhoLeavesCallsTheirWorkshopsOffAndWaitsNoMore(t *testing.T) {
	h := newHall(t, 5)
	id := h.announce(t, 2)
	h.join(t, id, 1, 2, 3, 4)
	for _, n := range []int{3, 0} {
		h.exec(t, `UPDATE coop.members SET state = 'leaving' WHERE id = ?`, h.members[n])
		h.does(t, h.Coop.RunInTx(t.Context(), nil, func(ctx context.Context, tx bun.Tx) error {
			return exchange.NewWorkshops(tx, h.now).CallOff(ctx, tx, h.actor(n))
		}))
	}
	for n, want := range map[int]int64{1: 1, 2: 1, 3: 0, 4: 1} {
		if got := h.told(t, n, "workshop_cancelled"); got != want {
			t.Errorf("%d was told %d times, want %d", n, got, want)
		}
	}
}

func TestASeatBeyondTheFloorIsRefusedAndNothingIsWritten(t *testing.T) {
	h := newHall(t, 3)
	id := h.announce(t, 4)
	h.does(t, h.ledger.Open(t.Context(), h.Coop, h.cooperative, h.members[1]))
	h.exec(t, `UPDATE coop.hours_limits SET soft_floor = -30, hard_floor = -60 WHERE cooperative_id = ?`, h.cooperative)
	if got := broken(h.shops.Join(t.Context(), h.actor(1), id, true)); got != "minutes hours.floor" {
		t.Errorf("got %s", got)
	}
	if n := h.number(t, `SELECT (SELECT count(*) FROM coop.workshop_turns) + (SELECT count(*) FROM coop.agreements)`); n != 0 {
		t.Errorf("%d rows were written", n)
	}
}

func TestWhoSharesAnAccountWithTheHostTakesNoSeat(t *testing.T) {
	h := newHall(t, 3)
	id, home := h.announce(t, 4), rule.NewID[coop.HouseholdID]()
	h.exec(t, `INSERT INTO coop.households (cooperative_id, id, began_by, client_key, began_at) VALUES (?, ?, ?, gen_random_uuid(), ?)`, h.cooperative, home, h.members[0], noon)
	h.does(t, h.Coop.RunInTx(t.Context(), nil, func(ctx context.Context, tx bun.Tx) error {
		if err := h.ledger.Hold(ctx, tx, h.cooperative, home, h.members[:2]); err != nil {
			return err
		}
		for _, m := range h.members[:2] {
			if err := h.ledger.Share(ctx, tx, hours.Sharing{Cooperative: h.cooperative, Household: home, Member: m, By: m, At: noon}); err != nil {
				return err
			}
		}
		return nil
	}))
	if got := broken(h.shops.Join(t.Context(), h.actor(1), id, true)); got != "minutes hours.one_account" {
		t.Errorf("got %s", got)
	}
}

func TestTheFormOfAWorkshopIsLookedAt(t *testing.T) {
	h := newHall(t, 1)
	for want, change := range map[string]func(*exchange.Invitation){
		"when agreement.when_past":        func(i *exchange.Invitation) { i.StartsAt = noon.Add(-time.Hour) },
		"when agreement.when_missing":     func(i *exchange.Invitation) { i.StartsAt = time.Time{} },
		"when agreement.when_far":         func(i *exchange.Invitation) { i.StartsAt = noon.AddDate(2, 0, 0) },
		"seats workshop.seats_range":      func(i *exchange.Invitation) { i.Seats = 61 },
		"least workshop.least_range":      func(i *exchange.Invitation) { i.Least = i.Seats + 1 },
		"minutes rule.choose":             func(i *exchange.Invitation) { i.Minutes = 0 },
		"minutes hours.per_act":           func(i *exchange.Invitation) { i.Minutes = 700 },
		"meeting rule.choose":             func(i *exchange.Invitation) { i.Meeting = exchange.ReceiverHome },
		"category rule.choose":            func(i *exchange.Invitation) { i.Category = "gold" },
		"minutes rule.choose ":            func(i *exchange.Invitation) { i.Minutes = 1441 },
		"seats workshop.seats_range of 1": func(i *exchange.Invitation) { i.Seats, i.Least = 1, 1 },
	} {
		if want == "minutes hours.per_act" {
			h.does(t, h.ledger.Open(t.Context(), h.Coop, h.cooperative, h.members[0]))
			h.exec(t, `UPDATE coop.hours_limits SET per_act = 600`)
		}
		form := h.invitation(5)
		change(&form)
		_, err := h.shops.Announce(t.Context(), h.actor(0), form)
		if got := broken(err); len(got) > len(want) || got != want[:len(got)] {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	if n := h.number(t, `SELECT count(*) FROM coop.listings`); n != 0 {
		t.Errorf("%d listings were written", n)
	}
}

func TestAWorkshopIsAnnouncedOncePerKeyAndNeverOutOfAListing(t *testing.T) {
	h := newHall(t, 2)
	form := h.invitation(4)
	first, err := h.shops.Announce(t.Context(), h.actor(0), form)
	h.does(t, err)
	h.later(time.Minute)
	form.StartsAt = form.StartsAt.Add(time.Hour)
	second, err := h.shops.Announce(t.Context(), h.actor(0), form)
	if err != nil || first != second || !h.reads(t, first, 1).StartsAt.Equal(form.StartsAt.Add(-time.Hour)) {
		t.Errorf("sent again it is %v, %v", second, err)
	}
	plain := draft()
	listing := h.publish(t, 0, plain)
	h.later(time.Minute)
	form = h.invitation(4)
	form.Key = plain.Key
	_, err = h.shops.Announce(t.Context(), h.actor(0), form)
	h.does(t, err)
	if _, err := h.shops.One(t.Context(), h.actor(0), listing); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("a listing became a workshop: %v", err)
	}
}

func TestAWorkshopIsNotAnsweredNorChangedLikeAListing(t *testing.T) {
	h := newHall(t, 3)
	id := h.announce(t, 2)
	if _, err := h.agreements.Propose(t.Context(), h.actor(1), h.proposal(id)); !errors.Is(err, rule.ErrForbidden) {
		t.Errorf("proposing: %v", err)
	}
	for name, turn := range map[string]func(context.Context, coop.Actor, coop.ListingID) error{
		"pause": h.listings.Pause, "close": h.listings.Close, "renew": h.listings.Renew,
		"revise": func(ctx context.Context, a coop.Actor, id coop.ListingID) error {
			return h.listings.Revise(ctx, a, id, draft())
		},
	} {
		if err := turn(t.Context(), h.actor(0), id); !errors.Is(err, rule.ErrForbidden) {
			t.Errorf("%s: %v", name, err)
		}
	}
	h.join(t, id, 1, 2)
	g, err := h.agreements.One(t.Context(), h.actor(1), h.reads(t, id, 1).Mine.Agreement)
	h.does(t, err)
	if g.May(exchange.ToCounter, h.members[1], false, h.now()) {
		t.Error("a seat's day can be changed")
	}
}

// The people around a workshop of the generated test, by what they are to it.
var around = []string{"host", "seated", "kept", "waiting", "neighbour", "hidden", "resting", "foreign"}

// stage is a workshop of two seats in one state, with everybody around it.
func (h hall) stage(t *testing.T, state string) (coop.ListingID, map[string]coop.Actor) {
	t.Helper()
	id := h.announce(t, 2)
	h.join(t, id, 1, 6, 2, 3)
	h.does(t, h.shops.Leave(t.Context(), h.actor(6), id)) // its seat is kept for 2
	people := map[string]coop.Actor{}
	for n, name := range around[:7] {
		people[name] = h.actor(n)
	}
	people["foreign"] = coop.Actor{Cooperative: h.cooperative, Member: h.members[7]}
	foreign := rule.NewID[coop.CooperativeID]()
	people["foreign"] = coop.Actor{Cooperative: foreign, Member: h.found(t, foreign, 1)[0]}
	h.exec(t, `INSERT INTO coop.blocks (cooperative_id, member_id, hidden_id, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`, h.cooperative, h.members[5], h.members[0], noon)
	h.exec(t, `UPDATE coop.members SET state = 'paused' WHERE id = ?`, h.members[6])
	switch state {
	case "off":
		h.does(t, h.shops.Cancel(t.Context(), h.actor(0), id, french("Je suis malade.")))
	case "begun":
		h.clock.Store(h.reads(t, id, 0).StartsAt.Add(time.Minute).Unix())
	case "over", "marked":
		h.afterwards(t, id)
	}
	if state == "marked" {
		h.does(t, h.shops.Mark(t.Context(), h.actor(0), id, h.members[1:2], 90))
	}
	return id, people
}

// expected is what the rules say of an act in a state by somebody: nil, or the answer.
func expected(state, who, act string) error {
	moved, missing := rule.ErrMoved, rule.ErrNotFound
	if who == "foreign" {
		return missing
	}
	in := who == "seated" || (who == "kept" || who == "waiting") && (state == "on" || state == "begun" || state == "over")
	switch act {
	case "read":
		switch {
		case who == "hidden", who == "neighbour" && state != "on":
			return missing
		}
		return nil
	case "join":
		switch {
		case who == "hidden", who == "neighbour" && state != "on":
			return missing
		case who == "resting", who == "host":
			return rule.ErrForbidden
		case state != "on":
			return moved
		}
		return nil
	case "leave":
		switch {
		case !in || state == "off", state == "marked" && who != "seated":
			return missing
		case who == "waiting", state == "on":
			return nil
		}
		return moved
	case "show":
		if !in || state == "off" {
			return missing
		}
		return nil
	case "mark":
		switch {
		case who != "host" && who != "resting":
			return missing
		case who == "resting":
			return missing
		case state == "over" || state == "marked":
			return nil
		}
		return moved
	}
	if act == "move" {
		switch {
		case who != "host":
			return missing
		case state != "on":
			return moved
		}
		return nil
	}
	switch { // cancel
	case who == "resting":
		return rule.ErrForbidden
	case who != "host":
		return missing
	case state == "over", state == "marked":
		return moved
	}
	return nil
}

// Every state × person × act, each in a transaction that is undone.
func TestEveryActOnAWorkshopAnswersAsTheRulesSay(t *testing.T) {
	for _, state := range []string{"on", "begun", "over", "marked", "off"} {
		h := newHall(t, 8)
		id, people := h.stage(t, state)
		acts := map[string]func(*exchange.Workshops, coop.Actor) error{
			"read": func(w *exchange.Workshops, who coop.Actor) error { _, err := w.One(t.Context(), who, id); return err },
			"join": func(w *exchange.Workshops, who coop.Actor) error { return w.Join(t.Context(), who, id, true) },
			"leave": func(w *exchange.Workshops, who coop.Actor) error {
				return w.Leave(t.Context(), who, id)
			},
			"show": func(w *exchange.Workshops, who coop.Actor) error { return w.Show(t.Context(), who, id, true) },
			"mark": func(w *exchange.Workshops, who coop.Actor) error {
				return w.Mark(t.Context(), who, id, h.members[1:2], 90)
			},
			"move": func(w *exchange.Workshops, who coop.Actor) error {
				return w.Move(t.Context(), who, id, h.now().Add(9*24*time.Hour))
			},
			"cancel": func(w *exchange.Workshops, who coop.Actor) error {
				return w.Cancel(t.Context(), who, id, french("Je suis malade."))
			},
		}
		for name, act := range acts {
			for _, who := range around {
				want, undone := expected(state, who, name), errors.New("undone")
				err := h.Coop.RunInTx(t.Context(), nil, func(_ context.Context, tx bun.Tx) error {
					if err := act(exchange.NewWorkshops(tx, h.now), people[who]); !errors.Is(err, want) || want == nil && err != nil {
						t.Error(fmt.Errorf("%s when %s by %s: got %v, want %v", name, state, who, err, want))
					}
					return undone
				})
				if !errors.Is(err, undone) {
					t.Error(err)
				}
			}
		}
	}
}
