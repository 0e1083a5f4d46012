package erasure_test

import (
	"slices"
	"strings"
	"testing"

	"lien/coop/erasure"
	"lien/database/dbtest"
)

type column struct{ Table, Name string }

// Whoever adds a table or a column of words says here what becomes of it when somebody asks
// to be erased.
func TestEveryTableAndEveryWordOfTheCooperativeHasItsLine(t *testing.T) {
	h := dbtest.Open(t)
	var tables []string
	err := h.Owner.NewRaw(`SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'coop'
WHERE c.relkind IN ('r', 'p') ORDER BY 1`).Scan(t.Context(), &tables)
	if err != nil || len(tables) < 60 {
		t.Fatalf("%d tables were found: %v", len(tables), err)
	}
	var words []column
	err = h.Owner.NewRaw(`SELECT c.relname AS table, a.attname AS name
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'coop'
WHERE c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
  AND a.atttypid::regtype::text NOT IN ('uuid', 'uuid[]', 'bigint', 'integer', 'smallint', 'boolean', 'date', 'timestamp with time zone')
ORDER BY 1, 2`).Scan(t.Context(), &words)
	if err != nil || len(words) < 150 {
		t.Fatalf("%d columns were found: %v", len(words), err)
	}
	lines, said := map[string]bool{}, map[column]bool{}
	for _, l := range erasure.Lines() {
		lines[l.Table] = true
		if (l.Whose == "" || len(l.Kept) > 0) && l.Why == "" {
			t.Errorf("coop.%s keeps something and does not say why", l.Table)
		}
		if l.Goes == (len(l.Cells) > 0) && l.Whose != "" {
			t.Errorf("coop.%s: either the row goes or some of its words do", l.Table)
		}
		for _, c := range l.Cells {
			said[column{l.Table, c.Column}] = true
		}
		for _, c := range l.Kept {
			said[column{l.Table, c}] = true
			if !slices.Contains(words, column{l.Table, c}) {
				t.Errorf("coop.%s has no words in %s", l.Table, c)
			}
		}
		if l.Goes {
			for _, c := range words {
				said[c] = said[c] || c.Table == l.Table
			}
		}
	}
	for _, table := range tables {
		if !lines[table] {
			t.Errorf("coop.%s: say in traces.go what becomes of it when a member is erased", table)
		}
		delete(lines, table)
	}
	for table := range lines {
		t.Errorf("there is no table coop.%s", table)
	}
	for _, c := range words {
		if !said[c] && !slices.Contains(erasure.Codes(), c.Name) {
			t.Errorf("coop.%s.%s holds words: say in traces.go what becomes of them", c.Table, c.Name)
		}
	}
	for _, code := range erasure.Codes() {
		if !slices.ContainsFunc(words, func(c column) bool { return c.Name == code }) {
			t.Errorf("no column is called %s", code)
		}
	}
}

// Each line is given something to do, in rows that are somebody's, and does it for all of
// them. One neighbour stays, whose house it is.
func TestNothingThatALineNamesOutlastsTheErasing(t *testing.T) {
	h := told(t)
	const mark = "zyxmarque"
	stamped, idle := 0, []string{}
	for _, l := range erasure.Lines() {
		if l.Whose == "" {
			continue
		}
		n := int64(0)
		for _, c := range h.wordsOf(l) {
			n += h.exec(`UPDATE coop.` + l.Table + ` x SET ` + c.set + ` FROM coop.members m
WHERE m.number > 1 AND x.cooperative_id = m.cooperative_id AND (` + l.Whose + `)` + c.when)
		}
		if n > 0 {
			stamped++
		} else {
			idle = append(idle, l.Table)
		}
	}
	t.Logf("nothing to stamp in %s", strings.Join(idle, ", "))
	if stamped < 28 || len(h.found(mark)) < 28 {
		t.Fatalf("only %d lines had anything to do", stamped)
	}
	sums := h.sums()
	var numbers []int
	h.fine(h.Owner.NewRaw(`SELECT number FROM coop.members WHERE number > 1 ORDER BY number`).Scan(t.Context(), &numbers))
	for _, number := range numbers {
		h.leaves(h.actor(number))
	}
	for n := 1; n > 0; {
		var err error
		n, err = h.erasures().Due(t.Context())
		h.fine(err)
	}
	if where := h.found(mark); len(where) > 0 {
		t.Errorf("the words are still in\n  %s", strings.Join(where, "\n  "))
	}
	if n := h.count(`SELECT wrong FROM (` + erasure.Remains() + `) AS r (looked, wrong)`); n != 0 {
		t.Errorf("the check finds %d rows", n)
	}
	if got := h.sums(); got != sums {
		t.Errorf("the hours were %s and are %s", sums, got)
	}
}

// sums are the figures that nobody's leaving may change.
func (h *house) sums() (text string) {
	h.fine(h.Owner.NewRaw(`SELECT concat_ws(' ', (SELECT count(*) FROM coop.transfers), (SELECT sum(minutes * minutes) FROM coop.entries), (SELECT sum(balance * balance) FROM coop.hours_accounts),
  (SELECT count(*) FROM coop.attendances), (SELECT count(*) FROM coop.thanks), (SELECT sum(help_given) FROM coop.participation))`).Scan(h.t.Context(), &text))
	return text
}

// stamp puts the mark into a column, where there is something.
type stamp struct{ set, when string }

// wordsOf are assignments of the mark to what goes in a line.
func (h *house) wordsOf(l erasure.Line) (set []stamp) {
	var columns []struct{ Name, Type string }
	h.fine(h.Owner.NewRaw(`SELECT a.attname AS name, a.atttypid::regtype::text AS type
FROM pg_attribute a WHERE a.attrelid = ?::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''`, "coop."+l.Table).Scan(h.t.Context(), &columns))
	for _, c := range columns {
		named := slices.ContainsFunc(l.Cells, func(cell erasure.Cell) bool {
			return cell.Column == c.Name && !strings.Contains(c.Name, "language") && c.Name != "state" && c.Name != "place" && c.Name != "kind"
		})
		if !named && (!l.Goes || slices.Contains(erasure.Codes(), c.Name) || c.Name == "category" || c.Name == "spoken") {
			continue
		}
		when := ` AND x.` + c.Name + ` IS NOT NULL`
		switch c.Name {
		case "own_name":
			when = ""
		case "words":
			if l.Table == "workshops" {
				when = ` AND x.words <> ''`
			}
		case "phone", "contest", "review", "reason", "about", "why", "kept_why": // only where a rule lets there be one
			when = ` AND x.` + c.Name + ` <> ''`
		}
		switch c.Type {
		case "text":
			set = append(set, stamp{c.Name + ` = 'zyxmarque ` + c.Name + `'`, when})
		case "jsonb":
			set = append(set, stamp{c.Name + ` = '{"name": "zyxmarque", "house": "zyxmarque"}'`, when})
		}
	}
	return set
}
