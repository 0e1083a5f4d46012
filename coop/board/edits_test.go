package board_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"lien/coop/board"
	"lien/rule"
)

func TestWhatANoticeSaidBeforeStaysToBeRead(t *testing.T) {
	w := newWall(t)
	notice := w.pin(t, w.ana, w.first, "mardi")
	better := draft("jeudi")
	for range 2 { // sent twice, it changes once
		_, err := w.boards.Edit(t.Context(), w.ana, notice, 0, better)
		w.must(t, err)
	}
	n, list, err := w.boards.Editions(t.Context(), w.bo, notice)
	if err != nil || n.Body != "jeudi" || n.Edits != 1 || len(list) != 1 || list[0].Body != "mardi" {
		t.Errorf("reads %+v and %+v (%v)", n, list, err)
	}
	_, err = w.boards.Edit(t.Context(), w.ana, notice, 0, draft("samedi"))
	wants(t, err, rule.ErrMoved)
	_, err = w.boards.Edit(t.Context(), w.fay, notice, 1, draft("jamais"))
	wants(t, err, rule.ErrNotFound)
	_, _, err = w.boards.Editions(t.Context(), w.cem, notice)
	wants(t, err, rule.ErrNotFound)
	alert := draft("au feu")
	alert.Kind = board.Alert
	var invalid *rule.Invalid
	if _, err := w.boards.Edit(t.Context(), w.ana, notice, 1, alert); !errors.As(err, &invalid) || invalid.Field != "kind" {
		t.Errorf("a member makes an alert of it: %v", err)
	}
	_, err = w.boards.TakeDown(t.Context(), w.fay, notice, board.Decision{Rule: "respect"})
	w.must(t, err)
	_, err = w.boards.Edit(t.Context(), w.ana, notice, 1, draft("autre chose"))
	wants(t, err, rule.ErrNotFound)
	_, _, err = w.boards.Editions(t.Context(), w.ana, notice)
	wants(t, err, rule.ErrNotFound)
}

func TestOfTwoEditsAtOnceOneIsKept(t *testing.T) {
	w := newWall(t)
	notice := w.pin(t, w.ana, w.first, "mardi")
	var all sync.WaitGroup
	errs := make([]error, 4)
	for n := range errs {
		all.Go(func() {
			_, errs[n] = w.boards.Edit(t.Context(), w.ana, notice, 0, draft([]string{"a b", "c d", "e f", "g h"}[n]))
		})
	}
	all.Wait()
	kept := 0
	for _, err := range errs {
		if err == nil {
			kept++
		} else if !errors.Is(err, rule.ErrMoved) {
			t.Error(err)
		}
	}
	if _, list, err := w.boards.Editions(t.Context(), w.bo, notice); err != nil || kept != 1 || len(list) != 1 {
		t.Errorf("%d kept, %+v (%v)", kept, list, err)
	}
}

func TestThreeNoticesHangAtTheTop(t *testing.T) {
	w := newWall(t)
	first := w.pin(t, w.ana, w.first, "un")
	_, err := w.boards.KeepAtTop(t.Context(), w.ana, first, true)
	wants(t, err, rule.ErrNotFound)
	for range board.MostAtTop {
		_, err := w.boards.KeepAtTop(t.Context(), w.fay, w.pin(t, w.bo, w.first, "encore"), true)
		w.must(t, err)
	}
	var invalid *rule.Invalid
	if _, err := w.boards.KeepAtTop(t.Context(), w.fay, first, true); !errors.As(err, &invalid) || invalid.Field != "top" {
		t.Errorf("a fourth: %v", err)
	}
	w.pin(t, w.ana, w.first, "tout neuf")
	p := w.read(t, w.bo)
	if len(p.Notices) != 5 || p.Notices[2].Top == 0 || p.Notices[3].Body != "tout neuf" || p.Notices[0].Top < p.Notices[1].Top {
		t.Errorf("the board reads %s", shown(p.Notices))
	}
}

func TestANoticeEndsWhenItsTimeHasCome(t *testing.T) {
	w := newWall(t)
	d := draft("une semaine")
	d.Days = 7
	notice, err := w.boards.Pin(t.Context(), w.ana, w.first, d)
	w.must(t, err)
	w.pin(t, w.bo, w.first, "sans fin")
	ends := func(want int) {
		t.Helper()
		if n, err := w.boards.Due(t.Context()); err != nil || n != want {
			t.Errorf("%d ended (%v), want %d", n, err, want)
		}
	}
	w.clock = noon.AddDate(0, 0, 7).Add(-time.Second)
	ends(0)
	w.clock = noon.AddDate(0, 0, 7)
	ends(1)
	ends(0)
	if p := w.read(t, w.bo); len(p.Notices) != 1 || w.told(t, w.ana, "notice_ended") != 1 {
		t.Errorf("it hangs on: %s", shown(p.Notices))
	}
	if _, n, err := w.boards.Notice(t.Context(), w.ana, notice); err != nil || !n.Ended || n.GoneRule != "" {
		t.Errorf("its author reads %+v (%v)", n, err)
	}
	_, err = w.boards.Renew(t.Context(), w.bo, notice, 7)
	wants(t, err, rule.ErrNotFound)
	var invalid *rule.Invalid
	if _, err := w.boards.Renew(t.Context(), w.ana, notice, 400); !errors.As(err, &invalid) || invalid.Field != "days" {
		t.Errorf("for a year: %v", err)
	}
	_, err = w.boards.Renew(t.Context(), w.ana, notice, 7)
	w.must(t, err)
	_, err = w.boards.Renew(t.Context(), w.ana, notice, 7)
	wants(t, err, rule.ErrNotFound)
	if p := w.read(t, w.bo); len(p.Notices) != 2 || p.Notices[1].ID != notice {
		t.Errorf("it is not back in its place: %s", shown(p.Notices))
	}
	w.clock = w.clock.AddDate(0, 0, 7)
	ends(1)
	withdrawn := draft("je l’enlève")
	id, err := w.boards.Pin(t.Context(), w.ana, w.first, withdrawn)
	w.must(t, err)
	_, err = w.boards.TakeDown(t.Context(), w.ana, id, board.Decision{})
	w.must(t, err)
	_, err = w.boards.Renew(t.Context(), w.ana, id, 7)
	wants(t, err, rule.ErrMoved)
}
