package casework

import (
	"time"

	"lien/rule"
	"lien/support"
)

// Class is who may read a note: the household and everybody on the case, only those on
// the case, or only its author and one named co-holder (support.md).
type Class string

// The classes of notes, from the widest to the narrowest.
const (
	Shared Class = "shared"
	Team   Class = "team"
	Secret Class = "secret"
)

// Classes are all of them, from the widest to the narrowest.
func Classes() []Class { return []Class{Shared, Team, Secret} }

func (c Class) rank() int {
	for n, known := range Classes() {
		if c == known {
			return n
		}
	}
	return -1
}

// Written is what a worker writes. A secret note may name somebody on the case who reads
// it too.
type Written struct {
	Class    Class
	Body     string
	CoHolder support.WorkerID // zero for nobody
}

const longestNote = 4000

func (w Written) tidy() (Written, error) {
	var err error
	if w.Body, err = rule.Text("note", w.Body, 1, longestNote); err != nil {
		return w, err
	}
	return w, w.classed()
}

func (w Written) classed() error {
	if w.Class.rank() < 0 {
		return rule.Broken("class", "case.choose")
	}
	if w.Class != Secret && w.CoHolder != (support.WorkerID{}) {
		return rule.Broken("co_holder", "case.note.co_holder")
	}
	return nil
}

// Note is a note as somebody who may read it sees it.
type Note struct {
	ID       support.NoteID
	Contact  support.ContactID // zero when it stands alone
	Class    Class
	Body     string
	Author   string
	CoHolder string // "" when there is none
	Mine     bool
	At       time.Time
}

// MayBecome reports whether this reader may move a note to another class. Whoever writes
// on the case may narrow a shared note to the team; to make a note secret, or to widen
// one, takes its author.
func (n Note) MayBecome(class Class) bool {
	narrower := class.rank() > n.Class.rank()
	return class.rank() >= 0 && (n.Mine || narrower && class != Secret)
}
