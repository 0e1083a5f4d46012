package coopweb_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/uuid"
	"github.com/gorilla/websocket"

	"lien/coop"
	"lien/coop/exchange"
	"lien/rule"
	"lien/server/live"
	"lien/server/page"
)

// idOf is the agreement that an address shows.
func (h *house) idOf(at string) coop.AgreementID {
	h.t.Helper()
	id, err := rule.ID[coop.AgreementID](strings.TrimPrefix(at, "/agreements/"))
	if err != nil {
		h.t.Fatal(err)
	}
	return id
}

// tells lets p say something in a conversation, as a node that is posted to does.
func (n *node) tells(p *person, id coop.AgreementID, note exchange.Note) {
	n.h.t.Helper()
	note.Key, note.Language = uuid.New(), p.Lang
	if _, err := n.h.web.Talks.Say(n.h.t.Context(), p.Coop(), id, note); err != nil {
		n.h.t.Fatal(err)
	}
	n.hub.Posted(id.UUID)
}

// follows connects a browser of p to a conversation, from a number on.
func (n *node) follows(p *person, id coop.AgreementID) *websocket.Conn {
	return n.open(p, coop.BoardID(id))
}

func TestTheTwoSpeakAcrossNodesEachInTheirLanguage(t *testing.T) {
	h := newHouse(t)
	mehmet, nadia, stranger := h.member("Mehmet").seesMutualAid(), h.member("Nadia").seesMutualAid(), h.member("Chloé")
	at := meet(mehmet, nadia)
	id := h.idOf(at)
	nadia.Lang = "ar"
	a, b := h.node(mehmet, nadia, stranger), h.node(mehmet, nadia, stranger)
	his, hers, theirs := a.follows(mehmet, id), b.follows(nadia, id), a.follows(stranger, id)
	if m := h.hears(theirs); !m.Refused {
		t.Errorf("a stranger hears %+v", m)
	}
	for _, ws := range []*websocket.Conn{his, hers} {
		for _, want := range []string{"step", "step"} { // proposed, agreed
			if m := h.hears(ws); m.Kind != want || m.HTML != "" {
				t.Fatalf("got %+v", m)
			}
		}
		if m := h.hears(ws); m.At != 2 {
			t.Fatalf("got %+v", m)
		}
	}
	a.tells(mehmet, id, exchange.Note{Words: "J’apporte la perceuse."})
	b.tells(nadia, id, exchange.Note{Tap: "late"})
	for ws, tap := range map[*websocket.Conn]string{his: "En retard de 10", hers: "تأخير 10"} {
		if m := h.hears(ws); m.N != 3 || m.Kind != "message" || !strings.Contains(m.HTML, "J’apporte la perceuse.") {
			t.Errorf("got %+v", m)
		}
		if m := h.hears(ws); m.N != 4 || !strings.Contains(m.HTML, tap) {
			t.Errorf("want %q in %+v", tap, m)
		}
	}
}

func TestWhoMayNoLongerListenIsShutOut(t *testing.T) {
	h := newHouse(t)
	mehmet, nadia, aline := h.member("Mehmet").seesMutualAid(), h.member("Nadia").seesMutualAid(), h.facilitator("Aline").seesMutualAid()
	at := meet(mehmet, nadia)
	id := h.idOf(at)
	h.at = h.at.AddDate(0, 0, 6)
	mehmet.steps(at, "claim", url.Values{"minutes": {"180"}})
	nadia.steps(at, "confirm", url.Values{"minutes": {"60"}})
	aline.posts("/desk"+at+"/listen", nil)
	n := h.node(mehmet, nadia, aline)
	helper, suspended := n.follows(aline, id), n.follows(nadia, id)
	for _, ws := range []*websocket.Conn{helper, suspended} {
		for m := (message{N: 1}); m.N > 0; {
			m = h.hears(ws)
			if m.Refused {
				t.Fatal("refused too early")
			}
		}
	}
	began := time.Now()
	h.sql(`UPDATE coop.members SET state = 'suspended' WHERE id = ?`, nadia.Member)
	g, err := h.web.Agreements.One(t.Context(), aline.Coop(), id)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.web.Agreements.Settle(t.Context(), aline.Coop(), id, g.Steps, 60, exchange.Words{Text: "Une heure, ensemble.", Language: "fr"}); err != nil {
		t.Fatal(err)
	}
	for name, ws := range map[string]*websocket.Conn{"who helped": helper, "who is suspended": suspended} {
		_ = ws.SetReadDeadline(time.Now().Add(5 * time.Second))
		var err error
		for err == nil {
			_, _, err = ws.ReadMessage()
		}
		if !websocket.IsCloseError(err, live.CloseKicked) || time.Since(began) > 2*time.Second {
			t.Errorf("%s, after %v: %v", name, time.Since(began), err)
		}
	}
}

