package exchange

import "time"

// Part is a part of a day, as one says when one is free.
type Part int

// The parts of a day.
const (
	Morning Part = iota
	Afternoon
	Evening
)

// Parts are the parts of a day in their order.
func Parts() []Part { return []Part{Morning, Afternoon, Evening} }

// Weekdays are the days as a week is read here, Monday first.
func Weekdays() []time.Weekday {
	return []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}
}

// Times are parts of the days of a week: bit 3 × day + part, Monday first. Zero says
// nothing about when.
type Times int

const allTimes Times = 1<<21 - 1

// At is one part of one day.
func At(day time.Weekday, part Part) Times {
	return 1 << ((int(day)+6)%7*3 + int(part))
}

// Has reports whether all of these are among the times.
func (t Times) Has(these Times) bool { return t&these == these && these != 0 }

// known reports whether the times are of one week.
func (t Times) known() bool { return t >= 0 && t <= allTimes }

// First returns the earliest part of the week among the times; false when there is none.
func (t Times) First() (day time.Weekday, part Part, some bool) {
	for _, day := range Weekdays() {
		for _, part := range Parts() {
			if t.Has(At(day, part)) {
				return day, part, true
			}
		}
	}
	return 0, 0, false
}
