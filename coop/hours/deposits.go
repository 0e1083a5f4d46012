package hours

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// Deposit is minutes of a member that stand in the fund while they have a thing of the
// cooperative's. By is the facilitator who hands it over or takes it back.
type Deposit struct {
	Cooperative coop.CooperativeID
	Loan        coop.LoanID
	Member      coop.MemberID
	Minutes     int64
	By          coop.MemberID
	At          time.Time
}

// Deposit puts the minutes into the fund inside the caller's transaction, once per loan,
// where nothing else may spend them. It returns *rule.Invalid on "minutes" when a limit of
// the cooperative stands in the way.
func (l *Ledger) Deposit(ctx context.Context, tx bun.Tx, d Deposit) error {
	r, err := transfer(ctx, tx, move{
		cooperative: d.Cooperative, key: d.Loan.UUID, kind: AsDeposit, from: d.Member, minutes: d.Minutes, by: d.By, at: d.At,
	})
	if err != nil {
		return err
	}
	_, err = tx.NewRaw(`WITH put AS (
  INSERT INTO coop.deposits (cooperative_id, loan_id, member_id, minutes, transfer_id, kept_why, at)
  VALUES (?, ?, ?, ?, ?, '', ?)
  ON CONFLICT (cooperative_id, loan_id) DO NOTHING
  RETURNING cooperative_id, minutes
)
UPDATE coop.hours_accounts a
SET reserved = a.reserved + put.minutes
FROM put
WHERE a.cooperative_id = put.cooperative_id AND a.kind = 'fund'`, d.Cooperative, d.Loan, d.Member, d.Minutes, r.Transfer, d.At).Exec(ctx)
	return err
}

// GiveBack returns a loan's deposit to where the member's hours stand, inside the caller's
// transaction, and says how many minutes: none when there is no deposit, or it has ended.
func (l *Ledger) GiveBack(ctx context.Context, tx bun.Tx, d Deposit) (minutes int64, err error) {
	d, err = standingDeposit(ctx, tx, d)
	if err != nil || d.Minutes == 0 {
		return 0, err
	}
	r, err := transfer(ctx, tx, move{
		cooperative: d.Cooperative, key: d.Loan.UUID, kind: DepositBack, to: d.Member, minutes: d.Minutes, by: d.By, at: d.At,
	})
	if err != nil {
		return 0, err
	}
	return d.Minutes, endDeposit(ctx, tx, d, `back_id = ?`, r.Transfer)
}

// Keep leaves a loan's deposit to the fund, inside the caller's transaction, with the
// reason that the member reads, and says how many minutes, as GiveBack does.
func (l *Ledger) Keep(ctx context.Context, tx bun.Tx, d Deposit, why string) (minutes int64, err error) {
	d, err = standingDeposit(ctx, tx, d)
	if err != nil || d.Minutes == 0 {
		return 0, err
	}
	if why, err = rule.Text("words", why, 3, 500); err != nil {
		return 0, err
	}
	return d.Minutes, endDeposit(ctx, tx, d, `kept_by = ?, kept_why = ?`, d.By, why)
}

// standingDeposit completes d with what is in the fund for its loan: no minutes when nothing is.
// The fund is locked first, as every transfer does.
func standingDeposit(ctx context.Context, tx bun.Tx, d Deposit) (Deposit, error) {
	if _, _, _, err := lock(ctx, tx, move{cooperative: d.Cooperative, to: d.Member}); err != nil {
		return d, err
	}
	err := tx.NewRaw(`SELECT minutes FROM coop.deposits
WHERE cooperative_id = ? AND loan_id = ? AND ended_at IS NULL
FOR UPDATE`, d.Cooperative, d.Loan).Scan(ctx, &d.Minutes)
	if errors.Is(err, sql.ErrNoRows) {
		d.Minutes, err = 0, nil
	}
	return d, err
}

func endDeposit(ctx context.Context, tx bun.Tx, d Deposit, how string, args ...any) error {
	_, err := tx.NewRaw(`WITH ended AS (
  UPDATE coop.deposits
  SET `+how+`, ended_at = ?
  WHERE cooperative_id = ? AND loan_id = ? AND ended_at IS NULL
  RETURNING cooperative_id, minutes
)
UPDATE coop.hours_accounts a
SET reserved = a.reserved - ended.minutes
FROM ended
WHERE a.cooperative_id = ended.cooperative_id AND a.kind = 'fund'`, append(args, d.At, d.Cooperative, d.Loan)...).Exec(ctx)
	return err
}
