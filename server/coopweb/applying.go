package coopweb

import (
	"context"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/membership"
	"lien/rule"
	"lien/server/page"
)

// applyPage is the application form, as whoever read a poster or was handed a sheet finds it.
type applyPage struct {
	page.Frame
	Doorstep membership.Doorstep
	Action   string
	Form     applyForm
}

// applyForm is what an applicant fills in, or a facilitator for them.
type applyForm struct {
	page.Words
	Key       string
	Places    []membership.Place
	Place     string
	Name      string
	Phone     string
	Said      string
	Language  string // asked for at the desk; on a poster it is the page's
	Languages bool
	Reach     page.Choices
	Problems  page.Problems
}

// Indented is a place's name under those that it stands in.
func (applyForm) Indented(p membership.Place) string {
	return strings.Repeat("\u2003", p.Depth()) + p.Name
}

func applyFormOf(c *fiber.Ctx, w page.Words, places []membership.Place, key string, problems page.Problems) applyForm {
	typed := func(name string) string { return strings.ToValidUTF8(c.FormValue(name), "") }
	f := applyForm{
		Words: w, Key: key, Places: places, Place: typed("place"), Name: typed("name"), Phone: typed("phone"), Said: typed("words"),
		Language: typed("language"), Problems: problems,
	}
	f.Reach = page.Choices{Name: "reach", Legend: w.T("application.reach"), Problem: problems["reach"]}
	for _, r := range []struct {
		reach membership.Reach
		icon  string
	}{{membership.ByCall, "phone"}, {membership.ByVisiting, "home"}, {membership.ByNothing, "paper"}} {
		f.Reach.Options = append(f.Reach.Options, page.Choice{
			Value: string(r.reach), Label: w.T("application.by." + string(r.reach)), Icon: r.icon, Chosen: typed("reach") == string(r.reach),
		})
	}
	return f
}

// applying reads the form; an unknown place is told beside it.
func applying(c *fiber.Ctx, language string) (membership.Applying, error) {
	form := membership.Applying{
		Name: c.FormValue("name"), Language: language, Reach: membership.Reach(c.FormValue("reach")),
		Phone: c.FormValue("phone"), Words: c.FormValue("words"),
	}
	var err error
	if form.Key, err = rule.Key(c.FormValue("key")); err != nil {
		return form, err
	}
	if form.Place, err = rule.ID[coop.PlaceID](c.FormValue("place")); err != nil {
		return form, rule.Broken("place", "rule.choose")
	}
	return form, nil
}

// ShowApply shows the form that a leaflet leads to. Whoever has applied from this device
// and waits is led to where their application stands.
func (w *Web) ShowApply(c *fiber.Ctx) error {
	hidden(c)
	if v, err := w.Entrance.Applications.Follow(c.UserContext(), w.Entrance.Cookies.Applied(c)); err == nil && !v.Stage.Final() {
		return c.Redirect("/applied/"+v.Code, fiber.StatusSeeOther)
	}
	return w.showApply(c, fiber.StatusOK, page.NewKey(), nil)
}

func (w *Web) showApply(c *fiber.Ctx, status int, key string, problems page.Problems) error {
	found, err := w.doorstep(c)
	if lost(err) {
		return w.noInvitation(c, c.Params("code"))
	}
	if err != nil {
		return err
	}
	p := applyPage{Frame: page.NewFrame(c, "application.title", ""), Doorstep: found, Action: "/apply/" + url.PathEscape(c.Params("code"))}
	p.Form = applyFormOf(c, p.Words, found.Places, key, problems)
	return page.ShowStatus(c, status, ApplyPage(p))
}

// doorstep looks a leaflet's code up, within what may be guessed.
func (w *Web) doorstep(c *fiber.Ctx) (membership.Doorstep, error) {
	return guessed(w, c, w.Entrance.Leaflets.Lookup)
}

// guessed looks a code of the address up. The long one of a square cannot be guessed, so it
// opens even while somebody tries short ones.
func guessed[T any](w *Web, c *fiber.Ctx, lookup func(ctx context.Context, typed string) (T, error)) (T, error) {
	var nothing T
	code, err := url.PathUnescape(c.Params("code"))
	if err != nil {
		return nothing, rule.ErrNotFound
	}
	if len(code) > longest {
		return lookup(c.UserContext(), code)
	}
	if err := w.Entrance.Guesses.Allow(c.IP()); err != nil {
		return nothing, err
	}
	found, err := lookup(c.UserContext(), code)
	if !lost(err) {
		w.Entrance.Guesses.Pardon(c.IP())
	}
	return found, err
}

