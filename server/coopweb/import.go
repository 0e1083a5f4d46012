package coopweb

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/importing"
	"lien/coop/membership"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// importPage is one former list: how it is read and lies, or what it made.
type importPage struct {
	page.Frame
	Import   importing.Import
	Places   []membership.Place
	Lines    []importing.Line
	More     string
	Problems page.Problems
}

// pilePage is some lines of one pile.
type pilePage struct {
	page.Frame
	Import   importing.Import
	Pile     importing.Pile
	After    int
	Rows     []importing.Row
	More     string
	Problems page.Problems
}

// ShowImport shows how a former list lies, or what it made.
func (w *Web) ShowImport(c *fiber.Ctx) error {
	return w.showImport(c, fiber.StatusOK, importPage{})
}

// showImport shows the page; an import that p has already keeps what was chosen in its form.
func (w *Web) showImport(c *fiber.Ctx, status int, p importPage) error {
	hidden(c)
	id, err := rule.ID[coop.ImportID](c.Params("id"))
	if err != nil {
		return err
	}
	actor, chosen := session.Of(c).Coop(), p.Import
	if p.Import, err = w.Imports.One(c.UserContext(), actor, id); err != nil {
		return err
	}
	p.Frame = page.NewFrame(c, "import.one", "home", "File", page.Name(p.Import.FileName))
	switch p.Import.State {
	case importing.Open:
		if len(chosen.Columns) == len(p.Import.Columns) {
			p.Import.Columns, p.Import.PlaceID, p.Import.Language = chosen.Columns, chosen.PlaceID, chosen.Language
		}
		p.Places, err = w.Imports.Places(c.UserContext(), actor)
	case importing.Confirmed, importing.Done:
		p.Lines, err = w.Imports.Lines(c.UserContext(), actor, id, c.QueryInt("after"))
		if n := len(p.Lines); n == 50 {
			p.More = "/imports/" + id.String() + "?after=" + strconv.Itoa(p.Lines[n-1].Line)
		}
	}
	if err != nil {
		return err
	}
	return page.ShowStatus(c, status, ImportPage(p))
}

// NameColumns sorts the lines anew, by what was said of the columns.
func (w *Web) NameColumns(c *fiber.Ctx) error {
	var chosen importing.Import
	return w.changeImport(c, "", func(actor coop.Actor, id coop.ImportID, turn int) error {
		r := importing.Reading{Turn: turn, Language: c.FormValue("language")}
		for n := range 100 {
			if value := c.Request().PostArgs().Peek("column_" + strconv.Itoa(n)); value != nil {
				r.Columns = append(r.Columns, importing.Column(strings.ToValidUTF8(string(value), "")))
			}
		}
		r.Place, _ = rule.ID[coop.PlaceID](c.FormValue("place")) // what is no place is refused as one that is not there
		err := w.Imports.Sort(c.UserContext(), actor, id, r)
		chosen.Columns, chosen.PlaceID, chosen.Language = r.Columns, r.Place, r.Language
		return err
	}, func(problems page.Problems) error {
		return w.showImport(c, fiber.StatusUnprocessableEntity, importPage{Import: chosen, Problems: problems})
	})
}

// ConfirmImport lets a former list be carried out, and does the first part at once.
func (w *Web) ConfirmImport(c *fiber.Ctx) error {
	return w.changeImport(c, "", func(actor coop.Actor, id coop.ImportID, turn int) error {
		if err := w.Imports.Confirm(c.UserContext(), actor, id, turn); err != nil {
			return err
		}
		return w.Imports.Start(c.UserContext(), actor, id)
	}, w.importRefused(c))
}

// DropImport calls a former list off.
func (w *Web) DropImport(c *fiber.Ctx) error {
	return w.changeImport(c, "", func(actor coop.Actor, id coop.ImportID, _ int) error {
		return w.Imports.Drop(c.UserContext(), actor, id)
	}, w.importRefused(c))
}

func (w *Web) importRefused(c *fiber.Ctx) func(page.Problems) error {
	return func(problems page.Problems) error {
		return w.showImport(c, fiber.StatusUnprocessableEntity, importPage{Problems: problems})
	}
}

