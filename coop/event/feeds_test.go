package event_test

import (
	"strings"
	"testing"

	"lien/coop"
	"lien/coop/event"
	"lien/rule"
)

// opened opens a calendar and returns its secret.
func (s *street) opened(who coop.Actor, kind event.Kind) string {
	s.t.Helper()
	s.does(s.OpenFeed(s.t.Context(), who, kind, coop.PlaceID{}))
	feeds, err := s.Feeds(s.t.Context(), who)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, f := range feeds {
		if f.Kind == kind {
			return f.Secret
		}
	}
	s.t.Fatal("no calendar was opened")
	return ""
}

func TestACalendarHoldsWhatItsMemberMaySee(t *testing.T) {
	s := newStreet(t)
	id, awa := s.begun(weekly("12")), s.member("Awa")
	s.announced("")
	s.asks(id, awa, 0, event.Coming)
	mine, all := s.opened(awa, event.MineOnly), s.opened(awa, event.Everybodys)
	if c, err := s.Calendar(t.Context(), mine); err != nil || len(c.Events) != 1 || c.Events[0].ID != id || len(c.Series) != 0 {
		t.Errorf("my own: %+v, %v", c, err)
	}
	if c, err := s.Calendar(t.Context(), all); err != nil || len(c.Events) != 9 || len(c.Series) != 1 {
		t.Errorf("everybody's: %d events, %d series, %v", len(c.Events), len(c.Series), err)
	}
	s.does(s.Cancel(t.Context(), s.nadia, id, "La salle est inondée."))
	if c, err := s.Calendar(t.Context(), mine); err != nil || len(c.Events) != 1 || !c.Events[0].Cancelled() || c.Events[0].Sequence != 1 {
		t.Errorf("called off: %+v, %v", c.Events, err)
	}
}

func TestASecretLeadsNowhereOnceItIsShutOrItsMemberHasLeft(t *testing.T) {
	s := newStreet(t)
	awa := s.member("Awa")
	first := s.opened(awa, event.Everybodys)
	second := s.opened(awa, event.Everybodys)
	if first == second || len(second) != 43 {
		t.Errorf("the secrets are %q and %q", first, second)
	}
	_, err := s.Calendar(t.Context(), first)
	is(t, err, event.ErrShut)
	if _, err := s.Calendar(t.Context(), second); err != nil {
		t.Error(err)
	}
	s.sql(`UPDATE coop.members SET state = 'left' WHERE id = ?`, awa.Member)
	_, err = s.Calendar(t.Context(), second)
	is(t, err, event.ErrShut)
	s.sql(`UPDATE coop.members SET state = 'active' WHERE id = ?`, awa.Member)
	s.does(s.ShutFeed(t.Context(), awa, event.Everybodys, coop.PlaceID{}))
	_, err = s.Calendar(t.Context(), second)
	is(t, err, event.ErrShut)
	for _, guess := range []string{"", "x", strings.Repeat("A", 43)} {
		_, err = s.Calendar(t.Context(), guess)
		is(t, err, rule.ErrNotFound)
	}
	refused(t, s.OpenFeed(t.Context(), awa, "secret", coop.PlaceID{}), "kind", "event.rule.kind")
}

func TestTwoTapsOpenOneCalendarAndNoSecretIsKept(t *testing.T) {
	s := newStreet(t)
	awa := s.member("Awa")
	for _, err := range together(6, func(int) error { return s.OpenFeed(t.Context(), awa, event.MineOnly, coop.PlaceID{}) }) {
		if err != nil {
			t.Error(err)
		}
	}
	if n := s.count(`SELECT count(*) FROM coop.calendar_feeds WHERE shut_at IS NULL`); n != 1 {
		t.Errorf("%d are open, want 1", n)
	}
	secret := s.opened(awa, event.MineOnly)
	if n := s.count(`SELECT count(*) FROM coop.calendar_feeds f WHERE f::text LIKE ?`, "%"+secret+"%"); n != 0 {
		t.Error("the secret is kept as it is")
	}
	s.sql(`UPDATE coop.members SET state = 'suspended' WHERE id = ?`, awa.Member)
	is(t, s.OpenFeed(t.Context(), awa, event.MineOnly, coop.PlaceID{}), rule.ErrForbidden)
}
