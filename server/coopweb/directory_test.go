package coopweb_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"
)

func (p *person) seesNeighbours() *person {
	w := p.h.web
	return p.sees(func(app *fiber.App) {
		app.Get("/directory", w.ShowDirectory)
		app.Get("/directory/:id", w.ShowNeighbour)
		app.Get("/me/visibility", w.ShowVisibility)
		app.Post("/me/visibility", w.ChooseVisibility)
		app.Get("/me/blocks/new", w.AskHide)
	})
}

// shows sends the form of what one shows.
func (p *person) shows(form url.Values) {
	p.h.t.Helper()
	if doc, status, to := p.sends("/me/visibility", form); status != http.StatusSeeOther || to != "/me/visibility" {
		p.h.t.Fatalf("got %d: %s", status, words(doc.Find(".tag.late")))
	}
}

func TestAMemberDecidesWhatTheirNeighboursSee(t *testing.T) {
	h := newHouse(t)
	awa, ben := h.member("Awa Diallo").seesNeighbours(), h.member("Ben").seesNeighbours()
	at := "/directory/" + awa.Member.String()
	if got := words(awa.opens("/me/visibility").Find(".seen")); !strings.Contains(got, "personne ne vous y trouve") {
		t.Errorf("got %q", got)
	}
	awa.shows(url.Values{"listed": {"yes"}, "shows": {"languages", "likes"}, "likes": {"Coudre"}, "speaks": {"wo", "fr"}, "name": {"Lune"}})
	for _, doc := range []string{words(ben.opens(at).Find("article")), words(awa.opens("/me/visibility").Find(".seen"))} {
		if !strings.Contains(doc, "Lune") || !strings.Contains(doc, "Wolof") || !strings.Contains(doc, "Coudre") || strings.Contains(doc, "Diallo") || strings.Contains(doc, "2026") {
			t.Errorf("got %q", doc)
		}
	}
	for query, want := range map[string]bool{"": true, "?words=coud": true, "?language=wo": true, "?language=tr": false, "?words=awa": false} {
		if got := strings.Contains(words(ben.opens("/directory"+query).Find("ul")), "Lune"); got != want {
			t.Errorf("%q: found %v", query, got)
		}
	}
	awa.shows(url.Values{})
	if _, status, _ := ben.asks(httptest.NewRequest(http.MethodGet, at, nil)); status != http.StatusTeapot {
		t.Errorf("who left the directory answers %d", status)
	}
}

func TestWhatWasTypedStaysWhenItIsRefused(t *testing.T) {
	h := newHouse(t)
	h.facilitator("Aline")
	awa := h.member("Awa").seesNeighbours()
	doc, status, _ := awa.sends("/me/visibility", url.Values{"listed": {"yes"}, "name": {"ALINE"}, "likes": {"Coudre"}, "speaks": {"wo"}})
	if status != http.StatusUnprocessableEntity || doc.Find("#name-problem").Length() != 1 {
		t.Fatalf("got %d", status)
	}
	for field, want := range map[string]string{"#name": "ALINE", "#likes": "Coudre"} {
		if got, _ := doc.Find(field).Attr("value"); got != want {
			t.Errorf("%s: got %q", field, got)
		}
	}
	if _, kept := doc.Find("input[value=wo]").Attr("checked"); !kept {
		t.Error("the language is lost")
	}
	if _, status, _ := awa.asks(httptest.NewRequest(http.MethodGet, "/directory?words="+strings.Repeat("a", 90), nil)); status != http.StatusUnprocessableEntity {
		t.Errorf("too long a search: %d", status)
	}
}
