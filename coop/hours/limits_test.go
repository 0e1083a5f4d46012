package hours_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/hours"
	"lien/coop/inbox"
	"lien/rule"
)

func (s *street) treasurer(t testing.TB, n int) coop.Actor {
	t.Helper()
	s.exec(t, `INSERT INTO coop.member_roles (cooperative_id, member_id, role, from_at) VALUES (?, ?, 'treasurer', ?)`, s.cooperative, s.members[n], noon)
	return s.actor(n)
}

func amendment(seen int) hours.Amendment {
	return hours.Amendment{
		Key: uuid.New(), Seen: seen, VotedOn: noon.AddDate(0, 0, -2), Words: "Voté en assemblée.",
		Limits: hours.Limits{SoftFloor: -60, HardFloor: -120, Ceiling: 600, PerAct: 90},
	}
}

func TestLimitsAreVotedAndTheirHistoryIsKept(t *testing.T) {
	s := newStreet(t, 3)
	treasurer := s.treasurer(t, 0)
	if err := s.ledger.Open(t.Context(), s.Coop, s.cooperative, s.members[0]); err != nil {
		t.Fatal(err)
	}
	first := amendment(1)
	for range 2 { // a double tap
		if err := s.ledger.Amend(t.Context(), treasurer, first); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.ledger.Amend(t.Context(), treasurer, amendment(1)); !errors.Is(err, rule.ErrMoved) {
		t.Errorf("who had not seen the latest: got %v, want ErrMoved", err)
	}
	changes, err := s.ledger.Changes(t.Context(), treasurer)
	if err != nil || len(changes) != 2 || changes[0].Limits != first.Limits || changes[0].By != "A" || changes[0].VotedOn.Format(time.DateOnly) != "2026-11-21" || changes[1].By != "" {
		t.Errorf("the history is %+v (%v), want the vote and what was there before", changes, err)
	}
	for minutes, want := range map[int64]string{91: "hours.per_act", 90: ""} {
		if _, err := s.ledger.Gift(t.Context(), s.actor(1), hours.Gift{Key: uuid.New(), To: s.members[2], Minutes: minutes}); broken(err) != want {
			t.Errorf("%d minutes under the new limits: got %v, want %q", minutes, err, want)
		}
	}
}

func TestOnlyStewardsSeeAndChangeLimits(t *testing.T) {
	s := newStreet(t, 3)
	plain, former := s.actor(0), s.treasurer(t, 1)
	s.exec(t, `UPDATE coop.member_roles SET until_at = ?`, noon)
	suspended := s.facilitator(t, 2)
	s.exec(t, `UPDATE coop.members SET state = 'suspended' WHERE id = ?`, suspended.Member)
	for name, who := range map[string]coop.Actor{"a plain member": plain, "a former treasurer": former, "a suspended facilitator": suspended} {
		_, changes := s.ledger.Changes(t.Context(), who)
		_, lows := s.ledger.Lows(t.Context(), who)
		for what, err := range map[string]error{"amend": s.ledger.Amend(t.Context(), who, amendment(1)), "read": changes, "see who is low": lows} {
			if !errors.Is(err, rule.ErrNotFound) {
				t.Errorf("%s: %s: got %v, want ErrNotFound", name, what, err)
			}
		}
	}
}

func TestAnAmendmentSaysWhatIsWrongWithIt(t *testing.T) {
	s := newStreet(t, 1)
	steward := s.facilitator(t, 0)
	for want, change := range map[string]func(*hours.Amendment){
		"soft limits.soft_wrong":        func(a *hours.Amendment) { a.Limits.SoftFloor = 1 },
		"hard limits.hard_wrong":        func(a *hours.Amendment) { a.Limits.HardFloor = -59 },
		"ceiling limits.ceiling_wrong":  func(a *hours.Amendment) { a.Limits.Ceiling = 0 },
		"per_act limits.per_act_wrong":  func(a *hours.Amendment) { a.Limits.PerAct = 1441 },
		"voted_on limits.vote_missing":  func(a *hours.Amendment) { a.VotedOn = time.Time{} },
		"voted_on limits.vote_to_come":  func(a *hours.Amendment) { a.VotedOn = noon.AddDate(0, 0, 1) },
		"words rule.missing":            func(a *hours.Amendment) { a.Words = " " },
		"hard limits.hard_wrong ":       func(a *hours.Amendment) { a.Limits.HardFloor = -1 << 62 },
		"ceiling limits.ceiling_wrong ": func(a *hours.Amendment) { a.Limits.Ceiling = 1 << 62 },
	} {
		a := amendment(1)
		change(&a)
		err := s.ledger.Amend(t.Context(), steward, a)
		var invalid *rule.Invalid
		if !errors.As(err, &invalid) || invalid.Field+" "+invalid.Rule != want && invalid.Field+" "+invalid.Rule+" " != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

func TestTwoWhoAmendAtOnceDoNotOverwriteEachOther(t *testing.T) {
	s := newStreet(t, 2)
	stewards := []coop.Actor{s.facilitator(t, 0), s.treasurer(t, 1)}
	errs := make([]error, 2)
	var both sync.WaitGroup
	for n, who := range stewards {
		both.Go(func() { errs[n] = s.ledger.Amend(t.Context(), who, amendment(1)) })
	}
	both.Wait()
	if (errs[0] == nil) == (errs[1] == nil) || !errors.Is(errors.Join(errs...), rule.ErrMoved) {
		t.Errorf("got %v and %v, want one change and one ErrMoved", errs[0], errs[1])
	}
}

func TestStewardsSeeWhoCouldDoWithAnIdeaAndNeverHowMuch(t *testing.T) {
	s := newStreet(t, 4)
	steward := s.facilitator(t, 0)
	s.give(t, 1, 2, 600)
	s.give(t, 0, 3, 610) // a steward reads their own suggestion on their own page
	lows, err := s.ledger.Lows(t.Context(), steward)
	if err != nil || len(lows) != 1 || lows[0] != (hours.Low{ID: s.members[1], Name: "B"}) {
		t.Errorf("got %+v (%v), want B alone", lows, err)
	}
	for n, want := range []int{1, 0} { // the steward, and B, who is the one
		if got, err := s.ledger.Low(t.Context(), s.actor(n)); err != nil || got != want {
			t.Errorf("%d counts %d (%v), want %d", n, got, err, want)
		}
	}
}

func TestWhoComesNearTheCeilingIsToldThatTheyCanGive(t *testing.T) {
	s := newStreet(t, 5)
	for n, want := range []bool{false, false, true} {
		s.give(t, n, 4, 650)
		account, err := s.ledger.Balance(t.Context(), s.actor(4))
		if err != nil || account.High != want || account.Low {
			t.Errorf("after %d minutes: got %+v (%v), want high %v", 650*(n+1), account, err, want)
		}
	}
}

func TestReachingTheSoftFloorIsToldOnceToThemAlone(t *testing.T) {
	s := newStreet(t, 3)
	told := func(n int) (ideas int) {
		list, err := inbox.New(s.Coop, func() time.Time { return noon }).Mine(t.Context(), s.actor(n), uuid.Nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range list {
			if item.Kind == "hours_idea" {
				ideas++
			}
		}
		return ideas
	}
	s.give(t, 0, 1, 599)
	if got := told(0); got != 0 {
		t.Errorf("above the floor: told %d times", got)
	}
	s.give(t, 0, 1, 10)
	s.give(t, 0, 2, 10)
	if a, b := told(0), told(1); a != 1 || b != 0 {
		t.Errorf("told %d and %d times, want once and nobody else", a, b)
	}
}

func TestWhoIsErasedLeavesNoWordsBesideHours(t *testing.T) {
	s := newStreet(t, 2)
	gift := hours.Gift{Key: uuid.New(), To: s.members[1], Minutes: 30, Words: "secret", Language: "fr"}
	if _, err := s.ledger.Gift(t.Context(), s.actor(0), gift); err != nil {
		t.Fatal(err)
	}
	if err := hours.Erase(t.Context(), s.Coop, s.actor(0)); err != nil {
		t.Fatal(err)
	}
	page, err := s.ledger.Statement(t.Context(), s.actor(1), hours.Place{})
	if err != nil || len(page.Lines) != 1 || page.Lines[0].Words != "" || page.Lines[0].Minutes != 30 {
		t.Errorf("the other one reads %+v (%v), want the minutes and no words", page.Lines, err)
	}
}
