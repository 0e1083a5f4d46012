package live

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
)

// feed is a board as this node knows it: the number it has read up to, and a tape for
// each edition somebody reads.
type feed struct {
	hub   *Hub
	board uuid.UUID

	users int       // subscriptions and catch-ups under way; the hub's lock guards it
	idle  time.Time // since when there are none; the hub's lock guards it

	due  atomic.Bool // a pull is on its way
	work sync.Mutex  // held by the one who reads the source for this board

	mu    sync.RWMutex // tapes and head change only under both locks
	open  bool
	head  int64
	tapes map[string]*tape
}

// prepare learns where the board stands, the first time somebody asks for it.
func (f *feed) prepare(ctx context.Context) error {
	f.work.Lock()
	defer f.work.Unlock()
	if f.open {
		return nil
	}
	heads, err := f.hub.source.Heads(ctx, []uuid.UUID{f.board})
	if err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.head, f.open = heads[f.board], true
	return nil
}

// at gives the number read up to, and whether it is known already.
func (f *feed) at() (head int64, open bool) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.head, f.open
}

// tape gives the tape of an edition, begun if need be, that holds everything after a
// number. If it does not, the number cannot be caught up from: the board never had it,
// or it is too long ago. The tape has one user more unless an error is returned.
func (f *feed) tape(ctx context.Context, e edition, after int64) (*tape, error) {
	if t := f.ready(e, after); t != nil {
		return t, nil
	}
	f.work.Lock()
	defer f.work.Unlock()
	if after > f.head { // the page may have been served by a node that is ahead
		if err := f.advance(ctx); err != nil {
			return nil, err
		}
	}
	t := f.begin(e)
	base := t.first()
	if after >= base || after < 0 || after < f.head-int64(f.hub.opts.Keep) {
		return t, nil
	}
	if err := f.refill(ctx, t, e.name, after, base); err != nil {
		t.users.Add(-1)
		return nil, err
	}
	return t, nil
}

// ready gives the tape if it needs no work.
func (f *feed) ready(e edition, after int64) *tape {
	f.mu.RLock()
	defer f.mu.RUnlock()
	if t := f.tapes[e.name]; t != nil && after <= f.head && after >= t.first() {
		t.users.Add(1)
		return t
	}
	return nil
}

func (f *feed) begin(e edition) *tape {
	f.mu.Lock()
	defer f.mu.Unlock()
	t := f.tapes[e.name]
	if t == nil {
		t = newTape(f.head, e.plain)
		f.tapes[e.name] = t
	}
	t.users.Add(1)
	return t
}

// refill puts the entries between after and the tape's first in front of it, for
// everybody who comes back from there.
func (f *feed) refill(ctx context.Context, t *tape, edition string, after, base int64) error {
	entries, err := f.hub.source.Read(ctx, f.board, after, int(base-after))
	if err != nil {
		return err
	}
	if int64(len(entries)) < base-after || !follow(entries, after) {
		return nil // a hole: the reader will be told to reload
	}
	t.prepend(f.frames(ctx, edition, t.plain, entries))
	return nil
}

// pull reads what the node lacks and sends it on.
func (f *feed) pull() {
	f.work.Lock()
	f.due.Store(false)
	if !f.open {
		f.work.Unlock()
		return // prepare begins at the newest number anyway
	}
	ctx, cancel := f.hub.patience()
	err := f.advance(ctx)
	cancel()
	f.work.Unlock()
	if err != nil {
		f.hub.opts.Log.Warn("live: board not read", "board", f.board, "error", err)
	}
	f.spread()
}

// advance appends what the log holds above the head, to each tape once. The caller
// holds work. It does nothing while it is not known whose rights ended.
func (f *feed) advance(ctx context.Context) error {
	for f.hub.rightsKnown() {
		entries, err := f.hub.source.Read(ctx, f.board, f.head, f.hub.opts.Keep)
		if err != nil || len(entries) == 0 {
			return err
		}
		if !follow(entries, f.head) {
			f.restart(entries[len(entries)-1].Seq)
			return nil
		}
		f.extend(ctx, entries)
		if len(entries) < f.hub.opts.Keep {
			return nil
		}
	}
	return nil
}

func (f *feed) extend(ctx context.Context, entries []Entry) {
	f.forget()
	frames := map[string][][]byte{}
	for edition, t := range f.tapes {
		frames[edition] = f.frames(ctx, edition, t.plain, entries)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for edition, t := range f.tapes {
		t.extend(frames[edition], f.hub.opts.Keep)
	}
	f.head = entries[len(entries)-1].Seq
}

// forget drops the tapes of editions that nobody reads any more: languages are few and
// stay, what one must not see changes from day to day. The caller holds work.
func (f *feed) forget() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for edition, t := range f.tapes {
		if !t.plain && t.users.Load() == 0 {
			delete(f.tapes, edition)
		}
	}
}

// restart begins anew at a number that does not follow from the last one, after a hole
// or when the database is another one than before. The caller holds work.
func (f *feed) restart(head int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.head = head
	for _, t := range f.tapes {
		t.restart(head)
	}
}

// anew restarts a board whose database is another one than before.
func (f *feed) anew(head int64) {
	f.work.Lock()
	f.restart(head)
	f.work.Unlock()
	f.spread()
}

// frames renders entries for an edition. One that cannot be rendered still has its
// number: it asks the page to reload rather than to pass over it.
func (f *feed) frames(ctx context.Context, edition string, plain bool, entries []Entry) [][]byte {
	out := make([][]byte, 0, len(entries))
	edited, failed := entries, error(nil)
	if !plain {
		if edited, failed = f.hub.source.Edit(ctx, f.board, edition, entries); failed != nil {
			edited = entries // for their numbers alone
		}
	}
	for _, e := range edited {
		m := entryMessage{Board: f.board, N: e.Seq, Kind: e.Kind}
		html, err := f.render(ctx, edition, e, failed)
		if err != nil {
			f.hub.opts.Log.Error("live: entry not rendered", "board", f.board, "n", e.Seq, "error", err)
			m.Reload = true
		}
		m.HTML = string(html)
		out = append(out, frame(textFrame, encode(m)))
	}
	return out
}

func (f *feed) render(ctx context.Context, edition string, e Entry, failed error) ([]byte, error) {
	if failed != nil {
		return nil, failed
	}
	return f.hub.source.Render(ctx, edition, e)
}

// spread has every row of every tape delivered, by as many goroutines as there are
// rows: none stands ready while there is no news.
func (f *feed) spread() {
	f.mu.RLock()
	defer f.mu.RUnlock()
	for _, t := range f.tapes {
		for i := range t.rows {
			if r := &t.rows[i]; r.due.CompareAndSwap(false, true) {
				f.hub.spawn(func() { r.deliver(&f.hub.counts.delivered) })
			}
		}
	}
}

// follow tells whether the entries carry the numbers right after this one.
func follow(entries []Entry, after int64) bool {
	for i, e := range entries {
		if e.Seq != after+1+int64(i) {
			return false
		}
	}
	return true
}
