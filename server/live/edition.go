package live

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"

	"github.com/google/uuid"
)

// edition asks what a reader reads a board in.
func (h *Hub) edition(ctx context.Context, r Reader, board uuid.UUID) (edition, error) {
	if h.source.Edition == nil {
		return edition{name: r.Lang, plain: true}, nil
	}
	name, err := h.source.Edition(ctx, r, board)
	return edition{name: name, plain: name == r.Lang}, err
}

// edition is what a reader reads a board in; plain is the language alone.
type edition struct {
	name  string
	plain bool
}

// newKey is the key of this node's epochs.
func newKey() []byte {
	key := make([]byte, 32)
	_, _ = rand.Read(key) // never fails: crypto/rand ends the process instead
	return key
}

// epochOf is the epoch as one reader is told it: another one once the history is another
// one, or what they may see of it. It is different for each member and looks the same for
// all, so that comparing two of them teaches nothing; an edition's cannot be computed
// outside of this node, which a reader who moves to another node pays with one reload.
func (h *Hub) epochOf(r Reader, e edition) string {
	history := h.history()
	if h.source.Edition == nil || history == "" {
		return history
	}
	var key []byte
	name := ""
	if !e.plain {
		key, name = h.key, e.name
	}
	mac := hmac.New(sha256.New, key)
	mac.Write(append(r.Member[:], history+"\x00"+name...))
	return hex.EncodeToString(mac.Sum(nil)[:12])
}

// turn gives a reader who may see more or less than before another edition: the page is
// told to reload, and goes on in it.
func (s *seat) turn(ctx context.Context, board uuid.UUID, e edition) error {
	f, t, err := s.hub.hold(ctx, board, e, -1)
	if err != nil {
		return err
	}
	s.unfollow(board)
	s.join(&subscription{seat: s, feed: f, tape: t, edition: e, cursor: -1})
	return nil
}
