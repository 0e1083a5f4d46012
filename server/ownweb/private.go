package ownweb

import (
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lien/coop/participation"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
	"lien/support/bond"
)

// privatePage is how I took part, for myself alone.
type privatePage struct {
	page.Frame
	Summary   *bond.Summary
	Months    []bond.Month
	Proposals []proposal
}

// proposal is something open that somebody put before me.
type proposal struct{ ID, Href, Title, When, By, Icon string }

// ShowPrivate answers with my participation. Everybody has this page.
func (w *Web) ShowPrivate(c *fiber.Ctx) error {
	f := page.NewFrame(c, "private.title", "me")
	summary, months, err := w.Participation.Mine(c.UserContext(), session.Of(c).Coop(), longAgo(f.Now()), f.Now())
	if err != nil {
		return err
	}
	list, err := w.Door.Proposed(c.UserContext(), owner(c))
	if err != nil {
		return err
	}
	p := privatePage{Frame: f, Summary: summaryOf(summary), Months: monthsOf(months)}
	for _, o := range list {
		p.Proposals = append(p.Proposals, proposalOf(f, o))
	}
	return page.Show(c, PrivatePage(p))
}

func proposalOf(f page.Frame, o Proposal) proposal {
	p := proposal{ID: o.ID.String(), Title: o.Title, By: o.ByName, Icon: "help", Href: "/listings/" + o.TargetID.String()}
	if o.Kind == "event" {
		p.Icon, p.Href, p.When = "calendar", "/events/"+o.TargetID.String(), page.Capital(f.When(o.StartsAt))
	}
	return p
}

// PutAway takes a proposal off my page; nobody is told.
func (w *Web) PutAway(c *fiber.Ctx) error {
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return rule.ErrNotFound
	}
	if err := w.Door.PutAway(c.UserContext(), owner(c), id); err != nil {
		return err
	}
	return c.Redirect("/private", fiber.StatusSeeOther)
}

// summaryOf and monthsOf are the member's own summary as the door shows it: the two are
// drawn by the same function of the database.
func summaryOf(s participation.Summary) *bond.Summary {
	if s.Empty() {
		return nil
	}
	return &bond.Summary{Joined: s.Joined, Active: s.Active, Given: s.Given, Received: s.Received, Roles: s.Roles, Trend: s.Trend}
}

func monthsOf(list []participation.Month) []bond.Month {
	var months []bond.Month
	for _, m := range list {
		months = append(months, bond.Month(m))
	}
	return months
}

// codePage is where a code is typed.
type codePage struct {
	page.Frame
	Code     string
	Problems page.Problems
}

// ShowCode asks for the code that somebody gave me, face to face.
func (w *Web) ShowCode(c *fiber.Ctx) error {
	return page.Show(c, CodePage(codePage{Frame: page.NewFrame(c, "private.code.title", "me"), Code: short(c.Params("code"))}))
}

// Redeem joins me to the person whose code it is.
func (w *Web) Redeem(c *fiber.Ctx) error {
	err := w.Door.Redeem(c.UserContext(), owner(c), c.FormValue("code"))
	p := codePage{Frame: page.NewFrame(c, "private.code.title", "me"), Code: short(c.FormValue("code"))}
	if problems, refused := page.ProblemsOf(p.Words, err); refused {
		p.Problems = problems
		return page.ShowStatus(c, fiber.StatusUnprocessableEntity, CodePage(p))
	}
	if err != nil {
		return err
	}
	return c.Redirect("/private/share", fiber.StatusSeeOther)
}

// short keeps of a typed code what may stand in the page again.
func short(code string) string {
	code = bond.Fold(code)
	if len(code) > 12 {
		return ""
	}
	for _, r := range code {
		if (r < '0' || r > '9') && (r < 'A' || r > 'Z') {
			return ""
		}
	}
	return code
}
