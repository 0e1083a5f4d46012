package cheque

import (
	"context"
	"database/sql"
	"errors"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// Present brings a leaf by phone: the actor was given it for their help. Nothing moves
// before its drawer says yes, or a facilitator has seen the paper. It returns *rule.Invalid
// on "code" for a number that cannot be brought (see Look), on "minutes" and "category";
// a leaf that the actor brought before is returned as it stands.
func (l *Leaves) Present(ctx context.Context, actor coop.Actor, typed string, p Presentation) (after Leaf, err error) {
	err = l.bring(ctx, actor, actor.Member, typed, func(ctx context.Context, tx bun.Tx, leaf Leaf) error {
		after, err = l.present(ctx, tx, actor, actor.Member, leaf, act{step: ToPresent, brought: p, minutes: p.Minutes, counted: true})
		return err
	}, &after)
	return after, err
}

// Honour settles a leaf at the desk at once: the facilitator, who is neither of the two, has
// the signed paper before them and the bearer of that member number too. It returns
// *rule.Invalid on "number" when nobody active has it, and otherwise like Present.
func (l *Leaves) Honour(ctx context.Context, actor coop.Actor, bearer int64, typed string, p Presentation) (after Leaf, err error) {
	if err := coop.HideFromOthers(ctx, l.db, actor); err != nil {
		return after, err
	}
	var id coop.MemberID
	err = l.db.NewRaw(`SELECT id FROM coop.members
WHERE cooperative_id = ? AND number = ? AND state IN ('welcomed', 'active')`, actor.Cooperative, bearer).Scan(ctx, &id)
	if errors.Is(err, sql.ErrNoRows) {
		return after, rule.Broken("number", "cheque.nobody")
	}
	if err != nil {
		return after, err
	}
	err = l.bring(ctx, actor, id, typed, func(ctx context.Context, tx bun.Tx, leaf Leaf) error {
		after, err = l.present(ctx, tx, actor, id, leaf, act{
			step: ToHonour, brought: p, minutes: p.Minutes, counted: true, channel: coop.AtDesk, witness: actor.Member,
		})
		return err
	}, &after)
	return after, err
}

// bring finds the leaf under its lock and hands it on when it is blank. The bearer's own
// from before is left in found, as it stands.
func (l *Leaves) bring(ctx context.Context, actor coop.Actor, bearer coop.MemberID, typed string,
	present func(context.Context, bun.Tx, Leaf) error, found *Leaf,
) error {
	code, err := Read(typed)
	if err != nil {
		return err
	}
	return l.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		leaf, err := l.numbered(ctx, tx, actor, code, "FOR UPDATE OF f")
		if err != nil {
			return err
		}
		if err := l.brought(leaf, bearer); err != nil {
			return err
		}
		if leaf.State != Blank {
			*found = leaf
			return nil
		}
		return present(ctx, tx, leaf)
	})
}

// present notes what was said of a blank leaf, and takes the step.
func (l *Leaves) present(ctx context.Context, tx bun.Tx, actor coop.Actor, bearer coop.MemberID, leaf Leaf, asked act) (Leaf, error) {
	p, err := asked.brought.check()
	if err != nil {
		return leaf, err
	}
	h := held{Leaf: leaf}
	err = tx.NewRaw(`SELECT state IN ('welcomed', 'active'), `+coop.Facilitates+`,
  (SELECT state NOT IN ('left', 'suspended') FROM coop.members WHERE cooperative_id = ? AND id = ?)
FROM coop.members WHERE cooperative_id = ? AND id = ?`,
		actor.Cooperative, actor.Member, actor.Cooperative, leaf.Drawer.ID, actor.Cooperative, actor.Member).
		Scan(ctx, &h.Active, &h.Facilitates, &h.Payable)
	if err != nil {
		return leaf, orNotFound(err)
	}
	if !h.Payable {
		return leaf, rule.Broken("code", "cheque.gone")
	}
	if err := l.ledger.Apart(ctx, tx, actor.Cooperative, "code", bearer, leaf.Drawer.ID); err != nil {
		return leaf, err
	}
	h.Bearer.ID, h.Category, h.About, h.Language, h.Claimed = bearer, p.Category, p.About, p.Language, p.Minutes
	asked.brought = p
	return l.step(ctx, tx, actor, h, asked, l.now())
}
