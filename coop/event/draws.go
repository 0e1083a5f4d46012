package event

import (
	"context"
	"encoding/hex"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/inbox"
	"lien/rule"
)

// seed is what a draw follows from: fixed when the event is announced, before anybody put
// their name down, and read by nobody until the draw is made.
func (s *Events) seed(e Event) string {
	if !e.ByDraw() {
		return ""
	}
	return hex.EncodeToString(s.derive("event draw", e.ID.UUID[:])[:16])
}

// mostLots is how many names one draw takes.
const mostLots = 5000

// draw makes the draw of an event, under its lock: it puts everybody who may take part
// today in order, gives the places to whom they fit, lets the others wait in that order,
// and tells them all. What weighed is written down.
func (s *Events) draw(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, e Event) error {
	lots, err := s.lots(ctx, tx, cooperative, e)
	if err != nil {
		return err
	}
	var seed string
	err = tx.NewRaw(`
		UPDATE coop.events SET drawn_at = ? WHERE cooperative_id = ? AND id = ? RETURNING draw_seed`,
		s.now(), cooperative, e.ID).Scan(ctx, &seed)
	if err != nil || len(lots) == 0 {
		return err
	}
	order := drawn(seed, lots)
	if err := s.keepLots(ctx, tx, cooperative, e, order); err != nil {
		return err
	}
	_, err = tx.NewRaw(`
		UPDATE coop.registrations r
		SET answer = CASE WHEN l.placed THEN 'coming' ELSE 'waiting' END, changed_at = ?0,
			turn = CASE WHEN l.member_id IS NULL THEN r.turn + ?1 ELSE 0 END + (SELECT max(b.turn) FROM coop.registrations b WHERE b.cooperative_id = ?2 AND b.event_id = ?3) + coalesce(l.rank, 0)
		FROM coop.registrations w
		LEFT JOIN coop.event_lots l ON l.cooperative_id = w.cooperative_id AND l.event_id = w.event_id AND l.member_id = w.member_id
		WHERE w.cooperative_id = ?2 AND w.event_id = ?3 AND w.answer = 'waiting'
			AND r.cooperative_id = w.cooperative_id AND r.event_id = w.event_id AND r.member_id = w.member_id`,
		s.now(), len(order), cooperative, e.ID).Exec(ctx)
	return err
}

// lots reads who put their name down, with what their past weighs.
func (s *Events) lots(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, e Event) ([]lot, error) {
	var lots []lot
	err := tx.NewRaw(`
		SELECT r.member_id, r.guests, r.newcomer, past.turns, past.missed,
			past.turns = 0 AND past.missed = 0 AND NOT EXISTS (SELECT FROM coop.attendances a
				WHERE a.cooperative_id = r.cooperative_id AND a.member_id = r.member_id AND a.undone_at IS NULL) AS first
		FROM coop.registrations r
		JOIN coop.members m ON m.cooperative_id = r.cooperative_id AND m.id = r.member_id AND m.state IN ('welcomed', 'active')
		CROSS JOIN LATERAL (
			SELECT
				(SELECT count(*) FROM coop.registrations b JOIN coop.events o ON o.cooperative_id = b.cooperative_id AND o.id = b.event_id
					WHERE b.cooperative_id = r.cooperative_id AND b.member_id = r.member_id AND b.answer = 'coming' AND o.state = 'on'
						AND o.drawn_at > ?0 AND o.id <> ?2) AS turns,
				(SELECT count(*) FROM coop.registrations b JOIN coop.events o ON o.cooperative_id = b.cooperative_id AND o.id = b.event_id
					WHERE b.cooperative_id = r.cooperative_id AND b.member_id = r.member_id AND b.answer = 'coming' AND o.state = 'on'
						AND o.starts_at > ?0 AND o.ends_at <= ?3
						AND NOT EXISTS (SELECT FROM coop.attendances a WHERE a.cooperative_id = b.cooperative_id AND a.event_id = b.event_id
							AND a.member_id = b.member_id AND a.undone_at IS NULL)
						AND EXISTS (SELECT FROM coop.attendances a WHERE a.cooperative_id = b.cooperative_id AND a.event_id = b.event_id AND a.undone_at IS NULL)) AS missed
		) past
		WHERE r.cooperative_id = ?1 AND r.event_id = ?2 AND r.answer = 'waiting'
		ORDER BY r.member_id
		LIMIT ?4`, s.now().Add(-pastLasts), cooperative, e.ID, s.now(), mostLots).Scan(ctx, &lots)
	return lots, err
}

