// Package exchange is mutual aid: listings that say what members offer and need, and the
// agreements of two members about who helps whom, when and for how long.
//
// What always holds: an agreement moves only along one table of transitions; who gains
// hours never confirms alone and nobody confirms for both; silence never takes hours from
// anybody; every unfinished agreement has a way out for somebody and a deadline. Minutes
// move in the transaction that confirms, through the ledger of package hours.
package exchange

import (
	"context"
	"database/sql"
	"errors"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// Person is a member as the other side of an exchange sees them. The name is empty when
// they have left.
type Person struct {
	ID   coop.MemberID
	Name string
}

// mustBeActive refuses an actor who may only read what is their own.
func mustBeActive(ctx context.Context, db bun.IDB, actor coop.Actor) error {
	var active bool
	err := db.NewRaw(`SELECT state IN ('welcomed', 'active')
FROM coop.members
WHERE cooperative_id = ? AND id = ?`, actor.Cooperative, actor.Member).Scan(ctx, &active)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return rule.ErrNotFound
	case err != nil:
		return err
	case !active:
		return rule.ErrForbidden
	}
	return nil
}
