package coopweb

import (
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/problem"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// problemsPage is what is wrong where the reader lives, and the form to tell of more.
type problemsPage struct {
	page.Frame
	List     []problem.Problem
	Older    string
	Places   []problem.Place
	Key      string
	Typed    map[string]string
	Problems page.Problems
}

// problemPage is one problem: who has it, what was done, and what one can do.
type problemPage struct {
	page.Frame
	Problem  problem.Problem
	Lines    []problem.Line
	Taken    []problem.Taken
	Typed    map[string]string
	Problems page.Problems
}

// letterPage is the letter to the landlord, in French whoever prints it.
type letterPage struct {
	problemPage
	Text page.Words
}

// ShowProblems lists the problems of the reader's places, and lets them tell of one.
func (w *Web) ShowProblems(c *fiber.Ctx) error {
	return w.showProblems(c, fiber.StatusOK, problemsPage{Key: page.NewKey(), Typed: map[string]string{}})
}

func (w *Web) showProblems(c *fiber.Ctx, status int, p problemsPage) (err error) {
	p.Frame = page.NewFrame(c, "problem.title", "boards")
	actor := session.Of(c).Coop()
	var before coop.ProblemID
	if text := c.Query("before"); text != "" {
		if before, err = rule.ID[coop.ProblemID](text); err != nil {
			return err
		}
	}
	var next coop.ProblemID
	if p.List, next, err = w.Troubles.List(c.UserContext(), actor, before); err != nil {
		return err
	}
	if next != (coop.ProblemID{}) {
		p.Older = "/problems?before=" + next.String()
	}
	if p.Places, err = w.Troubles.Places(c.UserContext(), actor); err != nil {
		return err
	}
	return page.ShowStatus(c, status, ProblemsPage(p))
}

// TellProblem tells of a problem, with what its first home says.
func (w *Web) TellProblem(c *fiber.Ctx) error {
	var id coop.ProblemID
	d, err := problemDraft(c)
	if err == nil {
		id, err = w.Troubles.TellOf(c.UserContext(), session.Of(c).Coop(), d)
	}
	if problems, refused := page.ProblemsOf(page.WordsOf(c), err); refused {
		return w.showProblems(c, fiber.StatusUnprocessableEntity, problemsPage{
			Key: page.KeptKey(c), Typed: typedOf(c, "place", "kind", "title", "words", "since"), Problems: problems,
		})
	}
	if err != nil {
		return err
	}
	return c.Redirect(problemPath(id), fiber.StatusSeeOther)
}

func problemDraft(c *fiber.Ctx) (d problem.Draft, err error) {
	if d.Key, err = rule.Key(c.FormValue("key")); err != nil {
		return d, err
	}
	if d.Place, err = rule.ID[coop.PlaceID](c.FormValue("place")); err != nil {
		return d, rule.Broken("place", "rule.choose")
	}
	d.Kind, d.Title = problem.Kind(c.FormValue("kind")), c.FormValue("title")
	d.Too, err = tooOf(c)
	return d, err
}

func tooOf(c *fiber.Ctx) (t problem.Too, err error) {
	t.Words, t.Language = c.FormValue("words"), page.WordsOf(c).Lang()
	t.Since, err = dayOf(c, "since")
	return t, err
}

// ShowProblem shows a problem that the reader may read.
func (w *Web) ShowProblem(c *fiber.Ctx) error {
	return w.showProblem(c, fiber.StatusOK, nil, map[string]string{"on": page.WordsOf(c).Now().Format(time.DateOnly)})
}

func (w *Web) showProblem(c *fiber.Ctx, status int, problems page.Problems, typed map[string]string) error {
	id, err := rule.ID[coop.ProblemID](c.Params("id"))
	if err != nil {
		return err
	}
	p := problemPage{Frame: page.NewFrame(c, "problem.title", "boards"), Problems: problems, Typed: typed}
	if p.Problem, p.Lines, p.Taken, err = w.Troubles.One(c.UserContext(), p.Actor.Coop(), id); err != nil {
		return err
	}
	p.Title = problemTitle(p.Words, p.Problem)
	return page.ShowStatus(c, status, ProblemPage(p))
}

// JoinProblem says "me too", or changes what was said.
func (w *Web) JoinProblem(c *fiber.Ctx) error {
	t, err := tooOf(c)
	return w.problemStep(c, err, func(actor coop.Actor, id coop.ProblemID) error {
		return w.Troubles.MeToo(c.UserContext(), actor, id, t)
	})
}

// LeaveProblem takes back what the reader said.
func (w *Web) LeaveProblem(c *fiber.Ctx) error {
	return w.problemStep(c, nil, func(actor coop.Actor, id coop.ProblemID) error {
		return w.Troubles.Withdraw(c.UserContext(), actor, id)
	})
}

// FollowProblem writes down what was done about a problem.
func (w *Web) FollowProblem(c *fiber.Ctx) error {
	n := problem.Note{Step: problem.Step(c.FormValue("step")), Words: c.FormValue("note"), Language: page.WordsOf(c).Lang()}
	var err error
	if n.Seen, err = strconv.Atoi(c.FormValue("seen")); err != nil {
		return rule.ErrMoved
	}
	n.On, err = dayOf(c, "on")
	return w.problemStep(c, err, func(actor coop.Actor, id coop.ProblemID) error {
		return w.Troubles.Take(c.UserContext(), actor, id, n)
	})
}

func (w *Web) problemStep(c *fiber.Ctx, err error, do func(coop.Actor, coop.ProblemID) error) error {
	id, unknown := rule.ID[coop.ProblemID](c.Params("id"))
	if unknown != nil {
		return unknown
	}
	if err == nil {
		err = do(session.Of(c).Coop(), id)
	}
	if problems, refused := page.ProblemsOf(page.WordsOf(c), err); refused {
		return w.showProblem(c, fiber.StatusUnprocessableEntity, problems, typedOf(c, "words", "since", "step", "on", "note"))
	}
	if err != nil {
		return err
	}
	return c.Redirect(problemPath(id), fiber.StatusSeeOther)
}

// PrintLetter shows the letter to the landlord as a sheet to print.
func (w *Web) PrintLetter(c *fiber.Ctx) error {
	id, err := rule.ID[coop.ProblemID](c.Params("id"))
	if err != nil {
		return err
	}
	p := letterPage{problemPage: problemPage{Frame: page.NewFrame(c, "problem.letter.title", "")}, Text: w.Languages.Of("fr")}
	if p.Problem, p.Lines, p.Taken, err = w.Troubles.Letter(c.UserContext(), p.Actor.Coop(), id); err != nil {
		return err
	}
	return page.Show(c, ProblemLetter(p))
}

func problemPath(id coop.ProblemID) string { return "/problems/" + id.String() }

// problemTitle is what it is called; whose words were erased, by its kind.
func problemTitle(w page.Words, p problem.Problem) string {
	if p.Title == "" {
		return w.T("problem.kind." + string(p.Kind))
	}
	return p.Title
}

// home is a home's pseudonym in words.
func (p problemPage) home(w page.Words, l problem.Line) string {
	if l.Building == "" {
		return w.T("problem.home", "Letter", page.Name(problem.Letters(l.Home)))
	}
	return w.T("problem.home_in", "Letter", page.Name(problem.Letters(l.Home)), "Building", page.Name(l.Building))
}

// when is since when a home has it, and on which day it said so.
func (p problemPage) when(w page.Words, l problem.Line) string {
	if l.Since.IsZero() {
		return w.T("problem.said", "Date", w.Date(l.At))
	}
	return w.T("problem.said_since", "Date", w.Date(l.At), "Since", w.Date(l.Since))
}

// trail is what was done, first to last.
func (p problemPage) trail(w page.Words) (out []page.Moment) {
	for _, t := range p.Taken {
		out = append(out, page.Moment{State: "done", When: w.Date(t.On), Title: w.T("problem.step." + string(t.Step)), Words: t.Words})
	}
	return out
}

// counts are homes by stairwell, where that points at nobody.
func (p problemPage) counts() []problem.Count { return problem.Counted(p.Lines) }

func (p problemsPage) kinds() (out []page.Choice) {
	for _, k := range problem.Kinds() {
		out = append(out, page.Choice{Value: string(k), Label: p.T("problem.kind." + string(k)), Chosen: p.Typed["kind"] == string(k)})
	}
	return out
}

func (p problemsPage) where() (out []page.Choice) {
	for n, at := range p.Places {
		out = append(out, page.Choice{Value: at.ID.String(), Label: at.Name, Chosen: p.Typed["place"] == at.ID.String() || p.Typed["place"] == "" && n == 0})
	}
	return out
}

func (p problemsPage) lines() (out []page.Line) {
	for _, x := range p.List {
		out = append(out, page.Line{
			Icon: problemSign(x.State), Title: problemTitle(p.Words, x), Href: problemPath(x.ID),
			Note: p.T("problem.state."+string(x.State)) + " · " + x.Place + " · " + p.N("problem.homes", x.Homes),
		})
	}
	return out
}

func problemSign(s problem.State) string {
	return map[problem.State]string{problem.Open: "alert", problem.Told: "send", problem.Answered: "comment", problem.Solved: "check"}[s]
}

func (p problemPage) next() (out []page.Choice) {
	for _, s := range p.Problem.State.Steps() {
		out = append(out, page.Choice{Value: string(s), Label: p.T("problem.do." + string(s)), Chosen: p.Typed["step"] == string(s)})
	}
	return out
}
