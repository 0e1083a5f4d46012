package participation_test

import (
	"slices"
	"testing"
	"time"

	"lien/coop"
	"lien/coop/participation"
	"lien/database"
	"lien/database/dbtest"
)

var (
	longAgo = time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	today   = time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
)

// inMonth is noon in the middle of the month so many months before today's.
func inMonth(before int) time.Time {
	return time.Date(2026, 11-time.Month(before), 15, 12, 0, 0, 0, time.UTC)
}

func count(t *testing.T, h *database.Handles, a coop.Actor, at time.Time, what participation.What, times int) {
	t.Helper()
	for range times {
		if err := participation.Count(t.Context(), h.Coop, a.Cooperative, a.Member, at, what); err != nil {
			t.Fatal(err)
		}
	}
}

func summary(t *testing.T, h *database.Handles, a coop.Actor, from time.Time) participation.Summary {
	t.Helper()
	s, _, err := participation.New(h.Coop).Mine(t.Context(), a, from, today)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestHelpIsToldInBandsThatHideTheNumber(t *testing.T) {
	h := dbtest.Open(t)
	for n, want := range map[int]string{0: "", 1: "1-3", 3: "1-3", 4: "4-9", 9: "4-9", 10: "10+", 25: "10+"} {
		given, received := joinedOn(t, h, longAgo), joinedOn(t, h, longAgo)
		count(t, h, given, inMonth(1), participation.HelpGiven, n)
		count(t, h, received, inMonth(1), participation.HelpReceived, n)
		if got := summary(t, h, given, longAgo); got.Given != want || got.Received != "" {
			t.Errorf("given %d times: got %q and received %q, want %q and nothing", n, got.Given, got.Received, want)
		}
		if got := summary(t, h, received, longAgo); got.Received != want || got.Given != "" {
			t.Errorf("received %d times: got %q and given %q, want %q and nothing", n, got.Received, got.Given, want)
		}
	}
}

func TestActiveMonthsAreToldInBandsOfTheLastSix(t *testing.T) {
	h := dbtest.Open(t)
	for n, want := range []string{"", "1-2", "1-2", "3-4", "3-4", "5-6", "5-6", "5-6"} {
		a := joinedOn(t, h, longAgo)
		for month := range n { // the seventh month is too old to count
			count(t, h, a, inMonth(month), participation.Board, 1)
		}
		if got := summary(t, h, a, longAgo).Active; got != want {
			t.Errorf("active in %d months: got %q, want %q", n, got, want)
		}
	}
}

func TestAMonthTooOldSaysNothing(t *testing.T) {
	h := dbtest.Open(t)
	a := joinedOn(t, h, longAgo)
	count(t, h, a, inMonth(6), participation.HelpGiven, 12)
	s, months, err := participation.New(h.Coop).Mine(t.Context(), a, longAgo, today)
	if err != nil || len(months) != 0 || s.Given != "" || s.Active != "" || s.Trend != "" {
		t.Errorf("got %+v, %v, %v; want only the month joined", s, months, err)
	}
}

func TestZeroIsNeverShown(t *testing.T) {
	h := dbtest.Open(t)
	a := joinedOn(t, h, longAgo)
	count(t, h, a, inMonth(0), participation.Events, 1)
	if err := participation.Uncount(t.Context(), h.Coop, a.Cooperative, a.Member, inMonth(0), participation.Events); err != nil {
		t.Fatal(err)
	}
	s, months, err := participation.New(h.Coop).Mine(t.Context(), a, longAgo, today)
	if err != nil || len(months) != 0 {
		t.Errorf("got months %v, %v; want none", months, err)
	}
	if s.Joined != "2025-01" || s.Active+s.Given+s.Received+s.Trend != "" || s.Roles != nil {
		t.Errorf("got %+v, want only the month joined", s)
	}
}

func TestWhatWasNeverCountedCannotBeTakenBack(t *testing.T) {
	h := dbtest.Open(t)
	a := joinedOn(t, h, longAgo)
	if err := participation.Uncount(t.Context(), h.Coop, a.Cooperative, a.Member, inMonth(0), participation.Events); err == nil {
		t.Error("nothing was counted, and it was taken back")
	}
	count(t, h, a, inMonth(0), participation.Board, 1)
	if err := participation.Uncount(t.Context(), h.Coop, a.Cooperative, a.Member, inMonth(0), participation.Events); err == nil {
		t.Error("a count went below zero")
	}
}

func TestTheTrendComparesTheLastThreeMonthsWithTheThreeBefore(t *testing.T) {
	h := dbtest.Open(t)
	for name, c := range map[string]struct {
		early, late int
		want        string
	}{
		"nothing":             {0, 0, ""},
		"more":                {2, 6, "up"},
		"less":                {6, 2, "down"},
		"the same":            {4, 4, "stable"},
		"one more is no sign": {4, 5, "stable"},
	} {
		a := joinedOn(t, h, longAgo)
		count(t, h, a, inMonth(4), participation.HelpGiven, c.early)
		count(t, h, a, inMonth(1), participation.Board, c.late)
		if got := summary(t, h, a, longAgo).Trend; got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
	newcomer := joinedOn(t, h, today.AddDate(0, -1, 0))
	count(t, h, newcomer, today, participation.Events, 3)
	if got := summary(t, h, newcomer, longAgo).Trend; got != "new" {
		t.Errorf("a newcomer: got %q, want new", got)
	}
}

func TestFromNowOnHidesThePastMonths(t *testing.T) {
	h := dbtest.Open(t)
	a := joinedOn(t, h, longAgo)
	count(t, h, a, inMonth(2), participation.HelpGiven, 10)
	count(t, h, a, inMonth(0), participation.HelpGiven, 1)
	p := participation.New(h.Coop)
	past, all, err := p.Mine(t.Context(), a, longAgo, today)
	if err != nil || past.Given != "10+" || len(all) != 2 || all[0].HelpGiven != 10 || all[1].Total() != 1 {
		t.Errorf("with the past: got %+v, %v, %v", past, all, err)
	}
	now, months, err := p.Mine(t.Context(), a, today, today)
	if err != nil || now.Given != "1-3" || now.Trend != "new" || len(months) != 1 {
		t.Errorf("from now on: got %+v, %v, %v", now, months, err)
	}
}

func TestAMonthBeginsAtMidnightInParis(t *testing.T) {
	h := dbtest.Open(t)
	a := joinedOn(t, h, longAgo)
	count(t, h, a, time.Date(2026, 10, 31, 22, 59, 59, 0, time.UTC), participation.Events, 1) // 23:59:59, winter
	count(t, h, a, time.Date(2026, 10, 31, 23, 0, 0, 0, time.UTC), participation.Events, 2)   // midnight
	count(t, h, a, time.Date(2026, 8, 31, 22, 0, 0, 0, time.UTC), participation.Events, 3)    // midnight, summer
	_, months, err := participation.New(h.Coop).Mine(t.Context(), a, longAgo, today)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for _, m := range months {
		got[m.Month.Format("2006-01-02")] = m.Events
	}
	if len(got) != 3 || got["2026-09-01"] != 3 || got["2026-10-01"] != 1 || got["2026-11-01"] != 2 {
		t.Errorf("got %v", got)
	}
}

func TestRolesHeldAreToldOnce(t *testing.T) {
	h := dbtest.Open(t)
	a := joinedOn(t, h, longAgo)
	_, err := h.Owner.NewRaw(`
		INSERT INTO coop.member_roles (cooperative_id, member_id, role, from_at, until_at) VALUES
		(?0, ?1, 'facilitator', ?2, NULL), (?0, ?1, 'treasurer', ?2, ?3)`,
		a.Cooperative.UUID, a.Member.UUID, longAgo, longAgo.AddDate(0, 1, 0)).Exec(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got := summary(t, h, a, longAgo).Roles; !slices.Equal(got, []string{"facilitator"}) {
		t.Errorf("got %v, want the role held today", got)
	}
}

func TestNobodyReadsAnotherCooperativesMember(t *testing.T) {
	h := dbtest.Open(t)
	a, other := joinedOn(t, h, longAgo), joinedOn(t, h, longAgo)
	count(t, h, a, inMonth(0), participation.HelpGiven, 5)
	_, _, err := participation.New(h.Coop).Mine(t.Context(), coop.Actor{Cooperative: other.Cooperative, Member: a.Member}, longAgo, today)
	if err == nil {
		t.Error("a member was found in a cooperative that is not theirs")
	}
}
