package assembly_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/assembly"
	"lien/database"
	"lien/database/dbtest"
	"lien/rule"
	"lien/seal"
)

// derive stands in for the sealer.
func derive(label string, id []byte) []byte {
	sum := sha256.Sum256(append([]byte(label), id...))
	return sum[:]
}

// newBox is a box with a key of its own.
func newBox(t testing.TB) assembly.Box {
	t.Helper()
	file, err := seal.Generate()
	if err != nil {
		t.Fatal(err)
	}
	s, err := seal.New(file)
	if err != nil {
		t.Fatal(err)
	}
	return assembly.Box{Seal: s.Seal, Open: s.Open}
}

func TestMain(m *testing.M) { dbtest.Main(m) }

// monday is a Monday at ten in the morning in Paris.
var monday = time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)

// hall is a cooperative that decides, and a clock that the test moves.
type hall struct {
	t           testing.TB
	db          *database.Handles
	assemblies  *assembly.Assemblies
	votes       *assembly.Votes
	cooperative coop.CooperativeID
	place       coop.PlaceID
	aline       coop.Actor // facilitator
	people      int64
	clock       struct {
		sync.Mutex
		at time.Time
	}
}

// newHall returns a cooperative with a facilitator and statutes: a quorum of a quarter, two
// votes for others, ten days of notice.
func newHall(t testing.TB) *hall {
	t.Helper()
	h := &hall{t: t, db: dbtest.Open(t), cooperative: rule.NewID[coop.CooperativeID](), place: rule.NewID[coop.PlaceID]()}
	h.at(monday)
	h.assemblies = assembly.NewAssemblies(h.db.Coop, h.now, derive)
	h.votes = assembly.NewVotes(h.db.Coop, h.now, newBox(t))
	h.sql(`
		INSERT INTO coop.cooperatives (id, name, town, zone, last_number, created_at)
		VALUES (?0, 'Les Tilleuls', 'Orléans', 'Europe/Paris', 100, ?2);
		INSERT INTO coop.places (cooperative_id, id, kind, name, path) VALUES (?0, ?1, 'residence', 'Les Tilleuls', ARRAY[?1::uuid])`,
		h.cooperative, h.place, monday)
	h.aline = h.member("Aline")
	h.role(h.aline, "facilitator")
	h.does(h.assemblies.Amend(t.Context(), h.aline, amended(func(*assembly.Amendment) {})))
	return h
}

func amended(change func(*assembly.Amendment)) assembly.Amendment {
	form := assembly.Customary()
	form.Key, form.Notice, form.VotedOn = uuid.New(), 10, "2026-10-01"
	change(&form)
	return form
}

func (h *hall) now() time.Time {
	h.clock.Lock()
	defer h.clock.Unlock()
	return h.clock.at
}

func (h *hall) at(moment time.Time) {
	h.clock.Lock()
	defer h.clock.Unlock()
	h.clock.at = moment
}

func (h *hall) sql(query string, args ...any) {
	h.t.Helper()
	if _, err := h.db.Owner.NewRaw(query, args...).Exec(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
}

func (h *hall) number(query string, args ...any) (n int) {
	h.t.Helper()
	h.does(h.db.Owner.NewRaw(query, args...).Scan(h.t.Context(), &n))
	return n
}

func (h *hall) member(name string) coop.Actor {
	h.t.Helper()
	h.people++
	a := coop.Actor{Cooperative: h.cooperative, Member: rule.NewID[coop.MemberID]()}
	h.sql(`
		INSERT INTO coop.members (cooperative_id, id, number, name, language, place_id, state, joined_at, state_since)
		VALUES (?, ?, ?, ?, 'fr', ?, 'active', ?, ?)`, h.cooperative, a.Member, h.people, name, h.place, monday, monday)
	return a
}

// members are so many of them.
func (h *hall) members(n int) []coop.Actor {
	all := make([]coop.Actor, n)
	for i := range all {
		all[i] = h.member(fmt.Sprint("Voisin ", i))
	}
	return all
}

func (h *hall) role(who coop.Actor, role string) {
	h.sql(`INSERT INTO coop.member_roles (cooperative_id, member_id, role, from_at) VALUES (?, ?, ?, ?)`, h.cooperative, who.Member, role, monday)
}

func (h *hall) state(who coop.Actor, state string) {
	h.sql(`UPDATE coop.members SET state = ? WHERE id = ?`, state, who.Member)
}

// plans prepares an assembly on 20 November at 18:30 with a talk and two motions, the second
// of them secret.
func (h *hall) plans() coop.AssemblyID {
	h.t.Helper()
	id, err := h.assemblies.Plan(h.t.Context(), h.aline, assembly.Plan{
		Key: uuid.New(), Title: "Assemblée d’automne", Language: "fr", Place: "Salle commune", Day: "2026-11-20", Clock: "18:30",
	})
	h.does(err)
	for _, w := range []assembly.Wording{
		{Kind: assembly.Talk, Title: "Le bilan"}, {Kind: assembly.Ordinary, Title: "Une machine ?"}, {Kind: assembly.Ordinary, Secret: true, Title: "Le pot ?"},
	} {
		w.Key, w.Language = uuid.New(), "fr"
		h.does(h.assemblies.Write(h.t.Context(), h.aline, id, w))
	}
	return id
}

func (h *hall) convenes() coop.AssemblyID {
	h.t.Helper()
	id := h.plans()
	h.does(h.assemblies.Convene(h.t.Context(), h.aline, id))
	return id
}

func (h *hall) stands(id coop.AssemblyID) assembly.State {
	h.t.Helper()
	a, err := h.assemblies.One(h.t.Context(), h.aline, id)
	h.does(err)
	return a.State
}

func (h *hall) does(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// wants is an error of a kind: a sentinel, or the catalogue key of a broken rule.
func wants(t *testing.T, err error, want any) {
	t.Helper()
	var invalid *rule.Invalid
	switch w := want.(type) {
	case nil:
		if err != nil {
			t.Errorf("got %v, want nothing wrong", err)
		}
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
