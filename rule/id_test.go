package rule_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/google/uuid"

	"lien/rule"
)

type someID struct{ uuid.UUID }

// ids are the same one, written in ways that uuid.Parse knows but no page writes.
var ids = []struct {
	text string
	good bool
}{
	{"0192f0c1-2b3c-7d4e-8f50-61728394a5b6", true},
	{"0192F0C1-2B3C-7D4E-8F50-61728394A5B6", true},
	{"", false},
	{"1", false},
	{"0192f0c12b3c7d4e8f5061728394a5b6", false},
	{"{0192f0c1-2b3c-7d4e-8f50-61728394a5b6}", false},
	{"urn:uuid:0192f0c1-2b3c-7d4e-8f50-61728394a5b6", false},
	{"0192f0c1-2b3c-7d4e-8f50-61728394a5bZ", false},
	{"0192f0c1-2b3c-7d4e-8f50-61728394a5b6' OR true --", false},
	{"0192f0c1-2b3c-7d4e-8f50-61728394a5\x00\x00", false},
}

func TestWhatIsNoIdentifierDoesNotExist(t *testing.T) {
	for _, c := range ids {
		id, err := rule.ID[someID](c.text)
		if c.good != (err == nil) || !c.good && (!errors.Is(err, rule.ErrNotFound) || id != someID{}) {
			t.Errorf("%q is read as %v, %v", c.text, id, err)
		}
	}
}

func TestWhatIsNoKeyIsToldBesideTheForm(t *testing.T) {
	for _, c := range ids {
		_, err := rule.Key(c.text)
		var invalid *rule.Invalid
		if c.good != (err == nil) || !c.good && !errors.As(err, &invalid) {
			t.Errorf("%q is read with %v", c.text, err)
		}
	}
}

func TestNewIdentifiersSortByTheirMoment(t *testing.T) {
	last := rule.NewID[someID]()
	for range 1000 {
		next := rule.NewID[someID]()
		if bytes.Compare(last.UUID[:], next.UUID[:]) >= 0 {
			t.Fatalf("%s comes before %s", next, last)
		}
		last = next
	}
}

func TestNoIdentifierIsNoValue(t *testing.T) {
	if got := rule.OrNone(someID{}); got != nil {
		t.Errorf("zero is kept as %v", got)
	}
	if id := rule.NewID[someID](); rule.OrNone(id) != any(id) {
		t.Error("an identifier is lost")
	}
}
