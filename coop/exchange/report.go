package exchange

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/rule"
)

// Moderation is what facilitators decided about a listing that a neighbour reported
// (lessons/coop 46: its owner sees it all along, with the reason).
type Moderation string

// The states of moderation.
const (
	Unmoderated Moderation = "none"
	Hidden      Moderation = "hidden"
	Contested   Moderation = "contested" // its owner asks another person to decide
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

// Who moderates. No facilitator decides about their own listing.
const (
	ByOwner             Judge = iota
	ByFacilitator             // who is not the owner
	ByAnotherThanWhoHid       // a facilitator who neither owns nor hid it
)

// Ruled is one line of the table of moderation.
type Ruled struct {
	Step     Verdict
	From, To Moderation
	By       Judge
}

// Ruleds is all that moderation can do. Who hid a listing may find that they were wrong,
// but never decides on what its owner answers.
func Ruleds() []Ruled {
	return []Ruled{
		{ToKeep, Unmoderated, Unmoderated, ByFacilitator},
		{ToHide, Unmoderated, Hidden, ByFacilitator},
		{ToRestore, Hidden, Unmoderated, ByFacilitator},
		{ToContest, Hidden, Contested, ByOwner},
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

// May reports whether somebody may make the step on a listing of the owner, which hidBy
// hid, if anybody did.
func (r Ruled) May(who, owner, hidBy coop.MemberID, facilitator bool) bool {
	switch r.By {
	case ByOwner:
		return who == owner
	case ByFacilitator:
		return facilitator && who != owner
	case ByAnotherThanWhoHid:
		return facilitator && who != owner && who != hidBy
	}
	return false
}

// Rules are the charter's rules that a listing may break, which who hides one names:
// respect, privacy, no money, and one keeps one's word.
func Rules() []string { return []string{"respect", "privacy", "money", "word"} }

// Reasons are what a neighbour may report: one of the rules, or something else.
func Reasons() []string { return append(Rules(), "other") }

// Report is what a neighbour says about a listing.
type Report struct {
	Listing coop.ListingID
	Reason  string
	Words   string
}

func (r Report) check() (_ Report, err error) {
	if !slices.Contains(Reasons(), r.Reason) {
		return r, rule.Broken("reason", "rule.choose")
	}
	r.Words, err = rule.Text("words", r.Words, 0, 500)
	return r, err
}

// Told is a report as a facilitator reads it.
type Told struct {
	ID     uuid.UUID
	By     Person `bun:"embed:by_"`
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
	By    Person `bun:"embed:by_"`
	Rule  string
	Words string
	At    time.Time
}

// Decision is a step of moderation as it is asked for. Seen is how many steps the page had
// shown, Rule is named where something is hidden.
type Decision struct {
	Step  Verdict
	Seen  int
	Rule  string
	Words string
}

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
	d.Words, err = rule.Text("words", d.Words, least, 500)
	return d, err
}

// File is a listing that waits for a facilitator, with what was said about it.
type File struct {
	Listing `bun:"extend"`
	Reports int
	Since   time.Time
}
