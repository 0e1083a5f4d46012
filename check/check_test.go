package check_test

import (
	"context"
	"database/sql"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver named pgx
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"lien/check"
	"lien/database"
	"lien/database/dbtest"
	"lien/demo"
	"lien/seal"
	"lien/storage"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// told returns a house with a short story in it.
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
	files, err := storage.NewFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	plot := demo.Plot{Members: 16, Days: 45, Cases: 3, Seed: 2, Files: files}
	if err := demo.Tell(t.Context(), h, sealer, plot, time.Now(), io.Discard); err != nil {
		t.Fatal(err)
	}
	return h
}

// superuser enters the database as somebody whom no right, trigger or policy stops.
func superuser(t *testing.T, h *database.Handles) *bun.DB {
	t.Helper()
	address := strings.Replace(h.Direct(database.Owner), "//lien_owner@", "//postgres@", 1)
	db, err := sql.Open("pgx", address+"&default_query_exec_mode=exec")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return bun.NewDB(db, pgdialect.New())
}

func TestAToldStoryIsClean(t *testing.T) {
	findings, err := check.Look(t.Context(), told(t).Owner)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		if f.Wrong > 0 {
			t.Errorf("%d of %d are wrong: %s", f.Wrong, f.Looked, f.Promise)
		}
	}
}

// What counts is the month of the event, not the day on which its paper list was ticked.
func TestAListTickedAfterTheMonthIsClean(t *testing.T) {
	h := told(t)
	if got := wrongAfter(t, superuser(t, h), `UPDATE coop.attendances SET at = at + interval '40 days'`); len(got) > 0 {
		t.Errorf("it is wrong that %s", strings.Join(got, ", "))
	}
}

func TestEachCheckNoticesATampering(t *testing.T) {
	h := told(t)
	root := superuser(t, h)
	tried := map[string]bool{}
	for _, c := range tamperings {
		promise := c.wrong[0]
		for _, noticed := range c.wrong {
			tried[noticed] = true
		}
		t.Run(strings.ReplaceAll(promise, " ", "_"), func(t *testing.T) {
			if got := wrongAfter(t, root, c.sql); !slices.Equal(got, c.wrong) {
				t.Errorf("after\n%s\nit is wrong that\n  %s\nwant\n  %s", c.sql, strings.Join(got, "\n  "), strings.Join(c.wrong, "\n  "))
			}
		})
	}
	for _, c := range check.All() {
		if !tried[c.Promise] {
			t.Errorf("nobody tampered with: %s", c.Promise)
		}
	}
}

// wrongAfter tampers as the superuser, looks as the owner, and undoes it all.
func wrongAfter(t *testing.T, root *bun.DB, tampering string) (wrong []string) {
	t.Helper()
	tx, err := root.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	do(t, tx, "SET LOCAL session_replication_role = replica") // no trigger, no foreign key
	if n := do(t, tx, tampering); n == 0 && !strings.Contains(tampering, "TABLE") && !strings.Contains(tampering, "GRANT") {
		t.Fatalf("the story has nothing to tamper with:\n%s", tampering)
	}
	do(t, tx, "SET LOCAL ROLE lien_owner")
	findings, err := check.Look(context.WithoutCancel(t.Context()), tx)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		if f.Wrong > 0 {
			wrong = append(wrong, f.Promise)
		}
	}
	return wrong
}

func do(t *testing.T, tx bun.Tx, statement string) int64 {
	t.Helper()
	result, err := tx.ExecContext(t.Context(), statement)
	if err != nil {
		t.Fatalf("%v\n%s", err, statement)
	}
	n, err := result.RowsAffected()
	if err != nil {
		t.Fatal(err)
	}
	return n
}
