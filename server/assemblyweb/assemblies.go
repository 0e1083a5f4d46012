package assemblyweb

import (
	"slices"

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
	Assembly   assembly.Assembly
	Statute    assembly.Statute
	Motions    []assembly.Motion
	Documents  []assembly.Document
	Path       string
	Problems   page.Problems
	Key        string
	Gave       *assembly.Proxy  // the reader's own vote, given away
	Held       []assembly.Proxy // votes that the reader holds, or is asked to hold
	May        bool             // the reader may give their vote now
	Others     []assembly.Neighbour
	Chosen     string
	Number     page.Field
	Quorum     assembly.Quorum
	Stands     bool // on the roll
	Here       bool
	Box        *ballotBox // the vote that is open
	Results    map[coop.MotionID]assembly.Vote
	Scrutineer bool            // counts the paper, or keeps the desk
	Filed      *assembly.Filed // the minutes, once a bureau was named
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
	if p.Scrutineer, err = w.Votes.Scrutineer(ctx, actor); err != nil {
		return err
	}
	if err := w.votesOf(c, &p); err != nil {
		return err
	}
	if err := w.filed(c, &p); err != nil {
		return err
	}
	if a.Coming() {
		if err := w.mineAt(c, &p); err != nil {
			return err
		}
	}
	return page.ShowStatus(c, status, AssemblyPage(p))
}

// filed fills how far the minutes are, once there can be any.
func (w *Web) filed(c *fiber.Ctx, p *assemblyPage) error {
	if p.Assembly.State != assembly.Open && p.Assembly.State != assembly.Closed {
		return nil
	}
	f, found, err := w.Minutes.Filed(c.UserContext(), session.Of(c).Coop(), p.Assembly.ID)
	if found {
		p.Filed = &f
	}
	return err
}

// mineAt fills what the reader has to do with an assembly that is to come or under way: their
// own vote, those they hold, and whether they are there.
func (w *Web) mineAt(c *fiber.Ctx, p *assemblyPage) error {
	ctx, actor := c.UserContext(), session.Of(c).Coop()
	list, err := w.Assemblies.Proxies(ctx, actor, p.Assembly.ID)
	if err != nil {
		return err
	}
	for _, one := range list {
		if one.Giver == actor.Member {
			p.Gave = &one
		} else {
			p.Held = append(p.Held, one)
		}
	}
	if p.Assembly.State == assembly.Open {
		if p.Quorum, err = w.Assemblies.Quorum(ctx, actor, p.Assembly); err != nil {
			return err
		}
		p.Stands, p.Here, err = w.Assemblies.Mine(ctx, actor, p.Assembly.ID)
		return err
	}
	if p.May = p.Statute.Cap > 0 && p.Gave == nil && !p.holds(); !p.May {
		return nil
	}
	p.Key, p.Chosen = page.KeptKey(c), c.FormValue("holder")
	p.Number = page.Field{Name: "number", Label: p.T("assembly.give.number"), Mode: "numeric", Value: c.FormValue("number"), Most: 10}
	p.Others, err = w.Assemblies.Neighbours(ctx, actor)
	return err
}

// holds reports whether the reader said yes to carrying somebody's vote.
func (p assemblyPage) holds() bool {
	return slices.ContainsFunc(p.Held, func(one assembly.Proxy) bool { return one.State == assembly.Accepted })
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
