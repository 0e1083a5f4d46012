package safetynet

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// Nets are the safety nets of members.
type Nets struct {
	db  bun.IDB
	now func() time.Time
}

// NewNets returns the nets kept in db; now tells the time.
func NewNets(db bun.IDB, now func() time.Time) *Nets { return &Nets{db: db, now: now} }

// Mine returns the actor's own net; it is not Set when there is none.
func (n *Nets) Mine(ctx context.Context, actor coop.Actor) (Net, error) {
	var list []Net
	err := n.db.NewRaw(`
		SELECT s.whom_id AS whom, w.name AS whom_name, w.state IN ('active', 'welcomed') AND NOT coop.hidden_between(s.cooperative_id, s.member_id, s.whom_id) AS reachable, s.weeks,
			coalesce(s.raised_at, '0001-01-01 00:00:00Z') AS raised_at
		FROM coop.safety_nets s
		JOIN coop.members w ON w.cooperative_id = s.cooperative_id AND w.id = s.whom_id
		WHERE s.cooperative_id = ? AND s.member_id = ?`, actor.Cooperative, actor.Member).Scan(ctx, &list)
	if err != nil || len(list) == 0 {
		return Net{}, err
	}
	return list[0], nil
}

// Candidates lists members whom the actor may choose, by a part of their name: who is in
// the directory or was met before, eight at most. Accents and capitals do not matter.
func (n *Nets) Candidates(ctx context.Context, actor coop.Actor, words string) ([]Candidate, error) {
	words, err := rule.Line("words", words, 2, 60)
	if err != nil {
		return nil, err
	}
	var list []Candidate
	err = n.db.NewRaw(`
		SELECT m.id, m.name FROM coop.members m
		WHERE m.cooperative_id = ?0 AND m.id <> ?1 AND m.state IN ('active', 'welcomed')
			AND position(public.unaccent(lower(?2)) IN public.unaccent(lower(m.name))) > 0 AND coop.findable(?0, ?1, m.id)
		ORDER BY m.name, m.id LIMIT 8`, actor.Cooperative, actor.Member, words).Scan(ctx, &list)
	return list, err
}

// Set puts up the actor's net, or changes it; a silence told before is forgotten. The
// chosen person takes part in the same cooperative, is not hidden, and is told nothing now.
func (n *Nets) Set(ctx context.Context, actor coop.Actor, wish Wish) error {
	if err := wish.tidy(actor); err != nil {
		return err
	}
	done, err := n.db.NewRaw(`
		INSERT INTO coop.safety_nets (cooperative_id, id, member_id, whom_id, weeks, set_at)
		SELECT me.cooperative_id, ?3, me.id, whom.id, ?4, ?5
		FROM coop.members me JOIN coop.members whom ON whom.cooperative_id = me.cooperative_id
		WHERE me.cooperative_id = ?0 AND me.id = ?1 AND me.state <> 'left'
			AND whom.id = ?2 AND whom.state IN ('active', 'welcomed') AND NOT coop.hidden_between(?0, ?1, ?2)
		ON CONFLICT (member_id) DO UPDATE
		SET whom_id = EXCLUDED.whom_id, weeks = EXCLUDED.weeks, set_at = EXCLUDED.set_at, raised_at = NULL, answered_at = NULL, calmed_at = NULL`,
		actor.Cooperative, actor.Member, wish.Whom, uuid.Must(uuid.NewV7()), wish.Weeks, n.now()).Exec(ctx)
	if err != nil {
		return err
	}
	if one, err := done.RowsAffected(); err != nil || one == 1 {
		return err
	}
	return rule.Broken("whom", "net.whom.choose")
}

// TakeDown takes the actor's net down and forgets it, with whatever it had told.
func (n *Nets) TakeDown(ctx context.Context, actor coop.Actor) error {
	_, err := n.db.NewRaw(`DELETE FROM coop.safety_nets WHERE cooperative_id = ? AND member_id = ?`,
		actor.Cooperative, actor.Member).Exec(ctx)
	return err
}

// calling is a net whose chosen person is asked to look in, now.
const calling = ` s.raised_at IS NOT NULL AND s.answered_at IS NULL AND s.calmed_at IS NULL `

