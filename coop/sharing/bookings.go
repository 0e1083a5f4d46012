package sharing

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/inbox"
	"lien/database"
	"lien/rule"
)

// mostMine is how many bookings a member sees of their own.
const mostMine = 50

// Bookings are the things that are booked, and when.
type Bookings struct {
	db  bun.IDB
	now func() time.Time
}

// NewBookings returns the bookings kept in db; now tells the time.
func NewBookings(db bun.IDB, now func() time.Time) *Bookings { return &Bookings{db: db, now: now} }

// Wish is the form of a booking: when it begins and how many minutes.
type Wish struct {
	Key      uuid.UUID
	Resource coop.ResourceID
	Starts   time.Time
	Minutes  int
}

// Book keeps the thing for the actor, under the thing's lock. Somebody who was faster is
// told beside the form; the same key returns the first booking.
func (b *Bookings) Book(ctx context.Context, actor coop.Actor, w Wish) (id coop.BookingID, err error) {
	now := b.now()
	err = b.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := mustBeActive(ctx, tx, actor); err != nil {
			return err
		}
		home, err := homeOf(ctx, tx, actor)
		if err != nil {
			return err
		}
		h, err := hold(ctx, tx, actor.Cooperative, w.Resource)
		switch {
		case err != nil:
			return err
		case h.State == Retired || h.Shared != Booked:
			return rule.ErrNotFound
		}
		err = tx.NewRaw(`SELECT id FROM coop.bookings WHERE cooperative_id = ? AND member_id = ? AND client_key = ?`,
			actor.Cooperative, actor.Member, w.Key).Scan(ctx, &id)
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		id, err = b.book(ctx, tx, actor, h, home, w, now)
		return err
	})
	return id, refused(err)
}

func (b *Bookings) book(ctx context.Context, tx bun.Tx, actor coop.Actor, h held, home uuid.UUID, w Wish, now time.Time) (id coop.BookingID, err error) {
	if h.State == Paused {
		return id, rule.Broken("starts", "resource.rule.paused")
	}
	zone, err := time.LoadLocation(h.Zone)
	if err != nil {
		return id, err
	}
	rules, err := bookingRules(ctx, tx, actor.Cooperative, w.Resource)
	if err != nil {
		return id, err
	}
	starts := w.Starts.In(zone)
	if err := rules.allow(starts, w.Minutes, now); err != nil {
		return id, err
	}
	if err := release(ctx, tx, actor.Cooperative, w.Resource, now); err != nil {
		return id, err
	}
	if err := withinQuota(ctx, tx, actor, w.Resource, home, starts, rules.WeeklyQuota); err != nil {
		return id, err
	}
	id = rule.NewID[coop.BookingID]()
	ends := starts.Add(time.Duration(w.Minutes) * time.Minute)
	_, err = tx.NewRaw(`
		INSERT INTO coop.bookings (cooperative_id, id, resource_id, member_id, home_id, state, starts_at, ends_at, free_at, lapses_at, client_key, created_at, state_since)
		VALUES (?, ?, ?, ?, ?, 'booked', ?, ?, ?, ?, ?, ?, ?)`,
		actor.Cooperative, id, w.Resource, actor.Member, home, starts, ends, ends.Add(time.Duration(rules.Buffer)*time.Minute),
		starts.Add(time.Duration(rules.NoShow)*time.Minute), w.Key, now, now).Exec(ctx)
	return id, err
}

// withinQuota counts the home's bookings of this thing that begin in the same week,
// those that nobody came to among them. The home is locked, so nobody counts beside us.
func withinQuota(ctx context.Context, tx bun.Tx, actor coop.Actor, resource coop.ResourceID, home uuid.UUID, starts time.Time, quota int) error {
	var n int
	from, until := week(starts)
	err := tx.NewRaw(`
		SELECT count(*) FROM coop.bookings
		WHERE cooperative_id = ?1 AND resource_id = ?2 AND `+ofHome+` AND state <> 'cancelled' AND starts_at >= ?3 AND starts_at < ?4`,
		home, actor.Cooperative, resource, from, until).Scan(ctx, &n)
	if err == nil && n >= quota {
		return rule.Broken("starts", "resource.rule.quota", "most", quota)
	}
	return err
}

