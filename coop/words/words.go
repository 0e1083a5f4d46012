// Package words is what searches have in common: the words of what somebody typed, French
// endings and accents apart, and what one slip of the finger may have made of them. It
// keeps no list of words: slips are mended by what the searcher may read anyway.
package words

import (
	"slices"
	"strings"
	"unicode"
)

// How many words of a question are looked for, how many others a word may be taken for,
// from how many letters on, and how long a word may be.
const (
	Most      = 8
	mostSlips = 6
	slipsFrom = 4
	longest   = 30
)

// Of are the words of a text, without what stands between; what is longer than any word is
// left out.
func Of(text string) (list []string) {
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return !letter(r) }) {
		if len([]rune(word)) <= longest {
			list = append(list, word)
		}
	}
	return list
}

func letter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// Slip reports whether one slip of the finger makes one word of the other: a letter too
// many, too few, wrong, or swapped with the next.
func Slip(typed, meant string) bool {
	a, b := []rune(typed), []rune(meant)
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	n := 0
	for n < len(a) && a[n] == b[n] {
		n++
	}
	if len(a) < len(b) {
		return string(a[n:]) == string(b[n+1:])
	}
	rest := len(a) - n
	return rest <= 1 || string(a[n+1:]) == string(b[n+1:]) ||
		a[n] == b[n+1] && a[n+1] == b[n] && string(a[n+2:]) == string(b[n+2:])
}

// asked is a word of a question, plain; its stem, none for a word such as "le"; and the
// stems nearby that are written where one looks.
type asked struct {
	Word string
	Stem string
	Near []string `bun:",array"`
}

// query is the word in the language of tsquery, or one of those that it may have been;
// empty for a word that says nothing.
func (a asked) query() string {
	if a.Stem == "" {
		return ""
	}
	meant := []string{a.Stem}
	if a.Word != a.Stem && strings.ContainsFunc(a.Word, unicode.IsDigit) {
		meant = append(meant, a.Word) // figures have no ending
	}
	if len([]rune(a.Word)) >= slipsFrom && !slices.Contains(a.Near, a.Stem) {
		for _, near := range a.Near {
			if len(meant) <= mostSlips && !strings.ContainsFunc(near, func(r rune) bool { return !letter(r) }) && Slip(a.Stem, near) {
				meant = append(meant, near)
			}
		}
	}
	return "('" + strings.Join(meant, "' | '") + "')"
}
