package event

import (
	"crypto/sha256"
	"encoding/base64"
	"time"

	"lien/coop"
)

// Kind is which events a calendar holds.
type Kind string

// The kinds: the events that the member comes to or organises, or all those of the place.
const (
	MineOnly   Kind = "mine"
	Everybodys Kind = "all"
)

// Feed is a calendar that the member opened to their phone. Secret is the part of its
// address that nobody else knows.
type Feed struct {
	ID       coop.FeedID
	Kind     Kind
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
	Zone   string
	Tongue string // the member's language
	Events []Event
	Series []Series
}
