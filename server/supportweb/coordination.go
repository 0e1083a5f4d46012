package supportweb

import (
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"lien/rule"
	"lien/server/page"
	"lien/server/session"
	"lien/support"
	"lien/support/casework"
)

// coordinationPage is every open case: who is accompanied by whom, and nothing more.
type coordinationPage struct {
	page.Frame
	Cases []casework.Entry
	More  string
}

// Opened says since when, in words.
func (p coordinationPage) Opened(e casework.Entry) string { return p.Date(e.OpenedAt) }

// ShowCoordination lists the cases.
func (w *Web) ShowCoordination(c *fiber.Ctx) error {
	var after support.CaseID
	if text := c.Query("after"); text != "" {
		id, err := rule.ID[support.CaseID](text)
		if err != nil {
			return err
		}
		after = id
	}
	list, err := w.Cases.Coordination(c.UserContext(), session.Of(c).Support(), after)
	if err != nil {
		return err
	}
	p := coordinationPage{Frame: page.NewFrame(c, "case.coordination.title", "coordination"), Cases: list}
	if len(list) == 50 {
		p.More = "/pro/coordination?after=" + list[49].Case.String()
	}
	return page.Show(c, CoordinationPage(p))
}

// identityPage is who is in a household, and who accompanies them.
type identityPage struct {
	page.Frame
	File                       casework.File
	Path                       string
	Workers                    []casework.Worker
	To, Reason, Second, Beside string
	Problems, Refused          page.Problems
}

// ShowIdentity answers with a household's identity. Each answer is a look that it can see.
func (w *Web) ShowIdentity(c *fiber.Ctx) error {
	return w.showIdentity(c, fiber.StatusOK, func(*identityPage) {})
}

func (w *Web) showIdentity(c *fiber.Ctx, status int, change func(*identityPage)) error {
	id, err := rule.ID[support.CaseID](c.Params("id"))
	if err != nil {
		return err
	}
	actor := session.Of(c).Support()
	file, err := w.Cases.Identity(c.UserContext(), actor, id)
	if err != nil {
		return err
	}
	workers, err := w.Entrance.Workers.Colleagues(c.UserContext(), actor, support.Caseworker)
	if err != nil {
		return err
	}
	p := identityPage{Frame: page.NewFrame(c, "case.title", "coordination"), File: file, Workers: workers, Path: "/pro/coordination/" + id.String()}
	p.Title = p.T("case.household", "Name", page.Name(file.Household))
	change(&p)
	return page.ShowStatus(c, status, IdentityPage(p))
}

// HandOver passes a case to another referent.
func (w *Web) HandOver(c *fiber.Ctx) error {
	id, err := rule.ID[support.CaseID](c.Params("id"))
	if err != nil {
		return err
	}
	h := casework.Handover{Case: id, Reason: c.FormValue("reason")}
	if h.From, err = rule.ID[support.WorkerID](c.FormValue("from")); err != nil {
		return rule.ErrMoved
	}
	if h.To, err = choiceOf(c.FormValue("to")); err == nil {
		err = w.Cases.HandOver(c.UserContext(), session.Of(c).Support(), h)
	}
	return w.coordinated(c, id, err, func(p *identityPage, problems page.Problems) {
		p.To, p.Reason, p.Problems = c.FormValue("to"), readable(h.Reason), problems
	})
}

// Assign puts a second worker on a case.
func (w *Web) Assign(c *fiber.Ctx) error {
	id, err := rule.ID[support.CaseID](c.Params("id"))
	if err != nil {
		return err
	}
	worker, err := choiceOf(c.FormValue("worker"))
	if err == nil {
		err = w.Cases.Assign(c.UserContext(), session.Of(c).Support(), id, worker, c.FormValue("beside"))
	}
	return w.coordinated(c, id, err, func(p *identityPage, problems page.Problems) {
		p.Second, p.Beside = c.FormValue("worker"), readable(c.FormValue("beside"))
		p.Refused = page.Problems{"worker": problems["worker"], "beside": problems["reason"]}
	})
}

func (w *Web) coordinated(c *fiber.Ctx, id support.CaseID, err error, again func(*identityPage, page.Problems)) error {
	if problems, ok := page.ProblemsOf(page.WordsOf(c), err); ok {
		return w.showIdentity(c, fiber.StatusUnprocessableEntity, func(p *identityPage) { again(p, problems) })
	}
	if err != nil {
		return err
	}
	return c.Redirect("/pro/coordination/"+id.String(), fiber.StatusSeeOther)
}

