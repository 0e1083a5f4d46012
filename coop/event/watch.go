package event

import (
	"context"
	"strconv"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/inbox"
)

// idle is whether the member m cannot lend a hand at the event e: they left, rest or are
// suspended then.
const idle = `(m.state NOT IN ('welcomed', 'active', 'paused') OR ` + away + `)`

// WatchShifts takes back the hands of who left, rests or was suspended meanwhile, and tells
// the organiser; and tells the organiser and the facilitators, once, of a shift that lacks
// hands forty-eight hours before it begins. It is for a clock that calls it every minute,
// and returns how many shifts it looked at, a hundred at most.
func (s *Events) WatchShifts(ctx context.Context) (int, error) {
	var due []watched
	err := s.db.NewRaw(`
		SELECT s.cooperative_id, s.event_id, s.id
		FROM coop.shifts s
		JOIN coop.events e ON e.cooperative_id = s.cooperative_id AND e.id = s.event_id AND e.state = 'on'
		WHERE s.starts_at > ?0 AND s.closed_at IS NULL AND (
			EXISTS (SELECT FROM coop.shift_hands h JOIN coop.members m ON m.cooperative_id = h.cooperative_id AND m.id = h.member_id
				WHERE h.cooperative_id = s.cooperative_id AND h.shift_id = s.id AND h.state <> 'off' AND `+idle+`)
			OR `+lacking+`)
		ORDER BY s.cooperative_id, s.event_id, s.id
		LIMIT 100`, s.now(), s.now().Add(alertAhead), s.now().Add(-alertDelay)).Scan(ctx, &due)
	if err != nil {
		return 0, err
	}
	for i, d := range due {
		err := s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error { return s.watch(ctx, tx, d) })
		if err != nil {
			return i, err
		}
	}
	return len(due), nil
}

type watched struct {
	CooperativeID coop.CooperativeID
	EventID       coop.EventID
	ID            coop.ShiftID
}

// lacking is whether it is time to tell that the shift s has too few hands; it asks for
// now, forty-eight hours ahead, and two hours ago.
const lacking = `(s.alerted_at IS NULL AND s.starts_at <= ?1 AND s.created_at <= ?2 AND s.least >
	(SELECT count(*) FROM coop.shift_hands h WHERE h.cooperative_id = s.cooperative_id AND h.shift_id = s.id AND h.state <> 'off'))`

func (s *Events) watch(ctx context.Context, tx bun.Tx, d watched) error {
	if err := hold(ctx, tx, d.CooperativeID, d.EventID); err != nil {
		return err
	}
	if err := s.takeOff(ctx, tx, d); err != nil {
		return err
	}
	var told []inbox.Item
	err := tx.NewRaw(`
		WITH s AS (
			UPDATE coop.shifts s SET alerted_at = ?0
			FROM coop.events e
			WHERE s.cooperative_id = ?3 AND s.id = ?4 AND s.closed_at IS NULL AND s.starts_at > ?0 AND `+lacking+`
				AND e.cooperative_id = s.cooperative_id AND e.id = s.event_id AND e.state = 'on'
			RETURNING s.cooperative_id, s.starts_at, e.organiser_id, e.title
		)
		SELECT DISTINCT m.id AS member, s.title, s.starts_at AS "when"
		FROM s
		JOIN coop.members m ON m.cooperative_id = s.cooperative_id AND m.state IN ('welcomed', 'active') AND (m.id = s.organiser_id OR `+coop.FacilitatesAs("m.cooperative_id", "m.id")+`)
		ORDER BY m.id
		LIMIT 100`, s.now(), s.now().Add(alertAhead), s.now().Add(-alertDelay), d.CooperativeID, d.ID).Scan(ctx, &told)
	if err != nil {
		return err
	}
	for n := range told {
		told[n].Cooperative, told[n].Kind, told[n].Subject, told[n].At = d.CooperativeID, "shift_short", d.EventID.UUID, s.now()
		told[n].Once = "shift:" + d.ID.String() + ":short:" + told[n].When.UTC().Format(time.RFC3339)
	}
	return inbox.Tell(ctx, tx, told...)
}

// takeOff takes back the hands of who cannot lend them that day, and tells the organiser,
// without a name or a reason: those are theirs.
func (s *Events) takeOff(ctx context.Context, tx bun.Tx, d watched) error {
	var freed []struct {
		Organiser coop.MemberID
		Title     string
		StartsAt  time.Time
		Turn      int64
	}
	err := tx.NewRaw(`
		UPDATE coop.shift_hands h SET state = ?0, changed_at = ?1
		FROM coop.members m, coop.shifts s, coop.events e
		WHERE h.cooperative_id = ?2 AND h.shift_id = ?3 AND h.state <> 'off'
			AND m.cooperative_id = h.cooperative_id AND m.id = h.member_id
			AND s.cooperative_id = h.cooperative_id AND s.id = h.shift_id AND s.starts_at > ?1
			AND e.cooperative_id = s.cooperative_id AND e.id = s.event_id AND `+idle+`
		RETURNING e.organiser_id AS organiser, e.title, s.starts_at, h.turn`,
		HandOff, s.now(), d.CooperativeID, d.ID).Scan(ctx, &freed)
	if err != nil {
		return err
	}
	items := make([]inbox.Item, len(freed))
	for n, f := range freed {
		items[n] = inbox.Item{
			Cooperative: d.CooperativeID, Member: f.Organiser, Kind: "shift_freed", Subject: d.EventID.UUID, At: s.now(),
			Once: "shift:" + d.ID.String() + ":freed:" + strconv.FormatInt(f.Turn, 10), Title: f.Title, When: f.StartsAt,
		}
	}
	return inbox.Tell(ctx, tx, items...)
}
