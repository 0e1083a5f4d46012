package coopweb

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/exchange"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// workshopPage is an offer for several at once: what, when, where, and the reader's seat.
// Came is what its host ticked and was refused.
type workshopPage struct {
	page.Frame
	Workshop exchange.Workshop
	Came     []coop.MemberID
	Spent    timeSpent
	Typed    string
	Plan     planForm // the other day, as its host chose it
	Problems page.Problems
}

// workshopForm is an offer for several being written.
type workshopForm struct {
	page.Frame
	Key      string
	Draft    exchange.Draft
	Seats    seatsAsked
	Least    seatsAsked
	Plan     planForm
	Problems page.Problems
}

// seatsAsked is a number of people, tapped or typed.
type seatsAsked struct {
	Chosen int
	Other  string
}

// NewWorkshop shows the empty form of an offer for several.
func (w *Web) NewWorkshop(c *fiber.Ctx) error {
	p := workshopForm{Frame: page.NewFrame(c, "workshop.form.title", "listings"), Key: page.NewKey()}
	p.Plan, p.Seats.Chosen, p.Least.Chosen = newPlan(p.Words, 90), 8, 3
	return page.Show(c, WorkshopForm(p))
}

// AnnounceWorkshop puts an offer for several up and shows it.
func (w *Web) AnnounceWorkshop(c *fiber.Ctx) error {
	form, err := invitationOf(c)
	var id coop.ListingID
	if err == nil {
		id, err = w.Workshops.Announce(c.UserContext(), session.Of(c).Coop(), form)
	}
	if err == nil {
		return c.Redirect(workshopPath(id), fiber.StatusSeeOther)
	}
	return page.Refused(page.WordsOf(c), err, func(problems page.Problems) error {
		p := workshopForm{Frame: page.NewFrame(c, "workshop.form.title", "listings"), Key: page.KeptKey(c), Draft: form.Draft, Problems: problems}
		p.Plan = keptPlan(c, p.Words, true, problems)
		p.Seats, p.Least = seatsOf(c, "seats"), seatsOf(c, "least")
		return page.ShowStatus(c, fiber.StatusUnprocessableEntity, WorkshopForm(p))
	})
}

// invitationOf reads the form; what could be read of it is kept beside what could not.
func invitationOf(c *fiber.Ctx) (form exchange.Invitation, err error) {
	form.Draft = exchange.Draft{
		Kind: exchange.Offer, Category: exchange.Category(c.FormValue("category")),
		Title: c.FormValue("title"), Details: c.FormValue("details"), Language: page.WordsOf(c).Lang(),
	}
	for _, tongue := range c.Context().PostArgs().PeekMulti("spoken") {
		form.Spoken = append(form.Spoken, string(tongue))
	}
	if form.Key, err = rule.Key(c.FormValue("key")); err != nil {
		return form, err
	}
	plan, err := planOf(c, true)
	if err != nil {
		return form, err
	}
	form.StartsAt, form.Minutes, form.Meeting = plan.PlannedAt, plan.Minutes, plan.Meeting
	form.Seats, form.Least = seatsOf(c, "seats").people(), seatsOf(c, "least").people()
	return form, nil
}

// seatsOf reads a number of people: what was typed goes before a tap.
func seatsOf(c *fiber.Ctx, name string) (asked seatsAsked) {
	asked.Other = strings.ToValidUTF8(strings.TrimSpace(c.FormValue(name+"_other")), "")
	asked.Chosen, _ = strconv.Atoi(c.FormValue(name)) // what is no number is nobody, which the rule refuses
	return asked
}

func (s seatsAsked) people() int {
	if s.Other == "" {
		return s.Chosen
	}
	n, _ := strconv.Atoi(s.Other) // as above
	return n
}

// ShowWorkshop shows one offer for several with what the reader can do about it.
func (w *Web) ShowWorkshop(c *fiber.Ctx) error {
	return w.showWorkshop(c, fiber.StatusOK, workshopPage{})
}

func (w *Web) showWorkshop(c *fiber.Ctx, status int, p workshopPage) error {
	id, err := rule.ID[coop.ListingID](c.Params("id"))
	if err != nil {
		return err
	}
	if p.Workshop, err = w.Workshops.One(c.UserContext(), session.Of(c).Coop(), id); err != nil {
		return err
	}
	p.Frame = page.NewFrame(c, "workshop.title", "listings")
	p.Title = p.Workshop.Listing.Title
	if status == fiber.StatusOK {
		p.Spent.Chosen = p.Workshop.Minutes
	}
	if p.Problems["when"] == "" {
		p.Plan = newPlan(p.Words, p.Workshop.Minutes)
		p.Plan.Clock = p.Workshop.StartsAt.In(p.Zone()).Format(clock)
	}
	return page.ShowStatus(c, status, WorkshopPage(p))
}

