package event_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/event"
	"lien/rule"
)

// weekly is the sewing table, every Thursday from the 26th on.
func weekly(places string) event.Announcement {
	a := table(places)
	a.Rhythm = event.EveryWeek
	return a
}

func (s *street) begun(a event.Announcement) coop.EventID {
	s.t.Helper()
	id, err := s.Announce(s.t.Context(), s.nadia, a)
	if err != nil {
		s.t.Fatal(err)
	}
	return id
}

// coming are the events ahead, as Aline sees them.
func (s *street) coming() []event.Event {
	s.t.Helper()
	all, err := s.Coming(s.t.Context(), s.aline, event.After{})
	if err != nil {
		s.t.Fatal(err)
	}
	return all
}

func (s *street) made(want int) {
	s.t.Helper()
	if n, err := s.Make(s.t.Context()); err != nil || n != want {
		s.t.Errorf("%d events were made (%v), want %d", n, err, want)
	}
}

func (s *street) told(who coop.Actor, kind string, want int) {
	s.t.Helper()
	if n := s.count(`SELECT count(*) FROM coop.inbox WHERE member_id = ? AND kind = ?`, who.Member, kind); n != want {
		s.t.Errorf("was told %d times of %s, want %d", n, kind, want)
	}
}

// changed is the form of an event as its page fills it in, with changes.
func (s *street) changed(id coop.EventID, scope event.Scope, change func(*event.Change)) (coop.EventID, event.Change) {
	s.t.Helper()
	e, err := s.Show(s.t.Context(), s.nadia, id)
	if err != nil {
		s.t.Fatal(err)
	}
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		s.t.Fatal(err)
	}
	c := event.ChangeOf(e, paris)
	c.Scope = scope
	change(&c)
	return id, c
}

func TestASeriesMakesItsEventsAheadAndNothingTwice(t *testing.T) {
	s := newStreet(t)
	first := s.begun(weekly("12"))
	all := s.coming()
	if len(all) != 8 || all[0].ID != first || !all[7].StartsAt.Equal(starts.AddDate(0, 0, 49)) {
		t.Fatalf("%d events are made, want those of eight weeks: %+v", len(all), all)
	}
	s.made(0)
	s.at(thursday.AddDate(0, 0, 21))
	for _, err := range together(4, func(int) error { _, err := s.Make(t.Context()); return err }) {
		if err != nil {
			t.Error(err)
		}
	}
	if n := s.count(`SELECT count(*) FROM coop.events`); n != 11 {
		t.Errorf("got %d events after three weeks, want 11", n)
	}
	s.made(0)
}

func TestASeriesStaysAtItsHourWhenTheClocksChange(t *testing.T) {
	s := newStreet(t)
	s.at(time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC))
	a := weekly("")
	a.Day, a.From, a.Until = "2027-03-18", "18:00", "20:00"
	s.begun(a)
	all := s.coming()
	if !all[0].StartsAt.Equal(time.Date(2027, 3, 18, 17, 0, 0, 0, time.UTC)) || !all[2].StartsAt.Equal(time.Date(2027, 4, 1, 16, 0, 0, 0, time.UTC)) {
		t.Errorf("got %v and %v, want 18:00 before and after", all[0].StartsAt, all[2].StartsAt)
	}
	a.Key, a.Day, a.From, a.Until = uuid.New(), "2027-03-21", "02:30", "04:00"
	_, err := s.Announce(t.Context(), s.nadia, a)
	refused(t, err, "from", "event.rule.no_such_time_on")
}

func TestASeriesIsBegunOnce(t *testing.T) {
	s := newStreet(t)
	a := weekly("12")
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
		if id != ids[0] {
			t.Errorf("got %v", ids)
		}
	}
	if n := s.count(`SELECT count(*) FROM coop.events`); n != 8 {
		t.Errorf("got %d events, want 8", n)
	}
}

