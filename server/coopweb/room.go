package coopweb

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"lien/coop/event"
	"lien/server/page"
)

// roomPart is the part of a form that says for whom an event has room.
type roomPart struct {
	page.Frame
	Capacity  page.Field
	Guests    page.Choices
	Newcomers []page.Field // how many places are kept for them, until when
	Kept      bool         // that part stands open
	Draw      page.Field   // the day on which places are drawn; of a new event only
	Drawn     bool         // that part stands open
}

func roomPartOf(f page.Frame, typed event.PlacesForm, problems page.Problems) roomPart {
	p := roomPart{Frame: f, Kept: typed.Newcomers != "" || problems["newcomers"] != "" || problems["newcomer_days"] != ""}
	p.Capacity = page.Field{
		Name: "capacity", Mode: "numeric", Label: f.T("event.new.capacity"), Hint: f.T("event.new.capacity_help"),
		Value: typed.Capacity, Most: 4, Problem: problems["capacity"],
	}
	p.Guests = page.Choices{Name: "guests", Legend: f.T("event.new.guests"), Class: "even", Problem: problems["guests"]}
	for n := range event.MostGuests + 1 {
		value := strconv.Itoa(n)
		label := value
		if n == 0 {
			label = f.T("event.new.guests_none")
		}
		p.Guests.Options = append(p.Guests.Options, page.Choice{Value: value, Label: label, Chosen: typed.Guests == value})
	}
	p.Newcomers = []page.Field{
		{Name: "newcomers", Mode: "numeric", Label: f.T("event.new.newcomers"), Hint: f.T("event.new.newcomers_help"), Value: typed.Newcomers, Most: 4, Problem: problems["newcomers"]},
		{Name: "newcomer_days", Mode: "numeric", Label: f.T("event.new.newcomer_days"), Hint: f.T("event.new.newcomer_days_help"), Value: typed.NewcomerDays, Most: 2, Problem: problems["newcomer_days"]},
	}
	return p
}

// placesFormOf reads the part of the form that says for whom there is room.
func placesFormOf(c *fiber.Ctx) event.PlacesForm {
	return event.PlacesForm{
		Capacity: c.FormValue("capacity"), Guests: c.FormValue("guests"),
		Newcomers: c.FormValue("newcomers"), NewcomerDays: c.FormValue("newcomer_days"),
	}
}
