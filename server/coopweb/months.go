package coopweb

import (
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"lien/coop/event"
	"lien/rule"
	"lien/server/page"
)

// squaresPage is a month as a sheet of squares, with its days in words below.
type squaresPage struct {
	page.Frame
	Name     string
	Weekdays []weekdayName
	Weeks    [][]monthDay
	Before   string // the address of the month before
	After    string
	Days     []agendaDay
	In       spotPart
	Month    string // as an address says it
	Full     bool   // there is more on than the page shows
}

type weekdayName struct{ Short, Full string }

// monthDay is a square of the sheet; one outside of the month has no number.
type monthDay struct {
	Number int
	Words  string // the day and how much is on, for who listens
	Href   string // to the day below; empty when nothing is on
	Dots   string // one for each event, a number for many
	Today  bool
}

// ShowMonthSheet answers with a month: the one of the address, or this one.
func (w *Web) ShowMonthSheet(c *fiber.Ctx) error {
	f := page.NewFrame(c, "event.month.title", "events")
	first, err := sheetMonth(c.Query("month"), f.Now())
	if err != nil {
		return err
	}
	next := first.AddDate(0, 1, 0)
	p := squaresPage{Frame: f, Name: f.Month(first), Month: first.Format("2006-01")}
	in, err := w.filter(c, f, &p.In)
	if err != nil {
		return err
	}
	var events []event.Event
	if in.Set() {
		events, err = w.Events.WithinIn(c.UserContext(), f.Actor.Coop(), in.PlaceID, first, next)
	} else {
		events, err = w.Events.Within(c.UserContext(), f.Actor.Coop(), first, next)
	}
	if err != nil {
		return err
	}
	p.Days, p.Full = daysOf(f, events), len(events) == event.InAMonth
	p.Before, p.After = sheetPath(first.AddDate(0, -1, 0), in), sheetPath(next, in)
	for n := range 7 {
		d := time.Weekday((n + 1) % 7)
		p.Weekdays = append(p.Weekdays, weekdayName{f.T("event.month.weekday_" + strconv.Itoa(int(d))), f.Weekday(d)})
	}
	p.Weeks = weeksOf(f, first, events)
	for n := range p.Days { // each names the day of its first event
		p.Days[n].ID = dayID(f, p.Days[n].At)
	}
	return page.Show(c, SquaresPage(p))
}

// sheetMonth reads the month of an address, within ten years of now.
func sheetMonth(typed string, now time.Time) (time.Time, error) {
	if typed == "" {
		return time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, now.Location()), nil
	}
	month, err := time.ParseInLocation("2006-01", typed, now.Location())
	if err != nil || month.Year() < now.Year()-10 || month.Year() > now.Year()+10 {
		return month, rule.ErrNotFound
	}
	return month, nil
}

func sheetPath(first time.Time, in event.SpotChoice) string {
	path := "/events/month?month=" + first.Format("2006-01")
	if in.Set() {
		path += "&place=" + in.PlaceID.String()
	}
	return path
}

// dayID is where the day of a moment stands on the page.
func dayID(f page.Frame, at time.Time) string { return "day-" + at.In(f.Zone()).Format("02") }

// dotsOf shows at a glance how much is on: a dot for each event, a number when there are
// more than fit.
func dotsOf(n int) string {
	if n > mostDots {
		return strconv.Itoa(n)
	}
	return strings.Repeat("•", n)
}

const mostDots = 4

// weeksOf lays a month out in weeks that begin on Monday.
func weeksOf(f page.Frame, first time.Time, events []event.Event) (weeks [][]monthDay) {
	counts := map[int]int{}
	for _, e := range events {
		counts[e.StartsAt.In(f.Zone()).Day()]++
	}
	today := f.Now().Format(time.DateOnly)
	week := make([]monthDay, (int(first.Weekday())+6)%7, 7)
	for day := first; day.Month() == first.Month(); day = day.AddDate(0, 0, 1) {
		square := monthDay{Number: day.Day(), Words: f.Day(day), Today: day.Format(time.DateOnly) == today}
		if n := counts[day.Day()]; n > 0 {
			square.Href, square.Dots = "#"+dayID(f, day), dotsOf(n)
			square.Words = f.N("event.month.day", n, "Day", f.Day(day))
		}
		if week = append(week, square); len(week) == 7 {
			weeks, week = append(weeks, week), nil
		}
	}
	if len(week) > 0 {
		weeks = append(weeks, append(week, make([]monthDay, 7-len(week))...))
	}
	return weeks
}
