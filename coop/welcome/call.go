package welcome

import (
	"time"

	"lien/coop"
	"lien/rule"
)

// Outcome is how a welcome call went. There are these and no words: what somebody said on
// the telephone is theirs.
type Outcome string

// The outcomes.
const (
	Heard    Outcome = "heard"
	NoAnswer Outcome = "no_answer"
	CallBack Outcome = "call_back" // on a day that they named
)

// Outcomes are how a call may go, in the order in which a page offers them.
func Outcomes() []Outcome { return []Outcome{Heard, NoAnswer, CallBack} }

// How long somebody is left in peace after a call, and how far ahead a call is promised.
const (
	peaceHeard    = 30 * day
	peaceNoAnswer = 3 * day
	farthestCall  = 90 // days
)

// InTurn is a member whose turn it is to be called. Whose turn it is follows from the calls
// alone, and never from what anybody did or did not do: everybody's comes.
type InTurn struct {
	ID       coop.MemberID
	Number   int64
	Name     string
	Language string
	Building string
	HeardAt  time.Time // zero when they were not heard of by a call yet
	Promised bool      // they asked to be called about now
}

// Made is a call that was made lately.
type Made struct {
	Member  coop.MemberID
	Name    string
	By      string
	Outcome Outcome
	At      time.Time
	AgainOn time.Time // zero unless they are to be called back
}

// Call is what a facilitator notes of one.
type Call struct {
	Member  coop.MemberID
	Outcome Outcome
	AgainOn string // "2006-01-02", for CallBack
}

// check returns the day on which to call back, zero for the other outcomes; today is the
// cooperative's.
func (c Call) check(today time.Time) (again time.Time, err error) {
	switch c.Outcome {
	case Heard, NoAnswer:
		return again, nil
	case CallBack:
	default:
		return again, rule.Broken("outcome", "rule.choose")
	}
	again, err = time.Parse(time.DateOnly, c.AgainOn)
	switch {
	case err != nil:
		return again, rule.Broken("again", "call.day_missing")
	case !again.After(today):
		return again, rule.Broken("again", "call.day_past")
	case again.After(today.AddDate(0, 0, farthestCall)):
		return again, rule.Broken("again", "call.day_far")
	}
	return again, nil
}
