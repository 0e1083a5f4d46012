package live_test

import (
	"fmt"
	"sync"
	"testing"

	"lien/server/live"

	"github.com/google/uuid"
)

func TestEveryReaderGetsEveryEntryInOrderAndOnce(t *testing.T) {
	h := open(t, newLedger(), live.Options{Keep: 2000})
	board, other := uuid.New(), uuid.New()
	const entries, readers = 300, 12
	var all sync.WaitGroup
	for range readers {
		all.Go(func() {
			p := h.visit(uuid.New()) // joins while others publish
			p.follow(board, 0)
			p.upTo(0, entries)
		})
	}
	for w := range 3 {
		all.Go(func() {
			for i := range entries / 3 {
				h.ledger.pin(board, fmt.Sprint(w, " ", i))
				h.ledger.pin(other, "elsewhere")
				h.hub.Wake(board)
				h.hub.Wake(other)
			}
		})
	}
	all.Wait()
}
