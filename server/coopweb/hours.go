package coopweb

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/hours"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// hoursPage is the reader's own account. Nobody else sees it.
type hoursPage struct {
	page.Frame
	Account hours.Account
	Page    hours.Page
	First   bool // the newest page, with the account above it
}

// monthPage is a month's statement, made to be printed.
type monthPage struct {
	page.Frame
	Month hours.Month
}

// ShowHours shows the account and its story, month by month.
func (w *Web) ShowHours(c *fiber.Ctx) error {
	p := hoursPage{Frame: page.NewFrame(c, "hours.title", "me"), First: true}
	var before coop.TransferID
	var err error
	if text := c.Query("before"); text != "" {
		p.First = false
		if before, err = rule.ID[coop.TransferID](text); err != nil {
			return err
		}
	}
	if p.Account, err = w.Ledger.Balance(c.UserContext(), session.Of(c).Coop()); err != nil {
		return err
	}
	if p.Page, err = w.Ledger.Statement(c.UserContext(), session.Of(c).Coop(), before); err != nil {
		return err
	}
	return page.Show(c, HoursPage(p))
}

// ShowMonth shows the statement of a month, named as 2026-11.
func (w *Web) ShowMonth(c *fiber.Ctx) error {
	p := monthPage{Frame: page.NewFrame(c, "hours.title", "me")}
	first, err := time.ParseInLocation("2006-01", c.Params("month"), p.Zone())
	if err != nil || first.Year() < 2000 || first.After(p.Now()) {
		return rule.ErrNotFound
	}
	p.Title = p.T("hours.month.title", "Month", p.Words.Month(first))
	if p.Month, err = w.Ledger.Month(c.UserContext(), session.Of(c).Coop(), first); err != nil {
		return err
	}
	return page.Show(c, MonthPage(p))
}
