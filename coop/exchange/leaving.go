package exchange

import (
	"context"

	"github.com/uptrace/bun"

	"lien/coop"
)

// CallOff ends, within tx, what the actor only proposed, was only asked or agreed to do,
// because they leave the cooperative: the other one is told as always. What was said to be
// done waits for an answer and stays. It works whatever state the actor is in.
func (a *Agreements) CallOff(ctx context.Context, tx bun.Tx, actor coop.Actor) error {
	var open []struct {
		ID    coop.AgreementID
		Asked bool // the other one proposed it, and waits
	}
	err := tx.NewRaw(`SELECT g.id, g.state = 'proposed' AND coalesce(g.offered_by, g.proposed_by) <> ? AS asked
FROM coop.agreements g
WHERE g.cooperative_id = ? AND ? IN (g.giver_id, g.receiver_id) AND g.state IN ('proposed', 'agreed')
ORDER BY g.id`, actor.Member, actor.Cooperative, actor.Member).Scan(ctx, &open)
	if err != nil {
		return err
	}
	for _, one := range open { // a few at most: each is one step of its own, with what follows from it
		step := act{step: ToCancel}
		if one.Asked {
			step.step = ToDecline
		}
		h, err := hold(ctx, tx, actor, one.ID)
		if err != nil {
			return err
		}
		h.GiverActive, h.ReceiverActive = true, true // leaving is always possible
		if h.State != Proposed && h.State != Agreed {
			continue // claimed meanwhile: it waits for an answer
		}
		if _, err := a.step(ctx, tx, actor, h, step, a.now()); err != nil {
			return err
		}
	}
	return nil
}
