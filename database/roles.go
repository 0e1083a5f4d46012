package database

import (
	"context"
	"database/sql"
	_ "embed"
	"fmt"
	"strings"
)

//go:embed roles.sql
var rolesSQL string

// closeDatabase lets only the login roles into the database at hand: a new database
// lets everybody connect and make temporary tables.
const closeDatabase = `DO $close$
DECLARE
    name text;
BEGIN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    FOREACH name IN ARRAY ARRAY['lien_account', 'lien_coop', 'lien_support', 'lien_study', 'lien_jobs'] LOOP
        EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), name);
    END LOOP;
END
$close$`

// missingRoles lists what roles.sql would have to make.
const missingRoles = `SELECT name
FROM unnest(ARRAY['lien_account', 'lien_coop', 'lien_support', 'lien_study', 'lien_jobs', 'lien_bond']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)`

// EnsureRoles makes the roles that are missing, one process at a time. As an owner that
// may not create roles it returns an error that says which ones somebody else has to make.
func EnsureRoles(ctx context.Context, owner *sql.DB) error {
	tx, err := owner.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // does nothing after the commit
	if _, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock(hashtext('lien roles'))"); err != nil {
		return err
	}
	if err := ensureRoles(ctx, tx); err != nil {
		return err
	}
	return tx.Commit()
}

func ensureRoles(ctx context.Context, owner *sql.Tx) error {
	missing, err := listMissing(ctx, owner)
	if err != nil {
		return err
	}
	if len(missing) > 0 {
		var may bool
		err := owner.QueryRowContext(ctx,
			"SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user").Scan(&may)
		if err != nil {
			return err
		}
		if !may {
			return fmt.Errorf("database: the roles %s are missing and lien_owner may not create them: "+
				"run database/roles.sql as a superuser, or ALTER ROLE lien_owner CREATEROLE", strings.Join(missing, ", "))
		}
	}
	if _, err := owner.ExecContext(ctx, rolesSQL); err != nil {
		return fmt.Errorf("database: making the roles: %w", err)
	}
	if _, err := owner.ExecContext(ctx, closeDatabase); err != nil {
		return fmt.Errorf("database: closing the database to other roles: %w", err)
	}
	return nil
}

func listMissing(ctx context.Context, owner *sql.Tx) ([]string, error) {
	rows, err := owner.QueryContext(ctx, missingRoles)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var missing []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		missing = append(missing, name)
	}
	return missing, rows.Err()
}
