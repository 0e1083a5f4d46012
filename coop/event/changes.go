package event

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// Preview says whom a change would reach, and refuses what Change would refuse.
func (s *Events) Preview(ctx context.Context, actor coop.Actor, id coop.EventID, c Change) (Affected, error) {
	var a Affected
	err := s.wide(ctx, actor, id, func(ctx context.Context, tx bun.Tx, e Event) error {
		ch, err := s.plan(ctx, tx, actor, e, c)
		a = ch.affected
		return err
	})
	return a, err
}

// Change changes an event, or its series from it on, or as a whole: the title, the text,
// the hours, the place and the places; of this one also the day. The organiser or a
// facilitator may, as long as it has not begun. What was changed on its own survives a
// change of its series; whoever has their name on a date that moves is told. The same
// change again changes nothing.
func (s *Events) Change(ctx context.Context, actor coop.Actor, id coop.EventID, c Change) error {
	return s.wide(ctx, actor, id, func(ctx context.Context, tx bun.Tx, e Event) error {
		ch, err := s.plan(ctx, tx, actor, e, c)
		if err != nil {
			return err
		}
		if ch.turns {
			if err := s.turn(ctx, tx, actor, ch); err != nil {
				return err
			}
		}
		if err := s.rewrite(ctx, tx, actor, c.Scope, ch); err != nil {
			return err
		}
		if err := s.moveShifts(ctx, tx, actor, ch); err != nil {
			return err
		}
		if err := s.tellMoved(ctx, tx, actor, ch); err != nil {
			return err
		}
		for n, to := range ch.after { // a dozen at most: each may have a place more for who waits
			if to.Places == ch.before[n].Places && to.StartsAt.Equal(ch.before[n].StartsAt) {
				continue
			}
			if err := s.settle(ctx, tx, actor.Cooperative, to.ID); err != nil {
				return err
			}
		}
		return nil
	})
}

// plan says what a change does, under the locks of wide.
func (s *Events) plan(ctx context.Context, tx bun.Tx, actor coop.Actor, e Event, c Change) (changing, error) {
	var ch changing
	if !e.Open(s.now()) || e.Began(s.now()) {
		return ch, rule.ErrMoved
	}
	spot, words, err := s.placed(ctx, tx, actor.Cooperative, c.Spot, c.Place, e.Spot)
	if err != nil {
		return ch, err
	}
	c.Place = words
	wanted, err := c.checked(e, s.now())
	if err != nil {
		return ch, err
	}
	wanted.Spot = spot
	if c.Scope == This {
		ch.take(e, e.become(wanted, wanted.StartsAt, wanted.EndsAt))
	} else if err = s.planSeries(ctx, tx, actor, e, c.Scope, wanted, &ch); err != nil {
		return ch, err
	}
	for _, to := range ch.after {
		if err := to.holds(s.now()); err != nil {
			return ch, err
		}
		if to.ByDraw() {
			if err := to.drawsBefore(); err != nil {
				return ch, err
			}
		}
	}
	ch.affected.Dates = len(ch.ids)
	if len(ch.ids) > 0 {
		ch.affected.People, err = people(ctx, tx, actor.Cooperative, ch.ids)
	}
	return ch, err
}

func (ch *changing) take(was, to Event) {
	if was.same(to) {
		return
	}
	ch.before, ch.after, ch.ids = append(ch.before, was), append(ch.after, to), append(ch.ids, was.ID)
	ch.affected.Moves = ch.affected.Moves || was.moves(to)
}

func (s *Events) planSeries(ctx context.Context, tx bun.Tx, actor coop.Actor, e Event, scope Scope, wanted Event, ch *changing) error {
	var err error
	if ch.series, err = series(ctx, tx, actor.Cooperative, e.SeriesID); err != nil {
		return err
	}
	ch.from = ch.series.FirstOn
	if scope == Onwards {
		ch.from = e.SeriesDay
		ch.split = e.SeriesDay.After(ch.series.FirstOn)
	}
	was := ch.series
	ch.series = was.become(wanted)
	ch.turns = ch.series != was
	if err := ch.series.everExists(); err != nil {
		return err
	}
	dates, err := s.dates(ctx, tx, actor.Cooperative, e.SeriesID, ch.from)
	for _, was := range dates {
		if was.Edited && was.ID != e.ID {
			ch.affected.Kept++
			continue
		}
		starts, ends, err := ch.series.on(was.SeriesDay)
		if err != nil {
			return err
		}
		if was.ID == e.ID { // the form's own day, if it was moved
			starts, ends = wanted.StartsAt, wanted.EndsAt
		}
		if !starts.After(s.now()) {
			return rule.Broken("from", "event.rule.past")
		}
		ch.take(was, was.become(wanted, starts, ends))
	}
	return err
}

