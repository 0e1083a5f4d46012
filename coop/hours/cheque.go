package hours

import (
	"context"

	"github.com/uptrace/bun"

	"lien/coop"
)

// Cash settles a paper time-cheque inside the caller's transaction, once: a second payment
// of the same leaf by the same person returns the first receipt. It returns *rule.Invalid on
// "minutes" when a limit of the cooperative stands in the way. The caller decides who may.
func (l *Ledger) Cash(ctx context.Context, tx bun.Tx, leaf coop.LeafID, p Payment) (Receipt, error) {
	return transfer(ctx, tx, move{
		cooperative: p.Cooperative, key: leaf.UUID, kind: ByCheque, from: p.From, to: p.To,
		minutes: p.Minutes, by: p.By, at: p.At,
	})
}
