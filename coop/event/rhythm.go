package event

import (
	"fmt"
	"time"
)

// Rhythm is how often a series comes back. Its first day says the rest: the weekday, which
// one of the month it is, or the date.
type Rhythm string

// The rhythms.
const (
	Once         Rhythm = ""
	EveryWeek    Rhythm = "week"
	EveryTwo     Rhythm = "weeks_2"
	EveryThree   Rhythm = "weeks_3"
	EveryFour    Rhythm = "weeks_4"
	MonthlyNth   Rhythm = "month_nth"  // the first Tuesday; of a fifth one, months that have it
	MonthlyLast  Rhythm = "month_last" // the last Friday
	MonthlyOnDay Rhythm = "month_day"  // the 15th; of the 31st, months that have it
)

// Rhythms are those that one may choose, the ordinary ones first.
func Rhythms() []Rhythm {
	return []Rhythm{Once, EveryWeek, EveryTwo, EveryThree, EveryFour, MonthlyNth, MonthlyLast, MonthlyOnDay}
}

// weeks is the distance of a weekly rhythm, 0 for a monthly one.
func (r Rhythm) weeks() int {
	switch r {
	case EveryWeek:
		return 1
	case EveryTwo:
		return 2
	case EveryThree:
		return 3
	case EveryFour:
		return 4
	}
	return 0
}

// begins reports whether a series of the rhythm may begin on the day: the last Friday of
// the month begins on a last Friday.
func (r Rhythm) begins(first time.Time) bool {
	return r != MonthlyLast || first.AddDate(0, 0, 7).Month() != first.Month()
}

// Days are the days of the rhythm from its first one, after one day and up to another,
// both in order. Days are midnights in UTC: they name a date of the calendar and no moment.
func (r Rhythm) Days(first, after, through time.Time) []time.Time {
	var days []time.Time
	for n := 0; ; n++ {
		day, there := r.nth(first, n)
		if day.After(through) {
			return days
		}
		if there && day.After(after) {
			days = append(days, day)
		}
	}
}

// nth is the rhythm's day number n, and false where its month has no such day; the day is
// then the month's first.
func (r Rhythm) nth(first time.Time, n int) (time.Time, bool) {
	if w := r.weeks(); w > 0 {
		return first.AddDate(0, 0, 7*w*n), true
	}
	month := time.Date(first.Year(), first.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	day := month
	switch r {
	case MonthlyOnDay:
		day = month.AddDate(0, 0, first.Day()-1)
	case MonthlyLast:
		day = month.AddDate(0, 1, -1)
		day = day.AddDate(0, 0, -(int(day.Weekday()-first.Weekday())+7)%7)
	default:
		day = month.AddDate(0, 0, (int(first.Weekday()-month.Weekday())+7)%7+7*nthOf(first))
	}
	if day.Month() != month.Month() {
		return month, false
	}
	return day, true
}

// nthOf is which of its weekday in its month a day is, from 0.
func nthOf(day time.Time) int { return (day.Day() - 1) / 7 }

// Rule is the rhythm in the words of RFC 5545, section 3.3.10, without its end.
func (r Rhythm) Rule(first time.Time) string {
	weekday := [...]string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}[first.Weekday()]
	switch r {
	case Once:
		return ""
	case MonthlyNth:
		return fmt.Sprintf("FREQ=MONTHLY;BYDAY=%d%s", nthOf(first)+1, weekday)
	case MonthlyLast:
		return "FREQ=MONTHLY;BYDAY=-1" + weekday
	case MonthlyOnDay:
		return fmt.Sprintf("FREQ=MONTHLY;BYMONTHDAY=%d", first.Day())
	}
	return fmt.Sprintf("FREQ=WEEKLY;INTERVAL=%d;BYDAY=%s", r.weeks(), weekday)
}
