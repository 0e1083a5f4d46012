package coopweb

import (
	"context"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/exchange"
	"lien/coop/visit"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// agreementPage is one agreement as one of the two sees it.
type agreementPage struct {
	page.Frame
	Agreement exchange.Agreement
	Events    []exchange.Event
	Answers   []exchange.Answer // to the outcome of a mediation
	Thanks    []exchange.Thanks // the reader's own first
	Talk      talk
	Visit     visit.Visit // who knows of it, when the reader wishes so
	Spent     timeSpent
	Way       string // how to find the reader, as they typed it
	Said      string // what they typed elsewhere and was refused
	Problems  page.Problems
}

// disputeForm asks what happened instead.
type disputeForm struct {
	page.Frame
	Agreement exchange.Agreement
	Seen      int
	Typed     string
	Problems  page.Problems
}

// myAgreementsPage is the reader's own agreements, newest first.
type myAgreementsPage struct {
	page.Frame
	List exchange.List
}

// ShowAgreement shows an agreement of the reader's own.
func (w *Web) ShowAgreement(c *fiber.Ctx) error {
	p, err := w.agreementPage(c)
	if err != nil {
		return err
	}
	return page.Show(c, AgreementPage(p))
}

// ShowMyAgreements lists the reader's own agreements.
func (w *Web) ShowMyAgreements(c *fiber.Ctx) error {
	var before coop.AgreementID
	if text := c.Query("before"); text != "" {
		var err error
		if before, err = rule.ID[coop.AgreementID](text); err != nil {
			return err
		}
	}
	list, err := w.Agreements.Mine(c.UserContext(), session.Of(c).Coop(), before)
	if err != nil {
		return err
	}
	return page.Show(c, MyAgreementsPage(myAgreementsPage{Frame: page.NewFrame(c, "agreement.mine.title", "listings"), List: list}))
}

// Agree says yes to a proposal.
func (w *Web) Agree(c *fiber.Ctx) error { return w.stepAgreement(c, w.Agreements.Agree) }

// Decline says no to a proposal.
func (w *Web) Decline(c *fiber.Ctx) error { return w.stepAgreement(c, w.Agreements.Decline) }

// CancelAgreement takes a proposal back or calls an agreement off.
func (w *Web) CancelAgreement(c *fiber.Ctx) error { return w.stepAgreement(c, w.Agreements.Cancel) }

// AcceptFigure ends a dispute with the other one's figure.
func (w *Web) AcceptFigure(c *fiber.Ctx) error { return w.stepAgreement(c, w.Agreements.Accept) }

// Claim says that it is done and how long it took.
func (w *Web) Claim(c *fiber.Ctx) error { return w.stepWithTime(c, w.Agreements.Claim) }

// Confirm answers how long it took.
func (w *Web) Confirm(c *fiber.Ctx) error { return w.stepWithTime(c, w.Agreements.Confirm) }

// NewDispute asks what happened instead.
func (w *Web) NewDispute(c *fiber.Ctx) error {
	a, err := w.agreement(c)
	if err != nil {
		return err
	}
	me := session.Of(c).Member
	if !a.Party(me) || !a.May(exchange.ToDispute, me, false, w.Agreements.Now()) {
		return rule.ErrMoved
	}
	return page.Show(c, DisputeForm(newDisputeForm(c, a, a.Steps)))
}

// Dispute tells that a claim is not what happened.
func (w *Web) Dispute(c *fiber.Ctx) error {
	id, seen, err := stepOf(c)
	if err != nil {
		return err
	}
	_, err = w.Agreements.Dispute(c.UserContext(), session.Of(c).Coop(), id, seen, wordsOf(c, "words"))
	problems, refused := page.ProblemsOf(page.WordsOf(c), err)
	if !refused {
		return w.afterStep(c, id, err)
	}
	a, err := w.agreement(c)
	if err != nil {
		return err
	}
	p := newDisputeForm(c, a, seen)
	p.Typed, p.Problems = c.FormValue("words"), problems
	return page.ShowStatus(c, fiber.StatusUnprocessableEntity, DisputeForm(p))
}

func newDisputeForm(c *fiber.Ctx, a exchange.Agreement, seen int) disputeForm {
	return disputeForm{Frame: page.NewFrame(c, "agreement.dispute.title", "listings"), Agreement: a, Seen: seen}
}

func (w *Web) agreement(c *fiber.Ctx) (exchange.Agreement, error) {
	id, err := rule.ID[coop.AgreementID](c.Params("id"))
	if err != nil {
		return exchange.Agreement{}, err
	}
	return w.Agreements.One(c.UserContext(), session.Of(c).Coop(), id)
}

// agreementPage reads what the page shows. A facilitator who is neither of the two has a
// page of their own at the desk.
func (w *Web) agreementPage(c *fiber.Ctx) (p agreementPage, err error) {
	p.Frame = page.NewFrame(c, "agreement.title", "listings")
	if p.Agreement, err = w.agreement(c); err != nil {
		return p, err
	}
	if !p.Agreement.Party(p.Actor.Member) {
		return p, rule.ErrNotFound
	}
	p.Title = aboutOf(p.Words, p.Agreement)
	p.Way = p.Agreement.Directions
	p.Spent.Chosen = p.Agreement.Planned
	if p.Agreement.Claimed > 0 {
		p.Spent.Chosen = p.Agreement.Claimed
	}
	ctx, actor, id := c.UserContext(), session.Of(c).Coop(), p.Agreement.ID
	if p.Events, err = w.Agreements.Events(ctx, actor, id); err != nil {
		return p, err
	}
	if p.Agreement.State.Paid() {
		if p.Thanks, err = w.Agreements.ThanksOf(ctx, actor, id); err != nil {
			return p, err
		}
	}
	if p.mediated() {
		if p.Answers, err = w.Agreements.Answers(ctx, actor, id); err != nil {
			return p, err
		}
	}
	if p.Visit, err = w.Visits.Mine(ctx, actor, id); err != nil {
		return p, err
	}
	p.Talk, err = w.talkOf(c, p.Frame, id, agreementPath(id), p.other())
	return p, err
}

// wordsOf reads a text of the form, in the language of the page.
func wordsOf(c *fiber.Ctx, field string) exchange.Words {
	return exchange.Words{Text: c.FormValue(field), Language: page.WordsOf(c).Lang()}
}

type step func(context.Context, coop.Actor, coop.AgreementID, int) (exchange.Agreement, error)

type timedStep func(context.Context, coop.Actor, coop.AgreementID, int, int64) (exchange.Agreement, error)

func (w *Web) stepAgreement(c *fiber.Ctx, take step) error {
	id, seen, err := stepOf(c)
	if err != nil {
		return err
	}
	_, err = take(c.UserContext(), session.Of(c).Coop(), id, seen)
	return w.showRefusal(c, id, err)
}

func (w *Web) stepWithTime(c *fiber.Ctx, take timedStep) error {
	id, seen, err := stepOf(c)
	if err != nil {
		return err
	}
	minutes, err := minutesOf(c)
	if err == nil {
		_, err = take(c.UserContext(), session.Of(c).Coop(), id, seen, minutes)
	}
	return w.showRefusal(c, id, err)
}

// showRefusal shows the agreement again with what was typed when a rule refused a field,
// and goes back to it when the step was taken.
func (w *Web) showRefusal(c *fiber.Ctx, id coop.AgreementID, err error) error {
	problems, refused := page.ProblemsOf(page.WordsOf(c), err)
	if !refused {
		return w.afterStep(c, id, err)
	}
	p, err := w.agreementPage(c)
	if err != nil {
		return err
	}
	p.Problems = problems
	p.Spent.Other, p.Spent.Problem = c.FormValue("other"), problems["minutes"]
	if tapped, err := strconv.ParseInt(c.FormValue("minutes"), 10, 32); err == nil {
		p.Spent.Chosen = tapped
	}
	return page.ShowStatus(c, fiber.StatusUnprocessableEntity, AgreementPage(p))
}

// afterStep tells open pages that the agreement moved, and goes back to it.
func (w *Web) afterStep(c *fiber.Ctx, id coop.AgreementID, err error) error {
	if err != nil {
		return err
	}
	w.Hub.Posted(id.UUID)
	return c.Redirect(agreementPath(id), fiber.StatusSeeOther)
}

// stepOf reads which agreement is meant, and how many of its steps the page had seen.
func stepOf(c *fiber.Ctx) (id coop.AgreementID, seen int, err error) {
	if id, err = rule.ID[coop.AgreementID](c.Params("id")); err != nil {
		return id, 0, err
	}
	n, err := strconv.ParseUint(c.FormValue("seen"), 10, 16)
	if err != nil {
		return id, 0, rule.ErrMoved
	}
	return id, int(n), nil
}
