package casework

import (
	"time"

	"lien/rule"
	"lien/support"
)

// Kind is how people meet, or tried to.
type Kind string

// The kinds of contacts. An appointment is one of the first four.
const (
	Home       Kind = "home"
	Office     Kind = "office"
	Phone      Kind = "phone"
	Street     Kind = "street"
	ThirdParty Kind = "third_party"
)

// Kinds are all of them, in the order of the form.
func Kinds() []Kind { return []Kind{Home, Office, Phone, Street, ThirdParty} }

// Contact is one time that somebody was met, or that it was tried.
type Contact struct {
	ID      support.ContactID
	Kind    Kind
	Reached bool
	Minutes int
	At      time.Time
	By      string // the worker's name
	Notes   []Note // those the reader may read
}

// Noted is what a worker writes down of a contact, with a note if they want one.
type Noted struct {
	Kind    Kind
	Reached bool
	Minutes int
	At      time.Time
	Note    Written // an empty body writes none
	Key     string
}

// longest is how far back a contact may still be written down.
const longest = 31 * 24 * time.Hour

func (n Noted) tidy(now time.Time) (Noted, error) {
	switch n.Kind {
	case Home, Office, Phone, Street, ThirdParty:
	default:
		return n, rule.Broken("kind", "case.choose")
	}
	switch {
	case n.Minutes < 0 || n.Minutes > 720:
		return n, rule.Broken("minutes", "case.contact.minutes")
	case n.At.IsZero():
		return n, rule.Broken("at", "case.when.missing")
	case n.At.After(now.Add(time.Minute)):
		return n, rule.Broken("at", "case.contact.ahead")
	case n.At.Before(now.Add(-longest)):
		return n, rule.Broken("at", "case.contact.long_ago")
	}
	if n.Note.Body == "" {
		return n, nil
	}
	var err error
	n.Note, err = n.Note.tidy()
	return n, err
}
