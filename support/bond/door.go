package bond

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/rule"
	"lien/support"
)

// Door is the referent's side of the door.
type Door struct {
	db     bun.IDB
	derive Derive
	now    func() time.Time
}

// NewDoor returns the door behind db, the pool of support. Codes are hashed with derive;
// now is the time only while a story is told: the database believes its own clock.
func NewDoor(db bun.IDB, derive Derive, now func() time.Time) *Door {
	return &Door{db: db, derive: derive, now: now}
}

// Code is a one-time code and when it ends. It is kept nowhere: who loses it asks for another.
type Code struct {
	Text string
	Ends time.Time
}

// GiveCode makes a code for an adult of the actor's own case, good once within fifteen
// minutes; earlier ones of the same person open nothing any more. rule.ErrNotFound when
// the actor is not the referent or the person no adult of the case.
func (d *Door) GiveCode(ctx context.Context, actor support.Actor, id support.CaseID, person support.PersonID) (Code, error) {
	code := Code{Text: newCode()}
	var ends bun.NullTime
	err := d.within(ctx, actor, func(ctx context.Context, tx bun.Tx) error {
		return tx.NewRaw(`SELECT bond.give_code(?, ?, ?)`, id, person, d.derive.Hash(code.Text)).Scan(ctx, &ends)
	})
	if err != nil {
		return Code{}, err
	}
	if ends.IsZero() {
		return Code{}, rule.ErrNotFound
	}
	code.Ends = ends.Time
	return code, nil
}

// Read returns what the person shows to the actor, their referent, and leaves the row
// that the person sees. Nothing to see is nil, whatever the reason, and leaves no row.
func (d *Door) Read(ctx context.Context, actor support.Actor, id support.CaseID, person support.PersonID, purpose support.Purpose) (*Shown, error) {
	var drawn []byte
	err := d.within(ctx, actor, func(ctx context.Context, tx bun.Tx) error {
		return tx.NewRaw(`SELECT bond.read(?, ?, ?, ?)`, id, person, purpose, uuid.Must(uuid.NewV7())).Scan(ctx, &drawn)
	})
	if err != nil {
		return nil, err
	}
	return Drawn(drawn)
}

// State returns a mark that changes when what may be seen changes, and "" while there is
// nothing to see. It reads nothing and leaves no row.
func (d *Door) State(ctx context.Context, actor support.Actor, id support.CaseID, person support.PersonID) (string, error) {
	var mark string
	err := d.within(ctx, actor, func(ctx context.Context, tx bun.Tx) error {
		return tx.NewRaw(`SELECT coalesce(bond.state(?, ?), '')`, id, person).Scan(ctx, &mark)
	})
	return mark, err
}

// Offerings returns the open events and offers that may be proposed to a person who wants
// that; none to anybody else.
func (d *Door) Offerings(ctx context.Context, actor support.Actor, id support.CaseID, person support.PersonID) ([]Offering, error) {
	var list []Offering
	err := d.within(ctx, actor, func(ctx context.Context, tx bun.Tx) error {
		return tx.NewRaw(`
			SELECT kind, id, title, coalesce(starts_at, '0001-01-01 00:00:00Z') AS starts_at
			FROM bond.offerings(?, ?)`, id, person).Scan(ctx, &list)
	})
	return list, err
}

// Propose puts an open event or offer before the person, who alone sees it; twice has one
// effect. rule.ErrMoved when it may not be, or not any more.
func (d *Door) Propose(ctx context.Context, actor support.Actor, id support.CaseID, person support.PersonID, kind string, target uuid.UUID) error {
	var done bool
	err := d.within(ctx, actor, func(ctx context.Context, tx bun.Tx) error {
		return tx.NewRaw(`SELECT bond.propose(?, ?, ?, ?, ?)`,
			uuid.Must(uuid.NewV7()), id, person, kind, target).Scan(ctx, &done)
	})
	if err == nil && !done {
		return rule.ErrMoved
	}
	return err
}

func (d *Door) within(ctx context.Context, actor support.Actor, f func(context.Context, bun.Tx) error) error {
	return support.Within(ctx, d.db, actor, func(ctx context.Context, tx bun.Tx) error {
		if err := Told(ctx, tx, d.now()); err != nil {
			return err
		}
		return f(ctx, tx)
	})
}

// Told tells the door's functions the time of a story, for this transaction. A database
// that serves people does not listen: it believes its own clock, which nobody can set.
func Told(ctx context.Context, tx bun.Tx, now time.Time) error {
	_, err := tx.NewRaw(`SELECT set_config('lien.now', ?, true)`, now.UTC().Format(time.RFC3339Nano)).Exec(ctx)
	return err
}
