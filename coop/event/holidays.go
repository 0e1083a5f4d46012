package event

import "time"

// easter is Easter Sunday of a year of the Gregorian calendar (Meeus, Jones and Butcher).
func easter(year int) time.Time {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return dayOf(year, time.Month(n/31), n%31+1)
}

// PublicHoliday reports whether nobody works on the day in France (Code du travail,
// article L3133-1).
func PublicHoliday(day time.Time) bool {
	sunday := easter(day.Year())
	for _, after := range []int{1, 39, 50} { // Easter Monday, Ascension, Whit Monday
		if day.Equal(sunday.AddDate(0, 0, after)) {
			return true
		}
	}
	switch day.Format("01-02") {
	case "01-01", "05-01", "05-08", "07-14", "08-15", "11-01", "11-11", "12-25":
		return true
	}
	return false
}

// schoolYear is the holidays of one school year. Each begins on its first free day, the
// Saturday, and ends on the day before lessons begin again.
type schoolYear struct {
	from, through time.Time // the first day of the year, and the last one that is known
	holidays      [][2]time.Time
}

// zoneB is what the ministry of education has published for the académie d'Orléans-Tours:
// arrêtés of 7 December 2022 (to 2025-2026) and of the calendar 2026-2027. What comes
// after the last year is not known until it is written here.
var zoneB = []schoolYear{
	{dayOf(2025, 9, 1), dayOf(2026, 8, 31), [][2]time.Time{
		{dayOf(2025, 10, 18), dayOf(2025, 11, 2)},
		{dayOf(2025, 12, 20), dayOf(2026, 1, 4)},
		{dayOf(2026, 2, 14), dayOf(2026, 3, 1)},
		{dayOf(2026, 4, 11), dayOf(2026, 4, 26)},
		{dayOf(2026, 5, 15), dayOf(2026, 5, 17)},
		{dayOf(2026, 7, 4), dayOf(2026, 8, 31)},
	}},
	{dayOf(2026, 9, 1), dayOf(2027, 8, 31), [][2]time.Time{
		{dayOf(2026, 10, 17), dayOf(2026, 11, 1)},
		{dayOf(2026, 12, 19), dayOf(2027, 1, 3)},
		{dayOf(2027, 2, 20), dayOf(2027, 3, 7)},
		{dayOf(2027, 4, 17), dayOf(2027, 5, 2)},
		{dayOf(2027, 5, 7), dayOf(2027, 5, 9)},
		{dayOf(2027, 7, 3), dayOf(2027, 8, 31)},
	}},
}

// SchoolKnownThrough is the last day of which it is known whether there is school.
func SchoolKnownThrough() time.Time { return zoneB[len(zoneB)-1].through }

// SchoolHoliday reports whether the schools of zone B rest on the day. Of a day outside of
// the years that are known it says nothing: ask SchoolKnownThrough first.
func SchoolHoliday(day time.Time) bool {
	for _, year := range zoneB {
		for _, h := range year.holidays {
			if !day.Before(h[0]) && !day.After(h[1]) {
				return true
			}
		}
	}
	return false
}

// dayOf is a day of the calendar: midnight in UTC, and no moment.
func dayOf(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// dayIn is the day that a moment falls on, on a wall clock.
func dayIn(at time.Time, loc *time.Location) time.Time {
	at = at.In(loc)
	return dayOf(at.Year(), at.Month(), at.Day())
}
