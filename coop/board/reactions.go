package board

import (
	"context"
	"errors"
	"slices"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// Reaction is a sign that neighbours answer a notice with, beside thanks. Like thanks it
// is counted, and names nobody.
type Reaction string

// The reactions: well done, I can help, my heart is with you.
const (
	Bravo   Reaction = "bravo"
	Hand    Reaction = "hand"
	Courage Reaction = "courage"
)

// Reactions are all of them, in the order in which a page offers them.
func Reactions() []Reaction { return []Reaction{Bravo, Hand, Courage} }

// Reacted is how often a reaction was given to a notice, and whether by the reader.
type Reacted struct {
	Kind  Reaction
	Count int
	Mine  bool
}

// Reactions are those to the notice, in their order.
func (n Notice) Reactions() (all []Reacted) {
	counts := map[Reaction]int{Bravo: n.Bravos, Hand: n.Hands, Courage: n.Courages}
	for _, kind := range Reactions() {
		all = append(all, Reacted{Kind: kind, Count: counts[kind], Mine: slices.Contains(n.Mine, kind)})
	}
	return all
}

// React answers a notice of somebody else's with a reaction, or takes it back. Each gives
// each once: giving twice is giving once. It returns the board that changed, and
// *rule.Invalid for a reaction that there is not.
func (s *Boards) React(ctx context.Context, actor coop.Actor, notice coop.NoticeID, kind Reaction, gives bool) (board coop.BoardID, err error) {
	if !slices.Contains(Reactions(), kind) {
		return board, rule.Broken("reaction", "rule.choose")
	}
	query := `DELETE FROM coop.reactions WHERE cooperative_id = ? AND notice_id = ? AND member_id = ? AND kind = ?`
	args := []any{actor.Cooperative, notice, actor.Member, kind}
	if gives {
		query = `
			INSERT INTO coop.reactions (cooperative_id, notice_id, member_id, kind, at)
			SELECT n.cooperative_id, n.id, m.id, ?, ? FROM coop.notices n JOIN coop.members m ON m.cooperative_id = n.cooperative_id AND m.id <> n.member_id
			WHERE n.cooperative_id = ? AND n.id = ? AND m.id = ? ON CONFLICT DO NOTHING`
		args = []any{kind, s.now(), actor.Cooperative, notice, actor.Member}
	}
	return s.counted(ctx, actor, notice, string(kind)+"s", gives, query, args...)
}

// counted gives or takes back what a notice counts in a column, by a query that changes
// one row or, where nothing changes, none; and writes it in the log of the board, which it
// returns.
func (s *Boards) counted(ctx context.Context, actor coop.Actor, notice coop.NoticeID, column string, gives bool, query string, args ...any) (board coop.BoardID, err error) {
	by := 1
	if !gives {
		by = -1
	}
	err = s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if board, err = boardOf(ctx, tx, actor, notice); err != nil {
			return err
		}
		seq, err := next(ctx, tx, actor, board)
		if err != nil {
			return err
		}
		result, err := tx.NewRaw(query, args...).Exec(ctx)
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, errReplayed) // nothing changed: the number is given back
		}
		if err := count(ctx, tx, actor, notice, column, by); err != nil {
			return err
		}
		return write(ctx, tx, actor, change{board: board, seq: seq, kind: "counts", notice: notice, at: s.now()})
	})
	if errors.Is(err, errReplayed) {
		err = nil
	}
	return board, err
}
