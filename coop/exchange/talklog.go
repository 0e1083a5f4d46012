package exchange

import (
	"context"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
)

// Heads gives the newest number of each of these conversations. It asks no right: numbers
// say nothing.
func (t *Talks) Heads(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]int64, error) {
	var rows []struct {
		AgreementID uuid.UUID
		LastSeq     int64
	}
	if len(ids) == 0 {
		return nil, nil
	}
	err := t.db.NewRaw(`SELECT agreement_id, last_seq FROM coop.talks WHERE agreement_id IN (?)`, bun.List(ids)).Scan(ctx, &rows)
	heads := make(map[uuid.UUID]int64, len(rows))
	for _, r := range rows {
		heads[r.AgreementID] = r.LastSeq
	}
	return heads, err
}

// Log gives the lines of a conversation with numbers above after, in order, limit at
// most. It is read once for all its readers; who they are is asked by MayRead.
func (t *Talks) Log(ctx context.Context, id uuid.UUID, after int64, limit int) (says []Saying, err error) {
	err = t.db.NewRaw(`SELECT `+sayingColumns+sayingFrom+`
WHERE l.agreement_id = ? AND l.seq > (?)
ORDER BY l.seq LIMIT ?`, id, after, limit).Scan(ctx, &says)
	return says, err
}

// MayRead reports whether the member may follow the conversation now: one of the two who
// takes part in the cooperative and did not hide the other one since it ended, or a
// facilitator who helps them.
func (t *Talks) MayRead(ctx context.Context, member coop.MemberID, id coop.AgreementID) (may bool, err error) {
	err = t.db.NewRaw(`SELECT EXISTS (SELECT`+heard+`
  AND me.state IN ('welcomed', 'active') AND g.id = ? AND (g.deadline_at IS NOT NULL OR `+hidAt+` IS NULL))`, t.now(), bun.Safe("g.cooperative_id"), member, id).Scan(ctx, &may)
	return may, err
}

// rightsChange tells open sockets that facilitators may have lost a conversation: what
// they helped with needs no help any more.
func rightsChange(ctx context.Context, tx bun.Tx, actor coop.Actor) error {
	_, err := tx.NewRaw(`INSERT INTO coop.rights_changes (member_id)
SELECT r.member_id FROM coop.member_roles r
WHERE r.cooperative_id = ? AND r.role = 'facilitator' AND r.until_at IS NULL`, actor.Cooperative).Exec(ctx)
	if err == nil {
		_, err = tx.NewRaw(`NOTIFY lien_rights`).Exec(ctx)
	}
	return err
}
