package casework

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/database"
	"lien/rule"
	"lien/seal"
	"lien/support"
)

// Cases are the households' cases.
type Cases struct {
	db     bun.IDB
	sealer *seal.Sealer
	now    func() time.Time
}

// NewCases returns the cases kept in db; notes are sealed with sealer, now tells the time.
func NewCases(db bun.IDB, sealer *seal.Sealer, now func() time.Time) *Cases {
	return &Cases{db: db, sealer: sealer, now: now}
}

// Open opens the case of a household that said yes, with its referent. Coordinators only,
// rule.ErrForbidden otherwise. The same key opens one case.
func (c *Cases) Open(ctx context.Context, actor support.Actor, o Opening) (support.CaseID, error) {
	id, now := rule.NewID[support.CaseID](), c.now()
	o, err := o.tidy(now)
	if err != nil {
		return id, err
	}
	key, err := rule.Key(o.Key)
	if err != nil {
		return id, err
	}
	err = support.Within(ctx, c.db, actor, func(ctx context.Context, tx bun.Tx) error {
		if err := coordinates(ctx, tx); err != nil {
			return err
		}
		if err := accompanies(ctx, tx, o.Referent, "referent"); err != nil {
			return err
		}
		return c.open(ctx, tx, actor, id, o, key, now)
	})
	if database.Broken(err) == "a_case_is_opened_once" {
		return c.opened(ctx, actor, key)
	}
	return id, err
}

func (c *Cases) open(ctx context.Context, tx bun.Tx, actor support.Actor, id support.CaseID, o Opening, key uuid.UUID, now time.Time) error {
	household := rule.NewID[support.HouseholdID]()
	if _, err := tx.NewRaw(`INSERT INTO support.households (id, name, created_at) VALUES (?, ?, ?)`, household, o.Household, now).Exec(ctx); err != nil {
		return err
	}
	for _, p := range o.Persons {
		_, err := tx.NewRaw(`
			INSERT INTO support.persons (id, household_id, given_name, family_name, born_year, adult, languages, contact_wish, created_at)
			VALUES (?, ?, ?, ?, nullif(?, 0), ?, ?, ?, ?)`,
			rule.NewID[support.PersonID](), household, p.GivenName, p.FamilyName, p.BornYear, p.Adult, p.Languages, p.ContactWish, now).Exec(ctx)
		if err != nil {
			return err
		}
	}
	_, err := tx.NewRaw(`
		INSERT INTO support.cases (id, household_id, stratum, state, client_key, agreed_on, opened_at)
		VALUES (?, ?, ?, ?, ?, ?, ?)`,
		id, household, o.Stratum, Opened, key, o.AgreedOn.Format(time.DateOnly), now).Exec(ctx)
	if err != nil {
		return err
	}
	if err := join(ctx, tx, id, o.Referent, Referent, "opened", now); err != nil {
		return err
	}
	return record(ctx, tx, id, actor, event{step: "opened", to: Opened}, now)
}

// opened finds the case that an earlier sending of the same form opened.
func (c *Cases) opened(ctx context.Context, actor support.Actor, key uuid.UUID) (support.CaseID, error) {
	var id support.CaseID
	err := support.Within(ctx, c.db, actor, func(ctx context.Context, tx bun.Tx) error {
		return tx.NewRaw(`SELECT id FROM support.cases WHERE client_key = ?`, key).Scan(ctx, &id)
	})
	return id, orNotFound(err)
}

// Handover is a case passing from one referent to another.
type Handover struct {
	Case     support.CaseID
	From, To support.WorkerID // From is the referent that the page showed
	Reason   string
}

// HandOver ends the old referent's place and begins the new one's at the same moment;
// what the persons chose to show to the old referent ends with it. Coordinators only. It
// answers rule.ErrMoved when From is not the referent any more.
func (c *Cases) HandOver(ctx context.Context, actor support.Actor, h Handover) error {
	reason, err := rule.Line("reason", h.Reason, 3, 200)
	if err != nil {
		return err
	}
	if h.From == h.To {
		return rule.Broken("to", "case.handover.same")
	}
	return support.Within(ctx, c.db, actor, func(ctx context.Context, tx bun.Tx) error {
		if err := coordinates(ctx, tx); err != nil {
			return err
		}
		if err := accompanies(ctx, tx, h.To, "to"); err != nil {
			return err
		}
		state, err := hold(ctx, tx, h.Case)
		if err != nil {
			return err
		}
		now := c.now()
		ended, err := leave(ctx, tx, h.Case, h.From, Referent, now)
		if err != nil {
			return err
		}
		if state == Closed || !ended {
			return rule.ErrMoved
		}
		if _, err := leave(ctx, tx, h.Case, h.To, CoWorker, now); err != nil {
			return err
		}
		if err := join(ctx, tx, h.Case, h.To, Referent, reason, now); err != nil {
			return err
		}
		return record(ctx, tx, h.Case, actor, event{"handed_over", state, state, reason}, now)
	})
}

