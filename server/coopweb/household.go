package coopweb

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/household"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// householdPage is the household where the reader lives, or how to begin one.
type householdPage struct {
	page.Frame
	Home     household.Household
	Found    bool
	Partings []household.Parting
	Events   []household.Event
	Problems page.Problems
	Child    string
	Born     string
	Key      string
}

// ShowHousehold shows who lives with the reader, and what they share.
func (w *Web) ShowHousehold(c *fiber.Ctx) error { return w.showHousehold(c, fiber.StatusOK, nil) }

func (w *Web) showHousehold(c *fiber.Ctx, status int, problems page.Problems) error {
	ctx, actor := c.UserContext(), session.Of(c).Coop()
	p := householdPage{Frame: page.NewFrame(c, "household.title", "me"), Problems: problems, Key: page.NewKey()}
	p.Child, p.Born = strings.ToValidUTF8(c.FormValue("name"), ""), strings.ToValidUTF8(c.FormValue("born"), "")
	var err error
	if p.Home, p.Found, err = w.Households.Mine(ctx, actor); err != nil {
		return err
	}
	if p.Partings, err = w.Households.Open(ctx, actor); err != nil {
		return err
	}
	if p.Events, err = w.Households.Events(ctx, actor); err != nil {
		return err
	}
	return page.ShowStatus(c, status, HouseholdPage(p))
}

// atHome leads back to the household after an act, or shows what stands in its way.
func (w *Web) atHome(c *fiber.Ctx, err error) error {
	if err == nil {
		return c.Redirect("/household", fiber.StatusSeeOther)
	}
	return page.Refused(page.WordsOf(c), err, func(p page.Problems) error {
		return w.showHousehold(c, fiber.StatusUnprocessableEntity, p)
	})
}

// BeginHousehold makes a household of which the reader is the first.
func (w *Web) BeginHousehold(c *fiber.Ctx) error {
	key, err := rule.Key(c.FormValue("key"))
	if err == nil {
		_, err = w.Households.Begin(c.UserContext(), session.Of(c).Coop(), key)
	}
	return w.atHome(c, err)
}

// AddChild writes down a minor of the household.
func (w *Web) AddChild(c *fiber.Ctx) error {
	key, err := rule.Key(c.FormValue("key"))
	if err != nil {
		return w.atHome(c, err)
	}
	born, err := strconv.ParseInt(strings.TrimSpace(c.FormValue("born")), 10, 32)
	if err != nil {
		return w.atHome(c, rule.Broken("born", "household.born"))
	}
	return w.atHome(c, w.Households.AddMinor(c.UserContext(), session.Of(c).Coop(), key, c.FormValue("name"), int(born)))
}

// RemoveChild takes a minor's line away.
func (w *Web) RemoveChild(c *fiber.Ctx) error {
	id, err := rule.ID[coop.MinorID](c.Params("id"))
	if err == nil {
		err = w.Households.RemoveMinor(c.UserContext(), session.Of(c).Coop(), id)
	}
	return w.atHome(c, err)
}

// AgreeToShare says yes to one account of hours for the household.
func (w *Web) AgreeToShare(c *fiber.Ctx) error {
	_, err := w.Households.Agree(c.UserContext(), session.Of(c).Coop())
	return w.atHome(c, err)
}

// HesitateToShare takes that yes back.
func (w *Web) HesitateToShare(c *fiber.Ctx) error {
	return w.atHome(c, w.Households.Hesitate(c.UserContext(), session.Of(c).Coop()))
}

// Separate gives the reader an account of their own again.
func (w *Web) Separate(c *fiber.Ctx) error {
	return w.atHome(c, w.Households.Separate(c.UserContext(), session.Of(c).Coop()))
}

// householdCodePage shows a code for somebody one lives with.
type householdCodePage struct {
	page.Frame
	Invitation household.Invitation
	Link, Door string
}

// InviteHome makes a code and shows it. It answers the POST itself: the code is kept
// nowhere that a GET could read it from.
func (w *Web) InviteHome(c *fiber.Ctx) error {
	hidden(c)
	key, err := rule.Key(c.FormValue("key"))
	if err != nil {
		return w.atHome(c, err)
	}
	made, err := w.Households.Invite(c.UserContext(), session.Of(c).Coop(), key)
	if err != nil {
		return w.atHome(c, err)
	}
	p := householdCodePage{Frame: page.NewFrame(c, "household.code.title", "me"), Invitation: made, Link: w.Origin + "/household/join/" + made.Code}
	_, host, _ := strings.Cut(w.Origin, "://")
	p.Door = host + "/household/join"
	return page.Show(c, HouseholdCodePage(p))
}

// joinHomePage asks for a code, then shows which household it opens.
type joinHomePage struct {
	page.Frame
	Welcome household.Welcome
	Found   bool
	Problem string
	Code    string
}

// ShowJoinHome asks for the code of a household.
func (w *Web) ShowJoinHome(c *fiber.Ctx) error {
	return page.Show(c, JoinHomePage(joinHomePage{Frame: page.NewFrame(c, "household.join.title", "me")}))
}

