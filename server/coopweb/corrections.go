package coopweb

import (
	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/hours"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// correctionsPage is where a facilitator types the reference that somebody shows them.
type correctionsPage struct {
	page.Frame
	Typed    string
	Found    []hours.Mistake
	Done     bool
	Problems page.Problems
}

// mistakePage is one transfer, and why it is given back.
type mistakePage struct {
	page.Frame
	Mistake  hours.Mistake
	Why      string
	Problems page.Problems
}

// ShowCorrections asks for a reference.
func (w *Web) ShowCorrections(c *fiber.Ctx) error {
	return page.Show(c, CorrectionsPage(correctionsPage{Frame: page.NewFrame(c, "correct.title", "home"), Done: c.Query("done") != ""}))
}

// FindMistake finds what the reference names.
func (w *Web) FindMistake(c *fiber.Ctx) error {
	p := correctionsPage{Frame: page.NewFrame(c, "correct.title", "home"), Typed: legible(c.FormValue("reference"))}
	var err error
	if p.Found, err = w.Ledger.Find(c.UserContext(), session.Of(c).Coop(), p.Typed); err != nil {
		return page.Refused(p.Words, err, func(problems page.Problems) error {
			p.Problems = problems
			return page.ShowStatus(c, fiber.StatusUnprocessableEntity, CorrectionsPage(p))
		})
	}
	return page.Show(c, CorrectionsPage(p))
}

// ShowMistake shows what would be given back.
func (w *Web) ShowMistake(c *fiber.Ctx) error { return w.showMistake(c, fiber.StatusOK, nil) }

// Correct gives it back.
func (w *Web) Correct(c *fiber.Ctx) error {
	id, err := rule.ID[coop.TransferID](c.Params("id"))
	if err != nil {
		return err
	}
	correction := hours.Correction{Transfer: id, Words: c.FormValue("words"), Language: page.WordsOf(c).Lang()}
	if _, err = w.Ledger.Correct(c.UserContext(), session.Of(c).Coop(), correction); err != nil {
		return page.Refused(page.WordsOf(c), err, func(problems page.Problems) error {
			return w.showMistake(c, fiber.StatusUnprocessableEntity, problems)
		})
	}
	return c.Redirect("/desk/corrections?done=yes", fiber.StatusSeeOther)
}

func (w *Web) showMistake(c *fiber.Ctx, status int, problems page.Problems) error {
	id, err := rule.ID[coop.TransferID](c.Params("id"))
	if err != nil {
		return err
	}
	p := mistakePage{Frame: page.NewFrame(c, "correct.title", "home"), Why: legible(c.FormValue("words")), Problems: problems}
	if p.Mistake, err = w.Ledger.Mistake(c.UserContext(), session.Of(c).Coop(), id); err != nil {
		return err
	}
	return page.ShowStatus(c, status, MistakePage(p))
}

// found are lines that lead to each transfer.
func (p correctionsPage) found() []page.Line {
	var out []page.Line
	for _, m := range p.Found {
		out = append(out, page.Line{Icon: "clock", Title: pairOf(p.Words, m), Note: p.Hours(m.Minutes) + " · " + p.Date(m.At), Href: "/desk/corrections/" + m.ID.String()})
	}
	return out
}

// pairOf says from whom to whom.
func pairOf(w page.Words, m hours.Mistake) string {
	name := func(id coop.MemberID, name string) page.Name {
		switch {
		case id == coop.MemberID{}:
			return page.Name(w.T("hours.fund"))
		case name == "":
			return page.Name(w.T("agreement.gone"))
		}
		return page.Name(name)
	}
	return w.T("correct.pair", "From", name(m.From, m.FromName), "To", name(m.To, m.ToName))
}

// title is what the transfer was about.
func (p mistakePage) title() string {
	if p.Mistake.About != "" {
		return p.Mistake.About
	}
	return p.T("hours.kind_" + string(p.Mistake.Kind))
}

// barred says why the facilitator cannot correct it, empty when they can.
func (p mistakePage) barred() string {
	switch {
	case p.Mistake.Kind == hours.AsCorrection:
		return p.T("correct.never")
	case p.Mistake.Done:
		return p.T("correct.done")
	case p.Mistake.Mine:
		return p.T("correct.mine")
	}
	return ""
}

func (p mistakePage) facts() []page.Fact {
	return []page.Fact{
		{Icon: "people", Term: p.T("agreement.who"), Value: pairOf(p.Words, p.Mistake)},
		{Icon: "clock", Term: p.T("hours.line.length"), Value: p.Hours(p.Mistake.Minutes)},
		{Icon: "calendar", Term: p.T("hours.line.day"), Value: p.Day(p.Mistake.At)},
	}
}
