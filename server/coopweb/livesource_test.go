package coopweb_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"
	"github.com/gorilla/websocket"

	"lien/coop"
	"lien/coop/board"
	"lien/database"
	"lien/server/coopweb"
	"lien/server/live"
	"lien/server/session"
)

// node is one server of several on the same database. Who asks says so in a header.
type node struct {
	h    *house
	hub  *live.Hub
	addr string
}

const asksAs = "Test-Member"

// node starts a server whose people are known beforehand. Its hub asks every 300 ms.
func (h *house) node(people ...*person) *node {
	h.t.Helper()
	sessions := session.NewSessions(h.db.Account, h.web.Members, session.Cookies{}, time.Now)
	n := &node{h: h, hub: live.New(coopweb.LiveSource(h.web.Boards, h.web.Talks, sessions, h.languages), live.Options{
		Origins: []string{h.web.Origin}, Poll: 300 * time.Millisecond,
	})}
	web := *h.web
	web.Hub = n.hub
	app := fiber.New(fiber.Config{DisableStartupMessage: true, Immutable: true})
	app.Use(func(c *fiber.Ctx) error {
		for _, p := range people {
			if c.Get(asksAs) == p.Member.String() {
				session.Remember(c, p.Actor)
			}
		}
		return c.Next()
	}, h.languages.Middleware)
	app.Get("/live", n.hub.Upgrade(app, coopweb.ReaderOf))
	app.Post("/boards/:id", web.PinNotice)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		h.t.Fatal(err)
	}
	n.addr = listener.Addr().String()
	n.run(app, listener)
	return n
}

// run keeps the node running until the test ends.
func (n *node) run(app *fiber.App, listener net.Listener) {
	ctx, stop := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { n.hub.Run(ctx) })
	running.Go(func() { live.Listen(ctx, n.h.db.Direct(database.Coop), n.hub) })
	running.Go(func() { _ = app.Listener(listener) })
	n.h.t.Cleanup(func() {
		closing, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := n.hub.Close(closing); err != nil {
			n.h.t.Error(err)
		}
		stop()
		_ = app.ShutdownWithContext(closing)
		running.Wait()
	})
}

// open connects a browser of p to the node, following a board from its beginning.
func (n *node) open(p *person, id coop.BoardID) *websocket.Conn {
	n.h.t.Helper()
	ws, answer, err := websocket.DefaultDialer.Dial("ws://"+n.addr+"/live", http.Header{
		"Origin": {n.h.web.Origin}, asksAs: {p.Member.String()},
	})
	if err != nil {
		n.h.t.Fatal(err)
	}
	_ = answer.Body.Close()
	n.h.t.Cleanup(func() { _ = ws.Close() })
	err = ws.WriteJSON(map[string]any{"follow": []map[string]any{{"board": id, "after": 0}}})
	if err != nil {
		n.h.t.Fatal(err)
	}
	return ws
}

type message struct {
	N       int64
	Kind    string
	HTML    string
	At      int64
	Refused bool
	Reload  bool
}

// hears returns the next message, or fails the test after five seconds.
func (h *house) hears(ws *websocket.Conn) (m message) {
	h.t.Helper()
	_ = ws.SetReadDeadline(time.Now().Add(5 * time.Second))
	if err := ws.ReadJSON(&m); err != nil {
		h.t.Fatal(err)
	}
	return m
}

// post pins a notice over HTTP, as a browser does.
func (n *node) post(p *person, id coop.BoardID, body string) {
	n.h.t.Helper()
	r, err := http.NewRequestWithContext(n.h.t.Context(), http.MethodPost, "http://"+n.addr+"/boards/"+id.String(), strings.NewReader(said(body).Encode()))
	if err != nil {
		n.h.t.Fatal(err)
	}
	r.Header.Set(fiber.HeaderContentType, fiber.MIMEApplicationForm)
	r.Header.Set(asksAs, p.Member.String())
	answer, err := (&http.Transport{}).RoundTrip(r) // the answer leads on, and nobody follows
	if err != nil {
		n.h.t.Fatal(err)
	}
	_ = answer.Body.Close()
	if answer.StatusCode != http.StatusSeeOther {
		n.h.t.Fatalf("got %d", answer.StatusCode)
	}
}

