package membership

import (
	"crypto/hmac"
	"encoding/base64"
	"encoding/binary"
	"strings"
	"time"

	"github.com/google/uuid"

	"lien/coop"
)

// Derive makes bytes that only this house can make again from a label and an id: a
// keyed hash whose key is kept outside the database.
type Derive func(label string, id []byte) []byte

// invitationLasts is how long a paper invitation may lie in a drawer.
const invitationLasts = 60 * 24 * time.Hour

// letters are those of a short code. None looks like another, printed or written by
// hand: no 0 and O, no 1, I and L, no 5 and S, no 8 and B, no Z beside 2, no V beside U.
const letters = "234679ACDEFGHJKMNPQRTUWXY"

const codeLength = 8

// Invitation is one sheet of paper that makes one member.
type Invitation struct {
	ID          coop.InvitationID
	Cooperative coop.CooperativeID
	Place       coop.PlaceID
	PlaceName   string
	For         string // the name of the member whom it is for, empty when it makes a new one
	CreatedAt   time.Time
	ExpiresAt   time.Time
	Code        string // eight letters and digits, for a person to type
	Link        string // the end of the address in the square, for a phone to read
}

// Shown is the code as printed and read aloud, in two halves: K7M4 RP2D.
func (i Invitation) Shown() string { return halves(i.Code) }

// paper is a kind of paper with a code on it: each kind's codes are its own.
type paper string

// The kinds of paper: what makes a member, what leads to the application form, and what
// follows an application.
const (
	anInvitation  paper = "invitation"
	aLeaflet      paper = "leaflet"
	anApplication paper = "application"
)

// code derives the short code of a paper from its id. It is written nowhere but on the
// paper.
func (d Derive) code(kind paper, id uuid.UUID) string {
	n := binary.BigEndian.Uint64(d(string(kind), id[:]))
	var code [codeLength]byte
	for i := range code {
		code[i] = letters[n%uint64(len(letters))]
		n /= uint64(len(letters))
	}
	return string(code[:])
}

// hash is what the database knows of a code. It is keyed, because a plain hash of so
// short a code could be searched by whoever has the table.
func (d Derive) hash(kind paper, code string) []byte { return d(string(kind)+" code", []byte(code)) }

// link derives the long token of a paper: its id and a proof that we made it.
func (d Derive) link(kind paper, id uuid.UUID) string {
	return base64.RawURLEncoding.EncodeToString(append(id[:], d(string(kind)+" link", id[:])[:16]...))
}

// read turns what was typed or scanned into the short code that it stands for. What is
// neither stands for no code.
func (d Derive) read(kind paper, typed string) (code string, ok bool) {
	if raw, err := base64.RawURLEncoding.DecodeString(typed); err == nil && len(raw) == 32 {
		id := uuid.UUID(raw[:16])
		if !hmac.Equal(raw[16:], d(string(kind)+" link", id[:])[:16]) {
			return "", false
		}
		return d.code(kind, id), true
	}
	return tidy(typed)
}

// halves is a code as printed and read aloud: K7M4 RP2D.
func halves(code string) string { return code[:codeLength/2] + " " + code[codeLength/2:] }

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
