package hours_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/uptrace/bun"
	"pgregory.net/rapid"

	"lien/coop"
	"lien/coop/hours"
	"lien/rule"
)

// household writes down that some people live together; sharing is up to the test.
func (s *street) household(t testing.TB) coop.HouseholdID {
	t.Helper()
	id := rule.NewID[coop.HouseholdID]()
	s.exec(t, `INSERT INTO coop.households (cooperative_id, id, began_by, client_key, began_at) VALUES (?, ?, ?, ?, ?)`,
		s.cooperative, id, s.members[0], uuid.New(), noon)
	return id
}

// at does something with a household's account, all of whose people are held.
func (s *street) at(home coop.HouseholdID, people []int, act func(context.Context, bun.Tx, func(int) hours.Sharing) error) error {
	ctx := context.Background()
	return s.Coop.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var held []coop.MemberID
		for _, n := range people {
			held = append(held, s.members[n])
		}
		if err := s.ledger.Hold(ctx, tx, s.cooperative, home, held); err != nil {
			return err
		}
		return act(ctx, tx, func(n int) hours.Sharing {
			return hours.Sharing{Cooperative: s.cooperative, Household: home, Member: s.members[n], By: s.members[n], At: noon}
		})
	})
}

func (s *street) share(t testing.TB, home coop.HouseholdID, people ...int) {
	t.Helper()
	err := s.at(home, people, func(ctx context.Context, tx bun.Tx, of func(int) hours.Sharing) error {
		var all error
		for _, n := range people {
			all = errors.Join(all, s.ledger.Share(ctx, tx, of(n)))
		}
		return all
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (s *street) give(t testing.TB, from, to int, minutes int64) hours.Receipt {
	t.Helper()
	r, err := s.ledger.Gift(t.Context(), s.actor(from), hours.Gift{Key: uuid.New(), To: s.members[to], Minutes: minutes})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestMembersOfASharedAccountGiveAndReceiveAsOne(t *testing.T) {
	s := newStreet(t, 3)
	s.give(t, 2, 0, 100)
	s.give(t, 1, 2, 30)
	home := s.household(t)
	s.share(t, home, 0, 1)
	s.share(t, home, 0, 1) // sharing twice is sharing once
	for n, want := range []int64{70, 70, -70} {
		if got := s.balance(t, n); got != want {
			t.Errorf("balance of %d: got %d, want %d", n, got, want)
		}
	}
	s.give(t, 1, 2, 20)
	s.give(t, 2, 0, 5)
	if a, b := s.balance(t, 0), s.balance(t, 1); a != 55 || b != 55 {
		t.Errorf("after an act of each: got %d and %d, want 55 and 55", a, b)
	}
	if n := s.count(t, `SELECT count(*) FROM coop.hours_accounts WHERE goes_to IS NOT NULL AND balance <> 0`); n != 0 {
		t.Errorf("%d own accounts kept something", n)
	}
	s.sound(t)
}

func (s *street) count(t testing.TB, query string) (n int) {
	t.Helper()
	if err := s.Coop.NewRaw(query).Scan(t.Context(), &n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAStatementSaysWhoseActItWas(t *testing.T) {
	s := newStreet(t, 3)
	s.give(t, 2, 1, 60)
	s.share(t, s.household(t), 0, 1)
	s.give(t, 1, 2, 20)
	s.give(t, 0, 2, 10)
	mine, err := s.ledger.Statement(t.Context(), s.actor(0), hours.Place{})
	if err != nil || len(mine.Lines) != 3 {
		t.Fatalf("got %+v, %v; want three lines", mine.Lines, err)
	}
	for n, want := range []hours.Line{{Kind: hours.AsGift, Minutes: -10, With: "C"}, {Kind: hours.AsGift, Minutes: -20, With: "C", Whose: "B"}, {Kind: hours.AtHome, Minutes: 60, Whose: "B"}} {
		if got := mine.Lines[n]; got.Kind != want.Kind || got.Minutes != want.Minutes || got.With != want.With || got.Whose != want.Whose {
			t.Errorf("line %d: got %+v, want %+v", n, got, want)
		}
	}
	theirs, err := s.ledger.Statement(t.Context(), s.actor(2), hours.Place{})
	if err != nil || len(theirs.Lines) != 3 || theirs.Lines[0].With != "A" || theirs.Lines[1].With != "B" || theirs.Lines[0].Whose != "" {
		t.Errorf("the other side: got %+v, %v; want the names of who acted", theirs.Lines, err)
	}
	account, err := s.ledger.Balance(t.Context(), s.actor(0))
	if err != nil || !account.Shared || account.Given != 0 || account.Received != 30 || account.Balance != 30 {
		t.Errorf("got %+v, %v; want what was brought in not counted as help", account, err)
	}
}

func TestNobodyPaysWithinOneAccount(t *testing.T) {
	s := newStreet(t, 3)
	s.share(t, s.household(t), 0, 1)
	_, err := s.ledger.Gift(t.Context(), s.actor(0), hours.Gift{Key: uuid.New(), To: s.members[1], Minutes: 30})
	if broken(err) != "hours.one_account" {
		t.Errorf("got %v, want hours.one_account", err)
	}
	if err := s.ledger.Apart(t.Context(), s.Coop, s.cooperative, "minutes", s.members[0], s.members[1]); broken(err) != "hours.one_account" {
		t.Errorf("together: got %v, want hours.one_account", err)
	}
	if err := s.ledger.Apart(t.Context(), s.Coop, s.cooperative, "minutes", s.members[0], s.members[2]); err != nil {
		t.Errorf("apart: got %v", err)
	}
}

func TestASharedAccountHasTheRoomOfAllWhoShareIt(t *testing.T) {
	s := newStreet(t, 3)
	s.exec(t, `INSERT INTO coop.hours_limits (cooperative_id, soft_floor, hard_floor, ceiling, per_act) VALUES (?, -60, -120, 150, 240)`, s.cooperative)
	s.give(t, 0, 2, 100)
	s.share(t, s.household(t), 0, 1)
	if r := s.give(t, 1, 2, 10); r.Low { // -110 of a floor of -120
		t.Error("110 of 120 are low")
	}
	if _, err := s.ledger.Gift(t.Context(), s.actor(1), hours.Gift{Key: uuid.New(), To: s.members[2], Minutes: 131}); broken(err) != "hours.floor" {
		t.Errorf("got %v, want hours.floor", err)
	}
}

func TestPartingKeepsTheSumExactly(t *testing.T) {
	for _, given := range []int64{101, -101, 0} {
		s := newStreet(t, 3)
		if given > 0 {
			s.give(t, 2, 0, given)
		} else if given < 0 {
			s.give(t, 0, 2, -given)
		}
		home := s.household(t)
		s.share(t, home, 0, 1)
		err := s.at(home, []int{0, 1}, func(ctx context.Context, tx bun.Tx, of func(int) hours.Sharing) error {
			shared, err := s.ledger.Part(ctx, tx, of(1))
			if err != nil || !shared {
				t.Errorf("parting: got %v, %v", shared, err)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		s.give(t, 1, 2, 7) // their own already, before anything is divided
		err = s.at(home, []int{0, 1}, func(ctx context.Context, tx bun.Tx, of func(int) hours.Sharing) error {
			return errors.Join(s.ledger.Divide(ctx, tx, of(1), given/2), s.ledger.Rest(ctx, tx, of(0)))
		})
		if err != nil {
			t.Fatal(err)
		}
		if a, b := s.balance(t, 0), s.balance(t, 1); a != given-given/2 || b != given/2-7 {
			t.Errorf("of %d: got %d and %d", given, a, b)
		}
		if n := s.count(t, `SELECT count(*) FROM coop.hours_accounts WHERE goes_to IS NOT NULL OR kind = 'household' AND (balance <> 0 OR people <> 0)`); n != 0 {
			t.Errorf("%d accounts still share", n)
		}
		s.sound(t)
	}
}

func TestACorrectionFindsWhereTheHoursStandToday(t *testing.T) {
	s := newStreet(t, 4)
	neutral, near := s.facilitator(t, 3), s.facilitator(t, 1)
	gift := s.give(t, 2, 0, 100)
	home := s.household(t)
	s.share(t, home, 0, 1)
	if _, err := s.ledger.Correct(t.Context(), near, mistaken(gift.Transfer)); !errors.Is(err, rule.ErrForbidden) {
		t.Errorf("who shares the account: got %v, want ErrForbidden", err)
	}
	if _, err := s.ledger.Correct(t.Context(), neutral, mistaken(gift.Transfer)); err != nil {
		t.Fatal(err)
	}
	if a, c := s.balance(t, 0), s.balance(t, 2); a != 0 || c != 0 {
		t.Errorf("got %d and %d, want 0 and 0", a, c)
	}
	page, err := s.ledger.Statement(t.Context(), s.actor(0), hours.Place{})
	if err != nil || len(page.Lines) != 2 {
		t.Fatalf("got %+v, %v", page, err)
	}
	if _, err := s.ledger.Correct(t.Context(), neutral, mistaken(page.Lines[1].ID)); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("what was brought into a household: got %v, want ErrNotFound", err)
	}
	s.sound(t)
}

// Members share and part while others give to them: each act goes to one account, and no
// minute is lost between the two.
func TestSharingAndPartingAmidGiftsKeepTheSum(t *testing.T) {
	s := newStreet(t, 4)
	home := s.household(t)
	var all sync.WaitGroup
	for n := range 3 {
		all.Go(func() {
			for range 25 {
				_, err := s.ledger.Gift(t.Context(), s.actor(n), hours.Gift{Key: uuid.New(), To: s.members[(n+1+n%2)%4], Minutes: 3})
				if err != nil && broken(err) == "" && !errors.Is(err, rule.ErrMoved) {
					t.Errorf("gift of %d: %v", n, err)
				}
			}
		})
	}
	all.Go(func() {
		for n := range 12 {
			err := s.at(home, []int{0, 1, 2}, func(ctx context.Context, tx bun.Tx, of func(int) hours.Sharing) error {
				if n%2 == 0 {
					return errors.Join(s.ledger.Share(ctx, tx, of(0)), s.ledger.Share(ctx, tx, of(1)))
				}
				_, err := s.ledger.Part(ctx, tx, of(1))
				return errors.Join(err, s.ledger.Divide(ctx, tx, of(1), int64(n)), s.ledger.Rest(ctx, tx, of(0)))
			})
			if err != nil {
				t.Errorf("at home: %v", err)
			}
		}
	})
	all.Wait()
	s.sound(t)
}

func TestAnyRunOfSharingAndPartingKeepsTheBooks(t *testing.T) {
	s := newStreet(t, 5)
	homes := []coop.HouseholdID{s.household(t), s.household(t)}
	rapid.Check(t, func(r *rapid.T) {
		who, home := rapid.IntRange(0, 4).Draw(r, "who"), rapid.SampledFrom(homes).Draw(r, "home")
		var err error
		switch rapid.IntRange(0, 3).Draw(r, "act") {
		case 0:
			to := rapid.IntRange(0, 4).Draw(r, "to")
			_, err = s.ledger.Gift(t.Context(), s.actor(who), hours.Gift{Key: uuid.New(), To: s.members[to], Minutes: int64(rapid.IntRange(1, 300).Draw(r, "minutes"))})
		case 1:
			err = s.at(home, []int{who}, func(ctx context.Context, tx bun.Tx, of func(int) hours.Sharing) error {
				return s.ledger.Share(ctx, tx, of(who))
			})
		case 2:
			minutes := int64(rapid.IntRange(-400, 400).Draw(r, "share"))
			err = s.at(home, []int{who}, func(ctx context.Context, tx bun.Tx, of func(int) hours.Sharing) error {
				shared, err := s.ledger.Part(ctx, tx, of(who))
				if err != nil || !shared {
					return err
				}
				return s.ledger.Divide(ctx, tx, of(who), minutes)
			})
		case 3:
			err = s.at(home, []int{who}, func(ctx context.Context, tx bun.Tx, of func(int) hours.Sharing) error {
				return s.ledger.Rest(ctx, tx, of(who))
			})
		}
		if err != nil && broken(err) == "" && !errors.Is(err, rule.ErrMoved) {
			r.Fatal(err)
		}
		s.sound(t)
		if n := s.count(t, `SELECT count(*) FROM coop.hours_accounts h WHERE kind = 'household'
			AND people <> (SELECT count(*) FROM coop.hours_accounts a WHERE a.goes_to = h.id)`); n != 0 {
			r.Fatalf("%d households count their people wrong", n)
		}
	})
}
