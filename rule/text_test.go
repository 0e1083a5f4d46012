package rule_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"lien/rule"
)

func TestATextIsTakenAsPeopleTypeIt(t *testing.T) {
	for _, c := range []struct{ typed, kept string }{
		{"  Bonjour à tous !\t ", "Bonjour à tous !"},
		{"Un\r\ndeux\r\n", "Un\ndeux"},
		{"Cafe\u0301", "Caf\u00e9"},        // one letter, however it was typed
		{"مرحبا\u200f!", "مرحبا\u200f!"},   // a mark of direction that overrides nothing
		{"👩\u200d🌾", "👩\u200d🌾"},           // joined pictures
		{"می\u200cخواهم", "می\u200cخواهم"}, // Persian joins and parts
	} {
		if got, err := rule.Text("body", c.typed, 1, 100); err != nil || got != c.kept {
			t.Errorf("%q is kept as %q (%v), want %q", c.typed, got, err, c.kept)
		}
	}
}

func TestATextThatCannotBeTakenSaysWhy(t *testing.T) {
	for _, c := range []struct{ typed, why string }{
		{"", "rule.missing"},
		{" \n\t ", "rule.missing"},
		{"\u200b\u2060\u200b", "rule.missing"}, // nothing that anybody sees
		{"ab", "rule.too_short"},
		{strings.Repeat("é", 11), "rule.too_long"},
		{"abc\x00def", "rule.unreadable"},
		{"abc\x1b[2J", "rule.unreadable"},
		{"abc\xffdef", "rule.unreadable"},
		{"abc\rdef", "rule.unreadable"},
		{"abc\u202edef", "rule.unreadable"},
		{"abc\u2066def", "rule.unreadable"},
		{"abc\ufeffdef", "rule.unreadable"},
	} {
		_, err := rule.Text("body", c.typed, 3, 10)
		var invalid *rule.Invalid
		if !errors.As(err, &invalid) || invalid.Rule != c.why || invalid.Field != "body" {
			t.Errorf("%q is answered with %v, want %s beside body", c.typed, err, c.why)
		}
	}
}

func TestALengthIsCountedInCharacters(t *testing.T) {
	if _, err := rule.Line("name", strings.Repeat("ب", 10), 1, 10); err != nil {
		t.Error(err)
	}
	if got, err := rule.Line("name", "", 0, 10); err != nil || got != "" {
		t.Errorf("what may be left out is %q, %v", got, err)
	}
}

func TestALineIsOneLine(t *testing.T) {
	for _, typed := range []string{"a\nb", "a\tb", "a\r\nb", "a\u2028b", "a\u2029b"} {
		var invalid *rule.Invalid
		if _, err := rule.Line("name", typed, 1, 10); !errors.As(err, &invalid) || invalid.Rule != "rule.one_line" {
			t.Errorf("%q is answered with %v, want rule.one_line", typed, err)
		}
	}
}

func FuzzWhatIsTakenIsSafeAndStays(f *testing.F) {
	for _, typed := range []string{"Bonjour", " a\r\nb ", "\x00", "\xff", "e\u0301", "\u202e", "\u1fef", "a\u2000", "\u200b", "\u0344"} {
		f.Add(typed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		kept, err := rule.Text("body", typed, 1, 50)
		if err != nil {
			return
		}
		if n := utf8.RuneCountInString(kept); n < 1 || n > 50 || !utf8.ValidString(kept) || strings.ContainsAny(kept, "\x00\r\u202e") {
			t.Errorf("%q is kept as %q", typed, kept)
		}
		if again, err := rule.Text("body", kept, 1, 50); err != nil || again != kept {
			t.Errorf("%q was taken, and is then %q, %v", kept, again, err)
		}
	})
}
