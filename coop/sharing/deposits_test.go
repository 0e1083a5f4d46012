package sharing_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/hours"
	"lien/coop/sharing"
	"lien/rule"
)

// lends hands a thing with a deposit of two hours to somebody.
func (s *shed) lends(who coop.Actor) (coop.ResourceID, coop.LoanID) {
	s.t.Helper()
	drill := s.adds(sharing.Tool, sharing.Lent)
	s.does(s.resources.RuleLending(s.t.Context(), s.aline, drill, sharing.LendingRules{Days: 7, Renewals: 1, AtOnce: 3, HoldHours: 48, Deposit: 2}))
	id := s.asks(who, drill)
	s.does(s.loans.HandOver(s.t.Context(), s.aline, id, ""))
	return drill, id
}

// holds reads what somebody has, and what the fund has and keeps.
func (s *shed) holds(who coop.Actor, minutes, fund, kept int64) {
	s.t.Helper()
	var got struct{ Minutes, Fund, Kept int64 }
	s.does(s.db.Owner.NewRaw(`
		SELECT m.balance AS minutes, f.balance AS fund, f.reserved AS kept
		FROM coop.hours_accounts m, coop.hours_accounts f WHERE m.member_id = ? AND f.kind = 'fund'`, who.Member).Scan(s.t.Context(), &got))
	if got.Minutes != minutes || got.Fund != fund || got.Kept != kept {
		s.t.Errorf("the member has %d, the fund %d with %d kept; want %d, %d, %d", got.Minutes, got.Fund, got.Kept, minutes, fund, kept)
	}
}

func TestADepositGoesBackWithTheThing(t *testing.T) {
	s := newShed(t)
	nadia := s.member("Nadia")
	_, id := s.lends(nadia)
	s.holds(nadia, -120, 120, 120)
	s.at(monday.Add(time.Hour))
	s.does(s.loans.TakeBack(t.Context(), s.aline, id, ""))
	s.holds(nadia, 0, 0, 0)
	account, err := hours.NewLedger(s.db.Coop, s.now).Balance(t.Context(), nadia)
	if err != nil || account.Given != 0 || account.Received != 0 {
		t.Errorf("a deposit counts as help: %+v, %v", account, err)
	}
	wants(t, s.loans.TakeBack(t.Context(), s.aline, id, ""), rule.ErrMoved)
	s.holds(nadia, 0, 0, 0)
}

func TestADepositStaysInTheFundForAReasonThatIsRead(t *testing.T) {
	s := newShed(t)
	nadia, omar := s.member("Nadia"), s.member("Omar")
	drill, id := s.lends(nadia)
	wants(t, s.loans.KeepDeposit(t.Context(), s.aline, id, ""), "rule.missing")
	s.loan(id, sharing.Out)
	s.does(s.loans.KeepDeposit(t.Context(), s.aline, id, "Le mandrin est cassé"))
	s.holds(nadia, -120, 120, 0)
	if mine, err := s.loans.Mine(t.Context(), nadia); err != nil || mine[0].Kept != 120 || mine[0].KeptWhy != "Le mandrin est cassé" || s.told(nadia, "deposit_kept") != 1 {
		t.Errorf("she reads %+v, %v", mine, err)
	}
	lost := s.asks(omar, drill)
	s.does(s.loans.HandOver(t.Context(), s.aline, lost, ""))
	s.does(s.loans.Lose(t.Context(), s.aline, lost, "Volée dans la cave"))
	s.holds(omar, -120, 240, 0)
}

func TestTheFundSpendsNoDeposit(t *testing.T) {
	s := newShed(t)
	nadia, omar := s.member("Nadia"), s.member("Omar")
	_, id := s.lends(nadia)
	draws := func(minutes int64) error {
		return s.db.Coop.RunInTx(t.Context(), nil, func(ctx context.Context, tx bun.Tx) error {
			_, err := hours.NewLedger(tx, s.now).Draw(ctx, tx, hours.Draw{Cooperative: s.cooperative, Key: uuid.New(), To: omar.Member, Minutes: minutes, By: s.aline.Member, At: s.now()})
			return err
		})
	}
	wants(t, draws(60), "hours.fund_is_short")
	s.does(s.loans.KeepDeposit(t.Context(), s.aline, id, "Le mandrin est cassé"))
	s.does(draws(60))
	s.holds(omar, 60, 60, 0)
}

func TestADepositThatCannotBePutDownTellsNobodyWhatSomebodyHas(t *testing.T) {
	s := newShed(t)
	nadia := s.member("Nadia")
	s.lends(nadia)
	s.sql(`UPDATE coop.hours_limits SET soft_floor = -60, hard_floor = -180`)
	saw := s.adds(sharing.Tool, sharing.Lent)
	s.does(s.resources.RuleLending(t.Context(), s.aline, saw, sharing.LendingRules{Days: 7, AtOnce: 3, HoldHours: 48, Deposit: 2}))
	id := s.asks(nadia, saw)
	wants(t, s.loans.HandOver(t.Context(), s.aline, id, ""), "resource.rule.deposit_short")
	s.loan(id, sharing.Held)
	s.holds(nadia, -120, 120, 120)
}
