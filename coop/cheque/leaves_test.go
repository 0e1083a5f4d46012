package cheque_test

import (
	"errors"
	"sync"
	"testing"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/cheque"
	"lien/coop/hours"
	"lien/rule"
)

func TestALeafBroughtByPhoneWaitsForItsDrawer(t *testing.T) {
	s := newStreet(t, 3)
	leaf := s.presented(t)
	if leaf.State != cheque.Presented || s.balance(t, 2) != 0 {
		t.Fatalf("after the bearer's word alone: %s, balance %d; want presented and 0", leaf.State, s.balance(t, 2))
	}
	for name, take := range map[string]func() (cheque.Leaf, error){
		"confirm": func() (cheque.Leaf, error) {
			return s.leaves.Confirm(t.Context(), s.actor(2), leaf.ID, leaf.Steps, 60)
		},
		"witness": func() (cheque.Leaf, error) {
			return s.leaves.Witness(t.Context(), s.actor(2), leaf.ID, leaf.Steps)
		},
	} {
		if _, err := take(); !errors.Is(err, rule.ErrForbidden) {
			t.Errorf("the bearer alone: %s answers %v, want ErrForbidden", name, err)
		}
	}
	leaf, err := s.leaves.Confirm(t.Context(), s.actor(1), leaf.ID, leaf.Steps, 60)
	if err != nil || leaf.State != cheque.Paid || leaf.Paid != 60 {
		t.Fatalf("after the drawer's yes: %+v, %v", leaf, err)
	}
	if b, c := s.balance(t, 1), s.balance(t, 2); b != -60 || c != 60 {
		t.Errorf("balances: %d and %d, want -60 and 60", b, c)
	}
}

func TestAFacilitatorWhoSawTheLeafIsItsWitness(t *testing.T) {
	s := newStreet(t, 3)
	leaf := s.presented(t)
	paid, err := s.leaves.Witness(t.Context(), s.actor(0), leaf.ID, leaf.Steps)
	if err != nil || paid.State != cheque.Paid || s.balance(t, 2) != 60 {
		t.Fatalf("got %s, %v, balance %d", paid.State, err, s.balance(t, 2))
	}
	events, err := s.leaves.Events(t.Context(), s.actor(1), leaf.ID)
	if err != nil || len(events) != 2 || events[1].Channel != coop.OnPaper || events[1].Witness != "A" || events[0].Channel != coop.OwnPhone {
		t.Errorf("the channel and the witness are not kept: %+v, %v", events, err)
	}
	if state, ok := cheque.Replay(events); !ok || state != cheque.Paid {
		t.Errorf("the events lead to %s, %v", state, ok)
	}
}

func TestAtTheDeskALeafIsSettledAtOnceBeforeAWitness(t *testing.T) {
	s := newStreet(t, 3)
	printed := s.issued(t)
	leaf, err := s.leaves.Honour(t.Context(), s.actor(0), 3, printed[0].Code, said(90))
	if err != nil || leaf.State != cheque.Paid || s.balance(t, 2) != 90 || s.balance(t, 1) != -90 {
		t.Fatalf("got %s, %v", leaf.State, err)
	}
	events, err := s.leaves.Events(t.Context(), s.actor(2), leaf.ID)
	if err != nil || len(events) != 1 || events[0].Channel != coop.AtDesk || events[0].Witness != "A" {
		t.Errorf("the channel and the witness are not kept: %+v, %v", events, err)
	}
}

