package words

import (
	"context"
	"strings"

	"github.com/uptrace/bun"
)

// Query turns what somebody typed into a tsquery of stems that asks for each word, or for
// what one slip may have made it from. The SQL of known gives, as its column words, some
// texts that the searcher may read; it bounds itself. The query is empty when nothing was
// typed that can be looked for.
func Query(ctx context.Context, db bun.IDB, typed string, known string, args ...any) (string, error) {
	var list []asked
	err := db.NewRaw(`
		WITH known AS MATERIALIZED (
			SELECT DISTINCT unnest(tsvector_to_array(k.words)) AS word FROM (`+known+`) k
		)
		SELECT a.word, coalesce(a.stem, '') AS stem, ARRAY(
			SELECT v.word FROM known v
			WHERE length(v.word) BETWEEN length(a.stem) - 1 AND length(a.stem) + 1 AND (left(v.word, 1) = left(a.stem, 1) OR right(v.word, 1) = right(a.stem, 1))
			ORDER BY v.word = a.stem DESC, v.word LIMIT 1000) AS near
		FROM (
			SELECT t.word, t.n, (ts_lexize('french_stem', t.word))[1] AS stem
			FROM unnest(string_to_array(coop.plain(?), ' ')) WITH ORDINALITY AS t (word, n)
			WHERE t.word <> ''
			LIMIT ?
		) a
		ORDER BY a.n`, append(args, strings.Join(Of(typed), " "), Most)...).Scan(ctx, &list)
	var parts []string
	for _, a := range list {
		if q := a.query(); q != "" {
			parts = append(parts, q)
		}
	}
	return strings.Join(parts, " & "), err
}
