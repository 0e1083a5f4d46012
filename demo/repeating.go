package demo

import (
	"context"
	"time"

	"lien/coop"
	"lien/coop/event"
)

// repeated is a gathering that comes back.
type repeated struct {
	gathering
	rhythm event.Rhythm
	day    time.Weekday // of its first time
	skip   []event.Skip
}

var repeating = []repeated{
	{gathering{"Conversation en français", "Un thème, un thé, aucun exercice.", "Salle commune, bâtiment A", 17, 0, 75, 10}, event.EveryWeek, time.Tuesday, []event.Skip{event.PublicHolidays, event.SchoolHolidays}},
	{gathering{"Café des voisins", "On parle de tout et de rien. Les nouveaux sont attendus.", "Salle commune, bâtiment C", 9, 30, 90, 0}, event.MonthlyNth, time.Saturday, []event.Skip{event.PublicHolidays}},
	{gathering{"Atelier vélo", "Apportez votre vélo, on le remet en route ensemble.", "Garage à vélos", 14, 0, 150, 8}, event.EveryTwo, time.Saturday, nil},
}

// planRepeating begins the series some weeks before the end, and lets one of their dates
// change, and one be called off.
func (t *teller) planRepeating() {
	begins := t.plot.Days - min(t.plot.Days-3, 40)
	for n, r := range repeating {
		t.later(t.on(begins+n, 11, t.dice.IntN(60)), func(ctx context.Context) error { return t.repeat(ctx, r) })
	}
	for _, kind := range []event.Kind{event.MineOnly, event.Everybodys} {
		t.later(t.on(begins+5, 18, 0), func(ctx context.Context) error {
			return t.events.OpenFeed(ctx, t.residents[1].Actor, kind, coop.PlaceID{})
		})
	}
	t.aside(t.on(begins+6, 18, 0), func(ctx context.Context) error {
		spots, err := t.events.Spots(ctx, t.residents[1].Actor)
		if err != nil || len(spots) < 2 {
			return err
		}
		return t.events.OpenFeed(ctx, t.residents[1].Actor, event.OfPlace, spots[1].PlaceID)
	})
	for week := range t.plot.Days/7 + 1 {
		t.later(t.on(week*7, 4, 0), func(ctx context.Context) error { _, err := t.events.Make(ctx); return err })
	}
}

// repeat begins a series on the next day that it may begin on.
func (t *teller) repeat(ctx context.Context, r repeated) error {
	organiser := t.residents[min(2, len(t.residents)-1)]
	first := t.clock.In(t.zone).AddDate(0, 0, 3)
	for first.Weekday() != r.day || t.resting(first) {
		first = first.AddDate(0, 0, 1)
	}
	starts := time.Date(first.Year(), first.Month(), first.Day(), r.hour, r.minute, 0, 0, t.zone)
	a := r.announcement(t, starts)
	a.Rhythm, a.Skip = r.rhythm, r.skip
	var err error
	if a.Spot, err = t.spot(ctx, organiser, a.Place); err != nil {
		return err
	}
	id, err := t.events.Announce(ctx, organiser.Actor, a)
	if err != nil {
		return err
	}
	e, err := t.events.Show(ctx, organiser.Actor, id)
	if err != nil {
		return err
	}
	_, dates, err := t.events.Series(ctx, organiser.Actor, e.SeriesID)
	if err != nil {
		return err
	}
	for _, date := range dates {
		t.answered(date.ID, date.StartsAt, organiser)
	}
	if len(dates) > 4 {
		t.later(t.clock.Add(26*time.Hour), func(ctx context.Context) error { return t.moveOne(ctx, dates[3], organiser) })
	}
	return nil
}

// resting reports whether a day is one that series leave out.
func (t *teller) resting(at time.Time) bool {
	day := time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, time.UTC)
	return event.PublicHoliday(day) || event.SchoolHoliday(day)
}

// moveOne puts one date of a series to another place.
func (t *teller) moveOne(ctx context.Context, e event.Event, organiser *resident) error {
	c := event.ChangeOf(e, t.zone)
	c.Place = "Jardin partagé"
	return t.events.Change(ctx, organiser.Actor, e.ID, c)
}
