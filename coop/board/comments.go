package board

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/participation"
	"lien/rule"
)

// commentColumns are a comment c and its author a.
const commentColumns = `c.id, c.notice_id AS notice, c.body, c.language, c.created_at, c.seq,
	` + authorColumns

// Comment answers a notice that the actor may read, in a language. Sending the same key
// again has no second effect. It returns the board that changed.
func (s *Boards) Comment(ctx context.Context, actor coop.Actor, notice coop.NoticeID, key uuid.UUID, body, lang string) (board coop.BoardID, err error) {
	if body, err = rule.Text("body", body, 1, LongestComment); err != nil {
		return board, err
	}
	if err = language(lang); err != nil {
		return board, err
	}
	err = s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if board, err = boardOf(ctx, tx, actor, notice); err != nil {
			return err
		}
		var id coop.CommentID
		if found, err := again(ctx, tx, actor, "comments", key, &id); found || err != nil {
			return err
		}
		return s.comment(ctx, tx, actor, board, notice, key, body, lang)
	})
	if errors.Is(err, errReplayed) {
		err = nil
	}
	return board, err
}

func (s *Boards) comment(ctx context.Context, tx bun.Tx, actor coop.Actor, board coop.BoardID, notice coop.NoticeID, key uuid.UUID, body, lang string) error {
	now := s.now()
	seq, err := next(ctx, tx, actor, board)
	if err != nil {
		return err
	}
	var kind Kind
	if err := tx.NewRaw(`SELECT kind FROM coop.notices WHERE cooperative_id = ? AND id = ?`, actor.Cooperative, notice).Scan(ctx, &kind); err != nil {
		return orNotFound(err)
	}
	if err := fresh(ctx, tx, actor, "comments", func(p Pace) int { return p.Comments }, urgent(kind), now); err != nil {
		return err
	}
	id := rule.NewID[coop.CommentID]()
	result, err := tx.NewRaw(`
		INSERT INTO coop.comments (cooperative_id, id, notice_id, seq, member_id, body, language, client_key, created_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (cooperative_id, member_id, client_key) DO NOTHING`,
		actor.Cooperative, id, notice, seq, actor.Member, body, lang, key, now).Exec(ctx)
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, errReplayed)
	}
	if err := count(ctx, tx, actor, notice, "comments", 1); err != nil {
		return err
	}
	if err := write(ctx, tx, actor, change{board: board, seq: seq, kind: "comment", notice: notice, comment: &id, at: now}); err != nil {
		return err
	}
	if err := tellAnswered(ctx, tx, actor, board, notice, now); err != nil {
		return err
	}
	return participation.Count(ctx, tx, actor.Cooperative, actor.Member, now, participation.Board)
}

// Thank thanks for a notice of somebody else's, or takes the thanks back. Thanking twice
// is thanking once. It returns the board that changed.
func (s *Boards) Thank(ctx context.Context, actor coop.Actor, notice coop.NoticeID, thanks bool) (board coop.BoardID, err error) {
	query := `DELETE FROM coop.thanks WHERE cooperative_id = ? AND notice_id = ? AND member_id = ?`
	args := []any{actor.Cooperative, notice, actor.Member}
	if thanks {
		query = `
			INSERT INTO coop.thanks (cooperative_id, notice_id, member_id, at)
			SELECT n.cooperative_id, n.id, m.id, ? FROM coop.notices n JOIN coop.members m ON m.cooperative_id = n.cooperative_id AND m.id <> n.member_id
			WHERE n.cooperative_id = ? AND n.id = ? AND m.id = ? ON CONFLICT DO NOTHING`
		args = append([]any{s.now()}, args...)
	}
	return s.counted(ctx, actor, notice, "thanks", thanks, query, args...)
}

// boardOf returns the board of a notice that is up and that the actor may read; one by
// somebody hidden is not there.
func boardOf(ctx context.Context, tx bun.Tx, actor coop.Actor, notice coop.NoticeID) (board coop.BoardID, err error) {
	err = tx.NewRaw(`
		SELECT b.id `+readable+` AND b.id = (
			SELECT n.board_id FROM coop.notices n
			WHERE n.cooperative_id = ? AND n.id = ? AND n.gone_at IS NULL AND NOT coop.hidden_between(n.cooperative_id, n.member_id, m.id))`,
		actor.Cooperative, actor.Member, actor.Cooperative, notice).Scan(ctx, &board)
	return board, orNotFound(err)
}

// count changes one of a notice's counts, under the board's lock.
func count(ctx context.Context, tx bun.Tx, actor coop.Actor, notice coop.NoticeID, what string, by int) error {
	result, err := tx.NewRaw(`UPDATE coop.notices SET ? = ? + (?) WHERE cooperative_id = ? AND id = ? AND gone_at IS NULL`,
		bun.Ident(what), bun.Ident(what), by, actor.Cooperative, notice).Exec(ctx)
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, rule.ErrNotFound) // taken down meanwhile
	}
	return nil
}

// Remark returns one comment that the actor reads, with its notice.
func (s *Boards) Remark(ctx context.Context, actor coop.Actor, id coop.CommentID) (n Notice, c Comment, err error) {
	var notice coop.NoticeID
	err = s.db.NewRaw(`SELECT notice_id FROM coop.comments WHERE cooperative_id = ? AND id = ? AND gone_at IS NULL`, actor.Cooperative, id).Scan(ctx, &notice)
	if err != nil {
		return n, c, orNotFound(err)
	}
	if _, n, err = s.Notice(ctx, actor, notice); err != nil {
		return n, c, err
	}
	for _, c := range n.Remarks {
		if c.ID == id && !n.Gone {
			return n, c, nil
		}
	}
	return n, c, rule.ErrNotFound
}
