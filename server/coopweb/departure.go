package coopweb

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/departure"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// leavePage is what the reader's own departure has to settle, before and after their word.
type leavePage struct {
	page.Frame
	Settlement departure.Settlement
	Departure  departure.Departure
	Begun      bool
	Erase      bool // what is chosen for their traces
	Problems   page.Problems
}

// ShowLeave lists what leaving the cooperative settles, before it is done and after.
func (w *Web) ShowLeave(c *fiber.Ctx) error { return w.showLeave(c, fiber.StatusOK, nil) }

func (w *Web) showLeave(c *fiber.Ctx, status int, problems page.Problems) error {
	ctx, actor := c.UserContext(), session.Of(c).Coop()
	p := leavePage{Frame: page.NewFrame(c, "me.leave.title", "me"), Problems: problems}
	var err error
	if p.Settlement, err = w.Departures.Settle(ctx, actor, actor.Member); err != nil {
		return err
	}
	if p.Departure, p.Begun, err = w.Departures.Mine(ctx, actor); err != nil {
		return err
	}
	p.Erase = p.Departure.Erase
	if status != fiber.StatusOK {
		p.Erase = c.FormValue("traces") == "erase"
	}
	return page.ShowStatus(c, status, LeavePage(p))
}

// Leave begins the reader's departure, or changes their wish.
func (w *Web) Leave(c *fiber.Ctx) error {
	wish := departure.Wish{Choice: departure.ToFund, Erase: c.FormValue("traces") == "erase"}
	if heir, err := rule.ID[coop.MemberID](c.FormValue("choice")); err == nil {
		wish.Choice, wish.Heir = departure.ToHousehold, heir
	}
	if err := w.Departures.Begin(c.UserContext(), session.Of(c).Coop(), wish); err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error {
			return w.showLeave(c, fiber.StatusUnprocessableEntity, p)
		})
	}
	return c.Redirect("/me/leave", fiber.StatusSeeOther)
}

// departuresPage is who leaves, and who left lately.
type departuresPage struct {
	page.Frame
	Open, Closed []page.Line
}

// ShowDepartures lists the departures under way, and the latest that were closed.
func (w *Web) ShowDepartures(c *fiber.Ctx) error {
	list, err := w.Departures.List(c.UserContext(), session.Of(c).Coop())
	if err != nil {
		return err
	}
	p := departuresPage{Frame: page.NewFrame(c, "departure.title", "home")}
	for _, d := range list {
		line := page.Line{Icon: "leave", Title: nameOrGone(p.Words, d.Name), Href: "/desk/departures/" + d.ID.String()}
		if d.ClosedAt.IsZero() {
			line.Note = p.T("departure.since", "Date", p.Date(d.BeganAt))
			p.Open = append(p.Open, line)
			continue
		}
		line.Note = p.T("departure.closed_on", "Date", p.Date(d.ClosedAt))
		p.Closed = append(p.Closed, line)
	}
	return page.Show(c, DeparturesPage(p))
}

func nameOrGone(w page.Words, name string) string {
	if name == "" {
		return w.T("agreement.gone")
	}
	return name
}

// departurePage is one departure at the desk.
type departurePage struct {
	page.Frame
	Departure  departure.Departure
	Settlement departure.Settlement
	Rules      []departure.Rule
	Chosen     string
	Typed      string // the member's number
	Problems   page.Problems
}

// ShowDeparture shows what one departure still has to settle.
func (w *Web) ShowDeparture(c *fiber.Ctx) error { return w.showDeparture(c, fiber.StatusOK, nil) }

