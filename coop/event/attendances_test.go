package event_test

import (
	"strings"
	"testing"
	"time"

	"lien/coop"
	"lien/coop/event"
	"lien/rule"
)

func (s *street) counted(who coop.Actor) int {
	s.t.Helper()
	return s.count(`SELECT coalesce(sum(events), 0) FROM coop.participation WHERE member_id = ? AND month = '2026-11-01'`, who.Member)
}

func TestWhoComesIsWrittenDownAndCountedOnce(t *testing.T) {
	s := newStreet(t)
	id, awa := s.announced(""), s.member("Awa")
	s.at(starts)
	for _, err := range together(8, func(int) error { return s.CheckIn(t.Context(), s.aline, id, awa.Member) }) {
		if err != nil {
			t.Error(err)
		}
	}
	if n := s.counted(awa); n != 1 {
		t.Errorf("counted %d times, want 1", n)
	}
	if e := s.stands(id, awa, event.None); !e.Attended {
		t.Error("Awa does not see that they were there")
	}
}

func TestACheckInIsUndoneWithItsCount(t *testing.T) {
	s := newStreet(t)
	id, awa := s.announced(""), s.member("Awa")
	s.at(starts)
	is(t, s.Undo(t.Context(), s.nadia, id, awa.Member), rule.ErrNotFound)
	s.does(s.CheckIn(t.Context(), s.nadia, id, awa.Member))
	s.does(s.Undo(t.Context(), s.nadia, id, awa.Member))
	s.does(s.Undo(t.Context(), s.nadia, id, awa.Member))
	if n := s.counted(awa); n != 0 {
		t.Errorf("counted %d times, want none", n)
	}
	s.at(time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)) // and again, in the next month
	s.does(s.CheckIn(t.Context(), s.nadia, id, awa.Member))
	if n := s.counted(awa); n != 1 {
		t.Errorf("counted %d times in the month of the event, want 1", n)
	}
}

func TestOnlyWhoRunsTheEventTicksItsList(t *testing.T) {
	s := newStreet(t)
	id, awa := s.announced(""), s.member("Awa")
	s.at(starts)
	is(t, s.CheckIn(t.Context(), awa, id, awa.Member), rule.ErrForbidden)
	is(t, s.Undo(t.Context(), awa, id, awa.Member), rule.ErrForbidden)
	_, _, err := s.Code(t.Context(), awa, id)
	is(t, err, rule.ErrForbidden)
	stranger := newStreet(t).aline
	is(t, s.CheckIn(t.Context(), s.aline, id, stranger.Member), rule.ErrNotFound)
}

func TestTheListTellsWhoIsHere(t *testing.T) {
	s := newStreet(t)
	id, awa, paul, zoe := s.announced("2"), s.member("Awa"), s.member("Paul"), s.member("Zoé")
	s.asks(id, awa, 1, event.Coming)
	s.asks(id, paul, 0, event.Waiting)
	s.asks(id, s.member("Eve"), 0, event.Waiting)
	s.does(s.Withdraw(t.Context(), paul, id))
	s.at(starts)
	s.does(s.CheckInNumber(t.Context(), s.nadia, id, 5)) // Zoé came without a word
	refused(t, s.CheckInNumber(t.Context(), s.nadia, id, 999), "number", "event.rule.number")
	_, guests, err := s.Door(t.Context(), s.nadia, id)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, g := range guests {
		line := g.Name + " " + string(g.Answer)
		if g.Here {
			line += " here"
		}
		lines = append(lines, line)
	}
	if got, want := strings.Join(lines, ", "), "Awa coming, Eve waiting, Zoé  here"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if e := s.stands(id, zoe, event.None); !e.Attended {
		t.Error("Zoé is not here")
	}
}

func TestTheCodeOnTheScreenProvesThatOneIsHere(t *testing.T) {
	s := newStreet(t)
	id, awa := s.announced(""), s.member("Awa")
	s.at(starts)
	code, until, err := s.Code(t.Context(), s.nadia, id)
	if err != nil || len(code) != 8 || !until.After(starts) {
		t.Fatalf("got %q until %v, %v", code, until, err)
	}
	refused(t, s.CheckInHere(t.Context(), awa, id, "AAAAAAAA"), "code", "event.rule.code")
	refused(t, s.CheckInHere(t.Context(), awa, id, ""), "code", "event.rule.code")
	s.does(s.CheckInHere(t.Context(), awa, id, " "+strings.ToLower(code[:4])+" "+code[4:]))
	s.does(s.CheckInHere(t.Context(), awa, id, code))
	if n := s.counted(awa); n != 1 {
		t.Errorf("counted %d times, want 1", n)
	}
}

func TestTheCodeHoldsInItsWindowAndTheNext(t *testing.T) {
	s := newStreet(t)
	id := s.announced("")
	s.at(starts)
	code, until, err := s.Code(t.Context(), s.nadia, id)
	if err != nil {
		t.Fatal(err)
	}
	s.at(until.Add(30*time.Second - time.Nanosecond))
	s.does(s.CheckInHere(t.Context(), s.member("Awa"), id, code))
	s.at(until.Add(30 * time.Second))
	refused(t, s.CheckInHere(t.Context(), s.member("Paul"), id, code), "code", "event.rule.code")
	if next, _, err := s.Code(t.Context(), s.nadia, id); err != nil || next == code {
		t.Errorf("the code did not change: %v", err)
	}
}

func TestTheCodeOfOneEventOpensNoOther(t *testing.T) {
	s := newStreet(t)
	id, other := s.announced(""), s.announced("")
	s.at(starts)
	code, _, err := s.Code(t.Context(), s.nadia, id)
	if err != nil {
		t.Fatal(err)
	}
	refused(t, s.CheckInHere(t.Context(), s.aline, other, code), "code", "event.rule.code")
}

func TestTheDoorOpensAndClosesWithTheEvent(t *testing.T) {
	s := newStreet(t)
	id, awa := s.announced(""), s.member("Awa")
	for _, c := range []struct {
		at         time.Time
		code, list error
	}{
		{starts.Add(-2*time.Hour - time.Second), rule.ErrMoved, rule.ErrMoved},
		{starts.Add(-2 * time.Hour), nil, nil},
		{ends.Add(2*time.Hour - time.Second), nil, nil},
		{ends.Add(2 * time.Hour), rule.ErrMoved, nil},
		{ends.Add(7 * 24 * time.Hour), rule.ErrMoved, rule.ErrMoved},
	} {
		s.at(c.at)
		_, _, err := s.Code(t.Context(), s.nadia, id)
		is(t, err, c.code)
		is(t, s.CheckIn(t.Context(), s.nadia, id, awa.Member), c.list)
	}
	s.at(thursday)
	id = s.announced("")
	s.does(s.Cancel(t.Context(), s.nadia, id, "La salle est fermée."))
	s.at(starts)
	is(t, s.CheckIn(t.Context(), s.nadia, id, awa.Member), rule.ErrMoved)
}

func TestOneChecksInFromSeveralPhonesOnce(t *testing.T) {
	s := newStreet(t)
	id, awa := s.announced(""), s.member("Awa")
	s.at(starts)
	code, _, err := s.Code(t.Context(), s.nadia, id)
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range together(8, func(i int) error {
		if i%2 == 0 {
			return s.CheckIn(t.Context(), s.nadia, id, awa.Member)
		}
		return s.CheckInHere(t.Context(), awa, id, code)
	}) {
		if err != nil {
			t.Error(err)
		}
	}
	if n := s.counted(awa); n != 1 {
		t.Errorf("counted %d times, want 1", n)
	}
}
