package demo

import (
	"context"
	"errors"
	"time"

	"lien/coop/board"
	"lien/coop/photo"
	"lien/rule"
)

// planHanging lets neighbours show on the boards what they found and what they give.
func (t *teller) planHanging() {
	if t.plot.Files == nil || t.plot.Members < len(cast) {
		return
	}
	now := func() time.Time { return t.clock }
	t.hung = board.NewPictures(t.handles.Coop, now, photo.NewPhotos(t.handles.Coop, now, t.plot.Files, photo.NewDarkroom(1)))
	t.aside(t.until.Add(-31*time.Hour), func(ctx context.Context) error {
		return t.showOnBoard(ctx, t.residents[1], board.Draft{Kind: board.News, Title: "Plants de tomates", Body: "J’en ai trop fait pousser. Ils attendent devant le local, servez-vous.", Language: "fr"}, "garden", "cooking", "carrying")
	})
	t.aside(t.until.Add(-7*time.Hour), func(ctx context.Context) error {
		return t.showOnBoard(ctx, t.residents[2], board.Draft{Kind: board.Found, Title: "Des clés", Body: "Trouvées ce matin près des boîtes aux lettres.", Language: "fr"}, "keys")
	})
}

// showOnBoard pins a notice on the board that everybody reads, with photographs.
func (t *teller) showOnBoard(ctx context.Context, author *resident, d board.Draft, shown ...string) error {
	boards, err := t.boards.Readable(ctx, author.Actor)
	if err != nil || len(boards) == 0 {
		return err
	}
	d.Key = t.keyAtDesk(author)
	id, err := t.hung.Pin(ctx, author.Actor, boards[len(boards)-1].ID, d, board.Shot{})
	for n, neighbour := range t.residents[3:min(6, len(t.residents))] {
		if err != nil {
			return err
		}
		_, err = t.boards.React(ctx, neighbour.Actor, id, board.Reactions()[n%2], true)
		if errors.Is(err, rule.ErrNotFound) {
			err = nil // resting, or hidden
		}
	}
	for _, name := range shown {
		if err != nil {
			return err
		}
		var file []byte
		if file, err = photographs.ReadFile("photos/" + pictured[name].file); err == nil {
			_, err = t.hung.Add(ctx, author.Actor, id, board.Shot{Key: t.keyAtDesk(author), File: file, Words: pictured[name].words, Language: "fr"})
		}
	}
	return err
}
