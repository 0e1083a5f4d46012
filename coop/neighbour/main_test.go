package neighbour_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/neighbour"
	"lien/database"
	"lien/database/dbtest"
	"lien/rule"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// street is a cooperative with one stairwell and the people who live there; Fay is a
// facilitator.
type street struct {
	*database.Handles
	t                 testing.TB
	now               time.Time
	blocks            *neighbour.Blocks
	directory         *neighbour.Directory
	cooperative       coop.CooperativeID
	stairs            coop.PlaceID
	ana, bo, cem, fay coop.Actor
	last              int
}

func newStreet(t testing.TB, partings ...neighbour.Parting) *street {
	t.Helper()
	s := &street{Handles: dbtest.Open(t), t: t, now: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)}
	s.blocks = neighbour.NewBlocks(s.Coop, s.clock, partings...)
	s.directory = neighbour.NewDirectory(s.Coop, s.clock)
	s.cooperative = rule.NewID[coop.CooperativeID]()
	s.exec(`INSERT INTO coop.cooperatives (id, name, town, zone, last_number, created_at) VALUES (?, 'Les Iris', 'Orléans', 'Europe/Paris', 0, ?)`, s.cooperative, s.now)
	s.stairs = s.place("Les Iris", "Bâtiment A", "Escalier 1")
	s.ana, s.bo, s.cem, s.fay = s.member("Ana"), s.member("Bo"), s.member("Cem"), s.member("Fay")
	s.role(s.fay)
	return s
}

func (s *street) clock() time.Time { return s.now }

// place writes a residence, a building and a stairwell, and returns the last.
func (s *street) place(names ...string) coop.PlaceID {
	s.t.Helper()
	path := "{"
	var parent *uuid.UUID
	id := uuid.Nil
	for n, kind := range []string{"residence", "building", "stairwell"} {
		id = uuid.Must(uuid.NewV7())
		if n > 0 {
			path += ","
		}
		path += id.String()
		s.exec(`INSERT INTO coop.places (cooperative_id, id, parent_id, kind, name, path) VALUES (?, ?, ?, ?, ?, ?::uuid[])`,
			s.cooperative, id, parent, kind, names[n], path+"}")
		parent = &id
	}
	return coop.PlaceID{UUID: id}
}

func (s *street) member(name string) coop.Actor {
	s.t.Helper()
	s.last++
	a := coop.Actor{Cooperative: s.cooperative, Member: rule.NewID[coop.MemberID]()}
	s.exec(`INSERT INTO coop.members (cooperative_id, id, number, name, language, place_id, state, joined_at, state_since)
		VALUES (?, ?, ?, ?, 'fr', ?, 'active', ?, ?)`, s.cooperative, a.Member, s.last, name, s.stairs, s.now, s.now)
	return a
}

func (s *street) role(a coop.Actor) {
	s.t.Helper()
	s.exec(`INSERT INTO coop.member_roles (cooperative_id, member_id, role, from_at) VALUES (?, ?, 'facilitator', ?)`, s.cooperative, a.Member, s.now)
}

func (s *street) exec(query string, args ...any) {
	s.t.Helper()
	if _, err := s.Owner.NewRaw(query, args...).Exec(context.Background()); err != nil {
		s.t.Fatal(err)
	}
}

func (s *street) yes(query string, args ...any) (yes bool) {
	s.t.Helper()
	if err := s.Coop.NewRaw(`SELECT `+query, args...).Scan(context.Background(), &yes); err != nil {
		s.t.Fatal(err)
	}
	return yes
}

// apart reports whether two cannot see each other, asked both ways and by both functions.
func (s *street) apart(a, b coop.Actor) bool {
	s.t.Helper()
	apart := s.yes(`coop.hidden_between(?, ?, ?)`, s.cooperative, a.Member, b.Member)
	for query, args := range map[string][]any{
		`coop.hidden_between(?, ?, ?)`:                      {s.cooperative, b.Member, a.Member},
		`?2 IN (SELECT coop.hidden_from(?0, ?1))`:           {s.cooperative, a.Member, b.Member},
		`?2 = ANY (ARRAY(SELECT coop.hidden_from(?0, ?1)))`: {s.cooperative, b.Member, a.Member},
	} {
		if s.yes(query, args...) != apart {
			s.t.Fatalf("%s does not answer %v", query, apart)
		}
	}
	return apart
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wants(t testing.TB, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("got %v, want %v", err, want)
	}
}

func breaks(t testing.TB, err error, field, key string) {
	t.Helper()
	var invalid *rule.Invalid
	if !errors.As(err, &invalid) || invalid.Field != field || invalid.Rule != key {
		t.Fatalf("got %v, want %s: %s", err, field, key)
	}
}
