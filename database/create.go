package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Create makes the database named if the cluster has none of that name: it belongs to
// lien_owner, who is made too and may create the other roles but is no superuser.
func (c *Cluster) Create(ctx context.Context, name string) error {
	return c.administer(ctx, func(admin *sql.DB) error {
		_, err := admin.ExecContext(ctx, `DO $owner$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'lien_owner') THEN
        CREATE ROLE lien_owner LOGIN CREATEROLE NOSUPERUSER NOBYPASSRLS NOCREATEDB;
    END IF;
END
$owner$`)
		if err != nil {
			return fmt.Errorf("making lien_owner: %w", err)
		}
		exists, err := has(ctx, admin, name)
		if err != nil || exists {
			return err
		}
		_, err = admin.ExecContext(ctx, "CREATE DATABASE "+quote(name)+" OWNER lien_owner")
		return err
	})
}

// Has reports whether the cluster has a database of that name.
func (c *Cluster) Has(ctx context.Context, name string) (exists bool, err error) {
	err = c.administer(ctx, func(admin *sql.DB) error {
		exists, err = has(ctx, admin, name)
		return err
	})
	return exists, err
}

// Rename gives a database that nobody is connected to another name.
func (c *Cluster) Rename(ctx context.Context, from, to string) error {
	return c.administer(ctx, func(admin *sql.DB) error {
		_, err := admin.ExecContext(ctx, "ALTER DATABASE "+quote(from)+" RENAME TO "+quote(to))
		return err
	})
}

// Drop removes the database named, if there is one, and ends whoever is connected to it.
func (c *Cluster) Drop(ctx context.Context, name string) error {
	return c.administer(ctx, func(admin *sql.DB) error {
		_, err := admin.ExecContext(ctx, "DROP DATABASE IF EXISTS "+quote(name)+" WITH (FORCE)")
		return err
	})
}

// Settings returns the addresses of every login role in the named database.
func (c *Cluster) Settings(name string) Settings {
	settings := Settings{URL: map[Role]string{}}
	for _, role := range []Role{Account, Coop, Support, Study, Jobs, Owner} {
		settings.URL[role] = c.Address(role, name)
	}
	return settings
}

// administer works as the superuser, one process at a time.
func (c *Cluster) administer(ctx context.Context, work func(*sql.DB) error) error {
	admin, err := sql.Open("pgx", c.superuser("postgres"))
	if err != nil {
		return err
	}
	admin.SetMaxOpenConns(1)
	_, err = admin.ExecContext(ctx, "SELECT pg_advisory_lock(hashtext('lien databases'))") // goes with the connection
	if err == nil {
		err = work(admin)
	}
	if err = errors.Join(err, admin.Close()); err != nil {
		return fmt.Errorf("database: %w", err)
	}
	return nil
}

func has(ctx context.Context, admin *sql.DB, name string) (exists bool, err error) {
	err = admin.QueryRowContext(ctx, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", name).Scan(&exists)
	return exists, err
}

func quote(name string) string { return pgx.Identifier{name}.Sanitize() }