// release lets the bookings of a thing go that nobody came to, and ends those whose time
// is over; it runs under the thing's lock before anything is booked.
func release(ctx context.Context, tx bun.IDB, cooperative coop.CooperativeID, resource coop.ResourceID, now time.Time) error {
	_, err := tx.NewRaw(`
		UPDATE coop.bookings SET state = CASE state WHEN 'booked' THEN 'released' ELSE 'ended' END, state_since = ?0
		WHERE cooperative_id = ?1 AND resource_id = ?2 AND (state = 'booked' AND lapses_at <= ?0 OR state = 'started' AND ends_at <= ?0)`,
		now, cooperative, resource).Exec(ctx)
	return err
}

// Due releases everywhere what nobody came to, gives up what somebody booked who no longer
// takes part, and ends what is over, a bounded number at a time, and returns how many;
// whose booking was released is told. For a clock that calls it every minute.
func (b *Bookings) Due(ctx context.Context) (int, error) {
	now := b.now()
	var gone []struct {
		Cooperative coop.CooperativeID
		ID          coop.BookingID
		Member      coop.MemberID
		Name        string
		StartsAt    time.Time
		State       string
	}
	err := b.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		err := tx.NewRaw(`
			WITH due AS (
			  SELECT b.cooperative_id, b.id, b.state = 'started' AS over, b.lapses_at <= ?0 AS lapsed
			  FROM coop.bookings b
			  JOIN coop.members m ON m.cooperative_id = b.cooperative_id AND m.id = b.member_id
			  WHERE b.state = 'booked' AND (b.lapses_at <= ?0 OR m.state NOT IN ('welcomed', 'active')) OR b.state = 'started' AND b.ends_at <= ?0
			  ORDER BY b.cooperative_id, b.id LIMIT 200
			  FOR UPDATE OF b SKIP LOCKED
			)
			UPDATE coop.bookings b
			SET state = CASE WHEN due.over THEN 'ended' WHEN due.lapsed THEN 'released' ELSE 'cancelled' END, state_since = ?0
			FROM due, coop.resources t
			WHERE b.cooperative_id = due.cooperative_id AND b.id = due.id AND t.cooperative_id = b.cooperative_id AND t.id = b.resource_id
			RETURNING b.cooperative_id AS cooperative, b.id, b.member_id AS member, t.name, b.starts_at, b.state`, now).Scan(ctx, &gone)
		if err != nil {
			return err
		}
		var told []inbox.Item
		for _, g := range gone {
			if g.State == Released {
				told = append(told, inbox.Item{
					Cooperative: g.Cooperative, Member: g.Member, Kind: "booking_released", Subject: g.ID.UUID,
					Once: "booking:" + g.ID.String() + ":released", At: now, Title: g.Name, When: g.StartsAt,
				})
			}
		}
		return inbox.Tell(ctx, tx, told...)
	})
	return len(gone), err
}

// Start says that the actor, or for them a facilitator, is there.
func (b *Bookings) Start(ctx context.Context, actor coop.Actor, id coop.BookingID) error {
	return b.take(ctx, actor, id, ToStart)
}

// End gives the thing back before its time: the rest is free for others, after the buffer.
func (b *Bookings) End(ctx context.Context, actor coop.Actor, id coop.BookingID) error {
	return b.take(ctx, actor, id, ToEnd)
}

// Cancel gives up a booking before its time.
func (b *Bookings) Cancel(ctx context.Context, actor coop.Actor, id coop.BookingID) error {
	return b.take(ctx, actor, id, ToCancel)
}

