package board_test

import (
	"errors"
	"testing"

	"lien/coop"
	"lien/coop/board"
	"lien/rule"
)

func TestEachReactionIsGivenOnceByEachAndTakenBack(t *testing.T) {
	w := newWall(t)
	notice := w.pin(t, w.ana, w.first, "mon fils a son bac")
	counts := func(who coop.Actor) [3]board.Reacted {
		t.Helper()
		p, err := w.boards.Read(t.Context(), who, w.first, 0)
		if err != nil {
			t.Fatal(err)
		}
		return [3]board.Reacted(p.Notices[0].Reactions())
	}
	for _, step := range []struct {
		who  coop.Actor
		kind board.Reaction
		give bool
		want [3]int
		at   int64
	}{
		{w.bo, board.Bravo, true, [3]int{1, 0, 0}, 2},
		{w.bo, board.Bravo, true, [3]int{1, 0, 0}, 2}, // twice is once, and no number is lost
		{w.bo, board.Courage, true, [3]int{1, 0, 1}, 3},
		{w.fay, board.Bravo, true, [3]int{2, 0, 1}, 4},
		{w.fay, board.Hand, false, [3]int{2, 0, 1}, 4},
		{w.ana, board.Bravo, true, [3]int{2, 0, 1}, 4}, // their own
		{w.bo, board.Bravo, false, [3]int{1, 0, 1}, 5},
	} {
		if _, err := w.boards.React(t.Context(), step.who, notice, step.kind, step.give); err != nil {
			t.Fatal(err)
		}
		got := counts(w.fay)
		if n := [3]int{got[0].Count, got[1].Count, got[2].Count}; n != step.want {
			t.Errorf("after %s %v: %v, want %v", step.kind, step.give, n, step.want)
		}
		if b, err := w.boards.One(t.Context(), w.fay, w.first); err != nil || b.At != step.at {
			t.Errorf("after %s %v the board is at %d (%v), want %d", step.kind, step.give, b.At, err, step.at)
		}
	}
	if got := counts(w.bo); got[0].Mine || !got[2].Mine {
		t.Errorf("Bo's own are %+v", got)
	}
	if got := counts(w.fay); !got[0].Mine || got[2].Mine {
		t.Errorf("Fay's own are %+v", got)
	}
	var invalid *rule.Invalid
	if _, err := w.boards.React(t.Context(), w.bo, notice, "kisses", true); !errors.As(err, &invalid) {
		t.Errorf("a reaction that there is not: %v", err)
	}
	if _, err := w.boards.React(t.Context(), w.cem, notice, board.Bravo, true); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("a neighbour of another stairwell: %v", err)
	}
	w.hide(t, w.ana, w.bo)
	if _, err := w.boards.React(t.Context(), w.bo, notice, board.Hand, true); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("who is hidden: %v", err)
	}
}
