package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"path/filepath"

	"lien/database"
)

const checkHelp = `lien check [--data DIR]

Recomputes every number that lien keeps (balances, participation, counters) and looks at
every promise the data must hold, on the live database and without changing anything. It
prints a line per check with its figure, and ends with status 1 when one differs.

    --data DIR        check the database of the lien demo in DIR, running or not
    LIEN_OWNER_URL    without --data: the database address of lien_owner
`

func checkCommand() command {
	return command{name: "check", summary: "recompute every kept number and look at every promise", help: checkHelp, run: runCheck}
}

func runCheck(ctx context.Context, args []string, out io.Writer) (err error) {
	flags := flag.NewFlagSet("check", flag.ContinueOnError)
	data := flags.String("data", "", "")
	if err := parseOnly(flags, args); err != nil {
		return err
	}
	address, stop, err := checked(ctx, *data)
	if err != nil {
		return err
	}
	defer func() {
		if stopped := stop(); err == nil {
			err = stopped
		}
	}()
	handles, err := database.Open(ctx, address)
	if err != nil {
		return err
	}
	defer handles.Close()
	wrongs, err := checkAll(ctx, handles.Owner, out)
	if err == nil && wrongs > 0 {
		err = fmt.Errorf("%d checks found a difference", wrongs)
	}
	return err
}

// checked returns where the owner finds the database to check, and how to leave it.
func checked(ctx context.Context, data string) (database.Settings, func() error, error) {
	nothing := func() error { return nil }
	if data == "" {
		s, err := readSettings()
		if err != nil {
			return database.Settings{}, nothing, err
		}
		address, err := s.owner()
		return address, nothing, err
	}
	if !holdsDemo(data) {
		return database.Settings{}, nothing, wrong("there is no lien demo in %s", data)
	}
	cluster := &database.Cluster{Folder: filepath.Join(data, "postgres")}
	if err := cluster.Start(ctx); err != nil {
		return database.Settings{}, nothing, err
	}
	owner := map[database.Role]string{database.Owner: cluster.Address(database.Owner, demoDatabase)}
	return database.Settings{URL: owner}, cluster.Stop, nil
}
