package household

import (
	"context"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/hours"
	"lien/coop/inbox"
	"lien/rule"
)

// Leave ends the actor's life in their household, at once and without anybody's consent.
// The others are told. What was shared waits to be divided; the actor's hours go to an
// account of their own from now on, and so do those of agreements under way.
func (h *Households) Leave(ctx context.Context, actor coop.Actor) error {
	return h.at(ctx, actor, func(ctx context.Context, tx bun.Tx, id coop.HouseholdID) error {
		return h.leave(ctx, tx, actor, id, departure{leaves: true})
	})
}

// Slip is Leave without a word to the others: their pages stay as they were, and a
// facilitator who never lived there decides about the hours. It is for who is afraid of
// those they live with.
func (h *Households) Slip(ctx context.Context, actor coop.Actor) error {
	return h.at(ctx, actor, func(ctx context.Context, tx bun.Tx, id coop.HouseholdID) error {
		return h.leave(ctx, tx, actor, id, departure{leaves: true, untold: true})
	})
}

// Separate gives the actor an account of their own again; they stay in the household. Who
// does not share one gets ErrMoved.
func (h *Households) Separate(ctx context.Context, actor coop.Actor) error {
	return h.at(ctx, actor, func(ctx context.Context, tx bun.Tx, id coop.HouseholdID) error {
		return h.leave(ctx, tx, actor, id, departure{})
	})
}

// departure is how somebody parts from those with whom they share.
type departure struct{ leaves, untold bool }

func (h *Households) leave(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.HouseholdID, d departure) error {
	others, err := here(ctx, tx, actor.Cooperative, id)
	if err != nil {
		return err
	}
	if err := h.ledger.Hold(ctx, tx, actor.Cooperative, id, others); err != nil {
		return err
	}
	s := h.of(actor, id, actor.Member)
	shared, err := h.ledger.Part(ctx, tx, s)
	if err != nil {
		return err
	}
	if !d.leaves && !shared {
		return rule.ErrMoved
	}
	if err := h.goes(ctx, tx, actor, id, d); err != nil {
		return err
	}
	if err := h.openParting(ctx, tx, actor, id, d, shared, len(others) > 1); err != nil {
		return err
	}
	if d.untold {
		return nil
	}
	kind := "household_parted"
	if d.leaves {
		kind = "household_left"
	}
	return tell(ctx, tx, actor, kind, id.UUID, h.now().Format(time.RFC3339Nano), h.now(), others)
}

func (h *Households) of(actor coop.Actor, id coop.HouseholdID, member coop.MemberID) hours.Sharing {
	return hours.Sharing{Cooperative: actor.Cooperative, Household: id, Member: member, By: actor.Member, At: h.now()}
}

// goes writes that the actor lives there no longer, or stays with an account of their own;
// with the last adult the household ends.
func (h *Households) goes(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.HouseholdID, d departure) error {
	now, step := h.now(), Parts
	if d.leaves {
		step = Left
	}
	_, err := tx.NewRaw(`
		UPDATE coop.household_members
		SET sharing_at = NULL, untold = ?, until_at = CASE WHEN ? THEN ?::timestamptz END
		WHERE cooperative_id = ? AND household_id = ? AND member_id = ? AND until_at IS NULL`,
		d.untold, d.leaves, now, actor.Cooperative, id, actor.Member).Exec(ctx)
	if err != nil {
		return err
	}
	if err := record(ctx, tx, actor, id, event{step: step, member: actor.Member, at: now}); err != nil {
		return err
	}
	var ended bool
	err = tx.NewRaw(`
		WITH h AS (
		  UPDATE coop.households SET ended_at = ?0
		  WHERE cooperative_id = ?1 AND id = ?2 AND ended_at IS NULL AND NOT EXISTS (
		    SELECT FROM coop.household_members WHERE cooperative_id = ?1 AND household_id = ?2 AND until_at IS NULL)
		  RETURNING id
		), c AS (
		  UPDATE coop.household_minors SET until_at = ?0, name = ''
		  WHERE cooperative_id = ?1 AND household_id = (SELECT id FROM h) AND until_at IS NULL
		)
		SELECT EXISTS (SELECT FROM h)`, now, actor.Cooperative, id).Scan(ctx, &ended)
	if err != nil || !ended {
		return err
	}
	return record(ctx, tx, actor, id, event{step: HasEnded, member: actor.Member, at: now})
}