// What a browser has after the frames is what a fresh page shows: both are drawn by one
// component, and a frame knows nobody.
func TestThePageBeforeAndTheFramesMakeTheFreshPage(t *testing.T) {
	h := newHouse(t)
	mehmet, nadia := h.member("Mehmet").seesMutualAid(), h.member("Nadia").seesMutualAid()
	at := meet(mehmet, nadia)
	id := h.idOf(at)
	say := func(p *person, form url.Values) {
		form.Set("key", page.NewKey())
		p.posts(at+"/say", form)
	}
	say(nadia, url.Values{"words": {"Bonjour <b>vous</b> & merci"}})
	before := nadia.opens(at)
	after := attr(before.Find("[data-board]"), "data-after")
	say(mehmet, url.Values{"tap": {"coming"}})
	say(nadia, url.Values{"words": {"السلام عليكم"}})
	list := before.Find("[data-entries]")
	doc, status, _ := mehmet.asks(request(t, at+"/since?after="+after))
	if status != http.StatusOK {
		t.Fatalf("got %d %s", status, doc.Text())
	}
	answer, err := h.web.Hub.CatchUp(t.Context(), live.Reader{Member: nadia.Member.UUID, Lang: "fr"}, id.UUID, 3, "")
	var messages []message
	if err == nil {
		err = json.NewDecoder(bytes.NewReader(answer)).Decode(&messages)
	}
	if err != nil || after != "3" || len(messages) != 3 {
		t.Fatalf("got %d messages after %s, %v: %s", len(messages), after, err, answer)
	}
	for _, m := range messages[:2] {
		list.AppendHtml(m.HTML)
	}
	fresh := nadia.opens(at).Find("[data-entries]")
	if n := fresh.Find("li[data-mine]").Length(); n != 2 {
		t.Errorf("%d are marked as her own, want 2", n)
	}
	if got, want := neutral(t, list), neutral(t, fresh); got != want {
		t.Errorf("with the frames\n%s\na fresh page\n%s", got, want)
	}
	if bad, status, _ := h.member("Chloé").seesMutualAid().asks(request(t, at+"/since?after=0")); status != http.StatusTeapot || !strings.Contains(bad.Text(), "not found") {
		t.Errorf("a stranger catches up: %d %s", status, bad.Text())
	}
}

// neutral is the HTML of a list without the mark that a browser sets by itself.
func neutral(t *testing.T, s *goquery.Selection) string {
	t.Helper()
	s.Find("[data-mine]").RemoveAttr("data-mine")
	html, err := s.Html()
	if err != nil {
		t.Fatal(err)
	}
	return html
}

func TestAMessageThatIsRefusedStaysTyped(t *testing.T) {
	h := newHouse(t)
	mehmet, nadia := h.member("Mehmet").seesMutualAid(), h.member("Nadia").seesMutualAid()
	at := meet(mehmet, nadia)
	long := strings.Repeat("très ", 300)
	doc, status, _ := nadia.sends(at+"/say", url.Values{"key": {page.NewKey()}, "words": {long}})
	if status != http.StatusUnprocessableEntity || words(doc.Find("#words-problem")) == "" || doc.Find("#words").Text() != long {
		t.Errorf("got %d %q", status, words(doc.Find("#words-problem")))
	}
	nadia.posts(at+"/read", url.Values{"seq": {"2"}})
	if _, status, _ := nadia.sends(at+"/read", url.Values{"seq": {"x"}}); status != http.StatusTeapot {
		t.Errorf("a mark that is no number: %d", status)
	}
}
