package exchange

import (
	"context"
	"slices"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/inbox"
	"lien/rule"
)

// host locks a workshop of the actor's own.
func host(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.ListingID) (workshop, error) {
	shop, err := lock(ctx, tx, actor.Cooperative, id)
	if err == nil && shop.Host != actor.Member {
		err = rule.ErrNotFound
	}
	return shop, err
}

// holdAll locks the agreements of all seats and then the accounts of all who are in them,
// each in the order of their ids, so that no two who move several wait for each other.
func (w *Workshops) holdAll(ctx context.Context, tx bun.Tx, actor coop.Actor, shop workshop) error {
	people := []coop.MemberID{shop.Host}
	for _, s := range shop.All {
		people = append(people, s.Person.ID)
	}
	_, err := tx.NewRaw(`SELECT g.id
FROM coop.agreements g
WHERE g.cooperative_id = ? AND g.listing_id = ? AND g.deadline_at IS NOT NULL
ORDER BY g.id
FOR UPDATE`, actor.Cooperative, shop.ID).Exec(ctx)
	if err != nil {
		return err
	}
	return w.agreements.ledger.HoldAll(ctx, tx, actor.Cooperative, people)
}

// Mark is the host's word on who came and how long it took, once the workshop is over: each
// of those is claimed to have received these minutes and confirms on their own; for the
// others it is called off. Hours that somebody named before are answered with these.
// Marking again changes nothing. It answers ErrMoved before the end, *rule.Invalid on
// "minutes" for a length that no act may have, and on "came" for who has no seat.
func (w *Workshops) Mark(ctx context.Context, actor coop.Actor, id coop.ListingID, came []coop.MemberID, minutes int64) error {
	now := w.now()
	return w.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		shop, err := host(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		switch {
		case !shop.MarkedAt.IsZero():
			return nil
		case !shop.MayMark(now):
			return rule.ErrMoved
		}
		if err := mustBeActive(ctx, tx, actor); err != nil {
			return err
		}
		limits, err := w.agreements.ledger.Limits(ctx, tx, actor.Cooperative)
		if err != nil {
			return err
		}
		if err := limits.CheckAct("minutes", minutes); err != nil {
			return err
		}
		for _, m := range came {
			if !of(shop.All, m).Holds() {
				return rule.Broken("came", "workshop.not_in")
			}
		}
		if err := w.holdAll(ctx, tx, actor, shop); err != nil {
			return err
		}
		for _, s := range shop.All {
			if err := w.mark(ctx, tx, actor, id, s, slices.Contains(came, s.Person.ID), minutes); err != nil {
				return err
			}
		}
		_, err = tx.NewRaw(`UPDATE coop.workshops SET marked_at = ? WHERE cooperative_id = ? AND listing_id = ?`, now, actor.Cooperative, id).Exec(ctx)
		return err
	})
}

// mark says of one seat whether its person came.
func (w *Workshops) mark(ctx context.Context, tx bun.Tx, host coop.Actor, id coop.ListingID, s Seat, came bool, minutes int64) error {
	now := w.now()
	switch {
	case s.Waits():
		return leaveTurn(ctx, tx, host.Cooperative, id, s.Turn, now)
	case s.State == Agreed && came:
		return w.step(ctx, tx, host, s.Agreement, act{step: ToClaim, minutes: minutes, counted: true}, now)
	case s.State == DoneClaimed && came && s.DoneBy == s.Person.ID:
		return w.step(ctx, tx, host, s.Agreement, act{step: ToConfirm, minutes: minutes, counted: true}, now)
	case s.State == Agreed || s.State == Proposed:
		return w.giveUp(ctx, tx, host, s, now)
	}
	return nil // it goes its own way: who claimed what the host denies, disputes it there
}

// Cancel calls a workshop of the actor's own off for all, with a word that everybody who
// has a seat or waits reads. Cancelling again changes nothing. It answers ErrMoved once it
// is over.
func (w *Workshops) Cancel(ctx context.Context, actor coop.Actor, id coop.ListingID, words Words) error {
	return w.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := mustBeActive(ctx, tx, actor); err != nil {
			return err
		}
		return w.callOff(ctx, tx, actor, id, words, false)
	})
}

// callOff calls a workshop off within tx. Leaving says that its host leaves the
// cooperative, which is always possible.
func (w *Workshops) callOff(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.ListingID, words Words, leaving bool) error {
	now := w.now()
	shop, err := host(ctx, tx, actor, id)
	switch {
	case err != nil:
		return err
	case !shop.CancelledAt.IsZero():
		return nil
	case shop.Over(now) || !shop.MarkedAt.IsZero():
		return rule.ErrMoved
	}
	if !leaving {
		if words, err = words.check(); err != nil {
			return err
		}
	}
	_, err = tx.NewRaw(`UPDATE coop.workshops SET cancelled_at = ?, words = ?, language = ? WHERE cooperative_id = ? AND listing_id = ?`,
		now, words.Text, words.Language, actor.Cooperative, id).Exec(ctx)
	if err != nil {
		return err
	}
	if err := w.holdAll(ctx, tx, actor, shop); err != nil {
		return err
	}
	var items []inbox.Item
	for _, s := range shop.All {
		switch {
		case s.Waits():
			if err := leaveTurn(ctx, tx, actor.Cooperative, id, s.Turn, now); err != nil {
				return err
			}
			items = append(items, inbox.Item{
				Cooperative: actor.Cooperative, Member: s.Person.ID, Kind: "workshop_cancelled", Subject: id.UUID,
				Once: "workshop:" + id.String() + ":cancelled", At: now, By: actor.Member, Title: shop.Title, When: shop.StartsAt,
			})
		case s.State == Agreed || s.State == Proposed:
			h, err := hold(ctx, tx, actor, s.Agreement)
			if err != nil {
				return err
			}
			h.GiverActive = h.GiverActive || leaving
			if _, err := w.agreements.step(ctx, tx, actor, h, act{step: ToCancel}, now); err != nil {
				return err
			}
		}
	}
	if err := set(ctx, tx, actor, id, `state = 'closed'`); err != nil {
		return err
	}
	return inbox.Tell(ctx, tx, items...)
}

// CallOff ends, within tx, the workshops of somebody who leaves the cooperative, and gives
// up the turns that they wait for. Seats that they have are agreements, and end with these.
func (w *Workshops) CallOff(ctx context.Context, tx bun.Tx, actor coop.Actor) error {
	var own []struct{ ID coop.ListingID }
	err := tx.NewRaw(`SELECT w.listing_id AS id
FROM coop.workshops w
JOIN coop.listings l ON l.cooperative_id = w.cooperative_id AND l.id = w.listing_id
WHERE l.cooperative_id = ? AND l.member_id = ? AND w.cancelled_at IS NULL AND w.marked_at IS NULL AND w.starts_at > ?
ORDER BY w.listing_id`, actor.Cooperative, actor.Member, w.now()).Scan(ctx, &own)
	if err != nil {
		return err
	}
	for _, one := range own { // a few at most: each has people of its own to tell
		if err := w.callOff(ctx, tx, actor, one.ID, Words{}, true); err != nil {
			return err
		}
	}
	_, err = tx.NewRaw(`UPDATE coop.workshop_turns SET left_at = ?
WHERE cooperative_id = ? AND member_id = ? AND agreement_id IS NULL AND left_at IS NULL`, w.now(), actor.Cooperative, actor.Member).Exec(ctx)
	return err
}
