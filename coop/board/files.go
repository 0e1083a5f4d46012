package board

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/inbox"
	"lien/rule"
)

// PerQueue is how many files a facilitator's queue shows, the longest waiting first, and
// Shortest how long a file's title is in a list, in characters.
const (
	PerQueue = 100
	shortest = 60
)

// Report lets the facilitators know that something which the actor reads breaks a rule.
// Reporting it again while they have not looked changes nothing. Nobody reports their own.
func (s *Boards) Report(ctx context.Context, actor coop.Actor, report Report) error {
	report, err := report.check()
	if err != nil {
		return err
	}
	now := s.now()
	return s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		board, err := boardOf(ctx, tx, actor, report.Notice)
		if err != nil {
			return err
		}
		if err := s.fewReports(ctx, tx, actor, now); err != nil {
			return err
		}
		file, err := openFile(ctx, tx, actor, board, report.Notice, report.Comment, now)
		if err != nil {
			return err
		}
		if file.author == actor.Member {
			return rule.ErrForbidden
		}
		if file.state != Unmoderated {
			return rule.ErrNotFound // hidden meanwhile
		}
		_, err = tx.NewRaw(`
			INSERT INTO coop.board_reports (cooperative_id, id, file_id, member_id, reason, words, at)
			VALUES (?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (cooperative_id, file_id, member_id) WHERE answered_at IS NULL DO NOTHING`,
			actor.Cooperative, uuid.Must(uuid.NewV7()), file.id, actor.Member, report.Reason, report.Words, now).Exec(ctx)
		return err
	})
}

// fewReports refuses who reported as much as the pace lets through in a day.
func (s *Boards) fewReports(ctx context.Context, tx bun.Tx, actor coop.Actor, now time.Time) error {
	p, _, err := paceOf(ctx, tx, actor, now)
	if err != nil {
		return err
	}
	var today int
	err = tx.NewRaw(`SELECT count(*) FROM coop.board_reports WHERE cooperative_id = ? AND member_id = ? AND at > ?`,
		actor.Cooperative, actor.Member, now.AddDate(0, 0, -1)).Scan(ctx, &today)
	if err == nil && today >= p.Reports {
		err = rule.Broken("reason", "moderation.too_many")
	}
	return err
}

// judged is a file under its lock, with what the rules of moderation ask.
type judged struct {
	id          coop.FileID
	board       coop.BoardID
	notice      coop.NoticeID
	comment     coop.CommentID
	author      coop.MemberID
	state       Moderation
	steps       int
	hidBy       coop.MemberID
	facilitates bool
}

// openFile returns, locked, the file of something that is up on a board, and makes it if
// need be.
func openFile(ctx context.Context, tx bun.Tx, actor coop.Actor, board coop.BoardID, notice coop.NoticeID, comment coop.CommentID, now time.Time) (j judged, err error) {
	_, err = tx.NewRaw(`
		INSERT INTO coop.board_files (cooperative_id, id, board_id, notice_id, comment_id, member_id, state, steps, opened_at)
		SELECT n.cooperative_id, ?, n.board_id, n.id, c.id, coalesce(c.member_id, n.member_id), 'none', 0, ?
		FROM coop.notices n
		LEFT JOIN coop.comments c ON c.cooperative_id = n.cooperative_id AND c.notice_id = n.id AND c.id = ? AND c.gone_at IS NULL
		WHERE n.cooperative_id = ? AND n.id = ? AND n.board_id = ? AND n.gone_at IS NULL AND (c.id IS NOT NULL OR ?)
		ON CONFLICT (cooperative_id, notice_id, comment_id) DO NOTHING`,
		rule.NewID[coop.FileID](), now, comment, actor.Cooperative, notice, board, comment.UUID == uuid.Nil).Exec(ctx)
	if err != nil {
		return j, err
	}
	return lockFile(ctx, tx, actor, `f.notice_id = ? AND f.comment_id IS NOT DISTINCT FROM ?`, notice, rule.OrNone(comment))
}

// lockFile locks the file that a condition names.
func lockFile(ctx context.Context, tx bun.Tx, actor coop.Actor, which string, args ...any) (j judged, err error) {
	err = tx.NewRaw(`
		SELECT f.id, f.board_id, f.notice_id, coalesce(f.comment_id, ?), f.member_id, f.state, f.steps,
			coalesce((SELECT r.by_member_id FROM coop.board_rulings r WHERE r.cooperative_id = f.cooperative_id AND r.file_id = f.id AND r.step = 'hide' ORDER BY n DESC LIMIT 1), ?),
			`+coop.Facilitates+`
		FROM coop.board_files f
		WHERE f.cooperative_id = ? AND `+which+`
		FOR UPDATE OF f`, append([]any{uuid.Nil, uuid.Nil, actor.Cooperative, actor.Member, actor.Cooperative}, args...)...).
		Scan(ctx, &j.id, &j.board, &j.notice, &j.comment, &j.author, &j.state, &j.steps, &j.hidBy, &j.facilitates)
	return j, orNotFound(err)
}

