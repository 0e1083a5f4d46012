package visit

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
)

// perRound is how many visits one round looks at.
const perRound = 100

// owed is a visit that a round looks at.
type owed struct {
	CooperativeID coop.CooperativeID
	ID            uuid.UUID
	MemberID      coop.MemberID
	WhomID        coop.MemberID
}

// Due asks the chosen person to call when "left" has not come, and an hour later the
// facilitators; it throws away what is over. It returns how many visits it moved. Each is
// locked and looked at again, so that nobody is asked twice.
func (s *Visits) Due(ctx context.Context) (n int, err error) {
	now := s.now()
	for _, round := range []func(context.Context, bun.Tx, time.Time) (int, error){askToCall, passOn, throwAway} {
		var moved int
		err := s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) (err error) {
			moved, err = round(ctx, tx, now)
			return err
		})
		n += moved
		if err != nil {
			return n, err
		}
	}
	return n, nil
}

// askToCall asks chosen persons, in neutral words, to take news of a member.
func askToCall(ctx context.Context, tx bun.Tx, now time.Time) (int, error) {
	list, err := pick(ctx, tx, `v.due_at <= ? AND v.accepted_at IS NOT NULL AND v.arrived_at IS NOT NULL AND v.left_at IS NULL
  AND v.answered_at IS NULL AND v.told_at IS NULL`, now)
	if err != nil {
		return 0, err
	}
	for _, v := range list {
		if err := set(ctx, tx, v.CooperativeID, v.ID, `told_at = ?`, now); err != nil {
			return 0, err
		}
		if err := tell(ctx, tx, v.CooperativeID, v.WhomID, "visit_silent", v.ID, v.MemberID, now); err != nil {
			return 0, err
		}
	}
	return len(list), nil
}

// passOn asks the facilitators when the chosen person has not answered for an hour.
func passOn(ctx context.Context, tx bun.Tx, now time.Time) (int, error) {
	list, err := pick(ctx, tx, `v.told_at <= ? AND v.left_at IS NULL AND v.answered_at IS NULL AND v.passed_on_at IS NULL`, now.Add(-Grace))
	if err != nil {
		return 0, err
	}
	for _, v := range list {
		if err := set(ctx, tx, v.CooperativeID, v.ID, `passed_on_at = ?`, now); err != nil {
			return 0, err
		}
		var helpers []Person
		err := tx.NewRaw(`SELECT m.id FROM coop.member_roles r
JOIN coop.members m ON m.cooperative_id = r.cooperative_id AND m.id = r.member_id AND m.state IN ('welcomed', 'active')
WHERE r.cooperative_id = ? AND r.role = 'facilitator' AND r.until_at IS NULL AND m.id NOT IN (?, ?)
ORDER BY m.id LIMIT 50`, v.CooperativeID, v.MemberID, v.WhomID).Scan(ctx, &helpers)
		if err != nil {
			return 0, err
		}
		for _, h := range helpers {
			if err := tell(ctx, tx, v.CooperativeID, h.ID, "visit_passed", v.ID, v.MemberID, now); err != nil {
				return 0, err
			}
		}
	}
	return len(list), nil
}

// throwAway forgets what is over: a day after "left", or when it was called off before
// anybody arrived.
func throwAway(ctx context.Context, tx bun.Tx, now time.Time) (int, error) {
	list, err := pick(ctx, tx, `(v.ends_at <= ? OR v.arrived_at IS NULL AND EXISTS (SELECT FROM coop.agreements g
  WHERE g.cooperative_id = v.cooperative_id AND g.id = v.agreement_id AND g.state <> 'agreed'))`, now)
	if err != nil {
		return 0, err
	}
	for _, v := range list {
		if err := forget(ctx, tx, v.CooperativeID, v.ID); err != nil {
			return 0, err
		}
	}
	return len(list), nil
}

func pick(ctx context.Context, tx bun.Tx, where string, args ...any) (list []owed, err error) {
	err = tx.NewRaw(`SELECT v.cooperative_id, v.id, v.member_id, v.whom_id FROM coop.visits v
WHERE `+where+`
ORDER BY v.id LIMIT ?
FOR UPDATE OF v SKIP LOCKED`, append(args, perRound)...).Scan(ctx, &list)
	return list, err
}
