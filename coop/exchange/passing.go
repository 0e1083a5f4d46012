package exchange

import (
	"context"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/inbox"
	"lien/rule"
)

// perFill is how many workshops a round looks at.
const perFill = 50

// resting is whether the member m left, or rests on the day of the workshop w. It is so
// from the first day of a pause on.
const resting = `(m.state = 'left' OR m.state = 'paused' AND EXISTS (
    SELECT FROM coop.pauses p
    JOIN coop.cooperatives c ON c.id = p.cooperative_id
    WHERE p.cooperative_id = m.cooperative_id AND p.member_id = m.id AND p.begun_at IS NOT NULL AND p.ended_at IS NULL
      AND p.until_on >= (w.starts_at AT TIME ZONE c.zone)::date))`

// Due passes freed seats on to those who wait, and those that somebody has not answered for
// within a day, or before the beginning; it frees the seats of who rests that day; and it
// tells the host, a day ahead, when fewer come than they wished for. It returns how many
// workshops it looked at.
func (w *Workshops) Due(ctx context.Context) (int, error) {
	few, err := w.tellFew(ctx)
	if err != nil {
		return few, err
	}
	passed, err := w.pass(ctx)
	return few + passed, err
}

func (w *Workshops) pass(ctx context.Context) (int, error) {
	now := w.now()
	var due []struct {
		Cooperative coop.CooperativeID
		ID          coop.ListingID
	}
	err := w.db.NewRaw(`SELECT w.cooperative_id AS cooperative, w.listing_id AS id
FROM coop.workshops w
WHERE w.cancelled_at IS NULL AND w.marked_at IS NULL AND w.starts_at > ?1 AND (
  EXISTS (SELECT FROM coop.workshop_turns t
    JOIN coop.agreements g ON g.cooperative_id = t.cooperative_id AND g.id = t.agreement_id
    JOIN coop.members m ON m.cooperative_id = t.cooperative_id AND m.id = t.member_id
    JOIN coop.members host ON host.cooperative_id = g.cooperative_id AND host.id = g.giver_id AND host.state IN ('welcomed', 'active')
    WHERE t.cooperative_id = w.cooperative_id AND t.listing_id = w.listing_id
      AND (g.state = 'proposed' AND (g.state_since <= CASE WHEN g.steps > 1 THEN ?4::timestamptz ELSE ?2 END OR w.starts_at <= ?0) OR g.state = 'agreed' AND w.starts_at > ?0 AND `+resting+`))
  OR w.starts_at > ?0 AND EXISTS (SELECT FROM coop.listings l WHERE l.cooperative_id = w.cooperative_id AND l.id = w.listing_id AND l.state = 'open')
    AND w.seats > (SELECT count(*) FROM coop.workshop_turns t JOIN coop.agreements g ON g.cooperative_id = t.cooperative_id AND g.id = t.agreement_id
      WHERE t.cooperative_id = w.cooperative_id AND t.listing_id = w.listing_id AND g.state NOT IN ('declined', 'cancelled', 'void'))
    AND EXISTS (SELECT FROM coop.workshop_turns t
      WHERE t.cooperative_id = w.cooperative_id AND t.listing_id = w.listing_id AND t.agreement_id IS NULL AND t.left_at IS NULL))
ORDER BY w.starts_at, w.listing_id
LIMIT ?3`, now, now.Add(-2*day), now.Add(-passes), perFill, now.Add(-askedAgain)).Scan(ctx, &due)
	if err != nil {
		return 0, err
	}
	for _, d := range due { // each under its own lock: one at a time, so that nobody waits for all
		if err := w.passOn(ctx, d.Cooperative, d.ID, now); err != nil {
			return 0, err
		}
	}
	return len(due), nil
}

