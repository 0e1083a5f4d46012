package coopweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"lien/server/page"
)

func (p *person) seesResources() *person {
	shared := p.h.shared
	return p.sees(func(app *fiber.App) {
		app.Get("/resources/mine", shared.ShowMyResources)
		app.Get("/resources/:id", shared.ShowResource)
		app.Post("/resources/:id/book", shared.BookResource)
		app.Post("/resources/:id/ask", shared.AskResource)
		app.Get("/desk/resources", shared.ShowDeskResources)
		app.Post("/desk/resources", shared.AddResource)
		app.Get("/desk/resources/:id", shared.ShowDeskResource)
		app.Post("/desk/resources/:id/rules", shared.RuleResource)
		app.Post("/desk/loans/:id/hand-over", shared.HandOverLoan)
		app.Post("/desk/loans/:id/take-back", shared.TakeBackLoan)
		app.Post("/desk/loans/:id/keep", shared.KeepDeposit)
	})
}

// puts adds a tool with the deposit, in hours, and returns where the desk finds it.
func (p *person) puts(name, deposit string) (desk string) {
	p.h.t.Helper()
	desk = p.posts("/desk/resources", url.Values{
		"key": {page.NewKey()}, "kind": {"tool"}, "shared": {"lent"}, "name": {name}, "place": {p.h.place.String()},
	})
	return p.posts(desk+"/rules", lending(deposit))
}

func lending(deposit string) url.Values {
	return url.Values{"days": {"7"}, "renewals": {"1"}, "once": {"3"}, "hold": {"48"}, "deposit": {deposit}}
}

func TestADepositIsSaidBeforeItIsTakenAndReadWhenItIsKept(t *testing.T) {
	h := newHouse(t)
	aline, nadia := h.facilitator("Aline").seesResources(), h.member("Nadia").seesResources()
	desk := aline.puts("Perceuse", "2")
	mine := strings.TrimPrefix(desk, "/desk")
	if got := words(nadia.opens(mine).Find("dl")); !strings.Contains(got, "Caution, rendue au retour2") {
		t.Errorf("before she asks, the terms are %q", got)
	}
	nadia.posts(mine+"/ask", url.Values{"key": {page.NewKey()}})
	loan := strings.TrimSuffix(attr(aline.opens(desk).Find(`button[formaction$="/hand-over"]`), "formaction"), "/hand-over")
	aline.posts(loan+"/hand-over", url.Values{"words": {"Complète"}})
	if got := words(nadia.opens("/resources/mine").Find("main")); !strings.Contains(got, "Caution : 2 h, rendue au retour.") {
		t.Errorf("while she has it, she reads %q", got)
	}
	doc, status, _ := aline.sends(loan+"/keep", url.Values{"words": {""}})
	if status != http.StatusUnprocessableEntity || words(doc.Find("#words-problem")) == "" {
		t.Errorf("kept without a reason: %d, %q", status, words(doc.Find("#words-problem")))
	}
	aline.posts(loan+"/keep", url.Values{"words": {"Le mandrin est cassé"}})
	if got := words(nadia.opens("/resources/mine").Find("main")); !strings.Contains(got, "La caution de 2 h est restée au pot solidaire : ") || !strings.Contains(got, "Le mandrin est cassé") {
		t.Errorf("then she reads %q", got)
	}
}

func TestADepositIsWholeHoursWithinTheLongestAct(t *testing.T) {
	h := newHouse(t)
	aline := h.facilitator("Aline").seesResources()
	desk := aline.puts("Perceuse", "0")
	for _, deposit := range []string{"-1", "13", "1h30", "", "deux"} {
		doc, status, _ := aline.sends(desk+"/rules", lending(deposit))
		if status != http.StatusUnprocessableEntity || words(doc.Find("#deposit-problem")) == "" {
			t.Errorf("%q: %d, %q", deposit, status, words(doc.Find("#deposit-problem")))
		}
		if got := attr(doc.Find("[name=deposit]"), "value"); deposit != "" && got != deposit {
			t.Errorf("%q: what was typed is lost: %q", deposit, got)
		}
	}
}
