// Package cheque is time-cheques on paper: booklets of numbered leaves that the desk hands
// to a member, who signs a leaf for whoever helped them. The number of a leaf cannot be
// invented, and its last letter tells when it was misread.
//
// What always holds: a leaf is spent once; the minutes pass from the member whose booklet it
// is to who brought the leaf; who gains never confirms alone, so that a leaf brought by
// phone waits until its drawer says yes or a facilitator, neither of the two, has seen the
// paper; silence never takes hours from anybody. Every step is kept with its channel and its
// witness.
//
// A leaf keeps no hours apart, as an agreement does: before it is brought the house knows
// neither how much it is for nor to whom, then it has only the word of who gains, and with
// the other one's yes it is paid at once.
package cheque

import (
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/exchange"
	"lien/rule"
)

// State is where a leaf stands.
type State string

// The states of a leaf.
const (
	Blank     State = "blank"
	Presented State = "presented" // brought by who helped; its drawer or a facilitator has the word
	Disputed  State = "disputed"
	Paid      State = "paid"
	Void      State = "void"
)

// Final reports whether nothing more can happen.
func (s State) Final() bool { return s == Paid || s == Void }

// Because says why a leaf is worth nothing any more.
type Because string

// The reasons.
const (
	Lost    Because = "lost"
	Stolen  Because = "stolen"
	Spoiled Because = "spoiled"
	Settled Because = "settled" // a facilitator decided that nothing is owed
)

// Reasons are those that somebody may give, in the order in which a page offers them.
func Reasons() []Because { return []Because{Lost, Stolen, Spoiled} }

// Leaf is one cheque. Minutes that nobody has said yet are zero; a name is empty when the
// person has left.
type Leaf struct {
	ID         coop.LeafID
	Booklet    coop.BookletID
	Number     int64 // the booklet's
	N          int   // the leaf's in it
	State      State
	Drawer     exchange.Person `bun:"embed:drawer_"`
	Bearer     exchange.Person `bun:"embed:bearer_"`
	Category   exchange.Category
	About      string
	Language   string
	Claimed    int64
	Answered   int64
	Paid       int64
	Because    Because
	Steps      int // how many were taken: what a page has seen
	StateSince time.Time
	DeadlineAt time.Time // zero when final
	ValidUntil time.Time
}

// Name is the leaf's place in the register, as one says it: booklet 12, leaf 7 is 12-07. It
// opens nothing: the number printed on the paper does.
func (l Leaf) Name() string { return fmt.Sprintf("%d-%02d", l.Number, l.N) }

// Party reports whether the member signed the leaf or brought it.
func (l Leaf) Party(m coop.MemberID) bool { return m == l.Drawer.ID || m == l.Bearer.ID }

// Draws reports whether the leaf is of the member's own booklet.
func (l Leaf) Draws(m coop.MemberID) bool { return m == l.Drawer.ID }

// Other returns the other one of the two.
func (l Leaf) Other(m coop.MemberID) exchange.Person {
	if l.Draws(m) {
		return l.Bearer
	}
	return l.Drawer
}

// Late reports whether the present state has lasted longer than it should.
func (l Leaf) Late(now time.Time) bool { return !l.DeadlineAt.IsZero() && !now.Before(l.DeadlineAt) }

// figure is what the other one of the two has named; zero when nothing.
func (l Leaf) figure(m coop.MemberID) int64 {
	if l.Draws(m) {
		return l.Claimed
	}
	return l.Answered
}

// Presentation is what is said of a leaf when it is brought: how long, and for what. What
// was done may stay empty: then the sort of help says it.
type Presentation struct {
	Minutes  int64
	Category exchange.Category
	About    string
	Language string
}

func (p Presentation) check() (_ Presentation, err error) {
	if p.Minutes <= 0 {
		return p, rule.Broken("minutes", "hours.nothing")
	}
	if !slices.Contains(exchange.Categories(), p.Category) {
		return p, rule.Broken("category", "rule.choose")
	}
	if p.About, err = rule.Line("about", p.About, 0, 120); err != nil {
		return p, err
	}
	p.Language, err = rule.Line("language", p.Language, 2, 12)
	return p, err
}

// Event is one step that was taken. Witness is the facilitator who saw the leaf, empty when
// none did.
type Event struct {
	N       int
	Step    Step
	From    State
	To      State
	By      exchange.Person `bun:"embed:by_"`
	Channel coop.Channel
	Witness string
	Minutes int64
	Words   string
	At      time.Time
}

// Replay follows the events along the table and returns the state that they lead to; false
// when one of them is no transition.
func Replay(events []Event) (State, bool) {
	state := Blank
	for _, e := range events {
		t, ok := find(e.Step, state)
		if !ok || e.From != state || e.To != t.To {
			return state, false
		}
		state = t.To
	}
	return state, true
}

// Booklet is a number of leaves handed to one member, with how many are in which state.
type Booklet struct {
	ID         coop.BookletID
	Number     int64
	Drawer     exchange.Person `bun:"embed:drawer_"`
	Leaves     int
	IssuedAt   time.Time
	ValidUntil time.Time
	Blank      int
	Waiting    int
	Paid       int
	Void       int
}

// Printed is a leaf as it is printed: with the number that opens it.
type Printed struct {
	Leaf
	Code string
}

// Issue is what the desk says when it hands out a booklet. Number is the member's; Key
// makes a second send return the first booklet.
type Issue struct {
	Key    uuid.UUID
	Number int64
	Leaves int
}

// Sizes are how many leaves a booklet may have: a sheet of A4 prints five.
func Sizes() []int { return []int{5, 10, 20} }

// most is how many blank leaves one member may hold, and lasts how long they are good for.
const (
	most  = 30
	lasts = 365 * day
)

func (i Issue) check() error {
	if !slices.Contains(Sizes(), i.Leaves) {
		return rule.Broken("leaves", "rule.choose")
	}
	return nil
}
