package coopweb

import (
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/assembly"
	"lien/coop/event"
	"lien/coop/exchange"
	"lien/coop/safetynet"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// homePage is a member's own beginning of a day.
type homePage struct {
	page.Frame
	Day    string
	Call   *page.Call        // the one thing that waits for them
	Asked  []safetynet.Asked // who asked the reader to look in on them, and is silent
	Also   []page.Line
	Off    []page.Line // called off, though the reader was coming
	Heard  string      // what the thread below is about
	Events []agendaLine
	Doors  []page.Line
	Unread int
	Told   int // what the house told and the reader has not opened
	Answer []exchange.Suggestion
	News   []newsLine
	Coming []page.Line // workshops
}

// newsLine is a notice of one of the reader's boards, with who pinned it and when.
type newsLine struct{ Icon, Title, Lang, Note, Href string }

// How many moments the thread shows, and how many notices stand beside it.
const (
	onHome     = 5
	newsOnHome = 3
)

// ShowHome answers with what matters to the reader today.
func (w *Web) ShowHome(c *fiber.Ctx) error {
	actor := session.Of(c)
	f := page.NewFrame(c, "home.hello", "home", "Name", actor.Name)
	p := homePage{Frame: f, Day: f.Day(f.Now()), Doors: doorsOf(f)}
	var err error
	if p.Asked, err = w.Nets.Asking(c.UserContext(), actor.Coop()); err != nil {
		return err
	}
	if p.Told, err = w.Inbox.Unread(c.UserContext(), actor.Coop()); err != nil {
		return err
	}
	if actor.Active {
		if p.Answer, err = w.Listings.Suggest(c.UserContext(), actor.Coop(), coop.ListingID{}); err != nil {
			return err
		}
		coming, err := w.Workshops.Coming(c.UserContext(), actor.Coop())
		if err != nil {
			return err
		}
		p.Coming = workshopLines(f, coming[:min(len(coming), newsOnHome)])
	}
	if err := w.waiting(c, &p); err != nil {
		return err
	}
	if err := w.calledOff(c, &p); err != nil {
		return err
	}
	if err := w.soon(c, &p); err != nil {
		return err
	}
	if err := w.news(c, &p); err != nil {
		return err
	}
	return page.Show(c, HomePage(p))
}

// LookedIn puts away what somebody asked for: the reader has looked in on them.
func (w *Web) LookedIn(c *fiber.Ctx) error {
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return rule.ErrNotFound
	}
	if err := w.Nets.Answer(c.UserContext(), session.Of(c).Coop(), id); err != nil {
		return err
	}
	return c.Redirect("/home", fiber.StatusSeeOther)
}

// waiting finds what waits for the reader: what ends first calls, the rest stands under it.
func (w *Web) waiting(c *fiber.Ctx, p *homePage) error {
	actor := session.Of(c).Coop()
	offers, err := w.Events.Offers(c.UserContext(), actor)
	if err != nil {
		return err
	}
	agreement, found, err := w.Agreements.WaitingForMe(c.UserContext(), actor)
	if err != nil {
		return err
	}
	var calls []page.Call
	for _, e := range offers {
		calls = append(calls, offerCall(p.Frame, e))
	}
	if found {
		call := agreementCall(p.Frame, agreement)
		if len(offers) > 0 && offers[0].Mine.OfferUntil.Before(agreement.DeadlineAt) {
			calls = append(calls, call)
		} else {
			calls = append([]page.Call{call}, calls...)
		}
	}
	next, found, err := w.Assemblies.Next(c.UserContext(), actor)
	if err != nil {
		return err
	}
	if found {
		calls = append(calls, assemblyCall(p.Frame, next))
	}
	if session.Of(c).Charter {
		calls = append([]page.Call{charterCall(p.Frame)}, calls...)
	}
	for n, call := range calls {
		if n == 0 {
			p.Call = &call
			continue
		}
		p.Also = append(p.Also, page.Line{Icon: call.Icon, Title: call.Title, Note: call.Words, Href: call.Href})
	}
	return nil
}

// charterCall asks who has not said yes to the charter in force.
func charterCall(f page.Frame) page.Call {
	return page.Call{Icon: "paper", Tag: f.T("charter.title"), Title: f.T("charter.ask.title"), Words: f.T("charter.ask.words"), Href: "/charter", Act: f.T("charter.read")}
}

