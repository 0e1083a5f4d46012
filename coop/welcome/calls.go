package welcome

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// Calls are the calls by which everybody is heard of in turn.
type Calls struct {
	db  bun.IDB
	now func() time.Time
}

// NewCalls returns the calls kept in db; now tells the time.
func NewCalls(db bun.IDB, now func() time.Time) *Calls { return &Calls{db: db, now: now} }

// MostInTurn is how many members the desk's list of calls holds, and lately since when a
// call that was made is shown.
const (
	MostInTurn = 10
	lately     = 7 * day
)

// turn reads the members m whose turn it is for the facilitator who asks, with their last
// call. Members who do not take part just now are called like all others.
const turn = `
	FROM coop.members m
	JOIN coop.cooperatives c ON c.id = m.cooperative_id
	LEFT JOIN LATERAL (
		SELECT w.outcome, w.at, w.again_on FROM coop.welcome_calls w
		WHERE w.cooperative_id = m.cooperative_id AND w.member_id = m.id ORDER BY w.id DESC LIMIT 1
	) last ON true
	LEFT JOIN LATERAL (
		SELECT max(w.at) AS at FROM coop.welcome_calls w
		WHERE w.cooperative_id = m.cooperative_id AND w.member_id = m.id AND w.outcome = 'heard'
			AND NOT EXISTS (SELECT FROM coop.welcome_calls x -- a wrong tap, mended since
				WHERE x.cooperative_id = w.cooperative_id AND x.member_id = w.member_id AND x.id > w.id AND x.at < w.at + interval '1 hour')
	) heard ON true
	CROSS JOIN LATERAL (
		SELECT coalesce(last.outcome = 'call_back' AND last.again_on <= (?0::timestamptz AT TIME ZONE c.zone)::date, false) AS promised
	) p
	WHERE m.cooperative_id = ?1 AND m.id <> ?2 AND m.state IN ('welcomed', 'active', 'paused')
		AND (last.outcome IS NULL OR p.promised OR last.outcome = 'heard' AND last.at <= ?3 OR last.outcome = 'no_answer' AND last.at <= ?4)`

func (c *Calls) asked(actor coop.Actor) []any {
	now := c.now()
	return []any{now, actor.Cooperative, actor.Member, now.Add(-peaceHeard), now.Add(-peaceNoAnswer), MostInTurn}
}

// InTurn lists whose turn it is to be called: who asked for it about now, then who was not
// heard of by a call for longest, since they joined if never. Facilitators only.
func (c *Calls) InTurn(ctx context.Context, actor coop.Actor) (list []InTurn, err error) {
	if err := coop.MustFacilitate(ctx, c.db, actor); err != nil {
		return nil, err
	}
	err = c.db.NewRaw(`
		SELECT m.id, m.number, m.name, m.language, coalesce(heard.at, '0001-01-01 00:00:00Z') AS heard_at, p.promised,
			coalesce((SELECT b.name FROM coop.places h JOIN coop.places b ON b.cooperative_id = h.cooperative_id AND b.id = ANY (h.path) AND b.kind = 'building'
				WHERE h.cooperative_id = m.cooperative_id AND h.id = m.place_id), '') AS building
		`+turn+`
		ORDER BY p.promised DESC, coalesce(heard.at, m.joined_at), m.number LIMIT ?5`, c.asked(actor)...).Scan(ctx, &list)
	return list, err
}

// Waits counts the members of InTurn. Facilitators only.
func (c *Calls) Waits(ctx context.Context, actor coop.Actor) (n int, err error) {
	if err := coop.MustFacilitate(ctx, c.db, actor); err != nil {
		return 0, err
	}
	err = c.db.NewRaw(`SELECT count(*) FROM (SELECT `+turn+` LIMIT ?5) s`, c.asked(actor)...).Scan(ctx, &n)
	return n, err
}

// Note keeps how a call went. A wrong tap is mended by another one: the last counts.
// Sending the same key again has no second effect. Facilitators only, and not about
// themselves; it returns *rule.Invalid for a day that cannot be.
func (c *Calls) Note(ctx context.Context, actor coop.Actor, call Call, key uuid.UUID) error {
	if call.Member == actor.Member {
		return rule.ErrForbidden
	}
	return c.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := coop.MustFacilitate(ctx, tx, actor); err != nil {
			return err
		}
		var zone string
		err := tx.NewRaw(`
			SELECT c.zone FROM coop.members m JOIN coop.cooperatives c ON c.id = m.cooperative_id
			WHERE m.cooperative_id = ? AND m.id = ? AND m.state <> 'left'`, actor.Cooperative, call.Member).Scan(ctx, &zone)
		if err != nil {
			return orNotFound(err)
		}
		place, err := time.LoadLocation(zone)
		if err != nil {
			return err
		}
		now := c.now()
		today, err := time.Parse(time.DateOnly, now.In(place).Format(time.DateOnly))
		if err != nil {
			return err
		}
		again, err := call.check(today)
		if err != nil {
			return err
		}
		_, err = tx.NewRaw(`
			INSERT INTO coop.welcome_calls (cooperative_id, id, member_id, by_member_id, outcome, at, again_on, client_key)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT ON CONSTRAINT a_call_is_noted_once DO NOTHING`,
			actor.Cooperative, uuid.Must(uuid.NewV7()), call.Member, actor.Member, call.Outcome, now, dayOrNone(again), key).Exec(ctx)
		return err
	})
}

// dayOrNone is a date as the database takes it, or nothing.
func dayOrNone(day time.Time) any {
	if day.IsZero() {
		return nil
	}
	return day.Format(time.DateOnly)
}

// Lately lists the calls of the last week, the latest first. Facilitators only.
func (c *Calls) Lately(ctx context.Context, actor coop.Actor) (list []Made, err error) {
	if err := coop.MustFacilitate(ctx, c.db, actor); err != nil {
		return nil, err
	}
	err = c.db.NewRaw(`
		SELECT w.member_id AS member, m.name, by.name AS by, w.outcome, w.at, coalesce(w.again_on::timestamptz, '0001-01-01 00:00:00Z') AS again_on
		FROM coop.welcome_calls w
		JOIN coop.members m ON m.cooperative_id = w.cooperative_id AND m.id = w.member_id AND m.state <> 'left'
		JOIN coop.members by ON by.cooperative_id = w.cooperative_id AND by.id = w.by_member_id
		WHERE w.cooperative_id = ? AND w.at > ?
		ORDER BY w.id DESC LIMIT ?`, actor.Cooperative, c.now().Add(-lately), MostInTurn).Scan(ctx, &list)
	return list, err
}
