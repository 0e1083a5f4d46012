package event_test

import (
	"strings"
	"testing"
	"time"

	"lien/coop"
	"lien/coop/event"
	"lien/rule"
)

func TestAnEventIsAnnouncedOnTheNeighbourhoodsWallClock(t *testing.T) {
	s := newStreet(t)
	id := s.announced("12")
	e, err := s.Show(t.Context(), s.aline, id)
	if err != nil {
		t.Fatal(err)
	}
	if !e.StartsAt.Equal(starts) || !e.EndsAt.Equal(ends) || e.Zone != "Europe/Paris" || e.With != "Nadia" || e.Capacity != 12 || e.Left(s.now()) != 12 {
		t.Errorf("got %+v", e)
	}
	summer := table("")
	summer.Day = "2027-07-01"
	id, err = s.Announce(t.Context(), s.nadia, summer)
	if err != nil {
		t.Fatal(err)
	}
	e, err = s.Show(t.Context(), s.aline, id)
	if want := time.Date(2027, 7, 1, 16, 30, 0, 0, time.UTC); err != nil || !e.StartsAt.Equal(want) || e.Limited() {
		t.Errorf("got %v, %v, want 18:30 in summer, and room for everybody", e.StartsAt, err)
	}
}

func TestATimeThatTheClockSkipsIsRefused(t *testing.T) {
	s := newStreet(t)
	a := table("")
	a.Day, a.From, a.Until = "2027-03-28", "02:30", "04:00"
	_, err := s.Announce(t.Context(), s.nadia, a)
	refused(t, err, "from", "event.rule.no_such_time")
	a.Day, a.From, a.Until = "2027-03-27", "22:00", "02:30"
	_, err = s.Announce(t.Context(), s.nadia, a)
	refused(t, err, "until", "event.rule.no_such_time")
}

func TestATimeThatTheClockShowsTwiceIsTheFirst(t *testing.T) {
	s := newStreet(t)
	a := table("")
	a.Day, a.From, a.Until = "2027-10-31", "02:30", "04:00"
	id, err := s.Announce(t.Context(), s.nadia, a)
	if err != nil {
		t.Fatal(err)
	}
	e, err := s.Show(t.Context(), s.nadia, id)
	if want := time.Date(2027, 10, 31, 0, 30, 0, 0, time.UTC); err != nil || !e.StartsAt.Equal(want) {
		t.Errorf("got %v, %v, want %v", e.StartsAt, err, want)
	}
}

func TestAnEveningMayEndAfterMidnight(t *testing.T) {
	s := newStreet(t)
	a := table("")
	a.From, a.Until = "20:00", "00:00"
	id, err := s.Announce(t.Context(), s.nadia, a)
	if err != nil {
		t.Fatal(err)
	}
	e, err := s.Show(t.Context(), s.nadia, id)
	if err != nil || e.EndsAt.Sub(e.StartsAt) != 4*time.Hour {
		t.Errorf("got %v to %v, %v", e.StartsAt, e.EndsAt, err)
	}
}

