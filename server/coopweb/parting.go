package coopweb

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/household"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// partingPage is hours to be divided, for those concerned and for the facilitator who may
// have to decide.
type partingPage struct {
	page.Frame
	Parting  household.Parting
	Problems page.Problems
	Other    string
	Chosen   int64
	Tapped   bool
	Reason   string
	Desk     bool
}

// ShowParting shows what is to be divided, what was named and who has signed.
func (w *Web) ShowParting(c *fiber.Ctx) error { return w.showParting(c, fiber.StatusOK, nil) }

func (w *Web) showParting(c *fiber.Ctx, status int, problems page.Problems) error {
	id, err := rule.ID[coop.PartingID](c.Params("id"))
	if err != nil {
		return err
	}
	p := newPartingPage(c, problems)
	if p.Parting, err = w.Households.Parting(c.UserContext(), session.Of(c).Coop(), id); err != nil {
		return err
	}
	return page.ShowStatus(c, status, PartingPage(p))
}

func newPartingPage(c *fiber.Ctx, problems page.Problems) partingPage {
	p := partingPage{Frame: page.NewFrame(c, "household.parting.title", "me"), Problems: problems}
	p.Other, p.Reason = strings.ToValidUTF8(c.FormValue("other"), ""), strings.ToValidUTF8(c.FormValue("reason"), "")
	if tapped, err := strconv.ParseInt(c.FormValue("minutes"), 10, 32); err == nil {
		p.Chosen, p.Tapped = tapped, true
	}
	return p
}

// NameShare proposes how many hours go with who parts.
func (w *Web) NameShare(c *fiber.Ctx) error {
	return w.parted(c, func(id coop.PartingID, seen int) error {
		minutes, err := shareOf(c)
		if err != nil {
			return err
		}
		return w.Households.Name(c.UserContext(), session.Of(c).Coop(), id, seen, minutes)
	})
}

// SignShare agrees to the figure that the page showed.
func (w *Web) SignShare(c *fiber.Ctx) error {
	return w.parted(c, func(id coop.PartingID, seen int) error {
		return w.Households.Sign(c.UserContext(), session.Of(c).Coop(), id, seen)
	})
}

// AskShare asks a facilitator to decide.
func (w *Web) AskShare(c *fiber.Ctx) error {
	return w.parted(c, func(id coop.PartingID, _ int) error {
		return w.Households.Help(c.UserContext(), session.Of(c).Coop(), id)
	})
}

// parted does something about a parting and leads back to it, or home once it is settled.
func (w *Web) parted(c *fiber.Ctx, act func(coop.PartingID, int) error) error {
	id, err := rule.ID[coop.PartingID](c.Params("id"))
	if err != nil {
		return err
	}
	seen, err := strconv.ParseInt(c.FormValue("seen"), 10, 32)
	if err != nil {
		seen = -1 // a page that knew of nothing: the rule answers that it has moved on
	}
	if err := act(id, int(seen)); err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error {
			return w.showParting(c, fiber.StatusUnprocessableEntity, p)
		})
	}
	return c.Redirect("/household", fiber.StatusSeeOther)
}

// shareOf reads the figure: a tap, or minutes that were typed. What was typed counts in the
// direction of the whole: a part of what there is, or a part of what is owed.
func shareOf(c *fiber.Ctx) (int64, error) {
	if c.FormValue("other") == "" {
		minutes, err := strconv.ParseInt(c.FormValue("minutes"), 10, 32)
		if err != nil {
			return 0, rule.Broken("minutes", "rule.choose")
		}
		return minutes, nil
	}
	minutes, err := minutesOf(c)
	if c.FormValue("owed") != "" {
		minutes = -minutes
	}
	return minutes, err
}

// partingsPage is what waits for a facilitator to decide between people who part.
type partingsPage struct {
	page.Frame
	Lines []page.Line
}

// ShowPartings lists the partings that wait for a facilitator who never lived there.
func (w *Web) ShowPartings(c *fiber.Ctx) error {
	hidden(c)
	list, err := w.Households.Waiting(c.UserContext(), session.Of(c).Coop())
	if err != nil {
		return err
	}
	p := partingsPage{Frame: page.NewFrame(c, "household.desk.title", "home")}
	for _, part := range list {
		note := p.T("household.desk.late")
		switch {
		case part.Untold:
			note = p.T("household.desk.quiet")
		case !part.HelpAt.IsZero():
			note = p.T("household.desk.asked")
		}
		p.Lines = append(p.Lines, page.Line{Icon: "home", Title: part.Name, Note: note + " · " + p.NearDay(part.OpenedAt), Href: "/desk/partings/" + part.ID.String()})
	}
	return page.Show(c, PartingsPage(p))
}

