package coopweb

import (
	"errors"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/membership"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// applicationsPage is who wishes to become a member.
type applicationsPage struct {
	page.Frame
	Open   []page.Line
	Closed []page.Line
	More   string
}

// ShowApplications lists those that wait, the first come first, and the last that came to
// an end.
func (w *Web) ShowApplications(c *fiber.Ctx) error {
	actor, e := session.Of(c).Coop(), w.Entrance
	var after coop.ApplicationID
	if text := c.Query("after"); text != "" {
		var err error
		if after, err = rule.ID[coop.ApplicationID](text); err != nil {
			return err
		}
	}
	p := applicationsPage{Frame: page.NewFrame(c, "application.list.title", "home")}
	open, err := e.Applications.Open(c.UserContext(), actor, after)
	if err != nil {
		return err
	}
	for _, v := range open {
		p.Open = append(p.Open, p.line(v))
	}
	if n := len(open); n == 50 {
		p.More = "/desk/applications?after=" + open[n-1].ID.String()
	}
	closed, err := e.Applications.Closed(c.UserContext(), actor)
	if err != nil {
		return err
	}
	for _, v := range closed {
		p.Closed = append(p.Closed, p.line(v))
	}
	return page.Show(c, ApplicationsPage(p))
}

// line is one application: who, and what is next.
func (p applicationsPage) line(v membership.Application) page.Line {
	icon := map[membership.Stage]string{membership.Applied: "person", membership.Meeting: "calendar", membership.Met: "check", membership.Entered: "people"}[v.Stage]
	note := p.T("application.line."+string(v.Stage), "Day", p.NearDay(v.Since), "When", whenOf(p.Words, v))
	switch {
	case v.Late(p.Now()):
		icon, note = "alert", p.T("application.line.late", "Day", p.NearDay(v.Since))
	case icon == "":
		icon = "cross"
	}
	return page.Line{Icon: icon, Title: calledOf(p.Words, v), Note: note, Href: "/desk/applications/" + v.ID.String()}
}

func whenOf(w page.Words, v membership.Application) string {
	if v.MeetingAt.IsZero() {
		return ""
	}
	return w.When(v.MeetingAt)
}

// calledOf is the applicant's name; it is not kept long after the end.
func calledOf(w page.Words, v membership.Application) string {
	if v.Forgotten {
		return w.T("application.forgotten")
	}
	return v.Name
}

// fillingPage is the form that a facilitator fills in for somebody at the desk.
type fillingPage struct {
	page.Frame
	Form applyForm
}

// NewApplication shows the form to fill in at the desk.
func (w *Web) NewApplication(c *fiber.Ctx) error {
	return w.fillApplication(c, fiber.StatusOK, page.NewKey(), nil)
}

func (w *Web) fillApplication(c *fiber.Ctx, status int, key string, problems page.Problems) error {
	p := fillingPage{Frame: page.NewFrame(c, "application.new.title", "home")}
	places, err := w.Members.Places(c.UserContext(), session.Of(c).Coop())
	if err != nil {
		return err
	}
	p.Form = applyFormOf(c, p.Words, places, key, problems)
	p.Form.Languages = true
	if p.Form.Language == "" {
		p.Form.Language = p.Lang()
	}
	return page.ShowStatus(c, status, FillingPage(p))
}

// FillApplication writes down the application of somebody at the desk.
func (w *Web) FillApplication(c *fiber.Ctx) error {
	form, err := applying(c, c.FormValue("language"))
	var made membership.Application
	if err == nil {
		made, err = w.Entrance.Applications.Fill(c.UserContext(), session.Of(c).Coop(), form)
	}
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error {
			return w.fillApplication(c, fiber.StatusUnprocessableEntity, page.KeptKey(c), p)
		})
	}
	return c.Redirect("/desk/applications/"+made.ID.String(), fiber.StatusSeeOther)
}

// applicationPage is one application at the desk.
type applicationPage struct {
	page.Frame
	Application membership.Application
	Facts       []page.Fact
	Thread      []page.Moment
	Problems    page.Problems
	Stairs      []membership.Place
	Sheet       membership.Invitation
	Version     int
	Key         string
	Path        string
	// What was typed, or is proposed.
	Day, Clock, Place, Home, Reason string
	Meet, Welcome, Decline, Enrol   bool
}

// Indented is a place's name under those that it stands in.
func (applicationPage) Indented(p membership.Place) string {
	return strings.Repeat("\u2003", p.Depth()) + p.Name
}

// ShowApplication shows one application and what a facilitator can do with it.
func (w *Web) ShowApplication(c *fiber.Ctx) error {
	return w.showApplication(c, fiber.StatusOK, nil)
}

