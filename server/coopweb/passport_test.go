package coopweb_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/gofiber/fiber/v2"

	"lien/server/page"
)

func (p *person) seesPassport() *person {
	w := p.h.web
	return p.sees(func(app *fiber.App) {
		app.Get("/passport", w.ShowPassport)
		app.Post("/passport", w.IssuePassport)
		app.Get("/passport/:id", w.ShowPassportSheet)
		app.Post("/passport/:id/withdraw", w.WithdrawPassport)
		app.Get("/check/:token", w.CheckPassport)
	})
}

func sheetOf(name string) url.Values {
	return url.Values{"key": {page.NewKey()}, "name": {name}, "since": {"yes"}, "days": {"30"}, "words": {"J’aime lire à voix haute."}}
}

// check is a stranger's look at an address.
func (p *person) checks(address string) (text string, status int, headers http.Header) {
	p.h.t.Helper()
	answer, err := p.app.Test(httptest.NewRequest(http.MethodGet, address, nil), -1)
	if err != nil {
		p.h.t.Fatal(err)
	}
	defer answer.Body.Close()
	doc, err := goquery.NewDocumentFromReader(answer.Body)
	if err != nil {
		p.h.t.Fatal(err)
	}
	return words(doc.Find("main")), answer.StatusCode, answer.Header
}

func TestAStrangerChecksAPassportWithoutAnAccount(t *testing.T) {
	h := newHouse(t)
	awa := h.member("Awa").seesPassport()
	stranger := (&person{h: h}).seesPassport()
	at := awa.posts("/passport", sheetOf("Awa D."))
	address := words(awa.opens(at).Find(".address"))
	if !strings.HasPrefix(address, "https://lien.test/check/") || awa.opens(at).Find("svg.qr").Length() != 1 {
		t.Fatalf("the sheet has no address to check: %q", address)
	}
	path := strings.TrimPrefix(address, "https://lien.test")
	text, status, headers := stranger.checks(path)
	if status != http.StatusOK || !strings.Contains(text, "Valable aujourd’hui") || !strings.Contains(text, "Awa D.") || !strings.Contains(text, "lire à voix haute") {
		t.Errorf("%d: %s", status, text)
	}
	if headers.Get("Cache-Control") != "no-store" || !strings.Contains(headers.Get("X-Robots-Tag"), "noindex") {
		t.Errorf("a passport could be kept: %v", headers)
	}
	if got := words(awa.opens("/passport").Find("main")); !strings.Contains(got, "vérifié pour la dernière fois") {
		t.Errorf("the member does not see that somebody looked: %s", got)
	}
	awa.posts(at+"/withdraw", nil)
	text, status, headers = stranger.checks(path)
	unknown, nowhere, _ := stranger.checks("/check/" + strings.Repeat("A", 43))
	if status != http.StatusNotFound || nowhere != status || strings.Contains(text, "Awa") || headers.Get("Cache-Control") != "no-store" {
		t.Errorf("once withdrawn: %d %s", status, text)
	}
	same := strings.NewReplacer("La personne l’a retiré. C’est son droit, et cela ne dit rien d’elle.", "…", "L’adresse est peut-être incomplète. Visez le carré encore une fois.", "…")
	if same.Replace(text) != same.Replace(unknown) {
		t.Errorf("withdrawn and unknown differ in more than a sentence:\n%s\n%s", text, unknown)
	}
}

func TestAPassportThatCannotBeMadeSaysWhyAndKeepsWhatWasTyped(t *testing.T) {
	h := newHouse(t)
	awa := h.member("Awa").seesPassport()
	form := sheetOf(" ")
	form.Set("words", "Des mots à garder")
	doc, status, _ := awa.sends("/passport", form)
	if status != http.StatusUnprocessableEntity || doc.Find("#name-problem").Length() != 1 || doc.Find("textarea").Text() != "Des mots à garder" {
		t.Errorf("%d: %s", status, words(doc.Find("main")))
	}
}

func TestStrangersWhoGuessPassportsAreSlowedDown(t *testing.T) {
	h := newHouse(t)
	stranger := (&person{h: h}).seesPassport()
	for range 30 {
		if _, status, _ := stranger.checks("/check/x"); status != http.StatusNotFound {
			t.Fatalf("a guess answers %d", status)
		}
	}
	if _, status, _ := stranger.checks("/check/x"); status == http.StatusNotFound {
		t.Error("guesses are answered without end")
	}
}
