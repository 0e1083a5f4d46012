package live_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"testing"
	"time"

	"lien/database/dbtest"
	"lien/server/live"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"
	"github.com/gorilla/websocket"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	if role := os.Getenv(benchEnv); role != "" {
		playBenchRole(role)
		return
	}
	dbtest.Main(sober{m})
}

// sober runs the tests and then looks for goroutines they left behind.
type sober struct{ *testing.M }

func (s sober) Run() int {
	code := s.M.Run()
	left := goleak.Find( // but for those that live as long as the program
		goleak.IgnoreAnyFunction("github.com/valyala/fasthttp.(*workerPool).Start.func2"),
		goleak.IgnoreAnyFunction("github.com/valyala/fasthttp.updateServerDate.func1"),
		goleak.IgnoreAnyFunction("database/sql.(*DB).connectionOpener"),
		goleak.IgnoreAnyFunction("os/exec.(*Cmd).Wait"))
	if left != nil {
		fmt.Fprintln(os.Stderr, left)
		code = max(code, 1)
	}
	return code
}

const home = "https://lien.example"

// house is a running app with a hub.
type house struct {
	t      *testing.T
	hub    *live.Hub
	ledger *ledger
	addr   string
	close  func()
}

func open(t *testing.T, l *ledger, o live.Options) *house {
	t.Helper()
	h := openSource(t, l.source(), o)
	h.ledger = l
	return h
}

func openSource(t *testing.T, source live.Source, o live.Options) *house {
	t.Helper()
	o.Origins = []string{home}
	if o.Poll == 0 {
		o.Poll = 20 * time.Millisecond
	}
	hub := live.New(source, o)
	ctx, stop := context.WithCancel(context.Background())
	ran := make(chan struct{})
	go func() { defer close(ran); hub.Run(ctx) }()
	app := fiber.New(fiber.Config{DisableStartupMessage: true, Immutable: true, ReadTimeout: time.Second})
	app.Get("/live", hub.Upgrade(app, identify))
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan struct{})
	go func() { defer close(served); _ = app.Listener(ln) }()
	h := &house{t: t, hub: hub, addr: ln.Addr().String()}
	done := false
	h.close = func() {
		if done {
			return
		}
		done = true
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		_ = hub.Close(ctx) // a client that never answers is cut at the deadline
		stop()
		<-ran
		_ = app.ShutdownWithTimeout(time.Second)
		_ = ln.Close() // the app may not have begun to serve
		<-served
	}
	t.Cleanup(h.close)
	return h
}

// ready waits until the hub has looked at rights once: from then on it delivers.
func (h *house) ready() {
	h.t.Helper()
	h.until(func() bool {
		h.ledger.mu.Lock()
		defer h.ledger.mu.Unlock()
		return h.ledger.polls > 0
	})
}

// empty waits until nobody is connected.
func (h *house) empty() {
	h.t.Helper()
	h.until(func() bool { return h.hub.Stats().Readers == 0 })
}

// until waits for what another goroutine is about to make true.
func (h *house) until(is func() bool) {
	h.t.Helper()
	for end := time.Now().Add(5 * time.Second); !is(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			h.t.Fatal("waited for nothing")
		}
	}
}

// identify takes the reader from headers, as a session would from its cookie.
func identify(c *fiber.Ctx) (live.Reader, error) {
	member, err := uuid.Parse(c.Get("X-Member"))
	if err != nil {
		return live.Reader{}, fiber.ErrUnauthorized
	}
	r := live.Reader{Member: member, Lang: "fr"}
	if lang := c.Get("X-Lang"); lang != "" {
		r.Lang = lang
	}
	r.Session, _ = uuid.Parse(c.Get("X-Session"))
	if ends, err := time.Parse(time.RFC3339Nano, c.Get("X-Ends")); err == nil {
		r.Ends = ends
	}
	return r, nil
}

// page is a browser's side of a socket.
type page struct {
	t  testing.TB
	ws *websocket.Conn
}

// message is whatever the server says.
type message struct {
	Board   uuid.UUID `json:"board"`
	N       int64     `json:"n"`
	Kind    string    `json:"kind"`
	HTML    string    `json:"html"`
	At      *int64    `json:"at"`
	Epoch   string    `json:"epoch"`
	Reload  bool      `json:"reload"`
	Refused bool      `json:"refused"`
}

func (h *house) visit(member uuid.UUID, headers ...string) *page {
	h.t.Helper()
	ws, resp, err := h.dial(append([]string{"X-Member", member.String(), "Origin", home}, headers...)...)
	if err != nil {
		h.t.Fatalf("not let in: %v %v", err, resp)
	}
	h.t.Cleanup(func() { _ = ws.Close() })
	_ = ws.SetReadDeadline(time.Now().Add(10 * time.Second))
	return &page{h.t, ws}
}

func (h *house) dial(headers ...string) (*websocket.Conn, *http.Response, error) {
	header := http.Header{}
	for i := 0; i < len(headers); i += 2 {
		header.Set(headers[i], headers[i+1])
	}
	return websocket.DefaultDialer.Dial("ws://"+h.addr+"/live", header)
}

func (p *page) say(text string) {
	p.t.Helper()
	if err := p.ws.WriteMessage(websocket.TextMessage, []byte(text)); err != nil {
		p.t.Fatal(err)
	}
}

func (p *page) follow(board uuid.UUID, after int64) {
	p.t.Helper()
	type one struct {
		Board uuid.UUID `json:"board"`
		After int64     `json:"after"`
	}
	text, _ := json.Marshal(map[string][]one{"follow": {{board, after}}})
	p.say(string(text))
}

func (p *page) hear() (m message, err error) {
	_, text, err := p.ws.ReadMessage()
	if err != nil {
		return m, err
	}
	return m, json.Unmarshal(text, &m)
}

// expect hears the next message, which must come.
func (p *page) expect() message {
	p.t.Helper()
	m, err := p.hear()
	if err != nil {
		p.t.Fatalf("heard nothing: %v", err)
	}
	return m
}

// upTo hears entries of one board until a number; each must be the next.
func (p *page) upTo(after, number int64) {
	p.t.Helper()
	for after < number {
		m := p.expect()
		if m.At != nil {
			continue
		}
		if m.N != after+1 || m.Reload {
			p.t.Fatalf("after %d came %+v", after, m)
		}
		after = m.N
	}
}

// closed hears until the end, and gives its code.
func (p *page) closed() int {
	p.t.Helper()
	for {
		_, err := p.hear()
		if e, ok := err.(*websocket.CloseError); ok {
			return e.Code
		}
		if err != nil {
			p.t.Fatalf("ended without a word: %v", err)
		}
	}
}
