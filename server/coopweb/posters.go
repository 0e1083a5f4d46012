package coopweb

import (
	"errors"
	"strings"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/membership"
	"lien/coop/poster"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// postersPage is where a facilitator makes this week's poster of a place.
type postersPage struct {
	page.Frame
	Made     []poster.Poster
	Places   []membership.Place
	Key      string
	Place    string
	Chosen   []page.Choice // the languages
	Problems page.Problems
}

// Indented is a place's name under those that it stands in.
func (postersPage) Indented(p membership.Place) string {
	return strings.Repeat("\u2003", p.Depth()) + p.Name
}

// ShowWeeklies lists the posters made last and asks for a new one.
func (w *Web) ShowWeeklies(c *fiber.Ctx) error { return w.showWeeklies(c, fiber.StatusOK, nil) }

func (w *Web) showWeeklies(c *fiber.Ctx, status int, problems page.Problems) error {
	ctx, actor := c.UserContext(), session.Of(c).Coop()
	p := postersPage{Frame: page.NewFrame(c, "poster.title", ""), Key: page.KeptKey(c), Place: c.FormValue("place"), Problems: problems}
	var err error
	if p.Made, err = w.Posters.Made(ctx, actor); err != nil {
		return err
	}
	if p.Places, err = w.Members.Places(ctx, actor); err != nil {
		return err
	}
	for _, code := range page.Codes() {
		p.Chosen = append(p.Chosen, page.Choice{Value: code, Label: page.Tongue(code), Chosen: true})
	}
	return page.ShowStatus(c, status, PostersPage(p))
}

// MakeWeekly makes a poster and leads to its sheet.
func (w *Web) MakeWeekly(c *fiber.Ctx) error {
	var made coop.PosterID
	key, err := rule.Key(c.FormValue("key"))
	place, unknown := rule.ID[coop.PlaceID](c.FormValue("place"))
	switch {
	case err != nil:
	case unknown != nil:
		err = rule.Broken("place", "rule.choose")
	default:
		var languages []string
		for _, code := range c.Context().PostArgs().PeekMulti("languages") {
			languages = append(languages, string(code))
		}
		made, err = w.Posters.Make(c.UserContext(), session.Of(c).Coop(), poster.Wish{Key: key, Place: place, Languages: languages})
	}
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error { return w.showWeeklies(c, fiber.StatusUnprocessableEntity, p) })
	}
	return c.Redirect("/desk/weekly/"+made.String(), fiber.StatusSeeOther)
}

// posterSheet is one poster on paper.
type posterSheet struct {
	page.Frame
	Poster poster.Poster
	Texts  []page.Words
	Link   string // in the square
	Door   string // the address that a person types
	Large  bool   // A3
}

// PrintWeekly shows a poster as a sheet to print, on A4 or A3.
func (w *Web) PrintWeekly(c *fiber.Ctx) error {
	id, err := rule.ID[coop.PosterID](c.Params("id"))
	if err != nil {
		return err
	}
	p := posterSheet{Frame: page.NewFrame(c, "poster.single", ""), Large: c.Query("size") == "a3"}
	if p.Poster, err = w.Posters.One(c.UserContext(), session.Of(c).Coop(), id); err != nil {
		return err
	}
	for _, code := range p.Poster.Languages {
		p.Texts = append(p.Texts, w.Languages.Of(code))
	}
	p.Link = w.Origin + "/w/" + p.Poster.Code
	_, host, _ := strings.Cut(w.Origin, "://")
	p.Door = host + "/w"
	return page.Show(c, PosterSheet(p))
}

// First is the language that the sheet is laid out in.
func (p posterSheet) First() page.Words { return p.Texts[0] }

// Week says when the sheet was made, so that an old one is seen to be old.
func (p posterSheet) Week(w page.Words) string {
	return w.T("poster.week", "Day", w.Date(p.Poster.MadeAt))
}

