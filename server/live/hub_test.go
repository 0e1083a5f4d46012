package live_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

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

func TestAnEntryIsReadOncePerBoardAndRenderedOncePerLanguage(t *testing.T) {
	h := open(t, newLedger(), live.Options{Poll: time.Hour})
	board := uuid.New()
	h.ready()
	var pages []*page
	for i := range 12 {
		p := h.visit(uuid.New(), "X-Lang", []string{"fr", "en", "ar"}[i%3])
		p.follow(board, 0)
		p.expect()
		pages = append(pages, p)
	}
	h.ledger.pin(board, "bonjour")
	h.ledger.mu.Lock()
	h.ledger.reads = 0
	h.ledger.mu.Unlock()
	h.hub.Wake(board)
	for i, p := range pages {
		want := fmt.Sprintf(`<article lang="%s">bonjour</article>`, []string{"fr", "en", "ar"}[i%3])
		if m := p.expect(); m.HTML != want || m.Kind != "notice" || m.Board != board {
			t.Fatalf("got %+v, want %s", m, want)
		}
	}
	h.ledger.mu.Lock()
	defer h.ledger.mu.Unlock()
	if h.ledger.reads != 1 || h.ledger.renders != 3 {
		t.Fatalf("12 readers in 3 languages took %d reads and %d renderings", h.ledger.reads, h.ledger.renders)
	}
}

func TestTheDatabaseIsTheTruthAndWakeUpsOnlyMakeItFast(t *testing.T) {
	h := open(t, newLedger(), live.Options{})
	board := uuid.New()
	p := h.visit(uuid.New())
	p.follow(board, 0)
	p.expect()
	h.ledger.pin(board, "nobody was told")
	p.upTo(0, 1)
}

func TestTwoNodesOnOneSourceServeEachOthersReaders(t *testing.T) {
	l := newLedger()
	one, two := open(t, l, live.Options{}), open(t, l, live.Options{})
	board := uuid.New()
	here, there := one.visit(uuid.New()), two.visit(uuid.New())
	here.follow(board, 0)
	there.follow(board, 0)
	for range 20 {
		l.pin(board, "said on node one")
		one.hub.Wake(board)
	}
	here.upTo(0, 20)
	there.upTo(0, 20)
}

func TestWhoSleptResumesAtAnyNumber(t *testing.T) {
	h := open(t, newLedger(), live.Options{Keep: 50})
	board := uuid.New()
	for i := range 40 {
		h.ledger.pin(board, fmt.Sprint(i))
	}
	for after := range int64(41) {
		p := h.visit(uuid.New())
		p.follow(board, 40-after) // newest first: the log is filled backwards
		p.upTo(40-after, 40)
		if m := p.expect(); m.At == nil || *m.At != 40 || m.Reload {
			t.Fatalf("after the replay came %+v", m)
		}
		_ = p.ws.Close()
	}
}

func TestWhoComesBackTogetherIsServedFromOneRead(t *testing.T) {
	h := open(t, newLedger(), live.Options{Poll: time.Hour})
	board := uuid.New()
	for range 100 {
		h.ledger.pin(board, "old")
	}
	first := h.visit(uuid.New())
	first.follow(board, 50)
	first.upTo(50, 100)
	for range 10 {
		p := h.visit(uuid.New())
		p.follow(board, 70)
		p.upTo(70, 100)
	}
	h.ledger.mu.Lock()
	defer h.ledger.mu.Unlock()
	if h.ledger.reads != 1 || h.ledger.renders != 50 {
		t.Fatalf("11 readers took %d reads and %d renderings", h.ledger.reads, h.ledger.renders)
	}
}

func TestWhatCannotBeFilledInIsAnsweredByReload(t *testing.T) {
	h := open(t, newLedger(), live.Options{Keep: 50})
	for name, after := range map[string]int64{"too long ago": 20, "never given": 101, "below zero": -3} {
		board := uuid.New()
		for range 100 {
			h.ledger.pin(board, "old")
		}
		p := h.visit(uuid.New())
		p.follow(board, after)
		if m := p.expect(); !m.Reload || m.At == nil || *m.At != 100 {
			t.Errorf("%s: got %+v", name, m)
		}
		p.expect() // where the subscription stands
		n := h.ledger.pin(board, "new")
		if m := p.expect(); m.N != n {
			t.Errorf("%s: after the reload came %+v, want %d", name, m, n)
		}
	}
}

