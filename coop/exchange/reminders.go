package exchange

import (
	"context"
	"strconv"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/inbox"
)

// perRound is how many agreements one round of reminders looks at.
const perRound = 100

// Remind brings to mind what waits for somebody, three and seven days after it began to
// wait, and a meeting on its day; it returns how many agreements it looked at. Each is
// locked and looked at again, so that several nodes and a second run tell nothing twice,
// and nothing that no longer applies.
func (a *Agreements) Remind(ctx context.Context) (n int, err error) {
	now := a.now()
	err = a.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var waiting []struct {
			Agreement
			CooperativeID coop.CooperativeID
			Called        int
		}
		err := tx.NewRaw(`SELECT `+columns+`, g.cooperative_id, g.called
`+from+`
WHERE g.call_at <= ?
ORDER BY g.call_at, g.id
LIMIT ?
FOR UPDATE OF g SKIP LOCKED`, now, perRound).Scan(ctx, &waiting)
		if err != nil {
			return err
		}
		for n = range waiting {
			w := waiting[n]
			c, found, after := w.due(w.Called, now)
			if found {
				if err := a.callFor(ctx, tx, w.CooperativeID, w.Agreement, c, now); err != nil {
					return err
				}
			}
			_, err := tx.NewRaw(`UPDATE coop.agreements SET called = ?, call_at = ? WHERE cooperative_id = ? AND id = ?`,
				after, bun.NullZero(w.callAt(after)), w.CooperativeID, w.ID).Exec(ctx)
			if err != nil {
				return err
			}
		}
		n = len(waiting)
		return nil
	})
	return n, err
}

// callFor tells those whom a reminder concerns.
func (a *Agreements) callFor(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, g Agreement, c call, now time.Time) error {
	once := "agreement:" + g.ID.String() + ":" + strconv.Itoa(g.Steps) + ":" + strconv.FormatInt(c.at.Unix(), 10)
	var items []inbox.Item
	for _, m := range c.to {
		items = append(items, g.toHost(inbox.Item{
			Cooperative: cooperative, Member: m, Kind: c.kind, Subject: g.ID.UUID, Once: once, At: now,
			By: g.Other(m).ID, When: g.PlannedAt, Minutes: g.Claimed,
		}, c))
	}
	if c.help {
		helpers, err := callHelp(ctx, tx, cooperative, g, once, now)
		if err != nil {
			return err
		}
		items = append(items, helpers...)
	}
	return inbox.Tell(ctx, tx, items...)
}

// callHelp is what facilitators who are neither of the two are told: that one agreement
// more needs help, and not whose.
func callHelp(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, g Agreement, once string, now time.Time) (items []inbox.Item, err error) {
	var helpers []Person
	err = tx.NewRaw(`SELECT m.id FROM coop.member_roles r
JOIN coop.members m ON m.cooperative_id = r.cooperative_id AND m.id = r.member_id AND m.state IN ('welcomed', 'active')
WHERE r.cooperative_id = ? AND r.role = 'facilitator' AND r.until_at IS NULL AND m.id NOT IN (?, ?)
ORDER BY m.id
LIMIT 50`, cooperative, g.Giver.ID, g.Receiver.ID).Scan(ctx, &helpers)
	for _, m := range helpers {
		items = append(items, inbox.Item{Cooperative: cooperative, Member: m.ID, Kind: "agreement_help", Subject: g.ID.UUID, Once: once + ":help", At: now})
	}
	return items, err
}