// rows is how many persons the form of a new case has room for.
const rows = 6

// openingPage is the form of a new case.
type openingPage struct {
	page.Frame
	Household, Stratum, AgreedOn, Referent, Key string
	Persons                                     []personRow
	Workers                                     []casework.Worker
	Problems                                    page.Problems
}

// Crowded reports whether more than two persons were typed.
func (p openingPage) Crowded() bool {
	for _, r := range p.Persons[2:] {
		if r.Given != "" || r.Family != "" {
			return true
		}
	}
	return false
}

// personRow is what was typed about one person.
type personRow struct {
	N                                    string
	Given, Family, Born, Languages, Wish string
	Minor                                bool
}

// NewCase shows the form of a new case.
func (w *Web) NewCase(c *fiber.Ctx) error {
	p := openingPage{Frame: page.NewFrame(c, "case.opening.title", "coordination"), Key: page.NewKey(), Stratum: string(casework.InPlace)}
	for n := range rows {
		p.Persons = append(p.Persons, personRow{N: strconv.Itoa(n + 1), Minor: n > 1})
	}
	return w.showOpening(c, fiber.StatusOK, p)
}

func (w *Web) showOpening(c *fiber.Ctx, status int, p openingPage) error {
	var err error
	if p.Workers, err = w.Entrance.Workers.Colleagues(c.UserContext(), session.Of(c).Support(), support.Caseworker); err != nil {
		return err
	}
	return page.ShowStatus(c, status, OpeningPage(p))
}

// OpenCase opens a case.
func (w *Web) OpenCase(c *fiber.Ctx) error {
	p := openingPage{
		Frame: page.NewFrame(c, "case.opening.title", "coordination"), Household: c.FormValue("household"), Stratum: c.FormValue("stratum"),
		AgreedOn: c.FormValue("agreed_on"), Referent: c.FormValue("referent"), Key: c.FormValue("key"),
	}
	for n := range rows {
		p.Persons = append(p.Persons, personOf(c, strconv.Itoa(n+1)))
	}
	opening, err := p.parse()
	if err == nil {
		var id support.CaseID
		if id, err = w.Cases.Open(c.UserContext(), session.Of(c).Support(), opening); err == nil {
			return c.Redirect("/pro/coordination/"+id.String(), fiber.StatusSeeOther)
		}
	}
	problems, ok := page.ProblemsOf(p.Words, err)
	if !ok {
		return err
	}
	p.Problems, p.Household, p.AgreedOn = problems, readable(p.Household), readable(p.AgreedOn)
	return w.showOpening(c, fiber.StatusUnprocessableEntity, p)
}

func personOf(c *fiber.Ctx, n string) personRow {
	return personRow{
		N: n, Given: c.FormValue("given" + n), Family: c.FormValue("family" + n), Born: c.FormValue("born" + n),
		Languages: c.FormValue("languages" + n), Wish: c.FormValue("wish" + n), Minor: c.FormValue("age"+n) == "minor",
	}
}

func (p openingPage) parse() (casework.Opening, error) {
	o := casework.Opening{Household: p.Household, Stratum: casework.Stratum(p.Stratum), Key: p.Key}
	if p.AgreedOn != "" {
		day, err := time.ParseInLocation(time.DateOnly, p.AgreedOn, p.Zone())
		if err != nil {
			return o, rule.Broken("agreed_on", "case.agreed_on.missing")
		}
		o.AgreedOn = day
	}
	var err error
	if o.Referent, err = choiceOf(p.Referent); err != nil {
		return o, rule.Broken("referent", "case.choose")
	}
	for _, r := range p.Persons {
		if strings.TrimSpace(r.Given+r.Family+r.Born) == "" {
			continue
		}
		born, err := strconv.Atoi(r.Born)
		if err != nil && r.Born != "" {
			return o, rule.Broken("persons", "case.persons.born")
		}
		o.Persons = append(o.Persons, casework.Person{
			GivenName: r.Given, FamilyName: r.Family, BornYear: born, Adult: !r.Minor, Languages: r.Languages, ContactWish: r.Wish,
		})
	}
	return o, nil
}
