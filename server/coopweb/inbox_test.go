package coopweb_test

import (
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"
)

func (p *person) readsInbox() *person {
	w := p.h.web
	return p.sees(func(app *fiber.App) {
		app.Get("/home", w.ShowHome)
		app.Get("/inbox", w.ShowInbox)
		app.Post("/inbox", w.ReadInbox)
		app.Post("/inbox/:id", w.OpenInboxItem)
	})
}

func TestWhatTheHouseToldIsNewUntilItsReaderOpensIt(t *testing.T) {
	h := newHouse(t)
	awa, paul := h.member("Awa").readsInbox(), h.member("Paul").readsInbox()
	agreement := awa.isOfferedHelpBy(paul)
	if got := awa.opens("/home").Find(`a.line[href="/inbox"]`).Length(); got != 1 {
		t.Fatalf("home names the inbox %d times, want once", got)
	}
	doc := awa.opens("/inbox")
	if got := words(doc.Find("button.line strong")); !strings.Contains(got, "Paul") {
		t.Fatalf("the new item says %q", got)
	}
	item := doc.Find("li form").AttrOr("action", "")
	if _, status, _ := paul.sends(item, nil); status != fiber.StatusTeapot {
		t.Errorf("Paul opens what Awa was told: %d", status)
	}
	if _, _, to := awa.sends(item, nil); to != agreement {
		t.Errorf("the item leads to %q, want %q", to, agreement)
	}
	if doc := awa.opens("/inbox"); doc.Find("button.line strong").Length() != 0 || doc.Find("button.line").Length() != 1 {
		t.Errorf("once opened: %s", words(doc.Selection))
	}
	if got := awa.opens("/home").Find(`a.line[href="/inbox"]`).Length(); got != 0 {
		t.Error("home still names the inbox")
	}
}
