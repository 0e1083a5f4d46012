package coopweb_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/rule"
)

func (p *person) seesPlaces() *person {
	w := p.h.web
	p.seesCalendars()
	return p.sees(func(app *fiber.App) {
		app.Get("/events/new", w.NewEvent)
		app.Post("/events", w.AnnounceEvent)
		app.Get("/events", w.ShowEvents)
		app.Get("/events/month", w.ShowMonthSheet)
		app.Get("/events/:id", w.ShowEvent)
		app.Get("/events/:id/edit", w.EditEvent)
		app.Post("/events/:id/edit", w.ChangeEvent)
		app.Get("/events/:id/calendar.ics", w.SendEventFile)
		app.Get("/me/calendar", w.ShowCalendars)
		app.Post("/me/calendar", w.TurnCalendar)
		app.Get("/calendar/:secret", w.ShowCalendarFeed)
	})
}

// builds puts a building into the residence.
func (h *house) builds(name string) coop.PlaceID {
	h.t.Helper()
	id := rule.NewID[coop.PlaceID]()
	_, err := h.db.Owner.NewRaw(`
		INSERT INTO coop.places (cooperative_id, id, parent_id, kind, name, path)
		SELECT cooperative_id, ?0, id, 'building', ?1, path || ?0::uuid FROM coop.places WHERE kind = 'residence' LIMIT 1`, id, name).Exec(h.t.Context())
	if err != nil {
		h.t.Fatal(err)
	}
	return id
}

func thursdayIn(spot, words string) url.Values {
	form := everyThursday("")
	form.Set("spot", spot)
	form.Set("place", words)
	return form
}

func TestTheAgendaTheMonthAndACalendarAreOfOnePlace(t *testing.T) {
	h := newHouse(t)
	c, d := h.builds("Bâtiment C"), h.builds("Bâtiment D")
	nadia := h.member("Nadia").seesPlaces()
	if n := nadia.opens("/events/new").Find("#spot option").Length(); n != 4 { // none, the residence, two buildings
		t.Errorf("%d places to choose from", n)
	}
	_, _, inC := nadia.sends("/events", thursdayIn("place."+c.String(), ""))
	_, _, inD := nadia.sends("/events", thursdayIn("place."+d.String(), "Au local"))
	if got := words(nadia.opens(inC).Find(".poster")); !strings.Contains(got, "Bâtiment C") {
		t.Errorf("the page says %q", got)
	}
	for path, want := range map[string]string{
		"/events?place=" + c.String(): inC, "/events?place=" + d.String(): inD,
		"/events/month?month=2026-11&place=" + d.String(): inD,
	} {
		doc := nadia.opens(path)
		links := doc.Find(".thread h3 a")
		if links.Length() != 1 || links.AttrOr("href", "") != want || doc.Find("#place option[selected]").Length() != 1 {
			t.Errorf("%s shows %d, the first is %q", path, links.Length(), links.AttrOr("href", ""))
		}
	}
	for _, wrong := range []string{"x", rule.NewID[coop.PlaceID]().String(), strings.Repeat("2", 300)} {
		if _, status, _ := nadia.asks(httptest.NewRequest(http.MethodGet, "/events?place="+wrong, nil)); status == http.StatusOK {
			t.Errorf("the place %q is there", wrong)
		}
	}
	edit := nadia.opens(inC + "/edit")
	if got := edit.Find("#spot option[selected]").AttrOr("value", ""); got != "place."+c.String() {
		t.Errorf("the form stands at %q", got)
	}
	doc, status, _ := nadia.sends("/events", thursdayIn("place."+rule.NewID[coop.PlaceID]().String(), "Au local"))
	if status != http.StatusUnprocessableEntity || doc.Find("#spot-problem").Length() != 1 {
		t.Errorf("a place that is none: %d", status)
	}
	nadia.answers("/me/calendar", url.Values{"kind": {"place"}, "place": {c.String()}, "act": {"open"}})
	address := nadia.opens("/me/calendar").Find("#address-"+c.String()).AttrOr("value", "")
	path := strings.TrimPrefix(address, h.web.Origin)
	feed, text := nadia.calendar(path)
	if len(feed.Events()) != 1 || !strings.Contains(text, "LOCATION:Bâtiment C") || !strings.Contains(text, "Bâtiment C\r\n") || strings.Contains(text, "Nadia") {
		t.Errorf("the calendar is\n%s", text)
	}
	if doc, status, _ := nadia.sends("/me/calendar", url.Values{"kind": {"place"}, "act": {"open"}}); status != http.StatusUnprocessableEntity || doc.Find("#place-problem").Length() != 1 {
		t.Errorf("no place was chosen: %d", status)
	}
	if _, err := h.db.Owner.NewRaw(`UPDATE coop.members SET state = 'left' WHERE name = 'Nadia'`).Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
	resp, err := nadia.app.Test(httptest.NewRequest(http.MethodGet, path, nil), -1)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusGone || !strings.HasPrefix(resp.Header.Get("Content-Type"), "text/plain") || resp.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("the calendar of somebody who left answers %d as %q", resp.StatusCode, resp.Header.Get("Content-Type"))
	}
}

func TestAnEventOfSomebodyErasedHasWordsOnEveryPage(t *testing.T) {
	h := newHouse(t)
	nadia, awa := h.member("Nadia").seesPlaces(), h.member("Awa").seesPlaces()
	_, _, path := nadia.sends("/events", thursdayIn("", "Au local"))
	for _, q := range []string{`UPDATE coop.events SET title = '', details = '', place = ''`, `UPDATE coop.members SET name = '' WHERE name = 'Nadia'`} {
		if _, err := h.db.Owner.NewRaw(q).Exec(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	page := awa.opens(path)
	if got := words(page.Find("h1")); got != "Un événement du quartier" || !strings.Contains(words(page.Find(".poster")), "Quelqu’un qui est parti") {
		t.Errorf("the page says %q", words(page.Find(".poster")))
	}
	for _, list := range []string{"/events", "/events/month?month=2026-11"} {
		if got := words(awa.opens(list).Find(".thread h3").First()); got != "Un événement du quartier" {
			t.Errorf("%s says %q", list, got)
		}
	}
	if _, text := awa.calendar(path + "/calendar.ics"); !strings.Contains(text, "SUMMARY:Un événement du quartier") {
		t.Errorf("the file says\n%s", text)
	}
}