func (w *Web) showDeparture(c *fiber.Ctx, status int, problems page.Problems) error {
	ctx, actor := c.UserContext(), session.Of(c).Coop()
	id, err := rule.ID[coop.DepartureID](c.Params("id"))
	if err != nil {
		return err
	}
	p := departurePage{Frame: page.NewFrame(c, "departure.single", "home"), Problems: problems, Chosen: typed(c, "rule"), Typed: typed(c, "number")}
	if p.Departure, err = w.Departures.One(ctx, actor, id); err != nil {
		return err
	}
	p.Title = nameOrGone(p.Words, p.Departure.Name)
	if p.Departure.ClosedAt.IsZero() {
		if p.Settlement, err = w.Departures.Settle(ctx, actor, p.Departure.Member); err != nil {
			return err
		}
		if p.Rules, err = w.Departures.Rules(ctx, actor); err != nil {
			return err
		}
	}
	return page.ShowStatus(c, status, DeparturePage(p))
}

// CloseDeparture ends a departure: the hours find their place, and the member has left.
func (w *Web) CloseDeparture(c *fiber.Ctx) error {
	id, err := rule.ID[coop.DepartureID](c.Params("id"))
	if err != nil {
		return err
	}
	by, _ := rule.ID[coop.LeavingRuleID](c.FormValue("rule")) // none: a debt then asks for one
	if err := w.Departures.Close(c.UserContext(), session.Of(c).Coop(), id, by); err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error {
			return w.showDeparture(c, fiber.StatusUnprocessableEntity, p)
		})
	}
	return c.Redirect("/desk/departures/"+id.String(), fiber.StatusSeeOther)
}

// EraseTraces writes down that somebody asked to be erased, by their own number.
func (w *Web) EraseTraces(c *fiber.Ctx) error { return w.traces(c, w.Departures.AskErasing) }

// KeepTraces writes down that somebody changed their mind, by their own number.
func (w *Web) KeepTraces(c *fiber.Ctx) error { return w.traces(c, w.Departures.CallOffErasing) }

func (w *Web) traces(c *fiber.Ctx, do func(context.Context, coop.Actor, coop.DepartureID, int64) error) error {
	id, err := rule.ID[coop.DepartureID](c.Params("id"))
	if err != nil {
		return err
	}
	number, _ := strconv.ParseInt(strings.TrimSpace(c.FormValue("number")), 10, 64) // what is no number is nobody's
	if err := do(c.UserContext(), session.Of(c).Coop(), id, number); err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error {
			return w.showDeparture(c, fiber.StatusUnprocessableEntity, p)
		})
	}
	return c.Redirect("/desk/departures/"+id.String(), fiber.StatusSeeOther)
}

// departureRulesPage is the voted rules by which a debt is written off.
type departureRulesPage struct {
	page.Frame
	Rules              []departure.Rule
	Words, Most, Voted string
	Key                string
	Problems           page.Problems
}

// ShowDepartureRules lists the voted rules, and lets one be written down.
func (w *Web) ShowDepartureRules(c *fiber.Ctx) error {
	return w.showDepartureRules(c, fiber.StatusOK, nil)
}

func (w *Web) showDepartureRules(c *fiber.Ctx, status int, problems page.Problems) error {
	p := departureRulesPage{Frame: page.NewFrame(c, "departure.rules.title", "home"), Problems: problems, Key: page.NewKey()}
	p.Voted = p.Now().In(p.Zone()).Format(time.DateOnly)
	if status != fiber.StatusOK {
		p.Words, p.Most, p.Voted = typed(c, "words"), typed(c, "most"), typed(c, "voted")
	}
	var err error
	if p.Rules, err = w.Departures.Rules(c.UserContext(), session.Of(c).Coop()); err != nil {
		return err
	}
	return page.ShowStatus(c, status, DepartureRulesPage(p))
}

func typed(c *fiber.Ctx, name string) string { return strings.ToValidUTF8(c.FormValue(name), "") }

// VoteDepartureRule writes a voted rule down.
func (w *Web) VoteDepartureRule(c *fiber.Ctx) error {
	err := w.voteDepartureRule(c)
	if err == nil {
		return c.Redirect("/desk/departures/rules", fiber.StatusSeeOther)
	}
	return page.Refused(page.WordsOf(c), err, func(p page.Problems) error {
		return w.showDepartureRules(c, fiber.StatusUnprocessableEntity, p)
	})
}

