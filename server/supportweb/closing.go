package supportweb

import (
	"github.com/gofiber/fiber/v2"

	"lien/rule"
	"lien/server/page"
	"lien/server/session"
	"lien/support"
	"lien/support/casework"
)

// closingPage asks once more before support ends.
type closingPage struct {
	page.Frame
	Path, Household string
	Outcome, Reason string
	Problems        page.Problems
}

// AskClose shows what ends with a case, and asks how it ended. It is its referent's page.
func (w *Web) AskClose(c *fiber.Ctx) error { return w.showClosing(c, fiber.StatusOK, closingPage{}) }

func (w *Web) showClosing(c *fiber.Ctx, status int, p closingPage) error {
	f, file, err := w.about(c, "case.closing.title")
	if err != nil {
		return err
	}
	if file.Role != casework.Referent {
		return rule.ErrForbidden
	}
	p.Frame, p.Path, p.Household = f, "/pro/cases/"+file.ID.String(), f.T("case.household", "Name", page.Name(file.Household))
	return page.ShowStatus(c, status, ClosingPage(p))
}

// CloseCase ends support.
func (w *Web) CloseCase(c *fiber.Ctx) error {
	id, err := rule.ID[support.CaseID](c.Params("id"))
	if err != nil {
		return err
	}
	outcome, reason := c.FormValue("outcome"), c.FormValue("reason")
	err = w.Cases.Close(c.UserContext(), session.Of(c).Support(), id, casework.Closing{Outcome: casework.Outcome(outcome), Reason: reason})
	if problems, refused := page.ProblemsOf(page.WordsOf(c), err); refused {
		return w.showClosing(c, fiber.StatusUnprocessableEntity, closingPage{Outcome: outcome, Reason: readable(reason), Problems: problems})
	}
	if err != nil {
		return err
	}
	return c.Redirect("/pro/cases/"+id.String(), fiber.StatusSeeOther)
}

// outcomes are the taps for how support ended.
func (p closingPage) outcomes() []page.Choice {
	var out []page.Choice
	for _, o := range casework.Outcomes() {
		out = append(out, page.Choice{Value: string(o), Label: p.T("case.outcome." + string(o)), Chosen: string(o) == p.Outcome})
	}
	return out
}
