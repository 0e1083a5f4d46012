package exchange_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/exchange"
	"lien/rule"
)

func (s *street) searches() *exchange.Searches { return exchange.NewSearches(s.Coop, s.now) }

func (s *street) save(t testing.TB, n int, search exchange.Search) exchange.Saved {
	t.Helper()
	if err := s.searches().Save(t.Context(), s.actor(n), exchange.Wish{Key: uuid.New(), Search: search}); err != nil {
		t.Fatal(err)
	}
	all, err := s.searches().Mine(t.Context(), s.actor(n))
	if err != nil {
		t.Fatal(err)
	}
	return all[0]
}

// look lets the house look through the searches, ten minutes later.
func (s *street) look(t testing.TB) {
	t.Helper()
	s.later(11 * time.Minute)
	for range 2 { // a second look right away finds nothing more
		if _, err := s.searches().Look(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

func (s *street) news(t testing.TB, n int) int64 {
	t.Helper()
	return s.told(t, n, "search_found") + s.told(t, n, "search_found_several")
}

func TestASavedSearchTellsWhatIsNewOnceADayAtMost(t *testing.T) {
	s := newStreet(t, 3)
	s.publish(t, 0, draft()) // before the search: no news
	s.save(t, 1, exchange.Search{Words: "étagères"})
	s.look(t)
	if got := s.news(t, 1); got != 0 {
		t.Fatalf("told %d times of what was there before", got)
	}
	s.publish(t, 0, draft())
	s.look(t)
	if got := s.told(t, 1, "search_found"); got != 1 {
		t.Fatalf("told %d times of a new one, want once", got)
	}
	s.publish(t, 0, draft())
	s.later(time.Hour)
	s.publish(t, 2, draft())
	s.look(t)
	if got := s.news(t, 1); got != 1 {
		t.Errorf("told %d times on one day", got)
	}
	s.later(24 * time.Hour)
	s.look(t)
	if got := s.told(t, 1, "search_found_several"); got != 1 {
		t.Errorf("the next day: told %d times of both together, want once", got)
	}
	s.later(48 * time.Hour)
	s.look(t)
	if got := s.news(t, 1); got != 2 {
		t.Errorf("told again of what is not new: %d", got)
	}
}

func TestASearchTellsOnlyOfWhatItsOwnerSees(t *testing.T) {
	s := newStreet(t, 4)
	s.exec(t, `UPDATE coop.members SET state = 'suspended' WHERE id = ?`, s.members[3])
	for name, c := range map[string]struct {
		search exchange.Search
		before func(id coop.ListingID)
		by     int
		want   int64
	}{
		"its sort":          {exchange.Search{Kind: exchange.Offer, Category: "repair"}, nil, 0, 1},
		"another sort":      {exchange.Search{Category: "sewing"}, nil, 0, 0},
		"the other kind":    {exchange.Search{Kind: exchange.Request}, nil, 0, 0},
		"one's own":         {exchange.Search{Category: "repair"}, nil, 1, 0},
		"a language":        {exchange.Search{Spoken: "ar"}, nil, 0, 1},
		"another language":  {exchange.Search{Spoken: "tr"}, nil, 0, 0},
		"hidden meanwhile":  {exchange.Search{Category: "repair"}, func(id coop.ListingID) { s.exec(t, `UPDATE coop.listings SET moderation = 'hidden' WHERE id = ?`, id) }, 0, 0},
		"paused meanwhile":  {exchange.Search{Category: "repair"}, func(id coop.ListingID) { s.exec(t, `UPDATE coop.listings SET state = 'paused' WHERE id = ?`, id) }, 0, 0},
		"not in a building": {exchange.Search{Near: true}, nil, 0, 0},
	} {
		saved, before := s.save(t, 1, c.search), s.news(t, 1)
		s.later(time.Hour)
		d := draft()
		d.Spoken = []string{"ar", "fr"}
		id := s.publish(t, c.by, d)
		if c.before != nil {
			c.before(id)
		}
		s.look(t)
		if got := s.news(t, 1) - before; got != c.want {
			t.Errorf("%s: told %d times, want %d", name, got, c.want)
		}
		if err := s.searches().Stop(t.Context(), s.actor(1), saved.ID); err != nil {
			t.Fatal(err)
		}
		s.later(24 * time.Hour)
	}
	s.save(t, 2, exchange.Search{Category: "repair"})
	s.hide(t, 2, 0)
	s.publish(t, 0, draft())
	s.look(t)
	if got := s.news(t, 2); got != 0 {
		t.Error("told of somebody who hides")
	}
}

func TestASearchIsItsOwnersToChangeAndStop(t *testing.T) {
	s := newStreet(t, 2)
	saved := s.save(t, 1, exchange.Search{Words: "vélo"})
	wish := exchange.Wish{Search: exchange.Search{Words: "étagère"}}
	if err := s.searches().Change(t.Context(), s.actor(0), saved.ID, wish); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("somebody else changes it: %v", err)
	}
	if err := s.searches().Stop(t.Context(), s.actor(0), saved.ID); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("somebody else stops it: %v", err)
	}
	if _, err := s.searches().One(t.Context(), s.actor(0), saved.ID); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("somebody else reads it: %v", err)
	}
	if err := s.searches().Change(t.Context(), s.actor(1), saved.ID, wish); err != nil {
		t.Fatal(err)
	}
	s.later(time.Minute)
	s.publish(t, 0, draft())
	if err := s.searches().Stop(t.Context(), s.actor(1), saved.ID); err != nil {
		t.Fatal(err)
	}
	s.look(t)
	if got := s.news(t, 1); got != 0 {
		t.Error("stopped, and told")
	}
}

