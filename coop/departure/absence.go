package departure

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/membership"
	"lien/rule"
)

// Because is why somebody does not begin their departure themselves.
type Because string

// The reasons.
const (
	Died   Because = "died"
	Absent Because = "absent" // gone, and cannot be reached
)

// Absence is what a facilitator says of somebody who does not begin their departure
// themselves. The witness is another member, by their number.
type Absence struct {
	Because Because
	Why     string
	Witness int64
}

func (a *Absence) check() (err error) {
	if a.Because != Died && a.Because != Absent {
		return rule.Broken("because", "rule.choose")
	}
	a.Why, err = rule.Text("why", a.Why, 10, 500)
	return err
}

// BeginFor begins the departure of somebody who has died, or has gone and cannot be reached:
// the same list is settled by the same rules, what can be called off is, in the stated
// order, and nobody writes to the dead. A facilitator does it, never for themselves, beside
// a witness who is active and neither of the two. It returns *rule.Invalid on "because",
// "why", "witness", and rule.ErrMoved when the departure has begun.
func (d *Departures) BeginFor(ctx context.Context, actor coop.Actor, member coop.MemberID, a Absence) (id coop.DepartureID, err error) {
	if err := a.check(); err != nil {
		return id, err
	}
	err = d.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		witness, err := d.stands(ctx, tx, actor, member, a.Witness)
		if err != nil {
			return err
		}
		now := d.now().Truncate(time.Microsecond)
		at := &Departures{db: tx, now: func() time.Time { return now }, ledger: d.ledger}
		who := coop.Actor{Cooperative: actor.Cooperative, Member: member, Channel: coop.AtDesk, Witness: actor.Member}
		s, err := d.settle(ctx, tx, who)
		if err != nil {
			return err
		}
		id = rule.NewID[coop.DepartureID]()
		// First the row, so that nothing that ends is told to the dead.
		_, err = tx.NewRaw(`INSERT INTO coop.departures (cooperative_id, id, member_id, began_at, because, why, begun_by, witness_id)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, actor.Cooperative, id, member, now, a.Because, a.Why, actor.Member, witness).Exec(ctx)
		if err != nil {
			return err
		}
		if err := at.endAll(ctx, tx, who, s); err != nil {
			return err
		}
		return membership.NewMembers(tx, at.now).Depart(ctx, actor, member)
	})
	return id, err
}

// stands locks the member, refuses who may not begin this departure or whose it is not to
// begin, and returns the witness.
func (d *Departures) stands(ctx context.Context, tx bun.Tx, actor coop.Actor, member coop.MemberID, number int64) (witness coop.MemberID, err error) {
	if err := coop.MustFacilitate(ctx, tx, actor); err != nil {
		return witness, err
	}
	if actor.Member == member {
		return witness, rule.ErrForbidden
	}
	var state string
	err = tx.NewRaw(`SELECT state FROM coop.members WHERE cooperative_id = ? AND id = ? FOR UPDATE`, actor.Cooperative, member).Scan(ctx, &state)
	switch {
	case err != nil:
		return witness, orNotFound(err)
	case state == string(membership.Leaving), state == string(membership.Left):
		return witness, rule.ErrMoved
	}
	var found []struct{ ID coop.MemberID }
	err = tx.NewRaw(`SELECT id FROM coop.members WHERE cooperative_id = ? AND number = ? AND state IN ('welcomed', 'active') AND id NOT IN (?, ?)`,
		actor.Cooperative, number, member, actor.Member).Scan(ctx, &found)
	if err == nil && len(found) == 0 {
		return witness, rule.Broken("witness", "departure.absence.no_witness")
	}
	if err != nil {
		return witness, err
	}
	return found[0].ID, nil
}