func (w *Web) showApplication(c *fiber.Ctx, status int, problems page.Problems) error {
	hidden(c)
	id, err := rule.ID[coop.ApplicationID](c.Params("id"))
	if err != nil {
		return err
	}
	ctx, actor, e := c.UserContext(), session.Of(c).Coop(), w.Entrance
	v, err := e.Applications.One(ctx, actor, id)
	if err != nil {
		return err
	}
	p := applicationPage{Frame: page.NewFrame(c, "application.single", "home"), Application: v, Problems: problems, Key: page.NewKey(), Path: "/desk/applications/" + id.String()}
	p.Title, p.Thread, p.Facts = calledOf(p.Words, v), appliedThread(p.Words, v), applicationFacts(p.Words, v)
	for n := range p.Thread {
		if p.Thread[n].State != "done" && p.Thread[n].When == "" {
			p.Thread[n].Words = "" // said to the applicant, not to the desk
		}
	}
	now := e.Now()
	may := func(act membership.Act) bool { return v.May(act, membership.Facilitator, now) }
	p.Meet, p.Welcome, p.Decline, p.Enrol = may(membership.ToMeet), may(membership.ToWelcome), may(membership.ToDecline), may(membership.ToEnter)
	typed := func(name, otherwise string) string {
		if text := strings.ToValidUTF8(c.FormValue(name), ""); text != "" {
			return text
		}
		return otherwise
	}
	p.Day, p.Clock, p.Place, p.Home, p.Reason = typed("day", ""), typed("clock", "18:00"), typed("place", p.T("application.meet.room")), typed("home", ""), typed("reason", "")
	if p.Welcome {
		if p.Stairs, err = e.Applications.Stairwells(ctx, actor, v); err != nil {
			return err
		}
	}
	if p.Enrol {
		if p.Sheet, err = e.Applications.Sheet(ctx, v); err != nil && !lost(err) {
			return err
		}
		charter, err := e.Charters.Current(ctx, actor.Cooperative, v.Language)
		if err != nil {
			return err
		}
		p.Version = charter.Version
	}
	return page.ShowStatus(c, status, ApplicationPage(p))
}

func applicationFacts(w page.Words, v membership.Application) []page.Fact {
	facts := []page.Fact{
		{Icon: "home", Term: w.T("application.lives"), Value: v.PlaceName},
		{Icon: "speak", Term: w.T("me.language"), Value: page.Tongue(v.Language)},
		{Icon: "phone", Term: w.T("application.answer"), Value: w.T("application.by." + string(v.Reach))},
	}
	if v.Phone != "" {
		facts[2].Value = v.Phone
	}
	came := w.T("application.channel." + v.Channel)
	if v.InvitedBy != "" {
		came = w.T("application.channel.invited", "Name", page.Name(v.InvitedBy))
	}
	return append(facts, page.Fact{Icon: "paper", Term: w.T("application.came"), Value: came})
}

// onApplication does one act on the application of the address and leads back to it.
func (w *Web) onApplication(c *fiber.Ctx, do func(actor coop.Actor, id coop.ApplicationID, seen int) error) error {
	id, err := rule.ID[coop.ApplicationID](c.Params("id"))
	if err != nil {
		return err
	}
	seen, err := strconv.Atoi(c.FormValue("seen"))
	if err != nil || seen < 1 {
		seen = -1 // a page that was never shown
	}
	if err := do(session.Of(c).Coop(), id, seen); err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error {
			if v, err := w.Entrance.Applications.One(c.UserContext(), session.Of(c).Coop(), id); err != nil || v.Steps != seen {
				return errors.Join(err, rule.ErrMoved) // the form is not on the page any more
			}
			return w.showApplication(c, fiber.StatusUnprocessableEntity, p)
		})
	}
	return c.Redirect("/desk/applications/"+id.String(), fiber.StatusSeeOther)
}

// ProposeWelcome proposes a welcome meeting.
func (w *Web) ProposeWelcome(c *fiber.Ctx) error {
	return w.onApplication(c, func(actor coop.Actor, id coop.ApplicationID, seen int) error {
		r := membership.Rendezvous{Day: c.FormValue("day"), Clock: c.FormValue("clock"), Place: c.FormValue("place")}
		return w.Entrance.Applications.Meet(c.UserContext(), actor, id, seen, r)
	})
}

// WelcomeApplicant says that the applicant was met, and makes their invitation.
func (w *Web) WelcomeApplicant(c *fiber.Ctx) error {
	return w.onApplication(c, func(actor coop.Actor, id coop.ApplicationID, seen int) error {
		key, err := rule.Key(c.FormValue("key"))
		if err != nil {
			return err
		}
		place, err := rule.ID[coop.PlaceID](c.FormValue("home"))
		if err != nil {
			return rule.Broken("home", "rule.choose")
		}
		_, err = w.Entrance.Applications.Welcome(c.UserContext(), actor, id, seen, place, key)
		return err
	})
}

// DeclineApplicant closes an application with a kind reason.
func (w *Web) DeclineApplicant(c *fiber.Ctx) error {
	return w.onApplication(c, func(actor coop.Actor, id coop.ApplicationID, seen int) error {
		return w.Entrance.Applications.Decline(c.UserContext(), actor, id, seen, c.FormValue("reason"))
	})
}

// EnrolApplicant makes a member without any device.
func (w *Web) EnrolApplicant(c *fiber.Ctx) error {
	return w.onApplication(c, func(actor coop.Actor, id coop.ApplicationID, seen int) error {
		_, err := w.Entrance.Applications.Enrol(c.UserContext(), actor, id, seen, paperOf(c))
		return err
	})
}

// paperOf reads how somebody said yes to the charter without a phone.
func paperOf(c *fiber.Ctx) membership.Paper {
	version, err := strconv.Atoi(c.FormValue("version"))
	if err != nil {
		version = 0 // none was read
	}
	return membership.Paper{Version: version, Language: c.FormValue("language"), Channel: membership.Channel(c.FormValue("channel"))}
}