// take moves one booking along its table. Doing again what is done changes nothing.
func (b *Bookings) take(ctx context.Context, actor coop.Actor, id coop.BookingID, act Act) error {
	now := b.now()
	return b.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := mustBeActive(ctx, tx, actor); err != nil && act == ToStart {
			return err
		}
		var found struct {
			Booking
			Facilitates bool
		}
		err := tx.NewRaw(`
			SELECT `+bookingColumns+`, `+facilitates+` AS facilitates `+bookingFrom+`
			WHERE b.cooperative_id = ? AND b.id = ?
			FOR UPDATE OF b`, actor.Member, actor.Cooperative, id).Scan(ctx, &found)
		if err = orNotFound(err); err != nil {
			return err
		}
		who := facilitator
		if found.Member == actor.Member {
			who = holder
		} else if !found.Facilitates {
			return rule.ErrNotFound
		}
		if done(found.State, act) {
			return nil
		}
		to, err := found.step(act, who, now)
		if err != nil {
			return err
		}
		ends, buffer := found.EndsAt, found.FreeAt.Sub(found.EndsAt)
		if act == ToEnd { // who began early may even end before the hour that was booked
			ends = now
			if least := found.StartsAt.Add(time.Minute); ends.Before(least) {
				ends = least
			}
		}
		_, err = tx.NewRaw(`
			UPDATE coop.bookings SET state = ?, state_since = ?, ends_at = ?, free_at = ?
			WHERE cooperative_id = ? AND id = ?`,
			to, now, ends, ends.Add(buffer), actor.Cooperative, id).Exec(ctx)
		return err
	})
}

func done(state string, act Act) bool {
	return state == Started && act == ToStart || state == Ended && act == ToEnd || state == Cancelled && act == ToCancel
}

const bookingColumns = `b.id, b.resource_id AS resource, t.name, t.language, p.name AS place, b.member_id AS member, b.state,
	b.starts_at, b.ends_at, b.free_at, b.lapses_at, b.state_since`

const bookingFrom = `FROM coop.bookings b
	JOIN coop.resources t ON t.cooperative_id = b.cooperative_id AND t.id = b.resource_id
	JOIN coop.places p ON p.cooperative_id = t.cooperative_id AND p.id = t.place_id`

// Taken returns when a thing is not free between two moments, in order: never by whom.
func (b *Bookings) Taken(ctx context.Context, actor coop.Actor, resource coop.ResourceID, from, until time.Time) (list []Span, err error) {
	err = b.db.NewRaw(`
		SELECT starts_at AS "from", free_at AS until FROM coop.bookings
		WHERE cooperative_id = ? AND resource_id = ? AND starts_at < ? AND free_at > ?
		  AND (state IN ('started', 'ended') OR state = 'booked' AND lapses_at > ?)
		ORDER BY starts_at LIMIT 500`, actor.Cooperative, resource, until, from, b.now()).Scan(ctx, &list)
	return list, err
}

// Mine returns the actor's own bookings, those to come first, then the last ones.
func (b *Bookings) Mine(ctx context.Context, actor coop.Actor) (list []Booking, err error) {
	now := b.now()
	err = b.db.NewRaw(`
		SELECT `+bookingColumns+` `+bookingFrom+`
		WHERE b.cooperative_id = ? AND b.member_id = ? AND b.starts_at > ?
		ORDER BY b.state NOT IN ('booked', 'started'), b.starts_at, b.id LIMIT ?`,
		actor.Cooperative, actor.Member, now.AddDate(0, 0, -30), mostMine).Scan(ctx, &list)
	return list, err
}

// Ahead returns who has booked a thing from today on, for a facilitator.
func (b *Bookings) Ahead(ctx context.Context, actor coop.Actor, resource coop.ResourceID) (list []Booking, err error) {
	if err := coop.MustFacilitate(ctx, b.db, actor); err != nil {
		return nil, err
	}
	err = b.db.NewRaw(`
		SELECT `+bookingColumns+`, CASE WHEN m.state = 'left' THEN '' ELSE m.name END AS by `+bookingFrom+`
		JOIN coop.members m ON m.cooperative_id = b.cooperative_id AND m.id = b.member_id
		WHERE b.cooperative_id = ? AND b.resource_id = ? AND b.state IN ('booked', 'started') AND b.ends_at > ?
		ORDER BY b.starts_at, b.id LIMIT ?`, actor.Cooperative, resource, b.now(), mostShown).Scan(ctx, &list)
	return list, err
}

// refused turns the constraints of bookings into answers.
func refused(err error) error {
	if database.Broken(err) == "bookings_do_not_overlap" {
		return rule.Broken("starts", "resource.rule.taken")
	}
	return err
}
