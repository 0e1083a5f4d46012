package coopweb

import (
	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/event"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// changingPage is the form that changes an event, or what it would do before it is sure.
type changingPage struct {
	page.Frame
	Path     string
	Series   string // how often it comes back; empty for an event that stands alone
	Scopes   page.Choices
	Fields   []page.Field
	Hours    []page.Field
	Spot     spotPart
	Rest     []page.Field
	Room     roomPart
	Problems page.Problems
	Change   event.Change
	Reach    []string // whom it would reach, in sentences
}

// EditEvent answers with the form, filled in with what the event is now.
func (w *Web) EditEvent(c *fiber.Ctx) error {
	e, err := w.editable(c)
	if err != nil {
		return err
	}
	f := page.NewFrame(c, "event.edit.title", "events", "Title", page.Name(titleOf(page.WordsOf(c), e)))
	choices, err := w.Events.Spots(c.UserContext(), f.Actor.Coop())
	if err != nil {
		return err
	}
	return page.Show(c, ChangingPage(changingPageOf(f, e, event.ChangeOf(e, f.Zone()), choices, nil)))
}

// editable is the event of the address, if the reader may change it.
func (w *Web) editable(c *fiber.Ctx) (event.Event, error) {
	id, err := rule.ID[coop.EventID](c.Params("id"))
	if err != nil {
		return event.Event{}, err
	}
	e, err := w.Events.Show(c.UserContext(), session.Of(c).Coop(), id)
	switch now := page.WordsOf(c).Now(); {
	case err != nil:
		return e, err
	case !e.Runs:
		return e, rule.ErrForbidden
	case !e.Open(now) || e.Began(now):
		return e, rule.ErrMoved
	}
	return e, nil
}

// ChangeEvent says whom a change reaches; once that is confirmed, it makes the change.
func (w *Web) ChangeEvent(c *fiber.Ctx) error {
	e, err := w.editable(c)
	if err != nil {
		return err
	}
	ch := event.Change{
		Scope: event.Scope(c.FormValue("scope", string(event.This))), Title: c.FormValue("title"), Details: c.FormValue("details"),
		Place: c.FormValue("place"), Spot: c.FormValue("spot"), Day: c.FormValue("day"), From: c.FormValue("from"), Until: c.FormValue("until"), PlacesForm: placesFormOf(c),
	}
	f := page.NewFrame(c, "event.edit.title", "events", "Title", page.Name(titleOf(page.WordsOf(c), e)))
	sure := c.FormValue("sure") != ""
	var reach event.Affected
	if sure {
		err = w.Events.Change(c.UserContext(), f.Actor.Coop(), e.ID, ch)
	} else {
		reach, err = w.Events.Preview(c.UserContext(), f.Actor.Coop(), e.ID, ch)
	}
	if problems, refused := page.ProblemsOf(f.Words, err); refused {
		choices, err := w.Events.Spots(c.UserContext(), f.Actor.Coop())
		if err != nil {
			return err
		}
		return page.ShowStatus(c, fiber.StatusUnprocessableEntity, ChangingPage(changingPageOf(f, e, ch, choices, problems)))
	}
	switch {
	case err != nil:
		return err
	case sure:
		return c.Redirect("/events/"+e.ID.String(), fiber.StatusSeeOther)
	}
	p := changingPageOf(f, e, ch, nil, nil)
	p.Reach = reachOf(f.Words, reach)
	return page.Show(c, ChangePreviewPage(p))
}

// reachOf tells whom a change reaches.
func reachOf(w page.Words, a event.Affected) []string {
	if a.Dates == 0 {
		return []string{w.T("event.reach.nothing")}
	}
	out := []string{w.N("event.reach.dates", a.Dates)}
	switch {
	case a.People == 0:
		out = append(out, w.T("event.reach.nobody"))
	case a.Moves:
		out = append(out, w.N("event.reach.told", a.People))
	default:
		out = append(out, w.N("event.reach.people", a.People))
	}
	if a.Kept > 0 {
		out = append(out, w.N("event.reach.kept", a.Kept))
	}
	return out
}

func changingPageOf(f page.Frame, e event.Event, ch event.Change, choices []event.SpotChoice, problems page.Problems) changingPage {
	p := changingPage{Frame: f, Path: "/events/" + e.ID.String(), Problems: problems, Change: ch}
	if e.InSeries() {
		p.Series = rhythmOf(f.Words, e.Rhythm, e.SeriesDay)
		p.Scopes = scopesOf(f.Words, "event.edit.scope", ch.Scope, problems["scope"], event.This, event.Onwards, event.Whole)
	}
	day := page.Field{Name: "day", Type: "date", Label: f.T("event.new.day"), Value: ch.Day, Required: true}
	if e.InSeries() {
		day.Hint = f.T("event.edit.day_help")
	}
	p.Fields = []page.Field{
		{Name: "title", Label: f.T("event.new.name"), Value: ch.Title, Most: 80, Required: true}, day,
	}
	p.Hours, p.Rest, p.Room = eventHours(f, ch.From, ch.Until), eventRest(f, ch.Place, ch.Details), roomPartOf(f, ch.PlacesForm, problems)
	p.Spot = spotPartOf(f, choices, ch.Spot, problems["spot"])
	for _, fields := range [][]page.Field{p.Fields, p.Hours, p.Rest} {
		for i := range fields {
			fields[i].Problem = problems[fields[i].Name]
		}
	}
	return p
}

// scopesOf are how much of a series an act concerns, as taps.
func scopesOf(w page.Words, legend string, chosen event.Scope, problem string, scopes ...event.Scope) page.Choices {
	out := page.Choices{Name: "scope", Legend: w.T(legend), Class: "list", Problem: problem}
	for _, s := range scopes {
		out.Options = append(out.Options, page.Choice{Value: string(s), Label: w.T("event.scope." + string(s)), Chosen: s == chosen})
	}
	return out
}
