package exchange

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// Workshops are offers for several at once. Whoever changes one locks its row first, and
// then its agreements in the order of their ids.
type Workshops struct {
	db         bun.IDB
	now        func() time.Time
	agreements *Agreements
}

// NewWorkshops returns the workshops kept in db; now tells the time.
func NewWorkshops(db bun.IDB, now func() time.Time) *Workshops {
	return &Workshops{db: db, now: now, agreements: NewAgreements(db, now)}
}

// Announce puts up an offer for several. Sending the same key again returns the first one.
// It returns *rule.Invalid for the form, and ErrForbidden for somebody who is not an
// active member.
func (w *Workshops) Announce(ctx context.Context, actor coop.Actor, form Invitation) (id coop.ListingID, err error) {
	now := w.now()
	if form, err = form.check(now); err != nil {
		return id, err
	}
	err = w.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		limits, err := w.agreements.ledger.Limits(ctx, tx, actor.Cooperative)
		if err != nil {
			return err
		}
		if err := limits.CheckAct("minutes", form.Minutes); err != nil {
			return err
		}
		if id, err = NewListings(tx, w.now).write(ctx, tx, actor, form.Draft); err != nil {
			return err
		}
		var counted time.Time // announced so late, nobody needs to hear that few come
		if form.StartsAt.Before(now.Add(toldAhead)) {
			counted = now
		}
		done, err := tx.NewRaw(`INSERT INTO coop.workshops (cooperative_id, listing_id, starts_at, minutes, seats, least, meeting, counted_at)
SELECT ?, ?, ?, ?, ?, ?, ?, ?
WHERE EXISTS (SELECT FROM coop.listings WHERE cooperative_id = ? AND id = ? AND created_at = ?)
ON CONFLICT DO NOTHING`, actor.Cooperative, id, form.StartsAt, form.Minutes, form.Seats, form.Least, form.Meeting, bun.NullZero(counted),
			actor.Cooperative, id, now).Exec(ctx)
		if err != nil {
			return err
		}
		if fresh, err := done.RowsAffected(); err != nil || fresh == 0 {
			return err // sent before: what stands, stays
		}
		return set(ctx, tx, actor, id, `expires_at = ?`, form.StartsAt)
	})
	return id, err
}

// workshop is a workshop under its lock, with its host.
type workshop struct {
	Workshop
	ID       coop.ListingID
	Host     coop.MemberID
	Title    string
	Tongue   string
	Category Category
	State    Shown
}

// lock locks a workshop of the cooperative, and reads its seats under the lock.
func lock(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, id coop.ListingID) (w workshop, err error) {
	err = tx.NewRaw(`SELECT w.listing_id AS id, w.starts_at, w.minutes, w.seats, w.least, w.meeting, w.cancelled_at, w.marked_at, w.moved_from, w.moves,
  l.member_id AS host, l.title, l.language AS tongue, l.category, l.state
FROM coop.workshops w
JOIN coop.listings l ON l.cooperative_id = w.cooperative_id AND l.id = w.listing_id
WHERE w.cooperative_id = ? AND w.listing_id = ?
FOR UPDATE OF w`, cooperative, id).Scan(ctx, &w)
	if errors.Is(err, sql.ErrNoRows) {
		return w, rule.ErrNotFound
	}
	if err != nil {
		return w, err
	}
	if w.All, err = seats(ctx, tx, cooperative, id); err == nil {
		w.count(w.All)
	}
	return w, err
}

// perWorkshop is how many seats and turns of one workshop are read, in the order of asking.
const perWorkshop = 500

// seats are the turns of a workshop that still count, in the order of asking.
func seats(ctx context.Context, db bun.IDB, cooperative coop.CooperativeID, id coop.ListingID) (all []Seat, err error) {
	err = db.NewRaw(`SELECT t.turn, t.shown, t.agreement_id AS agreement, coalesce(g.state, '') AS state, g.done_by, g.state_since AS offered_at, g.state = 'proposed' AND g.steps > 1 AS again,
  t.member_id AS person_id, CASE WHEN m.state = 'left' THEN '' ELSE m.name END AS person_name
FROM coop.workshop_turns t
JOIN coop.members m ON m.cooperative_id = t.cooperative_id AND m.id = t.member_id
LEFT JOIN coop.agreements g ON g.cooperative_id = t.cooperative_id AND g.id = t.agreement_id
WHERE t.cooperative_id = ? AND t.listing_id = ? AND t.left_at IS NULL AND (g.id IS NULL OR g.state NOT IN ('declined', 'cancelled', 'void'))
ORDER BY t.turn
LIMIT ?`, cooperative, id, perWorkshop).Scan(ctx, &all)
	return all, err
}

// Join gives the actor a seat of a workshop that they see, agreed at once: the host has
// said yes to whoever comes. Without a free seat, or behind others, they wait; a seat that
// is kept for them they take. Shown says whether the others who come may read their name.
// Joining twice changes nothing else. It returns *rule.Invalid on "minutes" when their
// hours do not allow it, ErrMoved when it has begun or is called off, and ErrForbidden to
// its host.
func (w *Workshops) Join(ctx context.Context, actor coop.Actor, id coop.ListingID, shown bool) error {
	now := w.now()
	return w.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if _, err := w.reach(ctx, tx, actor, id); err != nil {
			return err
		}
		if err := mustBeActive(ctx, tx, actor); err != nil {
			return err
		}
		shop, err := lock(ctx, tx, actor.Cooperative, id)
		switch {
		case err != nil:
			return err
		case shop.Host == actor.Member:
			return rule.ErrForbidden
		case !shop.On(now):
			return rule.ErrMoved
		}
		if mine := of(shop.All, actor.Member); mine.Turn > 0 {
			if err := show(ctx, tx, actor, id, shown); err != nil || !mine.Kept() {
				return err
			}
			return w.step(ctx, tx, actor, mine.Agreement, act{step: ToAgree}, now)
		}
		if shop.State != Open {
			return rule.ErrMoved
		}
		if err := w.agreements.ledger.Apart(ctx, tx, actor.Cooperative, "minutes", shop.Host, actor.Member); err != nil {
			return err
		}
		turn, err := takeTurn(ctx, tx, actor, id, shown, now)
		if err != nil || shop.Full() {
			return err
		}
		return w.seat(ctx, tx, actor, shop, turn, true, now)
	})
}

