package dbtest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver named pgx

	"lien/database"
	"lien/migrations"
)

// kept is how many template databases stay for the next run: other trees with other
// migrations use the same cluster.
const kept = 12

// workshop makes the databases of the tests, as the cluster's superuser.
type workshop struct {
	cluster  *database.Cluster
	admin    *sql.DB
	template string
}

func newWorkshop(ctx context.Context, cluster *database.Cluster) (*workshop, error) {
	fingerprint, err := migrations.Fingerprint()
	if err != nil {
		return nil, err
	}
	admin, err := sql.Open("pgx", cluster.Address("postgres", "postgres"))
	if err != nil {
		return nil, err
	}
	w := &workshop{cluster, admin, "template_" + fingerprint}
	if err := errors.Join(w.sweep(ctx), w.ensureTemplate(ctx)); err != nil {
		return nil, errors.Join(err, admin.Close())
	}
	return w, nil
}

// ensureTemplate migrates the template once for all programs. It gets its name only
// when it is whole.
func (w *workshop) ensureTemplate(ctx context.Context) error {
	conn, err := w.admin.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	// The lock goes with the connection if unlocking fails.
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock(hashtext('lien templates'))"); err != nil {
		return err
	}
	defer func() { _, _ = conn.ExecContext(ctx, "SELECT pg_advisory_unlock_all()") }()
	var exists bool
	err = conn.QueryRowContext(ctx, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", w.template).Scan(&exists)
	if err != nil || exists {
		return err
	}
	unfinished := w.template + "_unfinished"
	if err := w.migrated(ctx, unfinished); err != nil {
		return err
	}
	return w.all(ctx,
		"ALTER DATABASE "+quote(unfinished)+" ALLOW_CONNECTIONS false",
		"ALTER DATABASE "+quote(unfinished)+" RENAME TO "+quote(w.template),
		"CHECKPOINT")
}

func (w *workshop) migrated(ctx context.Context, name string) error {
	if err := w.drop(ctx, name); err != nil {
		return err
	}
	if err := w.cluster.Create(ctx, name); err != nil {
		return err
	}
	owner, err := database.Open(ctx, database.Settings{
		URL: map[database.Role]string{database.Owner: w.cluster.Address(database.Owner, name)},
	})
	if err != nil {
		return err
	}
	_, err = database.Migrate(ctx, owner.Owner.DB)
	return errors.Join(err, owner.Close())
}

// clone copies the template under name.
func (w *workshop) clone(ctx context.Context, name string) error {
	err := w.copy(ctx, w.template, name)
	var refused interface{ SQLState() string }
	if errors.As(err, &refused) && refused.SQLState() == "3D000" { // swept by another tree's run
		if err := w.ensureTemplate(ctx); err != nil {
			return err
		}
		return w.copy(ctx, w.template, name)
	}
	return err
}

// copy makes the database name of another that nobody is connected to. For a house of this
// size copying files is three times as fast as copying through the log.
func (w *workshop) copy(ctx context.Context, from, name string) error {
	err := w.all(ctx, fmt.Sprintf("CREATE DATABASE %s OWNER lien_owner TEMPLATE %s STRATEGY file_copy", quote(name), quote(from)))
	if err != nil {
		return err
	}
	// A clone is open to everybody again: what is granted on a database is not copied.
	return w.all(ctx,
		"REVOKE ALL ON DATABASE "+quote(name)+" FROM PUBLIC",
		"GRANT CONNECT ON DATABASE "+quote(name)+" TO lien_account, lien_coop, lien_support, lien_study, lien_jobs")
}

func (w *workshop) empty(ctx context.Context, name string) error {
	if err := w.cluster.Create(ctx, name); err != nil {
		return err
	}
	return w.all(ctx, "GRANT CONNECT ON DATABASE "+quote(name)+" TO PUBLIC")
}

func (w *workshop) drop(ctx context.Context, name string) error {
	return w.all(ctx, "DROP DATABASE IF EXISTS "+quote(name)+" WITH (FORCE)")
}

// sweep drops the clones of programs that were killed and the templates of old times.
func (w *workshop) sweep(ctx context.Context) error {
	names, err := w.names(ctx)
	if err != nil {
		return err
	}
	templates := 0
	for _, name := range names { // newest first
		switch {
		case strings.HasPrefix(name, "test_"):
			if !orphan(name) {
				continue
			}
		case strings.HasPrefix(name, "template_") && !strings.HasSuffix(name, "_unfinished"):
			if templates++; templates <= kept || name == w.template {
				continue
			}
		default:
			continue
		}
		// Another program may sweep the same one at the same time.
		_ = w.drop(ctx, name)
	}
	return nil
}

func (w *workshop) names(ctx context.Context) ([]string, error) {
	rows, err := w.admin.QueryContext(ctx, "SELECT datname FROM pg_database ORDER BY oid DESC")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}

// orphan reports whether the program that made the clone named test_<pid>_<n> is gone.
func orphan(name string) bool {
	parts := strings.Split(name, "_")
	if len(parts) != 3 {
		return false
	}
	pid, err := strconv.Atoi(parts[1])
	return err == nil && errors.Is(syscall.Kill(pid, 0), syscall.ESRCH)
}

func (w *workshop) all(ctx context.Context, statements ...string) error {
	for _, statement := range statements {
		if _, err := w.admin.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("dbtest: %s: %w", statement, err)
		}
	}
	return nil
}

func quote(name string) string { return pgx.Identifier{name}.Sanitize() }
