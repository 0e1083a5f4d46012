package coopweb

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/board"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// noticePage is one notice with its whole conversation.
type noticePage struct {
	page.Frame
	Board    board.Board
	Notice   board.Notice
	Kept     bool // on the reader's own list
	Key      string
	Typed    string // the answer being written
	Problems page.Problems
}

// ShowNotice shows a notice with its answers.
func (w *Web) ShowNotice(c *fiber.Ctx) error {
	p, err := w.notice(c)
	if err != nil {
		return err
	}
	if p.Notice.GoneRule != "" {
		file, err := w.Boards.OwnFile(c.UserContext(), p.Actor.Coop(), p.Notice.ID)
		if err != nil {
			return err
		}
		return c.Redirect(filePath(file.ID), fiber.StatusSeeOther)
	}
	return page.Show(c, NoticePage(p))
}

// AnswerNotice writes a comment and shows it.
func (w *Web) AnswerNotice(c *fiber.Ctx) error {
	id, err := rule.ID[coop.NoticeID](c.Params("id"))
	if err != nil {
		return err
	}
	var changed coop.BoardID
	key, err := rule.Key(c.FormValue("key"))
	if err == nil {
		changed, err = w.Boards.Comment(c.UserContext(), session.Of(c).Coop(), id, key, c.FormValue("body"), page.WordsOf(c).Lang())
	}
	if problems, refused := page.ProblemsOf(page.WordsOf(c), err); refused {
		p, err := w.notice(c)
		if err != nil {
			return err
		}
		p.Key, p.Typed, p.Problems = page.KeptKey(c), c.FormValue("body"), problems
		return page.ShowStatus(c, fiber.StatusUnprocessableEntity, NoticePage(p))
	}
	if err != nil {
		return err
	}
	w.Hub.Posted(changed.UUID)
	return c.Redirect(noticePath(id)+"#answer", fiber.StatusSeeOther)
}

// ThankNotice says thank you, or takes it back, and goes back to where it was said.
func (w *Web) ThankNotice(c *fiber.Ctx) error {
	id, err := rule.ID[coop.NoticeID](c.Params("id"))
	if err != nil {
		return err
	}
	changed, err := w.Boards.Thank(c.UserContext(), session.Of(c).Coop(), id, c.FormValue("thanks") != "no")
	if err != nil {
		return err
	}
	w.Hub.Posted(changed.UUID)
	if next := c.FormValue("next"); next != "" {
		return c.Redirect(page.OwnPath(next), fiber.StatusSeeOther)
	}
	return c.Redirect(boardPath(changed)+"#"+noticeAnchor(id), fiber.StatusSeeOther)
}

func (w *Web) notice(c *fiber.Ctx) (p noticePage, err error) {
	id, err := rule.ID[coop.NoticeID](c.Params("id"))
	if err != nil {
		return p, err
	}
	p = noticePage{Frame: page.NewFrame(c, "board.title", "boards"), Key: page.NewKey()}
	p.Board, p.Notice, err = w.Boards.Notice(c.UserContext(), p.Actor.Coop(), id)
	if err != nil {
		return p, err
	}
	p.Title = headline(p.Notice)
	p.Kept, err = w.Boards.Keeps(c.UserContext(), p.Actor.Coop(), id)
	return p, err
}

// mayTakeDown reports whether to offer it; the rule is asked again when it is done.
func (p noticePage) mayTakeDown(author board.Author) bool {
	return p.Actor.Facilitator || author.ID == p.Actor.Member
}

// others reports whether somebody else than the reader wrote here.
func (p noticePage) others() bool {
	return p.Notice.Author.ID != p.Actor.Member || slices.ContainsFunc(p.Notice.Remarks, func(c board.Comment) bool {
		return c.Author.ID != p.Actor.Member
	})
}
