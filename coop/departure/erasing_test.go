package departure_test

import (
	"testing"
	"time"

	"lien/coop"
	"lien/coop/departure"
	"lien/coop/membership"
	"lien/rule"
)

// gone lets somebody leave with their wish, and the facilitator note it.
func (s *street) gone(n int, wish departure.Wish) departure.Departure {
	s.t.Helper()
	d := s.begin(n, wish)
	s.fine(s.departures.Close(s.t.Context(), s.actor(0), d.ID, coop.LeavingRuleID{}))
	return s.one(d.ID)
}

func (s *street) one(id coop.DepartureID) departure.Departure {
	s.t.Helper()
	d, err := s.departures.One(s.t.Context(), s.actor(0), id)
	s.fine(err)
	return d
}

func TestTheDayOfErasingIsCountedFromTheEndOfTheDeparture(t *testing.T) {
	s := newStreet(t, 3)
	d := s.begin(1, departure.Wish{Erase: true})
	if !d.Erase || !d.EraseAt.IsZero() || d.Days != 30 {
		t.Fatalf("while leaving: %+v", d)
	}
	s.now = s.now.AddDate(0, 0, 4)
	s.fine(s.departures.Close(t.Context(), s.actor(0), d.ID, coop.LeavingRuleID{}))
	if d = s.one(d.ID); !d.EraseAt.Equal(s.now.AddDate(0, 0, 30)) {
		t.Errorf("the day is %v", d.EraseAt)
	}
	s.exec(`UPDATE coop.cooperatives SET erase_after_days = 60`)
	if d = s.gone(2, departure.Wish{Erase: true}); !d.EraseAt.Equal(s.now.AddDate(0, 0, 60)) {
		t.Errorf("where sixty days hold, the day is %v", d.EraseAt)
	}
}

func TestWhoChangesTheirMindIsKept(t *testing.T) {
	s := newStreet(t, 5)
	one := s.begin(1, departure.Wish{Erase: true})
	if one = s.begin(1, departure.Wish{}); one.Erase {
		t.Error("who changes their wish while leaving is erased all the same")
	}
	two := s.gone(2, departure.Wish{Erase: true})
	s.breaks(s.departures.CallOffErasing(t.Context(), s.actor(0), two.ID, two.Number+1), "departure.number")
	s.is(s.departures.CallOffErasing(t.Context(), s.actor(3), two.ID, two.Number), rule.ErrForbidden)
	s.fine(s.departures.CallOffErasing(t.Context(), s.actor(0), two.ID, two.Number))
	s.is(s.departures.CallOffErasing(t.Context(), s.actor(0), two.ID, two.Number), rule.ErrMoved)
	if two = s.one(two.ID); two.Erase || !two.EraseAt.IsZero() {
		t.Errorf("called off at the desk: %+v", two)
	}
	three := s.gone(3, departure.Wish{Erase: true})
	s.exec(`INSERT INTO coop.charters (cooperative_id, version, language, title, body, published_at) VALUES (?, 1, 'fr', 'La charte', 'Nous nous aidons.', ?)`, s.cooperative, noon)
	s.fine(membership.NewMembers(s.Coop, s.clock).Return(t.Context(), s.actor(0), s.members[3], membership.Paper{Version: 1, Language: "fr", Channel: membership.AtDesk}))
	if three = s.one(three.ID); three.Erase || !three.EraseAt.IsZero() {
		t.Errorf("came back: %+v", three)
	}
	s.is(s.departures.AskErasing(t.Context(), s.actor(0), three.ID, three.Number), rule.ErrMoved)
}

func TestSomebodyWithNoPhoneAsksAtTheDeskByTheirNumber(t *testing.T) {
	s := newStreet(t, 4)
	d := s.gone(1, departure.Wish{})
	s.now = s.now.Add(48 * time.Hour)
	s.breaks(s.departures.AskErasing(t.Context(), s.actor(0), d.ID, 0), "departure.number")
	s.is(s.departures.AskErasing(t.Context(), s.actor(2), d.ID, d.Number), rule.ErrForbidden)
	elsewhere := coop.Actor{Cooperative: rule.NewID[coop.CooperativeID](), Member: s.members[0]}
	s.is(s.departures.AskErasing(t.Context(), elsewhere, d.ID, d.Number), rule.ErrForbidden)
	s.fine(s.departures.AskErasing(t.Context(), s.actor(0), d.ID, d.Number))
	s.is(s.departures.AskErasing(t.Context(), s.actor(0), d.ID, d.Number), rule.ErrMoved)
	if d = s.one(d.ID); !d.EraseAt.Equal(s.now.AddDate(0, 0, 30)) {
		t.Errorf("the day is %v", d.EraseAt)
	}
	if n := s.count(`SELECT count(*) FROM coop.departures WHERE erase_asked_by = ? AND erase_asked_at = ?`, s.members[0], s.now); n != 1 {
		t.Error("who wrote it down is not known")
	}
	s.exec(`UPDATE coop.departures SET erased_at = erase_at`)
	s.is(s.departures.CallOffErasing(t.Context(), s.actor(0), d.ID, d.Number), rule.ErrMoved)
	open := s.begin(2, departure.Wish{})
	s.fine(s.departures.AskErasing(t.Context(), s.actor(0), open.ID, open.Number))
	if open = s.one(open.ID); !open.Erase || !open.EraseAt.IsZero() {
		t.Errorf("asked while leaving: %+v", open)
	}
}
