package coopweb

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/cheque"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// bookletPage is one booklet and what became of its leaves, for its drawer or at the desk.
type bookletPage struct {
	page.Frame
	Booklet  cheque.Booklet
	Leaves   []cheque.Leaf
	Desk     bool
	Problems page.Problems
}

// bookletSheet is the blank leaves of a booklet on A4, to cut.
type bookletSheet struct {
	page.Frame
	Booklet cheque.Booklet
	Leaves  []cheque.Printed
	Text    page.Words
	Origin  string
}

// ShowBooklet shows a member their booklet.
func (w *Web) ShowBooklet(c *fiber.Ctx) error {
	return w.showBooklet(c, fiber.StatusOK, false, nil)
}

// ShowDeskBooklet shows a booklet of the register.
func (w *Web) ShowDeskBooklet(c *fiber.Ctx) error {
	return w.showBooklet(c, fiber.StatusOK, true, nil)
}

func (w *Web) showBooklet(c *fiber.Ctx, status int, desk bool, problems page.Problems) error {
	id, err := rule.ID[coop.BookletID](c.Params("id"))
	if err != nil {
		return err
	}
	p := bookletPage{Desk: desk, Problems: problems}
	actor := session.Of(c).Coop()
	if p.Booklet, p.Leaves, err = w.Booklets.One(c.UserContext(), actor, id); err != nil {
		return err
	}
	if !desk && p.Booklet.Drawer.ID != actor.Member {
		return rule.ErrNotFound
	}
	here := "me"
	if desk {
		here = "home"
	}
	p.Frame = page.NewFrame(c, "cheque.booklet", here, "Number", p.Booklet.Number)
	return page.ShowStatus(c, status, BookletPage(p))
}

// LoseBooklet says that a booklet of one's own is lost, stolen or spoiled.
func (w *Web) LoseBooklet(c *fiber.Ctx) error { return w.loseBooklet(c, false) }

// LoseDeskBooklet says it at the desk, for its drawer.
func (w *Web) LoseDeskBooklet(c *fiber.Ctx) error { return w.loseBooklet(c, true) }

func (w *Web) loseBooklet(c *fiber.Ctx, desk bool) error {
	id, err := rule.ID[coop.BookletID](c.Params("id"))
	if err != nil {
		return err
	}
	_, err = w.Cheques.LoseBooklet(c.UserContext(), session.Of(c).Coop(), id, cheque.Because(c.FormValue("because")))
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error {
			return w.showBooklet(c, fiber.StatusUnprocessableEntity, desk, p)
		})
	}
	return c.Redirect(bookletPage{Desk: desk}.base()+id.String(), fiber.StatusSeeOther)
}

// PrintBooklet shows the blank leaves of a booklet as sheets to print and cut, in the
// language asked for.
func (w *Web) PrintBooklet(c *fiber.Ctx) error {
	hidden(c)
	id, err := rule.ID[coop.BookletID](c.Params("id"))
	if err != nil {
		return err
	}
	p := bookletSheet{Origin: w.Origin, Text: page.WordsOf(c)}
	if p.Booklet, p.Leaves, err = w.Booklets.Print(c.UserContext(), session.Of(c).Coop(), id); err != nil {
		return err
	}
	p.Frame = page.NewFrame(c, "cheque.booklet", "", "Number", p.Booklet.Number)
	for _, code := range page.Codes() {
		if c.Query("lang") == code {
			p.Text = w.Languages.Of(code)
		}
	}
	return page.Show(c, BookletSheet(p))
}

// base is where booklets are found by this reader.
func (p bookletPage) base() string {
	if p.Desk {
		return "/desk/booklets/"
	}
	return "/booklets/"
}

// href is where a leaf leads this reader.
func (p bookletPage) href(l cheque.Leaf) string {
	if p.Desk {
		return "/desk/cheques/" + l.ID.String()
	}
	return "/cheques/" + l.ID.String()
}

func (p bookletPage) facts() []page.Fact {
	return []page.Fact{
		{Icon: "person", Term: p.T("cheque.issued_to"), Value: nameOf(p.Words, p.Booklet.Drawer)},
		{Icon: "calendar", Term: p.T("cheque.issued_at"), Value: p.Date(p.Booklet.IssuedAt)},
		{Icon: "clock", Term: p.T("cheque.until"), Value: p.Date(p.Booklet.ValidUntil)},
		{Icon: "paper", Term: p.T("cheque.leaves"), Value: bookletNote(p.Words, p.Booklet)},
	}
}

// host is the house's address as a person types it.
func (p bookletSheet) host() string {
	_, host, _ := strings.Cut(p.Origin, "://")
	return host + "/cheques"
}

func (p bookletSheet) link(l cheque.Printed) string { return p.Origin + "/cheque/" + l.Code }

// bookletLines are booklets in a list.
func bookletLines(w page.Words, list []cheque.Booklet, base string) []page.Line {
	var out []page.Line
	for _, b := range list {
		title := bookletName(w, b)
		if base != "/booklets/" {
			title += " · " + nameOf(w, b.Drawer)
		}
		out = append(out, page.Line{Icon: "paper", Title: title, Note: bookletNote(w, b), Href: base + b.ID.String()})
	}
	return out
}

func sizeChoices(w page.Words, chosen int) []page.Choice {
	var out []page.Choice
	for _, n := range cheque.Sizes() {
		out = append(out, page.Choice{Value: strconv.Itoa(n), Label: w.N("cheque.size", n), Chosen: n == chosen})
	}
	return out
}
