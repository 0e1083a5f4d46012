package casework

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/support"
)

// Charge is one line of a caseload.
type Charge struct {
	Case        support.CaseID
	Household   string
	Persons     int
	Stratum     Stratum
	State       State
	Role        Role
	LastContact time.Time // zero when there was none yet
	Next        time.Time // the next appointment, zero when there is none
}

// Caseload returns the open cases that the actor is on: first those whose last contact is
// furthest away. It is bounded by what one person can carry.
func (c *Cases) Caseload(ctx context.Context, actor support.Actor) ([]Charge, error) {
	var list []Charge
	err := support.Within(ctx, c.db, actor, func(ctx context.Context, tx bun.Tx) error {
		return tx.NewRaw(`
			SELECT k.id AS "case", h.name AS household, k.stratum, k.state, m.role,
				(SELECT count(*) FROM support.persons p WHERE p.household_id = h.id) AS persons,
				coalesce(k.last_contact_at, '0001-01-01 00:00:00Z') AS last_contact,
				coalesce((SELECT min(a.at) FROM support.appointments a
					WHERE a.case_id = k.id AND a.cancelled_at IS NULL AND a.at >= ?1), '0001-01-01 00:00:00Z') AS next
			FROM support.case_members m
			JOIN support.cases k ON k.id = m.case_id
			JOIN support.households h ON h.id = k.household_id
			WHERE m.worker_id = ?0 AND m.until_at IS NULL AND k.state <> 'closed'
			ORDER BY k.last_contact_at NULLS FIRST, k.id LIMIT 200`, actor.Worker, c.now()).Scan(ctx, &list)
	})
	return list, err
}

// Ending is one line of the support that ended.
type Ending struct {
	Case      support.CaseID
	Household string
	Outcome   Outcome
	ClosedAt  time.Time
}

// Ended returns the closed cases that the actor was on to the end, the latest twenty: they
// may still be read.
func (c *Cases) Ended(ctx context.Context, actor support.Actor) ([]Ending, error) {
	var list []Ending
	err := support.Within(ctx, c.db, actor, func(ctx context.Context, tx bun.Tx) error {
		return tx.NewRaw(`
			SELECT k.id AS "case", h.name AS household, k.outcome, k.closed_at
			FROM support.case_members m
			JOIN support.cases k ON k.id = m.case_id
			JOIN support.households h ON h.id = k.household_id
			WHERE m.worker_id = ? AND m.until_at IS NULL AND k.state = 'closed'
			ORDER BY k.closed_at DESC, k.id LIMIT 20`, actor.Worker).Scan(ctx, &list)
	})
	return list, err
}

// Entry is one line of the coordination: who is accompanied by whom, and nothing more.
type Entry struct {
	Case      support.CaseID
	Household string
	State     State
	OpenedAt  time.Time
	Referent  string
}

// Coordination returns the open cases with their referents, fifty at a time, newest
// first, from after the given case. Coordinators only; others get rule.ErrForbidden.
func (c *Cases) Coordination(ctx context.Context, actor support.Actor, after support.CaseID) ([]Entry, error) {
	if after.UUID == uuid.Nil {
		after.UUID = uuid.Max
	}
	var list []Entry
	err := support.Within(ctx, c.db, actor, func(ctx context.Context, tx bun.Tx) error {
		if err := coordinates(ctx, tx); err != nil {
			return err
		}
		return tx.NewRaw(`
			SELECT k.id AS "case", h.name AS household, k.state, k.opened_at, coalesce(w.name, '') AS referent
			FROM support.cases k
			JOIN support.households h ON h.id = k.household_id
			LEFT JOIN support.case_members m ON m.case_id = k.id AND m.role = 'referent' AND m.until_at IS NULL
			LEFT JOIN support.workers w ON w.id = m.worker_id
			WHERE k.state <> 'closed' AND k.id < ?
			ORDER BY k.id DESC LIMIT 50`, after).Scan(ctx, &list)
	})
	return list, err
}
