package coopweb

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"lien/coop/membership"
	"lien/server/page"
	"lien/server/session"
)

// joinPage asks for a short code.
type joinPage struct {
	page.Frame
	Code    string
	Problem string
}

// ShowJoin asks for the short code of a paper invitation.
func (w *Web) ShowJoin(c *fiber.Ctx) error {
	return page.Show(c, JoinPage(joinPage{Frame: page.NewFrame(c, "join.title", "")}))
}

// FindInvitation leads a typed code to its welcome.
func (w *Web) FindInvitation(c *fiber.Ctx) error {
	code := strings.Join(strings.Fields(c.FormValue("code")), "")
	if code == "" || len(code) > 60 {
		return w.noInvitation(c, "")
	}
	return c.Redirect("/join/"+url.PathEscape(code), fiber.StatusSeeOther)
}

// welcomePage greets somebody who was invited, and asks in which language to go on.
type welcomePage struct {
	page.Frame
	membership.Welcome
	Action string
}

// ShowWelcome greets whoever holds an invitation that opens. Every code that opens
// nothing, for whatever reason, shows the same page, and guesses are slowed down.
func (w *Web) ShowWelcome(c *fiber.Ctx) error {
	welcome, err := w.invited(c)
	if lost(err) {
		return w.another(c)
	}
	if err != nil {
		return err
	}
	hidden(c)
	p := welcomePage{Frame: page.NewFrame(c, "join.welcome.title", ""), Welcome: welcome}
	p.Action = "/join/" + url.PathEscape(c.Params("code"))
	return page.Show(c, WelcomePage(p))
}

// another leads to what else a code can be for: the application form, or an application.
func (w *Web) another(c *fiber.Ctx) error {
	code, err := url.PathUnescape(c.Params("code"))
	if err != nil {
		return w.noInvitation(c, "")
	}
	if _, err := w.Entrance.Leaflets.Lookup(c.UserContext(), code); err == nil {
		return c.Redirect("/apply/"+url.PathEscape(code), fiber.StatusSeeOther)
	}
	if v, err := w.Entrance.Applications.Follow(c.UserContext(), code); err == nil {
		return c.Redirect("/applied/"+v.Code, fiber.StatusSeeOther)
	}
	return w.noInvitation(c, c.Params("code"))
}

// invited looks an invitation's code up, within what may be guessed.
func (w *Web) invited(c *fiber.Ctx) (membership.Welcome, error) {
	return guessed(w, c, w.Entrance.Invitations.Lookup)
}

// longest is how long a short code may be, however it is spaced.
const longest = 20

func (w *Web) noInvitation(c *fiber.Ctx, code string) error {
	f := page.NewFrame(c, "join.title", "")
	if len(code) > longest {
		code = "" // a link's: nobody types it again
	}
	return page.ShowStatus(c, fiber.StatusNotFound, JoinPage(joinPage{Frame: f, Code: code, Problem: f.T("join.code.nothing")}))
}

// StartJoining begins with the chosen language.
func (w *Web) StartJoining(c *fiber.Ctx) error {
	welcome, err := w.invited(c)
	if lost(err) {
		return w.noInvitation(c, "")
	}
	if err != nil {
		return err
	}
	e, language := w.Entrance, c.FormValue("lang")
	token, expires, err := e.Joinings.Start(c.UserContext(), welcome, language)
	if err != nil {
		return err
	}
	e.Cookies.SetJoining(c, token, expires)
	page.KeepLanguage(c, language, e.Cookies.Secure)
	return c.Redirect("/joining/name", fiber.StatusSeeOther)
}

// joiningPage is one of the three small steps.
type joiningPage struct {
	page.Frame
	Problems page.Problems
	Steps    []page.Moment
	Name     string
}

func (w *Web) joiningPage(c *fiber.Ctx, step int) joiningPage {
	titles := []string{"join.name.title", "join.pin.title", "join.charter.title"}
	p := joiningPage{Frame: page.NewFrame(c, titles[step], "")}
	for n, title := range []string{"join.steps.name", "join.steps.pin", "join.steps.charter"} {
		state := "ahead"
		if n < step {
			state = "done"
		} else if n == step {
			state = "now"
		}
		p.Steps = append(p.Steps, page.Moment{State: state, Title: p.T(title)})
	}
	return p
}

