package live_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"lien/server/live"

	"github.com/google/uuid"
	"github.com/gorilla/websocket"
)

func TestOnlyOurPagesOpenASocket(t *testing.T) {
	h := open(t, newLedger(), live.Options{})
	member := uuid.New().String()
	for name, c := range map[string]struct {
		status  int
		headers []string
	}{
		"foreign origin":     {403, []string{"X-Member", member, "Origin", "https://evil.example"}},
		"origin's neighbour": {403, []string{"X-Member", member, "Origin", home + ".evil.example"}},
		"no origin":          {403, []string{"X-Member", member}},
		"nobody":             {401, []string{"Origin", home}},
	} {
		if _, resp, err := h.dial(c.headers...); err == nil || resp.StatusCode != c.status {
			t.Errorf("%s: got %v %v, want %d", name, resp, err, c.status)
		}
	}
	resp, err := http.Get("http://" + h.addr + "/live")
	if err != nil || resp.StatusCode != 426 {
		t.Errorf("a plain GET: got %v %v, want 426", resp, err)
	}
	_ = resp.Body.Close()
	http.DefaultClient.CloseIdleConnections()
}

func TestOneMemberOpensOnlySoManySockets(t *testing.T) {
	h := open(t, newLedger(), live.Options{Sockets: 2})
	member := uuid.New()
	h.visit(member)
	p := h.visit(member)
	h.until(func() bool { return h.hub.Stats().Readers == 2 })
	if _, resp, err := h.dial("X-Member", member.String(), "Origin", home); err == nil || resp.StatusCode != 503 {
		t.Fatalf("the third: got %v %v", resp, err)
	}
	_ = p.ws.Close()
	h.until(func() bool { return h.hub.Stats().Readers == 1 })
	h.visit(member)
}

