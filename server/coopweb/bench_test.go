package coopweb_test

// What the boards must reach, measured (make bench):
//
//	go test -run '^$' -bench Board -benchtime 1x ./server/coopweb

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"
	"github.com/uptrace/bun"
	"github.com/valyala/fasthttp"

	"lien/coop"
	"lien/coop/board"
)

// A board page is the work of the database, mostly: its server time is at most three times
// that of its SQL alone.
func BenchmarkBoardPageBesideItsSQL(b *testing.B) {
	const rounds = 300
	h := newHouse(b)
	id, awa := h.fullBoard()
	queries := h.queriesOf(func() { awa.seesBoards().opens("/boards/" + id.String()) })
	serve := awa.seesBoards().app.Handler()
	var page, sql time.Duration
	for range b.N {
		for round := range rounds {
			began := time.Now()
			var c fasthttp.RequestCtx
			c.Request.SetRequestURI("/boards/" + id.String())
			serve(&c)
			middle := time.Now()
			h.drain(queries)
			if c.Response.StatusCode() != fiber.StatusOK {
				b.Fatal(c.Response.StatusCode())
			}
			if round >= rounds/10 { // after warming up
				page += middle.Sub(began)
				sql += time.Since(middle)
			}
		}
	}
	n := float64(b.N * (rounds - rounds/10))
	ratio := float64(page) / float64(sql)
	fmt.Printf("\nboard page, 50 notices: %.2f ms; its %d queries alone: %.2f ms; ratio %.2f (at most 3)\n",
		page.Seconds()*1000/n, len(queries), sql.Seconds()*1000/n, ratio)
	b.ReportMetric(ratio, "page/sql")
}

// BenchmarkBoardFirstLoad weighs everything that a first visit brings over the wire.
func BenchmarkBoardFirstLoad(b *testing.B) {
	h := newHouse(b)
	id, awa := h.fullBoard()
	answer, err := awa.seesBoards().app.Test(httptest.NewRequest("GET", "/boards/"+id.String(), nil), -1)
	if err != nil {
		b.Fatal(err)
	}
	var html bytes.Buffer
	_, err = html.ReadFrom(answer.Body)
	if err != nil {
		b.Fatal(err)
	}
	files, err := filepath.Glob("../page/assets/dist/*.gz")
	if err != nil || len(files) == 0 {
		b.Skip("the browser's files are not built")
	}
	total := packed(html.Bytes())
	parts := fmt.Sprintf("page with 50 notices %.1f KB", float64(total)/1000)
	for _, name := range files {
		info, err := os.Stat(name)
		if err != nil {
			b.Fatal(err)
		}
		total += int(info.Size())
		parts += fmt.Sprintf(", %s %.1f", strings.SplitN(filepath.Base(name), "-", 2)[0], float64(info.Size())/1000)
	}
	b.Logf("%s; together %.1f KB (at most 60)", parts, float64(total)/1000)
	b.ReportMetric(float64(total)/1000, "KB")
	if total > 60_000 {
		b.Fail()
	}
}

func packed(text []byte) int {
	var out bytes.Buffer
	z, _ := gzip.NewWriterLevel(&out, gzip.BestSpeed) // as the server packs pages
	_, _ = z.Write(text)
	_ = z.Close()
	return out.Len()
}

// BenchmarkBoardFromPostToSocket is 1,000 readers of one board and 20 notices a second, on
// one node over HTTP and PostgreSQL; readers and writers are a process of their own.
func BenchmarkBoardFromPostToSocket(b *testing.B) {
	for range b.N {
		h := newHouse(b)
		id := h.hang(h.place)
		var people []*person
		members := make([]uuid.UUID, crowdSize)
		for i := range members {
			p := h.member(fmt.Sprint("Voisin ", i))
			people, members[i] = append(people, p), p.Member.UUID
		}
		n := h.node(people...)
		var before time.Duration
		f := gather(b, crowd{Addr: n.addr, Origin: h.web.Origin, Board: id.UUID, Members: members}, func() { before = cpu() })
		used := cpu() - before
		f.print(used)
		b.ReportMetric(f.P99, "p99-ms")
		b.ReportMetric(float64(used.Microseconds())/float64(f.Delivered), "µs-cpu/delivery")
		if f.Lost+f.Doubled+f.Reordered > 0 || f.Delivered != crowdSize*crowdNotices {
			b.Fatalf("not everything arrived once and in order: %+v", f)
		}
	}
}

func (f figures) print(used time.Duration) {
	fmt.Printf("\n%d readers, %d notices at 20 a second: %d delivered, %d lost, %d doubled, %d reordered; POST to socket p50 %.1f ms, p99 %.1f ms; server CPU per delivery %.1f µs\n",
		crowdSize, crowdNotices, f.Delivered, f.Lost, f.Doubled, f.Reordered, f.P50, f.P99, float64(used.Microseconds())/float64(f.Delivered))
}

func cpu() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// fullBoard hangs 60 notices with comments and thanks, and returns a reader.
func (h *house) fullBoard() (coop.BoardID, *person) {
	h.t.Helper()
	id, ben, awa := h.hang(h.place), h.member("Ben"), h.member("Awa")
	for i := range 60 {
		h.at = h.at.Add(3 * time.Minute)
		n, err := h.web.Boards.Pin(h.t.Context(), ben.Coop(), id, board.Draft{
			Key: uuid.New(), Kind: board.Kinds()[i%3], Title: "La table de couture s’agrandit", Language: "fr",
			Body: "Une troisième machine nous a été donnée ! Venez ce soir, on fait des ourlets et des coussins. Les débutants sont les bienvenus.",
		})
		if err == nil {
			_, err = h.web.Boards.Comment(h.t.Context(), awa.Coop(), n, uuid.New(), "J’apporte du fil et des chutes de coton.", "fr")
		}
		if err == nil {
			_, err = h.web.Boards.Thank(h.t.Context(), awa.Coop(), n, true)
		}
		if err != nil {
			h.t.Fatal(err)
		}
	}
	return id, awa
}

// listening keeps the text of every query.
type listening struct {
	mu      sync.Mutex
	queries []string
}

func (l *listening) BeforeQuery(ctx context.Context, e *bun.QueryEvent) context.Context {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.queries = append(l.queries, e.Query)
	return ctx
}
func (l *listening) AfterQuery(context.Context, *bun.QueryEvent) {}

func (h *house) queriesOf(act func()) []string {
	var l listening
	h.web.Boards = board.NewBoards(h.db.Coop.WithQueryHook(&l), h.now)
	act()
	h.web.Boards = board.NewBoards(h.db.Coop, h.now)
	return l.queries
}

// drain sends the queries as they are and reads every row without looking at it.
func (h *house) drain(queries []string) {
	h.t.Helper()
	for _, q := range queries {
		rows, err := h.db.Coop.DB.QueryContext(h.t.Context(), q)
		if err != nil {
			h.t.Fatal(err)
		}
		for rows.Next() {
		}
		if err := rows.Close(); err != nil {
			h.t.Fatal(err)
		}
	}
}
