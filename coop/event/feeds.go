package event

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// How far back a calendar tells, and how many events it holds at most.
const (
	toldBack = 60 * 24 * time.Hour
	fullest  = 500
)

// Feeds returns the calendars that the member opened, with their secrets.
func (s *Events) Feeds(ctx context.Context, actor coop.Actor) (feeds []Feed, err error) {
	err = s.db.NewRaw(`
		SELECT f.id, f.kind, f.place_id, coalesce(p.name, '') AS place, f.opened_at
		FROM coop.calendar_feeds f
		LEFT JOIN coop.places p ON p.cooperative_id = f.cooperative_id AND p.id = f.place_id
		WHERE f.cooperative_id = ? AND f.member_id = ? AND f.shut_at IS NULL
		ORDER BY f.kind, f.id
		LIMIT ?`, actor.Cooperative, actor.Member, MostPlaces+2).Scan(ctx, &feeds)
	for n := range feeds {
		feeds[n].Secret = s.derive.secret(feeds[n].ID)
	}
	return feeds, err
}

// OpenFeed opens a calendar of the member's under a new address; the one before it, if
// any, leads nowhere from now on. place is for the calendar of a place alone: an open one
// of the member's cooperative, ten at most.
func (s *Events) OpenFeed(ctx context.Context, actor coop.Actor, kind Kind, place coop.PlaceID) error {
	if of := kind == OfPlace; !slices.Contains([]Kind{MineOnly, Everybodys, OfPlace}, kind) || of == (place == coop.PlaceID{}) {
		return rule.Broken("kind", "event.rule.kind")
	}
	return s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if _, err := active(ctx, tx, actor); err != nil {
			return err
		}
		// The member's row is the lock: two taps open one after the other.
		if _, err := tx.NewRaw(`SELECT 1 FROM coop.members WHERE cooperative_id = ? AND id = ? FOR UPDATE`, actor.Cooperative, actor.Member).Exec(ctx); err != nil {
			return err
		}
		if err := s.shut(ctx, tx, actor, kind, place); err != nil {
			return err
		}
		if err := roomFor(ctx, tx, actor, place); err != nil {
			return err
		}
		id := rule.NewID[coop.FeedID]()
		_, err := tx.NewRaw(`
			INSERT INTO coop.calendar_feeds (cooperative_id, id, member_id, kind, place_id, hash, opened_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			actor.Cooperative, id, actor.Member, kind, orNull(place.UUID), hashOf(s.derive.secret(id)), s.now()).Exec(ctx)
		return err
	})
}

// roomFor refuses the calendar of a place that is closed or another cooperative's, and one
// more than a member may have open.
func roomFor(ctx context.Context, tx bun.Tx, actor coop.Actor, place coop.PlaceID) error {
	if place == (coop.PlaceID{}) {
		return nil
	}
	var there bool
	var opened int
	err := tx.NewRaw(`
		SELECT EXISTS (SELECT FROM coop.places WHERE cooperative_id = ?0 AND id = ?1 AND closed_at IS NULL),
			(SELECT count(*) FROM coop.calendar_feeds WHERE cooperative_id = ?0 AND member_id = ?2 AND kind = 'place' AND shut_at IS NULL)`,
		actor.Cooperative, place, actor.Member).Scan(ctx, &there, &opened)
	switch {
	case err != nil:
		return err
	case !there:
		return rule.Broken("place", "event.rule.spot")
	case opened >= MostPlaces:
		return rule.Broken("place", "event.rule.calendars", "most", MostPlaces)
	}
	return nil
}

// ShutFeed shuts a calendar of the member's: its address leads nowhere from now on.
func (s *Events) ShutFeed(ctx context.Context, actor coop.Actor, kind Kind, place coop.PlaceID) error {
	return s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error { return s.shut(ctx, tx, actor, kind, place) })
}

func (s *Events) shut(ctx context.Context, tx bun.Tx, actor coop.Actor, kind Kind, place coop.PlaceID) error {
	_, err := tx.NewRaw(`
		UPDATE coop.calendar_feeds SET shut_at = ?
		WHERE cooperative_id = ? AND member_id = ? AND kind = ? AND place_id IS NOT DISTINCT FROM ? AND shut_at IS NULL`,
		s.now(), actor.Cooperative, actor.Member, kind, orNull(place.UUID)).Exec(ctx)
	return err
}

// Calendar returns the calendar that a secret leads to, as its member may see it today. It
// answers rule.ErrNotFound for a secret that was never given, and ErrShut for one that was
// shut, whose member left, or whose place is closed or no longer theirs to see.
func (s *Events) Calendar(ctx context.Context, secret string) (Calendar, error) {
	var c Calendar
	var place coop.PlaceID
	var shut bool
	err := s.db.NewRaw(`
		SELECT f.cooperative_id, f.member_id, f.kind, f.place_id, coalesce(p.name, '') AS place, c.name, c.zone, m.language AS tongue,
			f.shut_at IS NOT NULL OR m.state = 'left'
				OR f.kind = 'place' AND (p.closed_at IS NOT NULL OR m.state NOT IN ('welcomed', 'active')) AS shut
		FROM coop.calendar_feeds f
		JOIN coop.members m ON m.cooperative_id = f.cooperative_id AND m.id = f.member_id
		JOIN coop.cooperatives c ON c.id = f.cooperative_id
		LEFT JOIN coop.places p ON p.cooperative_id = f.cooperative_id AND p.id = f.place_id
		WHERE f.hash = ?`, hashOf(secret)).
		Scan(ctx, &c.Actor.Cooperative, &c.Actor.Member, &c.Kind, &place, &c.Place, &c.Name, &c.Zone, &c.Tongue, &shut)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return Calendar{}, rule.ErrNotFound
	case err != nil:
		return Calendar{}, err
	case shut:
		return Calendar{}, ErrShut
	}
	since := s.now().Add(-toldBack)
	if c.Kind == MineOnly {
		c.Events, err = s.list(ctx, c.Actor, seen+`
				AND e.starts_at > ? AND (mine.answer = 'coming' OR e.organiser_id = me.id AND e.state = 'on')
			ORDER BY e.starts_at, e.id LIMIT ?`, since, fullest)
		return c, err
	}
	if c.Kind == OfPlace { // each date by itself: a series may have some of its dates elsewhere
		c.Events, err = s.list(ctx, c.Actor, seen+inside+`
				AND e.starts_at > ?
			ORDER BY e.starts_at, e.id LIMIT ?`, place, since, fullest)
		return c, err
	}
	if c.Events, err = s.list(ctx, c.Actor, seen+`
			AND e.starts_at > ?
		ORDER BY e.starts_at, e.id LIMIT ?`, since, fullest); err != nil {
		return c, err
	}
	c.Series, err = s.seriesOf(ctx, c.Actor, c.Events)
	return c, err
}

// seriesOf returns the series that made some of the events.
func (s *Events) seriesOf(ctx context.Context, actor coop.Actor, events []Event) (all []Series, err error) {
	var ids []coop.SeriesID
	for _, e := range events {
		if e.InSeries() {
			ids = append(ids, e.SeriesID)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	err = s.db.NewRaw(`
		SELECT `+seriesColumns+`
		FROM coop.event_series s
		WHERE s.cooperative_id = ? AND s.id IN (?)
		ORDER BY s.id`, actor.Cooperative, bun.List(ids)).Scan(ctx, &all)
	return all, err
}
