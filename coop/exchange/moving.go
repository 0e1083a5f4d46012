package exchange

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/inbox"
	"lien/rule"
)

// Move puts a workshop of the actor's own on another day. Everybody who has a seat is asked
// again, and nothing is kept of their hours until they say yes: who cannot come is let go,
// who does not answer within two days loses the seat, and those who wait move up. Moving to
// the day on which it stands changes nothing. It answers ErrMoved once it has begun, and
// *rule.Invalid on "when" for a day that cannot be, and after the fifth move.
func (w *Workshops) Move(ctx context.Context, actor coop.Actor, id coop.ListingID, to time.Time) error {
	now := w.now()
	return w.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		shop, err := host(ctx, tx, actor, id)
		switch {
		case err != nil:
			return err
		case shop.StartsAt.Equal(to):
			return nil
		case !shop.On(now) || !shop.MarkedAt.IsZero():
			return rule.ErrMoved
		case shop.Moves >= mostMoves:
			return rule.Broken("when", "workshop.moved_enough", "most", mostMoves)
		}
		if err := mustBeActive(ctx, tx, actor); err != nil {
			return err
		}
		if err := dayOf(to, now); err != nil {
			return err
		}
		var counted time.Time // moved so close, nobody needs to hear that few come
		if to.Before(now.Add(toldAhead)) {
			counted = now
		}
		_, err = tx.NewRaw(`UPDATE coop.workshops SET moved_from = starts_at, starts_at = ?, moves = moves + 1, counted_at = ?
WHERE cooperative_id = ? AND listing_id = ?`, to, bun.NullZero(counted), actor.Cooperative, id).Exec(ctx)
		if err == nil {
			err = set(ctx, tx, actor, id, `expires_at = ?`, to)
		}
		if err == nil {
			err = w.holdAll(ctx, tx, actor, shop)
		}
		if err != nil {
			return err
		}
		return w.askAgain(ctx, tx, actor, shop, to)
	})
}

// askAgain asks all who have a seat, and tells those who wait.
func (w *Workshops) askAgain(ctx context.Context, tx bun.Tx, host coop.Actor, shop workshop, to time.Time) error {
	now := w.now()
	var items []inbox.Item
	for _, s := range shop.All {
		switch {
		case s.Waits():
			items = append(items, inbox.Item{
				Cooperative: host.Cooperative, Member: s.Person.ID, Kind: "workshop_moved_wait", Subject: shop.ID.UUID,
				Once: "workshop:" + shop.ID.String() + ":moved:" + to.UTC().Format(time.RFC3339), At: now, By: host.Member, Title: shop.Title, When: to,
			})
		case s.State == Agreed || s.State == Proposed:
			if err := w.step(ctx, tx, host, s.Agreement, act{step: ToMove, plan: Plan{PlannedAt: to}}, now); err != nil {
				return err
			}
		}
	}
	return inbox.Tell(ctx, tx, items...)
}

// dayOf says what is wrong with the day of a workshop.
func dayOf(at, now time.Time) error {
	switch {
	case at.IsZero():
		return rule.Broken("when", "agreement.when_missing")
	case !at.After(now):
		return rule.Broken("when", "agreement.when_past")
	case at.After(now.Add(farthest)):
		return rule.Broken("when", "agreement.when_far")
	}
	return nil
}
