package event_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/event"
	"lien/rule"
)

// builds puts a place into the tree; parent is its path.
func (s *street) builds(kind, name string, parent ...uuid.UUID) (coop.PlaceID, []uuid.UUID) {
	s.t.Helper()
	id := rule.NewID[coop.PlaceID]()
	path := append(slices.Clone(parent), id.UUID)
	text := "{"
	for n, p := range path {
		if n > 0 {
			text += ","
		}
		text += p.String()
	}
	s.sql(`INSERT INTO coop.places (cooperative_id, id, parent_id, kind, name, path) VALUES (?, ?, ?, ?, ?, ?::uuid[])`,
		s.cooperative, id, parent[len(parent)-1], kind, name, text+"}")
	return id, path
}

// shares puts a room into a place.
func (s *street) shares(name string, in coop.PlaceID) coop.ResourceID {
	s.t.Helper()
	id := rule.NewID[coop.ResourceID]()
	s.sql(`INSERT INTO coop.resources (cooperative_id, id, kind, shared, name, details, language, place_id, state, paused_why, made_by, client_key, created_at)
		VALUES (?, ?, 'room', 'booked', ?, '', 'fr', ?, 'open', '', ?, ?, ?)`, s.cooperative, id, name, in, s.aline.Member, uuid.New(), thursday)
	return id
}

func (s *street) announcedAt(spot, words string) (coop.EventID, error) {
	a := table("")
	a.Spot, a.Place = spot, words
	return s.Announce(s.t.Context(), s.nadia, a)
}

func TestAnEventIsInAPlaceOfTheTreeAndInItsWords(t *testing.T) {
	s := newStreet(t)
	building, path := s.builds("building", "Bâtiment C", s.place.UUID)
	stairs, _ := s.builds("stairwell", "Escalier 2", path...)
	room := s.shares("Salle commune", building)
	inRoom, err := s.announcedAt("thing."+room.String(), "")
	s.does(err)
	e := s.stands(inRoom, s.aline, "")
	if e.Place != "Salle commune" || e.PlaceID != building || e.ResourceID != room || e.Where() != "Salle commune, Bâtiment C, "+"Les Tilleuls" {
		t.Errorf("in the room: %q, %q", e.Place, e.Where())
	}
	onStairs, err := s.announcedAt("place."+stairs.String(), "Devant les boîtes aux lettres, bâtiment C")
	s.does(err)
	if e := s.stands(onStairs, s.aline, ""); e.Where() != "Devant les boîtes aux lettres, bâtiment C, Escalier 2, "+"Les Tilleuls" {
		t.Errorf("the words say a name already: %q", e.Where())
	}
	s.announced("") // nowhere in the tree
	for _, c := range []struct {
		in   coop.PlaceID
		want int
	}{{building, 2}, {stairs, 1}, {s.place, 2}, {rule.NewID[coop.PlaceID](), 0}} {
		events, err := s.ComingIn(t.Context(), s.aline, c.in, event.After{})
		month, err2 := s.WithinIn(t.Context(), s.aline, c.in, thursday, thursday.AddDate(0, 1, 0))
		if err != nil || err2 != nil || len(events) != c.want || len(month) != c.want {
			t.Errorf("%v: %d coming and %d in the month, %v, %v; want %d", c.in, len(events), len(month), err, err2, c.want)
		}
	}
	s.sql(`UPDATE coop.resources SET state = 'retired' WHERE id = ?`, room)
	s.sql(`UPDATE coop.places SET closed_at = ? WHERE id = ?`, thursday, stairs)
	for _, gone := range []string{"thing." + room.String(), "place." + stairs.String(), "place." + uuid.NewString(), "place.x", "home." + building.String()} {
		_, err := s.announcedAt(gone, "Ici")
		refused(t, err, "spot", "event.rule.spot")
	}
	_, err = s.announcedAt("", "")
	refused(t, err, "place", "rule.missing")
}