func TestNobodyIsWitnessToTheirOwnGain(t *testing.T) {
	s := newStreet(t, 4)
	printed := s.issued(t)
	if _, err := s.leaves.Honour(t.Context(), s.actor(0), 1, printed[0].Code, said(60)); !errors.Is(err, rule.ErrForbidden) {
		t.Errorf("a facilitator honours a leaf for themselves: %v, want ErrForbidden", err)
	}
	if _, err := s.leaves.Honour(t.Context(), s.actor(2), 3, printed[0].Code, said(60)); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("a neighbour honours: %v, want ErrNotFound", err)
	}
	s.entrust(t, s.cooperative, s.members[1]) // the drawer
	s.entrust(t, s.cooperative, s.members[2]) // the bearer
	if _, err := s.leaves.Honour(t.Context(), s.actor(1), 3, printed[0].Code, said(60)); !errors.Is(err, rule.ErrForbidden) {
		t.Errorf("the drawer is witness: %v, want ErrForbidden", err)
	}
	leaf, err := s.leaves.Present(t.Context(), s.actor(2), printed[1].Code, said(60))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.leaves.Witness(t.Context(), s.actor(2), leaf.ID, leaf.Steps); !errors.Is(err, rule.ErrForbidden) {
		t.Errorf("the bearer is witness: %v, want ErrForbidden", err)
	}
	if s.balance(t, 0) != 0 || s.balance(t, 2) != 0 {
		t.Error("somebody gained")
	}
}

