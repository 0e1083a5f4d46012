package membership

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/inbox"
	"lien/rule"
)

// atOnce is how many of each kind one turn of the clock takes.
const atOnce = 100

// due is something whose day has come.
type due struct {
	CooperativeID coop.CooperativeID
	MemberID      coop.MemberID
	ID            uuid.UUID
	Role          Role
}

// Due begins and ends what days were set for: pauses, suspensions, contests that nobody
// answered, roles. It is for a clock that calls it every minute: each thing is looked at
// again under its member's lock, in a transaction of its own. It returns how many it
// touched.
func (m *Members) Due(ctx context.Context) (int, error) {
	turns := []struct {
		which string
		do    func(context.Context, bun.Tx, due) error
	}{
		{pausesToBegin, m.beginPause},
		{pausesToEnd, m.endPause},
		{suspensionsToEnd, m.endSuspension},
		{rolesToBegin, m.beginRole},
		{rolesToEnd, m.endRole},
	}
	n := 0
	for _, turn := range turns {
		var list []due
		if err := m.db.NewRaw(turn.which+` LIMIT ?1`, m.now(), atOnce).Scan(ctx, &list); err != nil {
			return n, err
		}
		for _, d := range list {
			err := m.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error { return turn.do(ctx, tx, d) })
			if err != nil && !errors.Is(err, rule.ErrMoved) { // somebody was first
				return n, err
			}
			n++
		}
	}
	return n, nil
}

// The days of each, in the zone of their cooperative.
const (
	pausesToBegin = `
		SELECT p.cooperative_id, p.member_id, p.id FROM coop.pauses AS p JOIN coop.cooperatives AS c ON c.id = p.cooperative_id
		WHERE p.ended_at IS NULL AND p.begun_at IS NULL AND p.from_on <= (?0::timestamptz AT TIME ZONE c.zone)::date
		ORDER BY p.from_on, p.id`
	pausesToEnd = `
		SELECT p.cooperative_id, p.member_id, p.id FROM coop.pauses AS p JOIN coop.cooperatives AS c ON c.id = p.cooperative_id
		WHERE p.ended_at IS NULL AND p.until_on < (?0::timestamptz AT TIME ZONE c.zone)::date
		ORDER BY p.until_on, p.id`
	suspensionsToEnd = `
		SELECT s.cooperative_id, s.member_id, s.id FROM coop.suspensions AS s JOIN coop.cooperatives AS c ON c.id = s.cooperative_id
		WHERE s.ended_at IS NULL AND (s.until_on < (?0::timestamptz AT TIME ZONE c.zone)::date OR s.review_by < ?0 AND s.reviewed_at IS NULL)
		ORDER BY s.until_on, s.id`
	rolesToBegin = `
		SELECT p.cooperative_id, p.member_id, p.id, p.role FROM coop.role_plans AS p JOIN coop.cooperatives AS c ON c.id = p.cooperative_id
		WHERE p.done_at IS NULL AND p.from_on <= (?0::timestamptz AT TIME ZONE c.zone)::date
		ORDER BY p.from_on, p.id`
	// The last facilitator's role does not end: nobody could give it again.
	rolesToEnd = `
		SELECT r.cooperative_id, r.member_id, r.role FROM coop.member_roles AS r JOIN coop.cooperatives AS c ON c.id = r.cooperative_id
		WHERE r.until_at IS NULL AND r.last_on < (?0::timestamptz AT TIME ZONE c.zone)::date
		  AND (r.role <> 'facilitator' OR EXISTS (
		    SELECT FROM coop.member_roles AS o JOIN coop.members AS om ON om.cooperative_id = o.cooperative_id AND om.id = o.member_id
		    WHERE o.cooperative_id = r.cooperative_id AND o.member_id <> r.member_id AND o.role = 'facilitator' AND o.until_at IS NULL
		      AND om.state IN ('active', 'welcomed')))
		ORDER BY r.last_on, r.member_id`
)

