package event

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/inbox"
)

// away is whether the member m left, or rests on the day of the event e. It is so from
// the first day of a pause on.
const away = `(m.state = 'left' OR m.state = 'paused' AND EXISTS (
	SELECT FROM coop.pauses AS p
	WHERE p.cooperative_id = m.cooperative_id AND p.member_id = m.id AND p.begun_at IS NOT NULL AND p.ended_at IS NULL
	  AND (e.starts_at AT TIME ZONE e.zone)::date <= p.until_on))`

// PassOn ends the offers that ran out, takes back the places of who left or rests meanwhile,
// makes the draws that are due, opens those that were kept for newcomers, and offers them all to the next ones. It is for a clock that calls it every minute; a request
// that touches the event does the same. It returns how many events it looked at, a hundred
// at most.
func (s *Events) PassOn(ctx context.Context) (int, error) {
	var due []struct {
		CooperativeID coop.CooperativeID
		EventID       coop.EventID
	}
	err := s.db.NewRaw(`
		SELECT cooperative_id, event_id FROM coop.registrations
		WHERE offer_until <= ?0
		UNION
		SELECT e.cooperative_id, e.id FROM coop.events e
		WHERE e.draw_at <= ?0 AND e.drawn_at IS NULL AND e.state = 'on'
		UNION
		SELECT e.cooperative_id, e.id FROM coop.events e
		WHERE e.newcomer_places > 0 AND e.newcomers_opened_at IS NULL AND e.state = 'on'
			AND (e.starts_at AT TIME ZONE e.zone - make_interval(days => e.newcomer_days)) AT TIME ZONE e.zone <= ?0
		UNION
		SELECT r.cooperative_id, r.event_id FROM coop.registrations r
		JOIN coop.members m ON m.cooperative_id = r.cooperative_id AND m.id = r.member_id AND m.state IN ('left', 'paused')
		JOIN coop.events e ON e.cooperative_id = r.cooperative_id AND e.id = r.event_id AND e.starts_at > ?0
		WHERE r.answer IN ('coming', 'maybe', 'waiting', 'offered') AND `+away+`
		ORDER BY cooperative_id, event_id
		LIMIT 100`, s.now()).Scan(ctx, &due)
	if err != nil {
		return 0, err
	}
	for i, d := range due { // each in a transaction of its own, so that none waits for all
		err := s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
			if err := hold(ctx, tx, d.CooperativeID, d.EventID); err != nil {
				return err
			}
			return s.settle(ctx, tx, d.CooperativeID, d.EventID)
		})
		if err != nil {
			return i, err
		}
	}
	return len(due), nil
}

// settle, under the event's lock, lets offers lapse whose time is over, takes who left or
// rests off a list to come, makes the draw that is due, opens to everybody what newcomers were kept until now, and
// offers the places that are free to those who wait.
func (s *Events) settle(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, id coop.EventID) error {
	now := s.now()
	_, err := tx.NewRaw(`
		UPDATE coop.registrations SET answer = 'lapsed', offer_until = NULL, changed_at = ?
		WHERE cooperative_id = ? AND event_id = ? AND offer_until <= ?`,
		now, cooperative, id, now).Exec(ctx)
	if err != nil {
		return err
	}
	_, err = tx.NewRaw(`
		UPDATE coop.registrations r SET answer = 'out', offer_until = NULL, changed_at = ?
		FROM coop.members m, coop.events e
		WHERE r.cooperative_id = ? AND r.event_id = ? AND r.answer IN ('coming', 'maybe', 'waiting', 'offered')
			AND m.cooperative_id = r.cooperative_id AND m.id = r.member_id
			AND e.cooperative_id = r.cooperative_id AND e.id = r.event_id AND e.starts_at > ? AND `+away,
		now, cooperative, id, now).Exec(ctx)
	if err != nil {
		return err
	}
	e, err := counted(ctx, tx, cooperative, id)
	if err != nil {
		return err
	}
	if e.NewcomerPlaces > 0 && !now.Before(e.NewcomersUntil()) {
		if err := s.open(ctx, tx, cooperative, id); err != nil {
			return err
		}
	}
	if e.drawDue(now) {
		if err := s.draw(ctx, tx, cooperative, e); err != nil {
			return err
		}
		if e, err = counted(ctx, tx, cooperative, id); err != nil {
			return err
		}
	}
	until, inTime := e.offerUntil(now)
	if e.Drawing() || e.Cancelled() || !e.Limited() || e.Taken >= e.Capacity || !inTime {
		return nil
	}
	waiting, err := waitingFor(ctx, tx, cooperative, id)
	if err != nil {
		return err
	}
	chosen := e.next(waiting, now)
	if len(chosen) == 0 {
		return nil
	}
	_, err = tx.NewRaw(`
		UPDATE coop.registrations SET answer = 'offered', offer_until = ?, changed_at = ?
		WHERE cooperative_id = ? AND event_id = ? AND member_id IN (?)`,
		until, now, cooperative, id, bun.List(chosen)).Exec(ctx)
	if err != nil {
		return err
	}
	told := make([]inbox.Item, len(chosen))
	for n, member := range chosen {
		told[n] = inbox.Item{
			Cooperative: cooperative, Member: member, Kind: "place_offered", Subject: id.UUID,
			Once: "event:" + id.String() + ":offer:" + until.UTC().Format(time.RFC3339), At: now, Title: e.Title, When: until,
		}
	}
	return inbox.Tell(ctx, tx, told...)
}

// open writes down, once, that the places kept for newcomers are everybody's.
func (s *Events) open(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, id coop.EventID) error {
	_, err := tx.NewRaw(`
		UPDATE coop.events SET newcomers_opened_at = ?
		WHERE cooperative_id = ? AND id = ? AND newcomers_opened_at IS NULL`, s.now(), cooperative, id).Exec(ctx)
	return err
}

// counted returns what the places of an event depend on.
func counted(ctx context.Context, tx bun.IDB, cooperative coop.CooperativeID, id coop.EventID) (Event, error) {
	var e Event
	err := tx.NewRaw(`
		SELECT e.id, e.title, e.starts_at, e.zone, e.draw_at, e.drawn_at, e.state, coalesce(e.capacity, 0) AS capacity, e.newcomer_places, e.newcomer_days,
			coalesce(sum(1 + r.guests), 0) AS taken, coalesce(sum(1 + r.guests) FILTER (WHERE r.newcomer), 0) AS taken_new
		FROM coop.events e
		LEFT JOIN coop.registrations r
			ON r.cooperative_id = e.cooperative_id AND r.event_id = e.id AND r.answer IN ('coming', 'offered')
		WHERE e.cooperative_id = ? AND e.id = ?
		GROUP BY e.cooperative_id, e.id`, cooperative, id).Scan(ctx, &e)
	return e, err
}

// waitingFor returns the first of those who wait and may take part today, by turn.
func waitingFor(ctx context.Context, tx bun.IDB, cooperative coop.CooperativeID, id coop.EventID) ([]party, error) {
	var waiting []party
	err := tx.NewRaw(`
		SELECT r.member_id, r.guests, r.newcomer
		FROM coop.registrations r
		JOIN coop.members m ON m.cooperative_id = r.cooperative_id AND m.id = r.member_id
		WHERE r.cooperative_id = ? AND r.event_id = ? AND r.answer = 'waiting' AND m.state IN ('welcomed', 'active')
		ORDER BY r.turn
		LIMIT 500`, cooperative, id).Scan(ctx, &waiting)
	return waiting, err
}
