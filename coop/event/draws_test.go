package event_test

import (
	"testing"
	"time"

	"lien/coop"
	"lien/coop/event"
	"lien/rule"
)

// noon is when the places of the sewing table are drawn: the Tuesday before.
var noon = time.Date(2026, 11, 24, 11, 0, 0, 0, time.UTC)

// drawing is the sewing table with room for so many, whose places are drawn on Tuesday.
func (s *street) drawing(places string) coop.EventID {
	s.t.Helper()
	a := table(places)
	a.DrawOn = "2026-11-24"
	id, err := s.Announce(s.t.Context(), s.nadia, a)
	if err != nil {
		s.t.Fatal(err)
	}
	return id
}

func (s *street) lot(id coop.EventID, who coop.Actor) event.Draw {
	s.t.Helper()
	d, err := s.DrawOf(s.t.Context(), who, id)
	if err != nil {
		s.t.Fatal(err)
	}
	return d
}

func TestTicketsFollowTheTable(t *testing.T) {
	for name, c := range map[string]struct {
		past event.Past
		want int
	}{
		"nothing special":      {event.Past{}, 4},
		"the first time":       {event.Past{First: true}, 6},
		"a turn":               {event.Past{Turns: 1}, 2},
		"many turns":           {event.Past{Turns: 9}, 1},
		"stayed away":          {event.Past{Missed: 1}, 3},
		"a turn, stayed away":  {event.Past{Turns: 1, Missed: 1}, 1},
		"stayed away for long": {event.Past{Missed: 40}, 1},
	} {
		if got := c.past.Tickets(); got != c.want {
			t.Errorf("%s: %d tickets, want %d", name, got, c.want)
		}
	}
}

func TestUntilTheDrawNobodyHasAPlaceAndTheClockDraws(t *testing.T) {
	s := newStreet(t)
	id := s.drawing("3")
	var crowd []coop.Actor
	for range 9 {
		crowd = append(crowd, s.member("Voisine"))
		s.asks(id, crowd[len(crowd)-1], 0, event.Waiting)
	}
	gone := s.member("Partie")
	s.asks(id, gone, 0, event.Waiting)
	s.turns(gone, "suspended")
	_, err := s.DrawOf(t.Context(), crowd[0], id)
	is(t, err, rule.ErrNotFound)
	s.at(noon.Add(-time.Second))
	if n, err := s.PassOn(t.Context()); err != nil || n != 0 {
		t.Errorf("a second early: %d, %v", n, err)
	}
	s.at(noon)
	if n, err := s.PassOn(t.Context()); err != nil || n != 1 {
		t.Fatalf("at noon: %d, %v", n, err)
	}
	if n, err := s.PassOn(t.Context()); err != nil || n != 0 {
		t.Errorf("again: %d, %v", n, err)
	}
	won := 0
	for _, who := range crowd {
		d := s.lot(id, who)
		if d.People != 9 || d.Placed != 3 || !d.In || d.Won != (d.Rank <= 3) || d.Has != 6 || d.Tickets != 54 || len(d.Seed) != 32 {
			t.Errorf("got %+v", d)
		}
		want, kind := event.Waiting, "event_not_drawn"
		if d.Won {
			won++
			want, kind = event.Coming, "event_drawn"
		}
		s.stands(id, who, want)
		if n := s.count(`SELECT count(*) FROM coop.inbox WHERE member_id = ? AND kind = ?`, who.Member, kind); n != 1 {
			t.Errorf("told %d times of %s", n, kind)
		}
	}
	if won != 3 {
		t.Errorf("%d have a place, want 3", won)
	}
	if s.lot(id, gone).In {
		t.Error("who is suspended was drawn")
	}
}

func TestTheRestWaitInTheOrderDrawn(t *testing.T) {
	s := newStreet(t)
	id := s.drawing("2")
	crowd := map[int]coop.Actor{}
	var all []coop.Actor
	for range 6 {
		all = append(all, s.member("Voisin"))
		s.asks(id, all[len(all)-1], 0, event.Waiting)
	}
	s.at(noon)
	late := s.member("Tard")
	s.asks(id, late, 0, event.Waiting) // touching the event draws first
	for _, who := range all {
		crowd[s.lot(id, who).Rank] = who
	}
	s.does(s.Withdraw(t.Context(), crowd[1], id))
	s.stands(id, crowd[3], event.Offered)
	s.does(s.Decline(t.Context(), crowd[3], id))
	s.stands(id, crowd[4], event.Offered)
	s.stands(id, late, event.Waiting)
}

