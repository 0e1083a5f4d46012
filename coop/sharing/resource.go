// Package sharing is what the cooperative owns together: rooms, machines and a bicycle are
// booked by the clock, tools are lent in turn.
//
// What always holds: two bookings of a thing never overlap, the buffer after each
// included; a home books no more a week than the rule says; a booking that nobody comes
// to is released; a thing is kept for or lent to one person at a time, and goes to the
// next in turn, and a deposit in hours goes back when it does. The rules of each thing are a row that facilitators change.
package sharing

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/rule"
)

// Kind is what a shared thing is.
type Kind string

// The kinds of shared things.
const (
	Room    Kind = "room"
	Machine Kind = "machine"
	Vehicle Kind = "vehicle"
	Tool    Kind = "tool"
)

// Kinds are all kinds in the order in which a page offers them.
func Kinds() []Kind { return []Kind{Room, Machine, Vehicle, Tool} }

// Shared is how a thing goes from one to the next.
type Shared string

// The ways of sharing.
const (
	Booked Shared = "booked" // by the clock
	Lent   Shared = "lent"   // for some days, in turn
)

// Standing is whether a thing can be had.
type Standing string

// The standings of a thing.
const (
	Open    Standing = "open"
	Paused  Standing = "paused"
	Retired Standing = "retired"
)

// Resource is one thing that is shared.
type Resource struct {
	ID        coop.ResourceID
	Kind      Kind
	Shared    Shared
	Name      string
	Details   string
	Language  string // of name and details
	Place     string
	State     Standing
	PausedWhy string
	Damages   int // told and not mended
	CreatedAt time.Time
}

// Draft is the form of a thing. The place and the way of sharing are chosen once.
type Draft struct {
	Key      uuid.UUID
	Kind     Kind
	Shared   Shared
	Name     string
	Details  string
	Language string
	Place    coop.PlaceID
}

func (d Draft) check() (_ Draft, err error) {
	if !slices.Contains(Kinds(), d.Kind) {
		return d, rule.Broken("kind", "rule.choose")
	}
	if d.Shared != Booked && d.Shared != Lent {
		return d, rule.Broken("shared", "rule.choose")
	}
	if d.Name, err = rule.Line("name", d.Name, 2, 80); err != nil {
		return d, err
	}
	if d.Details, err = rule.Text("details", d.Details, 0, 1000); err != nil {
		return d, err
	}
	d.Language, err = rule.Line("language", d.Language, 2, 12)
	return d, err
}
