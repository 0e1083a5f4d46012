package coopweb

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/fund"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// fundPage is what everybody reads of the fund, and below it what is the reader's own.
type fundPage struct {
	page.Frame
	Rules           []fund.Rule
	Sums            fund.Sums
	Minting         fund.Minting
	Mine            []fund.Draw
	Steward, Keeper bool
}

// askPage asks the fund for hours under a rule; To and Name are who is offered them, when
// it is an offer.
type askPage struct {
	page.Frame
	Key      string
	Rules    []fund.Rule
	Chosen   string
	Note     string
	To, Name string
	Problems page.Problems
}

// drawPage is one draw, for its member or for who answers.
type drawPage struct {
	page.Frame
	Draw     fund.Draw
	Answer   string
	Problems page.Problems
}

// askedPage is what waits for an answer.
type askedPage struct {
	page.Frame
	Draws []fund.Draw
}

// ShowFund shows what the fund is, what it pays for, and what may be told of it.
func (w *Web) ShowFund(c *fiber.Ctx) error {
	ctx, actor := c.UserContext(), session.Of(c).Coop()
	p := fundPage{Frame: page.NewFrame(c, "fund.title", "me")}
	var err error
	if p.Rules, err = w.Fund.Rules(ctx, actor); err != nil {
		return err
	}
	if p.Sums, err = w.Fund.Sums(ctx, actor); err != nil {
		return err
	}
	if p.Minting, err = w.Fund.Minting(ctx, actor); err != nil {
		return err
	}
	if p.Mine, err = w.Fund.Mine(ctx, actor); err != nil {
		return err
	}
	if p.Steward, p.Keeper, err = w.Fund.Keeps(ctx, actor); err != nil {
		return err
	}
	return page.Show(c, FundPage(p))
}

// ShowAsk asks what the hours are for.
func (w *Web) ShowAsk(c *fiber.Ctx) error {
	return w.showAsk(c, fiber.StatusOK, askPage{Key: page.NewKey(), Chosen: c.Query("rule")})
}

// AskFund asks the fund.
func (w *Web) AskFund(c *fiber.Ctx) error {
	wish, err := wishOf(c)
	var id coop.DrawID
	if err == nil {
		id, err = w.Fund.Ask(c.UserContext(), session.Of(c).Coop(), wish)
	}
	return w.begun(c, id, err, "/fund/draws/"+id.String())
}

// ShowOffer asks what is offered to somebody who could do with hours.
func (w *Web) ShowOffer(c *fiber.Ctx) error {
	return w.showAsk(c, fiber.StatusOK, askPage{Key: page.NewKey(), To: c.Query("to", "-")})
}

// OfferDraw offers it.
func (w *Web) OfferDraw(c *fiber.Ctx) error {
	to, err := rule.ID[coop.MemberID](c.FormValue("to"))
	if err != nil {
		return err
	}
	wish, err := wishOf(c)
	var id coop.DrawID
	if err == nil {
		id, err = w.Fund.Offer(c.UserContext(), session.Of(c).Coop(), to, wish)
	}
	return w.begun(c, id, err, "/hours/low")
}

func (w *Web) begun(c *fiber.Ctx, _ coop.DrawID, err error, to string) error {
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(problems page.Problems) error {
			return w.showAsk(c, fiber.StatusUnprocessableEntity, askPage{
				Key: page.KeptKey(c), Chosen: c.FormValue("rule"), Note: legible(c.FormValue("words")), To: c.FormValue("to"), Problems: problems,
			})
		})
	}
	return c.Redirect(to, fiber.StatusSeeOther)
}

func (w *Web) showAsk(c *fiber.Ctx, status int, p askPage) (err error) {
	ctx, actor := c.UserContext(), session.Of(c).Coop()
	p.Frame = page.NewFrame(c, "fund.ask.title", "me")
	if p.To != "" {
		p.Title = p.T("fund.offer.title")
		to, err := rule.ID[coop.MemberID](p.To)
		if err != nil {
			return err
		}
		if p.Name, err = w.Fund.MayOffer(ctx, actor, to); err != nil {
			return err
		}
	}
	if p.Rules, err = w.Fund.Rules(ctx, actor); err != nil {
		return err
	}
	return page.ShowStatus(c, status, AskPage(p))
}

func wishOf(c *fiber.Ctx) (wish fund.Wish, err error) {
	if wish.Key, err = rule.Key(c.FormValue("key")); err != nil {
		return wish, err
	}
	if c.FormValue("rule") == "" {
		return wish, rule.Broken("rule", "rule.choose")
	}
	wish.Words, wish.Language = c.FormValue("words"), page.WordsOf(c).Lang()
	wish.Rule, err = rule.ID[coop.FundRuleID](c.FormValue("rule"))
	return wish, err
}

// ShowDraw shows one draw.
func (w *Web) ShowDraw(c *fiber.Ctx) error { return w.showDraw(c, fiber.StatusOK, nil) }

func (w *Web) showDraw(c *fiber.Ctx, status int, problems page.Problems) error {
	id, err := rule.ID[coop.DrawID](c.Params("id"))
	if err != nil {
		return err
	}
	p := drawPage{Frame: page.NewFrame(c, "fund.draw.title", "me"), Problems: problems, Answer: legible(c.FormValue("answer"))}
	if p.Draw, err = w.Fund.One(c.UserContext(), session.Of(c).Coop(), id); err != nil {
		return err
	}
	return page.ShowStatus(c, status, DrawPage(p))
}

// ShowAsked lists what waits for an answer of who looks after the hours.
func (w *Web) ShowAsked(c *fiber.Ctx) error {
	p := askedPage{Frame: page.NewFrame(c, "fund.asked.title", "home")}
	var err error
	if p.Draws, err = w.Fund.Waiting(c.UserContext(), session.Of(c).Coop()); err != nil {
		return err
	}
	return page.Show(c, AskedPage(p))
}

// GrantDraw gives what was asked for.
func (w *Web) GrantDraw(c *fiber.Ctx) error { return w.stepDraw(c, w.Fund.Grant, "/fund/asked") }

// RefuseDraw says no, and why.
func (w *Web) RefuseDraw(c *fiber.Ctx) error {
	refuse := func(ctx context.Context, actor coop.Actor, id coop.DrawID, seen int) error {
		return w.Fund.Refuse(ctx, actor, id, seen, c.FormValue("answer"))
	}
	return w.stepDraw(c, refuse, "/fund/asked")
}

// WithdrawDraw takes back what the reader asked for.
func (w *Web) WithdrawDraw(c *fiber.Ctx) error { return w.stepDraw(c, w.Fund.Withdraw, "/fund") }

// TakeDraw accepts an offer.
func (w *Web) TakeDraw(c *fiber.Ctx) error { return w.stepDraw(c, w.Fund.Take, "/hours") }

// DeclineDraw says no to an offer.
func (w *Web) DeclineDraw(c *fiber.Ctx) error { return w.stepDraw(c, w.Fund.Decline, "/fund") }

func (w *Web) stepDraw(c *fiber.Ctx, take func(context.Context, coop.Actor, coop.DrawID, int) error, to string) error {
	id, err := rule.ID[coop.DrawID](c.Params("id"))
	if err != nil {
		return err
	}
	seen, err := seenOf(c)
	if err == nil {
		err = take(c.UserContext(), session.Of(c).Coop(), id, seen)
	}
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(problems page.Problems) error {
			return w.showDraw(c, fiber.StatusUnprocessableEntity, problems)
		})
	}
	return c.Redirect(to, fiber.StatusSeeOther)
}
