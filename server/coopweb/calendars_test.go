package coopweb_test

import (
	"bytes"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	ical "github.com/emersion/go-ical"
	"github.com/gofiber/fiber/v2"
)

func (p *person) seesCalendars() *person {
	w := p.h.web
	w.Languages = p.h.languages
	return p.sees(func(app *fiber.App) {
		app.Post("/events", w.AnnounceEvent)
		app.Get("/events/:id", w.ShowEvent)
		app.Get("/events/:id/calendar.ics", w.SendEventFile)
		app.Post("/events/:id/answer", w.AnswerEvent)
		app.Post("/events/:id/edit", w.ChangeEvent)
		app.Post("/events/:id/cancel", w.CancelEvent)
		app.Get("/me/calendar", w.ShowCalendars)
		app.Post("/me/calendar", w.TurnCalendar)
		app.Get("/calendar/:secret", w.ShowCalendarFeed)
	})
}

// subscribes opens a calendar and returns the path of its address.
func (p *person) subscribes(kind string) string {
	p.h.t.Helper()
	p.answers("/me/calendar", url.Values{"kind": {kind}, "act": {"open"}})
	address := p.opens("/me/calendar").Find("#address-"+kind).AttrOr("value", "")
	path, found := strings.CutPrefix(address, p.h.web.Origin)
	if !found {
		p.h.t.Fatalf("the address is %q", address)
	}
	return path
}

// calendar asks as a phone does, and reads the answer with another reader.
func (p *person) calendar(path string) (*ical.Calendar, string) {
	p.h.t.Helper()
	resp, err := p.app.Test(httptest.NewRequest(http.MethodGet, path, nil), -1)
	if err != nil {
		p.h.t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK || !strings.HasPrefix(resp.Header.Get("Content-Type"), "text/calendar") {
		p.h.t.Fatalf("%s answers %d as %s (%v)", path, resp.StatusCode, resp.Header.Get("Content-Type"), err)
	}
	c, err := ical.NewDecoder(bytes.NewReader(text)).Decode()
	if err != nil {
		p.h.t.Fatalf("%v\n%s", err, text)
	}
	return c, string(text)
}

// A phone that repeats the series, leaves out its exceptions and puts in the dates that
// differ has the same dates as the agenda.
func TestAPhoneHasTheSameDatesAsTheAgenda(t *testing.T) {
	h := newHouse(t)
	nadia, awa := h.member("Nadia Benali").seesCalendars(), h.member("Awa Traoré").seesCalendars()
	_, _, first := nadia.sends("/events", everyThursday("week"))
	ids := h.dates()
	awa.answers("/events/"+ids[1]+"/answer", yes)
	moved := url.Values{
		"scope": {"this"}, "title": {"Table de couture"}, "details": {"Du thé."}, "place": {"Jardin partagé"}, "day": {"2026-12-04"},
		"from": {"18:00"}, "until": {"20:00"}, "capacity": {"12"}, "sure": {"yes"},
	}
	nadia.answers("/events/"+ids[1]+"/edit", moved)
	nadia.answers("/events/"+ids[2]+"/cancel", url.Values{"why": {"La salle est prise."}})
	c, text := awa.calendar(awa.subscribes("all"))
	for _, name := range []string{"Awa", "Nadia", "Traoré", "Benali", "ATTENDEE", "ORGANIZER"} {
		if strings.Contains(text, name) {
			t.Errorf("the calendar names %s", name)
		}
	}
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	dates := map[time.Time]string{}
	for _, e := range c.Events() {
		if e.Props.Get("RRULE") == nil {
			continue
		}
		set, err := e.RecurrenceSet(paris)
		if err != nil {
			t.Fatal(err)
		}
		for _, at := range set.Between(h.at, h.at.AddDate(0, 0, 56), true) {
			dates[at.UTC()] = "on"
		}
	}
	for _, e := range c.Events() {
		id := e.Props.Get("RECURRENCE-ID")
		if id == nil {
			continue
		}
		at, err := id.DateTime(paris)
		if err != nil || dates[at.UTC()] == "" {
			t.Errorf("an exception for %v, which the series does not have (%v)", at, err)
		}
		delete(dates, at.UTC())
		starts, err := e.DateTimeStart(paris)
		status, _ := e.Status()
		if err != nil || e.Props.Get("SEQUENCE").Value != "1" {
			t.Errorf("%v: sequence %v", err, e.Props.Get("SEQUENCE"))
		}
		dates[starts.UTC()] = string(status)
	}
	want := map[time.Time]string{}
	for n, day := range []string{"2026-11-26", "2026-12-04", "2026-12-10", "2026-12-17", "2027-01-07", "2027-01-14"} {
		at, err := time.ParseInLocation("2006-01-02 15:04", day+" 18:30", paris)
		if err != nil {
			t.Fatal(err)
		}
		want[at.UTC()] = "on"
		switch n {
		case 1:
			delete(want, at.UTC())
			want[at.Add(-30*time.Minute).UTC()] = "CONFIRMED"
		case 2:
			want[at.UTC()] = "CANCELLED"
		}
	}
	if !maps.Equal(dates, want) {
		t.Errorf("the phone has\n%v\nwant\n%v", dates, want)
	}
	mine, _ := awa.calendar(awa.subscribes("mine"))
	if n := len(mine.Events()); n != 1 || mine.Events()[0].Props.Get("SUMMARY").Value != "Table de couture" {
		t.Errorf("my own calendar has %d events", n)
	}
	one, _ := awa.calendar(first + "/calendar.ics")
	if n := len(one.Events()); n != 1 {
		t.Errorf("the file has %d events", n)
	}
}

func TestAShutCalendarAnswersLikeNone(t *testing.T) {
	h := newHouse(t)
	awa := h.member("Awa").seesCalendars()
	path := awa.subscribes("mine")
	awa.calendar(path)
	awa.answers("/me/calendar", url.Values{"kind": {"mine"}, "act": {"shut"}})
	for _, p := range []string{path, strings.TrimSuffix(path, ".ics"), "/calendar/x.ics", "/calendar/" + strings.Repeat("x", 200) + ".ics"} {
		if _, status, _ := awa.asks(httptest.NewRequest(http.MethodGet, p, nil)); status == http.StatusOK {
			t.Errorf("%s answers", p)
		}
	}
	if doc, status, _ := awa.sends("/me/calendar", url.Values{"kind": {"both"}, "act": {"open"}}); status != http.StatusUnprocessableEntity || doc.Find("#kind-problem").Length() != 1 {
		t.Errorf("a calendar of another kind: %d", status)
	}
}

// dates are the ids of all the events, the first one first.
func (h *house) dates() (ids []string) {
	h.t.Helper()
	if err := h.db.Owner.NewRaw(`SELECT id FROM coop.events ORDER BY starts_at`).Scan(h.t.Context(), &ids); err != nil {
		h.t.Fatal(err)
	}
	return ids
}
