package coopweb

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/exchange"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// ShowWay keeps how to find the reader, who is visited.
func (w *Web) ShowWay(c *fiber.Ctx) error {
	return w.keepWords(c, "way", w.Agreements.Direct)
}

// ReplyOutcome keeps what one of the two says about the outcome of a mediation.
func (w *Web) ReplyOutcome(c *fiber.Ctx) error {
	return w.keepWords(c, "words", w.Agreements.Reply)
}

// ThankAgreement keeps the reader's words of thanks.
func (w *Web) ThankAgreement(c *fiber.Ctx) error {
	return w.keepWords(c, "thanks", w.Agreements.Thank)
}

// keepWords keeps a text of the form; refused, the agreement is shown again with it.
func (w *Web) keepWords(c *fiber.Ctx, field string, keep func(context.Context, coop.Actor, coop.AgreementID, exchange.Words) error) error {
	id, err := rule.ID[coop.AgreementID](c.Params("id"))
	if err != nil {
		return err
	}
	err = keep(c.UserContext(), session.Of(c).Coop(), id, wordsOf(c, field))
	problems, refused := page.ProblemsOf(page.WordsOf(c), err)
	if !refused {
		return w.afterStep(c, id, err)
	}
	p, err := w.agreementPage(c)
	if err != nil {
		return err
	}
	p.Problems, p.Said = problems, c.FormValue(field)
	if field == "way" {
		p.Way = p.Said
	}
	return page.ShowStatus(c, fiber.StatusUnprocessableEntity, AgreementPage(p))
}

// ShowThanks lets the reader show words of thanks on their passport, or takes them off.
func (w *Web) ShowThanks(c *fiber.Ctx) error {
	id, err := rule.ID[coop.AgreementID](c.Params("id"))
	if err != nil {
		return err
	}
	return w.afterStep(c, id, w.Agreements.ShowThanks(c.UserContext(), session.Of(c).Coop(), id, c.FormValue("shown") == "yes"))
}

// ReportThanks tells a facilitator that words of thanks hurt.
func (w *Web) ReportThanks(c *fiber.Ctx) error {
	id, err := rule.ID[coop.AgreementID](c.Params("id"))
	if err != nil {
		return err
	}
	return w.afterStep(c, id, w.Agreements.ReportThanks(c.UserContext(), session.Of(c).Coop(), id))
}