// FindHome reads the code that was typed and leads to what it opens. Guesses are counted
// as those at the door are.
func (w *Web) FindHome(c *fiber.Ctx) error {
	code := strings.ToValidUTF8(c.FormValue("code"), "")
	found, err := w.Households.Look(c.UserContext(), session.Of(c).Coop(), code)
	if lost(err) {
		p := joinHomePage{Frame: page.NewFrame(c, "household.join.title", "me"), Code: code}
		p.Problem = p.T("household.join.unknown")
		return page.ShowStatus(c, fiber.StatusUnprocessableEntity, JoinHomePage(p))
	}
	if err != nil {
		return err
	}
	return c.Redirect("/household/join/"+found.Code, fiber.StatusSeeOther)
}

// ShowHomeWelcome shows who lives where the code leads, before the yes.
func (w *Web) ShowHomeWelcome(c *fiber.Ctx) error {
	return w.showHomeWelcome(c, fiber.StatusOK, nil)
}

func (w *Web) showHomeWelcome(c *fiber.Ctx, status int, problems page.Problems) error {
	hidden(c)
	p := joinHomePage{Frame: page.NewFrame(c, "household.join.title", "me"), Found: true, Problem: problems["household"]}
	var err error
	if p.Welcome, err = w.Households.Look(c.UserContext(), session.Of(c).Coop(), c.Params("code")); err != nil {
		return err
	}
	return page.ShowStatus(c, status, JoinHomePage(p))
}

// JoinHome says yes to living together.
func (w *Web) JoinHome(c *fiber.Ctx) error {
	if err := w.Households.Join(c.UserContext(), session.Of(c).Coop(), c.Params("code")); err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error {
			return w.showHomeWelcome(c, fiber.StatusUnprocessableEntity, p)
		})
	}
	return c.Redirect("/household", fiber.StatusSeeOther)
}

// leaveHomePage says what leaving a household means, in its two ways.
type leaveHomePage struct {
	page.Frame
	Home household.Household
}

// ShowLeaveHome says what leaving the household means, before it is done.
func (w *Web) ShowLeaveHome(c *fiber.Ctx) error {
	hidden(c)
	p := leaveHomePage{Frame: page.NewFrame(c, "household.leave.title", "me")}
	home, found, err := w.Households.Mine(c.UserContext(), session.Of(c).Coop())
	if err != nil {
		return err
	}
	if !found {
		return c.Redirect("/household", fiber.StatusSeeOther)
	}
	p.Home = home
	return page.Show(c, LeaveHomePage(p))
}

// LeaveHome ends the reader's life in the household, and tells the others.
func (w *Web) LeaveHome(c *fiber.Ctx) error {
	return w.atHome(c, w.Households.Leave(c.UserContext(), session.Of(c).Coop()))
}

// SlipFromHome ends it without telling anybody of the household, and leads to a page that
// says nothing of it.
func (w *Web) SlipFromHome(c *fiber.Ctx) error {
	hidden(c)
	if err := w.Households.Slip(c.UserContext(), session.Of(c).Coop()); err != nil {
		return w.atHome(c, err)
	}
	return c.Redirect("/me", fiber.StatusSeeOther)
}

// eventWords says what happened to a household, and accuses nobody.
func (p householdPage) eventWords(e household.Event) string {
	name := page.Name(e.Name).Apart()
	if e.Name == "" {
		name = p.T("agreement.gone")
	}
	key := "household.step_" + string(e.Step)
	if e.Mine && (e.Step == household.Joined || e.Step == household.Left || e.Step == household.Parts) {
		key += "_me"
	}
	return p.T(key, "Name", name)
}

// moments are the household's history as a thread.
func (p householdPage) moments() (list []page.Moment) {
	for _, e := range p.Events {
		list = append(list, page.Moment{State: "done", When: p.Date(e.At), Title: p.eventWords(e)})
	}
	return list
}

// childLine is a child's first name and year.
func (p householdPage) childLine(m household.Minor) string {
	return p.T("household.child_line", "Name", page.Name(m.Name).Apart(), "Born", strconv.Itoa(m.Born))
}

// personNote is what stands beside a person of the household.
func (p householdPage) personNote(who household.Person) string {
	switch {
	case who.ID == p.Actor.Member:
		return p.T("household.you")
	case p.Home.Asked() && who.SharingAt.IsZero():
		return p.T("household.not_yet")
	case p.Home.Asked():
		return p.T("household.said_yes")
	}
	return ""
}

// partingLines lead to the divisions that wait.
func (p householdPage) partingLines() (list []page.Line) {
	for _, part := range p.Partings {
		note := p.T("household.parting.since", "Date", p.Date(part.OpenedAt))
		if part.Untold {
			note = p.T("household.parting.quiet")
		}
		list = append(list, page.Line{Icon: "clock", Title: p.T("household.parting.title"), Note: note, Href: "/household/partings/" + part.ID.String()})
	}
	return list
}
