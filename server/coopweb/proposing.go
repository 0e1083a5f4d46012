package coopweb

import (
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/exchange"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// proposeForm asks what, when, how long and where: all of it by taps. It answers a
// listing, or goes to a neighbour when the listing is zero.
type proposeForm struct {
	page.Frame
	Listing  exchange.Listing
	With     exchange.Person
	Key      string
	Giving   bool
	Category exchange.Category
	Bring    []exchange.Thing
	About    string
	Plan     planForm
	Problems page.Problems
}

// counterForm asks for another time or place.
type counterForm struct {
	page.Frame
	Agreement exchange.Agreement
	Seen      int
	Plan      planForm
}

// metPage is the neighbours whom the reader has met.
type metPage struct {
	page.Frame
	People []exchange.Person
}

// ShowMet lists the neighbours whom one may propose something to without a listing.
func (w *Web) ShowMet(c *fiber.Ctx) error {
	people, err := w.Agreements.Met(c.UserContext(), session.Of(c).Coop())
	if err != nil {
		return err
	}
	return page.Show(c, MetPage(metPage{Frame: page.NewFrame(c, "agreement.met.title", "listings"), People: people}))
}

// NewAgreement shows the form that answers a listing.
func (w *Web) NewAgreement(c *fiber.Ctx) error {
	p, err := w.answerForm(c)
	if err != nil {
		return err
	}
	if p.Listing.Owner.ID == session.Of(c).Member {
		return rule.ErrNotFound
	}
	p.Key, p.Plan = page.NewKey(), newPlan(p.Words, p.Listing.Minutes)
	return page.Show(c, ProposeForm(p))
}

// ProposeAgreement answers a listing and shows what became of it.
func (w *Web) ProposeAgreement(c *fiber.Ctx) error {
	id, err := rule.ID[coop.ListingID](c.Params("id"))
	if err != nil {
		return err
	}
	return w.propose(c, exchange.Proposal{Listing: id}, w.answerForm)
}

// NewProposal shows the form that goes to a neighbour, without a listing.
func (w *Web) NewProposal(c *fiber.Ctx) error {
	p, err := w.neighbourForm(c)
	if err != nil {
		return err
	}
	p.Key, p.Plan = page.NewKey(), newPlan(p.Words, 0)
	return page.Show(c, ProposeForm(p))
}

// ProposeToNeighbour proposes something to a neighbour, without a listing.
func (w *Web) ProposeToNeighbour(c *fiber.Ctx) error {
	id, err := rule.ID[coop.MemberID](c.Params("id"))
	if err != nil {
		return err
	}
	with := exchange.Proposal{With: id, Giving: c.FormValue("way") == "give", Category: exchange.Category(c.FormValue("category"))}
	return w.propose(c, with, w.neighbourForm)
}

// propose sends what the form holds; what a rule refuses is shown in the form again.
func (w *Web) propose(c *fiber.Ctx, p exchange.Proposal, form func(*fiber.Ctx) (proposeForm, error)) error {
	f, err := form(c)
	if err != nil {
		return err
	}
	gives := f.Giving || p.Giving
	p, err = proposalOf(c, p, gives)
	var agreement coop.AgreementID
	if err == nil {
		agreement, err = w.Agreements.Propose(c.UserContext(), session.Of(c).Coop(), p)
	}
	problems, refused := page.ProblemsOf(f.Words, err)
	if !refused {
		return w.afterStep(c, agreement, err)
	}
	f.Key, f.Problems, f.Plan = page.KeptKey(c), problems, keptPlan(c, f.Words, gives, problems)
	f.About, f.Giving, f.Category, f.Bring = c.FormValue("about"), gives, p.Category, thingsOf(c)
	return page.ShowStatus(c, fiber.StatusUnprocessableEntity, ProposeForm(f))
}

func (w *Web) answerForm(c *fiber.Ctx) (p proposeForm, err error) {
	if p.Listing, err = w.listing(c); err != nil {
		return p, err
	}
	if p.Listing.Several() {
		return p, rule.ErrNotFound // one takes a seat in it
	}
	p.With = p.Listing.Owner
	p.Giving = p.Listing.Kind == exchange.Request
	p.Frame = page.NewFrame(c, "agreement.propose.title_"+string(p.Listing.Kind), "listings", "Name", p.With.Name)
	return p, nil
}

func (w *Web) neighbourForm(c *fiber.Ctx) (p proposeForm, err error) {
	id, err := rule.ID[coop.MemberID](c.Params("id"))
	if err != nil {
		return p, err
	}
	if p.With, err = w.Agreements.Neighbour(c.UserContext(), session.Of(c).Coop(), id); err != nil {
		return p, err
	}
	p.Frame = page.NewFrame(c, "agreement.propose.title", "listings", "Name", p.With.Name)
	return p, nil
}

// proposalOf reads the form; the day and the hour are the neighbourhood's.
func proposalOf(c *fiber.Ctx, p exchange.Proposal, gives bool) (_ exchange.Proposal, err error) {
	p.About, p.Language, p.Bring = c.FormValue("about"), page.WordsOf(c).Lang(), thingsOf(c)
	if p.Plan, err = planOf(c, gives); err != nil {
		return p, err
	}
	p.Key, err = rule.Key(c.FormValue("key"))
	return p, err
}

func thingsOf(c *fiber.Ctx) (things []exchange.Thing) {
	for _, value := range c.Context().PostArgs().PeekMulti("bring") {
		if thing := exchange.Thing(value); slices.Contains(exchange.Things(), thing) {
			things = append(things, thing)
		}
	}
	return things
}

// NewCounter shows the form of another time or place instead.
func (w *Web) NewCounter(c *fiber.Ctx) error {
	p, err := w.counterForm(c)
	if err != nil {
		return err
	}
	a, at := p.Agreement, p.Agreement.PlannedAt.In(p.Zone())
	p.Plan = planForm{Words: p.Words, Day: at.Format(time.DateOnly), Clock: at.Format(clock), Meeting: a.Meeting, Spent: timeSpent{Chosen: a.Planned}}
	return page.Show(c, CounterForm(p))
}

// Counter answers a proposal with another one.
func (w *Web) Counter(c *fiber.Ctx) error {
	id, seen, err := stepOf(c)
	if err != nil {
		return err
	}
	a, err := w.agreement(c)
	if err != nil {
		return err
	}
	gives := a.Gives(session.Of(c).Member)
	plan, err := planOf(c, gives)
	if err == nil {
		_, err = w.Agreements.Counter(c.UserContext(), session.Of(c).Coop(), id, seen, plan)
	}
	problems, refused := page.ProblemsOf(page.WordsOf(c), err)
	if !refused {
		return w.afterStep(c, id, err)
	}
	p, err := w.counterForm(c)
	if err != nil {
		return err
	}
	p.Seen, p.Plan = seen, keptPlan(c, p.Words, gives, problems)
	return page.ShowStatus(c, fiber.StatusUnprocessableEntity, CounterForm(p))
}

func (w *Web) counterForm(c *fiber.Ctx) (p counterForm, err error) {
	if p.Agreement, err = w.agreement(c); err != nil {
		return p, err
	}
	me := session.Of(c).Member
	if !p.Agreement.May(exchange.ToCounter, me, false, w.Agreements.Now()) {
		return p, rule.ErrMoved
	}
	p.Frame, p.Seen = page.NewFrame(c, "agreement.counter.title", "listings"), p.Agreement.Steps
	return p, nil
}

func (p counterForm) other() exchange.Person { return p.Agreement.Other(p.Actor.Member) }
