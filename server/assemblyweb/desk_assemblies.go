package assemblyweb

import (
	"context"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/assembly"
	"lien/coop/membership"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// deskAssemblyPage is one assembly as who prepares and runs it sees it.
type deskAssemblyPage struct {
	assemblyPage
	Key      string
	Kinds    page.Choices
	Wording  []page.Field
	Secret   bool
	Attach   []page.Field
	Why      page.Field
	Reach    assembly.Reach
	Proofs   []assembly.Proof
	Number   page.Field
	Places   []membership.Place
	Given    []assembly.Proxy
	Signed   []page.Field
	People   []assembly.Attendee
	Doors    page.Choices
	Enrol    []page.Field
	ToVote   []assembly.Motion
	Shown    []page.Field // hands counted in the hall
	Paper    page.Field
	VoidWhy  page.Field
	PaperWhy page.Field
	Bureau   []page.Field
}

// newAssemblyPage is the form of a new assembly.
type newAssemblyPage struct {
	page.Frame
	Key      string
	Fields   []page.Field
	Problems page.Problems
}

// ShowDeskAssemblies lists all assemblies, to who prepares them.
func (w *Web) ShowDeskAssemblies(c *fiber.Ctx) error {
	ctx, actor := c.UserContext(), session.Of(c).Coop()
	list, err := w.Assemblies.Desk(ctx, actor)
	if err != nil {
		return err
	}
	p := assembliesPage{Frame: page.NewFrame(c, "assembly.desk.title", "home")}
	p.sort(list, "/desk/assemblies/")
	if _, p.Ruled, err = w.Assemblies.Statute(ctx, actor); err != nil {
		return err
	}
	return page.Show(c, DeskAssembliesPage(p))
}

// NewAssembly answers with the empty form.
func (w *Web) NewAssembly(c *fiber.Ctx) error { return w.newAssembly(c, fiber.StatusOK, nil) }

func (w *Web) newAssembly(c *fiber.Ctx, status int, problems page.Problems) error {
	f := page.NewFrame(c, "assembly.new.title", "home")
	p := newAssemblyPage{Frame: f, Key: page.KeptKey(c), Problems: problems}
	p.Fields = []page.Field{
		{Name: "title", Label: f.T("assembly.new.name"), Value: c.FormValue("title"), Most: 100, Required: true},
		{Name: "day", Type: "date", Label: f.T("assembly.new.day"), Value: c.FormValue("day"), Required: true},
		{Name: "clock", Type: "time", Label: f.T("assembly.new.clock"), Value: c.FormValue("clock", "18:30"), Required: true},
		{Name: "place", Label: f.T("assembly.new.place"), Value: c.FormValue("place"), Most: 120, Required: true},
		{Name: "words", Type: "area", Label: f.T("assembly.new.words"), Hint: f.T("assembly.new.words_hint"), Value: c.FormValue("words"), Most: 2000},
	}
	for n := range p.Fields {
		p.Fields[n].Problem = problems[p.Fields[n].Name]
	}
	return page.ShowStatus(c, status, NewAssemblyPage(p))
}

// PlanAssembly begins the preparation of an assembly.
func (w *Web) PlanAssembly(c *fiber.Ctx) error {
	plan := assembly.Plan{
		Title: c.FormValue("title"), Words: c.FormValue("words"), Language: page.WordsOf(c).Lang(),
		Place: c.FormValue("place"), Day: c.FormValue("day"), Clock: c.FormValue("clock"),
	}
	var id coop.AssemblyID
	key, err := rule.Key(c.FormValue("key"))
	if err == nil {
		plan.Key = key
		id, err = w.Assemblies.Plan(c.UserContext(), session.Of(c).Coop(), plan)
	}
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error { return w.newAssembly(c, fiber.StatusUnprocessableEntity, p) })
	}
	return c.Redirect("/desk/assemblies/"+id.String(), fiber.StatusSeeOther)
}

// ShowDeskAssembly shows one assembly to who prepares and runs it.
func (w *Web) ShowDeskAssembly(c *fiber.Ctx) error {
	id, err := rule.ID[coop.AssemblyID](c.Params("id"))
	if err != nil {
		return err
	}
	return w.deskAssembly(c, id, fiber.StatusOK, nil)
}

func (w *Web) deskAssembly(c *fiber.Ctx, id coop.AssemblyID, status int, problems page.Problems) error {
	ctx, actor := c.UserContext(), session.Of(c).Coop()
	a, err := w.Assemblies.One(ctx, actor, id)
	if err != nil {
		return err
	}
	p := deskAssemblyPage{Key: page.KeptKey(c)}
	p.assemblyPage = assemblyPage{Frame: page.NewFrame(c, "assembly.one", "home", "Title", a.Title), Assembly: a, Path: "/desk/assemblies/" + id.String(), Problems: problems}
	if p.Statute, err = w.Assemblies.StatuteOf(ctx, actor, a); err != nil && a.State != assembly.Draft {
		return err
	}
	if p.Motions, err = w.Assemblies.Agenda(ctx, actor, id); err != nil {
		return err
	}
	if p.Documents, err = w.Assemblies.Documents(ctx, actor, id); err != nil {
		return err
	}
	p.Scrutineer = true // who keeps the desk sees how far the count is
	if err := w.votesOf(c, &p.assemblyPage); err != nil {
		return err
	}
	for _, m := range p.Motions {
		if v, voted := p.Results[m.ID]; m.Voted() && (!voted || v.State == assembly.VoteVoid || v.Outcome == assembly.Tied || v.Outcome == assembly.NoQuorum) {
			p.ToVote = append(p.ToVote, m)
		}
	}
	if err := w.running(c, &p); err != nil {
		return err
	}
	if err := w.filed(c, &p.assemblyPage); err != nil {
		return err
	}
	p.forms(c)
	return page.ShowStatus(c, status, DeskAssemblyPage(p))
}

