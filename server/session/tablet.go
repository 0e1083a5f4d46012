package session

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/membership"
	"lien/rule"
)

// TabletSeconds is how long a tablet at the desk stays open without a touch: afterwards
// nothing of the member who stood before it can be read or done.
const TabletSeconds = int(tabletLasts / time.Second)

// TabletOpen reports whether the tablet at the desk is open at now.
func (a Actor) TabletOpen(now time.Time) bool {
	return a.Tablet && a.Facilitator && now.Before(a.TabletUntil)
}

// Helps reports whether the tablet may carry acts of the member With at now.
func (a Actor) Helps(now time.Time) bool {
	return a.TabletOpen(now) && a.With != coop.MemberID{}
}

// Helped returns the member before the tablet as the cooperative's rules know them: they
// act, at the desk, and the facilitator carries it.
func (a Actor) Helped() coop.Actor {
	return coop.Actor{Cooperative: a.Cooperative, Member: a.With, Channel: coop.AtDesk, Witness: a.Member}
}

// beside adds the member before an open tablet to its actor. Somebody who left meanwhile,
// or a facilitator who is one no more, ends it at once.
func (s *Sessions) beside(ctx context.Context, actor *Actor, with coop.MemberID) error {
	if with == (coop.MemberID{}) || !actor.TabletOpen(s.now()) {
		return nil
	}
	member, err := s.members.Of(ctx, actor.Cooperative, with)
	if err != nil {
		return err
	}
	if member.State != membership.Left {
		actor.With, actor.WithName, actor.WithLang = with, member.Name, member.Language
	}
	return nil
}

// OpenTablet asks the facilitator's own PIN and turns this session into a tablet at the
// desk, or opens a shut one again: for a minute after each touch, with nobody before it.
// The private area shuts. The session gets a new token, so that an older copy of the
// cookie opens nothing.
func (d *Devices) OpenTablet(ctx context.Context, actor Actor, pin string) (Opened, error) {
	until := d.now().Add(tabletLasts)
	return d.turn(ctx, actor, pin, `tablet_until = ?, with_member_id = NULL, private_until = NULL`, until)
}

// LeaveTablet asks the facilitator's own PIN and makes the session theirs again.
func (d *Devices) LeaveTablet(ctx context.Context, actor Actor, pin string) (Opened, error) {
	return d.turn(ctx, actor, pin, `tablet_until = NULL, with_member_id = NULL`)
}

func (d *Devices) turn(ctx context.Context, actor Actor, pin, set string, args ...any) (Opened, error) {
	if _, err := d.try(ctx, `d.id = ?`, actor.Device, pin); err != nil {
		return Opened{}, err
	}
	secret := newToken()
	err := d.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := d.forgive(ctx, tx, actor.Device); err != nil {
			return err
		}
		args = append([]any{secret.hash}, args...)
		return changed(tx.NewRaw(`UPDATE account.sessions SET token_hash = ?, `+set+` WHERE id = ? AND ended_at IS NULL`,
			append(args, actor.Session)...), ctx)
	})
	return Opened{Token: secret.text, Ends: actor.Ends}, err
}

// Touch keeps an open tablet open for another minute. One that has shut meanwhile stays
// shut: rule.ErrForbidden.
func (s *Sessions) Touch(ctx context.Context, actor Actor) error {
	now := s.now()
	err := changed(s.db.NewRaw(`
		UPDATE account.sessions SET tablet_until = ?
		WHERE id = ? AND ended_at IS NULL AND tablet_until > ?`, now.Add(tabletLasts), actor.Session, now), ctx)
	if err == rule.ErrNotFound {
		return rule.ErrForbidden
	}
	return err
}

// Beside puts a member before the open tablet. Whether the facilitator may is asked of the
// cooperative first.
func (s *Sessions) Beside(ctx context.Context, actor Actor, member coop.MemberID) error {
	if member == actor.Member {
		return rule.ErrForbidden
	}
	return changed(s.db.NewRaw(`
		UPDATE account.sessions SET with_member_id = ?
		WHERE id = ? AND ended_at IS NULL AND tablet_until > ?`, member, actor.Session, s.now()), ctx)
}

// Alone ends what the tablet may do for the member before it.
func (s *Sessions) Alone(ctx context.Context, actor Actor) error {
	return changed(s.db.NewRaw(`UPDATE account.sessions SET with_member_id = NULL WHERE id = ? AND ended_at IS NULL`, actor.Session), ctx)
}

// Shut shuts the tablet at once.
func (s *Sessions) Shut(ctx context.Context, actor Actor) error {
	return changed(s.db.NewRaw(`
		UPDATE account.sessions SET tablet_until = ?, with_member_id = NULL
		WHERE id = ? AND ended_at IS NULL AND tablet_until IS NOT NULL`, s.now(), actor.Session), ctx)
}

// changed runs a statement that must find its row.
func changed(q *bun.RawQuery, ctx context.Context) error {
	done, err := q.Exec(ctx)
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return rule.ErrNotFound
	}
	return nil
}