func (w *Web) voteDepartureRule(c *fiber.Ctx) error {
	key, err := rule.Key(c.FormValue("key"))
	if err != nil {
		return err
	}
	hours, err := strconv.ParseInt(strings.TrimSpace(c.FormValue("most")), 10, 16)
	if err != nil {
		return rule.Broken("most", "departure.most")
	}
	voted, err := time.Parse(time.DateOnly, c.FormValue("voted"))
	if err != nil {
		return rule.Broken("voted", "departure.voted_when")
	}
	return w.Departures.Vote(c.UserContext(), session.Of(c).Coop(), key, departure.Rule{Words: c.FormValue("words"), Most: hours * 60, VotedOn: voted})
}

// openIcon is the sign of one sort of open thing.
func openIcon(kind string) string {
	icons := map[string]string{
		"agreements": "help", "claims": "clock", "cheques": "paper", "places": "calendar", "events": "calendar",
		"bookings": "key", "proxies": "vote", "loans": "box", "listings": "board", "household": "home", "parting": "home", "roles": "person",
	}
	return icons[kind]
}

// ends are the things that leaving calls off by itself, or those that people have to end.
func ends(s departure.Settlement, itself bool) (list []departure.Thing) {
	for _, t := range s.Things {
		if t.Ends == itself {
			list = append(list, t)
		}
	}
	return list
}

// remains says what is left of the hours, to the reader or about somebody.
func remains(w page.Words, minutes int64) string {
	switch {
	case minutes > 0:
		return w.T("departure.remains", "Length", w.Hours(minutes))
	case minutes < 0:
		return w.T("departure.owed", "Length", w.Hours(-minutes))
	}
	return w.T("departure.even")
}

// choices are where what remains may go.
func (p leavePage) choices() page.Choices {
	c := page.Choices{Name: "choice", Legend: p.T("departure.where"), Class: "list", Problem: p.Problems["choice"]}
	c.Options = append(c.Options, page.Choice{Value: "fund", Label: p.T("departure.to_fund"), Chosen: p.Departure.Choice != departure.ToHousehold})
	for _, heir := range p.Settlement.Heirs {
		c.Options = append(c.Options, page.Choice{Value: heir.ID.String(), Label: p.T("departure.to_heir", "Name", page.Name(heir.Name).Apart()), Chosen: p.Departure.Heir == heir.ID})
	}
	return c
}

// traces are what may become of what the reader wrote.
func (p leavePage) traces() page.Choices {
	return page.Choices{Name: "traces", Legend: p.T("departure.traces.wish"), Class: "list", Options: []page.Choice{
		{Value: "keep", Label: p.T("departure.traces.keep"), Chosen: !p.Erase},
		{Value: "erase", Label: p.T("departure.traces.erase"), Chosen: p.Erase},
	}}
}

// chosenWords says what the member chose for what remains.
func (p departurePage) chosenWords() string {
	if p.Departure.Choice == departure.ToHousehold {
		return p.T("departure.to_heir", "Name", page.Name(p.Departure.HeirName).Apart())
	}
	return p.T("departure.to_fund")
}

// doneWords says what became of the hours.
func (p departurePage) doneWords() string {
	return p.T("departure.done_"+string(p.Departure.Choice), "Length", p.Hours(max(p.Departure.Remaining, -p.Departure.Remaining)), "Name", page.Name(p.Departure.HeirName).Apart())
}

// tracesAct is what can be written down about somebody's traces.
func (p departurePage) tracesAct() string {
	if p.Departure.MayAsk() {
		return "erase"
	}
	return "keep"
}

// numberHint says who gives the number: the person, or their family.
func (p departurePage) numberHint() string {
	if p.died() {
		return "departure.absence.number_hint"
	}
	return "departure.traces.number_hint"
}

func (p departurePage) died() bool { return p.Departure.Because == departure.Died }

// tracesKey is the sentence about somebody's traces, or the one for when they have died.
func (p departurePage) tracesKey(key, died string) string {
	if p.died() {
		key = died
	}
	return "departure.traces." + key
}
