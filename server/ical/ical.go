// Package ical writes calendars as other programmes read them (RFC 5545): events with
// their times on a wall clock, series with their rules, and the zone that both follow.
//
// What always holds: lines end with CRLF and are folded at 75 octets, never inside of a
// character; no text breaks out of its line; what is written holds nobody's name but what
// its caller put there. It knows no domain.
package ical

import (
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Calendar is one file, or one feed that a programme asks for again and again.
type Calendar struct {
	Name   string
	Zone   *time.Location
	From   time.Time // the moment from which on the zone's rules are told
	Events []Event
}

// Event is one event, or the series that it stands for when Rule is set. Occurrence is,
// for one date of a series that differs from the rest, when the series would have it.
type Event struct {
	UID         string
	Sequence    int
	Changed     time.Time // when it was last changed
	Starts      time.Time
	Ends        time.Time
	Occurrence  time.Time // zero for what is no exception of a series
	Rule        string    // an RRULE without its end
	Until       time.Time // the last moment of the rule; zero when it goes on
	Without     []time.Time
	Title       string
	Description string
	Place       string
	Link        string
	Cancelled   bool
}

// WriteTo writes the calendar.
func (c Calendar) WriteTo(w io.Writer) (int64, error) {
	out := &lines{}
	out.line("BEGIN", "VCALENDAR")
	out.line("VERSION", "2.0")
	out.line("PRODID", "-//lien//lien//FR")
	out.line("CALSCALE", "GREGORIAN")
	out.line("METHOD", "PUBLISH")
	out.text("X-WR-CALNAME", c.Name)
	out.line("X-WR-TIMEZONE", c.Zone.String())
	out.line("REFRESH-INTERVAL;VALUE=DURATION", "PT1H")
	out.zone(c.Zone, c.From)
	for _, e := range c.Events {
		out.event(e, c.Zone)
	}
	out.line("END", "VCALENDAR")
	n, err := io.WriteString(w, out.file.String())
	return int64(n), err
}

const (
	local = "20060102T150405"
	utc   = "20060102T150405Z"
)

func (l *lines) event(e Event, zone *time.Location) {
	at := func(name string, t time.Time) { l.line(name+";TZID="+zone.String(), t.In(zone).Format(local)) }
	l.line("BEGIN", "VEVENT")
	l.line("UID", e.UID)
	l.line("DTSTAMP", e.Changed.UTC().Format(utc))
	l.line("LAST-MODIFIED", e.Changed.UTC().Format(utc))
	l.line("SEQUENCE", strconv.Itoa(e.Sequence))
	if !e.Occurrence.IsZero() {
		at("RECURRENCE-ID", e.Occurrence)
	}
	at("DTSTART", e.Starts)
	at("DTEND", e.Ends)
	if e.Rule != "" {
		rule := e.Rule
		if !e.Until.IsZero() {
			rule += ";UNTIL=" + e.Until.UTC().Format(utc)
		}
		l.line("RRULE", rule)
		for _, day := range e.Without {
			at("EXDATE", day)
		}
	}
	l.text("SUMMARY", e.Title)
	l.text("DESCRIPTION", e.Description)
	l.text("LOCATION", e.Place)
	if e.Link != "" {
		l.line("URL", e.Link)
	}
	status := "CONFIRMED"
	if e.Cancelled {
		status = "CANCELLED"
	}
	l.line("STATUS", status)
	l.line("TRANSP", "OPAQUE")
	l.line("END", "VEVENT")
}

// lines is a file of content lines (RFC 5545, section 3.1).
type lines struct{ file strings.Builder }

// line writes a property, folded. What is no character of a text is left out.
func (l *lines) line(name, value string) {
	rest := name + ":" + strings.Map(visible, value)
	for most := 75; len(rest) > most; most = 74 { // the space of a folded line counts
		cut := most
		for cut > 0 && !utf8.RuneStart(rest[cut]) {
			cut--
		}
		l.file.WriteString(rest[:cut] + "\r\n ")
		rest = rest[cut:]
	}
	l.file.WriteString(rest + "\r\n")
}

// text writes a property of words; an empty one is left out (RFC 5545, section 3.3.11).
func (l *lines) text(name, value string) {
	if value != "" {
		l.line(name, escaped.Replace(strings.ReplaceAll(value, "\r\n", "\n")))
	}
}

var escaped = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`)

func visible(r rune) rune {
	if r < ' ' || r == 0x7f || r == utf8.RuneError {
		return -1
	}
	return r
}
