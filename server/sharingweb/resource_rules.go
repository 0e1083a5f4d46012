package sharingweb

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"lien/coop/sharing"
	"lien/rule"
)

// bookingForm reads how a thing is booked.
func bookingForm(c *fiber.Ctx) (r sharing.BookingRules, err error) {
	for _, n := range []struct {
		name string
		into *int
	}{
		{"step", &r.Step}, {"longest", &r.Longest}, {"buffer", &r.Buffer}, {"notice", &r.Notice}, {"ahead", &r.Ahead}, {"quota", &r.WeeklyQuota}, {"noshow", &r.NoShow},
	} {
		if *n.into, err = wholeNumber(c, n.name); err != nil {
			return r, err
		}
	}
	if r.Opens, err = minuteOfDay(c, "opens"); err != nil {
		return r, err
	}
	if r.Closes, err = minuteOfDay(c, "closes"); err != nil {
		return r, err
	}
	for _, day := range c.Context().PostArgs().PeekMulti("weekdays") {
		n, err := strconv.Atoi(string(day))
		if err != nil || n < 0 || n > 6 {
			return r, rule.Broken("weekdays", "rule.choose")
		}
		r.Weekdays |= 1 << n
	}
	return r, nil
}

// lendingForm reads how a thing is lent.
func lendingForm(c *fiber.Ctx) (r sharing.LendingRules, err error) {
	for _, n := range []struct {
		name string
		into *int
	}{{"days", &r.Days}, {"renewals", &r.Renewals}, {"once", &r.AtOnce}, {"hold", &r.HoldHours}, {"deposit", &r.Deposit}} {
		if *n.into, err = wholeNumber(c, n.name); err != nil {
			return r, err
		}
	}
	return r, nil
}

func wholeNumber(c *fiber.Ctx, name string) (int, error) {
	n, err := strconv.Atoi(strings.TrimSpace(c.FormValue(name)))
	if err != nil {
		return 0, rule.Broken(name, "resource.rule.number")
	}
	return n, nil
}

// minuteOfDay reads a time of day as it is typed, 24:00 included.
func minuteOfDay(c *fiber.Ctx, name string) (int, error) {
	hours, minutes, _ := strings.Cut(strings.TrimSpace(c.FormValue(name)), ":")
	h, errH := strconv.Atoi(hours)
	m, errM := strconv.Atoi(minutes)
	if errH != nil || errM != nil || h < 0 || m < 0 || m > 59 || h*60+m > 1440 {
		return 0, rule.Broken(name, "resource.rule.clock")
	}
	return h*60 + m, nil
}
