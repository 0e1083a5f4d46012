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

// Draft is what somebody wrote and has not pinned yet. Language is that of the text, and
// Days one of Days.
type Draft struct {
	Key      uuid.UUID
	Kind     Kind
	Title    string
	Body     string
	Language string
	Days     int
}

// perPage is how many notices a board shows at once.
const perPage = 50

// errReplayed ends a transaction whose key was used meanwhile, so that it leaves no gap.
var errReplayed = errors.New("replayed")

// Pin puts a notice on a board that the actor may read. Sending the same key again
// returns the first notice. It returns *rule.Invalid for the form and for a flood.
func (s *Boards) Pin(ctx context.Context, actor coop.Actor, board coop.BoardID, d Draft) (id coop.NoticeID, err error) {
	return s.pinWith(ctx, actor, board, d, nil)
}

// pinWith pins a notice, and hangs something with it in the same transaction unless it was
// pinned before.
func (s *Boards) pinWith(ctx context.Context, actor coop.Actor, board coop.BoardID, d Draft, hang func(context.Context, bun.Tx, coop.NoticeID) error) (id coop.NoticeID, err error) {
	if d, err = d.check(); err != nil {
		return id, err
	}
	err = s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if found, err := again(ctx, tx, actor, "notices", d.Key, &id); found || err != nil {
			return err
		}
		if id, err = s.pin(ctx, tx, actor, board, d); err != nil || hang == nil {
			return err
		}
		return hang(ctx, tx, id)
	})
	if errors.Is(err, errReplayed) {
		_, err = again(ctx, s.db, actor, "notices", d.Key, &id)
	}
	return id, err
}

func (s *Boards) pin(ctx context.Context, tx bun.Tx, actor coop.Actor, board coop.BoardID, d Draft) (id coop.NoticeID, err error) {
	now := s.now()
	seq, err := next(ctx, tx, actor, board)
	if err != nil {
		return id, err
	}
	if err := fresh(ctx, tx, actor, "notices", func(p Pace) int { return p.Notices }, urgent(d.Kind), now); err != nil {
		return id, err
	}
	if d.Kind == Alert {
		if may, err := coop.Facilitating(ctx, tx, actor); err != nil || !may {
			return id, errors.Join(err, rule.Broken("kind", "rule.choose"))
		}
	}
	var until any
	if d.Days > 0 {
		until = now.AddDate(0, 0, d.Days)
	}
	id = rule.NewID[coop.NoticeID]()
	result, err := tx.NewRaw(`
		INSERT INTO coop.notices (cooperative_id, id, board_id, seq, member_id, kind, title, body, language, comments, thanks, client_key, created_at, expires_at, gone_rule)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?, ?, '')
		ON CONFLICT (cooperative_id, member_id, client_key) DO NOTHING`,
		actor.Cooperative, id, board, seq, actor.Member, d.Kind, d.Title, d.Body, d.Language, d.Key, now, until).Exec(ctx)
	if err != nil {
		return id, err
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return id, errors.Join(err, errReplayed)
	}
	if err := write(ctx, tx, actor, change{board: board, seq: seq, kind: "notice", notice: id, at: now}); err != nil {
		return id, err
	}
	if d.Kind == Alert {
		if err := tellAlert(ctx, tx, actor, board, id, d, now); err != nil {
			return id, err
		}
	}
	return id, participation.Count(ctx, tx, actor.Cooperative, actor.Member, now, participation.Board)
}

// urgent reports whether a kind of notice is taken while boards rest.
func urgent(k Kind) bool { return k == Help || k == Alert }

// Page is one page of a board, newest first. Next is where the following page starts,
// zero when there is none.
type Page struct {
	Board   Board
	Notices []Notice
	Next    int64
}

