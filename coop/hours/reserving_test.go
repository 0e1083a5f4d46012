package hours_test

import (
	"context"
	"testing"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/hours"
	"lien/rule"
)

// promised writes an agreement in which a member will be helped, and keeps its minutes.
func (s *street) promised(t testing.TB, receiver, giver int, minutes int64) hours.Promise {
	t.Helper()
	p := hours.Promise{Cooperative: s.cooperative, Agreement: rule.NewID[coop.AgreementID](), Member: s.members[receiver], Minutes: minutes, At: noon}
	s.exec(t, `INSERT INTO coop.agreements (cooperative_id, id, giver_id, receiver_id, proposed_by, state, about, language, planned_at, minutes_planned, meeting, steps, client_key, created_at, state_since, deadline_at)
VALUES (?0, ?1, ?2, ?3, ?2, 'agreed', 'Aide', 'fr', ?4, ?5, 'outside', 2, gen_random_uuid(), ?4, ?4, ?4)`, s.cooperative, p.Agreement, s.members[giver], s.members[receiver], noon, minutes)
	s.within(t, func(ctx context.Context, tx bun.Tx) error { return s.ledger.Reserve(ctx, tx, p) })
	return p
}

func (s *street) within(t testing.TB, act func(context.Context, bun.Tx) error) {
	t.Helper()
	if err := s.Coop.RunInTx(t.Context(), nil, act); err != nil {
		t.Fatal(err)
	}
}

// pays settles it.
func (s *street) pays(t testing.TB, p hours.Promise, giver int) (r hours.Receipt) {
	t.Helper()
	s.within(t, func(ctx context.Context, tx bun.Tx) (err error) {
		r, err = s.ledger.Pay(ctx, tx, hours.Payment{
			Cooperative: s.cooperative, Agreement: p.Agreement, From: p.Member, To: s.members[giver], Minutes: p.Minutes, By: p.Member, At: noon,
		})
		return err
	})
	return r
}

func (s *street) kept(t testing.TB, n int) int64 {
	t.Helper()
	a, err := s.ledger.Balance(t.Context(), s.actor(n))
	if err != nil {
		t.Fatal(err)
	}
	return a.Reserved
}

func TestKeepingTwiceIsKeepingOnceAndSoIsGivingBack(t *testing.T) {
	s := newStreet(t, 2)
	p := s.promised(t, 0, 1, 90)
	s.within(t, func(ctx context.Context, tx bun.Tx) error { return s.ledger.Reserve(ctx, tx, p) })
	if got := s.kept(t, 0); got != 90 {
		t.Errorf("kept: %d, want 90", got)
	}
	for range 2 {
		s.within(t, func(ctx context.Context, tx bun.Tx) error { return s.ledger.Release(ctx, tx, p) })
	}
	if got := s.kept(t, 0); got != 0 {
		t.Errorf("kept in the end: %d, want none", got)
	}
}

func TestWhatIsPromisedFollowsWhoSharesAnAccountAndParts(t *testing.T) {
	s := newStreet(t, 3)
	s.promised(t, 0, 2, 90)
	other := s.promised(t, 1, 2, 30)
	home := s.household(t)
	s.share(t, home, 0, 1)
	if got := s.kept(t, 0); got != 120 {
		t.Errorf("the shared account keeps %d, want both, 120", got)
	}
	err := s.at(home, []int{0, 1}, func(ctx context.Context, tx bun.Tx, of func(int) hours.Sharing) error {
		_, err := s.ledger.Part(ctx, tx, of(0))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if a, b := s.kept(t, 0), s.kept(t, 1); a != 90 || b != 30 {
		t.Errorf("after parting %d and %d are kept, want 90 and 30", a, b)
	}
	s.pays(t, other, 2)
	if got := s.kept(t, 1); got != 0 {
		t.Errorf("after it was paid %d are kept", got)
	}
	s.sound(t)
}
