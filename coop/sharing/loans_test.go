package sharing_test

import (
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/sharing"
	"lien/rule"
)

func (s *shed) asks(who coop.Actor, resource coop.ResourceID) coop.LoanID {
	s.t.Helper()
	id, err := s.loans.Ask(s.t.Context(), who, resource, uuid.New())
	s.does(err)
	return id
}

func (s *shed) loan(id coop.LoanID, want string) {
	s.t.Helper()
	if got := s.stateOf("loans", id.UUID); got != want {
		s.t.Errorf("the loan is %s, want %s", got, want)
	}
}

func (s *shed) told(who coop.Actor, kind string) (n int) {
	s.t.Helper()
	s.does(s.db.Owner.NewRaw(`SELECT count(*) FROM coop.inbox WHERE member_id = ? AND kind = ?`, who.Member, kind).Scan(s.t.Context(), &n))
	return n
}

func TestAResourceGoesFromOneToTheNextInTurn(t *testing.T) {
	s := newShed(t)
	drill, nadia, omar, lina := s.adds(sharing.Tool, sharing.Lent), s.member("Nadia"), s.member("Omar"), s.member("Lina")
	first, second, third := s.asks(nadia, drill), s.asks(omar, drill), s.asks(lina, drill)
	s.loan(first, sharing.Held)
	s.loan(second, sharing.Asked)
	for who, want := range map[coop.Actor]int{s.aline: 1, nadia: 0} {
		if n, err := s.loans.Waiting(t.Context(), who); err != nil || n != want {
			t.Errorf("%d wait for the desk, %v; want %d", n, err, want)
		}
	}
	s.does(s.loans.HandOver(t.Context(), s.aline, first, "Comme neuve"))
	s.loan(first, sharing.Out)
	s.does(s.loans.Withdraw(t.Context(), omar, second))
	s.does(s.loans.TakeBack(t.Context(), s.aline, first, "Le cordon est usé"))
	s.loan(first, sharing.Returned)
	s.loan(third, sharing.Held)
	if s.told(lina, "resource_kept") != 1 || s.told(omar, "resource_kept") != 0 {
		t.Error("Lina is told that it is kept for her, and nobody else")
	}
}

func TestWhatIsKeptAndNotFetchedPassesOn(t *testing.T) {
	s := newShed(t)
	drill, nadia, omar := s.adds(sharing.Tool, sharing.Lent), s.member("Nadia"), s.member("Omar")
	first, second := s.asks(nadia, drill), s.asks(omar, drill)
	s.at(monday.Add(48*time.Hour - time.Minute))
	if n, err := s.loans.Due(t.Context()); err != nil || n != 0 {
		t.Fatalf("lapsed %d too early, %v", n, err)
	}
	s.at(monday.Add(48 * time.Hour))
	if n, err := s.loans.Due(t.Context()); err != nil || n != 1 {
		t.Fatalf("lapsed %d, %v; want 1", n, err)
	}
	s.loan(first, sharing.Lapsed)
	s.loan(second, sharing.Held)
}

func TestNobodyHandsAResourceOverToThemselves(t *testing.T) {
	s := newShed(t)
	drill, nadia := s.adds(sharing.Tool, sharing.Lent), s.member("Nadia")
	own := s.asks(s.aline, drill)
	wants(t, s.loans.HandOver(t.Context(), s.aline, own, ""), rule.ErrMoved)
	wants(t, s.loans.HandOver(t.Context(), nadia, own, ""), rule.ErrNotFound)
	s.loan(own, sharing.Held)
}

func TestALoanIsRenewedUnlessSomebodyWaits(t *testing.T) {
	s := newShed(t)
	drill, nadia, omar := s.adds(sharing.Tool, sharing.Lent), s.member("Nadia"), s.member("Omar")
	id := s.asks(nadia, drill)
	s.does(s.loans.HandOver(t.Context(), s.aline, id, ""))
	s.does(s.loans.Renew(t.Context(), nadia, id))
	wants(t, s.loans.Renew(t.Context(), nadia, id), "resource.rule.renewed_enough")
	s.does(s.resources.RuleLending(t.Context(), s.aline, drill, sharing.LendingRules{Days: 7, Renewals: 5, AtOnce: 3, HoldHours: 48}))
	s.asks(omar, drill)
	wants(t, s.loans.Renew(t.Context(), nadia, id), "resource.rule.awaited")
}

func TestWhoHasSomethingLateBringsItBackFirst(t *testing.T) {
	s := newShed(t)
	drill, saw, nadia := s.adds(sharing.Tool, sharing.Lent), s.adds(sharing.Tool, sharing.Lent), s.member("Nadia")
	id := s.asks(nadia, drill)
	s.does(s.loans.HandOver(t.Context(), s.aline, id, ""))
	for _, c := range []struct {
		after      time.Duration
		soon, late int
	}{{5 * 24 * time.Hour, 0, 0}, {6*24*time.Hour + time.Hour, 1, 0}, {7*24*time.Hour + time.Hour, 1, 1}, {8 * 24 * time.Hour, 1, 1}, {14*24*time.Hour + time.Hour, 1, 2}} {
		s.at(monday.Add(c.after))
		for range 2 {
			if _, err := s.loans.Due(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if soon, late := s.told(nadia, "resource_due"), s.told(nadia, "resource_late"); soon != c.soon || late != c.late {
			t.Errorf("after %v: told %d before and %d after, want %d and %d", c.after, soon, late, c.soon, c.late)
		}
	}
	_, err := s.loans.Ask(t.Context(), nadia, saw, uuid.New())
	wants(t, err, "resource.rule.late_first")
}

func TestAResourceThatCannotBeUsedIsPausedUntilItIsMended(t *testing.T) {
	s := newShed(t)
	drill, nadia, omar := s.adds(sharing.Tool, sharing.Lent), s.member("Nadia"), s.member("Omar")
	report := sharing.Report{Key: uuid.New(), Words: "Le mandrin ne tourne plus", Language: "fr", Stops: true}
	s.does(s.resources.Tell(t.Context(), nadia, drill, report))
	s.does(s.resources.Tell(t.Context(), nadia, drill, report)) // a second tap
	_, err := s.loans.Ask(t.Context(), omar, drill, uuid.New())
	wants(t, err, "resource.rule.paused")
	damages, err := s.resources.Damages(t.Context(), omar, drill)
	if err != nil || len(damages) != 1 || damages[0].By != "" {
		t.Fatalf("Omar reads %+v, %v", damages, err)
	}
	_, err = s.resources.Mend(t.Context(), omar, damages[0].ID, "")
	wants(t, err, rule.ErrForbidden)
	_, err = s.resources.Mend(t.Context(), s.aline, damages[0].ID, "Mandrin remplacé")
	s.does(err)
	s.asks(omar, drill)
}

func TestSixteenPeopleAskAtOnceAndOneHasIt(t *testing.T) {
	s := newShed(t)
	drill := s.adds(sharing.Tool, sharing.Lent)
	var people sync.WaitGroup
	for range 16 {
		who := s.member("N")
		people.Add(1)
		go func() {
			defer people.Done()
			if _, err := s.loans.Ask(t.Context(), who, drill, uuid.New()); err != nil {
				t.Error(err)
			}
		}()
	}
	people.Wait()
	var held, turns int
	s.does(s.db.Owner.NewRaw(`SELECT count(*) FILTER (WHERE state = 'held'), count(DISTINCT turn) FROM coop.loans`).Scan(t.Context(), &held, &turns))
	if held != 1 || turns != 16 {
		t.Errorf("%d have it, %d turns", held, turns)
	}
}