// running fills what depends on where the assembly stands.
func (w *Web) running(c *fiber.Ctx, p *deskAssemblyPage) (err error) {
	ctx, actor, id := c.UserContext(), session.Of(c).Coop(), p.Assembly.ID
	if p.Reach, p.Proofs, err = w.Assemblies.Reached(ctx, actor, id); err != nil {
		return err
	}
	if p.Assembly.Coming() {
		if p.Given, err = w.Assemblies.Witnessed(ctx, actor, id); err != nil {
			return err
		}
	}
	switch p.Assembly.State {
	case assembly.Convened:
		p.Places, err = w.Members.Places(ctx, actor)
	case assembly.Open:
		if p.Quorum, err = w.Assemblies.Quorum(ctx, actor, p.Assembly); err != nil {
			return err
		}
		p.People, err = w.Assemblies.Attendees(ctx, actor, id)
	}
	return err
}

// forms fills the forms of the preparation and of the convocation, with what was typed.
func (p *deskAssemblyPage) forms(c *fiber.Ctx) {
	field := func(name, kind, key string, most int, required bool) page.Field {
		return page.Field{Name: name, Type: kind, Label: p.T(key), Value: c.FormValue(name), Most: most, Required: required, Problem: p.Problems[name]}
	}
	p.Kinds = page.Choices{Name: "kind", Legend: p.T("assembly.kind.legend"), Problem: p.Problems["kind"]}
	for _, k := range assembly.Kinds() {
		p.Kinds.Options = append(p.Kinds.Options, page.Choice{Value: string(k), Label: p.T("assembly.kind." + string(k)), Chosen: string(k) == c.FormValue("kind", string(assembly.Ordinary))})
	}
	p.Wording = []page.Field{field("title", "", "assembly.write.name", 160, true), field("words", "area", "assembly.write.words", 3000, false)}
	p.Secret = c.FormValue("secret") == "yes"
	p.Attach = []page.Field{field("document", "", "assembly.attach.name", 120, true), field("body", "area", "assembly.attach.body", 20000, true)}
	p.Why = field("why", "area", "assembly.cancel.why", 500, true)
	p.Number = field("number", "", "assembly.paper.number", 10, true)
	p.Number.Mode = "numeric"
	p.Signed = []page.Field{field("giver", "", "assembly.witness.giver", 10, true), field("holder", "", "assembly.witness.holder", 10, true)}
	p.Enrol = []page.Field{field("added", "", "assembly.enrol.number", 10, true), field("added_why", "", "assembly.enrol.why", 300, true)}
	for _, f := range []*page.Field{&p.Signed[0], &p.Signed[1], &p.Enrol[0]} {
		f.Mode = "numeric"
	}
	p.Doors = page.Choices{Name: "door", Legend: p.T("assembly.door.how"), Class: "even", Problem: p.Problems["door"], Options: []page.Choice{
		{Value: string(assembly.ByNumber), Label: p.T("assembly.door.number_said"), Chosen: c.FormValue("door") != string(assembly.ByPaper)},
		{Value: string(assembly.ByPaper), Label: p.T("assembly.door.paper_signed"), Chosen: c.FormValue("door") == string(assembly.ByPaper)},
	}}
	p.Paper = field("ballot", "", "assembly.run.ballot", 10, true)
	p.Paper.Mode = "numeric"
	p.Bureau = []page.Field{field("chair", "", "minutes.bureau.chair", 10, true), field("secretary", "", "minutes.bureau.secretary", 10, true)}
	for n := range p.Bureau {
		p.Bureau[n].Mode = "numeric"
	}
	p.PaperWhy = field("paper_why", "", "assembly.run.paper_why", 300, true)
	p.VoidWhy = field("void_why", "", "assembly.run.void_why", 300, true)
	for _, name := range []string{"in_favour", "against", "blank"} {
		f := field(name, "", "assembly.count."+name, 5, true)
		f.Mode = "numeric"
		p.Shown = append(p.Shown, f)
	}
	if p.Assembly.State == assembly.Open {
		p.Number.Label = p.T("assembly.door.number")
	}
}