// The sentences of what cannot be brought; nothing is written by any of them.
func TestALeafThatCannotBeBroughtSaysWhyAndWritesNothing(t *testing.T) {
	s := newStreet(t, 4)
	printed := s.issued(t)
	used, waiting, lost, blank := printed[0].Code, printed[1].Code, printed[2], printed[3].Code
	if _, err := s.leaves.Honour(t.Context(), s.actor(0), 3, used, said(30)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.leaves.Present(t.Context(), s.actor(2), waiting, said(30)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.leaves.Lose(t.Context(), s.actor(1), lost.ID, 0, cheque.Lost); err != nil {
		t.Fatal(err)
	}
	elsewhere := rule.NewID[coop.CooperativeID]()
	foreign := coop.Actor{Cooperative: elsewhere, Member: s.found(t, elsewhere, 2)[1]}
	misread := "2" + blank[1:]
	if misread == blank {
		misread = "3" + blank[1:]
	}
	unknown := blank[3:9] + blank[:3]
	unknown += string(cheque.Check(unknown))
	before := s.written(t)
	for _, c := range []struct {
		name  string
		who   coop.Actor
		typed string
		say   cheque.Presentation
		why   string
	}{
		{"misread", s.actor(3), misread, said(60), "code cheque.misread"},
		{"too short", s.actor(3), "K7M", said(60), "code cheque.length"},
		{"empty", s.actor(3), " ", said(60), "code rule.missing"},
		{"invented", s.actor(3), unknown, said(60), "code cheque.unknown"},
		{"used", s.actor(3), used, said(60), "code cheque.used"},
		{"brought by another", s.actor(3), waiting, said(60), "code cheque.waiting"},
		{"lost", s.actor(3), lost.Code, said(60), "code cheque.void_lost"},
		{"of another cooperative", foreign, blank, said(60), "code cheque.elsewhere"},
		{"one's own", s.actor(1), blank, said(60), "code cheque.own"},
		{"no minutes", s.actor(3), blank, said(0), "minutes hours.nothing"},
		{"negative", s.actor(3), blank, said(-5), "minutes hours.nothing"},
		{"a day and a minute", s.actor(3), blank, said(1441), "minutes hours.per_act"},
		{"no sort of help", s.actor(3), blank, cheque.Presentation{Minutes: 60, Language: "fr"}, "category rule.choose"},
		{"an unreadable word", s.actor(3), blank, cheque.Presentation{Minutes: 60, Category: "repair", About: "a\x00b", Language: "fr"}, "about rule.unreadable"},
	} {
		if _, err := s.leaves.Present(t.Context(), c.who, c.typed, c.say); broken(err) != c.why {
			t.Errorf("%s: got %v, want %s", c.name, err, c.why)
		}
		s.untouched(t, before)
	}
	s.later(366 * day)
	if _, err := s.leaves.Present(t.Context(), s.actor(3), blank, said(60)); broken(err) != "code cheque.expired" {
		t.Errorf("after a year: got %v, want cheque.expired", err)
	}
	s.exec(t, `UPDATE coop.members SET state = 'suspended' WHERE id = ?`, s.members[1])
	s.clock.Store(noon.Unix())
	if _, err := s.leaves.Present(t.Context(), s.actor(3), blank, said(60)); broken(err) != "code cheque.gone" {
		t.Errorf("of a suspended drawer: got %v, want cheque.gone", err)
	}
	s.exec(t, `UPDATE coop.members SET state = 'paused' WHERE id = ?`, s.members[3])
	if _, err := s.leaves.Present(t.Context(), s.actor(3), printed[4].Code, said(60)); err == nil {
		t.Error("who takes no part brings a leaf")
	}
	s.untouched(t, before)
}

func TestOfManyRedemptionsOfOneLeafOneCounts(t *testing.T) {
	const hands = 64
	s := newStreet(t, 2+hands/2)
	code := s.issued(t)[0].Code
	results := make([]error, hands)
	var all sync.WaitGroup
	for n := range hands { // half of them at the desk, half by phone
		all.Go(func() {
			bearer := 2 + n/2
			if n%2 == 0 {
				_, results[n] = s.leaves.Honour(t.Context(), s.actor(0), int64(bearer+1), code, said(45))
			} else {
				_, results[n] = s.leaves.Present(t.Context(), s.actor(bearer), code, said(45))
			}
		})
	}
	all.Wait()
	for n, err := range results {
		if why := broken(err); err != nil && why != "code cheque.used" && why != "code cheque.waiting" {
			t.Errorf("hand %d: got %v", n, err)
		}
	}
	leaf := s.count(t, `SELECT count(*) FROM coop.cheque_leaves WHERE state <> 'blank' AND steps = 1`)
	events, transfers := s.count(t, `SELECT count(*) FROM coop.cheque_events`), s.count(t, `SELECT count(*) FROM coop.transfers`)
	paid := s.count(t, `SELECT count(*) FROM coop.cheque_leaves WHERE state = 'paid'`)
	if leaf != 1 || events != 1 || transfers != paid {
		t.Errorf("got %d leaves brought, %d events, %d transfers for %d paid; want one of each", leaf, events, transfers, paid)
	}
}

func TestManyTapsOfOneYesMoveTheMinutesOnce(t *testing.T) {
	s := newStreet(t, 3)
	leaf := s.presented(t)
	var all sync.WaitGroup
	for n := range 64 {
		all.Go(func() {
			var err error
			if n%4 == 0 {
				_, err = s.leaves.Witness(t.Context(), s.actor(0), leaf.ID, leaf.Steps)
			} else {
				_, err = s.leaves.Confirm(t.Context(), s.actor(1), leaf.ID, leaf.Steps, 60)
			}
			if err != nil && !errors.Is(err, rule.ErrMoved) {
				t.Errorf("tap %d: %v", n, err)
			}
		})
	}
	all.Wait()
	if n := s.count(t, `SELECT count(*) FROM coop.transfers`); n != 1 || s.balance(t, 2) != 60 {
		t.Errorf("got %d transfers and a balance of %d, want one of 60", n, s.balance(t, 2))
	}
}

func TestALeafSentAgainIsStillTheSame(t *testing.T) {
	s := newStreet(t, 3)
	code := s.issued(t)[0].Code
	first, err := s.leaves.Present(t.Context(), s.actor(2), code, said(60))
	if err != nil {
		t.Fatal(err)
	}
	again, err := s.leaves.Present(t.Context(), s.actor(2), code, said(60))
	if err != nil || again.ID != first.ID || again.Claimed != 60 || again.Steps != first.Steps {
		t.Errorf("got %+v, %v; want the first one", again, err)
	}
}

func TestFiguresThatDifferGoToAFacilitator(t *testing.T) {
	s := newStreet(t, 3)
	leaf := s.presented(t)
	leaf, err := s.leaves.Confirm(t.Context(), s.actor(1), leaf.ID, leaf.Steps, 30)
	if err != nil || leaf.State != cheque.Disputed || s.balance(t, 2) != 0 {
		t.Fatalf("got %s, %v", leaf.State, err)
	}
	leaf, err = s.leaves.Accept(t.Context(), s.actor(2), leaf.ID, leaf.Steps)
	if err != nil || leaf.Paid != 30 || s.balance(t, 2) != 30 {
		t.Errorf("the bearer takes the drawer's figure: %+v, %v", leaf, err)
	}
}

func TestARefusalIsSettledByMediation(t *testing.T) {
	s := newStreet(t, 3)
	leaf := s.presented(t)
	if _, err := s.leaves.Refuse(t.Context(), s.actor(1), leaf.ID, leaf.Steps, " "); broken(err) != "words rule.missing" {
		t.Errorf("without a word: %v", err)
	}
	leaf, err := s.leaves.Refuse(t.Context(), s.actor(1), leaf.ID, leaf.Steps, "Je n’ai rien signé.")
	if err != nil || leaf.State != cheque.Disputed {
		t.Fatalf("got %s, %v", leaf.State, err)
	}
	if _, err := s.leaves.Accept(t.Context(), s.actor(2), leaf.ID, leaf.Steps); !errors.Is(err, rule.ErrForbidden) {
		t.Errorf("the bearer accepts no figure: %v, want ErrForbidden", err)
	}
	leaf, err = s.leaves.Void(t.Context(), s.actor(0), leaf.ID, leaf.Steps, "La signature n’est pas la sienne.")
	if err != nil || leaf.State != cheque.Void || s.count(t, `SELECT count(*) FROM coop.transfers`) != 0 {
		t.Errorf("got %s, %v", leaf.State, err)
	}
}

func TestALeafBroughtByMistakeIsBlankAgain(t *testing.T) {
	s := newStreet(t, 4)
	code := s.issued(t)[0].Code
	leaf, err := s.leaves.Present(t.Context(), s.actor(2), code, said(60))
	if err != nil {
		t.Fatal(err)
	}
	leaf, err = s.leaves.Withdraw(t.Context(), s.actor(2), leaf.ID, leaf.Steps)
	if err != nil || leaf.State != cheque.Blank || leaf.Claimed != 0 || (leaf.Bearer.ID != coop.MemberID{}) {
		t.Fatalf("got %+v, %v", leaf, err)
	}
	if _, err := s.leaves.Present(t.Context(), s.actor(3), code, said(45)); err != nil {
		t.Errorf("somebody else brings it: %v", err)
	}
	if _, err := s.leaves.One(t.Context(), s.actor(2), leaf.ID); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("who gave it back still reads it: %v", err)
	}
}

func TestSilenceTakesNothingAndShowsAtTheDesk(t *testing.T) {
	s := newStreet(t, 3)
	leaf := s.presented(t)
	if _, err := s.leaves.Void(t.Context(), s.actor(0), leaf.ID, leaf.Steps, "Trop tôt."); !errors.Is(err, rule.ErrForbidden) {
		t.Errorf("void before the deadline: %v, want ErrForbidden", err)
	}
	s.later(400 * day)
	list, err := s.leaves.Waiting(t.Context(), s.actor(0))
	if err != nil || len(list) != 1 || !list[0].Late(s.now()) || s.count(t, `SELECT count(*) FROM coop.transfers`) != 0 {
		t.Fatalf("got %+v, %v", list, err)
	}
	if _, err := s.leaves.Waiting(t.Context(), s.actor(1)); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("a neighbour asks for the list: %v", err)
	}
	if _, err := s.leaves.Settle(t.Context(), s.actor(0), leaf.ID, leaf.Steps, 60, "Vu avec les deux."); err != nil {
		t.Errorf("settle once late: %v", err)
	}
}

