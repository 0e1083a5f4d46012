package event

import (
	"time"

	"github.com/uptrace/bun"
)

// Events are the neighbourhood's events.
type Events struct {
	db  bun.IDB
	now func() time.Time
}

// NewEvents returns the events kept in db; now tells the time.
func NewEvents(db bun.IDB, now func() time.Time) *Events {
	return &Events{db: db, now: now}
}
