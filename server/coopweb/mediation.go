package coopweb

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/exchange"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// waitingPage is, for a facilitator, the agreements that need help.
type waitingPage struct {
	page.Frame
	Waiting  []exchange.Agreement
	Reported []exchange.Thanks
}

// mediationPage is one agreement that needs help. Mine says that the facilitator is one
// of the two, and may not decide.
type mediationPage struct {
	page.Frame
	Agreement exchange.Agreement
	Events    []exchange.Event
	Answers   []exchange.Answer
	Talk      talk // with a path once the facilitator was let in
	Mine      bool
	Spent     timeSpent
	Typed     string
	Problems  page.Problems
}

// ShowWaiting lists the agreements that need help.
func (w *Web) ShowWaiting(c *fiber.Ctx) error {
	waiting, err := w.Agreements.Waiting(c.UserContext(), session.Of(c).Coop())
	if err != nil {
		return err
	}
	reported, err := w.Agreements.Reported(c.UserContext(), session.Of(c).Coop())
	if err != nil {
		return err
	}
	return page.Show(c, WaitingPage(waitingPage{Frame: page.NewFrame(c, "agreement.desk.title", "home"), Waiting: waiting, Reported: reported}))
}

// ShowMediation shows one of them, with what each of the two said.
func (w *Web) ShowMediation(c *fiber.Ctx) error {
	p, err := w.mediationPage(c)
	if err != nil {
		return err
	}
	return page.Show(c, MediationPage(p))
}

// Settle decides how many minutes are owed.
func (w *Web) Settle(c *fiber.Ctx) error {
	id, seen, err := stepOf(c)
	if err != nil {
		return err
	}
	minutes, err := minutesOf(c)
	if err == nil {
		_, err = w.Agreements.Settle(c.UserContext(), session.Of(c).Coop(), id, seen, minutes, wordsOf(c, "words"))
	}
	return w.showMediationRefusal(c, err)
}

// Void decides that nothing is owed.
func (w *Web) Void(c *fiber.Ctx) error {
	id, seen, err := stepOf(c)
	if err == nil {
		_, err = w.Agreements.Void(c.UserContext(), session.Of(c).Coop(), id, seen, wordsOf(c, "words"))
	}
	return w.showMediationRefusal(c, err)
}

func (w *Web) mediationPage(c *fiber.Ctx) (p mediationPage, err error) {
	p.Frame = page.NewFrame(c, "agreement.desk.title", "home")
	if p.Agreement, err = w.agreement(c); err != nil {
		return p, err
	}
	if p.Mine = p.Agreement.Party(p.Actor.Member); p.Mine && !p.Agreement.NeedsHelp(w.Agreements.Now()) {
		return p, rule.ErrNotFound
	}
	p.Title = aboutOf(p.Words, p.Agreement)
	if p.Spent.Chosen = p.Agreement.Planned; p.Agreement.Claimed > 0 {
		p.Spent.Chosen = p.Agreement.Claimed
	}
	ctx, actor, id := c.UserContext(), session.Of(c).Coop(), p.Agreement.ID
	if p.Events, err = w.Agreements.Events(ctx, actor, id); err != nil || p.Mine {
		return p, err
	}
	if p.Agreement.State.Final() {
		p.Answers, err = w.Agreements.Answers(ctx, actor, id)
		return p, err
	}
	p.Talk, err = w.talkOf(c, p.Frame, id, mediationPath(id), p.T("talk.both"))
	return p, err
}

func (w *Web) showMediationRefusal(c *fiber.Ctx, err error) error {
	problems, refused := page.ProblemsOf(page.WordsOf(c), err)
	if !refused {
		if err != nil {
			return err
		}
		if id, err := rule.ID[coop.AgreementID](c.Params("id")); err == nil {
			w.Hub.Posted(id.UUID)
		}
		return c.Redirect("/desk/agreements", fiber.StatusSeeOther)
	}
	p, err := w.mediationPage(c)
	if err != nil {
		return err
	}
	p.Problems, p.Typed = problems, c.FormValue("words")
	p.Spent.Other, p.Spent.Problem = c.FormValue("other"), problems["minutes"]
	if tapped, err := strconv.ParseInt(c.FormValue("minutes"), 10, 32); err == nil {
		p.Spent.Chosen = tapped
	}
	return page.ShowStatus(c, fiber.StatusUnprocessableEntity, MediationPage(p))
}

// SettleThanks takes reported words down, or leaves them.
func (w *Web) SettleThanks(c *fiber.Ctx) error {
	id, err := rule.ID[coop.AgreementID](c.Params("id"))
	if err != nil {
		return err
	}
	by, err := rule.ID[coop.MemberID](c.FormValue("by"))
	if err != nil {
		return err
	}
	if err := w.Agreements.SettleThanks(c.UserContext(), session.Of(c).Coop(), id, by, c.FormValue("down") == "yes"); err != nil {
		return err
	}
	return c.Redirect("/desk/agreements", fiber.StatusSeeOther)
}

// figures are what each of the two said, in words.
func (p mediationPage) facts() []page.Fact {
	a := p.Agreement
	said := func(who exchange.Person) string {
		if minutes := a.Figure(who.ID); minutes > 0 {
			return p.T("agreement.desk.said", "Name", nameOf(p.Words, who), "Length", p.Hours(minutes))
		}
		return p.T("agreement.desk.silent", "Name", nameOf(p.Words, who))
	}
	return []page.Fact{
		{Icon: "people", Term: p.T("agreement.who"), Value: p.T("agreement.desk.pair", "Giver", nameOf(p.Words, a.Giver), "Receiver", nameOf(p.Words, a.Receiver))},
		{Icon: "calendar", Term: p.T("agreement.when"), Value: p.When(a.PlannedAt)},
		{Icon: "gift", Term: p.T("agreement.desk.giver"), Value: said(a.Giver)},
		{Icon: "help", Term: p.T("agreement.desk.receiver"), Value: said(a.Receiver)},
	}
}

// reason says why an agreement needs help.
func reason(w page.Words, a exchange.Agreement) string {
	return w.T("agreement.desk.reason_"+string(a.State), "When", w.NearDay(a.StateSince))
}

// settles reports whether hours can be decided on; before the help was claimed there is
// nothing to settle, only to close.
func (p mediationPage) settles() bool {
	return p.Agreement.May(exchange.ToSettle, p.Actor.Member, true, p.Now())
}
