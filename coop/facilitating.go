package coop

import (
	"context"

	"github.com/uptrace/bun"

	"lien/rule"
)

// Facilitates is, in SQL, whether a member facilitates at this moment: the role runs, and
// they take part. It asks for the cooperative and the member.
const Facilitates = `EXISTS (
  SELECT FROM coop.member_roles role
  JOIN coop.members held ON held.cooperative_id = role.cooperative_id AND held.id = role.member_id
  WHERE role.cooperative_id = ? AND role.member_id = ? AND role.role = 'facilitator' AND role.until_at IS NULL
    AND held.state IN ('welcomed', 'active'))`

// MustFacilitate answers ErrForbidden to who does not facilitate at this moment.
func MustFacilitate(ctx context.Context, db bun.IDB, actor Actor) error {
	var yes bool
	err := db.NewRaw(`SELECT `+Facilitates, actor.Cooperative, actor.Member).Scan(ctx, &yes)
	if err == nil && !yes {
		return rule.ErrForbidden
	}
	return err
}