func TestAFormThatCannotBeIsRefusedAtItsField(t *testing.T) {
	s := newStreet(t)
	for name, c := range map[string]struct {
		change     func(*event.Announcement)
		field, key string
	}{
		"no title":       {func(a *event.Announcement) { a.Title = " " }, "title", "rule.missing"},
		"NUL in title":   {func(a *event.Announcement) { a.Title = "Table\x00" }, "title", "rule.unreadable"},
		"override":       {func(a *event.Announcement) { a.Details = "a\u202eb" }, "details", "rule.unreadable"},
		"invalid UTF-8":  {func(a *event.Announcement) { a.Place = "\xff\xfe" }, "place", "rule.unreadable"},
		"long title":     {func(a *event.Announcement) { a.Title = strings.Repeat("é", 81) }, "title", "rule.too_long"},
		"no place":       {func(a *event.Announcement) { a.Place = "" }, "place", "rule.missing"},
		"no day":         {func(a *event.Announcement) { a.Day = "demain" }, "day", "event.rule.day"},
		"31 November":    {func(a *event.Announcement) { a.Day = "2026-11-31" }, "day", "event.rule.day"},
		"a past day":     {func(a *event.Announcement) { a.Day = "2026-11-22" }, "day", "event.rule.past"},
		"too far ahead":  {func(a *event.Announcement) { a.Day = "2029-01-01" }, "day", "event.rule.too_far"},
		"no clock":       {func(a *event.Announcement) { a.From = "18h30" }, "from", "event.rule.clock"},
		"24:30":          {func(a *event.Announcement) { a.Until = "24:30" }, "until", "event.rule.clock"},
		"ends first":     {func(a *event.Announcement) { a.Until = "17:00" }, "until", "event.rule.ends_first"},
		"ends at once":   {func(a *event.Announcement) { a.Until = "18:30" }, "until", "event.rule.ends_first"},
		"no places":      {func(a *event.Announcement) { a.Capacity = "0" }, "capacity", "event.rule.capacity"},
		"minus places":   {func(a *event.Announcement) { a.Capacity = "-3" }, "capacity", "event.rule.capacity"},
		"words":          {func(a *event.Announcement) { a.Capacity = "douze" }, "capacity", "event.rule.capacity"},
		"a whole town":   {func(a *event.Announcement) { a.Capacity = "99999999999999999999" }, "capacity", "event.rule.capacity"},
		"strange tongue": {func(a *event.Announcement) { a.Language = "xx" }, "language", "event.rule.language"},
	} {
		a := table("12")
		c.change(&a)
		_, err := s.Announce(t.Context(), s.nadia, a)
		t.Log(name)
		refused(t, err, c.field, c.key)
	}
	if n := s.count(`SELECT count(*) FROM coop.events`); n != 0 {
		t.Errorf("%d events were written", n)
	}
}

func TestAnEventIsAnnouncedOnce(t *testing.T) {
	s := newStreet(t)
	a := table("12")
	ids := make([]coop.EventID, 8)
	for _, err := range together(8, func(i int) (err error) {
		ids[i], err = s.Announce(t.Context(), s.nadia, a)
		return err
	}) {
		if err != nil {
			t.Error(err)
		}
	}
	for _, id := range ids {
		if id != ids[0] || id == (coop.EventID{}) {
			t.Errorf("got %v", ids)
		}
	}
	if n := s.count(`SELECT count(*) FROM coop.events`); n != 1 {
		t.Errorf("got %d events, want 1", n)
	}
}

func TestOnlyActiveMembersAnnounce(t *testing.T) {
	s := newStreet(t)
	s.sql(`UPDATE coop.members SET state = 'suspended' WHERE id = ?`, s.nadia.Member)
	_, err := s.Announce(t.Context(), s.nadia, table("12"))
	is(t, err, rule.ErrForbidden)
}

func TestAnotherCooperativesEventIsNotThere(t *testing.T) {
	s, other := newStreet(t), newStreet(t)
	id := s.announced("12")
	_, err := other.Show(t.Context(), other.aline, id)
	is(t, err, rule.ErrNotFound)
	_, err = s.Show(t.Context(), coop.Actor{Cooperative: s.cooperative, Member: other.aline.Member}, id)
	is(t, err, rule.ErrNotFound)
	is(t, s.Cancel(t.Context(), coop.Actor{Cooperative: other.cooperative, Member: s.nadia.Member}, id, "trop tard"), rule.ErrNotFound)
}

func TestTheOrganiserOrAFacilitatorCancelsWithWords(t *testing.T) {
	s := newStreet(t)
	id, awa := s.announced("1"), s.member("Awa")
	waits := s.member("Mehmet")
	s.asks(id, awa, 0, event.Coming)
	s.asks(id, waits, 0, event.Waiting)
	s.does(s.Withdraw(t.Context(), awa, id))
	s.stands(id, waits, event.Offered)

	is(t, s.Cancel(t.Context(), awa, id, "je ne veux pas"), rule.ErrForbidden)
	refused(t, s.Cancel(t.Context(), s.nadia, id, ""), "why", "rule.missing")
	s.does(s.Cancel(t.Context(), s.aline, id, "La salle est inondée."))
	s.does(s.Cancel(t.Context(), s.nadia, id, "Encore une fois."))

	e := s.stands(id, waits, event.Waiting)
	if !e.Cancelled() || e.CancelledWhy != "La salle est inondée." {
		t.Errorf("got %q, %q", e.State, e.CancelledWhy)
	}
	_, err := s.Register(t.Context(), awa, id, 0)
	is(t, err, rule.ErrMoved)
	is(t, s.Accept(t.Context(), waits, id), rule.ErrMoved)
}

