package coopweb

import (
	"errors"
	"time"

	"github.com/gofiber/fiber/v2"

	"lien/coop/membership"
	"lien/rule"
	"lien/server/session"
)

// Entrance is what the pages of coming in call: joining, devices, sessions.
type Entrance struct {
	Invitations  *membership.Invitations
	Leaflets     *membership.Leaflets
	Applications *membership.Applications
	Charters     *membership.Charters
	Joinings     *session.Joinings
	Devices      *session.Devices
	Links        *session.Links
	Sessions     *session.Sessions
	Cookies      session.Cookies
	Guesses      *session.Throttle // of short codes on paper
	Applied      *session.Throttle // of applications sent from one address
	Now          func() time.Time
}

// Enter is the front door: it leads home who is signed in, to the PIN who has a device,
// and everybody else to the invitation.
func (w *Web) Enter(c *fiber.Ctx) error {
	to := "/join"
	switch {
	case session.Of(c).Kind == session.Resident:
		to = "/home"
	case w.Entrance.Cookies.Device(c) != "":
		to = "/open"
	}
	return c.Redirect(to, fiber.StatusSeeOther)
}

// settle keeps the cookies of a device just made known and leads home.
func (w *Web) settle(c *fiber.Ctx, made session.Enrolled) error {
	e := w.Entrance
	e.Cookies.SetDevice(c, made.Device, e.Now())
	e.Cookies.SetSession(c, session.Resident, made.Session.Token, made.Session.Ends)
	return c.Redirect("/home", fiber.StatusSeeOther)
}

// hidden marks a page that leaves no trace on the device: it shows a code or a link.
func hidden(c *fiber.Ctx) { c.Set(fiber.HeaderCacheControl, "no-store") }

// lost reports whether a code or link opens nothing.
func lost(err error) bool { return errors.Is(err, rule.ErrNotFound) }

func yes(is bool) string {
	if is {
		return "true"
	}
	return "false"
}
