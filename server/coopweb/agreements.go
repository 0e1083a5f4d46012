package coopweb

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/exchange"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// proposeForm asks when, how long and where, for one listing.
type proposeForm struct {
	page.Frame
	Listing    exchange.Listing
	Key        string
	About      string
	Date, Time string
	Meeting    exchange.Meeting
	Spent      timeSpent
	Problems   page.Problems
}

// agreementPage is one agreement as one of the two sees it.
type agreementPage struct {
	page.Frame
	Agreement exchange.Agreement
	Events    []exchange.Event
	Spent     timeSpent
	Problems  page.Problems
}

// disputeForm asks what happened instead.
type disputeForm struct {
	page.Frame
	Agreement exchange.Agreement
	Seen      int
	Typed     string
	Problems  page.Problems
}

// myAgreementsPage is the reader's own agreements, newest first.
type myAgreementsPage struct {
	page.Frame
	List exchange.List
}

// NewAgreement shows the form that answers a listing.
func (w *Web) NewAgreement(c *fiber.Ctx) error {
	listing, err := w.listing(c)
	if err != nil {
		return err
	}
	if listing.Owner.ID == session.Of(c).Member {
		return rule.ErrNotFound
	}
	p := newProposeForm(c, listing)
	tomorrow := p.Now().AddDate(0, 0, 1)
	p.Key, p.Date, p.Time, p.Meeting = page.NewKey(), tomorrow.Format(time.DateOnly), "18:00", exchange.CommonRoom
	if p.Spent.Chosen = listing.Minutes; p.Spent.Chosen == 0 {
		p.Spent.Chosen = 60
	}
	return page.Show(c, ProposeForm(p))
}

// ProposeAgreement proposes and shows what became of it.
func (w *Web) ProposeAgreement(c *fiber.Ctx) error {
	id, err := rule.ID[coop.ListingID](c.Params("id"))
	if err != nil {
		return err
	}
	proposal, err := proposalOf(c, id)
	var agreement coop.AgreementID
	if err == nil {
		agreement, err = w.Agreements.Propose(c.UserContext(), session.Of(c).Coop(), proposal)
	}
	problems, refused := page.ProblemsOf(page.WordsOf(c), err)
	if refused {
		return w.refuseProposal(c, proposal, problems)
	}
	if err != nil {
		return err
	}
	return c.Redirect("/agreements/"+agreement.String(), fiber.StatusSeeOther)
}

func (w *Web) refuseProposal(c *fiber.Ctx, proposal exchange.Proposal, problems page.Problems) error {
	listing, err := w.listing(c)
	if err != nil {
		return err
	}
	p := newProposeForm(c, listing)
	p.Key, p.Problems = keptKey(c), problems
	p.About, p.Date, p.Time, p.Meeting = c.FormValue("about"), c.FormValue("date"), c.FormValue("time"), proposal.Meeting
	p.Spent = timeSpent{Chosen: proposal.Minutes, Other: c.FormValue("other"), Problem: problems["minutes"]}
	return page.ShowStatus(c, fiber.StatusUnprocessableEntity, ProposeForm(p))
}

func newProposeForm(c *fiber.Ctx, listing exchange.Listing) proposeForm {
	return proposeForm{Frame: page.NewFrame(c, "agreement.propose.title_"+string(listing.Kind), "listings", "Name", listing.Owner.Name), Listing: listing}
}

// proposalOf reads the form; the day and the hour are the neighbourhood's.
func proposalOf(c *fiber.Ctx, listing coop.ListingID) (p exchange.Proposal, err error) {
	w := page.WordsOf(c)
	p = exchange.Proposal{Listing: listing, About: c.FormValue("about"), Language: w.Lang(), Meeting: exchange.Meeting(c.FormValue("meeting"))}
	if p.Minutes, err = minutesOf(c); err != nil {
		return p, err
	}
	if p.PlannedAt, err = momentOf(c, w.Zone()); err != nil {
		return p, err
	}
	p.Key, err = rule.Key(c.FormValue("key"))
	return p, err
}

// momentOf reads a day and an hour; an hour that the clock jumps over is refused.
func momentOf(c *fiber.Ctx, zone *time.Location) (time.Time, error) {
	const layout = "2006-01-02 15:04"
	text := strings.TrimSpace(c.FormValue("date")) + " " + strings.TrimSpace(c.FormValue("time"))
	t, err := time.ParseInLocation(layout, text, zone)
	if err != nil || t.Format(layout) != text {
		return t, rule.Broken("when", "agreement.when_missing")
	}
	return t, nil
}

// ShowAgreement shows an agreement of the reader's own.
func (w *Web) ShowAgreement(c *fiber.Ctx) error {
	p, err := w.agreementPage(c)
	if err != nil {
		return err
	}
	return page.Show(c, AgreementPage(p))
}

// ShowMyAgreements lists the reader's own agreements.
func (w *Web) ShowMyAgreements(c *fiber.Ctx) error {
	var before coop.AgreementID
	if text := c.Query("before"); text != "" {
		var err error
		if before, err = rule.ID[coop.AgreementID](text); err != nil {
			return err
		}
	}
	list, err := w.Agreements.Mine(c.UserContext(), session.Of(c).Coop(), before)
	if err != nil {
		return err
	}
	return page.Show(c, MyAgreementsPage(myAgreementsPage{Frame: page.NewFrame(c, "agreement.mine.title", "listings"), List: list}))
}

// Agree says yes to a proposal.
func (w *Web) Agree(c *fiber.Ctx) error { return w.stepAgreement(c, w.Agreements.Agree) }

// Decline says no to a proposal.
func (w *Web) Decline(c *fiber.Ctx) error { return w.stepAgreement(c, w.Agreements.Decline) }

