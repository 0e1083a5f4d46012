package event

import (
	"strconv"
	"strings"
	"time"

	"lien/rule"
)

// MostGuests is how many people a member may bring, wherever an announcement allows as many.
const MostGuests = 5

// Newcomer is how long before an event somebody joined at most, to be new there. Who never
// came to anything is new, however long ago they joined.
const Newcomer = 60 * 24 * time.Hour

// Places is how many people an event has room for, and for whom.
type Places struct {
	Capacity       int // 0 when there is room for everybody
	GuestsMost     int // how many people each may bring
	NewcomerPlaces int // of the capacity: kept for newcomers
	NewcomerDays   int // up to so many days before the start
}

// Limited reports whether there is a number of places.
func (p Places) Limited() bool { return p.Capacity > 0 }

// PlacesForm is the part of a form that says for whom there is room, as it was typed.
type PlacesForm struct {
	Capacity     string // empty when there is room for everybody
	Guests       string // how many each may bring; empty for as many as anywhere
	Newcomers    string // how many places are kept for newcomers; empty for none
	NewcomerDays string // up to how many days before; empty for usualDays
}

const (
	mostPlaces = 1000
	usualDays  = 3
	mostDays   = 30
)

// form is what the places look like, typed.
func (p Places) form() PlacesForm {
	f := PlacesForm{Guests: strconv.Itoa(p.GuestsMost), NewcomerDays: strconv.Itoa(p.NewcomerDays)}
	if p.Limited() {
		f.Capacity = strconv.Itoa(p.Capacity)
	}
	if p.NewcomerPlaces > 0 {
		f.Newcomers = strconv.Itoa(p.NewcomerPlaces)
	}
	return f
}

// checked returns the places that the form describes, or the first field that cannot be.
func (f PlacesForm) checked() (p Places, err error) {
	if p.Capacity, err = number("capacity", f.Capacity, 0, 1, mostPlaces); err != nil {
		return p, err
	}
	if p.GuestsMost, err = number("guests", f.Guests, MostGuests, 0, MostGuests); err != nil {
		return p, err
	}
	if p.NewcomerPlaces, err = number("newcomers", f.Newcomers, 0, 0, mostPlaces); err != nil {
		return p, err
	}
	if p.NewcomerDays, err = number("newcomer_days", f.NewcomerDays, usualDays, 1, mostDays); err != nil {
		return p, err
	}
	switch {
	case p.NewcomerPlaces > 0 && !p.Limited():
		return p, rule.Broken("newcomers", "event.rule.newcomers_of_all")
	case p.NewcomerPlaces > p.Capacity:
		return p, rule.Broken("newcomers", "event.rule.newcomers_too_many", "places", p.Capacity)
	}
	return p, nil
}

// number reads a whole number between two bounds; nothing typed is the usual one.
func number(field, typed string, usual, least, most int) (int, error) {
	if typed = strings.TrimSpace(typed); typed == "" {
		return usual, nil
	}
	n, err := strconv.Atoi(typed)
	if err != nil || n < least || n > most {
		return 0, rule.Broken(field, "event.rule."+field, "most", most)
	}
	return n, nil
}

// NewcomersUntil is until when places are kept for newcomers: on the wall clock, so many
// days before the start.
func (e Event) NewcomersUntil() time.Time {
	loc, err := time.LoadLocation(e.Zone)
	if err != nil {
		loc = time.UTC // no event is announced in a zone that is not known
	}
	return e.StartsAt.In(loc).AddDate(0, 0, -e.NewcomerDays)
}

// ForNewcomers is how many of the free places are kept for newcomers now.
func (e Event) ForNewcomers(now time.Time) int {
	if e.NewcomerPlaces == 0 || !now.Before(e.NewcomersUntil()) {
		return 0
	}
	return max(0, e.NewcomerPlaces-e.TakenNew)
}

// Left is how many places are free for the reader now; it means something for a limited
// event only.
func (e Event) Left(now time.Time) int { return e.free(e.Newcomer, now) }

// free is how many places somebody may take now.
func (e Event) free(newcomer bool, now time.Time) int {
	left := e.Capacity - e.Taken
	if !newcomer {
		left -= e.ForNewcomers(now)
	}
	return max(0, left)
}

// holds refuses an event whose places do not suffice for those who have one already.
func (e Event) holds(now time.Time) error {
	if e.Limited() && e.Taken > e.Capacity {
		return rule.Broken("capacity", "event.rule.places_taken", "day", e.StartsAt, "taken", e.Taken)
	}
	others := e.Taken - e.TakenNew
	if e.NewcomerPlaces > 0 && now.Before(e.NewcomersUntil()) && others > e.Capacity-e.NewcomerPlaces {
		return rule.Broken("newcomers", "event.rule.newcomers_taken", "day", e.StartsAt, "most", max(0, e.Capacity-others))
	}
	return nil
}
