package coopweb

import (
	"context"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/board"
	"lien/coop/cheque"
	"lien/coop/exchange"
	"lien/coop/hours"
	"lien/coop/problem"
	"lien/coop/welcome"
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

// tally is a number that leads to what it counts; a small one of nothing stays quiet.
type tally struct {
	Number, Words, Href string
	None                bool
}

// deskCount is one thing that may wait for a facilitator: the sentence of its key, the
// list that it leads to, and how many there are. Count looks no further than Most, in one
// query, and checks the facilitator's right where the rows are read. What it counts never
// depends on who is accompanied: the desk does not know.
type deskCount struct {
	Key, Href string
	Most      int
	Count     func(ctx context.Context, actor coop.Actor) (int, error)
}

// deskCounts are the counted lines of the desk, in the order in which they are shown.
// Whoever adds a list to the desk adds its line here.
func (w *Web) deskCounts() []deskCount {
	return []deskCount{
		{"desk.tally.calls", "/desk/calls", welcome.MostInTurn, w.Calls.Waits},
		{"desk.tally.newcomers", "/desk/newcomers", welcome.MostAlone, w.Buddies.Waits},
		{"desk.tally.taken_back", "/desk/taken-back", mostCorrections, func(ctx context.Context, actor coop.Actor) (int, error) {
			return w.Desk.CountCorrections(ctx, actor, mostCorrections)
		}},
		{"desk.tally.cheques", "/desk/cheques", cheque.MostWaiting, w.Cheques.Waits},
		{"desk.tally.low", "/hours/low", hours.MostLow, w.Ledger.Low},
		{"desk.tally.listings", "/desk/listings", exchange.PerQueue, w.Listings.Waiting},
		{"desk.tally.notices", "/desk/moderation", board.PerQueue, w.Boards.Waiting},
		{"desk.tally.problems", "/problems", problem.MostWaiting, w.Troubles.Waiting},
		{"desk.tally.resources", "/desk/resources", 100, w.Loans.Waiting},
		{"desk.tally.assemblies", "/desk/assemblies", 100, w.Assemblies.Waiting},
		{"desk.tally.applications", "/desk/applications", 50, w.Entrance.Applications.Waiting},
		{"desk.tally.departures", "/desk/departures", 50, w.Departures.Waiting},
		{"desk.tally.contests", "/desk/suspensions", 50, w.Members.Contested},
		{"desk.tally.charter", "/desk/charter", 50, w.Entrance.Charters.Owed},
	}
}

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
		p.tally(len(help), 100, "desk.tally.help", "/desk/agreements"),
		p.tally(len(newest), 30, "desk.tally.new", "/desk/members"),
		p.tally(len(invitations), 30, "desk.tally.invitations", "/desk/invitations"),
		p.tally(len(events), 30, "desk.tally.events", "/events"),
	}
	for _, line := range w.deskCounts() {
		n, err := line.Count(ctx, actor)
		if err != nil {
			return err
		}
		p.Tally = append(p.Tally, p.tally(n, line.Most, line.Key, line.Href))
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

func (p deskPage) tally(n, most int, key, href string) tally {
	return tally{Number: upTo(n, most), Words: p.T(key), Href: href, None: n == 0}
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
