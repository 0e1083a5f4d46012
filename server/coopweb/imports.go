package coopweb

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/importing"
	"lien/coop/membership"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// importsPage is where a former list is sent, and those that were.
type importsPage struct {
	page.Frame
	Key             string
	List            []importing.Import
	Places          []membership.Place
	Place, Language string // as chosen
	More            string
	Problems        page.Problems
}

// ShowImports lists the former lists, and takes a new one.
func (w *Web) ShowImports(c *fiber.Ctx) error {
	return w.showImports(c, fiber.StatusOK, importsPage{Key: page.NewKey()})
}

func (w *Web) showImports(c *fiber.Ctx, status int, p importsPage) (err error) {
	hidden(c)
	actor, before := session.Of(c).Coop(), coop.ImportID{}
	if text := c.Query("before"); text != "" {
		if before, err = rule.ID[coop.ImportID](text); err != nil {
			return err
		}
	}
	p.Frame = page.NewFrame(c, "import.title", "home")
	if p.List, err = w.Imports.All(c.UserContext(), actor, before); err != nil {
		return err
	}
	if n := len(p.List); n == 20 {
		p.More = "/imports?before=" + p.List[n-1].ID.String()
	}
	if p.Places, err = w.Imports.Places(c.UserContext(), actor); err != nil {
		return err
	}
	if p.Language == "" {
		p.Language = p.Lang()
	}
	return page.ShowStatus(c, status, ImportsPage(p))
}

// UploadImport reads a file and leads to how its lines lie.
func (w *Web) UploadImport(c *fiber.Ctx) error {
	fields, file, err := uploadOf(c, "file", "import.file.no_text", importing.MostBytes)
	u := importing.Upload{Name: fields.Get("file.name"), Content: file, Language: fields.Get("language")}
	var id coop.ImportID
	if err == nil {
		u.Key, err = rule.Key(fields.Get("key"))
	}
	if err == nil {
		if u.Place, err = rule.ID[coop.PlaceID](fields.Get("place")); err != nil {
			err = rule.Broken("place", "rule.choose")
		}
	}
	if err == nil {
		id, err = w.Imports.Upload(c.UserContext(), session.Of(c).Coop(), u)
	}
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(problems page.Problems) error {
			return w.showImports(c, fiber.StatusUnprocessableEntity, importsPage{
				Key: page.NewKey(), Place: fields.Get("place"), Language: fields.Get("language"), Problems: problems,
			})
		})
	}
	return c.Redirect("/imports/"+id.String(), fiber.StatusSeeOther)
}

// indented is a place's name under those that it stands in.
func indented(p membership.Place) string { return strings.Repeat("\u2003", p.Depth()) + p.Name }

// sent are the former lists as lines.
func (p importsPage) sent() []page.Line {
	var out []page.Line
	for _, i := range p.List {
		out = append(out, page.Line{
			Icon: "paper", Title: i.FileName, Href: "/imports/" + i.ID.String(),
			Note: p.T("import.state_"+string(i.State)) + " · " + p.T("import.by", "Name", page.Name(i.UploadedBy), "Date", p.Date(i.UploadedAt)),
		})
	}
	return out
}
