package demo

import (
	"context"
	"strconv"
	"strings"
	"time"

	"lien/coop"
	"lien/coop/event"
)

// planGathering announces two or three events a week, the last ones still to come.
func (t *teller) planGathering() {
	for week := range t.plot.Days/7 + 3 {
		for range 2 + t.dice.IntN(2) {
			g := pick(t, gatherings)
			day := week*7 + t.dice.IntN(7)
			t.later(t.on(day-9, 11, t.dice.IntN(60)), func(ctx context.Context) error { return t.announce(ctx, g, day) })
		}
	}
}

// announce announces an event, and lets people answer, come, or be told it is off.
func (t *teller) announce(ctx context.Context, g gathering, day int) error {
	organiser := t.facilitator
	if t.chance(50) && len(t.residents) > 5 {
		organiser = t.residents[1+t.dice.IntN(5)]
	}
	starts := t.on(day, g.hour, g.minute)
	if !starts.After(t.clock) {
		return nil
	}
	a := g.announcement(t, starts)
	var err error
	if a.Spot, err = t.spot(ctx, organiser, a.Place); err != nil {
		return err
	}
	id, err := t.events.Announce(ctx, organiser.Actor, a)
	if err != nil {
		return err
	}
	if t.chance(5) {
		t.later(starts.Add(-6*time.Hour), func(ctx context.Context) error {
			return t.events.Cancel(ctx, organiser.Actor, id, "La salle est prise, nous cherchons une autre date.")
		})
		t.asked(id)
		return nil
	}
	t.answered(id, starts, organiser)
	return nil
}

// spot is where in the tree of places something is whose words name a place of it.
func (t *teller) spot(ctx context.Context, organiser *resident, words string) (string, error) {
	choices, err := t.events.Spots(ctx, organiser.Actor)
	if err != nil {
		return "", err
	}
	spot := choices[0] // the residence
	for _, c := range choices {
		if strings.Contains(strings.ToLower(words), strings.ToLower(c.Name)) && c.Kind != "stairwell" {
			spot = c
		}
	}
	return spot.Value(), nil
}

// announcement is the form of a gathering that starts at a moment.
func (g gathering) announcement(t *teller, starts time.Time) event.Announcement {
	capacity := ""
	if g.capacity > 0 {
		capacity = strconv.Itoa(g.capacity)
	}
	return event.Announcement{
		Key: t.key(), Title: g.title, Details: g.details, Language: "fr", Place: g.place, PlacesForm: event.PlacesForm{Capacity: capacity},
		Day: starts.Format(time.DateOnly), From: starts.Format("15:04"), Until: starts.Add(time.Duration(g.minutes) * time.Minute).Format("15:04"),
	}
}

// asked lets people say within days that they come.
func (t *teller) asked(id coop.EventID) {
	for range 4 + t.dice.IntN(14) {
		guest := t.somebody()
		t.later(t.within(8*24*time.Hour), func(ctx context.Context) error {
			_, err := t.events.Register(ctx, guest.Actor, id, t.dice.IntN(10)/8)
			return err
		})
	}
}

// answered lets people say that they come, and come.
func (t *teller) answered(id coop.EventID, starts time.Time, organiser *resident) {
	t.asked(id)
	t.later(starts.Add(10*time.Minute), func(ctx context.Context) error { return t.welcome(ctx, id, organiser) })
}

// welcome checks in those who came, from the list at the door.
func (t *teller) welcome(ctx context.Context, id coop.EventID, organiser *resident) error {
	_, guests, err := t.events.Door(ctx, organiser.Actor, id)
	if err != nil {
		return err
	}
	for _, g := range guests {
		if g.Answer == event.Maybe || !t.chance(85) {
			continue
		}
		if err := unlessRefused(t.events.CheckIn(ctx, organiser.Actor, id, g.MemberID)); err != nil {
			return err
		}
	}
	return nil
}