// keepLots writes down the lots in the order drawn, with whom the places went to, and
// tells everybody what became of theirs.
func (s *Events) keepLots(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, e Event, order []lot) error {
	type kept struct {
		MemberID              uuid.UUID `bun:"type:uuid"`
		Turns, Missed         int
		First                 bool
		Tickets, Party, Place int
		Placed                bool
	}
	waiting := make([]party, len(order))
	for n, l := range order {
		waiting[n] = party{MemberID: l.MemberID, Guests: l.Guests, Newcomer: l.Newcomer}
	}
	won := map[coop.MemberID]bool{}
	for _, m := range e.next(waiting, s.now()) {
		won[m] = true
	}
	rows, told := make([]kept, len(order)), make([]inbox.Item, len(order))
	for n, l := range order {
		rows[n] = kept{l.MemberID.UUID, l.Turns, l.Missed, l.First, l.Tickets(), 1 + l.Guests, n + 1, won[l.MemberID]}
		told[n] = inbox.Item{
			Cooperative: cooperative, Member: l.MemberID, Kind: "event_not_drawn", Subject: e.ID.UUID,
			Once: "event:" + e.ID.String() + ":draw", At: s.now(), Title: e.Title, When: e.StartsAt,
		}
		if won[l.MemberID] {
			told[n].Kind = "event_drawn"
		}
	}
	_, err := tx.NewRaw(`
		INSERT INTO coop.event_lots (cooperative_id, event_id, member_id, turns, missed, first, tickets, party, rank, placed)
		SELECT ?0, ?1, d.* FROM (?2) AS d`, cooperative, e.ID, tx.NewValues(&rows)).Exec(ctx)
	if err != nil {
		return err
	}
	return inbox.Tell(ctx, tx, told...)
}

// DrawOf returns the draw of an event as the member reads it; rule.ErrNotFound before it
// was made. Everybody who sees the event reads how many took part; nobody reads whose lot
// is whose.
func (s *Events) DrawOf(ctx context.Context, actor coop.Actor, id coop.EventID) (d Draw, err error) {
	e, err := one(ctx, s.db, actor, id)
	if err != nil {
		return d, err
	}
	if !e.ByDraw() || e.Drawing() {
		return d, rule.ErrNotFound
	}
	err = s.db.NewRaw(`
		SELECT e.drawn_at AS at, e.draw_seed AS seed, all_of.people, all_of.tickets, all_of.placed,
			mine.member_id IS NOT NULL AS "in", coalesce(mine.turns, 0) AS mine_turns, coalesce(mine.missed, 0) AS mine_missed,
			coalesce(mine.first, false) AS mine_first, coalesce(mine.tickets, 0) AS has, coalesce(mine.rank, 0) AS rank, coalesce(mine.placed, false) AS won
		FROM coop.events e
		CROSS JOIN LATERAL (SELECT count(*) AS people, coalesce(sum(l.tickets), 0) AS tickets, count(*) FILTER (WHERE l.placed) AS placed
			FROM coop.event_lots l WHERE l.cooperative_id = e.cooperative_id AND l.event_id = e.id) all_of
		LEFT JOIN coop.event_lots mine ON mine.cooperative_id = e.cooperative_id AND mine.event_id = e.id AND mine.member_id = ?
		WHERE e.cooperative_id = ? AND e.id = ?`, actor.Member, actor.Cooperative, id).Scan(ctx, &d)
	return d, err
}
