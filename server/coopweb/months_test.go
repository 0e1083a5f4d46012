package coopweb_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"
)

func (p *person) seesMonths() *person {
	w := p.h.web
	return p.sees(func(app *fiber.App) {
		app.Post("/events", w.AnnounceEvent)
		app.Get("/events/month", w.ShowMonthSheet)
	})
}

func TestAMonthIsASheetThatBeginsOnMonday(t *testing.T) {
	h := newHouse(t)
	nadia := h.member("Nadia").seesMonths()
	nadia.announces("12")
	nadia.announces("12")
	doc := nadia.opens("/events/month")
	if got := words(doc.Find("h1")); got != "novembre 2026" {
		t.Errorf("got %q", got)
	}
	weeks := doc.Find(".month tbody tr")
	if n := weeks.Length(); n != 6 { // the 1st is a Sunday
		t.Errorf("got %d weeks, want 6", n)
	}
	if got := words(weeks.First().Find("td").Last()); got != "1" {
		t.Errorf("the first Sunday: got %q", got)
	}
	day := doc.Find(".month a")
	if day.Length() != 1 || day.AttrOr("aria-label", "") != "jeudi 26 novembre\u00a0: 2 événements" {
		t.Errorf("got %d days with something on, %q", day.Length(), day.AttrOr("aria-label", ""))
	}
	if doc.Find(day.AttrOr("href", "#none")+" .thread h3").Length() != 2 {
		t.Error("the square leads nowhere")
	}
	if got := words(doc.Find(`.month [aria-current="date"]`)); got != "23" {
		t.Errorf("today: got %q", got)
	}
	if got := words(day.Find("[aria-hidden]")); got != "••" {
		t.Errorf("two events: got %q", got)
	}
	empty := nadia.opens(doc.Find(`nav a[href$="2026-12"]`).AttrOr("href", ""))
	if empty.Find(".empty").Length() != 1 || empty.Find(".month a").Length() != 0 {
		t.Error("December is empty")
	}
}

func TestAMonthThatIsNoneIsNotThere(t *testing.T) {
	nadia := newHouse(t).member("Nadia").seesMonths()
	for _, month := range []string{"2026-13", "1000-01", "9999-12", "x", "2026-1", strings.Repeat("2", 300)} {
		if _, status, _ := nadia.asks(httptest.NewRequest(http.MethodGet, "/events/month?month="+month, nil)); status == http.StatusOK {
			t.Errorf("%s is shown", month)
		}
	}
}
