package event

import (
	"bytes"
	"crypto/sha256"
	"slices"
	"strconv"
	"strings"
	"time"

	"lien/coop"
	"lien/rule"
)

// Past is what somebody's own past weighs in a draw, over the half year before it.
type Past struct {
	Turns  int  // places they had where places were drawn
	Missed int  // times they had a place and did not come
	First  bool // they never came to anything, nor had a place
}

// pastLasts is how far back a draw looks.
const pastLasts = 182 * 24 * time.Hour

// Tickets is how many tickets somebody has in a draw, who has more is likelier to come
// first:
//
//	everybody                                   4
//	who never came to anything                 +2
//	each place by draw in the last half year   −2
//	each time they had a place and stayed away −1
//	at least                                    1
//
// Nothing else weighs: not when they asked, nor how many they come with.
func (p Past) Tickets() int {
	tickets := 4 - 2*p.Turns - p.Missed
	if p.First {
		tickets += 2
	}
	return max(1, tickets)
}

// lot is somebody in a draw.
type lot struct {
	MemberID coop.MemberID
	Guests   int
	Newcomer bool
	Past
}

// lowest is the lowest of somebody's tickets. What stands on each ticket follows from the
// seed, the member and its number, so that anybody who has them can draw again.
func lowest(seed string, m coop.MemberID, tickets int) []byte {
	var low []byte
	for n := range tickets {
		ticket := sha256.Sum256([]byte(seed + ":" + m.String() + ":" + strconv.Itoa(n+1)))
		if low == nil || bytes.Compare(ticket[:], low) < 0 {
			low = ticket[:]
		}
	}
	return low
}

// drawn puts everybody in the order of their lowest ticket. Among those who are left, the
// chance of each to come next is their share of the tickets.
func drawn(seed string, lots []lot) []lot {
	lots = slices.Clone(lots)
	slices.SortFunc(lots, func(a, b lot) int {
		return bytes.Compare(lowest(seed, a.MemberID, a.Tickets()), lowest(seed, b.MemberID, b.Tickets()))
	})
	return lots
}

// ByDraw reports whether the places are drawn, or were.
func (e Event) ByDraw() bool { return !e.DrawAt.IsZero() }

// Drawing reports whether people put their names down for a draw still to come.
func (e Event) Drawing() bool { return e.ByDraw() && e.DrawnAt.IsZero() }

// drawDue reports whether the draw is to be made now.
func (e Event) drawDue(now time.Time) bool {
	return e.Drawing() && !e.Cancelled() && !now.Before(e.DrawAt)
}

// drawHour is when on its day a draw is made, on the wall clock.
const drawHour = "12:00"

// drawMoment reads the day of a draw; none typed is no draw.
func (a Announcement) drawMoment(e Event, now time.Time) (time.Time, error) {
	if strings.TrimSpace(a.DrawOn) == "" {
		return time.Time{}, nil
	}
	loc, err := time.LoadLocation(e.Zone)
	if err != nil {
		return time.Time{}, err
	}
	at, err := onTheWall("draw", "draw", a.DrawOn, drawHour, loc)
	switch {
	case err != nil:
		return at, err
	case !e.Limited():
		return at, rule.Broken("draw", "event.rule.draw_of_all")
	case a.Rhythm != Once:
		return at, rule.Broken("draw", "event.rule.draw_of_series")
	case !at.After(now):
		return at, rule.Broken("draw", "event.rule.draw_past")
	}
	if e.DrawAt = at; e.drawsBefore() != nil {
		return at, rule.Broken("draw", "event.rule.draw_late")
	}
	return at, nil
}

// drawsBefore refuses what would leave a draw without places, or people without a day to
// know.
func (e Event) drawsBefore() error {
	switch {
	case !e.Limited():
		return rule.Broken("capacity", "event.rule.draw_needs_places")
	case e.DrawAt.After(e.StartsAt.Add(-offerLasts)):
		return rule.Broken("day", "event.rule.draw_after")
	}
	return nil
}

// Draw is a draw that was made, as one member reads it: their own lot, and nobody else's.
type Draw struct {
	At      time.Time
	Seed    string
	People  int  // who had put their name down
	Tickets int  // of all of them
	Placed  int  // people who got a place, guests not counted
	Mine    Past `bun:"embed:mine_"`
	In      bool // the reader had put their name down
	Has     int  // the reader's tickets
	Rank    int  // the reader's, from 1
	Won     bool
}
