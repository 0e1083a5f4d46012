package casework

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/database"
	"lien/rule"
	"lien/support"
)

// NoteContact writes down a contact, with its note in the same act. Whoever is on the
// case may, rule.ErrNotFound otherwise. Only this moves the moment of the last contact: a
// look at the case never does. The first time somebody was reached, the case is active.
func (c *Cases) NoteContact(ctx context.Context, actor support.Actor, id support.CaseID, n Noted) error {
	n, err := n.tidy(c.now())
	if err != nil {
		return err
	}
	key, err := rule.Key(n.Key)
	if err != nil {
		return err
	}
	err = c.onCase(ctx, actor, id, func(ctx context.Context, tx bun.Tx, _ Role) error {
		state, err := hold(ctx, tx, id)
		if err != nil {
			return err
		}
		if state == Closed {
			return rule.ErrMoved
		}
		contact := rule.NewID[support.ContactID]()
		_, err = tx.NewRaw(`
			INSERT INTO support.contacts (id, case_id, worker_id, kind, reached, minutes, client_key, at, written_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			contact, id, actor.Worker, n.Kind, n.Reached, n.Minutes, key, n.At, c.now()).Exec(ctx)
		if err != nil {
			return err
		}
		if n.Note.Body != "" {
			if err := c.write(ctx, tx, actor, id, contact.UUID, n.Note, key); err != nil {
				return err
			}
		}
		return c.touched(ctx, tx, actor, id, state, n)
	})
	if database.Broken(err) == "a_contact_is_written_once" {
		return nil
	}
	return err
}

func (c *Cases) touched(ctx context.Context, tx bun.Tx, actor support.Actor, id support.CaseID, state State, n Noted) error {
	after := state
	if state == Opened && n.Reached {
		after = Active
	}
	_, err := tx.NewRaw(`
		UPDATE support.cases SET last_contact_at = greatest(last_contact_at, ?), state = ?
		WHERE id = ?`, n.At, after, id).Exec(ctx)
	if err != nil || after == state {
		return err
	}
	return record(ctx, tx, id, actor, event{step: "first_contact", from: state, to: after}, c.now())
}

// onCase runs f when the actor is on the case; rule.ErrNotFound otherwise.
func (c *Cases) onCase(ctx context.Context, actor support.Actor, id support.CaseID, f func(context.Context, bun.Tx, Role) error) error {
	return support.Within(ctx, c.db, actor, func(ctx context.Context, tx bun.Tx) error {
		role, err := place(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		return f(ctx, tx, role)
	})
}

// Accompanies answers rule.ErrNotFound unless the actor is on the case and the person is
// an adult of it. It reads nothing of them.
func (c *Cases) Accompanies(ctx context.Context, actor support.Actor, id support.CaseID, person support.PersonID) error {
	return c.onCase(ctx, actor, id, func(ctx context.Context, tx bun.Tx, _ Role) error {
		var there bool
		err := tx.NewRaw(`
			SELECT EXISTS (SELECT FROM support.persons p JOIN support.cases k ON k.household_id = p.household_id
				WHERE k.id = ? AND p.id = ? AND p.adult)`, id, person).Scan(ctx, &there)
		if err == nil && !there {
			return rule.ErrNotFound
		}
		return err
	})
}

// place is the actor's place on a case.
func place(ctx context.Context, tx bun.Tx, actor support.Actor, id support.CaseID) (Role, error) {
	var role Role
	err := tx.NewRaw(`
		SELECT m.role FROM support.case_members m
		JOIN support.workers w ON w.id = m.worker_id
		WHERE m.case_id = ? AND m.worker_id = ? AND m.until_at IS NULL AND w.ended_at IS NULL`,
		id, actor.Worker).Scan(ctx, &role)
	return role, orNotFound(err)
}

// pageOf is how many contacts a page of a case shows.
const pageOf = 10

type contactRow struct {
	ID      support.ContactID
	Kind    Kind
	Reached bool
	Minutes int
	At      time.Time
	By      string
}

// contacts reads a page of contacts, newest first, older than the given one.
func contacts(ctx context.Context, tx bun.Tx, id support.CaseID, before Before) ([]Contact, error) {
	var rows []contactRow
	at, last := before.bound()
	err := tx.NewRaw(`
		SELECT t.id, t.kind, t.reached, t.minutes, t.at, w.name AS by
		FROM support.contacts t
		JOIN support.workers w ON w.id = t.worker_id
		WHERE t.case_id = ? AND (t.at, t.id) < (?, ?)
		ORDER BY t.at DESC, t.id DESC LIMIT ?`, id, at, last, pageOf).Scan(ctx, &rows)
	list := make([]Contact, len(rows))
	for n, r := range rows {
		list[n] = Contact{ID: r.ID, Kind: r.Kind, Reached: r.Reached, Minutes: r.Minutes, At: r.At, By: r.By}
	}
	return list, err
}

// Before is where a page of a list ends: the moment and the id of its last row. The zero
// value begins with the newest.
type Before struct {
	At time.Time
	ID uuid.UUID
}

func (b Before) bound() (time.Time, uuid.UUID) {
	if b.At.IsZero() {
		return time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC), uuid.Max
	}
	return b.At, b.ID
}
