package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

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
	if provider == nil || err != nil {
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
	if provider == nil || err != nil {
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

// Pending returns how many migrations of this program the database lacks.
func Pending(ctx context.Context, owner *sql.DB) (int, error) {
	steps, err := Status(ctx, owner)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, step := range steps {
		if step.Applied.IsZero() {
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
		goose.WithSessionLocker(locker), goose.WithExcludeNames([]string{migrations.Snapshot}))
	if errors.Is(err, goose.ErrNoMigrations) {
		return nil, nil
	}
	return provider, err
}
