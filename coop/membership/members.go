package membership

import (
	"time"

	"github.com/uptrace/bun"
)

// Members are the people of a cooperative.
type Members struct {
	db  bun.IDB
	now func() time.Time
}

// NewMembers returns the members kept in db; now tells the time.
func NewMembers(db bun.IDB, now func() time.Time) *Members {
	return &Members{db: db, now: now}
}
