package board

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/rule"
)

// Moderation is what facilitators decided about something on a board (lessons/coop 46: who
// wrote it reads it all along, with the reason).
type Moderation string

// The states of moderation.
const (
	Unmoderated Moderation = "none"
	Hidden      Moderation = "hidden"
	Contested   Moderation = "contested" // who wrote it asks another person to decide
	Upheld      Moderation = "upheld"    // another person decided: it stays hidden
)

// Verdict is a step of moderation.
type Verdict string

// The steps of moderation.
const (
	ToKeep    Verdict = "keep" // what was reported keeps to the charter
	ToHide    Verdict = "hide"
	ToContest Verdict = "contest"
	ToRestore Verdict = "restore"
	ToUphold  Verdict = "uphold"
)

// Judge says who makes a step of moderation.
type Judge int

// Who moderates. No facilitator decides about their own words.
const (
	ByAuthor            Judge = iota
	ByFacilitator             // who did not write it
	ByAnotherThanWhoHid       // a facilitator who neither wrote nor hid it
)

// Ruled is one line of the table of moderation.
type Ruled struct {
	Step     Verdict
	From, To Moderation
	By       Judge
}

// Ruleds is all that moderation can do. Who hid something may find that they were wrong,
// but never decides on what its author answers.
func Ruleds() []Ruled {
	return []Ruled{
		{ToKeep, Unmoderated, Unmoderated, ByFacilitator},
		{ToHide, Unmoderated, Hidden, ByFacilitator},
		{ToRestore, Hidden, Unmoderated, ByFacilitator},
		{ToContest, Hidden, Contested, ByAuthor},
		{ToRestore, Contested, Unmoderated, ByAnotherThanWhoHid},
		{ToUphold, Contested, Upheld, ByAnotherThanWhoHid},
	}
}

func ruled(step Verdict, from Moderation) (Ruled, bool) {
	for _, r := range Ruleds() {
		if r.Step == step && r.From == from {
			return r, true
		}
	}
	return Ruled{}, false
}

// May reports whether somebody may make the step on what the author wrote, which hidBy
// hid, if anybody did.
func (r Ruled) May(who, author, hidBy coop.MemberID, facilitator bool) bool {
	switch r.By {
	case ByAuthor:
		return who == author
	case ByFacilitator:
		return facilitator && who != author
	case ByAnotherThanWhoHid:
		return facilitator && who != author && who != hidBy
	}
	return false
}

// Reasons are what a neighbour may report: one of the charter's rules, or something else.
func Reasons() []string { return append(Rules(), "other") }

// Report is what a neighbour says about a notice, or about a comment under it.
type Report struct {
	Notice  coop.NoticeID
	Comment coop.CommentID // zero: the notice itself
	Reason  string
	Words   string
}

func (r Report) check() (_ Report, err error) {
	if !slices.Contains(Reasons(), r.Reason) {
		return r, rule.Broken("reason", "rule.choose")
	}
	r.Words, err = rule.Text("words", r.Words, 0, mostReasoned)
	return r, err
}

// Decision is a step of moderation as it is asked for. Seen is how many steps the page had
// shown, Rule is named where something is hidden.
type Decision struct {
	Step  Verdict
	Seen  int
	Rule  string
	Words string
}

// mostReasoned is how long a reason or an answer may be, in characters.
const mostReasoned = 500

func (d Decision) check() (_ Decision, err error) {
	least := 0
	switch d.Step {
	case ToHide:
		if !slices.Contains(Rules(), d.Rule) {
			return d, rule.Broken("rule", "rule.choose")
		}
	case ToContest, ToRestore, ToUphold:
		least = 3
		d.Rule = ""
	case ToKeep:
		d.Rule = ""
	default:
		return d, rule.ErrMoved
	}
	d.Words, err = rule.Text("words", d.Words, least, mostReasoned)
	return d, err
}

// File is something on a board that was reported or hidden: what it says, and where it
// stands. Reports and Since are set in the queue alone, Rule where it is hidden.
type File struct {
	ID       coop.FileID
	Board    coop.BoardID
	Notice   coop.NoticeID
	Comment  coop.CommentID // zero: the notice itself
	Author   Author         `bun:"embed:author_"`
	Title    string
	Body     string
	Language string
	State    Moderation
	Rule     string
	Reports  int
	Since    time.Time
	Photos   []Picture // those that hang with it
}

// Told is a report as a facilitator reads it.
type Told struct {
	ID     uuid.UUID
	By     Author `bun:"embed:by_"`
	Reason string
	Words  string
	At     time.Time
}

// Ruling is one step of moderation that was made.
type Ruling struct {
	N     int
	Step  Verdict
	From  Moderation
	To    Moderation
	By    Author `bun:"embed:by_"`
	Rule  string
	Words string
	At    time.Time
}