// WriteMotion puts a point on the agenda.
func (w *Web) WriteMotion(c *fiber.Ctx) error {
	return w.deskAssemblyAct(c, func(ctx context.Context, actor coop.Actor, id coop.AssemblyID) error {
		key, err := rule.Key(c.FormValue("key"))
		if err != nil {
			return err
		}
		return w.Assemblies.Write(ctx, actor, id, assembly.Wording{
			Key: key, Kind: assembly.Kind(c.FormValue("kind")), Secret: c.FormValue("secret") == "yes",
			Title: c.FormValue("title"), Words: c.FormValue("words"), Language: page.WordsOf(c).Lang(),
		})
	})
}

// DropMotion takes a point off the agenda.
func (w *Web) DropMotion(c *fiber.Ctx) error {
	id, err := rule.ID[coop.MotionID](c.Params("id"))
	if err != nil {
		return err
	}
	of, err := w.Assemblies.Drop(c.UserContext(), session.Of(c).Coop(), id)
	if err != nil {
		return err
	}
	return c.Redirect("/desk/assemblies/"+of.String(), fiber.StatusSeeOther)
}

// AttachDocument adds a text to read before the assembly.
func (w *Web) AttachDocument(c *fiber.Ctx) error {
	return w.deskAssemblyAct(c, func(ctx context.Context, actor coop.Actor, id coop.AssemblyID) error {
		key, err := rule.Key(c.FormValue("key"))
		if err != nil {
			return err
		}
		return w.Assemblies.Attach(ctx, actor, id, assembly.Attachment{Key: key, Title: c.FormValue("document"), Body: c.FormValue("body"), Language: page.WordsOf(c).Lang()})
	})
}

// ConveneAssembly tells everybody, and freezes the agenda.
func (w *Web) ConveneAssembly(c *fiber.Ctx) error { return w.deskAssemblyAct(c, w.Assemblies.Convene) }

// HandConvocation writes down that the paper was handed to a member.
func (w *Web) HandConvocation(c *fiber.Ctx) error {
	return w.deskAssemblyAct(c, func(ctx context.Context, actor coop.Actor, id coop.AssemblyID) error {
		number, err := numberIn(c, "number")
		if err != nil {
			return err
		}
		return w.Assemblies.Hand(ctx, actor, id, number)
	})
}

// numberIn reads a member's number out of a form.
func numberIn(c *fiber.Ctx, field string) (int64, error) {
	number, err := strconv.ParseInt(strings.TrimSpace(c.FormValue(field)), 10, 64)
	if err != nil {
		return 0, rule.Broken(field, "assembly.rule.number")
	}
	return number, nil
}

// HangConvocation writes down that a poster hangs at a place.
func (w *Web) HangConvocation(c *fiber.Ctx) error {
	return w.deskAssemblyAct(c, func(ctx context.Context, actor coop.Actor, id coop.AssemblyID) error {
		place, err := rule.ID[coop.PlaceID](c.FormValue("place"))
		if err != nil {
			return rule.Broken("place", "rule.choose")
		}
		return w.Assemblies.Hang(ctx, actor, id, place)
	})
}

// CancelAssembly calls an assembly off.
func (w *Web) CancelAssembly(c *fiber.Ctx) error {
	return w.deskAssemblyAct(c, func(ctx context.Context, actor coop.Actor, id coop.AssemblyID) error {
		return w.Assemblies.Cancel(ctx, actor, id, c.FormValue("why"))
	})
}

func (w *Web) deskAssemblyAct(c *fiber.Ctx, act func(context.Context, coop.Actor, coop.AssemblyID) error) error {
	id, err := rule.ID[coop.AssemblyID](c.Params("id"))
	if err != nil {
		return err
	}
	if err := act(c.UserContext(), session.Of(c).Coop(), id); err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error { return w.deskAssembly(c, id, fiber.StatusUnprocessableEntity, p) })
	}
	return c.Redirect("/desk/assemblies/"+id.String(), fiber.StatusSeeOther)
}

// convocationSheet is the convocation on paper, to hand over or to hang, in one language or
// in all of them.
type convocationSheet struct {
	assemblyPage
	Texts []page.Words
	Link  string
}

// PrintConvocation shows the convocation to print.
func (w *Web) PrintConvocation(c *fiber.Ctx) error {
	id, err := rule.ID[coop.AssemblyID](c.Params("id"))
	if err != nil {
		return err
	}
	ctx, actor := c.UserContext(), session.Of(c).Coop()
	a, err := w.Assemblies.One(ctx, actor, id)
	if err != nil {
		return err
	}
	p := convocationSheet{Link: w.Origin + "/assemblies/" + id.String()}
	p.assemblyPage = assemblyPage{Frame: page.NewFrame(c, "assembly.sheet.title", ""), Assembly: a, Path: "/desk/assemblies/" + id.String()}
	if p.Statute, err = w.Assemblies.StatuteOf(ctx, actor, a); err != nil && a.State != assembly.Draft {
		return err
	}
	if p.Motions, err = w.Assemblies.Agenda(ctx, actor, id); err != nil {
		return err
	}
	for _, code := range page.Codes() {
		if asked := c.Query("lang"); asked == "" || asked == code {
			p.Texts = append(p.Texts, w.Languages.Of(code))
		}
	}
	return page.Show(c, ConvocationSheet(p))
}
