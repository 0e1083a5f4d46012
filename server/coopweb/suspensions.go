package coopweb

import (
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/membership"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// suspensionPage is one suspension: its member reads and contests it, a facilitator who did
// not decide it answers.
type suspensionPage struct {
	page.Frame
	Suspension membership.Suspension
	Thread     []page.Moment
	Contest    bool
	Review     bool
	Typed      string
	Problems   page.Problems
	Path       string
}

// ShowSuspension shows the member the decision about them, with what they can answer.
func (w *Web) ShowSuspension(c *fiber.Ctx) error { return w.showSuspension(c, fiber.StatusOK, nil) }

func (w *Web) showSuspension(c *fiber.Ctx, status int, problems page.Problems) error {
	actor := session.Of(c).Coop()
	s, found, err := w.Members.Suspension(c.UserContext(), actor, actor.Member)
	if err != nil {
		return err
	}
	if !found {
		return rule.ErrNotFound
	}
	p := suspensionPageOf(c, "suspension.mine", s, problems)
	p.Here, p.Contest, p.Path = "me", s.MayContest(p.Now()), "/me/suspension"
	return page.ShowStatus(c, status, SuspensionPage(p))
}

func suspensionPageOf(c *fiber.Ctx, title string, s membership.Suspension, problems page.Problems) suspensionPage {
	p := suspensionPage{Frame: page.NewFrame(c, title, ""), Suspension: s, Problems: problems, Typed: strings.ToValidUTF8(c.FormValue("words"), "")}
	moment := func(at time.Time, title, words string) {
		p.Thread = append(p.Thread, page.Moment{State: "done", When: page.Capital(p.When(at)), Title: title, Words: words})
	}
	moment(s.DecidedAt, p.T("suspension.step.decided", "By", page.Name(s.By)), s.Reason)
	if s.Contested() {
		moment(s.ContestedAt, p.T("suspension.step.contested"), s.Contest)
	}
	if s.Reviewed() {
		moment(s.ReviewedAt, p.T("suspension.step."+string(s.Outcome), "By", page.Name(s.Reviewer)), s.Review)
	}
	switch {
	case !s.EndedAt.IsZero():
		moment(s.EndedAt, p.T("suspension.step.over"), "")
	case s.Contested() && !s.Reviewed():
		p.Thread = append(p.Thread, page.Moment{State: "now", When: p.T("suspension.step.by", "Day", p.Day(s.ReviewBy)), Title: p.T("suspension.step.waits"), Words: p.T("suspension.step.silence")})
	default:
		p.Thread = append(p.Thread, page.Moment{State: "ahead", When: page.Capital(p.Day(s.UntilOn)), Title: p.T("suspension.step.last")})
	}
	return p
}

// ContestSuspension says what the member answers to the decision.
func (w *Web) ContestSuspension(c *fiber.Ctx) error {
	if err := w.Members.Contest(c.UserContext(), session.Of(c).Coop(), c.FormValue("words")); err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error {
			return w.showSuspension(c, fiber.StatusUnprocessableEntity, p)
		})
	}
	return c.Redirect("/me/suspension", fiber.StatusSeeOther)
}

// suspensionsPage is the suspensions that run, those that wait for an answer first.
type suspensionsPage struct {
	page.Frame
	Lines []page.Line
}

// ShowSuspensions lists the suspensions that run.
func (w *Web) ShowSuspensions(c *fiber.Ctx) error {
	list, err := w.Members.Suspended(c.UserContext(), session.Of(c).Coop())
	if err != nil {
		return err
	}
	p := suspensionsPage{Frame: page.NewFrame(c, "suspension.list", "home")}
	for _, s := range list {
		icon, note := "wait", p.T("suspension.line.until", "Day", p.Date(s.UntilOn))
		switch {
		case s.Contested() && !s.Reviewed():
			icon, note = "alert", p.T("suspension.line.answer", "Day", p.Date(s.ReviewBy))
		case s.Reviewed():
			note = p.T("suspension.line.upheld", "Day", p.Date(s.UntilOn))
		}
		p.Lines = append(p.Lines, page.Line{Icon: icon, Title: s.Name, Note: note, Href: "/desk/suspensions/" + s.ID.String()})
	}
	return page.Show(c, SuspensionsPage(p))
}

// ShowOneSuspension shows a suspension at the desk.
func (w *Web) ShowOneSuspension(c *fiber.Ctx) error {
	return w.showOneSuspension(c, fiber.StatusOK, nil)
}

func (w *Web) showOneSuspension(c *fiber.Ctx, status int, problems page.Problems) error {
	id, err := rule.ID[coop.SuspensionID](c.Params("id"))
	if err != nil {
		return err
	}
	actor := session.Of(c).Coop()
	s, err := w.Members.OneSuspension(c.UserContext(), actor, id)
	if err != nil {
		return err
	}
	p := suspensionPageOf(c, "suspension.single", s, problems)
	p.Title = p.T("suspension.of", "Name", page.Name(s.Name))
	p.Review, p.Path = s.MayReview(actor.Member), "/desk/suspensions/"+id.String()
	return page.ShowStatus(c, status, SuspensionPage(p))
}

// ReviewSuspension answers what a member contests.
func (w *Web) ReviewSuspension(c *fiber.Ctx) error {
	id, err := rule.ID[coop.SuspensionID](c.Params("id"))
	if err != nil {
		return err
	}
	f := membership.Finding{Outcome: membership.Outcome(c.FormValue("outcome")), Words: c.FormValue("words")}
	if err := w.Members.Review(c.UserContext(), session.Of(c).Coop(), id, f); err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error {
			return w.showOneSuspension(c, fiber.StatusUnprocessableEntity, p)
		})
	}
	return c.Redirect("/desk/suspensions/"+id.String(), fiber.StatusSeeOther)
}