// takeTurn gives the actor the next number in the order of asking.
func takeTurn(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.ListingID, shown bool, now time.Time) (turn int, err error) {
	err = tx.NewRaw(`WITH w AS (
  UPDATE coop.workshops SET last_turn = last_turn + 1
  WHERE cooperative_id = ? AND listing_id = ?
  RETURNING cooperative_id, listing_id, last_turn
)
INSERT INTO coop.workshop_turns (cooperative_id, listing_id, turn, member_id, shown, asked_at)
SELECT cooperative_id, listing_id, last_turn, ?, ?, ? FROM w
RETURNING turn`, actor.Cooperative, id, actor.Member, shown, now).Scan(ctx, &turn)
	return turn, err
}

// seat makes the agreement of a turn: the host's proposal, which the one who asked just now
// agrees to, and who waited is asked again.
func (w *Workshops) seat(ctx context.Context, tx bun.Tx, who coop.Actor, shop workshop, turn int, agreed bool, now time.Time) error {
	host := coop.Actor{Cooperative: who.Cooperative, Member: shop.Host}
	g := Agreement{
		Listing: shop.ID, Seat: true, Giver: Person{ID: shop.Host}, Receiver: Person{ID: who.Member}, ProposedBy: shop.Host,
		Category: shop.Category, About: shop.Title, Language: shop.Tongue, PlannedAt: shop.StartsAt, Planned: shop.Minutes, Meeting: shop.Meeting,
		CreatedAt: now, StateSince: now,
	}
	g, _, err := enter(ctx, tx, host, g, uuid.Must(uuid.NewV7()), now)
	if err != nil {
		return err
	}
	_, err = tx.NewRaw(`UPDATE coop.workshop_turns SET agreement_id = ? WHERE cooperative_id = ? AND listing_id = ? AND turn = ?`,
		g.ID, who.Cooperative, shop.ID, turn).Exec(ctx)
	if err != nil {
		return err
	}
	if !agreed {
		return follow(ctx, tx, host, Agreement{}, g, ToPropose, now)
	}
	return w.step(ctx, tx, who, g.ID, act{step: ToAgree}, now)
}

// step takes a step of one of the agreements, as its page would.
func (w *Workshops) step(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.AgreementID, asked act, now time.Time) error {
	h, err := hold(ctx, tx, actor, id)
	if err != nil {
		return err
	}
	_, err = w.agreements.step(ctx, tx, actor, h, asked, now)
	return err
}

// Leave gives up the actor's seat, or their turn while they wait. The seat goes to the next
// who waits. Who has neither gets ErrNotFound, whose workshop began or is over ErrMoved:
// then its agreement is answered.
func (w *Workshops) Leave(ctx context.Context, actor coop.Actor, id coop.ListingID) error {
	now := w.now()
	return w.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		shop, err := lock(ctx, tx, actor.Cooperative, id)
		if err != nil {
			return err
		}
		mine := of(shop.All, actor.Member)
		switch {
		case mine.Turn == 0:
			return rule.ErrNotFound
		case mine.Waits():
			return leaveTurn(ctx, tx, actor.Cooperative, id, mine.Turn, now)
		case !shop.On(now):
			return rule.ErrMoved
		}
		if err := w.giveUp(ctx, tx, actor, mine, now); err != nil {
			return err
		}
		return w.fill(ctx, tx, actor.Cooperative, id, now)
	})
}

// Show says whether the others who come may read the actor's name; nobody does unless they
// agreed. Who has no seat and no turn gets ErrNotFound.
func (w *Workshops) Show(ctx context.Context, actor coop.Actor, id coop.ListingID, shown bool) error {
	return w.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		shop, err := lock(ctx, tx, actor.Cooperative, id)
		if err == nil && of(shop.All, actor.Member).Turn == 0 {
			err = rule.ErrNotFound
		}
		if err != nil {
			return err
		}
		return show(ctx, tx, actor, id, shown)
	})
}

func show(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.ListingID, shown bool) error {
	_, err := tx.NewRaw(`UPDATE coop.workshop_turns SET shown = ?
WHERE cooperative_id = ? AND listing_id = ? AND member_id = ? AND left_at IS NULL`, shown, actor.Cooperative, id, actor.Member).Exec(ctx)
	return err
}

func leaveTurn(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, id coop.ListingID, turn int, now time.Time) error {
	_, err := tx.NewRaw(`UPDATE coop.workshop_turns SET left_at = ? WHERE cooperative_id = ? AND listing_id = ? AND turn = ?`,
		now, cooperative, id, turn).Exec(ctx)
	return err
}

// giveUp ends the agreement of a seat, in the way that its state allows the actor.
func (w *Workshops) giveUp(ctx context.Context, tx bun.Tx, actor coop.Actor, s Seat, now time.Time) error {
	asked := act{step: ToCancel}
	if s.State == Proposed && s.Person.ID == actor.Member {
		asked.step = ToDecline
	}
	return w.step(ctx, tx, actor, s.Agreement, asked, now)
}
