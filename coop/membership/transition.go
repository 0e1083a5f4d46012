package membership

// Step is what moves a member from one state to another.
type Step string

// The steps of a member.
const (
	Joined     Step = "join"      // by an invitation, saying yes to the charter
	Imported   Step = "import"    // from a list that the cooperative kept before
	Accepts    Step = "accept"    // the charter, for the first time
	Suspends   Step = "suspend"   // by a decision with a reason and a last day
	Reinstates Step = "reinstate" // lifted by a facilitator, or by the review, or over
	Pauses     Step = "pause"
	Resumes    Step = "resume"
	Leaves     Step = "leave"
	Departs    Step = "depart" // died, or cannot be reached
	Closes     Step = "close"  // what was open is settled
	Returns    Step = "return" // comes back, and says yes to the charter again
	// Witnessed is no move: a facilitator saw the member and gave them a new device.
	Witnessed Step = "device"
)

// Who says which of the people around a member may take a step.
type Who string

// The people around a member.
const (
	Themselves  Who = "themselves"
	Facilitator Who = "facilitator" // an acting one, who is not the member
	TheClock    Who = "clock"       // on a day that was set before
)

// Transition is one line of a member's life. Within says what ends the new state when
// nobody does: a day that was set, or none, because nobody is chased from there.
type Transition struct {
	Step Step
	From State
	To   State
	Who  []Who
}

// None is where somebody stands who is no member yet.
const None State = "invited"

// Transitions is all that can happen to a member, from the invitation or the old list to
// the departure and back.
func Transitions() []Transition {
	return []Transition{
		{Joined, None, Active, []Who{Themselves, Facilitator}},
		{Imported, None, Welcomed, []Who{Facilitator}},

		{Accepts, Welcomed, Active, []Who{Themselves, Facilitator}},
		{Leaves, Welcomed, Leaving, []Who{Themselves}},
		{Departs, Welcomed, Leaving, []Who{Facilitator}},
		{Witnessed, Welcomed, Welcomed, []Who{Facilitator}},

		{Suspends, Active, Suspended, []Who{Facilitator}},
		{Pauses, Active, Paused, []Who{Themselves, TheClock}},
		{Leaves, Active, Leaving, []Who{Themselves}},
		{Departs, Active, Leaving, []Who{Facilitator}},
		{Witnessed, Active, Active, []Who{Facilitator}},

		{Resumes, Paused, Active, []Who{Themselves, TheClock}},
		{Suspends, Paused, Suspended, []Who{Facilitator}},
		{Leaves, Paused, Leaving, []Who{Themselves}},
		{Departs, Paused, Leaving, []Who{Facilitator}},
		{Witnessed, Paused, Paused, []Who{Facilitator}},

		{Reinstates, Suspended, Active, []Who{Facilitator, TheClock}},
		{Leaves, Suspended, Leaving, []Who{Themselves}},
		{Departs, Suspended, Leaving, []Who{Facilitator}},
		{Witnessed, Suspended, Suspended, []Who{Facilitator}},

		{Closes, Leaving, Left, []Who{Facilitator}},
		{Witnessed, Leaving, Leaving, []Who{Facilitator}},

		{Returns, Left, Active, []Who{Facilitator}},
	}
}

// after returns the state that step leads to from s, and whether s allows it.
func (s State) after(step Step) (State, bool) {
	for _, t := range Transitions() {
		if t.Step == step && t.From == s {
			return t.To, true
		}
	}
	return "", false
}
