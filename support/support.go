// Package support is the root of individual support: the identifiers of its things and
// who acts. It knows nothing of the cooperative, and may never; the one door between
// the two is the database's schema bond.
package support

import (
	"context"

	"github.com/google/uuid"
	"github.com/uptrace/bun"
)

// The identifiers of support's things.
type (
	OrganisationID struct{ uuid.UUID }
	WorkerID       struct{ uuid.UUID }
	HouseholdID    struct{ uuid.UUID }
	PersonID       struct{ uuid.UUID }
	CaseID         struct{ uuid.UUID }
	ContactID      struct{ uuid.UUID }
	NoteID         struct{ uuid.UUID }
	AppointmentID  struct{ uuid.UUID }
)

// Function is what a professional is there for. It opens screens; which cases they may
// read follows only from their place on each case.
type Function string

// The functions of professionals.
const (
	Caseworker    Function = "caseworker"
	Coordinator   Function = "coordinator"
	Administrator Function = "administrator"
)

// Actor is the professional who acts.
type Actor struct {
	Worker   WorkerID
	Function Function
}

// Purpose is why a professional looks at a case; the person reads it in their own list.
type Purpose string

// The purposes of looking at a case.
const (
	FollowUp     Purpose = "follow_up"
	Visit        Purpose = "visit"
	Handover     Purpose = "handover"
	Coordination Purpose = "coordination"
)

// Within runs f in one transaction in which the actor stands before anything is read or
// written: row-level security asks it who looks. The setting ends with the transaction,
// so that it never stays behind on a pooled connection.
func Within(ctx context.Context, db bun.IDB, actor Actor, f func(context.Context, bun.Tx) error) error {
	return db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if _, err := tx.NewRaw(`SELECT set_config('lien.worker', ?, true)`, actor.Worker.String()).Exec(ctx); err != nil {
			return err
		}
		return f(ctx, tx)
	})
}
