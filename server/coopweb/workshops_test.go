package coopweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
)

func (p *person) seesWorkshops() *person {
	w := p.h.web
	return p.sees(func(app *fiber.App) {
		app.Get("/home", w.ShowHome)
		app.Get("/listings", w.ShowListings)
		app.Get("/listings/:id", w.ShowListing)
		app.Get("/workshops/new", w.NewWorkshop)
		app.Post("/workshops", w.AnnounceWorkshop)
		app.Get("/workshops/:id", w.ShowWorkshop)
		app.Post("/workshops/:id/join", w.JoinWorkshop)
		app.Post("/workshops/:id/leave", w.LeaveWorkshop)
		app.Post("/workshops/:id/shown", w.NameInWorkshop)
		app.Post("/workshops/:id/cancel", w.CancelWorkshop)
		app.Post("/workshops/:id/mark", w.MarkWorkshop)
	})
}

// aWorkshop is the form as a neighbour taps it, for the day after tomorrow.
func aWorkshop(key string) url.Values {
	return url.Values{
		"key": {key}, "category": {"sewing"}, "title": {"Coudre un sac"}, "day": {"2026-11-25"}, "clock": {"18:00"},
		"minutes": {"90"}, "meeting": {"common_room"}, "seats": {"4"}, "least": {"2"},
	}
}

func TestAWorkshopIsOfferedByTapsAndTakenInOne(t *testing.T) {
	h := newHouse(t)
	awa, ben, eve := h.member("Awa").seesWorkshops(), h.member("Ben").seesWorkshops(), h.member("Ève").seesWorkshops()
	key := awa.opens("/workshops/new").Find("input[name=key]").AttrOr("value", "")
	wrong := aWorkshop(key)
	wrong.Set("least", "9")
	wrong.Set("title", "Coudre un très grand sac")
	if again, status, _ := awa.sends("/workshops", wrong); status != http.StatusUnprocessableEntity || again.Find("input[value='Coudre un très grand sac']").Length() != 1 || again.Find("#least-problem").Length() != 1 {
		t.Fatalf("more at least than at most: %d", status)
	}
	_, _, path := awa.sends("/workshops", aWorkshop(key))
	if !strings.HasPrefix(path, "/workshops/") {
		t.Fatalf("announced, one is led to %s", path)
	}
	if text := ben.opens("/home").Text() + ben.opens("/listings").Text(); strings.Count(text, "Coudre un sac") < 3 {
		t.Error("it does not stand on the home page, among what comes, and among the listings")
	}
	ben.sends(path+"/join", url.Values{"shown": {"yes"}})
	eve.sends(path+"/join", nil)
	if text := eve.opens(path).Text(); !strings.Contains(text, "Ben") {
		t.Error("who agreed to be named is not")
	}
	if text := ben.opens(path).Text(); strings.Contains(text, "Ève") {
		t.Error("who did not agree is named")
	}
	if text := h.member("Zoé").seesWorkshops().opens(path).Text(); strings.Contains(text, "Ben") {
		t.Error("who has no seat reads who comes")
	}
	h.at = h.at.Add(4 * 24 * time.Hour)
	came := awa.opens(path).Find("input[name=came]").First().AttrOr("value", "")
	if _, status, _ := awa.sends(path+"/mark", url.Values{"came": {came}, "minutes": {"90"}}); status != http.StatusSeeOther {
		t.Errorf("marking answers %d", status)
	}
	if ben.opens(path).Find("a[href^='/agreements/']").Length() == 0 {
		t.Error("who came is not led to where one says so")
	}
}

func TestAWorkshopCalledOffShowsItsWord(t *testing.T) {
	h := newHouse(t)
	awa, ben := h.member("Awa").seesWorkshops(), h.member("Ben").seesWorkshops()
	key := awa.opens("/workshops/new").Find("input[name=key]").AttrOr("value", "")
	_, _, path := awa.sends("/workshops", aWorkshop(key))
	ben.sends(path+"/join", nil)
	if _, status, _ := awa.sends(path+"/cancel", url.Values{"words": {""}}); status != http.StatusUnprocessableEntity {
		t.Errorf("without a word: %d", status)
	}
	awa.sends(path+"/cancel", url.Values{"words": {"Je suis malade, à bientôt."}})
	if text := ben.opens(path).Text(); !strings.Contains(text, "Je suis malade") || strings.Contains(text, "Prendre une place") {
		t.Error("the word is not read, or one can still take a seat")
	}
}
