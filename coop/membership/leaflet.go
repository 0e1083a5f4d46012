package membership

import (
	"time"

	"lien/coop"
)

// A leaflet is good for a year on a wall, and as long as an invitation in a hand. A member
// hands over few: whom one invites, one has met.
const (
	posterLasts = 365 * 24 * time.Hour
	mostHanded  = 5
	handedIn    = 30 * 24 * time.Hour // as many in so long
)

// Leaflet is paper that leads to the application form: a poster for everybody, or a sheet
// that a member hands to one person.
type Leaflet struct {
	ID        coop.LeafletID
	Poster    bool
	CreatedAt time.Time
	ExpiresAt time.Time
	Answers   int // applications that came by it; of one handed over: 0 or 1
	Code      string
	Link      string
}

// Shown is the code as printed and read aloud, in two halves.
func (l Leaflet) Shown() string { return halves(l.Code) }

// Doorstep is what somebody who holds a leaflet may know: the cooperative and the places
// where one can live, never who made the leaflet.
type Doorstep struct {
	Leaflet     coop.LeafletID
	Cooperative coop.CooperativeID
	Name        string
	Town        string
	Poster      bool
	Places      []Place // residences and their buildings; a stairwell is not asked for
}