func TestARestoredDatabaseMakesEverybodyReload(t *testing.T) {
	h := open(t, newLedger(), live.Options{})
	board := uuid.New()
	for range 10 {
		h.ledger.pin(board, "before")
	}
	p := h.visit(uuid.New())
	p.follow(board, 10)
	p.expect()
	h.ledger.unpin(board)
	if m := p.expect(); !m.Reload || *m.At != 9 {
		t.Fatalf("fewer entries: got %+v", m)
	}
	h.ledger.restore("another timeline")
	if m := p.expect(); !m.Reload || m.Epoch != "another timeline" {
		t.Fatalf("same number, other history: got %+v", m)
	}
	late := h.visit(uuid.New())
	late.say(fmt.Sprintf(`{"follow":[{"board":"%s","after":9,"epoch":"before"}]}`, board))
	if m := late.expect(); !m.Reload {
		t.Fatalf("a reader of the old history got %+v", m)
	}
}

func TestAnEntryWithoutWordsIsNotPassedOver(t *testing.T) {
	h := open(t, newLedger(), live.Options{})
	board := uuid.New()
	h.ledger.pin(board, "unspeakable")
	p := h.visit(uuid.New())
	p.follow(board, 0)
	if m := p.expect(); m.N != 1 || !m.Reload {
		t.Fatalf("got %+v", m)
	}
}

func TestManyBoardsShareOneSocket(t *testing.T) {
	h := open(t, newLedger(), live.Options{Boards: 4})
	p := h.visit(uuid.New())
	var boards []uuid.UUID
	for range 5 {
		boards = append(boards, uuid.New())
		p.follow(boards[len(boards)-1], 0)
	}
	for i, b := range boards {
		if m := p.expect(); m.Board != b || m.Refused != (i == 4) {
			t.Fatalf("board %d: got %+v", i, m)
		}
	}
	p.say(fmt.Sprintf(`{"unfollow":["%s"],"follow":[{"board":"%s"}]}`, boards[0], boards[4]))
	if m := p.expect(); m.Board != boards[4] || m.Refused {
		t.Fatalf("a place that was freed was not given: %+v", m)
	}
	for _, b := range boards {
		h.ledger.pin(b, "to each")
	}
	heard := map[uuid.UUID]bool{}
	for range 4 {
		heard[p.expect().Board] = true
	}
	if heard[boards[0]] || len(heard) != 4 {
		t.Fatalf("heard %v, unfollowed %s", heard, boards[0])
	}
}

func TestABurstCostsFewAnnouncements(t *testing.T) {
	l := newLedger()
	source := l.source()
	told, goOn := make(chan []uuid.UUID), make(chan struct{})
	source.Announce = func(_ context.Context, boards []uuid.UUID) error {
		told <- boards
		<-goOn
		return nil
	}
	h := openSource(t, source, live.Options{})
	one, two := uuid.New(), uuid.New()
	h.hub.Posted(one)
	if first := <-told; len(first) != 1 || first[0] != one {
		t.Fatalf("first told %v", first)
	}
	for range 50 { // while the first announcement is under way
		h.hub.Posted(one)
		h.hub.Posted(two)
	}
	goOn <- struct{}{}
	if second := <-told; len(second) != 2 {
		t.Fatalf("then told %v", second)
	}
	goOn <- struct{}{}
	h.hub.Posted(two)
	if third := <-told; len(third) != 1 || third[0] != two {
		t.Fatalf("after a pause told %v", third)
	}
	goOn <- struct{}{}
}

func TestCatchingUpByHTTPGivesTheSameMessages(t *testing.T) {
	h := open(t, newLedger(), live.Options{Keep: 50})
	board, reader := uuid.New(), live.Reader{Member: uuid.New(), Lang: "fr"}
	for range 60 {
		h.ledger.pin(board, "« déjà »")
	}
	var got []message
	h.since(reader, board, 57, &got)
	if len(got) != 4 || got[0].N != 58 || got[2].N != 60 || *got[3].At != 60 || got[3].Reload {
		t.Fatalf("after 57 came %+v", got)
	}
	p := h.visit(uuid.New())
	p.follow(board, 57)
	if m := p.expect(); m != got[0] {
		t.Fatalf("the socket says %+v, HTTP %+v", m, got[0])
	}
	got = nil
	if h.since(reader, board, 3, &got); len(got) != 1 || !got[0].Reload {
		t.Fatalf("from too far came %+v", got)
	}
	h.ledger.revoke(reader.Member)
	if _, err := h.hub.CatchUp(context.Background(), reader, board, 57, ""); !errors.Is(err, live.ErrRefused) {
		t.Fatalf("a stranger got %v", err)
	}
}

// since catches up by HTTP.
func (h *house) since(r live.Reader, board uuid.UUID, after int64, into *[]message) {
	h.t.Helper()
	text, err := h.hub.CatchUp(context.Background(), r, board, after, "")
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		h.t.Fatal(err)
	}
}
