package demo

import (
	"context"
	"time"

	"lien/coop/event"
)

// planRegistering tells how people put their names down where places are few.
func (t *teller) planRegistering() {
	t.aside(t.until.Add(-50*time.Hour), t.kitchen)
	t.aside(t.until.AddDate(0, 0, -6), t.trip("Sortie à la mer", -2, 12))
	t.aside(t.until.AddDate(0, 0, -1), t.drawTrips)
	t.aside(t.until.AddDate(0, 0, -3), t.trip("Visite du château de Chambord", 4, 10))
}

// putsDown is what somebody answers: with guests, or maybe.
type putsDown struct {
	who    *resident
	guests int
	maybe  bool
}

// trip is an outing whose places are drawn so many days from the end of the story: many
// put their names down, some with somebody.
func (t *teller) trip(title string, drawn, ends int) func(context.Context) error {
	return func(ctx context.Context) error {
		starts := t.until.In(t.zone).AddDate(0, 0, ends)
		id, err := t.events.Announce(ctx, t.facilitator.Actor, event.Announcement{
			Key: t.key(), Title: title, Language: "fr", Place: "Départ devant la salle commune",
			Details: "Le minibus a huit places. Prévoyez un pique-nique.",
			Day:     starts.Format(time.DateOnly), From: "08:30", Until: "19:00",
			PlacesForm: event.PlacesForm{Capacity: "8", Guests: "1"}, DrawOn: t.until.In(t.zone).AddDate(0, 0, drawn).Format(time.DateOnly),
		})
		if err != nil {
			return err
		}
		for n, who := range t.residents[1:min(14, len(t.residents))] {
			guests := 0
			if n%4 == 1 {
				guests = 1
			}
			if _, err := t.events.Register(ctx, who.Actor, id, guests); unlessRefused(err) != nil {
				return err
			}
		}
		return nil
	}
}

// drawTrips makes the draws whose moment came.
func (t *teller) drawTrips(ctx context.Context) error {
	_, err := t.events.PassOn(ctx)
	return err
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
