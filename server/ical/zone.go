package ical

import (
	"fmt"
	"time"
)

// change is the moment at which a zone's clocks go forward or back.
type change struct {
	at            time.Time
	name          string
	before, after int // seconds east of Greenwich
}

// zone writes the zone's rules from a moment on, as two yearly rules, or as one offset for
// a place whose clocks never change. A change is told on the wall clock before it.
func (l *lines) zone(zone *time.Location, from time.Time) {
	l.line("BEGIN", "VTIMEZONE")
	l.line("TZID", zone.String())
	changes := changesOf(zone, time.Date(from.Year()-1, 1, 1, 0, 0, 0, 0, time.UTC))
	for _, c := range changes {
		kind := "STANDARD"
		if c.after > c.before {
			kind = "DAYLIGHT"
		}
		wall := c.at.UTC().Add(time.Duration(c.before) * time.Second)
		l.observance(kind, wall, c, yearly(wall))
	}
	if len(changes) == 0 {
		name, offset := from.In(zone).Zone()
		l.observance("STANDARD", time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC), change{name: name, before: offset, after: offset}, "")
	}
	l.line("END", "VTIMEZONE")
}

func (l *lines) observance(kind string, wall time.Time, c change, rule string) {
	l.line("BEGIN", kind)
	l.line("DTSTART", wall.Format(local))
	if rule != "" {
		l.line("RRULE", rule)
	}
	l.line("TZOFFSETFROM", offset(c.before))
	l.line("TZOFFSETTO", offset(c.after))
	l.line("TZNAME", c.name)
	l.line("END", kind)
}

// changesOf are the changes in the year that begins at a moment, in order.
func changesOf(zone *time.Location, from time.Time) []change {
	var changes []change
	at := from.In(zone)
	for range 4 {
		_, before := at.Zone()
		_, end := at.ZoneBounds()
		if end.IsZero() || !end.Before(from.AddDate(1, 0, 0)) {
			return changes
		}
		name, after := end.Zone()
		changes = append(changes, change{end, name, before, after})
		at = end
	}
	return changes
}

// yearly is the rule of a change that comes back on a weekday of a month, the last one
// where it is the last.
func yearly(wall time.Time) string {
	weekday := [...]string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}[wall.Weekday()]
	nth := (wall.Day()-1)/7 + 1
	if wall.AddDate(0, 0, 7).Month() != wall.Month() {
		nth = -1
	}
	return fmt.Sprintf("FREQ=YEARLY;BYMONTH=%d;BYDAY=%d%s", wall.Month(), nth, weekday)
}

func offset(seconds int) string {
	sign := '+'
	if seconds < 0 {
		sign, seconds = '-', -seconds
	}
	return fmt.Sprintf("%c%02d%02d", sign, seconds/3600, seconds/60%60)
}
