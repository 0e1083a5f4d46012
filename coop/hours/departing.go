package hours

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// Departing says what becomes of the hours of a member who leaves: what they have goes to
// Heir, or to the fund when that is zero; what they owe, the fund takes over.
type Departing struct {
	Cooperative coop.CooperativeID
	Member      coop.MemberID
	Heir        coop.MemberID
	By          coop.MemberID
	At          time.Time
}

// Empty brings a leaving member's account to zero, inside the caller's transaction, and
// returns what it held: fewer than none when something was owed. The caller knows by which
// rule. It returns *rule.Invalid on "heir" when there is nothing to pass on or it would be
// too much for them, and ErrMoved while the member's hours stand in a shared account.
func (l *Ledger) Empty(ctx context.Context, tx bun.Tx, d Departing) (held int64, err error) {
	m := move{
		cooperative: d.Cooperative, key: uuid.Must(uuid.NewV7()), kind: AtDeparture, from: d.Member, to: d.Heir, by: d.By, at: d.At,
	}
	_, own, _, err := lock(ctx, tx, m)
	switch {
	case err != nil:
		return 0, err
	case own.MemberID != d.Member:
		return 0, rule.ErrMoved
	case own.Balance == 0:
		return 0, nil
	case own.Balance < 0 && d.Heir != coop.MemberID{}:
		return own.Balance, rule.Broken("heir", "departure.nothing_to_give")
	}
	m.minutes = own.Balance
	if own.Balance < 0 {
		m.from, m.to, m.minutes = coop.MemberID{}, d.Member, -own.Balance
	}
	if _, err = transfer(ctx, tx, m); err != nil && (d.Heir != coop.MemberID{}) {
		err = rule.Broken("heir", "departure.too_much")
	}
	return own.Balance, err
}
