package event_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/event"
	"lien/database"
	"lien/database/dbtest"
	"lien/rule"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// thursday is three days before the event of these tests.
var thursday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// street is a cooperative with a clock that the test moves.
type street struct {
	*event.Events
	t           *testing.T
	db          *database.Handles
	cooperative coop.CooperativeID
	place       coop.PlaceID
	aline       coop.Actor // facilitator
	nadia       coop.Actor // organises the event
	people      int64
	clock       struct {
		sync.Mutex
		at time.Time
	}
}

func newStreet(t *testing.T) *street {
	t.Helper()
	s := &street{t: t, db: dbtest.Open(t), cooperative: rule.NewID[coop.CooperativeID](), place: rule.NewID[coop.PlaceID]()}
	s.at(thursday)
	s.Events = event.NewEvents(s.db.Coop, s.now, func(label string, id []byte) []byte {
		mac := hmac.New(sha256.New, []byte("a key of this test"))
		mac.Write([]byte(label))
		mac.Write(id)
		return mac.Sum(nil)
	})
	s.sql(`
		INSERT INTO coop.cooperatives (id, name, town, zone, last_number, created_at)
		VALUES (?0, 'Les Tilleuls', 'Orléans', 'Europe/Paris', 100, ?2);
		INSERT INTO coop.places (cooperative_id, id, kind, name, path) VALUES (?0, ?1, 'residence', 'Les Tilleuls', ARRAY[?1::uuid])`,
		s.cooperative, s.place, thursday)
	s.aline, s.nadia = s.member("Aline"), s.member("Nadia")
	s.sql(`INSERT INTO coop.member_roles (cooperative_id, member_id, role, from_at) VALUES (?, ?, 'facilitator', ?)`,
		s.cooperative, s.aline.Member, thursday)
	return s
}

func (s *street) now() time.Time {
	s.clock.Lock()
	defer s.clock.Unlock()
	return s.clock.at
}

func (s *street) at(moment time.Time) {
	s.clock.Lock()
	defer s.clock.Unlock()
	s.clock.at = moment
}

func (s *street) sql(query string, args ...any) {
	s.t.Helper()
	if _, err := s.db.Owner.NewRaw(query, args...).Exec(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
}

func (s *street) member(name string) coop.Actor {
	s.t.Helper()
	s.people++
	a := coop.Actor{Cooperative: s.cooperative, Member: rule.NewID[coop.MemberID]()}
	s.sql(`
		INSERT INTO coop.members (cooperative_id, id, number, name, language, place_id, state, joined_at, state_since)
		VALUES (?, ?, ?, ?, 'fr', ?, 'active', ?, ?)`, s.cooperative, a.Member, s.people, name, s.place, thursday, thursday)
	return a
}

// table is Nadia's sewing table, Thursday the 26th at 18:30, with room for so many.
func table(places string) event.Announcement {
	return event.Announcement{
		Key: uuid.New(), Title: "Table de couture", Language: "fr", Place: "Salle commune",
		Day: "2026-11-26", From: "18:30", Until: "20:30", PlacesForm: event.PlacesForm{Capacity: places},
	}
}

var (
	starts = time.Date(2026, 11, 26, 17, 30, 0, 0, time.UTC)
	ends   = time.Date(2026, 11, 26, 19, 30, 0, 0, time.UTC)
)

func (s *street) announced(places string) coop.EventID {
	s.t.Helper()
	id, err := s.Announce(s.t.Context(), s.nadia, table(places))
	if err != nil {
		s.t.Fatal(err)
	}
	return id
}

func (s *street) asks(id coop.EventID, who coop.Actor, guests int, want event.Answer) {
	s.t.Helper()
	got, err := s.Register(s.t.Context(), who, id, guests)
	if err != nil || got.Answer != want {
		s.t.Fatalf("got %q, %v; want %q", got.Answer, err, want)
	}
}

func (s *street) stands(id coop.EventID, who coop.Actor, want event.Answer) event.Event {
	s.t.Helper()
	e, err := s.Show(s.t.Context(), who, id)
	if err != nil || e.Mine.Answer != want {
		s.t.Errorf("got %q, %v; want %q", e.Mine.Answer, err, want)
	}
	return e
}

func (s *street) does(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// refused says that the field was refused by the rule.
func refused(t *testing.T, err error, field, key string) {
	t.Helper()
	var i *rule.Invalid
	if !errors.As(err, &i) || i.Field != field || i.Rule != key {
		t.Errorf("got %v, want %s refused by %s", err, field, key)
	}
}

func is(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("got %v, want %v", err, want)
	}
}

// together runs n acts at once and returns how many errors there were.
func together(n int, act func(i int) error) []error {
	errs := make([]error, n)
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { errs[i] = act(i) })
	}
	all.Wait()
	return errs
}

func (s *street) count(query string, args ...any) int {
	s.t.Helper()
	var n int
	if err := s.db.Owner.NewRaw(query, args...).Scan(context.WithoutCancel(s.t.Context()), &n); err != nil {
		s.t.Fatal(err)
	}
	return n
}
