package coopweb

import (
	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/fund"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// fundRulePage is where the treasurer writes down what was voted. Typed is what was sent.
type fundRulePage struct {
	page.Frame
	Key      string
	Typed    map[string]string
	Problems page.Problems
}

// mintingPage is how many hours the community may make, and room for what is voted next.
type mintingPage struct {
	page.Frame
	Key      string
	Holds    fund.Minting
	Typed    map[string]string
	Problems page.Problems
}

// NewFundRule shows the form of a rule.
func (w *Web) NewFundRule(c *fiber.Ctx) error {
	return w.showFundRule(c, fiber.StatusOK, fundRulePage{Key: page.NewKey()})
}

// EnterFundRule writes a rule down.
func (w *Web) EnterFundRule(c *fiber.Ctx) error {
	draft, err := ruleOf(c)
	if err == nil {
		_, err = w.Fund.Enter(c.UserContext(), session.Of(c).Coop(), draft)
	}
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(problems page.Problems) error {
			return w.showFundRule(c, fiber.StatusUnprocessableEntity, fundRulePage{
				Key: page.KeptKey(c), Problems: problems, Typed: typedOf(c, "why", "words", "minutes", "each", "all", "voted_on"),
			})
		})
	}
	return c.Redirect("/fund", fiber.StatusSeeOther)
}

// EndFundRule ends a rule.
func (w *Web) EndFundRule(c *fiber.Ctx) error {
	id, err := rule.ID[coop.FundRuleID](c.Params("id"))
	if err != nil {
		return err
	}
	if err := w.Fund.End(c.UserContext(), session.Of(c).Coop(), id); err != nil {
		return err
	}
	return c.Redirect("/fund", fiber.StatusSeeOther)
}

// ShowMinting shows how many hours the community may make.
func (w *Web) ShowMinting(c *fiber.Ctx) error {
	return w.showMinting(c, fiber.StatusOK, mintingPage{Key: page.NewKey()})
}

// Mint writes down what was voted about it.
func (w *Web) Mint(c *fiber.Ctx) error {
	draft, err := mintingOf(c)
	if err == nil {
		err = w.Fund.Mint(c.UserContext(), session.Of(c).Coop(), draft)
	}
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(problems page.Problems) error {
			return w.showMinting(c, fiber.StatusUnprocessableEntity, mintingPage{Key: page.KeptKey(c), Problems: problems, Typed: typedOf(c, "cap", "words", "voted_on")})
		})
	}
	return c.Redirect("/fund", fiber.StatusSeeOther)
}

// EndMinting ends it.
func (w *Web) EndMinting(c *fiber.Ctx) error {
	id, err := rule.ID[coop.MintingID](c.Params("id"))
	if err != nil {
		return err
	}
	if err := w.Fund.EndMinting(c.UserContext(), session.Of(c).Coop(), id); err != nil {
		return err
	}
	return c.Redirect("/fund", fiber.StatusSeeOther)
}

func (w *Web) showFundRule(c *fiber.Ctx, status int, p fundRulePage) error {
	if err := w.keeper(c); err != nil {
		return err
	}
	p.Frame = page.NewFrame(c, "fund.rule.title", "me")
	return page.ShowStatus(c, status, FundRulePage(p))
}

func (w *Web) showMinting(c *fiber.Ctx, status int, p mintingPage) (err error) {
	if err := w.keeper(c); err != nil {
		return err
	}
	p.Frame = page.NewFrame(c, "fund.minting.title", "me")
	if p.Holds, err = w.Fund.Minting(c.UserContext(), session.Of(c).Coop()); err != nil {
		return err
	}
	return page.ShowStatus(c, status, MintingPage(p))
}

// keeper shows the forms only to who may send them; sending is decided again below.
func (w *Web) keeper(c *fiber.Ctx) error {
	_, keeper, err := w.Fund.Keeps(c.UserContext(), session.Of(c).Coop())
	if err == nil && !keeper {
		return rule.ErrNotFound
	}
	return err
}

func ruleOf(c *fiber.Ctx) (d fund.RuleDraft, err error) {
	if d.Key, err = rule.Key(c.FormValue("key")); err != nil {
		return d, err
	}
	d.Why, d.Words, d.Language = fund.Why(c.FormValue("why")), c.FormValue("words"), page.WordsOf(c).Lang()
	if d.Minutes, err = hoursOf(c, "minutes"); err != nil {
		return d, err
	}
	if d.Each, err = hoursOf(c, "each"); err != nil {
		return d, err
	}
	if d.All, err = hoursOf(c, "all"); err != nil {
		return d, err
	}
	d.VotedOn, err = dayOf(c, "voted_on")
	return d, err
}

func mintingOf(c *fiber.Ctx) (d fund.MintingDraft, err error) {
	if d.Key, err = rule.Key(c.FormValue("key")); err != nil {
		return d, err
	}
	d.Words, d.Language = c.FormValue("words"), page.WordsOf(c).Lang()
	if d.Cap, err = hoursOf(c, "cap"); err != nil {
		return d, err
	}
	d.VotedOn, err = dayOf(c, "voted_on")
	return d, err
}

// whys are the reasons as taps.
func (p fundRulePage) whys() []page.Choice {
	var out []page.Choice
	for _, why := range fund.Whys() {
		out = append(out, page.Choice{Value: string(why), Label: whyName(p.Words, why), Icon: whyIcon(why), Chosen: string(why) == p.Typed["why"]})
	}
	return out
}

// lengths are the three numbers of a rule.
func (p fundRulePage) lengths() []page.Field {
	var out []page.Field
	for _, name := range []string{"minutes", "each", "all"} {
		out = append(out, page.Field{Name: name, Label: p.T("fund.rule." + name), Hint: p.T("limits.per_act_hint"), Value: p.Typed[name], Complete: "off", Most: 10, Required: true, Problem: p.Problems[name]})
	}
	return out
}
