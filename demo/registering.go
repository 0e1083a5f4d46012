package demo

import (
	"context"
	"time"

	"lien/coop/event"
)

// planRegistering tells how people put their names down where places are few.
func (t *teller) planRegistering() {
	t.aside(t.until.Add(-50*time.Hour), t.kitchen)
}

// putsDown is what somebody answers: with guests, or maybe.
type putsDown struct {
	who    *resident
	guests int
	maybe  bool
}

// kitchen is a cooking day that is nearly full: places are kept for newcomers, a party
// waits for more places than there are, and somebody does not know yet.
func (t *teller) kitchen(ctx context.Context) error {
	if len(t.residents) < 12 {
		return nil
	}
	starts := t.clock.In(t.zone).AddDate(0, 0, 9)
	id, err := t.events.Announce(ctx, t.residents[2].Actor, event.Announcement{
		Key: t.key(), Title: "Cuisine du monde", Language: "fr", Place: "Salle commune, bâtiment C",
		Details: "On cuisine à plusieurs, puis on mange ensemble. La cuisine est petite.",
		Day:     starts.Format(time.DateOnly), From: "17:00", Until: "20:30",
		PlacesForm: event.PlacesForm{Capacity: "10", Guests: "2", Newcomers: "3", NewcomerDays: "3"},
	})
	if err != nil {
		return err
	}
	for _, a := range []putsDown{
		{who: t.residents[3], guests: 1},
		{who: t.residents[5], guests: 1},
		{who: t.residents[6], maybe: true},
		{who: t.residents[7], guests: 1},
		{who: t.residents[1], guests: 2},
		{who: t.residents[8], maybe: true},
	} {
		answer := func() error { _, err := t.events.Register(ctx, a.who.Actor, id, a.guests); return err }
		if a.maybe {
			answer = func() error { return t.events.MayCome(ctx, a.who.Actor, id) }
		}
		if err := unlessRefused(answer()); err != nil {
			return err
		}
	}
	return nil
}
