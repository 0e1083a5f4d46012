package database

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	"github.com/uptrace/bun/dialect/pgdialect"

	"lien/migrations"
)

// Step is one migration and when it was applied; a zero time means that it is pending.
type Step struct {
	Version int64
	File    string
	Applied time.Time
}

// Migrate makes the missing roles and applies every pending migration as the owner, one
// process at a time: others wait and then find nothing to do.
func Migrate(ctx context.Context, owner *sql.DB) ([]Step, error) {
	if err := EnsureRoles(ctx, owner); err != nil {
		return nil, err
	}
	provider, err := newProvider(owner)
	if err != nil {
		return nil, err
	}
	results, err := provider.Up(ctx)
	if err != nil {
		return nil, fmt.Errorf("database: %w", err)
	}
	var done []Step
	for _, result := range results {
		done = append(done, Step{result.Source.Version, result.Source.Path, time.Now()})
	}
	return done, nil
}

// Status lists every migration of this program in order.
func Status(ctx context.Context, owner *sql.DB) ([]Step, error) {
	provider, err := newProvider(owner)
	if err != nil {
		return nil, err
	}
	states, err := provider.Status(ctx)
	if err != nil {
		return nil, fmt.Errorf("database: %w", err)
	}
	var steps []Step
	for _, state := range states {
		steps = append(steps, Step{state.Source.Version, state.Source.Path, state.AppliedAt})
	}
	return steps, nil
}

// Pending returns how many migrations of this program the database lacks. Any role may
// ask, so that a server can refuse a database that is behind without the owner's rights;
// a database that is ahead is in the middle of a deployment and good to serve.
func Pending(ctx context.Context, db *sql.DB) (int, error) {
	sources, err := fs.Glob(migrations.Files, "*.sql")
	if err != nil {
		return 0, err
	}
	var known bool
	if err := db.QueryRowContext(ctx, "SELECT to_regclass('public.goose_db_version') IS NOT NULL").Scan(&known); err != nil {
		return 0, fmt.Errorf("database: %w", err)
	}
	var applied []int64
	if known {
		err := db.QueryRowContext(ctx, "SELECT array_agg(version_id) FROM public.goose_db_version WHERE is_applied").Scan(pgdialect.Array(&applied))
		if err != nil {
			return 0, fmt.Errorf("database: %w", err)
		}
	}
	n := 0
	for _, source := range sources {
		if version, err := goose.NumericComponent(source); err == nil && !slices.Contains(applied, version) {
			n++
		}
	}
	return n, nil
}

func newProvider(owner *sql.DB) (*goose.Provider, error) {
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300))
	if err != nil {
		return nil, err
	}
	provider, err := goose.NewProvider(goose.DialectPostgres, owner, migrations.Files,
		goose.WithSessionLocker(locker), goose.WithExcludeNames([]string{migrations.Snapshot}),
		goose.WithAllowOutofOrder(true)) // rooms built side by side land in no fixed order
	if err != nil {
		return nil, fmt.Errorf("database: %w", err)
	}
	return provider, nil
}
