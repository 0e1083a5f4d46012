package event

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/participation"
	"lien/rule"
)

// Door returns the list of those who come, may come, wait or are here, by name. The organiser and
// facilitators alone may read it: for everybody else it does not exist.
func (s *Events) Door(ctx context.Context, actor coop.Actor, id coop.EventID) (Event, []Guest, error) {
	e, err := one(ctx, s.db, actor, id)
	if err != nil {
		return Event{}, nil, err
	}
	if !e.Runs {
		return Event{}, nil, rule.ErrForbidden
	}
	var guests []Guest
	err = s.db.NewRaw(`
		SELECT m.id AS member_id, m.name, m.number, coalesce(r.answer, '') AS answer, coalesce(r.guests, 0) AS guests,
			a.member_id IS NOT NULL AS here
		FROM coop.members m
		LEFT JOIN coop.registrations r ON r.cooperative_id = m.cooperative_id AND r.event_id = ?0 AND r.member_id = m.id
			AND r.answer IN ('coming', 'maybe', 'waiting', 'offered')
		LEFT JOIN coop.attendances a ON a.cooperative_id = m.cooperative_id AND a.event_id = ?0 AND a.member_id = m.id
			AND a.undone_at IS NULL
		WHERE m.cooperative_id = ?1 AND (r.member_id IS NOT NULL OR a.member_id IS NOT NULL)
		ORDER BY lower(m.name), m.id
		LIMIT 1000`, id, actor.Cooperative).Scan(ctx, &guests)
	return e, guests, err
}

// Code returns what the screen at the door shows now, and until when. The organiser and
// facilitators may show it, while people arrive; before and after it is rule.ErrMoved.
func (s *Events) Code(ctx context.Context, actor coop.Actor, id coop.EventID) (code string, until time.Time, err error) {
	e, err := one(ctx, s.db, actor, id)
	switch {
	case err != nil:
		return "", until, err
	case !e.Runs:
		return "", until, rule.ErrForbidden
	case !e.AtTheDoor(s.now()):
		return "", until, rule.ErrMoved
	}
	return s.derive.code(id, s.now()), s.now().Truncate(codeLasts).Add(codeLasts), nil
}

// CheckIn writes down, from the list, that a member is here. The organiser and
// facilitators may, up to a week after. Doing it twice has one effect.
func (s *Events) CheckIn(ctx context.Context, actor coop.Actor, id coop.EventID, member coop.MemberID) error {
	return s.run(ctx, actor, id, func(ctx context.Context, tx bun.Tx, e Event) error {
		if !e.ListOpen(s.now()) {
			return rule.ErrMoved
		}
		return s.attend(ctx, tx, actor, e, member, ByList)
	})
}

// CheckInNumber is CheckIn of the member with a number, for who came without a word.
func (s *Events) CheckInNumber(ctx context.Context, actor coop.Actor, id coop.EventID, number int64) error {
	return s.run(ctx, actor, id, func(ctx context.Context, tx bun.Tx, e Event) error {
		if !e.ListOpen(s.now()) {
			return rule.ErrMoved
		}
		var member coop.MemberID
		err := tx.NewRaw(`
			SELECT id FROM coop.members WHERE cooperative_id = ? AND number = ? AND state <> 'left'`,
			actor.Cooperative, number).Scan(ctx, &member)
		if errors.Is(err, sql.ErrNoRows) {
			return rule.Broken("number", "event.rule.number")
		}
		if err != nil {
			return err
		}
		return s.attend(ctx, tx, actor, e, member, ByList)
	})
}

// CheckInHere writes down that the member who acts is here, by the code that the screen at
// the door shows. Doing it twice has one effect.
func (s *Events) CheckInHere(ctx context.Context, actor coop.Actor, id coop.EventID, code string) error {
	return s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if _, err := active(ctx, tx, actor); err != nil {
			return err
		}
		e, err := locked(ctx, tx, actor, id)
		switch {
		case err != nil:
			return err
		case e.Attended:
			return nil
		case !e.AtTheDoor(s.now()):
			return rule.ErrMoved
		case !s.derive.shown(id, code, s.now()):
			return rule.Broken("code", "event.rule.code")
		}
		return s.attend(ctx, tx, actor, e, actor.Member, ByCode)
	})
}

// attend writes the attendance, under the event's lock, and counts it in the month of the
// event the first time.
func (s *Events) attend(ctx context.Context, tx bun.Tx, actor coop.Actor, e Event, member coop.MemberID, channel Channel) error {
	result, err := tx.NewRaw(`
		INSERT INTO coop.attendances AS a (cooperative_id, event_id, member_id, channel, by_member_id, at)
		SELECT m.cooperative_id, ?, m.id, ?, ?, ?
		FROM coop.members m WHERE m.cooperative_id = ? AND m.id = ? AND m.state <> 'left'
		ON CONFLICT (cooperative_id, event_id, member_id) DO UPDATE
		SET channel = excluded.channel, by_member_id = excluded.by_member_id, at = excluded.at, undone_at = NULL
		WHERE a.undone_at IS NOT NULL`,
		e.ID, channel, actor.Member, s.now(), actor.Cooperative, member).Exec(ctx)
	if err != nil {
		return err
	}
	switch n, err := result.RowsAffected(); {
	case err != nil:
		return err
	case n == 0:
		return s.known(ctx, tx, actor, e.ID, member)
	}
	return participation.Count(ctx, tx, actor.Cooperative, member, e.StartsAt, participation.Events)
}

// anybodyHere reports whether somebody was checked in.
func (s *Events) anybodyHere(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.EventID) (here bool, err error) {
	err = tx.NewRaw(`
		SELECT EXISTS (SELECT FROM coop.attendances WHERE cooperative_id = ? AND event_id = ? AND undone_at IS NULL)`,
		actor.Cooperative, id).Scan(ctx, &here)
	return here, err
}

// known tells a member who is here already from one who does not exist.
func (s *Events) known(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.EventID, member coop.MemberID) error {
	var n int
	err := tx.NewRaw(`
		SELECT count(*) FROM coop.attendances WHERE cooperative_id = ? AND event_id = ? AND member_id = ?`,
		actor.Cooperative, id, member).Scan(ctx, &n)
	if err == nil && n == 0 {
		return rule.ErrNotFound
	}
	return err
}

// Undo takes back that a member was here. The organiser and facilitators may, as long as
// they may check in. *rule.Invalid on "member" says that hours for a shift stand on it: they
// are taken back first, with the reason.
func (s *Events) Undo(ctx context.Context, actor coop.Actor, id coop.EventID, member coop.MemberID) error {
	return s.run(ctx, actor, id, func(ctx context.Context, tx bun.Tx, e Event) error {
		if !e.ListOpen(s.now()) {
			return rule.ErrMoved
		}
		switch yes, err := credited(ctx, tx, actor, id, member); {
		case err != nil:
			return err
		case yes:
			return rule.Broken("member", "event.rule.credited")
		}
		result, err := tx.NewRaw(`
			UPDATE coop.attendances SET undone_at = ?
			WHERE cooperative_id = ? AND event_id = ? AND member_id = ? AND undone_at IS NULL`,
			s.now(), actor.Cooperative, id, member).Exec(ctx)
		if err != nil {
			return err
		}
		switch n, err := result.RowsAffected(); {
		case err != nil:
			return err
		case n == 0:
			return s.known(ctx, tx, actor, id, member)
		}
		return participation.Uncount(ctx, tx, actor.Cooperative, member, e.StartsAt, participation.Events)
	})
}
