package event

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	"golang.org/x/text/language"

	"lien/coop"
	"lien/rule"
)

// MostHands is how many hands one shift may have.
const MostHands = 50

const (
	alertAhead  = 48 * time.Hour // missing hands are told of so long before
	alertDelay  = 2 * time.Hour  // after a shift was opened late
	confirmTill = 30 * 24 * time.Hour
	shiftAround = 24 * time.Hour // hands set up and tidy up beside the event's own hours
)

// Hand is where somebody stands with a shift.
type Hand string

// The hands. Who seeks a stand-in stays on until somebody takes over.
const (
	HandNone    Hand = ""
	HandOn      Hand = "on"
	HandSeeking Hand = "seeking"
	HandOff     Hand = "off"
)

// Held reports whether the shift counts on this hand.
func (h Hand) Held() bool { return h == HandOn || h == HandSeeking }

// Shift is hands that an event needs for a while, with what its reader may know of it: how
// many there are and their own, never whose the others are.
type Shift struct {
	ID       coop.ShiftID
	EventID  coop.EventID
	Title    string // of the event
	TitleIn  string // the language of Title
	Place    string
	What     string
	Language string
	StartsAt time.Time
	EndsAt   time.Time
	Least    int
	Most     int
	Hands    int  // there are
	Seeking  bool // somebody else's stand-in is wanted, whose place the reader could take
	Mine     Hand
	Credited int64 // the minutes that the reader was credited
	Runs     bool  // the reader organises the event or is a facilitator
	On       bool  // the event is on, and the shift open
	By       coop.MemberID
}

// Minutes is how long the shift lasts, and what it is worth.
func (s Shift) Minutes() int64 { return int64(s.EndsAt.Sub(s.StartsAt) / time.Minute) }

// Short is how many hands are missing.
func (s Shift) Short() int { return max(0, s.Least-s.Hands) }

// Room is how many more hands may come.
func (s Shift) Room() int { return max(0, s.Most-s.Hands) }

// Began reports whether the shift has started.
func (s Shift) Began(now time.Time) bool { return !now.Before(s.StartsAt) }

// Open reports whether one may still lend a hand.
func (s Shift) Open(now time.Time) bool { return s.On && now.Before(s.EndsAt) }

// Confirmable reports whether who was there may be confirmed now: from its start on, for
// thirty days after its end.
func (s Shift) Confirmable(now time.Time) bool {
	return s.On && s.Began(now) && now.Before(s.EndsAt.Add(confirmTill))
}

// Present is a line of a shift's list, for who runs the event only.
type Present struct {
	ShiftID  coop.ShiftID
	MemberID coop.MemberID
	Name     string
	Number   int64
	Hand     Hand
	Minutes  int64 // that were credited; 0 when nothing stands
	Mine     bool  // the reader, or whose hours stand with the reader's: somebody else confirms them
}

// Opening is what the form of a new shift holds.
type Opening struct {
	Key      uuid.UUID
	What     string
	Language string
	Day      string
	From     string
	Until    string
	Least    string
	Most     string
}

// checked returns the shift that the form describes, or the first field that cannot be.
func (o Opening) checked(e Event, now time.Time) (Shift, error) {
	s := Shift{EventID: e.ID, Language: o.Language}
	var err error
	if s.What, err = rule.Line("what", o.What, 3, 80); err != nil {
		return s, err
	}
	loc, err := time.LoadLocation(e.Zone)
	if err != nil {
		return s, err
	}
	if s.StartsAt, s.EndsAt, err = span(o.Day, o.From, o.Until, loc); err != nil {
		return s, err
	}
	switch {
	case !s.StartsAt.After(now):
		return s, rule.Broken("day", "event.rule.past")
	case s.StartsAt.Before(e.StartsAt.Add(-shiftAround)) || s.EndsAt.After(e.EndsAt.Add(shiftAround)):
		return s, rule.Broken("day", "shift.rule.around")
	}
	if s.Least, err = hands("least", o.Least); err != nil {
		return s, err
	}
	if s.Most, err = hands("most", o.Most); err != nil {
		return s, err
	}
	if s.Most < s.Least {
		return s, rule.Broken("most", "shift.rule.most_first")
	}
	if tag, err := language.Parse(o.Language); err != nil || len(o.Language) > 12 || tag.String() != o.Language {
		return s, rule.Broken("language", "event.rule.language")
	}
	return s, nil
}

func hands(field, typed string) (int, error) {
	n, err := strconv.Atoi(strings.TrimSpace(typed))
	if err != nil || n < 1 || n > MostHands {
		return 0, rule.Broken(field, "shift.rule.hands", "most", MostHands)
	}
	return n, nil
}

// HandAct is what somebody does with their hand.
type HandAct string

// The acts.
const (
	TakeShift  HandAct = "take"
	GiveBack   HandAct = "give"
	SeekOther  HandAct = "seek"  // a stand-in is wanted
	KeepShift  HandAct = "keep"  // no stand-in is wanted any more
	TakeOver   HandAct = "stand" // from somebody who seeks
	noMoreHere HandAct = "away"  // the clock: who left, rests or was suspended
)

type handStep struct {
	act  HandAct
	from []Hand
	to   Hand
}

// handSteps is all that one may do with one's own hand, before the shift begins; lending
// a hand is possible until it ends. Over says that the state was reached before: the same
// act again changes nothing.
func handSteps() []handStep {
	free := []Hand{HandNone, HandOff}
	return []handStep{
		{TakeShift, free, HandOn},
		{TakeOver, free, HandOn},
		{GiveBack, []Hand{HandOn, HandSeeking}, HandOff},
		{SeekOther, []Hand{HandOn}, HandSeeking},
		{KeepShift, []Hand{HandSeeking}, HandOn},
		{noMoreHere, []Hand{HandOn, HandSeeking}, HandOff},
	}
}

// become says where a hand stands after an act: moved is false when it stood there before.
// Taking over is no act for who holds a place already.
func (h Hand) become(act HandAct) (to Hand, moved bool, err error) {
	for _, step := range handSteps() {
		switch {
		case step.act != act:
		case slices.Contains(step.from, h):
			return step.to, true, nil
		case h == step.to, act == TakeShift && h.Held(), act == KeepShift && h == HandOn:
			return h, false, nil
		}
	}
	return h, false, rule.ErrMoved
}
