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
	"lien/database"
	"lien/rule"
)

// ConfirmHand says that somebody was there for their shift: they are written on the event's
// list if they were not, and the shift's minutes pass to them from the fund, once. The
// organiser of the event or a facilitator may, from the shift's beginning on, for thirty
// days; never for themselves, nor for whom they share an account with. *rule.Invalid on
// "minutes" says why the hours cannot pass now.
func (s *Events) ConfirmHand(ctx context.Context, actor coop.Actor, id coop.ShiftID, member coop.MemberID) error {
	return s.presence(ctx, actor, id, member, func(ctx context.Context, tx bun.Tx, sh Shift, p Present) error {
		if p.Minutes > 0 {
			return nil
		}
		if !sh.Confirmable(s.now()) {
			return rule.ErrMoved
		}
		credit := hours.Shift{
			Cooperative: actor.Cooperative, Credit: rule.NewID[coop.CreditID](), Member: member, Minutes: sh.Minutes(), By: actor.Member, At: s.now(),
		}
		r, err := hours.NewLedger(tx, s.now).Credit(ctx, tx, credit)
		if err != nil {
			return err
		}
		_, err = tx.NewRaw(`
			INSERT INTO coop.shift_credits (cooperative_id, id, shift_id, member_id, minutes, transfer_id, by_member_id, at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			actor.Cooperative, credit.Credit, id, member, r.Minutes, r.Transfer, actor.Member, s.now()).Exec(ctx)
		if database.Broken(err) == "an_attendance_is_credited_once" {
			return rule.ErrMoved
		}
		if err != nil {
			return err
		}
		e, err := one(ctx, tx, actor, sh.EventID)
		if err != nil {
			return err
		}
		if err := s.attend(ctx, tx, actor, e, member, ByList); err != nil {
			return err
		}
		return s.tellCredit(ctx, tx, actor, sh, credit, r.Transfer, "shift_credited")
	})
}

// InvalidateHand says that somebody was not there for their shift after all, with the
// reason that they read: what was credited goes back to the fund by one transfer. They may
// be confirmed again should that have been the error. Only whom the shift was not credited
// to may.
func (s *Events) InvalidateHand(ctx context.Context, actor coop.Actor, id coop.ShiftID, member coop.MemberID, why string) error {
	why, err := rule.Text("why", why, 3, 500)
	if err != nil {
		return err
	}
	return s.presence(ctx, actor, id, member, func(ctx context.Context, tx bun.Tx, sh Shift, p Present) error {
		if p.Minutes == 0 {
			return nil
		}
		var c struct {
			ID         coop.CreditID
			TransferID coop.TransferID
		}
		err := tx.NewRaw(`
			SELECT c.id, c.transfer_id
			FROM coop.shift_credits c
			JOIN coop.members m ON m.cooperative_id = c.cooperative_id AND m.id = c.member_id AND m.state <> 'left'
			WHERE c.cooperative_id = ? AND c.shift_id = ? AND c.member_id = ? AND c.reversed_at IS NULL
			FOR UPDATE OF c`, actor.Cooperative, id, member).Scan(ctx, &c)
		if errors.Is(err, sql.ErrNoRows) {
			return rule.ErrMoved // who left has settled their hours
		}
		if err != nil {
			return err
		}
		back := hours.Shift{Cooperative: actor.Cooperative, Credit: c.ID, Member: member, Minutes: p.Minutes, By: actor.Member, At: s.now()}
		r, err := hours.NewLedger(tx, s.now).TakeBack(ctx, tx, back, c.TransferID)
		if err != nil {
			return err
		}
		_, err = tx.NewRaw(`
			UPDATE coop.shift_credits SET reversed_at = ?, reversed_by = ?, reversed_why = ?, reversal_id = ?
			WHERE cooperative_id = ? AND id = ?`, s.now(), actor.Member, why, r.Transfer, actor.Cooperative, c.ID).Exec(ctx)
		if err != nil {
			return err
		}
		return s.tellCredit(ctx, tx, actor, sh, back, r.Transfer, "shift_uncredited")
	})
}

// presence does what only who runs an event may say about somebody else's shift, under the
// event's lock.
func (s *Events) presence(ctx context.Context, actor coop.Actor, id coop.ShiftID, member coop.MemberID, act func(context.Context, bun.Tx, Shift, Present) error) error {
	return s.shift(ctx, actor, id, func(ctx context.Context, tx bun.Tx, sh Shift) error {
		if !sh.Runs {
			return rule.ErrForbidden
		}
		all, err := present(ctx, tx, actor, sh.EventID)
		if err != nil {
			return err
		}
		for _, p := range all {
			switch {
			case p.ShiftID != id || p.MemberID != member:
			case p.Mine:
				return rule.ErrForbidden
			default:
				return act(ctx, tx, sh, p)
			}
		}
		return rule.ErrNotFound
	})
}

func (s *Events) tellCredit(ctx context.Context, tx bun.Tx, actor coop.Actor, sh Shift, c hours.Shift, transfer coop.TransferID, kind string) error {
	return inbox.Tell(ctx, tx, inbox.Item{
		Cooperative: actor.Cooperative, Member: c.Member, Kind: kind, Subject: sh.EventID.UUID, By: actor.Member,
		Once: "credit:" + transfer.String(), At: s.now(), Title: sh.Title, Minutes: c.Minutes,
	})
}

// TakenBack is a credit that went back to the fund, as its member reads it.
type TakenBack struct {
	EventID coop.EventID
	Title   string
	TitleIn string
	What    string
	Minutes int64
	Why     string
	At      time.Time
}

// TakenBack returns what was credited to the member for shifts and went back within a
// year, with the reason, the last one first, ten at most.
func (s *Events) TakenBack(ctx context.Context, actor coop.Actor) (list []TakenBack, err error) {
	err = s.db.NewRaw(`
		SELECT s.event_id, e.title, e.language AS title_in, s.what, c.minutes, c.reversed_why AS why, c.reversed_at AS at
		FROM coop.shift_credits c
		JOIN coop.shifts s ON s.cooperative_id = c.cooperative_id AND s.id = c.shift_id
		JOIN coop.events e ON e.cooperative_id = s.cooperative_id AND e.id = s.event_id
		WHERE c.cooperative_id = ? AND c.member_id = ? AND c.reversed_at > ?
		ORDER BY c.reversed_at DESC, c.id
		LIMIT 10`, actor.Cooperative, actor.Member, s.now().AddDate(-1, 0, 0)).Scan(ctx, &list)
	return list, err
}

// credited reports whether hours for a shift of the event stand with a member: then they
// were there.
func credited(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.EventID, member coop.MemberID) (yes bool, err error) {
	err = tx.NewRaw(`
		SELECT EXISTS (SELECT FROM coop.shift_credits c
			JOIN coop.shifts s ON s.cooperative_id = c.cooperative_id AND s.id = c.shift_id
			WHERE c.cooperative_id = ? AND s.event_id = ? AND c.member_id = ? AND c.reversed_at IS NULL)`,
		actor.Cooperative, id, member).Scan(ctx, &yes)
	return yes, err
}
