// Package board is the live notice boards. Each board is a log: whatever changes on it,
// a notice pinned, a comment, a thank-you, a removal, takes the board's next number under
// the lock of the board's row, so that numbers have no gap and a reader who says the last
// one they saw is told the rest. A board of a place is read by whoever lives in it; a
// board without a place by every member. It does not know who is looking just now.
package board

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"lien/coop"
	"lien/rule"
)

// Board is a board as one reader finds it.
type Board struct {
	ID     coop.BoardID
	Name   string
	Place  bool      // it belongs to a place, not to everybody
	At     int64     // the number of its newest entry
	Read   int64     // the reader's mark: up to where they have seen it
	ReadAt time.Time // when they last moved it; when they joined, if never
	Unread int       // notices by others above the mark, 100 at most
	Alerts int       // alerts among them
	Muted  bool      // the reader hears nothing of it but alerts
}

// Heard is how much of what is new the reader wants to hear of.
func (b Board) Heard() int {
	if b.Muted {
		return b.Alerts
	}
	return b.Unread
}

// Kind says what a notice is.
type Kind string

// The kinds of notices. An alert is a facilitator's.
const (
	News  Kind = "news"
	Help  Kind = "help"
	Found Kind = "found"
	Alert Kind = "alert"
)

// Kinds are what any member may pin, in the order in which a page offers them.
func Kinds() []Kind { return []Kind{News, Help, Found} }

// Rules are the charter's rules that a removal names, as keys of their words.
func Rules() []string { return []string{"respect", "privacy", "money", "place"} }

// Author is who wrote something, under the name they chose.
type Author struct {
	ID          coop.MemberID
	Name        string
	Facilitator bool // today
}

// Notice is what is pinned on a board. Thanked and Mine are the reader's own, and false
// in what every reader gets alike.
type Notice struct {
	ID        coop.NoticeID
	Board     coop.BoardID
	Seq       int64  // its number in the board's log, by which notices are ordered
	Author    Author `bun:"embed:author_"`
	Kind      Kind
	Title     string
	Body      string
	Language  string
	Comments  int
	Thanks    int
	CreatedAt time.Time
	Thanked   bool
	Gone      bool
	GoneRule  string // the charter's rule, when a facilitator took it down
	Ended     bool   // gone because its time had come
	Edits     int    // how often it was changed
	EditedAt  time.Time
	ExpiresAt time.Time // zero: it hangs for good
	Top       int64     // the board's number when it was put at the top; 0: it hangs in its place
	Photos    []Picture
	Bravos    int
	Hands     int
	Courages  int
	Mine      []Reaction // those that this reader gave; none in what every reader gets alike

	Remarks []Comment `bun:"-"` // the newest, oldest first
}

// Comment is an answer under a notice.
type Comment struct {
	ID        coop.CommentID
	Notice    coop.NoticeID
	Seq       int64  // its number in the board's log
	Author    Author `bun:"embed:author_"`
	Body      string
	Language  string
	CreatedAt time.Time
}

// Remarks is how many comments a notice shows on its board; its own page shows them all.
const Remarks = 3

// The lengths of texts, in characters.
const (
	LongestTitle   = 80
	LongestBody    = 2000
	LongestComment = 1000
)

// beginning is the first line of a text, or some words of it.
func beginning(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	if utf8.RuneCountInString(line) <= shortest {
		return line
	}
	short := string([]rune(line)[:shortest])
	if at := strings.LastIndexByte(short, ' '); at > 0 {
		short = short[:at]
	}
	return short + "…"
}

// check returns the draft as it is kept, or what is wrong with it.
func (d Draft) check() (_ Draft, err error) {
	switch d.Kind {
	case News, Help, Found, Alert:
	default:
		return d, rule.Broken("kind", "rule.choose")
	}
	if err = days(d.Days); err != nil {
		return d, err
	}
	if d.Title, err = rule.Line("title", d.Title, 0, LongestTitle); err != nil {
		return d, err
	}
	if d.Body, err = rule.Text("body", d.Body, 2, LongestBody); err != nil {
		return d, err
	}
	return d, language(d.Language)
}

// Languages are those that a text may be marked with.
func Languages() []string { return []string{"fr", "en", "ar"} }

func language(code string) error {
	if !slices.Contains(Languages(), code) {
		return rule.Broken("language", "rule.choose")
	}
	return nil
}
