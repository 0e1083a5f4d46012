package ownweb_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/erasure"
	"lien/server/ownweb"
	"lien/support/bond"
)

// erased lets a member leave and be erased now.
func (h *house) erased(o ownweb.Owner) {
	h.t.Helper()
	h.sql(`UPDATE coop.members SET state = 'left' WHERE id = ?`, o.Member.Member)
	h.sql(`INSERT INTO coop.departures (cooperative_id, id, member_id, began_at, closed_at, closed_by, minutes, choice, erase, erase_asked_at, erase_asked_by, erase_at)
		VALUES (?0, gen_random_uuid(), ?1, ?2, ?2, ?1, 0, 'fund', true, ?2, ?1, ?2)`, h.cooperative, o.Member.Member, h.at)
	all := erasure.New(h.db.Coop, h.now, func(context.Context, coop.CooperativeID, coop.MemberID) error { return nil })
	if n, err := all.Due(h.t.Context()); err != nil || n != 1 {
		h.t.Fatalf("erased %d, %v", n, err)
	}
}

// What somebody showed is closed and forgotten with them, and the referent's page is that
// of somebody who never showed anything. The trace of who looked stays.
func TestTheDoorForgetsWhoIsErased(t *testing.T) {
	h := newHouse(t)
	awa, home := h.member(true), h.household(h.claire)
	neighbour, other := h.member(true), h.household(h.claire)
	h.joins(awa, home, h.claire)
	h.joins(neighbour, other, h.claire)
	for _, o := range []ownweb.Owner{awa, neighbour} {
		must(t, h.door.Pick(t.Context(), o, "J’ai tenu la table de couture.", uuid.NewString()))
		h.consents(o, bond.Scopes()...)
	}
	if h.reads(h.claire, home) == nil {
		t.Fatal("nothing was shown")
	}
	h.later(time.Hour)
	h.erased(awa)
	if h.reads(h.claire, home) != nil || h.mark(h.claire, home) != "" {
		t.Error("something of the erased member is still shown")
	}
	if h.reads(h.claire, other) == nil {
		t.Error("a neighbour's door was shut")
	}
	for what, query := range map[string]string{
		"open links":        `SELECT count(*) FROM bond.links WHERE member_id = ? AND (ended_at IS NULL OR set_aside_at IS NULL)`,
		"open consents":     `SELECT count(*) FROM bond.consents c JOIN bond.links l ON l.id = c.link_id WHERE l.member_id = ? AND c.withdrawn_at IS NULL`,
		"moments in words":  `SELECT count(*) FROM bond.highlights c JOIN bond.links l ON l.id = c.link_id WHERE l.member_id = ? AND (c.dropped_at IS NULL OR c.words LIKE '%couture%')`,
		"readings too many": `SELECT count(*) - 1 FROM bond.readings c JOIN bond.links l ON l.id = c.link_id WHERE l.member_id = ?`,
	} {
		var n int
		must(t, h.db.Owner.NewRaw(query, awa.Member.Member).Scan(t.Context(), &n))
		if n != 0 {
			t.Errorf("%d %s are left", n, what)
		}
	}
}

// The cooperative's side is answered the same, row for row, whether there was anything to
// forget or not, and may ask nothing itself.
func TestErasingTellsNobodyWhoIsAccompanied(t *testing.T) {
	h := newHouse(t)
	awa, home, nobody := h.member(true), h.household(h.claire), h.member(true)
	h.joins(awa, home, h.claire)
	h.consents(awa, bond.Scopes()...)
	h.erased(awa)
	h.erased(nobody)
	var same bool
	must(t, h.db.Coop.NewRaw(`SELECT count(DISTINCT (to_jsonb(d) - 'id' - 'member_id' - 'closed_by' - 'erase_asked_by')) = 1 FROM coop.departures d`).Scan(t.Context(), &same))
	if !same {
		t.Error("the two departures differ")
	}
	for _, query := range []string{`SELECT bond.forget_who_is_erased()`, `SELECT count(*) FROM bond.links`} {
		if _, err := h.db.Coop.NewRaw(query).Exec(t.Context()); err == nil {
			t.Errorf("the cooperative may %s", query)
		}
	}
}
