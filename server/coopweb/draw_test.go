package coopweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestADrawIsReadByEachForThemselves(t *testing.T) {
	h := newHouse(t)
	nadia, awa, paul := h.member("Nadia").seesEvents(), h.member("Awa").seesEvents(), h.member("Paul").seesEvents()
	form := sewing("1")
	form.Set("draw", "2026-11-24")
	_, status, at := nadia.sends("/events", form)
	if status != http.StatusSeeOther {
		t.Fatalf("got %d", status)
	}
	for _, p := range []*person{awa, paul} {
		p.answers(at+"/answer", yes)
		if got := words(p.opens(at).Find("form.paper")); !strings.Contains(got, "Votre nom est noté") {
			t.Errorf("got %q", got)
		}
	}
	h.at = time.Date(2026, 11, 24, 11, 0, 0, 0, time.UTC)
	if _, err := h.web.Events.PassOn(t.Context()); err != nil {
		t.Fatal(err)
	}
	won, queued := 0, 0
	for _, p := range []*person{awa, paul} {
		got := words(p.opens(at).Find("main"))
		if strings.Contains(got, "Vous avez une place.") {
			won++
		}
		if strings.Contains(got, "au rang 2 du tirage") {
			queued++
		}
		if !strings.Contains(got, "Vous aviez 6 billets, deux de plus") || !strings.Contains(got, "avec 12 billets en tout") {
			t.Errorf("the reason is missing: %q", got)
		}
		if strings.Contains(got, "Awa") || strings.Contains(got, "Paul") {
			t.Errorf("somebody is named: %q", got)
		}
	}
	if won != 1 || queued != 1 {
		t.Errorf("%d have the place and %d wait, want one and one", won, queued)
	}
	if got := words(nadia.opens(at).Find("main")); !strings.Contains(got, "Vous n’aviez pas mis votre nom.") {
		t.Errorf("got %q", got)
	}
}

func TestARefusedDrawKeepsItsDayAndSaysWhy(t *testing.T) {
	h := newHouse(t)
	nadia := h.member("Nadia").seesEvents()
	form := sewing("")
	form.Set("draw", "2026-11-24")
	form.Set("newcomers", "2")
	doc, status, _ := nadia.sends("/events", form)
	if status != http.StatusUnprocessableEntity || words(doc.Find("#newcomers-problem")) == "" {
		t.Errorf("got %d, %q", status, words(doc.Find("#newcomers-problem")))
	}
	form.Del("newcomers")
	doc, status, _ = nadia.sends("/events", form)
	if day, _ := doc.Find("input[name=draw]").Attr("value"); status != http.StatusUnprocessableEntity || day != "2026-11-24" || words(doc.Find("#draw-problem")) == "" {
		t.Errorf("got %d, day %q, %q", status, day, words(doc.Find("#draw-problem")))
	}
	if doc.Find("details[open] input[name=draw]").Length() != 1 {
		t.Error("the part with the problem is shut")
	}
}

func TestAChangeKeepsWhoThereIsRoomFor(t *testing.T) {
	h := newHouse(t)
	nadia, awa := h.member("Nadia").seesSeries(), h.member("Awa").seesEvents()
	form := sewing("6")
	form.Set("guests", "1")
	form.Set("newcomers", "2")
	_, status, at := nadia.sends("/events", form)
	if status != http.StatusSeeOther {
		t.Fatalf("got %d", status)
	}
	change := url.Values{}
	for _, in := range nadia.opens(at + "/edit").Find("main form input, main form textarea").EachIter() {
		name, _ := in.Attr("name")
		value, _ := in.Attr("value")
		if kind, _ := in.Attr("type"); kind == "radio" {
			if _, chosen := in.Attr("checked"); !chosen {
				continue
			}
		}
		change.Set(name, value)
	}
	change.Set("title", "Grande table de couture")
	doc, status, _ := nadia.sends(at+"/edit", change)
	if status != http.StatusOK {
		t.Fatalf("the preview: got %d: %s", status, words(doc.Find(".tag.late")))
	}
	sure := url.Values{"sure": {"yes"}}
	for _, in := range doc.Find("main form input[type=hidden]").EachIter() {
		name, _ := in.Attr("name")
		value, _ := in.Attr("value")
		sure.Set(name, value)
	}
	if _, status, _ = nadia.sends(at+"/edit", sure); status != http.StatusSeeOther {
		t.Fatalf("the change: got %d", status)
	}
	if got := awa.opens(at).Find("select[name=guests] option").Length(); got != 2 {
		t.Errorf("%d sizes of a party, want alone and with one", got)
	}
	if got := words(awa.opens(at).Find("main")); !strings.Contains(got, "Grande table") || !strings.Contains(got, "2 sont gardées") {
		t.Errorf("got %q", got)
	}
}
