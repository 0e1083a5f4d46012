package welcome

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/database"
	"lien/rule"
)

// newFor is how long somebody is new who has neither come to an event nor exchanged yet,
// and regularSince how long a volunteer has been here before they are asked.
const (
	newFor       = 90 * day
	regularSince = 30 * day
)

// atOnce is for how many newcomers a neighbour is asked at the same time.
const atOnce = 2

// Buddies are the neighbours who come along the first time, and the newcomers who wish so.
type Buddies struct {
	db  bun.IDB
	now func() time.Time
}

// NewBuddies returns the buddies kept in db; now tells the time.
func NewBuddies(db bun.IDB, now func() time.Time) *Buddies { return &Buddies{db: db, now: now} }

// isNew is true of a member m who takes part and has done nothing yet; it asks for the
// moment since when one is new.
const isNew = `m.state IN ('welcomed', 'active') AND m.joined_at > ?
	AND NOT EXISTS (SELECT FROM coop.attendances a WHERE a.cooperative_id = m.cooperative_id AND a.member_id = m.id AND a.undone_at IS NULL)
	AND NOT EXISTS (SELECT FROM coop.agreements g WHERE g.cooperative_id = m.cooperative_id AND m.id IN (g.giver_id, g.receiver_id) AND g.minutes_paid IS NOT NULL)`

// Volunteer makes the actor one of the neighbours who may be asked to come along, or not
// any more. Doing it twice has one effect; what is under way goes on.
func (b *Buddies) Volunteer(ctx context.Context, actor coop.Actor, yes bool) error {
	if !yes {
		_, err := b.db.NewRaw(`DELETE FROM coop.buddy_volunteers WHERE cooperative_id = ? AND member_id = ?`, actor.Cooperative, actor.Member).Exec(ctx)
		return err
	}
	_, err := b.db.NewRaw(`
		INSERT INTO coop.buddy_volunteers (cooperative_id, member_id, since)
		SELECT m.cooperative_id, m.id, ? FROM coop.members m
		WHERE m.cooperative_id = ? AND m.id = ? AND m.state IN ('welcomed', 'active')
		ON CONFLICT DO NOTHING`, b.now(), actor.Cooperative, actor.Member).Exec(ctx)
	return err
}

// Ask asks a neighbour who speaks the newcomer's language to come along, for the actor
// themselves, or for a newcomer by a facilitator. Sending the same key again has no second
// effect. It returns rule.ErrMoved for somebody who is not new, or has been asked for, and
// *rule.Invalid on "buddy" when nobody is free: the desk sees those who wait.
func (b *Buddies) Ask(ctx context.Context, actor coop.Actor, newcomer coop.MemberID, key uuid.UUID) error {
	err := b.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if newcomer != actor.Member {
			if err := coop.MustFacilitate(ctx, tx, actor); err != nil {
				return err
			}
		}
		var new, before bool
		err := tx.NewRaw(`
			SELECT `+isNew+` AS new,
				EXISTS (SELECT FROM coop.buddyships s WHERE s.cooperative_id = m.cooperative_id AND s.asked_by = ? AND s.client_key = ?) AS before
			FROM coop.members m WHERE m.cooperative_id = ? AND m.id = ? FOR NO KEY UPDATE OF m`,
			b.now().Add(-newFor), actor.Member, key, actor.Cooperative, newcomer).Scan(ctx, &new, &before)
		switch {
		case err != nil:
			return orNotFound(err)
		case before:
			return nil
		case !new:
			return rule.ErrMoved
		}
		found, err := b.ask(ctx, tx, actor, newcomer, key)
		if err == nil && !found {
			err = rule.Broken("buddy", "buddy.nobody_free")
		}
		return err
	})
	if database.Broken(err) == "a_newcomer_has_one_buddy_at_a_time" {
		return rule.ErrMoved
	}
	return err
}

