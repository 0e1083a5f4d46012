package session

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
)

// Forgetting ends the accounts of residents who are erased.
type Forgetting struct {
	db  bun.IDB
	now func() time.Time
}

// NewForgetting returns the end of the accounts kept in db, the accounts' pool; now tells
// the time.
func NewForgetting(db bun.IDB, now func() time.Time) *Forgetting {
	return &Forgetting{db: db, now: now}
}

// Forget ends a member's account, their devices and sessions for good, and takes away what
// the devices were called. Nothing that they hold opens anything afterwards. Doing it again,
// or for somebody who never had an account, changes nothing.
func (f *Forgetting) Forget(ctx context.Context, cooperative coop.CooperativeID, member coop.MemberID) error {
	return f.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		for _, query := range []string{
			`UPDATE account.sessions AS s SET ended_at = coalesce(s.ended_at, ?2), private_until = NULL
FROM account.residents AS r WHERE r.cooperative_id = ?0 AND r.member_id = ?1 AND s.resident_id = r.id`,
			`UPDATE account.devices AS d SET ended_at = coalesce(d.ended_at, ?2), name = '', pin_hash = ''
FROM account.residents AS r WHERE r.cooperative_id = ?0 AND r.member_id = ?1 AND d.resident_id = r.id`,
			`UPDATE account.links AS l SET used_at = coalesce(l.used_at, ?2), pin_hash = NULL
FROM account.residents AS r WHERE r.cooperative_id = ?0 AND r.member_id = ?1 AND l.resident_id = r.id`,
			`UPDATE account.residents SET ended_at = coalesce(ended_at, ?2) WHERE cooperative_id = ?0 AND member_id = ?1`,
		} {
			if _, err := tx.NewRaw(query, cooperative, member, f.now()).Exec(ctx); err != nil {
				return err
			}
		}
		return nil
	})
}