// passOn takes back, in the host's name, the seats that nobody answered for in time, gives
// up those of who rests that day, and asks the next.
func (w *Workshops) passOn(ctx context.Context, cooperative coop.CooperativeID, id coop.ListingID, now time.Time) error {
	return w.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		shop, err := lock(ctx, tx, cooperative, id)
		if err != nil {
			return err
		}
		var late []Seat
		err = tx.NewRaw(`SELECT t.turn, t.member_id AS person_id, g.id AS agreement, g.state
FROM coop.workshop_turns t
JOIN coop.workshops w ON w.cooperative_id = t.cooperative_id AND w.listing_id = t.listing_id
JOIN coop.agreements g ON g.cooperative_id = t.cooperative_id AND g.id = t.agreement_id
JOIN coop.members m ON m.cooperative_id = t.cooperative_id AND m.id = t.member_id
WHERE t.cooperative_id = ?0 AND t.listing_id = ?1
  AND (g.state = 'proposed' AND (g.state_since <= CASE WHEN g.steps > 1 THEN ?4::timestamptz ELSE ?2 END OR w.starts_at <= ?3) OR g.state = 'agreed' AND w.starts_at > ?3 AND `+resting+`)
ORDER BY g.id`, cooperative, id, now.Add(-passes), now, now.Add(-askedAgain)).Scan(ctx, &late)
		if err != nil {
			return err
		}
		for _, s := range late {
			if err := w.free(ctx, tx, cooperative, shop.Host, s, now); err != nil {
				return err
			}
		}
		return w.fill(ctx, tx, cooperative, id, now)
	})
}

// free ends what was only kept for somebody in the host's name, and what somebody who rests
// had agreed to in theirs: they may, although they act no more.
func (w *Workshops) free(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, host coop.MemberID, s Seat, now time.Time) error {
	who := coop.Actor{Cooperative: cooperative, Member: host}
	if s.State == Agreed {
		who.Member = s.Person.ID
	}
	h, err := hold(ctx, tx, who, s.Agreement)
	if err != nil {
		return err
	}
	h.ReceiverActive = true
	_, err = w.agreements.step(ctx, tx, who, h, act{step: ToCancel}, now)
	if errors.Is(err, rule.ErrForbidden) || errors.Is(err, rule.ErrMoved) {
		return nil // a host who is away gives nothing up; a facilitator does when it is late
	}
	return err
}

