package database

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Create makes the database named if the cluster has none of that name: it belongs to
// lien_owner, who is made too and may create the other roles but is no superuser.
func (c *Cluster) Create(ctx context.Context, name string) error {
	admin, err := sql.Open("pgx", c.superuser("postgres"))
	if err != nil {
		return err
	}
	defer admin.Close()
	admin.SetMaxOpenConns(1)
	// One process at a time; the lock goes with the connection.
	if _, err := admin.ExecContext(ctx, "SELECT pg_advisory_lock(hashtext('lien databases'))"); err != nil {
		return fmt.Errorf("database: %w", err)
	}
	_, err = admin.ExecContext(ctx, `DO $owner$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'lien_owner') THEN
        CREATE ROLE lien_owner LOGIN CREATEROLE NOSUPERUSER NOBYPASSRLS NOCREATEDB;
    END IF;
END
$owner$`)
	if err != nil {
		return fmt.Errorf("database: making lien_owner: %w", err)
	}
	var exists bool
	err = admin.QueryRowContext(ctx, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", name).Scan(&exists)
	if err != nil || exists {
		return err
	}
	_, err = admin.ExecContext(ctx, "CREATE DATABASE "+pgx.Identifier{name}.Sanitize()+" OWNER lien_owner")
	if err != nil {
		return fmt.Errorf("database: making %s: %w", name, err)
	}
	return nil
}

// Settings returns the addresses of every login role in the named database.
func (c *Cluster) Settings(name string) Settings {
	settings := Settings{URL: map[Role]string{}}
	for _, role := range []Role{Account, Coop, Support, Study, Jobs, Owner} {
		settings.URL[role] = c.Address(role, name)
	}
	return settings
}