func TestALeafBelongsToItsTwoAndTheDesk(t *testing.T) {
	s := newStreet(t, 4)
	leaf := s.presented(t)
	elsewhere := rule.NewID[coop.CooperativeID]()
	foreign := coop.Actor{Cooperative: elsewhere, Member: s.found(t, elsewhere, 1)[0]} // a facilitator there
	for name, who := range map[string]coop.Actor{"a neighbour": s.actor(3), "another cooperative": foreign} {
		if _, err := s.leaves.One(t.Context(), who, leaf.ID); !errors.Is(err, rule.ErrNotFound) {
			t.Errorf("%s reads: %v", name, err)
		}
		if _, err := s.leaves.Confirm(t.Context(), who, leaf.ID, leaf.Steps, 60); !errors.Is(err, rule.ErrNotFound) {
			t.Errorf("%s confirms: %v", name, err)
		}
		if _, _, err := s.booklets.One(t.Context(), who, leaf.Booklet); !errors.Is(err, rule.ErrNotFound) {
			t.Errorf("%s reads the booklet: %v", name, err)
		}
		if _, err := s.leaves.LoseBooklet(t.Context(), who, leaf.Booklet, cheque.Lost); !errors.Is(err, rule.ErrNotFound) {
			t.Errorf("%s loses the booklet: %v", name, err)
		}
	}
	if _, _, err := s.booklets.Print(t.Context(), s.actor(1), leaf.Booklet); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("the drawer prints numbers: %v", err)
	}
}

