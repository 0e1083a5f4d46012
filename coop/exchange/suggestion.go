package exchange

import (
	"cmp"
	"slices"
	"time"
)

// Suggestion is a neighbour's listing that answers one of the reader's own, and why: the
// house says what the two have in common, and nothing that either did not choose to tell.
type Suggestion struct {
	Listing Listing // the neighbour's
	Mine    Listing // the reader's that it answers
	Why     Reason
}

// Reason is what two listings of a sort have in common. Part is only meaningful where
// Times is set, Spoken where it is not empty.
type Reason struct {
	Building bool // both are in the same building, and both said so
	Common   bool // both in the common room
	Outside  bool
	Times    bool // both are free on Day, in the Part of it
	Day      time.Weekday
	Part     Part
	Spoken   string // a language that both named
}

// strength puts suggestions in order: a common time counts most, then a place, then a
// language.
func (r Reason) strength() (n int) {
	if r.Times {
		n += 4
	}
	if r.Building || r.Common || r.Outside {
		n += 2
	}
	if r.Spoken != "" {
		n++
	}
	return n
}

// answers reports whether an offer and a request of one sort fit together, and why: each
// in a place, at times and in a language that the other does not exclude. Who says nothing
// excludes nothing.
func (mine Listing) answers(other Listing) (why Reason, fits bool) {
	if mine.Kind == other.Kind || mine.Category != other.Category || mine.Owner.ID == other.Owner.ID {
		return why, false
	}
	if why, fits = mine.meets(other); !fits {
		return why, false
	}
	if both := mine.Free & other.Free; both != 0 {
		why.Day, why.Part, why.Times = both.First()
	} else if mine.Free != 0 && other.Free != 0 {
		return why, false
	}
	if len(mine.Spoken) == 0 || len(other.Spoken) == 0 {
		return why, true
	}
	for _, tongue := range mine.Spoken {
		if slices.Contains(other.Spoken, tongue) {
			why.Spoken = tongue
			return why, true
		}
	}
	return why, false
}

// meets reports whether two listings can be in one place.
func (mine Listing) meets(other Listing) (why Reason, fits bool) {
	if mine.Place == Anywhere || other.Place == Anywhere {
		return why, true
	}
	if mine.Place != other.Place {
		return why, false
	}
	switch mine.Place {
	case MyBuilding:
		why.Building = mine.Building != "" && mine.Home == other.Home
		return why, why.Building
	case InCommonRoom:
		why.Common = true
	case OutOfDoors:
		why.Outside = true
	}
	return why, true
}

// fitting pairs listings with those that answer them, the best first, each neighbour's
// listing once.
func fitting(mine, others []Listing, most int) (found []Suggestion) {
	for _, other := range others {
		best := Suggestion{Listing: other}
		for _, own := range mine {
			if why, fits := own.answers(other); fits && (best.Mine.Kind == "" || why.strength() > best.Why.strength()) {
				best.Mine, best.Why = own, why
			}
		}
		if best.Mine.Kind != "" {
			found = append(found, best)
		}
	}
	slices.SortStableFunc(found, func(a, b Suggestion) int { return cmp.Compare(b.Why.strength(), a.Why.strength()) })
	return found[:min(len(found), most)]
}
