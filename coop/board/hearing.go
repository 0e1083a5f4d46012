package board

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/inbox"
)

// Mute lets the actor hear nothing of a board, or hear of it again, which is how every
// board begins: what is new there is not counted on their first page and not told. Alerts
// pass all the same. The board stays theirs to read.
func (s *Boards) Mute(ctx context.Context, actor coop.Actor, id coop.BoardID, mute bool) error {
	return s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var board coop.BoardID
		if err := tx.NewRaw(`SELECT b.id `+readable+` AND b.id = ?`, actor.Cooperative, actor.Member, id).Scan(ctx, &board); err != nil {
			return orNotFound(err)
		}
		query := `DELETE FROM coop.board_mutes WHERE cooperative_id = ?0 AND board_id = ?1 AND member_id = ?2`
		if mute {
			query = `INSERT INTO coop.board_mutes (cooperative_id, board_id, member_id, at) VALUES (?0, ?1, ?2, ?3) ON CONFLICT DO NOTHING`
		}
		_, err := tx.NewRaw(query, actor.Cooperative, id, actor.Member, s.now()).Exec(ctx)
		return err
	})
}

// RestOf is the actor's rest, the zero one when they have none.
func (s *Boards) RestOf(ctx context.Context, actor coop.Actor) (r Rest, err error) {
	err = s.db.NewRaw(`SELECT coalesce(max(from_minute), 0) AS "from", coalesce(max(until_minute), 0) AS until
		FROM coop.board_rests WHERE cooperative_id = ? AND member_id = ?`, actor.Cooperative, actor.Member).Scan(ctx, &r)
	return r, err
}

// TakeRest sets the hours between which boards tell the actor nothing. It returns
// *rule.Invalid for an hour that is none, and for a rest without length.
func (s *Boards) TakeRest(ctx context.Context, actor coop.Actor, r Rest) error {
	if err := r.check(); err != nil {
		return err
	}
	_, err := s.db.NewRaw(`
		INSERT INTO coop.board_rests (cooperative_id, member_id, from_minute, until_minute) VALUES (?, ?, ?, ?)
		ON CONFLICT (cooperative_id, member_id) DO UPDATE SET from_minute = excluded.from_minute, until_minute = excluded.until_minute`,
		actor.Cooperative, actor.Member, r.From, r.Until).Exec(ctx)
	return err
}

// EndRest lets boards tell the actor things at any hour.
func (s *Boards) EndRest(ctx context.Context, actor coop.Actor) error {
	_, err := s.db.NewRaw(`DELETE FROM coop.board_rests WHERE cooperative_id = ? AND member_id = ?`, actor.Cooperative, actor.Member).Exec(ctx)
	return err
}

// tell tells what boards have to say, each reader after the rest they took.
func tell(ctx context.Context, tx bun.IDB, items ...inbox.Item) error {
	if len(items) == 0 {
		return nil
	}
	members := make([]coop.MemberID, len(items))
	for n, i := range items {
		members[n] = i.Member
	}
	var rests []struct {
		Member uuid.UUID
		Zone   string
		Rest   `bun:"embed:"`
	}
	err := tx.NewRaw(`
		SELECT r.member_id AS member, c.zone, r.from_minute AS "from", r.until_minute AS until
		FROM coop.board_rests r JOIN coop.cooperatives c ON c.id = r.cooperative_id
		WHERE r.member_id IN (?)`, bun.List(members)).Scan(ctx, &rests)
	if err != nil {
		return err
	}
	for _, r := range rests {
		there, err := time.LoadLocation(r.Zone)
		if err != nil {
			return err
		}
		for n := range items {
			if items[n].Member.UUID == r.Member {
				items[n].Held = r.Over(items[n].At, there)
			}
		}
	}
	return inbox.Tell(ctx, tx, items...)
}

// tellFollowers tells what is news of a board to those who did not mute it.
func tellFollowers(ctx context.Context, tx bun.IDB, board coop.BoardID, items ...inbox.Item) error {
	var muted []uuid.UUID
	err := tx.NewRaw(`SELECT q.member_id FROM coop.boards b JOIN coop.board_mutes q ON q.cooperative_id = b.cooperative_id AND q.board_id = b.id
		WHERE b.id = ?`, board).Scan(ctx, &muted)
	if err != nil {
		return err
	}
	return tell(ctx, tx, slices.DeleteFunc(items, func(i inbox.Item) bool { return slices.Contains(muted, i.Member.UUID) })...)
}

// tellAnswered tells who pinned a notice that somebody answered it, once a day.
func tellAnswered(ctx context.Context, tx bun.IDB, actor coop.Actor, board coop.BoardID, notice coop.NoticeID, now time.Time) error {
	var by coop.MemberID
	var title string
	err := tx.NewRaw(`SELECT member_id, CASE WHEN title <> '' THEN title ELSE body END FROM coop.notices WHERE cooperative_id = ? AND id = ?`,
		actor.Cooperative, notice).Scan(ctx, &by, &title)
	if err != nil || by == actor.Member {
		return err
	}
	return tellFollowers(ctx, tx, board, inbox.Item{
		Cooperative: actor.Cooperative, Member: by, Kind: "notice_answered", Subject: notice.UUID, By: actor.Member, Title: beginning(title), At: now,
		Once: "notice_answered:" + notice.String() + ":" + now.UTC().Format(time.DateOnly),
	})
}

// tellAlert tells everybody who reads a board of an alert on it at once, whatever the hour
// and whether they muted it; who hides from its author does not see it there either.
func tellAlert(ctx context.Context, tx bun.IDB, actor coop.Actor, board coop.BoardID, notice coop.NoticeID, d Draft, now time.Time) error {
	var readers []uuid.UUID
	err := tx.NewRaw(`
		SELECT m.id FROM coop.boards b
		JOIN coop.members m ON m.cooperative_id = b.cooperative_id AND m.state IN ('welcomed', 'active')
		JOIN coop.places p ON p.cooperative_id = m.cooperative_id AND p.id = m.place_id
		WHERE b.cooperative_id = ?0 AND b.id = ?1 AND (b.place_id IS NULL OR b.place_id = ANY (p.path)) AND m.id <> ?2
			AND m.id <> ALL (ARRAY(SELECT coop.hidden_from(?0, ?2)))
		ORDER BY m.id`, actor.Cooperative, board, actor.Member).Scan(ctx, &readers)
	if err != nil {
		return err
	}
	title := d.Title
	if title == "" {
		title = d.Body
	}
	items := make([]inbox.Item, len(readers))
	for n, r := range readers {
		items[n] = inbox.Item{
			Cooperative: actor.Cooperative, Member: coop.MemberID{UUID: r}, Kind: "notice_alert", Subject: notice.UUID, By: actor.Member, Title: beginning(title), At: now,
			Once: "notice_alert:" + notice.String(),
		}
	}
	return inbox.Tell(ctx, tx, items...)
}
