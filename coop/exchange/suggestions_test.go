package exchange_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/exchange"
	"lien/rule"
)

// live moves a member into a building of their own or another's.
func (s *street) live(t testing.TB, building coop.PlaceID, name string, people ...int) {
	t.Helper()
	s.exec(t, `INSERT INTO coop.places (cooperative_id, id, parent_id, kind, name, path)
SELECT cooperative_id, ?, id, 'building', ?, path || ?::uuid FROM coop.places WHERE cooperative_id = ? AND kind = 'residence'
ON CONFLICT DO NOTHING`, building, name, building, s.cooperative)
	for _, n := range people {
		s.exec(t, `UPDATE coop.members SET place_id = ? WHERE id = ?`, building, s.members[n])
	}
}

func (s *street) suggested(t testing.TB, n int) []exchange.Suggestion {
	t.Helper()
	found, err := s.listings.Suggest(t.Context(), s.actor(n), coop.ListingID{})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestASuggestionSaysWhyAndNothingElse(t *testing.T) {
	s := newStreet(t, 4)
	a, b := rule.NewID[coop.PlaceID](), rule.NewID[coop.PlaceID]()
	s.live(t, a, "Bâtiment A", 0, 1)
	s.live(t, b, "Bâtiment B", 2)
	saturday := exchange.At(time.Saturday, exchange.Morning)
	offer := draft()
	offer.Place, offer.Free, offer.Spoken = exchange.MyBuilding, saturday|exchange.At(time.Monday, exchange.Evening), []string{"fr", "ar"}
	mine := s.publish(t, 0, offer)
	for name, c := range map[string]struct {
		by     int
		change func(*exchange.Draft)
		want   exchange.Reason
		none   bool
	}{
		"everything in common": {
			1, func(d *exchange.Draft) { d.Place, d.Free, d.Spoken = exchange.MyBuilding, saturday, []string{"ar"} },
			exchange.Reason{Building: true, Times: true, Day: time.Saturday, Part: exchange.Morning, Spoken: "ar"},
			false,
		},
		"a neighbour who does not say where": {
			1, func(d *exchange.Draft) { d.Free = saturday },
			exchange.Reason{Times: true, Day: time.Saturday, Part: exchange.Morning},
			false,
		},
		"only the sort":        {2, func(*exchange.Draft) {}, exchange.Reason{}, false},
		"another building":     {2, func(d *exchange.Draft) { d.Place = exchange.MyBuilding }, exchange.Reason{}, true},
		"never at one time":    {1, func(d *exchange.Draft) { d.Free = exchange.At(time.Sunday, exchange.Morning) }, exchange.Reason{}, true},
		"no language together": {1, func(d *exchange.Draft) { d.Spoken = []string{"tr"} }, exchange.Reason{}, true},
		"another sort":         {1, func(d *exchange.Draft) { d.Category = "sewing" }, exchange.Reason{}, true},
		"an offer too":         {1, func(d *exchange.Draft) { d.Kind = exchange.Offer }, exchange.Reason{}, true},
		"one's own":            {0, func(*exchange.Draft) {}, exchange.Reason{}, true},
	} {
		d := draft()
		d.Kind = exchange.Request
		c.change(&d)
		id := s.publish(t, c.by, d)
		found := s.suggested(t, 0)
		switch {
		case c.none && len(found) != 0:
			t.Errorf("%s: suggested %+v", name, found)
		case !c.none && (len(found) != 1 || found[0].Listing.ID != id || found[0].Mine.ID != mine || found[0].Why != c.want):
			t.Errorf("%s: got %+v, want %+v", name, found, c.want)
		}
		s.exec(t, `UPDATE coop.listings SET state = 'closed' WHERE id = ?`, id)
		s.later(6 * time.Hour)
	}
}

func TestTheBestSuggestionComesFirstAndFewAreMade(t *testing.T) {
	s := newStreet(t, 6)
	saturday := exchange.At(time.Saturday, exchange.Afternoon)
	offer := draft()
	offer.Free = saturday
	s.publish(t, 0, offer)
	for n := 1; n < 6; n++ {
		d := draft()
		d.Kind = exchange.Request
		if n == 3 {
			d.Free = saturday
		}
		s.publish(t, n, d)
	}
	found := s.suggested(t, 0)
	if len(found) != 3 || found[0].Listing.Owner.ID != s.members[3] {
		t.Errorf("got %d, first by %s", len(found), found[0].Listing.Owner.Name)
	}
	s.hide(t, 3, 0)
	if found := s.suggested(t, 0); len(found) != 3 || found[0].Why.Times {
		t.Error("who hides is suggested")
	}
	if back := s.suggested(t, 1); len(back) != 1 || back[0].Mine.Kind != exchange.Request {
		t.Errorf("the other way round: %+v", back)
	}
	if none := s.suggested(t, 3); len(none) != 0 {
		t.Errorf("who hid is suggested %+v", none)
	}
}

func TestWhoPartedReadsNoBuildingOfTheOtherOnAnyPageOfListings(t *testing.T) {
	s := newStreet(t, 3)
	s.live(t, rule.NewID[coop.PlaceID](), "Bâtiment C", 0, 1, 2)
	home := uuid.New()
	s.exec(t, `INSERT INTO coop.households (cooperative_id, id, began_by, client_key, began_at) VALUES (?, ?, ?, gen_random_uuid(), ?)`, s.cooperative, home, s.members[0], noon)
	s.exec(t, `INSERT INTO coop.household_members (cooperative_id, household_id, member_id, from_at, until_at, untold) VALUES (?, ?, ?, ?, ?, true), (?, ?, ?, ?, NULL, false)`,
		s.cooperative, home, s.members[0], noon.AddDate(0, -2, 0), noon.AddDate(0, -1, 0), s.cooperative, home, s.members[1], noon.AddDate(0, -2, 0))
	offer, request := draft(), draft()
	offer.Place, request.Place, request.Kind = exchange.MyBuilding, exchange.MyBuilding, exchange.Request
	id := s.publish(t, 0, offer)
	s.publish(t, 1, request)
	s.publish(t, 2, func() exchange.Draft { d := request; d.Key = uuid.New(); return d }())
	for reader, told := range map[int]bool{0: true, 1: false, 2: true} {
		one, err := s.listings.One(t.Context(), s.actor(reader), id)
		if err != nil || (one.Building == "Bâtiment C") != told || (one.Home != coop.PlaceID{}) != told {
			t.Errorf("%d reads %q on the sheet, %v", reader, one.Building, err)
		}
		if reader == 0 {
			continue
		}
		near, err := s.listings.List(t.Context(), s.actor(reader), exchange.Search{Near: true, Kind: exchange.Offer})
		if err != nil || (len(near.Listings) == 1) != told {
			t.Errorf("%d finds %d in their building, %v", reader, len(near.Listings), err)
		}
		if got := s.suggested(t, reader); (len(got) == 1) != told {
			t.Errorf("%d is suggested %+v", reader, got)
		}
	}
}
