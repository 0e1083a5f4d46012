package problem_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/problem"
	"lien/database"
	"lien/database/dbtest"
	"lien/rule"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

var noon = time.Date(2026, 11, 23, 11, 0, 0, 0, time.UTC)

// house is a building with two stairwells. Ana and Bo share a home in the first, Cem and
// Dia live there too; Eli lives in the second, and Fay, who facilitates, beside the house.
type house struct {
	*database.Handles
	*problem.Problems
	clock                                time.Time
	ana, bo, cem, dia, eli, fay          coop.Actor
	residence, building, one, two, other coop.PlaceID
}

func newHouse(t testing.TB) *house {
	t.Helper()
	h := &house{Handles: dbtest.Open(t), clock: noon}
	h.Problems = problem.NewProblems(h.Coop, func() time.Time { return h.clock })
	id := rule.NewID[coop.CooperativeID]()
	h.exec(t, `INSERT INTO coop.cooperatives (id, name, town, zone, last_number, created_at) VALUES (?, 'Les Iris', 'Orléans', 'Europe/Paris', 6, ?)`, id, noon)
	h.residence, h.building, h.one, h.two, h.other = place(), place(), place(), place(), place()
	h.exec(t, `INSERT INTO coop.places (cooperative_id, id, parent_id, kind, name, path) VALUES
		(?0, ?1, NULL, 'residence', 'Les Iris', ARRAY[?1]::uuid[]), (?0, ?2, ?1, 'building', 'Bâtiment A', ARRAY[?1, ?2]::uuid[]),
		(?0, ?3, ?2, 'stairwell', 'Escalier 1', ARRAY[?1, ?2, ?3]::uuid[]), (?0, ?4, ?2, 'stairwell', 'Escalier 2', ARRAY[?1, ?2, ?4]::uuid[]),
		(?0, ?5, ?1, 'building', 'Bâtiment B', ARRAY[?1, ?5]::uuid[])`, id, h.residence, h.building, h.one, h.two, h.other)
	member := func(n int, name string, at coop.PlaceID) coop.Actor {
		a := coop.Actor{Cooperative: id, Member: rule.NewID[coop.MemberID]()}
		h.exec(t, `INSERT INTO coop.members (cooperative_id, id, number, name, language, place_id, state, joined_at, state_since)
			VALUES (?, ?, ?, ?, 'fr', ?, 'active', ?, ?)`, id, a.Member, n, name, at, noon, noon)
		return a
	}
	h.ana, h.bo, h.cem, h.dia, h.eli, h.fay = member(1, "Ana", h.one), member(2, "Bo", h.one), member(3, "Cem", h.one), member(4, "Dia", h.one), member(5, "Eli", h.two), member(6, "Fay", h.other)
	h.exec(t, `INSERT INTO coop.member_roles (cooperative_id, member_id, role, from_at) VALUES (?, ?, 'facilitator', ?)`, id, h.fay.Member, noon)
	h.exec(t, `
		WITH home AS (INSERT INTO coop.households (cooperative_id, id, began_by, client_key, began_at) VALUES (?0, gen_random_uuid(), ?1, gen_random_uuid(), ?3) RETURNING id)
		INSERT INTO coop.household_members (cooperative_id, household_id, member_id, from_at, untold)
		SELECT ?0, home.id, m.id, ?3, false FROM home, (VALUES (?1::uuid), (?2::uuid)) m (id)`, id, h.ana.Member, h.bo.Member, noon)
	return h
}

func place() coop.PlaceID { return rule.NewID[coop.PlaceID]() }

func (h *house) exec(t testing.TB, query string, args ...any) {
	t.Helper()
	if _, err := h.Owner.NewRaw(query, args...).Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// lift opens a problem of the whole building, as Ana.
func (h *house) lift(t testing.TB) coop.ProblemID {
	t.Helper()
	id, err := h.TellOf(t.Context(), h.ana, lift(h.building))
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func lift(at coop.PlaceID) problem.Draft {
	return problem.Draft{Key: uuid.New(), Place: at, Kind: "lift", Title: "L’ascenseur", Too: too("au troisième")}
}

func too(words string) problem.Too { return problem.Too{Words: words, Language: "fr"} }
