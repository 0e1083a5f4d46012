package coopweb

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/exchange"
	"lien/coop/photo"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// ShowPhoto answers with the file of a photo, for whoever may see what it belongs to. A
// browser keeps it for an hour, for this reader alone: its address never shows another.
func (w *Web) ShowPhoto(c *fiber.Ctx) error {
	id, err := rule.ID[coop.PhotoID](c.Params("id"))
	if err != nil {
		return err
	}
	file, err := w.Pictures.Open(c.UserContext(), session.Of(c).Coop(), id, photo.Size(c.Params("size")))
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "image/jpeg")
	c.Set(fiber.HeaderContentDisposition, "inline")
	c.Set(fiber.HeaderCacheControl, "private, max-age=3600")
	return c.SendStream(file)
}

// AddPhoto adds a photo to a listing of the reader's own.
func (w *Web) AddPhoto(c *fiber.Ctx) error {
	id, err := rule.ID[coop.ListingID](c.Params("id"))
	if err != nil {
		return err
	}
	fields, file, err := uploadOf(c, "photo", "photo.damaged", photo.MostBytes)
	if err == nil {
		shot := exchange.Shot{File: file, Words: fields.Get("words"), Language: page.WordsOf(c).Lang()}
		if shot.Key, err = rule.Key(fields.Get("key")); err == nil {
			err = w.Pictures.Add(c.UserContext(), session.Of(c).Coop(), id, shot)
		}
	}
	problems, refused := page.ProblemsOf(page.WordsOf(c), err)
	switch {
	case refused:
		return w.showListing(c, fiber.StatusUnprocessableEntity, listingPage{Problems: problems, Typed: fields.Get("words")})
	case err != nil:
		return err
	}
	return c.Redirect("/listings/"+id.String()+"#photos", fiber.StatusSeeOther)
}

// RemovePhoto takes a photo of a listing of the reader's own away.
func (w *Web) RemovePhoto(c *fiber.Ctx) error {
	id, err := rule.ID[coop.ListingID](c.Params("id"))
	if err != nil {
		return err
	}
	taken, err := rule.ID[coop.PhotoID](c.Params("photo"))
	if err == nil {
		err = w.Pictures.Remove(c.UserContext(), session.Of(c).Coop(), id, taken)
	}
	if err != nil {
		return err
	}
	return c.Redirect("/listings/"+id.String()+"#photos", fiber.StatusSeeOther)
}

// photoSheetOf is where the owner of something adds photos to it and takes them away: Path
// is the address of the thing, and Typed the words of the photo that was refused.
type photoSheetOf struct {
	page.Words
	Path     string
	Photos   []sheetPhoto
	Key      string
	Typed    string
	Hint     string
	Problems page.Problems
}

// sheetPhoto is one photo on the sheet.
type sheetPhoto struct {
	ID                    coop.PhotoID
	Source, Alt, Language string
}

// sheet is where the photos of a listing are added and taken away.
func (p listingPage) sheet() photoSheetOf {
	s := photoSheetOf{Words: p.Words, Path: "/listings/" + p.Listing.ID.String(), Key: p.Key, Typed: p.Typed, Problems: p.Problems, Hint: p.T("photo.hint")}
	for _, f := range p.Listing.Photos {
		s.Photos = append(s.Photos, sheetPhoto{f.ID, photoPath(f.ID, "small"), altOf(p.Words, p.Listing, f), f.Language})
	}
	return s
}

// The parts of a form with a file: none of ours has more of them, nor longer ones.
const (
	mostFields = 12
	mostField  = 16 << 10
)

// postedOf reads a form that may carry a file, which is empty where there is none.
func postedOf(c *fiber.Ctx, name, damaged string, most int64) (fields url.Values, file []byte, err error) {
	if kind, _, _ := strings.Cut(c.Get(fiber.HeaderContentType), ";"); kind == fiber.MIMEMultipartForm {
		return uploadOf(c, name, damaged, most)
	}
	fields, err = url.ParseQuery(string(c.Body()))
	if err != nil {
		err = rule.Broken("key", "rule.key")
	}
	return fields, nil, err
}

// uploadOf reads a form with a file: its fields, and the file of the named one, whose own
// name stands among the fields behind a dot. Nothing is written anywhere; a file that is
// larger than most is cut one byte after it, so that the rule can refuse it. Damaged is the
// sentence of a form that cannot be read.
func uploadOf(c *fiber.Ctx, name, damaged string, most int64) (fields url.Values, file []byte, err error) {
	fields = url.Values{}
	_, args, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	if err != nil || args["boundary"] == "" {
		return fields, nil, rule.Broken("key", "rule.key")
	}
	form := multipart.NewReader(bytes.NewReader(c.Body()), args["boundary"])
	for range mostFields {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return fields, file, nil
		}
		if err != nil {
			return fields, nil, rule.Broken(name, damaged)
		}
		content, err := io.ReadAll(io.LimitReader(part, most+1))
		if err != nil {
			return fields, nil, rule.Broken(name, damaged)
		}
		if part.FormName() == name {
			file = content
			fields.Set(name+".name", part.FileName())
			continue
		}
		fields.Set(part.FormName(), string(content[:min(len(content), mostField)]))
	}
	return fields, file, nil
}
