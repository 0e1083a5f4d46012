package coopweb

import (
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/event"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// doorPage is the list at the door, for who runs the event only.
type doorPage struct {
	page.Frame
	Event    event.Event
	When     string
	Path     string
	Open     bool
	Arriving bool // the square may be shown
	Here     int
	Expected int
	Waiting  int
	Lists    []doorList
	Number   page.Field
	Problem  string // why a tick was refused
}

// doorList is the people of one kind.
type doorList struct {
	Name   string
	People []doorLine
}

type doorLine struct {
	ID, Name, Note string
	Here           bool
}

// ShowDoor answers with the list.
func (w *Web) ShowDoor(c *fiber.Ctx) error {
	return w.showDoor(c, fiber.StatusOK, nil)
}

func (w *Web) showDoor(c *fiber.Ctx, status int, problems page.Problems) error {
	id, err := rule.ID[coop.EventID](c.Params("id"))
	if err != nil {
		return err
	}
	e, guests, err := w.Events.Door(c.UserContext(), session.Of(c).Coop(), id)
	if err != nil {
		return err
	}
	f := page.NewFrame(c, "event.door.title", "events")
	p := doorPage{
		Frame: f, Event: e, When: f.When(e.StartsAt), Path: "/events/" + id.String(),
		Open: e.ListOpen(f.Now()), Arriving: e.AtTheDoor(f.Now()), Problem: problems["member"],
		Number: page.Field{
			Name: "number", Mode: "numeric", Label: f.T("event.door.number"), Hint: f.T("event.door.number_help"),
			Value: c.FormValue("number"), Most: 8, Required: true, Problem: problems["number"],
		},
	}
	p.fill(guests)
	return page.ShowStatus(c, status, DoorPage(p))
}

// fill sorts the list by how people came to be on it, and counts.
func (p *doorPage) fill(guests []event.Guest) {
	signed := doorList{Name: p.T("event.door.coming")}
	maybe := doorList{Name: p.T("event.door.maybe")}
	queue := doorList{Name: p.T("event.door.waiting")}
	others := doorList{Name: p.T("event.door.walk_in")}
	for _, g := range guests {
		line := doorLine{ID: g.MemberID.String(), Name: g.Name, Here: g.Here, Note: p.T("event.door.member", "Number", g.Number)}
		if g.Guests > 0 {
			line.Note += " · " + p.N("event.door.guests", g.Guests)
		}
		if g.Here {
			p.Here++
		}
		switch g.Answer {
		case event.Coming:
			signed.People = append(signed.People, line)
			p.Expected += g.Expected()
		case event.Maybe:
			maybe.People = append(maybe.People, line)
		case event.Waiting, event.Offered:
			queue.People = append(queue.People, line)
			p.Waiting++
		default:
			others.People = append(others.People, line)
		}
	}
	for _, list := range []doorList{signed, maybe, queue, others} {
		if len(list.People) > 0 {
			p.Lists = append(p.Lists, list)
		}
	}
}

// TickDoor writes down who is here, or takes it back.
func (w *Web) TickDoor(c *fiber.Ctx) error {
	id, err := rule.ID[coop.EventID](c.Params("id"))
	if err != nil {
		return err
	}
	actor, back := session.Of(c).Coop(), "/events/"+id.String()+"/door"
	if typed := c.FormValue("number"); typed != "" || c.FormValue("member") == "" {
		err := w.Events.CheckInNumber(c.UserContext(), actor, id, int64(whole(typed)))
		if problems, refused := page.ProblemsOf(page.WordsOf(c), err); refused {
			return w.showDoor(c, fiber.StatusUnprocessableEntity, problems)
		}
		if err != nil {
			return err
		}
		return c.Redirect(back, fiber.StatusSeeOther)
	}
	member, err := rule.ID[coop.MemberID](c.FormValue("member"))
	if err != nil {
		return err
	}
	tick := w.Events.CheckIn
	if c.FormValue("act") == "undo" {
		tick = w.Events.Undo
	}
	err = tick(c.UserContext(), actor, id, member)
	if problems, refused := page.ProblemsOf(page.WordsOf(c), err); refused {
		return w.showDoor(c, fiber.StatusUnprocessableEntity, problems)
	}
	if err != nil {
		return err
	}
	return c.Redirect(back+"#"+member.String(), fiber.StatusSeeOther)
}

// codePage is the screen at the door: a square that changes, and no name.
type codePage struct {
	page.Frame
	Event  event.Event
	Path   string
	Square string
	Code   string
}

// ShowDoorCode answers with the square of this moment. The browser asks again by itself
// when it changes.
func (w *Web) ShowDoorCode(c *fiber.Ctx) error {
	id, err := rule.ID[coop.EventID](c.Params("id"))
	if err != nil {
		return err
	}
	actor := session.Of(c).Coop()
	code, until, err := w.Events.Code(c.UserContext(), actor, id)
	if err != nil {
		return err
	}
	e, err := w.Events.Show(c.UserContext(), actor, id)
	if err != nil {
		return err
	}
	f := page.NewFrame(c, "event.code.title", "events")
	c.Set("Refresh", strconv.Itoa(max(1, int(until.Sub(f.Now()).Round(time.Second).Seconds()))))
	c.Set(fiber.HeaderCacheControl, "no-store")
	path := "/events/" + id.String()
	return page.Show(c, CodePage(codePage{
		Frame: f, Event: e, Path: path, Square: w.Origin + path + "/here?code=" + code, Code: code[:4] + " " + code[4:],
	}))
}

// herePage is where a member says that they are at an event.
type herePage struct {
	page.Frame
	Event event.Event
	Path  string
	Open  bool
	Code  string // from the square; empty when it has to be typed
	Typed page.Field
}

// ShowHere answers with one button, when the code came with the address.
func (w *Web) ShowHere(c *fiber.Ctx) error {
	return w.showHere(c, fiber.StatusOK, c.Query("code"), nil)
}

func (w *Web) showHere(c *fiber.Ctx, status int, code string, problems page.Problems) error {
	id, err := rule.ID[coop.EventID](c.Params("id"))
	if err != nil {
		return err
	}
	e, err := w.Events.Show(c.UserContext(), session.Of(c).Coop(), id)
	if err != nil {
		return err
	}
	f := page.NewFrame(c, "event.here.title", "events")
	if e.Attended {
		f.Title = f.T("event.here.done")
	}
	if len(code) > 20 || problems != nil {
		code = ""
	}
	p := herePage{Frame: f, Event: e, Path: "/events/" + id.String(), Open: e.AtTheDoor(f.Now()), Code: code}
	p.Typed = page.Field{
		Name: "code", Label: f.T("event.here.code"), Hint: f.T("event.here.code_help"), Complete: "off",
		Value: c.FormValue("code"), Most: 20, Required: true, Problem: problems["code"],
	}
	return page.ShowStatus(c, status, HerePage(p))
}

// CheckInHere writes down that the reader is here.
func (w *Web) CheckInHere(c *fiber.Ctx) error {
	id, err := rule.ID[coop.EventID](c.Params("id"))
	if err != nil {
		return err
	}
	err = w.Events.CheckInHere(c.UserContext(), session.Of(c).Coop(), id, c.FormValue("code"))
	if problems, refused := page.ProblemsOf(page.WordsOf(c), err); refused {
		return w.showHere(c, fiber.StatusUnprocessableEntity, "", problems)
	}
	if err != nil {
		return err
	}
	return c.Redirect("/events/"+id.String()+"/here", fiber.StatusSeeOther)
}
