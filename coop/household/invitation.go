package household

import (
	"encoding/binary"
	"strings"
	"time"

	"github.com/google/uuid"

	"lien/coop"
)

// Derive makes bytes that only this house can make again from a label and an id: a
// keyed hash whose key is kept outside the database.
type Derive func(label string, id []byte) []byte

// invitationLasts is how long a code given to somebody one lives with is good.
const invitationLasts = 7 * 24 * time.Hour

// letters are those of a short code. None looks like another, printed or written by hand.
const letters = "234679ACDEFGHJKMNPQRTUWXY"

const codeLength = 8

// Invitation is a code that lets one member into a household, by their own yes.
type Invitation struct {
	Code      string
	ExpiresAt time.Time
}

// Shown is the code as one reads it aloud, in two halves.
func (i Invitation) Shown() string { return i.Code[:codeLength/2] + " " + i.Code[codeLength/2:] }

// code derives an invitation's code from its id. It is written nowhere.
func (d Derive) code(id uuid.UUID) string {
	n := binary.BigEndian.Uint64(d("household invitation", id[:]))
	var code [codeLength]byte
	for i := range code {
		code[i] = letters[n%uint64(len(letters))]
		n /= uint64(len(letters))
	}
	return string(code[:])
}

// hash is what the database knows of a code.
func (d Derive) hash(code string) []byte { return d("household invitation code", []byte(code)) }

// tidy forgives how a code is typed: spaces, dashes, small letters.
func tidy(typed string) (code string, ok bool) {
	if len(typed) > 40 {
		return "", false
	}
	code = strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '.' || r == '\u00a0' || r == '\u202f' {
			return -1
		}
		return r
	}, strings.ToUpper(typed))
	return code, len(code) == codeLength && strings.Trim(code, letters) == ""
}

// Welcome is what somebody with a code sees before they say yes.
type Welcome struct {
	Household coop.HouseholdID
	Code      string
	Names     []string
	Minors    int
	Shared    bool // its people share one account of hours
}