func TestTheLimitsHoldForChequesToo(t *testing.T) {
	s := newStreet(t, 3)
	s.exec(t, `INSERT INTO coop.hours_limits (cooperative_id, soft_floor, hard_floor, ceiling, per_act) VALUES (?, -10, -50, 100, 720)`, s.cooperative)
	leaf := s.presented(t)
	if _, err := s.leaves.Confirm(t.Context(), s.actor(1), leaf.ID, leaf.Steps, 60); broken(err) != "minutes hours.floor" {
		t.Errorf("got %v, want the floor", err)
	}
	if got, err := s.leaves.One(t.Context(), s.actor(1), leaf.ID); err != nil || got.State != cheque.Presented {
		t.Errorf("after a refusal: %s, %v", got.State, err)
	}
}

func TestBothSeeTheChequeInTheirStatement(t *testing.T) {
	s := newStreet(t, 3)
	leaf, err := s.leaves.Honour(t.Context(), s.actor(0), 3, s.issued(t)[2].Code, said(75))
	if err != nil {
		t.Fatal(err)
	}
	for n, want := range map[int]int64{1: -75, 2: 75} {
		p, err := s.ledger.Statement(t.Context(), s.actor(n), hours.Place{})
		if err != nil || len(p.Lines) != 1 {
			t.Fatalf("got %+v, %v", p, err)
		}
		if l := p.Lines[0]; l.Kind != hours.ByCheque || l.Minutes != want || l.Cheque != leaf.Name() || l.Cheque != "1-03" || l.About != "Étagère" {
			t.Errorf("got %+v", l)
		}
	}
}

