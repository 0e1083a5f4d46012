package event_test

import (
	"testing"
	"time"

	"lien/coop"
	"lien/coop/event"
	"lien/rule"
)

// kept is the sewing table with room for so many, of which some are for newcomers until
// the day before.
func (s *street) kept(places, newcomers string) coop.EventID {
	s.t.Helper()
	a := table(places)
	a.Newcomers, a.NewcomerDays = newcomers, "1"
	id, err := s.Announce(s.t.Context(), s.nadia, a)
	if err != nil {
		s.t.Fatal(err)
	}
	return id
}

// regular is a member who joined long ago and has come to something.
func (s *street) regular(name string) coop.Actor {
	s.t.Helper()
	a := s.member(name)
	s.sql(`UPDATE coop.members SET joined_at = ? WHERE id = ?`, thursday.AddDate(-1, 0, 0), a.Member)
	s.sql(`
		INSERT INTO coop.attendances (cooperative_id, event_id, member_id, channel, by_member_id, at)
		SELECT cooperative_id, id, ?, 'list', organiser_id, now() FROM coop.events WHERE title = 'Autrefois'`, a.Member)
	return a
}

// once is an event of the past, for regulars to have come to.
func (s *street) once() {
	s.sql(`
		INSERT INTO coop.events (cooperative_id, id, organiser_id, place, title, details, language, starts_at, ends_at, zone, state, client_key, created_at, cancelled_why)
		VALUES (?0, gen_random_uuid(), ?1, 'Cour', 'Autrefois', '', 'fr', ?2::timestamptz - interval '90 days', ?2::timestamptz - interval '89 days', 'Europe/Paris', 'on', gen_random_uuid(), ?2, '')`,
		s.cooperative, s.nadia.Member, thursday)
}

func TestAMaybeTakesNoPlaceAndLeavesTheOneItHad(t *testing.T) {
	s := newStreet(t)
	id, awa, paul := s.announced("2"), s.member("Awa"), s.member("Paul")
	s.asks(id, awa, 1, event.Coming)
	s.asks(id, paul, 0, event.Waiting)
	s.does(s.MayCome(t.Context(), awa, id))
	s.does(s.MayCome(t.Context(), awa, id)) // twice is once
	if e := s.stands(id, awa, event.Maybe); e.Mine.Guests != 0 || e.Taken != 1 {
		t.Errorf("a maybe brings %d, and %d places are kept; want 0 and Paul's", e.Mine.Guests, e.Taken)
	}
	s.stands(id, paul, event.Offered)
	s.asks(id, awa, 1, event.Waiting) // it fits no more, and goes last
	s.does(s.Withdraw(t.Context(), awa, id))
	s.turns(awa, "suspended")
	is(t, s.MayCome(t.Context(), awa, id), rule.ErrForbidden)
}

func TestWhoMayComeIsToldWhenItIsCalledOff(t *testing.T) {
	s := newStreet(t)
	id, awa := s.announced(""), s.member("Awa")
	s.does(s.MayCome(t.Context(), awa, id))
	if mine, err := s.Mine(t.Context(), awa); err != nil || len(mine) != 1 {
		t.Errorf("%d are Awa's, %v; want 1", len(mine), err)
	}
	s.does(s.Cancel(t.Context(), s.nadia, id, "La salle est prise."))
	if n := s.count(`SELECT count(*) FROM coop.inbox WHERE member_id = ? AND kind = 'event_cancelled'`, awa.Member); n != 1 {
		t.Errorf("told %d times, want once", n)
	}
}

