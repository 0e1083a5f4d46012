package board

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
)

// Entry is one line of a board's log with what a page needs to show it, the same for
// every reader. Notice is nil for one that is gone by now, and carries the comments that
// it has by now; Comment is set for the kind comment, unless it is gone.
type Entry struct {
	Seq       int64
	Kind      string
	NoticeID  coop.NoticeID
	CommentID *coop.CommentID
	Notice    *Notice  `bun:"-"`
	Comment   *Comment `bun:"-"`
}

// Heads gives the newest number of each board. It asks no right: numbers say nothing.
func (s *Boards) Heads(ctx context.Context, boards []uuid.UUID) (map[uuid.UUID]int64, error) {
	var rows []struct {
		ID      uuid.UUID
		LastSeq int64
	}
	if len(boards) == 0 {
		return nil, nil
	}
	err := s.db.NewRaw(`SELECT id, last_seq FROM coop.boards WHERE id IN (?)`, bun.List(boards)).Scan(ctx, &rows)
	heads := make(map[uuid.UUID]int64, len(rows))
	for _, r := range rows {
		heads[r.ID] = r.LastSeq
	}
	return heads, err
}

// Log gives the entries of a board with numbers above after, in order, limit at most. It
// is read once for all readers of the board; who they are is asked by MayRead.
func (s *Boards) Log(ctx context.Context, board uuid.UUID, after int64, limit int) (entries []Entry, err error) {
	err = s.db.NewRaw(`
		SELECT seq, kind, notice_id, comment_id FROM coop.board_log WHERE board_id = ? AND seq > ? ORDER BY seq LIMIT ?`,
		board, after, limit).Scan(ctx, &entries)
	if err != nil || len(entries) == 0 {
		return entries, err
	}
	if err := s.addNotices(ctx, board, entries); err != nil {
		return nil, err
	}
	return entries, s.addComments(ctx, board, entries)
}

func (s *Boards) addNotices(ctx context.Context, board uuid.UUID, entries []Entry) error {
	ids := map[coop.NoticeID]*Notice{}
	for _, e := range entries {
		ids[e.NoticeID] = nil
	}
	var notices []Notice
	err := s.db.NewRaw(`
		SELECT `+noticeColumns+`, false AS thanked
		FROM coop.notices n JOIN coop.members a ON a.cooperative_id = n.cooperative_id AND a.id = n.member_id
		WHERE n.cooperative_id = (SELECT cooperative_id FROM coop.boards WHERE id = ?)
			AND n.board_id = ? AND n.id IN (?) AND n.gone_at IS NULL`, board, board, bun.List(keys(ids))).Scan(ctx, &notices)
	if err != nil {
		return err
	}
	if err := s.remark(ctx, s.db, notices); err != nil {
		return err
	}
	for n := range notices {
		ids[notices[n].ID] = &notices[n]
	}
	for n := range entries {
		entries[n].Notice = ids[entries[n].NoticeID]
	}
	return nil
}

func (s *Boards) addComments(ctx context.Context, board uuid.UUID, entries []Entry) error {
	ids := map[coop.CommentID]*Comment{}
	for _, e := range entries {
		if e.CommentID != nil {
			ids[*e.CommentID] = nil
		}
	}
	if len(ids) == 0 {
		return nil
	}
	var comments []Comment
	err := s.db.NewRaw(`
		SELECT `+commentColumns+` FROM coop.comments c JOIN coop.members a ON a.cooperative_id = c.cooperative_id AND a.id = c.member_id
		WHERE c.cooperative_id = (SELECT cooperative_id FROM coop.boards WHERE id = ?) AND c.id IN (?) AND c.gone_at IS NULL`, board, bun.List(keys(ids))).Scan(ctx, &comments)
	if err != nil {
		return err
	}
	for n := range comments {
		ids[comments[n].ID] = &comments[n]
	}
	for n, e := range entries {
		if e.CommentID != nil {
			entries[n].Comment = ids[*e.CommentID]
		}
	}
	return nil
}

// ChangedRights names the members whose right to read may have changed since a moment of
// real time.
func (s *Boards) ChangedRights(ctx context.Context, since time.Time) (members []uuid.UUID, err error) {
	err = s.db.NewRaw(`SELECT DISTINCT member_id FROM coop.rights_changes WHERE changed_at >= ?`, since).Scan(ctx, &members)
	return members, err
}

func keys[K comparable, V any](m map[K]V) []K {
	list := make([]K, 0, len(m))
	for k := range m {
		list = append(list, k)
	}
	return list
}
