package hours

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/database"
	"lien/rule"
)

// Ledger moves hours between accounts.
type Ledger struct {
	db  bun.IDB
	now func() time.Time
}

// NewLedger returns the ledger kept in db; now tells the time.
func NewLedger(db bun.IDB, now func() time.Time) *Ledger {
	return &Ledger{db: db, now: now}
}

// Open makes sure that the cooperative has its limits and its fund, and the member an
// account, inside the caller's transaction. It may be called again at any time.
func (l *Ledger) Open(ctx context.Context, tx bun.IDB, cooperative coop.CooperativeID, member coop.MemberID) error {
	return open(ctx, tx, cooperative, member)
}

// Pay settles an agreement inside the caller's transaction, once: a second payment of
// the same agreement returns the first receipt. It returns *rule.Invalid on "minutes"
// when a limit of the cooperative stands in the way. The caller decides who may pay.
func (l *Ledger) Pay(ctx context.Context, tx bun.Tx, p Payment) (Receipt, error) {
	return transfer(ctx, tx, move{
		cooperative: p.Cooperative, key: p.Agreement.UUID, kind: ForAgreement, from: p.From, to: p.To,
		minutes: p.Minutes, agreement: p.Agreement, by: p.By, at: p.At,
	})
}

// Draw is minutes of the fund for a member.
type Draw struct {
	Cooperative coop.CooperativeID
	Key         uuid.UUID
	To          coop.MemberID
	Minutes     int64
	By          coop.MemberID
	At          time.Time
}

// Draw passes minutes of the fund to a member inside the caller's transaction, once per
// key. The caller knows by which rule. It returns *rule.Invalid on "minutes" when the fund
// has too few, or the member so many that no more fit.
func (l *Ledger) Draw(ctx context.Context, tx bun.Tx, d Draw) (Receipt, error) {
	return transfer(ctx, tx, move{
		cooperative: d.Cooperative, key: d.Key, kind: FromFund, to: d.To, minutes: d.Minutes, by: d.By, at: d.At,
	})
}

// refused turns the ledger's constraints into its answers.
func refused(err error) error {
	switch database.Broken(err) {
	case "nobody_pays_themselves":
		return rule.Broken("to", "hours.oneself")
	case "hours_that_go_elsewhere_are_not_here":
		return rule.ErrMoved
	case "hours_are_positive":
		return rule.Broken("minutes", "hours.nothing")
	case "a_transfer_is_corrected_once", "an_agreement_is_paid_once", "a_correction_is_not_corrected":
		return rule.ErrMoved
	}
	return err
}
