package supportweb

import (
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lien/rule"
	"lien/server/page"
	"lien/server/session"
	"lien/support"
	"lien/support/bond"
)

// nothing is the mark of a panel that shows nothing, whatever the reason.
const nothing = "none"

// bondPanel is what one adult shows now. Shown is nil when there is nothing to see, and
// then the panel is the same to the last byte, whatever the reason.
type bondPanel struct {
	page.Words
	Name  string // only above the part that is drawn again
	Path  string
	Mark  string
	Shown *bond.Shown
}

// bondOf reads a panel. The mark comes first: what changes while the panel is drawn makes
// the next comparison differ, and the panel is drawn again.
func (w *Web) bondOf(c *fiber.Ctx, f page.Frame, id support.CaseID, person support.PersonID) (bondPanel, error) {
	actor := session.Of(c).Support()
	p := bondPanel{Words: f.Words, Path: "/pro/cases/" + id.String() + "/bond/" + person.String()}
	mark, err := w.mark(c, id, person)
	if err != nil {
		return p, err
	}
	p.Shown, err = w.Door.Read(c.UserContext(), actor, id, person, purposeOf(c.Query("for")))
	if err != nil {
		return p, err
	}
	if p.Mark = nothing; p.Shown != nil {
		p.Mark = mark
	}
	return p, nil
}

func (w *Web) mark(c *fiber.Ctx, id support.CaseID, person support.PersonID) (string, error) {
	mark, err := w.Door.State(c.UserContext(), session.Of(c).Support(), id, person)
	if mark == "" {
		mark = nothing
	}
	return mark, err
}

// ShowBondState answers with the mark of a panel, which an open page compares.
func (w *Web) ShowBondState(c *fiber.Ctx) error {
	id, person, err := w.whose(c)
	if err != nil {
		return err
	}
	mark, err := w.mark(c, id, person)
	if err != nil {
		return err
	}
	return c.SendString(mark)
}

// ShowBond answers with the panel alone.
func (w *Web) ShowBond(c *fiber.Ctx) error {
	id, person, err := w.whose(c)
	if err != nil {
		return err
	}
	panel, err := w.bondOf(c, page.Frame{Words: page.WordsOf(c)}, id, person)
	if err != nil {
		return err
	}
	return page.Show(c, Bond(panel))
}

// codePage is a code just given: it stands here once and nowhere else.
type codePage struct {
	page.Frame
	Back  string
	Code  bond.Code
	Until string
	Link  string // what the square holds
	Minor string // the address to type, without the scheme
}

// GiveCode answers with a one-time code, at once and without another address: the code is
// kept nowhere, so there is nothing to come back to.
func (w *Web) GiveCode(c *fiber.Ctx) error {
	id, person, err := w.whose(c)
	if err != nil {
		return err
	}
	code, err := w.Door.GiveCode(c.UserContext(), session.Of(c).Support(), id, person)
	if err != nil {
		return err
	}
	f := page.NewFrame(c, "bond.code.title", "cases")
	_, bare, _ := strings.Cut(w.Origin, "://")
	return page.Show(c, CodePage(codePage{
		Frame: f, Back: "/pro/cases/" + id.String(), Code: code, Until: f.Clock(code.Ends),
		Link: w.Origin + "/private/code/" + code.Text, Minor: bare + "/private/code",
	}))
}

// proposePage is what may be proposed.
type proposePage struct {
	page.Frame
	Back, Path string
	Offerings  []offering
}

type offering struct{ Kind, ID, Title, Note string }

// NewProposal lists what may be proposed.
func (w *Web) NewProposal(c *fiber.Ctx) error {
	id, person, err := w.whose(c)
	if err != nil {
		return err
	}
	list, err := w.Door.Offerings(c.UserContext(), session.Of(c).Support(), id, person)
	if err != nil {
		return err
	}
	p := proposePage{Frame: page.NewFrame(c, "bond.propose.title", "cases"), Back: "/pro/cases/" + id.String()}
	p.Path = p.Back + "/bond/" + person.String() + "/propose"
	for _, o := range list {
		note := p.T("bond.propose.listing")
		if !o.StartsAt.IsZero() {
			note = page.Capital(p.When(o.StartsAt))
		}
		p.Offerings = append(p.Offerings, offering{o.Kind, o.ID.String(), o.Title, note})
	}
	return page.Show(c, ProposePage(p))
}

// Propose puts something open before the person, who alone sees it.
func (w *Web) Propose(c *fiber.Ctx) error {
	id, person, err := w.whose(c)
	if err != nil {
		return err
	}
	kind, target, _ := strings.Cut(c.FormValue("what"), "/")
	thing, err := uuid.Parse(target)
	if err != nil {
		return rule.ErrMoved
	}
	if err := w.Door.Propose(c.UserContext(), session.Of(c).Support(), id, person, kind, thing); err != nil {
		return err
	}
	return c.Redirect("/pro/cases/"+id.String(), fiber.StatusSeeOther)
}

// whose reads which adult of which case is meant; of a case that is not theirs, nobody is
// there.
func (w *Web) whose(c *fiber.Ctx) (support.CaseID, support.PersonID, error) {
	id, err := rule.ID[support.CaseID](c.Params("id"))
	if err != nil {
		return id, support.PersonID{}, err
	}
	person, err := rule.ID[support.PersonID](c.Params("person"))
	if err != nil {
		return id, person, err
	}
	return id, person, w.Cases.Accompanies(c.UserContext(), session.Of(c).Support(), id, person)
}
