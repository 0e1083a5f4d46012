package coopweb

import (
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/fund"
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
	First   bool        // the newest page, with the account above it
	Rules   []fund.Rule // what the fund can do, for who has received much
}

// ShowHours shows the account and its story, month by month.
func (w *Web) ShowHours(c *fiber.Ctx) error {
	p := hoursPage{Frame: page.NewFrame(c, "hours.title", "me"), First: true}
	var before hours.Place
	var err error
	if text := c.Query("before"); text != "" {
		p.First = false
		if before, err = placeOf(text); err != nil {
			return err
		}
	}
	if p.Account, err = w.Ledger.Balance(c.UserContext(), session.Of(c).Coop()); err != nil {
		return err
	}
	if p.Page, err = w.Ledger.Statement(c.UserContext(), session.Of(c).Coop(), before); err != nil {
		return err
	}
	if p.First && p.Account.Low {
		if p.Rules, err = w.Fund.Rules(c.UserContext(), session.Of(c).Coop()); err != nil {
			return err
		}
	}
	return page.Show(c, HoursPage(p))
}

// placeOf reads where a page of lines starts, as next wrote it.
func placeOf(text string) (p hours.Place, err error) {
	moment, id, _ := strings.Cut(text, "_")
	micros, err := strconv.ParseInt(moment, 10, 64)
	if err != nil || micros < 0 || micros > 1<<53 {
		return p, rule.ErrNotFound
	}
	p.At = time.UnixMicro(micros)
	p.Transfer, err = rule.ID[coop.TransferID](id)
	return p, err
}
