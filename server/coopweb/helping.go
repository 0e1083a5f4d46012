package coopweb

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/desk"
	"lien/coop/event"
	"lien/coop/exchange"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// helpedFrame is the frame of a page that stands before a member at the desk: it speaks
// their language, and what is "mine" on it is theirs.
func helpedFrame(c *fiber.Ctx, title string, args ...any) page.Frame {
	f := page.NewFrame(c, title, "", args...)
	f.Actor.Member = f.Actor.With
	return f
}

// actsPage is what can be carried for the member before the tablet.
type actsPage struct {
	page.Frame
	Agreements []exchange.Agreement // those that are not over
	Listings   []exchange.Listing
	Events     []event.Event
	Workshops  []exchange.Workshop // in which they have a seat, or wait for one
	Problem    string              // of the code of a receipt
}

// How many of each stand on the page: what is older is reached from a phone.
const (
	mostAgreements = 8
	mostListings   = 8
	mostEvents     = 5
)

// ShowActs shows what waits for the member, what is theirs, and what they may ask for.
func (w *Web) ShowActs(c *fiber.Ctx) error { return w.showActs(c, fiber.StatusOK, nil) }

func (w *Web) showActs(c *fiber.Ctx, status int, problems page.Problems) error {
	ctx, who := c.UserContext(), session.Of(c).Helped()
	p := actsPage{Frame: helpedFrame(c, "tablet.title"), Problem: problems["code"] + problems["act"]}
	list, err := w.Agreements.Mine(ctx, who, coop.AgreementID{})
	if err != nil {
		return err
	}
	for _, a := range list.Agreements {
		if !a.State.Final() && len(p.Agreements) < mostAgreements {
			p.Agreements = append(p.Agreements, a)
		}
	}
	mine, err := w.Listings.Mine(ctx, who)
	if err != nil {
		return err
	}
	for _, l := range mine {
		if l.State != exchange.Closed && !l.Several() && len(p.Listings) < mostListings {
			p.Listings = append(p.Listings, l)
		}
	}
	if p.Events, err = w.Events.Coming(ctx, who, event.After{}); err != nil {
		return err
	}
	p.Events = p.Events[:min(len(p.Events), mostEvents)]
	coming, err := w.Workshops.Coming(ctx, who)
	if err != nil {
		return err
	}
	for _, s := range coming {
		if s.Mine.Turn > 0 {
			p.Workshops = append(p.Workshops, s)
		}
	}
	return page.ShowStatus(c, status, ActsPage(p))
}

// EndsSoon reports whether the listing asks to be renewed.
func (p actsPage) EndsSoon(l exchange.Listing) bool {
	return l.Expired(p.Now()) || l.EndsSoon(p.Now())
}

// helpedAgreement is one agreement of the member before the tablet.
type helpedAgreement struct{ agreementPage }

// ShowHelpedAgreement shows an agreement of the member's, and its next steps.
func (w *Web) ShowHelpedAgreement(c *fiber.Ctx) error {
	return w.showHelpedAgreement(c, c.Params("id"), fiber.StatusOK, nil)
}

func (w *Web) showHelpedAgreement(c *fiber.Ctx, text string, status int, problems page.Problems) error {
	id, err := rule.ID[coop.AgreementID](text)
	if err != nil {
		return err
	}
	p := helpedAgreement{agreementPage{Frame: helpedFrame(c, "tablet.title"), Problems: problems}}
	if p.Agreement, err = w.Agreements.One(c.UserContext(), session.Of(c).Helped(), id); err != nil {
		return err
	}
	if !p.Agreement.Party(p.me()) {
		return rule.ErrNotFound
	}
	p.Spent = timeSpent{Chosen: p.Agreement.Planned, Other: c.FormValue("other"), Problem: problems["minutes"]}
	if p.Agreement.Claimed > 0 {
		p.Spent.Chosen = p.Agreement.Claimed
	}
	return page.ShowStatus(c, status, HelpedAgreementPage(p))
}

// shelfPage is what neighbours offer and look for, to the member before the tablet.
type shelfPage struct {
	page.Frame
	Listings []exchange.Listing
	Words    string
	Problem  string
}

// ShowShelf lists what others offer and look for. Words are sent, not part of an address.
func (w *Web) ShowShelf(c *fiber.Ctx) error {
	p := shelfPage{Frame: helpedFrame(c, "tablet.title"), Words: c.FormValue("words")}
	shelf, err := w.Listings.List(c.UserContext(), session.Of(c).Helped(), exchange.Search{Words: p.Words})
	if err != nil {
		return page.Refused(p.Frame.Words, err, func(problems page.Problems) error {
			p.Problem = problems["words"]
			return page.ShowStatus(c, fiber.StatusUnprocessableEntity, ShelfPage(p))
		})
	}
	for _, l := range shelf.Listings {
		if l.Owner.ID != p.Actor.Member {
			p.Listings = append(p.Listings, l)
		}
	}
	return page.Show(c, ShelfPage(p))
}

// answerAt is where the member before the tablet answers a listing.
func answerAt(l exchange.Listing) string {
	if l.Several() {
		return "/tablet/workshops/" + l.ID.String()
	}
	return "/tablet/listings/" + l.ID.String()
}

// ShowHelpedWorkshop shows an offer for several, and the seat or the turn of the member.
func (w *Web) ShowHelpedWorkshop(c *fiber.Ctx) error {
	return w.showHelpedWorkshop(c, c.Params("id"), fiber.StatusOK, nil)
}

