package exchange_test

import (
	"errors"
	"testing"
	"time"

	"lien/coop"
	"lien/rule"
)

// moved puts the workshop of A so many days from now.
func (h hall) moved(t *testing.T, id coop.ListingID, days int) {
	t.Helper()
	h.does(t, h.shops.Move(t.Context(), h.actor(0), id, h.now().Add(time.Duration(days)*24*time.Hour)))
}

func TestAMovedWorkshopAsksEverybodyAgainAndWhoCannotComeOwesNothing(t *testing.T) {
	h := newHall(t, 6)
	id := h.announce(t, 3)
	h.join(t, id, 1, 2, 3, 4, 5) // 4 and 5 wait
	h.moved(t, id, 8)
	h.moved(t, id, 8) // the second tap
	for n := 1; n <= 3; n++ {
		if mine := h.reads(t, id, n).Mine; !mine.Kept() || !mine.Again || h.reserved(t, n) != 0 || h.told(t, n, "workshop_moved") != 1 {
			t.Fatalf("%d stands at %+v, %d minutes are kept, told %d", n, mine, h.reserved(t, n), h.told(t, n, "workshop_moved"))
		}
	}
	if h.told(t, 4, "workshop_moved_wait") != 1 || h.told(t, 5, "workshop_moved_wait") != 1 || !h.reads(t, id, 4).Mine.Waits() {
		t.Error("who waits was not told once, or waits no more")
	}
	h.join(t, id, 1)
	if g, err := h.agreements.One(t.Context(), h.actor(1), h.reads(t, id, 1).Mine.Agreement); err != nil || !g.PlannedAt.Equal(h.reads(t, id, 1).StartsAt) || h.reserved(t, 1) != 90 {
		t.Errorf("who said yes again is planned for %s, %v, and %d minutes are kept", g.PlannedAt, err, h.reserved(t, 1))
	}
	h.does(t, h.shops.Leave(t.Context(), h.actor(2), id)) // cannot on that day
	if h.told(t, 0, "workshop_left") != 1 || !h.reads(t, id, 4).Mine.Kept() {
		t.Error("the host does not hear who cannot come, or nobody moved up")
	}
	h.later(25 * time.Hour)
	h.due(t)
	if mine := h.reads(t, id, 3).Mine; !mine.Kept() {
		t.Fatalf("after a day, who is asked again stands at %+v", mine)
	}
	h.later(24 * time.Hour)
	h.due(t)
	h.due(t)
	if mine := h.reads(t, id, 3).Mine; mine.Turn != 0 || h.told(t, 3, "workshop_passed") != 1 {
		t.Errorf("who said nothing stands at %+v, told %d", mine, h.told(t, 3, "workshop_passed"))
	}
	if n := h.number(t, `SELECT count(*) FROM coop.entries`); n != 0 {
		t.Errorf("%d entries by a move", n)
	}
}

func TestAWorkshopIsMovedToARealDayAFewTimes(t *testing.T) {
	h := newHall(t, 2)
	id := h.announce(t, 3)
	ctx := t.Context()
	for want, at := range map[string]time.Time{
		"agreement.when_missing": {}, "agreement.when_past": h.now().Add(-time.Minute), "agreement.when_far": h.now().AddDate(2, 0, 0),
	} {
		var invalid *rule.Invalid
		if err := h.shops.Move(ctx, h.actor(0), id, at); !errors.As(err, &invalid) || invalid.Field != "when" || invalid.Rule != want {
			t.Errorf("%s: got %v, want %s", at, err, want)
		}
	}
	before := h.reads(t, id, 0).StartsAt
	for n := range 5 {
		h.moved(t, id, 5+n)
	}
	var invalid *rule.Invalid
	if err := h.shops.Move(ctx, h.actor(0), id, before); !errors.As(err, &invalid) || invalid.Rule != "workshop.moved_enough" {
		t.Errorf("the sixth move: %v", err)
	}
	if shop := h.reads(t, id, 0); shop.MovedFrom.Equal(before) || shop.MayMove(h.now()) || !shop.Listing.ExpiresAt.Equal(shop.StartsAt) {
		t.Errorf("it stands at %+v", shop)
	}
}
