package event_test

import (
	"testing"

	"lien/coop"
	"lien/coop/event"
	"lien/rule"
)

func (s *street) turns(who coop.Actor, state string) {
	s.t.Helper()
	s.sql(`UPDATE coop.members SET state = ? WHERE id = ?`, state, who.Member)
}

func TestWhoMayNotTakePartIsOfferedNoPlaceAndTakesNone(t *testing.T) {
	s := newStreet(t)
	id, sara, omar, lina := s.announced("1"), s.member("Sara"), s.member("Omar"), s.member("Lina")
	s.asks(id, sara, 0, event.Coming)
	s.asks(id, omar, 0, event.Waiting)
	s.asks(id, lina, 0, event.Waiting)
	s.turns(omar, "suspended")
	s.does(s.Withdraw(t.Context(), sara, id))
	s.stands(id, omar, event.Waiting)
	s.stands(id, lina, event.Offered)
	s.turns(lina, "paused")
	is(t, s.Accept(t.Context(), lina, id), rule.ErrForbidden)
	s.stands(id, lina, event.Offered)
	s.does(s.Decline(t.Context(), lina, id))
	s.stands(id, lina, event.Out)
}

func TestThePlaceOfSomebodyWhoLeftPassesOn(t *testing.T) {
	s := newStreet(t)
	id, sara, omar := s.announced("1"), s.member("Sara"), s.member("Omar")
	s.asks(id, sara, 0, event.Coming)
	s.asks(id, omar, 0, event.Waiting)
	s.turns(sara, "left")
	if n, err := s.PassOn(t.Context()); err != nil || n != 1 {
		t.Fatalf("looked at %d events, %v", n, err)
	}
	s.stands(id, omar, event.Offered)
	if n, err := s.PassOn(t.Context()); err != nil || n != 0 {
		t.Errorf("looked again at %d events, %v", n, err)
	}
}

func TestThePlacesOfWhoRestsThoseDaysPassOn(t *testing.T) {
	s := newStreet(t)
	id, sara, omar := s.announced("1"), s.member("Sara"), s.member("Omar")
	later := table("1")
	later.Day = "2026-12-03"
	after, err := s.Announce(t.Context(), s.nadia, later)
	s.does(err)
	for _, e := range []coop.EventID{id, after} {
		s.asks(e, sara, 0, event.Coming)
		s.asks(e, omar, 0, event.Waiting)
	}
	s.sql(`INSERT INTO coop.pauses (cooperative_id, id, member_id, from_on, until_on, client_key, asked_at, begun_at)
		VALUES (?, gen_random_uuid(), ?, '2026-11-24', '2026-12-02', gen_random_uuid(), now(), now())`, s.cooperative, sara.Member)
	s.turns(sara, "paused")
	if n, err := s.PassOn(t.Context()); err != nil || n != 1 {
		t.Fatalf("looked at %d events, %v", n, err)
	}
	s.stands(id, omar, event.Offered)
	s.stands(after, omar, event.Waiting)
	s.stands(after, sara, event.Coming)
}
