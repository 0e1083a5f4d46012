package importing

import (
	"context"

	"lien/coop"
	"lien/rule"
)

// Keeper is who takes a list over from a command, and the language that they read.
type Keeper struct {
	coop.Actor
	Language string
}

// Keeper finds who keeps the hours by their member number, in the cooperative of this name,
// or in the only one when the name is empty. It is for whoever runs the software; there is
// no page for it. It returns *rule.Invalid on "by" when there is nobody, or several.
func (i *Imports) Keeper(ctx context.Context, cooperative string, number int64) (Keeper, error) {
	var found []Keeper
	err := i.db.NewRaw(`SELECT c.id AS cooperative, m.id AS member, m.language
FROM coop.cooperatives c
JOIN coop.members m ON m.cooperative_id = c.id AND m.number = ? AND m.state IN ('welcomed', 'active')
WHERE (? = '' OR c.name = ?) AND EXISTS (
  SELECT FROM coop.member_roles r
  WHERE r.cooperative_id = c.id AND r.member_id = m.id AND r.role IN ('facilitator', 'treasurer') AND r.until_at IS NULL)
LIMIT 2`, number, cooperative, cooperative).Scan(ctx, &found)
	if err == nil && len(found) != 1 {
		err = rule.Broken("by", "rule.choose")
	}
	if err != nil {
		return Keeper{}, err
	}
	return found[0], nil
}
