package membership

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// facilitates refuses who is not an acting facilitator of the cooperative at this moment.
func facilitates(ctx context.Context, db bun.IDB, actor coop.Actor) error {
	var yes bool
	err := db.NewRaw(`
		SELECT EXISTS (
		  SELECT FROM coop.member_roles AS r
		  JOIN coop.members AS m ON m.cooperative_id = r.cooperative_id AND m.id = r.member_id
		  WHERE r.cooperative_id = ? AND r.member_id = ? AND r.role = 'facilitator' AND r.until_at IS NULL
		    AND m.state IN ('active', 'welcomed'))`, actor.Cooperative, actor.Member).Scan(ctx, &yes)
	if err == nil && !yes {
		return rule.ErrForbidden
	}
	return err
}

// Entrust makes a member a facilitator as well. Only a facilitator may.
func (m *Members) Entrust(ctx context.Context, actor coop.Actor, member coop.MemberID) error {
	return m.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := facilitates(ctx, tx, actor); err != nil {
			return err
		}
		standing, err := lock(ctx, tx, actor.Cooperative, member)
		if err != nil {
			return err
		}
		if !standing.MayAct() {
			return rule.ErrMoved
		}
		return entrust(ctx, tx, actor.Cooperative, member, m.now())
	})
}

func entrust(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, member coop.MemberID, now time.Time) error {
	_, err := tx.NewRaw(`
		INSERT INTO coop.member_roles (cooperative_id, member_id, role, from_at)
		VALUES (?, ?, 'facilitator', ?)
		ON CONFLICT (cooperative_id, member_id, role) WHERE until_at IS NULL DO NOTHING`,
		cooperative, member, now).Exec(ctx)
	return err
}

// Relieve ends a member's time as a facilitator; one may relieve oneself. The last one
// stays: *rule.Invalid on "member".
func (m *Members) Relieve(ctx context.Context, actor coop.Actor, member coop.MemberID) error {
	return m.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := facilitates(ctx, tx, actor); err != nil {
			return err
		}
		if err := another(ctx, tx, actor.Cooperative, member); err != nil {
			return err
		}
		return relieve(ctx, tx, actor.Cooperative, member, m.now())
	})
}

func relieve(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, member coop.MemberID, now time.Time) error {
	_, err := tx.NewRaw(`
		UPDATE coop.member_roles SET until_at = greatest(?, from_at)
		WHERE cooperative_id = ? AND member_id = ? AND until_at IS NULL`,
		now, cooperative, member).Exec(ctx)
	return err
}

// another makes sure that somebody else than the member facilitates. The cooperative's
// row is locked, so that two facilitators cannot go at once, each counting on the other.
func another(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, member coop.MemberID) error {
	if _, err := tx.NewRaw(`SELECT id FROM coop.cooperatives WHERE id = ? FOR UPDATE`, cooperative).Exec(ctx); err != nil {
		return err
	}
	var held, others int
	err := tx.NewRaw(`
		SELECT count(*) FILTER (WHERE r.member_id = ?), count(*) FILTER (WHERE r.member_id <> ? AND m.state IN ('active', 'welcomed'))
		FROM coop.member_roles AS r
		JOIN coop.members AS m ON m.cooperative_id = r.cooperative_id AND m.id = r.member_id
		WHERE r.cooperative_id = ? AND r.role = 'facilitator' AND r.until_at IS NULL`,
		member, member, cooperative).Scan(ctx, &held, &others)
	if err == nil && held > 0 && others == 0 {
		return rule.Broken("member", "member.last_facilitator")
	}
	return err
}