func TestAFormOfASeriesThatCannotBeIsRefusedAtItsField(t *testing.T) {
	s := newStreet(t)
	for name, c := range map[string]struct {
		change     func(*event.Announcement)
		field, key string
	}{
		"no such rhythm":      {func(a *event.Announcement) { a.Rhythm = "FREQ=SECONDLY" }, "rhythm", "event.rule.rhythm"},
		"not the last":        {func(a *event.Announcement) { a.Rhythm, a.Day = event.MonthlyLast, "2026-12-17" }, "day", "event.rule.not_the_last"},
		"ends before":         {func(a *event.Announcement) { a.LastDay = "2026-11-25" }, "last", "event.rule.last_first"},
		"ends in an age":      {func(a *event.Announcement) { a.LastDay = "2099-01-01" }, "last", "event.rule.last_too_far"},
		"ends some day":       {func(a *event.Announcement) { a.LastDay = "un jour" }, "last", "event.rule.day"},
		"first at Christmas":  {func(a *event.Announcement) { a.Day, a.Skip = "2026-12-25", []event.Skip{event.PublicHolidays} }, "day", "event.rule.first_skipped"},
		"first in holidays":   {func(a *event.Announcement) { a.Day, a.Skip = "2026-12-22", []event.Skip{event.SchoolHolidays} }, "day", "event.rule.first_skipped"},
		"beyond the calendar": {func(a *event.Announcement) { a.Day, a.Skip = "2027-09-09", []event.Skip{event.SchoolHolidays} }, "skip", "event.rule.school_unknown"},
	} {
		a := weekly("12")
		c.change(&a)
		_, err := s.Announce(t.Context(), s.nadia, a)
		t.Log(name)
		refused(t, err, c.field, c.key)
	}
	if n := s.count(`SELECT count(*) FROM coop.event_series`); n != 0 {
		t.Errorf("%d series were written", n)
	}
}

func TestWhoRestsMakesNoEventsMeanwhile(t *testing.T) {
	s := newStreet(t)
	s.begun(weekly("12"))
	s.sql(`UPDATE coop.members SET state = 'suspended' WHERE id = ?`, s.nadia.Member)
	s.at(thursday.AddDate(0, 0, 70))
	s.made(0)
	s.sql(`UPDATE coop.members SET state = 'active' WHERE id = ?`, s.nadia.Member)
	s.made(8) // from now on: what is past is past
}

func TestSchoolHolidaysThatNobodyKnowsAreWaitedFor(t *testing.T) {
	s := newStreet(t)
	a := weekly("")
	a.Skip = []event.Skip{event.SchoolHolidays}
	s.begun(a)
	s.at(time.Date(2027, 12, 1, 9, 0, 0, 0, time.UTC))
	s.made(0)
	if n := s.count(`SELECT count(*) FROM coop.event_series WHERE made_through > ?`, event.SchoolKnownThrough()); n != 0 {
		t.Error("it is taken as made what nobody could make")
	}
}

func TestWhatWasChangedOnItsOwnSurvivesAChangeOfAll(t *testing.T) {
	s := newStreet(t)
	s.begun(weekly("12"))
	all := s.coming()
	id, c := s.changed(all[2].ID, event.This, func(c *event.Change) { c.Title, c.Day = "Table de Noël", "2026-12-11" })
	s.does(s.Change(t.Context(), s.nadia, id, c))
	id, c = s.changed(all[0].ID, event.Whole, func(c *event.Change) { c.Title, c.From, c.Until = "Table et thé", "19:00", "21:00" })
	a, err := s.Preview(t.Context(), s.aline, id, c)
	if err != nil || a.Dates != 7 || a.Kept != 1 || !a.Moves || a.People != 0 {
		t.Errorf("got %+v, %v", a, err)
	}
	if got := s.coming()[0].Title; got != "Table de couture" {
		t.Errorf("a preview changed it to %q", got)
	}
	s.does(s.Change(t.Context(), s.aline, id, c))
	for n, e := range s.coming() {
		want := "Table et thé"
		if n == 2 {
			want = "Table de Noël"
		}
		if e.Title != want || n != 2 && e.StartsAt.Sub(starts) != time.Duration(n*7*24)*time.Hour+30*time.Minute {
			t.Errorf("date %d: %q at %v", n, e.Title, e.StartsAt)
		}
	}
	s.at(thursday.AddDate(0, 0, 7))
	s.made(1)
	late := s.coming()
	if e := late[len(late)-1]; e.Title != "Table et thé" {
		t.Errorf("what is made later is %q", e.Title)
	}
}

