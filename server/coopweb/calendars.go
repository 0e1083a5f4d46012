package coopweb

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/event"
	"lien/rule"
	"lien/server/ical"
	"lien/server/page"
	"lien/server/session"
)

// calendarsPage is where a member opens a calendar to their phone, and shuts it.
type calendarsPage struct {
	page.Frame
	Calendars []calendarPart
	Places    spotPart // those of which one can be opened
	Problems  page.Problems
}

// calendarPart is one kind of calendar. Address is empty while it is shut; Subscribe is
// the same one as phones open it.
type calendarPart struct {
	Kind, Icon, Name, Words string
	Place                   string // the id of the place, of the calendar of one
	Address, Subscribe      string
}

// ShowCalendars answers with the member's calendars.
func (w *Web) ShowCalendars(c *fiber.Ctx) error {
	return w.showCalendars(c, fiber.StatusOK, nil)
}

func (w *Web) showCalendars(c *fiber.Ctx, status int, problems page.Problems) error {
	f := page.NewFrame(c, "event.calendar.title", "events")
	feeds, err := w.Events.Feeds(c.UserContext(), f.Actor.Coop())
	if err != nil {
		return err
	}
	p := calendarsPage{Frame: f, Problems: problems}
	for _, kind := range []event.Kind{event.MineOnly, event.Everybodys} {
		part := calendarPart{
			Kind: string(kind), Icon: map[event.Kind]string{event.MineOnly: "person", event.Everybodys: "people"}[kind],
			Name: f.T("event.calendar." + string(kind)), Words: f.T("event.calendar." + string(kind) + "_words"),
		}
		if n := slices.IndexFunc(feeds, func(o event.Feed) bool { return o.Kind == kind }); n >= 0 {
			part.lead(w.Origin, feeds[n])
		}
		p.Calendars = append(p.Calendars, part)
	}
	for _, feed := range feeds {
		if feed.Kind == event.OfPlace {
			part := calendarPart{Kind: string(feed.Kind), Icon: "place", Place: feed.PlaceID.String(), Name: feed.Place, Words: f.T("event.calendar.place_words")}
			part.lead(w.Origin, feed)
			p.Calendars = append(p.Calendars, part)
		}
	}
	if p.Places, err = w.placesToFollow(c, f, feeds, problems); err != nil {
		return err
	}
	return page.ShowStatus(c, status, CalendarsPage(p))
}

// lead fills in where a calendar stands.
func (p *calendarPart) lead(origin string, feed event.Feed) {
	p.Address = origin + "/calendar/" + feed.Secret + ".ics"
	_, rest, _ := strings.Cut(p.Address, "://")
	p.Subscribe = "webcal://" + rest
}

// field is the name of the calendar's address on the page.
func (p calendarPart) field() string {
	if p.Place != "" {
		return "address-" + p.Place
	}
	return "address-" + p.Kind
}

// placesToFollow are the places whose calendar the member has not opened; none for whom
// there is no agenda at all now.
func (w *Web) placesToFollow(c *fiber.Ctx, f page.Frame, feeds []event.Feed, problems page.Problems) (spotPart, error) {
	p := spotPart{Name: "place", Label: f.T("event.calendar.place_label"), None: f.T("event.calendar.place_none"), Problem: problems["place"]}
	choices, err := w.Events.Spots(c.UserContext(), f.Actor.Coop())
	if errors.Is(err, rule.ErrForbidden) {
		return p, nil
	}
	choices = slices.DeleteFunc(choices, func(s event.SpotChoice) bool {
		return slices.ContainsFunc(feeds, func(o event.Feed) bool { return o.PlaceID == s.PlaceID })
	})
	p.Options = placePartOf(choices, coop.PlaceID{})
	return p, err
}

// TurnCalendar opens a calendar under a new address, or shuts it.
func (w *Web) TurnCalendar(c *fiber.Ctx) error {
	turn := w.Events.OpenFeed
	if c.FormValue("act") == "shut" {
		turn = w.Events.ShutFeed
	}
	kind, place, err := event.Kind(c.FormValue("kind")), coop.PlaceID{}, error(nil)
	if kind == event.OfPlace {
		if place, err = rule.ID[coop.PlaceID](c.FormValue("place")); err != nil {
			err = rule.Broken("place", "rule.choose")
		}
	}
	if err == nil {
		err = turn(c.UserContext(), session.Of(c).Coop(), kind, place)
	}
	if problems, refused := page.ProblemsOf(page.WordsOf(c), err); refused {
		return w.showCalendars(c, fiber.StatusUnprocessableEntity, problems)
	}
	if err != nil {
		return err
	}
	return c.Redirect("/me/calendar", fiber.StatusSeeOther)
}

