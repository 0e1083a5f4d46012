package welcome

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// Take moves a buddyship of the actor's own one step. Taking the same step twice has one
// effect; rule.ErrMoved when the other one was first or it has ended, rule.ErrForbidden
// when the step is not theirs, rule.ErrNotFound for a third person. After a neighbour's no,
// the next one is asked.
func (b *Buddies) Take(ctx context.Context, actor coop.Actor, id uuid.UUID, step Step) error {
	return b.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		s, err := hold(ctx, tx, actor.Cooperative, id)
		if err != nil {
			return err
		}
		if s.roles(actor.Member) == nil {
			return rule.ErrNotFound
		}
		line, ok := find(step, s.State, s.roles(actor.Member)...)
		if !ok {
			return refusal(ctx, tx, actor, s, step)
		}
		return b.move(ctx, tx, actor, s, line)
	})
}

// refusal tells a step that this person took just before from one that came too late, and
// both from one that is not theirs.
func refusal(ctx context.Context, tx bun.Tx, actor coop.Actor, s Buddyship, step Step) error {
	if _, ok := find(step, s.State, Newcomer, Buddy, Either); ok {
		return rule.ErrForbidden
	}
	var again bool
	err := tx.NewRaw(`
		SELECT EXISTS (SELECT FROM coop.buddyship_events e
			WHERE e.cooperative_id = ? AND e.buddyship_id = ? AND e.n = ? AND e.step = ? AND e.by_member_id = ?)`,
		actor.Cooperative, s.ID, s.Steps, step, actor.Member).Scan(ctx, &again)
	if err == nil && !again {
		return rule.ErrMoved
	}
	return err
}

// move writes the step, tells whom it concerns, and asks the next neighbour when this one
// does not come.
func (b *Buddies) move(ctx context.Context, tx bun.Tx, by coop.Actor, s Buddyship, line Transition) error {
	now := b.now()
	s.State, s.Steps = line.To, s.Steps+1
	var deadline time.Time
	if line.Within > 0 {
		deadline = now.Add(line.Within)
	}
	_, err := tx.NewRaw(`
		UPDATE coop.buddyships SET state = ?, steps = ?, state_since = ?, deadline_at = ? WHERE cooperative_id = ? AND id = ?`,
		s.State, s.Steps, now, bun.NullZero(deadline), by.Cooperative, s.ID).Exec(ctx)
	if err != nil {
		return err
	}
	if err := record(ctx, tx, by, s, line, now); err != nil {
		return err
	}
	if err := tell(ctx, tx, by, s, line, now); err != nil {
		return err
	}
	if line.To.Final() && (line.Who == Buddy || line.Step == ToLapse) && (line.From == Asked || line.From == Offered && line.Who == Buddy) {
		return b.next(ctx, tx, by.Cooperative, s, now)
	}
	return nil
}

// next asks another neighbour for a newcomer who still is one; when there is none, the
// newcomer is told that the desk takes over.
func (b *Buddies) next(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, s Buddyship, now time.Time) error {
	var new bool
	err := tx.NewRaw(`SELECT `+isNew+` FROM coop.members m WHERE m.cooperative_id = ? AND m.id = ?`,
		now.Add(-newFor), cooperative, s.Newcomer).Scan(ctx, &new)
	if err != nil || !new {
		return err
	}
	newcomer := coop.Actor{Cooperative: cooperative, Member: s.Newcomer}
	found, err := b.ask(ctx, tx, newcomer, s.Newcomer, uuid.New())
	if err != nil || found {
		return err
	}
	return tellNobody(ctx, tx, newcomer, s, now)
}

// Part ends, within tx, what is under way between the actor and another member, as the
// actor could have ended it.
func (b *Buddies) Part(ctx context.Context, tx bun.Tx, actor coop.Actor, other coop.MemberID) error {
	var ids []uuid.UUID
	err := tx.NewRaw(`
		SELECT id FROM coop.buddyships
		WHERE cooperative_id = ? AND deadline_at IS NOT NULL AND (newcomer_id, buddy_id) IN ((?, ?), (?, ?))
		ORDER BY id`, actor.Cooperative, actor.Member, other, other, actor.Member).Scan(ctx, &ids)
	if err != nil {
		return err
	}
	for _, id := range ids { // one, or two who each joined when the other was new
		s, err := hold(ctx, tx, actor.Cooperative, id)
		if err != nil {
			return err
		}
		for _, step := range []Step{ToDecline, ToRefuse, ToWithdraw, ToEnd} {
			if line, ok := find(step, s.State, s.roles(actor.Member)...); ok {
				if err := b.move(ctx, tx, actor, s, line); err != nil {
					return err
				}
				break
			}
		}
	}
	return nil
}

// due is how many buddyships Due ends in one go.
const due = 100

// Due ends by the clock what nobody answered, what took too long, and what is over because
// the newcomer has been to something: a bounded part of it. It returns how many it ended.
func (b *Buddies) Due(ctx context.Context) (n int, err error) {
	err = b.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var list []struct {
			Cooperative coop.CooperativeID
			Buddyship   `bun:"extend"`
		}
		err := tx.NewRaw(`
			SELECT s.cooperative_id AS cooperative, `+columns+`
			FROM coop.buddyships s
			WHERE s.deadline_at IS NOT NULL AND (s.deadline_at <= ? OR s.state = 'paired' AND (
				EXISTS (SELECT FROM coop.attendances a WHERE a.cooperative_id = s.cooperative_id AND a.member_id = s.newcomer_id AND a.at >= s.state_since AND a.undone_at IS NULL)
				OR EXISTS (SELECT FROM coop.agreements g WHERE g.cooperative_id = s.cooperative_id AND s.newcomer_id IN (g.giver_id, g.receiver_id)
					AND g.minutes_paid IS NOT NULL AND g.state_since >= s.state_since)))
			ORDER BY s.id LIMIT ?
			FOR UPDATE OF s SKIP LOCKED`, b.now(), due).Scan(ctx, &list)
		if err != nil {
			return err
		}
		for _, one := range list { // each is a step of its own, with what follows from it
			line, ok := find(ToLapse, one.State, Clock)
			if one.State == Paired {
				line, ok = find(ToFinish, one.State, Clock)
			}
			if !ok {
				return errors.New("welcome: an open buddyship has no end by the clock")
			}
			if err := b.move(ctx, tx, coop.Actor{Cooperative: one.Cooperative}, one.Buddyship, line); err != nil {
				return err
			}
		}
		n = len(list)
		return nil
	})
	return n, err
}

// columns are a buddyship s with no name in it.
const columns = `s.id, s.newcomer_id AS newcomer, s.buddy_id AS buddy, s.language, s.state, s.steps, s.created_at, s.state_since,
	coalesce(s.deadline_at, '0001-01-01 00:00:00Z') AS deadline_at`

// hold takes the row of a buddyship.
func hold(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, id uuid.UUID) (s Buddyship, err error) {
	err = tx.NewRaw(`SELECT `+columns+` FROM coop.buddyships s WHERE s.cooperative_id = ? AND s.id = ? FOR UPDATE`,
		cooperative, id).Scan(ctx, &s)
	return s, orNotFound(err)
}
