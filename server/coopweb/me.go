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
