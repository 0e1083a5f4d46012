package coopweb

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/event"
	"lien/rule"
	"lien/server/page"
)

// spotPart is a list of places to choose one from; its first line chooses none.
type spotPart struct {
	Name, Label, Hint, None, Problem string
	Options                          []page.Choice
}

// spotPartOf is the part of an event's form that says where in the tree of places it is.
func spotPartOf(f page.Frame, choices []event.SpotChoice, chosen, problem string) spotPart {
	p := spotPart{Name: "spot", Label: f.T("event.new.spot"), Hint: f.T("event.new.spot_help"), None: f.T("event.new.spot_none"), Problem: problem}
	for _, c := range choices {
		p.Options = append(p.Options, page.Choice{Value: c.Value(), Label: spotLine(c), Chosen: c.Value() == chosen})
	}
	return p
}

// placePartOf is the list of the tree's places alone.
func placePartOf(choices []event.SpotChoice, chosen coop.PlaceID) (options []page.Choice) {
	for _, c := range choices {
		if c.IsPlace() {
			options = append(options, page.Choice{Value: c.PlaceID.String(), Label: spotLine(c), Chosen: c.PlaceID == chosen})
		}
	}
	return options
}

// spotLine is a name under those that it stands in.
func spotLine(c event.SpotChoice) string { return strings.Repeat("\u2003", c.Depth()) + c.Name }

// inPlace reads the place that a list is asked for: the zero one for all of them, and
// rule.ErrNotFound for one that is closed or another's.
func inPlace(c *fiber.Ctx, choices []event.SpotChoice) (event.SpotChoice, error) {
	text := c.Query("place")
	if text == "" {
		return event.SpotChoice{}, nil
	}
	id, err := rule.ID[coop.PlaceID](text)
	if err != nil {
		return event.SpotChoice{}, err
	}
	place, there := event.PlaceOf(choices, id)
	if !there {
		return place, rule.ErrNotFound
	}
	return place, nil
}

// titleOf is what an event is called: one whose organiser was erased has no name left.
func titleOf(w page.Words, e event.Event) string {
	if e.Title == "" {
		return w.T("event.untitled")
	}
	return e.Title
}

// withOf is who organises an event, or words for somebody who is gone.
func withOf(w page.Words, e event.Event) string {
	if e.With == "" {
		return w.T("event.with_nobody")
	}
	return e.With
}
