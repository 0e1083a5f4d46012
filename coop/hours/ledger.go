package hours

import (
	"context"
	"database/sql"
	"errors"
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

// Correct gives the minutes of a transfer back, whole and once, and never those of a
// correction. Only a facilitator who is no party to the transfer may; floors and
// ceiling do not stand in the way of putting a mistake right. The second of two
// corrections gets ErrMoved.
func (l *Ledger) Correct(ctx context.Context, actor coop.Actor, id coop.TransferID) (r Receipt, err error) {
	err = l.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		wrong, err := l.mistake(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		r, err = transfer(ctx, tx, move{
			cooperative: actor.Cooperative, key: uuid.NewSHA1(id.UUID, []byte("correction")), kind: AsCorrection,
			from: wrong.To, to: wrong.From, minutes: wrong.Minutes, corrects: id, by: actor.Member, at: l.now(),
		})
		return err
	})
	return r, err
}

// mistake is the transfer to correct, and whose acts it was made of: the correction goes
// between the accounts where their hours stand today.
type mistake struct {
	Kind     Kind
	Minutes  int64
	From, To coop.MemberID
	Mine     bool // the actor's hours stand in one of the two accounts
}

func (l *Ledger) mistake(ctx context.Context, tx bun.IDB, actor coop.Actor, id coop.TransferID) (m mistake, err error) {
	err = tx.NewRaw(`SELECT t.kind, t.minutes, minus.member_id, plus.member_id, coalesce(mine.goes_to, mine.id) IN (`+
		`coalesce(payer.goes_to, payer.id), coalesce(payee.goes_to, payee.id), minus.account_id, plus.account_id)
FROM coop.transfers t
JOIN coop.entries minus ON minus.cooperative_id = t.cooperative_id AND minus.transfer_id = t.id AND minus.side = -1
JOIN coop.entries plus ON plus.cooperative_id = t.cooperative_id AND plus.transfer_id = t.id AND plus.side = 1
LEFT JOIN coop.hours_accounts payer ON payer.cooperative_id = t.cooperative_id AND payer.member_id = minus.member_id
LEFT JOIN coop.hours_accounts payee ON payee.cooperative_id = t.cooperative_id AND payee.member_id = plus.member_id
JOIN coop.members me ON me.cooperative_id = t.cooperative_id AND me.id = ? AND me.state IN ('welcomed', 'active')
JOIN coop.member_roles r ON r.cooperative_id = t.cooperative_id AND r.member_id = me.id AND r.role = 'facilitator' AND r.until_at IS NULL
LEFT JOIN coop.hours_accounts mine ON mine.cooperative_id = me.cooperative_id AND mine.member_id = me.id
WHERE t.cooperative_id = ? AND t.id = ?`, actor.Member, actor.Cooperative, id).Scan(ctx, &m.Kind, &m.Minutes, &m.From, &m.To, &m.Mine)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return m, rule.ErrNotFound
	case err != nil:
		return m, err
	case m.Mine || m.Kind != ForAgreement && m.Kind != AsGift && m.Kind != FromFund:
		return m, rule.ErrForbidden
	}
	return m, nil
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
