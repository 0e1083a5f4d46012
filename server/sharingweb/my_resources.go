package sharingweb

import (
	"context"
	"time"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/sharing"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// halfDay takes the middle of a day, which no change of the clock moves into another.
const halfDay = 12 * time.Hour

// myResourcesPage is what the reader booked and borrows.
type myResourcesPage struct {
	page.Frame
	Bookings []sharing.Booking
	Loans    []sharing.Loan
	Problem  string
}

// ShowMyResources lists the reader's bookings and loans.
func (w *Web) ShowMyResources(c *fiber.Ctx) error { return w.showMyResources(c, fiber.StatusOK, nil) }

func (w *Web) showMyResources(c *fiber.Ctx, status int, problems page.Problems) error {
	ctx, actor := c.UserContext(), session.Of(c).Coop()
	p := myResourcesPage{Frame: page.NewFrame(c, "resource.mine.title", "me"), Problem: problems["renew"]}
	var err error
	if p.Bookings, err = w.Bookings.Mine(ctx, actor); err != nil {
		return err
	}
	if p.Loans, err = w.Loans.Mine(ctx, actor); err != nil {
		return err
	}
	return page.ShowStatus(c, status, MyResourcesPage(p))
}

// StartBooking says that the reader is there.
func (w *Web) StartBooking(c *fiber.Ctx) error { return w.booking(c, w.Bookings.Start) }

// EndBooking gives the thing back before its time.
func (w *Web) EndBooking(c *fiber.Ctx) error { return w.booking(c, w.Bookings.End) }

// CancelBooking gives the booking up.
func (w *Web) CancelBooking(c *fiber.Ctx) error { return w.booking(c, w.Bookings.Cancel) }

func (w *Web) booking(c *fiber.Ctx, act func(context.Context, coop.Actor, coop.BookingID) error) error {
	id, err := rule.ID[coop.BookingID](c.Params("id"))
	if err != nil {
		return err
	}
	if err := act(c.UserContext(), session.Of(c).Coop(), id); err != nil {
		return err
	}
	return c.Redirect("/resources/mine", fiber.StatusSeeOther)
}

// WithdrawLoan gives up a turn, or what is kept for the reader.
func (w *Web) WithdrawLoan(c *fiber.Ctx) error { return w.loan(c, w.Loans.Withdraw) }

// RenewLoan keeps the thing for as long again.
func (w *Web) RenewLoan(c *fiber.Ctx) error { return w.loan(c, w.Loans.Renew) }

func (w *Web) loan(c *fiber.Ctx, step func(context.Context, coop.Actor, coop.LoanID) error) error {
	id, err := rule.ID[coop.LoanID](c.Params("id"))
	if err != nil {
		return err
	}
	if err := step(c.UserContext(), session.Of(c).Coop(), id); err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error { return w.showMyResources(c, fiber.StatusUnprocessableEntity, p) })
	}
	return c.Redirect("/resources/mine", fiber.StatusSeeOther)
}

// loanNote is where a loan stands, in one sentence.
func (p myResourcesPage) loanNote(l sharing.Loan) string {
	switch l.State {
	case sharing.Asked:
		return p.N("resource.loan.asked", l.Before)
	case sharing.Held:
		return p.T("resource.loan.held", "When", p.When(l.HoldUntil))
	case sharing.Out:
		if l.Late(p.Now()) {
			return p.T("resource.loan.late", "Day", p.Date(l.DueAt))
		}
		return p.T("resource.loan.out", "Day", p.Date(l.DueAt))
	}
	return p.T("resource.loan."+l.State, "Day", p.Date(l.StateSince))
}

// stateClass is how loudly a booking's end is told.
func stateClass(state string) string {
	if state == sharing.Started {
		return "good"
	}
	return "boxed"
}
