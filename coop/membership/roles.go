package membership

import (
	"context"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/inbox"
	"lien/rule"
)

// tellFacilitators tells every acting facilitator but one, thirty at most.
func tellFacilitators(ctx context.Context, tx bun.Tx, news inbox.Item, but ...coop.MemberID) error {
	var all []struct{ MemberID coop.MemberID }
	err := tx.NewRaw(`
		SELECT r.member_id FROM coop.member_roles AS r
		JOIN coop.members AS m ON m.cooperative_id = r.cooperative_id AND m.id = r.member_id
		WHERE r.cooperative_id = ? AND r.role = 'facilitator' AND r.until_at IS NULL AND m.state IN ('active', 'welcomed')
		ORDER BY r.member_id LIMIT 30`, news.Cooperative).Scan(ctx, &all)
	if err != nil {
		return err
	}
	var items []inbox.Item
	for _, who := range all {
		if !slices.Contains(but, who.MemberID) {
			news.Member = who.MemberID
			items = append(items, news)
		}
	}
	return inbox.Tell(ctx, tx, items...)
}

// Give gives a member a role, from a day on and for a time. From today it begins at once,
// and where it is held already only its last day changes; later it begins by itself. Only
// a facilitator may give.
func (m *Members) Give(ctx context.Context, actor coop.Actor, member coop.MemberID, g Giving) error {
	return m.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := coop.MustFacilitate(ctx, tx, actor); err != nil {
			return err
		}
		today, err := m.today(ctx, tx, actor.Cooperative)
		if err != nil {
			return err
		}
		term, err := g.on(today)
		if err != nil {
			return err
		}
		state, err := lock(ctx, tx, actor.Cooperative, member)
		if err != nil {
			return err
		}
		if state != Active {
			return rule.ErrMoved
		}
		term.Member = member
		if !term.From.After(today) {
			return entrust(ctx, tx, actor, term, m.now())
		}
		_, err = tx.NewRaw(`
			INSERT INTO coop.role_plans (cooperative_id, id, member_id, role, from_on, last_on, given_by, client_key, planned_at, begun)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, false)
			ON CONFLICT (cooperative_id, member_id, role) WHERE done_at IS NULL
			DO UPDATE SET from_on = excluded.from_on, last_on = excluded.last_on`,
			actor.Cooperative, rule.NewID[coop.RoleID](), member, term.Role, orNoDay(term.From), orNoDay(term.Last), actor.Member, g.Key, m.now()).Exec(ctx)
		return err
	})
}

// Entrust makes a member a facilitator as well, without a last day. Only a facilitator may.
func (m *Members) Entrust(ctx context.Context, actor coop.Actor, member coop.MemberID) error {
	return m.Give(ctx, actor, member, Giving{Role: AFacilitator})
}

func entrust(ctx context.Context, tx bun.Tx, by coop.Actor, term mandate, now time.Time) error {
	_, err := tx.NewRaw(`
		INSERT INTO coop.member_roles (cooperative_id, member_id, role, from_at, last_on, given_by)
		VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (cooperative_id, member_id, role) WHERE until_at IS NULL DO UPDATE SET last_on = excluded.last_on`,
		by.Cooperative, term.Member, term.Role, now, orNoDay(term.Last), rule.OrNone(by.Member)).Exec(ctx)
	if err != nil || by.Member == term.Member {
		return err
	}
	return inbox.Tell(ctx, tx, inbox.Item{
		Cooperative: by.Cooperative, Member: term.Member, Kind: "role_" + string(term.Role), Subject: term.Member.UUID,
		Once: "role:" + string(term.Role) + ":" + now.Format(time.DateOnly), At: now, By: by.Member,
	})
}

// Relieve ends a member's role today; one may relieve oneself. The last facilitator stays:
// *rule.Invalid on "member".
func (m *Members) Relieve(ctx context.Context, actor coop.Actor, member coop.MemberID, role Role) error {
	return m.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := coop.MustFacilitate(ctx, tx, actor); err != nil {
			return err
		}
		if role == AFacilitator {
			if err := another(ctx, tx, actor.Cooperative, member); err != nil {
				return err
			}
		}
		return relieve(ctx, tx, actor.Cooperative, member, role, m.now())
	})
}

// relieve ends one role of a member, or all of them when role is empty.
func relieve(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, member coop.MemberID, role Role, now time.Time) error {
	_, err := tx.NewRaw(`
		UPDATE coop.member_roles SET until_at = greatest(?, from_at)
		WHERE cooperative_id = ? AND member_id = ? AND until_at IS NULL AND (role = ? OR ? = '')`,
		now, cooperative, member, role, role).Exec(ctx)
	return err
}

// CallOff drops a role that is planned and has not begun. Facilitators only.
func (m *Members) CallOff(ctx context.Context, actor coop.Actor, member coop.MemberID, id coop.RoleID) error {
	return m.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := coop.MustFacilitate(ctx, tx, actor); err != nil {
			return err
		}
		var begun bool
		err := tx.NewRaw(`
			UPDATE coop.role_plans SET done_at = coalesce(done_at, ?)
			WHERE cooperative_id = ? AND member_id = ? AND id = ?
			RETURNING begun`, m.now(), actor.Cooperative, member, id).Scan(ctx, &begun)
		if err == nil && begun {
			return rule.ErrMoved
		}
		return orNotFound(err)
	})
}

// Terms returns a member's roles, those to come first and the oldest last: for the member
// themselves and for a facilitator.
func (m *Members) Terms(ctx context.Context, actor coop.Actor, member coop.MemberID) ([]Term, error) {
	if actor.Member != member {
		if err := coop.MustFacilitate(ctx, m.db, actor); err != nil {
			return nil, err
		}
	}
	var list []Term
	err := m.db.NewRaw(`
		SELECT t.id, t.role, t."from", t.last_on, t.until, t.planned, coalesce(g.name, '') AS given_by
		FROM (
		  SELECT cooperative_id, member_id, NULL::uuid AS id, role, from_at AS "from", last_on, until_at AS until, false AS planned, given_by
		  FROM coop.member_roles
		  UNION ALL
		  SELECT cooperative_id, member_id, id, role, from_on::timestamptz, last_on, NULL, true, given_by
		  FROM coop.role_plans WHERE done_at IS NULL
		) AS t
		LEFT JOIN coop.members AS g ON g.cooperative_id = t.cooperative_id AND g.id = t.given_by AND g.state <> 'left'
		WHERE t.cooperative_id = ? AND t.member_id = ?
		ORDER BY t.planned DESC, t.until IS NULL DESC, t."from" DESC, t.role LIMIT 50`, actor.Cooperative, member).Scan(ctx, &list)
	return list, err
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