func TestADrawLooksAtTurnsAbsencesAndFirstTimes(t *testing.T) {
	s := newStreet(t)
	s.once()
	again, away, fresh, plain := s.regular("Anne"), s.regular("Bilal"), s.member("Chloé"), s.regular("Dora")
	s.sql(`UPDATE coop.events SET starts_at = starts_at + interval '20 days', ends_at = ends_at + interval '20 days', capacity = 9,
		draw_at = starts_at - interval '3 days', draw_seed = 'x', drawn_at = starts_at - interval '3 days' WHERE title = 'Autrefois'`)
	for n, who := range []coop.Actor{again, away} {
		s.sql(`INSERT INTO coop.registrations (cooperative_id, event_id, member_id, answer, guests, asked_at, turn, changed_at)
			SELECT cooperative_id, id, ?, 'coming', 0, now(), ?, now() FROM coop.events WHERE title = 'Autrefois'`, who.Member, n+1)
	}
	s.sql(`DELETE FROM coop.attendances WHERE member_id = ?`, away.Member)
	id := s.drawing("1")
	for _, who := range []coop.Actor{again, away, fresh, plain} {
		s.asks(id, who, 0, event.Waiting)
	}
	s.at(noon)
	_, err := s.PassOn(t.Context())
	s.does(err)
	for name, c := range map[string]struct {
		who  coop.Actor
		want event.Past
		has  int
	}{
		"had a turn":      {again, event.Past{Turns: 1}, 2},
		"and stayed away": {away, event.Past{Turns: 1, Missed: 1}, 1},
		"is new":          {fresh, event.Past{First: true}, 6},
		"nothing special": {plain, event.Past{}, 4},
	} {
		if d := s.lot(id, c.who); d.Mine != c.want || d.Has != c.has {
			t.Errorf("%s: got %+v with %d tickets, want %+v with %d", name, d.Mine, d.Has, c.want, c.has)
		}
	}
}

func TestADrawGivesPartiesThePlacesThatFitThem(t *testing.T) {
	s := newStreet(t)
	id := s.drawing("4")
	for n := range 8 {
		s.asks(id, s.member("Voisine"), n%3, event.Waiting)
	}
	s.at(noon)
	_, err := s.PassOn(t.Context())
	s.does(err)
	taken := s.count(`SELECT sum(1 + guests) FROM coop.registrations WHERE event_id = ? AND answer IN ('coming', 'offered')`, id)
	if lots := s.count(`SELECT sum(party) FROM coop.event_lots WHERE event_id = ? AND placed`, id); taken > 4 || lots > taken {
		t.Errorf("%d places taken, %d drawn; want 4 at most", taken, lots)
	}
}

func TestADrawHasItsDayItsPlacesAndNoSeries(t *testing.T) {
	s := newStreet(t)
	for name, c := range map[string]struct {
		tweak func(*event.Announcement)
		rule  string
	}{
		"of room for all":  {func(a *event.Announcement) { a.Capacity = "" }, "event.rule.draw_of_all"},
		"of a series":      {func(a *event.Announcement) { a.Rhythm = "week" }, "event.rule.draw_of_series"},
		"of the past":      {func(a *event.Announcement) { a.DrawOn = "2026-11-22" }, "event.rule.draw_past"},
		"on the day":       {func(a *event.Announcement) { a.DrawOn = "2026-11-26" }, "event.rule.draw_late"},
		"on no day at all": {func(a *event.Announcement) { a.DrawOn = "mardi" }, "event.rule.day"},
	} {
		a := table("3")
		a.DrawOn = "2026-11-24"
		c.tweak(&a)
		_, err := s.Announce(t.Context(), s.nadia, a)
		t.Run(name, func(t *testing.T) { refused(t, err, "draw", c.rule) })
	}
	id := s.drawing("3")
	e, err := s.Show(t.Context(), s.nadia, id)
	s.does(err)
	paris, err := time.LoadLocation("Europe/Paris")
	s.does(err)
	c := event.ChangeOf(e, paris)
	c.Day, c.From, c.Until = "2026-11-24", "18:00", "19:00"
	refused(t, s.Change(t.Context(), s.nadia, id, c), "day", "event.rule.draw_after")
	c = event.ChangeOf(e, paris)
	c.Capacity = ""
	refused(t, s.Change(t.Context(), s.nadia, id, c), "capacity", "event.rule.draw_needs_places")
}

func TestAnEventThatIsOffIsNotDrawn(t *testing.T) {
	s := newStreet(t)
	id, awa := s.drawing("3"), s.member("Awa")
	s.asks(id, awa, 0, event.Waiting)
	s.does(s.Cancel(t.Context(), s.nadia, id, "La salle est prise."))
	s.at(noon)
	if n, err := s.PassOn(t.Context()); err != nil || n != 0 {
		t.Errorf("%d, %v", n, err)
	}
	s.stands(id, awa, event.Waiting)
}
