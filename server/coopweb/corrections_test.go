package coopweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"lien/server/page"
)

func TestAMistakeIsPutRightByItsReference(t *testing.T) {
	h := newHouse(t)
	aline, awa, bob := h.facilitator("Aline").seesMutualAid(), h.member("Awa").seesMutualAid(), h.member("Bob").seesMutualAid()
	line := awa.posts("/hours/give", url.Values{"key": {page.NewKey()}, "to": {bob.Member.String()}, "minutes": {"90"}, "sure": {"yes"}})
	line = strings.TrimSuffix(line, "?new=yes")
	reference := words(awa.opens(line).Find(".code"))
	for typed, want := range map[string]int{"": 422, "abc": 422, "0000000000": 422, "a\xff": 422, reference: 200} {
		doc, status, _ := aline.sends("/desk/corrections", url.Values{"reference": {typed}})
		if status != want || want == 422 && words(doc.Find("#reference-problem")) == "" {
			t.Errorf("%q: got %d, want %d", typed, status, want)
		}
	}
	doc, _, _ := aline.sends("/desk/corrections", url.Values{"reference": {reference}})
	at := attr(doc.Find("a.line"), "href")
	if doc, status, _ := aline.sends(at, url.Values{"words": {""}}); status != http.StatusUnprocessableEntity || words(doc.Find("#words-problem")) == "" {
		t.Errorf("without a reason: got %d", status)
	}
	if got := aline.posts(at, url.Values{"words": {"Donné deux fois."}}); got != "/desk/corrections?done=yes" {
		t.Errorf("it leads to %q", got)
	}
	if _, status, _ := aline.sends(at, url.Values{"words": {"Encore."}}); status != http.StatusTeapot {
		t.Errorf("twice: got %d", status)
	}
	if got := words(awa.opens(line).Find(".said")); got != "Donné deux fois." {
		t.Errorf("she reads why: %q", got)
	}
	for _, lang := range page.Codes() {
		aline.Lang, awa.Lang = lang, lang
		for _, path := range []string{"/desk/corrections", at} {
			aline.opens(path)
		}
		awa.opens(line)
	}
}
