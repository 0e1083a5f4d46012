package supportweb

import (
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"lien/server/page"
	"lien/server/session"
	"lien/support/casework"
)

// Entrance is what the professionals' door calls.
type Entrance struct {
	Professionals *session.Professionals
	Workers       *casework.Workers
	Links         *session.Links
	Sessions      *session.Sessions
	Cookies       session.Cookies
	Guesses       *session.Throttle // of passwords
	Origin        string            // scheme and host, for links to hand over
}

// signInPage asks for password and second factor at once: which of them was wrong is
// never said.
type signInPage struct {
	page.Frame
	Email    string
	Next     string
	Problems page.Problems
}

// ShowSignIn is the professionals' door.
func (w *Web) ShowSignIn(c *fiber.Ctx) error {
	if session.Of(c).Kind == session.Professional {
		return c.Redirect("/pro", fiber.StatusSeeOther)
	}
	return page.Show(c, SignInPage(signInPage{Frame: page.NewFrame(c, "signin.title", ""), Next: c.Query("next")}))
}

// SignIn begins a professional's session. Misses are counted per address, so that nobody
// can shut a colleague out from elsewhere.
func (w *Web) SignIn(c *fiber.Ctx) error {
	hush(c)
	e := w.Entrance
	if err := e.Guesses.Allow(c.IP()); err != nil {
		return err
	}
	opened, err := e.Professionals.SignIn(c.UserContext(), c.FormValue("email"), c.FormValue("password"), c.FormValue("code"))
	if err != nil {
		p := signInPage{Frame: page.NewFrame(c, "signin.title", ""), Email: strings.ToValidUTF8(c.FormValue("email"), ""), Next: c.FormValue("next")}
		problems, ok := page.ProblemsOf(p.Words, err)
		if !ok {
			return err
		}
		p.Problems = problems
		return page.ShowStatus(c, fiber.StatusUnprocessableEntity, SignInPage(p))
	}
	e.Guesses.Pardon(c.IP())
	return w.come(c, opened, c.FormValue("next"))
}

// Speak changes the language in which the professional reads, and begins their day again.
func (w *Web) Speak(c *fiber.Ctx) error {
	if err := w.Entrance.Professionals.Speak(c.UserContext(), session.Of(c), c.FormValue("lang")); err != nil {
		return err
	}
	return c.Redirect("/pro", fiber.StatusSeeOther)
}

// SignOut ends the session.
func (w *Web) SignOut(c *fiber.Ctx) error {
	if err := w.Entrance.Sessions.SignOut(c.UserContext(), session.Of(c)); err != nil {
		return err
	}
	w.Entrance.Cookies.ForgetSession(c, session.Professional)
	c.Set("Clear-Site-Data", `"cache", "storage"`)
	return c.Redirect("/pro/sign-in", fiber.StatusSeeOther)
}

// come keeps the session's cookie and goes on inside.
func (w *Web) come(c *fiber.Ctx, opened session.Opened, next string) error {
	w.Entrance.Cookies.SetSession(c, session.Professional, opened.Token, opened.Ends)
	if !strings.HasPrefix(next, "/pro/") {
		next = "/pro"
	}
	return c.Redirect(page.OwnPath(next), fiber.StatusSeeOther)
}

// firstPage is a professional's first sign-in.
type firstPage struct {
	page.Frame
	Link     session.Link
	Factor   session.SecondFactor
	Action   string
	Problems page.Problems
}

// Spaced is the authenticator's key in groups, to be typed by hand.
func (p firstPage) Spaced() string {
	var groups []string
	for rest := p.Factor.Secret; rest != ""; rest = rest[min(4, len(rest)):] {
		groups = append(groups, rest[:min(4, len(rest))])
	}
	return strings.Join(groups, " ")
}

// ShowFirst asks a professional for a password and shows what to put into their
// authenticator. It changes nothing.
func (w *Web) ShowFirst(c *fiber.Ctx) error { return w.showFirst(c, fiber.StatusOK, nil) }

func (w *Web) showFirst(c *fiber.Ctx, status int, problems page.Problems) error {
	link, err := w.look(c, session.AFirst)
	if err != nil {
		return err
	}
	p := firstPage{Frame: page.NewFrame(c, "signin.first.title", ""), Link: link, Problems: problems}
	p.Factor, p.Action = w.Entrance.Professionals.SecondFactor(link), "/pro/first/"+url.PathEscape(c.Params("token"))
	return page.ShowStatus(c, status, FirstPage(p))
}

// First sets the password and the second factor, and signs in.
func (w *Web) First(c *fiber.Ctx) error {
	link, err := w.look(c, session.AFirst)
	if err != nil {
		return err
	}
	opened, err := w.Entrance.Professionals.First(c.UserContext(), link, c.Params("token"),
		c.FormValue("password"), c.FormValue("again"), c.FormValue("code"))
	if problems, ok := page.ProblemsOf(page.WordsOf(c), err); ok {
		return w.showFirst(c, fiber.StatusUnprocessableEntity, problems)
	}
	if err != nil {
		return err
	}
	return w.come(c, opened, "")
}

// look returns what a link opens.
func (w *Web) look(c *fiber.Ctx, opens session.Opens) (session.Link, error) {
	hush(c)
	return w.Entrance.Links.Look(c.UserContext(), opens, c.Params("token"))
}

// linkPage is a demonstration's link about to be followed.
type linkPage struct {
	page.Frame
	Action string
}

// ShowLink shows a demonstration's link with one button: looking changes nothing.
func (w *Web) ShowLink(c *fiber.Ctx) error {
	if _, err := w.look(c, session.ASession); err != nil {
		return err
	}
	p := linkPage{Frame: page.NewFrame(c, "signin.link.title", ""), Action: "/pro/sign-in/" + url.PathEscape(c.Params("token"))}
	return page.Show(c, LinkPage(p))
}

// FollowLink begins the session that a demonstration's link opens.
func (w *Web) FollowLink(c *fiber.Ctx) error {
	if _, err := w.look(c, session.ASession); err != nil {
		return err
	}
	opened, err := w.Entrance.Links.Enter(c.UserContext(), c.Params("token"))
	if err != nil {
		return err
	}
	return w.come(c, opened, "")
}

// hush marks a page that leaves no trace on the device.
func hush(c *fiber.Ctx) { c.Set(fiber.HeaderCacheControl, "no-store") }