// ShowCalendarFeed answers a programme that asks by the secret address. Who has the
// address sees what its member sees of the agenda, and nobody's answers.
func (w *Web) ShowCalendarFeed(c *fiber.Ctx) error {
	secret, found := strings.CutSuffix(c.Params("secret"), ".ics")
	if !found || len(secret) > 100 {
		return rule.ErrNotFound
	}
	cal, err := w.Events.Calendar(c.UserContext(), secret)
	if errors.Is(err, event.ErrShut) { // a programme stops asking, and says why
		c.Set(fiber.HeaderCacheControl, "no-store")
		c.Set(fiber.HeaderContentType, fiber.MIMETextPlainCharsetUTF8)
		return c.Status(fiber.StatusGone).SendString(page.WordsOf(c).T("event.calendar.gone"))
	}
	if err != nil {
		return err
	}
	words := w.Languages.Of(cal.Tongue)
	name := words.T("event.calendar.name_"+string(cal.Kind), "House", cal.Name, "Place", cal.Place)
	return w.sendCalendar(c, name, cal.Zone, vevents(words, w.Origin, cal))
}

// SendEventFile answers with one event as a file that a calendar takes.
func (w *Web) SendEventFile(c *fiber.Ctx) error {
	id, err := rule.ID[coop.EventID](c.Params("id"))
	if err != nil {
		return err
	}
	e, err := w.Events.Show(c.UserContext(), session.Of(c).Coop(), id)
	if err != nil {
		return err
	}
	c.Attachment("lien.ics")
	return w.sendCalendar(c, titleOf(page.WordsOf(c), e), e.Zone, []ical.Event{vevent(page.WordsOf(c), w.Origin, e)})
}

func (w *Web) sendCalendar(c *fiber.Ctx, name, zone string, events []ical.Event) error {
	loc, err := time.LoadLocation(zone)
	if err != nil {
		return err
	}
	from := page.WordsOf(c).Now()
	for _, e := range events {
		if e.Starts.Before(from) {
			from = e.Starts
		}
	}
	var file bytes.Buffer
	if _, err := (ical.Calendar{Name: name, Zone: loc, From: from, Events: events}).WriteTo(&file); err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "text/calendar; charset=utf-8")
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	return c.Send(file.Bytes())
}

// vevent is an event that stands by itself in a calendar.
func vevent(w page.Words, origin string, e event.Event) ical.Event {
	return ical.Event{
		UID: e.ID.String() + "@lien", Sequence: e.Sequence, Changed: e.ChangedAt, Starts: e.StartsAt, Ends: e.EndsAt,
		Title: titleOf(w, e), Description: e.Details, Place: e.Where(), Link: origin + "/events/" + e.ID.String(), Cancelled: e.Cancelled(),
	}
}

// vevents are a calendar's events: each series once, with the dates of it that differ, and
// what stands by itself. A calendar of one's own holds the dates that one comes to, each
// by itself: one comes to a date and not to a series.
func vevents(w page.Words, origin string, cal event.Calendar) (all []ical.Event) {
	series := map[coop.SeriesID]event.Series{}
	days := map[coop.SeriesID][]time.Time{}
	for _, sr := range cal.Series {
		series[sr.ID] = sr
	}
	for _, e := range cal.Events {
		v, sr := vevent(w, origin, e), series[e.SeriesID]
		if known := sr.ID == e.SeriesID && e.InSeries(); known {
			days[sr.ID] = append(days[sr.ID], e.SeriesDay)
			v.UID = sr.ID.String() + "@lien"
			v.Occurrence, _, _ = sr.On(e.SeriesDay)
			v.Sequence += sr.Sequence
			if !sr.Differs(e) {
				continue
			}
		}
		all = append(all, v)
	}
	for _, sr := range cal.Series {
		if v, there := vseries(w, origin, sr, days[sr.ID]); there {
			all = append(all, v)
		}
	}
	return all
}

// vseries is a series as a calendar repeats it: without the days that it leaves out, and
// without those of which there is no event though they were made.
func vseries(w page.Words, origin string, sr event.Series, made []time.Time) (v ical.Event, there bool) {
	starts, ends, there := sr.On(sr.FirstOn)
	through := sr.Through()
	if !there || !through.IsZero() && through.Before(sr.FirstOn) {
		return v, false
	}
	v = ical.Event{
		UID: sr.ID.String() + "@lien", Sequence: sr.Sequence, Changed: sr.ChangedAt, Starts: starts, Ends: ends, Rule: sr.Rhythm.Rule(sr.FirstOn),
		Title: titleOf(w, event.Event{Title: sr.Title}), Description: sr.Details, Place: sr.Where(), Link: origin + "/series/" + sr.ID.String(),
	}
	if !through.IsZero() {
		v.Until, _, _ = sr.On(through)
	}
	before := sr.FirstOn.AddDate(0, 0, -1)
	without := sr.Skipped(before, sr.FirstOn.AddDate(3, 0, 0))
	for _, day := range sr.Days(before, sr.MadeThrough) {
		if len(made) > 0 && day.After(made[0]) && !slices.ContainsFunc(made, day.Equal) {
			without = append(without, day)
		}
	}
	for _, day := range without {
		if at, _, ok := sr.On(day); ok {
			v.Without = append(v.Without, at)
		}
	}
	return v, true
}
