// Package check recomputes on the live database every number that is kept instead of
// counted, and looks at every invariant again: what the rules promise must also be true
// of the rows. It only reads, as the owner of the schema, in one snapshot.
package check

import (
	"context"
	"database/sql"
	"fmt"
	"io"

	"github.com/uptrace/bun"
)

// Check is one promise and the query that looks at it. The query answers one row of two
// numbers: how many things were looked at, and how many of them are wrong.
type Check struct {
	Promise string
	Query   string
}

// All are the checks in the order in which they are printed.
func All() []Check {
	all := members()
	all = append(all, ledger()...)
	all = append(all, fund()...)
	all = append(all, lists()...)
	all = append(all, households()...)
	all = append(all, erasures()...)
	all = append(all, exchange()...)
	all = append(all, talks()...)
	all = append(all, cheques()...)
	all = append(all, listings()...)
	all = append(all, workshops()...)
	all = append(all, shifts()...)
	all = append(all, events()...)
	all = append(all, boards()...)
	all = append(all, problems()...)
	all = append(all, sharing()...)
	all = append(all, assemblies()...)
	all = append(all, participation()...)
	all = append(all, desk()...)
	all = append(all, posters()...)
	all = append(all, accounts()...)
	all = append(all, support()...)
	all = append(all, bond()...)
	return append(all, walls()...)
}

// Finding is what a check saw: how many things, and how many of them break the promise.
type Finding struct {
	Promise       string
	Looked, Wrong int64
}

// Run prints a line per check with its figure and returns how many checks found a
// difference. An error means that a check could not be made.
func Run(ctx context.Context, owner *bun.DB, out io.Writer) (int, error) {
	tx, err := owner.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return 0, err
	}
	defer func() { _ = tx.Rollback() }() // nothing was written
	wrongs := 0
	findings, err := Look(ctx, tx)
	for _, f := range findings {
		mark := "ok   "
		if f.Wrong > 0 {
			mark = "WRONG"
			wrongs++
		}
		fmt.Fprintf(out, "%s  %8d  %6d wrong  %s\n", mark, f.Looked, f.Wrong, f.Promise)
	}
	return wrongs, err
}

// Look makes every check in the owner's transaction tx, and returns what was found until
// one could not be made.
func Look(ctx context.Context, tx bun.IDB) ([]Finding, error) {
	var findings []Finding
	for _, c := range All() {
		f := Finding{Promise: c.Promise}
		if err := tx.QueryRowContext(ctx, c.Query).Scan(&f.Looked, &f.Wrong); err != nil {
			return findings, fmt.Errorf("%s: %w", c.Promise, err)
		}
		findings = append(findings, f)
	}
	return findings, nil
}