// Read returns a page of a board that the actor may read: the notices with numbers below
// before, or the newest when it is 0, below what facilitators keep at the top. The board's number is read first, so that nothing is missed between the page
// and the log that goes on from it.
func (s *Boards) Read(ctx context.Context, actor coop.Actor, id coop.BoardID, before int64) (p Page, err error) {
	if p.Board, err = s.One(ctx, actor, id); err != nil {
		return p, err
	}
	unseen, err := s.Unseen(ctx, actor.Member)
	if err != nil {
		return p, err
	}
	err = s.db.NewRaw(`
		SELECT `+noticeColumns+`, t.at IS NOT NULL AS thanked, `+mine+`
		`+noticesFor+`
		LEFT JOIN coop.thanks t ON t.cooperative_id = n.cooperative_id AND t.notice_id = n.id AND t.member_id = ?
		WHERE n.cooperative_id = ? AND n.id = ANY (ARRAY(
			(SELECT t.id FROM coop.notices t
			WHERE t.cooperative_id = ? AND t.board_id = ? AND t.gone_at IS NULL AND t.top > 0 AND ? = 0 AND t.member_id <> ALL (h.ids)
			ORDER BY t.top DESC LIMIT ?)
			UNION ALL
			(SELECT t.id FROM coop.notices t
			WHERE t.cooperative_id = ? AND t.board_id = ? AND t.gone_at IS NULL AND t.top = 0 AND (? = 0 OR t.seq < ?) AND t.member_id <> ALL (h.ids)
			ORDER BY t.seq DESC LIMIT ?)))
		ORDER BY n.top DESC, n.seq DESC`,
		actor.Member, array(unseen), actor.Member, actor.Cooperative, actor.Cooperative, id, before, MostAtTop,
		actor.Cooperative, id, before, before, perPage+1).Scan(ctx, &p.Notices)
	if err != nil {
		return p, err
	}
	top := 0
	for top < len(p.Notices) && p.Notices[top].Top > 0 {
		top++
	}
	if len(p.Notices) > top+perPage {
		p.Notices = p.Notices[:top+perPage]
		p.Next = p.Notices[top+perPage-1].Seq
	}
	return p, s.remark(ctx, p.Notices, unseen)
}

// noticesFor reads notices n with their authors a, for somebody who does not see the
// members h.ids, its argument: an empty array for nobody in particular.
const noticesFor = `
		FROM coop.notices n JOIN coop.members a ON a.cooperative_id = n.cooperative_id AND a.id = n.member_id
		CROSS JOIN (SELECT ?::uuid[] AS ids) h`

// noticeColumns are a notice of noticesFor. Its comments are counted without those that
// the reader does not see. Who left the cooperative has no name any more; the page has a
// word for it.
const noticeColumns = `n.id, n.board_id AS board, n.seq, n.kind, n.title, n.body, n.language, n.thanks, n.bravos, n.hands, n.courages, n.created_at,
	CASE WHEN h.ids = '{}' THEN n.comments ELSE n.comments - (SELECT count(*) FROM coop.comments c
		WHERE c.cooperative_id = n.cooperative_id AND c.notice_id = n.id AND c.gone_at IS NULL AND c.member_id = ANY (h.ids)) END AS comments,
	n.gone_at IS NOT NULL AS gone, n.gone_rule, n.expired_at IS NOT NULL AS ended, n.edits, n.edited_at, n.expires_at, n.top, ` + pictureColumn + `, ` + authorColumns

// mine are the reactions that a member gave to a notice n; it asks for the member.
const mine = `coalesce((SELECT jsonb_agg(r.kind ORDER BY r.kind) FROM coop.reactions r
	WHERE r.cooperative_id = n.cooperative_id AND r.notice_id = n.id AND r.member_id = ?), '[]') AS mine`

// authorColumns are the author a of a notice or comment.
const authorColumns = `a.id AS author_id, CASE WHEN a.state = 'left' THEN '' ELSE a.name END AS author_name,
	EXISTS (SELECT FROM coop.member_roles o WHERE o.cooperative_id = a.cooperative_id AND o.member_id = a.id
		AND o.role = 'facilitator' AND o.until_at IS NULL) AS author_facilitator`

