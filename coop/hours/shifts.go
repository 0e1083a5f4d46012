package hours

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
)

// Shift is the minutes of the fund for who lent a hand at an event. By is who saw them there.
type Shift struct {
	Cooperative coop.CooperativeID
	Credit      coop.CreditID
	Member      coop.MemberID
	Minutes     int64
	By          coop.MemberID
	At          time.Time
}

// Credit passes the minutes of a shift from the fund to who was there, inside the caller's
// transaction, once per credit. It returns *rule.Invalid on "minutes" when the fund has too
// few, the member so many that no more fit, or no single act may be so long.
func (l *Ledger) Credit(ctx context.Context, tx bun.Tx, s Shift) (Receipt, error) {
	return transfer(ctx, tx, move{
		cooperative: s.Cooperative, key: s.Credit.UUID, kind: FromFund, to: s.Member, minutes: s.Minutes, by: s.By, at: s.At,
	})
}

// TakeBack returns what the transfer credited for a shift to the fund, whole and once,
// inside the caller's transaction. Floors do not stand in the way of putting it right.
func (l *Ledger) TakeBack(ctx context.Context, tx bun.Tx, s Shift, credited coop.TransferID) (Receipt, error) {
	return transfer(ctx, tx, move{
		cooperative: s.Cooperative, key: uuid.NewSHA1(credited.UUID, []byte("correction")), kind: AsCorrection,
		from: s.Member, minutes: s.Minutes, corrects: credited, by: s.By, at: s.At,
	})
}
