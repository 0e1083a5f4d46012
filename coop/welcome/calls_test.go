package welcome_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/welcome"
	"lien/rule"
)

func (s *street) inTurn() string {
	s.t.Helper()
	list, err := s.calls.InTurn(s.t.Context(), s.fay)
	ok(s.t, err)
	var names []string
	for _, one := range list {
		names = append(names, one.Name)
	}
	if n, err := s.calls.Waits(s.t.Context(), s.fay); err != nil || n != len(names) {
		s.t.Errorf("the desk counts %d of %d, %v", n, len(names), err)
	}
	return strings.Join(names, " ")
}

func (s *street) rings(a coop.Actor, outcome welcome.Outcome, again string) {
	s.t.Helper()
	ok(s.t, s.calls.Note(s.t.Context(), s.fay, welcome.Call{Member: a.Member, Outcome: outcome, AgainOn: again}, uuid.New()))
	s.later(time.Minute)
}

func TestEverybodyIsCalledInTurn(t *testing.T) {
	s := newStreet(t)
	seen := map[string]int{}
	for range 4 { // four rounds of four members
		for range 4 {
			next, _, _ := strings.Cut(s.inTurn(), " ")
			seen[next]++
			s.rings(map[string]coop.Actor{"Ana": s.ana, "Bo": s.bo, "Cem": s.cem, "Nour": s.nour}[next], welcome.Heard, "")
		}
		if got := s.inTurn(); got != "" {
			t.Fatalf("%s would be called again at once", got)
		}
		s.later(31 * day)
	}
	for name, n := range seen {
		if n != 4 {
			t.Errorf("%s was called %d times", name, n)
		}
	}
	if len(seen) != 4 {
		t.Errorf("called were %v", seen)
	}
}

func TestWhoseTurnItIsDoesNotFollowFromWhatTheyDo(t *testing.T) {
	s := newStreet(t)
	before := s.inTurn()
	s.comes(s.ana)
	s.comes(s.cem)
	if got := s.inTurn(); got != before {
		t.Errorf("got %q, before anybody came somewhere it was %q", got, before)
	}
}

func TestAfterNoAnswerOneIsLeftInPeaceForThreeDays(t *testing.T) {
	s := newStreet(t)
	s.rings(s.ana, welcome.NoAnswer, "")
	if strings.Contains(s.inTurn(), "Ana") {
		t.Error("Ana is called again at once")
	}
	s.later(3 * day)
	if !strings.HasPrefix(s.inTurn(), "Ana") {
		t.Errorf("got %q", s.inTurn())
	}
}

func TestWhoAskedToBeCalledBackIsFirstOnTheDayAndNotBefore(t *testing.T) {
	s := newStreet(t)
	s.rings(s.nour, welcome.CallBack, "2026-11-26")
	for s.now.Before(time.Date(2026, 11, 25, 22, 0, 0, 0, time.UTC)) {
		if strings.Contains(s.inTurn(), "Nour") {
			t.Fatalf("Nour is called on %s", s.now)
		}
		s.later(5 * time.Hour)
	}
	s.now = time.Date(2026, 11, 25, 23, 30, 0, 0, time.UTC) // the 26th where they live
	list, err := s.calls.InTurn(t.Context(), s.fay)
	if err != nil || list[0].Name != "Nour" || !list[0].Promised {
		t.Fatalf("got %+v, %v", list, err)
	}
}

func TestAWrongTapIsMendedByAnotherAndATapTwiceIsOne(t *testing.T) {
	s := newStreet(t)
	key := uuid.New()
	for range 2 {
		ok(t, s.calls.Note(t.Context(), s.fay, welcome.Call{Member: s.ana.Member, Outcome: welcome.Heard}, key))
	}
	s.later(time.Minute)
	s.rings(s.ana, welcome.NoAnswer, "")
	s.later(3 * day)
	if !strings.HasPrefix(s.inTurn(), "Ana") {
		t.Errorf("the first tap counts still: %s", s.inTurn())
	}
	made, err := s.calls.Lately(t.Context(), s.fay)
	if err != nil || len(made) != 2 || made[0].Outcome != welcome.NoAnswer || made[0].By != "Fay" || !made[0].AgainOn.IsZero() {
		t.Errorf("got %+v, %v", made, err)
	}
}

func TestACallIsAFacilitatorsAndItsDayIsChecked(t *testing.T) {
	s := newStreet(t)
	note := func(by coop.Actor, c welcome.Call) error { return s.calls.Note(t.Context(), by, c, uuid.New()) }
	wants(t, note(s.ana, welcome.Call{Member: s.bo.Member, Outcome: welcome.Heard}), rule.ErrForbidden)
	wants(t, note(s.fay, welcome.Call{Member: s.fay.Member, Outcome: welcome.Heard}), rule.ErrForbidden)
	wants(t, note(s.fay, welcome.Call{Member: rule.NewID[coop.MemberID](), Outcome: welcome.Heard}), rule.ErrNotFound)
	for again, key := range map[string]string{"": "call.day_missing", "demain": "call.day_missing", "2026-11-23": "call.day_past", "2027-06-01": "call.day_far"} {
		breaks(t, note(s.fay, welcome.Call{Member: s.bo.Member, Outcome: welcome.CallBack, AgainOn: again}), "again", key)
	}
	breaks(t, note(s.fay, welcome.Call{Member: s.bo.Member, Outcome: "worried"}), "outcome", "rule.choose")
	_, err := s.calls.InTurn(t.Context(), s.ana)
	wants(t, err, rule.ErrForbidden)
	_, err = s.calls.Lately(t.Context(), s.ana)
	wants(t, err, rule.ErrForbidden)
}
