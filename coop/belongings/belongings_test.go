package belongings_test

import (
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"lien/coop"
	"lien/coop/belongings"
	"lien/database"
	"lien/database/dbtest"
	"lien/demo"
	"lien/rule"
	"lien/seal"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// told is a neighbourhood with a past.
func told(t *testing.T) *database.Handles {
	t.Helper()
	file, err := seal.Generate()
	if err != nil {
		t.Fatal(err)
	}
	sealer, err := seal.New(file)
	if err != nil {
		t.Fatal(err)
	}
	h := dbtest.Open(t)
	if err := demo.Tell(t.Context(), h, sealer, demo.Plot{Members: 16, Days: 45, Cases: 3, Seed: 1}, time.Now(), io.Discard); err != nil {
		t.Fatal(err)
	}
	return h
}

// Whoever adds a table that knows a member says what becomes of it here: it is in a section,
// or left out with the reason.
func TestEveryTableThatKnowsAMemberIsInTheCopyOrLeftOutWithAReason(t *testing.T) {
	h := dbtest.Open(t)
	var tables []string
	err := h.Owner.NewRaw(`SELECT DISTINCT c.relname
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'coop'
WHERE c.relkind IN ('r', 'p') AND (
  EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'f' AND k.confrelid = 'coop.members'::regclass)
  OR EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    AND (a.attname ~ '(^|_)member(_id)?$' OR a.attname ~ '_by$' OR a.attname ~ '^whom_id$')))
ORDER BY 1`).Scan(t.Context(), &tables)
	if err != nil || len(tables) < 30 {
		t.Fatalf("%d tables were found: %v", len(tables), err)
	}
	kept := map[string]string{}
	for _, s := range belongings.Sections() {
		for _, table := range s.Tables {
			kept[table] = s.Name
			if !strings.Contains(s.Query, "coop."+table) {
				t.Errorf("the section %s says that it holds %s and does not ask for it", s.Name, table)
			}
		}
	}
	for _, left := range belongings.LeftOut() {
		if kept[left.Table] != "" || left.Reason == "" {
			t.Errorf("%s is left out without need or reason", left.Table)
		}
		kept[left.Table] = left.Reason
	}
	for _, table := range append(tables, "members") {
		if kept[table] == "" {
			t.Errorf("coop.%s knows a member: say in sections.go what the copy holds of it, or in LeftOut why nothing", table)
		}
	}
}

func TestACopyIsReadableByTheSchemaAndHoldsOnlyItsMembersOwn(t *testing.T) {
	h := told(t)
	b := belongings.New(h.Coop, time.Now)
	var people []struct {
		CooperativeID coop.CooperativeID
		ID            coop.MemberID
		Number        int64
	}
	if err := h.Owner.NewRaw(`SELECT cooperative_id, id, number FROM coop.members ORDER BY number LIMIT 6`).Scan(t.Context(), &people); err != nil {
		t.Fatal(err)
	}
	var known []string
	for _, f := range belongings.Fields() {
		known = append(known, f.Name)
	}
	full := map[string]bool{}
	for _, p := range people {
		c, err := b.Open(t.Context(), coop.Actor{Cooperative: p.CooperativeID, Member: p.ID})
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range belongings.Sections() {
			err := c.Each(t.Context(), s, func(row json.RawMessage) error {
				full[s.Name] = true
				var words map[string]any
				if err := json.Unmarshal(row, &words); err != nil {
					return err
				}
				for word, value := range words {
					if !slices.Contains(known, word) {
						t.Errorf("%s: the word %s is in no schema", s.Name, word)
					}
					if text, ok := value.(string); ok && len(text) == 36 && strings.Count(text, "-") == 4 {
						t.Errorf("%s: %s is an identifier of the programme, which says nothing to anybody", s.Name, word)
					}
				}
				return nil
			})
			if err != nil {
				t.Errorf("%s: %v", s.Name, err)
			}
		}
		var given, counted int64
		for _, s := range belongings.Sections() {
			if s.Name != "hours" {
				continue
			}
			if err := c.Each(t.Context(), s, func(json.RawMessage) error { given++; return nil }); err != nil {
				t.Fatal(err)
			}
		}
		if err := h.Owner.NewRaw(`SELECT count(*) FROM coop.entries WHERE member_id = ?`, p.ID).Scan(t.Context(), &counted); err != nil || counted != given {
			t.Errorf("member %d has %d lines of hours and %d in the copy (%v)", p.Number, counted, given, err)
		}
		c.Close()
	}
	for _, name := range []string{"me", "listings", "agreements", "steps", "hours", "notices", "registrations", "charter", "membership", "cheques"} {
		if !full[name] {
			t.Errorf("nobody's copy has anything in %s: the query is not tried", name)
		}
	}
}

func TestNobodyCopiesWhatIsSomebodyElses(t *testing.T) {
	h := told(t)
	b := belongings.New(h.Coop, time.Now)
	var who coop.Actor
	if err := h.Owner.NewRaw(`SELECT cooperative_id AS cooperative, id AS member FROM coop.members WHERE number = 4`).Scan(t.Context(), &who); err != nil {
		t.Fatal(err)
	}
	elsewhere := coop.Actor{Cooperative: rule.NewID[coop.CooperativeID](), Member: who.Member}
	if _, err := b.Open(t.Context(), elsewhere); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("in the name of another cooperative: %v", err)
	}
	if _, err := h.Owner.NewRaw(`UPDATE coop.members SET state = 'left' WHERE id = ?`, who.Member).Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Open(t.Context(), who); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("after leaving: %v", err)
	}
}
