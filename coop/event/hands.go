package event

import (
	"context"
	"database/sql"
	"errors"
	"strconv"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/inbox"
	"lien/rule"
)

// Lend takes a shift, gives it back, asks for a stand-in or takes over from who does. An
// active member may take one as long as hands are wanted, and it does not run beside another
// of theirs; giving back and asking end when it begins. Taking over, both are told, and until
// then the first stays on. The same act again changes nothing; an act whose time is over is
// rule.ErrMoved.
func (s *Events) Lend(ctx context.Context, actor coop.Actor, id coop.ShiftID, act HandAct) error {
	return s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		// The member's own row first: two shifts at once are not both taken.
		if _, err := tx.NewRaw(`SELECT 1 FROM coop.members WHERE cooperative_id = ? AND id = ? FOR NO KEY UPDATE`,
			actor.Cooperative, actor.Member).Exec(ctx); err != nil {
			return err
		}
		return NewEvents(tx, s.now, s.derive).shift(ctx, actor, id, func(ctx context.Context, tx bun.Tx, sh Shift) error {
			return s.lend(ctx, tx, actor, sh, act)
		})
	})
}

func (s *Events) lend(ctx context.Context, tx bun.Tx, actor coop.Actor, sh Shift, act HandAct) error {
	to, moved, err := sh.Mine.become(act)
	if err != nil || !moved {
		return err
	}
	taking := act == TakeShift || act == TakeOver
	if taking && !sh.Open(s.now()) || !taking && (!sh.On || sh.Began(s.now())) || act == noMoreHere {
		return rule.ErrMoved
	}
	if taking {
		if err := s.mayTake(ctx, tx, actor, sh); err != nil {
			return err
		}
	}
	if act == TakeShift && sh.Room() == 0 {
		return rule.Broken("shift", "shift.rule.full")
	}
	if act == TakeOver {
		if err := s.relieve(ctx, tx, actor, sh); err != nil {
			return err
		}
	}
	if err := s.writeHand(ctx, tx, actor, sh.ID, actor.Member, to); err != nil || act == TakeShift || act == KeepShift || act == TakeOver {
		return err
	}
	kinds := map[HandAct]string{GiveBack: "shift_given_back", SeekOther: "shift_seeks"}
	return s.tellOrganiser(ctx, tx, actor, sh, kinds[act])
}

// mayTake refuses who may not act now, and who is on another shift at the same time.
func (s *Events) mayTake(ctx context.Context, tx bun.Tx, actor coop.Actor, sh Shift) error {
	if _, err := active(ctx, tx, actor); err != nil {
		return err
	}
	var busy bool
	err := tx.NewRaw(`
		SELECT EXISTS (
			SELECT FROM coop.shift_hands h
			JOIN coop.shifts s ON s.cooperative_id = h.cooperative_id AND s.id = h.shift_id AND s.closed_at IS NULL
			JOIN coop.events e ON e.cooperative_id = s.cooperative_id AND e.id = s.event_id AND e.state = 'on'
			WHERE h.cooperative_id = ? AND h.member_id = ? AND h.state <> 'off' AND s.id <> ? AND s.starts_at < ? AND s.ends_at > ?)`,
		actor.Cooperative, actor.Member, sh.ID, sh.EndsAt, sh.StartsAt).Scan(ctx, &busy)
	if err == nil && busy {
		return rule.Broken("shift", "shift.rule.busy")
	}
	return err
}

// relieve takes the first one off who seeks a stand-in and whom the actor may see, and
// tells both. rule.ErrMoved says that nobody seeks any more.
func (s *Events) relieve(ctx context.Context, tx bun.Tx, actor coop.Actor, sh Shift) error {
	var first struct {
		MemberID coop.MemberID
		Turn     int64
	}
	err := tx.NewRaw(`
		SELECT member_id, turn FROM coop.shift_hands
		WHERE cooperative_id = ?0 AND shift_id = ?1 AND state = 'seeking' AND member_id <> ?2 AND NOT coop.hidden_between(cooperative_id, ?2, member_id)
		ORDER BY turn
		LIMIT 1`, actor.Cooperative, sh.ID, actor.Member).Scan(ctx, &first)
	if errors.Is(err, sql.ErrNoRows) {
		return rule.ErrMoved
	}
	if err != nil {
		return err
	}
	if err := s.writeHand(ctx, tx, actor, sh.ID, first.MemberID, HandOff); err != nil {
		return err
	}
	once := "shift:" + sh.ID.String() + ":stand:" + first.MemberID.String() + ":" + strconv.FormatInt(first.Turn, 10)
	item := inbox.Item{Cooperative: actor.Cooperative, Subject: sh.EventID.UUID, Once: once, At: s.now(), Title: sh.Title, When: sh.StartsAt}
	relieved, stands := item, item
	relieved.Member, relieved.By, relieved.Kind = first.MemberID, actor.Member, "shift_relieved"
	stands.Member, stands.By, stands.Kind = actor.Member, first.MemberID, "shift_stands"
	return inbox.Tell(ctx, tx, relieved, stands)
}

