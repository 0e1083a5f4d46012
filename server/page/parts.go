package page

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/skip2/go-qrcode"
)

// Field is one labelled input of a form, with the sentence beside it when it was refused.
type Field struct {
	Name, Label, Hint, Value string
	Type                     string // text, date, time, number, password, search; "area" for several lines
	Mode                     string // inputmode
	Complete                 string // autocomplete
	Most                     int    // longest, in characters; 0 says nothing
	Required                 bool
	Problem                  string
}

func (f Field) kind() string {
	if f.Type == "" {
		return "text"
	}
	return f.Type
}

func (f Field) described() string {
	var ids []string
	if f.Hint != "" {
		ids = append(ids, f.Name+"-hint")
	}
	if f.Problem != "" {
		ids = append(ids, f.Name+"-problem")
	}
	return strings.Join(ids, " ")
}

// Choice is one tap of several: a real radio or checkbox inside.
type Choice struct {
	Value, Label, Icon string
	Chosen             bool
}

// Choices is a group of taps with one name.
type Choices struct {
	Name, Legend, Problem string
	Class                 string // "even", "three" or nothing
	Many                  bool   // checkboxes instead of radios
	Options               []Choice
}

func (c Choices) kind() string {
	if c.Many {
		return "checkbox"
	}
	return "radio"
}

// Fact is an icon, a word and a value.
type Fact struct{ Icon, Term, Value string }

// Moment is a knot on the thread. State is done, now, ahead or late.
type Moment struct{ State, When, Title, Href, Words string }

// Line is a row that leads somewhere.
type Line struct{ Icon, Title, Note, Href string }

// Band is a worded value without a count.
type Band struct{ Term, Value string }

// Initials are the letters of a face: never a photo.
func Initials(name string) string {
	var out []rune
	for _, word := range strings.Fields(name) {
		r, _ := utf8.DecodeRuneInString(word)
		if len(out) == 2 || len(out) == 1 && unicode.Is(unicode.Arabic, r) {
			break // two letters of a script that joins them would read as a word
		}
		out = append(out, r)
	}
	return strings.ToUpper(string(out))
}

// faceClass gives a name one of the face's colours, always the same.
func faceClass(name string) string {
	sum := 0
	for _, r := range name {
		sum += int(r)
	}
	return "face " + []string{"a", "b", "c", "d"}[sum%4]
}

// Tongue names a language in itself.
func Tongue(code string) string {
	return map[string]string{
		"fr": "Français", "en": "English", "ar": "العربية", "tr": "Türkçe", "pt": "Português", "es": "Español", "ta": "தமிழ்",
		"uk": "Українська", "ru": "Русский", "vi": "Tiếng Việt", "so": "Soomaali", "ff": "Pulaar",
	}[code]
}

// DirOf is the direction of a text in a language.
func DirOf(code string) string {
	if code == "ar" {
		return "rtl"
	}
	return "ltr"
}

// HomePath is where the sign leads: home for who is signed in, the entrance otherwise.
func (f Frame) HomePath() string {
	switch {
	case f.Actor.Worker.String() != emptyID:
		return "/pro"
	case f.Member != "":
		return "/home"
	}
	return "/"
}

const emptyID = "00000000-0000-0000-0000-000000000000"

func pressed(yes bool) string {
	if yes {
		return "true"
	}
	return "false"
}

// square draws a QR code as one path on a grid of modules, with its side.
func square(text string) (path string, side int) {
	code, err := qrcode.New(text, qrcode.Medium)
	if err != nil {
		return "", 1 // longer than a code can hold: the short code beside it remains
	}
	var out strings.Builder
	grid := code.Bitmap()
	for y, row := range grid {
		for x, dark := range row {
			if dark {
				out.WriteString("M" + itoa(x) + " " + itoa(y) + "h1v1h-1z")
			}
		}
	}
	return out.String(), len(grid)
}
