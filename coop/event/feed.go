package event

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"time"

	"lien/coop"
)

// Kind is which events a calendar holds.
type Kind string

// The kinds: the events that the member comes to or organises, all those of the
// neighbourhood, or all those of one place and what stands in it.
const (
	MineOnly   Kind = "mine"
	Everybodys Kind = "all"
	OfPlace    Kind = "place"
)

// ErrShut says that a calendar's address was good once and leads nowhere any more.
var ErrShut = errors.New("the calendar is shut")

// MostPlaces is how many calendars of places a member may have open.
const MostPlaces = 10

// Feed is a calendar that the member opened to their phone. Secret is the part of its
// address that nobody else knows.
type Feed struct {
	ID       coop.FeedID
	Kind     Kind
	PlaceID  coop.PlaceID // of the calendar of a place
	Place    string       // its name
	OpenedAt time.Time
	Secret   string `bun:"-"`
}

// secret is what only this house can make of the feed: 256 bits, of which the database
// keeps the hash.
func (d Derive) secret(id coop.FeedID) string {
	sum := d("calendar feed", id.UUID[:])
	return base64.RawURLEncoding.EncodeToString(sum[:32])
}

func hashOf(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}

// Calendar is what a feed holds, as its member may see it. Whose answers stand beside the
// events is in none.
type Calendar struct {
	Actor  coop.Actor
	Kind   Kind
	Name   string // of the cooperative
	Place  string // the name of the place, of the calendar of one
	Zone   string
	Tongue string // the member's language
	Events []Event
	Series []Series
}