func TestWhatIsCalledOffStaysWithWhomItConcerns(t *testing.T) {
	s := newStreet(t)
	id, awa, stranger := s.announced(""), s.member("Awa"), s.member("Paul")
	s.asks(id, awa, 0, event.Coming)
	s.does(s.Cancel(t.Context(), s.nadia, id, "La salle est inondée."))
	for who, want := range map[coop.Actor]int{awa: 1, s.nadia: 1, stranger: 0} {
		events, err := s.Coming(t.Context(), who, event.After{})
		if err != nil || len(events) != want {
			t.Errorf("got %d events, %v; want %d", len(events), err, want)
		}
	}
}

func TestWhatPeopleCameToIsNotCalledOff(t *testing.T) {
	s := newStreet(t)
	id, awa := s.announced(""), s.member("Awa")
	s.at(starts)
	s.does(s.CheckIn(t.Context(), s.nadia, id, awa.Member))
	refused(t, s.Cancel(t.Context(), s.nadia, id, "La chaudière fuit."), "why", "event.rule.people_here")
	s.does(s.Undo(t.Context(), s.nadia, id, awa.Member))
	s.does(s.Cancel(t.Context(), s.nadia, id, "La chaudière fuit."))
}

func TestAnEventThatEndedCannotBeCancelled(t *testing.T) {
	s := newStreet(t)
	id := s.announced("")
	s.at(ends)
	is(t, s.Cancel(t.Context(), s.nadia, id, "trop tard"), rule.ErrMoved)
}

func TestTheAgendaIsPagedByKey(t *testing.T) {
	s := newStreet(t)
	const n = event.Page + 5
	for range n { // all at the same time: the key must still tell them apart
		s.announced("")
	}
	first, err := s.Coming(t.Context(), s.aline, event.After{})
	if err != nil || len(first) != event.Page {
		t.Fatalf("got %d, %v", len(first), err)
	}
	last := first[event.Page-1]
	second, err := s.Coming(t.Context(), s.aline, event.After{At: last.StartsAt, ID: last.ID})
	if err != nil || len(second) != 5 {
		t.Fatalf("got %d, %v; want the rest", len(second), err)
	}
	seen := map[coop.EventID]bool{}
	for _, e := range append(first, second...) {
		seen[e.ID] = true
	}
	if len(seen) != n {
		t.Errorf("got %d different events, want %d", len(seen), n)
	}
	s.at(ends)
	past, err := s.Past(t.Context(), s.aline, event.After{})
	if err != nil || len(past) != event.Page {
		t.Fatalf("past: got %d, %v", len(past), err)
	}
	last = past[event.Page-1]
	past, err = s.Past(t.Context(), s.aline, event.After{At: last.StartsAt, ID: last.ID})
	if err != nil || len(past) != 5 {
		t.Errorf("past: got %d, %v; want the rest", len(past), err)
	}
}

func TestWhoIsSuspendedSeesOnlyTheirOwn(t *testing.T) {
	s := newStreet(t)
	mine, other, awa := s.announced(""), s.announced(""), s.member("Awa")
	s.asks(mine, awa, 0, event.Coming)
	s.sql(`UPDATE coop.members SET state = 'suspended' WHERE id = ?`, awa.Member)
	s.stands(mine, awa, event.Coming)
	_, err := s.Show(t.Context(), awa, other)
	is(t, err, rule.ErrNotFound)
	_, err = s.Register(t.Context(), awa, mine, 1)
	is(t, err, rule.ErrForbidden)
	s.does(s.Withdraw(t.Context(), awa, mine))
}
