package assemblyweb

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/assembly"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// minutesPage is the minutes of an assembly: to read, to write, to sign, to contest.
type minutesPage struct {
	page.Frame
	assembly.Report
	Path     string
	Key      string
	Problems page.Problems
	Fields   []page.Field // the words of the secretary, point by point
	PIN      page.Field
	Addendum page.Field
	Reason   page.Field
	Decision page.Field
	Upheld   page.Choices
}

// ShowMinutes shows the minutes of an assembly.
func (w *Web) ShowMinutes(c *fiber.Ctx) error { return w.showMinutes(c, fiber.StatusOK, nil) }

func (w *Web) showMinutes(c *fiber.Ctx, status int, problems page.Problems) error {
	id, err := rule.ID[coop.AssemblyID](c.Params("id"))
	if err != nil {
		return err
	}
	return w.minutes(c, id, status, problems)
}

func (w *Web) minutes(c *fiber.Ctx, id coop.AssemblyID, status int, problems page.Problems) error {
	r, err := w.Minutes.Read(c.UserContext(), session.Of(c).Coop(), id)
	if err != nil {
		return err
	}
	p := minutesPage{Frame: page.NewFrame(c, "minutes.title", "events"), Report: r, Path: "/assemblies/" + id.String(), Key: page.KeptKey(c), Problems: problems}
	p.fields(c)
	return page.ShowStatus(c, status, MinutesPage(p))
}

// fields are those of the forms that the reader may send.
func (p *minutesPage) fields(c *fiber.Ctx) {
	area := func(name, label, hint string, most int) page.Field {
		return page.Field{Name: name, Type: "area", Label: p.T(label), Hint: p.T(hint), Value: c.FormValue(name), Most: most, Required: true, Problem: p.Problems[name]}
	}
	p.PIN = page.Field{Name: "pin", Type: "password", Mode: "numeric", Complete: "current-password", Label: p.T("minutes.sign.pin"), Most: 6, Required: true, Problem: p.Problems["pin"]}
	p.Addendum = area("addendum", "minutes.addendum.label", "minutes.addendum.hint", 4000)
	p.Reason = area("reason", "minutes.contest.reason", "minutes.contest.hint", 2000)
	p.Decision = area("decision", "minutes.answer.decision", "minutes.answer.hint", 2000)
	p.Upheld = page.Choices{Name: "upheld", Legend: p.T("minutes.answer.legend"), Class: "even", Problem: p.Problems["upheld"], Options: []page.Choice{
		{Value: "yes", Label: p.T("minutes.answer.yes"), Icon: "check", Chosen: c.FormValue("upheld") == "yes"},
		{Value: "no", Label: p.T("minutes.answer.no"), Icon: "cross", Chosen: c.FormValue("upheld") == "no"},
	}}
	if !p.Writes() || !p.SignedAt.IsZero() {
		return
	}
	words := func(point int, label string) {
		name := wordsField(point)
		p.Fields = append(p.Fields, page.Field{Name: name, Type: "area", Label: label, Value: c.FormValue(name, p.Said[point]), Most: 4000, Problem: p.Problems[name]})
	}
	words(assembly.Beginning, p.T("minutes.write.beginning"))
	for _, m := range p.Points {
		words(m.N, p.T("assembly.motion", "N", strconv.Itoa(m.N))+" · "+m.Title)
	}
	words(assembly.Ending, p.T("minutes.write.ending"))
}

func wordsField(point int) string { return fmt.Sprintf("words_%d", point) }

// waits reports whether a text waits for the reader's signature.
func (p minutesPage) waits(t assembly.Text) bool {
	_, signed := t.SignedAs(p.Mine)
	return p.Mine != "" && !signed && !t.Signed() && p.Assembly.State == assembly.Closed
}

// NameBureau names who holds the chair and who writes.
func (w *Web) NameBureau(c *fiber.Ctx) error {
	return w.deskAssemblyAct(c, func(ctx context.Context, actor coop.Actor, id coop.AssemblyID) error {
		chair, err := numberIn(c, "chair")
		if err != nil {
			return err
		}
		secretary, err := numberIn(c, "secretary")
		if err != nil {
			return err
		}
		return w.Minutes.Entrust(ctx, actor, id, chair, secretary)
	})
}

// WriteMinutes keeps the words of the secretary.
func (w *Web) WriteMinutes(c *fiber.Ctx) error {
	return w.minutesAct(c, func(ctx context.Context, actor coop.Actor, id coop.AssemblyID) error {
		seen, err := strconv.Atoi(c.FormValue("seen"))
		if err != nil {
			return rule.ErrMoved
		}
		form := assembly.Writing{Seen: seen, Words: map[int]string{}}
		for _, point := range append([]int{assembly.Beginning, assembly.Ending}, pointsIn(c)...) {
			form.Words[point] = c.FormValue(wordsField(point))
		}
		return w.Minutes.Write(ctx, actor, id, form)
	})
}

