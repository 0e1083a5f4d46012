package coopweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"
)

func (p *person) seesSeries() *person {
	w := p.h.web
	return p.sees(func(app *fiber.App) {
		app.Get("/events/new", w.NewEvent)
		app.Post("/events", w.AnnounceEvent)
		app.Get("/events/:id", w.ShowEvent)
		app.Post("/events/:id/answer", w.AnswerEvent)
		app.Get("/events/:id/edit", w.EditEvent)
		app.Post("/events/:id/edit", w.ChangeEvent)
		app.Get("/events/:id/cancel", w.AskCancelEvent)
		app.Post("/events/:id/cancel", w.CancelEvent)
		app.Get("/series/:id", w.ShowSeries)
		app.Get("/inbox", w.ShowInbox)
	})
}

// everyThursday is the sewing table, as a series.
func everyThursday(rhythm string) url.Values {
	form := sewing("12")
	form.Set("rhythm", rhythm)
	form["skip"] = []string{"public", "school"}
	return form
}

func TestASeriesIsBegunWithAFormThatOneUnderstands(t *testing.T) {
	h := newHouse(t)
	nadia := h.member("Nadia").seesSeries()
	_, status, at := nadia.sends("/events", everyThursday("week"))
	if status != http.StatusSeeOther {
		t.Fatalf("got %d", status)
	}
	doc := nadia.opens(at)
	if got := words(doc.Find(".facts")); !strings.Contains(got, "Chaque jeudi") {
		t.Errorf("the rhythm: got %q", got)
	}
	link := doc.Find(`a[href^="/series/"]`).AttrOr("href", "")
	series := nadia.opens(link)
	if got := words(series.Find(".canary")); !strings.Contains(got, "jeudi 24 décembre") || !strings.Contains(got, "jeudi 31 décembre") || !strings.Contains(got, "connues jusqu’au mardi 31 août 2027") {
		t.Errorf("what is left out: got %q", got)
	}
	if n := series.Find(".thread h3").Length(); n != 6 {
		t.Errorf("%d dates are shown, want 6", n)
	}
}

func TestARefusedSeriesKeepsWhatWasTyped(t *testing.T) {
	h := newHouse(t)
	nadia := h.member("Nadia").seesSeries()
	form := everyThursday("month_last")
	form.Set("day", "2026-12-17")
	form.Set("last", "2027-06-30")
	doc, status, _ := nadia.sends("/events", form)
	if got := words(doc.Find("#day-problem")); status != http.StatusUnprocessableEntity || !strings.Contains(got, "n’est pas le dernier de son mois") {
		t.Errorf("got %d: %q", status, got)
	}
	if doc.Find("details[open] input[name=rhythm][value=month_last][checked]").Length() != 1 || doc.Find("input[name=skip][checked]").Length() != 2 || doc.Find("input[name=last]").AttrOr("value", "") != "2027-06-30" {
		t.Error("what was chosen is lost")
	}
	form.Set("rhythm", "week")
	form.Set("day", "2027-03-28")
	form.Set("from", "02:30")
	form.Set("until", "04:00")
	form.Del("skip")
	doc, _, _ = nadia.sends("/events", form)
	if got := words(doc.Find("#from-problem")); !strings.Contains(got, "cette heure n’existe pas") {
		t.Errorf("beside the hour: got %q", got)
	}
}

func TestAChangeIsShownBeforeItIsMadeAndWhoComesIsTold(t *testing.T) {
	h := newHouse(t)
	nadia, awa := h.member("Nadia").seesSeries(), h.member("Awa").seesSeries()
	_, _, at := nadia.sends("/events", everyThursday("week"))
	awa.answers(at+"/answer", yes)
	form := url.Values{
		"scope": {"next"}, "title": {"Table de couture"}, "details": {"Du thé."}, "place": {"Jardin partagé"}, "day": {"2026-11-26"},
		"from": {"18:00"}, "until": {"20:00"}, "capacity": {"12"},
	}
	doc, status, _ := nadia.sends(at+"/edit", form)
	if got := words(doc.Find("form ul")); status != http.StatusOK || !strings.Contains(got, "6 dates sont concernées") || !strings.Contains(got, "1 personne inscrite sera prévenue") {
		t.Errorf("got %d: %q", status, got)
	}
	if got := words(nadia.opens(at).Find(".facts")); !strings.Contains(got, "Salle commune") {
		t.Errorf("it changed before it was sure: %q", got)
	}
	form.Set("sure", "yes")
	if _, status, to := nadia.sends(at+"/edit", form); status != http.StatusSeeOther || to != at {
		t.Fatalf("got %d to %s", status, to)
	}
	if got := words(awa.opens(at).Find(".facts")); !strings.Contains(got, "Jardin partagé") || !strings.Contains(got, "de 18 h à 20 h") {
		t.Errorf("got %q", got)
	}
	if got := words(awa.opens("/inbox").Find("main")); !strings.Contains(got, "change d’heure ou de lieu") {
		t.Errorf("the inbox: %q", got)
	}
	if _, status, _ := awa.sends(at+"/edit", form); status != http.StatusTeapot {
		t.Errorf("who does not run it changes it: %d", status)
	}
}

func TestASeriesIsEndedFromADateOn(t *testing.T) {
	h := newHouse(t)
	nadia := h.member("Nadia").seesSeries()
	_, _, at := nadia.sends("/events", everyThursday("week"))
	if got := words(nadia.opens(at + "/cancel").Find("form")); !strings.Contains(got, "6 dates sont concernées") {
		t.Errorf("got %q", got)
	}
	if _, status, _ := nadia.sends(at+"/cancel", url.Values{"scope": {"next"}, "why": {"La salle ferme."}}); status != http.StatusSeeOther {
		t.Errorf("got %d", status)
	}
	var on int
	if err := h.db.Owner.NewRaw(`SELECT count(*) FROM coop.events WHERE state = 'on'`).Scan(t.Context(), &on); err != nil || on != 0 {
		t.Errorf("%d dates are still on (%v)", on, err)
	}
}
