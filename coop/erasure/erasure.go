// Package erasure takes away the traces of who left the cooperative and asked for it: their
// name, what they wrote, their pictures, and what only they could read.
//
// What always holds: nobody is erased before the day that they were told, and who changes
// their mind or comes back is not; all of it happens in one transaction, and again without
// harm; what belongs to somebody else stays theirs (hours, steps, dates and counts, beside a
// member without a name); every table of the cooperative has its lines in traces.go, which
// say what goes, what stays and why, and from which the erasing and its check are made. It
// knows nothing of individual support: the database's own door forgets by itself.
package erasure

import (
	"strings"
)

// Line is what becomes of the rows of one table. Its rows are x, and m is the member.
type Line struct {
	Table string
	Whose string // which rows hold the member's words; empty when nothing goes
	Cells []Cell // what is put in the place of what goes
	Goes  bool   // the whole row goes
	By    string // who does it, when it is not the line itself
	Kept  []string
	Why   string // why the row, and the words in Kept, stay
}

// Cell is one column, and what stands in it afterwards, in SQL.
type Cell struct{ Column, To string }

// empty leaves no sign of a text; the pages have words for what is missing.
func empty(columns ...string) (cells []Cell) {
	for _, c := range columns {
		cells = append(cells, Cell{c, `''`})
	}
	return cells
}

// dash leaves a sign in the place of a text that has to be there.
func dash(columns ...string) (cells []Cell) {
	for _, c := range columns {
		cells = append(cells, Cell{c, `CASE x.` + c + ` WHEN '' THEN '' ELSE '—' END`})
	}
	return cells
}

// left says whether anything of a row is still to be done, in SQL.
func (l Line) left() string {
	if l.Goes {
		return l.Whose
	}
	var differs []string
	for _, c := range l.Cells {
		differs = append(differs, "x."+c.Column+" IS DISTINCT FROM "+c.To)
	}
	return "(" + l.Whose + ") AND (" + strings.Join(differs, " OR ") + ")"
}

// statement does the line for the member of the cooperative ?0 whose id is ?1; it is empty
// where there is nothing to do, or where somebody else does it.
func (l Line) statement() string {
	const member = `coop.members AS m
WHERE m.cooperative_id = ?0 AND m.id = ?1 AND x.cooperative_id = m.cooperative_id AND `
	switch {
	case l.Whose == "" || l.By != "":
		return ""
	case l.Table == "members":
		return `UPDATE coop.members AS x SET ` + l.set() + ` WHERE x.cooperative_id = ?0 AND x.id = ?1`
	case l.Goes:
		return `DELETE FROM coop.` + l.Table + ` AS x USING ` + member + `(` + l.left() + `)`
	}
	return `UPDATE coop.` + l.Table + ` AS x SET ` + l.set() + ` FROM ` + member + l.left()
}

func (l Line) set() string {
	var to []string
	for _, c := range l.Cells {
		to = append(to, c.Column+" = "+c.To)
	}
	return strings.Join(to, ", ")
}

// Remains counts, in SQL, the rows of members who were erased that still hold what was to go.
func Remains() string {
	var sums []string
	for _, l := range Lines() {
		if l.Whose == "" {
			continue
		}
		sums = append(sums, `(SELECT count(*) FROM erased e
  JOIN coop.members m ON m.cooperative_id = e.cooperative_id AND m.id = e.member_id
  JOIN coop.`+l.Table+` x ON x.cooperative_id = m.cooperative_id AND `+l.left()+`)`)
	}
	return `WITH erased AS (SELECT cooperative_id, member_id FROM coop.departures WHERE erased_at IS NOT NULL)
SELECT (SELECT count(*) FROM erased), ` + strings.Join(sums, "\n + ")
}