// openParting opens what is to be divided. Who is the only one with a claim takes all at
// once; who leaves without a word always has a parting, so that a facilitator hears of it.
func (h *Households) openParting(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.HouseholdID, d departure, shared, company bool) error {
	if shared {
		claims, err := h.claims(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		if claims == 0 {
			return h.ledger.Rest(ctx, tx, h.of(actor, id, actor.Member))
		}
	}
	if !shared && !(d.untold && company) {
		return nil
	}
	parting := rule.NewID[coop.PartingID]()
	_, err := tx.NewRaw(`
		INSERT INTO coop.partings (cooperative_id, id, household_id, member_id, untold, opened_at, n, reason) VALUES (?, ?, ?, ?, ?, ?, 0, '')`,
		actor.Cooperative, parting, id, actor.Member, d.untold, h.now()).Exec(ctx)
	if err != nil || !d.untold {
		return err
	}
	return h.call(ctx, tx, actor, id, parting)
}

// claims counts who still shares the account, or waits for their part of it.
func (h *Households) claims(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.HouseholdID) (n int, err error) {
	err = tx.NewRaw(`
		SELECT coalesce((SELECT sum(people) FROM coop.hours_accounts WHERE cooperative_id = ?0 AND household_id = ?1), 0)::bigint
		  + (SELECT count(*) FROM coop.partings WHERE cooperative_id = ?0 AND household_id = ?1 AND settled_at IS NULL)`,
		actor.Cooperative, id).Scan(ctx, &n)
	return n, err
}

// call tells the facilitators who never lived in the household that one is needed.
func (h *Households) call(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.HouseholdID, parting coop.PartingID) error {
	desk, err := ids(ctx, tx.NewRaw(`
		SELECT r.member_id AS id FROM coop.member_roles AS r
		JOIN coop.members AS m ON m.cooperative_id = r.cooperative_id AND m.id = r.member_id AND m.state IN ('welcomed', 'active')
		WHERE r.cooperative_id = ? AND r.role = 'facilitator' AND r.until_at IS NULL AND `+stranger("r.member_id")+`
		ORDER BY r.member_id LIMIT 50`, actor.Cooperative, id))
	if err != nil {
		return err
	}
	var items []inbox.Item
	for _, facilitator := range desk {
		items = append(items, inbox.Item{
			Cooperative: actor.Cooperative, Member: facilitator, Kind: "parting_waits", Subject: parting.UUID,
			Once: "parting:" + parting.String(), At: h.now(),
		})
	}
	return inbox.Tell(ctx, tx, items...)
}

// stranger is the condition that a member never lived in the household that follows it.
func stranger(column string) string {
	return `NOT EXISTS (SELECT FROM coop.household_members AS lived
		WHERE lived.cooperative_id = r.cooperative_id AND lived.member_id = ` + column + ` AND lived.household_id = ?)`
}

// Help asks a facilitator to decide a parting that the actor is concerned by. Asking twice
// is asking once.
func (h *Households) Help(ctx context.Context, actor coop.Actor, id coop.PartingID) error {
	return h.parting(ctx, actor, id, func(ctx context.Context, tx bun.Tx, p Parting) error {
		if !p.HelpAt.IsZero() {
			return nil
		}
		_, err := tx.NewRaw(`UPDATE coop.partings SET help_at = ? WHERE cooperative_id = ? AND id = ?`,
			h.now(), actor.Cooperative, id).Exec(ctx)
		return errors.Join(err, h.call(ctx, tx, actor, p.Household, id))
	})
}
