package casework

import (
	"time"

	"github.com/uptrace/bun"
)

// Cases are the households' cases.
type Cases struct {
	db  bun.IDB
	now func() time.Time
}

// NewCases returns the cases kept in db; now tells the time.
func NewCases(db bun.IDB, now func() time.Time) *Cases {
	return &Cases{db: db, now: now}
}
