package board

import (
	"context"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// Standing is what became of a notice that somebody keeps.
type Standing string

// What is up can be read; of the rest nothing is said but why it cannot. Away is a notice
// of a board that its reader does not read any more, or of somebody whom they do not see.
const (
	Up      Standing = "up"
	Over    Standing = "over" // its time had come
	Removed Standing = "removed"
	Away    Standing = "away"
)

// Kept is a notice on somebody's own list. Its words, its author and its board are empty
// unless it is up.
type Kept struct {
	ID       uuid.UUID // its place in the list
	Notice   coop.NoticeID
	Standing Standing
	Kind     Kind
	Title    string
	Language string
	By       string
	Board    string
}

// perKept is how many kept notices a page shows.
const perKept = 30

// Keep puts a notice that the actor reads on their own list, or takes one off it, read or
// not. Nobody else learns of it; doing it again changes nothing.
func (s *Boards) Keep(ctx context.Context, actor coop.Actor, id coop.NoticeID, keep bool) error {
	return s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if !keep {
			result, err := tx.NewRaw(`DELETE FROM coop.saved_notices WHERE cooperative_id = ? AND member_id = ? AND notice_id = ?`,
				actor.Cooperative, actor.Member, id).Exec(ctx)
			if err != nil {
				return err
			}
			if n, err := result.RowsAffected(); err != nil || n > 0 {
				return err
			}
		}
		if _, err := boardOf(ctx, tx, actor, id); err != nil || !keep {
			return err
		}
		_, err := tx.NewRaw(`INSERT INTO coop.saved_notices (cooperative_id, id, member_id, notice_id, at) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT (cooperative_id, member_id, notice_id) DO NOTHING`,
			actor.Cooperative, rule.NewID[struct{ uuid.UUID }]().UUID, actor.Member, id, s.now()).Exec(ctx)
		return err
	})
}

// Keeps reports whether a notice is on the actor's list.
func (s *Boards) Keeps(ctx context.Context, actor coop.Actor, id coop.NoticeID) (kept bool, err error) {
	err = s.db.NewRaw(`SELECT EXISTS (SELECT FROM coop.saved_notices WHERE cooperative_id = ? AND member_id = ? AND notice_id = ?)`,
		actor.Cooperative, actor.Member, id).Scan(ctx, &kept)
	return kept, err
}

// Kept returns a page of what the actor keeps, the last first; before is where the page
// before ended, zero for the first, and next where the one after begins. Rights are asked
// of each notice again: what the actor may not read now says nothing of itself.
func (s *Boards) Kept(ctx context.Context, actor coop.Actor, before uuid.UUID) (list []Kept, next uuid.UUID, err error) {
	err = s.db.NewRaw(`
		SELECT k.id, k.notice, k.standing, k.kind,
			CASE WHEN k.standing = 'up' THEN CASE WHEN k.title <> '' THEN k.title ELSE k.body END ELSE '' END AS title,
			CASE WHEN k.standing = 'up' THEN k.language ELSE '' END AS language,
			CASE WHEN k.standing = 'up' THEN k.by ELSE '' END AS by, CASE WHEN k.standing = 'up' THEN k.board ELSE '' END AS board
		FROM (
			SELECT s.id, n.id AS notice, n.kind, n.title, n.body, n.language, CASE WHEN a.state = 'left' THEN '' ELSE a.name END AS by, b.name AS board,
				CASE WHEN coop.hidden_between(n.cooperative_id, n.member_id, s.member_id) OR NOT EXISTS (SELECT `+readable+` AND b.id = n.board_id) THEN 'away'
					WHEN n.expired_at IS NOT NULL THEN 'over' WHEN n.gone_at IS NOT NULL THEN 'removed' ELSE 'up' END AS standing
			FROM coop.saved_notices s
			JOIN coop.notices n ON n.cooperative_id = s.cooperative_id AND n.id = s.notice_id
			JOIN coop.members a ON a.cooperative_id = n.cooperative_id AND a.id = n.member_id
			JOIN coop.boards b ON b.cooperative_id = n.cooperative_id AND b.id = n.board_id
			WHERE s.cooperative_id = ? AND s.member_id = ? AND (? OR s.id < ?)
			ORDER BY s.id DESC LIMIT ?) k
		ORDER BY k.id DESC`,
		actor.Cooperative, actor.Member, actor.Cooperative, actor.Member, before == uuid.Nil, before, perKept+1).Scan(ctx, &list)
	if len(list) > perKept {
		list = list[:perKept]
		next = list[perKept-1].ID
	}
	for n := range list {
		list[n].Title = beginning(list[n].Title)
	}
	return list, next, err
}
