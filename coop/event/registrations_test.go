package event_test

import (
	"errors"
	"testing"
	"time"

	"lien/coop"
	"lien/coop/event"
	"lien/rule"
)

func TestOneComesAndMayBringGuests(t *testing.T) {
	s := newStreet(t)
	id, awa := s.announced("6"), s.member("Awa")
	s.asks(id, awa, 2, event.Coming)
	s.asks(id, awa, 2, event.Coming) // twice is once
	e := s.stands(id, awa, event.Coming)
	if e.Mine.Guests != 2 || e.Left(s.now()) != 3 {
		t.Errorf("got %d guests and %d places left, want 2 and 3", e.Mine.Guests, e.Left(s.now()))
	}
	_, err := s.Register(t.Context(), awa, id, 6)
	refused(t, err, "guests", "event.rule.guests")
	_, err = s.Register(t.Context(), awa, id, -1)
	refused(t, err, "guests", "event.rule.guests")
	s.stands(id, awa, event.Coming)
}

func TestAPartyThatCannotEverFitIsToldSo(t *testing.T) {
	s := newStreet(t)
	id, awa := s.announced("2"), s.member("Awa")
	_, err := s.Register(t.Context(), awa, id, 2)
	refused(t, err, "guests", "event.rule.too_many")
}

func TestAFullEventKeepsAWaitingList(t *testing.T) {
	s := newStreet(t)
	id, awa, paul := s.announced("2"), s.member("Awa"), s.member("Paul")
	s.asks(id, awa, 1, event.Coming)
	s.asks(id, paul, 0, event.Waiting)
	if e := s.stands(id, paul, event.Waiting); e.Left(s.now()) != 0 {
		t.Errorf("got %d left", e.Left(s.now()))
	}
	_, err := s.Register(t.Context(), awa, id, 2)
	refused(t, err, "guests", "event.rule.too_many")
}

func TestMoreGuestsThanThereIsRoomForLeaveThePlaceKept(t *testing.T) {
	s := newStreet(t)
	id, awa, paul := s.announced("3"), s.member("Awa"), s.member("Paul")
	s.asks(id, awa, 0, event.Coming)
	s.asks(id, paul, 1, event.Coming)
	_, err := s.Register(t.Context(), awa, id, 1)
	refused(t, err, "guests", "event.rule.no_room_for_guests")
	s.stands(id, awa, event.Coming)
}

func TestAFreedPlaceIsOfferedToTheNextInTurn(t *testing.T) {
	s := newStreet(t)
	id, awa, paul, mia := s.announced("1"), s.member("Awa"), s.member("Paul"), s.member("Mia")
	s.asks(id, awa, 0, event.Coming)
	s.asks(id, paul, 0, event.Waiting)
	s.asks(id, mia, 0, event.Waiting)
	s.does(s.Withdraw(t.Context(), awa, id))
	e := s.stands(id, paul, event.Offered)
	if want := thursday.Add(24 * time.Hour); !e.Mine.OfferUntil.Equal(want) {
		t.Errorf("offered until %v, want %v", e.Mine.OfferUntil, want)
	}
	s.stands(id, mia, event.Waiting)
	if offers, err := s.Offers(t.Context(), paul); err != nil || len(offers) != 1 {
		t.Errorf("got %d offers, %v", len(offers), err)
	}
	s.does(s.Accept(t.Context(), paul, id))
	s.does(s.Accept(t.Context(), paul, id)) // twice is once
	s.stands(id, paul, event.Coming)
	is(t, s.Accept(t.Context(), mia, id), rule.ErrMoved)
}

func TestADeclinedOfferPassesOn(t *testing.T) {
	s := newStreet(t)
	id, awa, paul, mia := s.announced("1"), s.member("Awa"), s.member("Paul"), s.member("Mia")
	s.asks(id, awa, 0, event.Coming)
	s.asks(id, paul, 0, event.Waiting)
	s.asks(id, mia, 0, event.Waiting)
	s.does(s.Withdraw(t.Context(), awa, id))
	s.does(s.Decline(t.Context(), paul, id))
	s.does(s.Decline(t.Context(), paul, id))
	s.stands(id, paul, event.Out)
	s.stands(id, mia, event.Offered)
}

