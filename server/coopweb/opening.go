package coopweb

import (
	"net/url"

	"github.com/gofiber/fiber/v2"

	"lien/server/page"
	"lien/server/session"
)

// openPage asks for the PIN of this device.
type openPage struct {
	page.Frame
	Next    string
	Action  string
	Problem string
}

// ShowOpen asks for the PIN of a device that is known here; on another one it says how
// to come in.
func (w *Web) ShowOpen(c *fiber.Ctx) error {
	if session.Of(c).Kind == session.Resident {
		return c.Redirect(next(c.Query("next"), "/home"), fiber.StatusSeeOther)
	}
	known, err := w.Entrance.Devices.Known(c.UserContext(), w.Entrance.Cookies.Device(c))
	if err != nil {
		return err
	}
	if !known {
		return page.Show(c, UnknownDevice(page.NewFrame(c, "open.unknown.title", "")))
	}
	return w.askPIN(c, "/open", c.Query("next"), nil)
}

// Open begins a session with the PIN of this device.
func (w *Web) Open(c *fiber.Ctx) error {
	e := w.Entrance
	opened, err := e.Devices.Open(c.UserContext(), e.Cookies.Device(c), c.FormValue("pin"))
	if lost(err) {
		e.Cookies.ForgetDevice(c)
		return c.Redirect("/open", fiber.StatusSeeOther)
	}
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error { return w.askPIN(c, "/open", c.FormValue("next"), p) })
	}
	e.Cookies.SetSession(c, session.Resident, opened.Token, opened.Ends)
	return c.Redirect(next(c.FormValue("next"), "/home"), fiber.StatusSeeOther)
}

// ShowOpenPrivate asks for the PIN again before the private area.
func (w *Web) ShowOpenPrivate(c *fiber.Ctx) error {
	hidden(c)
	return w.askPIN(c, "/private/open", c.Query("next"), nil)
}

// OpenPrivate opens the private area for five minutes.
func (w *Web) OpenPrivate(c *fiber.Ctx) error {
	hidden(c)
	opened, err := w.Entrance.Devices.OpenPrivate(c.UserContext(), session.Of(c), c.FormValue("pin"))
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error { return w.askPIN(c, "/private/open", c.FormValue("next"), p) })
	}
	w.Entrance.Cookies.SetSession(c, session.Resident, opened.Token, opened.Ends)
	return c.Redirect(next(c.FormValue("next"), "/private"), fiber.StatusSeeOther)
}

// LeavePrivate is the quick way out: the private area is shut behind the person, so that
// no step back leads into it, and the page that opens is anybody's.
func (w *Web) LeavePrivate(c *fiber.Ctx) error {
	hidden(c)
	if err := w.Entrance.Devices.ShutPrivate(c.UserContext(), session.Of(c)); err != nil {
		return err
	}
	return c.Redirect("/home", fiber.StatusSeeOther)
}

func (w *Web) askPIN(c *fiber.Ctx, action, next string, problems page.Problems) error {
	title, status := "open.title", fiber.StatusOK
	if action == "/private/open" {
		title = "open.private.title"
	}
	if problems != nil {
		status = fiber.StatusUnprocessableEntity
	}
	p := openPage{Frame: page.NewFrame(c, title, ""), Next: next, Action: action, Problem: problems["pin"]}
	return page.ShowStatus(c, status, OpenPage(p))
}

// next is where to go on: a path of this house that was asked for, or else the usual one.
func next(asked, usual string) string {
	if asked == "" {
		return usual
	}
	return page.OwnPath(asked)
}

// linkPage is a one-use link about to be followed.
type linkPage struct {
	page.Frame
	Action   string
	HasPIN   bool
	Problems page.Problems
}

// ShowLink shows what a link opens, with one button: looking changes nothing, because
// messages and scanners look at links too.
func (w *Web) ShowLink(c *fiber.Ctx) error { return w.showLink(c, fiber.StatusOK, nil) }

func (w *Web) showLink(c *fiber.Ctx, status int, problems page.Problems) error {
	hidden(c)
	link, err := w.Entrance.Links.Look(c.UserContext(), session.ADevice, c.Params("token"))
	if lost(err) {
		return w.deadLink(c)
	}
	if err != nil {
		return err
	}
	p := linkPage{Frame: page.NewFrame(c, "device.link.title", ""), HasPIN: link.HasPIN, Problems: problems}
	p.Action = "/sign-in/" + url.PathEscape(c.Params("token"))
	return page.ShowStatus(c, status, LinkPage(p))
}

// FollowLink makes this device known and signs in on it.
func (w *Web) FollowLink(c *fiber.Ctx) error {
	hidden(c)
	device := session.DeviceName(c.Get(fiber.HeaderUserAgent))
	made, err := w.Entrance.Links.Enrol(c.UserContext(), c.Params("token"), c.FormValue("pin"), c.FormValue("again"), device)
	if lost(err) {
		return w.deadLink(c)
	}
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error { return w.showLink(c, fiber.StatusUnprocessableEntity, p) })
	}
	return w.settle(c, made)
}

// deadLink answers for every link that opens nothing, whatever the reason.
func (w *Web) deadLink(c *fiber.Ctx) error {
	return page.ShowStatus(c, fiber.StatusNotFound, DeadLink(page.NewFrame(c, "device.dead.title", "")))
}