func TestTwoNodesDeliverToEachOthersReadersInTheirLanguage(t *testing.T) {
	h := newHouse(t)
	id := h.hang(h.place)
	awa, nadia := h.member("Awa"), h.member("Nadia")
	nadia.Lang = "ar"
	a, b := h.node(awa, nadia), h.node(awa, nadia)
	here, there := a.open(awa, id), b.open(nadia, id)
	for _, ws := range []*websocket.Conn{here, there} {
		if m := h.hears(ws); m.At != 0 || m.Reload || m.Refused {
			t.Fatalf("got %+v, want to stand at 0", m)
		}
	}
	for n := range 4 {
		from, who := a, awa
		if n%2 == 1 {
			from, who = b, nadia
		}
		from.post(who, id, "Qui a une marmite ?")
		for name, want := range map[*websocket.Conn]string{here: "Coup de main", there: "مساعدة"} {
			if m := h.hears(name); m.N != int64(n+1) || m.Kind != "notice" || !strings.Contains(m.HTML, want) || !strings.Contains(m.HTML, "Qui a une marmite") {
				t.Errorf("notice %d: got %+v, want it with %q", n+1, m, want)
			}
		}
	}
}

func TestWhoMayReadNoMoreHearsNothingWithinTwoSeconds(t *testing.T) {
	h := newHouse(t)
	id := h.hang(h.place)
	awa, ben, leaving := h.member("Awa"), h.member("Ben"), h.member("Chloé")
	leaving.Session = uuid.New()
	n := h.node(awa, ben, leaving)
	stays, suspended, ended := n.open(awa, id), n.open(ben, id), n.open(leaving, id)
	for _, ws := range []*websocket.Conn{stays, suspended, ended} {
		h.hears(ws)
	}
	began := time.Now()
	h.sql(`UPDATE coop.members SET state = 'suspended' WHERE id = ?`, ben.Member)
	h.sql(`INSERT INTO account.residents (id, cooperative_id, member_id, created_at) VALUES (?0, ?1, ?2, now());
		INSERT INTO account.devices (id, resident_id, token_hash, pin_hash, name, tries, open_after, created_at, seen_at)
		VALUES (?0, ?0, '\x01', '', '', 0, now(), now(), now());
		INSERT INTO account.sessions (id, token_hash, resident_id, device_id, created_at, seen_at, ends_at, ended_at)
		VALUES (?3, '\x02', ?0, ?0, now(), now(), now(), now())`, uuid.New(), h.cooperative, leaving.Member, leaving.Session)
	for ws, code := range map[*websocket.Conn]int{suspended: live.CloseKicked, ended: live.CloseEnded} {
		_ = ws.SetReadDeadline(time.Now().Add(5 * time.Second))
		var err error
		for err == nil {
			_, _, err = ws.ReadMessage()
		}
		if !websocket.IsCloseError(err, code) || time.Since(began) > 2*time.Second {
			t.Errorf("after %v: %v, want %d", time.Since(began), err, code)
		}
	}
	n.post(awa, id, "Bonjour à qui reste")
	if m := h.hears(stays); m.N != 1 {
		t.Errorf("who stays hears %+v", m)
	}
}

// What a browser has after the entries is what a fresh page shows: the frame and the page
// are drawn by one component, and a frame knows nobody.
func TestAFrameIsTheNoticeAsThePageDrawsIt(t *testing.T) {
	h := newHouse(t)
	id := h.hang(h.place)
	awa, ben, stranger := h.member("Awa"), h.member("Ben"), h.member("Chloé").seesBoards()
	ctx := t.Context()
	notice, err := h.web.Boards.Pin(ctx, awa.Coop(), id, board.Draft{Key: uuid.New(), Kind: board.Found, Title: "Un <b>gant</b>", Body: "Sur la rampe & seul.", Language: "fr"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.web.Boards.Comment(ctx, ben.Coop(), notice, uuid.New(), "C’est le mien", "fr"); err != nil {
		t.Fatal(err)
	}
	if _, err := h.web.Boards.Thank(ctx, ben.Coop(), notice, true); err != nil {
		t.Fatal(err)
	}
	var messages []message
	answer, err := h.web.Hub.CatchUp(ctx, live.Reader{Member: ben.Member.UUID, Lang: "fr"}, id.UUID, 0, "")
	if err == nil {
		err = json.NewDecoder(bytes.NewReader(answer)).Decode(&messages)
	}
	if err != nil || len(messages) != 4 {
		t.Fatalf("got %d messages, %v: %s", len(messages), err, answer)
	}
	page, err := goquery.OuterHtml(stranger.opens("/boards/" + id.String()).Find("article"))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range messages[:3] {
		frame, err := goquery.NewDocumentFromReader(strings.NewReader(m.HTML))
		if err != nil {
			t.Fatal(err)
		}
		if html, _ := frame.Find("body").Html(); html != strings.TrimSpace(page) {
			t.Errorf("entry %d is\n%s\nthe page has\n%s", m.N, html, page)
		}
	}
	if _, err := h.web.Boards.TakeDown(ctx, awa.Coop(), notice, board.Decision{}); err != nil {
		t.Fatal(err)
	}
}