func TestAPlaceIsChangedAndWhoComesIsToldOnlyWhenTheyWouldBeWrong(t *testing.T) {
	s := newStreet(t)
	b, _ := s.builds("building", "Bâtiment B", s.place.UUID)
	c, _ := s.builds("building", "Bâtiment C", s.place.UUID)
	id := s.begun(weekly("12"))
	e := s.stands(id, s.nadia, "")
	paris, err := time.LoadLocation("Europe/Paris")
	s.does(err)
	change := event.ChangeOf(e, paris)
	change.Spot, change.Scope = "place."+b.String(), event.Whole
	for n, want := range []bool{false, true} { // the words stay: only the second place is another one
		reach, err := s.Preview(t.Context(), s.nadia, id, change)
		if err != nil || reach.Moves != want || reach.Dates < 5 {
			t.Errorf("change %d reaches %+v, %v", n, reach, err)
		}
		s.does(s.Change(t.Context(), s.nadia, id, change))
		change.Spot = "place." + c.String()
	}
	sr, dates, err := s.Series(t.Context(), s.aline, e.SeriesID)
	if err != nil || sr.PlaceID != c || sr.Differs(dates[0]) {
		t.Errorf("the series is in %v (%v)", sr.PlaceID, err)
	}
	for _, d := range dates {
		if d.PlaceID != c {
			t.Errorf("%v is in %v", d.SeriesDay, d.PlaceID)
		}
	}
}

func TestTheCalendarOfAPlaceHoldsItsEventsAndNobody(t *testing.T) {
	s := newStreet(t)
	building, _ := s.builds("building", "Bâtiment C", s.place.UUID)
	other, _ := s.builds("building", "Bâtiment D", s.place.UUID)
	in, err := s.announcedAt("place."+building.String(), "Hall")
	s.does(err)
	_, err = s.announcedAt("place."+other.String(), "Hall")
	s.does(err)
	awa, bob := s.member("Awa"), s.member("Bob")
	s.does(s.OpenFeed(t.Context(), awa, event.OfPlace, building))
	s.does(s.OpenFeed(t.Context(), awa, event.OfPlace, other))
	s.does(s.OpenFeed(t.Context(), bob, event.OfPlace, building))
	secret := func(who coop.Actor) string {
		feeds, err := s.Feeds(t.Context(), who)
		if err != nil || feeds[0].Place != "Bâtiment C" {
			t.Fatalf("%+v, %v", feeds, err)
		}
		return feeds[0].Secret
	}
	hers := secret(awa)
	s.asks(in, awa, 2, event.Coming)
	for _, who := range []string{hers, secret(bob)} { // whoever comes, both hold the same event
		c, err := s.Calendar(t.Context(), who)
		if err != nil || len(c.Events) != 1 || c.Events[0].ID != in || c.Place != "Bâtiment C" || c.Events[0].Sequence != 0 {
			t.Errorf("%+v, %v", c.Events, err)
		}
	}
	for _, c := range []struct{ ends, back string }{
		{`UPDATE coop.members SET state = 'left' WHERE id = '` + awa.Member.String() + `'`, `UPDATE coop.members SET state = 'active'`},
		{`UPDATE coop.members SET state = 'suspended' WHERE id = '` + awa.Member.String() + `'`, `UPDATE coop.members SET state = 'active'`},
		{`UPDATE coop.places SET closed_at = now() WHERE id = '` + building.String() + `'`, `UPDATE coop.places SET closed_at = NULL`},
	} {
		s.sql(c.ends)
		if got, err := s.Calendar(t.Context(), hers); err != event.ErrShut || len(got.Events) != 0 || got.Name != "" {
			t.Errorf("%s: %+v, %v", c.ends, got, err)
		}
		s.sql(c.back)
	}
	s.does(s.ShutFeed(t.Context(), awa, event.OfPlace, building))
	_, err = s.Calendar(t.Context(), hers)
	is(t, err, event.ErrShut)
	refused(t, s.OpenFeed(t.Context(), awa, event.OfPlace, rule.NewID[coop.PlaceID]()), "place", "event.rule.spot")
	refused(t, s.OpenFeed(t.Context(), awa, event.OfPlace, coop.PlaceID{}), "kind", "event.rule.kind")
	for range event.MostPlaces {
		id, _ := s.builds("building", "B", s.place.UUID)
		err = s.OpenFeed(t.Context(), awa, event.OfPlace, id)
	}
	refused(t, err, "place", "event.rule.calendars")
}