// Assign puts a second worker beside the referent. Coordinators only; doing it twice has
// one effect.
func (c *Cases) Assign(ctx context.Context, actor support.Actor, id support.CaseID, worker support.WorkerID, reason string) error {
	reason, err := rule.Line("reason", reason, 3, 200)
	if err != nil {
		return err
	}
	err = support.Within(ctx, c.db, actor, func(ctx context.Context, tx bun.Tx) error {
		if err := coordinates(ctx, tx); err != nil {
			return err
		}
		if err := accompanies(ctx, tx, worker, "worker"); err != nil {
			return err
		}
		if state, err := hold(ctx, tx, id); err != nil {
			return err
		} else if state == Closed {
			return rule.ErrMoved
		}
		return join(ctx, tx, id, worker, CoWorker, reason, c.now())
	})
	if database.Broken(err) == "a_worker_is_once_on_a_case" {
		return nil
	}
	return err
}

// hold locks a case until the end of the transaction and tells its state.
func hold(ctx context.Context, tx bun.Tx, id support.CaseID) (State, error) {
	var state State
	err := tx.NewRaw(`SELECT state FROM support.cases WHERE id = ? FOR UPDATE`, id).Scan(ctx, &state)
	return state, orNotFound(err)
}

func join(ctx context.Context, tx bun.Tx, id support.CaseID, worker support.WorkerID, role Role, reason string, now time.Time) error {
	_, err := tx.NewRaw(`
		INSERT INTO support.case_members (case_id, worker_id, role, from_at, reason)
		VALUES (?, ?, ?, ?, ?)`, id, worker, role, now, reason).Exec(ctx)
	return err
}

// leave ends a worker's place on a case, if they hold it.
func leave(ctx context.Context, tx bun.Tx, id support.CaseID, worker support.WorkerID, role Role, now time.Time) (bool, error) {
	done, err := tx.NewRaw(`
		UPDATE support.case_members SET until_at = ?
		WHERE case_id = ? AND worker_id = ? AND role = ? AND until_at IS NULL`, now, id, worker, role).Exec(ctx)
	if err != nil {
		return false, err
	}
	n, err := done.RowsAffected()
	return n == 1, err
}

// event is one step of a case: what happened, from which state to which, and why.
type event struct {
	step     string
	from, to State
	reason   string
}

// record writes a step; the case is new or held.
func record(ctx context.Context, tx bun.Tx, id support.CaseID, actor support.Actor, e event, now time.Time) error {
	_, err := tx.NewRaw(`
		INSERT INTO support.case_events (case_id, n, step, from_state, to_state, worker_id, reason, at)
		VALUES (?0, support.next_step(?0), ?1, ?2, ?3, ?4, ?5, ?6)`,
		id, e.step, e.from, e.to, actor.Worker, e.reason, now).Exec(ctx)
	return err
}

func coordinates(ctx context.Context, tx bun.Tx) error {
	var yes bool
	err := tx.NewRaw(`SELECT support.i_coordinate()`).Scan(ctx, &yes)
	if err == nil && !yes {
		return rule.ErrForbidden
	}
	return err
}

// accompanies wants a caseworker who is still there.
func accompanies(ctx context.Context, tx bun.Tx, worker support.WorkerID, field string) error {
	var yes bool
	err := tx.NewRaw(`
		SELECT EXISTS (SELECT FROM support.workers WHERE id = ? AND function = 'caseworker' AND ended_at IS NULL)`,
		worker).Scan(ctx, &yes)
	if err == nil && !yes {
		return rule.Broken(field, "case.choose")
	}
	return err
}

func orNotFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return rule.ErrNotFound
	}
	return err
}
