package assembly

import (
	"crypto/sha256"
	"encoding/hex"
	"time"

	"lien/coop"
)

// Signer is in which quality somebody signs the minutes.
type Signer string

// The two who sign; they are never one person.
const (
	TheChair     Signer = "chair"
	TheSecretary Signer = "secretary"
)

// The points that words of the secretary belong to, beside those of the agenda.
const (
	Beginning = 0
	Ending    = 1000
)

// mostWords is how much the secretary may add to a point, in characters.
const mostWords = 4000

// Record is what happened in an assembly, as its minutes tell it.
type Record struct {
	Assembly          Assembly
	House, Town       string
	Zone              *time.Location
	Statute           Statute
	Chair             string
	Secretary         string
	ConvenedAt        time.Time
	OpenedAt          time.Time
	ClosedAt          time.Time // zero while it goes on
	Reach             Reach
	Roll              int
	Added             []Addition
	Came              int // different people who signed in
	First, Last       time.Time
	Gone              int // who had left before the end
	Proxies, Returned int // votes that were carried, and those whose giver showed up
	Points            []Point
	Words             map[int]string
	Sheet             []Attendance
	Given             []Carried
}

// Addition is somebody who was put on the roll after the doors opened.
type Addition struct {
	Number int64
	Why    string
}

// Point is a point of the agenda with every vote on it.
type Point struct {
	Motion
	Votes []Vote
}

// Attendance is one coming or going on the sheet of who was there.
type Attendance struct {
	Number  int64
	Arrived bool
	Channel Door
	At      time.Time
}

// Carried is a vote that one member carried for another.
type Carried struct {
	Giver, Holder int64
	State         Standing
	Channel       string
}

// Compose writes the minutes in a language, and the sheet that is annexed to them. It is
// handed in: this package knows no catalogue. The same record gives the same text, always.
type Compose func(language string, r Record) (text, annex string)

// Fingerprint is the hash that a signature stands for: SHA-256 of the text and its annex, in
// hexadecimal, with a form feed between the two.
func Fingerprint(text, annex string) string {
	sum := sha256.Sum256([]byte(text + "\f" + annex))
	return hex.EncodeToString(sum[:])
}

// Signature is one signature under a text.
type Signature struct {
	N    int
	Role Signer
	Name string
	Hash string
	At   time.Time
}

// Text is one exact text: the minutes, or an addendum to them.
type Text struct {
	N          int // 0 for a draft that nobody signed
	Addendum   bool
	Language   string
	Text       string
	Annex      string // empty for who may not read the sheet
	Hash       string
	At         time.Time
	Signatures []Signature
}

// Signed reports whether both have signed.
func (t Text) Signed() bool { return len(t.Signatures) == 2 }

// SignedAs returns the signature in a quality; found is false when there is none.
func (t Text) SignedAs(role Signer) (s Signature, found bool) {
	for _, one := range t.Signatures {
		if one.Role == role {
			return one, true
		}
	}
	return s, false
}

// Report is the minutes of an assembly as one reader may see them.
type Report struct {
	Assembly     Assembly
	Chair        string
	Secretary    string
	Mine         Signer         // in which quality the reader signs; empty for others
	Keeps        bool           // the reader keeps the desk
	Edits        int            // how often the secretary has written
	Said         map[int]string // the words of the secretary
	Points       []Motion
	Text         Text
	Addenda      []Text
	SignedAt     time.Time // zero before
	ContestUntil time.Time
	Contests     []Contest
	MayContest   bool
	Answers      bool // the reader may answer contests that are not their own
}

// Writes reports whether the reader is the one who writes.
func (p Report) Writes() bool { return p.Mine == TheSecretary }

// Contest is what a member holds against the minutes, with its answer.
type Contest struct {
	ID         coop.ContestID
	Mine       bool
	Reason     string
	Language   string
	At         time.Time
	Answered   bool
	Upheld     bool
	Decision   string
	By         string
	AnsweredAt time.Time
}

// lastMoment is until when minutes may be contested: the end of the last of so many days, on
// the neighbourhood's wall.
func lastMoment(signed time.Time, days int, zone *time.Location) time.Time {
	day := signed.In(zone)
	return time.Date(day.Year(), day.Month(), day.Day()+days+1, 0, 0, 0, 0, zone)
}
