package event

import (
	"crypto/subtle"
	"encoding/binary"
	"strings"
	"time"

	"lien/coop"
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

// code is what the organiser's screen shows in the window of at: it proves that whoever
// gives it back stood in front of that screen just now.
func (d Derive) code(event coop.EventID, at time.Time) string {
	window := at.Unix() / int64(codeLasts.Seconds())
	sum := d("event door", binary.BigEndian.AppendUint64(event.UUID[:len(event.UUID):len(event.UUID)], uint64(window)))
	text := make([]byte, codeLength)
	for i := range text {
		text[i] = codeLetters[int(sum[i])%len(codeLetters)]
	}
	return string(text)
}

// shown reports whether the screen shows the code now, or showed it in the window before.
func (d Derive) shown(event coop.EventID, code string, now time.Time) bool {
	typed := []byte(strings.ToUpper(strings.Join(strings.Fields(code), "")))
	current := subtle.ConstantTimeCompare(typed, []byte(d.code(event, now)))
	previous := subtle.ConstantTimeCompare(typed, []byte(d.code(event, now.Add(-codeLasts))))
	return current|previous == 1
}
