package sharing

import (
	"time"

	"lien/coop"
	"lien/rule"
)

// Booking is a thing for a while, by one member.
type Booking struct {
	ID         coop.BookingID
	Resource   coop.ResourceID
	Name       string // of the thing
	Language   string // of its name
	Place      string
	Member     coop.MemberID
	By         string // whose it is; for facilitators and themselves
	State      string
	StartsAt   time.Time
	EndsAt     time.Time
	FreeAt     time.Time // when the next one may begin
	LapsesAt   time.Time // when it is released because nobody came
	StateSince time.Time
}

// The states of a booking: booked, then started by who comes, ended by them or by the
// clock; cancelled by them or a facilitator; released by the clock when nobody came.
const (
	Waiting   = "booked"
	Started   = "started"
	Ended     = "ended"
	Cancelled = "cancelled"
	Released  = "released"
)

// Act is what somebody does with a booking.
type Act string

// The acts.
const (
	ToStart   Act = "start"
	ToEnd     Act = "end"
	ToCancel  Act = "cancel"
	ToRelease Act = "release" // the clock: nobody came
	ToClose   Act = "close"   // the clock: its time is over
)

// role is who does it: the member who booked, a facilitator, or the clock.
type role int

const (
	holder role = iota
	facilitator
	clock
)

// line is one line of the table of what can happen to a booking.
type line struct {
	act  Act
	from string
	who  []role
	to   string
	open func(Booking, time.Time) bool
}

// early is how long before its time one may begin.
const early = 15 * time.Minute

// bookingLines is all that can happen to a booking once it is made (coop.md, shared
// resources). Every state that is not final ends by the clock at the latest.
func bookingLines() []line {
	return []line{
		{ToStart, Waiting, []role{holder, facilitator}, Started, func(b Booking, now time.Time) bool {
			return !now.Before(b.StartsAt.Add(-early)) && now.Before(b.LapsesAt)
		}},
		{ToCancel, Waiting, []role{holder, facilitator}, Cancelled, func(b Booking, now time.Time) bool { return now.Before(b.LapsesAt) }},
		{ToRelease, Waiting, []role{clock}, Released, func(b Booking, now time.Time) bool { return !now.Before(b.LapsesAt) }},
		{ToEnd, Started, []role{holder, facilitator}, Ended, func(b Booking, now time.Time) bool { return now.Before(b.EndsAt) }},
		{ToClose, Started, []role{clock}, Ended, func(b Booking, now time.Time) bool { return !now.Before(b.EndsAt) }},
	}
}

func (b Booking) step(act Act, who role, now time.Time) (string, error) {
	for _, l := range bookingLines() {
		if l.act != act || l.from != b.State {
			continue
		}
		for _, w := range l.who {
			if w == who && l.open(b, now) {
				return l.to, nil
			}
		}
		return "", rule.ErrMoved
	}
	return "", rule.ErrMoved
}

// May reports whether the member who booked may do this now.
func (b Booking) May(act Act, now time.Time) bool {
	_, err := b.step(act, holder, now)
	return err == nil
}

// Holds reports whether the booking keeps the thing from others at a moment.
func (b Booking) Holds(now time.Time) bool {
	return b.State == Started && now.Before(b.FreeAt) || b.State == Waiting && now.Before(b.LapsesAt)
}
