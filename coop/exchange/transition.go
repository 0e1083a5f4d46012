package exchange

import (
	"time"

	"lien/coop"
)

// Step is what somebody does with an agreement.
type Step string

// The steps.
const (
	ToPropose Step = "propose"
	ToCounter Step = "counter" // another time or place instead
	ToMove    Step = "move"    // the host of a workshop, for all its seats: another day
	ToAgree   Step = "agree"
	ToDecline Step = "decline"
	ToCancel  Step = "cancel"
	ToClaim   Step = "claim"   // it is done, and took this long
	ToConfirm Step = "confirm" // yes, about as long
	ToDiffer  Step = "differ"  // it is done, but took another time
	ToDispute Step = "dispute" // it is not what happened
	ToAccept  Step = "accept"  // the other's figure is fine with me
	ToSettle  Step = "settle"  // a facilitator: this much is owed
	ToVoid    Step = "void"    // a facilitator: nothing is owed
)

// Who says which of the people around an agreement may take a step.
type Who int

// The people around an agreement.
const (
	Proposer    Who = iota // whose proposal stands
	Invited                // the other one
	Either                 // one of the two
	Answerer               // the one of the two who did not say that it is done
	Facilitator            // who is neither of the two
)

const day = 24 * time.Hour

// Transition is one line of the table. Within is how long the new state may last before
// facilitators are shown it, counted from the planned end where AfterMeeting, else from
// the step; zero when the new state is final. OnceLate opens the line only when the
// deadline of the old state has passed.
type Transition struct {
	Step         Step
	From         State
	Who          Who
	OnceLate     bool
	To           State
	Within       time.Duration
	AfterMeeting bool
}

// Transitions is all that can happen to an agreement. Whoever gains hours is never alone
// in it: a claim is answered by the other one, and a facilitator who decides is neither.
func Transitions() []Transition {
	return []Transition{
		{Step: ToPropose, From: None, Who: Proposer, To: Proposed, Within: 7 * day},

		{Step: ToAgree, From: Proposed, Who: Invited, To: Agreed, Within: 7 * day, AfterMeeting: true},
		{Step: ToCounter, From: Proposed, Who: Invited, To: Proposed, Within: 7 * day},
		{Step: ToMove, From: Proposed, Who: Proposer, To: Proposed, Within: 7 * day},
		{Step: ToDecline, From: Proposed, Who: Invited, To: Declined},
		{Step: ToCancel, From: Proposed, Who: Proposer, To: Cancelled},
		{Step: ToVoid, From: Proposed, Who: Facilitator, OnceLate: true, To: Void},

		{Step: ToClaim, From: Agreed, Who: Either, To: DoneClaimed, Within: 7 * day},
		{Step: ToMove, From: Agreed, Who: Proposer, To: Proposed, Within: 7 * day},
		{Step: ToCancel, From: Agreed, Who: Either, To: Cancelled},
		{Step: ToVoid, From: Agreed, Who: Facilitator, OnceLate: true, To: Void},

		{Step: ToConfirm, From: DoneClaimed, Who: Answerer, To: Confirmed},
		{Step: ToDiffer, From: DoneClaimed, Who: Answerer, To: Disputed, Within: 14 * day},
		{Step: ToDispute, From: DoneClaimed, Who: Either, To: Disputed, Within: 14 * day},
		{Step: ToSettle, From: DoneClaimed, Who: Facilitator, OnceLate: true, To: Settled},
		{Step: ToVoid, From: DoneClaimed, Who: Facilitator, OnceLate: true, To: Void},

		{Step: ToAccept, From: Disputed, Who: Either, To: Confirmed},
		{Step: ToSettle, From: Disputed, Who: Facilitator, To: Settled},
		{Step: ToVoid, From: Disputed, Who: Facilitator, To: Void},
	}
}

func find(step Step, from State) (Transition, bool) {
	for _, t := range Transitions() {
		if t.Step == step && t.From == from {
			return t, true
		}
	}
	return Transition{}, false
}

// May reports whether the member may take the step now. Facilitator says whether they
// have that role; it never helps who is one of the two.
func (a Agreement) May(step Step, m coop.MemberID, facilitator bool, now time.Time) bool {
	t, ok := find(step, a.State)
	if !ok || t.OnceLate && !a.Late(now) {
		return false
	}
	if step == ToCounter && a.Seat {
		return false // its day is that of all who come
	}
	if step == ToMove && !a.Seat {
		return false // two people make each other another proposal
	}
	if step == ToAccept && a.Figure(a.Other(m).ID) == 0 {
		return false
	}
	switch t.Who {
	case Proposer:
		return m == a.ProposedBy
	case Invited:
		return a.Party(m) && m != a.ProposedBy
	case Either:
		return a.Party(m)
	case Answerer:
		return a.Party(m) && m != a.DoneBy
	case Facilitator:
		return facilitator && !a.Party(m)
	}
	return false
}

// deadline is when the state that t leads to should have ended; zero when it is final.
func (t Transition) deadline(a Agreement, now time.Time) time.Time {
	if t.Within == 0 {
		return time.Time{}
	}
	from := now
	if t.AfterMeeting && a.Ends().After(now) {
		from = a.Ends()
	}
	return from.Add(t.Within)
}
