package board

import (
	"time"

	"github.com/uptrace/bun"
)

// Boards are the cooperative's notice boards.
type Boards struct {
	db  bun.IDB
	now func() time.Time
}

// NewBoards returns the boards kept in db; now tells the time.
func NewBoards(db bun.IDB, now func() time.Time) *Boards {
	return &Boards{db: db, now: now}
}
