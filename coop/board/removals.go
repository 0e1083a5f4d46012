package board

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// TakeDown removes a notice from its board: its author without a word, a facilitator by
// naming the charter's rule, which the author then reads. Anybody else finds nothing. It
// returns the board that changed.
func (s *Boards) TakeDown(ctx context.Context, actor coop.Actor, notice coop.NoticeID, named string) (board coop.BoardID, err error) {
	err = s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if board, err = boardOf(ctx, tx, actor, notice); err != nil {
			return err
		}
		seq, err := next(ctx, tx, actor, board)
		if err != nil {
			return err
		}
		if named, err = s.mayTakeDown(ctx, tx, actor, "notices", notice, named); err != nil {
			return err
		}
		result, err := tx.NewRaw(`UPDATE coop.notices SET gone_at = ?, gone_by = ?, gone_rule = ? WHERE cooperative_id = ? AND id = ? AND gone_at IS NULL`,
			s.now(), actor.Member, named, actor.Cooperative, notice).Exec(ctx)
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, errReplayed)
		}
		return write(ctx, tx, actor, change{board: board, seq: seq, kind: "gone", notice: notice, at: s.now()})
	})
	if errors.Is(err, errReplayed) {
		err = rule.ErrMoved
	}
	return board, err
}

// TakeDownComment removes a comment: its author, or a facilitator. The notice goes on
// in the log as it is then, since an older comment may take the place. It returns the board that
// changed, and the notice.
func (s *Boards) TakeDownComment(ctx context.Context, actor coop.Actor, id coop.CommentID) (board coop.BoardID, notice coop.NoticeID, err error) {
	err = s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		err := tx.NewRaw(`SELECT notice_id FROM coop.comments WHERE cooperative_id = ? AND id = ? AND gone_at IS NULL`,
			actor.Cooperative, id).Scan(ctx, &notice)
		if err != nil {
			return orNotFound(err)
		}
		if board, err = boardOf(ctx, tx, actor, notice); err != nil {
			return err
		}
		return s.takeDownComment(ctx, tx, actor, board, notice, id)
	})
	return board, notice, err
}

func (s *Boards) takeDownComment(ctx context.Context, tx bun.Tx, actor coop.Actor, board coop.BoardID, notice coop.NoticeID, id coop.CommentID) error {
	seq, err := next(ctx, tx, actor, board)
	if err != nil {
		return err
	}
	if _, err := s.mayTakeDown(ctx, tx, actor, "comments", id, Rules()[0]); err != nil {
		return err
	}
	result, err := tx.NewRaw(`UPDATE coop.comments SET gone_at = ?, gone_by = ? WHERE cooperative_id = ? AND id = ? AND gone_at IS NULL`,
		s.now(), actor.Member, actor.Cooperative, id).Exec(ctx)
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, rule.ErrMoved)
	}
	if err := count(ctx, tx, actor, notice, "comments", -1); err != nil {
		return err
	}
	return write(ctx, tx, actor, change{board: board, seq: seq, kind: "counts", notice: notice, comment: &id, at: s.now()})
}

// mayTakeDown returns the rule to be kept: none for the author, the named one for a
// facilitator.
func (s *Boards) mayTakeDown(ctx context.Context, tx bun.Tx, actor coop.Actor, table string, id any, named string) (string, error) {
	var author coop.MemberID
	err := tx.NewRaw(`SELECT member_id FROM coop.? WHERE cooperative_id = ? AND id = ?`, bun.Ident(table), actor.Cooperative, id).Scan(ctx, &author)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return "", rule.ErrNotFound
	case err != nil:
		return "", err
	case author == actor.Member:
		return "", nil
	}
	may, err := facilitates(ctx, tx, actor)
	switch {
	case err != nil:
		return "", err
	case !may:
		return "", rule.ErrNotFound
	case !slices.Contains(Rules(), named):
		return "", rule.Broken("rule", "rule.choose")
	}
	return named, nil
}
