package board

import (
	"context"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// mostEdits is how often one notice may change: who has more to say pins another one.
const mostEdits = 20

// Edition is what a notice said until it was changed.
type Edition struct {
	N        int
	Kind     Kind
	Title    string
	Body     string
	Language string
	UntilAt  time.Time
}

// Edit changes what a notice of the actor's own says, while it is up; what it said before
// stays to be read. Seen is how many changes the page had shown: who missed one gets
// ErrMoved. The same text again changes nothing. Key and Days of the draft are not asked.
// It returns the board that changed.
func (s *Boards) Edit(ctx context.Context, actor coop.Actor, id coop.NoticeID, seen int, d Draft) (board coop.BoardID, err error) {
	if d, err = d.check(); err != nil {
		return board, err
	}
	err = s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if board, err = boardOf(ctx, tx, actor, id); err != nil {
			return err
		}
		seq, err := next(ctx, tx, actor, board)
		if err != nil {
			return err
		}
		was, err := own(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		if was.Kind == d.Kind && was.Title == d.Title && was.Body == d.Body && was.Language == d.Language {
			return errReplayed // nothing changed: the number is given back
		}
		if was.Edits != seen {
			return rule.ErrMoved
		}
		if err := s.mayEdit(ctx, tx, actor, was, d.Kind); err != nil {
			return err
		}
		return s.edit(ctx, tx, actor, board, was, d, seq)
	})
	if errors.Is(err, errReplayed) {
		err = nil
	}
	return board, err
}

// own is a notice that the actor wrote and that is up.
func own(ctx context.Context, tx bun.IDB, actor coop.Actor, id coop.NoticeID) (n Notice, err error) {
	err = tx.NewRaw(`SELECT id, kind, title, body, language, edits FROM coop.notices
		WHERE cooperative_id = ? AND id = ? AND member_id = ? AND gone_at IS NULL`, actor.Cooperative, id, actor.Member).Scan(ctx, &n)
	return n, orNotFound(err)
}

func (s *Boards) mayEdit(ctx context.Context, tx bun.Tx, actor coop.Actor, was Notice, kind Kind) error {
	if was.Edits >= mostEdits {
		return rule.Broken("body", "board.rule.edits")
	}
	if kind != Alert || was.Kind == Alert {
		return nil
	}
	may, err := coop.Facilitating(ctx, tx, actor)
	if err == nil && !may {
		err = rule.Broken("kind", "rule.choose")
	}
	return err
}

func (s *Boards) edit(ctx context.Context, tx bun.Tx, actor coop.Actor, board coop.BoardID, was Notice, d Draft, seq int64) error {
	now := s.now()
	_, err := tx.NewRaw(`
		INSERT INTO coop.notice_edits (cooperative_id, notice_id, n, kind, title, body, language, until_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		actor.Cooperative, was.ID, was.Edits+1, was.Kind, was.Title, was.Body, was.Language, now).Exec(ctx)
	if err != nil {
		return err
	}
	_, err = tx.NewRaw(`
		UPDATE coop.notices SET kind = ?, title = ?, body = ?, language = ?, edits = edits + 1, edited_at = ?
		WHERE cooperative_id = ? AND id = ?`,
		d.Kind, d.Title, d.Body, d.Language, now, actor.Cooperative, was.ID).Exec(ctx)
	if err != nil {
		return err
	}
	return write(ctx, tx, actor, change{board: board, seq: seq, kind: "edit", notice: was.ID, at: now})
}

// Editions lists what a notice that the actor reads said before, the latest first.
func (s *Boards) Editions(ctx context.Context, actor coop.Actor, id coop.NoticeID) (n Notice, list []Edition, err error) {
	if _, n, err = s.Notice(ctx, actor, id); err != nil {
		return n, nil, err
	}
	if n.Gone {
		return n, nil, rule.ErrNotFound
	}
	err = s.db.NewRaw(`
		SELECT n, kind, title, body, language, until_at FROM coop.notice_edits
		WHERE cooperative_id = ? AND notice_id = ? ORDER BY n DESC LIMIT ?`, actor.Cooperative, id, mostEdits).Scan(ctx, &list)
	return n, list, err
}

// MostAtTop is how many notices hang at the top of a board: more, and nothing does.
const MostAtTop = 3

// KeepAtTop hangs a notice at the top of its board, or lets it go back to its place; only
// a facilitator may. It returns the board that changed, and *rule.Invalid of the field
// "top" when there is no room.
func (s *Boards) KeepAtTop(ctx context.Context, actor coop.Actor, id coop.NoticeID, top bool) (board coop.BoardID, err error) {
	err = s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := coop.HideFromOthers(ctx, tx, actor); err != nil {
			return err
		}
		if board, err = boardOf(ctx, tx, actor, id); err != nil {
			return err
		}
		seq, err := next(ctx, tx, actor, board)
		if err != nil {
			return err
		}
		at := int64(0)
		if top {
			at = seq
		}
		if err := s.setTop(ctx, tx, actor, board, id, at); err != nil {
			return err
		}
		return write(ctx, tx, actor, change{board: board, seq: seq, kind: "top", notice: id, at: s.now()})
	})
	if errors.Is(err, errReplayed) {
		err = nil
	}
	return board, err
}

func (s *Boards) setTop(ctx context.Context, tx bun.Tx, actor coop.Actor, board coop.BoardID, id coop.NoticeID, at int64) error {
	result, err := tx.NewRaw(`UPDATE coop.notices SET top = ? WHERE cooperative_id = ? AND id = ? AND (top > 0) <> ? AND gone_at IS NULL`,
		at, actor.Cooperative, id, at > 0).Exec(ctx)
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, errReplayed)
	}
	var n int
	err = tx.NewRaw(`SELECT count(*) FROM coop.notices WHERE cooperative_id = ? AND board_id = ? AND top > 0 AND gone_at IS NULL`,
		actor.Cooperative, board).Scan(ctx, &n)
	if err == nil && n > MostAtTop {
		err = rule.Broken("top", "board.rule.top", "most", MostAtTop)
	}
	return err
}
