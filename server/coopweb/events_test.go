package coopweb_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"lien/server/page"
)

func (p *person) seesEvents() *person {
	w := p.h.web
	return p.sees(func(app *fiber.App) {
		app.Get("/events", w.ShowEvents)
		app.Get("/events/past", w.ShowPastEvents)
		app.Get("/events/new", w.NewEvent)
		app.Post("/events", w.AnnounceEvent)
		app.Get("/events/:id", w.ShowEvent)
		app.Post("/events/:id/answer", w.AnswerEvent)
		app.Post("/events/:id/offer", w.AnswerOffer)
		app.Get("/events/:id/cancel", w.AskCancelEvent)
		app.Post("/events/:id/cancel", w.CancelEvent)
		app.Get("/events/:id/door", w.ShowDoor)
		app.Post("/events/:id/door", w.TickDoor)
		app.Get("/events/:id/code", w.ShowDoorCode)
		app.Get("/events/:id/here", w.ShowHere)
		app.Post("/events/:id/here", w.CheckInHere)
	})
}

func sewing(places string) url.Values {
	return url.Values{
		"key": {page.NewKey()}, "title": {"Table de couture"}, "details": {"Ourlets, coussins.\nDu thé."},
		"place": {"Salle commune"}, "day": {"2026-11-26"}, "from": {"18:30"}, "until": {"20:30"},
		"capacity": {places}, "language": {"fr"},
	}
}

// announces puts the sewing table on the agenda and returns its address.
func (p *person) announces(places string) string {
	p.h.t.Helper()
	doc, status, at := p.sends("/events", sewing(places))
	if status != http.StatusSeeOther || !strings.HasPrefix(at, "/events/") {
		p.h.t.Fatalf("got %d to %q: %s", status, at, words(doc.Find(".tag.late")))
	}
	return at
}

func (p *person) answers(at string, form url.Values) {
	p.h.t.Helper()
	if doc, status, _ := p.sends(at, form); status != http.StatusSeeOther {
		p.h.t.Fatalf("%s: got %d: %s", at, status, words(doc.Selection))
	}
}

var (
	yes  = url.Values{"answer": {"coming"}, "guests": {"0"}}
	no   = url.Values{"answer": {"out"}}
	room = time.Date(2026, 11, 26, 17, 30, 0, 0, time.UTC)
)

func TestAnAnnouncedEventStandsInTheAgenda(t *testing.T) {
	h := newHouse(t)
	nadia, awa := h.member("Nadia").seesEvents(), h.member("Awa").seesEvents()
	at := nadia.announces("12")
	agenda := awa.opens("/events")
	if got := words(agenda.Find("h2")); got != "jeudi 26 novembre" {
		t.Errorf("the day: got %q", got)
	}
	if got, _ := agenda.Find(".thread h3 a").Attr("href"); got != at {
		t.Errorf("the address: got %q, want %q", got, at)
	}
	poster := awa.opens(at)
	if got := words(poster.Find(".poster .when")); got != "jeudi à 18 h 30" {
		t.Errorf("the poster's date: got %q", got)
	}
	if got := words(poster.Find(".facts")); !strings.Contains(got, "Il reste 12 places.") || !strings.Contains(got, "de 18 h 30 à 20 h 30") {
		t.Errorf("the facts: got %q", got)
	}
	if got := poster.Find(".poster .words").Length(); got != 2 {
		t.Errorf("got %d lines of details, want 2", got)
	}
}

