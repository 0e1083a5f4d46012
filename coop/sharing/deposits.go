package sharing

import (
	"context"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/hours"
	"lien/coop/inbox"
	"lien/rule"
)

// KeepDeposit notes that the thing is back as TakeBack does, and leaves the deposit to the
// fund: words say in what condition it is, and the borrower reads them.
func (l *Loans) KeepDeposit(ctx context.Context, actor coop.Actor, id coop.LoanID, condition string) error {
	return l.take(ctx, actor, id, ToTakeBack, condition, leave)
}

// What becomes of a deposit when the thing is back.
const (
	leave  = true
	refund = false
)

// deposit moves the hours that stand in the fund while the thing is out: they go in when it
// is handed over, back when it is returned, and stay when it is lost or the facilitator
// leaves them there, which the borrower is told.
func (l *Loans) deposit(ctx context.Context, tx bun.Tx, actor coop.Actor, loan Loan, step Step, words string, keep bool, now time.Time) error {
	d := hours.Deposit{Cooperative: actor.Cooperative, Loan: loan.ID, Member: loan.Member, By: actor.Member, At: now}
	ledger := hours.NewLedger(tx, l.now)
	switch {
	case step == ToHandOver:
		rules, err := lendingRules(ctx, tx, actor.Cooperative, loan.Resource)
		if err != nil || rules.Deposit == 0 {
			return err
		}
		d.Minutes = int64(rules.Deposit) * 60
		return short(ledger.Deposit(ctx, tx, d))
	case step == ToLose, step == ToTakeBack && keep:
		minutes, err := ledger.Keep(ctx, tx, d, words)
		if err != nil || minutes == 0 {
			return err
		}
		return inbox.Tell(ctx, tx, inbox.Item{
			Cooperative: actor.Cooperative, Member: loan.Member, Kind: "deposit_kept", Subject: loan.ID.UUID,
			Once: "loan:" + loan.ID.String() + ":kept", At: now, By: actor.Member, Title: loan.Name, Minutes: minutes,
		})
	case step == ToTakeBack:
		_, err := ledger.GiveBack(ctx, tx, d)
		return err
	}
	return nil
}

// short says that a deposit cannot be put down now, and not what the member has.
func short(err error) error {
	var invalid *rule.Invalid
	if errors.As(err, &invalid) {
		return rule.Broken("words", "resource.rule.deposit_short")
	}
	return err
}
