package coopweb

import (
	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/board"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// takeDownPage asks once more before a notice, or one comment under it, is taken down.
type takeDownPage struct {
	page.Frame
	written
	Key      string
	Rule     string
	Typed    string
	Problems page.Problems
}

// written is a notice, or a comment under it, that somebody wants to do something about.
type written struct {
	Notice  board.Notice
	Comment board.Comment // zero: the notice itself
}

func (s written) about() bool { return s.Comment.ID == coop.CommentID{} }

func (s written) author() board.Author {
	if s.about() {
		return s.Notice.Author
	}
	return s.Comment.Author
}

func (s written) text() (words, language string) {
	if s.about() {
		return headline(s.Notice), s.Notice.Language
	}
	return s.Comment.Body, s.Comment.Language
}

// path is where it is dealt with.
func (s written) path() string {
	if s.about() {
		return noticePath(s.Notice.ID)
	}
	return commentPath(s.Comment.ID)
}

// subject reads what the address names: a notice that is up, or a comment under one.
func (w *Web) subject(c *fiber.Ctx, comment bool) (s written, err error) {
	actor := session.Of(c).Coop()
	if comment {
		id, err := rule.ID[coop.CommentID](c.Params("id"))
		if err != nil {
			return s, err
		}
		s.Notice, s.Comment, err = w.Boards.Remark(c.UserContext(), actor, id)
		return s, err
	}
	id, err := rule.ID[coop.NoticeID](c.Params("id"))
	if err != nil {
		return s, err
	}
	if _, s.Notice, err = w.Boards.Notice(c.UserContext(), actor, id); err == nil && s.Notice.Gone {
		err = rule.ErrNotFound
	}
	return s, err
}

// AskTakeDown asks once more: its author, or a facilitator for a rule of the charter.
func (w *Web) AskTakeDown(c *fiber.Ctx) error {
	return w.askTakeDown(c, fiber.StatusOK, false, takeDownPage{})
}

// AskTakeDownComment asks the same about a comment.
func (w *Web) AskTakeDownComment(c *fiber.Ctx) error {
	return w.askTakeDown(c, fiber.StatusOK, true, takeDownPage{})
}

func (w *Web) askTakeDown(c *fiber.Ctx, status int, comment bool, p takeDownPage) (err error) {
	if p.written, err = w.subject(c, comment); err != nil {
		return err
	}
	p.Frame, p.Key = page.NewFrame(c, "board.take_down.title", "boards"), page.NewKey()
	if !p.about() {
		p.Title = p.T("board.take_down.title_comment")
	}
	if !p.own() && !p.Actor.Facilitator {
		return rule.ErrNotFound
	}
	return page.ShowStatus(c, status, TakeDownPage(p))
}

// TakeDownNotice takes a notice off its board.
func (w *Web) TakeDownNotice(c *fiber.Ctx) error {
	id, err := rule.ID[coop.NoticeID](c.Params("id"))
	if err != nil {
		return err
	}
	changed, err := w.Boards.TakeDown(c.UserContext(), session.Of(c).Coop(), id, hiding(c))
	if err != nil {
		return w.refuseTakeDown(c, false, err)
	}
	w.Hub.Posted(changed.UUID)
	return c.Redirect(boardPath(changed), fiber.StatusSeeOther)
}

// TakeDownComment takes an answer away and shows the notice without it.
func (w *Web) TakeDownComment(c *fiber.Ctx) error {
	id, err := rule.ID[coop.CommentID](c.Params("id"))
	if err != nil {
		return err
	}
	changed, notice, err := w.Boards.TakeDownComment(c.UserContext(), session.Of(c).Coop(), id, hiding(c))
	if err != nil {
		return w.refuseTakeDown(c, true, err)
	}
	w.Hub.Posted(changed.UUID)
	return c.Redirect(noticePath(notice), fiber.StatusSeeOther)
}

func (w *Web) refuseTakeDown(c *fiber.Ctx, comment bool, err error) error {
	return page.Refused(page.WordsOf(c), err, func(problems page.Problems) error {
		d := hiding(c)
		return w.askTakeDown(c, fiber.StatusUnprocessableEntity, comment, takeDownPage{Rule: d.Rule, Typed: d.Words, Problems: problems})
	})
}

func hiding(c *fiber.Ctx) board.Decision {
	return board.Decision{Rule: c.FormValue("rule"), Words: c.FormValue("words")}
}

func (p takeDownPage) own() bool { return p.author().ID == p.Actor.Member }

func (p takeDownPage) words() string {
	if p.own() {
		return p.T("board.take_down.own")
	}
	return p.T("board.take_down.words")
}

func commentPath(id coop.CommentID) string { return "/comments/" + id.String() }
