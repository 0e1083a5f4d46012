package page

import (
	"slices"
	"strings"
)

// Strip is a tear-off tab at the foot of a notice: an act, sent to Action, or a way to
// Href. A torn one shows what this reader already did.
type Strip struct {
	Icon, Words  string
	Action, Href string
	Torn         bool
}

// Ask is a sentence to agree to before something happens: a button that does it, a way
// back that does nothing, and the values that the form carries.
type Ask struct {
	Action, Key string
	Words, Note string
	Icon, Yes   string
	Back, No    string
	Hidden      []Hidden
}

// Hidden is a value that a form carries unseen.
type Hidden struct{ Name, Value string }

// Call is the one thing that waits for the reader.
type Call struct{ Icon, Tag, Title, Words, Href, Act string }

// Say is one turn of a conversation, in the language it was written in.
type Say struct {
	Who, When, Words, Lang string
	Mine                   bool
}

// Switch is one consent, on or off.
type Switch struct {
	Name, Label string
	On          bool
}

// Bar shows how much of a whole is there, and where the mark stands; 0 draws no mark.
type Bar struct {
	Label             string
	Part, Whole, Mark int
}

// fields are the refused fields in an order that stays the same.
func (p Problems) fields() []string {
	var names []string
	for name := range p {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// length is where a number stands on a bar of 400.
func (b Bar) length(n int) string {
	return itoa(400 * min(max(n, 0), b.Whole) / max(b.Whole, 1))
}

func (s Say) class() string {
	if s.Mine {
		return "says mine"
	}
	return "says"
}

// spaced writes a short code in groups that one can read aloud: "K7M 4RP".
func spaced(code string) string {
	if strings.Contains(code, " ") || len(code) <= 4 {
		return code
	}
	half := (len(code) + 1) / 2
	return code[:half] + " " + code[half:]
}
