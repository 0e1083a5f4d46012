package event

import (
	"strings"
	"time"

	"github.com/google/uuid"
	"golang.org/x/text/language"

	"lien/rule"
)

// Announcement is the form of a new event, as it was typed.
type Announcement struct {
	Key      uuid.UUID // the client's; sending twice announces once
	Title    string
	Details  string
	Language string // of the texts
	Place    string // in words; empty when the spot says it
	Spot     string // place.ID, thing.ID, or empty
	Day      string // 2026-11-26
	From     string // 18:30, on the wall clock of the neighbourhood
	Until    string // 20:30; up to 06:00 it may be the morning after
	PlacesForm
	DrawOn  string // the day on which places are drawn; empty when who asks first has them
	Rhythm  Rhythm // how often it comes back
	LastDay string // of a series; empty when it goes on
	Skip    []Skip // what a series leaves out
}

const (
	longestAhead = 370 * 24 * time.Hour
	longest      = 16 * time.Hour

	clock = "15:04"
)

// checked returns the event that the form describes, or the first field that cannot be.
func (a Announcement) checked(zone string, now time.Time) (Event, error) {
	e := Event{Zone: zone, Language: a.Language, State: "on"}
	var err error
	if e.Title, err = rule.Line("title", a.Title, 3, 80); err != nil {
		return e, err
	}
	if e.StartsAt, e.EndsAt, err = a.times(zone, now); err != nil {
		return e, err
	}
	if e.Place, err = rule.Line("place", a.Place, 2, 120); err != nil {
		return e, err
	}
	if e.Details, err = rule.Text("details", a.Details, 0, 2000); err != nil {
		return e, err
	}
	if e.Places, err = a.PlacesForm.checked(); err != nil {
		return e, err
	}
	if e.DrawAt, err = a.drawMoment(e, now); err != nil {
		return e, err
	}
	if tag, err := language.Parse(a.Language); err != nil || len(a.Language) > 12 || tag.String() != a.Language {
		return e, rule.Broken("language", "event.rule.language")
	}
	return e, nil
}

func (a Announcement) times(zone string, now time.Time) (starts, ends time.Time, err error) {
	loc, err := time.LoadLocation(zone)
	if err != nil {
		return starts, ends, err
	}
	if starts, ends, err = span(a.Day, a.From, a.Until, loc); err != nil {
		return starts, ends, err
	}
	if !starts.After(now) {
		return starts, ends, rule.Broken("day", "event.rule.past")
	}
	if starts.Sub(now) > longestAhead {
		return starts, ends, rule.Broken("day", "event.rule.too_far")
	}
	return starts, ends, nil
}

// span reads a day with two clock times; an evening may end in the night after.
func span(day, from, until string, loc *time.Location) (starts, ends time.Time, err error) {
	if starts, err = onTheWall("day", "from", day, from, loc); err != nil {
		return starts, ends, err
	}
	if ends, err = onTheWall("day", "until", day, until, loc); err != nil {
		return starts, ends, err
	}
	if ends.Before(starts) && ends.Hour() < 6 {
		next := starts.AddDate(0, 0, 1).Format(time.DateOnly)
		if ends, err = onTheWall("day", "until", next, until, loc); err != nil {
			return starts, ends, err
		}
	}
	if !ends.After(starts) || ends.Sub(starts) > longest {
		return starts, ends, rule.Broken("until", "event.rule.ends_first")
	}
	return starts, ends, nil
}

// onTheWall reads a day and a clock time of a place. A time that the change to summer time
// skips is refused; of one that the change back shows twice, the first is meant.
func onTheWall(dayField, clockField, day, hour string, loc *time.Location) (time.Time, error) {
	d, err := time.Parse(time.DateOnly, strings.TrimSpace(day))
	if err != nil {
		return time.Time{}, rule.Broken(dayField, "event.rule.day")
	}
	c, err := time.Parse(clock, strings.TrimSpace(hour))
	if err != nil {
		return time.Time{}, rule.Broken(clockField, "event.rule.clock")
	}
	t := time.Date(d.Year(), d.Month(), d.Day(), c.Hour(), c.Minute(), 0, 0, loc)
	if t.Hour() != c.Hour() || t.Minute() != c.Minute() {
		return time.Time{}, rule.Broken(clockField, "event.rule.no_such_time")
	}
	if first := t.Add(-time.Hour); first.Hour() == t.Hour() {
		t = first
	}
	return t, nil
}
