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

// How far back a calendar tells, and how many events it holds at most.
const (
	toldBack = 60 * 24 * time.Hour
	fullest  = 500
)

// Feeds returns the calendars that the member opened, with their secrets.
func (s *Events) Feeds(ctx context.Context, actor coop.Actor) (feeds []Feed, err error) {
	err = s.db.NewRaw(`
		SELECT id, kind, opened_at FROM coop.calendar_feeds
		WHERE cooperative_id = ? AND member_id = ? AND shut_at IS NULL
		ORDER BY kind`, actor.Cooperative, actor.Member).Scan(ctx, &feeds)
	for n := range feeds {
		feeds[n].Secret = s.derive.secret(feeds[n].ID)
	}
	return feeds, err
}

// OpenFeed opens a calendar of the member's under a new address; the one before it, if
// any, leads nowhere from now on.
func (s *Events) OpenFeed(ctx context.Context, actor coop.Actor, kind Kind) error {
	if kind != MineOnly && kind != Everybodys {
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
		if err := s.shut(ctx, tx, actor, kind); err != nil {
			return err
		}
		id := rule.NewID[coop.FeedID]()
		_, err := tx.NewRaw(`
			INSERT INTO coop.calendar_feeds (cooperative_id, id, member_id, kind, hash, opened_at) VALUES (?, ?, ?, ?, ?, ?)`,
			actor.Cooperative, id, actor.Member, kind, hashOf(s.derive.secret(id)), s.now()).Exec(ctx)
		return err
	})
}

// ShutFeed shuts a calendar of the member's: its address leads nowhere from now on.
func (s *Events) ShutFeed(ctx context.Context, actor coop.Actor, kind Kind) error {
	return s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error { return s.shut(ctx, tx, actor, kind) })
}

func (s *Events) shut(ctx context.Context, tx bun.Tx, actor coop.Actor, kind Kind) error {
	_, err := tx.NewRaw(`
		UPDATE coop.calendar_feeds SET shut_at = ?
		WHERE cooperative_id = ? AND member_id = ? AND kind = ? AND shut_at IS NULL`,
		s.now(), actor.Cooperative, actor.Member, kind).Exec(ctx)
	return err
}

// Calendar returns the calendar that a secret leads to, as its member may see it today;
// rule.ErrNotFound for a secret that was never given, was shut, or is of a person who left.
func (s *Events) Calendar(ctx context.Context, secret string) (Calendar, error) {
	var c Calendar
	err := s.db.NewRaw(`
		SELECT f.cooperative_id, f.member_id, f.kind, c.name, c.zone, m.language AS tongue
		FROM coop.calendar_feeds f
		JOIN coop.members m ON m.cooperative_id = f.cooperative_id AND m.id = f.member_id AND m.state <> 'left'
		JOIN coop.cooperatives c ON c.id = f.cooperative_id
		WHERE f.hash = ? AND f.shut_at IS NULL`, hashOf(secret)).
		Scan(ctx, &c.Actor.Cooperative, &c.Actor.Member, &c.Kind, &c.Name, &c.Zone, &c.Tongue)
	if errors.Is(err, sql.ErrNoRows) {
		return c, rule.ErrNotFound
	}
	if err != nil {
		return c, err
	}
	since := s.now().Add(-toldBack)
	if c.Kind == MineOnly {
		c.Events, err = s.list(ctx, c.Actor, seen+`
				AND e.starts_at > ? AND (mine.answer = 'coming' OR e.organiser_id = me.id AND e.state = 'on')
			ORDER BY e.starts_at, e.id LIMIT ?`, since, fullest)
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