func TestAnAnnouncementSaysHowManyGuestsEachMayBring(t *testing.T) {
	s := newStreet(t)
	awa, paul := s.member("Awa"), s.member("Paul")
	a := table("10")
	a.Guests = "2"
	id, err := s.Announce(t.Context(), s.nadia, a)
	s.does(err)
	s.asks(id, awa, 2, event.Coming)
	_, err = s.Register(t.Context(), paul, id, 3)
	refused(t, err, "guests", "event.rule.guests")
	e := s.stands(id, awa, event.Coming)
	c := event.ChangeOf(e, time.UTC)
	c.From, c.Until, c.Guests = "18:30", "20:30", "0"
	s.does(s.Change(t.Context(), s.nadia, id, c))
	_, err = s.Register(t.Context(), paul, id, 1)
	refused(t, err, "guests", "event.rule.no_guests")
	s.asks(id, awa, 2, event.Coming) // who was to bring two may go on
	s.asks(id, paul, 0, event.Coming)
}

func TestPlacesForNewcomersAreTheirsUntilTheirDay(t *testing.T) {
	s := newStreet(t)
	s.once()
	id := s.kept("3", "2")
	old, other, late, fresh := s.regular("Odile"), s.regular("Omar"), s.regular("Luc"), s.member("Nour")
	s.asks(id, old, 0, event.Coming)
	s.asks(id, other, 0, event.Waiting)
	s.asks(id, late, 0, event.Waiting)
	if e := s.stands(id, other, event.Waiting); e.Left(s.now()) != 0 || e.ForNewcomers(s.now()) != 2 {
		t.Errorf("%d are left for Omar and %d for newcomers", e.Left(s.now()), e.ForNewcomers(s.now()))
	}
	s.asks(id, fresh, 0, event.Coming)
	s.stands(id, other, event.Waiting) // one more stays for a newcomer
	s.does(s.Withdraw(t.Context(), old, id))
	s.stands(id, other, event.Offered) // what was not a newcomer's goes on in turn
	s.does(s.Accept(t.Context(), other, id))

	s.at(starts.AddDate(0, 0, -1).Add(-time.Second))
	if n, err := s.PassOn(t.Context()); err != nil || n != 0 {
		t.Errorf("a second early: %d, %v", n, err)
	}
	s.at(starts.AddDate(0, 0, -1))
	if n, err := s.PassOn(t.Context()); err != nil || n != 1 {
		t.Fatalf("on the day: %d, %v", n, err)
	}
	s.stands(id, late, event.Offered)
	if n, err := s.PassOn(t.Context()); err != nil || n != 0 {
		t.Errorf("again: %d, %v", n, err)
	}
}

func TestNobodySlipsInWhenThePlacesOfNewcomersOpen(t *testing.T) {
	s := newStreet(t)
	s.once()
	id := s.kept("2", "1")
	a, b, c := s.regular("Anne"), s.regular("Bilal"), s.regular("Chloé")
	s.asks(id, a, 0, event.Coming)
	s.asks(id, b, 0, event.Waiting)
	s.at(starts.AddDate(0, 0, -1)) // the clock has not come by yet
	s.asks(id, c, 0, event.Waiting)
	s.stands(id, b, event.Offered)
}

func TestANewcomerIsOneWhenTheyAsk(t *testing.T) {
	s := newStreet(t)
	s.once()
	id := s.kept("2", "1")
	old, fresh, never := s.regular("Odile"), s.regular("Nour"), s.member("Jamais")
	s.sql(`UPDATE coop.members SET joined_at = ? WHERE id = ?`, starts.Add(-event.Newcomer+time.Hour), fresh.Member)
	s.sql(`UPDATE coop.members SET joined_at = ? WHERE id = ?`, thursday.AddDate(-3, 0, 0), never.Member)
	s.asks(id, old, 0, event.Coming)
	s.asks(id, fresh, 0, event.Coming) // came before, but joined lately
	s.does(s.Withdraw(t.Context(), fresh, id))
	s.asks(id, never, 0, event.Coming) // joined long ago, but never came
	s.sql(`INSERT INTO coop.attendances (cooperative_id, event_id, member_id, channel, by_member_id, at)
		SELECT cooperative_id, id, ?, 'list', organiser_id, now() FROM coop.events WHERE title = 'Autrefois'`, never.Member)
	if e := s.stands(id, never, event.Coming); !e.Newcomer || e.TakenNew != 1 {
		t.Errorf("newcomer %v, %d taken by newcomers: coming to something else changes nothing", e.Newcomer, e.TakenNew)
	}
}

