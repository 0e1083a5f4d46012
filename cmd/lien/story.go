package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver named pgx

	"lien/database"
	"lien/demo"
)

// A story is told into a database of another name, which gets its own only when the
// story is whole: a demo that was killed meanwhile starts the story afresh, and half a
// neighbourhood is never shown.
const (
	demoDatabase   = "lien"
	untoldDatabase = "lien_untold"
	noteName       = "demo.json"
)

// note is demo.json: where the house serves, and how to sign in as whom.
type note struct {
	BaseURL string        `json:"base_url"`
	People  []demo.Person `json:"people"`
	plot
}

// prepare makes sure that the whole story is in the database, at this version's schema.
func (d *demonstration) prepare(ctx context.Context) error {
	told, err := d.cluster.Has(ctx, demoDatabase)
	if err != nil {
		return err
	}
	if told {
		return d.migrate(ctx, demoDatabase)
	}
	fmt.Fprintf(d.out, "Telling the past year of a %s invented neighbourhood; this happens once.\n", d.plot.Size)
	began := time.Now()
	if err := d.cluster.Drop(ctx, untoldDatabase); err != nil {
		return err
	}
	if err := d.cluster.Create(ctx, untoldDatabase); err != nil {
		return err
	}
	if err := d.tell(ctx); err != nil {
		return err
	}
	if err := d.cluster.Rename(ctx, untoldDatabase, demoDatabase); err != nil {
		return err
	}
	fmt.Fprintf(d.out, "Told in %s.\n", time.Since(began).Round(100*time.Millisecond))
	return nil
}

func (d *demonstration) tell(ctx context.Context) (err error) {
	if err := d.migrate(ctx, untoldDatabase); err != nil {
		return err
	}
	if err := d.hurry(ctx, "SET synchronous_commit = off"); err != nil {
		return err
	}
	handles, err := database.Open(ctx, d.cluster.Settings(untoldDatabase))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, handles.Close()) }()
	if err := d.story.tell(ctx, handles, d.sealer, d.files, d.plot, d.out); err != nil {
		return err
	}
	// Planned with figures of an empty house, the first pages would be slow.
	if _, err = handles.Owner.ExecContext(ctx, "ANALYZE"); err != nil {
		return err
	}
	return d.hurry(ctx, "RESET synchronous_commit")
}

// hurry lets a story be told without waiting for the disk at each step: one that is cut
// short is told afresh anyway.
func (d *demonstration) hurry(ctx context.Context, how string) error {
	owner, err := sql.Open("pgx", d.cluster.Address(database.Owner, untoldDatabase))
	if err != nil {
		return err
	}
	_, err = owner.ExecContext(ctx, "ALTER DATABASE "+untoldDatabase+" "+how)
	return errors.Join(err, owner.Close())
}

func (d *demonstration) migrate(ctx context.Context, name string) error {
	owner, err := sql.Open("pgx", d.cluster.Address(database.Owner, name))
	if err != nil {
		return err
	}
	_, err = database.Migrate(ctx, owner)
	return errors.Join(err, owner.Close())
}

// writeNote writes demo.json, whole or not at all.
func (d *demonstration) writeNote(base string, people []demo.Person) error {
	n := note{BaseURL: base, People: []demo.Person{}, plot: d.plot}
	for _, p := range people {
		p.SignIn = base + p.SignIn
		n.People = append(n.People, p)
	}
	text, err := json.MarshalIndent(n, "", "  ")
	if err != nil {
		return err
	}
	return writeWhole(filepath.Join(d.folder, noteName), append(text, '\n'))
}

// readNote returns what demo.json says, or nil when there is none.
func readNote(folder string) (*note, error) {
	text, err := os.ReadFile(filepath.Join(folder, noteName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var n note
	if err := json.Unmarshal(text, &n); err != nil {
		return nil, wrong("%s is damaged: remove it", filepath.Join(folder, noteName))
	}
	return &n, nil
}

// holdsDemo reports whether folder is one of lien demo's.
func holdsDemo(folder string) bool {
	_, err := os.Stat(filepath.Join(folder, "postgres", "data", "PG_VERSION"))
	return err == nil
}
