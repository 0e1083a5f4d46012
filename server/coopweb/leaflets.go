package coopweb

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/membership"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// leafletsPage is the posters that hang, or the sheets that a member made.
type leafletsPage struct {
	page.Frame
	Mine     bool
	Path     string
	Leaflets []membership.Leaflet
	Key      string
	Problems page.Problems
}

// Note says until when a leaflet is good and whether somebody came by it.
func (p leafletsPage) Note(l membership.Leaflet) string {
	until := p.T("invitation.until", "Date", p.Date(l.ExpiresAt))
	switch {
	case p.Mine && l.Answers > 0:
		return p.T("leaflet.used")
	case p.Mine:
		return p.T("leaflet.waits") + " · " + until
	}
	return p.N("leaflet.answers", l.Answers) + " · " + until
}

// ShowPosters lists the posters that hang.
func (w *Web) ShowPosters(c *fiber.Ctx) error { return w.showPosters(c, fiber.StatusOK, nil) }

func (w *Web) showPosters(c *fiber.Ctx, status int, problems page.Problems) error {
	list, err := w.Entrance.Leaflets.Posters(c.UserContext(), session.Of(c).Coop())
	if err != nil {
		return err
	}
	p := leafletsPage{Frame: page.NewFrame(c, "leaflet.posters.title", "home"), Path: "/desk/posters", Leaflets: list, Key: page.NewKey(), Problems: problems}
	return page.ShowStatus(c, status, LeafletsPage(p))
}

// ShowInvite is where a member makes sheets for those whom they would like as neighbours.
func (w *Web) ShowInvite(c *fiber.Ctx) error { return w.showInvite(c, fiber.StatusOK, nil) }

func (w *Web) showInvite(c *fiber.Ctx, status int, problems page.Problems) error {
	hidden(c)
	list, err := w.Entrance.Leaflets.Mine(c.UserContext(), session.Of(c).Coop())
	if err != nil {
		return err
	}
	p := leafletsPage{Frame: page.NewFrame(c, "leaflet.mine.title", "me"), Mine: true, Path: "/me/invite", Leaflets: list, Key: page.NewKey(), Problems: problems}
	return page.ShowStatus(c, status, LeafletsPage(p))
}

// HangPoster makes a poster and leads to its sheet.
func (w *Web) HangPoster(c *fiber.Ctx) error {
	key, err := rule.Key(c.FormValue("key"))
	var made membership.Leaflet
	if err == nil {
		made, err = w.Entrance.Leaflets.Hang(c.UserContext(), session.Of(c).Coop(), key)
	}
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error { return w.showPosters(c, fiber.StatusUnprocessableEntity, p) })
	}
	return c.Redirect("/desk/posters/"+made.ID.String()+"/print", fiber.StatusSeeOther)
}

// HandSheet makes a sheet for one person and leads to it.
func (w *Web) HandSheet(c *fiber.Ctx) error {
	key, err := rule.Key(c.FormValue("key"))
	var made membership.Leaflet
	if err == nil {
		made, err = w.Entrance.Leaflets.Hand(c.UserContext(), session.Of(c).Coop(), key)
	}
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error { return w.showInvite(c, fiber.StatusUnprocessableEntity, p) })
	}
	return c.Redirect("/me/invite/"+made.ID.String(), fiber.StatusSeeOther)
}

// TakePosterDown makes a poster lead nowhere any more.
func (w *Web) TakePosterDown(c *fiber.Ctx) error { return w.endLeaflet(c, "/desk/posters") }

// TakeSheetBack makes a sheet lead nowhere any more.
func (w *Web) TakeSheetBack(c *fiber.Ctx) error { return w.endLeaflet(c, "/me/invite") }

func (w *Web) endLeaflet(c *fiber.Ctx, back string) error {
	id, err := rule.ID[coop.LeafletID](c.Params("id"))
	if err != nil {
		return err
	}
	if err := w.Entrance.Leaflets.TakeDown(c.UserContext(), session.Of(c).Coop(), id); err != nil {
		return err
	}
	return c.Redirect(back, fiber.StatusSeeOther)
}

// leafletSheet is a poster or a sheet as it is printed, in one language or in all of them.
type leafletSheet struct {
	page.Frame
	Leaflet membership.Leaflet
	Texts   []page.Words
	Link    string
	Door    string
	Back    string
}

// PrintPoster shows a poster to print.
func (w *Web) PrintPoster(c *fiber.Ctx) error { return w.printLeaflet(c, true, "/desk/posters") }

// ShowSheet shows a member's sheet: to print, or to let somebody's phone read the square.
func (w *Web) ShowSheet(c *fiber.Ctx) error { return w.printLeaflet(c, false, "/me/invite") }

func (w *Web) printLeaflet(c *fiber.Ctx, poster bool, back string) error {
	hidden(c)
	id, err := rule.ID[coop.LeafletID](c.Params("id"))
	if err != nil {
		return err
	}
	found, err := w.Entrance.Leaflets.One(c.UserContext(), session.Of(c).Coop(), id)
	if err != nil {
		return err
	}
	if found.Poster != poster {
		return rule.ErrNotFound
	}
	p := leafletSheet{Frame: page.NewFrame(c, "leaflet.sheet.title", ""), Leaflet: found, Link: w.Origin + "/apply/" + found.Link, Door: w.door(), Back: back}
	chosen := page.Codes()
	if lang := c.Query("lang"); slices.Contains(chosen, lang) {
		chosen = []string{lang}
	}
	for _, code := range chosen {
		p.Texts = append(p.Texts, w.Languages.Of(code))
	}
	return page.Show(c, LeafletSheet(p))
}
