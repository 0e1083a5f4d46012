package board_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/board"
	"lien/coop/inbox"
	"lien/rule"
)

// news is what somebody was told by now, by kind.
func (w *wall) news(t testing.TB, who coop.Actor) map[string]int {
	t.Helper()
	list, err := inbox.New(w.Coop, func() time.Time { return w.clock }).Mine(t.Context(), who, uuid.Nil)
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]int{}
	for _, i := range list {
		kinds[i.Kind]++
	}
	return kinds
}

func (w *wall) alert(t testing.TB, on coop.BoardID) {
	t.Helper()
	d := draft("plus d’eau chaude")
	d.Kind = board.Alert
	if _, err := w.boards.Pin(t.Context(), w.fay, on, d); err != nil {
		t.Fatal(err)
	}
}

func TestAMutedBoardIsHeardOfForAlertsAlone(t *testing.T) {
	w := newWall(t)
	mine := w.pin(t, w.bo, w.first, "je cherche une échelle")
	wants(t, w.boards.Mute(t.Context(), w.bo, w.second, true), rule.ErrNotFound)
	for range 2 { // twice is once
		wants(t, w.boards.Mute(t.Context(), w.bo, w.first, true), nil)
	}
	w.pin(t, w.ana, w.first, "fête demain")
	w.comment(t, w.ana, mine, "j’en ai une")
	w.heard(t, w.bo, 0, 0)
	w.alert(t, w.first)
	w.heard(t, w.bo, 1, 1)
	if got := w.news(t, w.bo); got["notice_answered"] != 0 || got["notice_alert"] != 1 {
		t.Errorf("Bo was told %v of a board that he muted, want the alert alone", got)
	}
	if b, err := w.boards.One(t.Context(), w.bo, w.first); err != nil || !b.Muted || b.Unread != 2 {
		t.Errorf("the board itself says %+v, %v", b, err)
	}
	wants(t, w.boards.Mute(t.Context(), w.bo, w.first, false), nil)
	w.heard(t, w.bo, 2, 3)
	w.clock = w.clock.Add(24 * time.Hour)
	w.comment(t, w.ana, mine, "elle t’attend")
	w.comment(t, w.fay, mine, "moi aussi")
	if got := w.news(t, w.bo); got["notice_answered"] != 1 {
		t.Errorf("Bo was told %v of answers on one day, want once", got)
	}
}

// heard says how much a member hears of on their first page.
func (w *wall) heard(t testing.TB, who coop.Actor, unread, latest int) {
	t.Helper()
	n, err := w.boards.Unread(t.Context(), who)
	if err != nil || n != unread {
		t.Errorf("%d are new, want %d: %v", n, unread, err)
	}
	if list, err := w.boards.Latest(t.Context(), who, 9); err != nil || len(list) != latest {
		t.Errorf("%d stand on the first page, want %d: %v", len(list), latest, err)
	}
}

func TestWhatABoardTellsWaitsForTheEndOfOnesRest(t *testing.T) {
	w := newWall(t)
	mine := w.pin(t, w.bo, w.first, "je cherche une échelle")
	wants(t, w.boards.TakeRest(t.Context(), w.bo, board.Rest{From: 22 * 60, Until: 7 * 60}), nil)
	w.clock = time.Date(2026, 11, 24, 22, 30, 0, 0, time.UTC) // 23:30 there
	w.comment(t, w.ana, mine, "j’en ai une")
	w.alert(t, w.first)
	if got := w.news(t, w.bo); got["notice_answered"] != 0 || got["notice_alert"] != 1 {
		t.Errorf("at night Bo was told %v, want the alert alone", got)
	}
	w.clock = time.Date(2026, 11, 25, 5, 59, 0, 0, time.UTC)
	if got := w.news(t, w.bo); got["notice_answered"] != 0 {
		t.Errorf("a minute before the end Bo was told %v", got)
	}
	w.clock = w.clock.Add(time.Minute)
	if got := w.news(t, w.bo); got["notice_answered"] != 1 {
		t.Errorf("after his rest Bo was told %v", got)
	}
	wants(t, w.boards.EndRest(t.Context(), w.bo), nil)
	if r, err := w.boards.RestOf(t.Context(), w.bo); err != nil || r != (board.Rest{}) {
		t.Errorf("the rest is %+v, %v", r, err)
	}
}

func TestARestEndsByTheClockOnTheWall(t *testing.T) {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	at := func(month time.Month, day, hour, minute int) time.Time {
		return time.Date(2026, month, day, hour, minute, 0, 0, paris)
	}
	night, siesta := board.Rest{From: 22 * 60, Until: 7 * 60}, board.Rest{From: 13 * 60, Until: 14 * 60}
	for _, c := range []struct {
		rest     board.Rest
		at, want time.Time
	}{
		{night, at(11, 24, 21, 59), at(11, 24, 21, 59)},
		{night, at(11, 24, 22, 0), at(11, 25, 7, 0)},
		{night, at(11, 25, 6, 59), at(11, 25, 7, 0)},
		{night, at(11, 25, 7, 0), at(11, 25, 7, 0)},
		{night, at(10, 24, 23, 0), at(10, 25, 7, 0)}, // the clock goes back meanwhile
		{night, at(3, 28, 23, 0), at(3, 29, 7, 0)},   // and forward
		{night, at(12, 31, 23, 0), at(12, 32, 7, 0)},
		{siesta, at(11, 24, 13, 30), at(11, 24, 14, 0)},
		{board.Rest{}, at(11, 24, 0, 0), at(11, 24, 0, 0)},
	} {
		if got := c.rest.Over(c.at, paris); !got.Equal(c.want) {
			t.Errorf("%+v at %s is over at %s, want %s", c.rest, c.at, got, c.want)
		}
	}
}