func TestAnOfferThatRanOutPassesOn(t *testing.T) {
	s := newStreet(t)
	id, awa, paul, mia := s.announced("1"), s.member("Awa"), s.member("Paul"), s.member("Mia")
	s.asks(id, awa, 0, event.Coming)
	s.asks(id, paul, 0, event.Waiting)
	s.asks(id, mia, 0, event.Waiting)
	s.does(s.Withdraw(t.Context(), awa, id))

	s.at(thursday.Add(24*time.Hour - time.Second))
	if n, err := s.PassOn(t.Context()); err != nil || n != 0 {
		t.Errorf("a second early: passed %d on, %v", n, err)
	}
	s.stands(id, paul, event.Offered)
	s.at(thursday.Add(24 * time.Hour))
	s.stands(id, paul, event.Lapsed) // as it reads, even before the clock came by
	is(t, s.Accept(t.Context(), paul, id), rule.ErrMoved)
	if n, err := s.PassOn(t.Context()); err != nil || n != 1 {
		t.Errorf("passed %d on, %v; want 1", n, err)
	}
	s.stands(id, paul, event.Lapsed)
	s.stands(id, mia, event.Offered)
	s.asks(id, paul, 0, event.Waiting) // and asks again
}

func TestAnExpiredOfferPassesOnWhenTheEventIsTouched(t *testing.T) {
	s := newStreet(t)
	id, awa, paul, mia, eve := s.announced("1"), s.member("Awa"), s.member("Paul"), s.member("Mia"), s.member("Eve")
	s.asks(id, awa, 0, event.Coming)
	s.asks(id, paul, 0, event.Waiting)
	s.asks(id, mia, 0, event.Waiting)
	s.does(s.Withdraw(t.Context(), awa, id))
	s.at(thursday.Add(25 * time.Hour))
	s.asks(id, eve, 0, event.Waiting) // does not slip in before Mia
	s.stands(id, mia, event.Offered)
}

func TestAnOfferEndsAnHourBeforeTheStart(t *testing.T) {
	s := newStreet(t)
	id, awa, paul := s.announced("1"), s.member("Awa"), s.member("Paul")
	s.asks(id, awa, 0, event.Coming)
	s.asks(id, paul, 0, event.Waiting)
	s.at(starts.Add(-3 * time.Hour))
	s.does(s.Withdraw(t.Context(), awa, id))
	if e := s.stands(id, paul, event.Offered); !e.Mine.OfferUntil.Equal(starts.Add(-time.Hour)) {
		t.Errorf("offered until %v", e.Mine.OfferUntil)
	}
}

func TestInTheLastHourAFreePlaceIsWhoseAsks(t *testing.T) {
	s := newStreet(t)
	id, awa, paul, mia := s.announced("1"), s.member("Awa"), s.member("Paul"), s.member("Mia")
	s.asks(id, awa, 0, event.Coming)
	s.asks(id, paul, 0, event.Waiting)
	s.at(starts.Add(-30 * time.Minute))
	s.does(s.Withdraw(t.Context(), awa, id))
	s.stands(id, paul, event.Waiting)
	s.asks(id, paul, 0, event.Coming)
	s.asks(id, mia, 0, event.Waiting)
}

func TestAPlaceGoesToTheFirstWhomItFits(t *testing.T) {
	s := newStreet(t)
	id, awa, paul, mia := s.announced("3"), s.member("Awa"), s.member("Paul"), s.member("Mia")
	other := s.member("Zoé")
	s.asks(id, awa, 0, event.Coming)
	s.asks(id, other, 1, event.Coming)
	s.asks(id, paul, 2, event.Waiting) // three people
	s.asks(id, mia, 0, event.Waiting)
	s.does(s.Withdraw(t.Context(), awa, id))
	s.stands(id, paul, event.Waiting)
	s.stands(id, mia, event.Offered)
	s.does(s.Withdraw(t.Context(), other, id))
	s.stands(id, paul, event.Waiting) // one is still kept for Mia
	s.does(s.Decline(t.Context(), mia, id))
	s.stands(id, paul, event.Offered)
}

func TestFewerGuestsMakeRoom(t *testing.T) {
	s := newStreet(t)
	id, awa, paul := s.announced("3"), s.member("Awa"), s.member("Paul")
	s.asks(id, awa, 2, event.Coming)
	s.asks(id, paul, 1, event.Waiting)
	s.asks(id, awa, 1, event.Coming)
	s.stands(id, paul, event.Waiting)
	s.asks(id, paul, 0, event.Coming) // alone, Paul fits at once
	if e := s.stands(id, awa, event.Coming); e.Left(s.now()) != 0 {
		t.Errorf("%d left, want none", e.Left(s.now()))
	}
}

