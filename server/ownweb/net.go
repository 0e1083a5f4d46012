package ownweb

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/safetynet"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// netPage is my safety net: off, or whom to tell after how long a silence.
type netPage struct {
	page.Frame
	Net      safetynet.Net
	Told     string // when the person I chose was told, or empty
	Typed    string // the name that was searched
	Searched bool
	Found    []safetynet.Candidate
	Whom     string
	Weeks    int
	Problems page.Problems
}

// ShowNet answers with my safety net.
func (w *Web) ShowNet(c *fiber.Ctx) error { return w.showNet(c, fiber.StatusOK, netPage{}) }

func (w *Web) showNet(c *fiber.Ctx, status int, p netPage) error {
	p.Frame = page.NewFrame(c, "net.title", "me")
	var err error
	if p.Net, err = w.Nets.Mine(c.UserContext(), session.Of(c).Coop()); err != nil {
		return err
	}
	if p.Net.Set() && !p.Net.RaisedAt.IsZero() {
		p.Told = p.T("net.told", "Name", page.Name(p.Net.WhomName), "Date", p.Date(p.Net.RaisedAt))
	}
	if p.Weeks == 0 {
		p.Weeks = p.Net.Weeks
	}
	return page.ShowStatus(c, status, NetPage(p))
}

// FindWhom looks for the person to choose, by name. The name stays out of the address,
// and so out of what a browser remembers.
func (w *Web) FindWhom(c *fiber.Ctx) error {
	p := netPage{Typed: c.FormValue("words"), Searched: true}
	var err error
	p.Found, err = w.Nets.Candidates(c.UserContext(), session.Of(c).Coop(), p.Typed)
	if problems, refused := page.ProblemsOf(page.WordsOf(c), err); refused {
		return w.showNet(c, fiber.StatusUnprocessableEntity, netPage{Typed: readable(p.Typed), Problems: problems})
	}
	if err != nil {
		return err
	}
	if len(p.Found) == 1 {
		p.Whom = p.Found[0].ID.String()
	}
	return w.showNet(c, fiber.StatusOK, p)
}

// SetNet puts my safety net up, or changes it.
func (w *Web) SetNet(c *fiber.Ctx) error {
	p := netPage{Typed: c.FormValue("words"), Whom: c.FormValue("whom")}
	p.Weeks, _ = strconv.Atoi(c.FormValue("weeks")) // what is no number is no choice of weeks
	actor := session.Of(c).Coop()
	whom, err := rule.ID[coop.MemberID](p.Whom)
	if err != nil {
		err = rule.Broken("whom", "net.whom.choose")
	} else {
		err = w.Nets.Set(c.UserContext(), actor, safetynet.Wish{Whom: whom, Weeks: p.Weeks})
	}
	if problems, refused := page.ProblemsOf(page.WordsOf(c), err); refused {
		p.Typed, p.Problems = readable(p.Typed), problems
		if found, err := w.Nets.Candidates(c.UserContext(), actor, p.Typed); err == nil {
			p.Found, p.Searched = found, true
		}
		return w.showNet(c, fiber.StatusUnprocessableEntity, p)
	}
	if err != nil {
		return err
	}
	return c.Redirect("/private/net", fiber.StatusSeeOther)
}

// TakeNetDown takes my safety net down at once.
func (w *Web) TakeNetDown(c *fiber.Ctx) error {
	if err := w.Nets.TakeDown(c.UserContext(), session.Of(c).Coop()); err != nil {
		return err
	}
	return c.Redirect("/private/net", fiber.StatusSeeOther)
}

// whoms are the taps for the persons found.
func (p netPage) whoms() []page.Choice {
	var out []page.Choice
	for _, m := range p.Found {
		out = append(out, page.Choice{Value: m.ID.String(), Label: m.Name, Chosen: m.ID.String() == p.Whom})
	}
	return out
}

// lengths are the taps for how long a silence lasts.
func (p netPage) lengths() []page.Choice {
	var out []page.Choice
	for _, n := range safetynet.Weeks() {
		out = append(out, page.Choice{Value: strconv.Itoa(n), Label: p.N("net.weeks.count", n), Chosen: n == p.Weeks || p.Weeks == 0 && n == 4})
	}
	return out
}

// readable leaves out of a refused text what no page may hold.
func readable(text string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(text, ""), "\x00", "")
}
