package departure

import (
	"context"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/hours"
	"lien/coop/membership"
	"lien/rule"
)

// Close ends a departure: the hours that remain go where the member chose, to the fund when
// they did not say, and a debt is written off by the rule. A facilitator does it, never for
// themselves. While people still have something to end it answers *rule.Invalid on
// "departure"; a debt without a rule that is large enough, on "rule".
func (d *Departures) Close(ctx context.Context, actor coop.Actor, id coop.DepartureID, by coop.LeavingRuleID) error {
	return d.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := coop.MustFacilitate(ctx, tx, actor); err != nil {
			return err
		}
		leaving, err := d.lock(ctx, tx, actor, id)
		switch {
		case err != nil:
			return err
		case !leaving.ClosedAt.IsZero():
			return rule.ErrMoved
		case leaving.Member == actor.Member:
			return rule.ErrForbidden
		}
		s, err := d.settle(ctx, tx, coop.Actor{Cooperative: actor.Cooperative, Member: leaving.Member})
		if err != nil {
			return err
		}
		if len(s.Things) > 0 || s.Shared {
			return rule.Broken("departure", "departure.still_open")
		}
		held, err := d.empty(ctx, tx, actor, leaving, s.Balance, by)
		if err != nil {
			return err
		}
		if err := membership.NewMembers(tx, d.now).Close(ctx, actor, leaving.Member); err != nil {
			return err
		}
		return d.close(ctx, tx, actor, leaving, held, by)
	})
}

// empty gives what remains its place; a debt asks for a rule that covers it.
func (d *Departures) empty(ctx context.Context, tx bun.Tx, actor coop.Actor, leaving Departure, balance int64, by coop.LeavingRuleID) (int64, error) {
	to := hours.Departing{Cooperative: actor.Cooperative, Member: leaving.Member, By: actor.Member, At: d.now()}
	if balance > 0 && leaving.Choice == ToHousehold {
		to.Heir = leaving.Heir
	}
	if balance < 0 {
		var covers bool
		err := tx.NewRaw(`SELECT EXISTS (
			SELECT FROM coop.departure_rules WHERE cooperative_id = ? AND id = ? AND ended_at IS NULL AND most >= (?))`,
			actor.Cooperative, by, -balance).Scan(ctx, &covers)
		if err != nil {
			return 0, err
		}
		if !covers {
			return 0, rule.Broken("rule", "departure.no_rule")
		}
	}
	return d.ledger.Empty(ctx, tx, to)
}

func (d *Departures) close(ctx context.Context, tx bun.Tx, actor coop.Actor, leaving Departure, held int64, by coop.LeavingRuleID) error {
	now := d.now()
	used, choice := any(nil), leaving.Choice
	switch {
	case held < 0:
		used, choice = by, WrittenOff
	case held == 0 || choice != ToHousehold:
		choice = ToFund
	}
	_, err := tx.NewRaw(`UPDATE coop.departures
		SET closed_at = ?, closed_by = ?, minutes = ?, rule_id = ?, choice = ?, heir_id = CASE WHEN ? = 'household' THEN heir_id END,
			erase_at = CASE WHEN erase THEN ?::timestamptz END
		WHERE cooperative_id = ? AND id = ?`,
		now, actor.Member, held, used, choice, choice, now.AddDate(0, 0, leaving.Days), actor.Cooperative, leaving.ID).Exec(ctx)
	return err
}

func (d *Departures) lock(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.DepartureID) (Departure, error) {
	if _, err := tx.NewRaw(`SELECT id FROM coop.departures WHERE cooperative_id = ? AND id = ? FOR UPDATE`, actor.Cooperative, id).Exec(ctx); err != nil {
		return Departure{}, err
	}
	return d.one(ctx, tx, actor, id)
}
