package exchange

import (
	"context"
	"strings"
	"unicode"

	"github.com/uptrace/bun"

	"lien/coop"
)

// How many words of a question are looked for, how many others a word may be taken for,
// and from how many letters on.
const (
	mostWords  = 8
	mostSlips  = 6
	slipsFrom  = 4
	longestOne = 30
)

// asked is a word of a question: as it was typed, and the words of listings that one slip
// of the finger may have made it from. None are given for a word that listings use.
type asked struct {
	Word string
	Near []string `bun:",array"`
}

// mend turns typed words into a query: each word, or what one slip may have made it from.
// It is empty when nothing was typed that can be looked for.
func mend(ctx context.Context, db bun.IDB, cooperative coop.CooperativeID, typed string) (string, error) {
	var words []asked
	err := db.NewRaw(`SELECT a.word, CASE
  WHEN length(a.word) < ? OR a.stem IS NULL OR EXISTS (SELECT FROM coop.listing_words v WHERE v.cooperative_id = ? AND v.stem = a.stem) THEN '{}'
  ELSE ARRAY(SELECT v.word FROM coop.listing_words v WHERE v.cooperative_id = ? AND v.near && coop.lacking_a_letter(a.word) ORDER BY v.word LIMIT 50) END AS near
FROM (
  SELECT t.word, t.n, (ts_lexize('french_stem', t.word))[1] AS stem
  FROM unnest(string_to_array(coop.plain(?), ' ')) WITH ORDINALITY AS t (word, n)
  WHERE t.word <> ''
  LIMIT ?
) a
ORDER BY a.n`, slipsFrom, cooperative, cooperative, strings.Join(wordsOf(typed), " "), mostWords).Scan(ctx, &words)
	if err != nil {
		return "", err
	}
	var parts []string
	for _, w := range words {
		parts = append(parts, w.query())
	}
	return strings.Join(parts, " & "), nil
}

// query is the word, or one of those that it may have been.
func (w asked) query() string {
	meant := []string{w.Word}
	for _, near := range w.Near {
		if len(meant) <= mostSlips && slip(w.Word, near) {
			meant = append(meant, near)
		}
	}
	return "(" + strings.Join(meant, " | ") + ")"
}

// wordsOf are the letters and figures of a text, without what stands between.
func wordsOf(text string) (words []string) {
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) }) {
		if len([]rune(word)) <= longestOne {
			words = append(words, word)
		}
	}
	return words
}

// slip reports whether one slip of the finger makes one word of the other: a letter too
// many, too few, wrong, or swapped with the next.
func slip(typed, meant string) bool {
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