// remark adds to each notice its newest comments that are not by those unseen, in one
// query for all.
func (s *Boards) remark(ctx context.Context, notices []Notice, unseen []coop.MemberID) error {
	at, ids := map[coop.NoticeID]int{}, []coop.NoticeID{}
	for n, notice := range notices {
		if notice.Comments > 0 {
			at[notice.ID] = n
			ids = append(ids, notice.ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	var comments []Comment
	err := s.db.NewRaw(`
		SELECT c.* FROM coop.notices n CROSS JOIN LATERAL (
			SELECT `+commentColumns+` FROM coop.comments c JOIN coop.members a ON a.cooperative_id = c.cooperative_id AND a.id = c.member_id
			WHERE c.cooperative_id = n.cooperative_id AND c.notice_id = n.id AND c.gone_at IS NULL AND c.member_id <> ALL (?::uuid[])
			ORDER BY c.seq DESC LIMIT ?) c
		WHERE n.cooperative_id = (SELECT cooperative_id FROM coop.boards WHERE id = ?) AND n.id IN (?)
		ORDER BY c.seq`, array(unseen), Remarks, notices[0].Board, bun.List(ids)).Scan(ctx, &comments)
	for _, c := range comments {
		n := &notices[at[c.Notice]]
		n.Remarks = append(n.Remarks, c)
	}
	return err
}

// Notice returns one notice of a board that the actor may read, with all its comments up
// to 200, and the board, whose number is read first as in Read. Its author sees it after
// it was taken down too, with the rule that was named.
func (s *Boards) Notice(ctx context.Context, actor coop.Actor, id coop.NoticeID) (b Board, n Notice, err error) {
	err = s.db.NewRaw(asRead+`
		WHERE b.id = (SELECT n.board_id FROM coop.notices n WHERE n.cooperative_id = ? AND n.id = ?)`,
		actor.Cooperative, actor.Member, actor.Cooperative, id).Scan(ctx, &b)
	if err != nil {
		return b, n, orNotFound(err)
	}
	unseen, err := s.Unseen(ctx, actor.Member)
	if err != nil {
		return b, n, err
	}
	err = s.db.NewRaw(`
		SELECT `+noticeColumns+`, t.at IS NOT NULL AS thanked, `+mine+`
		`+noticesFor+`
		LEFT JOIN coop.thanks t ON t.cooperative_id = n.cooperative_id AND t.notice_id = n.id AND t.member_id = ?
		WHERE n.cooperative_id = ? AND n.id = ? AND (n.gone_at IS NULL OR n.member_id = ?) AND n.member_id <> ALL (h.ids)`,
		actor.Member, array(unseen), actor.Member, actor.Cooperative, id, actor.Member).Scan(ctx, &n)
	if err != nil {
		return b, n, orNotFound(err)
	}
	err = s.db.NewRaw(`
		SELECT `+commentColumns+` FROM coop.comments c JOIN coop.members a ON a.cooperative_id = c.cooperative_id AND a.id = c.member_id
		WHERE c.cooperative_id = ? AND c.notice_id = ? AND c.gone_at IS NULL AND c.member_id <> ALL (?::uuid[]) ORDER BY c.seq LIMIT 200`,
		actor.Cooperative, id, array(unseen)).Scan(ctx, &n.Remarks)
	return b, n, err
}

// Latest returns the newest notices of all the actor's boards, for the home page; of those
// that they muted, alerts alone.
func (s *Boards) Latest(ctx context.Context, actor coop.Actor, most int) (notices []Notice, err error) {
	err = s.db.NewRaw(`
		SELECT `+noticeColumns+`, false AS thanked
		`+noticesFor+`
		WHERE n.cooperative_id = ? AND n.gone_at IS NULL AND n.board_id IN (SELECT b.id `+readable+`)
			AND (n.kind = 'alert' OR NOT EXISTS (SELECT FROM coop.board_mutes q WHERE q.cooperative_id = n.cooperative_id AND q.board_id = n.board_id AND q.member_id = ?))
			AND n.member_id <> ALL (ARRAY(SELECT coop.hidden_from(?, ?)))
		ORDER BY n.created_at DESC, n.id DESC LIMIT ?`, nobody, actor.Cooperative, actor.Cooperative, actor.Member, actor.Member, actor.Cooperative, actor.Member, most).Scan(ctx, &notices)
	return notices, err
}
