package hours

import (
	"context"

	"github.com/uptrace/bun"

	"lien/coop"
)

// Erase takes away, within tx, the words that a member wrote with gifts and corrections.
// The minutes are the other one's, too, and stay.
func Erase(ctx context.Context, tx bun.IDB, member coop.Actor) error {
	_, err := tx.NewRaw(`UPDATE coop.transfer_words w
SET words = ''
FROM coop.transfers t
WHERE w.cooperative_id = ? AND t.cooperative_id = w.cooperative_id AND t.id = w.transfer_id AND t.by_member_id = ?`,
		member.Cooperative, member.Member).Exec(ctx)
	return err
}
