package coopweb_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestANoticeIsChangedAndItsHistoryRead(t *testing.T) {
	h := newHouse(t)
	at := "/boards/" + h.hang(h.place).String()
	awa, ben, aline := h.member("Awa").seesBoards(), h.member("Ben").seesBoards(), h.facilitator("Aline").seesBoards()
	notice := awa.pins(at, "Qui a une marmite ?")
	if _, status, _ := ben.asks(httptest.NewRequest(http.MethodGet, notice+"/edit", nil)); status == http.StatusOK {
		t.Error("a neighbour may change it")
	}
	form := url.Values{"seen": {"0"}, "kind": {"help"}, "title": {"Une marmite"}, "body": {""}, "language": {"ar"}}
	doc, status, _ := awa.sends(notice+"/edit", form)
	if status != http.StatusUnprocessableEntity || doc.Find("#body-problem").Length() != 1 || doc.Find("#title").AttrOr("value", "") != "Une marmite" {
		t.Errorf("nothing to say: %d", status)
	}
	form.Set("body", "Qui a une grande marmite ?")
	if _, status, to := awa.sends(notice+"/edit", form); status != http.StatusSeeOther || to != notice {
		t.Errorf("got %d to %q", status, to)
	}
	article := ben.opens(at).Find("article")
	if got := words(article); !strings.Contains(got, "grande marmite") || !strings.Contains(got, "Modifié") || article.Find("[lang=ar]").Length() == 0 {
		t.Errorf("the board reads %q", got)
	}
	if got := words(ben.opens(notice + "/history").Find("article")); !strings.Contains(got, "Qui a une marmite ?") {
		t.Errorf("the history reads %q", got)
	}
	aline.sends(notice+"/top", url.Values{"top": {"yes"}})
	if got := words(ben.opens(at).Find("article")); !strings.Contains(got, "En haut du tableau") {
		t.Errorf("at the top: %q", got)
	}
}

func TestWhatEndedIsPutBackByItsAuthor(t *testing.T) {
	h := newHouse(t)
	at := "/boards/" + h.hang(h.place).String()
	awa, ben := h.member("Awa").seesBoards(), h.member("Ben").seesBoards()
	form := said("Une écharpe rouge")
	form.Set("days", "x")
	if doc, status, _ := awa.sends(at, form); status != http.StatusUnprocessableEntity || doc.Find("#days-problem").Length() != 1 {
		t.Errorf("no number of days: %d", status)
	}
	form.Set("days", "7")
	_, _, to := awa.sends(at, form)
	_, id, _ := strings.Cut(to, "#notice-")
	h.at = h.at.Add(8 * 24 * time.Hour)
	if n, err := h.web.Boards.Due(t.Context()); err != nil || n != 1 {
		t.Fatalf("%d ended: %v", n, err)
	}
	if got := ben.opens(at).Find("article").Length(); got != 0 {
		t.Errorf("%d still hang", got)
	}
	notice := "/notices/" + id
	if doc, status, _ := awa.sends(notice+"/renew", url.Values{"days": {"9"}}); status != http.StatusUnprocessableEntity || doc.Find("#days-problem").Length() != 1 {
		t.Errorf("nine days: %d", status)
	}
	awa.sends(notice+"/renew", url.Values{"days": {"30"}})
	if got := words(ben.opens(at).Find("article")); !strings.Contains(got, "écharpe rouge") || !strings.Contains(got, "jusqu’à") {
		t.Errorf("back: %q", got)
	}
}
