package exchange

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/hours"
	"lien/rule"
)

// Agreements are what two members agreed to do for each other.
//
// Each step names how many steps the page had seen. When somebody else was first it
// answers ErrMoved; when it was the same person with the same answer, from another device
// or by a second tap, it returns what the first one did.
type Agreements struct {
	db     bun.IDB
	now    func() time.Time
	ledger *hours.Ledger
}

// NewAgreements returns the agreements kept in db; now tells the time.
func NewAgreements(db bun.IDB, now func() time.Time) *Agreements {
	return &Agreements{db: db, now: now, ledger: hours.NewLedger(db, now)}
}

// Agree says yes to a proposal. Only who was asked may, and both must still be active.
func (a *Agreements) Agree(ctx context.Context, actor coop.Actor, id coop.AgreementID, seen int) (Agreement, error) {
	return a.take(ctx, actor, id, seen, act{step: ToAgree})
}

// Decline says no to a proposal, without a reason. Only who was asked may.
func (a *Agreements) Decline(ctx context.Context, actor coop.Actor, id coop.AgreementID, seen int) (Agreement, error) {
	return a.take(ctx, actor, id, seen, act{step: ToDecline})
}

// Counter answers a proposal with another one: another time, length or place. Then it is
// for the first one to answer. It returns *rule.Invalid for the form, and after the
// fourth counter-proposal: the two had better speak.
func (a *Agreements) Counter(ctx context.Context, actor coop.Actor, id coop.AgreementID, seen int, plan Plan) (Agreement, error) {
	return a.take(ctx, actor, id, seen, act{step: ToCounter, minutes: plan.Minutes, plan: plan})
}

// Cancel takes a proposal back, or calls an agreement off before it is done.
func (a *Agreements) Cancel(ctx context.Context, actor coop.Actor, id coop.AgreementID, seen int) (Agreement, error) {
	return a.take(ctx, actor, id, seen, act{step: ToCancel})
}

// Claim says that it is done and took so many minutes. Nothing moves before the other
// one answers.
func (a *Agreements) Claim(ctx context.Context, actor coop.Actor, id coop.AgreementID, seen int, minutes int64) (Agreement, error) {
	return a.take(ctx, actor, id, seen, act{step: ToClaim, minutes: minutes, counted: true})
}

// Confirm is the other one's answer to a claim: it took so many minutes. Close figures
// settle on the lower one and minutes move; others become a dispute for a facilitator.
// It returns *rule.Invalid on "minutes" when a limit of the cooperative stands in the way.
func (a *Agreements) Confirm(ctx context.Context, actor coop.Actor, id coop.AgreementID, seen int, minutes int64) (Agreement, error) {
	return a.take(ctx, actor, id, seen, act{step: ToConfirm, minutes: minutes, counted: true})
}

// Dispute says that a claim is not what happened; words tell a facilitator what did.
func (a *Agreements) Dispute(ctx context.Context, actor coop.Actor, id coop.AgreementID, seen int, words Words) (Agreement, error) {
	return a.take(ctx, actor, id, seen, act{step: ToDispute, words: words, said: true})
}

// Accept ends a dispute with the figure that the other one named.
func (a *Agreements) Accept(ctx context.Context, actor coop.Actor, id coop.AgreementID, seen int) (Agreement, error) {
	return a.take(ctx, actor, id, seen, act{step: ToAccept})
}

// Settle is a facilitator's mediation: so many minutes are owed, and why. The facilitator
// is neither of the two. Both read the words, and may answer them once.
func (a *Agreements) Settle(ctx context.Context, actor coop.Actor, id coop.AgreementID, seen int, minutes int64, words Words) (Agreement, error) {
	return a.take(ctx, actor, id, seen, act{step: ToSettle, minutes: minutes, counted: true, words: words, said: true})
}

// Void is a facilitator's mediation: nothing is owed, and why. The facilitator is neither
// of the two.
func (a *Agreements) Void(ctx context.Context, actor coop.Actor, id coop.AgreementID, seen int, words Words) (Agreement, error) {
	return a.take(ctx, actor, id, seen, act{step: ToVoid, words: words, said: true})
}

// Words are a text and the language that it was written in.
type Words struct{ Text, Language string }

// act is a step as it was asked for. Counted and said tell which parts it must have.
type act struct {
	step    Step
	minutes int64
	counted bool
	words   Words
	said    bool
	plan    Plan // of a counter-proposal
}

func (t act) check(now time.Time) (act, error) {
	if t.step == ToCounter {
		return t, t.plan.check(now)
	}
	if t.counted && t.minutes <= 0 {
		return t, rule.Broken("minutes", "hours.nothing")
	}
	if !t.said {
		return t, nil
	}
	var err error
	t.words, err = t.words.check()
	return t, err
}

func (w Words) check() (_ Words, err error) {
	if w.Text, err = rule.Text("words", w.Text, 3, 1000); err != nil {
		return w, err
	}
	w.Language, err = rule.Line("language", w.Language, 2, 12)
	return w, err
}
