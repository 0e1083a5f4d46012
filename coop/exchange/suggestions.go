package exchange

import (
	"context"
	"slices"

	"lien/coop"
)

// How many suggestions are made at once, and among how many of the newest listings of each
// sort they are looked for.
const (
	mostSuggested = 3
	lookedThrough = 60
)

// Suggest returns listings of neighbours that answer the actor's own open ones, or the one
// named, the best first. Of each sort it looks through the newest only.
func (l *Listings) Suggest(ctx context.Context, actor coop.Actor, one coop.ListingID) ([]Suggestion, error) {
	own := clauses{}.and(`l.cooperative_id = ? AND l.member_id = ? AND l.state = 'open' AND l.moderation = 'none' AND l.expires_at > ?`,
		actor.Cooperative, actor.Member, l.now()).
		and(`NOT EXISTS (SELECT FROM coop.workshops s WHERE s.cooperative_id = l.cooperative_id AND s.listing_id = l.id)`)
	if (one != coop.ListingID{}) {
		own = own.and(`l.id = ?`, one)
	}
	mine, err := read(ctx, l.db, actor, own, `l.id DESC`, openAtOnce)
	if err != nil || len(mine) == 0 {
		return nil, err
	}
	others, err := l.opposite(ctx, actor, mine)
	if err != nil {
		return nil, err
	}
	return fitting(mine, others, mostSuggested), nil
}

// opposite are the newest listings of each sort that could answer one of mine: requests
// for what is offered, offers of what is asked for.
func (l *Listings) opposite(ctx context.Context, actor coop.Actor, mine []Listing) ([]Listing, error) {
	type sort struct {
		Category Category
		Kind     Kind
	}
	var sorts []sort
	for _, own := range mine {
		s := sort{own.Category, Offer}
		if own.Kind == Offer {
			s.Kind = Request
		}
		if !slices.Contains(sorts, s) {
			sorts = append(sorts, s)
		}
	}
	where := inSight(actor, l.now()).and(`l.member_id <> ?`, actor.Member).
		and(`(l.cooperative_id, l.id) IN (
    SELECT n.cooperative_id, n.id
    FROM (?) AS sorts (category, kind)
    CROSS JOIN LATERAL (
      SELECT n.cooperative_id, n.id
      FROM coop.listings n
      WHERE n.cooperative_id = ? AND n.state = 'open' AND n.moderation = 'none' AND n.category = sorts.category AND n.kind = sorts.kind
      ORDER BY n.published_at DESC, n.id DESC
      LIMIT ?
    ) n)`, l.db.NewValues(&sorts), actor.Cooperative, lookedThrough).
		and(`w.listing_id IS NULL`)
	return read(ctx, l.db, actor, where, `l.published_at DESC, l.id DESC`, lookedThrough*len(sorts))
}