func (w *Web) showHelpedWorkshop(c *fiber.Ctx, text string, status int, problems page.Problems) error {
	id, err := rule.ID[coop.ListingID](text)
	if err != nil {
		return err
	}
	p := workshopPage{Frame: helpedFrame(c, "tablet.title"), Problems: problems}
	p.Workshop, err = w.Workshops.One(c.UserContext(), session.Of(c).Helped(), id)
	if err != nil {
		return err
	}
	if p.hosts() {
		return rule.ErrNotFound
	}
	return page.ShowStatus(c, status, HelpedWorkshopPage(p))
}

// ShowHelpedProposal asks when, how long and where, for the member before the tablet.
func (w *Web) ShowHelpedProposal(c *fiber.Ctx) error {
	return w.showHelpedProposal(c, c.Params("id"), fiber.StatusOK, nil)
}

func (w *Web) showHelpedProposal(c *fiber.Ctx, text string, status int, problems page.Problems) error {
	id, err := rule.ID[coop.ListingID](text)
	if err != nil {
		return err
	}
	listing, err := w.Listings.One(c.UserContext(), session.Of(c).Helped(), id)
	if err != nil {
		return err
	}
	p := proposeForm{Frame: helpedFrame(c, "tablet.title"), Listing: listing, With: listing.Owner, Problems: problems, About: c.FormValue("about")}
	if listing.Owner.ID == p.Actor.Member || listing.Several() {
		return rule.ErrNotFound
	}
	p.Giving = listing.Kind == exchange.Request
	p.Plan = newPlan(p.Words, listing.Minutes)
	if problems != nil {
		p.Plan = keptPlan(c, p.Words, p.Giving, problems)
	}
	return page.ShowStatus(c, status, HelpedProposalPage(p))
}

// ShowHelpedListing shows the empty form of a listing.
func (w *Web) ShowHelpedListing(c *fiber.Ctx) error {
	return w.showHelpedListing(c, fiber.StatusOK, nil)
}

func (w *Web) showHelpedListing(c *fiber.Ctx, status int, problems page.Problems) error {
	p := listingForm{Frame: helpedFrame(c, "tablet.title"), Problems: problems}
	p.Draft = exchange.Draft{
		Kind: exchange.Kind(c.FormValue("sort")), Category: exchange.Category(c.FormValue("category")),
		Title: c.FormValue("title"), Details: c.FormValue("details"),
	}
	p.Draft.Minutes, _ = strconv.ParseInt(c.FormValue("minutes"), 10, 32) // what is none was refused, with a sentence
	return page.ShowStatus(c, status, HelpedListingPage(p))
}

// ShowHelpedEvent shows one event and asks whether the member comes.
func (w *Web) ShowHelpedEvent(c *fiber.Ctx) error {
	return w.showHelpedEvent(c, c.Params("id"), fiber.StatusOK, nil)
}

func (w *Web) showHelpedEvent(c *fiber.Ctx, text string, status int, problems page.Problems) error {
	id, err := rule.ID[coop.EventID](text)
	if err != nil {
		return err
	}
	e, err := w.Events.Show(c.UserContext(), session.Of(c).Helped(), id)
	if err != nil {
		return err
	}
	p := eventPageOf(helpedFrame(c, "tablet.title"), e)
	p.Problems = problems
	return page.ShowStatus(c, status, HelpedEventPage(p))
}

// helpedGift asks to whom and how much.
type helpedGift struct {
	page.Frame
	To       string
	Fund     bool
	Spent    timeSpent
	Problems page.Problems
}

// ShowHelpedGift asks to whom the member gives hours.
func (w *Web) ShowHelpedGift(c *fiber.Ctx) error { return w.showHelpedGift(c, fiber.StatusOK, nil) }

func (w *Web) showHelpedGift(c *fiber.Ctx, status int, problems page.Problems) error {
	p := helpedGift{Frame: helpedFrame(c, "tablet.title"), To: c.FormValue("to"), Fund: c.FormValue("fund") != "", Problems: problems}
	p.Spent = timeSpent{Chosen: 60, Other: c.FormValue("other"), Problem: problems["minutes"]}
	return page.ShowStatus(c, status, HelpedGiftPage(p))
}

// retry shows again the form that a rule refused, with what was typed. What has no form of
// its own is shown on the member's page.
func (w *Web) retry(c *fiber.Ctx, kind desk.Kind, problems page.Problems) error {
	id, status := c.FormValue("id"), fiber.StatusUnprocessableEntity
	switch kind {
	case desk.Publish:
		return w.showHelpedListing(c, status, problems)
	case desk.Propose:
		return w.showHelpedProposal(c, id, status, problems)
	case desk.Claim, desk.Confirm:
		return w.showHelpedAgreement(c, id, status, problems)
	case desk.Give:
		return w.showHelpedGift(c, status, problems)
	case desk.Come, desk.StayAway:
		return w.showHelpedEvent(c, id, status, problems)
	case desk.Join, desk.Leave:
		return w.showHelpedWorkshop(c, id, status, problems)
	case desk.Rest:
		return w.showHelpedRest(c, status, problems)
	case desk.Accept:
		return w.showHelpedCharter(c, status, problems)
	case desk.Redeem:
		return w.showHelpedCheque(c, status, problems)
	}
	for _, sentence := range problems {
		return w.showActs(c, status, page.Problems{"act": sentence})
	}
	return rule.ErrMoved
}
