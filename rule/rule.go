// Package rule holds the words in which every floor says no: a form that cannot be
// accepted, a thing that is not there, a step that is no longer possible. Rules of the
// cooperative and of individual support return them; the server turns them into pages.
// It knows no domain, no database and no browser.
package rule

import (
	"errors"
	"fmt"
)

var (
	// ErrNotFound says that the thing does not exist for this person. "Not yours" is
	// the same answer, so that nobody learns what they may not see.
	ErrNotFound = errors.New("not found")
	// ErrMoved says that the step is not possible any more: somebody else was first,
	// or the thing is in another state than the page showed.
	ErrMoved = errors.New("moved on")
	// ErrForbidden says that this person may see the thing but not do this with it.
	ErrForbidden = errors.New("forbidden")
)

// Invalid says that one field of a form cannot be accepted. Field is the form's name
// of it, Rule the catalogue's key of the sentence shown beside it, and Args the values
// that the sentence names. It never holds what was typed.
type Invalid struct {
	Field string
	Rule  string
	Args  map[string]any
}

// Error names the field and the broken rule, for a log.
func (i *Invalid) Error() string { return fmt.Sprintf("%s: %s", i.Field, i.Rule) }

// Broken returns an Invalid for field; args are pairs of name and value.
func Broken(field, key string, args ...any) *Invalid {
	i := &Invalid{Field: field, Rule: key}
	for n := 0; n+1 < len(args); n += 2 {
		if i.Args == nil {
			i.Args = map[string]any{}
		}
		i.Args[fmt.Sprint(args[n])] = args[n+1]
	}
	return i
}
