package coopweb_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"lien/coop/board"
	"lien/server/page"

	"github.com/google/uuid"
)

func (p *person) hides() *person {
	w := p.h.web
	return p.sees(func(app *fiber.App) {
		app.Get("/me/blocks", w.ShowBlocks)
		app.Get("/me/blocks/new", w.AskHide)
		app.Post("/me/blocks", w.Hide)
		app.Post("/me/blocks/:id/show", w.Unhide)
		app.Get("/boards/:id", w.ShowBoard)
		app.Get("/notices/:id", w.ShowNotice)
		app.Get("/listings", w.ShowListings)
		app.Get("/listings/:id", w.ShowListing)
	})
}

func TestSomebodyMetInANoticeIsHiddenAndSeenAgain(t *testing.T) {
	h := newHouse(t)
	on := h.hang(h.place)
	awa, ben, cem := h.member("Awa").hides(), h.member("Ben"), h.member("Cem")
	notice, err := h.web.Boards.Pin(t.Context(), ben.Coop(), on, board.Draft{Key: uuid.New(), Kind: board.News, Body: "Bonjour", Language: "fr"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.web.Boards.Comment(t.Context(), cem.Coop(), notice, uuid.New(), "Salut", "fr"); err != nil {
		t.Fatal(err)
	}
	ask, _ := awa.opens("/notices/" + notice.String()).Find("a[href^='/me/blocks/new']").Attr("href")
	if doc := awa.opens(ask); doc.Find("input[type=radio]").Length() != 2 {
		t.Errorf("got %q, want the two who wrote there", words(doc.Find("form")))
	}
	form := url.Values{"of": {"notice"}, "id": {notice.String()}}
	if doc, status, _ := awa.sends("/me/blocks", form); status != http.StatusUnprocessableEntity || doc.Find("#member-problem").Length() != 1 {
		t.Errorf("nobody chosen: got %d", status)
	}
	form.Set("member", ben.Member.String())
	if _, status, to := awa.sends("/me/blocks", form); status != http.StatusSeeOther || to != "/me/blocks" {
		t.Fatalf("got %d to %q", status, to)
	}
	if got := words(awa.opens("/me/blocks").Find("ul.paper")); !strings.Contains(got, "Ben") {
		t.Errorf("got %q", got)
	}
	if _, status, _ := awa.asks(httptest.NewRequest(http.MethodGet, "/notices/"+notice.String(), nil)); status != http.StatusTeapot {
		t.Errorf("the notice is there still: %d", status)
	}
	awa.sends("/me/blocks/"+ben.Member.String()+"/show", url.Values{"key": {page.NewKey()}})
	awa.opens("/notices/" + notice.String())
	if awa.opens("/me/blocks").Find(".empty").Length() != 1 {
		t.Error("Ben is hidden still")
	}
}

func TestAnIdAloneGivesNobodysName(t *testing.T) {
	h := newHouse(t)
	awa, ben := h.member("Awa").hides(), h.member("Ben")
	for _, of := range []string{"listing", "agreement", "notice", "neighbour", ""} {
		for _, id := range []string{ben.Member.String(), uuid.NewString(), "x", ""} {
			r := httptest.NewRequest(http.MethodGet, "/me/blocks/new?of="+of+"&id="+id, nil)
			if doc, status, _ := awa.asks(r); status != http.StatusTeapot || strings.Contains(words(doc.Selection), "Ben") {
				t.Errorf("%s %s: got %d", of, id, status)
			}
			if _, status, _ := awa.sends("/me/blocks", url.Values{"of": {of}, "id": {id}, "member": {ben.Member.String()}}); status != http.StatusTeapot {
				t.Errorf("%s %s: got %d", of, id, status)
			}
		}
	}
}
