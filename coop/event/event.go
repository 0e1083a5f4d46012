// Package event is what happens in the neighbourhood: an event is announced, people say
// whether they come, a full one keeps a waiting list, and who came is written down once.
//
// A series is the rule that makes events: it follows the wall clock of its place, makes its
// events some weeks ahead, leaves out the holidays it was told to, and is changed for one
// date, from one date on, or as a whole; what was changed on its own survives.
//
// What always holds: an event with somebody on it is never deleted, only called off, and
// they are told; the places kept, guests and offers included, never exceed the
// event's capacity; a freed place is offered for a while to the next person in turn whom
// it fits, and passes on when nobody answers; places kept for newcomers are theirs until
// their day, and then everybody's in turn; a draw follows from a seed that was fixed before
// anybody put their name down, and can be made again; nobody but who runs the event learns who comes. It knows no screen and sends nothing.
package event

import (
	"time"

	"lien/coop"
)

// Event is one occurrence, with what its reader may know of it: how many places are kept
// and their own answer, never whose the others are.
type Event struct {
	ID          coop.EventID
	OrganiserID coop.MemberID
	With        string // the organiser's name
	Title       string
	Details     string
	Language    string // of title and details
	Place       string // where it is, in words
	Spot
	StartsAt time.Time
	EndsAt   time.Time
	Zone     string // whose wall clock the event follows
	Places
	Taken        int       // places kept, offered ones included
	DrawAt       time.Time // when places are drawn; zero when who asks first has them
	DrawnAt      time.Time // when they were
	TakenNew     int       // those of them that newcomers keep
	Newcomer     bool      // the reader is new here, or was when they asked
	State        string    // on, cancelled
	CancelledWhy string
	Mine         Registration `bun:"embed:mine_"`
	Attended     bool         // the reader was there
	Runs         bool         // the reader organises it or is a facilitator
	SeriesID     coop.SeriesID
	SeriesDay    time.Time // the date that the series made it for, wherever it was moved
	Rhythm       Rhythm    // of the series
	Edited       bool      // it was changed on its own
	Sequence     int       // how often it was changed
	ChangedAt    time.Time
}

// InSeries reports whether a series made the event.
func (e Event) InSeries() bool { return e.SeriesID != coop.SeriesID{} }

// Cancelled reports whether the event was called off.
func (e Event) Cancelled() bool { return e.State == "cancelled" }

// Over reports whether the event has ended.
func (e Event) Over(now time.Time) bool { return !now.Before(e.EndsAt) }

// Open reports whether one may still answer: it is on and has not ended.
func (e Event) Open(now time.Time) bool { return !e.Cancelled() && !e.Over(now) }

// Began reports whether the event has started.
func (e Event) Began(now time.Time) bool { return !now.Before(e.StartsAt) }

// How long before and after the event people are checked in.
const (
	doorBefore = 2 * time.Hour
	doorAfter  = 2 * time.Hour      // with the code on the screen
	listAfter  = 7 * 24 * time.Hour // from the list, which may have been on paper
)

// AtTheDoor reports whether one may check in with the code now.
func (e Event) AtTheDoor(now time.Time) bool { return e.between(now, doorAfter) }

// ListOpen reports whether who runs the event may tick its list now.
func (e Event) ListOpen(now time.Time) bool { return e.between(now, listAfter) }

func (e Event) between(now time.Time, after time.Duration) bool {
	return !e.Cancelled() && !now.Before(e.StartsAt.Add(-doorBefore)) && now.Before(e.EndsAt.Add(after))
}
