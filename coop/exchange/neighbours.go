package exchange

import (
	"context"

	"lien/coop"
)

// metAtOnce is how many neighbours whom one has met a page offers.
const metAtOnce = 24

// reachable joins the neighbours n whom a member me, active as they are, may propose
// something to: whoever is in the directory, and whom they have met through an agreement.
// It asks for the cooperative and the member.
const reachable = `
FROM coop.members me
JOIN coop.members n ON n.cooperative_id = me.cooperative_id AND n.id <> me.id AND n.state IN ('welcomed', 'active')
  AND coop.findable(me.cooperative_id, me.id, n.id)
WHERE me.cooperative_id = ? AND me.id = ? AND me.state IN ('welcomed', 'active')`

// Met lists the neighbours whom the actor has met through an agreement and may propose
// another one to, the latest first.
func (a *Agreements) Met(ctx context.Context, actor coop.Actor) (people []Person, err error) {
	err = a.db.NewRaw(`SELECT n.id, n.name
FROM coop.members me
CROSS JOIN LATERAL (
  SELECT p.id, max(p.at) AS at FROM (
    SELECT CASE WHEN g.giver_id = me.id THEN g.receiver_id ELSE g.giver_id END AS id, g.state_since AS at
    FROM coop.agreements g
    WHERE g.cooperative_id = me.cooperative_id AND me.id IN (g.giver_id, g.receiver_id)
      AND g.state IN ('agreed', 'done_claimed', 'disputed', 'confirmed', 'settled')) p
  GROUP BY p.id) met
JOIN coop.members n ON n.cooperative_id = me.cooperative_id AND n.id = met.id AND n.state IN ('welcomed', 'active')
  AND NOT coop.hidden_between(me.cooperative_id, me.id, n.id)
WHERE me.cooperative_id = ? AND me.id = ? AND me.state IN ('welcomed', 'active')
ORDER BY met.at DESC, n.id
LIMIT ?`, actor.Cooperative, actor.Member, metAtOnce).Scan(ctx, &people)
	return people, err
}

// Neighbour returns somebody to whom the actor may propose something without a listing.
func (a *Agreements) Neighbour(ctx context.Context, actor coop.Actor, id coop.MemberID) (p Person, err error) {
	err = a.db.NewRaw(`SELECT n.id, n.name`+reachable+`
  AND n.id = ?`, actor.Cooperative, actor.Member, id).Scan(ctx, &p)
	return p, orNotFound(err)
}
