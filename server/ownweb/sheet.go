package ownweb

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"lien/server/page"
)

// neverCrosses are what no consent opens, as the sheet says it (wall.md).
func neverCrosses() []string {
	return []string{"messages", "whom", "what", "when", "hours", "disputes", "presence", "refusals", "others"}
}

// PrintShare answers with what I may show as a sheet, to read with somebody or to sign.
// It opens nothing: that is done on the screen, by the resident alone.
func (w *Web) PrintShare(c *fiber.Ctx) error {
	f, o := page.NewFrame(c, "share.title", "me"), owner(c)
	mine, err := w.Door.Mine(c.UserContext(), o)
	if err != nil {
		return err
	}
	if mine.Referent == "" {
		return c.Redirect("/private/share", fiber.StatusSeeOther)
	}
	p := sharePage{Frame: f, Sharing: mine, Past: c.Query("since") == "past"}
	p.First, _, _ = strings.Cut(mine.Referent, " ")
	p.Title = f.T("nav.me") // a browser's history learns nothing from it
	if err := w.preview(c, o, &p); err != nil {
		return err
	}
	return page.Show(c, ShareSheet(p))
}

// sheet is the way to the same on paper.
func (p sharePage) sheet() string {
	if p.Past {
		return "/private/share/print?since=past"
	}
	return "/private/share/print"
}
