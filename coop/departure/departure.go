// Package departure is how a member leaves the cooperative: what is still open is listed,
// what can be called off is called off in a stated order, the hours that remain are given
// a place, and only then is the departure closed.
//
// What always holds: nobody is kept from leaving; what somebody else waits for is settled
// by people and not by a clock; the hours are counted after everything else is called off,
// and the sum of all hours stays zero; a debt is written off by a voted rule or not at all;
// what the others did stays theirs, under a name that says nothing (coop.md, membership).
package departure

import (
	"time"

	"lien/coop"
	"lien/rule"
)

// Choice is what becomes of the hours that remain.
type Choice string

// The choices.
const (
	ToFund      Choice = "fund"
	ToHousehold Choice = "household" // to an adult one lived with
	WrittenOff  Choice = "written_off"
)

// Thing is one sort of thing that is still open. Ends tells that leaving calls it off by
// itself; the others have to be ended by people first, at Href.
type Thing struct {
	Kind string
	N    int
	Ends bool
	Href string
}

// Settlement is everything that a departure has to settle.
type Settlement struct {
	Things  []Thing
	Balance int64  // what stands in the member's own account
	Shared  bool   // their hours stand in a household's account: its division comes first
	Heirs   []Heir // the adults they live or lived with until they left
}

// Heir is somebody to whom what remains may go.
type Heir struct {
	ID   coop.MemberID
	Name string
}

// Blocked reports whether people have to end something before the departure can be closed.
func (s Settlement) Blocked() bool {
	for _, t := range s.Things {
		if !t.Ends {
			return true
		}
	}
	return false
}

// heir reports whether the member may be given what remains.
func (s Settlement) heir(m coop.MemberID) bool {
	for _, h := range s.Heirs {
		if h.ID == m {
			return true
		}
	}
	return false
}

// Departure is one member's leaving, from their word to its end.
type Departure struct {
	ID        coop.DepartureID
	Member    coop.MemberID
	Name      string
	Number    int64
	BeganAt   time.Time
	Choice    Choice
	Heir      coop.MemberID
	HeirName  string
	ClosedAt  time.Time
	Remaining int64 // what there was to settle when it was closed
	Erase     bool  // they asked that their traces be erased
	EraseAt   time.Time
	ErasedAt  time.Time
	Because   Because // empty: they began it themselves
	Why       string
	Witness   string
	Days      int // how long one may change one's mind, once the departure is closed
}

// MayAsk reports whether the erasing can still be asked for.
func (d Departure) MayAsk() bool { return !d.Erase && d.ErasedAt.IsZero() }

// MayCallOff reports whether an erasing was asked for and has not happened.
func (d Departure) MayCallOff() bool { return d.Erase && d.ErasedAt.IsZero() }

// Wish is what somebody says when they leave.
type Wish struct {
	Choice Choice
	Heir   coop.MemberID
	Erase  bool // their traces, some weeks after the departure is closed
}

// check refuses a choice that is none of those that a member makes: a debt is not theirs
// to write off.
func (w Wish) check(s Settlement) error {
	switch {
	case w.Choice == ToFund, w.Choice == "":
		return nil
	case w.Choice != ToHousehold:
		return rule.Broken("choice", "rule.choose")
	case !s.heir(w.Heir):
		return rule.Broken("choice", "departure.choose_heir")
	}
	return nil
}

// Rule is a voted rule by which the fund takes over what somebody still owed.
type Rule struct {
	ID      coop.LeavingRuleID
	Words   string
	Most    int64 // minutes
	VotedOn time.Time
	By      string // who wrote it down
}
