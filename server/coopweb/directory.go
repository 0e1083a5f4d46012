package coopweb

import (
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/exchange"
	"lien/coop/neighbour"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// directoryPage is the neighbours who want to be found.
type directoryPage struct {
	page.Frame
	Search    neighbour.Search
	Entries   []neighbour.Entry
	Buildings []string
	More      string
	Problems  page.Problems
}

// neighbourPage is one of them, with what they offer and look for.
type neighbourPage struct {
	page.Frame
	Entry    neighbour.Entry
	Listings []exchange.Listing
}

// ShowDirectory lists the neighbours who want to be found, narrowed by words, language and
// building.
func (w *Web) ShowDirectory(c *fiber.Ctx) error {
	actor, ctx := session.Of(c).Coop(), c.UserContext()
	p := directoryPage{Frame: page.NewFrame(c, "directory.title", "listings")}
	p.Search = neighbour.Search{Words: c.Query("words"), Language: c.Query("language"), Building: strings.ToValidUTF8(c.Query("building"), ""), After: c.Query("after")}
	if id := c.Query("id"); id != "" {
		var err error
		if p.Search.AfterID, err = rule.ID[coop.MemberID](id); err != nil {
			return err
		}
	}
	var err error
	if p.Buildings, err = w.Directory.Buildings(ctx, actor); err != nil {
		return err
	}
	var more bool
	p.Entries, more, err = w.Directory.List(ctx, actor, p.Search)
	if err != nil {
		return page.Refused(p.Words, err, func(problems page.Problems) error {
			p.Search.Words, p.Problems = strings.ToValidUTF8(p.Search.Words, ""), problems
			return page.ShowStatus(c, fiber.StatusUnprocessableEntity, DirectoryPage(p))
		})
	}
	if more {
		last := p.Entries[len(p.Entries)-1]
		p.More = "/directory?" + url.Values{
			"words": {p.Search.Words}, "language": {p.Search.Language}, "building": {p.Search.Building},
			"after": {last.Key}, "id": {last.ID.String()},
		}.Encode()
	}
	return page.Show(c, DirectoryPage(p))
}

// ShowNeighbour shows one neighbour who wants to be found.
func (w *Web) ShowNeighbour(c *fiber.Ctx) error {
	id, err := rule.ID[coop.MemberID](c.Params("id"))
	if err != nil {
		return err
	}
	actor := session.Of(c).Coop()
	p := neighbourPage{Frame: page.NewFrame(c, "directory.title", "listings")}
	if p.Entry, err = w.Directory.One(c.UserContext(), actor, id); err != nil {
		return err
	}
	p.Title = p.Entry.Name
	if p.Listings, err = w.Listings.By(c.UserContext(), actor, id); err != nil {
		return err
	}
	return page.Show(c, NeighbourPage(p))
}

func (p directoryPage) narrowed() bool {
	return p.Search.Words != "" || p.Search.Language != "" || p.Search.Building != ""
}

func (p directoryPage) empty() string {
	if p.narrowed() {
		return p.T("directory.nobody_found")
	}
	return p.T("directory.nobody")
}

// note is the second line of a neighbour in the list: what they like, or where they are.
func (p directoryPage) note(e neighbour.Entry) string {
	var parts []string
	if e.ID == p.Actor.Member {
		parts = append(parts, p.T("directory.you"))
	}
	if e.Facilitator {
		parts = append(parts, p.T("board.facilitator"))
	}
	for _, part := range []string{e.Building, e.Likes} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, " · ")
}

// entryFacts are what a neighbour shows of themselves.
func entryFacts(w page.Words, e neighbour.Entry) []page.Fact {
	var facts []page.Fact
	if e.Building != "" {
		facts = append(facts, page.Fact{Icon: "home", Term: w.T("directory.field.building"), Value: e.Building})
	}
	if len(e.Languages) > 0 {
		facts = append(facts, page.Fact{Icon: "speak", Term: w.T("directory.field.languages"), Value: tongues(e.Languages)})
	}
	if !e.Since.IsZero() {
		facts = append(facts, page.Fact{Icon: "calendar", Term: w.T("directory.field.since"), Value: w.Month(e.Since)})
	}
	return facts
}

// tongues are languages under their own names.
func tongues(codes []string) string {
	names := make([]string, len(codes))
	for n, code := range codes {
		names[n] = neighbour.TongueName(code)
	}
	return strings.Join(names, " · ")
}
