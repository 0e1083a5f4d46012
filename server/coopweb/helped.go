package coopweb

import (
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"lien/coop/membership"
	"lien/server/page"
	"lien/server/session"
)

// helpedRest asks from when until when the member before the tablet rests.
type helpedRest struct {
	page.Frame
	Resting  bool // a pause runs or is planned
	Pause    membership.Pause
	From     page.Field
	Until    page.Field
	Problems page.Problems
}

// ShowHelpedRest asks for the days of a pause, or shows the one that there is.
func (w *Web) ShowHelpedRest(c *fiber.Ctx) error { return w.showHelpedRest(c, fiber.StatusOK, nil) }

func (w *Web) showHelpedRest(c *fiber.Ctx, status int, problems page.Problems) (err error) {
	p := helpedRest{Frame: helpedFrame(c, "tablet.title"), Problems: problems}
	who := session.Of(c).Helped()
	if p.Pause, p.Resting, err = w.Members.Pausing(c.UserContext(), who, who.Member); err != nil {
		return err
	}
	typed := func(name string) string { return strings.ToValidUTF8(c.FormValue(name), "") }
	p.From = page.Field{Name: "from", Type: "date", Label: p.T("pause.from"), Value: or(typed("from"), p.Now().Format(time.DateOnly)), Required: true, Problem: problems["from"]}
	p.Until = page.Field{Name: "until", Type: "date", Label: p.T("pause.until"), Hint: p.T("pause.until_hint"), Value: typed("until"), Required: true, Problem: problems["until"]}
	return page.ShowStatus(c, status, HelpedRestPage(p))
}

// helpedCharter is the charter in force, read to the member before the tablet.
type helpedCharter struct {
	page.Frame
	Charter    membership.Charter
	Paragraphs []string
	Said       bool // they said yes to it before
	Problem    string
}

// ShowHelpedCharter shows the charter in the member's language, to be read or heard before
// they are asked.
func (w *Web) ShowHelpedCharter(c *fiber.Ctx) error {
	return w.showHelpedCharter(c, fiber.StatusOK, nil)
}

func (w *Web) showHelpedCharter(c *fiber.Ctx, status int, problems page.Problems) (err error) {
	ctx, who := c.UserContext(), session.Of(c).Helped()
	p := helpedCharter{Frame: helpedFrame(c, "tablet.title"), Problem: first(problems)}
	if p.Charter, err = w.Entrance.Charters.Current(ctx, who.Cooperative, p.Lang()); err != nil {
		return err
	}
	if p.Said, err = w.Entrance.Charters.Said(ctx, who, p.Charter.Version); err != nil {
		return err
	}
	p.Paragraphs = strings.Split(p.Charter.Body, "\n\n")
	return page.ShowStatus(c, status, HelpedCharterPage(p))
}

// helpedCheque asks for the number of a paper time-cheque, and what it pays.
type helpedCheque struct {
	page.Frame
	Code     string
	Worth    worth
	Problems page.Problems
}

// ShowHelpedCheque asks for a cheque that the member before the tablet was given.
func (w *Web) ShowHelpedCheque(c *fiber.Ctx) error { return w.showHelpedCheque(c, fiber.StatusOK, nil) }

func (w *Web) showHelpedCheque(c *fiber.Ctx, status int, problems page.Problems) error {
	p := helpedCheque{Frame: helpedFrame(c, "tablet.title"), Code: strings.ToValidUTF8(c.FormValue("code"), ""), Problems: problems}
	p.Worth.Spent.Chosen = 60
	if problems != nil {
		p.Worth = worthAgain(c, problems)
	}
	return page.ShowStatus(c, status, HelpedChequePage(p))
}