// pointsIn are the points that a form has words for: an agenda has thirty at most.
func pointsIn(c *fiber.Ctx) (points []int) {
	for n := 1; n <= 60; n++ {
		if c.Request().PostArgs().Has(wordsField(n)) {
			points = append(points, n)
		}
	}
	return points
}

// SignMinutes signs the minutes or an addendum, after the PIN was typed again.
func (w *Web) SignMinutes(c *fiber.Ctx) error {
	return w.minutesAct(c, func(ctx context.Context, actor coop.Actor, id coop.AssemblyID) error {
		n, err := strconv.Atoi(c.FormValue("n"))
		if err != nil || n < 0 {
			return rule.ErrMoved
		}
		if err := w.Devices.Prove(ctx, session.Of(c), c.FormValue("pin")); err != nil {
			return err
		}
		return w.Minutes.Sign(ctx, actor, id, n, c.FormValue("hash"))
	})
}

// CompleteMinutes writes an addendum.
func (w *Web) CompleteMinutes(c *fiber.Ctx) error {
	return w.minutesAct(c, func(ctx context.Context, actor coop.Actor, id coop.AssemblyID) error {
		key, err := rule.Key(c.FormValue("key"))
		if err != nil {
			return err
		}
		return w.Minutes.Complete(ctx, actor, id, key, c.FormValue("addendum"), page.WordsOf(c).Lang())
	})
}

// ContestMinutes says what is wrong with the minutes.
func (w *Web) ContestMinutes(c *fiber.Ctx) error {
	return w.minutesAct(c, func(ctx context.Context, actor coop.Actor, id coop.AssemblyID) error {
		key, err := rule.Key(c.FormValue("key"))
		if err != nil {
			return err
		}
		return w.Minutes.Contest(ctx, actor, id, key, c.FormValue("reason"), page.WordsOf(c).Lang())
	})
}

// AnswerContest decides a contest in writing.
func (w *Web) AnswerContest(c *fiber.Ctx) error {
	contest, err := rule.ID[coop.ContestID](c.Params("id"))
	if err != nil {
		return err
	}
	a := assembly.Answer{Upheld: c.FormValue("upheld") == "yes", Decision: c.FormValue("decision")}
	id, err := w.Minutes.Answer(c.UserContext(), session.Of(c).Coop(), contest, a)
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error { return w.minutes(c, id, fiber.StatusUnprocessableEntity, p) })
	}
	return c.Redirect("/assemblies/"+id.String()+"/minutes", fiber.StatusSeeOther)
}

func (w *Web) minutesAct(c *fiber.Ctx, act func(context.Context, coop.Actor, coop.AssemblyID) error) error {
	id, err := rule.ID[coop.AssemblyID](c.Params("id"))
	if err != nil {
		return err
	}
	if err := act(c.UserContext(), session.Of(c).Coop(), id); err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error { return w.minutes(c, id, fiber.StatusUnprocessableEntity, p) })
	}
	return c.Redirect("/assemblies/"+id.String()+"/minutes", fiber.StatusSeeOther)
}

// PrintMinutes shows the minutes on A4, with their signatures and addenda.
func (w *Web) PrintMinutes(c *fiber.Ctx) error {
	id, err := rule.ID[coop.AssemblyID](c.Params("id"))
	if err != nil {
		return err
	}
	r, err := w.Minutes.Read(c.UserContext(), session.Of(c).Coop(), id)
	if err != nil {
		return err
	}
	return page.Show(c, MinutesSheet(minutesPage{Frame: page.NewFrame(c, "minutes.title", ""), Report: r, Path: "/assemblies/" + id.String()}))
}

// piece is a paragraph of minutes, or a heading.
type piece struct {
	Heading bool
	Text    string
}

// pieces cuts a text at its empty lines; a heading begins with a sharp.
func pieces(text string) (all []piece) {
	for _, p := range strings.Split(strings.TrimSpace(text), "\n\n") {
		heading, is := strings.CutPrefix(p, "# ")
		all = append(all, piece{is, heading})
	}
	return all
}

// firstWaiting is the contest that is answered first, or -1.
func firstWaiting(list []assembly.Contest) int {
	return slices.IndexFunc(list, func(c assembly.Contest) bool { return !c.Answered && !c.Mine })
}

func bureauWords(signed bool) string {
	if signed {
		return "minutes.text.bureau"
	}
	return "minutes.draft_words"
}
