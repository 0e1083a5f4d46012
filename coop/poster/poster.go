// Package poster is the sheet of paper in the stairwell: what neighbours offer and look
// for, what happens, what the team has to say this week, with a square for all of it and a
// short code for each thing.
//
// What always holds: a listing hangs there only while its owner wants it to; no name, no
// door and no details stand on it; a code shows to who is not signed in no more than the
// paper does, and nothing once the thing is over. The package knows no screen.
package poster

import (
	"encoding/binary"
	"regexp"
	"strings"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/exchange"
)

// Kind is what a code leads to.
type Kind string

// The kinds: a whole poster, and what stands on one.
const (
	APoster  Kind = "poster"
	AListing Kind = "listing"
	AnEvent  Kind = "event"
	ANotice  Kind = "notice"
)

// How much stands on one poster, so that one sheet holds it in three languages and in large
// print, and how far ahead and back it looks.
const (
	mostListings = 4
	mostEvents   = 3
	mostNotices  = 1
	eventsWithin = 14 * 24 * time.Hour
	noticesSince = 14 * 24 * time.Hour
)

// Item is one thing on a poster, with what may be read by whoever passes.
type Item struct {
	Kind     Kind
	Subject  uuid.UUID
	Code     string
	Title    string
	Language string            // of the title
	Sort     exchange.Kind     // of a listing: offer, request
	Category exchange.Category // of a listing
	Minutes  int64             // of a listing, zero when no length was said
	StartsAt time.Time         // of an event
	EndsAt   time.Time         // of an event
	Place    string            // of an event
}

// Shown is the code as printed: K7M RP.
func (i Item) Shown() string { return Spaced(i.Code) }

// Spaced writes a code in two groups.
func Spaced(code string) string {
	if len(code) != codeLength {
		return code
	}
	return code[:3] + " " + code[3:]
}

// Poster is one sheet for one place, made in one week.
type Poster struct {
	ID          coop.PosterID
	Cooperative coop.CooperativeID
	House       string // the cooperative's name
	Place       string
	Languages   []string `bun:",array"`
	Code        string
	MadeAt      time.Time
	Items       []Item `bun:"-"`
}

// door finds what tells where somebody lives: a word for a door, a floor or a flat, with its
// number.
var door = regexp.MustCompile(`(?i)(\bportes?|\bappartements?|\bappts?|\bapt|[ée]tages?|\bdoor|\bflat|\bfloor|باب|الباب|شقة|الشقة|طابق|الطابق)\.?\s*(n[°ºo]\.?\s*|رقم\s*)?\p{Nd}`)

// tellsDoor reports whether words would show strangers to somebody's door.
func tellsDoor(words string) bool { return door.MatchString(words) }

// Derive makes bytes that only this house can make again from a label and an id.
type Derive func(label string, id []byte) []byte

// letters are those of a code. None looks like another, printed or by hand.
const letters = "234679ACDEFGHJKMNPQRTUWXY"

const codeLength = 5

// codes are the two codes that a thing may have: the second is for when the first is
// another thing's already.
func (d Derive) codes(kind Kind, subject uuid.UUID) [2]string {
	var both [2]string
	for n, label := range []string{"poster code ", "poster code again "} {
		sum := binary.BigEndian.Uint64(d(label+string(kind), subject[:]))
		var code [codeLength]byte
		for i := range code {
			code[i] = letters[sum%uint64(len(letters))]
			sum /= uint64(len(letters))
		}
		both[n] = string(code[:])
	}
	return both
}

// Tidy forgives how a code is typed: spaces, dashes, small letters. What is no code is
// empty.
func Tidy(typed string) string {
	if len(typed) > 40 {
		return ""
	}
	code := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -.\u00a0\u202f", r) {
			return -1
		}
		return r
	}, strings.ToUpper(typed))
	if len(code) != codeLength || strings.Trim(code, letters) != "" {
		return ""
	}
	return code
}
