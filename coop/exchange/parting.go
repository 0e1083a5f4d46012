package exchange

import (
	"context"
	"errors"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// Part ends, within tx, what is only proposed between the actor and another member: the
// actor's own proposals are taken back and the other's declined, as the actor could have
// done one by one. What both agreed to goes on to its end.
func (a *Agreements) Part(ctx context.Context, tx bun.Tx, actor coop.Actor, other coop.MemberID) error {
	var proposed []struct {
		ID         coop.AgreementID
		ProposedBy coop.MemberID
	}
	err := tx.NewRaw(`SELECT g.id, coalesce(g.offered_by, g.proposed_by) AS proposed_by FROM coop.agreements g
WHERE g.cooperative_id = ? AND g.state = 'proposed' AND (g.giver_id, g.receiver_id) IN ((?, ?), (?, ?))
ORDER BY g.id`, actor.Cooperative, actor.Member, other, other, actor.Member).Scan(ctx, &proposed)
	if err != nil {
		return err
	}
	for _, p := range proposed { // a few at most: each is one step of its own, with what follows from it
		asked := act{step: ToDecline}
		if p.ProposedBy == actor.Member {
			asked.step = ToCancel
		}
		h, err := hold(ctx, tx, actor, p.ID)
		if err == nil {
			_, err = a.step(ctx, tx, actor, h, asked, a.now())
		}
		// Answered meanwhile, or the actor is paused and answers nothing: it stays as it is.
		if err != nil && !errors.Is(err, rule.ErrMoved) && !errors.Is(err, rule.ErrForbidden) {
			return err
		}
	}
	return nil
}
