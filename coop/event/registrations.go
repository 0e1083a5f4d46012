package event

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// Register says that the member comes, with so many guests, or changes how many. Where
// places are drawn it puts their name down. When the places do not suffice they wait in turn; who had said no asks again, and goes last. It
// returns what stands beside their name now.
func (s *Events) Register(ctx context.Context, actor coop.Actor, id coop.EventID, guests int) (Registration, error) {
	var r Registration
	err := s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if _, err := active(ctx, tx, actor); err != nil {
			return err
		}
		e, err := s.settled(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		if !e.Open(s.now()) {
			return rule.ErrMoved
		}
		if r, err = e.register(guests, s.now()); err != nil {
			return err
		}
		if r, err = s.write(ctx, tx, actor, e, r); err != nil || !e.Mine.In() || r.Party() >= e.Mine.Party() {
			return err
		}
		// Fewer guests may have left room for somebody who waits, the member included.
		if err = s.settle(ctx, tx, actor.Cooperative, id); err != nil {
			return err
		}
		e, err = one(ctx, tx, actor, id)
		r = e.Mine
		return err
	})
	return r, err
}

// register decides what a yes with so many guests becomes. The waiting list was settled
// just before: nobody who waits would fit the places that are left.
func (e Event) register(guests int, now time.Time) (Registration, error) {
	if err := e.brings(guests); err != nil {
		return Registration{}, err
	}
	r := Registration{Guests: guests, Turn: e.Mine.Turn}
	if e.Limited() && r.Party() > e.Capacity {
		return Registration{}, rule.Broken("guests", "event.rule.too_many", "places", e.Capacity)
	}
	kept := 0
	if e.Mine.Answer == Coming || e.Mine.Answer == Offered {
		kept = e.Mine.Party()
	}
	switch {
	case e.Drawing():
		r.Answer = Waiting
	case !e.Limited() || r.Party()-kept <= e.Left(now):
		r.Answer = Coming
	case kept > 0:
		return Registration{}, rule.Broken("guests", "event.rule.no_room_for_guests", "places", e.Left(now)+kept)
	default:
		r.Answer = Waiting
	}
	if !e.Mine.In() {
		r.Turn = 0 // asks again: goes last
	}
	return r, nil
}

// brings refuses more guests than the announcement allows, in words that say so. Who
// brought more before the announcement changed may go on.
func (e Event) brings(guests int) error {
	switch {
	case guests >= 0 && guests <= e.GuestsMost, e.Mine.In() && guests > 0 && guests <= e.Mine.Guests:
		return nil
	case e.GuestsMost == 0:
		return rule.Broken("guests", "event.rule.no_guests")
	}
	return rule.Broken("guests", "event.rule.guests", "most", e.GuestsMost)
}

// MayCome says that the member does not know yet. It takes no place, and leaves the one
// they had to the next.
func (s *Events) MayCome(ctx context.Context, actor coop.Actor, id coop.EventID) error {
	if _, err := active(ctx, s.db, actor); err != nil {
		return err
	}
	return s.answer(ctx, actor, id, func(e Event) (Registration, error) {
		return Registration{Answer: Maybe, Turn: e.Mine.Turn}, nil
	})
}

// Withdraw says that the member does not come, and offers their place to the next one.
// Everybody may always say so, until the event has ended.
func (s *Events) Withdraw(ctx context.Context, actor coop.Actor, id coop.EventID) error {
	return s.answer(ctx, actor, id, func(e Event) (Registration, error) {
		return Registration{Answer: Out, Turn: e.Mine.Turn}, nil
	})
}

// Accept takes the place that is offered to the member, who must still be active. An offer
// that ran out, or that there never was, is rule.ErrMoved.
func (s *Events) Accept(ctx context.Context, actor coop.Actor, id coop.EventID) error {
	if _, err := active(ctx, s.db, actor); err != nil {
		return err
	}
	return s.answer(ctx, actor, id, func(e Event) (Registration, error) {
		return e.reply(Coming)
	})
}

// Decline leaves the place that is offered to the member to the next one.
func (s *Events) Decline(ctx context.Context, actor coop.Actor, id coop.EventID) error {
	return s.answer(ctx, actor, id, func(e Event) (Registration, error) {
		return e.reply(Out)
	})
}

// reply answers an offer; the same answer twice is one answer.
func (e Event) reply(answer Answer) (Registration, error) {
	r := e.Mine
	if r.Answer != Offered && r.Answer != answer {
		return r, rule.ErrMoved
	}
	r.Answer = answer
	return r, nil
}

// answer changes the member's own line under the event's lock, and passes on what it frees.
func (s *Events) answer(ctx context.Context, actor coop.Actor, id coop.EventID, decide func(Event) (Registration, error)) error {
	return s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		e, err := s.settled(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		if !e.Open(s.now()) {
			return rule.ErrMoved
		}
		r, err := decide(e)
		if err != nil || r.Answer == e.Mine.Answer {
			return err
		}
		if _, err := s.write(ctx, tx, actor, e, r); err != nil {
			return err
		}
		return s.settle(ctx, tx, actor.Cooperative, id)
	})
}

// write keeps the member's line; a turn of 0 becomes the last one.
func (s *Events) write(ctx context.Context, tx bun.Tx, actor coop.Actor, e Event, r Registration) (Registration, error) {
	asked := "r.asked_at"
	if r.Turn == 0 {
		asked = "excluded.asked_at"
	}
	err := tx.NewRaw(`
		INSERT INTO coop.registrations AS r (cooperative_id, event_id, member_id, answer, guests, asked_at, changed_at, newcomer, turn)
		VALUES (?0, ?1, ?2, ?3, ?4, ?5, ?5, ?8, coalesce(nullif(?6, 0), (
			SELECT coalesce(max(turn), 0) + 1 FROM coop.registrations WHERE cooperative_id = ?0 AND event_id = ?1)))
		ON CONFLICT (cooperative_id, event_id, member_id) DO UPDATE
		SET answer = excluded.answer, guests = excluded.guests, newcomer = excluded.newcomer, offer_until = NULL,
			asked_at = ?7, turn = excluded.turn, changed_at = excluded.changed_at
		RETURNING turn`,
		actor.Cooperative, e.ID, actor.Member, r.Answer, r.Guests, s.now(), r.Turn, bun.Safe(asked), e.Newcomer).Scan(ctx, &r.Turn)
	return r, err
}

// settled locks the event, brings its offers up to date, and returns it as the actor sees it.
func (s *Events) settled(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.EventID) (Event, error) {
	if err := hold(ctx, tx, actor.Cooperative, id); err != nil {
		return Event{}, err
	}
	if err := s.settle(ctx, tx, actor.Cooperative, id); err != nil {
		return Event{}, err
	}
	return one(ctx, tx, actor, id)
}
