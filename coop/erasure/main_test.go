package erasure_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"lien/check"
	"lien/coop"
	"lien/coop/erasure"
	"lien/database"
	"lien/database/dbtest"
	"lien/demo"
	"lien/seal"
	"lien/server/session"
	"lien/storage"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// house is a neighbourhood with a past, under a clock that the test moves.
type house struct {
	*database.Handles
	t      *testing.T
	now    time.Time
	files  *storage.Folder
	folder string
	sealer *seal.Sealer
}

func told(t *testing.T) *house {
	t.Helper()
	file, err := seal.Generate()
	if err != nil {
		t.Fatal(err)
	}
	h := &house{Handles: dbtest.Open(t), t: t, now: time.Now(), folder: t.TempDir()}
	h.sealer, err = seal.New(file)
	h.fine(err)
	h.files, err = storage.NewFolder(h.folder)
	h.fine(err)
	h.fine(demo.Tell(t.Context(), h.Handles, h.sealer, demo.Plot{Members: 16, Days: 45, Cases: 3, Seed: 3, Files: h.files}, h.now, io.Discard))
	return h
}

func (h *house) clock() time.Time { return h.now }

func (h *house) fine(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) exec(query string, args ...any) int64 {
	h.t.Helper()
	done, err := h.Owner.NewRaw(query, args...).Exec(h.t.Context())
	if err != nil {
		h.t.Fatalf("%v\n%s", err, query)
	}
	n, err := done.RowsAffected()
	h.fine(err)
	return n
}

func (h *house) count(query string, args ...any) (n int64) {
	h.t.Helper()
	h.fine(h.Owner.NewRaw(query, args...).Scan(context.Background(), &n))
	return n
}

func (h *house) actor(number int) (who coop.Actor) {
	h.t.Helper()
	h.fine(h.Owner.NewRaw(`SELECT cooperative_id AS cooperative, id AS member FROM coop.members WHERE number = ?`, number).Scan(h.t.Context(), &who))
	return who
}

func (h *house) erasures() *erasure.Erasures {
	return erasure.New(h.Coop, h.clock, session.NewForgetting(h.Account, h.clock).Forget)
}

// leaves writes down that somebody left a moment ago and asked to be erased at once.
func (h *house) leaves(who coop.Actor) {
	h.exec(`UPDATE coop.members SET state = 'left' WHERE id = ?`, who.Member)
	h.exec(`INSERT INTO coop.departures (cooperative_id, id, member_id, began_at, closed_at, closed_by, minutes, choice, erase, erase_asked_at, erase_asked_by, erase_at)
VALUES (?0, gen_random_uuid(), ?1, ?2, ?2, ?1, 0, 'fund', true, ?2, ?1, ?2)`, who.Cooperative, who.Member, h.now)
}

func (h *house) due(want int) {
	h.t.Helper()
	if n, err := h.erasures().Due(h.t.Context()); err != nil || n != want {
		h.t.Fatalf("erased %d, %v; want %d", n, err, want)
	}
}

// found lists where the whole database still holds the words, and the files that do.
func (h *house) found(words string) (where []string) {
	h.t.Helper()
	var columns []struct{ Name, Attribute string }
	h.fine(h.Owner.NewRaw(`SELECT format('%I.%I', n.nspname, c.relname) AS name, quote_ident(a.attname) AS attribute
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname IN ('account', 'coop', 'bond', 'support', 'study', 'jobs') AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
  AND a.atttypid::regtype::text IN ('text', 'text[]', 'jsonb', 'json', 'tsvector', 'bytea', 'character varying', 'name')
ORDER BY 1, 2`).Scan(h.t.Context(), &columns))
	if len(columns) < 150 {
		h.t.Fatalf("%d columns were looked at: this test would prove nothing", len(columns))
	}
	for _, c := range columns {
		n := h.count(fmt.Sprintf(`SELECT count(*) FROM %s x WHERE
  position(? IN lower(x.%[2]s::text)) > 0 OR position(? IN x.%[2]s::text) > 0`, c.Name, c.Attribute), words, fmt.Sprintf("%x", words))
		if n > 0 {
			where = append(where, fmt.Sprintf("%s.%s (%d)", c.Name, c.Attribute, n))
		}
	}
	return where
}

// wrong lists the promises that lien check finds broken.
func (h *house) wrong() (promises []string) {
	h.t.Helper()
	findings, err := check.Look(h.t.Context(), h.Owner)
	h.fine(err)
	for _, f := range findings {
		if f.Wrong > 0 {
			promises = append(promises, f.Promise)
		}
	}
	return promises
}

// kept counts the files in the folder.
func (h *house) kept() (n int) {
	h.t.Helper()
	folders, err := os.ReadDir(h.folder)
	h.fine(err)
	for _, f := range folders {
		inside, err := os.ReadDir(h.folder + "/" + f.Name())
		h.fine(err)
		for _, file := range inside {
			if !strings.HasPrefix(file.Name(), ".") {
				n++
			}
		}
	}
	return n
}
