package assemblyweb

import (
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"lien/coop/assembly"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// statutesPage is the statutes in force, and the form that enters what was voted.
type statutesPage struct {
	page.Frame
	Key      string
	Found    bool
	Statute  assembly.Statute
	Seen     int
	Numbers  []page.Field
	Voted    page.Field
	Groups   []majorityGroup
	Problems page.Problems
}

// majorityGroup is the choices of one kind of motion.
type majorityGroup struct {
	Title   string
	Choices []page.Choices
}

// ShowStatutes shows the statutes, as far as assemblies go.
func (w *Web) ShowStatutes(c *fiber.Ctx) error { return w.showStatutes(c, fiber.StatusOK, nil) }

func (w *Web) showStatutes(c *fiber.Ctx, status int, problems page.Problems) error {
	s, found, err := w.Assemblies.Statute(c.UserContext(), session.Of(c).Coop())
	if err != nil {
		return err
	}
	p := statutesPage{Frame: page.NewFrame(c, "assembly.statutes.title", "home"), Key: page.KeptKey(c), Found: found, Statute: s, Seen: s.N, Problems: problems}
	now := assembly.Customary()
	if found {
		now.Quorum, now.Cap, now.Notice, now.Contest = s.Quorum, s.Cap, s.Notice, s.Contest
		now.Ordinary, now.Statutes = choiceOf(s.For(assembly.Ordinary)), choiceOf(s.For(assembly.Statutes))
	}
	for _, n := range []struct {
		name  string
		value int
	}{{"quorum", now.Quorum}, {"cap", now.Cap}, {"notice", now.Notice}, {"contest", now.Contest}} {
		p.Numbers = append(p.Numbers, page.Field{
			Name: n.name, Label: p.T("assembly.statutes." + n.name), Hint: p.T("assembly.statutes." + n.name + "_hint"), Mode: "numeric",
			Value: c.FormValue(n.name, strconv.Itoa(n.value)), Most: 3, Required: true, Problem: problems[n.name],
		})
	}
	p.Voted = page.Field{
		Name: "voted", Type: "date", Label: p.T("assembly.statutes.voted"), Value: c.FormValue("voted", p.Now().Format(time.DateOnly)),
		Required: true, Problem: problems["voted"],
	}
	p.Groups = []majorityGroup{p.group(c, assembly.Ordinary, now.Ordinary), p.group(c, assembly.Statutes, now.Statutes)}
	return page.ShowStatus(c, status, StatutesPage(p))
}

func choiceOf(m assembly.Majority) assembly.Choice {
	return assembly.Choice{Share: m.Share(), Base: m.Base, Tie: m.Tie}
}

// group is the three choices of one kind of motion, with what holds or was typed.
func (p statutesPage) group(c *fiber.Ctx, kind assembly.Kind, now assembly.Choice) majorityGroup {
	choices := func(name, chosen string, values []string, key string) page.Choices {
		field := string(kind) + "_" + name
		group := page.Choices{Name: field, Legend: p.T("assembly.statutes." + name), Problem: p.Problems[field]}
		for _, v := range values {
			group.Options = append(group.Options, page.Choice{Value: v, Label: page.Capital(p.T(key + v)), Chosen: v == c.FormValue(field, chosen)})
		}
		return group
	}
	var bases []string
	for _, b := range assembly.Bases() {
		bases = append(bases, string(b))
	}
	return majorityGroup{p.T("assembly.statutes.kind_" + string(kind)), []page.Choices{
		choices("share", now.Share, assembly.Shares(), "assembly.share."),
		choices("base", string(now.Base), bases, "assembly.base."),
		choices("tie", now.Tie, assembly.Ties(), "assembly.tie."),
	}}
}

// AmendStatutes enters what was voted.
func (w *Web) AmendStatutes(c *fiber.Ctx) error {
	form := assembly.Amendment{VotedOn: c.FormValue("voted"), Ordinary: majorityIn(c, assembly.Ordinary), Statutes: majorityIn(c, assembly.Statutes)}
	key, err := rule.Key(c.FormValue("key"))
	for _, n := range []struct {
		name string
		to   *int
	}{{"quorum", &form.Quorum}, {"cap", &form.Cap}, {"notice", &form.Notice}, {"contest", &form.Contest}} {
		if err == nil {
			if *n.to, err = strconv.Atoi(c.FormValue(n.name)); err != nil {
				err = rule.Broken(n.name, "assembly.rule.whole")
			}
		}
	}
	if err == nil {
		form.Key = key
		if form.Seen, err = strconv.Atoi(c.FormValue("seen")); err != nil {
			return rule.ErrMoved
		}
		err = w.Assemblies.Amend(c.UserContext(), session.Of(c).Coop(), form)
	}
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error { return w.showStatutes(c, fiber.StatusUnprocessableEntity, p) })
	}
	return c.Redirect("/desk/statutes", fiber.StatusSeeOther)
}

func majorityIn(c *fiber.Ctx, kind assembly.Kind) assembly.Choice {
	k := string(kind)
	return assembly.Choice{Share: c.FormValue(k + "_share"), Base: assembly.Base(c.FormValue(k + "_base")), Tie: c.FormValue(k + "_tie")}
}
