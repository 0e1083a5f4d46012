package supportweb

import (
	"github.com/gofiber/fiber/v2"

	"lien/rule"
	"lien/server/page"
	"lien/server/session"
	"lien/support"
	"lien/support/casework"
)

// noteForm is what was typed about a note.
type noteForm struct{ Class, Note, CoHolder, Key string }

func (t contactForm) noteForm() noteForm {
	return noteForm{Class: t.Class, Note: t.Note, CoHolder: t.CoHolder}
}

// notePage is where a note is written that belongs to no contact.
type notePage struct {
	page.Frame
	Path, Household string
	Typed           noteForm
	Colleagues      []casework.Place
	Problems        page.Problems
}

// NewNote shows the form of a note.
func (w *Web) NewNote(c *fiber.Ctx) error {
	return w.showNote(c, fiber.StatusOK, noteForm{Class: string(casework.Team), Key: page.NewKey()}, nil)
}

func (w *Web) showNote(c *fiber.Ctx, status int, typed noteForm, problems page.Problems) error {
	f, file, err := w.about(c, "case.note.title")
	if err != nil {
		return err
	}
	return page.ShowStatus(c, status, NotePage(notePage{
		Frame: f, Path: "/pro/cases/" + file.ID.String(), Household: f.T("case.household", "Name", page.Name(file.Household)),
		Typed: typed, Colleagues: colleagues(file, f), Problems: problems,
	}))
}

// about reads the open case of this address, for a page on which somebody writes.
func (w *Web) about(c *fiber.Ctx, title string) (page.Frame, casework.File, error) {
	f := page.NewFrame(c, title, "cases")
	id, err := rule.ID[support.CaseID](c.Params("id"))
	if err != nil {
		return f, casework.File{}, err
	}
	file, err := w.Cases.About(c.UserContext(), session.Of(c).Support(), id)
	if err == nil && file.State == casework.Closed {
		err = rule.ErrMoved
	}
	return f, file, err
}

// WriteNote keeps a note.
func (w *Web) WriteNote(c *fiber.Ctx) error {
	id, err := rule.ID[support.CaseID](c.Params("id"))
	if err != nil {
		return err
	}
	typed := noteForm{Class: c.FormValue("class"), Note: c.FormValue("note"), CoHolder: c.FormValue("co_holder"), Key: c.FormValue("key")}
	written := casework.Written{Class: casework.Class(typed.Class), Body: typed.Note}
	if written.CoHolder, err = choiceOf(typed.CoHolder); err != nil {
		err = rule.Broken("co_holder", "case.note.co_holder")
	} else {
		err = w.Cases.WriteNote(c.UserContext(), session.Of(c).Support(), id, written, typed.Key)
	}
	if problems, refused := page.ProblemsOf(page.WordsOf(c), err); refused {
		typed.Note = readable(typed.Note)
		return w.showNote(c, fiber.StatusUnprocessableEntity, typed, problems)
	}
	if err != nil {
		return err
	}
	return c.Redirect("/pro/cases/"+id.String()+"#times", fiber.StatusSeeOther)
}
