package live_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"lien/server/live"

	"github.com/google/uuid"
)

// blinds tells whose eyes are not for everything: an entry that contains their word is
// not for them.
type blinds struct {
	mu     sync.Mutex
	words  map[uuid.UUID]string
	broken error
}

func (b *blinds) set(member uuid.UUID, word string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.words[member] = word
}

func (b *blinds) edition(_ context.Context, r live.Reader, _ uuid.UUID) (string, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if word := b.words[r.Member]; word != "" {
		return r.Lang + " " + word, nil
	}
	return r.Lang, nil
}

func (b *blinds) edit(_ context.Context, _ uuid.UUID, edition string, entries []live.Entry) ([]live.Entry, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	_, word, _ := strings.Cut(edition, " ")
	out := append([]live.Entry(nil), entries...)
	for n, e := range out {
		if strings.Contains(e.Value.(string), word) {
			out[n].Kind, out[n].Value = "gone", ""
		}
	}
	return out, b.broken
}

func openBlind(t *testing.T) (*house, *blinds) {
	b := &blinds{words: map[uuid.UUID]string{}}
	l := newLedger()
	l.restore("history")
	source := l.source()
	source.Edition, source.Edit = b.edition, b.edit
	h := openSource(t, source, live.Options{Poll: 50 * time.Millisecond})
	h.ledger = l
	return h, b
}

func TestWhatIsNotForSomebodysEyesIsGoneInTheirEditionOnly(t *testing.T) {
	h, b := openBlind(t)
	board, blind := uuid.New(), uuid.New()
	b.set(blind, "secret")
	h.ledger.pin(board, "the secret garden")
	p, other := h.visit(blind), h.visit(uuid.New())
	p.follow(board, 0)
	other.follow(board, 0)
	if m := p.expect(); m.N != 1 || m.Kind != "gone" || strings.Contains(m.HTML, ">the") {
		t.Fatalf("got %+v", m)
	}
	if m := other.expect(); m.N != 1 || m.Kind != "notice" || !strings.Contains(m.HTML, ">the") {
		t.Fatalf("got %+v", m)
	}
	p.expect()
	other.expect()
	h.ledger.pin(board, "the other secret")
	h.hub.Wake(board)
	if m := p.expect(); m.N != 2 || m.Kind != "gone" || strings.Contains(m.HTML, ">the") {
		t.Fatalf("got %+v", m)
	}
	other.upTo(1, 2)
}

func TestAPageIsToldToReloadOnceItsReaderSeesLessOrMore(t *testing.T) {
	h, b := openBlind(t)
	board, member := uuid.New(), uuid.New()
	p := h.visit(member)
	p.follow(board, 0)
	before := p.expect().Epoch
	b.set(member, "secret")
	h.ledger.change(member)
	m := p.expect()
	if !m.Reload || m.Epoch == before || len(m.Epoch) != len(before) {
		t.Fatalf("got %+v after the epoch %s", m, before)
	}
	p.expect() // where it stands now
	h.ledger.pin(board, "a secret")
	h.hub.Wake(board)
	if m := p.expect(); m.N != 1 || m.Kind != "gone" {
		t.Fatalf("got %+v", m)
	}
	p.say(`{"follow":[{"board":"` + board.String() + `","after":1,"epoch":"` + before + `"}]}`)
	if m := p.expect(); !m.Reload {
		t.Fatalf("who comes back with what they saw before is not told to reload: %+v", m)
	}
}

func TestWhatCannotBeEditedIsNotShown(t *testing.T) {
	h, b := openBlind(t)
	board, blind := uuid.New(), uuid.New()
	b.set(blind, "secret")
	b.broken = errors.New("no connection")
	h.ledger.pin(board, "the secret garden")
	p := h.visit(blind)
	p.follow(board, 0)
	if m := p.expect(); !m.Reload || m.HTML != "" {
		t.Fatalf("got %+v", m)
	}
}

func TestTwoReadersCannotCompareTheirEpochs(t *testing.T) {
	h, b := openBlind(t)
	board, blind := uuid.New(), uuid.New()
	b.set(blind, "secret")
	seen := map[string]bool{}
	for _, member := range []uuid.UUID{uuid.New(), uuid.New(), blind} {
		p := h.visit(member)
		p.follow(board, 0)
		m := p.expect()
		if len(m.Epoch) != 24 || seen[m.Epoch] {
			t.Errorf("got %+v", m)
		}
		seen[m.Epoch] = true
	}
}