// turn gives the series its new words and hours, or ends it the day before and lets a new
// one take over with the dates to come.
func (s *Events) turn(ctx context.Context, tx bun.Tx, actor coop.Actor, ch changing) error {
	sr, now := ch.series, s.now()
	if !ch.split {
		_, err := tx.NewRaw(`
			UPDATE coop.event_series
			SET title = ?, details = ?, place = ?, place_id = ?, resource_id = ?, from_clock = ?, until_clock = ?, capacity = nullif(?, 0),
				guests_most = ?, newcomer_places = ?, newcomer_days = ?, sequence = sequence + 1, changed_at = ?
			WHERE cooperative_id = ? AND id = ?`,
			sr.Title, sr.Details, sr.Place, orNull(sr.PlaceID.UUID), orNull(sr.ResourceID.UUID), sr.FromClock, sr.UntilClock, sr.Capacity, sr.GuestsMost, sr.NewcomerPlaces, sr.NewcomerDays, now, actor.Cooperative, sr.ID).Exec(ctx)
		return err
	}
	day := ch.from.Format(time.DateOnly)
	key := uuid.NewSHA1(sr.ID.UUID, []byte("onwards "+day))
	old := sr.ID
	sr.ID, sr.FirstOn, sr.Sequence = rule.NewID[coop.SeriesID](), ch.from, 0
	if _, err := insertSeries(ctx, tx, actor.Cooperative, key, sr, now); err != nil {
		return err
	}
	_, err := tx.NewRaw(`
		UPDATE coop.event_series SET last_on = ?::date - 1, sequence = sequence + 1, changed_at = ?
		WHERE cooperative_id = ? AND id = ?`, day, now, actor.Cooperative, old).Exec(ctx)
	if err != nil {
		return err
	}
	_, err = tx.NewRaw(`
		UPDATE coop.events SET series_id = ? WHERE cooperative_id = ? AND series_id = ? AND series_day >= ?::date`,
		sr.ID, actor.Cooperative, old, day).Exec(ctx)
	return err
}

// rewrite writes the events as they will be.
func (s *Events) rewrite(ctx context.Context, tx bun.Tx, actor coop.Actor, scope Scope, ch changing) error {
	if len(ch.after) == 0 {
		return nil
	}
	type spell struct {
		ID    uuid.UUID `bun:"type:uuid"`
		Start time.Time `bun:"type:timestamptz"`
		End   time.Time `bun:"type:timestamptz"`
	}
	spells := make([]spell, len(ch.after))
	for n, to := range ch.after {
		spells[n] = spell{to.ID.UUID, to.StartsAt, to.EndsAt}
	}
	to := ch.after[0]
	_, err := tx.NewRaw(`
		UPDATE coop.events e
		SET title = ?0, details = ?1, place = ?2, place_id = ?11, resource_id = ?12, capacity = nullif(?3, 0), guests_most = ?4, newcomer_places = ?5, newcomer_days = ?6,
			newcomers_opened_at = CASE WHEN (d.start AT TIME ZONE e.zone - make_interval(days => ?6)) AT TIME ZONE e.zone <= ?7 THEN e.newcomers_opened_at END,
			starts_at = d.start, ends_at = d."end", edited = e.edited OR (?8 AND e.series_id IS NOT NULL), sequence = e.sequence + 1, changed_at = ?7
		FROM (?9) AS d (id, start, "end")
		WHERE e.cooperative_id = ?10 AND e.id = d.id`,
		to.Title, to.Details, to.Place, to.Capacity, to.GuestsMost, to.NewcomerPlaces, to.NewcomerDays, s.now(), scope == This,
		tx.NewValues(&spells), actor.Cooperative, orNull(to.PlaceID.UUID), orNull(to.ResourceID.UUID)).Exec(ctx)
	return err
}
