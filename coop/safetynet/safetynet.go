// Package safetynet is a member's own safety net: "if I am silent for some weeks, tell
// the person I choose" (wall.md). Every member may set one, for themselves alone.
//
// What always holds: it is off until its member sets it, and taking it down forgets it.
// The chosen person sees nothing before the silence, and then only that they were asked
// to look in. Nobody else sees anything: there is no list of the silent, no alarm at the
// desk, no count. This package does not know when anybody was last here: it is told who
// is silent.
package safetynet

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/rule"
)

// Weeks are how long a silence may be chosen to last.
func Weeks() []int { return []int{2, 3, 4, 6, 8} }

// Net is a member's own safety net, as they see it.
type Net struct {
	Whom      coop.MemberID
	WhomName  string
	Reachable bool // whom to tell still takes part; otherwise nobody would be told
	Weeks     int
	RaisedAt  time.Time // when that person was last told; zero for never
}

// Set reports whether there is a net at all.
func (n Net) Set() bool { return n.Weeks > 0 }

// Wish is what a member asks for.
type Wish struct {
	Whom  coop.MemberID
	Weeks int
}

func (w Wish) tidy(actor coop.Actor) error {
	switch {
	case w.Whom.UUID == uuid.Nil:
		return rule.Broken("whom", "net.whom.choose")
	case w.Whom == actor.Member:
		return rule.Broken("whom", "net.whom.oneself")
	case !slices.Contains(Weeks(), w.Weeks):
		return rule.Broken("weeks", "net.weeks.choose")
	}
	return nil
}

// Candidate is a neighbour whom a net may tell.
type Candidate struct {
	ID   coop.MemberID
	Name string
}

// Asked is somebody who asked the reader to look in on them, and is silent now.
type Asked struct {
	ID   uuid.UUID
	Name string
}

// Watched is a net for whoever knows when its member was last here.
type Watched struct {
	ID          uuid.UUID
	Cooperative coop.CooperativeID
	Member      coop.MemberID
	Weeks       int
	SetAt       time.Time
	RaisedAt    time.Time // zero unless somebody was told and the member has not come back since
}

// Silent reports whether a member last seen then has been silent for long enough now.
// Setting the net was a sign of life.
func (w Watched) Silent(seen, now time.Time) bool {
	if seen.Before(w.SetAt) {
		seen = w.SetAt
	}
	return !now.Before(seen.AddDate(0, 0, 7*w.Weeks))
}
