package page

import (
	"fmt"
	"strconv"
	"time"
)

// Day writes a date in words: "jeudi 26 novembre"; the year is added when it is not this one.
func (w Words) Day(t time.Time) string {
	t = t.In(w.zone)
	text := w.T("date.day", "Weekday", w.weekday(t), "Day", w.dayOfMonth(t), "Month", w.month(t.Month()))
	if t.Year() != w.Now().Year() {
		text += " " + strconv.Itoa(t.Year())
	}
	return text
}

// Date is Day without the weekday: "26 novembre".
func (w Words) Date(t time.Time) string {
	t = t.In(w.zone)
	text := w.T("date.date", "Day", w.dayOfMonth(t), "Month", w.month(t.Month()))
	if t.Year() != w.Now().Year() {
		text += " " + strconv.Itoa(t.Year())
	}
	return text
}

// FullDate is a date with its year, whenever it is read: "26 novembre 2026".
func (w Words) FullDate(t time.Time) string {
	t = t.In(w.zone)
	return w.T("date.date", "Day", w.dayOfMonth(t), "Month", w.month(t.Month())) + " " + strconv.Itoa(t.Year())
}

// Month writes a month with its year: "novembre 2026".
func (w Words) Month(t time.Time) string {
	t = t.In(w.zone)
	return w.month(t.Month()) + " " + strconv.Itoa(t.Year())
}

// ShortMonth writes a month for the foot of a chart: "nov.".
func (w Words) ShortMonth(t time.Time) string {
	return w.T("date.short_month_" + strconv.Itoa(int(t.Month())))
}

// Clock writes a time of day: "18 h 30" in French, "18:30" elsewhere.
func (w Words) Clock(t time.Time) string {
	t = t.In(w.zone)
	if t.Minute() == 0 {
		return w.T("date.clock", "Hour", t.Hour())
	}
	return w.T("date.clock_minutes", "Hour", t.Hour(), "Minute", fmt.Sprintf("%02d", t.Minute()))
}

// When writes a moment as one says it: "demain à 18 h", "samedi à 10 h", "le 3 mars à 9 h 30".
func (w Words) When(t time.Time) string {
	return w.T("date.at", "Day", w.nearDay(t), "Clock", w.Clock(t))
}

// nearDay names a day by its nearness: today, tomorrow, yesterday, a weekday of the next
// six days, else its date.
func (w Words) nearDay(t time.Time) string {
	switch days := w.daysUntil(t); {
	case days == 0:
		return w.T("date.today")
	case days == 1:
		return w.T("date.tomorrow")
	case days == -1:
		return w.T("date.yesterday")
	case days > 1 && days < 7:
		return w.weekday(t.In(w.zone))
	}
	return w.Day(t)
}

// NearDay is the day of a moment as one says it: "aujourd’hui", "samedi", "jeudi 26 novembre".
func (w Words) NearDay(t time.Time) string { return w.nearDay(t) }

// Ago writes how long ago a moment was: "à l’instant", "il y a 20 minutes", "hier à 17 h".
func (w Words) Ago(t time.Time) string {
	switch since := w.now().Sub(t); {
	case since < time.Minute:
		return w.T("date.just_now")
	case since < time.Hour:
		return w.N("date.minutes_ago", int(since.Minutes()))
	}
	return w.When(t)
}

// daysUntil counts the midnights between now and t.
func (w Words) daysUntil(t time.Time) int {
	a, b := w.Now(), t.In(w.zone)
	from := time.Date(a.Year(), a.Month(), a.Day(), 12, 0, 0, 0, time.UTC)
	to := time.Date(b.Year(), b.Month(), b.Day(), 12, 0, 0, 0, time.UTC)
	return int(to.Sub(from).Hours()) / 24
}

func (w Words) weekday(t time.Time) string {
	return w.T("date.weekday_" + strconv.Itoa(int(t.Weekday())))
}

// Weekday names a day of the week: "lundi".
func (w Words) Weekday(d time.Weekday) string { return w.T("date.weekday_" + strconv.Itoa(int(d))) }

func (w Words) month(m time.Month) string {
	return w.T("date.month_" + strconv.Itoa(int(m)))
}

// dayOfMonth writes the first of a month as French says it.
func (w Words) dayOfMonth(t time.Time) string {
	if t.Day() == 1 && w.code == "fr" {
		return "1er"
	}
	return strconv.Itoa(t.Day())
}