// CancelAgreement takes a proposal back or calls an agreement off.
func (w *Web) CancelAgreement(c *fiber.Ctx) error { return w.stepAgreement(c, w.Agreements.Cancel) }

// AcceptFigure ends a dispute with the other one's figure.
func (w *Web) AcceptFigure(c *fiber.Ctx) error { return w.stepAgreement(c, w.Agreements.Accept) }

// Claim says that it is done and how long it took.
func (w *Web) Claim(c *fiber.Ctx) error { return w.stepWithTime(c, w.Agreements.Claim) }

// Confirm answers how long it took.
func (w *Web) Confirm(c *fiber.Ctx) error { return w.stepWithTime(c, w.Agreements.Confirm) }

// NewDispute asks what happened instead.
func (w *Web) NewDispute(c *fiber.Ctx) error {
	a, err := w.agreement(c)
	if err != nil {
		return err
	}
	me := session.Of(c).Member
	if !a.Party(me) || !a.May(exchange.ToDispute, me, false, w.Agreements.Now()) {
		return rule.ErrMoved
	}
	return page.Show(c, DisputeForm(newDisputeForm(c, a, a.Steps)))
}

// Dispute tells that a claim is not what happened.
func (w *Web) Dispute(c *fiber.Ctx) error {
	id, seen, err := stepOf(c)
	if err != nil {
		return err
	}
	_, err = w.Agreements.Dispute(c.UserContext(), session.Of(c).Coop(), id, seen, c.FormValue("words"))
	problems, refused := page.ProblemsOf(page.WordsOf(c), err)
	if !refused {
		return afterStep(c, id, err)
	}
	a, err := w.agreement(c)
	if err != nil {
		return err
	}
	p := newDisputeForm(c, a, seen)
	p.Typed, p.Problems = c.FormValue("words"), problems
	return page.ShowStatus(c, fiber.StatusUnprocessableEntity, DisputeForm(p))
}

func newDisputeForm(c *fiber.Ctx, a exchange.Agreement, seen int) disputeForm {
	return disputeForm{Frame: page.NewFrame(c, "agreement.dispute.title", "listings"), Agreement: a, Seen: seen}
}

func (w *Web) agreement(c *fiber.Ctx) (exchange.Agreement, error) {
	id, err := rule.ID[coop.AgreementID](c.Params("id"))
	if err != nil {
		return exchange.Agreement{}, err
	}
	return w.Agreements.One(c.UserContext(), session.Of(c).Coop(), id)
}

// agreementPage reads what the page shows. A facilitator who is neither of the two has a
// page of their own at the desk.
func (w *Web) agreementPage(c *fiber.Ctx) (p agreementPage, err error) {
	p.Frame = page.NewFrame(c, "agreement.title", "listings")
	if p.Agreement, err = w.agreement(c); err != nil {
		return p, err
	}
	if !p.Agreement.Party(p.Actor.Member) {
		return p, rule.ErrNotFound
	}
	p.Title = p.Agreement.About
	p.Spent.Chosen = p.Agreement.Planned
	if p.Agreement.Claimed > 0 {
		p.Spent.Chosen = p.Agreement.Claimed
	}
	p.Events, err = w.Agreements.Events(c.UserContext(), session.Of(c).Coop(), p.Agreement.ID)
	return p, err
}

type step func(context.Context, coop.Actor, coop.AgreementID, int) (exchange.Agreement, error)

type timedStep func(context.Context, coop.Actor, coop.AgreementID, int, int64) (exchange.Agreement, error)

func (w *Web) stepAgreement(c *fiber.Ctx, take step) error {
	id, seen, err := stepOf(c)
	if err != nil {
		return err
	}
	_, err = take(c.UserContext(), session.Of(c).Coop(), id, seen)
	return w.showRefusal(c, id, err)
}

func (w *Web) stepWithTime(c *fiber.Ctx, take timedStep) error {
	id, seen, err := stepOf(c)
	if err != nil {
		return err
	}
	minutes, err := minutesOf(c)
	if err == nil {
		_, err = take(c.UserContext(), session.Of(c).Coop(), id, seen, minutes)
	}
	return w.showRefusal(c, id, err)
}

// showRefusal shows the agreement again with what was typed when a rule refused a field,
// and goes back to it when the step was taken.
func (w *Web) showRefusal(c *fiber.Ctx, id coop.AgreementID, err error) error {
	problems, refused := page.ProblemsOf(page.WordsOf(c), err)
	if !refused {
		return afterStep(c, id, err)
	}
	p, err := w.agreementPage(c)
	if err != nil {
		return err
	}
	p.Problems = problems
	p.Spent.Other, p.Spent.Problem = c.FormValue("other"), problems["minutes"]
	if tapped, err := strconv.ParseInt(c.FormValue("minutes"), 10, 32); err == nil {
		p.Spent.Chosen = tapped
	}
	return page.ShowStatus(c, fiber.StatusUnprocessableEntity, AgreementPage(p))
}

func afterStep(c *fiber.Ctx, id coop.AgreementID, err error) error {
	if err != nil {
		return err
	}
	return c.Redirect("/agreements/"+id.String(), fiber.StatusSeeOther)
}

// stepOf reads which agreement is meant, and how many of its steps the page had seen.
func stepOf(c *fiber.Ctx) (id coop.AgreementID, seen int, err error) {
	if id, err = rule.ID[coop.AgreementID](c.Params("id")); err != nil {
		return id, 0, err
	}
	n, err := strconv.ParseUint(c.FormValue("seen"), 10, 16)
	if err != nil {
		return id, 0, rule.ErrMoved
	}
	return id, int(n), nil
}
