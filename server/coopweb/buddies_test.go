package coopweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"lien/server/page"
)

func (p *person) seesBuddies() *person {
	w := p.h.web
	return p.sees(func(app *fiber.App) {
		app.Get("/me/buddy", w.ShowBuddy)
		app.Post("/me/buddy", w.AskBuddy)
		app.Post("/me/buddy/volunteer", w.VolunteerBuddy)
		app.Post("/me/buddy/:id", w.StepBuddy)
		app.Get("/desk/newcomers", w.ShowNewcomers)
		app.Post("/desk/newcomers/:id/buddy", w.AskForNewcomer)
	})
}

func TestANewcomerAndANeighbourComeTogetherTheFirstTime(t *testing.T) {
	h := newHouse(t)
	awa, ben, fay := h.member("Awa").seesBuddies(), h.member("Ben").seesBuddies(), h.facilitator("Fay").seesBuddies()
	h.sql(`UPDATE coop.members SET joined_at = joined_at - interval '200 days' WHERE id = ?`, ben.Member)
	if got := words(fay.opens("/desk/newcomers").Find("ul.paper")); !strings.Contains(got, "Awa") || strings.Contains(got, "Ben") {
		t.Errorf("the desk sees %q", got)
	}
	if doc, status, _ := awa.sends("/me/buddy", url.Values{"key": {page.NewKey()}}); status != http.StatusUnprocessableEntity || doc.Find("#buddy-problem").Length() != 1 {
		t.Errorf("nobody is free: got %d", status)
	}
	ben.posts("/me/buddy/volunteer", url.Values{"volunteer": {"yes"}})
	fay.posts("/desk/newcomers/"+awa.Member.String()+"/buddy", url.Values{"key": {page.NewKey()}})
	if fay.opens("/desk/newcomers").Find("ul.paper li:contains('Awa')").Length() != 0 {
		t.Error("Awa stands on the desk's list still")
	}
	at := attr(ben.opens("/me/buddy").Find("form[action^='/me/buddy/0']"), "action")
	if got := words(ben.opens("/me/buddy").Find("main")); strings.Contains(got, "Awa") {
		t.Errorf("Ben is told the name too early: %q", got)
	}
	ben.posts(at, url.Values{"step": {"accept"}})
	if got := words(awa.opens("/me/buddy").Find("main")); !strings.Contains(got, "Ben veut bien venir avec vous") {
		t.Errorf("got %q", got)
	}
	awa.posts(at, url.Values{"step": {"pair"}})
	if got := words(ben.opens("/me/buddy").Find("main")); !strings.Contains(got, "Vous venez avec Awa") {
		t.Errorf("got %q", got)
	}
	if _, status, _ := awa.sends(at, url.Values{"step": {"accept"}}); status != http.StatusTeapot {
		t.Errorf("a step of somebody else's: got %d", status)
	}
}