// changeImport does something with the import of the address and leads back to its page, or
// to what follows it.
func (w *Web) changeImport(c *fiber.Ctx, next string, change func(coop.Actor, coop.ImportID, int) error, again func(page.Problems) error) error {
	id, err := rule.ID[coop.ImportID](c.Params("id"))
	if err != nil {
		return err
	}
	turn, _ := strconv.Atoi(c.FormValue("turn")) // no number is no turn that anybody saw
	if err := change(session.Of(c).Coop(), id, turn); err != nil {
		return page.Refused(page.WordsOf(c), err, again)
	}
	return c.Redirect("/imports/"+id.String()+next, fiber.StatusSeeOther)
}

// ShowPile lists the lines of one pile.
func (w *Web) ShowPile(c *fiber.Ctx) error {
	return w.showPile(c, fiber.StatusOK, pilePage{Pile: importing.Pile(c.Query("pile", string(importing.Conflict))), After: c.QueryInt("after")})
}

func (w *Web) showPile(c *fiber.Ctx, status int, p pilePage) error {
	hidden(c)
	id, err := rule.ID[coop.ImportID](c.Params("id"))
	if err != nil {
		return err
	}
	known := false
	for _, pile := range importing.Piles() {
		known = known || pile == p.Pile
	}
	if !known {
		return rule.ErrNotFound
	}
	actor := session.Of(c).Coop()
	if p.Import, err = w.Imports.One(c.UserContext(), actor, id); err != nil {
		return err
	}
	if p.Rows, err = w.Imports.Rows(c.UserContext(), actor, id, p.Pile, p.After); err != nil {
		return err
	}
	p.Frame = page.NewFrame(c, "import.pile_"+string(p.Pile), "home")
	if n := len(p.Rows); n == 50 {
		p.More = "/imports/" + id.String() + "/rows?pile=" + string(p.Pile) + "&after=" + strconv.Itoa(p.Rows[n-1].Line)
	}
	return page.ShowStatus(c, status, PilePage(p))
}

// DecideRows writes down what becomes of the lines of one page.
func (w *Web) DecideRows(c *fiber.Ctx) error {
	after, _ := strconv.Atoi(c.FormValue("after"))
	return w.changeImport(c, "/rows?pile=conflict&after="+strconv.Itoa(after), func(actor coop.Actor, id coop.ImportID, turn int) error {
		var decisions []importing.Decision
		for name, value := range c.Request().PostArgs().All() {
			text, found := strings.CutPrefix(string(name), "line_")
			if !found {
				continue
			}
			line, err := strconv.Atoi(text)
			if err != nil || line < 1 || line > 1<<30 {
				return rule.Broken("choice", "rule.choose")
			}
			decisions = append(decisions, importing.Decision{Line: line, Choice: importing.Choice(strings.ToValidUTF8(string(value), ""))})
		}
		return w.Imports.Decide(c.UserContext(), actor, id, turn, decisions)
	}, func(problems page.Problems) error {
		return w.showPile(c, fiber.StatusUnprocessableEntity, pilePage{Pile: importing.Conflict, After: after, Problems: problems})
	})
}

// LeaveRows makes nothing of every conflict that nobody decided on.
func (w *Web) LeaveRows(c *fiber.Ctx) error {
	return w.changeImport(c, "", func(actor coop.Actor, id coop.ImportID, turn int) error {
		return w.Imports.LeaveRest(c.UserContext(), actor, id, turn)
	}, w.importRefused(c))
}

// DownloadRefused gives the refused lines as a file for a spreadsheet, each with its reason.
func (w *Web) DownloadRefused(c *fiber.Ctx) error {
	id, err := rule.ID[coop.ImportID](c.Params("id"))
	if err != nil {
		return err
	}
	actor, words := session.Of(c).Coop(), page.WordsOf(c)
	if _, err := w.Imports.One(c.UserContext(), actor, id); err != nil {
		return err
	}
	list, err := w.Imports.Refusals(c.UserContext(), actor, id)
	if err != nil {
		return err
	}
	rows := [][]string{{words.T("import.line"), words.T("import.number"), words.T("import.name"), words.T("import.reason")}}
	for _, r := range list {
		rows = append(rows, []string{strconv.Itoa(r.Line), numberOf(r.Number), r.Name, strings.Trim(WhyOf(words, r), "\u2068\u2069")})
	}
	return page.Download(c, words.T("import.refused_file")+".csv", rows)
}

func numberOf(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}
