package hours

import (
	"time"

	"github.com/uptrace/bun"
)

// Ledger moves hours between accounts.
type Ledger struct {
	db  bun.IDB
	now func() time.Time
}

// NewLedger returns the ledger kept in db; now tells the time.
func NewLedger(db bun.IDB, now func() time.Time) *Ledger {
	return &Ledger{db: db, now: now}
}
