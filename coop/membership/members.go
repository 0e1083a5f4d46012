package membership

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
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

const memberColumns = `
	m.id, m.number, m.name, m.language, m.place_id AS place, m.state, m.joined_at, m.state_since,
	EXISTS (SELECT FROM coop.member_roles AS r
	        WHERE r.cooperative_id = m.cooperative_id AND r.member_id = m.id
	          AND r.role = 'facilitator' AND r.until_at IS NULL) AS facilitator`

// Of returns a member of the cooperative, and rule.ErrNotFound when there is none: it
// is how the person at the screen is known on each request.
func (m *Members) Of(ctx context.Context, cooperative coop.CooperativeID, member coop.MemberID) (Member, error) {
	var found Member
	err := m.db.NewRaw(`SELECT `+memberColumns+`
		FROM coop.members AS m
		WHERE m.cooperative_id = ? AND m.id = ?`, cooperative, member).Scan(ctx, &found)
	return found, orNotFound(err)
}

func orNotFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return rule.ErrNotFound
	}
	return err
}
