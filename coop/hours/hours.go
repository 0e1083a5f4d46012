// Package hours is the ledger of time credits. Help is counted in whole minutes; they
// pass from the account of who was helped to the account of who helped, and every
// cooperative has one more account, the fund. Members who live together may let all
// their hours stand in one account: then each of their acts goes to or from it, and each
// entry still says whose act it was.
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
// puts a mistake right always may: it can leave a debt, which is said and not hidden. So
// may a deposit that goes back, and what a departure leaves to the fund, or has it take over.
// An account that several share has the room of all of them together.
func (l Limits) check(m move, from, to account) error {
	switch {
	case m.kind == AsCorrection, m.kind == DepositBack, m.kind == AtDeparture && (from.Fund() || to.Fund()):
		return nil
	case m.kind == AtDeparture && to.Balance+m.minutes > l.Ceiling*to.People:
		return rule.Broken("minutes", "hours.ceiling")
	case m.kind == AtDeparture:
		return nil
	}
	if err := l.CheckAct("minutes", m.minutes); err != nil {
		return err
	}
	// What is kept for this very agreement was room enough when both said yes.
	if !from.Fund() && m.minutes > from.Kept && from.free()-m.minutes < l.HardFloor*from.People {
		return rule.Broken("minutes", "hours.floor")
	}
	if from.Fund() && from.free()+from.Below < m.minutes {
		return rule.Broken("minutes", "hours.fund_is_short")
	}
	if !to.Fund() && to.Balance+m.minutes > l.Ceiling*to.People {
		return rule.Broken("minutes", "hours.ceiling")
	}
	return nil
}

// account is one locked account: the fund, a member's own, or one that the members of a
// household share. GoesTo is where a member's hours stand when they share one; People is
// how many share this one.
type account struct {
	ID          coop.HoursID
	Kind        string
	MemberID    coop.MemberID
	HouseholdID coop.HouseholdID
	GoesTo      coop.HoursID
	People      int64
	Balance     int64
	Reserved    int64 // promised in agreements under way, this one included; in the fund, the deposits
	Kept        int64 // of that, for the agreement that is being paid
	Below       int64 // how far below zero the fund may go by a voted rule
}

// free is what the account has when every promise but the present one is kept.
func (a account) free() int64 { return a.Balance - a.Reserved + a.Kept }

// Fund reports whether the account is the cooperative's own.
func (a account) Fund() bool { return a.Kind == "fund" }

// move is a transfer about to be written. The zero member stands for the fund.
type move struct {
	cooperative coop.CooperativeID
	key         uuid.UUID
	kind        Kind
	from, to    coop.MemberID
	minutes     int64
	agreement   coop.AgreementID
	corrects    coop.TransferID
	by          coop.MemberID
	at          time.Time
}
