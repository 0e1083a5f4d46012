package exchange

import (
	"context"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// longestWay is the longest "how to find me", in characters.
const longestWay = 200

// Direct says how to find the actor, who is visited. Both must have agreed already, and
// the words are gone once they have met or called it off.
func (a *Agreements) Direct(ctx context.Context, actor coop.Actor, id coop.AgreementID, words Words) (err error) {
	if words.Text, err = rule.Text("way", words.Text, 0, longestWay); err != nil {
		return err
	}
	now := a.now()
	return a.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		h, err := hold(ctx, tx, actor, id)
		switch {
		case err != nil:
			return err
		case h.State != Agreed:
			return rule.ErrMoved
		case h.Host() != actor.Member:
			return rule.ErrForbidden
		}
		if err := mustBeActive(ctx, tx, actor); err != nil {
			return err
		}
		if words.Text == "" {
			return forgetWay(ctx, tx, actor, id)
		}
		_, err = tx.NewRaw(`INSERT INTO coop.agreement_directions (cooperative_id, agreement_id, member_id, words, language, at)
VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (cooperative_id, agreement_id, member_id) DO UPDATE SET words = excluded.words, language = excluded.language, at = excluded.at`,
			actor.Cooperative, id, actor.Member, words.Text, words.Language, now).Exec(ctx)
		if err != nil {
			return err
		}
		return moved(ctx, tx, actor, id, "way", now)
	})
}

// forgetWay throws away how to find whom one visited.
func forgetWay(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.AgreementID) error {
	_, err := tx.NewRaw(`DELETE FROM coop.agreement_directions WHERE cooperative_id = ? AND agreement_id = ?`, actor.Cooperative, id).Exec(ctx)
	return err
}
