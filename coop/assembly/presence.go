package assembly

import (
	"crypto/subtle"
	"encoding/binary"
	"strings"
	"time"

	"lien/coop"
)

// Quorum is how many voices there are at a moment, and how many it takes.
type Quorum struct {
	Roll        int // everybody who has a voice here
	Present     int
	Represented int // votes given to somebody who is present, by somebody who is not
	Needed      int
}

// Voices are those that can be cast now.
func (q Quorum) Voices() int { return q.Present + q.Represented }

// Met reports whether the assembly can decide now.
func (q Quorum) Met() bool { return q.Voices() >= q.Needed && q.Voices() > 0 }

// Attendee is somebody on the roll, as who keeps the door sees them.
type Attendee struct {
	ID      coop.MemberID
	Name    string
	Number  int64
	Present bool
	At      time.Time // of the last coming or going; zero for neither
}

// Door is how somebody signs in.
type Door string

// The ways to sign in.
const (
	ByCode   Door = "code"   // off the screen, with one's own phone
	ByNumber Door = "number" // said at the door
	ByPaper  Door = "paper"  // signed on the sheet, and keyed
	ByPhone  Door = "phone"  // one's own word, for leaving
)

// Derive makes bytes that only this house can make, from what they are for and from which
// thing they are of.
type Derive func(label string, id []byte) []byte

const (
	codeLasts  = 30 * time.Second
	codeLength = 8
	// No look-alike letters or digits: the code may be read off a screen and typed.
	codeLetters = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
)

// code is what the screen of the hall shows in the window of at.
func (d Derive) code(id coop.AssemblyID, at time.Time) string {
	window := at.Unix() / int64(codeLasts.Seconds())
	sum := d("assembly door", binary.BigEndian.AppendUint64(id.UUID[:len(id.UUID):len(id.UUID)], uint64(window))) // #nosec G115 -- after 1970
	text := make([]byte, codeLength)
	for i := range text {
		text[i] = codeLetters[int(sum[i])%len(codeLetters)]
	}
	return string(text)
}

// shown reports whether the screen shows the code now, or showed it in the window before.
func (d Derive) shown(id coop.AssemblyID, code string, now time.Time) bool {
	typed := []byte(strings.ToUpper(strings.Join(strings.Fields(code), "")))
	current := subtle.ConstantTimeCompare(typed, []byte(d.code(id, now)))
	previous := subtle.ConstantTimeCompare(typed, []byte(d.code(id, now.Add(-codeLasts))))
	return current|previous == 1
}
