package sharing_test

import (
	"sync"
	"testing"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/sharing"
)

// lives puts people into one household.
func (s *shed) lives(people ...coop.Actor) (home uuid.UUID) {
	s.t.Helper()
	home = uuid.New()
	s.sql(`INSERT INTO coop.households (cooperative_id, id, began_by, client_key, began_at) VALUES (?, ?, ?, ?, ?)`,
		s.cooperative, home, people[0].Member, uuid.New(), s.now())
	for _, who := range people {
		s.sql(`INSERT INTO coop.household_members (cooperative_id, household_id, member_id, from_at, untold) VALUES (?, ?, ?, ?, false)`,
			s.cooperative, home, who.Member, s.now())
	}
	return home
}

func (s *shed) twiceAWeek() coop.ResourceID {
	s.t.Helper()
	room := s.adds(sharing.Room, sharing.Booked)
	r := sharing.Customary(sharing.Room)
	r.WeeklyQuota = 2
	s.does(s.resources.RuleBooking(s.t.Context(), s.aline, room, r))
	return room
}

func TestThoseWhoLiveTogetherShareTheirQuota(t *testing.T) {
	s := newShed(t)
	room, nadia, omar := s.twiceAWeek(), s.member("Nadia"), s.member("Omar")
	_, err := s.books(omar, room, 8, 60) // before they live together
	s.does(err)
	s.lives(nadia, omar)
	_, err = s.books(nadia, room, 10, 60)
	s.does(err)
	for _, who := range []coop.Actor{nadia, omar} {
		_, err = s.books(who, room, 12, 60)
		wants(t, err, "resource.rule.quota")
	}
}

func TestWhoLeftAHouseholdTakesNothingOfItsShare(t *testing.T) {
	s := newShed(t)
	room, nadia, omar := s.twiceAWeek(), s.member("Nadia"), s.member("Omar")
	s.lives(nadia, omar)
	_, err := s.books(nadia, room, 8, 60)
	s.does(err)
	s.sql(`UPDATE coop.household_members SET until_at = ?, untold = true WHERE member_id = ?`, s.now(), nadia.Member)
	for _, hour := range []int{10, 12} {
		_, err = s.books(nadia, room, hour, 60) // all of her own
		s.does(err)
	}
	_, err = s.books(omar, room, 14, 60) // what she took since tells him nothing
	s.does(err)
	_, err = s.books(omar, room, 16, 60) // what she took while they lived together still counts
	wants(t, err, "resource.rule.quota")
}

func TestAHomeBorrowsNoMoreAtOnceThanTheRuleSays(t *testing.T) {
	s := newShed(t)
	nadia, omar := s.member("Nadia"), s.member("Omar")
	s.lives(nadia, omar)
	var tools []coop.ResourceID
	for range 6 {
		tools = append(tools, s.adds(sharing.Tool, sharing.Lent))
	}
	var asking sync.WaitGroup
	for n, tool := range tools {
		who := []coop.Actor{nadia, omar}[n%2]
		asking.Go(func() {
			if _, err := s.loans.Ask(t.Context(), who, tool, uuid.New()); err != nil {
				wants(t, err, "resource.rule.at_once")
			}
		})
	}
	asking.Wait()
	var n int
	s.does(s.db.Owner.NewRaw(`SELECT count(*) FROM coop.loans`).Scan(t.Context(), &n))
	if n != 3 {
		t.Errorf("%d things are lent to one home, want 3", n)
	}
}

func TestALoanGoesWithWhoHasItWhenAHouseholdParts(t *testing.T) {
	s := newShed(t)
	nadia, omar := s.member("Nadia"), s.member("Omar")
	s.lives(nadia, omar)
	id := s.asks(nadia, s.adds(sharing.Tool, sharing.Lent))
	s.does(s.loans.HandOver(t.Context(), s.aline, id, ""))
	s.at(monday.AddDate(0, 0, 8)) // it is late
	asks := func(who coop.Actor) error {
		_, err := s.loans.Ask(t.Context(), who, s.adds(sharing.Tool, sharing.Lent), uuid.New())
		return err
	}
	wants(t, asks(omar), "resource.rule.late_first")
	s.sql(`UPDATE coop.household_members SET until_at = ?, untold = true WHERE member_id = ?`, s.now(), nadia.Member)
	wants(t, asks(omar), "resource.rule.late_first") // nothing tells him that she left
	s.sql(`UPDATE coop.household_members SET untold = false WHERE member_id = ?`, nadia.Member)
	s.does(asks(omar))
	wants(t, asks(nadia), "resource.rule.late_first")
}
