package cheque

import (
	"context"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// LoseBooklet says that a whole booklet is lost, stolen or spoiled: its blank leaves are
// worth nothing from now on; what was brought goes its way. Its drawer may, and a
// facilitator; again changes nothing. It returns how many leaves it was.
func (l *Leaves) LoseBooklet(ctx context.Context, actor coop.Actor, id coop.BookletID, why Because) (lost int, err error) {
	if err := why.check(); err != nil {
		return 0, err
	}
	now := l.now()
	err = l.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var blank []Leaf
		found, _, err := (&Booklets{db: tx, now: l.now}).One(ctx, actor, id)
		if err != nil {
			return err
		}
		if err := takesPart(ctx, tx, actor); err != nil {
			return err
		}
		err = tx.NewRaw(`SELECT `+leafColumns+`
WHERE f.cooperative_id = ? AND f.booklet_id = ? AND f.state = 'blank'
ORDER BY f.id
FOR UPDATE OF f`, actor.Cooperative, found.ID).Scan(ctx, &blank)
		if err != nil || len(blank) == 0 {
			return err
		}
		ids := make([]coop.LeafID, len(blank))
		for n, leaf := range blank {
			ids[n] = leaf.ID
		}
		err = tx.NewRaw(`WITH f AS (
  UPDATE coop.cheque_leaves
  SET state = ?, because = ?, steps = steps + 1, state_since = ?, deadline_at = NULL
  WHERE cooperative_id = ? AND id IN (?)
  RETURNING cooperative_id, id, steps
), e AS (
  INSERT INTO coop.cheque_events (cooperative_id, leaf_id, n, step, from_state, to_state, by_member_id, channel, witness_id, words, at)
  SELECT cooperative_id, id, steps, ?, ?, ?, ?, ?, ?, '', ? FROM f
  RETURNING 1
)
SELECT count(*) FROM e`, Void, why, now, actor.Cooperative, bun.List(ids), ToLose, Blank, Void, actor.Member, actor.Channel, rule.OrNone(actor.Witness), now).Scan(ctx, &lost)
		return err
	})
	return lost, err
}

// takesPart refuses an actor who may only read what is their own.
func takesPart(ctx context.Context, db bun.IDB, actor coop.Actor) error {
	var active bool
	err := db.NewRaw(`SELECT state IN ('welcomed', 'active')
FROM coop.members
WHERE cooperative_id = ? AND id = ?`, actor.Cooperative, actor.Member).Scan(ctx, &active)
	switch {
	case err != nil:
		return orNotFound(err)
	case !active:
		return rule.ErrForbidden
	}
	return nil
}
