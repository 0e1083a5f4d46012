package live_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"lien/database"
	"lien/database/dbtest"
	"lien/server/live"

	"github.com/google/uuid"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
)

// log is a source in PostgreSQL, with the gapless numbers that a locked row gives.
type log struct{ db bun.IDB }

func newLog(t *testing.T, h *database.Handles) log {
	t.Helper()
	_, err := h.Owner.NewRaw(`CREATE TABLE public.test_boards (id uuid PRIMARY KEY, last_seq bigint NOT NULL);
		CREATE TABLE public.test_log (board uuid, seq bigint, body text, PRIMARY KEY (board, seq))`).Exec(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return log{h.Owner}
}

func (l log) source() live.Source {
	return live.Source{
		Heads: l.heads, Read: l.read,
		Render:  func(_ context.Context, _ string, e live.Entry) ([]byte, error) { return []byte(e.Value.(string)), nil },
		Admit:   func(context.Context, live.Reader, uuid.UUID) (bool, error) { return true, nil },
		Revoked: func(context.Context, time.Time) ([]uuid.UUID, error) { return nil, nil },
		Epoch:   l.epoch, Announce: l.announce,
	}
}

func (l log) pin(ctx context.Context, board uuid.UUID, body string) error {
	return l.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var n int64
		err := tx.NewRaw(`INSERT INTO public.test_boards VALUES (?, 1)
			ON CONFLICT (id) DO UPDATE SET last_seq = test_boards.last_seq + 1 RETURNING last_seq`, board).Scan(ctx, &n)
		if err == nil {
			_, err = tx.NewRaw("INSERT INTO public.test_log VALUES (?, ?, ?)", board, n, body).Exec(ctx)
		}
		return err
	})
}

func (l log) heads(ctx context.Context, boards []uuid.UUID) (map[uuid.UUID]int64, error) {
	var rows []struct {
		ID      uuid.UUID
		LastSeq int64
	}
	err := l.db.NewRaw("SELECT id, last_seq FROM public.test_boards WHERE id = ANY(?)", pgdialect.Array(boards)).Scan(ctx, &rows)
	heads := map[uuid.UUID]int64{}
	for _, r := range rows {
		heads[r.ID] = r.LastSeq
	}
	return heads, err
}

func (l log) read(ctx context.Context, board uuid.UUID, after int64, limit int) ([]live.Entry, error) {
	var rows []struct {
		Seq  int64
		Body string
	}
	err := l.db.NewRaw("SELECT seq, body FROM public.test_log WHERE board = ? AND seq > ? ORDER BY seq LIMIT ?", board, after, limit).Scan(ctx, &rows)
	var entries []live.Entry
	for _, r := range rows {
		entries = append(entries, live.Entry{Seq: r.Seq, Kind: "notice", Value: r.Body})
	}
	return entries, err
}

func (l log) epoch(ctx context.Context) (e string, err error) {
	err = l.db.NewRaw(`SELECT s.system_identifier || '.' || c.timeline_id FROM pg_control_system() s, pg_control_checkpoint() c`).Scan(ctx, &e)
	return e, err
}

func (l log) announce(ctx context.Context, boards []uuid.UUID) error {
	_, err := l.db.NewRaw("SELECT pg_notify(?, id) FROM unnest(?::text[]) AS id", live.BoardChannel, pgdialect.Array(texts(boards))).Exec(ctx)
	return err
}

func texts(ids []uuid.UUID) (out []string) {
	for _, id := range ids {
		out = append(out, id.String())
	}
	return out
}

func TestTwoNodesOnOneDatabaseServeEachOthersReaders(t *testing.T) {
	handles := dbtest.Open(t)
	source := newLog(t, handles)
	ctx, stop := context.WithCancel(t.Context())
	var listening sync.WaitGroup
	defer listening.Wait()
	defer stop()
	var nodes []*house
	for range 2 { // nobody polls before the test is over: only wake-ups reach the other node
		h := openSource(t, source.source(), live.Options{Poll: time.Hour})
		listening.Go(func() { live.Listen(ctx, handles.Direct(database.Owner), h.hub) })
		nodes = append(nodes, h)
	}
	listens := func() bool {
		var n int
		err := handles.Owner.NewRaw("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN %' AND datname = current_database() AND state = 'idle'").Scan(ctx, &n)
		return err == nil && n == 2
	}
	nodes[0].until(listens)
	board := uuid.New()
	here, there := nodes[0].visit(uuid.New()), nodes[1].visit(uuid.New())
	here.follow(board, 0)
	there.follow(board, 0)
	here.expect()
	there.expect()
	const each = 50
	var writers sync.WaitGroup
	for i, h := range nodes {
		writers.Go(func() {
			for n := range each {
				if err := source.pin(ctx, board, fmt.Sprint("node ", i, " says ", n)); err != nil {
					t.Error(err)
				}
				h.hub.Posted(board)
			}
		})
	}
	here.upTo(0, 2*each)
	there.upTo(0, 2*each)
	writers.Wait()
}

func TestABrokenListenerComesBackAndReadsAgain(t *testing.T) {
	handles := dbtest.Open(t)
	source := newLog(t, handles)
	ctx, stop := context.WithCancel(t.Context())
	var listening sync.WaitGroup
	defer listening.Wait()
	defer stop()
	h := openSource(t, source.source(), live.Options{Poll: time.Hour})
	listening.Go(func() { live.Listen(ctx, handles.Direct(database.Owner), h.hub) })
	board := uuid.New()
	p := h.visit(uuid.New())
	p.follow(board, 0)
	p.expect()
	listener := func() (pid int) {
		_ = handles.Owner.NewRaw("SELECT pid FROM pg_stat_activity WHERE query LIKE 'LISTEN %' AND datname = current_database()").Scan(ctx, &pid)
		return pid // none yet
	}
	h.until(func() bool { return listener() > 0 })
	if err := source.pin(ctx, board, "nobody is told"); err != nil {
		t.Fatal(err)
	}
	if _, err := handles.Owner.NewRaw("SELECT pg_terminate_backend(?)", listener()).Exec(ctx); err != nil {
		t.Fatal(err)
	}
	p.upTo(0, 1)
}