func TestARefusedAnnouncementKeepsWhatWasTyped(t *testing.T) {
	h := newHouse(t)
	nadia := h.member("Nadia").seesEvents()
	form := sewing("12")
	form.Set("day", "2026-11-20")
	doc, status, _ := nadia.sends("/events", form)
	if status != http.StatusUnprocessableEntity {
		t.Fatalf("got %d", status)
	}
	if got := words(doc.Find("#day-problem")); !strings.Contains(got, "déjà passé") {
		t.Errorf("beside the day: got %q", got)
	}
	for name, want := range map[string]string{"title": "Table de couture", "day": "2026-11-20", "from": "18:30", "capacity": "12", "key": form.Get("key")} {
		if got, _ := doc.Find("[name=" + name + "]").Attr("value"); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	if got := doc.Find("textarea").Text(); !strings.Contains(got, "Du thé.") {
		t.Errorf("the details are lost: %q", got)
	}
}

func TestOneAnswersOnTheEventsPage(t *testing.T) {
	h := newHouse(t)
	nadia, awa, paul := h.member("Nadia").seesEvents(), h.member("Awa").seesEvents(), h.member("Paul").seesEvents()
	at := nadia.announces("2")
	awa.answers(at+"/answer", url.Values{"answer": {"coming"}, "guests": {"1"}})
	doc := awa.opens(at)
	if got := words(doc.Find("form .tag.good")); got != "Vous venez" {
		t.Errorf("got %q", got)
	}
	if got, _ := doc.Find("option[selected]").Attr("value"); got != "1" {
		t.Errorf("got %q guests chosen, want 1", got)
	}
	paul.answers(at+"/answer", yes)
	if got := words(paul.opens(at).Find("form .tag")); got != "Vous attendez une place" {
		t.Errorf("got %q", got)
	}
	awa.answers(at+"/answer", no)
	if got := words(paul.opens(at).Find(".call")); !strings.Contains(got, "gardée jusqu’à demain à 10 h") {
		t.Errorf("the offer: got %q", got)
	}
	paul.answers(at+"/offer", yes)
	if got := words(paul.opens(at).Find("form .tag.good")); got != "Vous venez" {
		t.Errorf("got %q", got)
	}
}

func TestAMaybeIsToldThatItKeepsNoPlace(t *testing.T) {
	h := newHouse(t)
	nadia, awa, paul := h.member("Nadia").seesEvents(), h.member("Awa").seesEvents(), h.member("Paul").seesEvents()
	at := nadia.announces("2")
	awa.answers(at+"/answer", url.Values{"answer": {"maybe"}, "guests": {"1"}})
	if got := words(awa.opens(at).Find("form.paper")); !strings.Contains(got, "aucune place n’est gardée") {
		t.Errorf("got %q", got)
	}
	paul.answers(at+"/answer", url.Values{"answer": {"coming"}, "guests": {"0"}})
	awa.answers(at+"/answer", url.Values{"answer": {"coming"}, "guests": {"1"}})
	doc := awa.opens(at)
	if got := words(doc.Find("form.call")); !strings.Contains(got, "Il reste 1 place.") {
		t.Errorf("a party of two is not told of the place that is left: %q", got)
	}
	guests, _ := doc.Find("form.call input[name=guests]").Attr("value")
	awa.answers(at+"/answer", url.Values{"answer": {"coming"}, "guests": {guests}})
	if got := words(awa.opens(at).Find("form .tag.good")); got != "Vous venez" {
		t.Errorf("got %q", got)
	}
}

func TestAnImpossiblePartyIsToldBesideItsField(t *testing.T) {
	h := newHouse(t)
	nadia, awa := h.member("Nadia").seesEvents(), h.member("Awa").seesEvents()
	at := nadia.announces("2")
	for _, guests := range []string{"9", "-1", "", "deux", "99999999999999999999"} {
		doc, status, _ := awa.sends(at+"/answer", url.Values{"answer": {"coming"}, "guests": {guests}})
		if status != http.StatusUnprocessableEntity || words(doc.Find("#guests-problem")) == "" {
			t.Errorf("%q guests: got %d, %q", guests, status, words(doc.Find("#guests-problem")))
		}
	}
}

func TestNobodyReadsNamesOnTheEventsPage(t *testing.T) {
	h := newHouse(t)
	nadia, awa, paul := h.member("Nadia").seesEvents(), h.member("Awa").seesEvents(), h.member("Paul").seesEvents()
	at := nadia.announces("12")
	awa.answers(at+"/answer", yes)
	if got := words(paul.opens(at).Find("main")); strings.Contains(got, "Awa") {
		t.Errorf("Paul reads %q", got)
	}
	if _, status, _ := paul.asks(httptest.NewRequest(http.MethodGet, at+"/door", nil)); status == http.StatusOK {
		t.Error("Paul reads the list at the door")
	}
	if _, status, _ := paul.asks(httptest.NewRequest(http.MethodGet, at+"/cancel", nil)); status == http.StatusOK {
		t.Error("Paul is asked whether to cancel Nadia's event")
	}
}

func TestThoseWhoWereComingAreToldWithTheOrganisersWords(t *testing.T) {
	h := newHouse(t)
	nadia, awa := h.member("Nadia").seesEvents(), h.member("Awa").seesEvents()
	at := nadia.announces("12")
	awa.answers(at+"/answer", yes)
	doc, status, _ := nadia.sends(at+"/cancel", url.Values{"why": {""}})
	if status != http.StatusUnprocessableEntity || words(doc.Find("#why-problem")) == "" {
		t.Errorf("without words: got %d", status)
	}
	nadia.answers(at+"/cancel", url.Values{"why": {"La salle est inondée."}})
	if got := words(awa.opens(at).Find(".salmon")); !strings.Contains(got, "La salle est inondée.") || !strings.Contains(got, "Ne vous déplacez pas") {
		t.Errorf("got %q", got)
	}
	if got := words(awa.opens("/events").Find(".tag")); got != "Annulé" {
		t.Errorf("in the agenda: got %q", got)
	}
}

func TestTheListAtTheDoorIsTickedAndUndone(t *testing.T) {
	h := newHouse(t)
	aline, nadia, awa := h.facilitator("Aline").seesEvents(), h.member("Nadia").seesEvents(), h.member("Awa").seesEvents()
	at := nadia.announces("12")
	awa.answers(at+"/answer", url.Values{"answer": {"coming"}, "guests": {"2"}})
	if got := aline.opens(at + "/door").Find("li form").Length(); got != 0 {
		t.Errorf("the list is open too early, with %d buttons", got)
	}
	h.at = room
	doc := aline.opens(at + "/door")
	if got := words(doc.Find(".tally dd")); got != "030" { // here, expected, waiting
		t.Errorf("got %q", got)
	}
	member, _ := doc.Find("input[name=member]").Attr("value")
	aline.answers(at+"/door", url.Values{"member": {member}, "act": {"here"}})
	if got := words(nadia.opens(at + "/door").Find(".tick .good")); got != "Est là" {
		t.Errorf("got %q", got)
	}
	nadia.answers(at+"/door", url.Values{"member": {member}, "act": {"undo"}})
	if got := nadia.opens(at + "/door").Find(".tick .good").Length(); got != 0 {
		t.Error("the tick stayed")
	}
	if _, status, _ := nadia.sends(at+"/door", url.Values{"number": {"999"}}); status != http.StatusUnprocessableEntity {
		t.Errorf("an unknown number: got %d", status)
	}
}

func TestTheSquareLeadsToOneButton(t *testing.T) {
	h := newHouse(t)
	nadia, awa := h.member("Nadia").seesEvents(), h.member("Awa").seesEvents()
	at := nadia.announces("12")
	h.at = room
	doc := nadia.opens(at + "/code")
	if doc.Find("svg.qr path").Length() != 1 || strings.Contains(words(doc.Find("main")), "Awa") {
		t.Error("the screen shows no square, or a name")
	}
	code := strings.ReplaceAll(words(doc.Find(".code")), " ", "")
	here := awa.opens(at + "/here?code=" + code)
	if got, _ := here.Find("input[name=code]").Attr("value"); got != code || here.Find("form button").Length() != 1 {
		t.Errorf("got %q and %d buttons", got, here.Find("form button").Length())
	}
	if got := awa.opens(at+"/here").Find("input[name=code]").AttrOr("type", ""); got != "text" {
		t.Errorf("without a square the code is typed: got %q", got)
	}
	doc, status, _ := awa.sends(at+"/here", url.Values{"code": {"FAUX"}})
	if status != http.StatusUnprocessableEntity || words(doc.Find("#code-problem")) == "" {
		t.Errorf("a wrong code: got %d", status)
	}
	awa.answers(at+"/here", url.Values{"code": {code}})
	if got := words(awa.opens(at + "/here").Find("h1")); got != "C’est noté" {
		t.Errorf("got %q", got)
	}
}

func TestEventPagesSpeakEachLanguage(t *testing.T) {
	h := newHouse(t)
	nadia := h.facilitator("Nadia").seesEvents()
	at := nadia.announces("12")
	h.at = room
	for _, nadia.Lang = range page.Codes() {
		for _, path := range []string{"/events", "/events/past", "/events/new", at, at + "/cancel", at + "/door", at + "/code", at + "/here"} {
			doc := nadia.opens(path)
			if got := doc.Find("html").AttrOr("lang", ""); got != nadia.Lang {
				t.Errorf("%s: got lang %q, want %q", path, got, nadia.Lang)
			}
			if doc.Find("h1").Length() != 1 || words(doc.Find("h1")) == "" {
				t.Errorf("%s in %s has no one heading", path, nadia.Lang)
			}
		}
	}
}

func TestAPageThatIsNotThereIsNotThere(t *testing.T) {
	h := newHouse(t)
	awa := h.member("Awa").seesEvents()
	for _, path := range []string{"/events/abc", "/events/00000000-0000-0000-0000-000000000000", "/events?after=abc", "/events?after=1.2", "/events/past?after=-5.x"} {
		if _, status, _ := awa.asks(httptest.NewRequest(http.MethodGet, path, nil)); status != http.StatusTeapot {
			t.Errorf("%s: got %d, want an error", path, status)
		}
	}
}
