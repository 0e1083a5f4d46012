package event

import (
	"slices"
	"strings"

	"github.com/google/uuid"

	"lien/coop"
)

// Spot is where an event is in the tree of places, beside the words that its organiser has
// for it; zero when only the words say it.
type Spot struct {
	PlaceID    coop.PlaceID
	ResourceID coop.ResourceID // the room or the thing, which stands in the place
	Within     string          // the names of the place and of those that it stands in, a line each
	Thing      string          // the name of the room or the thing
}

// Set reports whether the event is somewhere in the tree.
func (s Spot) Set() bool { return s.PlaceID != coop.PlaceID{} }

// Value is the spot as a form sends it.
func (s Spot) Value() string {
	switch {
	case s.ResourceID != coop.ResourceID{}:
		return "thing." + s.ResourceID.String()
	case s.Set():
		return "place." + s.PlaceID.String()
	}
	return ""
}

// is reports whether both are the same spot, whatever its names are by now.
func (s Spot) is(other Spot) bool { return s.Value() == other.Value() }

// where adds to words the names that they do not hold yet.
func (s Spot) where(words string) string {
	for _, name := range append([]string{s.Thing}, strings.Split(s.Within, "\n")...) {
		if name != "" && !strings.Contains(strings.ToLower(words), strings.ToLower(name)) {
			words += ", " + name
		}
	}
	return strings.TrimPrefix(words, ", ")
}

// Where is where the event is, in its organiser's words and by the names of the tree.
func (e Event) Where() string { return e.where(e.Place) }

// Where is where the series takes place.
func (sr Series) Where() string { return sr.where(sr.Place) }

// SpotChoice is a place, or a room in it, that an event may be in.
type SpotChoice struct {
	Spot
	Kind string // residence, building, stairwell, thing
	Name string
	Path []uuid.UUID `bun:",array"` // of the place, from the residence down
}

// Depth is how many places this one stands in.
func (c SpotChoice) Depth() int {
	if c.ResourceID != (coop.ResourceID{}) {
		return len(c.Path)
	}
	return len(c.Path) - 1
}

// IsPlace reports whether it is a place of the tree, and no room in it.
func (c SpotChoice) IsPlace() bool { return c.ResourceID == coop.ResourceID{} }

// PlaceOf finds a place among the choices.
func PlaceOf(choices []SpotChoice, id coop.PlaceID) (SpotChoice, bool) {
	n := slices.IndexFunc(choices, func(c SpotChoice) bool { return c.IsPlace() && c.PlaceID == id })
	if n < 0 {
		return SpotChoice{}, false
	}
	return choices[n], true
}
