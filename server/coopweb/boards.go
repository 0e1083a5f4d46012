package coopweb

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/board"
	"lien/coop/photo"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// boardsPage is the way to each board that the reader may read.
type boardsPage struct {
	page.Frame
	Boards []board.Board
}

// boardPage is one board, or an older part of it.
type boardPage struct {
	page.Frame
	board.Page
	Older  bool          // not the newest part: it is not live
	Others []board.Board // the reader's other boards
	Hidden []board.File  // the reader's own words that were hidden lately
	Form   noticeForm
}

// noticeForm is a notice being written.
type noticeForm struct {
	Key      string
	Draft    board.Draft
	Shown    string // what the photo shows
	Problems page.Problems
}

// ShowBoards lists the reader's boards; who has one only is led to it. From each board a
// line leads to what its reader hears and keeps.
func (w *Web) ShowBoards(c *fiber.Ctx) error {
	p := boardsPage{Frame: page.NewFrame(c, "board.list", "boards")}
	var err error
	if p.Boards, err = w.Boards.Readable(c.UserContext(), p.Actor.Coop()); err != nil {
		return err
	}
	if len(p.Boards) == 1 {
		return c.Redirect(boardPath(p.Boards[0].ID), fiber.StatusSeeOther)
	}
	p.Unread = unread(p.Boards)
	return page.Show(c, BoardsPage(p))
}

// ShowBoard shows the newest part of a board, or the part before a number.
func (w *Web) ShowBoard(c *fiber.Ctx) error {
	p, err := w.board(c)
	if err != nil {
		return err
	}
	p.Form = noticeForm{Key: page.NewKey(), Draft: board.Draft{Kind: board.News, Language: p.Lang()}}
	return page.Show(c, BoardPage(p))
}

// PinNotice pins what the form says, with the photo that it carries, and goes back to the
// board.
func (w *Web) PinNotice(c *fiber.Ctx) error {
	id, err := rule.ID[coop.BoardID](c.Params("id"))
	if err != nil {
		return err
	}
	fields, file, err := postedOf(c, "photo", "photo.damaged", photo.MostBytes)
	draft, shot := noticeDraft(page.WordsOf(c), fields.Get), noticeShot(page.WordsOf(c), fields, file)
	var notice coop.NoticeID
	if err == nil {
		if draft.Key, err = rule.Key(fields.Get("key")); err == nil {
			shot.Key = draft.Key
			notice, err = w.Hung.Pin(c.UserContext(), session.Of(c).Coop(), id, draft, shot)
		}
	}
	if err != nil {
		return w.refuseNotice(c, noticeForm{Key: page.Kept(fields.Get("key")), Draft: draft, Shown: shot.Words}, err)
	}
	w.Hub.Posted(id.UUID)
	return c.Redirect(boardPath(id)+"#"+noticeAnchor(notice), fiber.StatusSeeOther)
}

// refuseNotice shows the board again with what was typed and what to mend.
func (w *Web) refuseNotice(c *fiber.Ctx, typed noticeForm, refused error) error {
	problems, ok := page.ProblemsOf(page.WordsOf(c), refused)
	if !ok {
		return refused
	}
	p, err := w.board(c)
	if err != nil {
		return err
	}
	p.Form, p.Form.Problems = typed, problems
	return page.ShowStatus(c, fiber.StatusUnprocessableEntity, BoardPage(p))
}

// MarkBoard keeps how far the reader has read.
func (w *Web) MarkBoard(c *fiber.Ctx) error {
	id, err := rule.ID[coop.BoardID](c.Params("id"))
	if err != nil {
		return err
	}
	seq, err := strconv.ParseInt(c.FormValue("seq"), 10, 64)
	if err != nil {
		return rule.ErrNotFound
	}
	if err := w.Boards.Saw(c.UserContext(), session.Of(c).Coop(), id, seq); err != nil {
		return err
	}
	return c.Redirect(boardPath(id), fiber.StatusSeeOther)
}

// board reads the board that the address names, as this reader sees it. How many queries
// that takes does not depend on what hangs there.
func (w *Web) board(c *fiber.Ctx) (p boardPage, err error) {
	id, err := rule.ID[coop.BoardID](c.Params("id"))
	if err != nil {
		return p, err
	}
	before, _ := strconv.ParseInt(c.Query("before"), 10, 64) // anything else is the newest part
	actor := session.Of(c).Coop()
	p = boardPage{Frame: page.NewFrame(c, "board.title", "boards"), Older: before > 0}
	if p.Page, err = w.Boards.Read(c.UserContext(), actor, id, max(before, 0)); err != nil {
		return p, err
	}
	p.Title = p.Board.Name
	if p.Hidden, err = w.Boards.Hidden(c.UserContext(), actor, id); err != nil {
		return p, err
	}
	boards, err := w.Boards.Readable(c.UserContext(), actor)
	for _, b := range boards {
		if b.ID != id {
			p.Others = append(p.Others, b)
		}
	}
	p.Unread = unread(boards)
	return p, err
}

func unread(boards []board.Board) (n int) {
	for _, b := range boards {
		n += b.Heard()
	}
	return n
}

func boardPath(id coop.BoardID) string          { return "/boards/" + id.String() }
func noticePath(id coop.NoticeID) string        { return "/notices/" + id.String() }
func noticeAnchor(id coop.NoticeID) string      { return "notice-" + id.String() }
func (p boardPage) pinned(n board.Notice) paper { return paper{p.Words, n, p.Actor.Member} }

// readFrom is where what the reader has seen before begins among the notices: there stands
// a line, unless everything is new or nothing is.
func (p boardPage) readFrom() int {
	if p.Board.Unread == 0 || p.Older {
		return -1
	}
	for i, n := range p.Notices {
		if i > 0 && n.Top == 0 && p.Notices[i-1].Top == 0 && n.Seq <= p.Board.Read {
			return i
		}
	}
	return -1
}

// news says how much is new and since when.
func (p boardPage) news() string {
	since := p.NearDay(p.Board.ReadAt)
	if since == p.NearDay(p.Now()) {
		since = p.Clock(p.Board.ReadAt)
	}
	return p.N("board.new", p.Board.Unread, "Since", since)
}

func (p boardPage) older() string {
	if p.Next == 0 {
		return ""
	}
	return boardPath(p.Board.ID) + "?before=" + strconv.FormatInt(p.Next, 10)
}

// boardLines are boards as rows that lead to them.
func boardLines(f page.Frame, boards []board.Board) []page.Line {
	var lines []page.Line
	for _, b := range boards {
		l := page.Line{Icon: "people", Title: b.Name, Note: f.T("board.nothing_new"), Href: boardPath(b.ID)}
		if b.Place {
			l.Icon = "home"
		}
		if b.Unread > 0 {
			l.Note = f.N("board.unread", b.Unread)
		}
		if b.Muted {
			l.Note = f.T("hearing.muted")
		}
		lines = append(lines, l)
	}
	return lines
}
