package membership

import (
	"context"
	"errors"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/database"
	"lien/rule"
)

// Rest plans a pause of the actor's own, and begins it at once when its first day is today.
// One pause at a time: *rule.Invalid on "from". The last facilitator cannot rest:
// *rule.Invalid on "member". Places at events in those days go to the next in turn.
func (m *Members) Rest(ctx context.Context, actor coop.Actor, r Resting) error {
	err := m.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := another(ctx, tx, actor.Cooperative, actor.Member); err != nil {
			return err
		}
		state, err := lock(ctx, tx, actor.Cooperative, actor.Member)
		if err != nil {
			return err
		}
		var again bool
		err = tx.NewRaw(`SELECT EXISTS (SELECT FROM coop.pauses WHERE cooperative_id = ? AND member_id = ? AND client_key = ?)`,
			actor.Cooperative, actor.Member, r.Key).Scan(ctx, &again)
		if err != nil || again {
			return err
		}
		if state != Active {
			return rule.ErrMoved
		}
		today, err := m.today(ctx, tx, actor.Cooperative)
		if err != nil {
			return err
		}
		from, until, err := r.on(today)
		if err != nil {
			return err
		}
		var begun any
		if !from.After(today) {
			begun = m.now()
		}
		_, err = tx.NewRaw(`
			INSERT INTO coop.pauses (cooperative_id, id, member_id, from_on, until_on, client_key, asked_at, begun_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			actor.Cooperative, rule.NewID[coop.PauseID](), actor.Member, orNoDay(from), orNoDay(until), r.Key, m.now(), begun).Exec(ctx)
		if err != nil || begun == nil {
			return err
		}
		return m.move(ctx, tx, actor, actor.Member, Pauses, "")
	})
	if database.Broken(err) == "a_member_has_one_pause_at_a_time" {
		return rule.Broken("from", "member.pause.already")
	}
	return err
}

// Resume ends a pause of the actor's own early, or gives up one that is planned. Without one it
// answers rule.ErrMoved.
func (m *Members) Resume(ctx context.Context, actor coop.Actor) error {
	return m.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		state, err := lock(ctx, tx, actor.Cooperative, actor.Member)
		if err != nil {
			return err
		}
		ended, err := endPauses(ctx, tx, actor.Cooperative, actor.Member, m)
		switch {
		case err != nil:
			return err
		case state == Paused:
			return m.move(ctx, tx, actor, actor.Member, Resumes, "")
		case ended == 0:
			return rule.ErrMoved
		}
		return nil
	})
}

// endPauses ends what pause a member has, begun or planned; the member is locked.
func endPauses(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, member coop.MemberID, m *Members) (int64, error) {
	done, err := tx.NewRaw(`UPDATE coop.pauses SET ended_at = ? WHERE cooperative_id = ? AND member_id = ? AND ended_at IS NULL`,
		m.now(), cooperative, member).Exec(ctx)
	if err != nil {
		return 0, err
	}
	return done.RowsAffected()
}

// Pausing returns the pause that the member has or plans, and whether there is one. It is
// for the member themselves and for a facilitator.
func (m *Members) Pausing(ctx context.Context, actor coop.Actor, member coop.MemberID) (p Pause, found bool, err error) {
	if actor.Member != member {
		if err := coop.MustFacilitate(ctx, m.db, actor); err != nil {
			return p, false, err
		}
	}
	err = orNotFound(m.db.NewRaw(`
		SELECT id, from_on, until_on, begun_at FROM coop.pauses
		WHERE cooperative_id = ? AND member_id = ? AND ended_at IS NULL`, actor.Cooperative, member).Scan(ctx, &p))
	if errors.Is(err, rule.ErrNotFound) {
		return p, false, nil
	}
	return p, err == nil, err
}
