package board

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"lien/coop"
)

// Entry is one line of a board's log: what changed, and the whole notice as it is by now,
// the same for every reader. Where a page has the notice, it takes its place; only one of
// kind "notice", "back" or "top" is put on a page that lacks it, each in its place. Notice is nil when it is gone by now; the
// kind says so, whatever it was before.
type Entry struct {
	Seq      int64
	Kind     string
	NoticeID coop.NoticeID
	Notice   *Notice `bun:"-"`
}

// Changes are the kinds of entries of a board's log.
func Changes() []string {
	return []string{"notice", "comment", "counts", "gone", "back", "edit", "top", "hung"}
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
		SELECT seq, kind, notice_id FROM coop.board_log WHERE board_id = ? AND seq > ? ORDER BY seq LIMIT ?`,
		board, after, limit).Scan(ctx, &entries)
	if err != nil || len(entries) == 0 {
		return entries, err
	}
	return entries, s.addNotices(ctx, board, entries, nil)
}

func (s *Boards) addNotices(ctx context.Context, board uuid.UUID, entries []Entry, unseen []coop.MemberID) error {
	ids := map[coop.NoticeID]*Notice{}
	for _, e := range entries {
		ids[e.NoticeID] = nil
	}
	var notices []Notice
	err := s.db.NewRaw(`
		SELECT `+noticeColumns+`, false AS thanked
		`+noticesFor+`
		WHERE n.cooperative_id = (SELECT cooperative_id FROM coop.boards WHERE id = ?)
			AND n.board_id = ? AND n.id IN (?) AND n.gone_at IS NULL AND n.member_id <> ALL (h.ids)`,
		array(unseen), board, board, bun.List(keys(ids))).Scan(ctx, &notices)
	if err != nil {
		return err
	}
	if err := s.remark(ctx, notices, unseen); err != nil {
		return err
	}
	for n := range notices {
		ids[notices[n].ID] = &notices[n]
	}
	for n := range entries {
		if entries[n].Notice = ids[entries[n].NoticeID]; entries[n].Notice == nil {
			entries[n].Kind = "gone"
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

// Announce tells whoever listens to the channel that these boards have news: their ids and
// nothing else. It belongs after the commit of what is new.
func (s *Boards) Announce(ctx context.Context, channel string, boards []uuid.UUID) error {
	ids := make([]string, len(boards))
	for n, id := range boards {
		ids[n] = id.String()
	}
	_, err := s.db.NewRaw(`SELECT pg_notify(?, id) FROM unnest(?::text[]) AS id`, channel, pgdialect.Array(ids)).Exec(ctx)
	return err
}

// Epoch names the history that the numbers belong to: a database restored from a backup
// may give the same numbers again to something else, and begins another timeline.
func (s *Boards) Epoch(ctx context.Context) (epoch string, err error) {
	err = s.db.NewRaw(`
		SELECT s.system_identifier || '.' || c.timeline_id
		FROM pg_control_system() s, pg_control_checkpoint() c`).Scan(ctx, &epoch)
	return epoch, err
}

func keys[K comparable, V any](m map[K]V) []K {
	list := make([]K, 0, len(m))
	for k := range m {
		list = append(list, k)
	}
	return list
}