func TestFromOneDateOnTheSeriesIsAnotherAndWhoComesIsToldOnce(t *testing.T) {
	s := newStreet(t)
	s.begun(weekly("12"))
	all, awa, paul := s.coming(), s.member("Awa"), s.member("Paul")
	for _, n := range []int{0, 3, 4} {
		s.asks(all[n].ID, awa, 1, event.Coming)
	}
	s.asks(all[0].ID, paul, 0, event.Coming)
	id, c := s.changed(all[3].ID, event.Onwards, func(c *event.Change) { c.From, c.Until, c.Place = "17:00", "19:00", "Jardin partagé" })
	for range 2 { // the same change again changes nothing
		s.does(s.Change(t.Context(), s.nadia, id, c))
	}
	s.told(awa, "event_moved_several", 1)
	s.told(paul, "event_moved", 0)
	for n, e := range s.coming() {
		if moved := e.Place == "Jardin partagé"; moved != (n >= 3) || n >= 3 && e.Sequence != 1 {
			t.Errorf("date %d is at %q, changed %d times", n, e.Place, e.Sequence)
		}
	}
	if n := s.count(`SELECT count(*) FROM coop.event_series`); n != 2 {
		t.Errorf("there are %d series, want 2", n)
	}
	s.stands(all[3].ID, awa, event.Coming)
	s.at(thursday.AddDate(0, 0, 14))
	s.made(2) // the new one goes on, the old one does not
}

func TestADayIsChangedForOneDateOnly(t *testing.T) {
	s := newStreet(t)
	id, c := s.changed(s.begun(weekly("12")), event.Whole, func(c *event.Change) { c.Day = "2026-11-27" })
	refused(t, s.Change(t.Context(), s.nadia, id, c), "day", "event.rule.day_of_series")
	id, c = s.changed(s.announced("12"), event.Whole, func(*event.Change) {})
	refused(t, s.Change(t.Context(), s.nadia, id, c), "scope", "event.rule.scope")
	c.Scope = "everything"
	refused(t, s.Change(t.Context(), s.nadia, id, c), "scope", "event.rule.scope")
}

func TestPlacesNeverSinkUnderThoseThatAreKept(t *testing.T) {
	s := newStreet(t)
	s.begun(weekly("4"))
	all, awa, paul := s.coming(), s.member("Awa"), s.member("Paul")
	s.asks(all[1].ID, awa, 3, event.Coming)
	s.asks(all[1].ID, paul, 0, event.Waiting)
	id, c := s.changed(all[0].ID, event.Whole, func(c *event.Change) { c.Capacity = "3" })
	refused(t, s.Change(t.Context(), s.nadia, id, c), "capacity", "event.rule.places_taken")
	c.Capacity = "5"
	s.does(s.Change(t.Context(), s.nadia, id, c))
	s.stands(all[1].ID, paul, event.Offered)
}

