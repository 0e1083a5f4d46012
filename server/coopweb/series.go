package coopweb

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/event"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// seriesPage is a series: what it is, its dates to come, and those that it leaves out.
type seriesPage struct {
	page.Frame
	Series  event.Series
	Rhythm  string
	Facts   []page.Fact
	Days    []agendaDay
	Skipped []string
	Unknown string // when holidays are not published yet
}

// skippedShown is how far ahead the dates are told that a series leaves out.
const skippedShown = 120 * 24 * time.Hour

// ShowSeries answers with one series.
func (w *Web) ShowSeries(c *fiber.Ctx) error {
	id, err := rule.ID[coop.SeriesID](c.Params("id"))
	if err != nil {
		return err
	}
	sr, dates, err := w.Events.Series(c.UserContext(), session.Of(c).Coop(), id)
	if err != nil {
		return err
	}
	f := page.NewFrame(c, "event.agenda", "events")
	f.Title = titleOf(f.Words, event.Event{Title: sr.Title})
	p := seriesPage{Frame: f, Series: sr, Rhythm: rhythmOf(f.Words, sr.Rhythm, sr.FirstOn), Days: daysOf(f, dates)}
	p.Facts = append(p.Facts, page.Fact{Icon: "calendar", Term: f.T("event.fact.rhythm"), Value: page.Capital(p.Rhythm)},
		page.Fact{Icon: "place", Term: f.T("event.fact.where"), Value: sr.Where()})
	if !sr.LastOn.IsZero() {
		p.Facts = append(p.Facts, page.Fact{Icon: "clock", Term: f.T("event.fact.last"), Value: f.Day(sr.LastOn)})
	}
	for _, day := range sr.Skipped(f.Now().AddDate(0, 0, -1), f.Now().Add(skippedShown)) {
		p.Skipped = append(p.Skipped, f.Day(day))
	}
	if sr.Unknown() {
		p.Unknown = f.T("event.series.unknown", "Day", f.Day(event.SchoolKnownThrough()))
	}
	return page.Show(c, SeriesPage(p))
}