// joining returns who is on their way in here. Without one, or when a step was skipped,
// it leads to where to go on and returns false.
func (w *Web) joining(c *fiber.Ctx, step int) (session.Joining, bool, error) {
	e := w.Entrance
	hidden(c)
	j, err := e.Joinings.Find(c.UserContext(), e.Cookies.Joining(c))
	switch {
	case lost(err):
		return j, false, c.Redirect("/join", fiber.StatusSeeOther)
	case err != nil:
		return j, false, err
	case step > 0 && j.Name == "":
		return j, false, c.Redirect("/joining/name", fiber.StatusSeeOther)
	case step > 1 && !j.HasPIN:
		return j, false, c.Redirect("/joining/pin", fiber.StatusSeeOther)
	}
	return j, true, nil
}

// ShowJoiningName asks for a first name, or the name somebody wants to be given.
func (w *Web) ShowJoiningName(c *fiber.Ctx) error {
	j, here, err := w.joining(c, 0)
	if !here {
		return err
	}
	p := w.joiningPage(c, 0)
	p.Name = j.Name // theirs on the list, for who is a member already
	return page.Show(c, JoiningName(p))
}

// NameJoining keeps the name.
func (w *Web) NameJoining(c *fiber.Ctx) error {
	_, here, err := w.joining(c, 0)
	if !here {
		return err
	}
	err = w.Entrance.Joinings.Call(c.UserContext(), w.Entrance.Cookies.Joining(c), c.FormValue("name"))
	if err == nil {
		return c.Redirect("/joining/pin", fiber.StatusSeeOther)
	}
	return page.Refused(page.WordsOf(c), err, func(problems page.Problems) error {
		p := w.joiningPage(c, 0)
		p.Name, p.Problems = strings.ToValidUTF8(c.FormValue("name"), ""), problems
		return page.ShowStatus(c, fiber.StatusUnprocessableEntity, JoiningName(p))
	})
}

// ShowJoiningPIN asks for six digits, twice.
func (w *Web) ShowJoiningPIN(c *fiber.Ctx) error {
	if _, here, err := w.joining(c, 1); !here {
		return err
	}
	return page.Show(c, JoiningPIN(w.joiningPage(c, 1)))
}

// ChooseJoiningPIN keeps the PIN of this device.
func (w *Web) ChooseJoiningPIN(c *fiber.Ctx) error {
	if _, here, err := w.joining(c, 1); !here {
		return err
	}
	e := w.Entrance
	err := e.Joinings.ChoosePIN(c.UserContext(), e.Cookies.Joining(c), c.FormValue("pin"), c.FormValue("again"))
	if err == nil {
		return c.Redirect("/joining/charter", fiber.StatusSeeOther)
	}
	return page.Refused(page.WordsOf(c), err, func(problems page.Problems) error {
		p := w.joiningPage(c, 1)
		p.Problems = problems
		return page.ShowStatus(c, fiber.StatusUnprocessableEntity, JoiningPIN(p))
	})
}

// charterPage is the last step: the charter, to read or to listen to.
type charterPage struct {
	joiningPage
	Charter    membership.Charter
	Paragraphs []string
}

// ShowJoiningCharter shows the charter in force.
func (w *Web) ShowJoiningCharter(c *fiber.Ctx) error {
	j, here, err := w.joining(c, 2)
	if !here {
		return err
	}
	return w.showCharter(c, j, fiber.StatusOK, nil)
}

func (w *Web) showCharter(c *fiber.Ctx, j session.Joining, status int, problems page.Problems) error {
	p := charterPage{joiningPage: w.joiningPage(c, 2)}
	text, err := w.Entrance.Charters.Current(c.UserContext(), j.Cooperative, p.Lang())
	if err != nil {
		return err
	}
	p.Name, p.Problems, p.Charter, p.Paragraphs = j.Name, problems, text, strings.Split(text.Body, "\n\n")
	return page.ShowStatus(c, status, JoiningCharter(p))
}

// AcceptCharter makes the person a member and signs them in on this device.
func (w *Web) AcceptCharter(c *fiber.Ctx) error {
	j, here, err := w.joining(c, 2)
	if !here {
		return err
	}
	e := w.Entrance
	version, err := strconv.Atoi(c.FormValue("version"))
	if err != nil {
		version = 0 // read no charter yet
	}
	member, err := w.Members.Join(c.UserContext(), membership.Joining{
		ID: j.ID, Cooperative: j.Cooperative, Invitation: j.Invitation, Name: j.Name,
		Language: page.WordsOf(c).Lang(), Version: version, Channel: membership.ByPhone,
	})
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(problems page.Problems) error {
			return w.showCharter(c, j, fiber.StatusUnprocessableEntity, problems)
		})
	}
	made, err := e.Joinings.Finish(c.UserContext(), e.Cookies.Joining(c), member.ID, session.DeviceName(c.Get(fiber.HeaderUserAgent)))
	if err != nil {
		return err
	}
	e.Cookies.ForgetJoining(c)
	return w.settle(c, made)
}