func TestAFrameSentBehindTheHandshakeIsKept(t *testing.T) {
	h := open(t, newLedger(), live.Options{})
	board := uuid.New()
	h.ledger.pin(board, "here")
	conn, err := net.Dial("tcp", h.addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	text := fmt.Sprintf(`{"follow":[{"board":"%s","after":0}]}`, board)
	handshake := "GET /live HTTP/1.1\r\nHost: lien.example\r\nOrigin: " + home + "\r\nX-Member: " + uuid.NewString() +
		"\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
	framed := string([]byte{0x81, 0x80 | byte(len(text)), 0, 0, 0, 0}) + text // masked with zeros
	if _, err := conn.Write([]byte(handshake + framed)); err != nil {
		t.Fatal(err)
	}
	_ = conn.SetReadDeadline(time.Now().Add(5 * time.Second))
	in := bufio.NewReader(conn)
	resp, err := http.ReadResponse(in, nil)
	if err != nil || resp.StatusCode != http.StatusSwitchingProtocols {
		t.Fatal(resp, err)
	}
	got := make([]byte, 200)
	n, err := in.Read(got)
	if err != nil || !strings.Contains(string(got[:n]), `"n":1`) {
		t.Fatalf("got %q %v", got[:n], err)
	}
}

func TestAnUpgradeThatIsNoneIsAnswered(t *testing.T) {
	h := open(t, newLedger(), live.Options{})
	conn, err := net.Dial("tcp", h.addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_, _ = fmt.Fprintf(conn, "GET /live HTTP/1.1\r\nHost: a\r\nOrigin: %s\r\nX-Member: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n", home, uuid.New())
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil || resp.StatusCode != http.StatusBadRequest {
		t.Fatal(resp, err)
	}
	h.empty()
}

func TestAMessageThatIsTooLongEndsTheConnection(t *testing.T) {
	h := open(t, newLedger(), live.Options{})
	p := h.visit(uuid.New())
	p.say(strings.Repeat(" ", 9<<10))
	if _, err := p.hear(); err == nil {
		t.Fatal("it was read")
	}
	h.empty()
}

func TestNonsenseIsCountedAndInTheEndClosed(t *testing.T) {
	h := open(t, newLedger(), live.Options{})
	board := uuid.New()
	p := h.visit(uuid.New())
	nonsense := []string{"", "null null", "{", `{"post":"hello"}`, `{"follow":[{"board":"x"}]}`, `[]`, `{"follow":"all"}`, `"hello"`}
	for _, text := range nonsense {
		p.say(text)
	}
	p.follow(board, 0)
	if m := p.expect(); m.Board != board || h.hub.Stats().Odd != int64(len(nonsense)) {
		t.Fatalf("got %+v, %d counted of %d", m, h.hub.Stats().Odd, len(nonsense))
	}
	p.say("once too often")
	if code := p.closed(); code != websocket.ClosePolicyViolation {
		t.Fatalf("closed with %d", code)
	}
	p = h.visit(uuid.New())
	for range 60 {
		_ = p.ws.WriteMessage(websocket.TextMessage, []byte(`{}`)) // the last ones meet a closed door
	}
	if code := p.closed(); code != websocket.ClosePolicyViolation {
		t.Fatalf("a chatterer was closed with %d", code)
	}
}

func TestAQuietClientIsAskedAndASilentOneCut(t *testing.T) {
	h := open(t, newLedger(), live.Options{Ping: 40 * time.Millisecond, Patience: 40 * time.Millisecond})
	alive := h.visit(uuid.New())
	pings := make(chan struct{}, 100)
	answer := alive.ws.PingHandler()
	alive.ws.SetPingHandler(func(text string) error { pings <- struct{}{}; return answer(text) })
	go func() { _, _ = alive.hear() }()
	h.visit(uuid.New()) // never reads, so never answers
	for range 8 {
		<-pings
	}
	h.until(func() bool { return h.hub.Stats().Readers == 1 })
}

func TestASlowReaderIsCutAndCatchesUp(t *testing.T) {
	h := open(t, newLedger(), live.Options{Patience: 50 * time.Millisecond, Keep: 5000})
	board, member := uuid.New(), uuid.New()
	slow, other := h.visit(member), h.visit(uuid.New())
	slow.follow(board, 0)
	other.follow(board, 0)
	slow.expect()
	long := strings.Repeat("a", 50_000)
	n := int64(0)
	for h.hub.Stats().Cut == 0 { // slow does not read; the others go on
		n = h.ledger.pin(board, long)
		h.hub.Wake(board)
		other.upTo(n-1, n)
	}
	last := int64(0)
	for { // what was on its way can still be read
		m, err := slow.hear()
		if err != nil {
			break
		}
		switch {
		case m.Reload: // it fell off the log before it was cut, and was told so
			last = *m.At
		case m.At == nil && m.N != last+1:
			t.Fatalf("after %d came %d", last, m.N)
		case m.At == nil:
			last = m.N
		}
	}
	if last >= n {
		t.Fatal("it was not slow")
	}
	var missed []message
	back := h.visit(member)
	back.follow(board, n-3)
	back.upTo(n-3, n)
	h.since(live.Reader{Member: member, Lang: "fr"}, board, last, &missed)
	if end := missed[len(missed)-1]; *end.At != n {
		t.Fatalf("HTTP leads to %+v", end)
	}
}

func TestAStopTellsEverybodyToComeBack(t *testing.T) {
	h := open(t, newLedger(), live.Options{})
	var pages []*page
	for range 20 {
		pages = append(pages, h.visit(uuid.New()))
	}
	h.visit(uuid.New()) // never answers: it is cut in the end
	h.until(func() bool { return h.hub.Stats().Readers == 21 })
	var all sync.WaitGroup
	for _, p := range pages {
		all.Go(func() {
			if code := p.closed(); code != websocket.CloseGoingAway {
				t.Errorf("closed with %d", code)
			}
		})
	}
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	if err := h.hub.Close(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("waiting for one that never answers: %v", err)
	}
	all.Wait()
	if n := h.hub.Stats().Readers; n != 0 {
		t.Errorf("%d are left", n)
	}
	if _, resp, err := h.dial("X-Member", uuid.NewString(), "Origin", home); err == nil || resp.StatusCode != 503 {
		t.Errorf("who comes meanwhile: %v %v", resp, err)
	}
}
