// Package visit lets somebody whom a member chose know that they have arrived at a meeting
// with a neighbour, and that they have left again.
//
// What always holds: it is the member's own wish, for one agreement. The chosen person
// agreed to it, or facilitates; they learn from when to when, never where nor with whom.
// When "left" does not come, that person is asked to call, and an hour later the
// facilitators are; no word says why. A day after it is over the row is gone, and with it
// whatever the inboxes held about it. The other one of the agreement learns nothing.
package visit

import (
	"time"

	"github.com/google/uuid"

	"lien/coop"
)

// Grace is how long after the planned time "left" may come before the chosen person is
// asked to call, and how long again until facilitators are. Kept is how long a visit that
// is over is remembered.
const (
	Grace = time.Hour
	Kept  = 24 * time.Hour
)

// Person is a member as their neighbours know them. The name is empty once they have left.
type Person struct {
	ID   coop.MemberID
	Name string
}

// Visit is somebody's wish that a person knows of a visit. Times are zero until they come.
type Visit struct {
	ID         uuid.UUID
	Agreement  coop.AgreementID
	Member     Person `bun:"embed:member_"`
	Whom       Person `bun:"embed:whom_"`
	AskedAt    time.Time
	AcceptedAt time.Time
	ArrivedAt  time.Time
	LeftAt     time.Time
	DueAt      time.Time // until when "left" is awaited
	ToldAt     time.Time // when the chosen person was asked to call
	PassedOnAt time.Time // when facilitators were
	AnsweredAt time.Time // when somebody said that all is well
}

// Set reports whether there is a visit at all.
func (v Visit) Set() bool { return v.ID != uuid.Nil }

// Accepted reports whether the chosen person agreed to be that person.
func (v Visit) Accepted() bool { return !v.AcceptedAt.IsZero() }

// There reports whether the member has arrived and not yet left.
func (v Visit) There() bool { return !v.ArrivedAt.IsZero() && v.LeftAt.IsZero() }

// Left reports whether the member has left again.
func (v Visit) Left() bool { return !v.LeftAt.IsZero() }

// Calls reports whether somebody is asked to call and nobody has answered yet.
func (v Visit) Calls() bool { return v.There() && !v.ToldAt.IsZero() && v.AnsweredAt.IsZero() }
