package live

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// tape is the recent log of one board in one edition: encoded frames, back to back,
// found by number. It only grows at its end, so a slice that was handed out stays what
// it was while others append.
type tape struct {
	mu   sync.RWMutex
	base int64  // the number before the first frame held
	buf  []byte // frames base+1, base+2, …
	ends []int  // where each of them ends in buf

	plain bool         // the edition is a language
	users atomic.Int64 // who reads it or is about to

	rows []row // the subscriptions, dealt out so that several cores can write
}

// tapeBytes bounds what a tape holds, whatever the number of its frames.
const tapeBytes = 1 << 20

func newTape(head int64, plain bool) *tape {
	return &tape{base: head, plain: plain, rows: make([]row, runtime.GOMAXPROCS(0))}
}

// first is the number that the oldest frame held follows.
func (t *tape) first() int64 {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.base
}

// since gives every frame above a number as one piece, and the newest number. It fails
// for numbers that the tape no longer, or not yet, holds.
func (t *tape) since(after int64) (frames []byte, head int64, ok bool) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	head = t.base + int64(len(t.ends))
	if after < t.base || after > head {
		return nil, head, false
	}
	return t.buf[t.offset(after):], head, true
}

// messages gives the same as since, without the frames' headers.
func (t *tape) messages(after int64) (messages [][]byte, head int64, ok bool) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	head = t.base + int64(len(t.ends))
	if after < t.base || after > head {
		return nil, head, false
	}
	for n := after; n < head; n++ {
		messages = append(messages, payload(t.buf[t.offset(n):t.offset(n+1)]))
	}
	return messages, head, true
}

// offset is where the frame after number n begins.
func (t *tape) offset(n int64) int {
	if n == t.base {
		return 0
	}
	return t.ends[n-t.base-1]
}

// extend appends frames and forgets old ones beyond what is kept.
func (t *tape) extend(frames [][]byte, keep int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, f := range frames {
		t.buf = append(t.buf, f...)
		t.ends = append(t.ends, len(t.buf))
	}
	if len(t.ends) <= 2*keep && len(t.buf) <= tapeBytes {
		return
	}
	drop := max(0, len(t.ends)-keep)
	for drop < len(t.ends)-1 && len(t.buf)-t.offset(t.base+int64(drop)) > tapeBytes/2 {
		drop++
	}
	t.rebuild(drop, nil)
}

// prepend puts older frames before the first one held.
func (t *tape) prepend(frames [][]byte) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.rebuild(0, frames)
}

// rebuild lays the tape out anew, in memory of its own: slices of the old one are still
// being written to slow readers.
func (t *tape) rebuild(drop int, before [][]byte) {
	from := t.offset(t.base + int64(drop))
	buf := make([]byte, 0, 2*(len(t.buf)-from)+4096)
	ends := make([]int, 0, len(before)+len(t.ends)-drop)
	for _, f := range before {
		buf = append(buf, f...)
		ends = append(ends, len(buf))
	}
	shift := len(buf) - from
	buf = append(buf, t.buf[from:]...)
	for _, e := range t.ends[drop:] {
		ends = append(ends, e+shift)
	}
	t.base += int64(drop - len(before))
	t.buf, t.ends = buf, ends
}

// restart forgets everything: the log goes on after this number, and whoever follows is
// told to reload.
func (t *tape) restart(head int64) {
	t.mu.Lock()
	t.base, t.buf, t.ends = head, nil, nil
	t.mu.Unlock()
	for i := range t.rows {
		t.rows[i].each(func(s *subscription) { s.lose() })
	}
}

// row is a part of a tape's subscriptions, written to by one goroutine at a time.
type row struct {
	mu   sync.Mutex
	subs []*subscription
	due  atomic.Bool
}

func (r *row) add(s *subscription) {
	r.mu.Lock()
	defer r.mu.Unlock()
	s.row, s.place = r, len(r.subs)
	r.subs = append(r.subs, s)
}

func (r *row) remove(s *subscription) {
	r.mu.Lock()
	defer r.mu.Unlock()
	last := len(r.subs) - 1
	r.subs[s.place] = r.subs[last]
	r.subs[s.place].place = s.place
	r.subs[last] = nil
	r.subs = r.subs[:last]
}

func (r *row) each(do func(*subscription)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, s := range r.subs {
		do(s)
	}
}

// deliver sends each reader of the row what they lack. News that comes meanwhile rides
// along in the writes still to be made.
func (r *row) deliver(delivered *atomic.Int64) {
	r.due.Store(false)
	var sent int64
	r.each(func(s *subscription) { sent += s.seat.flush(s) })
	delivered.Add(sent)
}
