package importing_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/hours"
	"lien/coop/importing"
	"lien/coop/membership"
	"lien/database"
	"lien/database/dbtest"
	"lien/rule"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// office is a cooperative with a facilitator, and who takes its old list over.
type office struct {
	*database.Handles
	t       testing.TB
	now     time.Time
	imports *importing.Imports
	members *membership.Members
	ledger  *hours.Ledger
	place   coop.PlaceID
	aline   coop.Actor
}

func newOffice(t testing.TB) *office {
	t.Helper()
	o := &office{Handles: dbtest.Open(t), t: t, now: time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)}
	now := func() time.Time { return o.now }
	o.imports, o.members, o.ledger = importing.NewImports(o.Coop, now), membership.NewMembers(o.Coop, now), hours.NewLedger(o.Coop, now)
	o.aline, o.place = o.found()
	return o
}

// found begins a cooperative.
func (o *office) found() (coop.Actor, coop.PlaceID) {
	o.t.Helper()
	made, err := o.members.Found(o.t.Context(), membership.Founding{
		Name: "Les Iris", Town: "Orléans", Zone: "Europe/Paris", Facilitator: "Aline Roux", Language: "fr",
		Residences: []membership.Residence{{Name: "Les Iris"}},
		Charters:   []membership.Charter{{Language: "fr", Title: "La charte", Body: "On s’entraide entre voisins, sans argent, et chacun compte pour un."}},
	})
	o.must(err)
	return coop.Actor{Cooperative: made.Cooperative, Member: made.Facilitator}, made.Places[0].ID
}

func (o *office) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

// send uploads a file and returns how it lies.
func (o *office) send(content string) importing.Import {
	o.t.Helper()
	id, err := o.imports.Upload(o.t.Context(), o.aline, importing.Upload{Key: uuid.New(), Name: "liste.csv", Content: []byte(content), Place: o.place, Language: "fr"})
	o.must(err)
	return o.one(id)
}

func (o *office) one(id coop.ImportID) importing.Import {
	o.t.Helper()
	found, err := o.imports.One(o.t.Context(), o.aline, id)
	o.must(err)
	return found
}

// carry confirms an import and carries it out.
func (o *office) carry(i importing.Import) importing.Import {
	o.t.Helper()
	o.must(o.imports.Confirm(o.t.Context(), o.aline, i.ID, i.Turn))
	o.must(o.imports.Carry(o.t.Context(), o.aline, i.ID))
	return o.one(i.ID)
}

func (o *office) rows(id coop.ImportID, p importing.Pile) []importing.Row {
	o.t.Helper()
	rows, err := o.imports.Rows(o.t.Context(), o.aline, id, p, 0)
	o.must(err)
	return rows
}

func (o *office) count(query string, args ...any) (n int64) {
	o.t.Helper()
	o.must(o.Owner.NewRaw(query, args...).Scan(o.t.Context(), &n))
	return n
}

// piles are how many lines lie on each.
func piles(i importing.Import) [4]int {
	return [4]int{i.NewLines, i.SameLines, i.ConflictLines, i.RefusedLines}
}

// sound fails the test unless the books balance and every number was kept.
func (o *office) sound() {
	o.t.Helper()
	for promise, query := range map[string]string{
		"the sum is zero":        `SELECT coalesce(sum(balance), 0) FROM coop.hours_accounts`,
		"balances are entries":   `SELECT count(*) FROM coop.hours_accounts a LEFT JOIN (SELECT account_id, sum(minutes) AS total FROM coop.entries GROUP BY 1) e ON e.account_id = a.id WHERE a.balance <> coalesce(e.total, 0)`,
		"numbers are kept":       `SELECT count(*) FROM coop.members m JOIN coop.cooperatives c ON c.id = m.cooperative_id WHERE m.number > c.last_number`,
		"who ended is forgotten": `SELECT count(*) FROM coop.imports i WHERE state IN ('done', 'dropped') AND (EXISTS (SELECT FROM coop.import_rows r WHERE r.import_id = i.id AND (r.pile <> 'refused' OR i.state = 'dropped')) OR EXISTS (SELECT FROM coop.import_files f WHERE f.import_id = i.id))`,
	} {
		if n := o.count(query); n != 0 {
			o.t.Errorf("%s: %d", promise, n)
		}
	}
}

// on is the field and the sentence of what a rule refused.
func on(err error) string {
	var invalid *rule.Invalid
	if errors.As(err, &invalid) {
		return invalid.Field + " " + invalid.Rule
	}
	return ""
}
