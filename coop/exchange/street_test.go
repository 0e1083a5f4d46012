package exchange_test

import (
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/exchange"
	"lien/coop/hours"
	"lien/database"
	"lien/database/dbtest"
	"lien/rule"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// street is a cooperative with members named A, B, C…, and a clock that a test moves.
type street struct {
	*database.Handles
	clock       atomic.Int64
	cooperative coop.CooperativeID
	members     []coop.MemberID
	listings    *exchange.Listings
	agreements  *exchange.Agreements
	talks       *exchange.Talks
	ledger      *hours.Ledger
}

func newStreet(t testing.TB, people int) *street {
	t.Helper()
	s := &street{Handles: dbtest.Open(t), cooperative: rule.NewID[coop.CooperativeID]()}
	s.clock.Store(noon.Unix())
	s.listings, s.agreements = exchange.NewListings(s.Coop, s.now), exchange.NewAgreements(s.Coop, s.now)
	s.talks = exchange.NewTalks(s.Coop, s.now)
	s.ledger = hours.NewLedger(s.Coop, s.now)
	s.found(t, s.cooperative, people)
	return s
}

// found makes a cooperative and its members; those of the street's own are kept.
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
	if id == s.cooperative {
		s.members = members
	}
	return members
}

func (s *street) now() time.Time { return time.Unix(s.clock.Load(), 0).UTC() }

func (s *street) later(d time.Duration) { s.clock.Add(int64(d / time.Second)) }

func (s *street) exec(t testing.TB, query string, args ...any) {
	t.Helper()
	if _, err := s.Coop.NewRaw(query, args...).Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func (s *street) number(t testing.TB, query string, args ...any) (n int64) {
	t.Helper()
	if err := s.Coop.NewRaw(query, args...).Scan(t.Context(), &n); err != nil {
		t.Fatal(err)
	}
	return n
}

func (s *street) actor(n int) coop.Actor {
	return coop.Actor{Cooperative: s.cooperative, Member: s.members[n]}
}

func (s *street) facilitator(t testing.TB, n int) coop.Actor {
	t.Helper()
	s.exec(t, `INSERT INTO coop.member_roles (cooperative_id, member_id, role, from_at) VALUES (?, ?, 'facilitator', ?)`, s.cooperative, s.members[n], noon)
	return s.actor(n)
}

func draft() exchange.Draft {
	return exchange.Draft{Key: uuid.New(), Kind: exchange.Offer, Category: "repair", Title: "Réparer une étagère", Language: "fr", Minutes: 90}
}

func (s *street) publish(t testing.TB, n int, d exchange.Draft) coop.ListingID {
	t.Helper()
	id, err := s.listings.Publish(t.Context(), s.actor(n), d)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func (s *street) proposal(listing coop.ListingID) exchange.Proposal {
	return exchange.Proposal{
		Key: uuid.New(), Listing: listing, Language: "fr",
		Plan: exchange.Plan{PlannedAt: s.now().Add(24 * time.Hour), Minutes: 90, Meeting: exchange.CommonRoom},
	}
}

func french(text string) exchange.Words { return exchange.Words{Text: text, Language: "fr"} }

// propose lets B ask for the help that A offers: A gives, B receives.
func (s *street) propose(t testing.TB) exchange.Agreement {
	t.Helper()
	id, err := s.agreements.Propose(t.Context(), s.actor(1), s.proposal(s.publish(t, 0, draft())))
	if err != nil {
		t.Fatal(err)
	}
	g, err := s.agreements.One(t.Context(), s.actor(1), id)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// reach brings a new agreement of A (giving) and B into a state; claims are A's, of 90
// minutes, and disputes come from B's answer of 30.
func (s *street) reach(t testing.TB, state exchange.State) exchange.Agreement {
	t.Helper()
	g := s.propose(t)
	steps := map[exchange.State][]func(exchange.Agreement) (exchange.Agreement, error){}
	agree := func(g exchange.Agreement) (exchange.Agreement, error) {
		return s.agreements.Agree(t.Context(), s.actor(0), g.ID, g.Steps)
	}
	claim := func(g exchange.Agreement) (exchange.Agreement, error) {
		return s.agreements.Claim(t.Context(), s.actor(0), g.ID, g.Steps, 90)
	}
	confirm := func(minutes int64) func(exchange.Agreement) (exchange.Agreement, error) {
		return func(g exchange.Agreement) (exchange.Agreement, error) {
			return s.agreements.Confirm(t.Context(), s.actor(1), g.ID, g.Steps, minutes)
		}
	}
	steps[exchange.Agreed] = append(steps[exchange.Proposed], agree)
	steps[exchange.DoneClaimed] = append(steps[exchange.Agreed], claim)
	steps[exchange.Confirmed] = append(steps[exchange.DoneClaimed][:2:2], confirm(90))
	steps[exchange.Disputed] = append(steps[exchange.DoneClaimed][:2:2], confirm(30))
	for _, step := range steps[state] {
		var err error
		if g, err = step(g); err != nil {
			t.Fatal(err)
		}
	}
	if g.State != state {
		t.Fatalf("state: got %s, want %s", g.State, state)
	}
	return g
}

func broken(err error) string {
	var invalid *rule.Invalid
	if errors.As(err, &invalid) {
		return invalid.Field + " " + invalid.Rule
	}
	return fmt.Sprint(err)
}
