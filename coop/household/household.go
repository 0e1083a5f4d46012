// Package household is people who live together: adults, each a member who came in by
// their own yes, and minors, who have no account. They may let all their hours stand in
// one account, and each may leave at any moment without asking anybody.
//
// What always holds: a person lives in one household at a time; hours are shared only
// while every adult has said yes; whoever leaves has an account of their own at once, and
// what was shared is divided to the minute, by everybody's signature or by a facilitator
// who never lived there; where somebody lives is hidden from whom they left; and one can
// leave without the others being told (coop.md, membership).
package household

import (
	"strings"
	"time"
	"unicode/utf8"

	"lien/coop"
	"lien/rule"
)

// Household is a household as one of its people sees it.
type Household struct {
	ID     coop.HouseholdID
	Since  time.Time // when the reader came in
	People []Person
	Minors []Minor
}

// Person is an adult of a household.
type Person struct {
	ID        coop.MemberID
	Name      string
	SharingAt time.Time // when they said yes to one account, zero when not
	Shares    bool      // their hours stand in the household's account
}

// Minor is a child of a household, known by a first name or an initial.
type Minor struct {
	ID   coop.MinorID
	Name string
	Born int
}

// Shared reports whether the member's hours stand in the household's account.
func (h Household) Shared(m coop.MemberID) bool { return h.person(m).Shares }

// SaidYes reports whether the member agreed to one account for all who live there now.
func (h Household) SaidYes(m coop.MemberID) bool { return !h.person(m).SharingAt.IsZero() }

// Asked reports whether somebody agreed to one account, and not yet everybody.
func (h Household) Asked() bool {
	yes, shares := 0, 0
	for _, p := range h.People {
		if !p.SharingAt.IsZero() {
			yes++
		}
		if p.Shares {
			shares++
		}
	}
	return yes > 0 && shares < len(h.People)
}

// Missing are the names of who has not agreed yet.
func (h Household) Missing() (names []string) {
	for _, p := range h.People {
		if p.SharingAt.IsZero() {
			names = append(names, p.Name)
		}
	}
	return names
}

func (h Household) person(m coop.MemberID) Person {
	for _, p := range h.People {
		if p.ID == m {
			return p
		}
	}
	return Person{}
}

// What a household holds.
const (
	mostPeople = 12
	mostMinors = 15
	grown      = 18 // years: from then on one is a member oneself
)

// minor checks a child's line: one word, and a year that makes them a child.
func minor(name string, born int, now time.Time) (string, error) {
	name, err := rule.Line("name", name, 1, 20)
	switch {
	case err != nil:
		return "", err
	case strings.ContainsAny(name, " \u00a0") || utf8.RuneCountInString(name) < 1:
		return "", rule.Broken("name", "household.one_word")
	case born > now.Year() || born < now.Year()-grown:
		return "", rule.Broken("born", "household.born")
	}
	return name, nil
}

// Step is what happened to a household.
type Step string

// The steps of a household.
const (
	Began    Step = "begin"
	Joined   Step = "join"
	Left     Step = "leave"
	Shares   Step = "share"  // all hours stand in one account
	Parts    Step = "part"   // somebody's hours stand in their own again
	Divided  Step = "divide" // by everybody's signature
	Decided  Step = "decide" // by a facilitator
	HasEnded Step = "end"
)

// Event is one step, in words that accuse nobody.
type Event struct {
	Step    Step
	Name    string // whom it concerns; empty when they left the cooperative
	Mine    bool   // it concerns the reader
	Minutes int64
	At      time.Time
}
