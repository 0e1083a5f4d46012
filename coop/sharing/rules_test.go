package sharing

import (
	"testing"
	"time"
)

func paris(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func TestSlotsKeepClearOfWhatIsTakenAndOfTheBufferAfterThem(t *testing.T) {
	zone := paris(t)
	day := time.Date(2026, 11, 24, 0, 0, 0, 0, zone)
	r := BookingRules{Step: 60, Longest: 180, Ahead: 30, Buffer: 30, WeeklyQuota: 3, Opens: 8 * 60, Closes: 14 * 60, Weekdays: 127, NoShow: 30}
	at := func(hour, minute int) time.Time { return time.Date(2026, 11, 24, hour, minute, 0, 0, zone) }
	taken := []Span{{at(10, 0), at(11, 30)}} // a booking until 11, and its buffer
	want := map[string]int{"08:00": 60, "12:00": 120, "13:00": 60}
	got := map[string]int{}
	for _, s := range r.Slots(day, taken, at(0, 0)) {
		got[s.At.Format("15:04")] = s.Minutes
	}
	for clock, minutes := range want {
		if got[clock] != minutes {
			t.Errorf("at %s: %d minutes are free, want %d", clock, got[clock], minutes)
		}
	}
	if len(got) != len(want) {
		t.Errorf("free are %v, want %v", got, want)
	}
}

func TestAResourceOpensByTheWallClockOnTheDaysThatChangeIt(t *testing.T) {
	zone := paris(t)
	r := BookingRules{Step: 60, Longest: 60, Ahead: 365, WeeklyQuota: 3, Opens: 0, Closes: 24 * 60, Weekdays: 127, NoShow: 30}
	for _, c := range []struct {
		day   time.Time
		slots int
	}{
		{time.Date(2026, 3, 28, 0, 0, 0, 0, zone), 24},
		{time.Date(2026, 3, 29, 0, 0, 0, 0, zone), 23},  // 02:00 is not there
		{time.Date(2026, 10, 25, 0, 0, 0, 0, zone), 25}, // 02:00 is there twice
	} {
		slots := r.Slots(c.day, nil, c.day.AddDate(0, 0, -1))
		if len(slots) != c.slots {
			t.Errorf("%s has %d hours, want %d", c.day.Format(time.DateOnly), len(slots), c.slots)
		}
		for _, s := range slots {
			if err := r.allow(s.At, 60, c.day.AddDate(0, 0, -1)); err != nil {
				t.Errorf("%s is offered and refused: %v", s.At, err)
			}
		}
	}
	eight := BookingRules{Step: 60, Longest: 60, Ahead: 365, WeeklyQuota: 3, Opens: 8 * 60, Closes: 9 * 60, Weekdays: 127, NoShow: 30}
	for _, day := range []time.Time{time.Date(2026, 3, 29, 0, 0, 0, 0, zone), time.Date(2026, 10, 25, 0, 0, 0, 0, zone)} {
		slots := eight.Slots(day, nil, day.AddDate(0, 0, -1))
		if len(slots) != 1 || slots[0].At.Hour() != 8 {
			t.Errorf("on %s it opens at %v, want 8", day.Format(time.DateOnly), slots)
		}
	}
}

func TestATimeThatTheRulesDoNotOfferIsRefused(t *testing.T) {
	zone := paris(t)
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, zone)
	r := BookingRules{Step: 60, Longest: 120, Notice: 120, Ahead: 7, WeeklyQuota: 3, Opens: 8 * 60, Closes: 20 * 60, Weekdays: 1 | 2, NoShow: 30}
	at := func(day, hour, minute int) time.Time { return time.Date(2026, 11, day, hour, minute, 0, 0, zone) }
	for name, c := range map[string]struct {
		at      time.Time
		minutes int
		refused bool
	}{
		"fits":               {at(24, 8, 0), 120, false},
		"until closing":      {at(24, 19, 0), 60, false},
		"past closing":       {at(24, 19, 0), 120, true},
		"before opening":     {at(24, 7, 0), 60, true},
		"off the step":       {at(24, 8, 30), 60, true},
		"half a step":        {at(24, 8, 0), 90, true},
		"nothing":            {at(24, 8, 0), 0, true},
		"too long":           {at(24, 8, 0), 180, true},
		"on a closed day":    {at(25, 8, 0), 60, true},
		"without notice":     {at(23, 11, 0), 60, true},
		"with notice":        {at(23, 12, 0), 60, false},
		"over a week ahead":  {at(30, 11, 0), 60, true},
		"a week ahead":       {at(30, 10, 0), 60, false},
		"yesterday":          {at(22, 10, 0), 60, true},
		"negative, backward": {at(24, 10, 0), -60, true},
	} {
		if err := r.allow(c.at, c.minutes, now); (err != nil) != c.refused {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The table of each machine: from every state that is not final somebody or the clock
// gets out, and final ones stay.
func TestEveryStateOfABookingAndALoanHasAWayOut(t *testing.T) {
	out := map[string]bool{}
	for _, l := range bookingLines() {
		out["booking "+l.from] = true
	}
	for _, l := range loanLines() {
		out["loan "+l.from] = true
	}
	for state, final := range map[string]bool{
		"booking " + Waiting: false, "booking " + Started: false, "booking " + Ended: true, "booking " + Cancelled: true, "booking " + Released: true,
		"loan " + Asked: false, "loan " + Held: false, "loan " + Out: false, "loan " + Returned: true, "loan " + Withdrawn: true, "loan " + Lapsed: true, "loan " + Lost: true,
	} {
		if out[state] == final {
			t.Errorf("%s: has a way out: %v", state, out[state])
		}
	}
}
