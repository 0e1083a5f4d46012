package exchange

import (
	"time"

	"github.com/uptrace/bun"
)

// Listings are what members offer and need.
type Listings struct {
	db  bun.IDB
	now func() time.Time
}

// NewListings returns the listings kept in db; now tells the time.
func NewListings(db bun.IDB, now func() time.Time) *Listings {
	return &Listings{db: db, now: now}
}
