package assembly

import (
	"time"

	"github.com/google/uuid"

	"lien/rule"
)

// Base is what a majority is a share of.
type Base string

// The bases.
const (
	Expressed Base = "expressed" // votes for and against
	Cast      Base = "cast"      // every ballot, blank and invalid ones too
	OfPresent Base = "present"   // everybody present or represented, voting or not
	OfTheRoll Base = "roll"      // every member of the roll
)

// What as many votes for as against come to.
const (
	TieFalls = "falls" // a no
	TieAgain = "again" // one more vote
)

// Bases are the bases that can be chosen.
func Bases() []Base { return []Base{Expressed, Cast, OfPresent, OfTheRoll} }

// Ties are what the statutes may say of a tie.
func Ties() []string { return []string{TieFalls, TieAgain} }

// Majority is what a motion of a kind needs: a share Num/Den of Base, more than it when
// Strict and at least it otherwise. Tie says what as many for as against comes to.
type Majority struct {
	Kind     Kind
	Num, Den int
	Strict   bool
	Base     Base
	Tie      string
}

// Share names a majority as forms and catalogues do: half, two_thirds, three_quarters or
// four_fifths; empty when it is another.
func (m Majority) Share() string {
	for name, s := range shares {
		if s.Num == m.Num && s.Den == m.Den && s.Strict == m.Strict {
			return name
		}
	}
	return ""
}

var shares = map[string]Majority{
	"half":           {Num: 1, Den: 2, Strict: true},
	"two_thirds":     {Num: 2, Den: 3},
	"three_quarters": {Num: 3, Den: 4},
	"four_fifths":    {Num: 4, Den: 5},
}

// Shares are the names of the majorities that can be chosen.
func Shares() []string { return []string{"half", "two_thirds", "three_quarters", "four_fifths"} }

// Needed is the least number of votes for that carries a base of so many; 1 for nobody.
func (m Majority) Needed(base int) int {
	if m.Strict {
		return m.Num*base/m.Den + 1
	}
	return max(1, (m.Num*base+m.Den-1)/m.Den)
}

// Statute is the statutes in force from a day on, as far as assemblies go. Quorum is a share
// of the roll in percent, Cap the most votes one may hold for others, Notice whole days, Contest
// the whole days in which signed minutes may be contested.
type Statute struct {
	N          int
	Quorum     int
	Cap        int
	Notice     int
	Contest    int
	VotedOn    time.Time
	EnteredBy  string
	Majorities []Majority
}

// For returns the majority of a kind.
func (s Statute) For(kind Kind) Majority {
	for _, m := range s.Majorities {
		if m.Kind == kind {
			return m
		}
	}
	return Majority{}
}

// Voices is the least number of voices that make a quorum of a roll: the share rounded up.
func (s Statute) Voices(roll int) int { return (s.Quorum*roll + 99) / 100 }

// Amendment is the form by which a facilitator enters what an assembly voted: the shares and
// the rules of both kinds.
type Amendment struct {
	Key                 uuid.UUID
	Seen                int // the number of the statutes that the form showed
	Quorum, Cap, Notice int
	Contest             int
	VotedOn             string // 2026-11-26
	Ordinary, Statutes  Choice
}

// Choice is a majority as a form names it.
type Choice struct {
	Share string
	Base  Base
	Tie   string
}

// Customary is what a new cooperative's form begins with: many associations of 1901 do so.
func Customary() Amendment {
	return Amendment{
		Quorum: 25, Cap: 2, Notice: 15, Contest: 15,
		Ordinary: Choice{"half", Expressed, TieFalls}, Statutes: Choice{"two_thirds", Expressed, TieFalls},
	}
}

// check refuses what cannot hold; the field names are the form's.
func (a Amendment) check(now time.Time) (s Statute, err error) {
	for _, limit := range []struct {
		field              string
		value, least, most int
	}{{"quorum", a.Quorum, 0, 100}, {"cap", a.Cap, 0, 10}, {"notice", a.Notice, 1, 60}, {"contest", a.Contest, 1, 90}} {
		if limit.value < limit.least || limit.value > limit.most {
			return s, rule.Broken(limit.field, "assembly.rule.between", "least", limit.least, "most", limit.most)
		}
	}
	s = Statute{Quorum: a.Quorum, Cap: a.Cap, Notice: a.Notice, Contest: a.Contest}
	if s.VotedOn, err = time.Parse(time.DateOnly, a.VotedOn); err != nil {
		return s, rule.Broken("voted", "assembly.rule.day")
	}
	if s.VotedOn.After(now) || s.VotedOn.Year() < 1900 {
		return s, rule.Broken("voted", "assembly.rule.voted_later")
	}
	for _, k := range []struct {
		kind   Kind
		choice Choice
	}{{Ordinary, a.Ordinary}, {Statutes, a.Statutes}} {
		m, err := k.choice.majority(k.kind)
		if err != nil {
			return s, err
		}
		s.Majorities = append(s.Majorities, m)
	}
	return s, nil
}

func (c Choice) majority(kind Kind) (Majority, error) {
	m, ok := shares[c.Share]
	if !ok {
		return m, rule.Broken(string(kind)+"_share", "rule.choose")
	}
	known := false
	for _, b := range Bases() {
		known = known || b == c.Base
	}
	if !known {
		return m, rule.Broken(string(kind)+"_base", "rule.choose")
	}
	if c.Tie != TieFalls && c.Tie != TieAgain {
		return m, rule.Broken(string(kind)+"_tie", "rule.choose")
	}
	m.Kind, m.Base, m.Tie = kind, c.Base, c.Tie
	return m, nil
}
