package event

import (
	"context"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// Cancel calls an event off, with words for those who were coming; it stays on their
// pages, and they are told. Its organiser or a facilitator may, until it has ended, and as
// long as nobody was checked in: what people came to has taken place. Other dates of its
// series stay.
func (s *Events) Cancel(ctx context.Context, actor coop.Actor, id coop.EventID, why string) error {
	why, err := rule.Text("why", why, 3, 500)
	if err != nil {
		return err
	}
	return s.run(ctx, actor, id, func(ctx context.Context, tx bun.Tx, e Event) error {
		switch {
		case e.Cancelled():
			return nil
		case e.Over(s.now()):
			return rule.ErrMoved
		}
		if somebody, err := s.anybodyHere(ctx, tx, actor, id); err != nil {
			return err
		} else if somebody {
			return rule.Broken("why", "event.rule.people_here")
		}
		return s.callOff(ctx, tx, actor, []coop.EventID{id}, why, "event_cancelled")
	})
}

// callOff calls the events off and tells who is on them.
func (s *Events) callOff(ctx context.Context, tx bun.Tx, actor coop.Actor, ids []coop.EventID, why, several string) error {
	if len(ids) == 0 {
		return nil
	}
	_, err := tx.NewRaw(`
		UPDATE coop.events SET state = 'cancelled', cancelled_at = ?0, cancelled_why = ?1, sequence = sequence + 1, changed_at = ?0
		WHERE cooperative_id = ?2 AND id IN (?3)`,
		s.now(), why, actor.Cooperative, bun.List(ids)).Exec(ctx)
	if err != nil {
		return err
	}
	_, err = tx.NewRaw(`
		UPDATE coop.registrations SET answer = 'waiting', offer_until = NULL, changed_at = ?
		WHERE cooperative_id = ? AND event_id IN (?) AND answer = 'offered'`,
		s.now(), actor.Cooperative, bun.List(ids)).Exec(ctx)
	if err != nil {
		return err
	}
	if err := s.freeShifts(ctx, tx, actor, ids); err != nil {
		return err
	}
	return s.tell(ctx, tx, actor, ids, "event_cancelled", several)
}

// Ending says whom the end of a series from an event on would reach.
func (s *Events) Ending(ctx context.Context, actor coop.Actor, id coop.EventID) (Affected, error) {
	var a Affected
	e, err := one(ctx, s.db, actor, id)
	switch {
	case err != nil:
		return a, err
	case !e.Runs:
		return a, rule.ErrForbidden
	case !e.InSeries():
		return a, nil
	}
	dates, err := s.dates(ctx, s.db, actor.Cooperative, e.SeriesID, e.SeriesDay)
	if err != nil || len(dates) == 0 {
		return a, err
	}
	a.Dates = len(dates)
	a.People, err = people(ctx, s.db, actor.Cooperative, idsOf(dates))
	return a, err
}

// Stop ends a series from an event on: dates that somebody answered are called off, with
// words, and they are told; dates that nobody did are taken away. The organiser or a
// facilitator may, as long as the event has not begun; again changes nothing.
func (s *Events) Stop(ctx context.Context, actor coop.Actor, id coop.EventID, why string) error {
	why, err := rule.Text("why", why, 3, 500)
	if err != nil {
		return err
	}
	return s.wide(ctx, actor, id, func(ctx context.Context, tx bun.Tx, e Event) error {
		switch {
		case !e.InSeries():
			return rule.Broken("scope", "event.rule.scope")
		case e.Cancelled():
			return nil
		case e.Began(s.now()):
			return rule.ErrMoved
		}
		dates, err := s.dates(ctx, tx, actor.Cooperative, e.SeriesID, e.SeriesDay)
		if err != nil {
			return err
		}
		_, err = tx.NewRaw(`
			UPDATE coop.event_series SET last_on = ?::date - 1, sequence = sequence + 1, changed_at = ?
			WHERE cooperative_id = ? AND id = ?`,
			e.SeriesDay.Format(time.DateOnly), s.now(), actor.Cooperative, e.SeriesID).Exec(ctx)
		if err != nil {
			return err
		}
		empty, err := s.takeAway(ctx, tx, actor, idsOf(dates), id)
		if err != nil {
			return err
		}
		return s.callOff(ctx, tx, actor, without(idsOf(dates), idsOf(empty)), why, "event_stopped")
	})
}

// takeAway deletes those of the events that nobody ever answered or came to, but one: it
// stays for who stands before its page. Should somebody's answer be there after all, the
// database refuses.
func (s *Events) takeAway(ctx context.Context, tx bun.Tx, actor coop.Actor, ids []coop.EventID, but coop.EventID) ([]Event, error) {
	var gone []Event
	err := tx.NewRaw(`
		DELETE FROM coop.events e
		WHERE e.cooperative_id = ? AND e.id IN (?) AND e.id <> ?
			AND NOT EXISTS (SELECT FROM coop.registrations r WHERE r.cooperative_id = e.cooperative_id AND r.event_id = e.id)
			AND NOT EXISTS (SELECT FROM coop.attendances a WHERE a.cooperative_id = e.cooperative_id AND a.event_id = e.id)
			AND NOT EXISTS (SELECT FROM coop.shifts s WHERE s.cooperative_id = e.cooperative_id AND s.event_id = e.id)
		RETURNING e.id`, actor.Cooperative, bun.List(ids), but).Scan(ctx, &gone)
	return gone, err
}

func idsOf(events []Event) []coop.EventID {
	ids := make([]coop.EventID, len(events))
	for n, e := range events {
		ids[n] = e.ID
	}
	return ids
}

func without(ids, gone []coop.EventID) []coop.EventID {
	return slices.DeleteFunc(ids, func(id coop.EventID) bool { return slices.Contains(gone, id) })
}
