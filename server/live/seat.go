package live

import (
	"net"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// seat is one open connection: who reads, which boards, and how far they are. It has no
// queue and no writing goroutine of its own. Shared goroutines write to it without
// waiting; only while its socket takes no more does it get a goroutine, drain, that
// waits until it does or cuts it.
type seat struct {
	hub    *Hub
	reader Reader
	conn   net.Conn
	raw    syscall.RawConn // nil where the socket cannot be reached: drain writes everything
	poked  func(uintptr) bool
	heard  atomic.Int64 // when the client last gave a sign of life, Unix milliseconds
	pinged time.Time    // when it was last asked for one; the sweep's own

	mu   sync.Mutex
	subs []*subscription
	rest net.Buffers // what a full socket has not taken yet, in order
	full bool        // drain is at work and everything is to be appended to rest
	shut bool        // nothing is to be sent any more

	piece  []byte // see poke
	taken  int
	failed error
}

// subscription is a seat's place in the log of one board.
type subscription struct {
	seat    *seat
	feed    *feed
	tape    *tape
	edition edition
	row     *row
	place   int
	cursor  int64 // the last number sent; below zero: lost, to be told to reload
	over    bool  // no longer followed
}

func newSeat(h *Hub, r Reader, conn net.Conn) *seat {
	s := &seat{hub: h, reader: r, conn: conn}
	s.poked = s.poke
	if c, ok := conn.(syscall.Conn); ok {
		s.raw, _ = c.SyscallConn() // without it the seat only writes more slowly
	}
	s.pinged = time.Now()
	s.heard.Store(s.pinged.UnixMilli())
	return s
}

// flush sends what a subscription lacks. A full seat is passed over: drain looks at all
// its subscriptions when the socket takes more. It says how many entries were sent.
func (s *seat) flush(sub *subscription) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.shut || s.full {
		return 0
	}
	return s.bring(sub)
}

// bring writes everything between a subscription's cursor and the head in one piece.
// The seat is locked.
func (s *seat) bring(sub *subscription) int64 {
	if sub.over {
		return 0
	}
	frames, head, ok := sub.tape.since(sub.cursor)
	if !ok {
		sub.cursor = head
		frames = frame(textFrame, encode(stateMessage{Board: sub.feed.board, At: head, Epoch: s.hub.epochOf(s.reader, sub.edition), Reload: true}))
	}
	if len(frames) == 0 {
		return 0
	}
	count := head - sub.cursor
	sub.cursor = head
	s.write(frames)
	return count
}

// send writes one frame of its own, such as an answer, a ping or a pong.
func (s *seat) send(frame []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.shut {
		s.write(frame)
	}
}

// maxRest bounds the pieces that wait for a full socket: the boards' frames are not
// among them, so more than this is a client that asks without reading.
const maxRest = 64

// write sends a piece now, or behind what is already waiting. The seat is locked.
func (s *seat) write(piece []byte) {
	if s.full {
		if s.rest = append(s.rest, piece); len(s.rest) > maxRest+s.hub.opts.Boards {
			s.cut()
		}
		return
	}
	n, err := s.try(piece)
	switch {
	case err != nil:
		s.cut()
	case n < len(piece):
		s.rest = append(s.rest, piece[n:])
		s.full = true
		if !s.hub.spawn(s.drain) {
			s.cut()
		}
	}
}

// try writes what the socket takes at once. The seat is locked.
func (s *seat) try(piece []byte) (int, error) {
	if s.raw == nil {
		return 0, nil
	}
	s.piece, s.taken, s.failed = piece, 0, nil
	err := s.raw.Write(s.poked)
	s.piece = nil
	if err == nil {
		err = s.failed
	}
	return s.taken, err
}

// drain waits for a full socket, with a deadline for each write, until the reader has
// everything. Then the seat goes back to the shared writers.
func (s *seat) drain() {
	for {
		rest, more := s.waiting()
		if !more {
			return
		}
		_ = s.conn.SetWriteDeadline(time.Now().Add(s.hub.opts.Patience)) // a closed socket fails in WriteTo
		if _, err := rest.WriteTo(s.conn); err != nil {
			s.mu.Lock()
			defer s.mu.Unlock()
			if !s.shut {
				s.hub.counts.cut.Add(1)
			}
			s.cut()
			return
		}
		_ = s.conn.SetWriteDeadline(time.Time{})
	}
}

// waiting takes over what is to be written next; with nothing left the seat is no
// longer full.
func (s *seat) waiting() (rest net.Buffers, more bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.rest) == 0 && !s.shut {
		for _, sub := range s.subs {
			s.hub.counts.delivered.Add(s.bring(sub))
		}
	}
	rest, s.rest = s.rest, nil
	s.full = len(rest) > 0
	return rest, s.full
}

// close tells the client why, and gives it a moment to answer before the socket ends.
func (s *seat) close(code int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tell(code)
}

func (s *seat) tell(code int) {
	if s.shut {
		return
	}
	s.shut = true
	bye := farewell(code)
	if n, err := s.tryEmpty(bye); err != nil || n < len(bye) {
		_ = s.conn.Close()
		return
	}
	_ = s.conn.SetReadDeadline(time.Now().Add(5 * time.Second)) // ends the reading side, which closes the socket
}

// tryEmpty writes a piece unless part of another one is still on its way.
func (s *seat) tryEmpty(piece []byte) (int, error) {
	if s.full {
		return 0, nil
	}
	if s.raw != nil {
		return s.try(piece)
	}
	_ = s.conn.SetWriteDeadline(time.Now().Add(time.Second))
	return s.conn.Write(piece)
}

// cut ends the connection without a word. The seat is locked.
func (s *seat) cut() {
	s.shut = true
	_ = s.conn.Close()
}

// lose makes a subscription ask its reader to reload at the next delivery.
func (sub *subscription) lose() {
	sub.seat.mu.Lock()
	defer sub.seat.mu.Unlock()
	sub.cursor = -1
}