func TestOnlyWhoRunsItChangesItAndOnlyBeforeItBegins(t *testing.T) {
	s := newStreet(t)
	id, c := s.changed(s.begun(weekly("4")), event.This, func(c *event.Change) { c.Title = "Autre" })
	awa := s.member("Awa")
	is(t, s.Change(t.Context(), awa, id, c), rule.ErrForbidden)
	is(t, s.Stop(t.Context(), awa, id, "parce que"), rule.ErrForbidden)
	_, err := s.Ending(t.Context(), awa, id)
	is(t, err, rule.ErrForbidden)
	is(t, s.Change(t.Context(), coop.Actor{Cooperative: rule.NewID[coop.CooperativeID](), Member: s.nadia.Member}, id, c), rule.ErrNotFound)
	s.at(starts)
	is(t, s.Change(t.Context(), s.nadia, id, c), rule.ErrMoved)
	is(t, s.Stop(t.Context(), s.nadia, id, "parce que"), rule.ErrMoved)
}

func TestASeriesEndsAndWhoWasOnItIsToldAndNothingOfTheirsIsDeleted(t *testing.T) {
	s := newStreet(t)
	s.begun(weekly("12"))
	all, awa := s.coming(), s.member("Awa")
	for _, n := range []int{1, 4, 6} {
		s.asks(all[n].ID, awa, 0, event.Coming)
	}
	if a, err := s.Ending(t.Context(), s.nadia, all[3].ID); err != nil || a.Dates != 5 || a.People != 1 {
		t.Errorf("got %+v, %v", a, err)
	}
	s.does(s.Stop(t.Context(), s.nadia, all[3].ID, "La salle ferme."))
	s.does(s.Stop(t.Context(), s.nadia, all[3].ID, "La salle ferme."))
	s.told(awa, "event_stopped", 1)
	if n := s.count(`SELECT count(*) FROM coop.events WHERE state = 'on'`); n != 3 {
		t.Errorf("%d are on, want the three before", n)
	}
	if n := s.count(`SELECT count(*) FROM coop.events WHERE state = 'cancelled'`); n != 3 {
		t.Errorf("%d are called off, want those with somebody on them, and the one before our eyes", n)
	}
	s.at(thursday.AddDate(0, 0, 28))
	s.made(0)
	if _, err := s.db.Coop.NewRaw(`DELETE FROM coop.events WHERE id = ?`, all[4].ID).Exec(t.Context()); err == nil {
		t.Error("an event with somebody on it was deleted")
	}
}

func TestWhoWasComingIsToldWhenADateIsCalledOff(t *testing.T) {
	s := newStreet(t)
	id, awa := s.begun(weekly("12")), s.member("Awa")
	s.asks(id, awa, 0, event.Coming)
	s.does(s.Cancel(t.Context(), s.nadia, id, "La salle est inondée."))
	s.does(s.Cancel(t.Context(), s.nadia, id, "La salle est inondée."))
	s.told(awa, "event_cancelled", 1)
	s.told(s.nadia, "event_cancelled", 0)
	s.made(0)
	if all := s.coming(); len(all) != 7 {
		t.Errorf("%d dates are left, want 7", len(all))
	}
}

func TestChangesAnswersAndTheClockWaitForEachOther(t *testing.T) {
	s := newStreet(t)
	s.begun(weekly("12"))
	all, awa := s.coming(), s.member("Awa")
	s.at(thursday.AddDate(0, 0, 1))
	for _, err := range together(24, func(i int) error {
		n := i % 6
		switch i % 4 {
		case 0:
			_, err := s.Make(t.Context())
			return err
		case 1:
			_, err := s.Register(t.Context(), awa, all[n].ID, 0)
			return err
		}
		id, c := s.changed(all[n].ID, event.Onwards, func(c *event.Change) { c.Capacity = string(rune('5' + i%3)) })
		if err := s.Change(t.Context(), s.nadia, id, c); err != nil && err != rule.ErrMoved {
			return err
		}
		return nil
	}) {
		if err != nil {
			t.Error(err)
		}
	}
	if n := s.count(`SELECT count(*) - count(DISTINCT series_day) FROM coop.events`); n != 0 {
		t.Errorf("%d days have two events", n)
	}
}
