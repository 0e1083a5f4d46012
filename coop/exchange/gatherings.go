package exchange

import (
	"context"
	"slices"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// comingAtOnce is how many workshops to come a page shows.
const comingAtOnce = 12

// within is the listings l of workshops that the actor hosts, or that they have or had a
// seat or a turn in, whatever became of it. Who hides from the other reads nothing more.
func within(actor coop.Actor) clauses {
	return clauses{}.
		and(`(l.member_id = ? OR m.state <> 'left' AND l.member_id <> ALL (ARRAY(SELECT coop.hidden_from(?, ?)))
    AND EXISTS (SELECT FROM coop.workshop_turns t WHERE t.cooperative_id = l.cooperative_id AND t.listing_id = l.id AND t.member_id = ?))`,
			actor.Member, actor.Cooperative, actor.Member, actor.Member)
}

// reach reads the listing of a workshop that the actor sees, is in, or hosts.
func (w *Workshops) reach(ctx context.Context, db bun.IDB, actor coop.Actor, id coop.ListingID) (Listing, error) {
	visible, mine := inSight(actor, w.now()), within(actor)
	where := clauses{}.and(`l.cooperative_id = ? AND l.id = ? AND w.listing_id IS NOT NULL`, actor.Cooperative, id).
		and(`(`+mine.where+` OR `+visible.where+`)`, slices.Concat(mine.args, visible.args)...)
	found, err := read(ctx, db, actor, where, `l.id`, 1)
	if err == nil && len(found) == 0 {
		err = rule.ErrNotFound
	}
	if err != nil {
		return Listing{}, err
	}
	found[0].Photos, err = pictures(ctx, db, actor.Cooperative, id)
	return found[0], err
}

// One returns a workshop that the actor sees, is in, or hosts, with their own seat. The
// seats of all are the host's to see; who has a seat reads the names of the others who
// agreed to it, and of nobody whom they hide from or who hides from them.
func (w *Workshops) One(ctx context.Context, actor coop.Actor, id coop.ListingID) (shop Workshop, err error) {
	listing, err := w.reach(ctx, w.db, actor, id)
	if err != nil {
		return shop, err
	}
	err = w.db.NewRaw(`SELECT starts_at, minutes, seats, least, meeting, cancelled_at, words, language, marked_at, moved_from, moves FROM coop.workshops
WHERE cooperative_id = ? AND listing_id = ?`, actor.Cooperative, id).Scan(ctx, &shop)
	if err != nil {
		return shop, err
	}
	all, err := seats(ctx, w.db, actor.Cooperative, id)
	if err != nil {
		return shop, err
	}
	shop.Listing, shop.Mine = listing, of(all, actor.Member)
	shop.count(all)
	if shop.Hosts(actor.Member) {
		shop.All = all
	}
	if shop.Mine.Holds() {
		shop.Others, err = w.others(ctx, actor, id)
	}
	return shop, err
}

// others are who comes beside the actor, and agreed to be named to them.
func (w *Workshops) others(ctx context.Context, actor coop.Actor, id coop.ListingID) (people []Person, err error) {
	err = w.db.NewRaw(`SELECT m.id, m.name
FROM coop.workshop_turns t
JOIN coop.agreements g ON g.cooperative_id = t.cooperative_id AND g.id = t.agreement_id AND g.state IN ('agreed', 'done_claimed', 'disputed', 'confirmed', 'settled')
JOIN coop.members m ON m.cooperative_id = t.cooperative_id AND m.id = t.member_id AND m.state IN ('welcomed', 'active')
WHERE t.cooperative_id = ? AND t.listing_id = ? AND t.member_id <> ? AND t.shown AND t.left_at IS NULL
  AND t.member_id <> ALL (ARRAY(SELECT coop.hidden_from(?, ?)))
ORDER BY t.turn
LIMIT ?`, actor.Cooperative, id, actor.Member, actor.Cooperative, actor.Member, mostSeats).Scan(ctx, &people)
	return people, err
}

// Coming returns the workshops to come that the actor sees or takes part in, the next one
// first, a dozen at most.
func (w *Workshops) Coming(ctx context.Context, actor coop.Actor) (shops []Workshop, err error) {
	now := w.now()
	visible, mine := inSight(actor, now), within(actor)
	where := clauses{}.and(`l.cooperative_id = ? AND w.cancelled_at IS NULL AND w.starts_at > ?`, actor.Cooperative, now).
		and(`(`+mine.where+` OR `+visible.where+`)`, slices.Concat(mine.args, visible.args)...)
	found, err := read(ctx, w.db, actor, where, `w.starts_at, l.id`, comingAtOnce)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	var ids []coop.ListingID
	for _, l := range found {
		ids = append(ids, l.ID)
	}
	var counted []struct {
		ListingID coop.ListingID
		Workshop
		State State
		Turn  int
	}
	err = w.db.NewRaw(`SELECT w.listing_id, w.starts_at, w.minutes, w.seats, w.least, w.meeting,
  count(g.id) AS taken, count(t.turn) FILTER (WHERE t.agreement_id IS NULL) AS waiting,
  coalesce(max(t.turn) FILTER (WHERE t.member_id = ?), 0) AS turn, coalesce(max(g.state) FILTER (WHERE t.member_id = ?), '') AS state
FROM coop.workshops w
LEFT JOIN (coop.workshop_turns t LEFT JOIN coop.agreements g ON g.cooperative_id = t.cooperative_id AND g.id = t.agreement_id)
  ON t.cooperative_id = w.cooperative_id AND t.listing_id = w.listing_id AND t.left_at IS NULL
  AND (t.agreement_id IS NULL OR g.state NOT IN ('declined', 'cancelled', 'void'))
WHERE w.cooperative_id = ? AND w.listing_id IN (?)
GROUP BY w.cooperative_id, w.listing_id
ORDER BY w.starts_at, w.listing_id`, actor.Member, actor.Member, actor.Cooperative, bun.List(ids)).Scan(ctx, &counted)
	for n, c := range counted {
		c.Listing, c.Mine = found[n], Seat{Turn: c.Turn, State: c.State}
		shops = append(shops, c.Workshop)
	}
	return shops, err
}
