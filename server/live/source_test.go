package live_test

import (
	"context"
	"fmt"
	"sync"
	"time"

	"lien/server/live"

	"github.com/google/uuid"
)

// ledger is a source in memory: boards, who may read them, and what changed when.
type ledger struct {
	mu      sync.Mutex
	epoch   string
	boards  map[uuid.UUID][]live.Entry
	shut    map[uuid.UUID]bool // members who may read nothing any more
	revoked map[uuid.UUID]time.Time
	reads   int
	renders int
	polls   int
	broken  error         // what Revoked answers
	asked   chan struct{} // receives when it was
}

func newLedger() *ledger {
	return &ledger{boards: map[uuid.UUID][]live.Entry{}, shut: map[uuid.UUID]bool{}, revoked: map[uuid.UUID]time.Time{}}
}

func (l *ledger) source() live.Source {
	return live.Source{Heads: l.heads, Read: l.read, Render: l.render, Admit: l.admit, Revoked: l.since, Epoch: l.history}
}

// pin appends an entry and gives its number.
func (l *ledger) pin(board uuid.UUID, text string) int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := int64(len(l.boards[board]) + 1)
	l.boards[board] = append(l.boards[board], live.Entry{Seq: n, Kind: "notice", Value: text})
	return n
}

// unpin forgets the newest entry, as a restored backup would.
func (l *ledger) unpin(board uuid.UUID) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.boards[board] = l.boards[board][:len(l.boards[board])-1]
}

func (l *ledger) restore(epoch string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.epoch = epoch
}

// revoke ends the rights of a member or to a board, or a session.
func (l *ledger) revoke(id uuid.UUID) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.shut[id] = true
	l.revoked[id] = time.Now()
}

// change says that the rights of a member may be others by now.
func (l *ledger) change(id uuid.UUID) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.revoked[id] = time.Now()
}

func (l *ledger) heads(_ context.Context, boards []uuid.UUID) (map[uuid.UUID]int64, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	heads := map[uuid.UUID]int64{}
	for _, b := range boards {
		heads[b] = int64(len(l.boards[b]))
	}
	return heads, nil
}

func (l *ledger) read(_ context.Context, board uuid.UUID, after int64, limit int) ([]live.Entry, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.reads++
	log := l.boards[board]
	if after >= int64(len(log)) {
		return nil, nil
	}
	log = log[after:]
	return append([]live.Entry(nil), log[:min(limit, len(log))]...), nil
}

func (l *ledger) render(_ context.Context, lang string, e live.Entry) ([]byte, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.renders++
	if e.Value == "unspeakable" {
		return nil, fmt.Errorf("no words for %d", e.Seq)
	}
	return fmt.Appendf(nil, `<article lang="%s">%s</article>`, lang, e.Value), nil
}

func (l *ledger) admit(_ context.Context, r live.Reader, board uuid.UUID) (bool, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return !l.shut[r.Member] && !l.shut[board], nil
}

func (l *ledger) since(_ context.Context, since time.Time) ([]uuid.UUID, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	var ids []uuid.UUID
	for id, at := range l.revoked {
		if at.After(since) {
			ids = append(ids, id)
		}
	}
	select {
	case l.asked <- struct{}{}:
	default:
	}
	return ids, l.broken
}

// breakRights makes Revoked fail, and tells each time it was asked.
func (l *ledger) breakRights(err error) <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.broken, l.asked = err, make(chan struct{})
	return l.asked
}

func (l *ledger) history(context.Context) (string, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.polls++
	return l.epoch, nil
}
