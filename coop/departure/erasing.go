package departure

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// wishErasing keeps what the member themselves wish of their traces, while they leave. The
// day is counted from the end of the departure.
func (d *Departures) wishErasing(ctx context.Context, tx bun.Tx, actor coop.Actor, erase bool) error {
	query := `UPDATE coop.departures SET erase = true, erase_asked_at = ?2, erase_asked_by = ?1
		WHERE cooperative_id = ?0 AND member_id = ?1 AND closed_at IS NULL AND NOT erase`
	if !erase {
		query = `UPDATE coop.departures SET erase = false, erase_off_at = ?2, erase_off_by = ?1
		WHERE cooperative_id = ?0 AND member_id = ?1 AND closed_at IS NULL AND erase`
	}
	_, err := tx.NewRaw(query, actor.Cooperative, actor.Member, d.now()).Exec(ctx)
	return err
}

// AskErasing writes down at the desk that somebody who leaves, or has left, asks that their
// traces be erased. They say their member number, as a sign that it is them who ask. The
// day comes when the departure has been closed, and the cooperative's days to change one's
// mind have gone by. Facilitators only, never for themselves; *rule.Invalid on "number".
func (d *Departures) AskErasing(ctx context.Context, actor coop.Actor, id coop.DepartureID, number int64) error {
	return d.atDesk(ctx, actor, id, number, func(tx bun.Tx, leaving Departure) error {
		if !leaving.MayAsk() {
			return rule.ErrMoved
		}
		now, day := d.now(), any(nil)
		if !leaving.ClosedAt.IsZero() {
			day = now.AddDate(0, 0, leaving.Days)
		}
		if err := d.stillGone(ctx, tx, actor, leaving); err != nil {
			return err
		}
		_, err := tx.NewRaw(`UPDATE coop.departures SET erase = true, erase_at = ?, erase_asked_at = ?, erase_asked_by = ?
			WHERE cooperative_id = ? AND id = ?`, day, now, actor.Member, actor.Cooperative, id).Exec(ctx)
		return err
	})
}

// CallOffErasing writes down at the desk that somebody changed their mind before their day:
// everything is kept. They say their member number. Facilitators only, never for
// themselves; *rule.Invalid on "number", and rule.ErrMoved when it has happened.
func (d *Departures) CallOffErasing(ctx context.Context, actor coop.Actor, id coop.DepartureID, number int64) error {
	return d.atDesk(ctx, actor, id, number, func(tx bun.Tx, leaving Departure) error {
		if !leaving.MayCallOff() {
			return rule.ErrMoved
		}
		_, err := tx.NewRaw(`UPDATE coop.departures SET erase = false, erase_at = NULL, erase_off_at = ?, erase_off_by = ?
			WHERE cooperative_id = ? AND id = ?`, d.now(), actor.Member, actor.Cooperative, id).Exec(ctx)
		return err
	})
}

func (d *Departures) atDesk(ctx context.Context, actor coop.Actor, id coop.DepartureID, number int64, do func(bun.Tx, Departure) error) error {
	return d.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := coop.MustFacilitate(ctx, tx, actor); err != nil {
			return err
		}
		leaving, err := d.lock(ctx, tx, actor, id)
		switch {
		case err != nil:
			return err
		case leaving.Member == actor.Member:
			return rule.ErrForbidden
		case leaving.Number != number:
			return rule.Broken("number", "departure.number")
		}
		return do(tx, leaving)
	})
}

// stillGone refuses who has come back since that departure.
func (d *Departures) stillGone(ctx context.Context, tx bun.Tx, actor coop.Actor, leaving Departure) error {
	var state string
	err := tx.NewRaw(`SELECT state FROM coop.members WHERE cooperative_id = ? AND id = ? FOR SHARE`, actor.Cooperative, leaving.Member).Scan(ctx, &state)
	if err == nil && state != "left" && state != "leaving" {
		return rule.ErrMoved
	}
	return err
}

// Day is when the traces of somebody who leaves at the moment now would be erased.
func (d Departure) Day(now time.Time) time.Time {
	if !d.EraseAt.IsZero() {
		return d.EraseAt
	}
	return now.AddDate(0, 0, d.Days)
}
