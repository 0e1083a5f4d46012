// Package bond is the referent's side of the door: the one-time code that two people
// exchange face to face, and reading what a person chose to show of their social bond.
//
// What always holds: only the resident opens the door. Each reading leaves its row, which
// the resident sees; a referent sees counts, never with whom, what, when or where. Nothing
// to see is one and the same answer, whatever the reason: never asked, refused, withdrawn,
// lapsed, not a member, nothing there. Nothing read here may decide anything.
package bond

import (
	"crypto/rand"
	"encoding/json"
	"strings"
	"time"

	"github.com/google/uuid"
)

// Scope is one kind of thing that a person may show.
type Scope string

// The scopes that a person opens one by one.
const (
	ScopeSummary    Scope = "summary"
	ScopeMonthly    Scope = "monthly"
	ScopeHighlights Scope = "highlights"
	ScopeProposals  Scope = "proposals"
)

// Scopes are all of them, in the order in which they are asked.
func Scopes() []Scope { return []Scope{ScopeSummary, ScopeMonthly, ScopeHighlights, ScopeProposals} }

// Shown is what a person shows now. Each part is absent unless it was opened and there is
// something in it; the absence says nothing.
type Shown struct {
	Summary    *Summary
	Months     []Month
	Highlights []string
	Proposals  bool      // the person wants to be proposed things
	Until      time.Time // the day on which the first of it closes by itself
}

// Summary is worded bands; an empty one is left out, zero is never shown.
type Summary struct {
	Joined   string   `json:"joined"`   // the month, as 2026-03
	Active   string   `json:"active"`   // months of the last six: 1-2, 3-4, 5-6
	Given    string   `json:"given"`    // help given: 1-3, 4-9, 10+
	Received string   `json:"received"` // help received: 1-3, 4-9, 10+
	Roles    []string `json:"roles"`
	Trend    string   `json:"trend"` // up, stable, down, new
}

// Month is the counts of one month, of those with something in them.
type Month struct {
	Month        time.Time // its first day
	HelpGiven    int
	HelpReceived int
	Events       int
	Board        int
	Assemblies   int
}

type shownRow struct {
	Summary    *Summary   `json:"summary"`
	Monthly    []monthRow `json:"monthly"`
	Highlights []string   `json:"highlights"`
	Proposals  bool       `json:"proposals"`
	Until      string     `json:"until"`
}

type monthRow struct {
	Month        string `json:"month"`
	HelpGiven    int    `json:"help_given"`
	HelpReceived int    `json:"help_received"`
	Events       int    `json:"events"`
	Board        int    `json:"board"`
	Assemblies   int    `json:"assemblies"`
}

// Drawn turns what the door's function draws into what is shown; nothing is nil. The
// resident's preview is drawn by the same function and read by this one.
func Drawn(text []byte) (*Shown, error) {
	if len(text) == 0 {
		return nil, nil
	}
	var row shownRow
	if err := json.Unmarshal(text, &row); err != nil {
		return nil, err
	}
	shown := &Shown{Summary: row.Summary, Highlights: row.Highlights, Proposals: row.Proposals}
	for _, m := range row.Monthly {
		first, err := time.Parse(time.DateOnly, m.Month)
		if err != nil {
			return nil, err
		}
		shown.Months = append(shown.Months, Month{first, m.HelpGiven, m.HelpReceived, m.Events, m.Board, m.Assemblies})
	}
	if row.Until != "" {
		until, err := time.Parse(time.DateOnly, row.Until)
		if err != nil {
			return nil, err
		}
		shown.Until = until
	}
	return shown, nil
}

// Offering is an open event or offer that may be proposed.
type Offering struct {
	Kind     string // event or listing
	ID       uuid.UUID
	Title    string
	StartsAt time.Time // zero for a listing
}

// alphabet has no letter or digit that is mistaken for another one, read or said aloud.
const alphabet = "2346789ABCDEFGHJKMNPQRTUVWXYZ"

const codeLength = 8

// newCode draws a code of eight characters, each as likely as any other.
func newCode() string {
	var code strings.Builder
	one := make([]byte, 1)
	for code.Len() < codeLength {
		_, _ = rand.Read(one) // never fails: crypto/rand ends the program instead
		if n := int(one[0]); n < 256/len(alphabet)*len(alphabet) {
			code.WriteByte(alphabet[n%len(alphabet)])
		}
	}
	return code.String()
}

// Fold writes a code the one way it is compared: without spaces and dashes, in capitals.
func Fold(typed string) string {
	return strings.ToUpper(strings.NewReplacer(" ", "", "-", "", "\u00a0", "", "\u202f", "").Replace(typed))
}

// Derive computes, with a key kept outside the database, what is stored of a code.
type Derive func(label string, id []byte) []byte

// Hash is what is stored of a code: nobody who holds the database finds the code from it.
func (d Derive) Hash(code string) []byte { return d("bond code", []byte(Fold(code))) }
