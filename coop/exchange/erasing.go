package exchange

import (
	"context"

	"github.com/uptrace/bun"

	"lien/coop"
)

// Erase takes away, within tx, what a member wrote to others around agreements: messages,
// answers, thanks, and how to find them. An empty text stays in the place of each, and the
// page has words for it; numbers, steps and minutes are the other one's, too, and stay.
func Erase(ctx context.Context, tx bun.IDB, member coop.Actor) error {
	for _, query := range []string{
		`UPDATE coop.talk_log SET body = '' WHERE cooperative_id = ? AND member_id = ? AND kind = 'words'`,
		`UPDATE coop.agreement_answers SET words = '' WHERE cooperative_id = ? AND member_id = ?`,
		`UPDATE coop.agreement_thanks SET words = '', shown_at = NULL WHERE cooperative_id = ? AND by_member_id = ?`,
		`DELETE FROM coop.agreement_directions WHERE cooperative_id = ? AND member_id = ?`,
	} {
		if _, err := tx.NewRaw(query, member.Cooperative, member.Member).Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}
