package sharing_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/sharing"
	"lien/database"
	"lien/database/dbtest"
	"lien/rule"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// monday is a Monday at ten in the morning in Paris.
var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// shed is a cooperative with shared things and a clock that the test moves.
type shed struct {
	t           *testing.T
	db          *database.Handles
	resources   *sharing.Resources
	bookings    *sharing.Bookings
	loans       *sharing.Loans
	cooperative coop.CooperativeID
	place       coop.PlaceID
	aline       coop.Actor // facilitator
	people      int64
	clock       struct {
		sync.Mutex
		at time.Time
	}
}

func newShed(t *testing.T) *shed {
	t.Helper()
	s := &shed{t: t, db: dbtest.Open(t), cooperative: rule.NewID[coop.CooperativeID](), place: rule.NewID[coop.PlaceID]()}
	s.at(monday)
	s.resources, s.bookings, s.loans = sharing.NewResources(s.db.Coop, s.now), sharing.NewBookings(s.db.Coop, s.now), sharing.NewLoans(s.db.Coop, s.now)
	s.sql(`
		INSERT INTO coop.cooperatives (id, name, town, zone, last_number, created_at)
		VALUES (?0, 'Les Tilleuls', 'Orléans', 'Europe/Paris', 100, ?2);
		INSERT INTO coop.places (cooperative_id, id, kind, name, path) VALUES (?0, ?1, 'residence', 'Les Tilleuls', ARRAY[?1::uuid])`,
		s.cooperative, s.place, monday)
	s.aline = s.member("Aline")
	s.sql(`INSERT INTO coop.member_roles (cooperative_id, member_id, role, from_at) VALUES (?, ?, 'facilitator', ?)`,
		s.cooperative, s.aline.Member, monday)
	return s
}

func (s *shed) now() time.Time {
	s.clock.Lock()
	defer s.clock.Unlock()
	return s.clock.at
}

func (s *shed) at(moment time.Time) {
	s.clock.Lock()
	defer s.clock.Unlock()
	s.clock.at = moment
}

func (s *shed) sql(query string, args ...any) {
	s.t.Helper()
	if _, err := s.db.Owner.NewRaw(query, args...).Exec(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
}

func (s *shed) member(name string) coop.Actor {
	s.t.Helper()
	s.people++
	a := coop.Actor{Cooperative: s.cooperative, Member: rule.NewID[coop.MemberID]()}
	s.sql(`
		INSERT INTO coop.members (cooperative_id, id, number, name, language, place_id, state, joined_at, state_since)
		VALUES (?, ?, ?, ?, 'fr', ?, 'active', ?, ?)`, s.cooperative, a.Member, s.people, name, s.place, monday, monday)
	return a
}

// adds puts a thing on the shelf.
func (s *shed) adds(kind sharing.Kind, shared sharing.Shared) coop.ResourceID {
	s.t.Helper()
	id, err := s.resources.Add(s.t.Context(), s.aline, sharing.Draft{
		Key: uuid.New(), Kind: kind, Shared: shared, Name: "La chose", Language: "fr", Place: s.place,
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return id
}

// books keeps a thing from an hour of Tuesday, on the wall clock, for so many minutes.
func (s *shed) books(who coop.Actor, resource coop.ResourceID, hour, minutes int) (coop.BookingID, error) {
	return s.bookings.Book(s.t.Context(), who, sharing.Wish{Key: uuid.New(), Resource: resource, Starts: tuesday(hour), Minutes: minutes})
}

func tuesday(hour int) time.Time { return time.Date(2026, 11, 24, hour-1, 0, 0, 0, time.UTC) }

func (s *shed) does(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// wants is an error of a kind: a sentinel, or the catalogue key of a broken rule.
func wants(t *testing.T, err error, want any) {
	t.Helper()
	var invalid *rule.Invalid
	switch w := want.(type) {
	case error:
		if !errors.Is(err, w) {
			t.Errorf("got %v, want %v", err, w)
		}
	case string:
		if !errors.As(err, &invalid) || invalid.Rule != w {
			t.Errorf("got %v, want %s", err, w)
		}
	}
}

// stateOf reads what became of a booking or a loan.
func (s *shed) stateOf(table string, id uuid.UUID) (state string) {
	s.t.Helper()
	s.does(s.db.Owner.NewRaw(`SELECT state FROM coop.? WHERE id = ?`, bun.Ident(table), id).Scan(s.t.Context(), &state))
	return state
}
