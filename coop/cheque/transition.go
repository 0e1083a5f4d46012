package cheque

import (
	"time"

	"lien/coop"
)

// Step is what somebody does with a leaf.
type Step string

// The steps.
const (
	ToPresent  Step = "present"  // I was given this leaf
	ToHonour   Step = "honour"   // the same at the desk, before a facilitator
	ToConfirm  Step = "confirm"  // yes, I signed it, about as long
	ToDiffer   Step = "differ"   // I signed it, for another time
	ToRefuse   Step = "refuse"   // it is not what happened
	ToWitness  Step = "witness"  // a facilitator has seen the leaf and its signature
	ToAccept   Step = "accept"   // the other's figure is fine with me
	ToWithdraw Step = "withdraw" // I brought it by mistake
	ToSettle   Step = "settle"   // a facilitator: this much is owed
	ToVoid     Step = "void"     // a facilitator: nothing is owed
	ToLose     Step = "lose"     // a blank leaf is lost, stolen or spoiled
)

// Who says which of the people around a leaf may take a step.
type Who int

// The people around a leaf.
const (
	Neighbour   Who = iota // anybody but the drawer
	Drawer                 // whose booklet it is
	Bearer                 // who brought it
	Either                 // one of the two
	Facilitator            // who is neither of the two
	Keeper                 // the drawer, or any facilitator
)

const day = 24 * time.Hour

// Transition is one line of the table. Within is how long the new state may last before
// facilitators are shown it as late; zero when it is final, and for a blank leaf, which
// lasts as long as its booklet. OnceLate opens the line when the old state has lasted too
// long.
type Transition struct {
	Step     Step
	From     State
	Who      Who
	OnceLate bool
	To       State
	Within   time.Duration
}

// Transitions is all that can happen to a leaf. The bearer gains: alone they can only
// present, withdraw, or take the drawer's own figure.
func Transitions() []Transition {
	return []Transition{
		{Step: ToPresent, From: Blank, Who: Neighbour, To: Presented, Within: 7 * day},
		{Step: ToHonour, From: Blank, Who: Facilitator, To: Paid},
		{Step: ToLose, From: Blank, Who: Keeper, To: Void},

		{Step: ToConfirm, From: Presented, Who: Drawer, To: Paid},
		{Step: ToDiffer, From: Presented, Who: Drawer, To: Disputed, Within: 14 * day},
		{Step: ToRefuse, From: Presented, Who: Drawer, To: Disputed, Within: 14 * day},
		{Step: ToWithdraw, From: Presented, Who: Bearer, To: Blank},
		{Step: ToWitness, From: Presented, Who: Facilitator, To: Paid},
		{Step: ToSettle, From: Presented, Who: Facilitator, OnceLate: true, To: Paid},
		{Step: ToVoid, From: Presented, Who: Facilitator, OnceLate: true, To: Void},

		{Step: ToAccept, From: Disputed, Who: Either, To: Paid},
		{Step: ToWithdraw, From: Disputed, Who: Bearer, To: Blank},
		{Step: ToSettle, From: Disputed, Who: Facilitator, To: Paid},
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

// May reports whether the member may take the step now. Facilitator says whether they have
// that role; it never helps who drew the leaf or brings it to gain by it.
func (l Leaf) May(step Step, m coop.MemberID, facilitator bool, now time.Time) bool {
	t, ok := find(step, l.State)
	if !ok || t.OnceLate && !l.Late(now) {
		return false
	}
	if step == ToAccept && l.figure(m) == 0 {
		return false
	}
	switch t.Who {
	case Neighbour:
		return !l.Draws(m)
	case Drawer:
		return l.Draws(m)
	case Bearer:
		return m == l.Bearer.ID
	case Either:
		return l.Party(m)
	case Facilitator:
		return facilitator && !l.Party(m)
	case Keeper:
		return facilitator || l.Draws(m)
	}
	return false
}

// deadline is when the state that t leads to should have ended; zero when it is final.
func (t Transition) deadline(l Leaf, now time.Time) time.Time {
	switch {
	case t.To.Final():
		return time.Time{}
	case t.To == Blank:
		return l.ValidUntil
	}
	return now.Add(t.Within)
}
