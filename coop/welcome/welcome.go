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
	"database/sql"
	"errors"
	"time"

	"lien/rule"
)

const day = 24 * time.Hour

func orNotFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return rule.ErrNotFound
	}
	return err
}
