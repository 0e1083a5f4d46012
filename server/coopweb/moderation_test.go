package coopweb_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"lien/server/page"
)

func TestAReportBecomesADecisionThatAnotherPersonMayChange(t *testing.T) {
	h := newHouse(t)
	at := "/boards/" + h.hang(h.place).String()
	awa, ben := h.member("Awa").seesBoards(), h.member("Ben").seesBoards()
	aline, omar := h.facilitator("Aline").seesBoards(), h.facilitator("Omar").seesBoards()
	notice := awa.pins(at, "Je vends mon canapé.")
	if got := awa.opens(notice).Find("a[href$='/report']").Length(); got != 0 {
		t.Error("somebody is asked to report their own words")
	}
	if _, status, to := ben.sends(notice+"/report", url.Values{"reason": {"money"}, "words": {"C’est cher."}}); status != http.StatusSeeOther || to != at {
		t.Fatalf("reporting: %d to %q", status, to)
	}
	path := aline.opens("/desk/moderation").Find("a.line").AttrOr("href", "")
	if got := words(aline.opens(path).Selection); !strings.Contains(got, "canapé") || !strings.Contains(got, "Ben") {
		t.Errorf("the desk reads %q", got)
	}
	doc, status, _ := aline.sends(path, url.Values{"seen": {"0"}, "step": {"hide"}, "words": {"Sans prix."}})
	if status != http.StatusUnprocessableEntity || doc.Find("#rule-problem").Length() != 1 || !strings.Contains(words(doc.Find("textarea")), "Sans prix.") {
		t.Errorf("without a rule: %d", status)
	}
	aline.sends(path, url.Values{"seen": {"0"}, "step": {"hide"}, "rule": {"money"}, "words": {"Sans prix."}})
	own := awa.opens(at).Find(".shut a").AttrOr("href", "")
	if got := words(awa.opens(own).Selection); !strings.Contains(got, "ni vente ni argent") || !strings.Contains(got, "Sans prix.") || strings.Contains(got, "Ben") {
		t.Errorf("the author reads %q", got)
	}
	if _, status, _ := ben.asks(httptest.NewRequest(http.MethodGet, own, nil)); status == http.StatusOK {
		t.Error("a neighbour reads what was decided about somebody else")
	}
	if _, status, to := awa.sends(own+"/contest", url.Values{"seen": {"1"}, "words": {"Je le donne, c’était une blague."}}); status != http.StatusSeeOther || to != own {
		t.Errorf("contesting: %d to %q", status, to)
	}
	if got := words(aline.opens(path).Find("section").Last()); !strings.Contains(got, "autre personne") {
		t.Errorf("who hid it is asked: %q", got)
	}
	omar.sends(path, url.Values{"seen": {"2"}, "step": {"restore"}, "words": {"D’accord."}})
	if got := words(ben.opens(at).Find("article")); !strings.Contains(got, "canapé") {
		t.Errorf("restored and not there: %q", got)
	}
}

func TestThePaceIsWrittenDownWithItsVote(t *testing.T) {
	h := newHouse(t)
	aline := h.facilitator("Aline").seesBoards()
	form := url.Values{
		"key": {page.NewKey()}, "seen": {"0"}, "notices": {"3"}, "comments": {"10"}, "minutes": {"30"}, "reports": {"5"},
		"quiet_from": {"22:00"}, "quiet_until": {"07:00"}, "voted_on": {"2026-01-10"}, "words": {"La nuit, on dort."},
	}
	for field, value := range map[string]string{"notices": "0", "quiet_from": "tard", "voted_on": "2099-01-01", "words": "", "key": "?"} {
		wrong := url.Values{}
		for k, v := range form {
			wrong[k] = v
		}
		wrong.Set(field, value)
		if doc, status, _ := aline.sends("/desk/pace", wrong); status != http.StatusUnprocessableEntity || doc.Find("#"+field+"-problem").Length() != 1 {
			t.Errorf("%s %q: got %d", field, value, status)
		}
	}
	aline.sends("/desk/pace", form)
	if got := words(aline.opens("/desk/pace").Find(".thread")); !strings.Contains(got, "22:00") || !strings.Contains(got, "La nuit, on dort.") {
		t.Errorf("the history says %q", got)
	}
}
