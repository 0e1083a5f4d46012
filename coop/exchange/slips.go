package exchange

import (
	"context"
	"strings"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/words"
)

// How many others a word may be taken for, and from how many letters on.
const (
	mostSlips = 6
	slipsFrom = 4
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
	var list []asked
	err := db.NewRaw(`SELECT a.word, CASE
  WHEN length(a.word) < ? OR a.stem IS NULL OR EXISTS (SELECT FROM coop.listing_words v WHERE v.cooperative_id = ? AND v.stem = a.stem) THEN '{}'
  ELSE ARRAY(SELECT v.word FROM coop.listing_words v WHERE v.cooperative_id = ? AND v.near && coop.lacking_a_letter(a.word) ORDER BY v.word LIMIT 50) END AS near
FROM (
  SELECT t.word, t.n, (ts_lexize('french_stem', t.word))[1] AS stem
  FROM unnest(string_to_array(coop.plain(?), ' ')) WITH ORDINALITY AS t (word, n)
  WHERE t.word <> ''
  LIMIT ?
) a
ORDER BY a.n`, slipsFrom, cooperative, cooperative, strings.Join(words.Of(typed), " "), words.Most).Scan(ctx, &list)
	if err != nil {
		return "", err
	}
	var parts []string
	for _, w := range list {
		parts = append(parts, w.query())
	}
	return strings.Join(parts, " & "), nil
}

// query is the word, or one of those that it may have been.
func (w asked) query() string {
	meant := []string{w.Word}
	for _, near := range w.Near {
		if len(meant) <= mostSlips && words.Slip(w.Word, near) {
			meant = append(meant, near)
		}
	}
	return "(" + strings.Join(meant, " | ") + ")"
}
