package event

import (
	"strings"
	"time"

	"lien/coop"
	"lien/rule"
)

// Scope is how much of a series a change concerns. An event that stands alone has only
// itself.
type Scope string

// The scopes. No change ever reaches an event that has begun.
const (
	This    Scope = "this"
	Onwards Scope = "next" // this one and those after it
	Whole   Scope = "all"
)

// Change is the form that changes an event or its series, as it was typed. The day is for
// this one only: a series keeps its rhythm.
type Change struct {
	Scope   Scope
	Title   string
	Details string
	Place   string
	Spot    string // place.ID, thing.ID, or empty
	Day     string
	From    string
	Until   string
	PlacesForm
}

// Affected says whom a change or an end reaches: how many dates, how many people with
// their name on one of them, and how many dates stay as they are because they were changed
// on their own.
type Affected struct {
	Dates  int
	People int
	Kept   int
	Moves  bool // when or where changes: then people are told
}

// ChangeOf is the form filled in with what the event is now.
func ChangeOf(e Event, loc *time.Location) Change {
	return Change{
		Scope: This, Title: e.Title, Details: e.Details, Place: e.Place, Spot: e.Spot.Value(), Day: e.StartsAt.In(loc).Format(time.DateOnly),
		From: e.StartsAt.In(loc).Format(clock), Until: e.EndsAt.In(loc).Format(clock), PlacesForm: e.Places.form(),
	}
}

// checked returns the event as the form wants it, or the first field that cannot be.
func (c Change) checked(e Event, now time.Time) (Event, error) {
	a := Announcement{
		Title: c.Title, Details: c.Details, Language: e.Language, Place: c.Place, Day: c.Day, From: c.From, Until: c.Until, PlacesForm: c.PlacesForm,
	}
	wanted, err := a.checked(e.Zone, now)
	if err != nil {
		return e, err
	}
	switch c.Scope {
	case This:
	case Onwards, Whole:
		if !e.InSeries() {
			return e, rule.Broken("scope", "event.rule.scope")
		}
		if moved := strings.TrimSpace(c.Day) != ChangeOf(e, wanted.StartsAt.Location()).Day; moved {
			return e, rule.Broken("day", "event.rule.day_of_series")
		}
	default:
		return e, rule.Broken("scope", "event.rule.scope")
	}
	return wanted, nil
}

// become is the event with what is wanted of it, at its own time.
func (e Event) become(wanted Event, starts, ends time.Time) Event {
	e.Title, e.Details, e.Place, e.Spot, e.Places = wanted.Title, wanted.Details, wanted.Place, wanted.Spot, wanted.Places
	e.StartsAt, e.EndsAt = starts, ends
	return e
}

// moves reports whether somebody who comes would be at the wrong hour or the wrong place.
func (e Event) moves(to Event) bool {
	return !e.StartsAt.Equal(to.StartsAt) || !e.EndsAt.Equal(to.EndsAt) || e.Place != to.Place || e.Set() && !e.is(to.Spot)
}

// same reports whether a change changes nothing.
func (e Event) same(to Event) bool {
	return !e.moves(to) && e.is(to.Spot) && e.Title == to.Title && e.Details == to.Details && e.Places == to.Places
}

// become is the series with what is wanted of it; its clock is the one of the form.
func (sr Series) become(wanted Event) Series {
	sr.Title, sr.Details, sr.Place, sr.Spot, sr.Places = wanted.Title, wanted.Details, wanted.Place, wanted.Spot, wanted.Places
	loc := wanted.StartsAt.Location()
	sr.FromClock, sr.UntilClock = wanted.StartsAt.In(loc).Format(clock), wanted.EndsAt.In(loc).Format(clock)
	return sr
}

// changing is a change that is allowed, before it is done.
type changing struct {
	series   Series
	turns    bool // the series itself changes
	split    bool // the series goes on as another one from the event's day
	from     time.Time
	before   []Event // those that change, with who they are now
	after    []Event // the same ones as they will be
	affected Affected
	ids      []coop.EventID
}