// Decide makes a step of moderation: facilitators keep, hide, restore or uphold, and the
// author contests. Everybody whom it concerns is told. It answers ErrMoved when somebody
// else was first, and returns the board, which changes where something is hidden or
// restored.
func (s *Boards) Decide(ctx context.Context, actor coop.Actor, id coop.FileID, asked Decision) (board coop.BoardID, err error) {
	err = s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		err := tx.NewRaw(`SELECT board_id FROM coop.board_files f WHERE cooperative_id = ? AND id = ? AND `+concerned,
			actor.Cooperative, id, actor.Member, actor.Cooperative, actor.Member).Scan(ctx, &board)
		if err != nil {
			return orNotFound(err)
		}
		var seq int64
		if asked.Step == ToHide || asked.Step == ToRestore {
			if seq, err = turn(ctx, tx, actor, board); err != nil {
				return err
			}
		}
		j, err := lockFile(ctx, tx, actor, `f.id = ?`, id)
		if err != nil {
			return err
		}
		if j.steps != asked.Seen {
			return rule.ErrMoved
		}
		return s.decide(ctx, tx, actor, j, asked, seq)
	})
	return board, err
}

// concerned is a file f of the actor's own words, or on the desk of a facilitator who did
// not write it; it asks for the member, the cooperative and the member.
var concerned = `(f.member_id = ? OR ` + onDesk + ` AND ` + coop.Facilitates + `)`

// onDesk is a file f that facilitators look at.
const onDesk = `(f.state <> 'none' OR EXISTS (
	SELECT FROM coop.board_reports t WHERE t.cooperative_id = f.cooperative_id AND t.file_id = f.id AND t.answered_at IS NULL))`

// turn takes the next number of a board for whoever moderates it, under its lock.
func turn(ctx context.Context, tx bun.Tx, actor coop.Actor, board coop.BoardID) (seq int64, err error) {
	err = tx.NewRaw(`UPDATE coop.boards SET last_seq = last_seq + 1 WHERE cooperative_id = ? AND id = ? RETURNING last_seq`,
		actor.Cooperative, board).Scan(ctx, &seq)
	return seq, orNotFound(err)
}

