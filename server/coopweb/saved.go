package coopweb

import (
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/board"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// savedPage is the notices that its reader keeps for themselves.
type savedPage struct {
	page.Frame
	Kept  []board.Kept
	Older string
}

// ShowSaved lists the notices that the reader keeps.
func (w *Web) ShowSaved(c *fiber.Ctx) error {
	var before uuid.UUID
	if text := c.Query("before"); text != "" {
		id, err := uuid.Parse(text)
		if err != nil {
			return rule.ErrNotFound
		}
		before = id
	}
	p := savedPage{Frame: page.NewFrame(c, "saved.title", "boards")}
	list, next, err := w.Boards.Kept(c.UserContext(), session.Of(c).Coop(), before)
	if err != nil {
		return err
	}
	p.Kept = list
	if next != uuid.Nil {
		p.Older = "/me/saved?before=" + next.String()
	}
	return page.Show(c, SavedPage(p))
}

// KeepNotice puts a notice on the reader's list, or takes it off.
func (w *Web) KeepNotice(c *fiber.Ctx) error {
	id, err := rule.ID[coop.NoticeID](c.Params("id"))
	if err != nil {
		return err
	}
	if err := w.Boards.Keep(c.UserContext(), session.Of(c).Coop(), id, c.FormValue("keep") != "no"); err != nil {
		return err
	}
	return c.Redirect(page.OwnPath(c.FormValue("next", noticePath(id))), fiber.StatusSeeOther)
}

// where says who pinned it and on which board.
func (p savedPage) where(k board.Kept) string {
	by := k.By
	if by == "" {
		by = p.T("board.gone_author")
	}
	return p.T("saved.where", "Name", page.Name(by), "Board", page.Name(k.Board))
}
