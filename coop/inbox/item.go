// Package inbox is what the house tells one member: an answer, a reminder, a decision. An
// item keeps its kind and the few words that its sentence needs, never the sentence: that
// is written when it is read, in the reader's language and hour.
package inbox

import (
	"time"

	"github.com/google/uuid"

	"lien/coop"
)

// Item is one thing to tell. Kind names the sentence in the catalogues and where it leads;
// Subject is what it is about. Once says which occasion this is: a member is told of an
// occasion one time, however often the act is repeated. By (who did it, shown by name),
// Title, When and Minutes fill the sentence's blanks and may be empty. What is Held is told
// at that moment, and not before.
type Item struct {
	Cooperative coop.CooperativeID
	Member      coop.MemberID
	Kind        string
	Subject     uuid.UUID
	Once        string
	At          time.Time
	Held        time.Time
	By          coop.MemberID
	Title       string
	When        time.Time
	Minutes     int64
}

// Told is an item in its reader's hands.
type Told struct {
	ID      uuid.UUID
	Kind    string
	Subject uuid.UUID
	Name    string // who did it; empty when nobody did, or has left
	Title   string
	When    time.Time // zero when the sentence has no moment
	Minutes int64
	At      time.Time
	ReadAt  time.Time // zero until it is opened
}

// New reports whether it was not opened yet.
func (t Told) New() bool { return t.ReadAt.IsZero() }
