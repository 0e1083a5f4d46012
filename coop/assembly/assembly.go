// Package assembly is how the cooperative decides: the statutes, the agenda, who was
// convened and by which channel, who gives their vote to whom, who is there, the votes
// with their results, and the minutes.
//
// What always holds: what was convened stands as it was convened; the roll is frozen when
// the assembly opens; a person is one voice, wherever and however it is cast; nobody, with
// the database in their hands, can join who voted to what was voted in secret; a result is
// kept with its own arithmetic, and what was signed is never written again (coop.md,
// assemblies). It knows no screen and nothing of individual support.
package assembly

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/rule"
)

// State is where an assembly stands.
type State string

// The states of an assembly.
const (
	Draft     State = "draft"
	Convened  State = "convened"
	Open      State = "open"
	Closed    State = "closed"
	Cancelled State = "cancelled"
)

// Step is what moves an assembly from one state to another.
type Step string

// The steps of an assembly.
const (
	Convenes Step = "convene"
	Opens    Step = "open" // the doors: the roll is frozen
	Closes   Step = "close"
	Cancels  Step = "cancel"
	Lapses   Step = "lapse" // it was convened, and a day later nobody had opened it
)

// Who says who may take a step.
type Who string

// The people around an assembly.
const (
	Facilitator Who = "facilitator"
	TheClock    Who = "clock"
)

// Transition is one line of an assembly's life.
type Transition struct {
	Step     Step
	From, To State
	Who      Who
}

// Transitions is all that can happen to an assembly.
func Transitions() []Transition {
	return []Transition{
		{Convenes, Draft, Convened, Facilitator},
		{Cancels, Draft, Cancelled, Facilitator},
		{Opens, Convened, Open, Facilitator},
		{Cancels, Convened, Cancelled, Facilitator},
		{Lapses, Convened, Cancelled, TheClock},
		{Closes, Open, Closed, Facilitator},
	}
}

// after returns the state that step leads to from s, and whether s allows it.
func (s State) after(step Step) (State, bool) {
	for _, t := range Transitions() {
		if t.Step == step && t.From == s {
			return t.To, true
		}
	}
	return s, false
}

// Assembly is one meeting of all members. Statute is the number of the statutes that it was
// convened under, 0 before.
type Assembly struct {
	ID           coop.AssemblyID
	Title        string
	Words        string
	Language     string
	Place        string
	StartsAt     time.Time
	State        State
	StateSince   time.Time
	Statute      int
	CancelledWhy string
	Motions      int
}

// Coming reports whether the assembly is still to be held, or under way.
func (a Assembly) Coming() bool { return a.State == Convened || a.State == Open }

// Plan is the form of a new assembly. Day and Clock are on the neighbourhood's wall.
type Plan struct {
	Key      uuid.UUID
	Title    string
	Words    string
	Language string
	Place    string
	Day      string // 2026-11-26
	Clock    string // 18:30
}

// farthest is how far ahead an assembly may be planned.
const farthest = 400 * 24 * time.Hour

// check tidies the form and returns its beginning in the neighbourhood's zone.
func (p Plan) check(now time.Time, zone *time.Location) (Plan, time.Time, error) {
	var err error
	if p.Title, err = rule.Line("title", p.Title, 3, 100); err != nil {
		return p, now, err
	}
	if p.Place, err = rule.Line("place", p.Place, 2, 120); err != nil {
		return p, now, err
	}
	if p.Words, err = rule.Text("words", p.Words, 0, 2000); err != nil {
		return p, now, err
	}
	day, err := time.Parse(time.DateOnly, strings.TrimSpace(p.Day))
	if err != nil {
		return p, now, rule.Broken("day", "assembly.rule.day")
	}
	clock, err := time.Parse("15:04", strings.TrimSpace(p.Clock))
	if err != nil {
		return p, now, rule.Broken("clock", "assembly.rule.clock")
	}
	starts := time.Date(day.Year(), day.Month(), day.Day(), clock.Hour(), clock.Minute(), 0, 0, zone)
	switch {
	case starts.Hour() != clock.Hour() || starts.Minute() != clock.Minute():
		return p, now, rule.Broken("clock", "assembly.rule.no_such_time")
	case !starts.After(now):
		return p, now, rule.Broken("day", "assembly.rule.past")
	case starts.Sub(now) > farthest:
		return p, now, rule.Broken("day", "assembly.rule.too_far")
	}
	return p, starts, nil
}

// Kind is what a motion asks for.
type Kind string

// The kinds of motions.
const (
	Talk     Kind = "talk" // nothing is decided
	Ordinary Kind = "ordinary"
	Statutes Kind = "statutes" // it changes the statutes
)

// Kinds are the kinds of motions.
func Kinds() []Kind { return []Kind{Talk, Ordinary, Statutes} }

// Motion is a point of the agenda. Secret says that it can only be voted in secret.
type Motion struct {
	ID       coop.MotionID
	Assembly coop.AssemblyID
	N        int
	Kind     Kind
	Secret   bool
	Title    string
	Words    string
	Language string
}

// Voted reports whether the assembly decides something here.
func (m Motion) Voted() bool { return m.Kind != Talk }

// Wording is the form of a new motion.
type Wording struct {
	Key      uuid.UUID
	Kind     Kind
	Secret   bool
	Title    string
	Words    string
	Language string
}

func (w Wording) check() (Wording, error) {
	var err error
	if !slices.Contains(Kinds(), w.Kind) {
		return w, rule.Broken("kind", "rule.choose")
	}
	if w.Title, err = rule.Line("title", w.Title, 3, 160); err != nil {
		return w, err
	}
	if w.Words, err = rule.Text("words", w.Words, 0, 3000); err != nil {
		return w, err
	}
	w.Secret = w.Secret && w.Kind != Talk
	return w, nil
}

// Document is a text to read before the assembly.
type Document struct {
	ID       coop.DocumentID
	Title    string
	Body     string
	Language string
}

// Attachment is the form of a new document.
type Attachment struct {
	Key         uuid.UUID
	Title, Body string
	Language    string
}

func (a Attachment) check() (Attachment, error) {
	var err error
	if a.Title, err = rule.Line("document", a.Title, 3, 120); err != nil {
		return a, err
	}
	a.Body, err = rule.Text("body", a.Body, 1, 20000)
	return a, err
}