// Asking lists who asked the actor to look in on them and has fallen silent, the longest
// silence first, three at most. It says their name and nothing else.
func (n *Nets) Asking(ctx context.Context, actor coop.Actor) ([]Asked, error) {
	var list []Asked
	err := n.db.NewRaw(`
		SELECT s.id, m.name FROM coop.safety_nets s
		JOIN coop.members m ON m.cooperative_id = s.cooperative_id AND m.id = s.member_id
		JOIN coop.members w ON w.cooperative_id = s.cooperative_id AND w.id = s.whom_id
		WHERE s.cooperative_id = ? AND s.whom_id = ? AND`+calling+`
			AND m.state <> 'left' AND w.state IN ('active', 'welcomed')
			AND NOT coop.hidden_between(s.cooperative_id, s.member_id, s.whom_id)
		ORDER BY s.raised_at, s.id LIMIT 3`, actor.Cooperative, actor.Member).Scan(ctx, &list)
	return list, err
}

// Answer puts the request away: the actor, who was asked, has looked in. Doing it twice
// has one effect; rule.ErrNotFound for everybody else.
func (n *Nets) Answer(ctx context.Context, actor coop.Actor, net uuid.UUID) error {
	done, err := n.db.NewRaw(`
		UPDATE coop.safety_nets SET answered_at = coalesce(answered_at, ?)
		WHERE cooperative_id = ? AND id = ? AND whom_id = ? AND raised_at IS NOT NULL`,
		n.now(), actor.Cooperative, net, actor.Member).Exec(ctx)
	if err != nil {
		return err
	}
	if one, err := done.RowsAffected(); err != nil || one == 1 {
		return err
	}
	return rule.ErrNotFound
}

// Watched reads a page of the nets of every cooperative, in the order of their ids, from
// after the given one, for whoever knows when members were last here.
func (n *Nets) Watched(ctx context.Context, after uuid.UUID, most int) ([]Watched, error) {
	var list []Watched
	err := n.db.NewRaw(`
		SELECT s.id, s.cooperative_id AS cooperative, s.member_id AS member, s.weeks, s.set_at,
			CASE WHEN s.calmed_at IS NULL THEN coalesce(s.raised_at, '0001-01-01 00:00:00Z') ELSE '0001-01-01 00:00:00Z' END AS raised_at
		FROM coop.safety_nets s
		JOIN coop.members m ON m.cooperative_id = s.cooperative_id AND m.id = s.member_id
		WHERE s.id > ? AND m.state <> 'left'
		ORDER BY s.id LIMIT ?`, after, most).Scan(ctx, &list)
	return list, err
}

// Raise tells the chosen persons of these nets, once for each silence, and returns how
// many were told now. A net that was changed since it was read says nothing, and so does
// one whose person cannot be told: its member reads that, and may choose another.
func (n *Nets) Raise(ctx context.Context, silent []Watched) (int, error) {
	raised := 0
	for _, w := range silent {
		done, err := n.db.NewRaw(`
			UPDATE coop.safety_nets AS s SET raised_at = ?, answered_at = NULL, calmed_at = NULL
			WHERE s.cooperative_id = ? AND s.id = ? AND s.set_at = ? AND (s.raised_at IS NULL OR s.calmed_at IS NOT NULL)
				AND EXISTS (SELECT FROM coop.members w WHERE w.cooperative_id = s.cooperative_id AND w.id = s.whom_id AND w.state IN ('active', 'welcomed'))
				AND NOT coop.hidden_between(s.cooperative_id, s.member_id, s.whom_id)`,
			n.now(), w.Cooperative, w.ID, w.SetAt).Exec(ctx)
		if err != nil {
			return raised, err
		}
		one, err := done.RowsAffected()
		if err != nil {
			return raised, err
		}
		raised += int(one)
	}
	return raised, nil
}

// Calm ends the silence of members who came back: nobody is asked to look in any more.
func (n *Nets) Calm(ctx context.Context, back []Watched) error {
	for _, w := range back {
		_, err := n.db.NewRaw(`
			UPDATE coop.safety_nets SET calmed_at = ?
			WHERE cooperative_id = ? AND id = ? AND raised_at = ? AND calmed_at IS NULL`,
			n.now(), w.Cooperative, w.ID, w.RaisedAt).Exec(ctx)
		if err != nil {
			return err
		}
	}
	return nil
}
