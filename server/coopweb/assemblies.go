package coopweb

import (
	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/assembly"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// assembliesPage is the assemblies that members were convened to, or at the desk all of
// them.
type assembliesPage struct {
	page.Frame
	Coming []page.Line
	Past   []page.Line
	Ruled  bool // statutes were entered
}

// assemblyPage is one assembly as a member reads it.
type assemblyPage struct {
	page.Frame
	Assembly  assembly.Assembly
	Statute   assembly.Statute
	Motions   []assembly.Motion
	Documents []assembly.Document
	Path      string
	Problems  page.Problems
}

// ShowAssemblies lists the assemblies, those to come first.
func (w *Web) ShowAssemblies(c *fiber.Ctx) error {
	list, err := w.Assemblies.List(c.UserContext(), session.Of(c).Coop())
	if err != nil {
		return err
	}
	p := assembliesPage{Frame: page.NewFrame(c, "assembly.title", "events")}
	p.sort(list, "/assemblies/")
	return page.Show(c, AssembliesPage(p))
}

// sort puts what is still to come before what has been.
func (p *assembliesPage) sort(list []assembly.Assembly, path string) {
	for _, a := range list {
		line := page.Line{Icon: "vote", Title: a.Title, Note: p.When(a.StartsAt) + " · " + p.T("assembly.state_"+string(a.State)), Href: path + a.ID.String()}
		if a.Coming() || a.State == assembly.Draft {
			p.Coming = append([]page.Line{line}, p.Coming...) // the list is newest first
		} else {
			p.Past = append(p.Past, line)
		}
	}
}

// ShowAssembly shows one assembly: when, where, and what is decided.
func (w *Web) ShowAssembly(c *fiber.Ctx) error { return w.showAssembly(c, fiber.StatusOK, nil) }

func (w *Web) showAssembly(c *fiber.Ctx, status int, problems page.Problems) error {
	id, err := rule.ID[coop.AssemblyID](c.Params("id"))
	if err != nil {
		return err
	}
	return w.assembly(c, id, status, problems)
}

func (w *Web) assembly(c *fiber.Ctx, id coop.AssemblyID, status int, problems page.Problems) error {
	ctx, actor := c.UserContext(), session.Of(c).Coop()
	a, err := w.Assemblies.One(ctx, actor, id)
	if err != nil {
		return err
	}
	p := assemblyPage{Frame: page.NewFrame(c, "assembly.one", "events", "Title", a.Title), Assembly: a, Path: "/assemblies/" + id.String(), Problems: problems}
	if p.Statute, err = w.Assemblies.StatuteOf(ctx, actor, a); err != nil && a.State != assembly.Draft {
		return err
	}
	if p.Motions, err = w.Assemblies.Agenda(ctx, actor, id); err != nil {
		return err
	}
	if p.Documents, err = w.Assemblies.Documents(ctx, actor, id); err != nil {
		return err
	}
	return page.ShowStatus(c, status, AssemblyPage(p))
}

// needs says in words what a motion needs to be adopted.
func needs(w page.Words, s assembly.Statute, m assembly.Motion) string {
	if !m.Voted() {
		return w.T("assembly.kind.talk_words")
	}
	return majorityWords(w, s.For(m.Kind))
}

func majorityWords(w page.Words, m assembly.Majority) string {
	if m.Share() == "" {
		return ""
	}
	return w.T("assembly.needs", "Share", w.T("assembly.share."+m.Share()), "Base", w.T("assembly.base."+string(m.Base)))
}