func TestALostBookletIsWorthNothing(t *testing.T) {
	s := newStreet(t, 3)
	printed := s.issued(t)
	if _, err := s.leaves.Present(t.Context(), s.actor(2), printed[0].Code, said(60)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.leaves.LoseBooklet(t.Context(), s.actor(1), printed[0].Booklet, "eaten"); broken(err) != "because rule.choose" {
		t.Errorf("an unknown reason: %v", err)
	}
	for _, want := range []int{4, 0} { // again changes nothing
		if n, err := s.leaves.LoseBooklet(t.Context(), s.actor(1), printed[0].Booklet, cheque.Stolen); err != nil || n != want {
			t.Fatalf("got %d, %v; want %d", n, err, want)
		}
	}
	if _, err := s.leaves.Present(t.Context(), s.actor(2), printed[1].Code, said(60)); broken(err) != "code cheque.void_stolen" {
		t.Errorf("a stolen leaf: %v", err)
	}
	found, leaves, err := s.booklets.One(t.Context(), s.actor(1), printed[0].Booklet)
	if err != nil || found.Void != 4 || found.Waiting != 1 || found.Blank != 0 || len(leaves) != 5 {
		t.Errorf("the register says %+v, %v", found, err)
	}
}

func TestABookletIsIssuedOnceToAnActiveMember(t *testing.T) {
	s := newStreet(t, 3)
	asked := cheque.Issue{Key: uuid.New(), Number: 2, Leaves: 10}
	first, err := s.booklets.Issue(t.Context(), s.actor(0), asked)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := s.booklets.Issue(t.Context(), s.actor(0), asked); err != nil || again != first {
		t.Errorf("sent again: %v, %v; want the first", again, err)
	}
	for _, c := range []struct {
		who int
		cheque.Issue
		why string
	}{
		{0, cheque.Issue{Key: uuid.New(), Number: 99, Leaves: 10}, "number cheque.nobody"},
		{0, cheque.Issue{Key: uuid.New(), Number: 2, Leaves: 7}, "leaves rule.choose"},
		{0, cheque.Issue{Key: uuid.New(), Number: 2, Leaves: 20}, ""},
		{0, cheque.Issue{Key: uuid.New(), Number: 2, Leaves: 5}, "leaves cheque.plenty"},
	} {
		if _, err := s.booklets.Issue(t.Context(), s.actor(c.who), c.Issue); broken(err) != c.why {
			t.Errorf("%+v: got %v, want %s", c.Issue, err, c.why)
		}
	}
	if _, err := s.booklets.Issue(t.Context(), s.actor(1), cheque.Issue{Key: uuid.New(), Number: 3, Leaves: 5}); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("a neighbour issues: %v", err)
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if _, err := s.booklets.Issue(t.Context(), s.actor(0), cheque.Issue{Key: uuid.New(), Number: 3, Leaves: 5}); err != nil && broken(err) != "leaves cheque.plenty" {
				t.Error(err)
			}
		})
	}
	all.Wait()
	list, next, err := s.booklets.Register(t.Context(), s.actor(0), 0)
	if err != nil || next != 0 || len(list) != 8 || list[0].Number != 8 || list[7].Number != 1 {
		t.Errorf("got %d booklets (%v), want 8 numbered in order", len(list), err)
	}
}

func TestAHouseholdOfOneAccountNeitherPaysNorWitnessesItself(t *testing.T) {
	s := newStreet(t, 4)
	printed := s.issued(t)
	together := func(n, m int) {
		t.Helper()
		home, account := rule.NewID[coop.HouseholdID](), rule.NewID[coop.HoursID]()
		s.exec(t, `INSERT INTO coop.households (cooperative_id, id, began_by, client_key, began_at) VALUES (?, ?, ?, ?, ?)`, s.cooperative, home, s.members[n], uuid.New(), noon)
		s.exec(t, `INSERT INTO coop.hours_accounts (cooperative_id, id, kind, household_id, balance) VALUES (?, ?, 'household', ?, 0)`, s.cooperative, account, home)
		for _, k := range []int{n, m} {
			s.exec(t, `INSERT INTO coop.hours_accounts (cooperative_id, id, kind, member_id, balance, goes_to) VALUES (?, ?, 'member', ?, 0, ?)`,
				s.cooperative, rule.NewID[coop.HoursID](), s.members[k], account)
		}
	}
	together(1, 3) // the drawer and D
	if _, err := s.leaves.Present(t.Context(), s.actor(3), printed[0].Code, said(60)); broken(err) != "code hours.one_account" {
		t.Errorf("brought by who shares the drawer's account: %v", err)
	}
	together(0, 2) // the facilitator and the bearer
	if _, err := s.leaves.Honour(t.Context(), s.actor(0), 3, printed[0].Code, said(60)); !errors.Is(err, rule.ErrForbidden) {
		t.Errorf("witnessed by who shares the bearer's account: %v, want ErrForbidden", err)
	}
}
