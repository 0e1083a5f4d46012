package demo

import (
	"context"

	"lien/coop/board"
)

// ownBoards lets the first few keep some notices for themselves, hear nothing of one
// board, and sleep at night.
func (t *teller) ownBoards(ctx context.Context) error {
	for n, r := range t.residents[:min(len(t.residents), 6)] {
		boards, err := t.boards.Readable(ctx, r.Actor)
		if err != nil || len(boards) == 0 {
			return err
		}
		latest, err := t.boards.Latest(ctx, r.Actor, 3+n)
		if err != nil {
			return err
		}
		for _, notice := range latest {
			if err := t.boards.Keep(ctx, r.Actor, notice.ID, true); err != nil {
				return err
			}
		}
		if n%3 > 0 || len(boards) < 3 {
			continue
		}
		if err := t.boards.Mute(ctx, r.Actor, boards[1].ID, true); err != nil {
			return err
		}
		if err := t.boards.TakeRest(ctx, r.Actor, board.Rest{From: 21*60 + 30, Until: 7 * 60}); err != nil {
			return err
		}
	}
	return nil
}
