package board

import (
	"context"
	"slices"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/inbox"
	"lien/rule"
)

// perRound is how many notices one round of endings takes down.
const perRound = 200

// Days are for how long a notice may be asked to hang; 0 is for good.
func Days() []int { return []int{0, 1, 7, 30} }

func days(n int) error {
	if !slices.Contains(Days(), n) {
		return rule.Broken("days", "rule.choose")
	}
	return nil
}

// Due takes down the notices whose time has come, drops their photos, tells their authors, and returns how many
// there were. Boards that somebody writes on just now wait for the next round.
func (s *Boards) Due(ctx context.Context) (n int, err error) {
	now := s.now()
	err = s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var boards []uuid.UUID
		err := tx.NewRaw(`
			SELECT b.id FROM coop.boards b
			WHERE b.id IN (SELECT n.board_id FROM coop.notices n WHERE n.gone_at IS NULL AND n.expires_at <= ? ORDER BY n.expires_at LIMIT ?)
			ORDER BY b.id FOR UPDATE SKIP LOCKED`, now, perRound).Scan(ctx, &boards)
		if err != nil || len(boards) == 0 {
			return err
		}
		var items []inbox.Item
		err = tx.NewRaw(`
			WITH due AS (
				SELECT n.cooperative_id, n.id, n.board_id, n.member_id, n.expires_at, CASE WHEN n.title <> '' THEN n.title ELSE n.body END AS title,
					b.last_seq + row_number() OVER (PARTITION BY n.board_id ORDER BY n.seq) AS seq
				FROM coop.notices n JOIN coop.boards b ON b.id = n.board_id
				WHERE n.board_id IN (?) AND n.gone_at IS NULL AND n.expires_at <= ?
			), gone AS (
				UPDATE coop.notices n SET gone_at = ?, gone_by = n.member_id, expired_at = ?, top = 0
				FROM due d WHERE n.cooperative_id = d.cooperative_id AND n.id = d.id
			), unhung AS (
				DELETE FROM coop.notice_photos s USING due d WHERE s.cooperative_id = d.cooperative_id AND s.notice_id = d.id RETURNING s.cooperative_id, s.photo_id
			), dropped AS (
				UPDATE coop.photos f SET state = 'gone' FROM unhung u WHERE f.cooperative_id = u.cooperative_id AND f.id = u.photo_id
			), logged AS (
				INSERT INTO coop.board_log (cooperative_id, board_id, seq, kind, notice_id, at)
				SELECT cooperative_id, board_id, seq, 'gone', id, ? FROM due
			), counted AS (
				UPDATE coop.boards b SET last_seq = d.last FROM (SELECT board_id, max(seq) AS last FROM due GROUP BY board_id) d WHERE b.id = d.board_id
			)
			SELECT cooperative_id AS cooperative, member_id AS member, 'notice_ended' AS kind, id AS subject,
				'notice_ended:' || id || ':' || extract(epoch FROM expires_at) AS once, ?::timestamptz AS at, title
			FROM due`, bun.List(boards), now, now, now, now, now).Scan(ctx, &items)
		if err != nil {
			return err
		}
		for i := range items {
			items[i].Title = beginning(items[i].Title)
		}
		n = len(items)
		return tell(ctx, tx, items...)
	})
	return n, err
}

// Renew hangs a notice of the actor's own that ended back in its place, for so many days.
// It returns the board that changed.
func (s *Boards) Renew(ctx context.Context, actor coop.Actor, id coop.NoticeID, long int) (board coop.BoardID, err error) {
	if err := days(long); err != nil {
		return board, err
	}
	now := s.now()
	err = s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		err := tx.NewRaw(`SELECT board_id FROM coop.notices WHERE cooperative_id = ? AND id = ? AND member_id = ? AND gone_at IS NOT NULL`,
			actor.Cooperative, id, actor.Member).Scan(ctx, &board)
		if err != nil {
			return orNotFound(err)
		}
		seq, err := next(ctx, tx, actor, board)
		if err != nil {
			return err
		}
		var until any
		if long > 0 {
			until = now.AddDate(0, 0, long)
		}
		result, err := tx.NewRaw(`
			UPDATE coop.notices SET gone_at = NULL, gone_by = NULL, expired_at = NULL, expires_at = ?
			WHERE cooperative_id = ? AND id = ? AND member_id = ? AND expired_at IS NOT NULL AND gone_rule = ''`,
			until, actor.Cooperative, id, actor.Member).Exec(ctx)
		if err := moved(result, err); err != nil {
			return err
		}
		return write(ctx, tx, actor, change{board: board, seq: seq, kind: "back", notice: id, at: now})
	})
	return board, err
}
