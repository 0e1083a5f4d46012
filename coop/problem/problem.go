// Package problem is what several homes of one place have to bear together: the lift,
// damp, heating, pests. Neighbours say "me too", with a line and a day; facilitators write
// down what the landlord was told and answered; one letter says it for all.
//
// What always holds: a home has one pseudonym in one problem, whoever of it speaks, for
// good; what is shown and printed names nobody and no door; homes of a stairwell are
// counted only where that points at nobody. The package knows no screen.
package problem

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/rule"
)

// Kind is what is wrong.
type Kind string

// Kinds are what may be wrong, in the order in which a page offers them.
func Kinds() []Kind { return []Kind{"lift", "heating", "damp", "pests", "other"} }

// State is how far it has come.
type State string

// The states. A solved problem can be opened again: lifts do that.
const (
	Open     State = "open"
	Told     State = "told" // the landlord was
	Answered State = "answered"
	Solved   State = "solved"
)

// Step is what a facilitator writes down.
type Step string

// The steps.
const (
	Tell   Step = "tell"
	Answer Step = "answer"
	Solve  Step = "solve"
	Reopen Step = "reopen"
)

// steps are the states that each step leads from, and where it leads.
var steps = map[Step]struct {
	from []State
	to   State
}{
	Tell:   {[]State{Open, Told, Answered}, Told},
	Answer: {[]State{Told, Answered}, Answered},
	Solve:  {[]State{Open, Told, Answered}, Solved},
	Reopen: {[]State{Solved}, Open},
}

// Steps are what can be written down next.
func (s State) Steps() (next []Step) {
	for _, step := range []Step{Tell, Answer, Solve, Reopen} {
		if slices.Contains(steps[step].from, s) {
			next = append(next, step)
		}
	}
	return next
}

// Problem is one as a reader finds it. Homes is how many have it; Mine whether the reader
// said so, and Here whether they live there and may.
type Problem struct {
	ID       coop.ProblemID
	PlaceID  coop.PlaceID
	Place    string // with its building
	Kind     Kind
	Title    string
	Language string
	State    State
	Steps    int
	Homes    int
	OpenedAt time.Time
	Mine     bool
	Here     bool
}

// Line is what one home said, under its pseudonym.
type Line struct {
	Home     int
	Building string
	Words    string
	Language string
	Since    time.Time // zero when they did not say
	At       time.Time
	Mine     bool
	Stair    uuid.UUID // never shown: for the counts
	Stairs   string
}

// Taken is a step that was taken.
type Taken struct {
	N        int
	Step     Step
	On       time.Time
	Words    string
	Language string
	At       time.Time
}

// Count is how many homes of a stairwell have it.
type Count struct {
	Stairwell string
	Homes     int
}

// fewest is how many homes a count must have behind it, so that it points at nobody.
const fewest = 3

// Counted counts homes by stairwell where no count points at a home: each has some behind
// it, and so has what is left. Otherwise nothing is counted apart.
func Counted(lines []Line) []Count {
	homes := map[uuid.UUID]map[int]bool{}
	names := map[uuid.UUID]string{}
	for _, l := range lines {
		if homes[l.Stair] == nil {
			homes[l.Stair] = map[int]bool{}
		}
		homes[l.Stair][l.Home] = true
		names[l.Stair] = l.Stairs
	}
	var counts []Count
	for stair, h := range homes {
		if len(h) < fewest {
			return nil // the total would tell the one that is left out
		}
		counts = append(counts, Count{names[stair], len(h)})
	}
	slices.SortFunc(counts, func(a, b Count) int { return slices.Compare([]string{a.Stairwell}, []string{b.Stairwell}) })
	return counts
}

// Letters are the pseudonym of a home: A to Z, then AA.
func Letters(home int) string {
	var text string
	for ; home > 0; home = (home - 1) / 26 {
		text = string(rune('A'+(home-1)%26)) + text
	}
	return text
}

// The lengths of texts, in characters.
const (
	LongestTitle = 80
	LongestWords = 500
)

// Draft is a problem being told of, with what its first home says.
type Draft struct {
	Key   uuid.UUID
	Place coop.PlaceID
	Kind  Kind
	Title string
	Too   Too
}

// Too is what somebody says who has it too. Since may be zero.
type Too struct {
	Words    string
	Language string
	Since    time.Time
}

// check returns it as it is kept; now is the moment in the place's zone.
func (t Too) check(now time.Time) (_ Too, err error) {
	if t.Words, err = rule.Text("words", t.Words, 0, LongestWords); err != nil {
		return t, err
	}
	if !t.Since.IsZero() && (t.Since.After(now) || t.Since.Year() < 1950) {
		return t, rule.Broken("since", "problem.rule.since")
	}
	return t, language(t.Language)
}

func (d Draft) check() (_ Draft, err error) {
	if !slices.Contains(Kinds(), d.Kind) {
		return d, rule.Broken("kind", "rule.choose")
	}
	if (d.Place == coop.PlaceID{}) {
		return d, rule.Broken("place", "rule.choose")
	}
	d.Title, err = rule.Line("title", d.Title, 3, LongestTitle)
	return d, err
}

func language(code string) error {
	if !slices.Contains([]string{"fr", "en", "ar"}, code) {
		return rule.Broken("language", "rule.choose")
	}
	return nil
}
