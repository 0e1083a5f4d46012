package coopweb

import (
	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/neighbour"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// blocksPage is whom the reader does not see any more.
type blocksPage struct {
	page.Frame
	Blocks []neighbour.Block
}

// hidePage asks once more before somebody is hidden. From is where the reader met them,
// People whom they met there.
type hidePage struct {
	page.Frame
	Of, ID   string
	From     string
	People   []neighbour.Person
	Problems page.Problems
}

// ShowBlocks lists whom the reader has hidden.
func (w *Web) ShowBlocks(c *fiber.Ctx) error {
	list, err := w.Blocks.Mine(c.UserContext(), session.Of(c).Coop())
	if err != nil {
		return err
	}
	return page.Show(c, BlocksPage(blocksPage{Frame: page.NewFrame(c, "block.title", "me"), Blocks: list}))
}

// AskHide asks whether the reader wants to see somebody no more whom they met in a
// listing, an agreement, a notice or the directory.
func (w *Web) AskHide(c *fiber.Ctx) error {
	p, err := w.met(c, c.Query("of"), c.Query("id"))
	if err != nil {
		return err
	}
	return page.Show(c, HidePage(p))
}

// Hide makes the reader and that person invisible to each other.
func (w *Web) Hide(c *fiber.Ctx) error {
	p, err := w.met(c, c.FormValue("of"), c.FormValue("id"))
	if err != nil {
		return err
	}
	whom, err := p.chosen(c.FormValue("member"))
	if err == nil {
		err = w.Blocks.Hide(c.UserContext(), session.Of(c).Coop(), whom)
	}
	if err != nil {
		return page.Refused(p.Words, err, func(problems page.Problems) error {
			p.Problems = problems
			return page.ShowStatus(c, fiber.StatusUnprocessableEntity, HidePage(p))
		})
	}
	return c.Redirect("/me/blocks", fiber.StatusSeeOther)
}

// Unhide ends a block of the reader's own.
func (w *Web) Unhide(c *fiber.Ctx) error {
	id, err := rule.ID[coop.MemberID](c.Params("id"))
	if err != nil {
		return err
	}
	if err := w.Blocks.Show(c.UserContext(), session.Of(c).Coop(), id); err != nil {
		return err
	}
	return c.Redirect("/me/blocks", fiber.StatusSeeOther)
}

// met finds the people of the thing in which the reader met them, and which they see: an
// id alone gives nobody's name.
func (w *Web) met(c *fiber.Ctx, of, id string) (p hidePage, err error) {
	p = hidePage{Frame: page.NewFrame(c, "block.ask", "me"), Of: of, ID: id}
	people, err := w.peopleOf(c, &p)
	for _, one := range people {
		if one.ID != p.Actor.Member && one.Name != "" {
			p.People = append(p.People, one)
		}
	}
	if err == nil && len(p.People) == 0 {
		err = rule.ErrNotFound
	}
	return p, err
}

func (w *Web) peopleOf(c *fiber.Ctx, p *hidePage) ([]neighbour.Person, error) {
	actor, ctx := session.Of(c).Coop(), c.UserContext()
	switch p.Of {
	case "listing":
		id, err := rule.ID[coop.ListingID](p.ID)
		if err != nil {
			return nil, err
		}
		p.From = "/listings/" + id.String()
		l, err := w.Listings.One(ctx, actor, id)
		return []neighbour.Person{neighbour.Person(l.Owner)}, err
	case "agreement":
		id, err := rule.ID[coop.AgreementID](p.ID)
		if err != nil {
			return nil, err
		}
		p.From = "/agreements/" + id.String()
		g, err := w.Agreements.One(ctx, actor, id)
		return []neighbour.Person{neighbour.Person(g.Giver), neighbour.Person(g.Receiver)}, err
	case "notice":
		id, err := rule.ID[coop.NoticeID](p.ID)
		if err != nil {
			return nil, err
		}
		p.From = noticePath(id)
		return w.voices(c, id)
	case "neighbour":
		id, err := rule.ID[coop.MemberID](p.ID)
		if err != nil {
			return nil, err
		}
		p.From = "/directory/" + id.String()
		e, err := w.Directory.One(ctx, actor, id)
		return []neighbour.Person{{ID: e.ID, Name: e.Name}}, err
	}
	return nil, rule.ErrNotFound
}

// voices are who wrote a notice and who answered it, each once.
func (w *Web) voices(c *fiber.Ctx, id coop.NoticeID) ([]neighbour.Person, error) {
	_, notice, err := w.Boards.Notice(c.UserContext(), session.Of(c).Coop(), id)
	if err != nil {
		return nil, err
	}
	people := []neighbour.Person{{ID: notice.Author.ID, Name: notice.Author.Name}}
	known := map[coop.MemberID]bool{notice.Author.ID: true}
	for _, r := range notice.Remarks {
		if !known[r.Author.ID] {
			known[r.Author.ID] = true
			people = append(people, neighbour.Person{ID: r.Author.ID, Name: r.Author.Name})
		}
	}
	return people, nil
}

// chosen is the person of the form, who must be among those whom the reader met.
func (p hidePage) chosen(text string) (coop.MemberID, error) {
	if len(p.People) == 1 {
		return p.People[0].ID, nil
	}
	for _, one := range p.People {
		if one.ID.String() == text {
			return one.ID, nil
		}
	}
	return coop.MemberID{}, rule.Broken("member", "rule.choose")
}

// choices are the people as taps.
func (p hidePage) choices() []page.Choice {
	var out []page.Choice
	for _, one := range p.People {
		out = append(out, page.Choice{Value: one.ID.String(), Label: one.Name, Icon: "person"})
	}
	return out
}

// hideHref leads to where a person met here can be hidden.
func hideHref(of, id string) string { return "/me/blocks/new?of=" + of + "&id=" + id }
