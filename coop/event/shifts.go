package event

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/hours"
	"lien/coop/inbox"
	"lien/rule"
)

// OpenShift says that an event needs hands for a while. Its organiser or a facilitator may,
// until the event has ended; a shift is no longer than one act of hours may be. The same
// key again is the same shift.
func (s *Events) OpenShift(ctx context.Context, actor coop.Actor, id coop.EventID, o Opening) error {
	return s.run(ctx, actor, id, func(ctx context.Context, tx bun.Tx, e Event) error {
		if !e.Open(s.now()) {
			return rule.ErrMoved
		}
		shift, err := o.checked(e, s.now())
		if err != nil {
			return err
		}
		limits, err := hours.NewLedger(tx, s.now).Limits(ctx, tx, actor.Cooperative)
		if err != nil {
			return err
		}
		if err := limits.CheckAct("until", shift.Minutes()); err != nil {
			return err
		}
		_, err = tx.NewRaw(`
			INSERT INTO coop.shifts (cooperative_id, id, event_id, what, language, starts_at, ends_at, least, most, opened_by, client_key, created_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT ON CONSTRAINT a_shift_is_opened_once DO NOTHING`,
			actor.Cooperative, rule.NewID[coop.ShiftID](), id, shift.What, shift.Language, shift.StartsAt, shift.EndsAt,
			shift.Least, shift.Most, actor.Member, o.Key, s.now()).Exec(ctx)
		return err
	})
}

// CloseShift says that a shift is not needed after all, before it begins; who had lent a
// hand is told. The organiser of the event or a facilitator may.
func (s *Events) CloseShift(ctx context.Context, actor coop.Actor, id coop.ShiftID) error {
	return s.shift(ctx, actor, id, func(ctx context.Context, tx bun.Tx, sh Shift) error {
		switch {
		case !sh.Runs:
			return rule.ErrForbidden
		case !sh.On:
			return nil
		case sh.Began(s.now()):
			return rule.ErrMoved
		}
		_, err := tx.NewRaw(`UPDATE coop.shifts SET closed_at = ? WHERE cooperative_id = ? AND id = ?`,
			s.now(), actor.Cooperative, id).Exec(ctx)
		if err != nil {
			return err
		}
		return s.release(ctx, tx, actor, []coop.ShiftID{id})
	})
}

// shift does something with a shift under the lock of its event.
func (s *Events) shift(ctx context.Context, actor coop.Actor, id coop.ShiftID, act func(context.Context, bun.Tx, Shift) error) error {
	return s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewRaw(`
			SELECT 1 FROM coop.events
			WHERE cooperative_id = ?0 AND id = (SELECT event_id FROM coop.shifts WHERE cooperative_id = ?0 AND id = ?1)
			FOR UPDATE`, actor.Cooperative, id).Exec(ctx)
		if err != nil {
			return err
		}
		sh, err := oneShift(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		return act(ctx, tx, sh)
	})
}

// shiftsSeen reads shifts as one member sees them: those of events that they may see.
var shiftsSeen = `
	SELECT s.id, s.event_id, e.title, e.language AS title_in, e.place, s.what, s.language, s.starts_at, s.ends_at, s.least, s.most, e.organiser_id AS by,
		(SELECT count(*) FROM coop.shift_hands h WHERE h.cooperative_id = s.cooperative_id AND h.shift_id = s.id AND h.state <> 'off') AS hands,
		EXISTS (SELECT FROM coop.shift_hands h WHERE h.cooperative_id = s.cooperative_id AND h.shift_id = s.id AND h.state = 'seeking'
			AND h.member_id <> me.id AND NOT coop.hidden_between(me.cooperative_id, me.id, h.member_id)) AS seeking,
		coalesce(mine.state, '') AS mine,
		coalesce((SELECT c.minutes FROM coop.shift_credits c WHERE c.cooperative_id = s.cooperative_id AND c.shift_id = s.id
			AND c.member_id = me.id AND c.reversed_at IS NULL), 0) AS credited,
		me.state IN ('welcomed', 'active') AND (e.organiser_id = me.id OR ` + coop.FacilitatesAs("me.cooperative_id", "me.id") + `) AS runs,
		e.state = 'on' AND s.closed_at IS NULL AS "on"
	FROM coop.members me
	JOIN coop.shifts s ON s.cooperative_id = me.cooperative_id
	JOIN coop.events e ON e.cooperative_id = s.cooperative_id AND e.id = s.event_id
	LEFT JOIN coop.shift_hands mine ON mine.cooperative_id = s.cooperative_id AND mine.shift_id = s.id AND mine.member_id = me.id
	WHERE me.cooperative_id = ? AND me.id = ? AND (me.state IN ('welcomed', 'active') OR me.state <> 'left' AND mine.state IS NOT NULL)`

