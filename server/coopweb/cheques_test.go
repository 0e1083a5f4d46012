package coopweb_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/gofiber/fiber/v2"

	"lien/coop/cheque"
	"lien/server/page"
)

func (p *person) seesCheques() *person {
	w := p.h.web
	return p.sees(func(app *fiber.App) {
		app.Get("/cheques", w.ShowCheques)
		app.Post("/cheques", w.FindCheque)
		app.Get("/cheque/:code", w.ShowNumber)
		app.Post("/cheque/:code", w.PresentCheque)
		app.Get("/cheques/:id", w.ShowCheque)
		app.Post("/cheques/:id/confirm", w.ConfirmCheque)
		app.Post("/cheques/:id/refuse", w.RefuseCheque)
		app.Post("/cheques/:id/lose", w.LoseCheque)
		app.Get("/booklets/:id", w.ShowBooklet)
		app.Get("/desk/cheques", w.ShowChequeDesk)
		app.Post("/desk/cheques", w.IssueBooklet)
		app.Get("/desk/cheques/:id", w.ShowChequeCase)
		app.Post("/desk/cheques/:id/witness", w.WitnessCheque)
		app.Get("/desk/booklets/:id/print", w.PrintBooklet)
	})
}

// handsOut issues a booklet of five to a member's number and returns the codes on its sheet.
func (p *person) handsOut(number int64) (codes []string) {
	p.h.t.Helper()
	at := p.posts("/desk/cheques", url.Values{"key": {page.NewKey()}, "number": {strconv.FormatInt(number, 10)}, "leaves": {"5"}})
	doc := p.opens(at)
	doc.Find(".cheque .code").Each(func(n int, _ *goquery.Selection) {
		codes = append(codes, strings.ReplaceAll(doc.Find(".cheque .code").Eq(n).Text(), " ", ""))
	})
	if len(codes) != 5 || doc.Find(".cheque svg.qr").Length() != 5 {
		p.h.t.Fatalf("the sheet shows %d codes", len(codes))
	}
	return codes
}

func an(hour string) url.Values {
	return url.Values{"minutes": {hour}, "category": {"repair"}, "about": {"Étagère"}}
}

func TestAChequeGoesFromTheSquareToTheHours(t *testing.T) {
	h := newHouse(t)
	desk, awa, paul := h.facilitator("Aline").seesCheques(), h.member("Awa").seesCheques(), h.member("Paul").seesCheques()
	codes := desk.handsOut(2)
	typed := paul.posts("/cheques", url.Values{"code": {strings.ToLower(cheque.Spaced(codes[0]))}})
	if doc := paul.opens(typed); !strings.Contains(words(doc.Find("h1")), "Awa") {
		t.Errorf("the square does not say whose cheque it is: %s", words(doc.Find("h1")))
	}
	leaf := paul.posts(typed, an("60"))
	if doc := paul.opens(leaf); doc.Find(`form[action$="/confirm"]`).Length() != 0 {
		t.Error("who gains could confirm")
	}
	if got := words(paul.opens(leaf).Find("h1")); !strings.Contains(got, "\u20681\u201101\u2069") {
		t.Errorf("the number %q loses its order or its line in a sentence from right to left", got)
	}
	seen := awa.opens(leaf).Find(`form[action$="/confirm"] input[name="seen"]`).AttrOr("value", "")
	awa.posts(leaf+"/confirm", url.Values{"seen": {seen}, "minutes": {"60"}})
	if got := words(paul.opens(leaf).Find("h2.words")); !strings.Contains(got, "Merci") || !strings.Contains(got, "Awa") {
		t.Errorf("once paid the bearer reads %q", got)
	}
	if got := words(desk.opens("/desk/cheques").Selection); !strings.Contains(got, "1 comptés") {
		t.Errorf("the register does not count it: %s", got)
	}
}

