package exchange

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/rule"
)

// Saying is one line of the conversation inside an agreement, the same for every reader.
// Its number is gapless within the agreement.
type Saying struct {
	Seq      int64
	Kind     SayingKind
	By       Person `bun:"embed:by_"`
	Body     string // what was written; the key of a tap or of a step
	Language string // of what was written
	At       time.Time
}

// SayingKind says what stands in the log of a conversation.
type SayingKind string

// The kinds of sayings. A step has no words here: it makes open pages draw the agreement
// anew. Help is a facilitator who reads along, which both are told.
const (
	SaidWords SayingKind = "words"
	SaidTap   SayingKind = "tap"
	SaidStep  SayingKind = "step"
	SaidHelp  SayingKind = "help"
)

// Taps are what can be said without typing, as keys of words that each reader gets in
// their own language.
func Taps() []string { return []string{"coming", "late", "thanks"} }

// Note is something to say: words, or one of the taps.
type Note struct {
	Key      uuid.UUID
	Words    string
	Tap      string
	Language string
}

// LongestSaying is the longest message, in characters. A member sends floodSayings
// messages within floodTime at most, over all conversations.
const (
	LongestSaying = 1000
	floodSayings  = 20
	floodTime     = 5 * time.Minute
)

// talkStays is how long two people may still speak after the end of what they agreed on.
const talkStays = 7 * day

// check returns what is kept of a note, or what is wrong with it.
func (n Note) check() (kind SayingKind, body, language string, err error) {
	if n.Tap != "" {
		if !slices.Contains(Taps(), n.Tap) {
			return "", "", "", rule.Broken("tap", "rule.choose")
		}
		return SaidTap, n.Tap, "", nil
	}
	if body, err = rule.Text("words", n.Words, 1, LongestSaying); err != nil {
		return "", "", "", err
	}
	if language, err = rule.Line("language", n.Language, 2, 12); err != nil {
		return "", "", "", err
	}
	return SaidWords, body, language, nil
}

// TalkOpen reports whether the two may still write to each other: until a week after the
// end, or after the planned time when that is later.
func (a Agreement) TalkOpen(now time.Time) bool {
	return !a.State.Final() || now.Before(a.StateSince.Add(talkStays))
}

// Talk is a part of a conversation as one reader finds it, oldest first. Older is the
// number to read the part before from, zero when there is none.
type Talk struct {
	Agreement coop.AgreementID
	At        int64 // the number of the newest line
	Read      int64 // up to where the reader has read
	Unread    int   // messages of others above it, 100 at most
	Open      bool  // the reader may write
	Says      []Saying
	Older     int64
}
