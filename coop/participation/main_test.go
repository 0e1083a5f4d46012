package participation_test

import (
	"testing"
	"time"

	"lien/coop"
	"lien/database"
	"lien/database/dbtest"
	"lien/rule"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// joinedOn makes a cooperative with one member who joined on a day.
func joinedOn(t *testing.T, h *database.Handles, joined time.Time) coop.Actor {
	t.Helper()
	a := coop.Actor{Cooperative: rule.NewID[coop.CooperativeID](), Member: rule.NewID[coop.MemberID]()}
	place := rule.NewID[coop.PlaceID]()
	_, err := h.Owner.NewRaw(`
		INSERT INTO coop.cooperatives (id, name, town, zone, last_number, created_at)
		VALUES (?0, 'Les Tilleuls', 'Orléans', 'Europe/Paris', 1, ?3);
		INSERT INTO coop.places (cooperative_id, id, kind, name, path) VALUES (?0, ?1, 'residence', 'Les Tilleuls', ARRAY[?1::uuid]);
		INSERT INTO coop.members (cooperative_id, id, number, name, language, place_id, state, joined_at, state_since)
		VALUES (?0, ?2, 1, 'Awa', 'fr', ?1, 'active', ?3, ?3)`,
		a.Cooperative.UUID, place.UUID, a.Member.UUID, joined).Exec(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return a
}
