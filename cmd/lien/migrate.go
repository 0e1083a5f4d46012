package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"time"

	"lien/database"
)

const migrateHelp = `lien migrate up
lien migrate status

Brings the database to the schema of this version (up), or says what is missing (status).
It may run while the previous version still serves, and from several machines at once.

    LIEN_OWNER_URL    the database address of lien_owner, postgres://… It must lead to
                      PostgreSQL itself and not to a pooler.

The first time it also makes the roles that lien logs in as: lien_account, lien_coop,
lien_support, lien_study, lien_jobs, and lien_bond that nobody logs in as. For that
lien_owner needs CREATEROLE, or a superuser runs database/roles.sql beforehand. Passwords
are yours to give: ALTER ROLE lien_coop PASSWORD …

Statements hold what people wrote. A superuser keeps them out of PostgreSQL's log with
    log_min_error_statement = panic
    log_error_verbosity = terse
`

func migrateCommand() command {
	return command{
		name: "migrate", summary: "bring the database to this version's schema, or see what is missing",
		help: migrateHelp, run: runMigrate,
	}
}

func runMigrate(ctx context.Context, args []string, out io.Writer) error {
	words, err := parse(flag.NewFlagSet("migrate", flag.ContinueOnError), args)
	if err != nil {
		return err
	}
	if len(words) != 1 || words[0] != "up" && words[0] != "status" {
		return wrong("say lien migrate up, or lien migrate status (lien help migrate)")
	}
	s, err := readSettings()
	if err != nil {
		return err
	}
	address, err := s.owner()
	if err != nil {
		return err
	}
	handles, err := database.Open(ctx, address)
	if err != nil {
		return err
	}
	defer handles.Close()
	if words[0] == "status" {
		return printStatus(ctx, handles, out)
	}
	return migrateUp(ctx, handles, out)
}

func migrateUp(ctx context.Context, handles *database.Handles, out io.Writer) error {
	done, err := database.Migrate(ctx, handles.Owner.DB)
	if err != nil {
		return err
	}
	for _, step := range done {
		fmt.Fprintln(out, "applied", step.File)
	}
	if len(done) == 0 {
		fmt.Fprintln(out, "The database is up to date.")
	}
	return nil
}

func printStatus(ctx context.Context, handles *database.Handles, out io.Writer) error {
	steps, err := database.Status(ctx, handles.Owner.DB)
	if err != nil {
		return err
	}
	for _, step := range steps {
		when := "missing"
		if !step.Applied.IsZero() {
			when = step.Applied.UTC().Format(time.DateTime)
		}
		fmt.Fprintf(out, "%-20s %s\n", when, step.File)
	}
	return nil
}
