package exchange_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/exchange"
	"lien/coop/hours"
	"lien/rule"
)

// share lets some members' hours stand in one account.
func (s *street) share(t testing.TB, people ...int) {
	t.Helper()
	home := rule.NewID[coop.HouseholdID]()
	s.exec(t, `INSERT INTO coop.households (cooperative_id, id, began_by, client_key, began_at) VALUES (?, ?, ?, ?, ?)`,
		s.cooperative, home, s.members[people[0]], uuid.New(), noon)
	err := s.Coop.RunInTx(t.Context(), nil, func(ctx context.Context, tx bun.Tx) error {
		var held []coop.MemberID
		for _, n := range people {
			held = append(held, s.members[n])
		}
		all := s.ledger.Hold(ctx, tx, s.cooperative, home, held)
		for _, member := range held {
			all = errors.Join(all, s.ledger.Share(ctx, tx, hours.Sharing{Cooperative: s.cooperative, Household: home, Member: member, By: member, At: noon}))
		}
		return all
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestTwoWhoShareAnAccountDoNotCountBetweenThem(t *testing.T) {
	s := newStreet(t, 3)
	listing := s.publish(t, 0, draft())
	g := s.reach(t, exchange.DoneClaimed)
	s.share(t, 0, 1)
	_, err := s.agreements.Propose(t.Context(), s.actor(1), s.proposal(listing))
	if got := broken(err); got != "minutes hours.one_account" {
		t.Errorf("proposing: got %s, want minutes hours.one_account", got)
	}
	_, err = s.agreements.Confirm(t.Context(), s.actor(1), g.ID, g.Steps, 90)
	if got := broken(err); got != "minutes hours.one_account" {
		t.Errorf("confirming what was agreed before: got %s, want minutes hours.one_account", got)
	}
	if _, err := s.agreements.Propose(t.Context(), s.actor(2), s.proposal(listing)); err != nil {
		t.Errorf("a neighbour: %v", err)
	}
}

func TestAnActOfOneIsPaidIntoTheAccountThatTheyShare(t *testing.T) {
	s := newStreet(t, 3)
	s.share(t, 0, 2)
	s.reach(t, exchange.Confirmed)
	for n, want := range []int64{90, -90, 90} {
		a, err := s.ledger.Balance(t.Context(), s.actor(n))
		if err != nil || a.Balance != want {
			t.Errorf("balance of %d: got %d (%v), want %d", n, a.Balance, err, want)
		}
	}
}

func TestWhoSharesAnAccountWithAPartyDoesNotMediate(t *testing.T) {
	s := newStreet(t, 4)
	near, far := s.facilitator(t, 2), s.facilitator(t, 3)
	s.share(t, 0, 2)
	g := s.reach(t, exchange.Disputed)
	if _, err := s.agreements.Settle(t.Context(), near, g.ID, g.Steps, 90, french("Nous en avons parlé.")); !errors.Is(err, rule.ErrForbidden) {
		t.Errorf("settling: got %v, want ErrForbidden", err)
	}
	if _, err := s.agreements.Void(t.Context(), near, g.ID, g.Steps, french("Nous en avons parlé.")); !errors.Is(err, rule.ErrForbidden) {
		t.Errorf("voiding: got %v, want ErrForbidden", err)
	}
	if _, err := s.agreements.Settle(t.Context(), far, g.ID, g.Steps, 60, french("Nous en avons parlé.")); err != nil {
		t.Errorf("somebody else: %v", err)
	}
}
