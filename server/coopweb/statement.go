package coopweb

import (
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"lien/coop/hours"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// monthPage is a month's statement, on a screen or on a sheet.
type monthPage struct {
	page.Frame
	Month hours.Month
}

// ShowMonth shows the statement of a month, named as 2026-11.
func (w *Web) ShowMonth(c *fiber.Ctx) error {
	p, err := w.month(c, hours.OnPaper)
	if err != nil {
		return err
	}
	return page.Show(c, MonthPage(p))
}

// PrintMonth shows the same statement as a sheet to print.
func (w *Web) PrintMonth(c *fiber.Ctx) error {
	p, err := w.month(c, hours.OnPaper)
	if err != nil {
		return err
	}
	return page.Show(c, MonthSheet(p))
}

// DownloadMonth gives the same statement as a file for a spreadsheet, whole.
func (w *Web) DownloadMonth(c *fiber.Ctx) error {
	p, err := w.month(c, hours.InFile)
	if err != nil {
		return err
	}
	return page.Download(c, p.T("hours.month.file")+"-"+p.named()+".csv", p.rows())
}

func (w *Web) month(c *fiber.Ctx, most int) (p monthPage, err error) {
	p.Frame = page.NewFrame(c, "hours.title", "me")
	first, err := time.ParseInLocation("2006-01", c.Params("month"), p.Zone())
	if err != nil || first.Year() < 2000 || first.After(p.Now()) {
		return p, rule.ErrNotFound
	}
	p.Title = p.T("hours.month.title", "Month", p.Words.Month(first))
	p.Month, err = w.Ledger.Month(c.UserContext(), session.Of(c).Coop(), first, most)
	return p, err
}

// named is the month as it stands in its address.
func (p monthPage) named() string { return p.Month.First.Format("2006-01") }

// around returns the addresses of the months before and after, the latter empty when it
// has not begun.
func (p monthPage) around() (before, after string) {
	next := p.Month.First.AddDate(0, 1, 0)
	if !next.After(p.Now()) {
		after = "/hours/" + next.Format("2006-01")
	}
	return "/hours/" + p.Month.First.AddDate(0, -1, 0).Format("2006-01"), after
}

func (p monthPage) last() time.Time { return p.Month.First.AddDate(0, 1, -1) }

// dayOf is the number of a day: the month stands in the title.
func (p monthPage) dayOf(t time.Time) string { return strconv.Itoa(t.In(p.Zone()).Day()) }

// rows are the statement for a spreadsheet. What came in and what went out have a column
// each, so that no number needs a sign; the last row is what the ones above it add up to.
func (p monthPage) rows() [][]string {
	row := func(day time.Time, what, with string, minutes int64) []string {
		in, out := "", ""
		if minutes >= 0 {
			in = strconv.FormatInt(minutes, 10)
		} else {
			out = strconv.FormatInt(-minutes, 10)
		}
		return []string{day.In(p.Zone()).Format(time.DateOnly), what, with, in, out}
	}
	rows := [][]string{{
		p.T("hours.month.day"), p.T("hours.month.what"), p.T("hours.month.with"),
		p.T("hours.month.in_minutes"), p.T("hours.month.out_minutes"),
	}}
	rows = append(rows, row(p.Month.First, p.T("hours.month.opening"), "", p.Month.Opening))
	for _, l := range p.Month.Lines {
		rows = append(rows, row(l.At, bare(whoseTitle(p.Words, l)), bare(lineWith(p.Words, l)), l.Minutes))
	}
	if p.Month.Rest != 0 {
		rows = append(rows, row(p.last(), p.T("hours.month.rest"), "", p.Month.Rest))
	}
	return append(rows, row(p.last(), p.T("hours.month.closing"), "", p.Month.Closing))
}

// bare is a text for a spreadsheet, without the signs that keep directions apart.
func bare(text string) string { return strings.NewReplacer("\u2068", "", "\u2069", "").Replace(text) }

// whoseTitle is what a line was about and, in a shared account, whose act it was.
func whoseTitle(w page.Words, l hours.Line) string {
	if l.Whose == "" {
		return lineTitle(w, l)
	}
	return lineTitle(w, l) + " (" + l.Whose + ")"
}
