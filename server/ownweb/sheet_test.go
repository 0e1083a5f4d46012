package ownweb_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/uuid"

	"lien/support/bond"
)

func TestTheSheetShowsWhatTheScreenShowsAndOpensNothing(t *testing.T) {
	h := newHouse(t)
	awa, home := h.member(true), h.household(h.claire)
	if status, _ := asks(t, h.phone(awa, "fr"), httptest.NewRequest(http.MethodGet, "/private/share/print", nil)); status != http.StatusSeeOther {
		t.Errorf("a sheet for whom nobody accompanies: %d", status)
	}
	h.joins(awa, home, h.claire)
	must(t, h.door.Pick(t.Context(), awa, "J’ai tenu la table de couture.", uuid.NewString()))
	h.consents(awa, bond.ScopeHighlights)
	for _, lang := range []string{"fr", "en", "ar"} {
		screen, paper := h.drawnOn(t, opens(t, h.phone(awa, lang), "/private/share?since=past")), opens(t, h.phone(awa, lang), "/private/share/print?since=past")
		if got := h.drawnOn(t, paper); got != screen || len(got) < 80 {
			t.Errorf("%s: the paper shows %q, the screen %q", lang, got, screen)
		}
		if strings.Contains(paper, "<form") || !strings.Contains(paper, `lang="`+lang+`"`) {
			t.Errorf("%s: the sheet acts, or speaks another language", lang)
		}
	}
	shown := h.reads(h.claire, home)
	if shown == nil || shown.Summary != nil {
		t.Errorf("printing opened something: %+v", shown)
	}
}

// drawnOn is what a page draws of a person's participation.
func (h *house) drawnOn(t *testing.T, body string) string {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(body))
	must(t, err)
	return strings.Join(strings.Fields(doc.Find(".bands, table, .said").Text()), " ")
}
