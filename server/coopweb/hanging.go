package coopweb

import (
	"net/url"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/board"
	"lien/coop/photo"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// ShowNoticePhoto answers with the file of a photo of a notice, for whoever reads it.
func (w *Web) ShowNoticePhoto(c *fiber.Ctx) error {
	id, err := rule.ID[coop.NoticeID](c.Params("id"))
	if err != nil {
		return err
	}
	shown, err := rule.ID[coop.PhotoID](c.Params("photo"))
	if err != nil {
		return err
	}
	file, err := w.Hung.Open(c.UserContext(), session.Of(c).Coop(), id, shown, photo.Size(c.Params("size")))
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "image/jpeg")
	c.Set(fiber.HeaderContentDisposition, "inline")
	c.Set(fiber.HeaderCacheControl, "private, max-age=3600")
	return c.SendStream(file)
}

// AddNoticePhoto adds a photo to a notice of the reader's own, on every open page too.
func (w *Web) AddNoticePhoto(c *fiber.Ctx) error {
	id, err := rule.ID[coop.NoticeID](c.Params("id"))
	if err != nil {
		return err
	}
	fields, file, err := uploadOf(c, "photo", "photo.damaged", photo.MostBytes)
	var changed coop.BoardID
	if err == nil {
		shot := noticeShot(page.WordsOf(c), fields, file)
		if shot.Key, err = rule.Key(fields.Get("key")); err == nil {
			changed, err = w.Hung.Add(c.UserContext(), session.Of(c).Coop(), id, shot)
		}
	}
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(problems page.Problems) error {
			return w.showEdit(c, fiber.StatusUnprocessableEntity, editPage{Problems: problems, Shown: fields.Get("words"), Key: page.Kept(fields.Get("key"))})
		})
	}
	w.Hub.Posted(changed.UUID)
	return c.Redirect(noticePath(id)+"/edit#photos", fiber.StatusSeeOther)
}

// RemoveNoticePhoto takes a photo of a notice of the reader's own away.
func (w *Web) RemoveNoticePhoto(c *fiber.Ctx) error {
	id, err := rule.ID[coop.NoticeID](c.Params("id"))
	if err != nil {
		return err
	}
	shown, err := rule.ID[coop.PhotoID](c.Params("photo"))
	if err != nil {
		return err
	}
	changed, err := w.Hung.Remove(c.UserContext(), session.Of(c).Coop(), id, shown)
	if err != nil {
		return err
	}
	w.Hub.Posted(changed.UUID)
	return c.Redirect(noticePath(id)+"/edit#photos", fiber.StatusSeeOther)
}

// noticeShot is the photo that a form sends, with its words in the reader's language.
func noticeShot(w page.Words, fields url.Values, file []byte) board.Shot {
	return board.Shot{File: file, Words: fields.Get("words"), Language: w.Lang()}
}

// hung are the photos of a notice as they are drawn.
type hung struct {
	page.Words
	Notice coop.NoticeID
	Title  string // of the notice, where a photo has no words
	Photos []board.Picture
}

func (h hung) path(p board.Picture, size string) string {
	return noticePath(h.Notice) + "/photos/" + p.ID.String() + "/" + size
}

func (h hung) alt(p board.Picture) string {
	if p.Words != "" {
		return p.Words
	}
	return h.T("picture.of", "Title", h.Title)
}

func (p paper) hung() hung { return hung{p.Words, p.ID, headline(p.Notice), p.Photos} }

// fileHung are the photos of a notice that is moderated; a comment has none.
func fileHung(w page.Words, f board.File) hung {
	h := hung{Words: w, Notice: f.Notice, Title: fileLine(f)}
	if f.Comment == (coop.CommentID{}) {
		h.Photos = f.Photos
	}
	return h
}

// sheet is where the photos of a notice are added and taken away.
func (p editPage) sheet() photoSheetOf {
	s := photoSheetOf{Words: p.Words, Path: noticePath(p.Notice.ID), Key: p.Key, Typed: p.Shown, Problems: p.Problems, Hint: p.T("picture.hint")}
	h := hung{p.Words, p.Notice.ID, headline(p.Notice), p.Notice.Photos}
	for _, photo := range p.Notice.Photos {
		s.Photos = append(s.Photos, sheetPhoto{photo.ID, h.path(photo, "small"), h.alt(photo), photo.Language})
	}
	return s
}
