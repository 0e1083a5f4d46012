package exchange_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"lien/coop"
	"lien/coop/exchange"
	"lien/rule"
)

func (s *street) titles(t testing.TB, n int, search exchange.Search) string {
	t.Helper()
	shelf, err := s.listings.List(t.Context(), s.actor(n), search)
	if err != nil {
		t.Fatal(err)
	}
	var titles []string
	for _, l := range shelf.Listings {
		titles = append(titles, l.Title)
	}
	return strings.Join(titles, ", ")
}

func TestAListingIsFoundWhateverAccentsEndingsAndSlips(t *testing.T) {
	s := newStreet(t, 2)
	for _, title := range []string{"Réparer un vélo", "Garder des enfants", "Cours de cuisine sénégalaise"} {
		d := draft()
		d.Title = title
		if strings.HasPrefix(title, "Garder") {
			d.Kind, d.Category, d.Details = exchange.Request, "children", "Deux après-midis, près de l’école"
		}
		s.publish(t, 0, d)
	}
	for words, want := range map[string]string{
		"velos":           "Réparer un vélo",
		"réparation":      "Réparer un vélo",
		"enfant":          "Garder des enfants",
		"ecole":           "Garder des enfants",
		"senegalais":      "Cours de cuisine sénégalaise",
		"cuisne":          "Cours de cuisine sénégalaise",
		"cuisien":         "Cours de cuisine sénégalaise",
		"cuissine":        "Cours de cuisine sénégalaise",
		"vleo":            "Réparer un vélo",
		"repqrer vélo":    "Réparer un vélo",
		"reparer enfants": "",
		"un":              "",
		"étagère":         "",
		"a'; DROP":        "",
	} {
		if got := s.titles(t, 1, exchange.Search{Words: words}); got != want {
			t.Errorf("%q: got %q, want %q", words, got, want)
		}
	}
	if got := s.titles(t, 1, exchange.Search{Kind: exchange.Request}); got != "Garder des enfants" {
		t.Errorf("requests: got %q", got)
	}
	if got := s.titles(t, 1, exchange.Search{Category: "children", Kind: exchange.Offer}); got != "" {
		t.Errorf("offers for children: got %q, want none", got)
	}
}

func TestAListingEndsAfterNinetyDaysUnlessRenewed(t *testing.T) {
	s := newStreet(t, 2)
	id := s.publish(t, 0, draft())
	s.later(89 * 24 * time.Hour)
	mine, err := s.listings.Mine(t.Context(), s.actor(0))
	if err != nil || !mine[0].EndsSoon(s.now()) {
		t.Errorf("the day before: the owner is not warned (%v)", err)
	}
	s.later(24 * time.Hour)
	if got := s.titles(t, 1, exchange.Search{}); got != "" {
		t.Errorf("after ninety days: got %q, want none", got)
	}
	if _, err := s.listings.One(t.Context(), s.actor(1), id); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("a neighbour reads it: got %v, want ErrNotFound", err)
	}
	own, err := s.listings.One(t.Context(), s.actor(0), id)
	if err != nil || !own.Expired(s.now()) {
		t.Errorf("its owner reads it: got %+v (%v), want it expired", own, err)
	}
	if err := s.listings.Renew(t.Context(), s.actor(0), id); err != nil {
		t.Fatal(err)
	}
	if got := s.titles(t, 1, exchange.Search{}); got == "" {
		t.Error("renewed: not shown")
	}
}

