package exchange_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop/exchange"
	"lien/coop/hours"
	"lien/rule"
)

// reserved is what is kept of a member's hours.
func (s *street) reserved(t testing.TB, n int) int64 {
	t.Helper()
	account, err := s.ledger.Balance(t.Context(), s.actor(n))
	if err != nil {
		t.Fatal(err)
	}
	if wrong := s.number(t, `SELECT count(*) FROM coop.hours_accounts a
WHERE a.reserved <> (SELECT coalesce(sum(minutes), 0) FROM coop.hours_reserved r WHERE r.cooperative_id = a.cooperative_id AND r.account_id = a.id AND r.released_at IS NULL)`); wrong != 0 {
		t.Fatalf("%d accounts keep another sum than their agreements promise", wrong)
	}
	return account.Reserved
}

func TestHoursAreKeptFromTheYesUntilTheEnd(t *testing.T) {
	for state, want := range map[exchange.State]int64{
		exchange.Proposed: 0, exchange.Agreed: 90, exchange.DoneClaimed: 90, exchange.Disputed: 90, exchange.Confirmed: 0,
	} {
		s := newStreet(t, 2)
		s.reach(t, state)
		if got := s.reserved(t, 1); got != want {
			t.Errorf("%s: %d minutes are kept, want %d", state, got, want)
		}
		if got := s.reserved(t, 0); got != 0 {
			t.Errorf("%s: %d minutes are kept of who helps", state, got)
		}
	}
}

func TestWhatComesToNothingKeepsNothing(t *testing.T) {
	s := newStreet(t, 3)
	neutral := s.facilitator(t, 2)
	agreed, disputed := s.reach(t, exchange.Agreed), s.reach(t, exchange.Disputed)
	if _, err := s.agreements.Cancel(t.Context(), s.actor(1), agreed.ID, agreed.Steps); err != nil {
		t.Fatal(err)
	}
	if got := s.reserved(t, 1); got != 90 {
		t.Errorf("after the cancelled one %d are kept, want the other's 90", got)
	}
	if _, err := s.agreements.Void(t.Context(), neutral, disputed.ID, disputed.Steps, french("Cela n’a pas eu lieu.")); err != nil {
		t.Fatal(err)
	}
	if got := s.reserved(t, 1); got != 0 {
		t.Errorf("%d are kept in the end, want none", got)
	}
}

func TestTheSameHoursCannotBePromisedTwice(t *testing.T) {
	s := newStreet(t, 2)
	first, second := s.propose(t), s.propose(t)
	if err := s.ledger.Open(t.Context(), s.Coop, s.cooperative, s.members[1]); err != nil {
		t.Fatal(err)
	}
	s.exec(t, `UPDATE coop.hours_limits SET soft_floor = -60, hard_floor = -120 WHERE cooperative_id = ?`, s.cooperative)
	errs := make([]error, 2)
	var both sync.WaitGroup
	for n, g := range []exchange.Agreement{first, second} {
		both.Go(func() { _, errs[n] = s.agreements.Agree(t.Context(), s.actor(0), g.ID, g.Steps) })
	}
	both.Wait()
	refused := 0
	for _, err := range errs {
		if err != nil && broken(err) == "minutes hours.floor" {
			refused++
		} else if err != nil {
			t.Error(err)
		}
	}
	if got := s.reserved(t, 1); refused != 1 || got != 90 {
		t.Errorf("%d of two were refused and %d minutes are kept, want 1 and 90", refused, got)
	}
	_, err := s.ledger.Gift(t.Context(), s.actor(1), hours.Gift{Key: uuid.New(), To: s.members[0], Minutes: 31})
	if broken(err) != "minutes hours.floor" {
		t.Errorf("what is promised is given away: %v", err)
	}
	if _, err = s.ledger.Gift(t.Context(), s.actor(1), hours.Gift{Key: uuid.New(), To: s.members[0], Minutes: 30}); err != nil {
		t.Errorf("what is free cannot be given: %v", err)
	}
}

// A promise is kept, even if the limits were tightened since.
func TestWhatWasKeptIsPaidWhateverTheLimitsAreByThen(t *testing.T) {
	s := newStreet(t, 2)
	g := s.reach(t, exchange.DoneClaimed)
	s.exec(t, `UPDATE coop.hours_limits SET soft_floor = -10, hard_floor = -20 WHERE cooperative_id = ?`, s.cooperative)
	if g, err := s.agreements.Confirm(t.Context(), s.actor(1), g.ID, g.Steps, 90); err != nil || g.Paid != 90 {
		t.Errorf("got %d paid (%v), want 90", g.Paid, err)
	}
	if got := s.reserved(t, 1); got != 0 {
		t.Errorf("%d are kept after it was paid", got)
	}
}

func TestARefusedYesCanBeSaidLater(t *testing.T) {
	s := newStreet(t, 2)
	g := s.propose(t)
	if err := s.ledger.Open(t.Context(), s.Coop, s.cooperative, s.members[1]); err != nil {
		t.Fatal(err)
	}
	s.exec(t, `UPDATE coop.hours_limits SET soft_floor = -10, hard_floor = -20 WHERE cooperative_id = ?`, s.cooperative)
	if _, err := s.agreements.Agree(t.Context(), s.actor(0), g.ID, g.Steps); broken(err) != "minutes hours.floor" {
		t.Fatalf("got %v, want the floor", err)
	}
	if _, err := s.ledger.Gift(t.Context(), s.actor(0), hours.Gift{Key: uuid.New(), To: s.members[1], Minutes: 20}); err != nil {
		t.Fatal(err)
	}
	s.exec(t, `UPDATE coop.hours_limits SET hard_floor = -70 WHERE cooperative_id = ?`, s.cooperative)
	s.later(time.Hour)
	if _, err := s.agreements.Agree(t.Context(), s.actor(0), g.ID, g.Steps); err != nil && !errors.Is(err, rule.ErrMoved) {
		t.Errorf("later: %v", err)
	}
	if got := s.reserved(t, 1); got != 90 {
		t.Errorf("%d are kept, want 90", got)
	}
}
