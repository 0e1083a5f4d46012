package live_test

import (
	"testing"

	"lien/server/live"

	"github.com/google/uuid"
	"pgregory.net/rapid"
)

// Whatever happens in between, the numbers a reader hears of a board are exactly those
// after the one they came with, or they are told to reload and go on from there.
func TestAnyInterleavingGivesEachReaderExactlyWhatFollows(t *testing.T) {
	h := open(t, newLedger(), live.Options{Keep: 8})
	rapid.Check(t, func(rt *rapid.T) {
		w := world{h: h, board: uuid.New(), readers: map[int]*traveller{}}
		defer w.goHome()
		rt.Repeat(map[string]func(*rapid.T){
			"publish": func(rt *rapid.T) {
				for range rapid.IntRange(1, 12).Draw(rt, "entries") {
					w.head = h.ledger.pin(w.board, "news")
				}
				if rapid.Bool().Draw(rt, "told") {
					h.hub.Wake(w.board)
				}
			},
			"connect": func(rt *rapid.T) { w.connect(rapid.IntRange(0, 2).Draw(rt, "reader")) },
			"cut":     func(rt *rapid.T) { w.cut(rapid.IntRange(0, 2).Draw(rt, "reader")) },
			"ask again": func(rt *rapid.T) {
				if r := w.readers[rapid.IntRange(0, 2).Draw(rt, "reader")]; r != nil && r.page != nil {
					r.page.follow(w.board, r.last)
					r.asked = true
				}
			},
			"hear everything": func(rt *rapid.T) {
				for _, r := range w.readers {
					w.hearAll(rt, r)
				}
			},
		})
	})
}

type world struct {
	h       *house
	board   uuid.UUID
	head    int64
	readers map[int]*traveller
}

// traveller is a reader who comes and goes, with the last number they have.
type traveller struct {
	page  *page
	last  int64
	asked bool // again from last: what comes before the answer may be older
}

func (w *world) connect(i int) {
	r := w.readers[i]
	if r == nil {
		r = &traveller{}
		w.readers[i] = r
	}
	if r.page == nil {
		r.page = w.h.visit(uuid.New())
		r.page.follow(w.board, r.last)
	}
}

func (w *world) cut(i int) {
	if r := w.readers[i]; r != nil && r.page != nil {
		_ = r.page.ws.Close()
		r.page, r.asked = nil, false
	}
}

func (w *world) goHome() {
	for i := range w.readers {
		w.cut(i)
	}
}

// hearAll reads until the reader has the newest entry.
func (w *world) hearAll(rt *rapid.T, r *traveller) {
	for r.page != nil && r.last < w.head {
		m, err := r.page.hear()
		switch {
		case err != nil:
			rt.Fatal(err)
		case m.Reload && (*m.At > w.head || *m.At < r.last):
			rt.Fatalf("told to reload from %d to %d of %d", r.last, *m.At, w.head)
		case m.Reload:
			r.last = *m.At
		case m.At != nil: // where the subscription stands
		case m.N == r.last+1:
			r.last = m.N
		case m.N <= r.last && r.asked: // was on its way when the page asked again
		default:
			rt.Fatalf("after %d came %d", r.last, m.N)
		}
	}
}
