package household_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/hours"
	"lien/coop/household"
	"lien/database"
	"lien/database/dbtest"
	"lien/rule"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// street is a cooperative with members, and what the tests are about.
type street struct {
	*database.Handles
	t           testing.TB
	now         time.Time
	cooperative coop.CooperativeID
	members     []coop.MemberID
	ledger      *hours.Ledger
	homes       *household.Households
}

func derive(label string, id []byte) []byte {
	mac := hmac.New(sha256.New, []byte("a key for tests"))
	mac.Write(append([]byte(label+"\x00"), id...))
	return mac.Sum(nil)
}

func newStreet(t testing.TB, people int) *street {
	t.Helper()
	s := &street{Handles: dbtest.Open(t), t: t, now: noon, cooperative: rule.NewID[coop.CooperativeID]()}
	clock := func() time.Time { return s.now }
	s.ledger, s.homes = hours.NewLedger(s.Coop, clock), household.NewHouseholds(s.Coop, derive, clock)
	place := rule.NewID[coop.PlaceID]()
	s.exec(`INSERT INTO coop.cooperatives (id, name, town, zone, last_number, created_at) VALUES (?, 'Les Iris', 'Orléans', 'Europe/Paris', ?, ?)`, s.cooperative, people, noon)
	s.exec(`INSERT INTO coop.places (cooperative_id, id, kind, name, path) VALUES (?, ?, 'residence', 'Les Iris', ARRAY[?::uuid])`, s.cooperative, place, place)
	for n := range people {
		id := rule.NewID[coop.MemberID]()
		s.exec(`INSERT INTO coop.members (cooperative_id, id, number, name, language, place_id, state, joined_at, state_since)
VALUES (?, ?, ?, ?, 'fr', ?, 'active', ?, ?)`, s.cooperative, id, n+1, string(rune('A'+n)), place, noon, noon)
		s.members = append(s.members, id)
	}
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

func (s *street) actor(n int) coop.Actor {
	return coop.Actor{Cooperative: s.cooperative, Member: s.members[n]}
}

func (s *street) facilitator(n int) coop.Actor {
	s.exec(`INSERT INTO coop.member_roles (cooperative_id, member_id, role, from_at) VALUES (?, ?, 'facilitator', ?)`, s.cooperative, s.members[n], noon)
	return s.actor(n)
}

// live lets some members live together, the first of them having begun.
func (s *street) live(people ...int) {
	s.t.Helper()
	if _, err := s.homes.Begin(s.t.Context(), s.actor(people[0]), uuid.New()); err != nil {
		s.t.Fatal(err)
	}
	for _, n := range people[1:] {
		s.fine(s.homes.Join(s.t.Context(), s.actor(n), s.code(people[0])))
	}
}

func (s *street) code(by int) string {
	s.t.Helper()
	i, err := s.homes.Invite(s.t.Context(), s.actor(by), uuid.New())
	s.fine(err)
	return i.Code
}

// share lets some members live together with one account.
func (s *street) share(people ...int) {
	s.t.Helper()
	s.live(people...)
	for n, who := range people {
		shared, err := s.homes.Agree(s.t.Context(), s.actor(who))
		s.fine(err)
		if shared != (n == len(people)-1) {
			s.t.Fatalf("shared after %d of %d yeses: %v", n+1, len(people), shared)
		}
	}
}

func (s *street) give(from, to int, minutes int64) {
	s.t.Helper()
	_, err := s.ledger.Gift(s.t.Context(), s.actor(from), hours.Gift{Key: uuid.New(), To: s.members[to], Minutes: minutes})
	s.fine(err)
}

func (s *street) balance(n int) int64 {
	s.t.Helper()
	a, err := s.ledger.Balance(s.t.Context(), s.actor(n))
	s.fine(err)
	return a.Balance
}

// mine is the household as a member sees it.
func (s *street) mine(n int) household.Household {
	s.t.Helper()
	h, found, err := s.homes.Mine(s.t.Context(), s.actor(n))
	s.fine(err)
	if !found {
		s.t.Fatalf("%d lives in no household", n)
	}
	return h
}

// parting is the one that concerns a member.
func (s *street) parting(n int) household.Parting {
	s.t.Helper()
	list, err := s.homes.Open(s.t.Context(), s.actor(n))
	s.fine(err)
	if len(list) != 1 {
		s.t.Fatalf("%d partings concern %d, want one", len(list), n)
	}
	p, err := s.homes.Parting(s.t.Context(), s.actor(n), list[0].ID)
	s.fine(err)
	return p
}

func (s *street) fine(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *street) is(err, want error) {
	s.t.Helper()
	if !errors.Is(err, want) {
		s.t.Errorf("got %v, want %v", err, want)
	}
}

func (s *street) breaks(err error, key string) {
	s.t.Helper()
	var invalid *rule.Invalid
	if !errors.As(err, &invalid) || invalid.Rule != key {
		s.t.Errorf("got %v, want %s", err, key)
	}
}

// sound fails unless nothing was lost: the sum is zero, and balances are their entries.
func (s *street) sound() {
	s.t.Helper()
	if n := s.count(`SELECT (SELECT coalesce(sum(balance), 0) FROM coop.hours_accounts)
		+ (SELECT count(*) FROM coop.hours_accounts a WHERE balance <> (SELECT coalesce(sum(minutes), 0) FROM coop.entries e WHERE e.account_id = a.id))
		+ (SELECT count(*) FROM coop.hours_accounts h WHERE kind = 'household' AND people <> (SELECT count(*) FROM coop.hours_accounts a WHERE a.goes_to = h.id))`); n != 0 {
		s.t.Fatalf("the books are out by %d", n)
	}
}
