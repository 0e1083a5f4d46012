package coopweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"lien/server/page"
)

func TestHoursAreGivenAfterAskingOnceMore(t *testing.T) {
	h := newHouse(t)
	awa, bob := h.member("Awa").seesMutualAid(), h.member("Bob").seesMutualAid()
	h.sql(`INSERT INTO coop.directory (cooperative_id, member_id, listed, shows, likes, likes_language, changed_at)
		VALUES (?, ?, true, '{}', '', 'fr', ?)`, h.cooperative, bob.Member, h.at)
	doc, status, _ := awa.sends("/hours/give/find", url.Values{"words": {"bob"}})
	to := attr(doc.Find("a.line[href*='to=']:contains('Bob')"), "href")
	if status != http.StatusOK || to == "" {
		t.Fatalf("Bob is not found: %d %s", status, words(doc.Find("main")))
	}
	key := attr(awa.opens(to).Find("[name=key]"), "value")
	form := url.Values{"key": {key}, "to": {bob.Member.String()}, "minutes": {"90"}, "words": {"Merci pour tout"}}
	doc, status, _ = awa.sends("/hours/give", form)
	if got := words(doc.Find("form .words").First()); status != http.StatusOK || !strings.Contains(got, "Offrir") || !strings.Contains(got, "Bob") {
		t.Fatalf("once more: got %d %q", status, got)
	}
	if got := words(awa.opens("/hours").Find(".bands")); got != "" {
		t.Errorf("given before the yes: %q", got)
	}
	form.Set("sure", "yes")
	at := awa.posts("/hours/give", form)
	if again := awa.posts("/hours/give", form); again != at {
		t.Errorf("a double tap leads to %s and %s", at, again)
	}
	if got := words(bob.opens(strings.TrimSuffix(at, "?new=yes")).Find(".said")); got != "Merci pour tout" {
		t.Errorf("Bob reads %q", got)
	}
	if got := words(awa.opens(at).Find("[role=status]")); got == "" {
		t.Error("nobody thanks")
	}
}

func TestARefusedGiftKeepsWhatWasTyped(t *testing.T) {
	h := newHouse(t)
	awa, bob := h.member("Awa").seesMutualAid(), h.member("Bob")
	for name, c := range map[string]struct{ field, value, problem string }{
		"nothing":  {"minutes", "0", "#minutes-problem"},
		"negative": {"other", "-5", "#minutes-problem"},
		"a day":    {"other", "1441", "#minutes-problem"},

		"a broken text": {"words", "a\xff", "#words-problem"},
		"no key":        {"key", "x", "#key-problem"},
	} {
		for _, sure := range []string{"", "yes"} {
			form := url.Values{"key": {page.NewKey()}, "to": {bob.Member.String()}, "minutes": {"60"}, "words": {"Pour toi"}, "sure": {sure}}
			form.Set(c.field, c.value)
			doc, status, _ := awa.sends("/hours/give", form)
			if status != http.StatusUnprocessableEntity || words(doc.Find(c.problem)) == "" {
				t.Errorf("%s: got %d, beside the field %q", name, status, words(doc.Find(c.problem)))
			}
			if c.field != "words" && doc.Find("textarea").Text() != "Pour toi" {
				t.Errorf("%s: the words are lost", name)
			}
		}
	}
}

func TestGivingReadsInEveryLanguage(t *testing.T) {
	h := newHouse(t)
	awa, bob := h.member("Awa").seesMutualAid(), h.member("Bob").seesMutualAid()
	form := url.Values{"key": {page.NewKey()}, "to": {bob.Member.String()}, "minutes": {"60"}, "words": {"Pour toi"}, "sure": {"yes"}}
	at := awa.posts("/hours/give", form)
	for _, lang := range page.Codes() {
		awa.Lang = lang
		for _, path := range []string{"/hours/give", "/hours/give?to=fund", "/hours/give?to=" + bob.Member.String(), at} {
			if got := attr(awa.opens(path).Find("html"), "lang"); got != lang {
				t.Errorf("%s: got %q, want %q", path, got, lang)
			}
		}
	}
}
