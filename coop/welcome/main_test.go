package welcome_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/welcome"
	"lien/database"
	"lien/database/dbtest"
	"lien/rule"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

const day = 24 * time.Hour

// street is a cooperative of two buildings; Ana and Bo have long lived in the first and
// volunteer, Cem in the second; Nour and Fay, who facilitates, are there too. Nour is new
// and reads Arabic; who speaks what is in the test.
type street struct {
	*database.Handles
	t                       testing.TB
	now                     time.Time
	buddies                 *welcome.Buddies
	calls                   *welcome.Calls
	cooperative             coop.CooperativeID
	first, second           coop.PlaceID
	ana, bo, cem, fay, nour coop.Actor
	number                  int
}

func newStreet(t testing.TB) *street {
	t.Helper()
	s := &street{Handles: dbtest.Open(t), t: t, now: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)}
	s.buddies = welcome.NewBuddies(s.Coop, s.clock)
	s.calls = welcome.NewCalls(s.Coop, s.clock)
	s.cooperative = rule.NewID[coop.CooperativeID]()
	s.exec(`INSERT INTO coop.cooperatives (id, name, town, zone, last_number, created_at) VALUES (?, 'Les Iris', 'Orléans', 'Europe/Paris', 0, ?)`, s.cooperative, s.now)
	residence := uuid.Must(uuid.NewV7())
	s.exec(`INSERT INTO coop.places (cooperative_id, id, kind, name, path) VALUES (?, ?, 'residence', 'Les Iris', ARRAY[?::uuid])`, s.cooperative, residence, residence)
	for _, place := range []*coop.PlaceID{&s.first, &s.second} {
		*place = rule.NewID[coop.PlaceID]()
		s.exec(`INSERT INTO coop.places (cooperative_id, id, parent_id, kind, name, path) VALUES (?, ?, ?, 'building', 'Bâtiment', ARRAY[?::uuid, ?::uuid])`,
			s.cooperative, *place, residence, residence, *place)
	}
	s.ana = s.member("Ana", "fr", "{fr,ar}", s.first, 200*day)
	s.bo = s.member("Bo", "fr", "{fr,ar}", s.second, 200*day)
	s.cem = s.member("Cem", "fr", "{fr,tr}", s.second, 200*day)
	s.fay = s.member("Fay", "fr", "{fr}", s.second, 200*day)
	s.nour = s.member("Nour", "ar", "{}", s.first, day)
	s.exec(`INSERT INTO coop.member_roles (cooperative_id, member_id, role, from_at) VALUES (?, ?, 'facilitator', ?)`, s.cooperative, s.fay.Member, s.now)
	for _, volunteer := range []coop.Actor{s.ana, s.bo, s.cem} {
		ok(t, s.buddies.Volunteer(t.Context(), volunteer, true))
	}
	return s
}

func (s *street) clock() time.Time { return s.now }

func (s *street) later(d time.Duration) { s.now = s.now.Add(d) }

func (s *street) member(name, language, speaks string, place coop.PlaceID, since time.Duration) coop.Actor {
	s.t.Helper()
	s.number++
	a := coop.Actor{Cooperative: s.cooperative, Member: rule.NewID[coop.MemberID]()}
	s.exec(`INSERT INTO coop.members (cooperative_id, id, number, name, language, speaks, place_id, state, joined_at, state_since)
		VALUES (?, ?, ?, ?, ?, ?::text[], ?, 'active', ?, ?)`, s.cooperative, a.Member, s.number, name, language, speaks, place, s.now.Add(-since), s.now.Add(-since))
	return a
}

func (s *street) exec(query string, args ...any) {
	s.t.Helper()
	if _, err := s.Owner.NewRaw(query, args...).Exec(context.Background()); err != nil {
		s.t.Fatal(err)
	}
}

func (s *street) number64(query string, args ...any) (n int64) {
	s.t.Helper()
	if err := s.Owner.NewRaw(query, args...).Scan(context.Background(), &n); err != nil {
		s.t.Fatal(err)
	}
	return n
}

// comes writes that somebody came to an event just now.
func (s *street) comes(a coop.Actor) {
	s.t.Helper()
	event := uuid.Must(uuid.NewV7())
	s.exec(`INSERT INTO coop.events (cooperative_id, id, organiser_id, place, title, details, language, starts_at, ends_at, zone, state, client_key, created_at, cancelled_why)
		VALUES (?, ?, ?, 'Salle commune', 'Café', '', 'fr', ?, ?, 'Europe/Paris', 'on', ?, ?, '')`,
		s.cooperative, event, s.fay.Member, s.now.Add(-time.Hour), s.now.Add(time.Hour), uuid.New(), s.now)
	s.exec(`INSERT INTO coop.attendances (cooperative_id, event_id, member_id, channel, by_member_id, at) VALUES (?, ?, ?, 'list', ?, ?)`,
		s.cooperative, event, a.Member, s.fay.Member, s.now)
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
