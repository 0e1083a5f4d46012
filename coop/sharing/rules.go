package sharing

import (
	"time"

	"lien/rule"
)

// BookingRules are how a thing is booked: minutes, days, and minutes of the day on the
// neighbourhood's clock. Weekdays are bits, Monday the lowest.
type BookingRules struct {
	Step        int
	Longest     int
	Notice      int // least minutes between booking and beginning
	Ahead       int // most days ahead
	Buffer      int // minutes to tidy up after each booking
	WeeklyQuota int // bookings of a home that begin in one week, Monday to Sunday
	Opens       int
	Closes      int
	Weekdays    int
	NoShow      int // minutes after the beginning when nobody came
}

// Customary are the rules that a new thing begins with, until facilitators change them.
func Customary(k Kind) BookingRules {
	r := BookingRules{Step: 60, Longest: 240, Notice: 0, Ahead: 30, Buffer: 0, WeeklyQuota: 3, Opens: 8 * 60, Closes: 22 * 60, Weekdays: 127, NoShow: 30}
	if k == Machine {
		r.Step, r.Longest, r.Buffer, r.NoShow = 30, 120, 0, 15
	}
	return r
}

// check refuses rules that cannot be kept; the field names are the form's.
func (r BookingRules) check() error {
	for _, limit := range []struct {
		field       string
		value       int
		least, most int
	}{
		{"longest", r.Longest, r.Step, 1440},
		{"notice", r.Notice, 0, 10080},
		{"ahead", r.Ahead, 1, 365},
		{"buffer", r.Buffer, 0, 240},
		{"quota", r.WeeklyQuota, 1, 50},
		{"noshow", r.NoShow, 5, 240},
	} {
		if limit.value < limit.least || limit.value > limit.most {
			return rule.Broken(limit.field, "resource.rule.between", "least", limit.least, "most", limit.most)
		}
	}
	switch {
	case r.Step != 15 && r.Step != 30 && r.Step != 60:
		return rule.Broken("step", "rule.choose")
	case r.Longest%r.Step != 0:
		return rule.Broken("longest", "resource.rule.whole_steps", "step", r.Step)
	case r.Opens < 0 || r.Closes > 1440 || r.Opens+r.Step > r.Closes:
		return rule.Broken("closes", "resource.rule.closes_first")
	case r.Weekdays < 1 || r.Weekdays > 127:
		return rule.Broken("weekdays", "rule.choose")
	}
	return nil
}

// OpenOn reports whether the thing can be had on the weekday of day.
func (r BookingRules) OpenOn(day time.Time) bool {
	return r.Weekdays&(1<<((int(day.Weekday())+6)%7)) != 0
}

// Span is a time that is taken.
type Span struct{ From, Until time.Time }

// Slot is a moment at which one may begin, and how many minutes one may then stay.
type Slot struct {
	At      time.Time
	Minutes int
}

// Slots returns the beginnings that are free on a day: midnight says which, in the
// neighbourhood's zone. Taken is in order. A clock time that the change to summer time
// skips is no beginning; the hour that comes twice in autumn is two.
func (r BookingRules) Slots(midnight time.Time, taken []Span, now time.Time) []Slot {
	if !r.OpenOn(midnight) {
		return nil
	}
	var slots []Slot
	closes := r.wall(midnight, r.Closes)
	for at := r.wall(midnight, r.Opens); at.Before(closes); at = at.Add(time.Duration(r.Step) * time.Minute) {
		if r.soonest(now).After(at) || at.After(r.latest(now)) {
			continue
		}
		if minutes := r.room(at, closes, taken); minutes > 0 {
			slots = append(slots, Slot{at, minutes})
		}
	}
	return slots
}

// wall is the moment of a minute of the day on the wall clock: minutes are read off the
// clock, so that a day of 23 or 25 hours opens and closes when people expect it.
func (r BookingRules) wall(midnight time.Time, minute int) time.Time {
	y, m, d := midnight.Date()
	return time.Date(y, m, d, minute/60, minute%60, 0, 0, midnight.Location())
}

func (r BookingRules) soonest(now time.Time) time.Time {
	return now.Add(time.Duration(r.Notice) * time.Minute)
}

func (r BookingRules) latest(now time.Time) time.Time { return now.AddDate(0, 0, r.Ahead) }

// room is how long one may stay from at on, in whole steps, the buffer afterwards kept
// free; 0 when not at all.
func (r BookingRules) room(at, closes time.Time, taken []Span) int {
	until := at.Add(time.Duration(r.Longest) * time.Minute)
	if closes.Before(until) {
		until = closes
	}
	buffer := time.Duration(r.Buffer) * time.Minute
	for _, s := range taken {
		if !s.Until.After(at) {
			continue
		}
		if !s.From.After(at) {
			return 0
		}
		if s.From.Before(until.Add(buffer)) {
			until = s.From.Add(-buffer)
		}
	}
	minutes := int(until.Sub(at).Minutes())
	return max(0, minutes-minutes%r.Step)
}

// allow refuses a time that the rules do not offer, whoever else has booked: outside the
// opening hours, off the steps, too long, too soon, too far ahead.
func (r BookingRules) allow(starts time.Time, minutes int, now time.Time) error {
	midnight := time.Date(starts.Year(), starts.Month(), starts.Day(), 0, 0, 0, 0, starts.Location())
	ends := starts.Add(time.Duration(minutes) * time.Minute)
	opens, closes := r.wall(midnight, r.Opens), r.wall(midnight, r.Closes)
	switch {
	case minutes < r.Step || minutes > r.Longest || minutes%r.Step != 0:
		return rule.Broken("minutes", "resource.rule.length", "step", r.Step, "most", r.Longest)
	case !r.OpenOn(starts) || starts.Before(opens) || ends.After(closes):
		return rule.Broken("starts", "resource.rule.closed")
	case int(starts.Sub(opens).Minutes())%r.Step != 0:
		return rule.Broken("starts", "resource.rule.off_step")
	case starts.Before(r.soonest(now)):
		return rule.Broken("starts", "resource.rule.too_soon")
	case starts.After(r.latest(now)):
		return rule.Broken("starts", "resource.rule.too_far", "days", r.Ahead)
	}
	return nil
}

// week returns the Monday that begins the week of a moment, and the next one.
func week(t time.Time) (from, until time.Time) {
	monday := t.Day() - (int(t.Weekday())+6)%7
	from = time.Date(t.Year(), t.Month(), monday, 0, 0, 0, 0, t.Location())
	return from, time.Date(t.Year(), t.Month(), monday+7, 0, 0, 0, 0, t.Location())
}
