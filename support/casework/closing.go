package casework

import (
	"context"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"lien/rule"
	"lien/support"
)

// Outcome is how support ended (support.md, the case's state machine).
type Outcome string

// The outcomes of a case.
const (
	OwnLease        Outcome = "own_lease"
	KeptInPlace     Outcome = "kept_in_place"
	SlidLease       Outcome = "slid_lease"
	RehousedAdapted Outcome = "rehoused_adapted"
	CommonServices  Outcome = "common_services"
	LeftByChoice    Outcome = "left_by_choice"
	LostContact     Outcome = "lost_contact"
	Evicted         Outcome = "evicted"
	Died            Outcome = "died"
)

// Outcomes are all of them, in the order in which they are offered.
func Outcomes() []Outcome {
	return []Outcome{OwnLease, KeptInPlace, SlidLease, RehousedAdapted, CommonServices, LeftByChoice, LostContact, Evicted, Died}
}

// Closing is how and why support ends.
type Closing struct {
	Outcome Outcome
	Reason  string // in the household's words when they have some
}

func (c Closing) tidy() (Closing, error) {
	if !slices.Contains(Outcomes(), c.Outcome) {
		return c, rule.Broken("outcome", "case.choose")
	}
	var err error
	c.Reason, err = rule.Text("reason", c.Reason, 3, 500)
	return c, err
}

// Close ends the support of a household. Only its referent may: rule.ErrForbidden for a
// colleague on the case, rule.ErrNotFound for everybody else, rule.ErrMoved when it is
// closed already. What the persons showed of their bond ends at the same moment, by the
// database's own hand, and appointments to come are cancelled. Who was on the case may
// still read it.
func (c *Cases) Close(ctx context.Context, actor support.Actor, id support.CaseID, closing Closing) error {
	closing, err := closing.tidy()
	if err != nil {
		return err
	}
	return c.onCase(ctx, actor, id, func(ctx context.Context, tx bun.Tx, role Role) error {
		if role != Referent {
			return rule.ErrForbidden
		}
		state, err := hold(ctx, tx, id)
		if err != nil {
			return err
		}
		if state == Closed {
			return rule.ErrMoved
		}
		now := c.now()
		_, err = tx.NewRaw(`UPDATE support.cases SET state = ?, outcome = ?, closed_at = ? WHERE id = ?`,
			Closed, closing.Outcome, now, id).Exec(ctx)
		if err != nil {
			return err
		}
		if err := cancelAhead(ctx, tx, id, now); err != nil {
			return err
		}
		return record(ctx, tx, id, actor, event{"closed", state, Closed, closing.Reason}, now)
	})
}

func cancelAhead(ctx context.Context, tx bun.Tx, id support.CaseID, now time.Time) error {
	_, err := tx.NewRaw(`
		UPDATE support.appointments SET cancelled_at = ?
		WHERE case_id = ? AND at >= ? AND cancelled_at IS NULL`, now, id, now).Exec(ctx)
	return err
}

// onOpenCase runs f when the actor is on the case and it is not closed, which it stays
// until the end of the transaction; rule.ErrMoved when it is.
func (c *Cases) onOpenCase(ctx context.Context, actor support.Actor, id support.CaseID, f func(context.Context, bun.Tx) error) error {
	return c.onCase(ctx, actor, id, func(ctx context.Context, tx bun.Tx, _ Role) error {
		state, err := hold(ctx, tx, id)
		if err != nil {
			return err
		}
		if state == Closed {
			return rule.ErrMoved
		}
		return f(ctx, tx)
	})
}
