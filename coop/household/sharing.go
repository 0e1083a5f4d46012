package household

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/hours"
	"lien/rule"
)

// Agree says yes to one account of hours for all who live there. With the last yes every
// adult's hours are brought together, and it reports true. Nobody may still have an
// agreement under way with somebody they live with: *rule.Invalid on "sharing".
func (h *Households) Agree(ctx context.Context, actor coop.Actor) (shared bool, err error) {
	err = h.at(ctx, actor, func(ctx context.Context, tx bun.Tx, id coop.HouseholdID) error {
		if err := active(ctx, tx, actor); err != nil {
			return err
		}
		if err := h.settled(ctx, tx, actor, id); err != nil {
			return err
		}
		if err := say(ctx, tx, actor, id, bun.NullZero(h.now())); err != nil {
			return err
		}
		missing, err := missing(ctx, tx, actor.Cooperative, id)
		if err != nil || missing > 0 {
			return err
		}
		shared = true
		return h.gather(ctx, tx, actor, id)
	})
	return shared, err
}

// Hesitate takes the actor's yes back, as long as not everybody has said it.
func (h *Households) Hesitate(ctx context.Context, actor coop.Actor) error {
	return h.at(ctx, actor, func(ctx context.Context, tx bun.Tx, id coop.HouseholdID) error {
		missing, err := missing(ctx, tx, actor.Cooperative, id)
		if err != nil {
			return err
		}
		if missing == 0 {
			return rule.ErrMoved
		}
		return say(ctx, tx, actor, id, nil)
	})
}

func say(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.HouseholdID, at any) error {
	_, err := tx.NewRaw(`
		UPDATE coop.household_members SET sharing_at = ?
		WHERE cooperative_id = ? AND household_id = ? AND member_id = ? AND until_at IS NULL`,
		at, actor.Cooperative, id, actor.Member).Exec(ctx)
	return err
}

// missing counts who has not said yes; somebody alone has nobody to share with.
func missing(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, id coop.HouseholdID) (n int, err error) {
	err = tx.NewRaw(`
		SELECT count(*) FILTER (WHERE sharing_at IS NULL) + CASE count(*) WHEN 1 THEN 1 ELSE 0 END
		FROM coop.household_members
		WHERE cooperative_id = ? AND household_id = ? AND until_at IS NULL`, cooperative, id).Scan(ctx, &n)
	return n, err
}

// settled refuses while two who live there have an agreement under way: in one account it
// could not be counted. So does a division of the same account that waits.
func (h *Households) settled(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.HouseholdID) error {
	var agreements, partings bool
	err := tx.NewRaw(`
		WITH people AS (
		  SELECT member_id FROM coop.household_members
		  WHERE cooperative_id = ?0 AND household_id = ?1 AND until_at IS NULL)
		SELECT EXISTS (SELECT FROM coop.agreements AS g
		    WHERE g.cooperative_id = ?0 AND g.deadline_at IS NOT NULL
		      AND g.giver_id IN (SELECT member_id FROM people) AND g.receiver_id IN (SELECT member_id FROM people)),
		  EXISTS (SELECT FROM coop.partings AS p
		    WHERE p.cooperative_id = ?0 AND p.settled_at IS NULL AND NOT p.untold
		      AND (p.household_id = ?1 OR p.member_id IN (SELECT member_id FROM people)))`,
		actor.Cooperative, id).Scan(ctx, &agreements, &partings)
	switch {
	case err != nil:
		return err
	case agreements:
		return rule.Broken("sharing", "household.agreements_open")
	case partings:
		return rule.Broken("sharing", "household.parting_open")
	}
	return nil
}

// gather brings everybody's hours together, under the locks of all their accounts.
func (h *Households) gather(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.HouseholdID) error {
	adults, err := here(ctx, tx, actor.Cooperative, id)
	if err != nil {
		return err
	}
	if err := h.ledger.Hold(ctx, tx, actor.Cooperative, id, adults); err != nil {
		return err
	}
	now := h.now()
	for _, adult := range adults { // a household is a handful of people
		if err := h.ledger.Share(ctx, tx, hours.Sharing{Cooperative: actor.Cooperative, Household: id, Member: adult, By: actor.Member, At: now}); err != nil {
			return err
		}
	}
	if err := record(ctx, tx, actor, id, event{step: Shares, member: actor.Member, at: now}); err != nil {
		return err
	}
	return tell(ctx, tx, actor, "household_shared", id.UUID, now.Format(time.RFC3339Nano), now, adults)
}
