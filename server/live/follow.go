package live

import (
	"bytes"
	"context"
	"encoding/json"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/gorilla/websocket"
)

// request is all that a client may say.
type request struct {
	Follow []struct {
		Board uuid.UUID `json:"board"`
		After int64     `json:"after"`
		Epoch string    `json:"epoch"`
	} `json:"follow"`
	Unfollow []uuid.UUID `json:"unfollow"`
}

// A client that keeps saying nonsense, or talks faster than a page does, is closed.
const (
	maxOdd   = 8
	maxTalk  = 40 // messages at once
	talkRate = 1  // and one more each second
)

// listen is the reading side of a connection, until it ends.
func (s *seat) listen(ws *websocket.Conn) {
	defer s.hub.leave(s)
	ws.SetPongHandler(func(string) error { s.alive(); return nil })
	ws.SetPingHandler(func(text string) error { s.alive(); s.send(frame(pongFrame, []byte(text))); return nil })
	ws.SetCloseHandler(func(int, string) error { s.close(websocket.CloseNormalClosure); return nil })
	odd, talk := 0, float64(maxTalk)
	for {
		before := s.heard.Load()
		kind, text, err := ws.ReadMessage()
		if err != nil {
			return
		}
		s.alive()
		talk = min(maxTalk, talk+talkRate*float64(s.heard.Load()-before)/1000) - 1
		if !s.answer(kind, text) {
			odd++
			s.hub.counts.odd.Add(1)
		}
		if odd > maxOdd || talk < 0 {
			s.close(websocket.ClosePolicyViolation)
			return
		}
	}
}

func (s *seat) alive() { s.heard.Store(time.Now().UnixMilli()) }

func parse(kind int, text []byte) (r request, ok bool) {
	if kind != websocket.TextMessage {
		return r, false
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if d.Decode(&r) != nil || d.More() {
		return request{}, false
	}
	return r, true
}

// answer does what a client asked, and tells whether it made sense. It works on a
// goroutine of its own so that the one that waits for the client, of which there are
// thousands, never needs more than the smallest stack.
func (s *seat) answer(kind int, text []byte) (sense bool) {
	done := make(chan bool)
	go func() {
		r, ok := parse(kind, text)
		s.do(r)
		done <- ok
	}()
	return <-done
}

func (s *seat) do(r request) {
	for _, board := range r.Unfollow {
		s.unfollow(board)
	}
	for _, f := range r.Follow {
		ctx, cancel := s.hub.patience()
		err := s.follow(ctx, f.Board, f.After, f.Epoch)
		cancel()
		if err != nil {
			s.hub.opts.Log.Warn("live: board not followed", "board", f.Board, "error", err)
			s.close(websocket.CloseTryAgainLater)
			return
		}
	}
}

// follow lets the reader have a board from a number on. Asking again for a board
// begins anew from the number given.
func (s *seat) follow(ctx context.Context, board uuid.UUID, after int64, epoch string) error {
	s.unfollow(board)
	ok, err := s.hub.source.Admit(ctx, s.reader, board)
	if err != nil {
		return err
	}
	if !ok || s.crowded() {
		s.refuse(board)
		return nil
	}
	o, err := s.hub.open(ctx, s.reader, board, after, epoch)
	if err != nil {
		return err
	}
	s.join(&subscription{seat: s, feed: o.feed, tape: o.tape, edition: o.edition, cursor: o.after})
	return nil
}

// opened is a board's tape as a reader has it, and the number to go on from: below zero
// for one that belongs to another history.
type opened struct {
	feed    *feed
	tape    *tape
	edition edition
	after   int64
}

// open gives a reader the tape of a board in their edition.
func (h *Hub) open(ctx context.Context, r Reader, board uuid.UUID, after int64, epoch string) (o opened, err error) {
	if h.epoch.Load() == nil {
		now, err := h.askEpoch(ctx)
		if err != nil {
			return o, err
		}
		h.epoch.CompareAndSwap(nil, &now)
	}
	if o.edition, err = h.edition(ctx, r, board); err != nil {
		return o, err
	}
	if o.after = after; epoch != "" && epoch != h.epochOf(r, o.edition) {
		o.after = -1
	}
	o.feed, o.tape, err = h.hold(ctx, board, o.edition, o.after)
	return o, err
}

// hold gives a board's tape in an edition; release gives it back.
func (h *Hub) hold(ctx context.Context, board uuid.UUID, e edition, after int64) (*feed, *tape, error) {
	f, err := h.acquire(ctx, board)
	if err != nil {
		return nil, nil, err
	}
	t, err := f.tape(ctx, e, after)
	if err != nil {
		h.release(f, nil)
		return nil, nil, err
	}
	return f, t, nil
}

// join sends what was missed and says where that leads to; from here on the tape's
// deliveries do the rest. What is appended while the subscription is put in its place
// is brought by the last line.
func (s *seat) join(sub *subscription) {
	row := &sub.tape.rows[rand.IntN(len(sub.tape.rows))] // #nosec G404 -- spreads the readers, hides nothing
	row.add(sub)
	s.mu.Lock()
	shut := s.shut
	if !shut {
		s.subs = append(s.subs, sub)
		s.bring(sub)
		s.write(frame(textFrame, encode(stateMessage{Board: sub.feed.board, At: sub.cursor, Epoch: s.hub.epochOf(s.reader, sub.edition)})))
	}
	s.mu.Unlock()
	if shut {
		sub.row.remove(sub)
		s.hub.release(sub.feed, sub.tape)
	}
}

func (s *seat) unfollow(board uuid.UUID) {
	s.mu.Lock()
	i := slices.IndexFunc(s.subs, func(sub *subscription) bool { return sub.feed.board == board })
	var sub *subscription
	if i >= 0 {
		sub = s.subs[i]
	}
	s.mu.Unlock()
	if sub != nil {
		s.drop(sub)
	}
}

// drop ends a subscription, from the moment it returns; false if it had ended already.
func (s *seat) drop(sub *subscription) bool {
	s.mu.Lock()
	i := slices.Index(s.subs, sub)
	if i >= 0 {
		s.subs = slices.Delete(s.subs, i, i+1)
		sub.over = true
	}
	s.mu.Unlock()
	if i < 0 {
		return false
	}
	sub.row.remove(sub)
	s.hub.release(sub.feed, sub.tape)
	return true
}

func (s *seat) refuse(board uuid.UUID) {
	s.send(frame(textFrame, encode(stateMessage{Board: board, Refused: true})))
}

func (s *seat) crowded() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.subs) >= s.hub.opts.Boards
}
