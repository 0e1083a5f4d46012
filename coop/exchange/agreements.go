package exchange

import (
	"time"

	"github.com/uptrace/bun"
)

// Agreements are what two members agreed to do for each other.
type Agreements struct {
	db  bun.IDB
	now func() time.Time
}

// NewAgreements returns the agreements kept in db; now tells the time.
func NewAgreements(db bun.IDB, now func() time.Time) *Agreements {
	return &Agreements{db: db, now: now}
}
