package welcome

import (
	"context"
	"time"

	"lien/coop"
)

// Mine is what a member finds of all this on their own page.
type Mine struct {
	New       bool // they have neither come to an event nor exchanged yet
	Volunteer bool
	Own       []Buddyship // the open one in which they are the newcomer, if there is one
	Others    []Buddyship // the open ones in which they are the buddy
}

// named are a buddyship s as one of the two, me, reads it: the newcomer learns who would
// come once that neighbour said yes, the neighbour learns for whom once both did.
const named = columns + `,
	CASE WHEN s.state = 'paired' OR s.state = 'offered' AND me.id = s.newcomer_id THEN o.name ELSE '' END AS name,
	(s.state = 'paired' OR s.state = 'offered' AND me.id = s.newcomer_id) AND p.path[2] = q.path[2]
		AND NOT coop.place_hidden_between(me.cooperative_id, me.id, o.id) AS neighbours
	FROM coop.members me
	JOIN coop.buddyships s ON s.cooperative_id = me.cooperative_id AND me.id IN (s.newcomer_id, s.buddy_id) AND s.deadline_at IS NOT NULL
	JOIN coop.members o ON o.cooperative_id = s.cooperative_id AND o.id = CASE me.id WHEN s.newcomer_id THEN s.buddy_id ELSE s.newcomer_id END
	JOIN coop.places p ON p.cooperative_id = me.cooperative_id AND p.id = me.place_id
	JOIN coop.places q ON q.cooperative_id = o.cooperative_id AND q.id = o.place_id`

// Of returns what concerns the actor.
func (b *Buddies) Of(ctx context.Context, actor coop.Actor) (m Mine, err error) {
	err = b.db.NewRaw(`
		SELECT `+isNew+` AS new,
			EXISTS (SELECT FROM coop.buddy_volunteers v WHERE v.cooperative_id = m.cooperative_id AND v.member_id = m.id) AS volunteer
		FROM coop.members m WHERE m.cooperative_id = ? AND m.id = ?`,
		b.now().Add(-newFor), actor.Cooperative, actor.Member).Scan(ctx, &m.New, &m.Volunteer)
	if err != nil {
		return m, orNotFound(err)
	}
	var open []Buddyship
	err = b.db.NewRaw(`SELECT `+named+` WHERE me.cooperative_id = ? AND me.id = ? ORDER BY s.id LIMIT 20`,
		actor.Cooperative, actor.Member).Scan(ctx, &open)
	for _, s := range open {
		if s.Newcomer == actor.Member {
			m.Own = append(m.Own, s)
		} else {
			m.Others = append(m.Others, s)
		}
	}
	return m, err
}

// Alone is a newcomer for whom nobody is asked just now, as the desk sees them.
type Alone struct {
	ID       coop.MemberID
	Number   int64
	Name     string
	Language string   // that they read
	Speaks   []string `bun:",array"`
	JoinedAt time.Time
	Tried    bool // somebody was asked before and did not come
}

// MostAlone is how many newcomers the desk's list holds.
const MostAlone = 50

const alone = `
	FROM coop.members m
	WHERE m.cooperative_id = ? AND ` + isNew + `
		AND NOT EXISTS (SELECT FROM coop.buddyships s WHERE s.cooperative_id = m.cooperative_id AND s.newcomer_id = m.id AND (s.deadline_at IS NOT NULL OR s.state = 'ended'))`

// Alone lists the newcomers for whom nobody is asked just now, the first to have joined
// first. Facilitators only.
func (b *Buddies) Alone(ctx context.Context, actor coop.Actor) (list []Alone, err error) {
	if err := coop.MustFacilitate(ctx, b.db, actor); err != nil {
		return nil, err
	}
	err = b.db.NewRaw(`
		SELECT m.id, m.number, m.name, m.language, m.speaks, m.joined_at,
			EXISTS (SELECT FROM coop.buddyships s WHERE s.cooperative_id = m.cooperative_id AND s.newcomer_id = m.id) AS tried
		`+alone+` ORDER BY m.joined_at, m.number LIMIT ?`, actor.Cooperative, b.now().Add(-newFor), MostAlone).Scan(ctx, &list)
	return list, err
}

// Waits counts the newcomers of Alone: none for who does not facilitate.
func (b *Buddies) Waits(ctx context.Context, actor coop.Actor) (n int, err error) {
	err = b.db.NewRaw(`SELECT count(*) FROM (SELECT `+alone+` LIMIT ?) s WHERE `+coop.Facilitates,
		actor.Cooperative, b.now().Add(-newFor), MostAlone, actor.Cooperative, actor.Member).Scan(ctx, &n)
	return n, err
}
