package coopweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"lien/server/page"
)

func TestACallIsNotedInOneTapAndWithoutAWord(t *testing.T) {
	h := newHouse(t)
	awa := h.member("Awa")
	fay := h.facilitator("Fay").sees(func(app *fiber.App) {
		app.Get("/desk/calls", h.web.ShowCalls)
		app.Post("/desk/calls/:id", h.web.NoteCall)
	})
	at := "/desk/calls/" + awa.Member.String()
	doc := fay.opens("/desk/calls")
	if doc.Find("article").Length() != 1 || doc.Find("main textarea, main input[type=text]").Length() != 0 {
		t.Errorf("got %q", words(doc.Find("main")))
	}
	form := url.Values{"key": {page.NewKey()}, "outcome": {"call_back"}, "again": {"2026-11-01"}}
	if doc, status, _ := fay.sends(at, form); status != http.StatusUnprocessableEntity || doc.Find("#again-problem").Length() != 1 {
		t.Errorf("a day that is past: got %d", status)
	}
	fay.posts(at, url.Values{"key": {page.NewKey()}, "outcome": {"heard"}})
	doc = fay.opens("/desk/calls")
	if doc.Find("article").Length() != 0 || !strings.Contains(words(doc.Find("main")), "Nous nous sommes parlé") {
		t.Errorf("got %q", words(doc.Find("main")))
	}
	fay.posts(at, url.Values{"key": {page.NewKey()}, "outcome": {"no_answer"}})
	if got := words(fay.opens("/desk/calls").Find("main")); !strings.Contains(got, "Pas de réponse") {
		t.Errorf("got %q", got)
	}
}