// posterSays is what an item is, in one language: the kind of help, or the day.
func posterSays(w page.Words, i poster.Item) string {
	switch i.Kind {
	case poster.AListing:
		said := w.T("listing.kind_"+string(i.Sort)) + w.T("poster.colon") + w.T("listing.category_"+string(i.Category))
		if i.Minutes > 0 {
			said += " · " + w.Hours(i.Minutes)
		}
		return said
	case poster.AnEvent:
		return w.T("date.at", "Day", page.Capital(w.Day(i.StartsAt)), "Clock", w.Clock(i.StartsAt))
	}
	return w.T("poster.notice")
}

func posterIcon(i poster.Item) string {
	switch i.Kind {
	case poster.AListing:
		return categoryIcon(i.Category)
	case poster.AnEvent:
		return "calendar"
	}
	return "pin"
}

// ShowCodeDoor asks for the short code of something on a poster.
func (w *Web) ShowCodeDoor(c *fiber.Ctx) error {
	return page.Show(c, CodeDoor(codeDoor{Frame: page.NewFrame(c, "poster.door.title", "")}))
}

// codeDoor asks for a short code.
type codeDoor struct {
	page.Frame
	Code, Problem string
}

// FindCode leads from a typed code to what it stands for.
func (w *Web) FindCode(c *fiber.Ctx) error {
	typed := strings.ToValidUTF8(c.FormValue("code"), "")
	code := poster.Tidy(typed)
	if code == "" {
		p := codeDoor{Frame: page.NewFrame(c, "poster.door.title", ""), Code: typed}
		p.Problem = p.T("poster.door.unknown")
		return page.ShowStatus(c, fiber.StatusUnprocessableEntity, CodeDoor(p))
	}
	return c.Redirect("/w/"+code, fiber.StatusSeeOther)
}

// foundPage is what the paper says of one thing, or of all that stands on one poster, to
// whoever passes.
type foundPage struct {
	page.Frame
	Found poster.Found
	Items []poster.Item
}

// ShowCoded leads a member to the thing itself, and shows to everybody else what the paper
// shows.
func (w *Web) ShowCoded(c *fiber.Ctx) error {
	if err := w.Entrance.Guesses.Allow(c.IP()); err != nil {
		return err
	}
	found, err := w.Posters.Lookup(c.UserContext(), c.Params("code"))
	if errors.Is(err, rule.ErrNotFound) {
		p := codeDoor{Frame: page.NewFrame(c, "poster.door.title", "")}
		p.Problem = p.T("poster.door.unknown")
		return page.ShowStatus(c, fiber.StatusNotFound, CodeDoor(p))
	}
	if err != nil {
		return err
	}
	w.Entrance.Guesses.Pardon(c.IP())
	actor := session.Of(c)
	if path := posterPath(found.Item); path != "" && actor.Kind == session.Resident && actor.Active && actor.Cooperative == found.Cooperative {
		return c.Redirect(path, fiber.StatusSeeOther)
	}
	p := foundPage{Frame: page.NewFrame(c, "poster.found.title", ""), Found: found, Items: found.Poster.Items}
	if found.Item.Kind != "" {
		p.Items = []poster.Item{found.Item}
	}
	return page.Show(c, FoundPage(p))
}

// posterPath is where a member finds the thing.
func posterPath(i poster.Item) string {
	switch i.Kind {
	case poster.AListing:
		return "/listings/" + i.Subject.String()
	case poster.AnEvent:
		return "/events/" + i.Subject.String()
	case poster.ANotice:
		return "/notices/" + i.Subject.String()
	}
	return ""
}

// HangListing lets a listing of the reader's own stand on posters, or no longer.
func (w *Web) HangListing(c *fiber.Ctx) error {
	id, err := rule.ID[coop.ListingID](c.Params("id"))
	if err != nil {
		return err
	}
	if err := w.Posters.Hang(c.UserContext(), session.Of(c).Coop(), id, c.FormValue("up") == "yes"); err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error {
			return w.showListing(c, fiber.StatusUnprocessableEntity, listingPage{Problems: p})
		})
	}
	return c.Redirect("/listings/"+id.String(), fiber.StatusSeeOther)
}
