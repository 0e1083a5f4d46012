package event

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// Page is how many events one page of a list holds.
const Page = 30

// newcomer is whether the member me is new at the event e: Newcomer says when.
const newcomer = `(me.joined_at > e.starts_at - interval '60 days' OR NOT EXISTS (
			SELECT FROM coop.attendances b WHERE b.cooperative_id = me.cooperative_id AND b.member_id = me.id AND b.undone_at IS NULL))`

// spotNames are the names of where the event e is.
var spotNames = within("e")

// seen reads events as one member sees them. Active members see all of their
// cooperative's; others only those that they organise or answered. Called off events stay
// with whom they concern.
var seen = `
	SELECT e.id, e.organiser_id, o.name AS with, e.title, e.details, e.language, e.place,
		e.place_id, e.resource_id, ` + spotNames + `,
		e.starts_at, e.ends_at, e.zone, coalesce(e.capacity, 0) AS capacity, e.state, e.cancelled_why,
		e.series_id, e.series_day, e.edited, e.sequence, coalesce(e.changed_at, e.created_at) AS changed_at,
		coalesce(sr.rhythm, '') AS rhythm,
		e.draw_at, e.drawn_at, e.guests_most, e.newcomer_places, e.newcomer_days, places.taken, places.taken_new,
		CASE WHEN mine.answer IN ('coming', 'waiting', 'offered') THEN mine.newcomer ELSE ` + newcomer + ` END AS newcomer,
		coalesce(mine.answer, '') AS mine_answer, coalesce(mine.guests, 0) AS mine_guests,
		coalesce(mine.offer_until, 'epoch') AS mine_offer_until, coalesce(mine.turn, 0) AS mine_turn,
		EXISTS (SELECT FROM coop.attendances a WHERE a.cooperative_id = e.cooperative_id AND a.event_id = e.id
			AND a.member_id = me.id AND a.undone_at IS NULL) AS attended,
		me.state IN ('welcomed', 'active') AND (e.organiser_id = me.id OR ` + coop.FacilitatesAs("me.cooperative_id", "me.id") + `) AS runs
	FROM coop.members me
	JOIN coop.events e ON e.cooperative_id = me.cooperative_id
	JOIN coop.members o ON o.cooperative_id = e.cooperative_id AND o.id = e.organiser_id
	CROSS JOIN LATERAL (
		SELECT coalesce(sum(1 + r.guests), 0) AS taken, coalesce(sum(1 + r.guests) FILTER (WHERE r.newcomer), 0) AS taken_new
		FROM coop.registrations r
		WHERE r.cooperative_id = e.cooperative_id AND r.event_id = e.id AND r.answer IN ('coming', 'offered')) places
	LEFT JOIN coop.event_series sr ON sr.cooperative_id = e.cooperative_id AND sr.id = e.series_id
	LEFT JOIN coop.registrations mine
		ON mine.cooperative_id = e.cooperative_id AND mine.event_id = e.id AND mine.member_id = me.id
	WHERE me.cooperative_id = ? AND me.id = ?
		AND (me.state IN ('welcomed', 'active') OR (me.state <> 'left' AND (e.organiser_id = me.id OR mine.answer IS NOT NULL)))`

// concerning leaves out what was called off and never concerned the reader.
const concerning = `
		AND (e.state = 'on' OR e.organiser_id = me.id OR mine.answer IN ('coming', 'maybe', 'waiting', 'offered'))`

// one returns an event as the actor sees it, or rule.ErrNotFound.
func one(ctx context.Context, db bun.IDB, actor coop.Actor, id coop.EventID) (Event, error) {
	var e Event
	err := db.NewRaw(seen+` AND e.id = ?`, actor.Cooperative, actor.Member, id).Scan(ctx, &e)
	if errors.Is(err, sql.ErrNoRows) {
		return Event{}, rule.ErrNotFound
	}
	return e, err
}

// Show returns one event as the member sees it.
func (s *Events) Show(ctx context.Context, actor coop.Actor, id coop.EventID) (Event, error) {
	e, err := one(ctx, s.db, actor, id)
	e.Mine = e.Mine.At(s.now())
	return e, err
}

// After is where a page of a list ended; its zero value is the beginning.
type After struct {
	At time.Time
	ID coop.EventID
}

// Coming returns a page of the events that have not ended, the next one first. No event is
// longer than longest, so the index need not be read from its beginning.
func (s *Events) Coming(ctx context.Context, actor coop.Actor, after After) ([]Event, error) {
	now := s.now()
	return s.list(ctx, actor, seen+concerning+`
			AND e.ends_at > ? AND e.starts_at > ? AND (e.starts_at, e.id) > (?, ?)
		ORDER BY e.starts_at, e.id
		LIMIT ?`, now, now.Add(-longest), after.At, after.ID, Page)
}

// Past returns a page of the events that have ended, the last one first.
func (s *Events) Past(ctx context.Context, actor coop.Actor, after After) ([]Event, error) {
	if after.At.IsZero() {
		after = After{At: s.now(), ID: coop.EventID{UUID: uuid.Max}}
	}
	return s.list(ctx, actor, seen+concerning+`
			AND e.ends_at <= ? AND (e.starts_at, e.id) < (?, ?)
		ORDER BY e.starts_at DESC, e.id DESC
		LIMIT ?`, s.now(), after.At, after.ID, Page)
}

// Between returns the events that touch a span of time, the next one first: at most a page.
func (s *Events) Between(ctx context.Context, actor coop.Actor, from, to time.Time) ([]Event, error) {
	return s.list(ctx, actor, seen+concerning+`
			AND e.ends_at > ? AND e.starts_at > ? AND e.starts_at < ?
		ORDER BY e.starts_at, e.id
		LIMIT ?`, from, from.Add(-longest), to, Page)
}

// Mine returns the events to come that the member said yes or maybe to, waits for, is
// offered a place at, or organises, the next one first: at most a page.
func (s *Events) Mine(ctx context.Context, actor coop.Actor) ([]Event, error) {
	now := s.now()
	return s.list(ctx, actor, seen+`
			AND e.ends_at > ? AND e.starts_at > ? AND (e.organiser_id = me.id OR mine.answer IN ('coming', 'maybe', 'waiting', 'offered'))
		ORDER BY e.starts_at, e.id
		LIMIT ?`, now, now.Add(-longest), Page)
}

// Offers returns the events at which a place is kept for the member's answer, the offer
// that runs out first in front.
func (s *Events) Offers(ctx context.Context, actor coop.Actor) ([]Event, error) {
	return s.list(ctx, actor, seen+`
			AND e.state = 'on' AND mine.answer = 'offered' AND mine.offer_until > ?
		ORDER BY mine.offer_until, e.id
		LIMIT ?`, s.now(), Page)
}

func (s *Events) list(ctx context.Context, actor coop.Actor, query string, args ...any) ([]Event, error) {
	var events []Event
	err := s.db.NewRaw(query, append([]any{actor.Cooperative, actor.Member}, args...)...).Scan(ctx, &events)
	for i := range events {
		events[i].Mine = events[i].Mine.At(s.now())
	}
	return events, err
}