func TestOnlyItsOwnerChangesAListing(t *testing.T) {
	s := newStreet(t, 2)
	id := s.publish(t, 0, draft())
	for name, change := range map[string]func(coop.Actor) error{
		"pause":  func(a coop.Actor) error { return s.listings.Pause(t.Context(), a, id) },
		"reopen": func(a coop.Actor) error { return s.listings.Reopen(t.Context(), a, id) },
		"renew":  func(a coop.Actor) error { return s.listings.Renew(t.Context(), a, id) },
		"revise": func(a coop.Actor) error { return s.listings.Revise(t.Context(), a, id, draft()) },
		"close":  func(a coop.Actor) error { return s.listings.Close(t.Context(), a, id) },
	} {
		if err := change(s.actor(1)); !errors.Is(err, rule.ErrNotFound) {
			t.Errorf("%s by a neighbour: got %v, want ErrNotFound", name, err)
		}
	}
	if err := s.listings.Pause(t.Context(), s.actor(0), id); err != nil {
		t.Fatal(err)
	}
	if got := s.titles(t, 1, exchange.Search{}); got != "" {
		t.Errorf("paused: got %q, want none", got)
	}
	if err := s.listings.Close(t.Context(), s.actor(0), id); err != nil {
		t.Fatal(err)
	}
	if err := s.listings.Reopen(t.Context(), s.actor(0), id); !errors.Is(err, rule.ErrMoved) {
		t.Errorf("reopen what is closed: got %v, want ErrMoved", err)
	}
}

func TestAListingSentTwiceIsOne(t *testing.T) {
	s, d := newStreet(t, 1), draft()
	if first, again := s.publish(t, 0, d), s.publish(t, 0, d); first != again {
		t.Errorf("got %v and %v, want one", first, again)
	}
}

func TestOnlyAnActiveMemberPublishes(t *testing.T) {
	s := newStreet(t, 2)
	s.publish(t, 1, draft())
	s.exec(t, `UPDATE coop.members SET state = 'suspended' WHERE id = ?`, s.members[0])
	if _, err := s.listings.Publish(t.Context(), s.actor(0), draft()); !errors.Is(err, rule.ErrForbidden) {
		t.Errorf("got %v, want ErrForbidden", err)
	}
	if got := s.titles(t, 0, exchange.Search{}); got != "" {
		t.Errorf("a suspended member reads %q, want none", got)
	}
}

func TestTheFormOfAListingIsChecked(t *testing.T) {
	s := newStreet(t, 1)
	for name, c := range map[string]struct {
		change func(*exchange.Draft)
		want   string
	}{
		"no kind":       {func(d *exchange.Draft) { d.Kind = "" }, "kind rule.choose"},
		"no category":   {func(d *exchange.Draft) { d.Category = "magic" }, "category rule.choose"},
		"no title":      {func(d *exchange.Draft) { d.Title = "  " }, "title rule.missing"},
		"a long title":  {func(d *exchange.Draft) { d.Title = strings.Repeat("é", 81) }, "title rule.too_long"},
		"two lines":     {func(d *exchange.Draft) { d.Title = "une\nannonce" }, "title rule.one_line"},
		"an override":   {func(d *exchange.Draft) { d.Details = "abc \u202e fed" }, "details rule.unreadable"},
		"broken UTF-8":  {func(d *exchange.Draft) { d.Details = "\xff" }, "details rule.unreadable"},
		"minus an hour": {func(d *exchange.Draft) { d.Minutes = -60 }, "minutes rule.choose"},
	} {
		d := draft()
		c.change(&d)
		if _, err := s.listings.Publish(t.Context(), s.actor(0), d); broken(err) != c.want {
			t.Errorf("%s: got %q, want %q", name, broken(err), c.want)
		}
	}
}

func TestListingsArePagedByKeyAndKeptApartByCooperative(t *testing.T) {
	s := newStreet(t, 3)
	for n := range 60 {
		s.publish(t, n%2, draft())
		s.later(3 * time.Hour)
	}
	elsewhere := rule.NewID[coop.CooperativeID]()
	foreign := coop.Actor{Cooperative: elsewhere, Member: s.found(t, elsewhere, 1)[0]}
	if shelf, err := s.listings.List(t.Context(), foreign, exchange.Search{}); err != nil || len(shelf.Listings) != 0 {
		t.Errorf("another cooperative reads %d (%v), want none", len(shelf.Listings), err)
	}
	seen, pages := map[coop.ListingID]bool{}, 0
	for search := (exchange.Search{}); ; pages++ {
		shelf, err := s.listings.List(t.Context(), s.actor(2), search)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range shelf.Listings {
			seen[l.ID] = true
		}
		if search.After = shelf.Next; search.After == (coop.ListingID{}) {
			break
		}
	}
	if len(seen) != 60 || pages != 2 {
		t.Errorf("got %d listings on %d pages, want 60 on 3", len(seen), pages+1)
	}
}