func TestPlacesForNewcomersAreSomeOfThePlaces(t *testing.T) {
	s := newStreet(t)
	for name, c := range map[string]struct{ places, newcomers, days, field, rule string }{
		"of no number":  {"", "2", "", "newcomers", "event.rule.newcomers_of_all"},
		"more than all": {"3", "4", "", "newcomers", "event.rule.newcomers_too_many"},
		"words":         {"3", "deux", "", "newcomers", "event.rule.newcomers"},
		"minus":         {"3", "-1", "", "newcomers", "event.rule.newcomers"},
		"no day":        {"3", "1", "0", "newcomer_days", "event.rule.newcomer_days"},
		"long before":   {"3", "1", "31", "newcomer_days", "event.rule.newcomer_days"},
	} {
		t.Run(name, func(t *testing.T) {
			a := table(c.places)
			a.Newcomers, a.NewcomerDays = c.newcomers, c.days
			_, err := s.Announce(t.Context(), s.nadia, a)
			refused(t, err, c.field, c.rule)
		})
	}
	s.once()
	id := s.kept("2", "0")
	s.asks(id, s.regular("Odile"), 1, event.Coming)
	e, err := s.Show(t.Context(), s.nadia, id)
	s.does(err)
	paris, err := time.LoadLocation("Europe/Paris")
	s.does(err)
	c := event.ChangeOf(e, paris)
	c.Newcomers = "1"
	refused(t, s.Change(t.Context(), s.nadia, id, c), "newcomers", "event.rule.newcomers_taken")
}

func TestTwoHundredAskForTheLastTenPlacesWithTheirGuests(t *testing.T) {
	s := newStreet(t)
	s.once()
	id := s.kept("10", "3")
	crowd := make([]coop.Actor, 200)
	for i := range crowd {
		if i%4 == 0 {
			crowd[i] = s.member("Nouveau")
			continue
		}
		crowd[i] = s.regular("Voisin")
	}
	for _, err := range together(200, func(i int) error { _, err := s.Register(t.Context(), crowd[i], id, i%3); return err }) {
		if err != nil {
			t.Error(err)
		}
	}
	in := `SELECT coalesce(sum(1 + guests), 0) FROM coop.registrations WHERE event_id = ? AND answer IN ('coming', 'offered')`
	if n, old := s.count(in, id), s.count(in+` AND NOT newcomer`, id); n != 10 || old > 7 {
		t.Errorf("%d places are kept, %d by regulars; want 10 and 7 at most", n, old)
	}
	if n := s.count(`SELECT count(*) FROM coop.registrations WHERE event_id = ?`, id); n != 200 {
		t.Errorf("%d are on the list, want 200", n)
	}
	if n := s.count(`SELECT count(*) - count(DISTINCT turn) FROM coop.registrations WHERE event_id = ?`, id); n != 0 {
		t.Errorf("%d turns are held twice", n)
	}
}

func TestAPartyWaitsForAsManyPlacesAsItIs(t *testing.T) {
	s := newStreet(t)
	id, awa, paul, mia := s.announced("3"), s.member("Awa"), s.member("Paul"), s.member("Mia")
	s.asks(id, awa, 2, event.Coming)
	s.asks(id, paul, 1, event.Waiting)
	s.asks(id, mia, 1, event.Waiting)
	s.does(s.Withdraw(t.Context(), awa, id))
	s.stands(id, paul, event.Offered)
	s.stands(id, mia, event.Waiting) // one place is left, and they are two
	s.asks(id, mia, 0, event.Coming) // or one of them comes
}