// fill asks those who wait, in their order, for as many seats as are free. Who cannot take
// one any more (away, or sharing the host's hours) loses their turn.
func (w *Workshops) fill(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, id coop.ListingID, now time.Time) error {
	shop, err := lock(ctx, tx, cooperative, id)
	if err != nil || !shop.On(now) || shop.State != Open {
		return err
	}
	for _, s := range shop.All {
		if shop.Free() == 0 {
			return nil
		}
		if !s.Waits() {
			continue
		}
		may, err := w.mayTake(ctx, tx, cooperative, shop.Host, s.Person.ID)
		if err == nil && !may {
			err = leaveTurn(ctx, tx, cooperative, id, s.Turn, now)
		} else if err == nil {
			shop.Taken++
			err = w.seat(ctx, tx, coop.Actor{Cooperative: cooperative, Member: s.Person.ID}, shop, s.Turn, false, now)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// mayTake reports whether somebody who waits is still active, sees the host, and has hours
// of their own.
func (w *Workshops) mayTake(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, host, who coop.MemberID) (may bool, err error) {
	err = tx.NewRaw(`SELECT m.state IN ('welcomed', 'active') AND NOT coop.hidden_between(m.cooperative_id, m.id, ?)
FROM coop.members m
WHERE m.cooperative_id = ? AND m.id = ?`, host, cooperative, who).Scan(ctx, &may)
	if err != nil || !may {
		return false, err
	}
	var invalid *rule.Invalid
	if err = w.agreements.ledger.Apart(ctx, tx, cooperative, "minutes", host, who); errors.As(err, &invalid) {
		return false, nil
	}
	return err == nil, err
}

// tellFew tells hosts, a day ahead and once, that fewer come than they wished for: whether
// it takes place is theirs to say.
func (w *Workshops) tellFew(ctx context.Context) (n int, err error) {
	now := w.now()
	err = w.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var counted []struct {
			Cooperative coop.CooperativeID
			ID          coop.ListingID
			Host        coop.MemberID
			Title       string
			StartsAt    time.Time
			Few         bool
		}
		err := tx.NewRaw(`WITH due AS (
  SELECT w.cooperative_id, w.listing_id
  FROM coop.workshops w
  WHERE w.cancelled_at IS NULL AND w.counted_at IS NULL AND w.starts_at > ?0 AND w.starts_at <= ?1
  ORDER BY w.listing_id
  LIMIT ?2
  FOR UPDATE SKIP LOCKED
)
UPDATE coop.workshops w SET counted_at = ?0
FROM due
JOIN coop.listings l ON l.cooperative_id = due.cooperative_id AND l.id = due.listing_id
WHERE w.cooperative_id = due.cooperative_id AND w.listing_id = due.listing_id
RETURNING w.cooperative_id AS cooperative, w.listing_id AS id, l.member_id AS host, l.title, w.starts_at,
  w.least > (SELECT count(*) FROM coop.workshop_turns t
    JOIN coop.agreements g ON g.cooperative_id = t.cooperative_id AND g.id = t.agreement_id AND g.state NOT IN ('declined', 'cancelled', 'void')
    WHERE t.cooperative_id = w.cooperative_id AND t.listing_id = w.listing_id) AS few`, now, now.Add(toldAhead), perFill).Scan(ctx, &counted)
		if err != nil {
			return err
		}
		var items []inbox.Item
		for _, c := range counted {
			if c.Few {
				items = append(items, inbox.Item{
					Cooperative: c.Cooperative, Member: c.Host, Kind: "workshop_few", Subject: c.ID.UUID,
					Once: "workshop:" + c.ID.String() + ":few", At: now, Title: c.Title, When: c.StartsAt,
				})
			}
		}
		n = len(counted)
		return inbox.Tell(ctx, tx, items...)
	})
	return n, err
}

// asSeat is what the other one is told of a step: of a seat it is about the workshop. That
// somebody wants no seat that was kept for them concerns nobody.
func (a Agreement) asSeat(item inbox.Item, before State, step Step) []inbox.Item {
	if !a.Seat {
		return []inbox.Item{item}
	}
	byHost := item.Member != a.Giver.ID
	switch {
	case step == ToPropose:
		item.Kind = "workshop_free"
		if until := a.StateSince.Add(passes); until.Before(a.PlannedAt) {
			item.When = until
		}
	case step == ToAgree:
		item.Kind = "workshop_joined"
	case step == ToMove:
		item.Kind = "workshop_moved"
	case step == ToDecline && a.Steps > 2:
		item.Kind = "workshop_left" // they had a seat, and cannot on the other day
	case step == ToDecline:
		return nil
	case step == ToCancel && a.CalledOff:
		item.Kind = "workshop_cancelled"
	case step == ToCancel && byHost && before == Proposed:
		item.Kind = "workshop_passed"
	case step == ToCancel && byHost && item.At.After(a.PlannedAt):
		item.Kind = "workshop_absent"
	case step == ToCancel && !byHost:
		item.Kind = "workshop_left"
	default:
		return []inbox.Item{item} // hours are answered one by one
	}
	item.Subject, item.Title = a.Listing.UUID, a.About
	return []inbox.Item{item}
}

// toHost makes one reminder of those of all seats for the one who helps.
func (a Agreement) toHost(item inbox.Item, c call) inbox.Item {
	kind := map[string]string{"agreement_soon": "workshop_soon", "agreement_done": "workshop_over"}[c.kind]
	if !a.Seat || item.Member != a.Giver.ID || kind == "" {
		return item
	}
	item.Kind, item.Subject, item.Title, item.By = kind, a.Listing.UUID, a.About, coop.MemberID{}
	item.Once = "workshop:" + a.Listing.String() + ":" + kind + ":" + c.at.UTC().Format(time.RFC3339)
	return item
}
