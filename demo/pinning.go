package demo

import (
	"context"
	"errors"
	"time"

	"lien/coop"
	"lien/coop/board"
	"lien/rule"
)

// planPinning pins notices all year, a few more in the last days so that boards are lively.
func (t *teller) planPinning() {
	days := t.plot.Days
	all := t.plot.busy() * days / 80
	for n := range all {
		t.later(t.on(4+n*(days-4)/all, 8+t.dice.IntN(13), t.dice.IntN(60)), t.pin)
	}
	for n := range 8 {
		at := t.awake(t.until.Add(-time.Duration(1+n*5) * time.Hour))
		if at.After(t.until) {
			at = at.AddDate(0, 0, -1)
		}
		t.later(at, t.pin)
	}
	t.later(t.until.Add(-50*time.Hour), t.readAll)
	for _, before := range []time.Duration{19 * time.Hour, 40 * 24 * time.Hour} {
		t.later(t.until.Add(-before), t.alert)
	}
	t.planModeration()
	t.planHanging()
	t.aside(t.until.Add(-9*time.Hour), t.ownBoards)
	t.planProblems()
}

// pin puts a notice on one of its author's boards; neighbours answer and thank.
func (t *teller) pin(ctx context.Context) error {
	author := t.somebody()
	boards, err := t.boards.Readable(ctx, author.Actor)
	if err != nil {
		return err
	}
	if len(boards) == 0 {
		return nil // resting, or stopped: they read later
	}
	on := boards[t.dice.IntN(len(boards))]
	p := pick(t, notices[author.language])
	id, err := t.boards.Pin(ctx, author.Actor, on.ID, board.Draft{
		Key: t.key(), Kind: board.Kind(p.kind), Title: p.title, Body: p.body, Language: author.language,
	})
	if err != nil {
		return err
	}
	for range t.dice.IntN(7) {
		t.later(t.within(30*time.Hour), func(ctx context.Context) error { return t.react(ctx, id) })
	}
	return nil
}

// react is a neighbour's word, or thanks; the board refuses whoever may not read it.
func (t *teller) react(ctx context.Context, id coop.NoticeID) error {
	who := t.somebody()
	var err error
	if t.chance(55) {
		_, err = t.boards.Thank(ctx, who.Actor, id, true)
	} else {
		_, err = t.boards.Comment(ctx, who.Actor, id, t.key(), pick(t, remarks[who.language]), who.language)
	}
	if errors.Is(err, rule.ErrNotFound) {
		return nil
	}
	return err
}

// alert is the facilitator's, for everybody.
func (t *teller) alert(ctx context.Context) error {
	boards, err := t.boards.Readable(ctx, t.facilitator.Actor)
	if err != nil {
		return err
	}
	a := pick(t, alerts)
	_, err = t.boards.Pin(ctx, t.facilitator.Actor, boards[len(boards)-1].ID, board.Draft{
		Key: t.key(), Kind: board.Alert, Title: a.title, Body: a.body, Language: "fr",
	})
	return err
}

// readAll lets who is busy read their boards to the end, two days before today.
func (t *teller) readAll(ctx context.Context) error {
	for _, r := range t.residents[:min(len(t.residents), t.plot.busy())] {
		boards, err := t.boards.Readable(ctx, r.Actor)
		if err != nil {
			return err
		}
		for _, b := range boards {
			if err := t.boards.Saw(ctx, r.Actor, b.ID, b.At); err != nil {
				return err
			}
		}
	}
	return nil
}