// Apply sends an application and leads to where it stands, with the code that follows it.
func (w *Web) Apply(c *fiber.Ctx) error {
	hidden(c)
	if err := w.Entrance.Applied.Allow(c.IP()); err != nil {
		return err
	}
	code, err := url.PathUnescape(c.Params("code"))
	if err != nil {
		return rule.ErrNotFound
	}
	words := page.WordsOf(c)
	form, err := applying(c, words.Lang())
	var made membership.Application
	if err == nil {
		made, err = w.Entrance.Applications.Apply(c.UserContext(), code, form)
	}
	if lost(err) {
		return w.noInvitation(c, "")
	}
	if err != nil {
		return page.Refused(words, err, func(p page.Problems) error {
			return w.showApply(c, fiber.StatusUnprocessableEntity, page.KeptKey(c), p)
		})
	}
	w.Entrance.Cookies.SetApplied(c, made.Code, w.Entrance.Now())
	return c.Redirect("/applied/"+made.Code, fiber.StatusSeeOther)
}

// appliedPage is where an application stands, for whoever holds its code.
type appliedPage struct {
	page.Frame
	Application membership.Application
	Thread      []page.Moment
	Path        string
	Door        string // the address that a person types
	Link        string // the invitation's, once they were met
	Sheet       membership.Invitation
	Withdraw    bool
}

// ShowApplied shows where an application stands.
func (w *Web) ShowApplied(c *fiber.Ctx) error {
	hidden(c)
	v, err := guessed(w, c, w.Entrance.Applications.Follow)
	if lost(err) {
		return w.noInvitation(c, c.Params("code"))
	}
	if err != nil {
		return err
	}
	now := w.Entrance.Now()
	p := appliedPage{
		Frame: page.NewFrame(c, "application.state."+string(v.Stage), ""), Application: v, Path: "/applied/" + v.Code, Door: w.door(),
		Withdraw: v.May(membership.ToWithdraw, membership.Applicant, now),
	}
	p.Thread = appliedThread(p.Words, v)
	if v.Stage == membership.Met {
		if p.Sheet, err = w.Entrance.Applications.Sheet(c.UserContext(), v); err == nil {
			p.Link = "/join/" + p.Sheet.Link
		} else if !lost(err) {
			return err
		}
	}
	return page.Show(c, AppliedPage(p))
}

// door is the address that a person types to come in.
func (w *Web) door() string {
	_, host, _ := strings.Cut(w.Origin, "://")
	return host + "/join"
}

// appliedThread is the way from the application to being a member.
func appliedThread(w page.Words, v membership.Application) []page.Moment {
	at := map[membership.Stage]int{membership.Applied: 0, membership.Meeting: 1, membership.Met: 2, membership.Entered: 3}
	now, going := at[v.Stage]
	if !going {
		return []page.Moment{
			{State: "done", When: w.NearDay(v.CreatedAt), Title: w.T("application.step.applied")},
			{State: "done", When: w.NearDay(v.Since), Title: w.T("application.step." + string(v.Stage))},
		}
	}
	moments := []page.Moment{
		{When: w.NearDay(v.CreatedAt), Title: w.T("application.step.applied")},
		{Title: w.T("application.step.meeting"), Words: w.T("application.step.meeting_words")},
		{Title: w.T("application.step.met"), Words: w.T("application.step.met_words")},
	}
	if !v.MeetingAt.IsZero() {
		moments[1].When, moments[1].Words = page.Capital(w.When(v.MeetingAt)), v.MeetingPlace
	}
	for n := range moments {
		moments[n].State = "ahead"
		if n < now || n == 0 {
			moments[n].State = "done"
		} else if n == now {
			moments[n].State = "now"
		}
	}
	return moments
}

// WithdrawApplication takes an application back.
func (w *Web) WithdrawApplication(c *fiber.Ctx) error {
	v, err := guessed(w, c, w.Entrance.Applications.Follow)
	if lost(err) {
		return w.noInvitation(c, "")
	}
	if err != nil {
		return err
	}
	if err := w.Entrance.Applications.Withdraw(c.UserContext(), v.Code); err != nil {
		return err
	}
	return c.Redirect("/applied/"+v.Code, fiber.StatusSeeOther)
}
