package hours_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop/hours"
)

// on lets the ledger write as if it were another day.
func (s *street) on(t testing.TB, day time.Time, from, to int, minutes int64) {
	t.Helper()
	then := hours.NewLedger(s.Coop, func() time.Time { return day })
	if _, err := then.Gift(t.Context(), s.actor(from), hours.Gift{Key: uuid.New(), To: s.members[to], Minutes: minutes}); err != nil {
		t.Fatal(err)
	}
}

func month(m time.Month) time.Time { return time.Date(2026, m, 1, 0, 0, 0, 0, time.UTC) }

func TestHoursWrittenLateStandInTheirMonthAndEveryMonthAddsUp(t *testing.T) {
	s := newStreet(t, 2)
	s.on(t, noon, 0, 1, 60)
	s.on(t, noon.AddDate(0, -2, 0), 1, 0, 45) // brought in later
	s.on(t, noon.AddDate(0, -1, 0), 0, 1, 30)
	page, err := s.ledger.Statement(t.Context(), s.actor(0), hours.Place{})
	if err != nil || len(page.Lines) != 3 {
		t.Fatalf("got %d lines (%v), want 3", len(page.Lines), err)
	}
	for n := 1; n < len(page.Lines); n++ {
		if page.Lines[n].At.After(page.Lines[n-1].At) {
			t.Errorf("line %d is newer than the one above it", n)
		}
	}
	var closing int64
	for _, m := range []time.Month{9, 10, 11} {
		got, err := s.ledger.Month(t.Context(), s.actor(0), month(m), hours.OnPaper)
		if err != nil || got.Opening != closing || len(got.Lines) != 1 || got.Rest != 0 || got.Opening+got.Lines[0].Minutes != got.Closing {
			t.Errorf("%s: got %+v (%v), want one line that leads from %d to the closing", m, got, err, closing)
		}
		closing = got.Closing
	}
	if got := s.balance(t, 0); got != closing {
		t.Errorf("the last closing is %d, the balance %d", closing, got)
	}
}

func TestAStatementThatDoesNotHoldAllStillAddsUp(t *testing.T) {
	s := newStreet(t, 2)
	for n := range 7 {
		s.on(t, noon.Add(time.Duration(n)*time.Minute), n%2, 1-n%2, int64(20+n))
	}
	got, err := s.ledger.Month(t.Context(), s.actor(0), month(11), 3)
	if err != nil || !got.Cut || len(got.Lines) != 3 {
		t.Fatalf("got %+v (%v), want three lines and a rest", got, err)
	}
	sum := got.Opening + got.Rest
	for _, line := range got.Lines {
		sum += line.Minutes
	}
	if sum != got.Closing || got.Closing != s.balance(t, 0) {
		t.Errorf("what is visible adds up to %d, want %d, the balance of %d", sum, got.Closing, s.balance(t, 0))
	}
}