// decide makes the step on a locked file; seq is the board's number for what changes on it.
func (s *Boards) decide(ctx context.Context, tx bun.Tx, actor coop.Actor, j judged, asked Decision, seq int64) error {
	line, found := ruled(asked.Step, j.state)
	if !found {
		return rule.ErrMoved
	}
	if !line.May(actor.Member, j.author, j.hidBy, j.facilitates) {
		return rule.ErrForbidden
	}
	asked, err := asked.check()
	if err != nil {
		return err
	}
	_, err = tx.NewRaw(`
		INSERT INTO coop.board_rulings (cooperative_id, file_id, n, step, from_state, to_state, by_member_id, rule, words, at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		actor.Cooperative, j.id, j.steps+1, line.Step, line.From, line.To, actor.Member, asked.Rule, asked.Words, s.now()).Exec(ctx)
	if err != nil {
		return err
	}
	_, err = tx.NewRaw(`UPDATE coop.board_files SET state = ?, steps = ? WHERE cooperative_id = ? AND id = ?`,
		line.To, j.steps+1, actor.Cooperative, j.id).Exec(ctx)
	if err != nil {
		return err
	}
	switch line.Step {
	case ToHide:
		err = s.hide(ctx, tx, actor, j, asked.Rule, seq)
	case ToRestore:
		err = s.restore(ctx, tx, actor, j, seq)
	}
	if err != nil {
		return err
	}
	return s.tellRuling(ctx, tx, actor, j, line.Step)
}

// tellRuling lets the author know what was decided, and who reported that somebody looked.
// Nobody is told who reported.
func (s *Boards) tellRuling(ctx context.Context, tx bun.Tx, actor coop.Actor, j judged, step Verdict) error {
	kind := map[Verdict]string{ToHide: "notice_hidden", ToRestore: "notice_restored", ToUphold: "notice_upheld"}[step]
	title, err := titleOf(ctx, tx, actor, j.id)
	if err != nil {
		return err
	}
	item := inbox.Item{Cooperative: actor.Cooperative, Subject: j.id.UUID, Title: title, At: s.now()}
	var items []inbox.Item
	if kind != "" {
		told := item
		told.Member, told.Kind, told.Once = j.author, kind, kind+":"+j.id.String()+":"+s.now().UTC().Format(time.RFC3339Nano)
		items = append(items, told)
	}
	if step == ToKeep || step == ToHide {
		answered, err := s.answerReports(ctx, tx, item, j.id)
		if err != nil {
			return err
		}
		items = append(items, answered...)
	}
	return tell(ctx, tx, items...)
}

// answerReports marks what was reported as looked at, and returns what tells so.
func (s *Boards) answerReports(ctx context.Context, tx bun.Tx, item inbox.Item, file coop.FileID) (items []inbox.Item, err error) {
	var answered []struct {
		ID     uuid.UUID
		Member coop.MemberID
	}
	err = tx.NewRaw(`
		UPDATE coop.board_reports SET answered_at = ?
		WHERE cooperative_id = ? AND file_id = ? AND answered_at IS NULL
		RETURNING id, member_id AS member`, s.now(), item.Cooperative, file).Scan(ctx, &answered)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	for _, a := range answered {
		item.Member, item.Kind, item.Once = a.Member, "notice_looked_at", "report:"+a.ID.String()
		items = append(items, item)
	}
	return items, err
}

// titleOf is the beginning of what a file is about.
func titleOf(ctx context.Context, tx bun.IDB, actor coop.Actor, id coop.FileID) (title string, err error) {
	err = tx.NewRaw(`
		SELECT CASE WHEN c.id IS NOT NULL THEN c.body WHEN n.title <> '' THEN n.title ELSE n.body END
		FROM coop.board_files f
		JOIN coop.notices n ON n.cooperative_id = f.cooperative_id AND n.id = f.notice_id
		LEFT JOIN coop.comments c ON c.cooperative_id = f.cooperative_id AND c.id = f.comment_id
		WHERE f.cooperative_id = ? AND f.id = ?`, actor.Cooperative, id).Scan(ctx, &title)
	return beginning(title), err
}

// fileColumns are a file f, with what it is about in n and c, and its author a.
const fileColumns = `f.id, f.board_id AS board, f.notice_id AS notice, f.comment_id AS comment, f.state,
	CASE WHEN c.id IS NULL THEN n.title ELSE '' END AS title, coalesce(c.body, n.body) AS body, coalesce(c.language, n.language) AS language,
	coalesce((SELECT r.rule FROM coop.board_rulings r WHERE r.cooperative_id = f.cooperative_id AND r.file_id = f.id AND r.step = 'hide' ORDER BY r.n DESC LIMIT 1), '') AS rule, ` + pictureColumn + `, ` + authorColumns

const fileTables = `
	JOIN coop.notices n ON n.cooperative_id = f.cooperative_id AND n.id = f.notice_id
	LEFT JOIN coop.comments c ON c.cooperative_id = f.cooperative_id AND c.id = f.comment_id
	JOIN coop.members a ON a.cooperative_id = f.cooperative_id AND a.id = f.member_id`

// Queue returns, to a facilitator, what waits: contested first, then what was reported and
// is still up, the longest waiting first; never what they wrote themselves. Others get
// ErrNotFound.
func (s *Boards) Queue(ctx context.Context, actor coop.Actor) (files []File, err error) {
	if err := coop.HideFromOthers(ctx, s.db, actor); err != nil {
		return nil, err
	}
	err = s.db.NewRaw(`
		SELECT `+fileColumns+`, q.reports, q.since
		FROM (
			SELECT t.file_id, count(*) AS reports, min(t.at) AS since
			FROM coop.board_reports t WHERE t.cooperative_id = ? AND t.answered_at IS NULL GROUP BY t.file_id
			UNION ALL
			SELECT k.id, 0, (SELECT max(r.at) FROM coop.board_rulings r WHERE r.cooperative_id = k.cooperative_id AND r.file_id = k.id)
			FROM coop.board_files k WHERE k.cooperative_id = ? AND k.state = 'contested'
		) q
		JOIN coop.board_files f ON f.cooperative_id = ? AND f.id = q.file_id`+fileTables+`
		WHERE f.member_id <> ? AND (f.state = 'contested' AND q.reports = 0
			OR f.state = 'none' AND q.reports > 0 AND n.gone_at IS NULL AND c.gone_at IS NULL)
		ORDER BY f.state, q.since, f.id
		LIMIT ?`, actor.Cooperative, actor.Cooperative, actor.Cooperative, actor.Member, PerQueue).Scan(ctx, &files)
	return files, err
}

// Waiting counts what waits for a facilitator, PerQueue at most.
func (s *Boards) Waiting(ctx context.Context, actor coop.Actor) (n int, err error) {
	files, err := s.Queue(ctx, actor)
	return len(files), err
}

// Reported returns, to a facilitator who did not write it, a file that is on the desk, with
// what neighbours said and nobody answered yet.
func (s *Boards) Reported(ctx context.Context, actor coop.Actor, id coop.FileID) (f File, told []Told, err error) {
	f, err = s.file(ctx, actor, `f.id = ? AND f.member_id <> ? AND `+onDesk+` AND `+coop.Facilitates, id, actor.Member, actor.Cooperative, actor.Member)
	if err != nil {
		return f, nil, err
	}
	err = s.db.NewRaw(`
		SELECT t.id, t.reason, t.words, t.at, `+by+`
		FROM coop.board_reports t JOIN coop.members m ON m.cooperative_id = t.cooperative_id AND m.id = t.member_id
		WHERE t.cooperative_id = ? AND t.file_id = ? AND t.answered_at IS NULL
		ORDER BY t.at, t.id LIMIT ?`, actor.Cooperative, id, PerQueue).Scan(ctx, &told)
	return f, told, err
}

// by is a member m who said or decided something.
const by = `m.id AS by_id, CASE WHEN m.state = 'left' THEN '' ELSE m.name END AS by_name, false AS by_facilitator`

func (s *Boards) file(ctx context.Context, actor coop.Actor, which string, args ...any) (f File, err error) {
	err = s.db.NewRaw(`SELECT `+fileColumns+` FROM coop.board_files f`+fileTables+` WHERE f.cooperative_id = ? AND `+which,
		append([]any{actor.Cooperative}, args...)...).Scan(ctx, &f)
	return f, orNotFound(err)
}

// Own returns a file about the actor's own words, once something was decided.
func (s *Boards) Own(ctx context.Context, actor coop.Actor, id coop.FileID) (File, error) {
	return s.file(ctx, actor, `f.id = ? AND f.member_id = ? AND f.steps > 0`, id, actor.Member)
}

// OwnFile returns the file about a notice of the actor's own that is hidden.
func (s *Boards) OwnFile(ctx context.Context, actor coop.Actor, notice coop.NoticeID) (File, error) {
	return s.file(ctx, actor, `f.notice_id = ? AND f.comment_id IS NULL AND f.member_id = ? AND f.state <> 'none'`, notice, actor.Member)
}

// Rulings returns what was decided about a file, first to last: to its author, and to
// facilitators while it is on the desk. Others get none.
func (s *Boards) Rulings(ctx context.Context, actor coop.Actor, id coop.FileID) (all []Ruling, err error) {
	err = s.db.NewRaw(`
		SELECT r.n, r.step, r.from_state AS "from", r.to_state AS "to", r.rule, r.words, r.at, `+by+`
		FROM coop.board_rulings r
		JOIN coop.board_files f ON f.cooperative_id = r.cooperative_id AND f.id = r.file_id
		JOIN coop.members m ON m.cooperative_id = r.cooperative_id AND m.id = r.by_member_id
		WHERE r.cooperative_id = ? AND r.file_id = ? AND `+concerned+`
		ORDER BY r.n DESC LIMIT ?`, actor.Cooperative, id, actor.Member, actor.Cooperative, actor.Member, PerQueue).Scan(ctx, &all)
	slices.Reverse(all)
	return all, err
}

// Hidden lists what the actor wrote on a board and a facilitator hid within thirty days,
// with the rule that was named, three at most.
func (s *Boards) Hidden(ctx context.Context, actor coop.Actor, board coop.BoardID) (files []File, err error) {
	err = s.db.NewRaw(`
		SELECT `+fileColumns+`
		FROM coop.board_files f`+fileTables+`
		WHERE f.cooperative_id = ? AND f.member_id = ? AND f.board_id = ? AND f.state <> 'none' AND coalesce(c.gone_at, n.gone_at) > ?
		ORDER BY f.opened_at DESC, f.id DESC LIMIT 3`,
		actor.Cooperative, actor.Member, board, s.now().AddDate(0, 0, -30)).Scan(ctx, &files)
	return files, err
}