func TestWhoCancelledAndComesBackGoesLast(t *testing.T) {
	s := newStreet(t)
	id, awa, paul, mia := s.announced("1"), s.member("Awa"), s.member("Paul"), s.member("Mia")
	s.asks(id, awa, 0, event.Coming)
	s.asks(id, paul, 0, event.Waiting)
	s.asks(id, mia, 0, event.Waiting)
	s.asks(id, paul, 0, event.Waiting) // asking twice keeps the turn
	s.does(s.Withdraw(t.Context(), paul, id))
	s.asks(id, paul, 0, event.Waiting)
	s.does(s.Withdraw(t.Context(), awa, id))
	s.stands(id, mia, event.Offered)
	s.stands(id, paul, event.Waiting)
}

func TestPlacesAreNeverTakenTwice(t *testing.T) {
	s := newStreet(t)
	id := s.announced("10")
	crowd := make([]coop.Actor, 50)
	for i := range crowd {
		crowd[i] = s.member("Voisin")
	}
	for _, err := range together(50, func(i int) error {
		_, err := s.Register(t.Context(), crowd[i], id, i%3)
		return err
	}) {
		if err != nil {
			t.Error(err)
		}
	}
	taken := func() int {
		return s.count(`SELECT coalesce(sum(1 + guests), 0) FROM coop.registrations WHERE event_id = ? AND answer IN ('coming', 'offered')`, id)
	}
	if n := taken(); n != 10 {
		t.Errorf("%d places are taken, want 10", n)
	}
	// Everybody changes their mind at once.
	for _, err := range together(50, func(i int) error {
		if i%2 == 0 {
			return s.Withdraw(t.Context(), crowd[i], id)
		}
		err := s.Accept(t.Context(), crowd[i], id)
		if errors.Is(err, rule.ErrMoved) {
			return nil
		}
		return err
	}) {
		if err != nil {
			t.Error(err)
		}
	}
	if n := taken(); n > 10 {
		t.Errorf("%d places are taken, want 10 at most", n)
	}
	if n := s.count(`SELECT count(*) - count(DISTINCT turn) FROM coop.registrations WHERE event_id = ?`, id); n != 0 {
		t.Errorf("%d turns are held twice", n)
	}
}

func TestNobodyLearnsWhoComes(t *testing.T) {
	s := newStreet(t)
	id, awa, paul := s.announced("5"), s.member("Awa"), s.member("Paul")
	s.asks(id, awa, 3, event.Coming)
	e := s.stands(id, paul, event.None)
	if e.Left(s.now()) != 1 || e.Mine != (event.Registration{OfferUntil: e.Mine.OfferUntil}) {
		t.Errorf("got %+v", e.Mine)
	}
	_, _, err := s.Door(t.Context(), paul, id)
	is(t, err, rule.ErrForbidden)
}

func TestAfterTheEndNobodyAnswers(t *testing.T) {
	s := newStreet(t)
	id, awa := s.announced(""), s.member("Awa")
	s.at(ends)
	_, err := s.Register(t.Context(), awa, id, 0)
	is(t, err, rule.ErrMoved)
	is(t, s.Withdraw(t.Context(), awa, id), rule.ErrMoved)
}

func TestMineAreTheOnesThatConcernMe(t *testing.T) {
	s := newStreet(t)
	coming, waiting, other := s.announced(""), s.announced("1"), s.announced("")
	awa := s.member("Awa")
	s.asks(coming, awa, 0, event.Coming)
	s.asks(waiting, s.nadia, 0, event.Coming)
	s.asks(waiting, awa, 0, event.Waiting)
	s.asks(other, awa, 0, event.Coming)
	s.does(s.Withdraw(t.Context(), awa, other))
	mine, err := s.Mine(t.Context(), awa)
	if err != nil || len(mine) != 2 {
		t.Errorf("got %d, %v; want 2", len(mine), err)
	}
	organised, err := s.Mine(t.Context(), s.nadia)
	if err != nil || len(organised) != 3 {
		t.Errorf("got %d, %v; want the 3 that Nadia organises", len(organised), err)
	}
}
