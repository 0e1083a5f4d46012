package coopweb

import (
	"strconv"
	"time"

	"lien/coop/event"
	"lien/server/page"
)

// rhythmOf says how often a series comes back: "chaque mardi", "le 1er lundi de chaque mois".
func rhythmOf(w page.Words, r event.Rhythm, day time.Time) string {
	nth := w.T("event.rhythm.nth_" + strconv.Itoa((day.Day()-1)/7+1))
	return w.T("event.rhythm."+string(r), "Weekday", w.Weekday(day.Weekday()), "Nth", nth, "Date", strconv.Itoa(day.Day()))
}

// rhythmChoices are the rhythms as taps.
func rhythmChoices(w page.Words, chosen event.Rhythm) []page.Choice {
	out := make([]page.Choice, 0, len(event.Rhythms()))
	for _, r := range event.Rhythms() {
		key := string(r)
		if r == event.Once {
			key = "once"
		}
		out = append(out, page.Choice{Value: string(r), Label: w.T("event.rhythm.choose_" + key), Chosen: r == chosen})
	}
	return out
}

// skipChoices are the days that a series may leave out, as taps.
func skipChoices(w page.Words, chosen []event.Skip) []page.Choice {
	out := make([]page.Choice, 0, 2)
	for _, k := range []event.Skip{event.PublicHolidays, event.SchoolHolidays} {
		c := page.Choice{Value: string(k), Label: w.T("event.skip." + string(k))}
		for _, s := range chosen {
			c.Chosen = c.Chosen || s == k
		}
		out = append(out, c)
	}
	return out
}
