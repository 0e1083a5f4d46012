package exchange

import (
	"time"

	"lien/coop"
)

// State is where an agreement stands.
type State string

// The states of an agreement (coop.md, listings and agreements).
const (
	None        State = "" // before it was proposed
	Proposed    State = "proposed"
	Agreed      State = "agreed"
	DoneClaimed State = "done_claimed" // one of the two says that it is done
	Disputed    State = "disputed"
	Confirmed   State = "confirmed"
	Declined    State = "declined"
	Cancelled   State = "cancelled"
	Settled     State = "settled" // by mediation
	Void        State = "void"    // by mediation: nothing is owed
)

// Final reports whether nothing more can happen.
func (s State) Final() bool {
	switch s {
	case Confirmed, Declined, Cancelled, Settled, Void:
		return true
	}
	return false
}

// Paid reports whether minutes have moved.
func (s State) Paid() bool { return s == Confirmed || s == Settled }

// Meeting is where two members meet.
type Meeting string

// The meeting places. A first meeting is in a common room unless both choose otherwise.
const (
	CommonRoom   Meeting = "common_room"
	Outside      Meeting = "outside"
	GiverHome    Meeting = "giver_home"
	ReceiverHome Meeting = "receiver_home"
)

// Meetings are the meeting places in the order in which a page offers them.
func Meetings() []Meeting { return []Meeting{CommonRoom, Outside, GiverHome, ReceiverHome} }

// Thing is something to bring along.
type Thing string

// Things are what can be brought along, in the order in which a page offers them.
func Things() []Thing {
	return []Thing{"tools", "bag", "device", "papers", "fabric", "dish", "gloves", "boxes", "keys"}
}

// Agreement is what two members agreed. Minutes that nobody has said yet are zero. About
// is empty when nobody wrote a word: the category says it then, in each reader's language.
type Agreement struct {
	ID         coop.AgreementID
	Listing    coop.ListingID // zero: without a listing
	Seat       bool           // it is one of the seats of a workshop
	CalledOff  bool           // and that workshop is called off for all
	Giver      Person         `bun:"embed:giver_"`
	Receiver   Person         `bun:"embed:receiver_"`
	ProposedBy coop.MemberID  // whose proposal stands
	State      State
	Category   Category
	About      string
	Language   string
	PlannedAt  time.Time
	Planned    int64
	Meeting    Meeting
	Bring      []Thing `bun:",array"`
	Place      string  // building and stairwell of whom one visits; told only between yes and done
	Directions string  // how to find them, in their own words; told only then, too
	Spoken     string  // the language of Directions
	DoneBy     coop.MemberID
	Claimed    int64
	Answered   int64
	Paid       int64
	Steps      int // how many steps were taken: what a page has seen
	CreatedAt  time.Time
	StateSince time.Time
	DeadlineAt time.Time // zero when final
}

// Party reports whether the member is one of the two.
func (a Agreement) Party(m coop.MemberID) bool { return m == a.Giver.ID || m == a.Receiver.ID }

// Gives reports whether the member is the one who helps.
func (a Agreement) Gives(m coop.MemberID) bool { return m == a.Giver.ID }

// Other returns the other one of the two.
func (a Agreement) Other(m coop.MemberID) Person {
	if a.Gives(m) {
		return a.Receiver
	}
	return a.Giver
}

// Late reports whether the deadline of the present state has passed.
func (a Agreement) Late(now time.Time) bool {
	return !a.DeadlineAt.IsZero() && now.After(a.DeadlineAt)
}

// NeedsHelp reports whether a facilitator should look at it.
func (a Agreement) NeedsHelp(now time.Time) bool { return a.State == Disputed || a.Late(now) }

// Figure returns the minutes that the member has named, zero when none.
func (a Agreement) Figure(m coop.MemberID) int64 {
	if m == a.DoneBy {
		return a.Claimed
	}
	return a.Answered
}

// WaitsFor reports whether the next step is this member's: to answer a proposal, to
// confirm hours, or to say that it is done once its time has passed.
func (a Agreement) WaitsFor(m coop.MemberID, now time.Time) bool {
	switch a.State {
	case Proposed:
		return a.Party(m) && m != a.ProposedBy
	case DoneClaimed:
		return a.Party(m) && m != a.DoneBy
	case Agreed:
		return a.Party(m) && now.After(a.Ends())
	}
	return false
}

// Meet brings two figures for the same help together: within a quarter of the longer and
// at most fifteen minutes apart, the lower is paid; otherwise they differ (coop.md).
func Meet(claimed, answered int64) (paid int64, met bool) {
	lower, longer := min(claimed, answered), max(claimed, answered)
	apart := longer - lower
	return lower, apart <= 15 && apart*4 <= longer
}

// Host is the one of the two who is visited, zero when they meet elsewhere.
func (a Agreement) Host() coop.MemberID {
	switch a.Meeting {
	case GiverHome:
		return a.Giver.ID
	case ReceiverHome:
		return a.Receiver.ID
	}
	return coop.MemberID{}
}

// Ends is when the planned time is over.
func (a Agreement) Ends() time.Time { return a.PlannedAt.Add(time.Duration(a.Planned) * time.Minute) }

// Event is one step that was taken. Channel is empty from the member's own phone, else
// "desk" or "paper"; PlannedAt and Meeting are what a proposal proposed.
type Event struct {
	N         int
	Step      Step
	From      State
	To        State
	By        Person `bun:"embed:by_"`
	Minutes   int64
	Words     string
	Language  string
	Channel   coop.Channel
	Witness   string // the name of the facilitator at the desk
	PlannedAt time.Time
	Meeting   Meeting
	At        time.Time
}

// Replay follows the events along the table and returns the state that they lead to;
// false when one of them is no transition.
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
