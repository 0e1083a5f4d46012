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

// facilitating is whether a member facilitates now; it asks for the cooperative and them.
const facilitating = `EXISTS (
	SELECT FROM coop.member_roles r JOIN coop.members me ON me.cooperative_id = r.cooperative_id AND me.id = r.member_id
	WHERE r.cooperative_id = ? AND r.member_id = ? AND r.role = 'facilitator' AND r.until_at IS NULL AND me.state IN ('welcomed', 'active'))`

// facilitates refuses who is not an acting facilitator of the cooperative at this moment.
func facilitates(ctx context.Context, db bun.IDB, actor coop.Actor) error {
	var yes bool
	err := db.NewRaw(`SELECT `+facilitating, actor.Cooperative, actor.Member).Scan(ctx, &yes)
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
