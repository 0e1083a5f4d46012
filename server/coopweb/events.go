package coopweb

import (
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/event"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// agendaPage is the events to come, or those of the past, by day.
type agendaPage struct {
	page.Frame
	Days []agendaDay
	Past bool
	In   spotPart // the place whose events are shown
	More string
}

type agendaDay struct {
	ID     string // where it stands on its page, if something leads there
	At     time.Time
	Name   string
	Events []agendaLine
}

// agendaLine is an event as a knot on the thread.
type agendaLine struct {
	State    string // done, now, ahead, late
	When     string
	DateTime string
	Title    string
	Lang     string
	Href     string
	Note     string
	Mark     mark
}

// mark is the tag that says how the reader stands to an event.
type mark struct{ Class, Icon, Words string }

// ShowEvents answers with what is to come.
func (w *Web) ShowEvents(c *fiber.Ctx) error {
	after, err := afterOf(c.Query("after"))
	if err != nil {
		return err
	}
	f := page.NewFrame(c, "event.agenda", "events")
	p := agendaPage{Frame: f}
	in, err := w.filter(c, f, &p.In)
	if err != nil {
		return err
	}
	var events []event.Event
	if in.Set() {
		events, err = w.Events.ComingIn(c.UserContext(), f.Actor.Coop(), in.PlaceID, after)
	} else {
		events, err = w.Events.Coming(c.UserContext(), f.Actor.Coop(), after)
	}
	if err != nil {
		return err
	}
	p.Days, p.More = daysOf(f, events), moreOf("/events", events)
	if in.Set() && p.More != "" {
		p.More += "&place=" + in.PlaceID.String()
	}
	return page.Show(c, AgendaPage(p))
}

// filter reads the place that a list is asked for, and offers the others.
func (w *Web) filter(c *fiber.Ctx, f page.Frame, part *spotPart) (in event.SpotChoice, err error) {
	choices, err := w.Events.Spots(c.UserContext(), f.Actor.Coop())
	if err != nil {
		return in, err
	}
	if in, err = inPlace(c, choices); err != nil {
		return in, err
	}
	*part = spotPart{Name: "place", Label: f.T("event.filter.label"), None: f.T("event.filter.all"), Options: placePartOf(choices, in.PlaceID)}
	return in, nil
}

// ShowPastEvents answers with what has been.
func (w *Web) ShowPastEvents(c *fiber.Ctx) error {
	after, err := afterOf(c.Query("after"))
	if err != nil {
		return err
	}
	f := page.NewFrame(c, "event.past", "events")
	events, err := w.Events.Past(c.UserContext(), session.Of(c).Coop(), after)
	if err != nil {
		return err
	}
	p := agendaPage{Frame: f, Days: daysOf(f, events), Past: true, More: moreOf("/events/past", events)}
	return page.Show(c, AgendaPage(p))
}

// afterOf reads where the page before ended; empty is the beginning.
func afterOf(text string) (after event.After, err error) {
	if text == "" {
		return after, nil
	}
	at, id, _ := strings.Cut(text, ".")
	micro, err := strconv.ParseInt(at, 10, 64)
	if err != nil || micro < 0 || micro > 1<<53 {
		return after, rule.ErrNotFound
	}
	after.At = time.UnixMicro(micro)
	after.ID, err = rule.ID[coop.EventID](id)
	return after, err
}

func moreOf(path string, events []event.Event) string {
	if len(events) < event.Page {
		return ""
	}
	last := events[len(events)-1]
	return path + "?after=" + strconv.FormatInt(last.StartsAt.UnixMicro(), 10) + "." + last.ID.String()
}

// daysOf groups events, already in order, by the day that they begin on.
func daysOf(f page.Frame, events []event.Event) []agendaDay {
	var days []agendaDay
	for _, e := range events {
		name := f.Day(e.StartsAt)
		if near := f.NearDay(e.StartsAt); !strings.HasPrefix(name, near) {
			name = f.T("event.near_day", "Near", near, "Day", name)
		}
		if len(days) == 0 || days[len(days)-1].Name != name {
			days = append(days, agendaDay{At: e.StartsAt, Name: name})
		}
		today := &days[len(days)-1]
		today.Events = append(today.Events, lineOf(f, e, f.Clock(e.StartsAt)))
	}
	return days
}

// lineOf is an event on a thread; when is how its moment is told there.
func lineOf(f page.Frame, e event.Event, when string) agendaLine {
	now := f.Now()
	line := agendaLine{
		State: "ahead", When: when, DateTime: e.StartsAt.In(f.Zone()).Format(time.RFC3339),
		Title: titleOf(f.Words, e), Lang: e.Language, Href: "/events/" + e.ID.String(), Note: e.Place, Mark: markOf(f, e),
	}
	switch {
	case e.Cancelled():
		line.State = "late"
	case e.Over(now):
		line.State = "done"
	case e.Began(now):
		line.State, line.When = "now", f.T("event.now")
	}
	return line
}

// markOf says in one tag what matters most to the reader about an event.
func markOf(f page.Frame, e event.Event) mark {
	now := f.Now()
	switch {
	case e.Cancelled():
		return mark{"late", "cross", f.T("event.cancelled")}
	case e.Attended:
		return mark{"good", "check", f.T("event.mine.there")}
	case e.Over(now):
		return mark{}
	case e.Mine.Answer == event.Offered:
		return mark{"new", "wait", f.T("event.mine.offered")}
	case e.Mine.Answer == event.Coming:
		return mark{"good", "check", f.T("event.mine.coming")}
	case e.Drawing() && e.Mine.Answer == event.Waiting:
		return mark{"boxed", "check", f.T("event.mine.entered")}
	case e.Mine.Answer == event.Maybe:
		return mark{"", "wait", f.T("event.mine.maybe")}
	case e.Mine.Answer == event.Waiting:
		return mark{"boxed", "wait", f.T("event.mine.waiting")}
	case e.OrganiserID == f.Actor.Member:
		return mark{"mine", "person", f.T("event.mine.runs")}
	case e.Drawing():
		return mark{"boxed", "people", f.T("event.draw.mark")}
	case e.Limited() && e.Left(now) == 0:
		return mark{"boxed", "people", f.T("event.full")}
	}
	return mark{}
}
