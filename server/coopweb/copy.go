package coopweb

import (
	"archive/zip"
	"io"
	"net"
	"os"
	"time"

	"github.com/gofiber/fiber/v2"

	"lien/server/page"
	"lien/server/session"
)

// ShowCopy says what a copy of everything holds, and offers to make one.
func (w *Web) ShowCopy(c *fiber.Ctx) error {
	return page.Show(c, CopyPage(page.NewFrame(c, "copy.title", "me")))
}

// MakeCopy gives the reader everything that the cooperative keeps of them, in one file. It
// is written to a file without a name first, so that no database waits for a slow phone and
// memory stays small, and what goes wrong is still told on a page.
func (w *Web) MakeCopy(c *fiber.Ctx) error {
	hidden(c)
	if err := w.Copies.Allow(session.Of(c).Member.String()); err != nil {
		return err
	}
	file, err := os.CreateTemp("", "lien-copy-")
	if err != nil {
		return err
	}
	if err := os.Remove(file.Name()); err != nil {
		_ = file.Close() // the first error is the one to tell
		return err
	}
	size, err := w.pack(c, file)
	if err != nil {
		_ = file.Close()
		return err
	}
	words := page.WordsOf(c)
	c.Set(fiber.HeaderContentType, "application/zip")
	c.Attachment(words.T("copy.file") + "-" + words.Now().Format(time.DateOnly) + ".zip")
	return c.SendStream(&patient{file, c.Context().Conn()}, size)
}

// pack writes the copy into the file, and returns how long it is.
func (w *Web) pack(c *fiber.Ctx, file *os.File) (int, error) {
	ctx := c.UserContext()
	mine, err := w.Belongings.Open(ctx, session.Of(c).Coop())
	if err != nil {
		return 0, err
	}
	defer mine.Close()
	packed := zip.NewWriter(file)
	b := bundle{mine: mine, words: page.WordsOf(c), photos: w.Photos, packed: packed}
	for _, write := range []func() error{
		func() error { return b.book(ctx) }, b.style, func() error { return b.data(ctx) }, b.schema, func() error { return b.pictures(ctx) }, packed.Close,
	} {
		if err := write(); err != nil {
			return 0, err
		}
	}
	size, err := file.Seek(0, io.SeekCurrent)
	if err != nil {
		return 0, err
	}
	_, err = file.Seek(0, io.SeekStart)
	return int(size), err
}

// patient is a file that gives a slow reader time for each piece instead of for the whole.
type patient struct {
	file *os.File
	to   net.Conn
}

// pieceTakes is how long one piece may take to leave.
const pieceTakes = 15 * time.Second

// Read reads the next piece, and lets it take its time to leave.
func (p *patient) Read(piece []byte) (int, error) {
	if p.to != nil {
		_ = p.to.SetWriteDeadline(time.Now().Add(pieceTakes)) // a connection without deadlines needs none
	}
	return p.file.Read(piece)
}

// Close gives the file's place on the disk back.
func (p *patient) Close() error { return p.file.Close() }
