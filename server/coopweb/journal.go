package coopweb

import (
	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/desk"
	"lien/coop/exchange"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// journalPage is what was carried for the reader at the desk.
type journalPage struct {
	page.Frame
	Lines   []journalLine
	Older   string
	Problem string // why an act could not be taken back
	On      string // and which one
}

// journalLine is one act in the reader's words.
type journalLine struct {
	ID, State, When, Says, How string
	MayUndo                    bool
	Undoing, Until             string // what taking it back does, and how long one may
	Became                     string // what became of it since, or why there is no way back
}

// ShowJournal lists what was carried for the reader, newest first.
func (w *Web) ShowJournal(c *fiber.Ctx) error { return w.showJournal(c, fiber.StatusOK, nil) }

func (w *Web) showJournal(c *fiber.Ctx, status int, problems page.Problems) error {
	var before coop.ActID
	var err error
	if text := c.Query("before"); text != "" {
		if before, err = rule.ID[coop.ActID](text); err != nil {
			return err
		}
	}
	p := journalPage{Frame: page.NewFrame(c, "tablet.journal.title", "me"), Problem: problems["act"], On: c.Params("id")}
	journal, err := w.Desk.Mine(c.UserContext(), session.Of(c).Coop(), before)
	if err != nil {
		return err
	}
	for _, a := range journal.Acts {
		p.Lines = append(p.Lines, p.line(a))
	}
	if (journal.Next != coop.ActID{}) {
		p.Older = "/me/journal?before=" + journal.Next.String()
	}
	return page.ShowStatus(c, status, JournalPage(p))
}

func (p journalPage) line(a desk.Act) journalLine {
	by := a.By
	if by == "" {
		by = p.T("agreement.gone")
	}
	l := journalLine{ID: a.ID.String(), State: "done", When: p.When(a.At), Says: doneSentence(p.Words, a)}
	l.How = p.T("tablet.journal.by", "Name", page.Name(by))
	if a.Kind == desk.Opened {
		return l
	}
	l.How += " " + p.T("tablet.consented."+string(a.Consent), "Name", page.Name(a.Witness))
	switch {
	case a.Answer != "":
		l.Became = p.T("tablet.journal."+a.Answer, "Name", page.Name(a.AnswerBy), "Why", a.AnswerWhy)
	case a.Asked:
		l.Became = p.T("tablet.journal.asked")
	case !a.UndoneAt.IsZero():
		l.Became = p.T("tablet.journal.undone", "When", p.When(a.UndoneAt))
	case a.MayUndo(p.Now()):
		l.State, l.MayUndo = "now", true
		l.Undoing = p.T("tablet.undoing." + string(a.Kind.Undoing()))
		l.Until = p.T("tablet.journal.until", "When", p.When(a.Until()))
	case a.Kind.Undoing() == desk.Nothing:
		l.Became = p.T("tablet.undoing.nothing")
	default:
		l.Became = p.T("tablet.undo.late")
	}
	return l
}

// UndoAct takes back an act that was carried for the reader.
func (w *Web) UndoAct(c *fiber.Ctx) error {
	id, err := rule.ID[coop.ActID](c.Params("id"))
	if err != nil {
		return err
	}
	if _, err := w.Desk.Undo(c.UserContext(), session.Of(c).Coop(), id, mistaken(page.WordsOf(c))); err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error {
			return w.showJournal(c, fiber.StatusUnprocessableEntity, page.Problems{"act": first(p)})
		})
	}
	return c.Redirect("/me/journal", fiber.StatusSeeOther)
}

// first is the one sentence of problems that have one.
func first(problems page.Problems) string {
	for _, sentence := range problems {
		return sentence
	}
	return ""
}

// takenBackPage is the hours that members ask to have given back.
type takenBackPage struct {
	page.Frame
	List    []desk.Correction
	Problem string
	On, Why string
}

// mostCorrections is how far the desk's first page counts them.
const mostCorrections = 30

// ShowTakenBack lists the corrections that wait for a facilitator.
func (w *Web) ShowTakenBack(c *fiber.Ctx) error { return w.showTakenBack(c, fiber.StatusOK, nil) }

func (w *Web) showTakenBack(c *fiber.Ctx, status int, problems page.Problems) error {
	p := takenBackPage{Frame: page.NewFrame(c, "tablet.corrections.title", ""), Problem: first(problems), On: c.Params("id"), Why: c.FormValue("why")}
	var err error
	if p.List, err = w.Desk.Corrections(c.UserContext(), session.Of(c).Coop()); err != nil {
		return err
	}
	return page.ShowStatus(c, status, TakenBackPage(p))
}

// Says is what a correction is about.
func (p takenBackPage) Says(a desk.Correction) string {
	other := a.Other
	if other == "" {
		other = p.T("tablet.everybody")
	}
	return p.T("tablet.corrections."+string(a.Kind), "Name", page.Name(a.Member), "Other", page.Name(other), "Length", p.Hours(a.Minutes))
}

// GiveBackAct gives the hours back.
func (w *Web) GiveBackAct(c *fiber.Ctx) error {
	id, err := rule.ID[coop.ActID](c.Params("id"))
	if err != nil {
		return err
	}
	words := page.WordsOf(c)
	return w.corrected(c, w.Desk.Correct(c.UserContext(), session.Of(c).Coop(), id, exchange.Words{Text: words.T("tablet.corrections.reason"), Language: words.Lang()}))
}

// KeepAct leaves the hours where they are, with a reason.
func (w *Web) KeepAct(c *fiber.Ctx) error {
	id, err := rule.ID[coop.ActID](c.Params("id"))
	if err != nil {
		return err
	}
	return w.corrected(c, w.Desk.Keep(c.UserContext(), session.Of(c).Coop(), id, c.FormValue("why")))
}

func (w *Web) corrected(c *fiber.Ctx, err error) error {
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error { return w.showTakenBack(c, fiber.StatusUnprocessableEntity, p) })
	}
	return c.Redirect("/desk/taken-back", fiber.StatusSeeOther)
}
