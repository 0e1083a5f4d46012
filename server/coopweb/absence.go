package coopweb

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/departure"
	"lien/coop/membership"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// absencePage is the beginning of a departure that somebody cannot begin themselves.
type absencePage struct {
	page.Frame
	Member                membership.Member
	Because, Why, Witness string
	Problems              page.Problems
}

// ShowAbsence asks what a facilitator knows of somebody who has died or cannot be reached.
func (w *Web) ShowAbsence(c *fiber.Ctx) error { return w.showAbsence(c, fiber.StatusOK, nil) }

func (w *Web) showAbsence(c *fiber.Ctx, status int, problems page.Problems) error {
	id, err := rule.ID[coop.MemberID](c.Params("id"))
	if err != nil {
		return err
	}
	actor := session.Of(c).Coop()
	p := absencePage{Frame: page.NewFrame(c, "departure.absence.title", "home"), Problems: problems}
	p.Because, p.Why, p.Witness = typed(c, "because"), typed(c, "why"), typed(c, "witness")
	if p.Member, err = w.Members.One(c.UserContext(), actor, id); err != nil {
		return err
	}
	if id == actor.Member || p.Member.State == membership.Leaving || p.Member.State == membership.Left {
		return rule.ErrNotFound
	}
	return page.ShowStatus(c, status, AbsencePage(p))
}

// BeginAbsence begins that departure, and leads to what there is to settle.
func (w *Web) BeginAbsence(c *fiber.Ctx) error {
	id, err := rule.ID[coop.MemberID](c.Params("id"))
	if err != nil {
		return err
	}
	witness, _ := strconv.ParseInt(strings.TrimSpace(c.FormValue("witness")), 10, 64) // what is no number is nobody's
	begun, err := w.Departures.BeginFor(c.UserContext(), session.Of(c).Coop(), id, departure.Absence{
		Because: departure.Because(c.FormValue("because")), Why: c.FormValue("why"), Witness: witness,
	})
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error {
			return w.showAbsence(c, fiber.StatusUnprocessableEntity, p)
		})
	}
	return c.Redirect("/desk/departures/"+begun.String(), fiber.StatusSeeOther)
}

// reasons are what may have happened.
func (p absencePage) reasons() page.Choices {
	c := page.Choices{Name: "because", Legend: p.T("departure.absence.because"), Class: "list", Problem: p.Problems["because"]}
	for _, because := range []departure.Because{departure.Died, departure.Absent} {
		c.Options = append(c.Options, page.Choice{Value: string(because), Label: p.T("departure.absence." + string(because)), Chosen: p.Because == string(because)})
	}
	return c
}
