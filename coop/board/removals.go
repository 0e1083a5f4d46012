package board

import (
	"context"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/inbox"
	"lien/rule"
)

// TakeDown removes a notice from its board: its author without a word, a facilitator by
// naming the charter's rule in a Decision whose Step and Seen are not asked, which the
// author then reads and may answer. Anybody else finds nothing. It returns the board that
// changed.
func (s *Boards) TakeDown(ctx context.Context, actor coop.Actor, notice coop.NoticeID, named Decision) (board coop.BoardID, err error) {
	err = s.takeDown(ctx, actor, &board, notice, coop.CommentID{}, named)
	return board, err
}

// TakeDownComment removes a comment as TakeDown removes a notice. The notice goes on in the
// log as it is then, since an older comment may take the place. It returns the board that
// changed, and the notice.
func (s *Boards) TakeDownComment(ctx context.Context, actor coop.Actor, id coop.CommentID, named Decision) (board coop.BoardID, notice coop.NoticeID, err error) {
	err = s.db.NewRaw(`SELECT notice_id FROM coop.comments WHERE cooperative_id = ? AND id = ? AND gone_at IS NULL`,
		actor.Cooperative, id).Scan(ctx, &notice)
	if err == nil {
		err = s.takeDown(ctx, actor, &board, notice, id, named)
	}
	return board, notice, orNotFound(err)
}

func (s *Boards) takeDown(ctx context.Context, actor coop.Actor, board *coop.BoardID, notice coop.NoticeID, comment coop.CommentID, named Decision) error {
	return s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) (err error) {
		if *board, err = boardOf(ctx, tx, actor, notice); err != nil {
			return err
		}
		seq, err := next(ctx, tx, actor, *board)
		if err != nil {
			return err
		}
		file, err := openFile(ctx, tx, actor, *board, notice, comment, s.now())
		if err != nil {
			return err
		}
		if file.state != Unmoderated {
			return rule.ErrMoved
		}
		if file.author == actor.Member {
			return s.withdraw(ctx, tx, actor, file, seq)
		}
		if !file.facilitates {
			return rule.ErrNotFound
		}
		named.Step = ToHide
		return s.decide(ctx, tx, actor, file, named, seq)
	})
}

// withdraw takes down what its own author wrote; who reported it is told that it was seen
// to.
func (s *Boards) withdraw(ctx context.Context, tx bun.Tx, actor coop.Actor, j judged, seq int64) error {
	if err := s.hide(ctx, tx, actor, j, "", seq); err != nil {
		return err
	}
	if j.comment == (coop.CommentID{}) {
		if err := dropPhotos(ctx, tx, actor.Cooperative, j.notice); err != nil { // it never comes back
			return err
		}
	}
	title, err := titleOf(ctx, tx, actor, j.id)
	if err != nil {
		return err
	}
	items, err := s.answerReports(ctx, tx, inbox.Item{Cooperative: actor.Cooperative, Subject: j.id.UUID, Title: title, At: s.now()}, j.id)
	if err != nil {
		return err
	}
	return tell(ctx, tx, items...)
}

// hide takes a notice or a comment off its board, for a rule or for none, and writes the
// board's log.
func (s *Boards) hide(ctx context.Context, tx bun.Tx, actor coop.Actor, j judged, named string, seq int64) error {
	now := s.now()
	if j.comment != (coop.CommentID{}) {
		if err := s.setComment(ctx, tx, actor, j, &now, -1); err != nil {
			return err
		}
		return write(ctx, tx, actor, change{board: j.board, seq: seq, kind: "counts", notice: j.notice, comment: &j.comment, at: now})
	}
	result, err := tx.NewRaw(`UPDATE coop.notices SET gone_at = ?, gone_by = ?, gone_rule = ?, top = 0 WHERE cooperative_id = ? AND id = ? AND gone_at IS NULL`,
		now, actor.Member, named, actor.Cooperative, j.notice).Exec(ctx)
	if err := moved(result, err); err != nil {
		return err
	}
	return write(ctx, tx, actor, change{board: j.board, seq: seq, kind: "gone", notice: j.notice, at: now})
}

// restore puts back what was hidden, where it was.
func (s *Boards) restore(ctx context.Context, tx bun.Tx, actor coop.Actor, j judged, seq int64) error {
	if j.comment != (coop.CommentID{}) {
		if err := s.setComment(ctx, tx, actor, j, nil, 1); err != nil {
			return err
		}
		return write(ctx, tx, actor, change{board: j.board, seq: seq, kind: "counts", notice: j.notice, comment: &j.comment, at: s.now()})
	}
	result, err := tx.NewRaw(`UPDATE coop.notices SET gone_at = NULL, gone_by = NULL, gone_rule = '', expired_at = NULL WHERE cooperative_id = ? AND id = ? AND gone_at IS NOT NULL`,
		actor.Cooperative, j.notice).Exec(ctx)
	if err := moved(result, err); err != nil {
		return err
	}
	return write(ctx, tx, actor, change{board: j.board, seq: seq, kind: "back", notice: j.notice, at: s.now()})
}

// setComment marks a comment as gone, or as there again, and counts it.
func (s *Boards) setComment(ctx context.Context, tx bun.Tx, actor coop.Actor, j judged, gone *time.Time, by int) error {
	var who any
	if gone != nil {
		who = actor.Member
	}
	result, err := tx.NewRaw(`UPDATE coop.comments SET gone_at = ?, gone_by = ? WHERE cooperative_id = ? AND id = ? AND (gone_at IS NULL) = ?`,
		gone, who, actor.Cooperative, j.comment, gone != nil).Exec(ctx)
	if err := moved(result, err); err != nil {
		return err
	}
	_, err = tx.NewRaw(`UPDATE coop.notices SET comments = comments + (?) WHERE cooperative_id = ? AND id = ?`, by, actor.Cooperative, j.notice).Exec(ctx)
	return err
}

// moved answers ErrMoved when a statement found nothing to change.
func moved(result interface{ RowsAffected() (int64, error) }, err error) error {
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, rule.ErrMoved)
	}
	return nil
}
