package live

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
)

// Hub delivers the boards of one node. Several nodes on one database need not know of
// each other: each reads the log.
type Hub struct {
	source Source
	opts   Options

	mu         sync.Mutex
	feeds      map[uuid.UUID]*feed
	seats      map[*seat]struct{}
	members    map[uuid.UUID]int  // open sockets of each member
	news       map[uuid.UUID]bool // posted to and not announced yet
	closed     bool
	announcing bool // a task is at it
	tasks      sync.WaitGroup
	life       context.Context // of the tasks' questions to the source; ended by Close
	end        context.CancelFunc

	key     []byte // of the epochs of editions
	epoch   atomic.Pointer[string]
	checked atomic.Int64  // when the last complete look at revocations began, Unix milliseconds
	recheck chan struct{} // rights changed: look before the next poll
	counts  counts
}

type counts struct{ delivered, cut, odd atomic.Int64 }

// Stats are figures for the node's metrics; the last three only grow.
type Stats struct {
	Readers   int   // open sockets
	Boards    int   // boards held in memory
	Delivered int64 // entries written to readers
	Cut       int64 // connections ended because they took nothing
	Odd       int64 // messages of clients that made no sense
}

// New makes a hub. It delivers while Run runs.
func New(source Source, options Options) *Hub {
	life, end := context.WithCancel(context.Background())
	return &Hub{
		life: life, end: end, key: newKey(),
		source:  source,
		opts:    options.filled(),
		feeds:   map[uuid.UUID]*feed{},
		seats:   map[*seat]struct{}{},
		members: map[uuid.UUID]int{},
		news:    map[uuid.UUID]bool{},
		recheck: make(chan struct{}, 1),
	}
}

// Run asks the source every Poll, rights first, until the context ends.
func (h *Hub) Run(ctx context.Context) {
	tick := time.NewTicker(h.opts.Poll)
	defer tick.Stop()
	for {
		h.look(ctx)
		select {
		case <-ctx.Done():
			return
		case <-h.recheck:
		case <-tick.C:
		}
	}
}

func (h *Hub) look(ctx context.Context) {
	if err := h.checkRights(ctx); err != nil && ctx.Err() == nil {
		h.opts.Log.Warn("live: revocations not read", "error", err)
	}
	if err := h.poll(ctx); err != nil && ctx.Err() == nil {
		h.opts.Log.Warn("live: heads not read", "error", err)
	}
	h.sweep(time.Now())
}

// Wake tells the hub that a board has news: after a commit on this node, or when
// another one said so. It never waits.
func (h *Hub) Wake(board uuid.UUID) {
	h.mu.Lock()
	f := h.feeds[board]
	h.mu.Unlock()
	if f != nil {
		h.wake(f)
	}
}

// WakeAll has every board read again: after a time without wake-ups.
func (h *Hub) WakeAll() {
	for _, f := range h.held() {
		h.wake(f)
	}
}

// Recheck tells the hub that rights changed. It never waits.
func (h *Hub) Recheck() {
	select {
	case h.recheck <- struct{}{}:
	default:
	}
}

// Stats gives the figures of this moment.
func (h *Hub) Stats() Stats {
	h.mu.Lock()
	defer h.mu.Unlock()
	return Stats{
		Readers: len(h.seats), Boards: len(h.feeds),
		Delivered: h.counts.delivered.Load(), Cut: h.counts.cut.Load(), Odd: h.counts.odd.Load(),
	}
}

// Close refuses new sockets, tells every client 1001, and waits until they have left;
// those that have not by the context's end are cut. Call it before the app shuts down,
// which neither closes nor waits for upgraded connections; Run may end before or after.
func (h *Hub) Close(ctx context.Context) error {
	defer h.end()
	h.mu.Lock()
	h.closed = true
	h.mu.Unlock()
	for _, s := range h.seated() {
		s.close(1001)
	}
	gone := make(chan struct{})
	go func() { h.tasks.Wait(); close(gone) }()
	select {
	case <-gone:
		return nil
	case <-ctx.Done():
	}
	h.end()
	for _, s := range h.seated() {
		_ = s.conn.Close() // its reading side reports the end
	}
	<-gone
	return ctx.Err()
}

// spawn runs a task that Close waits for, unless the hub is closed.
func (h *Hub) spawn(task func()) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return false
	}
	h.tasks.Go(task)
	return true
}

func (h *Hub) wake(f *feed) {
	if f.due.CompareAndSwap(false, true) {
		h.spawn(f.pull)
	}
}

// acquire gives the feed of a board and keeps it until it is released.
func (h *Hub) acquire(ctx context.Context, board uuid.UUID) (*feed, error) {
	h.mu.Lock()
	f := h.feeds[board]
	if f == nil {
		f = &feed{hub: h, board: board, tapes: map[string]*tape{}}
		h.feeds[board] = f
	}
	f.users++
	h.mu.Unlock()
	if err := f.prepare(ctx); err != nil {
		h.release(f, nil)
		return nil, err
	}
	return f, nil
}

// release gives back a feed, and a tape of it that is not read any more.
func (h *Hub) release(f *feed, t *tape) {
	if t != nil {
		t.users.Add(-1)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	f.users--
	f.idle = time.Now()
}

// room tells whether one more socket would be served. enter decides.
func (h *Hub) room(r Reader) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return !h.closed && len(h.seats) < h.opts.Readers && h.members[r.Member] < h.opts.Sockets
}

// enter gives a connection its seat; leave takes it back.
func (h *Hub) enter(s *seat) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	m := s.reader.Member
	if h.closed || len(h.seats) >= h.opts.Readers || h.members[m] >= h.opts.Sockets {
		return false
	}
	h.seats[s] = struct{}{}
	h.members[m]++
	h.tasks.Add(1)
	return true
}

// leave ends everything a connection had.
func (h *Hub) leave(s *seat) {
	_ = s.conn.Close() // often closed already
	s.mu.Lock()
	s.shut = true
	subs := s.subs
	s.subs = nil
	s.mu.Unlock()
	for _, sub := range subs {
		sub.row.remove(sub)
		h.release(sub.feed, sub.tape)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	defer h.tasks.Done()
	delete(h.seats, s)
	if h.members[s.reader.Member]--; h.members[s.reader.Member] <= 0 {
		delete(h.members, s.reader.Member)
	}
}

func (h *Hub) held() []*feed {
	h.mu.Lock()
	defer h.mu.Unlock()
	feeds := make([]*feed, 0, len(h.feeds))
	for _, f := range h.feeds {
		feeds = append(feeds, f)
	}
	return feeds
}

func (h *Hub) seated() []*seat {
	h.mu.Lock()
	defer h.mu.Unlock()
	seats := make([]*seat, 0, len(h.seats))
	for s := range h.seats {
		seats = append(seats, s)
	}
	return seats
}

// patience is the time a question to the source may take.
func (h *Hub) patience() (context.Context, context.CancelFunc) {
	return context.WithTimeout(h.life, 5*time.Second)
}
