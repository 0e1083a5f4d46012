package cheque

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/uuid"

	"lien/coop"
	"lien/rule"
)

func invented() string {
	var number strings.Builder
	for range codeLength - 1 {
		number.WriteByte(letters[rand.IntN(len(letters))])
	}
	return number.String() + string(Check(number.String()))
}

func misread(err error) string {
	var invalid *rule.Invalid
	if errors.As(err, &invalid) && invalid.Field == "code" {
		return invalid.Rule
	}
	return ""
}

// Every single wrong letter, and every two that changed places, near or far.
func TestANumberTellsThatItWasMisread(t *testing.T) {
	for range 200 {
		code := invented()
		if got, err := Read(code); err != nil || got != code {
			t.Fatalf("%s is read as %q: %v", code, got, err)
		}
		for i := range code {
			for _, wrong := range []byte(letters) {
				if typed := code[:i] + string(wrong) + code[i+1:]; typed != code && accepted(typed) {
					t.Fatalf("%s for %s is not noticed", typed, code)
				}
			}
			for j := i + 1; j < len(code); j++ {
				swapped := []byte(code)
				swapped[i], swapped[j] = swapped[j], swapped[i]
				if string(swapped) != code && accepted(string(swapped)) {
					t.Fatalf("%s for %s is not noticed", swapped, code)
				}
			}
		}
	}
}

func accepted(typed string) bool { _, err := Read(typed); return err == nil }

func TestNoLetterLooksLikeAnother(t *testing.T) {
	for _, pair := range []string{"0O", "1I", "1L", "IL", "5S", "8B", "2Z", "VU", "UY", "VY"} {
		if strings.ContainsRune(letters, rune(pair[0])) && strings.ContainsRune(letters, rune(pair[1])) {
			t.Errorf("both of %s are letters", pair)
		}
	}
	for n := 2; n*n <= len(letters); n++ {
		if len(letters)%n == 0 {
			t.Errorf("%d letters: %d divides it, so that some mistakes would pass", len(letters), n)
		}
	}
}

func TestANumberIsReadAsPeopleTypeIt(t *testing.T) {
	code := invented()
	for _, typed := range []string{
		strings.ToLower(code), Spaced(code), " " + code + "\u00a0", code[:5] + "-" + code[5:], strings.Join(strings.Split(code, ""), "."),
	} {
		if got, err := Read(typed); err != nil || got != code {
			t.Errorf("%q is read as %q: %v", typed, got, err)
		}
	}
	for typed, why := range map[string]string{
		"": "rule.missing", "  ": "rule.missing", code[:9]: "cheque.length", code + "A": "cheque.length",
		strings.Repeat(code, 1000): "cheque.length", "O" + code[1:]: "cheque.misread", "\x00" + code[1:]: "cheque.misread",
		"\xff" + code[1:]: "cheque.length", code[:9] + "é": "cheque.length",
	} {
		if _, err := Read(typed); misread(err) != why {
			t.Errorf("%.20q is answered with %v, want %s", typed, err, why)
		}
	}
}

func TestANumberCannotBeInventedWithoutTheKey(t *testing.T) {
	id := coop.LeafID{UUID: uuid.New()}
	one := Derive(func(_ string, id []byte) []byte { return append([]byte("12345678"), id...) })
	two := Derive(func(_ string, id []byte) []byte { return append([]byte("87654321"), id...) })
	first, again := one.code(id), one.code(id)
	if first != again || first == two.code(id) {
		t.Error("the number does not follow from the key")
	}
	if !accepted(one.code(id)) || !accepted(two.code(id)) {
		t.Error("a derived number does not pass its own check")
	}
}
