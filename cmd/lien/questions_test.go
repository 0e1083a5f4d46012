package main

import (
	"context"
	"log/slog"
	"net/http"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/uptrace/bun"

	"lien/server"
)

// questions counts the queries of every role.
type questions struct{ n atomic.Int64 }

func (q *questions) BeforeQuery(ctx context.Context, _ *bun.QueryEvent) context.Context {
	q.n.Add(1)
	return ctx
}

func (q *questions) AfterQuery(context.Context, *bun.QueryEvent) {}

// mostQuestions are for the pages that ask more than ten, the beginning and the end of
// each transaction included. A case asks its door for each adult.
var mostQuestions = map[string]int64{
	"/desk/members/:id": 16, "/me": 12, "/pro/cases/:id": 34, "/pro/cases/:id/bond/:person": 16, "/pro/cases/:id/bond/:person/state": 11,
	"/pro/cases/:id/bond/:person/propose": 11, "/pro/coordination/:id": 13, "/private/share": 19,
	"/desk": 30, "/home": 15, "/assemblies/:id": 17, "/desk/assemblies/:id": 23, "/desk/assemblies/:id/screen": 12, "/assemblies/:id/minutes": 20, "/assemblies/:id/minutes/print": 20,
}

// A page asks for everything of a kind at once, so that it costs the same however much
// hangs, waits or was written; a story's worth of each is there.
func TestAPageAsksFewQuestions(t *testing.T) {
	w, q := newWorld(t), &questions{}
	own := w.ids(t, true)
	w.Account, w.Coop, w.Support = w.Account.WithQueryHook(q), w.Coop.WithQueryHook(q), w.Support.WithQueryHook(q)
	g := ground{origin: "http://localhost:8080", handles: w.Handles, sealer: w.sealer, files: w.files, log: slog.New(slog.DiscardHandler)}
	parts, err := wire(g)
	if err != nil {
		t.Fatal(err)
	}
	app := server.New(server.Settings{Origin: g.origin}, parts)
	for _, c := range w.callers {
		c.app = app
		for _, r := range w.routes {
			if r.Method != http.MethodGet || !slices.Contains(c.may, r.May) || r.May == server.Anyone || r.Path == "/live" {
				continue
			}
			most, named := mostQuestions[r.Path]
			if !named {
				most = 10
			}
			c.openPrivate(t)
			before := q.n.Load()
			c.get(t, fill(t, r.Path, own))
			if asked := q.n.Load() - before; asked > most {
				t.Errorf("%s: %s asks %d questions, want %d at most", c.name, r.Path, asked, most)
			}
		}
	}
}
