package fund

import (
	"time"

	"lien/coop"
)

// State is where a draw stands.
type State string

// The states of a draw.
const (
	None      State = ""
	Asked     State = "asked"   // by the member
	Offered   State = "offered" // by who looks after the hours
	Granted   State = "granted"
	Refused   State = "refused"
	Withdrawn State = "withdrawn"
	Declined  State = "declined"
	Lapsed    State = "lapsed" // an offer that nobody answered
)

// Final reports whether nothing more can happen.
func (s State) Final() bool { return s != None && s != Asked && s != Offered }

// Step is what somebody does with a draw.
type Step string

// The steps.
const (
	ToAsk      Step = "ask"
	ToOffer    Step = "offer"
	ToGrant    Step = "grant"
	ToRefuse   Step = "refuse"
	ToWithdraw Step = "withdraw"
	ToTake     Step = "take"
	ToDecline  Step = "decline"
	ToLapse    Step = "lapse"
)

// Who says which of the people around a draw may take a step.
type Who int

// The people around a draw.
const (
	Its     Who = iota // the member whose draw it is
	Steward            // who looks after the hours and is not that member
	Time               // nobody: the deadline did it
)

const day = 24 * time.Hour

// Transition is one line of the table. Within is how long the new state may last: an offer
// lapses then, and who asked is not forgotten but reminded of to all stewards.
type Transition struct {
	Step   Step
	From   State
	Who    Who
	To     State
	Within time.Duration
}

// Transitions is all that can happen to a draw.
func Transitions() []Transition {
	return []Transition{
		{Step: ToAsk, From: None, Who: Its, To: Asked, Within: 7 * day},
		{Step: ToOffer, From: None, Who: Steward, To: Offered, Within: 30 * day},
		{Step: ToGrant, From: Asked, Who: Steward, To: Granted},
		{Step: ToRefuse, From: Asked, Who: Steward, To: Refused},
		{Step: ToWithdraw, From: Asked, Who: Its, To: Withdrawn},
		{Step: ToTake, From: Offered, Who: Its, To: Granted},
		{Step: ToDecline, From: Offered, Who: Its, To: Declined},
		{Step: ToLapse, From: Offered, Who: Time, To: Lapsed},
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

// Draw is hours of the fund that a member asked for or was offered. Its name and words are
// for the member and, while it waits, for who answers.
type Draw struct {
	ID         coop.DrawID
	Rule       Rule `bun:"embed:rule_"`
	Member     coop.MemberID
	Name       string
	State      State
	Words      string // what the member wrote
	Answer     string // what who answered wrote
	Language   string
	Minutes    int64
	Transfer   coop.TransferID
	Steps      int
	CreatedAt  time.Time
	StateSince time.Time
	DeadlineAt time.Time // zero when final
}

// May reports whether the member may take the step; steward says whether they look after
// the hours. It never helps whose draw it is.
func (d Draw) May(step Step, m coop.MemberID, steward bool) bool {
	t, ok := find(step, d.State)
	if !ok {
		return false
	}
	return t.Who == Its && m == d.Member || t.Who == Steward && steward && m != d.Member
}

// Late reports whether the answer is late.
func (d Draw) Late(now time.Time) bool { return !d.DeadlineAt.IsZero() && now.After(d.DeadlineAt) }

// Event is one step that was taken.
type Event struct {
	N    int
	Step Step
	From State `bun:"from_state"`
	To   State `bun:"to_state"`
}

// Replay follows the events along the table and returns the state that they lead to; false
// when one of them is no transition.
func Replay(events []Event) (State, bool) {
	state := None
	for _, e := range events {
		t, ok := find(e.Step, state)
		if !ok || e.From != state || e.To != t.To {
			return state, false
		}
		state = t.To
	}
	return state, true
}
