package coopweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"lien/server/page"
)

func ruleForm() url.Values {
	return url.Values{
		"key": {page.NewKey()}, "why": {"illness"}, "words": {"Deux heures quand on est malade."}, "minutes": {"2"}, "each": {"4 h 30"}, "all": {"40"}, "voted_on": {"2026-11-20"},
	}
}

func TestTheFundIsVotedAskedAndAnsweredInPrivate(t *testing.T) {
	h := newHouse(t)
	aline, awa, bob := h.facilitator("Aline").seesMutualAid(), h.member("Awa").seesMutualAid(), h.member("Bob").seesMutualAid()
	aline.posts("/fund/rules", ruleForm())
	bob.posts("/hours/give", url.Values{"key": {page.NewKey()}, "to": {"fund"}, "minutes": {"180"}, "sure": {"yes"}})
	doc := awa.opens("/fund")
	if got := words(doc.Find("[aria-labelledby=rules]")); !strings.Contains(got, "Deux heures quand on est malade.") {
		t.Errorf("the rules say %q", got)
	}
	if n := doc.Find(".lilac, form[action$='/end']").Length(); n != 0 {
		t.Errorf("a neighbour sees %d of what is the stewards'", n)
	}
	if got := words(doc.Find("[aria-labelledby=sums]")); !strings.Contains(got, "11 personnes") || strings.Contains(got, "3 h") {
		t.Errorf("the sums say %q", got)
	}
	rule := attr(awa.opens("/fund/ask").Find("[name=rule]"), "value")
	at := awa.posts("/fund/ask", url.Values{"key": {page.NewKey()}, "rule": {rule}, "words": {"Une mauvaise grippe."}})
	if _, status, _ := bob.sends(at+"/grant", url.Values{"seen": {"1"}}); status != http.StatusTeapot {
		t.Errorf("a neighbour's answer: got %d", status)
	}
	if got := attr(aline.opens("/fund/asked").Find("a.line"), "href"); got != at {
		t.Fatalf("what waits leads to %q, want %q", got, at)
	}
	if doc, status, _ := aline.sends(at+"/refuse", url.Values{"seen": {"1"}}); status != http.StatusUnprocessableEntity || words(doc.Find("#answer-problem")) == "" {
		t.Errorf("no without a word: got %d", status)
	}
	aline.posts(at+"/grant", url.Values{"seen": {"1"}})
	if got := words(awa.opens(at).Find("h2.words")); !strings.Contains(got, "C’est oui") {
		t.Errorf("she reads %q", got)
	}
	if _, status, _ := aline.sends(at+"/refuse", url.Values{"seen": {"1"}, "answer": {"Non."}}); status != http.StatusTeapot {
		t.Errorf("a second answer: got %d", status)
	}
	if got := words(awa.opens("/hours").Find("a.line strong").First()); got != "Le pot solidaire" {
		t.Errorf("her story says %q", got)
	}
}

func TestWhatIsVotedKeepsWhatWasTypedWhenItIsRefused(t *testing.T) {
	h := newHouse(t)
	aline := h.facilitator("Aline").seesMutualAid()
	for name, c := range map[string]struct{ field, value, problem string }{
		"no reason":       {"why", "", "#why-problem"},
		"hours in words":  {"minutes", "deux", "#minutes-problem"},
		"sixty minutes":   {"minutes", "1 h 60", "#minutes-problem"},
		"negative":        {"minutes", "-1", "#minutes-problem"},
		"less than once":  {"each", "1", "#each-problem"},
		"less than one's": {"all", "3", "#all-problem"},
		"tomorrow":        {"voted_on", "2026-11-24", "#voted_on-problem"},
		"no day":          {"voted_on", "hier", "#voted_on-problem"},
		"no words":        {"words", " ", "#words-problem"},
		"a NUL byte":      {"words", "a\x00b", "#words-problem"},
	} {
		form := ruleForm()
		form.Set(c.field, c.value)
		doc, status, _ := aline.sends("/fund/rules", form)
		if status != http.StatusUnprocessableEntity || words(doc.Find(c.problem)) == "" {
			t.Errorf("%s: got %d, beside the field %q", name, status, words(doc.Find(c.problem)))
		}
		if got := attr(doc.Find("[name=each]"), "value"); got != form.Get("each") {
			t.Errorf("%s: what was typed is lost: %q", name, got)
		}
	}
}

func TestLimitsAreWrittenDownWithTheirVote(t *testing.T) {
	h := newHouse(t)
	aline, bob := h.facilitator("Aline").seesMutualAid(), h.member("Bob").seesMutualAid()
	bob.posts("/hours/give", url.Values{"key": {page.NewKey()}, "to": {"fund"}, "minutes": {"30"}, "sure": {"yes"}})
	form := url.Values{
		"key": {page.NewKey()}, "seen": {attr(aline.opens("/hours/limits").Find("[name=seen]"), "value")},
		"soft": {"0"}, "hard": {"8"}, "ceiling": {"30"}, "per_act": {"1h30"}, "voted_on": {"2026-11-20"}, "words": {"Voté en assemblée."},
	}
	for field, value := range map[string]string{"hard": "x", "ceiling": "0", "per_act": "25", "voted_on": ""} {
		bad := url.Values{}
		for name, values := range form {
			bad[name] = values
		}
		bad.Set(field, value)
		if doc, status, _ := aline.sends("/hours/limits", bad); status != http.StatusUnprocessableEntity || words(doc.Find("#"+field+"-problem")) == "" {
			t.Errorf("%s %q: got %d", field, value, status)
		}
	}
	aline.posts("/hours/limits", form)
	if got := words(aline.opens("/hours/limits").Find(".thread .now")); !strings.Contains(got, "Aline") || !strings.Contains(got, "Voté en assemblée.") {
		t.Errorf("the history says %q", got)
	}
	low := aline.opens("/hours/low")
	if got := words(low.Find("a.line strong")); got != "Bob" {
		t.Errorf("who could do with an idea: %q", got)
	}
	if n := words(low.Find("main")); strings.Contains(n, "30 min") || strings.Contains(n, "h 30") {
		t.Errorf("it says how much: %q", n)
	}
}

func TestTheFundReadsInEveryLanguage(t *testing.T) {
	h := newHouse(t)
	aline, awa := h.facilitator("Aline").seesMutualAid(), h.member("Awa").seesMutualAid()
	aline.posts("/fund/rules", ruleForm())
	aline.posts("/fund/minting", url.Values{"key": {page.NewKey()}, "cap": {"10"}, "words": {"Dix heures au plus."}, "voted_on": {"2026-11-20"}})
	rule := attr(awa.opens("/fund/ask").Find("[name=rule]"), "value")
	at := awa.posts("/fund/ask", url.Values{"key": {page.NewKey()}, "rule": {rule}})
	for _, lang := range page.Codes() {
		for who, paths := range map[*person][]string{
			awa:   {"/fund", "/fund/ask", at},
			aline: {"/fund", "/fund/asked", at, "/fund/rules/new", "/fund/minting", "/hours/limits", "/hours/low"},
		} {
			who.Lang = lang
			for _, path := range paths {
				if got := attr(who.opens(path).Find("html"), "lang"); got != lang {
					t.Errorf("%s: got %q, want %q", path, got, lang)
				}
			}
		}
	}
}
