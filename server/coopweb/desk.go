package coopweb

import (
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/exchange"
	"lien/server/page"
	"lien/server/session"
)

// deskPage is where a facilitator begins: who is new, which agreements need help, what is
// coming. It never tells, counts or hints who is accompanied: the desk does not know.
type deskPage struct {
	page.Frame
	Tally  []tally
	New    []page.Line
	Help   []page.Line
	Events []agendaLine
}

// tally is a number that leads to what it counts.
type tally struct{ Number, Words, Href string }

// What the desk's lists hold, before they lead to the whole.
const (
	onDesk  = 5
	newFor  = 30 * 24 * time.Hour
	deskFor = 7 // days of events
)

// ShowDesk answers with the desk's first page.
func (w *Web) ShowDesk(c *fiber.Ctx) error {
	ctx, actor := c.UserContext(), session.Of(c).Coop()
	p := deskPage{Frame: page.NewFrame(c, "desk.title", "home")}
	newest, err := w.Members.Newest(ctx, actor, p.Now().Add(-newFor))
	if err != nil {
		return err
	}
	help, err := w.Agreements.Waiting(ctx, actor)
	if err != nil {
		return err
	}
	events, err := w.Events.Between(ctx, actor, p.Now(), p.Now().AddDate(0, 0, deskFor))
	if err != nil {
		return err
	}
	invitations, err := w.Entrance.Invitations.Waiting(ctx, actor, coop.InvitationID{})
	if err != nil {
		return err
	}
	p.Tally = []tally{
		{upTo(len(newest), 30), p.T("desk.tally.new"), "/desk/members"},
		{upTo(len(help), 100), p.T("desk.tally.help"), "/desk/agreements"},
		{upTo(len(events), 30), p.T("desk.tally.events"), "/events"},
		{upTo(len(invitations), 30), p.T("desk.tally.invitations"), "/desk/invitations"},
	}
	for _, m := range newest[:min(len(newest), onDesk)] {
		note := p.T("desk.new.joined", "Day", p.NearDay(m.JoinedAt))
		p.New = append(p.New, page.Line{Icon: "person", Title: m.Name, Note: note, Href: "/desk/members/" + m.ID.String()})
	}
	for _, a := range help[:min(len(help), onDesk)] {
		p.Help = append(p.Help, helpLine(p.Frame, a))
	}
	for _, e := range events[:min(len(events), onDesk)] {
		p.Events = append(p.Events, lineOf(p.Frame, e, p.When(e.StartsAt)))
	}
	return page.Show(c, DeskPage(p))
}

func helpLine(f page.Frame, a exchange.Agreement) page.Line {
	note := f.T("desk.help.late", "Day", f.NearDay(a.StateSince))
	if a.State == exchange.Disputed {
		note = f.T("desk.help.disputed")
	}
	title := f.T("desk.help.between", "Giver", nameOf(f.Words, a.Giver), "Receiver", nameOf(f.Words, a.Receiver))
	return page.Line{Icon: "help", Title: title, Note: note, Href: "/desk/agreements/" + a.ID.String()}
}

// upTo writes a count of a list that holds most at most.
func upTo(n, most int) string {
	if n >= most {
		return strconv.Itoa(most) + "+"
	}
	return strconv.Itoa(n)
}