// assemblyCall is the assembly that comes first, or is under way.
func assemblyCall(f page.Frame, a assembly.Assembly) page.Call {
	return page.Call{
		Icon: "vote", Tag: f.T("assembly.call." + string(a.State)), Title: a.Title, Words: page.Capital(f.When(a.StartsAt)),
		Href: "/assemblies/" + a.ID.String(), Act: f.T("assembly.call.act"),
	}
}

func offerCall(f page.Frame, e event.Event) page.Call {
	return page.Call{
		Icon: "calendar", Tag: f.T("home.call.place"), Title: titleOf(f.Words, e),
		Words: f.T("home.call.place_words", "When", f.When(e.Mine.OfferUntil)),
		Href:  "/events/" + e.ID.String(), Act: f.T("home.call.place_act"),
	}
}

func agreementCall(f page.Frame, a exchange.Agreement) page.Call {
	tag := f.T("home.call.agreement")
	if a.State != exchange.Proposed {
		tag = f.T("home.call.agreement_done")
	}
	return page.Call{
		Icon: "help", Tag: tag, Title: agreementPage{Frame: f, Agreement: a}.headline(), Words: a.About,
		Href: nextPath(f, a), Act: f.T("home.call.agreement_act"),
	}
}

// nextPath is where the next step of an agreement is taken: of a seat at its workshop, but
// that hours are answered one by one.
func nextPath(f page.Frame, a exchange.Agreement) string {
	if a.Seat && (a.State == exchange.Proposed || a.State == exchange.Agreed && a.Gives(f.Actor.Member)) {
		return workshopPath(a.Listing)
	}
	return agreementPath(a.ID)
}

// calledOff tells of events that the reader was coming to and that will not be.
func (w *Web) calledOff(c *fiber.Ctx, p *homePage) error {
	mine, err := w.Events.Mine(c.UserContext(), session.Of(c).Coop())
	if err != nil {
		return err
	}
	for _, e := range mine {
		if e.Cancelled() && e.Mine.In() {
			p.Off = append(p.Off, page.Line{Icon: "cross", Title: titleOf(p.Words, e), Note: p.When(e.StartsAt), Href: "/events/" + e.ID.String()})
		}
	}
	return nil
}

// soon fills the thread: today and tomorrow, or else what comes next.
func (w *Web) soon(c *fiber.Ctx, p *homePage) error {
	actor, now := session.Of(c).Coop(), p.Now()
	morning := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, p.Zone())
	events, err := w.Events.Between(c.UserContext(), actor, morning, morning.AddDate(0, 0, 2))
	if err != nil {
		return err
	}
	p.Heard = p.T("home.today")
	if len(events) == 0 {
		p.Heard = p.T("home.soon")
		if events, err = w.Events.Coming(c.UserContext(), actor, event.After{}); err != nil {
			return err
		}
	}
	for _, e := range events[:min(len(events), onHome)] {
		p.Events = append(p.Events, lineOf(p.Frame, e, p.When(e.StartsAt)))
	}
	return nil
}

// news fills the newest of what neighbours pinned where the reader lives.
func (w *Web) news(c *fiber.Ctx, p *homePage) error {
	actor := session.Of(c).Coop()
	latest, err := w.Boards.Latest(c.UserContext(), actor, newsOnHome)
	if err != nil {
		return err
	}
	for _, n := range latest {
		p.News = append(p.News, newsLine{
			Icon: kindSign(n.Kind), Title: headline(n), Lang: n.Language, Href: noticePath(n.ID),
			Note: p.T("home.board.by", "Name", writtenBy(p.Words, n.Author), "When", p.Ago(n.CreatedAt)),
		})
	}
	p.Unread, err = w.Boards.Unread(c.UserContext(), actor)
	return err
}

// doorsOf are the big ways in; who may not act has none.
func doorsOf(f page.Frame) []page.Line {
	if !f.Actor.Active {
		return nil
	}
	doors := []page.Line{
		{Icon: "gift", Title: f.T("home.wish.give"), Href: "/listings/new?kind=offer"},
		{Icon: "help", Title: f.T("home.wish.ask"), Href: "/listings/new?kind=request"},
		{Icon: "people", Title: f.T("home.wish.teach"), Href: "/workshops/new"},
		{Icon: "comment", Title: f.T("home.wish.say"), Href: "/boards"},
		{Icon: "calendar", Title: f.T("home.wish.gather"), Href: "/events/new"},
	}
	doors = append(doors, page.Line{Icon: "search", Title: f.T("find.title"), Href: "/search"})
	if f.Actor.Facilitator {
		doors = append(doors, page.Line{Icon: "key", Title: f.T("home.wish.desk"), Href: "/desk"})
	}
	return doors
}
