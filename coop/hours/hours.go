// Package hours is the ledger of time credits. Help is counted in whole minutes; they
// pass from the account of who was helped to the account of who helped, and every
// cooperative has one more account, the fund.
//
// What always holds: each transfer has two entries of opposite sign, so that the sum of
// all balances is zero at every commit; nothing written is changed or removed, a mistake
// is answered by one compensating transfer; limits are checked while both accounts are
// locked. Minutes are never money, and nobody but their owner reads an account.
package hours

import (
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/rule"
)

// Limits are a cooperative's rules about balances, in minutes. The general assembly may
// change them: they are a row, and these are only read.
type Limits struct {
	SoftFloor int64 // from here on down, the member's own page makes a kind suggestion
	HardFloor int64 // no payment takes a balance below it
	Ceiling   int64 // no payment takes a balance above it
	PerAct    int64 // the longest single payment
}

// customary are the limits that a new cooperative starts with (charter, time credits).
var customary = Limits{SoftFloor: -10 * 60, HardFloor: -20 * 60, Ceiling: 40 * 60, PerAct: 12 * 60}

// Payment asks to move minutes for an agreement: from who was helped to who helped.
type Payment struct {
	Cooperative coop.CooperativeID
	Agreement   coop.AgreementID
	From, To    coop.MemberID
	Minutes     int64
	By          coop.MemberID // whose act settles it
	At          time.Time
}

// Receipt says what a transfer did. Low tells that the payer has now reached the soft
// floor: said to them alone, and kindly.
type Receipt struct {
	Transfer coop.TransferID
	Minutes  int64
	Low      bool
}

// CheckAct refuses a length that no single act may have: nothing, or more than the
// cooperative allows. Field is the form's name of it.
func (l Limits) CheckAct(field string, minutes int64) error {
	switch {
	case minutes <= 0:
		return rule.Broken(field, "hours.nothing")
	case minutes > l.PerAct:
		return rule.Broken(field, "hours.per_act", "most", l.PerAct/60)
	}
	return nil
}

// check says whether the minutes of m may move between the two locked accounts. What
// puts a mistake right always may: it can leave a debt, which is said and not hidden.
func (l Limits) check(m move, from, to account) error {
	if m.kind == "correction" {
		return nil
	}
	if err := l.CheckAct("minutes", m.minutes); err != nil {
		return err
	}
	if !from.Fund() && from.Balance-m.minutes < l.HardFloor {
		return rule.Broken("minutes", "hours.floor")
	}
	if from.Fund() && from.Balance < m.minutes {
		return rule.Broken("minutes", "hours.fund_is_short")
	}
	if !to.Fund() && to.Balance+m.minutes > l.Ceiling {
		return rule.Broken("minutes", "hours.ceiling")
	}
	return nil
}

// account is one locked account. The fund is nobody's.
type account struct {
	ID       coop.HoursID
	MemberID coop.MemberID
	Balance  int64
}

// Fund reports whether the account is the cooperative's own.
func (a account) Fund() bool { return a.MemberID == coop.MemberID{} }

// move is a transfer about to be written. The zero member stands for the fund.
type move struct {
	cooperative coop.CooperativeID
	key         uuid.UUID
	kind        string
	from, to    coop.MemberID
	minutes     int64
	agreement   coop.AgreementID
	corrects    coop.TransferID
	by          coop.MemberID
	at          time.Time
}
