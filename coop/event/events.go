package event

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// Events are the neighbourhood's events.
type Events struct {
	db     bun.IDB
	now    func() time.Time
	derive Derive
}

// NewEvents returns the events kept in db; now tells the time, derive makes the codes
// shown at the door.
func NewEvents(db bun.IDB, now func() time.Time, derive Derive) *Events {
	return &Events{db: db, now: now, derive: derive}
}

// Announce puts an event on the agenda, or begins a series and returns the first event of
// it. Any active member may.
func (s *Events) Announce(ctx context.Context, actor coop.Actor, a Announcement) (coop.EventID, error) {
	var id coop.EventID
	err := s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		zone, err := active(ctx, tx, actor)
		if err != nil {
			return err
		}
		var spot Spot
		if spot, a.Place, err = s.placed(ctx, tx, actor.Cooperative, a.Spot, a.Place, Spot{}); err != nil {
			return err
		}
		e, err := a.checked(zone, s.now())
		if err != nil {
			return err
		}
		e.Spot = spot
		if a.Rhythm != Once {
			sr, err := a.series(e)
			if err != nil {
				return err
			}
			id, err = s.begin(ctx, tx, actor, a.Key, sr)
			return err
		}
		e.ID = rule.NewID[coop.EventID]()
		if err := insert(ctx, tx, actor, a, e, s.seed(e), s.now()); err != nil {
			return err
		}
		return tx.NewRaw(`
			SELECT id FROM coop.events
			WHERE cooperative_id = ? AND organiser_id = ? AND client_key = ?`,
			actor.Cooperative, actor.Member, a.Key).Scan(ctx, &id)
	})
	return id, err
}

func insert(ctx context.Context, tx bun.IDB, actor coop.Actor, a Announcement, e Event, seed string, now time.Time) error {
	_, err := tx.NewRaw(`
		INSERT INTO coop.events (cooperative_id, id, organiser_id, place, place_id, resource_id, title, details, language,
			starts_at, ends_at, zone, capacity, guests_most, newcomer_places, newcomer_days,
			draw_at, draw_seed, state, client_key, created_at, cancelled_why)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, 0), ?, ?, ?, nullif(?::timestamptz, '0001-01-01 00:00:00+00'), nullif(?, ''), 'on', ?, ?, '')
		ON CONFLICT ON CONSTRAINT an_event_is_announced_once DO NOTHING`,
		actor.Cooperative, e.ID, actor.Member, e.Place, orNull(e.PlaceID.UUID), orNull(e.ResourceID.UUID), e.Title, e.Details, e.Language,
		e.StartsAt, e.EndsAt, e.Zone, e.Capacity, e.GuestsMost, e.NewcomerPlaces, e.NewcomerDays,
		e.DrawAt, seed, a.Key, now).Exec(ctx)
	return err
}

// run does what only the organiser or a facilitator may do with an event, under its lock.
// To other members the event is there, but not theirs to run.
func (s *Events) run(ctx context.Context, actor coop.Actor, id coop.EventID, act func(context.Context, bun.Tx, Event) error) error {
	return s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		e, err := locked(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		if !e.Runs {
			return rule.ErrForbidden
		}
		return act(ctx, tx, e)
	})
}

// active returns the zone of the actor's cooperative, and refuses who may not act.
func active(ctx context.Context, tx bun.IDB, actor coop.Actor) (zone string, err error) {
	err = tx.NewRaw(`
		SELECT c.zone
		FROM coop.members m
		JOIN coop.cooperatives c ON c.id = m.cooperative_id
		WHERE m.cooperative_id = ? AND m.id = ? AND m.state IN ('welcomed', 'active')`,
		actor.Cooperative, actor.Member).Scan(ctx, &zone)
	if errors.Is(err, sql.ErrNoRows) {
		return "", rule.ErrForbidden
	}
	return zone, err
}

// locked takes the event's row and returns the event as the actor sees it.
func locked(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.EventID) (Event, error) {
	if err := hold(ctx, tx, actor.Cooperative, id); err != nil {
		return Event{}, err
	}
	// A second statement: its snapshot holds what was committed while we waited.
	return one(ctx, tx, actor, id)
}

// hold takes the event's row, so that places are counted by one request at a time.
func hold(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, id coop.EventID) error {
	_, err := tx.NewRaw(`SELECT 1 FROM coop.events WHERE cooperative_id = ? AND id = ? FOR UPDATE`,
		cooperative, id).Exec(ctx)
	return err
}
