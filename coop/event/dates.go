package event

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/inbox"
	"lien/rule"
)

// wide does what only the organiser or a facilitator may do, with an event and its series:
// the series is locked first and then its events to come, in the order of their ids, so
// that two who change it, and the clock that makes its events, wait for each other.
func (s *Events) wide(ctx context.Context, actor coop.Actor, id coop.EventID, act func(context.Context, bun.Tx, Event) error) error {
	return s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var held coop.SeriesID
		err := tx.NewRaw(`
			SELECT id FROM coop.event_series
			WHERE cooperative_id = ?0 AND id = (SELECT series_id FROM coop.events WHERE cooperative_id = ?0 AND id = ?1)
			FOR UPDATE`, actor.Cooperative, id).Scan(ctx, &held)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		_, err = tx.NewRaw(`
			SELECT 1 FROM coop.events
			WHERE cooperative_id = ?0 AND (id = ?1 OR series_id = ?2 AND starts_at > ?3 AND state = 'on')
			ORDER BY id
			FOR UPDATE`, actor.Cooperative, id, held, s.now()).Exec(ctx)
		if err != nil {
			return err
		}
		e, err := one(ctx, tx, actor, id)
		switch {
		case err != nil:
			return err
		case !e.Runs:
			return rule.ErrForbidden
		case e.SeriesID != held: // it went to another series while we waited
			return rule.ErrMoved
		}
		return act(ctx, tx, e)
	})
}

// series returns one series, or rule.ErrNotFound.
func series(ctx context.Context, db bun.IDB, cooperative coop.CooperativeID, id coop.SeriesID) (Series, error) {
	var sr Series
	err := db.NewRaw(`SELECT `+seriesColumns+` FROM coop.event_series s WHERE s.cooperative_id = ? AND s.id = ?`, cooperative, id).Scan(ctx, &sr)
	if errors.Is(err, sql.ErrNoRows) {
		return sr, rule.ErrNotFound
	}
	return sr, err
}

// dates returns the events to come of a series from a day on, with the places that are
// kept: those that are on, the next one first.
func (s *Events) dates(ctx context.Context, tx bun.IDB, cooperative coop.CooperativeID, id coop.SeriesID, from time.Time) ([]Event, error) {
	var dates []Event
	err := tx.NewRaw(`
		SELECT e.id, e.organiser_id, e.title, e.details, e.language, e.place, e.place_id, e.resource_id, e.starts_at, e.ends_at, e.zone, coalesce(e.capacity, 0) AS capacity,
			e.draw_at, e.drawn_at, e.guests_most, e.newcomer_places, e.newcomer_days, e.state, e.series_id, e.series_day, e.edited, e.sequence,
			coalesce(sum(1 + r.guests), 0) AS taken, coalesce(sum(1 + r.guests) FILTER (WHERE r.newcomer), 0) AS taken_new
		FROM coop.events e
		LEFT JOIN coop.registrations r ON r.cooperative_id = e.cooperative_id AND r.event_id = e.id AND r.answer IN ('coming', 'offered')
		WHERE e.cooperative_id = ? AND e.series_id = ? AND e.series_day >= ?::date AND e.state = 'on' AND e.starts_at > ?
		GROUP BY e.cooperative_id, e.id
		ORDER BY e.starts_at, e.id
		LIMIT 200`, cooperative, id, from.Format(time.DateOnly), s.now()).Scan(ctx, &dates)
	return dates, err
}

// people counts the members with their name on one of the events.
func people(ctx context.Context, tx bun.IDB, cooperative coop.CooperativeID, ids []coop.EventID) (n int, err error) {
	err = tx.NewRaw(`
		SELECT count(DISTINCT member_id) FROM coop.registrations
		WHERE cooperative_id = ? AND event_id IN (?) AND answer IN ('coming', 'maybe', 'waiting', 'offered')`,
		cooperative, bun.List(ids)).Scan(ctx, &n)
	return n, err
}

// named is somebody on one or several events that change, with the first of them.
type named struct {
	MemberID coop.MemberID
	EventID  coop.EventID
	Title    string
	StartsAt time.Time
	Sequence int
	Several  bool
}

// onAny returns everybody with their name on one of the events, but who acts.
func onAny(ctx context.Context, tx bun.IDB, actor coop.Actor, ids []coop.EventID) ([]named, error) {
	var all []named
	err := tx.NewRaw(`
		SELECT DISTINCT ON (r.member_id) r.member_id, r.event_id, e.title, e.starts_at, e.sequence,
			count(*) OVER (PARTITION BY r.member_id) > 1 AS several
		FROM coop.registrations r
		JOIN coop.events e ON e.cooperative_id = r.cooperative_id AND e.id = r.event_id
		WHERE r.cooperative_id = ? AND r.event_id IN (?) AND r.answer IN ('coming', 'maybe', 'waiting', 'offered') AND r.member_id <> ?
		ORDER BY r.member_id, e.starts_at`, actor.Cooperative, bun.List(ids), actor.Member).Scan(ctx, &all)
	return all, err
}

// tell tells everybody who is on one of the events what became of it, by one of two kinds:
// for one date, or for several.
func (s *Events) tell(ctx context.Context, tx bun.Tx, actor coop.Actor, ids []coop.EventID, one, several string) error {
	if len(ids) == 0 {
		return nil
	}
	all, err := onAny(ctx, tx, actor, ids)
	if err != nil {
		return err
	}
	items := make([]inbox.Item, len(all))
	for n, p := range all {
		items[n] = inbox.Item{
			Cooperative: actor.Cooperative, Member: p.MemberID, Kind: one, Subject: p.EventID.UUID, By: actor.Member,
			Once: p.once(one), At: s.now(), Title: p.Title, When: p.StartsAt,
		}
		if p.Several {
			items[n].Kind = several
		}
	}
	return inbox.Tell(ctx, tx, items...)
}

// once is the occasion: this change of this event.
func (p named) once(kind string) string {
	return "event:" + p.EventID.String() + ":" + kind + ":" + strconv.Itoa(p.Sequence)
}

func (s *Events) tellMoved(ctx context.Context, tx bun.Tx, actor coop.Actor, ch changing) error {
	var moved []coop.EventID
	for n, was := range ch.before {
		if was.moves(ch.after[n]) {
			moved = append(moved, was.ID)
		}
	}
	return s.tell(ctx, tx, actor, moved, "event_moved", "event_moved_several")
}
