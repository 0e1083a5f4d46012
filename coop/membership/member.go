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
	Welcomed  State = "welcomed" // on the list, and has not said yes to the charter yet
	Active    State = "active"
	Paused    State = "paused"
	Suspended State = "suspended" // by a motivated, dated decision that the member can contest
	Leaving   State = "leaving"   // what is open is being settled
	Left      State = "left"
)

// MayAct reports whether a member in this state takes part. The others read what is
// their own, and no more.
func (s State) MayAct() bool { return s == Active || s == Welcomed }

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
	Charter     bool // a charter is in force that they have not said yes to
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
