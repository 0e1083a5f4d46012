package exchange

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/inbox"
)

// perEnding is how many listings a round of the house's own work looks at.
const perEnding = 200

// ending is a listing whose date has come, or comes soon.
type ending struct {
	Cooperative coop.CooperativeID
	ID          coop.ListingID
	Owner       coop.MemberID
	Title       string
	ExpiresAt   time.Time
	Several     bool
}

// Warn tells the owners of listings that end within two weeks, once for each end: one tap
// renews. It returns how many.
func (l *Listings) Warn(ctx context.Context) (int, error) {
	now := l.now()
	return l.round(ctx, "listing_ends", `l.state = 'open' AND l.moderation = 'none' AND l.warned_at IS NULL AND l.expires_at > ? AND l.expires_at <= ?
  AND NOT EXISTS (SELECT FROM coop.workshops w WHERE w.cooperative_id = l.cooperative_id AND w.listing_id = l.id)`, `warned_at = ?`,
		[]any{now, now.Add(warning)}, now)
}

// Expire ends the listings whose date has passed, and tells their owners, who still see
// them and may renew. It returns how many.
func (l *Listings) Expire(ctx context.Context) (int, error) {
	return l.round(ctx, "listing_ended", `l.state IN ('open', 'paused') AND l.expires_at <= ?`, `state = ?`, []any{l.now()}, Ended)
}

// round finds listings, sets a column of each, and tells their owners why.
func (l *Listings) round(ctx context.Context, kind, where, set string, args []any, to any) (n int, err error) {
	err = l.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var due []ending
		err := tx.NewRaw(`WITH due AS (
  SELECT l.cooperative_id, l.id
  FROM coop.listings l
  WHERE `+where+`
  ORDER BY l.id
  LIMIT ?
  FOR UPDATE SKIP LOCKED
)
UPDATE coop.listings l SET `+set+`
FROM due
WHERE l.cooperative_id = due.cooperative_id AND l.id = due.id
RETURNING l.cooperative_id AS cooperative, l.id, l.member_id AS owner, l.title, l.expires_at,
  EXISTS (SELECT FROM coop.workshops w WHERE w.cooperative_id = l.cooperative_id AND w.listing_id = l.id) AS several`,
			append(args, perEnding, to)...).Scan(ctx, &due)
		if err != nil {
			return err
		}
		n = len(due)
		var items []inbox.Item
		for _, e := range due {
			if e.Several {
				continue // whose day is over has nothing to renew
			}
			items = append(items, inbox.Item{
				Cooperative: e.Cooperative, Member: e.Owner, Kind: kind, Subject: e.ID.UUID, Title: e.Title, When: e.ExpiresAt, At: l.now(),
				Once: kind + ":" + e.ID.String() + ":" + e.ExpiresAt.UTC().Format(time.DateOnly),
			})
		}
		return inbox.Tell(ctx, tx, items...)
	})
	return n, err
}
