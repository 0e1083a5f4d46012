package fund

import (
	"context"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/hours"
)

// Erase takes away, within tx, what a member told the fund and what they answered others.
// What was given, and under which rule, stays: the yearly sums need it.
func Erase(ctx context.Context, tx bun.IDB, member coop.Actor) error {
	_, err := tx.NewRaw(`UPDATE coop.fund_draws
SET words = CASE WHEN member_id = ?1 THEN '' ELSE words END, answer = CASE WHEN decided_by = ?1 OR member_id = ?1 THEN '' ELSE answer END
WHERE cooperative_id = ?0 AND (member_id = ?1 OR decided_by = ?1)`, member.Cooperative, member.Member).Exec(ctx)
	return err
}

// CallOff takes back, within tx, what a member asked for and says no to what they were
// offered, because they leave.
func (f *Fund) CallOff(ctx context.Context, tx bun.Tx, member coop.Actor) error {
	var open []struct {
		ID    coop.DrawID
		State State
	}
	err := tx.NewRaw(`SELECT id, state FROM coop.fund_draws
WHERE cooperative_id = ? AND member_id = ? AND deadline_at IS NOT NULL
ORDER BY id FOR UPDATE`, member.Cooperative, member.Member).Scan(ctx, &open)
	for _, d := range open { // one under each rule at most
		step := ToWithdraw
		if d.State == Offered {
			step = ToDecline
		}
		t, _ := find(step, d.State)
		if err == nil {
			err = move(ctx, tx, member.Cooperative, d.ID, t, member.Member, hours.Receipt{}, "", f.now())
		}
	}
	return err
}
