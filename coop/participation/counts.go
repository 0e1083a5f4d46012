package participation

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
)

// The month is the calendar's in Paris, where the neighbourhood lives.
const monthOf = "date_trunc('month', ?::timestamptz AT TIME ZONE 'Europe/Paris')::date"

// Count adds one to what the member did in the month of at. It belongs in the transaction
// of the act. Who counts for several members counts them in the order of their ids, so
// that two transactions never wait for each other.
func Count(ctx context.Context, tx bun.IDB, cooperative coop.CooperativeID, member coop.MemberID, at time.Time, what What) error {
	_, err := tx.NewRaw(`
		INSERT INTO coop.participation AS p (cooperative_id, member_id, month, ?)
		VALUES (?, ?, `+monthOf+`, 1)
		ON CONFLICT (cooperative_id, member_id, month) DO UPDATE SET ? = p.? + 1`,
		bun.Ident(what), cooperative.UUID, member.UUID, at, bun.Ident(what), bun.Ident(what)).Exec(ctx)
	return err
}

// Uncount takes one Count back: at is the moment that was counted. What was never counted
// is an error, since the count and the act would no longer agree.
func Uncount(ctx context.Context, tx bun.IDB, cooperative coop.CooperativeID, member coop.MemberID, at time.Time, what What) error {
	result, err := tx.NewRaw(`
		UPDATE coop.participation SET ? = ? - 1
		WHERE cooperative_id = ? AND member_id = ? AND month = `+monthOf,
		bun.Ident(what), bun.Ident(what), cooperative.UUID, member.UUID, at).Exec(ctx)
	if err != nil {
		return err
	}
	n, err := result.RowsAffected()
	if err == nil && n != 1 {
		return fmt.Errorf("participation: %s was not counted in that month", what)
	}
	return err
}
