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
	"context"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
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

// facilitating says that a member, named after their cooperative, is an acting facilitator.
const facilitating = `EXISTS (
		  SELECT FROM coop.member_roles AS r
		  JOIN coop.members AS m ON m.cooperative_id = r.cooperative_id AND m.id = r.member_id
		  WHERE r.cooperative_id = ? AND r.member_id = ? AND r.role = 'facilitator' AND r.until_at IS NULL
		    AND m.state IN ('active', 'welcomed'))`

// facilitates refuses who is not an acting facilitator of the cooperative at this moment.
func facilitates(ctx context.Context, db bun.IDB, actor coop.Actor) error {
	var yes bool
	err := db.NewRaw(`SELECT `+facilitating, actor.Cooperative, actor.Member).Scan(ctx, &yes)
	if err == nil && !yes {
		return rule.ErrForbidden
	}
	return err
}