// candidate chooses whom to ask: somebody who volunteered, speaks a language of the
// newcomer's, did not part from them, was not asked for them before and is not busy; out of the same building if
// there is one, and whoever was asked the longest ago.
const candidate = `
	SELECT b.id AS buddy, common.language
	FROM coop.buddy_volunteers v
	JOIN coop.members b ON b.cooperative_id = v.cooperative_id AND b.id = v.member_id AND b.state IN ('welcomed', 'active') AND b.joined_at < ?
	JOIN coop.members n ON n.cooperative_id = v.cooperative_id AND n.id = ? AND n.id <> b.id
	JOIN coop.places p ON p.cooperative_id = b.cooperative_id AND p.id = b.place_id
	JOIN coop.places q ON q.cooperative_id = n.cooperative_id AND q.id = n.place_id
	CROSS JOIN LATERAL (
		SELECT l AS language FROM unnest(n.language || n.speaks) AS l
		WHERE l = ANY (b.language || b.speaks) ORDER BY l <> n.language, l LIMIT 1
	) common
	WHERE v.cooperative_id = ? AND NOT coop.hidden_between(b.cooperative_id, b.id, n.id) AND NOT coop.place_hidden_between(b.cooperative_id, b.id, n.id)
		AND NOT EXISTS (SELECT FROM coop.buddyships s WHERE s.cooperative_id = b.cooperative_id AND s.newcomer_id = n.id AND s.buddy_id = b.id)
		AND (SELECT count(*) FROM coop.buddyships s WHERE s.cooperative_id = b.cooperative_id AND s.buddy_id = b.id AND s.deadline_at IS NOT NULL) < ?
	ORDER BY p.path[2] IS DISTINCT FROM q.path[2],
		(SELECT max(s.created_at) FROM coop.buddyships s WHERE s.cooperative_id = b.cooperative_id AND s.buddy_id = b.id) NULLS FIRST, b.id
	LIMIT 1
	FOR NO KEY UPDATE OF b SKIP LOCKED`

// ask writes a buddyship with the next neighbour to ask; found is false when there is none.
func (b *Buddies) ask(ctx context.Context, tx bun.Tx, actor coop.Actor, newcomer coop.MemberID, key uuid.UUID) (found bool, err error) {
	var next struct {
		Buddy    coop.MemberID
		Language string
	}
	now := b.now()
	err = tx.NewRaw(candidate, now.Add(-regularSince), newcomer, actor.Cooperative, atOnce).Scan(ctx, &next)
	if err = orNotFound(err); errors.Is(err, rule.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	line, _ := find(ToAsk, None, Newcomer)
	id := uuid.Must(uuid.NewV7())
	_, err = tx.NewRaw(`
		INSERT INTO coop.buddyships (cooperative_id, id, newcomer_id, buddy_id, language, state, steps, asked_by, client_key, created_at, state_since, deadline_at)
		VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?)`,
		actor.Cooperative, id, newcomer, next.Buddy, next.Language, line.To, actor.Member, key, now, now, now.Add(line.Within)).Exec(ctx)
	if err != nil {
		return false, err
	}
	s := Buddyship{ID: id, Newcomer: newcomer, Buddy: next.Buddy, Language: next.Language, Steps: 1}
	if err := record(ctx, tx, actor, s, line, now); err != nil {
		return false, err
	}
	return true, tell(ctx, tx, actor, s, line, now)
}

// record keeps a step in the history; the clock has no member.
func record(ctx context.Context, tx bun.Tx, by coop.Actor, s Buddyship, line Transition, now time.Time) error {
	_, err := tx.NewRaw(`
		INSERT INTO coop.buddyship_events (cooperative_id, buddyship_id, n, step, from_state, to_state, by_member_id, at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		by.Cooperative, s.ID, s.Steps, line.Step, line.From, line.To, rule.OrNone(by.Member), now).Exec(ctx)
	return err
}
