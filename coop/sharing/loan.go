package sharing

import (
	"time"

	"lien/coop"
)

// Loan is a thing lent to one member, from asking for it to bringing it back.
type Loan struct {
	ID            coop.LoanID
	Resource      coop.ResourceID
	Name          string // of the thing
	Language      string // of its name
	Place         string
	Member        coop.MemberID
	By            string // who borrows; for facilitators
	State         string
	Before        int       // how many wait before this one; only for who asked
	HoldUntil     time.Time // until when it is kept; zero when not held
	OutAt         time.Time
	DueAt         time.Time
	BackAt        time.Time
	Renewed       int
	ConditionOut  string
	ConditionBack string
	StateSince    time.Time
	Deposit       int64 // minutes that stand in the fund until it is back
	Kept          int64 // minutes of the deposit that the fund kept
	KeptWhy       string
}

// The states of a loan: asked in turn, held for the next one until a moment, out once a
// facilitator handed it over, returned or lost; withdrawn by who asked, lapsed by the
// clock when nobody fetched it.
const (
	Asked     = "asked"
	Held      = "held"
	Out       = "out"
	Returned  = "returned"
	Withdrawn = "withdrawn"
	Lapsed    = "lapsed"
	Lost      = "lost"
)

// Step is what somebody does with a loan.
type Step string

// The steps of a loan.
const (
	ToHold     Step = "hold"     // the house: it is the next one's turn
	ToWithdraw Step = "withdraw" // who asked
	ToLapse    Step = "lapse"    // the clock: nobody fetched it
	ToHandOver Step = "hand_over"
	ToRenew    Step = "renew" // who has it, when nobody waits
	ToTakeBack Step = "take_back"
	ToLose     Step = "lose"
)

// loanLine is one line of the table of what can happen to a loan.
type loanLine struct {
	step Step
	from string
	who  role
	to   string
}

// loanLines is all that can happen to a loan. Whoever hands over and takes back is a
// facilitator, never the borrower; every state that is not final ends by somebody.
func loanLines() []loanLine {
	return []loanLine{
		{ToHold, Asked, clock, Held},
		{ToWithdraw, Asked, holder, Withdrawn},
		{ToWithdraw, Held, holder, Withdrawn},
		{ToLapse, Held, clock, Lapsed},
		{ToHandOver, Held, facilitator, Out},
		{ToRenew, Out, holder, Out},
		{ToTakeBack, Out, facilitator, Returned},
		{ToLose, Out, facilitator, Lost},
	}
}

// after returns where a step leads from the loan's state, and false when nowhere.
func (l Loan) after(step Step, who role) (string, bool) {
	for _, line := range loanLines() {
		if line.step == step && line.from == l.State && line.who == who {
			return line.to, true
		}
	}
	return "", false
}

// Open reports whether the loan is not over.
func (l Loan) Open() bool { return l.State == Asked || l.State == Held || l.State == Out }

// Late reports whether the thing should be back.
func (l Loan) Late(now time.Time) bool { return l.State == Out && now.After(l.DueAt) }

// MayRenew reports whether who has it may keep it on: before it is late, as often as the
// rule says. Whether somebody waits is asked under the lock.
func (l Loan) MayRenew(r LendingRules, now time.Time) bool {
	return l.State == Out && !l.Late(now) && l.Renewed < r.Renewals
}
