package event

import (
	"time"

	"lien/coop"
)

// Answer is what stands beside a member's name on an event's list.
type Answer string

// The answers. Offered and Waiting are given by the list, the others by the member, but
// for Lapsed: an offer that ran out unanswered. A Maybe takes no place.
const (
	None    Answer = ""
	Coming  Answer = "coming"
	Maybe   Answer = "maybe"
	Waiting Answer = "waiting"
	Offered Answer = "offered"
	Lapsed  Answer = "lapsed"
	Out     Answer = "out"
)

// Registration is a member's own answer.
type Registration struct {
	Answer     Answer
	Guests     int       // who comes along
	OfferUntil time.Time // for Offered: until when the place is kept
	Turn       int64     // the order of asking
}

// Party is how many places the registration needs.
func (r Registration) Party() int { return 1 + r.Guests }

// At is the registration as it reads at a moment: an offer that ran out has lapsed,
// though nobody passed it on yet.
func (r Registration) At(now time.Time) Registration {
	if r.Answer == Offered && !now.Before(r.OfferUntil) {
		r.Answer = Lapsed
	}
	return r
}

// In reports whether the member is on the list, with a place or without.
func (r Registration) In() bool {
	return r.Answer == Coming || r.Answer == Waiting || r.Answer == Offered
}

// How long an offered place waits for an answer.
const (
	offerLasts   = 24 * time.Hour
	offersStopAt = time.Hour // before the start; then a free place is whoever's asks
)

// offerUntil returns until when a place freed now is offered, and false when it is too
// close to the start to wait for anybody.
func (e Event) offerUntil(now time.Time) (time.Time, bool) {
	until, last := now.Add(offerLasts), e.StartsAt.Add(-offersStopAt)
	if last.Before(until) {
		until = last
	}
	return until, until.After(now)
}

// LastHour reports whether it is too close to the start to keep a place for anybody's
// answer: a free one is whoever's asks.
func (e Event) LastHour(now time.Time) bool {
	_, inTime := e.offerUntil(now)
	return !inTime
}

// party is somebody who waits.
type party struct {
	MemberID coop.MemberID
	Guests   int
	Newcomer bool
}

// next chooses whom the free places are offered to: in the order of their turns, each one
// whom what is left for them fits.
func (e Event) next(waiting []party, now time.Time) []coop.MemberID {
	var chosen []coop.MemberID
	for _, p := range waiting {
		if p.Guests+1 > e.free(p.Newcomer, now) {
			continue
		}
		chosen = append(chosen, p.MemberID)
		e.Taken += p.Guests + 1
		if p.Newcomer {
			e.TakenNew += p.Guests + 1
		}
	}
	return chosen
}