func TestWhatASearchLooksForIsChecked(t *testing.T) {
	s := newStreet(t, 1)
	for want, search := range map[string]exchange.Search{
		"words search.everything": {},
		"kind rule.choose":        {Kind: "gift"},
		"category rule.choose":    {Category: "magic"},
		"spoken rule.choose":      {Spoken: "tlh"},
		"words rule.one_line":     {Words: "a\nb"},
	} {
		if err := s.searches().Save(t.Context(), s.actor(0), exchange.Wish{Key: uuid.New(), Search: search}); broken(err) != want {
			t.Errorf("%+v: got %v, want %s", search, err, want)
		}
	}
	key := uuid.New()
	for range 3 { // one search, sent three times
		if err := s.searches().Save(t.Context(), s.actor(0), exchange.Wish{Key: key, Search: exchange.Search{Words: "vélo"}}); err != nil {
			t.Fatal(err)
		}
	}
	for range 9 {
		s.save(t, 0, exchange.Search{Words: "vélo"})
	}
	if err := s.searches().Save(t.Context(), s.actor(0), exchange.Wish{Key: uuid.New(), Search: exchange.Search{Words: "vélo"}}); broken(err) != "words search.too_many" {
		t.Errorf("the eleventh: %v", err)
	}
	if err := s.searches().Save(t.Context(), s.actor(0), exchange.Wish{Key: key, Search: exchange.Search{Words: "vélo"}}); err != nil {
		t.Errorf("the first again: %v", err)
	}
}

// Who parted from a neighbour learns no building of theirs by a search either: neither from
// what is told, nor from silence that differs from that about anybody else elsewhere.
func TestASearchInMyBuildingTellsNothingOfSomebodyFromWhomIParted(t *testing.T) {
	s := newStreet(t, 3)
	s.live(t, rule.NewID[coop.PlaceID](), "B", 0, 1, 2)
	home := rule.NewID[coop.HouseholdID]()
	s.exec(t, `INSERT INTO coop.households (cooperative_id, id, began_by, client_key, began_at) VALUES (?, ?, ?, ?, ?)`,
		s.cooperative, home, s.members[0], uuid.New(), noon)
	s.exec(t, `INSERT INTO coop.household_members (cooperative_id, household_id, member_id, from_at, until_at, untold) VALUES (?, ?, ?, ?, ?, true), (?, ?, ?, ?, NULL, false)`,
		s.cooperative, home, s.members[0], noon, noon.Add(time.Hour), s.cooperative, home, s.members[1], noon)
	s.save(t, 1, exchange.Search{Near: true})
	s.save(t, 2, exchange.Search{Near: true})
	s.later(2 * time.Hour)
	d := draft()
	d.Place = exchange.MyBuilding
	s.publish(t, 0, d)
	s.look(t)
	if parted, neighbour := s.news(t, 1), s.news(t, 2); parted != 0 || neighbour != 1 {
		t.Errorf("who parted is told %d times, a neighbour %d, want 0 and 1", parted, neighbour)
	}
}
