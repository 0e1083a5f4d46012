// Package participation keeps how a member took part, month by month, and draws the one
// summary of it: for the member, and through the door for whom the member chose. Counts
// only: never with whom, what, when or where. A count grows in the transaction of the act
// that it counts, so that the two cannot differ.
package participation

import "time"

// What is a way of taking part; its value is the name of the column that counts it.
type What string

// The ways of taking part (wall.md, scope monthly).
const (
	HelpGiven    What = "help_given"
	HelpReceived What = "help_received"
	Events       What = "events"
	Board        What = "board"
	Assemblies   What = "assemblies"
)

// Summary is what the scope summary shows, in bands that hide the numbers. A line with
// nothing to say is empty: zero is never shown.
type Summary struct {
	Joined   string   `json:"joined"`   // the month joined, as 2026-11
	Active   string   `json:"active"`   // months active in the last six: 1-2, 3-4, 5-6
	Given    string   `json:"given"`    // help given: 1-3, 4-9, 10+
	Received string   `json:"received"` // help received: 1-3, 4-9, 10+
	Roles    []string `json:"roles"`
	Trend    string   `json:"trend"` // up, stable, down, new
}

// Empty reports whether the summary has nothing to say.
func (s Summary) Empty() bool {
	return s.Joined == "" && s.Active == "" && s.Given == "" && s.Received == "" && len(s.Roles) == 0 && s.Trend == ""
}

// Month is what the scope monthly shows of one month. Month is its first day, in UTC.
type Month struct {
	Month        time.Time
	HelpGiven    int
	HelpReceived int
	Events       int
	Board        int
	Assemblies   int
}

// Total is how often the member took part in the month, whatever the way.
func (m Month) Total() int {
	return m.HelpGiven + m.HelpReceived + m.Events + m.Board + m.Assemblies
}
