package coopweb

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/membership"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// importSheets are the invitations of a former list on paper, five to a sheet.
type importSheets struct {
	page.Frame
	ID     coop.ImportID
	Sheets []membership.Invitation
	Text   page.Words
	Origin string
	More   string
}

func (p importSheets) link(i membership.Invitation) string { return p.Origin + "/join/" + i.Link }

func (p importSheets) door() string {
	_, host, _ := strings.Cut(p.Origin, "://")
	return host + "/join"
}

// MakeImportSheets makes invitations for people of a former list who have none, and leads to
// the sheets.
func (w *Web) MakeImportSheets(c *fiber.Ctx) error {
	id, err := rule.ID[coop.ImportID](c.Params("id"))
	if err != nil {
		return err
	}
	actor := session.Of(c).Coop()
	if _, err := w.Imports.One(c.UserContext(), actor, id); err != nil {
		return err
	}
	if _, err := w.Entrance.Invitations.ForImported(c.UserContext(), actor, id); err != nil {
		return err
	}
	return c.Redirect("/imports/"+id.String()+"/sheets", fiber.StatusSeeOther)
}

// PrintImportSheets shows the invitations of a former list as sheets to print.
func (w *Web) PrintImportSheets(c *fiber.Ctx) error {
	hidden(c)
	id, err := rule.ID[coop.ImportID](c.Params("id"))
	if err != nil {
		return err
	}
	actor := session.Of(c).Coop()
	if _, err := w.Imports.One(c.UserContext(), actor, id); err != nil {
		return err
	}
	p := importSheets{Frame: page.NewFrame(c, "import.sheets.title", ""), ID: id, Origin: w.Origin, Text: page.WordsOf(c)}
	after, _ := strconv.ParseInt(c.Query("after"), 10, 64) // no number is the first page
	var next int64
	if p.Sheets, next, err = w.Entrance.Invitations.OfImported(c.UserContext(), actor, id, after); err != nil {
		return err
	}
	if lang := c.Query("lang"); slices.Contains(page.Codes(), lang) {
		p.Text = w.Languages.Of(lang)
	}
	if next > 0 {
		p.More = "/imports/" + id.String() + "/sheets?lang=" + p.Text.Lang() + "&after=" + strconv.FormatInt(next, 10)
	}
	return page.Show(c, ImportSheets(p))
}
