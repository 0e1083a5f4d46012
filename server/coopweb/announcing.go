package coopweb

import (
	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/event"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// announcingPage is the form of a new event, with what was typed.
type announcingPage struct {
	page.Frame
	Key       string
	Problems  page.Problems
	Fields    []page.Field // the name of it, the day
	Hours     []page.Field // from, until
	Spot      spotPart
	Rest      []page.Field // where, what
	Room      roomPart
	Languages page.Choices
	Rhythm    page.Choices
	Last      page.Field
	Skip      page.Choices
	Repeats   bool // the part about a series stands open
}

// NewEvent answers with the empty form.
func (w *Web) NewEvent(c *fiber.Ctx) error {
	a := event.Announcement{Language: page.WordsOf(c).Lang(), From: "18:00", Until: "20:00", PlacesForm: event.PlacesForm{Guests: "2"}}
	choices, err := w.Events.Spots(c.UserContext(), session.Of(c).Coop())
	if err != nil {
		return err
	}
	return page.Show(c, AnnouncingPage(announcingPageOf(c, page.NewKey(), a, choices, nil)))
}

// AnnounceEvent puts an event on the agenda.
func (w *Web) AnnounceEvent(c *fiber.Ctx) error {
	a := event.Announcement{
		Title: c.FormValue("title"), Details: c.FormValue("details"), Language: c.FormValue("language"),
		Place: c.FormValue("place"), Spot: c.FormValue("spot"), Day: c.FormValue("day"), From: c.FormValue("from"), Until: c.FormValue("until"),
		PlacesForm: placesFormOf(c), DrawOn: c.FormValue("draw"), Rhythm: event.Rhythm(c.FormValue("rhythm")), LastDay: c.FormValue("last"), Skip: skipsOf(c),
	}
	key, err := rule.Key(c.FormValue("key"))
	var id coop.EventID
	if err == nil {
		a.Key = key
		id, err = w.Events.Announce(c.UserContext(), session.Of(c).Coop(), a)
	}
	if problems, refused := page.ProblemsOf(page.WordsOf(c), err); refused {
		choices, err := w.Events.Spots(c.UserContext(), session.Of(c).Coop())
		if err != nil {
			return err
		}
		form := AnnouncingPage(announcingPageOf(c, page.KeptKey(c), a, choices, problems))
		return page.ShowStatus(c, fiber.StatusUnprocessableEntity, form)
	}
	if err != nil {
		return err
	}
	return c.Redirect("/events/"+id.String(), fiber.StatusSeeOther)
}

func announcingPageOf(c *fiber.Ctx, key string, a event.Announcement, choices []event.SpotChoice, problems page.Problems) announcingPage {
	f := page.NewFrame(c, "event.new.title", "events")
	p := announcingPage{Frame: f, Key: key, Problems: problems}
	p.Fields = []page.Field{
		{Name: "title", Label: f.T("event.new.name"), Hint: f.T("event.new.name_help"), Value: a.Title, Most: 80, Required: true},
		{Name: "day", Type: "date", Label: f.T("event.new.day"), Value: a.Day, Required: true},
	}
	p.Hours, p.Rest, p.Room = eventHours(f, a.From, a.Until), eventRest(f, a.Place, a.Details), roomPartOf(f, a.PlacesForm, problems)
	p.Room.Draw = page.Field{Name: "draw", Type: "date", Label: f.T("event.new.draw"), Hint: f.T("event.new.draw_help"), Value: a.DrawOn, Problem: problems["draw"]}
	p.Room.Drawn = a.DrawOn != "" || problems["draw"] != ""
	p.Spot = spotPartOf(f, choices, a.Spot, problems["spot"])
	p.Rhythm = page.Choices{Name: "rhythm", Legend: f.T("event.rhythm.legend"), Class: "list", Problem: problems["rhythm"], Options: rhythmChoices(f.Words, a.Rhythm)}
	p.Last = page.Field{Name: "last", Type: "date", Label: f.T("event.new.last"), Hint: f.T("event.new.last_help"), Value: a.LastDay, Problem: problems["last"]}
	p.Skip = page.Choices{Name: "skip", Legend: f.T("event.skip.legend"), Class: "list", Many: true, Problem: problems["skip"], Options: skipChoices(f.Words, a.Skip)}
	p.Repeats = a.Rhythm != event.Once || a.LastDay != "" || len(a.Skip) > 0
	for _, fields := range [][]page.Field{p.Fields, p.Hours, p.Rest} {
		for i := range fields {
			fields[i].Problem = problems[fields[i].Name]
		}
	}
	p.Languages = page.Choices{Name: "language", Legend: f.T("event.new.language"), Class: "even", Problem: problems["language"]}
	for _, code := range page.Codes() {
		p.Languages.Options = append(p.Languages.Options, page.Choice{Value: code, Label: page.Tongue(code), Chosen: a.Language == code})
	}
	return p
}

func eventHours(f page.Frame, from, until string) []page.Field {
	return []page.Field{
		{Name: "from", Type: "time", Label: f.T("event.new.from"), Value: from, Required: true},
		{Name: "until", Type: "time", Label: f.T("event.new.until"), Value: until, Required: true},
	}
}

func eventRest(f page.Frame, place, details string) []page.Field {
	return []page.Field{
		{Name: "place", Label: f.T("event.new.place"), Hint: f.T("event.new.place_help"), Value: place, Most: 120},
		{Name: "details", Type: "area", Label: f.T("event.new.details"), Hint: f.T("event.new.details_help"), Value: details, Most: 2000},
	}
}

// skipsOf are the days that were ticked to be left out.
func skipsOf(c *fiber.Ctx) (skips []event.Skip) {
	for _, value := range c.Request().PostArgs().PeekMulti("skip") {
		skips = append(skips, event.Skip(string(value)))
	}
	return skips
}

// cancellingPage asks for words before an event is called off.
type cancellingPage struct {
	page.Frame
	Path   string
	Why    page.Field
	Series bool
	Scopes page.Choices
	Reach  []string // whom the end of the series would reach
}

// AskCancelEvent answers with the question.
func (w *Web) AskCancelEvent(c *fiber.Ctx) error {
	return w.askCancelEvent(c, fiber.StatusOK, nil)
}

func (w *Web) askCancelEvent(c *fiber.Ctx, status int, problems page.Problems) error {
	id, err := rule.ID[coop.EventID](c.Params("id"))
	if err != nil {
		return err
	}
	e, err := w.Events.Show(c.UserContext(), session.Of(c).Coop(), id)
	switch {
	case err != nil:
		return err
	case !e.Runs:
		return rule.ErrForbidden
	}
	f := page.NewFrame(c, "event.cancel.title", "events", "Title", page.Name(titleOf(page.WordsOf(c), e)))
	why := page.Field{
		Name: "why", Type: "area", Label: f.T("event.cancel.why"), Value: c.FormValue("why"), Most: 500,
		Required: true, Problem: problems["why"],
	}
	p := cancellingPage{Frame: f, Path: "/events/" + id.String(), Why: why, Series: e.InSeries() && !e.Began(f.Now())}
	if p.Series {
		reach, err := w.Events.Ending(c.UserContext(), f.Actor.Coop(), id)
		if err != nil {
			return err
		}
		reach.Moves = true
		p.Reach = reachOf(f.Words, reach)
		scope := event.Scope(c.FormValue("scope", string(event.This)))
		p.Scopes = scopesOf(f.Words, "event.cancel.scope", scope, problems["scope"], event.This, event.Onwards)
	}
	return page.ShowStatus(c, status, CancellingPage(p))
}

// CancelEvent calls an event off.
func (w *Web) CancelEvent(c *fiber.Ctx) error {
	id, err := rule.ID[coop.EventID](c.Params("id"))
	if err != nil {
		return err
	}
	end := w.Events.Cancel
	if c.FormValue("scope") == string(event.Onwards) {
		end = w.Events.Stop
	}
	err = end(c.UserContext(), session.Of(c).Coop(), id, c.FormValue("why"))
	if problems, refused := page.ProblemsOf(page.WordsOf(c), err); refused {
		return w.askCancelEvent(c, fiber.StatusUnprocessableEntity, problems)
	}
	if err != nil {
		return err
	}
	return c.Redirect("/events/"+id.String(), fiber.StatusSeeOther)
}
