package live

import "github.com/google/uuid"

// Posted is for the node on which a board was just written to, after the commit: it
// wakes its own readers and has Announce tell the other nodes. Boards that are posted
// to while an announcement is under way share the next one, so that a burst costs few
// of them. It never waits; should the announcement fail, the others are only slower.
func (h *Hub) Posted(board uuid.UUID) {
	h.Wake(board)
	if h.source.Announce == nil {
		return
	}
	h.mu.Lock()
	idle := !h.announcing
	h.news[board], h.announcing = true, true
	h.mu.Unlock()
	if idle && !h.spawn(h.announce) {
		h.opts.Log.Warn("live: posted to a closed hub", "board", board)
	}
}

func (h *Hub) announce() {
	for boards := h.gather(); len(boards) > 0; boards = h.gather() {
		ctx, cancel := h.patience()
		if err := h.source.Announce(ctx, boards); err != nil {
			h.opts.Log.Warn("live: other nodes not told", "error", err)
		}
		cancel()
	}
}

// gather takes the boards to announce; without any, the next one posted to starts anew.
func (h *Hub) gather() (boards []uuid.UUID) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for board := range h.news {
		boards = append(boards, board)
	}
	clear(h.news)
	h.announcing = len(boards) > 0
	return boards
}
