package board

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

// Boards are the cooperative's notice boards.
type Boards struct {
	db  bun.IDB
	now func() time.Time
}

// NewBoards returns the boards kept in db; now tells the time.
func NewBoards(db bun.IDB, now func() time.Time) *Boards {
	return &Boards{db: db, now: now}
}

// readable joins the boards b that a member m may read: active, and living in the board's
// place. Every query that shows or changes something of a board goes through it.
const readable = `
	FROM coop.members m
	JOIN coop.places p ON p.cooperative_id = m.cooperative_id AND p.id = m.place_id
	JOIN coop.boards b ON b.cooperative_id = m.cooperative_id AND (b.place_id IS NULL OR b.place_id = ANY (p.path))
	WHERE m.state IN ('welcomed', 'active') AND m.cooperative_id = ? AND m.id = ?`

// Readable lists the boards that the actor may read, the nearest first.
func (s *Boards) Readable(ctx context.Context, actor coop.Actor) (boards []Board, err error) {
	err = s.db.NewRaw(asRead+`ORDER BY b.depth DESC NULLS LAST, b.id`, actor.Cooperative, actor.Member).Scan(ctx, &boards)
	return boards, err
}

// asRead selects the boards that a member may read, with what is new to them: what was
// pinned before they joined is there to read, and is not news.
const asRead = `
	SELECT b.id, b.name, b.place_id IS NOT NULL AS place, b.last_seq AS at,
		f.seq AS read, coalesce(r.at, b.since) AS read_at, u.n AS unread, u.alerts, q.at IS NOT NULL AS muted
	FROM (SELECT b.*, m.id AS reader, m.joined_at AS since, array_position(p.path, b.place_id) AS depth ` + readable + `) b
	LEFT JOIN coop.board_reads r ON r.cooperative_id = b.cooperative_id AND r.board_id = b.id AND r.member_id = b.reader
	LEFT JOIN coop.board_mutes q ON q.cooperative_id = b.cooperative_id AND q.board_id = b.id AND q.member_id = b.reader
	CROSS JOIN LATERAL (
		SELECT coalesce(r.seq, (
			SELECT max(n.seq) FROM coop.notices n
			WHERE n.cooperative_id = b.cooperative_id AND n.board_id = b.id AND n.created_at < b.since AND n.gone_at IS NULL
		), 0) AS seq
	) f
	CROSS JOIN LATERAL (
		SELECT count(*) AS n, count(*) FILTER (WHERE s.kind = 'alert') AS alerts FROM (
			SELECT n.kind FROM coop.notices n
			WHERE n.cooperative_id = b.cooperative_id AND n.board_id = b.id AND n.seq > f.seq
				AND n.member_id <> b.reader AND n.gone_at IS NULL
				AND n.member_id <> ALL (ARRAY(SELECT coop.hidden_from(b.cooperative_id, b.reader)))
			LIMIT 100) s
	) u
`

// Unread counts what is new for the actor on all their boards, 100 at most on each; on
// those that they muted, alerts alone.
func (s *Boards) Unread(ctx context.Context, actor coop.Actor) (total int, err error) {
	boards, err := s.Readable(ctx, actor)
	for _, b := range boards {
		total += b.Heard()
	}
	return total, err
}

// One returns a board that the actor may read.
func (s *Boards) One(ctx context.Context, actor coop.Actor, id coop.BoardID) (b Board, err error) {
	err = s.db.NewRaw(asRead+`WHERE b.id = ?`, actor.Cooperative, actor.Member, id).Scan(ctx, &b)
	return b, orNotFound(err)
}

// MayRead reports whether the member may read the board now.
func (s *Boards) MayRead(ctx context.Context, member coop.MemberID, id coop.BoardID) (may bool, err error) {
	err = s.db.NewRaw(`
		SELECT EXISTS (SELECT `+readable+` AND b.id = ?)
		FROM coop.members me WHERE me.id = ?`,
		bun.Safe("me.cooperative_id"), member, id, member).Scan(ctx, &may)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return may, err
}

// Saw moves the actor's mark on a board forward to the entry they have seen; it never
// moves back, nor beyond what is there.
func (s *Boards) Saw(ctx context.Context, actor coop.Actor, id coop.BoardID, seq int64) error {
	_, err := s.db.NewRaw(`
		INSERT INTO coop.board_reads AS r (cooperative_id, board_id, member_id, seq, at)
		SELECT b.cooperative_id, b.id, m.id, least(b.last_seq, ?), ? `+readable+` AND b.id = ?
		ON CONFLICT (cooperative_id, board_id, member_id) DO UPDATE SET seq = excluded.seq, at = excluded.at
		WHERE r.seq < excluded.seq`, seq, s.now(), actor.Cooperative, actor.Member, id).Exec(ctx)
	return err
}

// next takes the next number of a board that the actor may read, under its lock. A board
// that is not theirs is not there.
func next(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.BoardID) (seq int64, err error) {
	err = tx.NewRaw(`
		UPDATE coop.boards SET last_seq = last_seq + 1
		WHERE cooperative_id = ? AND id = (SELECT b.id `+readable+` AND b.id = ?)
		RETURNING last_seq`, actor.Cooperative, actor.Cooperative, actor.Member, id).Scan(ctx, &seq)
	return seq, orNotFound(err)
}

// change is one line of a board's log.
type change struct {
	board   coop.BoardID
	seq     int64
	kind    string
	notice  coop.NoticeID
	comment *coop.CommentID
	at      time.Time
}

func write(ctx context.Context, tx bun.Tx, actor coop.Actor, c change) error {
	_, err := tx.NewRaw(`
		INSERT INTO coop.board_log (cooperative_id, board_id, seq, kind, notice_id, comment_id, at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		actor.Cooperative, c.board, c.seq, c.kind, c.notice, c.comment, c.at).Exec(ctx)
	return err
}

// again returns what the same key wrote before; found is false the first time.
func again(ctx context.Context, tx bun.IDB, actor coop.Actor, table string, key uuid.UUID, id any) (found bool, err error) {
	err = tx.NewRaw(`SELECT id FROM coop.? WHERE cooperative_id = ? AND member_id = ? AND client_key = ?`,
		bun.Ident(table), actor.Cooperative, actor.Member, key).Scan(ctx, id)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

func orNotFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return rule.ErrNotFound
	}
	return err
}
