package coopweb

import (
	"github.com/gofiber/fiber/v2"

	"lien/coop/membership"
	"lien/server/page"
	"lien/server/session"
)

// mePage is what a member finds of themselves.
type mePage struct {
	page.Frame
	Member    membership.Member
	Decisions []membership.Decision
	Terms     []membership.Term
	Problem   string
}

// ShowMe shows a member their number, their doors and the language they read.
func (w *Web) ShowMe(c *fiber.Ctx) error { return w.showMe(c, fiber.StatusOK, nil) }

func (w *Web) showMe(c *fiber.Ctx, status int, problems page.Problems) error {
	actor := session.Of(c).Coop()
	p := mePage{Frame: page.NewFrame(c, "me.title", "me"), Problem: problems["member"]}
	var err error
	if p.Member, err = w.Members.Of(c.UserContext(), actor.Cooperative, actor.Member); err != nil {
		return err
	}
	if p.Decisions, err = w.Members.Decisions(c.UserContext(), actor, actor.Member); err != nil {
		return err
	}
	if p.Terms, err = w.Members.Terms(c.UserContext(), actor, actor.Member); err != nil {
		return err
	}
	return page.ShowStatus(c, status, MePage(p))
}

// SpeakMe changes the language in which the member reads.
func (w *Web) SpeakMe(c *fiber.Ctx) error {
	lang := c.FormValue("lang")
	if err := w.Members.Speak(c.UserContext(), session.Of(c).Coop(), lang); err != nil {
		return err
	}
	page.KeepLanguage(c, lang, w.Entrance.Cookies.Secure)
	return c.Redirect("/me", fiber.StatusSeeOther)
}

// SignOut ends the session on this device; its PIN opens it again.
func (w *Web) SignOut(c *fiber.Ctx) error {
	if err := w.Entrance.Sessions.SignOut(c.UserContext(), session.Of(c)); err != nil {
		return err
	}
	w.Entrance.Cookies.ForgetSession(c, session.Resident)
	c.Set("Clear-Site-Data", `"cache", "storage"`)
	return c.Redirect("/open", fiber.StatusSeeOther)
}

// group is a few ways that belong together, under one heading.
type group struct {
	Title string
	Lines []page.Line
}

// doors are what a member comes for most, by sign and word.
func (p mePage) doors() []page.Line {
	return []page.Line{
		{Icon: "bell", Title: p.T("inbox.title"), Href: "/inbox"},
		{Icon: "clock", Title: p.T("me.hours"), Href: "/hours"},
		{Icon: "help", Title: p.T("agreement.mine.title"), Href: "/agreements"},
		{Icon: "gift", Title: p.T("me.listings"), Href: "/listings/mine"},
		{Icon: "box", Title: p.T("resource.mine.title"), Href: "/resources/mine"},
		{Icon: "lock", Title: p.T("me.private"), Href: "/private"},
	}
}

// groups are the other ways: where one lives, who neighbours are, what one is here, and
// what is kept.
func (p mePage) groups() []group {
	return []group{
		{p.T("me.home"), []page.Line{
			{Icon: "home", Title: p.T("household.title"), Note: p.T("household.line"), Href: "/household"},
			{Icon: "place", Title: p.T("place.mine"), Note: p.T("place.mine_line"), Href: "/me/place"},
		}},
		{p.T("me.neighbours"), []page.Line{
			{Icon: "people", Title: p.T("directory.title"), Note: p.T("me.directory_note"), Href: "/directory"},
			{Icon: "eye", Title: p.T("visibility.title"), Note: p.T("me.visibility_note"), Href: "/me/visibility"},
			{Icon: "walk", Title: p.T("buddy.title"), Note: p.T("me.buddy_note"), Href: "/me/buddy"},
			{Icon: "plus", Title: p.T("leaflet.mine.title"), Note: p.T("leaflet.mine.note"), Href: "/me/invite"},
		}},
		{p.T("me.here"), []page.Line{
			{Icon: "thanks", Title: p.T("passport.title"), Note: p.T("passport.note"), Href: "/passport"},
			{Icon: "paper", Title: p.T("charter.title"), Note: p.T("charter.note"), Href: "/charter"},
			{Icon: "wait", Title: p.T("pause.title"), Note: p.T("pause.note"), Href: "/me/pause"},
		}},
		{p.T("me.kept"), []page.Line{
			{Icon: "phone", Title: p.T("me.devices"), Note: p.T("me.devices_note"), Href: "/me/devices"},
			{Icon: "screen", Title: p.T("tablet.journal.title"), Note: p.T("tablet.journal.note"), Href: "/me/journal"},
			{Icon: "box", Title: p.T("copy.title"), Note: p.T("copy.note"), Href: "/me/copy"},
		}},
	}
}
