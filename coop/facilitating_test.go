package coop_test

import (
	"errors"
	"testing"
	"time"

	"lien/coop"
	"lien/database/dbtest"
	"lien/rule"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

func TestOnlyWhoTakesPartAndHasTheRoleFacilitates(t *testing.T) {
	h := dbtest.Open(t)
	at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	exec := func(query string, args ...any) {
		t.Helper()
		if _, err := h.Owner.NewRaw(query, args...).Exec(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	house, place := rule.NewID[coop.CooperativeID](), rule.NewID[coop.PlaceID]()
	exec(`
		INSERT INTO coop.cooperatives (id, name, town, zone, last_number, created_at) VALUES (?0, 'Les Iris', 'Orléans', 'Europe/Paris', 100, ?2);
		INSERT INTO coop.places (cooperative_id, id, kind, name, path) VALUES (?0, ?1, 'residence', 'Les Iris', ARRAY[?1::uuid])`, house, place, at)
	for n, c := range []struct {
		state, role string
		over        bool
		want        error
	}{
		{"active", "facilitator", false, nil},
		{"welcomed", "facilitator", false, nil},
		{"active", "facilitator", true, rule.ErrForbidden},
		{"active", "treasurer", false, rule.ErrForbidden},
		{"active", "", false, rule.ErrForbidden},
		{"paused", "facilitator", false, rule.ErrForbidden},
		{"suspended", "facilitator", false, rule.ErrForbidden},
		{"leaving", "facilitator", false, rule.ErrForbidden},
		{"left", "facilitator", false, rule.ErrForbidden},
	} {
		who := coop.Actor{Cooperative: house, Member: rule.NewID[coop.MemberID]()}
		exec(`INSERT INTO coop.members (cooperative_id, id, number, name, language, place_id, state, joined_at, state_since)
			VALUES (?, ?, ?, 'N', 'fr', ?, ?, ?, ?)`, house, who.Member, n+1, place, c.state, at, at)
		if c.role != "" {
			exec(`INSERT INTO coop.member_roles (cooperative_id, member_id, role, from_at, until_at) VALUES (?, ?, ?, ?, CASE WHEN ? THEN ?::timestamptz END)`,
				house, who.Member, c.role, at.Add(-time.Hour), c.over, at)
		}
		if err := coop.MustFacilitate(t.Context(), h.Coop, who); !errors.Is(err, c.want) {
			t.Errorf("%+v: got %v", c, err)
		}
		elsewhere := coop.Actor{Cooperative: rule.NewID[coop.CooperativeID](), Member: who.Member}
		if err := coop.MustFacilitate(t.Context(), h.Coop, elsewhere); !errors.Is(err, rule.ErrForbidden) {
			t.Errorf("%+v in another cooperative: got %v", c, err)
		}
	}
}
