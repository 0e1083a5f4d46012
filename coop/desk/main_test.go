package desk_test

import (
	"crypto/sha256"
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/desk"
	"lien/coop/exchange"
	"lien/coop/hours"
	"lien/database"
	"lien/database/dbtest"
	"lien/rule"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// counter is a desk with two facilitators and four neighbours.
type counter struct {
	t                            *testing.T
	db                           *database.Handles
	now                          time.Time
	desk                         *desk.Desk
	listings                     *exchange.Listings
	agreements                   *exchange.Agreements
	ledger                       *hours.Ledger
	cooperative                  coop.CooperativeID
	place                        coop.PlaceID
	aline, karim                 coop.Actor // facilitators
	yacine, nadia, mehmet, fatou coop.Actor
}

func opened(t *testing.T) *counter {
	t.Helper()
	c := &counter{
		t: t, db: dbtest.Open(t), now: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC),
		cooperative: rule.NewID[coop.CooperativeID](), place: rule.NewID[coop.PlaceID](),
	}
	clock := func() time.Time { return c.now }
	c.desk = desk.New(c.db.Coop, derive, clock)
	c.listings, c.agreements = exchange.NewListings(c.db.Coop, clock), exchange.NewAgreements(c.db.Coop, clock)
	c.ledger = hours.NewLedger(c.db.Coop, clock)
	c.sql(`
		INSERT INTO coop.cooperatives (id, name, town, zone, last_number, created_at) VALUES (?0, 'Les Iris', 'Orléans', 'Europe/Paris', 6, ?2);
		INSERT INTO coop.places (cooperative_id, id, kind, name, path) VALUES (?0, ?1, 'residence', 'Les Iris', ARRAY[?1::uuid])`,
		c.cooperative, c.place, c.now)
	for n, who := range []*coop.Actor{&c.aline, &c.karim, &c.yacine, &c.nadia, &c.mehmet, &c.fatou} {
		*who = c.member([]string{"Aline", "Karim", "Yacine", "Nadia", "Mehmet", "Fatou"}[n], int64(n+1))
	}
	for _, who := range []coop.Actor{c.aline, c.karim} {
		c.sql(`INSERT INTO coop.member_roles (cooperative_id, member_id, role, from_at) VALUES (?, ?, 'facilitator', ?)`, c.cooperative, who.Member, c.now)
	}
	return c
}

func derive(label string, id []byte) []byte {
	sum := sha256.Sum256(append([]byte(label), id...))
	return sum[:]
}

func (c *counter) member(name string, number int64) coop.Actor {
	c.t.Helper()
	who := coop.Actor{Cooperative: c.cooperative, Member: rule.NewID[coop.MemberID]()}
	c.sql(`
		INSERT INTO coop.members (cooperative_id, id, number, name, language, place_id, state, joined_at, state_since)
		VALUES (?, ?, ?, ?, 'ar', ?, 'active', ?, ?)`, c.cooperative, who.Member, number, name, c.place, c.now, c.now)
	return who
}

func (c *counter) sql(query string, args ...any) {
	c.t.Helper()
	if _, err := c.db.Owner.NewRaw(query, args...).Exec(c.t.Context()); err != nil {
		c.t.Fatal(err)
	}
}

func (c *counter) count(query string, args ...any) (n int) {
	c.t.Helper()
	if err := c.db.Owner.NewRaw(query, args...).Scan(c.t.Context(), &n); err != nil {
		c.t.Fatal(err)
	}
	return n
}

// does carries an act that has to succeed.
func (c *counter) does(by, member coop.Actor, w desk.Wish, how desk.Consent) desk.Act {
	c.t.Helper()
	act, err := c.desk.Do(c.t.Context(), by, member.Member, w, how)
	if err != nil {
		c.t.Fatalf("%s: %v", w.Kind, err)
	}
	return act
}

// carries tries an act and returns what refused it.
func (c *counter) carries(by, member coop.Actor, w desk.Wish, how desk.Consent) error {
	c.t.Helper()
	_, err := c.desk.Do(c.t.Context(), by, member.Member, w, how)
	return err
}

var pin = desk.Consent{How: desk.ByPIN}

func witness(who coop.Actor) desk.Consent {
	return desk.Consent{How: desk.ByWitness, Witness: who.Member}
}

func offer() desk.Wish {
	return desk.Wish{Kind: desk.Publish, Key: uuid.New(), Listing: exchange.Draft{
		Kind: exchange.Offer, Category: "garden", Title: "Arroser vos plantes", Language: "fr", Minutes: 30,
	}}
}

// agreed is an agreement by which giver helps receiver, whose time has come.
func (c *counter) agreed(giver, receiver coop.Actor) exchange.Agreement {
	c.t.Helper()
	ctx := c.t.Context()
	listing, err := c.listings.Publish(ctx, giver, exchange.Draft{Key: uuid.New(), Kind: exchange.Offer, Category: "repair", Title: "Réparer un vélo", Language: "fr", Minutes: 60})
	must(c.t, err)
	id, err := c.agreements.Propose(ctx, receiver, exchange.Proposal{
		Key: uuid.New(), Listing: listing, Language: "fr", Plan: exchange.Plan{PlannedAt: c.now.Add(time.Hour), Minutes: 60, Meeting: exchange.CommonRoom},
	})
	must(c.t, err)
	g, err := c.agreements.Agree(ctx, giver, id, 1)
	must(c.t, err)
	return g
}

func on(kind desk.Kind, g exchange.Agreement) desk.Wish {
	return desk.Wish{Kind: kind, Key: uuid.New(), Subject: g.ID.UUID, Seen: g.Steps, Minutes: 60}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wants(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("got %v, want %v", err, want)
	}
}

func breaks(t *testing.T, err error, field, key string) {
	t.Helper()
	var invalid *rule.Invalid
	if !errors.As(err, &invalid) || invalid.Field != field || invalid.Rule != key {
		t.Fatalf("got %v, want %s: %s", err, field, key)
	}
}