// ShowPartingAtDesk shows one parting to the facilitator who may decide it.
func (w *Web) ShowPartingAtDesk(c *fiber.Ctx) error {
	return w.showPartingAtDesk(c, fiber.StatusOK, nil)
}

func (w *Web) showPartingAtDesk(c *fiber.Ctx, status int, problems page.Problems) error {
	hidden(c)
	id, err := rule.ID[coop.PartingID](c.Params("id"))
	if err != nil {
		return err
	}
	p := newPartingPage(c, problems)
	p.Desk = true
	if p.Parting, err = w.Households.Waits(c.UserContext(), session.Of(c).Coop(), id); err != nil {
		return err
	}
	return page.ShowStatus(c, status, PartingPage(p))
}

// DecideParting is the facilitator's word, with its reason.
func (w *Web) DecideParting(c *fiber.Ctx) error {
	id, err := rule.ID[coop.PartingID](c.Params("id"))
	if err != nil {
		return err
	}
	minutes, err := shareOf(c)
	if err == nil {
		err = w.Households.Decide(c.UserContext(), session.Of(c).Coop(), id, minutes, c.FormValue("reason"))
	}
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error {
			return w.showPartingAtDesk(c, fiber.StatusUnprocessableEntity, p)
		})
	}
	return c.Redirect("/desk/partings", fiber.StatusSeeOther)
}

// path is where the page's forms go.
func (p partingPage) path(act string) string {
	if p.Desk {
		return "/desk/partings/" + p.Parting.ID.String() + "/" + act
	}
	return "/household/partings/" + p.Parting.ID.String() + "/" + act
}

// wholeWords says what there is to divide.
func (p partingPage) wholeWords() string {
	switch whole := p.Parting.Whole; {
	case whole > 0:
		return p.T("household.parting.whole", "Length", p.Hours(whole))
	case whole < 0:
		return p.T("household.parting.owed", "Length", p.Hours(-whole))
	}
	return p.T("household.parting.nothing")
}

// whose is who parts: the reader, or somebody by name.
func (p partingPage) whose(key string) string {
	if p.Parting.Member == p.Actor.Member {
		return p.T("household.parting." + key + "_me")
	}
	return p.T("household.parting."+key, "Name", page.Name(p.Parting.Name).Apart())
}

// figureWords is the figure that was named last.
func (p partingPage) figureWords() string {
	return p.whose("goes") + " " + p.signedHours(p.Parting.Minutes) + ". " + p.T("household.parting.stays", "Length", p.signedHours(p.Parting.Rest()))
}

func (p partingPage) signedHours(minutes int64) string {
	if minutes < 0 {
		return p.T("household.parting.to_give_back", "Length", p.Hours(-minutes))
	}
	return p.Hours(minutes)
}

// shares are the usual ways to divide, as taps.
func (p partingPage) shares() page.Choices {
	part := p.Parting
	c := page.Choices{Name: "minutes", Legend: p.whose("how_much"), Class: "list", Problem: p.Problems["minutes"]}
	add := func(key string, minutes int64) {
		for _, o := range c.Options {
			if o.Value == strconv.FormatInt(minutes, 10) {
				return
			}
		}
		c.Options = append(c.Options, page.Choice{
			Value: strconv.FormatInt(minutes, 10), Label: p.T("household.parting."+key, "Length", p.signedHours(minutes)),
			Chosen: p.Tapped && p.Chosen == minutes || !p.Tapped && len(c.Options) == 0,
		})
	}
	add("half", part.Half())
	add("own", part.Own())
	add("all", part.Whole)
	add("none", 0)
	return c
}

// parts says what came of whose acts.
func (p partingPage) parts() (facts []page.Fact) {
	for _, part := range p.Parting.Parts {
		facts = append(facts, page.Fact{Icon: "person", Term: part.Name, Value: p.signedHours(part.Minutes)})
	}
	return facts
}

func (p partingPage) signature(signed bool) string {
	if signed {
		return p.T("household.parting.signed")
	}
	return p.T("household.parting.unsigned")
}
