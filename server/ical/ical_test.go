package ical_test

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	parser "github.com/emersion/go-ical"

	"lien/server/ical"
)

func paris(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func written(t testing.TB, c ical.Calendar) string {
	t.Helper()
	var out bytes.Buffer
	if _, err := c.WriteTo(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func read(t testing.TB, text string) *parser.Calendar {
	t.Helper()
	c, err := parser.NewDecoder(strings.NewReader(text)).Decode()
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return c
}

// Another programme's reader finds the dates that the series has, at their hour on both
// sides of the change of clocks, without those that are left out.
func TestAnotherReaderFindsTheSameDates(t *testing.T) {
	zone := paris(t)
	at := func(month time.Month, day, hour int) time.Time {
		return time.Date(2027, month, day, hour, 0, 0, 0, zone)
	}
	c := ical.Calendar{Name: "Agenda", Zone: zone, From: at(3, 1, 0), Events: []ical.Event{{
		UID: "s@lien", Sequence: 3, Changed: at(2, 1, 9), Starts: at(3, 16, 18), Ends: at(3, 16, 20),
		Rule: "FREQ=WEEKLY;INTERVAL=1;BYDAY=TU", Until: at(4, 13, 18), Without: []time.Time{at(4, 6, 18)}, Title: "Table; de, couture\n!",
	}, {
		UID: "s@lien", Sequence: 4, Changed: at(2, 1, 9), Occurrence: at(3, 30, 18), Starts: at(3, 31, 17), Ends: at(3, 31, 19), Title: "Ailleurs", Cancelled: true,
	}}}
	events := read(t, written(t, c)).Events()
	if len(events) != 2 {
		t.Fatalf("got %d events", len(events))
	}
	set, err := events[0].RecurrenceSet(zone)
	if err != nil {
		t.Fatal(err)
	}
	want := []time.Time{at(3, 16, 18), at(3, 23, 18), at(3, 30, 18), at(4, 13, 18)}
	got := set.All()
	if len(got) != len(want) {
		t.Fatalf("got %v", got)
	}
	for n := range want {
		if !got[n].Equal(want[n]) {
			t.Errorf("got %v, want %v", got[n], want[n])
		}
	}
	if title, err := events[0].Props.Text("SUMMARY"); err != nil || title != "Table; de, couture\n!" {
		t.Errorf("the title is read as %q, %v", title, err)
	}
	if id, err := events[1].Props.DateTime("RECURRENCE-ID", zone); err != nil || !id.Equal(want[2]) {
		t.Errorf("the exception stands for %v, %v", id, err)
	}
	if status, err := events[1].Status(); err != nil || status != parser.EventCancelled {
		t.Errorf("got %v, %v", status, err)
	}
}

// The two rules of the zone give the moments at which the clocks of Paris do change.
func TestTheZoneIsTheOneOfTheWallClock(t *testing.T) {
	zone := paris(t)
	text := written(t, ical.Calendar{Zone: zone, From: time.Date(2027, 6, 1, 0, 0, 0, 0, zone)})
	for _, want := range []string{
		"BEGIN:DAYLIGHT\r\nDTSTART:20260329T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST",
		"BEGIN:STANDARD\r\nDTSTART:20261025T030000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nTZNAME:CET",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	for year := 2026; year < 2060; year++ {
		spring := time.Date(year, 3, 31, 0, 0, 0, 0, time.UTC)
		spring = spring.AddDate(0, 0, -int(spring.Weekday()))
		if _, before := spring.Add(59 * time.Minute).In(zone).Zone(); before != 3600 {
			t.Errorf("%d: %d", year, before)
		}
		if _, after := spring.Add(time.Hour).In(zone).Zone(); after != 7200 {
			t.Errorf("%d: %d", year, after)
		}
	}
	cayenne, err := time.LoadLocation("America/Cayenne")
	if err != nil {
		t.Fatal(err)
	}
	if text := written(t, ical.Calendar{Zone: cayenne, From: time.Now()}); !strings.Contains(text, "TZOFFSETTO:-0300") || strings.Contains(text, "DAYLIGHT") {
		t.Errorf("clocks that never change:\n%s", text)
	}
}

func FuzzNoTextBreaksOutOfItsLine(f *testing.F) {
	f.Add("Café", "a\r\nATTENDEE:mailto:x@y")
	f.Add(strings.Repeat("é", 80), `\n;,`)
	f.Add("\x00\x7f\xff", strings.Repeat("🌻", 40))
	zone := paris(f)
	f.Fuzz(func(t *testing.T, title, words string) {
		now := time.Date(2027, 1, 1, 9, 0, 0, 0, zone)
		text := written(t, ical.Calendar{Name: title, Zone: zone, From: now, Events: []ical.Event{{
			UID: "e@lien", Changed: now, Starts: now, Ends: now.Add(time.Hour), Title: title, Description: words, Place: words,
		}}})
		for line := range strings.SplitSeq(strings.TrimSuffix(text, "\r\n"), "\r\n") {
			if len(line) > 75 || strings.ContainsAny(line, "\r\n") || !utf8.ValidString(line) {
				t.Errorf("the line %q", line)
			}
		}
		if strings.Contains(text, "\r\nATTENDEE") {
			t.Errorf("a text became a line of its own:\n%s", text)
		}
		if events := read(t, text).Events(); len(events) != 1 {
			t.Errorf("got %d events", len(events))
		}
	})
}