func TestEachRefusedChequeSaysWhyInOneSentence(t *testing.T) {
	h := newHouse(t)
	desk, awa, paul := h.facilitator("Aline").seesCheques(), h.member("Awa").seesCheques(), h.member("Paul").seesCheques()
	codes := desk.handsOut(2)
	if _, err := h.web.Cheques.Honour(t.Context(), desk.Actor.Coop(), 3, codes[0], cheque.Presentation{Minutes: 30, Category: "repair", Language: "fr"}); err != nil {
		t.Fatal(err)
	}
	wrong := "2" + codes[1][1:]
	if wrong == codes[1] {
		wrong = "3" + codes[1][1:]
	}
	for name, c := range map[string]struct {
		who   *person
		path  string
		form  url.Values
		field string
		says  string
	}{
		"misread":          {paul, "/cheques", url.Values{"code": {wrong}}, "code", "mal lue"},
		"half":             {paul, "/cheques", url.Values{"code": {"K7M"}}, "code", "10 lettres"},
		"used":             {awa, "/cheque/" + codes[0], an("60"), "code", "déjà servi"},
		"one's own":        {awa, "/cheque/" + codes[1], an("60"), "code", "propre carnet"},
		"too long":         {paul, "/cheque/" + codes[1], an("1441"), "minutes", "trop long"},
		"negative":         {paul, "/cheque/" + codes[1], an("-5"), "minutes", "durée"},
		"number of no one": {desk, "/desk/cheques", url.Values{"key": {page.NewKey()}, "number": {"x"}, "leaves": {"5"}}, "number", "Aucun membre"},
	} {
		doc, status, _ := c.who.sends(c.path, c.form)
		if got := words(doc.Find("#" + c.field + "-problem")); status != http.StatusUnprocessableEntity || !strings.Contains(got, c.says) {
			t.Errorf("%s: %d %q, want 422 and …%s…", name, status, got, c.says)
		}
	}
	doc, _, _ := paul.sends("/cheque/"+codes[1], url.Values{"other": {"1441"}, "category": {"sewing"}, "about": {"Rideaux du salon"}})
	if doc.Find(`input[name="about"]`).AttrOr("value", "") != "Rideaux du salon" || doc.Find(`input[value="sewing"][checked]`).Length() != 1 || doc.Find(`input[name="other"]`).AttrOr("value", "") != "1441" {
		t.Error("what was typed is lost")
	}
}

// A stranger to the paper cannot find out which numbers exist by trying.
func TestNumbersCannotBeTriedOneAfterTheOther(t *testing.T) {
	h := newHouse(t)
	desk, paul := h.facilitator("Aline").seesCheques(), h.member("Paul").seesCheques()
	h.member("Awa")
	codes := desk.handsOut(3)
	tried := 0
	for n := range 40 {
		guess := "2346793" + strconv.Itoa(n%2+2) + string("ACDEFGHJKMNPQRTWX2346792"[n%20])
		guess += string(cheque.Check(guess))
		doc, status, _ := paul.asks(httptest.NewRequest(http.MethodGet, "/cheque/"+guess, nil))
		if status != http.StatusUnprocessableEntity {
			break
		}
		tried++
		if got := words(doc.Find("#code-problem")); !strings.Contains(got, "aucun chèque") {
			t.Fatalf("a guess is answered with %q", got)
		}
	}
	if tried != 10 {
		t.Errorf("%d guesses were answered, want 10", tried)
	}
	if _, status, _ := paul.asks(httptest.NewRequest(http.MethodGet, "/cheque/"+codes[0], nil)); status == http.StatusOK {
		t.Error("after the guesses a number is still answered")
	}
	h.at = h.at.Add(2 * 60 * 1e9)
	paul.opens("/cheque/" + codes[0])
}

func TestAFacilitatorWhoSawTheChequeSaysSo(t *testing.T) {
	h := newHouse(t)
	desk, _, paul := h.facilitator("Aline").seesCheques(), h.member("Awa"), h.member("Paul").seesCheques()
	leaf := paul.posts("/cheque/"+desk.handsOut(2)[0], an("45"))
	if got := words(desk.opens("/desk/cheques").Find(`a[href="/desk` + leaf + `"]`)); !strings.Contains(got, "Awa") || !strings.Contains(got, "Paul") {
		t.Errorf("the desk's list says %q", got)
	}
	seen := desk.opens("/desk"+leaf).Find(`form[action$="/witness"] input[name="seen"]`).AttrOr("value", "")
	desk.posts("/desk"+leaf+"/witness", url.Values{"seen": {seen}})
	if got := words(paul.opens(leaf).Find(".thread")); !strings.Contains(got, "Aline") {
		t.Errorf("the witness is not named: %s", got)
	}
}
