package sharing

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// LendingRules are how a thing is lent.
type LendingRules struct {
	Days      int // how long
	Renewals  int // how often it may be kept on, when nobody waits
	AtOnce    int // how many things a home may have at once to borrow this one
	HoldHours int // how long it is kept for the next in turn
	Deposit   int // hours that stand in the fund until it is back, none mostly
}

var customaryLending = LendingRules{Days: 7, Renewals: 1, AtOnce: 3, HoldHours: 48}

func (r LendingRules) check() error {
	for _, limit := range []struct {
		field       string
		value       int
		least, most int
	}{{"days", r.Days, 1, 90}, {"renewals", r.Renewals, 0, 5}, {"once", r.AtOnce, 1, 20}, {"hold", r.HoldHours, 1, 336}, {"deposit", r.Deposit, 0, 12}} {
		if limit.value < limit.least || limit.value > limit.most {
			return rule.Broken(limit.field, "resource.rule.between", "least", limit.least, "most", limit.most)
		}
	}
	return nil
}

// BookingRules returns the rules of a thing that is booked.
func (t *Resources) BookingRules(ctx context.Context, actor coop.Actor, id coop.ResourceID) (BookingRules, error) {
	return bookingRules(ctx, t.db, actor.Cooperative, id)
}

func bookingRules(ctx context.Context, db bun.IDB, cooperative coop.CooperativeID, id coop.ResourceID) (r BookingRules, err error) {
	err = db.NewRaw(`
		SELECT step_minutes AS step, longest_minutes AS longest, notice_minutes AS notice, ahead_days AS ahead, buffer_minutes AS buffer,
		  weekly_quota, opens_minute AS opens, closes_minute AS closes, weekdays, noshow_minutes AS no_show
		FROM coop.booking_rules WHERE cooperative_id = ? AND resource_id = ?`, cooperative, id).Scan(ctx, &r)
	return r, orNotFound(err)
}

// LendingRules returns the rules of a thing that is lent.
func (t *Resources) LendingRules(ctx context.Context, actor coop.Actor, id coop.ResourceID) (LendingRules, error) {
	return lendingRules(ctx, t.db, actor.Cooperative, id)
}

func lendingRules(ctx context.Context, db bun.IDB, cooperative coop.CooperativeID, id coop.ResourceID) (r LendingRules, err error) {
	err = db.NewRaw(`
		SELECT days, renewals, at_once, hold_hours, deposit_minutes / 60 AS deposit
		FROM coop.lending_rules WHERE cooperative_id = ? AND resource_id = ?`, cooperative, id).Scan(ctx, &r)
	return r, orNotFound(err)
}

// RuleBooking changes how a thing is booked from now on, by a facilitator; what is booked
// stands as it was.
func (t *Resources) RuleBooking(ctx context.Context, actor coop.Actor, id coop.ResourceID, r BookingRules) error {
	if err := r.check(); err != nil {
		return err
	}
	return t.rule(ctx, actor, id, Booked, func(ctx context.Context, tx bun.Tx) error {
		return keepBooking(ctx, tx, actor, id, r, t.now())
	})
}

// RuleLending changes how a thing is lent from now on, by a facilitator.
func (t *Resources) RuleLending(ctx context.Context, actor coop.Actor, id coop.ResourceID, r LendingRules) error {
	if err := r.check(); err != nil {
		return err
	}
	return t.rule(ctx, actor, id, Lent, func(ctx context.Context, tx bun.Tx) error {
		return keepLending(ctx, tx, actor, id, r, t.now())
	})
}

func (t *Resources) rule(ctx context.Context, actor coop.Actor, id coop.ResourceID, shared Shared, keep func(context.Context, bun.Tx) error) error {
	return t.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := coop.MustFacilitate(ctx, tx, actor); err != nil {
			return err
		}
		h, err := hold(ctx, tx, actor.Cooperative, id)
		if err != nil {
			return err
		}
		if h.Shared != shared {
			return rule.ErrNotFound
		}
		return keep(ctx, tx)
	})
}

func keepBooking(ctx context.Context, tx bun.IDB, actor coop.Actor, id coop.ResourceID, r BookingRules, now time.Time) error {
	_, err := tx.NewRaw(`
		INSERT INTO coop.booking_rules AS b (cooperative_id, resource_id, step_minutes, longest_minutes, notice_minutes, ahead_days, buffer_minutes,
		  weekly_quota, opens_minute, closes_minute, weekdays, noshow_minutes, changed_by, changed_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (cooperative_id, resource_id) DO UPDATE
		SET step_minutes = excluded.step_minutes, longest_minutes = excluded.longest_minutes, notice_minutes = excluded.notice_minutes,
		  ahead_days = excluded.ahead_days, buffer_minutes = excluded.buffer_minutes, weekly_quota = excluded.weekly_quota,
		  opens_minute = excluded.opens_minute, closes_minute = excluded.closes_minute, weekdays = excluded.weekdays,
		  noshow_minutes = excluded.noshow_minutes, changed_by = excluded.changed_by, changed_at = excluded.changed_at`,
		actor.Cooperative, id, r.Step, r.Longest, r.Notice, r.Ahead, r.Buffer, r.WeeklyQuota, r.Opens, r.Closes, r.Weekdays, r.NoShow,
		actor.Member, now).Exec(ctx)
	return err
}

func keepLending(ctx context.Context, tx bun.IDB, actor coop.Actor, id coop.ResourceID, r LendingRules, now time.Time) error {
	_, err := tx.NewRaw(`
		INSERT INTO coop.lending_rules AS l (cooperative_id, resource_id, days, renewals, at_once, hold_hours, deposit_minutes, changed_by, changed_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (cooperative_id, resource_id) DO UPDATE
		SET days = excluded.days, renewals = excluded.renewals, at_once = excluded.at_once, hold_hours = excluded.hold_hours, deposit_minutes = excluded.deposit_minutes,
		  changed_by = excluded.changed_by, changed_at = excluded.changed_at`,
		actor.Cooperative, id, r.Days, r.Renewals, r.AtOnce, r.HoldHours, r.Deposit*60, actor.Member, now).Exec(ctx)
	return err
}
