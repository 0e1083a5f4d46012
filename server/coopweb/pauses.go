package coopweb

import (
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"lien/coop/membership"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// pausePage is where a member rests for a while, and comes back.
type pausePage struct {
	page.Frame
	Resting    bool // a pause runs or is planned
	Pause      membership.Pause
	Key        string
	From       page.Field
	Until      page.Field
	Problem    string
	Agreements []page.Line // what somebody counts on
	Events     []page.Line // places that go to the next in turn
}

// ShowPause shows the pause that the member has or plans, or the form of one, with what is
// open: agreements stay, places at events go to others.
func (w *Web) ShowPause(c *fiber.Ctx) error { return w.showPause(c, fiber.StatusOK, nil) }

func (w *Web) showPause(c *fiber.Ctx, status int, problems page.Problems) error {
	ctx, actor := c.UserContext(), session.Of(c).Coop()
	p := pausePage{Frame: page.NewFrame(c, "pause.title", "me"), Key: page.KeptKey(c), Problem: problems["member"]}
	var err error
	if p.Pause, p.Resting, err = w.Members.Pausing(ctx, actor, actor.Member); err != nil {
		return err
	}
	typed := func(name string) string { return strings.ToValidUTF8(c.FormValue(name), "") }
	today := p.Now().Format(time.DateOnly)
	p.From = page.Field{Name: "from", Type: "date", Label: p.T("pause.from"), Value: or(typed("from"), today), Required: true, Problem: problems["from"]}
	p.Until = page.Field{Name: "until", Type: "date", Label: p.T("pause.until"), Hint: p.T("pause.until_hint"), Value: typed("until"), Required: true, Problem: problems["until"]}
	agreements, err := w.Agreements.Underway(ctx, actor)
	if err != nil {
		return err
	}
	for _, a := range agreements {
		p.Agreements = append(p.Agreements, page.Line{
			Icon: "help", Title: a.About, Note: p.T("pause.with", "Name", page.Name(nameOf(p.Words, a.Other(actor.Member))), "When", p.When(a.PlannedAt)),
			Href: "/agreements/" + a.ID.String(),
		})
	}
	events, err := w.Events.Mine(ctx, actor)
	if err != nil {
		return err
	}
	for _, e := range events {
		if e.Mine.In() && !e.Cancelled() {
			p.Events = append(p.Events, page.Line{Icon: "calendar", Title: titleOf(p.Words, e), Note: page.Capital(p.When(e.StartsAt)), Href: "/events/" + e.ID.String()})
		}
	}
	return page.ShowStatus(c, status, PausePage(p))
}

// Rest begins or plans a pause.
func (w *Web) Rest(c *fiber.Ctx) error {
	key, err := rule.Key(c.FormValue("key"))
	if err != nil {
		err = rule.Broken("member", "rule.key")
	} else {
		err = w.Members.Rest(c.UserContext(), session.Of(c).Coop(), membership.Resting{Key: key, From: c.FormValue("from"), Until: c.FormValue("until")})
	}
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error { return w.showPause(c, fiber.StatusUnprocessableEntity, p) })
	}
	return c.Redirect("/me/pause", fiber.StatusSeeOther)
}

// Resume ends a pause early, or gives up one that is planned.
func (w *Web) Resume(c *fiber.Ctx) error {
	if err := w.Members.Resume(c.UserContext(), session.Of(c).Coop()); err != nil {
		return err
	}
	return c.Redirect("/me/pause", fiber.StatusSeeOther)
}
