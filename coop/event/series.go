package event

import (
	"errors"
	"slices"
	"strings"
	"time"

	"lien/coop"
	"lien/rule"
)

// Series is the rule that makes events. Its days are dates of the calendar and its times
// those of the wall clock of its zone: 18:00 stays 18:00 when the clocks change.
type Series struct {
	ID          coop.SeriesID
	OrganiserID coop.MemberID
	Title       string
	Details     string
	Language    string
	Place       string
	Spot
	Zone        string
	FirstOn     time.Time
	Rhythm      Rhythm
	FromClock   string    // 18:30
	UntilClock  string    // up to 06:00 it may be the morning after
	LastOn      time.Time // zero when the series goes on
	SkipsPublic bool
	SkipsSchool bool
	Places
	MadeThrough time.Time // up to which day its events are made
	Sequence    int
	ChangedAt   time.Time
}

// Skip is a kind of days that a series leaves out.
type Skip string

// The kinds of days.
const (
	PublicHolidays Skip = "public"
	SchoolHolidays Skip = "school" // of zone B
)

const (
	weeksAhead   = 8 // how far ahead a series makes its events
	longestRun   = 2 * 366 * 24 * time.Hour
	gapsLookedAt = 10 // years in which a time of the series must exist
)

// skips reports whether the series leaves a day out.
func (sr Series) skips(day time.Time) bool {
	return sr.SkipsPublic && PublicHoliday(day) || sr.SkipsSchool && SchoolHoliday(day)
}

// Days are the days of the series after one day and up to another. One that leaves out
// school holidays has none beyond the last that is known.
func (sr Series) Days(after, through time.Time) []time.Time {
	if !sr.LastOn.IsZero() && sr.LastOn.Before(through) {
		through = sr.LastOn
	}
	if known := SchoolKnownThrough(); sr.SkipsSchool && known.Before(through) {
		through = known
	}
	return slices.DeleteFunc(sr.Rhythm.Days(sr.FirstOn, after, through), sr.skips)
}

// Skipped are the days that the rhythm has and the series leaves out, in the same span.
func (sr Series) Skipped(after, through time.Time) []time.Time {
	if !sr.LastOn.IsZero() && sr.LastOn.Before(through) {
		through = sr.LastOn
	}
	return slices.DeleteFunc(sr.Rhythm.Days(sr.FirstOn, after, through), func(d time.Time) bool { return !sr.skips(d) })
}

// Unknown reports whether the series waits for school holidays that nobody has published
// yet, from the day after SchoolKnownThrough on.
func (sr Series) Unknown() bool {
	return sr.SkipsSchool && (sr.LastOn.IsZero() || sr.LastOn.After(SchoolKnownThrough()))
}

// On is when the event of one of the series' days starts and ends; false where the hour
// does not exist.
func (sr Series) On(day time.Time) (starts, ends time.Time, there bool) {
	starts, ends, err := sr.on(day)
	return starts, ends, err == nil
}

// Through is the last day that the series may have an event on; zero when it goes on.
func (sr Series) Through() time.Time {
	known := SchoolKnownThrough()
	if sr.SkipsSchool && (sr.LastOn.IsZero() || known.Before(sr.LastOn)) {
		return known
	}
	return sr.LastOn
}

// Differs reports whether an event of the series is not what the series says of its day.
func (sr Series) Differs(e Event) bool {
	starts, ends, there := sr.On(e.SeriesDay)
	return !there || e.Cancelled() || !e.same(Event{
		StartsAt: starts, EndsAt: ends, Place: sr.Place, Spot: sr.Spot, Title: sr.Title, Details: sr.Details, Places: e.Places,
	})
}

// on is when the event of one of the series' days starts and ends.
func (sr Series) on(day time.Time) (starts, ends time.Time, err error) {
	loc, err := time.LoadLocation(sr.Zone)
	if err != nil {
		return starts, ends, err
	}
	return span(day.Format(time.DateOnly), sr.FromClock, sr.UntilClock, loc)
}

// everExists refuses a series with a day on which its times do not exist, and says which:
// in the night when the clocks go forward there is no half past two.
func (sr Series) everExists() error {
	loc, err := time.LoadLocation(sr.Zone)
	if err != nil {
		return err
	}
	for _, day := range sr.Days(sr.FirstOn.AddDate(0, 0, -1), sr.FirstOn.AddDate(gapsLookedAt, 0, 0)) {
		_, _, err := span(day.Format(time.DateOnly), sr.FromClock, sr.UntilClock, loc)
		var broken *rule.Invalid
		if errors.As(err, &broken) && broken.Rule == "event.rule.no_such_time" {
			return rule.Broken(broken.Field, "event.rule.no_such_time_on", "day", day)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// series returns the series that the form describes, whose first event is e.
func (a Announcement) series(e Event) (Series, error) {
	sr := Series{
		Title: e.Title, Details: e.Details, Language: e.Language, Place: e.Place, Spot: e.Spot, Zone: e.Zone, Places: e.Places,
		Rhythm:      a.Rhythm,
		SkipsPublic: slices.Contains(a.Skip, PublicHolidays), SkipsSchool: slices.Contains(a.Skip, SchoolHolidays),
	}
	loc, err := time.LoadLocation(e.Zone)
	if err != nil {
		return sr, err
	}
	sr.FromClock, sr.UntilClock = e.StartsAt.In(loc).Format(clock), e.EndsAt.In(loc).Format(clock)
	if sr.FirstOn, err = time.Parse(time.DateOnly, strings.TrimSpace(a.Day)); err != nil {
		return sr, rule.Broken("day", "event.rule.day")
	}
	if sr.LastOn, err = lastDay(a.LastDay, sr.FirstOn); err != nil {
		return sr, err
	}
	switch {
	case !slices.Contains(Rhythms(), a.Rhythm):
		return sr, rule.Broken("rhythm", "event.rule.rhythm")
	case !a.Rhythm.begins(sr.FirstOn):
		return sr, rule.Broken("day", "event.rule.not_the_last")
	case sr.SkipsSchool && sr.FirstOn.After(SchoolKnownThrough()):
		return sr, rule.Broken("skip", "event.rule.school_unknown", "day", SchoolKnownThrough())
	case sr.skips(sr.FirstOn):
		return sr, rule.Broken("day", "event.rule.first_skipped")
	}
	return sr, sr.everExists()
}

func lastDay(typed string, first time.Time) (time.Time, error) {
	if typed = strings.TrimSpace(typed); typed == "" {
		return time.Time{}, nil
	}
	last, err := time.Parse(time.DateOnly, typed)
	switch {
	case err != nil:
		return last, rule.Broken("last", "event.rule.day")
	case last.Before(first):
		return last, rule.Broken("last", "event.rule.last_first")
	case last.Sub(first) > longestRun:
		return last, rule.Broken("last", "event.rule.last_too_far")
	}
	return last, nil
}