func oneShift(ctx context.Context, db bun.IDB, actor coop.Actor, id coop.ShiftID) (Shift, error) {
	var sh Shift
	err := db.NewRaw(shiftsSeen+` AND s.id = ?`, actor.Cooperative, actor.Member, id).Scan(ctx, &sh)
	if errors.Is(err, sql.ErrNoRows) {
		return sh, rule.ErrNotFound
	}
	return sh, err
}

// ShowShift returns one shift as the member sees it.
func (s *Events) ShowShift(ctx context.Context, actor coop.Actor, id coop.ShiftID) (Shift, error) {
	return oneShift(ctx, s.db, actor, id)
}

// Shifts returns the open shifts of an event, the first one in front, a hundred at most;
// for who runs it also whose hands there are.
func (s *Events) Shifts(ctx context.Context, actor coop.Actor, id coop.EventID) (e Event, list []Shift, there []Present, err error) {
	if e, err = s.Show(ctx, actor, id); err != nil {
		return e, nil, nil, err
	}
	err = s.db.NewRaw(shiftsSeen+` AND s.event_id = ? AND s.closed_at IS NULL
		ORDER BY s.starts_at, s.id
		LIMIT 100`, actor.Cooperative, actor.Member, id).Scan(ctx, &list)
	if err == nil && e.Runs && len(list) > 0 {
		there, err = present(ctx, s.db, actor, id)
	}
	return e, list, there, err
}

// present lists whose hands an event's shifts have, by name.
func present(ctx context.Context, db bun.IDB, actor coop.Actor, id coop.EventID) (list []Present, err error) {
	err = db.NewRaw(`
		SELECT h.shift_id, h.member_id, m.name, m.number, h.state AS hand, coalesce(c.minutes, 0) AS minutes, `+together+` AS mine
		FROM coop.shifts s
		JOIN coop.shift_hands h ON h.cooperative_id = s.cooperative_id AND h.shift_id = s.id AND h.state <> 'off'
		JOIN coop.members m ON m.cooperative_id = h.cooperative_id AND m.id = h.member_id
		LEFT JOIN coop.shift_credits c ON c.cooperative_id = h.cooperative_id AND c.shift_id = h.shift_id AND c.member_id = h.member_id AND c.reversed_at IS NULL
		WHERE s.cooperative_id = ? AND s.event_id = ? AND s.closed_at IS NULL
		ORDER BY lower(m.name), h.member_id, h.shift_id
		LIMIT 1000`, actor.Member, actor.Member, actor.Cooperative, id).Scan(ctx, &list)
	return list, err
}

// together is whether the member of the hand h is who reads, or has their hours in one
// account with them: who gains does not confirm. It asks for the reader twice.
const together = `(h.member_id = ? OR EXISTS (
	SELECT FROM coop.hours_accounts a
	JOIN coop.hours_accounts b ON b.cooperative_id = a.cooperative_id AND b.goes_to = a.goes_to AND b.member_id = ?
	WHERE a.cooperative_id = h.cooperative_id AND a.member_id = h.member_id))`

// MyShifts returns the shifts to come that count on the member, the next one first.
func (s *Events) MyShifts(ctx context.Context, actor coop.Actor) (list []Shift, err error) {
	err = s.db.NewRaw(shiftsSeen+` AND mine.state IN ('on', 'seeking') AND s.ends_at > ? AND e.state = 'on' AND s.closed_at IS NULL
		ORDER BY s.starts_at, s.id
		LIMIT 30`, actor.Cooperative, actor.Member, s.now()).Scan(ctx, &list)
	return list, err
}

