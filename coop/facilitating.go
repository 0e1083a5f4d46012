package coop

import (
	"context"

	"github.com/uptrace/bun"

	"lien/rule"
)

// Facilitates is, in SQL, whether a member facilitates at this moment: the role runs, and
// they take part. It asks for the cooperative and the member.
var Facilitates = FacilitatesAs("?", "?")

// FacilitatesAs is the same of a member named by SQL: a column of the query around it, or
// a placeholder.
func FacilitatesAs(cooperative, member string) string {
	return `EXISTS (
  SELECT FROM coop.member_roles role
  JOIN coop.members held ON held.cooperative_id = role.cooperative_id AND held.id = role.member_id
  WHERE role.cooperative_id = ` + cooperative + ` AND role.member_id = ` + member + `
    AND role.role = 'facilitator' AND role.until_at IS NULL AND held.state IN ('welcomed', 'active'))`
}

// Facilitating reports whether the actor facilitates at this moment.
func Facilitating(ctx context.Context, db bun.IDB, actor Actor) (yes bool, err error) {
	err = db.NewRaw(`SELECT `+Facilitates, actor.Cooperative, actor.Member).Scan(ctx, &yes)
	return yes, err
}

// MustFacilitate answers ErrForbidden to who does not facilitate at this moment.
func MustFacilitate(ctx context.Context, db bun.IDB, actor Actor) error {
	yes, err := Facilitating(ctx, db, actor)
	if err == nil && !yes {
		return rule.ErrForbidden
	}
	return err
}

// HideFromOthers answers ErrNotFound to who does not facilitate at this moment: what it
// guards is not there for anybody else.
func HideFromOthers(ctx context.Context, db bun.IDB, actor Actor) error {
	yes, err := Facilitating(ctx, db, actor)
	if err == nil && !yes {
		return rule.ErrNotFound
	}
	return err
}
