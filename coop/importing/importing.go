// Package importing takes over a list that a cooperative kept before: its people and their
// balances, from a file of a spreadsheet or of another time bank. A file is read, its
// columns are named, and each line is laid on one of four piles before anything is written:
// new people, what is there already, what somebody has to decide, and what is refused with
// the reason. Then it is confirmed once, and carried out in small parts.
//
// What always holds: a cell is text and never computed; nothing is made before it is
// confirmed; the same file twice changes nothing; each member and each opening balance
// comes from one line of one file; a balance stays within the cooperative's limits, and the
// sum of all of them stays zero. Mail addresses and phone numbers are not read at all. The
// file and its lines are thrown away when the import ends; only the lines that were refused
// stay two weeks longer, so that somebody can mend them.
package importing

import (
	"time"

	"github.com/google/uuid"

	"lien/coop"
)

// What a file may be at most.
const (
	MostBytes   = 8 << 20
	MostLines   = 50_000
	mostColumns = 40
)

// State is how far an import has come.
type State string

// The states of an import.
const (
	Open      State = "open"      // read and sorted; nothing is written
	Confirmed State = "confirmed" // being carried out, part by part
	Done      State = "done"
	Dropped   State = "dropped" // called off, by somebody or by its age
)

// Pile is where a line lies before the import is confirmed.
type Pile string

// The piles.
const (
	New      Pile = "new"
	Same     Pile = "same"     // there already, and nothing differs
	Conflict Pile = "conflict" // somebody has to decide
	Refused  Pile = "refused"
)

// Piles are the four, in the order of a page.
func Piles() []Pile { return []Pile{New, Same, Conflict, Refused} }

// Choice is what was decided about a line that differs from what is there.
type Choice string

// The choices. Each conflict allows some of them.
const (
	Undecided Choice = ""
	Leave     Choice = "leave"   // make nothing of it
	Add       Choice = "add"     // it is who is there: write their opening balance
	Person    Choice = "person"  // it is somebody else: a new member, with a new number if theirs is taken
	Without   Choice = "without" // a new member, without the hours
)

// Choices are those that a conflict allows, by its reason.
func Choices(why string) []Choice {
	switch why {
	case taken, namesake:
		return []Choice{Leave, Person, Add}
	case present:
		return []Choice{Leave, Add}
	case beyond:
		return []Choice{Leave, Without}
	}
	return nil
}

// Import is one file on its way.
type Import struct {
	ID                               coop.ImportID
	FileName                         string
	Encoding, Delimiter              string
	Headings                         []string `bun:",array"`
	Samples                          []string `bun:",array"` // the cells of the first line
	Columns                          []Column `bun:",array"`
	PlaceID                          coop.PlaceID
	Language                         string
	State                            State
	Turn                             int
	Lines                            int
	NewLines, SameLines              int
	ConflictLines, RefusedLines      int
	Undecided                        int // conflicts without a choice
	Left                             int // lines that are still to be carried out
	Made, Opened, Moved              int
	UploadedBy, ConfirmedBy          string // names
	UploadedAt, ConfirmedAt, EndedAt time.Time
}

// Sorted reports whether the columns were named, so that the lines lie on their piles.
func (i Import) Sorted() bool {
	return i.NewLines+i.SameLines+i.ConflictLines+i.RefusedLines == i.Lines
}

// refusalsLast is how long the refused lines of a list that was taken over can still be read.
const refusalsLast = 14 * 24 * time.Hour

// Mendable reports whether its refused lines can still be read.
func (i Import) Mendable(now time.Time) bool {
	return i.RefusedLines > 0 && (i.State == Open || i.State == Confirmed || i.State == Done && now.Before(i.EndedAt.Add(refusalsLast)))
}

// On is how many lines lie on a pile.
func (i Import) On(p Pile) int {
	return map[Pile]int{New: i.NewLines, Same: i.SameLines, Conflict: i.ConflictLines, Refused: i.RefusedLines}[p]
}

// Row is one line of a file as it was understood. Number is zero for the next free one.
// Called is the name of the member whom it is about.
type Row struct {
	Line     int
	Number   int64
	Name     string
	Language string
	Minutes  int64
	Place    coop.PlaceID // where the line says that they live, zero when it does not
	Home     string       // its name
	Pile     Pile
	Why      string // a key below import.why, empty when nothing is to be said
	Hint     string
	Other    coop.MemberID
	Called   string
	Choice   Choice
}

// Line is what one line of a carried out import made.
type Line struct {
	Line     int
	Outcome  string // member, hours, moved
	Member   coop.MemberID
	Number   int64
	Name     string
	Transfer coop.TransferID
	Minutes  int64
}

// Upload is a file as it was sent.
type Upload struct {
	Key      uuid.UUID
	Name     string
	Content  []byte
	Place    coop.PlaceID
	Language string
}
