package coopweb

import (
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// devicesPage lists what a member opens lien with.
type devicesPage struct {
	page.Frame
	Devices []session.Device
}

// ShowDevices lists the member's own devices.
func (w *Web) ShowDevices(c *fiber.Ctx) error {
	list, err := w.Entrance.Devices.List(c.UserContext(), session.Of(c))
	if err != nil {
		return err
	}
	return page.Show(c, DevicesPage(devicesPage{Frame: page.NewFrame(c, "device.title", "me"), Devices: list}))
}

// EndDevice forgets one of the member's own devices; forgetting this one signs out.
func (w *Web) EndDevice(c *fiber.Ctx) error {
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return rule.ErrNotFound
	}
	actor, e := session.Of(c), w.Entrance
	if err := e.Devices.End(c.UserContext(), actor, id); err != nil {
		return err
	}
	if id != actor.Device {
		return c.Redirect("/me/devices", fiber.StatusSeeOther)
	}
	e.Cookies.ForgetSession(c, session.Resident)
	e.Cookies.ForgetDevice(c)
	return c.Redirect("/open", fiber.StatusSeeOther)
}

// newLinkPage shows a link to a new device, once: reloading makes another.
type newLinkPage struct {
	page.Frame
	Link string
	Says string
	Back string
}

// AddDevice makes a link for another device of the member and shows it as a square. It
// answers the POST itself: the link is kept nowhere that a GET could read it from.
func (w *Web) AddDevice(c *fiber.Ctx) error {
	path, err := w.Entrance.Links.Second(c.UserContext(), session.Of(c))
	if err != nil {
		return err
	}
	return w.showNewLink(c, path, "device.second.title", "device.second.words", "/me/devices")
}

func (w *Web) showNewLink(c *fiber.Ctx, path, title, words, back string) error {
	hidden(c)
	f := page.NewFrame(c, title, "me")
	return page.Show(c, NewLinkPage(newLinkPage{Frame: f, Link: w.Origin + path, Says: f.T(words), Back: back}))
}