// clock is who acts when a day has come.
func clock(d due) coop.Actor { return coop.Actor{Cooperative: d.CooperativeID} }

// beginPause begins a planned pause, or drops it when its member cannot rest: they are the
// last facilitator, or not active any more.
func (m *Members) beginPause(ctx context.Context, tx bun.Tx, d due) error {
	err := another(ctx, tx, d.CooperativeID, d.MemberID)
	var last *rule.Invalid
	if err != nil && !errors.As(err, &last) {
		return err
	}
	state, err := lock(ctx, tx, d.CooperativeID, d.MemberID)
	if err != nil {
		return err
	}
	if state != Active || last != nil {
		_, err := endPauses(ctx, tx, d.CooperativeID, d.MemberID, m)
		return err
	}
	done, err := tx.NewRaw(`UPDATE coop.pauses SET begun_at = ? WHERE cooperative_id = ? AND id = ? AND begun_at IS NULL AND ended_at IS NULL`,
		m.now(), d.CooperativeID, d.ID).Exec(ctx)
	if err := changed(done, err); err != nil {
		return err
	}
	if err := m.move(ctx, tx, clock(d), d.MemberID, Pauses, ""); err != nil {
		return err
	}
	return m.tellPause(ctx, tx, d, "pause_begun")
}

func (m *Members) tellPause(ctx context.Context, tx bun.Tx, d due, kind string) error {
	return inbox.Tell(ctx, tx, inbox.Item{
		Cooperative: d.CooperativeID, Member: d.MemberID, Kind: kind, Subject: d.ID, Once: kind + ":" + d.ID.String(), At: m.now(),
	})
}

func (m *Members) endPause(ctx context.Context, tx bun.Tx, d due) error {
	state, err := lock(ctx, tx, d.CooperativeID, d.MemberID)
	if err != nil {
		return err
	}
	ended, err := endPauses(ctx, tx, d.CooperativeID, d.MemberID, m)
	if err != nil || ended == 0 || state != Paused {
		return err
	}
	if err := m.move(ctx, tx, clock(d), d.MemberID, Resumes, ""); err != nil {
		return err
	}
	return m.tellPause(ctx, tx, d, "pause_over")
}

func (m *Members) endSuspension(ctx context.Context, tx bun.Tx, d due) error {
	if err := m.reinstate(ctx, tx, clock(d), d.MemberID, ""); err != nil {
		return err
	}
	return inbox.Tell(ctx, tx, m.about(clock(d), d.MemberID, "suspension_over", coop.SuspensionID{UUID: d.ID}))
}

// beginRole begins a planned role, or drops it when its member does not take part.
func (m *Members) beginRole(ctx context.Context, tx bun.Tx, d due) error {
	state, err := lock(ctx, tx, d.CooperativeID, d.MemberID)
	if err != nil {
		return err
	}
	var plan struct {
		LastOn  time.Time
		GivenBy coop.MemberID
	}
	err = tx.NewRaw(`
		UPDATE coop.role_plans SET done_at = ?, begun = ? WHERE cooperative_id = ? AND id = ? AND done_at IS NULL
		RETURNING last_on, given_by`, m.now(), state == Active, d.CooperativeID, d.ID).Scan(ctx, &plan)
	if err != nil || state != Active {
		return moved(orNotFound(err))
	}
	by := coop.Actor{Cooperative: d.CooperativeID, Member: plan.GivenBy}
	return entrust(ctx, tx, by, mandate{Member: d.MemberID, Role: d.Role, Last: plan.LastOn}, m.now())
}

func (m *Members) endRole(ctx context.Context, tx bun.Tx, d due) error {
	if d.Role == AFacilitator {
		err := another(ctx, tx, d.CooperativeID, d.MemberID)
		var last *rule.Invalid
		if errors.As(err, &last) {
			return rule.ErrMoved // became the last one meanwhile
		}
		if err != nil {
			return err
		}
	}
	return relieve(ctx, tx, d.CooperativeID, d.MemberID, d.Role, m.now())
}
