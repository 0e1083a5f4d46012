package coopweb

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/board"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// editPage is where somebody changes what their notice says.
type editPage struct {
	page.Frame
	Notice   board.Notice
	Draft    board.Draft
	Key      string // of a photo that is added
	Shown    string // what it shows
	Problems page.Problems
}

// historyPage is what a notice says, and said before.
type historyPage struct {
	page.Frame
	Notice   board.Notice
	Editions []board.Edition
}

// AskEdit shows a notice of one's own as a form.
func (w *Web) AskEdit(c *fiber.Ctx) error { return w.showEdit(c, fiber.StatusOK, editPage{}) }

func (w *Web) showEdit(c *fiber.Ctx, status int, p editPage) error {
	of, err := w.notice(c)
	if err != nil {
		return err
	}
	p.Frame, p.Notice = of.Frame, of.Notice
	p.Title = p.T("edit.title")
	if p.Notice.Author.ID != p.Actor.Member || p.Notice.Gone {
		return rule.ErrNotFound
	}
	if p.Key == "" {
		p.Key = page.NewKey()
	}
	if p.Draft.Kind == "" {
		p.Draft = board.Draft{Kind: p.Notice.Kind, Title: p.Notice.Title, Body: p.Notice.Body, Language: p.Notice.Language}
	}
	return page.ShowStatus(c, status, EditPage(p))
}

// EditNotice changes what a notice says, on every open page too.
func (w *Web) EditNotice(c *fiber.Ctx) error {
	id, err := rule.ID[coop.NoticeID](c.Params("id"))
	if err != nil {
		return err
	}
	seen, err := strconv.Atoi(c.FormValue("seen"))
	if err != nil {
		return rule.ErrMoved
	}
	draft := noticeDraft(page.WordsOf(c), posted(c))
	draft.Days = 0
	changed, err := w.Boards.Edit(c.UserContext(), session.Of(c).Coop(), id, seen, draft)
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(problems page.Problems) error {
			return w.showEdit(c, fiber.StatusUnprocessableEntity, editPage{Draft: draft, Problems: problems})
		})
	}
	w.Hub.Posted(changed.UUID)
	return c.Redirect(noticePath(id), fiber.StatusSeeOther)
}

// ShowEditions shows what a notice said before.
func (w *Web) ShowEditions(c *fiber.Ctx) error {
	id, err := rule.ID[coop.NoticeID](c.Params("id"))
	if err != nil {
		return err
	}
	p := historyPage{Frame: page.NewFrame(c, "edit.history", "boards")}
	if p.Notice, p.Editions, err = w.Boards.Editions(c.UserContext(), p.Actor.Coop(), id); err != nil {
		return err
	}
	return page.Show(c, HistoryPage(p))
}

// KeepAtTop hangs a notice at the top of its board, or lets it go back to its place.
func (w *Web) KeepAtTop(c *fiber.Ctx) error {
	id, err := rule.ID[coop.NoticeID](c.Params("id"))
	if err != nil {
		return err
	}
	changed, err := w.Boards.KeepAtTop(c.UserContext(), session.Of(c).Coop(), id, c.FormValue("top") != "no")
	return w.leadBack(c, id, changed, err)
}

// RenewNotice hangs a notice that ended back on its board.
func (w *Web) RenewNotice(c *fiber.Ctx) error {
	id, err := rule.ID[coop.NoticeID](c.Params("id"))
	if err != nil {
		return err
	}
	changed, err := w.Boards.Renew(c.UserContext(), session.Of(c).Coop(), id, noticeDays(posted(c)))
	return w.leadBack(c, id, changed, err)
}

// leadBack shows the notice after something was done with it, or what is to be mended.
func (w *Web) leadBack(c *fiber.Ctx, id coop.NoticeID, changed coop.BoardID, err error) error {
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(problems page.Problems) error {
			p, err := w.notice(c)
			if err != nil {
				return err
			}
			p.Problems = problems
			return page.ShowStatus(c, fiber.StatusUnprocessableEntity, NoticePage(p))
		})
	}
	w.Hub.Posted(changed.UUID)
	return c.Redirect(noticePath(id), fiber.StatusSeeOther)
}

// posted reads the fields of a form without files.
func posted(c *fiber.Ctx) func(string) string {
	return func(name string) string { return c.FormValue(name) }
}

// noticeDraft is what a form about a notice says.
func noticeDraft(w page.Words, field func(string) string) board.Draft {
	d := board.Draft{Kind: board.Kind(field("kind")), Title: field("title"), Body: field("body"), Language: field("language"), Days: noticeDays(field)}
	if d.Language == "" {
		d.Language = w.Lang()
	}
	return d
}

// noticeDays is for how long something is to hang: for good where nothing was said, and -1,
// which no rule takes, for what is no number.
func noticeDays(field func(string) string) int {
	text := field("days")
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return -1
	}
	return n
}

// languageChoices are the languages that a text may be marked with, as taps.
func languageChoices(chosen string) (out []page.Choice) {
	for _, code := range board.Languages() {
		out = append(out, page.Choice{Value: code, Label: page.Tongue(code), Chosen: code == chosen})
	}
	return out
}

// dayChoices are for how long a notice hangs, as taps.
func dayChoices(w page.Words, chosen int) (out []page.Choice) {
	for _, n := range board.Days() {
		value := strconv.Itoa(n)
		out = append(out, page.Choice{Value: value, Label: w.T("edit.days_" + value), Chosen: n == chosen})
	}
	return out
}

// kindChoices are what a person can say, as taps.
func kindChoices(f page.Frame, chosen board.Kind) (out []page.Choice) {
	kinds := board.Kinds()
	if f.Actor.Facilitator || chosen == board.Alert {
		kinds = append(kinds, board.Alert)
	}
	for _, k := range kinds {
		out = append(out, page.Choice{Value: string(k), Label: f.T("board.say." + string(k)), Icon: kindSign(k), Chosen: k == chosen})
	}
	return out
}

func (p editPage) seen() string { return strconv.Itoa(p.Notice.Edits) }

// until says when the notice comes down, if it does by itself.
func (p paper) until() string {
	if p.ExpiresAt.IsZero() {
		return ""
	}
	return p.T("edit.until", "Day", p.NearDay(p.ExpiresAt))
}

func (p paper) edited() string { return p.T("edit.edited", "When", p.When(p.EditedAt)) }

// mine reports whether the reader wrote the notice.
func (p noticePage) mine() bool { return p.Notice.Author.ID == p.Actor.Member }

// topValue is what the button sends: the opposite of what holds.
func (p noticePage) topValue() string {
	if p.Notice.Top > 0 {
		return "no"
	}
	return "yes"
}

func (p noticePage) topWords() string {
	if p.Notice.Top > 0 {
		return p.T("edit.top_no")
	}
	return p.T("edit.top_yes")
}