// DoneShifts returns the shifts that ended within a year and counted on the member, the
// last one first: what was credited stands beside.
func (s *Events) DoneShifts(ctx context.Context, actor coop.Actor) (list []Shift, err error) {
	err = s.db.NewRaw(shiftsSeen+` AND mine.state IN ('on', 'seeking') AND s.ends_at <= ? AND s.ends_at > ? AND e.state = 'on' AND s.closed_at IS NULL
		ORDER BY s.starts_at DESC, s.id
		LIMIT 10`, actor.Cooperative, actor.Member, s.now(), s.now().AddDate(-1, 0, 0)).Scan(ctx, &list)
	return list, err
}

// WantedShifts returns the shifts to come where a hand or a stand-in is wanted that the
// member is not on, the next one first.
func (s *Events) WantedShifts(ctx context.Context, actor coop.Actor) (list []Shift, err error) {
	err = s.db.NewRaw(`SELECT * FROM (`+shiftsSeen+` AND coalesce(mine.state, 'off') = 'off' AND s.ends_at > ? AND s.starts_at < ?
			AND e.state = 'on' AND s.closed_at IS NULL) w
		WHERE w.hands < w.most OR w.seeking
		ORDER BY w.starts_at, w.id
		LIMIT 30`, actor.Cooperative, actor.Member, s.now(), s.now().Add(longestAhead+shiftAround)).Scan(ctx, &list)
	return list, err
}

// moveShifts lets the shifts go with their events: as many days and as much on the wall
// clock as the events' beginnings. Who has lent a hand is told when their own hours move.
func (s *Events) moveShifts(ctx context.Context, tx bun.Tx, actor coop.Actor, ch changing) error {
	for n, was := range ch.before { // a dozen at most
		to := ch.after[n]
		if was.StartsAt.Equal(to.StartsAt) {
			continue
		}
		var moved []struct{ ID coop.ShiftID }
		err := tx.NewRaw(`
			UPDATE coop.shifts
			SET starts_at = (starts_at AT TIME ZONE ?0 + by.much) AT TIME ZONE ?0, ends_at = (ends_at AT TIME ZONE ?0 + by.much) AT TIME ZONE ?0, alerted_at = NULL
			FROM (SELECT (?1::timestamptz AT TIME ZONE ?0) - (?2::timestamptz AT TIME ZONE ?0) AS much) AS by
			WHERE cooperative_id = ?3 AND event_id = ?4 AND closed_at IS NULL
			RETURNING id`, to.Zone, to.StartsAt, was.StartsAt, actor.Cooperative, was.ID).Scan(ctx, &moved)
		if err != nil {
			return err
		}
		if len(moved) == 0 {
			continue
		}
		if err := s.tellHands(ctx, tx, actor, was.ID, "shift_moved", ":"+to.StartsAt.UTC().Format(time.RFC3339)); err != nil {
			return err
		}
	}
	return nil
}

// tellHands tells everybody whose hand an event counts on, but who acts.
func (s *Events) tellHands(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.EventID, kind, occasion string) error {
	var told []held
	err := tx.NewRaw(`
		SELECT h.shift_id, h.member_id, s.event_id, e.title, s.starts_at
		FROM coop.shifts s
		JOIN coop.events e ON e.cooperative_id = s.cooperative_id AND e.id = s.event_id
		JOIN coop.shift_hands h ON h.cooperative_id = s.cooperative_id AND h.shift_id = s.id AND h.state <> 'off' AND h.member_id <> ?
		WHERE s.cooperative_id = ? AND s.event_id = ? AND s.closed_at IS NULL
		ORDER BY h.member_id, h.shift_id`, actor.Member, actor.Cooperative, id).Scan(ctx, &told)
	if err != nil {
		return err
	}
	return inbox.Tell(ctx, tx, s.itemsOf(actor.Cooperative, told, actor.Member, kind, occasion)...)
}

// held is a hand that somebody lent, with the words to tell of it.
type held struct {
	ShiftID  coop.ShiftID
	MemberID coop.MemberID
	EventID  coop.EventID
	Title    string
	StartsAt time.Time
}

func (s *Events) itemsOf(cooperative coop.CooperativeID, told []held, by coop.MemberID, kind, occasion string) []inbox.Item {
	items := make([]inbox.Item, len(told))
	for n, h := range told {
		items[n] = inbox.Item{
			Cooperative: cooperative, Member: h.MemberID, Kind: kind, Subject: h.EventID.UUID, By: by,
			Once: "shift:" + h.ShiftID.String() + ":" + kind + occasion, At: s.now(), Title: h.Title, When: h.StartsAt,
		}
	}
	return items
}
