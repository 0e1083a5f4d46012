package board_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/board"
	"lien/rule"
)

func TestWhatIsKeptSaysNothingOnceItCannotBeRead(t *testing.T) {
	w := newWall(t)
	ended := draft("pour un jour")
	ended.Days = 1
	w.clock = w.clock.Add(time.Hour)
	over, err := w.boards.Pin(t.Context(), w.ana, w.first, ended)
	wants(t, err, nil)
	removed, up := w.pin(t, w.ana, w.first, "un secret"), w.pin(t, w.ana, w.first, "la recette")
	hidden, moved := w.pin(t, w.cem, w.residence, "de Cem"), w.pin(t, w.bo, w.first, "de notre escalier")
	kept := []struct {
		id   coop.NoticeID
		want board.Standing
	}{{up, board.Up}, {over, board.Over}, {removed, board.Removed}, {hidden, board.Away}, {moved, board.Up}}
	for range 2 { // twice is once
		for _, k := range []coop.NoticeID{moved, hidden, removed, over, up} {
			wants(t, w.boards.Keep(t.Context(), w.bo, k, true), nil)
		}
	}
	wants(t, w.boards.Keep(t.Context(), w.cem, up, true), rule.ErrNotFound)
	wants(t, w.boards.Keep(t.Context(), w.cem, up, false), rule.ErrNotFound)

	_, err = w.boards.TakeDown(t.Context(), w.fay, removed, board.Decision{Rule: "respect"})
	wants(t, err, nil)
	w.clock = w.clock.Add(25 * time.Hour)
	_, err = w.boards.Due(t.Context())
	wants(t, err, nil)
	w.hide(t, w.cem, w.bo)
	list, _, err := w.boards.Kept(t.Context(), w.bo, uuid.Nil)
	if err != nil || len(list) != len(kept) {
		t.Fatalf("%d are kept, %v", len(list), err)
	}
	for n, k := range kept {
		if got := list[n]; got.Notice != k.id || got.Standing != k.want || (got.Title+got.By+got.Board == "") != (k.want != board.Up) {
			t.Errorf("%d: %+v, want %s", n, got, k.want)
		}
	}
	w.exec(t, `UPDATE coop.members SET place_id = (SELECT place_id FROM coop.members WHERE id = ?) WHERE id = ?`, w.cem.Member, w.bo.Member)
	if list, _, err := w.boards.Kept(t.Context(), w.bo, uuid.Nil); err != nil || list[0].Standing != board.Away || list[0].Title != "" {
		t.Errorf("who moved away reads %+v, %v", list, err)
	}
	wants(t, w.boards.Keep(t.Context(), w.bo, up, false), nil) // what cannot be read can be let go
	if list, _, err := w.boards.Kept(t.Context(), w.bo, uuid.Nil); err != nil || len(list) != 4 {
		t.Errorf("%d are kept, %v; want 4", len(list), err)
	}
	if list, _, err := w.boards.Kept(t.Context(), w.ana, uuid.Nil); err != nil || len(list) != 0 {
		t.Errorf("Ana reads what Bo keeps: %+v, %v", list, err)
	}
}

func TestWhatIsKeptIsReadPageByPage(t *testing.T) {
	w := newWall(t)
	seen := map[uuid.UUID]bool{}
	for range 65 {
		id := w.pin(t, w.ana, w.first, "encore")
		w.clock = w.clock.Add(10 * time.Minute)
		wants(t, w.boards.Keep(t.Context(), w.bo, id, true), nil)
	}
	pages, before := 0, uuid.Nil
	for {
		list, next, err := w.boards.Kept(t.Context(), w.bo, before)
		wants(t, err, nil)
		for _, k := range list {
			seen[k.ID] = true
		}
		if pages++; next == uuid.Nil {
			break
		}
		before = next
	}
	if pages != 3 || len(seen) != 65 {
		t.Errorf("%d were read on %d pages, want 65 on 3", len(seen), pages)
	}
}
