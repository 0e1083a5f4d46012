package coopweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"lien/server/page"
)

// taps is a proposal without a word typed.
func taps() url.Values {
	return url.Values{
		"key": {page.NewKey()}, "day": {"2026-11-28"}, "clock": {"10:00"}, "minutes": {"45"}, "meeting": {"common_room"},
		"bring": {"tools", "bag"},
	}
}

func TestAProposalIsMadeOfTapsAndReadInEachLanguage(t *testing.T) {
	h := newHouse(t)
	mehmet, nadia := h.member("Mehmet").seesMutualAid(), h.member("Nadia").seesMutualAid()
	nadia.Lang = "ar"
	listing := mehmet.posts("/listings", shelf())
	doc := nadia.opens(listing + "/propose")
	if got := doc.Find("form.paper input[type=text]:not(details *), form.paper textarea:not(details *)").Length(); got != 0 {
		t.Errorf("%d fields to type into", got)
	}
	if got := attr(doc.Find("[name=meeting]").First(), "value"); got != "common_room" {
		t.Errorf("the first place: %q", got)
	}
	at := nadia.posts(listing+"/propose", taps())
	for who, want := range map[*person][]string{
		mehmet: {"samedi à 10 h", "45 min", "Outils", "Cabas", "À la salle commune"},
		nadia:  {"السبت", "أدوات", "كيس", "في القاعة المشتركة"},
	} {
		facts := words(who.opens(at).Find(".facts"))
		for _, text := range want {
			if !strings.Contains(strings.ReplaceAll(facts, " ", " "), text) {
				t.Errorf("%s reads %q, want %q in it", who.Name, facts, text)
			}
		}
	}
}

func TestSomethingIsProposedToANeighbourWhomOneMet(t *testing.T) {
	h := newHouse(t)
	mehmet, awa, chloe := h.member("Mehmet").seesMutualAid(), h.member("Awa").seesMutualAid(), h.member("Chloé").seesMutualAid()
	meet(mehmet, awa)
	if got := words(awa.opens("/propose").Find(".line strong")); got != "Mehmet" {
		t.Errorf("she met %q", got)
	}
	if got := words(chloe.opens("/propose").Find(".empty")); got == "" {
		t.Error("an empty list says nothing")
	}
	to := attr(awa.opens("/propose").Find("a.line"), "href")
	if _, status, _ := chloe.asks(request(t, to)); status != http.StatusTeapot {
		t.Errorf("a stranger: got %d", status)
	}
	form := taps()
	form.Set("way", "give")
	form.Set("meeting", "theirs")
	doc, status, _ := awa.sends(to, form)
	if status != http.StatusUnprocessableEntity || words(doc.Find("#category-problem")) == "" || doc.Find("[value=give][checked]").Length() != 1 || doc.Find("[value=theirs][checked]").Length() != 1 {
		t.Errorf("without what: got %d, %q", status, words(doc.Find("#category-problem")))
	}
	form.Set("category", "cooking")
	at := awa.posts(to, form)
	doc = mehmet.opens(at)
	if got := words(doc.Find("h1")); got != "Cuisine" {
		t.Errorf("it is about %q", got)
	}
	if got := plain(doc.Find(".facts")); !strings.Contains(got, "Awa, pour vous") || !strings.Contains(got, "Chez moi") {
		t.Errorf("he reads %q", got)
	}
	mehmet.opens(at + "/counter")
	seen := attr(doc.Find("[name=seen]"), "value")
	counter := url.Values{"seen": {seen}, "day": {"2026-11-29"}, "clock": {"11:00"}, "minutes": {"60"}, "meeting": {"outside"}}
	bad := url.Values{"seen": {seen}, "date": {"2027-03-28"}, "time": {"02:30"}, "minutes": {"60"}, "meeting": {"outside"}}
	if doc, status, _ := mehmet.sends(at+"/counter", bad); status != http.StatusUnprocessableEntity || !strings.Contains(words(doc.Find("#when-problem")), "n’existe pas") {
		t.Errorf("a skipped hour: got %d %q", status, words(doc.Find("#when-problem")))
	}
	mehmet.posts(at+"/counter", counter)
	if got := plain(awa.opens(at).Find(".facts")); !strings.Contains(got, "dimanche à 11 h") || !strings.Contains(got, "Dehors") {
		t.Errorf("she reads %q", got)
	}
	awa.steps(at, "agree", nil)
}

