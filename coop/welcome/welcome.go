// Package welcome is how nobody arrives alone and nobody is forgotten: a buddy, who is a
// neighbour that speaks the newcomer's language and comes along the first time, and a call
// for everybody in turn.
//
// What always holds: both said yes before either is named to the other, but for the
// newcomer, who is told who would come before they say theirs; it ends by itself; a no
// needs no reason and names nobody. Everybody who is new is offered the same, everybody is
// called in turn whatever they did, and a call leaves an outcome and no words. Nothing here
// knows why anybody came.
package welcome

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

const day = 24 * time.Hour

// facilitates refuses who is not an acting facilitator of the cooperative at this moment.
func facilitates(ctx context.Context, db bun.IDB, actor coop.Actor) error {
	var yes bool
	err := db.NewRaw(`
		SELECT EXISTS (
			SELECT FROM coop.member_roles r JOIN coop.members m ON m.cooperative_id = r.cooperative_id AND m.id = r.member_id
			WHERE r.cooperative_id = ? AND r.member_id = ? AND r.role = 'facilitator' AND r.until_at IS NULL
				AND m.state IN ('welcomed', 'active'))`, actor.Cooperative, actor.Member).Scan(ctx, &yes)
	if err == nil && !yes {
		return rule.ErrForbidden
	}
	return err
}

func orNotFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return rule.ErrNotFound
	}
	return err
}
