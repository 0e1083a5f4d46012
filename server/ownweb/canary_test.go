package ownweb_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/support/bond"
)

// What a referent reads passes through and is kept nowhere: after readings on every page,
// the person's words stand in the door's own table and in no other, in no form. There is
// therefore no snapshot to delete after a withdrawal (wall.md).
func TestWhatIsReadThroughTheDoorIsKeptNowhere(t *testing.T) {
	h := newHouse(t)
	awa, home := h.member(true), h.household(h.claire)
	h.joins(awa, home, h.claire)
	const canary = "canari-4711"
	must(t, h.door.Pick(t.Context(), awa, "J’ai nourri le "+canary+".", uuid.NewString()))
	h.consents(awa, bond.Scopes()...)
	claire := h.desk(h.claire, "Claire Vasseur")
	for _, path := range []string{home.path(), home.bond()} {
		if !strings.Contains(opens(t, claire, path), canary) {
			t.Fatalf("%s does not show it: this test would prove nothing", path)
		}
	}
	opens(t, claire, home.bond()+"/state")
	h.later(time.Minute)
	must(t, h.door.WithdrawAll(t.Context(), awa))
	opens(t, claire, home.path())
	if where := h.holding(canary); len(where) != 1 || where[0] != "bond.highlights.words" {
		t.Errorf("it stands in %v", where)
	}
}

// holding are the columns of the whole database in which a text stands, as text, in
// JSON, in an array or in bytes.
func (h *house) holding(text string) []string {
	h.t.Helper()
	var columns []struct{ Schema, Relation, Name, Kind string }
	must(h.t, h.db.Owner.NewRaw(`
		SELECT n.nspname AS schema, c.relname AS relation, a.attname AS name, format_type(a.atttypid, NULL) AS kind
		FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE n.nspname IN ('account', 'coop', 'bond', 'support', 'study', 'jobs') AND c.relkind IN ('r', 'p', 'm') AND a.attnum > 0 AND NOT a.attisdropped
		ORDER BY 1, 2, a.attnum`).Scan(h.t.Context(), &columns))
	var where []string
	for _, c := range columns {
		value := `"` + c.Name + `"::text`
		if c.Kind == "bytea" {
			value = `encode("` + c.Name + `", 'escape')`
		}
		if h.count(`SELECT count(*) FROM "`+c.Schema+`"."`+c.Relation+`" WHERE position(? IN `+value+`) > 0`, text) > 0 {
			where = append(where, c.Schema+"."+c.Relation+"."+c.Name)
		}
	}
	if len(columns) < 200 {
		h.t.Fatalf("only %d columns were searched", len(columns))
	}
	return where
}
