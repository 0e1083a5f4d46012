package membership

import (
	"strings"
	"time"

	"lien/rule"
)

// Rendezvous is a welcome meeting as it was typed: 2026-11-26, 18:30, and where.
type Rendezvous struct{ Day, Clock, Place string }

// furthest is how far ahead a welcome meeting can be.
const furthest = 92 * 24 * time.Hour

// moment reads when and where on the wall clock of the neighbourhood. An hour that the
// change to summer time skips is refused.
func (r Rendezvous) moment(zone string, now time.Time) (at time.Time, place string, err error) {
	loc, err := time.LoadLocation(zone)
	if err != nil {
		return at, "", err
	}
	d, err := time.Parse(time.DateOnly, strings.TrimSpace(r.Day))
	if err != nil {
		return at, "", rule.Broken("day", "application.meeting.day")
	}
	c, err := time.Parse("15:04", strings.TrimSpace(r.Clock))
	if err != nil {
		return at, "", rule.Broken("clock", "application.meeting.clock")
	}
	at = time.Date(d.Year(), d.Month(), d.Day(), c.Hour(), c.Minute(), 0, 0, loc)
	switch {
	case at.Hour() != c.Hour() || at.Minute() != c.Minute():
		return at, "", rule.Broken("clock", "application.meeting.no_such_time")
	case !at.After(now):
		return at, "", rule.Broken("day", "application.meeting.past")
	case at.Sub(now) > furthest:
		return at, "", rule.Broken("day", "application.meeting.far")
	}
	place, err = rule.Line("place", r.Place, 2, 120)
	return at, place, err
}
