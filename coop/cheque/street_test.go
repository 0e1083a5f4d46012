package cheque_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/cheque"
	"lien/coop/hours"
	"lien/database"
	"lien/database/dbtest"
	"lien/rule"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

const day = 24 * time.Hour

// street is a cooperative with members named A, B, C…, and a clock that a test moves. A
// facilitates and draws nothing; B draws, C brings.
type street struct {
	*database.Handles
	clock       atomic.Int64
	cooperative coop.CooperativeID
	members     []coop.MemberID
	booklets    *cheque.Booklets
	leaves      *cheque.Leaves
	ledger      *hours.Ledger
}

func newStreet(t testing.TB, people int) *street {
	t.Helper()
	s := &street{Handles: dbtest.Open(t), cooperative: rule.NewID[coop.CooperativeID]()}
	s.clock.Store(noon.Unix())
	s.booklets, s.leaves = cheque.NewBooklets(s.Coop, derive, s.now), cheque.NewLeaves(s.Coop, derive, s.now)
	s.ledger = hours.NewLedger(s.Coop, s.now)
	s.members = s.found(t, s.cooperative, people)
	return s
}

// derive stands for the house's keys.
func derive(label string, id []byte) []byte {
	mac := hmac.New(sha256.New, []byte(label))
	mac.Write(id)
	return mac.Sum(nil)
}

// found makes a cooperative and its members, the first of whom facilitates.
func (s *street) found(t testing.TB, id coop.CooperativeID, people int) (members []coop.MemberID) {
	t.Helper()
	place := rule.NewID[coop.PlaceID]()
	s.exec(t, `INSERT INTO coop.cooperatives (id, name, town, zone, last_number, created_at) VALUES (?, 'Les Iris', 'Orléans', 'Europe/Paris', ?, ?)`, id, people, noon)
	s.exec(t, `INSERT INTO coop.places (cooperative_id, id, kind, name, path) VALUES (?, ?, 'residence', 'Les Iris', ARRAY[?::uuid])`, id, place, place)
	for n := range people {
		member := rule.NewID[coop.MemberID]()
		s.exec(t, `INSERT INTO coop.members (cooperative_id, id, number, name, language, place_id, state, joined_at, state_since)
VALUES (?, ?, ?, ?, 'fr', ?, 'active', ?, ?)`, id, member, n+1, string(rune('A'+n)), place, noon, noon)
		members = append(members, member)
	}
	s.entrust(t, id, members[0])
	return members
}

func (s *street) entrust(t testing.TB, cooperative coop.CooperativeID, member coop.MemberID) {
	t.Helper()
	s.exec(t, `INSERT INTO coop.member_roles (cooperative_id, member_id, role, from_at) VALUES (?, ?, 'facilitator', ?)`, cooperative, member, noon)
}

func (s *street) now() time.Time { return time.Unix(s.clock.Load(), 0).UTC() }

func (s *street) later(d time.Duration) { s.clock.Add(int64(d / time.Second)) }

func (s *street) exec(t testing.TB, query string, args ...any) {
	t.Helper()
	if _, err := s.Coop.NewRaw(query, args...).Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func (s *street) count(t testing.TB, query string, args ...any) (n int64) {
	t.Helper()
	if err := s.Coop.NewRaw(query, args...).Scan(t.Context(), &n); err != nil {
		t.Fatal(err)
	}
	return n
}

func (s *street) actor(n int) coop.Actor {
	return coop.Actor{Cooperative: s.cooperative, Member: s.members[n]}
}

func (s *street) balance(t testing.TB, n int) int64 {
	t.Helper()
	a, err := s.ledger.Balance(t.Context(), s.actor(n))
	if err != nil {
		t.Fatal(err)
	}
	return a.Balance
}

// issued hands a booklet of five to B and returns its leaves with their numbers.
func (s *street) issued(t testing.TB) []cheque.Printed {
	t.Helper()
	id, err := s.booklets.Issue(t.Context(), s.actor(0), cheque.Issue{Key: uuid.New(), Number: 2, Leaves: 5})
	if err != nil {
		t.Fatal(err)
	}
	_, printed, err := s.booklets.Print(t.Context(), s.actor(0), id)
	if err != nil || len(printed) != 5 {
		t.Fatalf("got %d leaves to print: %v", len(printed), err)
	}
	return printed
}

// presented lets C bring a leaf of B's by phone.
func (s *street) presented(t testing.TB) cheque.Leaf {
	t.Helper()
	leaf, err := s.leaves.Present(t.Context(), s.actor(2), s.issued(t)[0].Code, said(60))
	if err != nil {
		t.Fatal(err)
	}
	return leaf
}

func said(minutes int64) cheque.Presentation {
	return cheque.Presentation{Minutes: minutes, Category: "repair", About: "Étagère", Language: "fr"}
}

// broken is the field and the rule of a refusal.
func broken(err error) string {
	var invalid *rule.Invalid
	if errors.As(err, &invalid) {
		return invalid.Field + " " + invalid.Rule
	}
	return ""
}

// untouched fails the test when anything was written of leaves or hours since the count.
func (s *street) untouched(t *testing.T, before int64) {
	t.Helper()
	if after := s.written(t); after != before {
		t.Errorf("something was written: %d, before %d", after, before)
	}
}

func (s *street) written(t *testing.T) int64 {
	t.Helper()
	return s.count(t, `SELECT (SELECT count(*) FROM coop.cheque_events) + (SELECT count(*) FROM coop.transfers)
  + (SELECT count(*) FROM coop.participation) + (SELECT coalesce(sum(steps), 0) FROM coop.cheque_leaves)`)
}