// writeHand keeps where somebody stands, under the event's lock; what changed last has the
// last turn.
func (s *Events) writeHand(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.ShiftID, member coop.MemberID, state Hand) error {
	_, err := tx.NewRaw(`
		INSERT INTO coop.shift_hands AS h (cooperative_id, shift_id, member_id, state, turn, changed_at)
		VALUES (?0, ?1, ?2, ?3, (SELECT coalesce(max(turn), 0) + 1 FROM coop.shift_hands WHERE cooperative_id = ?0 AND shift_id = ?1), ?4)
		ON CONFLICT (cooperative_id, shift_id, member_id) DO UPDATE
		SET state = excluded.state, turn = excluded.turn, changed_at = excluded.changed_at`,
		actor.Cooperative, id, member, state, s.now()).Exec(ctx)
	return err
}

// tellOrganiser tells who organises the event what somebody did with their hand.
func (s *Events) tellOrganiser(ctx context.Context, tx bun.Tx, actor coop.Actor, sh Shift, kind string) error {
	if sh.By == actor.Member {
		return nil
	}
	return inbox.Tell(ctx, tx, inbox.Item{
		Cooperative: actor.Cooperative, Member: sh.By, Kind: kind, Subject: sh.EventID.UUID, By: actor.Member,
		Once: "shift:" + sh.ID.String() + ":" + kind + ":" + actor.Member.String() + ":" + strconv.FormatInt(s.now().Unix(), 10),
		At:   s.now(), Title: sh.Title, When: sh.StartsAt,
	})
}

// GiveAllBack gives back the shifts to come of a member who leaves; the organisers are told.
func (s *Events) GiveAllBack(ctx context.Context, actor coop.Actor) error {
	list, err := s.MyShifts(ctx, actor)
	if err != nil {
		return err
	}
	for _, sh := range list { // a few at most
		if sh.Began(s.now()) {
			continue
		}
		if err := s.Lend(ctx, actor, sh.ID, GiveBack); err != nil {
			return err
		}
	}
	return nil
}

// freeShifts releases the hands of events that are called off.
func (s *Events) freeShifts(ctx context.Context, tx bun.Tx, actor coop.Actor, ids []coop.EventID) error {
	var open []struct{ ID coop.ShiftID }
	err := tx.NewRaw(`
		SELECT id FROM coop.shifts WHERE cooperative_id = ? AND event_id IN (?) AND closed_at IS NULL ORDER BY id`,
		actor.Cooperative, bun.List(ids)).Scan(ctx, &open)
	if err != nil || len(open) == 0 {
		return err
	}
	shifts := make([]coop.ShiftID, len(open))
	for n, o := range open {
		shifts[n] = o.ID
	}
	return s.release(ctx, tx, actor, shifts)
}

// release takes everybody off the shifts and tells them, but who acts.
func (s *Events) release(ctx context.Context, tx bun.Tx, actor coop.Actor, ids []coop.ShiftID) error {
	var freed []held
	err := tx.NewRaw(`
		WITH freed AS (
			UPDATE coop.shift_hands SET state = 'off', changed_at = ?
			WHERE cooperative_id = ? AND shift_id IN (?) AND state <> 'off'
			RETURNING cooperative_id, shift_id, member_id
		)
		SELECT f.shift_id, f.member_id, s.event_id, e.title, s.starts_at
		FROM freed f
		JOIN coop.shifts s ON s.cooperative_id = f.cooperative_id AND s.id = f.shift_id
		JOIN coop.events e ON e.cooperative_id = s.cooperative_id AND e.id = s.event_id
		WHERE f.member_id <> ?
		ORDER BY f.member_id, f.shift_id`, s.now(), actor.Cooperative, bun.List(ids), actor.Member).Scan(ctx, &freed)
	if err != nil {
		return err
	}
	return inbox.Tell(ctx, tx, s.itemsOf(actor.Cooperative, freed, actor.Member, "shift_called_off", "")...)
}
