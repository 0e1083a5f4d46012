package welcome

import (
	"time"

	"github.com/google/uuid"

	"lien/coop"
)

// State is where a newcomer and the neighbour who would come along stand.
type State string

// The states of a buddyship.
const (
	None      State = ""          // before somebody was asked
	Asked     State = "asked"     // the neighbour, who does not know yet for whom
	Offered   State = "offered"   // the neighbour said yes; the newcomer is told who it is
	Paired    State = "paired"    // both said yes
	Ended     State = "ended"     // after the first time, in time, or when one of them wished
	Declined  State = "declined"  // one of them said no
	Withdrawn State = "withdrawn" // taken back before the other one answered
	Lapsed    State = "lapsed"    // nobody answered
)

// Final reports whether nothing more can happen.
func (s State) Final() bool { return s != None && s != Asked && s != Offered && s != Paired }

// Step is what moves a buddyship on.
type Step string

// The steps.
const (
	ToAsk      Step = "ask"
	ToAccept   Step = "accept"
	ToDecline  Step = "decline"
	ToPair     Step = "pair"
	ToRefuse   Step = "refuse"
	ToWithdraw Step = "withdraw"
	ToEnd      Step = "end"
	ToLapse    Step = "lapse"
	ToFinish   Step = "finish" // the first time has been, or it took too long
)

// Who takes a step.
type Who string

// Those who take steps. The clock is nobody: a deadline, or the first time having been.
const (
	Newcomer    Who = "newcomer"
	Buddy       Who = "buddy"
	Either      Who = "either"
	Facilitator Who = "facilitator"
	Clock       Who = "clock"
)

// Transition is one line of the table: who may take a step from a state, where it leads,
// and within what time that state ends by itself.
type Transition struct {
	Step   Step
	From   State
	Who    Who
	To     State
	Within time.Duration
}

// How long a neighbour and a newcomer may think, and how long a buddy is one.
const (
	thinks    = 4 * day
	considers = 7 * day
	lasts     = 60 * day
)

// Transitions is the one table of a buddyship's life.
func Transitions() []Transition {
	return []Transition{
		{ToAsk, None, Newcomer, Asked, thinks},
		{ToAsk, None, Facilitator, Asked, thinks},
		{ToAccept, Asked, Buddy, Offered, considers},
		{ToDecline, Asked, Buddy, Declined, 0},
		{ToWithdraw, Asked, Newcomer, Withdrawn, 0},
		{ToLapse, Asked, Clock, Lapsed, 0},
		{ToPair, Offered, Newcomer, Paired, lasts},
		{ToRefuse, Offered, Newcomer, Declined, 0},
		{ToWithdraw, Offered, Buddy, Withdrawn, 0},
		{ToLapse, Offered, Clock, Lapsed, 0},
		{ToEnd, Paired, Either, Ended, 0},
		{ToFinish, Paired, Clock, Ended, 0},
	}
}

// Buddyship is a newcomer and the neighbour who comes along the first time, as one of the
// two sees it. A name is empty as long as its reader is not to know it.
type Buddyship struct {
	ID         uuid.UUID
	Newcomer   coop.MemberID
	Buddy      coop.MemberID
	Name       string // of the other one
	Language   string // one that both speak
	Neighbours bool   // they live in the same building
	State      State
	Steps      int
	CreatedAt  time.Time
	StateSince time.Time
	DeadlineAt time.Time
}

// find returns the line of the table for a step of somebody's.
func find(step Step, from State, who ...Who) (Transition, bool) {
	for _, t := range Transitions() {
		for _, w := range who {
			if t.Step == step && t.From == from && t.Who == w {
				return t, true
			}
		}
	}
	return Transition{}, false
}

// roles are what a member is in this buddyship; nothing for a third person.
func (b Buddyship) roles(m coop.MemberID) []Who {
	switch m {
	case b.Newcomer:
		return []Who{Newcomer, Either}
	case b.Buddy:
		return []Who{Buddy, Either}
	}
	return nil
}

// May reports whether a member may take the step now.
func (b Buddyship) May(step Step, m coop.MemberID) bool {
	_, ok := find(step, b.State, b.roles(m)...)
	return ok
}

// StepsOf are the steps that a member may take now, in the order of the table.
func (b Buddyship) StepsOf(m coop.MemberID) (steps []Step) {
	for _, t := range Transitions() {
		if t.From == b.State && b.May(t.Step, m) {
			steps = append(steps, t.Step)
		}
	}
	return steps
}
