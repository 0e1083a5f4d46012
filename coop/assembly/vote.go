package assembly

import (
	"slices"
	"time"

	"lien/coop"
)

// Method is how a motion is voted.
type Method string

// The methods.
const (
	Hands  Method = "hands"  // counted by whoever keeps the desk
	Secret Method = "secret" // by phone or on paper
)

// Choices are what can stand on a ballot.
const (
	For     = "for"
	Against = "against"
	Blank   = "blank"
	Invalid = "invalid" // on paper only
)

// Outcome is what a vote came to.
type Outcome string

// The outcomes.
const (
	Adopted  Outcome = "adopted"
	Rejected Outcome = "rejected"
	Tied     Outcome = "tie"       // as many for as against, and the statutes want one more vote
	NoQuorum Outcome = "no_quorum" // too many had left when it closed
)

// Tally is how many ballots said what.
type Tally struct{ InFavour, Against, Blank, Invalid int }

// Cast is how many ballots there were.
func (t Tally) Cast() int { return t.InFavour + t.Against + t.Blank + t.Invalid }

// Add counts both.
func (t Tally) Add(o Tally) Tally {
	return Tally{t.InFavour + o.InFavour, t.Against + o.Against, t.Blank + o.Blank, t.Invalid + o.Invalid}
}

// Of is the number that a majority is a share of.
func (m Majority) Of(t Tally, q Quorum) int {
	switch m.Base {
	case Cast:
		return t.Cast()
	case OfPresent:
		return q.Voices()
	case OfTheRoll:
		return q.Roll
	}
	return t.InFavour + t.Against
}

// Decide says what a tally comes to. A tie is one of votes for and against, and only where
// there is any.
func (m Majority) Decide(t Tally, q Quorum) Outcome {
	switch {
	case !q.Met():
		return NoQuorum
	case t.InFavour > 0 && t.InFavour >= m.Needed(m.Of(t, q)):
		return Adopted
	case t.InFavour > 0 && t.InFavour == t.Against && m.Tie == TieAgain:
		return Tied
	}
	return Rejected
}

// VoteState is where a vote stands.
type VoteState string

// The states of a vote.
const (
	VoteOpen   VoteState = "open"
	VoteClosed VoteState = "closed"
	VoteVoid   VoteState = "void"
)

// Act is what somebody does with a vote.
type Act string

// The acts around a vote.
const (
	ToCast  Act = "cast"
	ToHand  Act = "hand" // a paper ballot
	ToCount Act = "count"
	ToClose Act = "close"
	ToVoid  Act = "void"
)

// The people around a vote, beside a facilitator.
const (
	Voter      Who = "voter"
	Scrutineer Who = "scrutineer"
)

// Deed is one line of what may be done with a vote.
type Deed struct {
	Act      Act
	From, To VoteState
	Who      Who
}

// Deeds is all that can be done with a secret vote.
func Deeds() []Deed {
	return []Deed{
		{ToCast, VoteOpen, VoteOpen, Voter},
		{ToHand, VoteOpen, VoteOpen, Facilitator},
		{ToCount, VoteOpen, VoteOpen, Scrutineer},
		{ToClose, VoteOpen, VoteClosed, Facilitator},
		{ToVoid, VoteOpen, VoteVoid, Facilitator},
	}
}

func (s VoteState) after(act Act) (VoteState, bool) {
	n := slices.IndexFunc(Deeds(), func(d Deed) bool { return d.Act == act && d.From == s })
	if n < 0 {
		return s, false
	}
	return Deeds()[n].To, true
}

// Vote is one vote on a motion. Its figures are there once it has closed; while it is open
// only how many voices were cast is told.
type Vote struct {
	ID       coop.VoteID
	Assembly coop.AssemblyID
	Motion   coop.MotionID
	N        int
	Method   Method
	Majority
	State    VoteState
	OpenedAt time.Time
	EndedAt  time.Time
	VoidWhy  string
	PaperWhy string // why fewer papers were counted than handed out
	Marks    int
	Papers   int // of the marks
	Quorum
	Tally
	Outcome Outcome
}

// fewest is how many secret ballots there must be for their figures to be told: among fewer,
// they would tell who voted what.
const fewest = 5

// Told reports whether the figures may be shown; the outcome always may.
func (v Vote) Told() bool { return v.Method == Hands || v.Cast() >= fewest }

// Base is how many the majority was a share of, and Least how many votes for it took.
func (v Vote) BaseCount() int { return v.Of(v.Tally, v.Quorum) }

// Least is how many votes for it took.
func (v Vote) Least() int { return v.Majority.Needed(v.BaseCount()) }

// Voice is a voice that the actor can cast: their own, or one that was given to them.
type Voice struct {
	Member coop.MemberID
	Name   string
	Own    bool
	Voted  bool
}

// PaperCount is how far the paper ballots of a vote are counted. The figures of one scrutineer
// are nobody's business until another has found the same.
type PaperCount struct {
	Handed int
	Keyed  int  // scrutineers who have counted
	Mine   bool // the actor among them
	Agreed bool
	Tally
}

// Lacking is how many papers were handed out and not counted, once two agree.
func (c PaperCount) Lacking() int {
	if !c.Agreed {
		return 0
	}
	return c.Handed - c.Cast()
}
