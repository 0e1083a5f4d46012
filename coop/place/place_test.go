package place_test

import (
	"errors"
	"testing"
	"time"

	"lien/coop"
	"lien/coop/place"
	"lien/database"
	"lien/database/dbtest"
	"lien/rule"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// street is a cooperative with one residence, a facilitator and two members.
type street struct {
	*database.Handles
	t                testing.TB
	now              time.Time
	places           *place.Places
	aline, bo, cem   coop.Actor
	iris, house, one coop.PlaceID
}

func newStreet(t testing.TB) *street {
	t.Helper()
	s := &street{Handles: dbtest.Open(t), t: t, now: noon}
	s.places = place.NewPlaces(s.Coop, func() time.Time { return s.now })
	house := rule.NewID[coop.CooperativeID]()
	s.iris = rule.NewID[coop.PlaceID]()
	s.exec(`INSERT INTO coop.cooperatives (id, name, town, zone, last_number, created_at) VALUES (?, 'Les Iris', 'Orléans', 'Europe/Paris', 3, ?)`, house, noon)
	s.exec(`INSERT INTO coop.places (cooperative_id, id, kind, name, path) VALUES (?, ?, 'residence', 'Les Iris', ARRAY[?::uuid])`, house, s.iris, s.iris)
	s.exec(`INSERT INTO coop.boards (cooperative_id, id, place_id, name, last_seq) VALUES (?, gen_random_uuid(), ?, 'Les Iris', 0)`, house, s.iris)
	for n, who := range []*coop.Actor{&s.aline, &s.bo, &s.cem} {
		*who = coop.Actor{Cooperative: house, Member: rule.NewID[coop.MemberID]()}
		s.exec(`INSERT INTO coop.members (cooperative_id, id, number, name, language, place_id, state, joined_at, state_since)
			VALUES (?, ?, ?, 'N', 'fr', ?, 'active', ?, ?)`, house, who.Member, n+1, s.iris, noon, noon)
	}
	s.exec(`INSERT INTO coop.member_roles (cooperative_id, member_id, role, from_at) VALUES (?, ?, 'facilitator', ?)`, house, s.aline.Member, noon)
	s.house = s.add(s.iris, "Bâtiment A")
	s.one = s.add(s.house, "Escalier 1")
	return s
}

func (s *street) exec(query string, args ...any) {
	s.t.Helper()
	if _, err := s.Coop.NewRaw(query, args...).Exec(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
}

func (s *street) count(query string, args ...any) (n int) {
	s.t.Helper()
	if err := s.Coop.NewRaw(query, args...).Scan(s.t.Context(), &n); err != nil {
		s.t.Fatal(err)
	}
	return n
}

func (s *street) add(within coop.PlaceID, name string) coop.PlaceID {
	s.t.Helper()
	id, err := s.places.Add(s.t.Context(), s.aline, within, name)
	if err != nil {
		s.t.Fatal(err)
	}
	return id
}

func (s *street) breaks(err error, key string) {
	s.t.Helper()
	var invalid *rule.Invalid
	if !errors.As(err, &invalid) || invalid.Rule != key {
		s.t.Errorf("got %v, want %s", err, key)
	}
}

func (s *street) is(err, want error) {
	s.t.Helper()
	if !errors.Is(err, want) {
		s.t.Errorf("got %v, want %v", err, want)
	}
}

func TestATreeGrowsDownwardsAndEachPlaceHasABoard(t *testing.T) {
	s := newStreet(t)
	tree, err := s.places.Tree(t.Context(), s.aline)
	if err != nil || len(tree) != 3 || tree[2].Full() != "Les Iris › Bâtiment A › Escalier 1" || tree[2].Depth() != 2 || !tree[1].Holds {
		t.Fatalf("got %+v, %v", tree, err)
	}
	if n := s.count(`SELECT count(*) FROM coop.boards b JOIN coop.places p ON p.id = b.place_id AND p.name = b.name`); n != 3 {
		t.Errorf("%d places have a board of their name, want 3", n)
	}
	_, err = s.places.Add(t.Context(), s.aline, s.one, "Porte 12")
	s.is(err, rule.ErrNotFound) // nothing stands in a stairwell
	_, err = s.places.Add(t.Context(), s.aline, s.iris, "batiment a")
	s.breaks(err, "place.taken")
	_, err = s.places.Add(t.Context(), s.bo, s.iris, "Bâtiment B")
	s.is(err, rule.ErrForbidden)
	stranger := s.aline
	stranger.Cooperative = rule.NewID[coop.CooperativeID]()
	_, err = s.places.One(t.Context(), stranger, s.iris)
	s.is(err, rule.ErrForbidden)
}

func TestARenamedPlaceRenamesItsBoard(t *testing.T) {
	s := newStreet(t)
	if err := s.places.Rename(t.Context(), s.aline, s.one, "Escalier des glycines"); err != nil {
		t.Fatal(err)
	}
	if n := s.count(`SELECT count(*) FROM coop.boards WHERE place_id = ? AND name = 'Escalier des glycines'`, s.one); n != 1 {
		t.Error("the board kept its name")
	}
	s.breaks(s.places.Rename(t.Context(), s.aline, s.one, " "), "rule.missing")
}

func TestAPlaceWhereSomebodyLivesStays(t *testing.T) {
	s := newStreet(t)
	s.breaks(s.places.Close(t.Context(), s.aline, s.house), "place.holds_others")
	if err := s.places.Move(t.Context(), s.aline, s.bo.Member, s.one); err != nil {
		t.Fatal(err)
	}
	s.breaks(s.places.Close(t.Context(), s.aline, s.one), "place.somebody_lives_here")
	two := s.add(s.house, "Escalier 2")
	if err := s.places.Close(t.Context(), s.aline, two); err != nil {
		t.Fatal(err)
	}
	s.breaks(s.places.Move(t.Context(), s.aline, s.bo.Member, two), "rule.choose")
	_, err := s.Coop.NewRaw(`UPDATE coop.members SET place_id = ? WHERE id = ?`, two, s.bo.Member).Exec(t.Context())
	if got := database.Broken(err); got != "nobody_moves_into_a_closed_place" {
		t.Errorf("the database said %q (%v)", got, err)
	}
	s.add(s.house, "Escalier 2") // its name is free again
}

func TestMovingKeepsTheHistoryAndTheRightsFollow(t *testing.T) {
	s := newStreet(t)
	s.now = s.now.Add(time.Hour)
	changes := s.count(`SELECT count(*) FROM coop.rights_changes WHERE member_id = ?`, s.bo.Member)
	if err := s.places.Move(t.Context(), s.bo, s.bo.Member, s.one); err != nil {
		t.Fatal(err)
	}
	if err := s.places.Move(t.Context(), s.bo, s.bo.Member, s.one); err != nil {
		t.Fatal(err) // where one lives: nothing
	}
	stays, err := s.places.Where(t.Context(), s.bo, s.bo.Member)
	if err != nil || len(stays) != 2 || stays[0].Place != "Les Iris › Bâtiment A › Escalier 1" || !stays[1].UntilAt.Equal(s.now) {
		t.Fatalf("got %+v, %v", stays, err)
	}
	if n := s.count(`SELECT count(*) FROM coop.rights_changes WHERE member_id = ?`, s.bo.Member); n != changes+1 {
		t.Errorf("open boards were told %d times, want once", n-changes)
	}
	two := s.add(s.house, "Escalier 2")
	s.breaks(s.places.Move(t.Context(), s.bo, s.bo.Member, two), "place.moved_lately")
	s.breaks(s.places.Move(t.Context(), s.aline, s.bo.Member, s.house), "rule.choose") // one lives in a stairwell of it
	if err := s.places.Move(t.Context(), s.aline, s.bo.Member, two); err != nil {
		t.Fatal(err)
	}
	if n := s.count(`SELECT count(*) FROM coop.inbox WHERE member_id = ? AND kind = 'moved'`, s.bo.Member); n != 1 {
		t.Errorf("moved by somebody else, and told %d times", n)
	}
	s.now = s.now.Add(31 * 24 * time.Hour)
	if err := s.places.Move(t.Context(), s.bo, s.bo.Member, s.one); err != nil {
		t.Errorf("a month later: %v", err)
	}
}

func TestWhereSomebodyLivesIsToldToNobodyElse(t *testing.T) {
	s := newStreet(t)
	_, err := s.places.Where(t.Context(), s.cem, s.bo.Member)
	s.is(err, rule.ErrNotFound)
	s.is(s.places.Move(t.Context(), s.cem, s.bo.Member, s.one), rule.ErrNotFound)
	if stays, err := s.places.Where(t.Context(), s.aline, s.bo.Member); err != nil || len(stays) != 1 {
		t.Errorf("a facilitator: got %v, %v", stays, err)
	}
	s.exec(`INSERT INTO coop.households (cooperative_id, id, began_by, client_key, began_at) VALUES (?, ?, ?, gen_random_uuid(), ?)`,
		s.bo.Cooperative, s.iris, s.bo.Member, noon)
	for _, who := range []coop.Actor{s.aline, s.bo} {
		s.exec(`INSERT INTO coop.household_members (cooperative_id, household_id, member_id, from_at, until_at, untold) VALUES (?, ?, ?, ?, ?, false)`,
			s.bo.Cooperative, s.iris, who.Member, noon, noon.Add(time.Minute))
	}
	_, err = s.places.Where(t.Context(), s.aline, s.bo.Member)
	s.is(err, rule.ErrNotFound) // they lived together, and no longer do
	s.is(s.places.Move(t.Context(), s.aline, s.bo.Member, s.one), rule.ErrNotFound)
}
