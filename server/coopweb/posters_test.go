package coopweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"lien/server/page"
)

func (p *person) seesPosters() *person {
	w := p.h.web
	return p.sees(func(app *fiber.App) {
		app.Get("/w", w.ShowCodeDoor)
		app.Post("/w", w.FindCode)
		app.Get("/w/:code", w.ShowCoded)
		app.Post("/desk/weekly", w.MakeWeekly)
		app.Get("/desk/weekly/:id", w.PrintWeekly)
		app.Post("/listings", w.PublishListing)
		app.Get("/listings/:id", w.ShowListing)
		app.Post("/listings/:id/poster", w.HangListing)
	})
}

func TestACodeOnAPosterOpensTheThingAndTellsNoName(t *testing.T) {
	h := newHouse(t)
	awa, aline := h.member("Awa Koné").seesPosters(), h.facilitator("Aline Roux").seesPosters()
	stranger := (&person{h: h}).seesPosters()
	at := awa.posts("/listings", url.Values{
		"key": {page.NewKey()}, "kind": {"offer"}, "category": {"sewing"}, "title": {"Ourlets"}, "details": {"Sonnez porte 12."}, "minutes": {"60"},
	})
	awa.posts(at+"/poster", url.Values{"up": {"yes"}})
	sheet := aline.opens(aline.posts("/desk/weekly", url.Values{"key": {page.NewKey()}, "place": {h.place.String()}, "languages": {"fr", "en", "ar"}}))
	text := words(sheet.Find("article"))
	for _, want := range []string{"Ourlets", "Cette semaine chez nous", "This week around here", "هذا الأسبوع عندنا"} {
		if !strings.Contains(text, want) {
			t.Errorf("the sheet lacks %q: %s", want, text)
		}
	}
	code := strings.ReplaceAll(words(sheet.Find(".wall-items .code")), " ", "")
	read, status, _ := stranger.checks("/w/" + code)
	if status != http.StatusOK || !strings.Contains(read, "Ourlets") {
		t.Errorf("%d: %s", status, read)
	}
	for _, secret := range []string{"Awa", "Koné", "porte 12"} {
		if strings.Contains(text+read, secret) {
			t.Errorf("whoever passes reads %q", secret)
		}
	}
	if to := awa.posts("/w", url.Values{"code": {strings.ToLower(code[:3]) + " " + code[3:]}}); to != "/w/"+code {
		t.Errorf("typed, the code leads to %s", to)
	}
	if _, status, headers := aline.checks("/w/" + code); status != http.StatusSeeOther || headers.Get(fiber.HeaderLocation) != at {
		t.Errorf("a member is led to %d %s", status, headers.Get(fiber.HeaderLocation))
	}
}