// plain is what a page says, with spaces all alike and without the signs that set names apart.
func plain(s *goquery.Selection) string {
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u2068", "", "\u2069", "").Replace(words(s))
}

func TestThanksAndTheWayAreBetweenTheTwo(t *testing.T) {
	h := newHouse(t)
	mehmet, awa, aline := h.member("Mehmet").seesMutualAid(), h.member("Awa").seesMutualAid(), h.facilitator("Aline").seesMutualAid()
	listing := mehmet.posts("/listings", shelf())
	form := taps()
	form.Set("meeting", "mine")
	at := awa.posts(listing+"/propose", form)
	mehmet.steps(at, "agree", nil)
	awa.posts(at+"/way", url.Values{"way": {"Sonnez deux fois"}})
	if got := plain(mehmet.opens(at).Find("main")); !strings.Contains(got, "Sonnez deux fois") || !strings.Contains(got, "Chez Awa, Les Iris") {
		t.Errorf("he reads %q", got)
	}
	awa.posts(at+"/visit", url.Values{"whom": {aline.Member.String()}})
	awa.posts(at+"/visit/arrived", nil)
	if got := plain(awa.opens(at).Find("main")); !strings.Contains(got, "sait que vous y êtes. Sans nouvelles vers 11 h 45") {
		t.Errorf("she reads %q", got)
	}
	if got := words(awa.opens(at + "/visit").Find(".sea")); !strings.Contains(got, "Aline") {
		t.Errorf("who knows: %q", got)
	}
	if got := plain(mehmet.opens(at).Find("main")); strings.Contains(got, "Aline") {
		t.Error("the other one reads who knows")
	}
	awa.posts(at+"/visit/left", nil)
	h.at = h.at.AddDate(0, 0, 6)
	mehmet.steps(at, "claim", url.Values{"minutes": {"45"}})
	if got := plain(mehmet.opens(at).Find("main")); strings.Contains(got, "Sonnez") || strings.Contains(got, "Les Iris") {
		t.Errorf("the door is still told: %q", got)
	}
	awa.steps(at, "confirm", url.Values{"minutes": {"45"}})
	doc, status, _ := awa.sends(at+"/thanks", url.Values{"thanks": {" "}})
	if status != http.StatusUnprocessableEntity || words(doc.Find("#thanks-problem")) == "" {
		t.Errorf("no words: got %d", status)
	}
	awa.posts(at+"/thanks", url.Values{"thanks": {"Elle tient, merci !"}})
	if got := words(mehmet.opens(at).Find(".sea")); !strings.Contains(got, "Elle tient, merci !") {
		t.Errorf("he reads %q", got)
	}
	mehmet.posts(at+"/thanks/show", url.Values{"shown": {"yes"}})
	mehmet.posts(at+"/thanks/report", nil)
	doc = aline.opens("/desk/agreements")
	by := attr(doc.Find(".salmon [name=by]"), "value")
	aline.posts("/desk"+at+"/thanks", url.Values{"by": {by}, "down": {"yes"}})
	if got := words(mehmet.opens(at).Find(".sea")); strings.Contains(got, "Elle tient") {
		t.Errorf("taken down, he reads %q", got)
	}
	for _, lang := range page.Codes() {
		awa.Lang, mehmet.Lang = lang, lang
		for who, paths := range map[*person][]string{awa: {at, "/propose", at + "/visit"}, mehmet: {at}} {
			for _, path := range paths {
				who.opens(path)
			}
		}
	}
}
