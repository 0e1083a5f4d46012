package household

import (
	"time"

	"lien/coop"
	"lien/rule"
)

// waitsFor is how long those concerned have to agree before facilitators are shown a parting.
const waitsFor = 14 * 24 * time.Hour

// Parting is hours to be divided because somebody shares them no longer. Minutes are what
// that person takes with them, fewer than none when they take over a part of a debt.
type Parting struct {
	ID        coop.PartingID
	Household coop.HouseholdID
	Member    coop.MemberID // who parts
	Name      string
	Untold    bool // the others do not know of it
	OpenedAt  time.Time
	N         int // how many figures were named: what a page has seen
	Minutes   int64
	HelpAt    time.Time
	SettledAt time.Time
	Reason    string

	Whole  int64   // what stands in the household's account
	Parts  []Part  // what came of whose acts, for those who have a claim to it
	Signed []Claim // who has a claim, and whether they signed the last figure
}

// Part is what came of one person's own acts.
type Part struct {
	Name    string
	Minutes int64
}

// Claim is somebody between whom the hours are divided.
type Claim struct {
	Member coop.MemberID
	Name   string
	Signed bool
}

// Half is an even share of the whole among all who have a claim, rounded towards none.
func (p Parting) Half() int64 { return p.Whole / int64(max(len(p.Signed), 1)) }

// Own is what came of the acts of who parts, within what there is.
func (p Parting) Own() int64 {
	for _, part := range p.Parts {
		if part.Name == p.Name {
			return min(max(part.Minutes, min(0, p.Whole)), max(0, p.Whole))
		}
	}
	return 0
}

// Rest is what stays when the last figure is taken.
func (p Parting) Rest() int64 { return p.Whole - p.Minutes }

// Mine reports whether the member signed the last figure.
func (p Parting) Mine(m coop.MemberID) bool {
	for _, c := range p.Signed {
		if c.Member == m {
			return c.Signed
		}
	}
	return false
}

// claims reports whether the member is one of those between whom the hours are divided.
func (p Parting) claims(m coop.MemberID) bool {
	for _, c := range p.Signed {
		if c.Member == m {
			return true
		}
	}
	return false
}

// signed reports whether everybody signed the last figure.
func (p Parting) signed() bool {
	for _, c := range p.Signed {
		if !c.Signed {
			return false
		}
	}
	return p.N > 0
}

// check refuses a figure beyond what there is: nobody takes over more than the whole, and
// nobody's debt grows.
func (p Parting) check(minutes int64) error {
	if minutes < min(0, p.Whole) || minutes > max(0, p.Whole) {
		return rule.Broken("minutes", "household.share_range")
	}
	return nil
}
