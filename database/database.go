// Package database opens the doors to PostgreSQL: one pool per role, the roles
// themselves, the migrations, and a private cluster for a demonstration or a test.
//
// What always holds: the rooms of the house are kept apart by roles, not by manners.
// Residents' accounts, the cooperative, individual support and the study each come in
// through a pool of their own, whose role owns nothing and may only do what the
// migrations grant; the owner's pool is for migrations and checks. The package knows
// no table and no rule.
package database

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
)

// Role is the name of a PostgreSQL role of the house.
type Role string

// The roles. Those up to Jobs log in; Bond never does: it only owns the functions of
// the door, and Owner owns everything else.
const (
	Account Role = "lien_account"
	Coop    Role = "lien_coop"
	Support Role = "lien_support"
	Study   Role = "lien_study"
	Jobs    Role = "lien_jobs"
	Bond    Role = "lien_bond"
	Owner   Role = "lien_owner"
)

// Settings say where the database is: for each role the address with which it logs in
// (postgres://…). A role without an address gets no pool.
type Settings struct {
	URL map[Role]string
	// Direct holds addresses that lead to PostgreSQL itself, where URL leads to a pooler
	// such as PgBouncer: a connection that listens needs one.
	Direct map[Role]string
	// Connections bounds each pool; 0 means 10.
	Connections int
}

// Handles are the open pools. A pool that the settings give no address for is nil.
type Handles struct {
	Account, Coop, Support, Study, Owner *bun.DB

	settings Settings
}

// Open opens a pool for every role that has an address and makes sure that each one
// answers. The error names the role and what PostgreSQL said, never the address.
func Open(ctx context.Context, settings Settings) (*Handles, error) {
	h := &Handles{settings: settings}
	for role, db := range h.byRole() {
		address := settings.URL[role]
		if address == "" {
			continue
		}
		opened, err := openPool(ctx, role, address, settings.Connections)
		if err != nil {
			return nil, errors.Join(err, h.Close())
		}
		*db = opened
	}
	return h, nil
}

// Close closes every pool; connections at work are waited for.
func (h *Handles) Close() error {
	var all []error
	for _, db := range h.byRole() {
		if *db != nil {
			all = append(all, (*db).Close())
		}
	}
	return errors.Join(all...)
}

// Direct returns the address of a connection of one's own as role, for LISTEN. It may
// hold a password: never print it.
func (h *Handles) Direct(role Role) string {
	if direct := h.settings.Direct[role]; direct != "" {
		return direct
	}
	return h.settings.URL[role]
}

func (h *Handles) byRole() map[Role]**bun.DB {
	return map[Role]**bun.DB{
		Account: &h.Account, Coop: &h.Coop, Support: &h.Support, Study: &h.Study, Owner: &h.Owner,
	}
}

func openPool(ctx context.Context, role Role, address string, connections int) (*bun.DB, error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		// What pgx says about an address repeats parts of it.
		return nil, fmt.Errorf("database: the address for %s is not a PostgreSQL address (postgres://…)", role)
	}
	// bun writes the values into the text, so preparing each statement only costs, and
	// breaks behind a pooler.
	config.DefaultQueryExecMode = pgx.QueryExecModeExec
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = 10 * time.Second
	}
	if connections <= 0 {
		connections = 10
	}
	pool := stdlib.OpenDB(*config)
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	pool.SetConnMaxLifetime(time.Hour)
	if err := pool.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("database: %s cannot log in: %w", role, reason(err)), pool.Close())
	}
	return bun.NewDB(pool, pgdialect.New()), nil
}

// reason shortens a failed connection to what PostgreSQL or the network said: pgx puts
// the user, the host and the database in front of it.
func reason(err error) error {
	var refused *pgconn.PgError
	if errors.As(err, &refused) {
		return refused
	}
	var failed *pgconn.ConnectError
	if errors.As(err, &failed) {
		return failed.Unwrap()
	}
	return err
}

// Broken returns the name of the constraint that err says was violated, or "" when err
// says no such thing. Packages turn the names they know into errors of their domain.
func Broken(err error) string {
	var refused *pgconn.PgError
	if errors.As(err, &refused) {
		return refused.ConstraintName
	}
	return ""
}

// Denied reports whether err says that the role has no right to do this.
func Denied(err error) bool {
	var refused *pgconn.PgError
	return errors.As(err, &refused) && refused.Code == "42501"
}
