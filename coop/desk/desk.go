// Package desk is what facilitators carry for members at the cooperative's desk: an act
// that somebody without a phone, or without the words for it, asks for in person.
//
// What always holds: each act has a consent of its own, by the member's PIN or beside a
// witness; it is done by the very methods that the member's own phone calls, with their
// rights and no other; it stands in the member's own journal in the transaction that does
// it, so that nothing happens without a line there; who carries or witnesses it is never
// a party to it; and for two days its member can take it back. The package knows no
// screen, no PIN and no session: whoever calls has checked them.
package desk

import (
	"time"

	"github.com/uptrace/bun"
)

// Desk is a cooperative's desk and its journal.
type Desk struct {
	db     bun.IDB
	derive Derive
	now    func() time.Time
}

// New returns the desk kept in db. The codes of its receipts come from derive; now tells
// the time.
func New(db bun.IDB, derive Derive, now func() time.Time) *Desk {
	return &Desk{db: db, derive: derive, now: now}
}
