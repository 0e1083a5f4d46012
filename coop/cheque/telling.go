package cheque

import (
	"context"
	"strconv"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/inbox"
)

// tell lets the two of a leaf know what became of it, but for who did it.
func tell(ctx context.Context, tx bun.Tx, actor coop.Actor, before, g Leaf, t Transition, now time.Time) error {
	kind := map[Step]string{
		ToPresent: "cheque_presented", ToHonour: "cheque_paid", ToConfirm: "cheque_paid", ToWitness: "cheque_paid",
		ToAccept: "cheque_paid", ToSettle: "cheque_paid", ToDiffer: "cheque_disputed", ToRefuse: "cheque_disputed",
		ToVoid: "cheque_void", ToWithdraw: "cheque_withdrawn",
	}[t.Step]
	if kind == "" {
		return nil // a lost leaf concerns its drawer, who said so
	}
	if g.State == Blank {
		g.Bearer = before.Bearer
	}
	minutes := g.Paid
	if minutes == 0 {
		minutes = g.Claimed
	}
	var items []inbox.Item
	for _, who := range []coop.MemberID{g.Drawer.ID, g.Bearer.ID} {
		if who == actor.Member {
			continue
		}
		items = append(items, inbox.Item{
			Cooperative: actor.Cooperative, Member: who, Kind: kind, Subject: g.ID.UUID, Once: g.occasion("step"),
			At: now, By: g.Other(who).ID, Title: g.Name(), Minutes: minutes,
		})
	}
	return inbox.Tell(ctx, tx, items...)
}

// occasion names one step of one leaf.
func (l Leaf) occasion(what string) string {
	return "cheque:" + l.ID.String() + ":" + strconv.Itoa(l.Steps) + ":" + what
}

// Drawers are reminded of a leaf that waits for them after three days, and after seven; then
// it is late, and a facilitator's.
const (
	firstReminder  = 3 * day
	secondReminder = 7 * day
	perRound       = 100
)

// Due reminds drawers of the leaves that wait for their word, a bounded number at a time; it
// returns how many were told. Silence still takes nothing from anybody.
func (l *Leaves) Due(ctx context.Context) (told int, err error) {
	now := l.now()
	err = l.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var waiting []struct {
			Leaf
			Cooperative coop.CooperativeID
			Reminded    int
		}
		err := tx.NewRaw(`SELECT f.cooperative_id AS cooperative, CASE WHEN f.state_since <= ? THEN 2 ELSE 1 END AS reminded, `+leafColumns+`
WHERE f.state = 'presented' AND (f.state_since <= ? AND f.reminded < 1 OR f.state_since <= ? AND f.reminded < 2)
ORDER BY f.deadline_at, f.id
LIMIT ?
FOR UPDATE OF f SKIP LOCKED`, now.Add(-secondReminder), now.Add(-firstReminder), now.Add(-secondReminder), perRound).Scan(ctx, &waiting)
		if err != nil || len(waiting) == 0 {
			return err
		}
		items := make([]inbox.Item, len(waiting))
		ids := make([]coop.LeafID, len(waiting))
		for n, w := range waiting {
			ids[n] = w.ID
			items[n] = inbox.Item{
				Cooperative: w.Cooperative, Member: w.Drawer.ID, Kind: "cheque_reminder", Subject: w.ID.UUID,
				Once: w.occasion("reminder:" + strconv.Itoa(w.Reminded)), At: now, By: w.Bearer.ID, Title: w.Name(), Minutes: w.Claimed,
			}
		}
		_, err = tx.NewRaw(`UPDATE coop.cheque_leaves
SET reminded = CASE WHEN state_since <= ? THEN 2 ELSE 1 END
WHERE id IN (?)`, now.Add(-secondReminder), bun.List(ids)).Exec(ctx)
		if err != nil {
			return err
		}
		told = len(waiting)
		return inbox.Tell(ctx, tx, items...)
	})
	return told, err
}