// afterWorkshop leads back to the workshop, or shows it with what a rule refused.
func (w *Web) afterWorkshop(c *fiber.Ctx, id coop.ListingID, err error, p workshopPage) error {
	if err == nil {
		return c.Redirect(workshopPath(id), fiber.StatusSeeOther)
	}
	return page.Refused(page.WordsOf(c), err, func(problems page.Problems) error {
		p.Problems = problems
		return w.showWorkshop(c, fiber.StatusUnprocessableEntity, p)
	})
}

// JoinWorkshop takes a seat, or a turn to wait for one.
func (w *Web) JoinWorkshop(c *fiber.Ctx) error {
	id, err := rule.ID[coop.ListingID](c.Params("id"))
	if err != nil {
		return err
	}
	err = w.Workshops.Join(c.UserContext(), session.Of(c).Coop(), id, c.FormValue("shown") == "yes")
	return w.afterWorkshop(c, id, err, workshopPage{})
}

// LeaveWorkshop gives the reader's seat or turn up.
func (w *Web) LeaveWorkshop(c *fiber.Ctx) error {
	id, err := rule.ID[coop.ListingID](c.Params("id"))
	if err != nil {
		return err
	}
	return w.afterWorkshop(c, id, w.Workshops.Leave(c.UserContext(), session.Of(c).Coop(), id), workshopPage{})
}

// NameInWorkshop says whether the others who come may read the reader's name.
func (w *Web) NameInWorkshop(c *fiber.Ctx) error {
	id, err := rule.ID[coop.ListingID](c.Params("id"))
	if err != nil {
		return err
	}
	err = w.Workshops.Show(c.UserContext(), session.Of(c).Coop(), id, c.FormValue("shown") == "yes")
	return w.afterWorkshop(c, id, err, workshopPage{})
}

// CancelWorkshop calls a workshop of the reader's own off, with a word.
func (w *Web) CancelWorkshop(c *fiber.Ctx) error {
	id, err := rule.ID[coop.ListingID](c.Params("id"))
	if err != nil {
		return err
	}
	err = w.Workshops.Cancel(c.UserContext(), session.Of(c).Coop(), id, wordsOf(c, "words"))
	return w.afterWorkshop(c, id, err, workshopPage{Typed: c.FormValue("words")})
}

// MoveWorkshop puts a workshop of the reader's own on another day.
func (w *Web) MoveWorkshop(c *fiber.Ctx) error {
	id, err := rule.ID[coop.ListingID](c.Params("id"))
	if err != nil {
		return err
	}
	words := page.WordsOf(c)
	at, err := exchange.Moment(typedOr(c, "date", "day"), typedOr(c, "time", "clock"), words.Zone())
	if err == nil {
		err = w.Workshops.Move(c.UserContext(), session.Of(c).Coop(), id, at)
	}
	if err == nil {
		return c.Redirect(workshopPath(id), fiber.StatusSeeOther)
	}
	return page.Refused(words, err, func(problems page.Problems) error {
		return w.showWorkshop(c, fiber.StatusUnprocessableEntity, workshopPage{Problems: problems, Plan: keptPlan(c, words, true, problems)})
	})
}

// MarkWorkshop is its host's word on who came.
func (w *Web) MarkWorkshop(c *fiber.Ctx) error {
	id, err := rule.ID[coop.ListingID](c.Params("id"))
	if err != nil {
		return err
	}
	minutes, err := minutesOf(c)
	came, unknown := cameOf(c)
	if err == nil {
		err = unknown
	}
	if err == nil {
		err = w.Workshops.Mark(c.UserContext(), session.Of(c).Coop(), id, came, minutes)
	}
	return w.afterWorkshop(c, id, err, workshopPage{Came: came, Spent: timeSpent{Chosen: minutes, Other: strings.ToValidUTF8(c.FormValue("other"), "")}})
}

func cameOf(c *fiber.Ctx) (came []coop.MemberID, err error) {
	for _, value := range c.Context().PostArgs().PeekMulti("came") {
		id, wrong := rule.ID[coop.MemberID](string(value))
		if wrong != nil {
			err = rule.Broken("came", "workshop.not_in")
			continue
		}
		came = append(came, id)
	}
	return came, err
}
