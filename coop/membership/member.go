package membership

import (
	"time"

	"lien/coop"
	"lien/rule"
)

// State is where a member stands in the cooperative.
type State string

// The states of a member.
const (
	Welcomed  State = "welcomed" // met by a facilitator, charter accepted
	Active    State = "active"
	Paused    State = "paused"
	Suspended State = "suspended" // by a motivated, dated decision that the member can contest
	Leaving   State = "leaving"   // what is open is being settled
	Left      State = "left"
)

// MayAct reports whether a member in this state takes part. The others read what is
// their own, and no more.
func (s State) MayAct() bool { return s == Active || s == Welcomed }

// Step is what moves a member from one state to another.
type Step string

// The steps of a member.
const (
	Joined     Step = "join"
	Suspends   Step = "suspend"
	Reinstates Step = "reinstate"
	Pauses     Step = "pause"
	Resumes    Step = "resume"
	Leaves     Step = "leave"
	Closes     Step = "close"
	// Witnessed is no move: a facilitator saw the member and gave them a new device.
	Witnessed Step = "device"
)

// after returns the state that step leads to from s, and whether s allows it. It is the
// one table of a member's life: welcomed, active, paused, leaving, left, suspended.
func (s State) after(step Step) (State, bool) {
	to, ok := map[Step]map[State]State{
		Suspends:   {Welcomed: Suspended, Active: Suspended, Paused: Suspended},
		Reinstates: {Suspended: Active},
		Pauses:     {Welcomed: Paused, Active: Paused},
		Resumes:    {Paused: Active},
		Leaves:     {Welcomed: Leaving, Active: Leaving, Paused: Leaving, Suspended: Leaving},
		Closes:     {Leaving: Left},
		Witnessed:  {Welcomed: Welcomed, Active: Active, Paused: Paused, Suspended: Suspended, Leaving: Leaving},
	}[step][s]
	return to, ok
}

// Member is a person of the cooperative, as other members and the desk know them.
type Member struct {
	ID          coop.MemberID
	Number      int64
	Name        string // that neighbours read
	OwnName     string // for facilitators and the member alone; empty unless it is another one
	Language    string
	House       string // the cooperative's name
	Place       coop.PlaceID
	State       State
	Facilitator bool
	JoinedAt    time.Time
	StateSince  time.Time
}

// Languages are those that a person can choose: the ones the screens speak.
func Languages() []string { return []string{"fr", "en", "ar"} }

func language(field, code string) error {
	for _, known := range Languages() {
		if code == known {
			return nil
		}
	}
	return rule.Broken(field, "rule.choose")
}

// Name checks the name that a member goes by. A pseudonym is a name; what could pass
// for another text or mislead a reader is not.
func Name(text string) (string, error) { return rule.Line("name", text, 2, 40) }

// reason checks why a facilitator decides about a member; the member reads it.
func reason(text string) (string, error) { return rule.Text("reason", text, 10, 500) }
