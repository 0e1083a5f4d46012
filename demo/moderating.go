package demo

import (
	"context"
	"time"

	"lien/coop"
	"lien/coop/board"
)

// planModeration lets a notice be hidden and its author answer, another one wait for a
// facilitator, and the assembly vote on the pace of the boards.
func (t *teller) planModeration() {
	if t.plot.Members < len(cast) {
		return
	}
	t.later(t.on(t.plot.Days-12, 11, 0), t.changeMinds)
	for day := range 11 {
		t.later(t.until.AddDate(0, 0, day-11), t.endNotices)
	}
	t.later(t.on(t.plot.Days-5, 11, 0), t.hideNotice)
	t.later(t.until.Add(-20*time.Hour), t.reportNotice)
	t.later(t.until.AddDate(0, 0, -25), func(ctx context.Context) error {
		return t.pace(ctx, 0, board.Pace{Notices: 5, Comments: 20, Minutes: 10, Reports: 10, QuietFrom: 23 * 60, QuietUntil: 6 * 60}, "À l’essai pour trois semaines : la nuit, on dort.")
	})
	t.later(t.until.AddDate(0, 0, -4), func(ctx context.Context) error {
		return t.pace(ctx, 1, board.Pace{Notices: 6, Comments: 30, Minutes: 10, Reports: 10}, "Certains rentrent tard : on essaie sans heures calmes.")
	})
}

func (t *teller) pace(ctx context.Context, seen int, p board.Pace, words string) error {
	return t.boards.SetPace(ctx, t.facilitator.Actor, board.Vote{Key: t.keyAtDesk(t.facilitator), Seen: seen, Pace: p, VotedOn: t.clock.AddDate(0, 0, -1), Words: words})
}

// hang pins a notice on the board that everybody reads.
func (t *teller) hang(ctx context.Context, author *resident, title, body string) (id coop.NoticeID, err error) {
	boards, err := t.boards.Readable(ctx, author.Actor)
	if err != nil || len(boards) == 0 {
		return id, err
	}
	return t.boards.Pin(ctx, author.Actor, boards[len(boards)-1].ID, board.Draft{Key: t.keyAtDesk(author), Kind: board.News, Title: title, Body: body, Language: author.language})
}

// hideNotice is a notice that the facilitator hid, and whose author asks for a second look.
func (t *teller) hideNotice(ctx context.Context) error {
	author, reporter := t.residents[len(t.residents)-1], t.residents[len(t.residents)/2] // the last but one may be resting
	notice, err := t.hang(ctx, author, "Canapé à saisir", "Presque neuf, à voir chez moi. Faites-moi un prix.")
	if err != nil {
		return err
	}
	if err := t.boards.Report(ctx, reporter.Actor, board.Report{Notice: notice, Reason: "money", Words: "On dirait une vente."}); err != nil {
		return err
	}
	files, err := t.boards.Queue(ctx, t.facilitator.Actor)
	if err != nil {
		return err
	}
	for _, f := range files {
		if f.Notice != notice {
			continue
		}
		step := board.Decision{Step: board.ToHide, Rule: "money", Words: "Donnez-le, ou échangez-le contre un coup de main."}
		if _, err := t.boards.Decide(ctx, t.facilitator.Actor, f.ID, step); err != nil {
			return err
		}
		step = board.Decision{Step: board.ToContest, Seen: 1, Words: "C’était pour rire : je le donne, bien sûr."}
		if _, err := t.boards.Decide(ctx, author.Actor, f.ID, step); err != nil {
			return err
		}
	}
	return nil
}

// reportNotice is a notice that waits for a facilitator.
func (t *teller) reportNotice(ctx context.Context) error {
	notice, err := t.hang(ctx, t.residents[len(t.residents)-3], "Encore du bruit", "On sait tous qui met sa musique à fond au deuxième. Qu’il parte.")
	if err != nil {
		return err
	}
	return t.boards.Report(ctx, t.residents[2].Actor, board.Report{Notice: notice, Reason: "respect", Words: "On désigne quelqu’un."})
}

// changeMinds is a notice that was changed, one that ends after a week, and one that
// everybody should find.
func (t *teller) changeMinds(ctx context.Context) error {
	author, other := t.residents[2], t.residents[min(3, len(t.residents)-1)]
	notice, err := t.hang(ctx, author, "Cours de français", "Les cours reprennent mardi à 18 h, salle commune.")
	if err != nil {
		return err
	}
	_, err = t.boards.Edit(ctx, author.Actor, notice, 0, board.Draft{
		Kind: board.News, Title: "Cours de français", Body: "Les cours reprennent jeudi à 18 h, salle commune. Venez avec un cahier.", Language: "fr",
	})
	if err != nil {
		return err
	}
	if _, err := t.boards.KeepAtTop(ctx, t.facilitator.Actor, notice, true); err != nil {
		return err
	}
	boards, err := t.boards.Readable(ctx, other.Actor)
	if err != nil || len(boards) == 0 {
		return err
	}
	_, err = t.boards.Pin(ctx, other.Actor, boards[len(boards)-1].ID, board.Draft{
		Key: t.keyAtDesk(other), Kind: board.Found, Title: "Écharpe rouge", Body: "Trouvée dans l’ascenseur. Elle vous attend au local une semaine.", Language: other.language, Days: 7,
	})
	return err
}

// endNotices is what the house does by the clock.
func (t *teller) endNotices(ctx context.Context) error {
	_, err := t.boards.Due(ctx)
	return err
}
