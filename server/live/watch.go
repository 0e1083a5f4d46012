package live

import (
	"context"
	"sync"
	"time"

	"github.com/google/uuid"
)

// poll compares what the node has with what the source has. More there wakes the board;
// less, or another epoch, means that the database is no longer the one the numbers came
// from, and everybody is told to reload.
func (h *Hub) poll(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	epoch, err := h.askEpoch(ctx)
	if err != nil {
		return err
	}
	known := map[*feed]int64{}
	var boards []uuid.UUID
	for _, f := range h.held() {
		if head, open := f.at(); open {
			known[f] = head
			boards = append(boards, f.board)
		}
	}
	heads := map[uuid.UUID]int64{}
	if len(boards) > 0 {
		if heads, err = h.source.Heads(ctx, boards); err != nil {
			return err
		}
	}
	before := h.epoch.Swap(&epoch)
	changed := before != nil && *before != epoch
	for f, had := range known {
		switch head := heads[f.board]; {
		case changed || head < had:
			h.spawn(func() { f.anew(head) })
		case head > had:
			h.wake(f)
		}
	}
	return nil
}

// askEpoch asks which history the numbers belong to.
func (h *Hub) askEpoch(ctx context.Context) (string, error) {
	if h.source.Epoch == nil {
		return "", nil
	}
	return h.source.Epoch(ctx)
}

// history is the epoch, or nothing before the first poll.
func (h *Hub) history() string {
	if e := h.epoch.Load(); e != nil {
		return *e
	}
	return ""
}

// checkRights asks about everybody whose rights may have changed, and only then says
// that rights are known.
func (h *Hub) checkRights(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	began := time.Now()
	since := began
	if last := h.checked.Load(); last > 0 {
		since = time.UnixMilli(last)
	}
	ids, err := h.source.Revoked(ctx, since.Add(-h.opts.Overlap))
	if err != nil {
		return err
	}
	if len(ids) > 0 {
		h.readmit(ctx, ids)
	}
	h.checked.Store(began.UnixMilli())
	return nil
}

// rightsKnown tells whether a revocation of two polls ago has been seen.
func (h *Hub) rightsKnown() bool {
	return time.Since(time.UnixMilli(h.checked.Load())) <= 2*h.opts.Poll
}

// readmit closes the sessions that are named, and asks again for the members and boards
// that are.
func (h *Hub) readmit(ctx context.Context, ids []uuid.UUID) {
	named := make(map[uuid.UUID]bool, len(ids))
	for _, id := range ids {
		named[id] = true
	}
	var asking sync.WaitGroup
	turns := make(chan struct{}, 8)
	for _, s := range h.seated() {
		if named[s.reader.Session] {
			s.close(CloseEnded)
			continue
		}
		if doubted := s.doubted(named); len(doubted) > 0 {
			turns <- struct{}{}
			asking.Go(func() { s.ask(ctx, doubted); <-turns })
		}
	}
	asking.Wait()
}

// doubted are the subscriptions that a change of rights may concern.
func (s *seat) doubted(named map[uuid.UUID]bool) (subs []*subscription) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, sub := range s.subs {
		if named[s.reader.Member] || named[sub.feed.board] {
			subs = append(subs, sub)
		}
	}
	return subs
}

// ask drops the subscriptions that are no longer allowed, gives others the edition that is
// right by now, and closes the connection
// when none is left or when there is no answer.
func (s *seat) ask(ctx context.Context, subs []*subscription) {
	for _, sub := range subs {
		ok, err := s.hub.source.Admit(ctx, s.reader, sub.feed.board)
		var e edition
		if ok && err == nil {
			e, err = s.hub.edition(ctx, s.reader, sub.feed.board)
		}
		if ok && err == nil && e != sub.edition {
			err = s.turn(ctx, sub.feed.board, e)
		}
		if err != nil {
			s.close(1013)
			return
		}
		if !ok && s.drop(sub) {
			s.refuse(sub.feed.board)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.subs) == 0 {
		s.tell(CloseKicked)
	}
}

// sweep does what time alone asks for: ends sessions, asks quiet clients for a sign of
// life, cuts silent ones, and forgets boards that nobody reads.
func (h *Hub) sweep(now time.Time) {
	ping := frame(pingFrame, nil)
	for _, s := range h.seated() {
		quiet := now.Sub(time.UnixMilli(s.heard.Load()))
		switch {
		case !s.reader.Ends.IsZero() && !now.Before(s.reader.Ends):
			s.close(CloseEnded)
		case quiet > 2*h.opts.Ping+h.opts.Patience:
			_ = s.conn.Close() // its reading side reports the end
		case now.Sub(s.pinged) >= h.opts.Ping:
			s.pinged = now
			s.send(ping)
		}
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for board, f := range h.feeds {
		if f.users == 0 && now.Sub(f.idle) > 60*h.opts.Poll {
			delete(h.feeds, board)
		}
	}
}
