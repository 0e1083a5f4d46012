package coopweb

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/desk"
	"lien/coop/exchange"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// receiptPage is what the member takes along.
type receiptPage struct {
	page.Frame
	Act   desk.Act
	Lines []page.Fact
}

// ShowReceipt shows what was just done, with the code that takes it back.
func (w *Web) ShowReceipt(c *fiber.Ctx) error {
	id, err := rule.ID[coop.ActID](c.Params("id"))
	if err != nil {
		return err
	}
	actor := session.Of(c)
	p := receiptPage{Frame: helpedFrame(c, "tablet.title")}
	if p.Act, err = w.Desk.Receipt(c.UserContext(), actor.Coop(), actor.With, id); err != nil {
		return err
	}
	p.Lines = []page.Fact{
		{Icon: "person", Term: p.T("tablet.receipt.whose"), Value: actor.WithName},
		{Icon: "calendar", Term: p.T("tablet.receipt.when"), Value: page.Capital(p.moment(p.Act.At))},
		{Icon: "key", Term: p.T("tablet.receipt.by"), Value: p.Act.By},
		{Icon: "check", Term: p.T("tablet.receipt.consent"), Value: p.T("tablet.consented."+string(p.Act.Consent), "Name", page.Name(p.Act.Witness))},
	}
	return page.Show(c, ReceiptPage(p))
}

// moment is a date that still reads rightly on paper, days later.
func (p receiptPage) moment(t time.Time) string {
	return p.T("date.at", "Day", p.Day(t), "Clock", p.Clock(t))
}

// Shown is the code in two halves.
func (p receiptPage) Shown() string { return p.Act.Code[:3] + " " + p.Act.Code[3:] }

// UndoAtTablet takes an act back with the code of its receipt.
func (w *Web) UndoAtTablet(c *fiber.Ctx) error {
	if err := w.Entrance.Guesses.Allow(c.IP()); err != nil {
		return err
	}
	actor := session.Of(c)
	_, err := w.Desk.UndoByCode(c.UserContext(), actor.Coop(), actor.With, c.FormValue("code"), mistaken(page.WordsOf(c)))
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error { return w.showActs(c, fiber.StatusUnprocessableEntity, p) })
	}
	w.Entrance.Guesses.Pardon(c.IP())
	return page.Show(c, UndonePage(helpedFrame(c, "tablet.title")))
}

// mistaken are the words by which something said at the desk is taken back.
func mistaken(w page.Words) exchange.Words {
	return exchange.Words{Text: w.T("tablet.undo.words"), Language: w.Lang()}
}
