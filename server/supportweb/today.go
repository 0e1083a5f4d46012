package supportweb

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"lien/server/page"
	"lien/server/session"
	"lien/support"
	"lien/support/casework"
)

// todayPage is a caseworker's day.
type todayPage struct {
	page.Frame
	Day      string
	Heading  string
	Visits   []visit
	Next     []visit
	Caseload []charge
}

// visit is an appointment in words.
type visit struct {
	Href, Clock, Machine string
	Household, About     string
	Where                string
}

// charge is a line of the caseload in words.
type charge struct {
	Href, Household, Note string
	State, Last, Next     string
	Never                 bool
}

// ShowToday is the first page of a professional: a caseworker's day, or the place of
// whoever coordinates or keeps the accounts.
func (w *Web) ShowToday(c *fiber.Ctx) error {
	actor := session.Of(c).Support()
	switch actor.Function {
	case support.Coordinator:
		return c.Redirect("/pro/coordination", fiber.StatusSeeOther)
	case support.Administrator:
		return c.Redirect("/pro/accounts", fiber.StatusSeeOther)
	}
	f := page.NewFrame(c, "pro.today.title", "today")
	now := f.Now()
	begins := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, f.Zone())
	day, err := w.Cases.Today(c.UserContext(), actor, begins, begins.AddDate(0, 0, 1))
	if err != nil {
		return err
	}
	load, err := w.Cases.Caseload(c.UserContext(), actor)
	if err != nil {
		return err
	}
	p := todayPage{Frame: f, Day: page.Capital(f.Day(now)), Visits: visitsOf(f, day.Today, f.Clock), Next: visitsOf(f, day.Next, f.When), Caseload: chargesOf(f, load)}
	if p.Heading = f.T("pro.today.free"); len(p.Visits) > 0 {
		p.Heading = f.N("pro.today.heading", len(p.Visits))
	}
	return page.Show(c, TodayPage(p))
}

// casesPage is a caseworker's whole caseload.
type casesPage struct {
	page.Frame
	Caseload []charge
	Ended    []page.Line
}

// ShowCases answers with the caseload.
func (w *Web) ShowCases(c *fiber.Ctx) error {
	load, err := w.Cases.Caseload(c.UserContext(), session.Of(c).Support())
	if err != nil {
		return err
	}
	ended, err := w.Cases.Ended(c.UserContext(), session.Of(c).Support())
	if err != nil {
		return err
	}
	f := page.NewFrame(c, "pro.cases.title", "cases")
	p := casesPage{Frame: f, Caseload: chargesOf(f, load)}
	for _, e := range ended {
		p.Ended = append(p.Ended, page.Line{
			Icon: "check", Title: f.T("case.household", "Name", e.Household), Href: "/pro/cases/" + e.Case.String(),
			Note: f.T("case.closing.ended", "Date", f.Date(e.ClosedAt), "Outcome", f.T("case.outcome."+string(e.Outcome))),
		})
	}
	return page.Show(c, CasesPage(p))
}

func visitsOf(f page.Frame, list []casework.Appointment, say func(time.Time) string) []visit {
	var out []visit
	for _, a := range list {
		out = append(out, visit{
			Href: "/pro/cases/" + a.Case.String() + "?for=visit", Clock: say(a.At), Machine: a.At.In(f.Zone()).Format(time.RFC3339),
			Household: f.T("case.household", "Name", a.Household), About: a.About,
			Where: f.T("case.kind."+string(a.Kind)) + " · " + f.N("case.persons_count", a.Persons),
		})
	}
	return out
}

func chargesOf(f page.Frame, list []casework.Charge) []charge {
	var out []charge
	for _, k := range list {
		row := charge{
			Href: "/pro/cases/" + k.Case.String(), Household: k.Household,
			Note:  f.N("case.persons_count", k.Persons) + ", " + f.T("case.stratum."+string(k.Stratum)),
			State: f.T("case.state." + string(k.State)), Never: k.LastContact.IsZero(),
			Last: f.T("case.never"), Next: f.T("case.to_fix"),
		}
		if k.Role == casework.CoWorker {
			row.State += " · " + f.T("case.role.co_worker")
		}
		if !row.Never {
			row.Last = f.NearDay(k.LastContact)
		}
		if !k.Next.IsZero() {
			row.Next = f.When(k.Next)
		}
		out = append(out, row)
	}
	return out
}
