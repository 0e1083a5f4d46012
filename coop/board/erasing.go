package board

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
)

// Erase takes away, within tx, all that a member pinned and commented, for good: notices
// leave their boards and comments their notices, and an empty text stays in the place of
// each. Open pages read it in the log. The thanks that others received stay.
func Erase(ctx context.Context, tx bun.IDB, member coop.Actor, now time.Time) error {
	for _, query := range []string{
		// The boards first, in their order, as everybody who writes on one does.
		`SELECT b.id FROM coop.boards b WHERE b.cooperative_id = ?0 AND b.id IN (
  SELECT n.board_id FROM coop.notices n WHERE n.cooperative_id = ?0 AND n.member_id = ?1
  UNION ALL SELECT n.board_id FROM coop.comments c JOIN coop.notices n ON n.cooperative_id = c.cooperative_id AND n.id = c.notice_id
  WHERE c.cooperative_id = ?0 AND c.member_id = ?1) ORDER BY b.id FOR UPDATE`,
		`WITH changed AS (
  SELECT n.board_id, n.id, 'gone' AS kind FROM coop.notices n WHERE n.cooperative_id = ?0 AND n.member_id = ?1 AND n.gone_at IS NULL
  UNION ALL
  SELECT DISTINCT n.board_id, n.id, 'counts' FROM coop.comments c JOIN coop.notices n ON n.cooperative_id = c.cooperative_id AND n.id = c.notice_id
  WHERE c.cooperative_id = ?0 AND c.member_id = ?1 AND c.gone_at IS NULL AND n.gone_at IS NULL AND n.member_id <> ?1
), heads AS (
  UPDATE coop.boards b SET last_seq = b.last_seq + k.n
  FROM (SELECT board_id, count(*) AS n FROM changed GROUP BY 1) k
  WHERE b.cooperative_id = ?0 AND b.id = k.board_id
  RETURNING b.id, b.last_seq - k.n AS seq
)
INSERT INTO coop.board_log (cooperative_id, board_id, seq, kind, notice_id, at)
SELECT ?0, c.board_id, h.seq + row_number() OVER (PARTITION BY c.board_id ORDER BY c.id), c.kind, c.id, ?2
FROM changed c JOIN heads h ON h.id = c.board_id`,
		`UPDATE coop.notices n SET comments = n.comments - k.n
FROM (SELECT notice_id, count(*) AS n FROM coop.comments WHERE cooperative_id = ?0 AND member_id = ?1 AND gone_at IS NULL GROUP BY 1) k
WHERE n.cooperative_id = ?0 AND n.id = k.notice_id`,
		`UPDATE coop.comments SET body = '', gone_at = coalesce(gone_at, ?2), gone_by = coalesce(gone_by, ?1) WHERE cooperative_id = ?0 AND member_id = ?1`,
		`UPDATE coop.notices SET title = '', body = '', gone_at = coalesce(gone_at, ?2), gone_by = coalesce(gone_by, ?1) WHERE cooperative_id = ?0 AND member_id = ?1`,
	} {
		if _, err := tx.NewRaw(query, member.Cooperative, member.Member, now).Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}
