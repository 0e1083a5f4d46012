package casework

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"lien/rule"
	"lien/support"
)

// OrganisationKind says what an organisation is in the programme.
type OrganisationKind string

// The kinds of organisations.
const (
	Landlord    OrganisationKind = "landlord"
	Association OrganisationKind = "association"
)

// Organisation is who workers work for.
type Organisation struct {
	ID   support.OrganisationID
	Name string
	Kind OrganisationKind
}

// Worker is a professional, as colleagues know them.
type Worker struct {
	ID           support.WorkerID
	Name         string
	Organisation string
	Function     support.Function
	Ended        bool
}

// Workers are the professionals and the organisations they work for. Administrators keep
// them, and read no case.
type Workers struct {
	db  bun.IDB
	now func() time.Time
}

// NewWorkers returns the workers kept in db; now tells the time.
func NewWorkers(db bun.IDB, now func() time.Time) *Workers {
	return &Workers{db: db, now: now}
}

// Found writes down the first administrator and their organisation, whose ids the caller
// brings: the worker's is also their account's. Once there is an administrator it answers
// rule.ErrMoved.
func (w *Workers) Found(ctx context.Context, first support.WorkerID, name, organisation string) error {
	actor := support.Actor{Worker: first, Function: support.Administrator}
	name, err := rule.Line("name", name, 2, 80)
	if err != nil {
		return err
	}
	if organisation, err = rule.Line("organisation", organisation, 2, 80); err != nil {
		return err
	}
	return support.Within(ctx, w.db, actor, func(ctx context.Context, tx bun.Tx) error {
		var taken bool
		if _, err := tx.NewRaw(`SELECT pg_advisory_xact_lock(hashtext('support.workers'))`).Exec(ctx); err != nil {
			return err
		}
		if err := tx.NewRaw(`SELECT support.somebody_administers()`).Scan(ctx, &taken); err != nil {
			return err
		}
		if taken {
			return rule.ErrMoved
		}
		house := rule.NewID[support.OrganisationID]()
		if err := addOrganisation(ctx, tx, house, organisation, Association); err != nil {
			return err
		}
		return w.add(ctx, tx, first, house, name, support.Administrator)
	})
}

// AddOrganisation writes down an organisation. Administrators only.
func (w *Workers) AddOrganisation(ctx context.Context, actor support.Actor, name string, kind OrganisationKind) (support.OrganisationID, error) {
	id := rule.NewID[support.OrganisationID]()
	name, err := rule.Line("organisation", name, 2, 80)
	if err != nil {
		return id, err
	}
	if kind != Landlord && kind != Association {
		return id, rule.Broken("kind", "case.choose")
	}
	return id, w.administering(ctx, actor, func(ctx context.Context, tx bun.Tx) error {
		return addOrganisation(ctx, tx, id, name, kind)
	})
}

// Add writes down a worker whose account has the same id. Administrators only; adding the
// same one twice has one effect.
func (w *Workers) Add(ctx context.Context, actor support.Actor, id support.WorkerID, organisation support.OrganisationID, name string, function support.Function) error {
	name, err := rule.Line("name", name, 2, 80)
	if err != nil {
		return err
	}
	switch function {
	case support.Caseworker, support.Coordinator, support.Administrator:
	default:
		return rule.Broken("function", "case.choose")
	}
	return w.administering(ctx, actor, func(ctx context.Context, tx bun.Tx) error {
		if err := known(ctx, tx, organisation); err != nil {
			return err
		}
		return w.add(ctx, tx, id, organisation, name, function)
	})
}

// Check tells an administrator whether a worker could be added, before their account is
// made elsewhere.
func (w *Workers) Check(ctx context.Context, actor support.Actor, organisation support.OrganisationID) error {
	return w.administering(ctx, actor, func(ctx context.Context, tx bun.Tx) error { return known(ctx, tx, organisation) })
}

// End ends a worker: they are on no case any more, and nobody's consent reaches them.
// Administrators only, and never themselves.
func (w *Workers) End(ctx context.Context, actor support.Actor, id support.WorkerID) error {
	if id == actor.Worker {
		return rule.ErrForbidden
	}
	return w.administering(ctx, actor, func(ctx context.Context, tx bun.Tx) error {
		done, err := tx.NewRaw(`UPDATE support.workers SET ended_at = ? WHERE id = ? AND ended_at IS NULL`, w.now(), id).Exec(ctx)
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return rule.ErrNotFound
		}
		return nil
	})
}

// Organisations returns them by name, the first two hundred. Names of colleagues and
// organisations are known to every professional.
func (w *Workers) Organisations(ctx context.Context, actor support.Actor) ([]Organisation, error) {
	var list []Organisation
	err := support.Within(ctx, w.db, actor, func(ctx context.Context, tx bun.Tx) error {
		return tx.NewRaw(`SELECT id, name, kind FROM support.organisations ORDER BY name, id LIMIT 200`).Scan(ctx, &list)
	})
	return list, err
}

// Colleagues returns the workers of a function who have not ended, by name, the first two
// hundred; an empty function means all.
func (w *Workers) Colleagues(ctx context.Context, actor support.Actor, function support.Function) ([]Worker, error) {
	var list []Worker
	err := support.Within(ctx, w.db, actor, func(ctx context.Context, tx bun.Tx) error {
		return tx.NewRaw(`
			SELECT w.id, w.name, o.name AS organisation, w.function, false AS ended
			FROM support.workers w JOIN support.organisations o ON o.id = w.organisation_id
			WHERE w.ended_at IS NULL AND (?0 = '' OR w.function = ?0)
			ORDER BY w.name, w.id LIMIT 200`, function).Scan(ctx, &list)
	})
	return list, err
}

func (w *Workers) add(ctx context.Context, tx bun.Tx, id support.WorkerID, organisation support.OrganisationID, name string, function support.Function) error {
	_, err := tx.NewRaw(`
		INSERT INTO support.workers (id, organisation_id, name, function, created_at)
		VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`, id, organisation, name, function, w.now()).Exec(ctx)
	return err
}

func addOrganisation(ctx context.Context, tx bun.Tx, id support.OrganisationID, name string, kind OrganisationKind) error {
	_, err := tx.NewRaw(`INSERT INTO support.organisations (id, name, kind) VALUES (?, ?, ?)`, id, name, kind).Exec(ctx)
	return err
}

func known(ctx context.Context, tx bun.Tx, organisation support.OrganisationID) error {
	var yes bool
	err := tx.NewRaw(`SELECT EXISTS (SELECT FROM support.organisations WHERE id = ?)`, organisation).Scan(ctx, &yes)
	if err == nil && !yes {
		return rule.Broken("organisation", "case.choose")
	}
	return err
}

func (w *Workers) administering(ctx context.Context, actor support.Actor, f func(context.Context, bun.Tx) error) error {
	return support.Within(ctx, w.db, actor, func(ctx context.Context, tx bun.Tx) error {
		var yes bool
		if err := tx.NewRaw(`SELECT support.i_administer()`).Scan(ctx, &yes); err != nil {
			return err
		}
		if !yes {
			return rule.ErrForbidden
		}
		return f(ctx, tx)
	})
}
