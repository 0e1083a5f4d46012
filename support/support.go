// Package support is the root of individual support: the identifiers of its things and
// who acts. It knows nothing of the cooperative, and may never; the one door between
// the two is the database's schema bond.
package support

import "github.com/google/uuid"

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
