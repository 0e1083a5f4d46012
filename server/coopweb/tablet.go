package coopweb

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/desk"
	"lien/coop/membership"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// pinPage asks a facilitator's own PIN: to turn the screen into a tablet at the desk, to
// open a shut one, to make it theirs again.
type pinPage struct {
	page.Frame
	Problem      string
	LeaveProblem string
}

// ShowStartTablet says what a tablet at the desk is, and asks the PIN to begin.
func (w *Web) ShowStartTablet(c *fiber.Ctx) error {
	return page.Show(c, StartTabletPage(pinPage{Frame: page.NewFrame(c, "tablet.start.title", "")}))
}

// StartTablet turns this screen into a tablet at the desk. A professional's session on the
// same browser goes with it: what is shared shows nothing of anybody's cases.
func (w *Web) StartTablet(c *fiber.Ctx) error {
	opened, err := w.Entrance.Devices.OpenTablet(c.UserContext(), session.Of(c), c.FormValue("pin"))
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error {
			return page.ShowStatus(c, fiber.StatusUnprocessableEntity, StartTabletPage(pinPage{Frame: page.NewFrame(c, "tablet.start.title", ""), Problem: p["pin"]}))
		})
	}
	w.Entrance.Cookies.SetSession(c, session.Resident, opened.Token, opened.Ends)
	w.Entrance.Cookies.ForgetSession(c, session.Professional)
	return c.Redirect("/tablet", fiber.StatusSeeOther)
}

// ShowShut is the tablet's lock: nothing of anybody stands on it.
func (w *Web) ShowShut(c *fiber.Ctx) error {
	return page.Show(c, ShutPage(pinPage{Frame: page.NewFrame(c, "tablet.shut.title", "")}))
}

// ShutTablet shuts the tablet at once.
func (w *Web) ShutTablet(c *fiber.Ctx) error {
	if err := w.Entrance.Sessions.Shut(c.UserContext(), session.Of(c)); err != nil {
		return err
	}
	return c.Redirect("/tablet/shut", fiber.StatusSeeOther)
}

// ReopenTablet opens a shut tablet with the facilitator's PIN, with nobody before it.
func (w *Web) ReopenTablet(c *fiber.Ctx) error {
	opened, err := w.Entrance.Devices.OpenTablet(c.UserContext(), session.Of(c), c.FormValue("pin"))
	if err != nil {
		return w.stillShut(c, err, func(p *pinPage, problem string) { p.Problem = problem })
	}
	w.Entrance.Cookies.SetSession(c, session.Resident, opened.Token, opened.Ends)
	return c.Redirect("/tablet", fiber.StatusSeeOther)
}

// LeaveTablet makes the screen the facilitator's own again.
func (w *Web) LeaveTablet(c *fiber.Ctx) error {
	opened, err := w.Entrance.Devices.LeaveTablet(c.UserContext(), session.Of(c), c.FormValue("pin"))
	if err != nil {
		return w.stillShut(c, err, func(p *pinPage, problem string) { p.LeaveProblem = problem })
	}
	w.Entrance.Cookies.SetSession(c, session.Resident, opened.Token, opened.Ends)
	return c.Redirect("/me", fiber.StatusSeeOther)
}

func (w *Web) stillShut(c *fiber.Ctx, err error, put func(*pinPage, string)) error {
	return page.Refused(page.WordsOf(c), err, func(problems page.Problems) error {
		p := pinPage{Frame: page.NewFrame(c, "tablet.shut.title", "")}
		put(&p, problems["pin"])
		return page.ShowStatus(c, fiber.StatusUnprocessableEntity, ShutPage(p))
	})
}

// StillThere is a touch: the gate has kept the tablet open for another minute.
func (w *Web) StillThere(c *fiber.Ctx) error { return c.SendStatus(fiber.StatusNoContent) }

// tabletPage is where a facilitator finds who stands before them.
type tabletPage struct {
	page.Frame
	Words, Place string
	Places       []membership.Place
	Found        []desk.Person
	Searched     bool
	Problem      string
}

// Indented is a place's name under those that it stands in.
func (tabletPage) Indented(p membership.Place) string {
	return strings.Repeat("\u2003", p.Depth()) + p.Name
}

// Note is what tells two members of one name apart.
func (p tabletPage) Note(m desk.Person) string {
	return p.T("me.number", "Number", p.Number(m.Number)) + " · " + m.Place + " · " + page.Tongue(m.Language)
}

// ShowTablet asks who is there.
func (w *Web) ShowTablet(c *fiber.Ctx) error {
	p, err := w.tabletPage(c)
	if err != nil {
		return err
	}
	return page.Show(c, TabletPage(p))
}

func (w *Web) tabletPage(c *fiber.Ctx) (p tabletPage, err error) {
	p = tabletPage{Frame: page.NewFrame(c, "tablet.title", "")}
	p.Places, err = w.Members.Places(c.UserContext(), session.Of(c).Coop())
	return p, err
}

// FindAtTablet shows whom a name, a number or a building leads to. It answers the form
// itself, so that no name stands in an address.
func (w *Web) FindAtTablet(c *fiber.Ctx) error {
	p, err := w.tabletPage(c)
	if err != nil {
		return err
	}
	p.Searched, p.Words, p.Place = true, c.FormValue("words"), c.FormValue("place")
	var place coop.PlaceID
	if p.Place != "" {
		if place, err = rule.ID[coop.PlaceID](p.Place); err != nil {
			return err
		}
	}
	p.Found, err = w.Desk.Find(c.UserContext(), session.Of(c).Coop(), p.Words, place)
	if err != nil {
		return page.Refused(p.Frame.Words, err, func(problems page.Problems) error {
			p.Words, p.Problem = strings.ToValidUTF8(p.Words, ""), problems["words"]
			return page.ShowStatus(c, fiber.StatusUnprocessableEntity, TabletPage(p))
		})
	}
	return page.Show(c, TabletPage(p))
}

// HelpMember puts a member before the tablet, and a line into their journal.
func (w *Web) HelpMember(c *fiber.Ctx) error {
	id, err := rule.ID[coop.MemberID](c.FormValue("member"))
	if err != nil {
		return err
	}
	actor := session.Of(c)
	if _, err := w.Desk.Open(c.UserContext(), actor.Coop(), id); err != nil {
		return err
	}
	if err := w.Entrance.Sessions.Beside(c.UserContext(), actor, id); err != nil {
		return err
	}
	return c.Redirect("/tablet/acts", fiber.StatusSeeOther)
}

// EndHelp ends what the tablet may do for the member before it.
func (w *Web) EndHelp(c *fiber.Ctx) error {
	if err := w.Entrance.Sessions.Alone(c.UserContext(), session.Of(c)); err != nil {
		return err
	}
	return c.Redirect("/tablet", fiber.StatusSeeOther)
}
