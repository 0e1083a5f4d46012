// Package place is where members live: a tree of residences, their buildings and their
// stairwells, each with a board of its own, and who lived where from when to when. A door
// number is no place and is never asked.
//
// What always holds: a member lives in one place at a time; nobody lives in a place that
// is closed; which boards a member reads follows from their place at once; where somebody
// lives is told to nobody but themselves and the facilitators, and not even to those of
// them whom they once lived with (coop.md, membership).
package place

import (
	"time"

	"github.com/google/uuid"

	"lien/coop"
)

// Kind is what a place is.
type Kind string

// The kinds of places, from the outside in.
const (
	Residence Kind = "residence"
	Building  Kind = "building"
	Stairwell Kind = "stairwell"
)

// Within is the kind of what stands in a place of this kind, empty when nothing does.
func (k Kind) Within() Kind {
	return map[Kind]Kind{"": Residence, Residence: Building, Building: Stairwell}[k]
}

// Place is one place of the tree.
type Place struct {
	ID     coop.PlaceID
	Kind   Kind
	Name   string
	Path   []uuid.UUID `bun:",array"` // from the residence down to the place itself
	Leads  string      // the names on the way to it, each before a "›"
	Holds  bool        // others stand in it
	Closed bool
}

// Depth is how many places this one stands in.
func (p Place) Depth() int { return len(p.Path) - 1 }

// Full is the way to the place and its name.
func (p Place) Full() string { return p.Leads + p.Name }

// Stay is a time that a member lived somewhere.
type Stay struct {
	Place   string
	FromAt  time.Time
	UntilAt time.Time // zero: they live there
}

// settled is how long somebody who moved by themselves stays before they move again by
// themselves: whoever could live somewhere else every day would read every board.
const settled = 30 * 24 * time.Hour
