package board_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"lien/coop"
	"lien/coop/board"
	"lien/rule"
)

func TestABoardIsReadByWhoLivesInItsPlace(t *testing.T) {
	w := newWall(t)
	notice := w.pin(t, w.ana, w.first, "chez nous")
	for _, c := range []struct {
		who  coop.Actor
		on   coop.BoardID
		want error
	}{
		{w.ana, w.first, nil},
		{w.bo, w.first, nil},
		{w.cem, w.first, rule.ErrNotFound},
		{w.cem, w.second, nil},
		{w.cem, w.residence, nil},
		{w.cem, w.all, nil},
		{coop.Actor{Cooperative: rule.NewID[coop.CooperativeID](), Member: w.ana.Member}, w.first, rule.ErrNotFound},
	} {
		if _, err := w.boards.Read(t.Context(), c.who, c.on, 0); !errors.Is(err, c.want) {
			t.Errorf("reading: %v, want %v", err, c.want)
		}
		if may, err := w.boards.MayRead(t.Context(), c.who.Member, c.on); err != nil || c.who.Cooperative == w.ana.Cooperative && may != (c.want == nil) {
			t.Errorf("may read: %v, %v", may, err)
		}
	}
	if _, _, err := w.boards.Notice(t.Context(), w.cem, notice); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("a neighbour of another stairwell got %v", err)
	}
	if _, err := w.boards.Comment(t.Context(), w.cem, notice, uuid.New(), "moi aussi", "fr"); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("a neighbour of another stairwell answered: %v", err)
	}
	if _, err := w.boards.Thank(t.Context(), w.cem, notice, true); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("a neighbour of another stairwell thanked: %v", err)
	}
}

func TestWhoIsSuspendedReadsNoBoard(t *testing.T) {
	w := newWall(t)
	w.exec(t, `UPDATE coop.members SET state = 'suspended' WHERE id = ?`, w.bo.Member)
	if may, err := w.boards.MayRead(t.Context(), w.bo.Member, w.first); err != nil || may {
		t.Errorf("a suspended member may read: %v, %v", may, err)
	}
	if _, err := w.boards.Pin(t.Context(), w.bo, w.first, draft("et moi")); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("a suspended member pinned: %v", err)
	}
	changed, err := w.boards.ChangedRights(t.Context(), time.Now().Add(-time.Minute))
	if err != nil || !slices.Contains(changed, w.bo.Member.UUID) {
		t.Errorf("the change of rights is not told: %v, %v", changed, err)
	}
}

func TestTheLogHasNoGapWhenManyWriteAtOnce(t *testing.T) {
	w := newWall(t)
	notice := w.pin(t, w.ana, w.first, "qui vient")
	var all sync.WaitGroup
	for n := range 8 {
		all.Go(func() {
			who := []coop.Actor{w.ana, w.bo}[n%2]
			_, err := w.boards.Comment(t.Context(), who, notice, uuid.New(), fmt.Sprint("moi ", n), "fr")
			if err != nil {
				t.Error(err)
			}
			if _, err := w.boards.Thank(t.Context(), w.bo, notice, n%3 > 0); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	entries, err := w.boards.Log(t.Context(), w.first.UUID, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	for n, e := range entries {
		if e.Seq != int64(n+1) {
			t.Fatalf("entry %d has number %d", n+1, e.Seq)
		}
	}
	heads, err := w.boards.Heads(t.Context(), []uuid.UUID{w.first.UUID})
	if err != nil || heads[w.first.UUID] != int64(len(entries)) {
		t.Errorf("the board is at %v with %d entries: %v", heads, len(entries), err)
	}
}

func TestSendingANoticeTwicePinsItOnce(t *testing.T) {
	w := newWall(t)
	d := draft("une seule fois")
	ids := make([]coop.NoticeID, 4)
	var all sync.WaitGroup
	for n := range ids {
		all.Go(func() {
			var err error
			if ids[n], err = w.boards.Pin(t.Context(), w.ana, w.first, d); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for _, id := range ids {
		if id != ids[0] {
			t.Errorf("a replay returned another notice")
		}
	}
	if heads, err := w.boards.Heads(t.Context(), []uuid.UUID{w.first.UUID}); err != nil || heads[w.first.UUID] != 1 {
		t.Errorf("the board is at %v: %v", heads, err)
	}
	key := uuid.New()
	for range 2 {
		if _, err := w.boards.Comment(t.Context(), w.bo, ids[0], key, "merci", "fr"); err != nil {
			t.Fatal(err)
		}
	}
	if _, n, err := w.boards.Notice(t.Context(), w.ana, ids[0]); err != nil || len(n.Remarks) != 1 || n.Comments != 1 {
		t.Errorf("a comment sent twice stands %d times: %v", len(n.Remarks), err)
	}
}

func TestAReadMarkOnlyMovesForward(t *testing.T) {
	w := newWall(t)
	for n := range 3 {
		w.pin(t, w.ana, w.first, fmt.Sprint("nouvelle ", n))
	}
	unread := func() int {
		boards, err := w.boards.Readable(t.Context(), w.bo)
		if err != nil || len(boards) != 3 || boards[0].ID != w.first {
			t.Fatalf("boards %v: %v", boards, err)
		}
		return boards[0].Unread
	}
	if n := unread(); n != 3 {
		t.Errorf("%d unread before, want 3", n)
	}
	for _, step := range []struct {
		seq  int64
		want int
	}{{2, 1}, {1, 1}, {99, 0}, {2, 0}} {
		if err := w.boards.Saw(t.Context(), w.bo, w.first, step.seq); err != nil {
			t.Fatal(err)
		}
		if n := unread(); n != step.want {
			t.Errorf("%d unread after seeing %d, want %d", n, step.seq, step.want)
		}
	}
	w.pin(t, w.ana, w.first, "encore une")
	if n := unread(); n != 1 {
		t.Errorf("%d unread after a new one: a mark went beyond what was there", n)
	}
}

func TestWhatHungBeforeOneJoinedIsNotNews(t *testing.T) {
	w := newWall(t)
	w.pin(t, w.ana, w.first, "bien avant")
	w.clock = noon.Add(time.Hour)
	w.exec(t, `UPDATE coop.members SET joined_at = ? WHERE id = ?`, w.clock, w.bo.Member)
	for _, want := range []int{0, 1} {
		if b, err := w.boards.One(t.Context(), w.bo, w.first); err != nil || b.Unread != want {
			t.Errorf("%d unread, want %d: %v", b.Unread, want, err)
		}
		w.pin(t, w.ana, w.first, "bonjour")
	}
}

func TestOnlyAFacilitatorPinsAnAlertAndNamesARule(t *testing.T) {
	w := newWall(t)
	d := draft("pas d’eau demain")
	d.Kind = board.Alert
	var invalid *rule.Invalid
	if _, err := w.boards.Pin(t.Context(), w.ana, w.first, d); !errors.As(err, &invalid) || invalid.Field != "kind" {
		t.Errorf("a member's alert: %v", err)
	}
	if _, err := w.boards.Pin(t.Context(), w.fay, w.first, d); err != nil {
		t.Errorf("a facilitator's alert: %v", err)
	}
	notice := w.pin(t, w.ana, w.first, "méchant")
	if _, err := w.boards.TakeDown(t.Context(), w.bo, notice, board.Decision{Rule: "respect"}); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("a neighbour took a notice down: %v", err)
	}
	if _, err := w.boards.TakeDown(t.Context(), w.fay, notice, board.Decision{}); !errors.As(err, &invalid) || invalid.Field != "rule" {
		t.Errorf("taken down without a rule: %v", err)
	}
	if _, err := w.boards.TakeDown(t.Context(), w.fay, notice, board.Decision{Rule: "respect"}); err != nil {
		t.Fatal(err)
	}
	if _, n, err := w.boards.Notice(t.Context(), w.ana, notice); err != nil || !n.Gone || n.GoneRule != "respect" {
		t.Errorf("the author is not told why: %+v, %v", n, err)
	}
	if _, _, err := w.boards.Notice(t.Context(), w.bo, notice); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("a neighbour still reads it: %v", err)
	}
	own := w.pin(t, w.ana, w.first, "je me suis trompée")
	if _, err := w.boards.TakeDown(t.Context(), w.ana, own, board.Decision{}); err != nil {
		t.Errorf("the author cannot take it down: %v", err)
	}
}

func TestAFloodIsStopped(t *testing.T) {
	w := newWall(t)
	var err error
	for range 6 {
		_, err = w.boards.Pin(t.Context(), w.ana, w.first, draft("encore"))
	}
	var invalid *rule.Invalid
	if !errors.As(err, &invalid) || invalid.Rule != "board.rule.flood" {
		t.Errorf("the sixth notice at once: %v", err)
	}
	w.clock = w.clock.Add(11 * time.Minute)
	if _, err := w.boards.Pin(t.Context(), w.ana, w.first, draft("plus tard")); err != nil {
		t.Errorf("later: %v", err)
	}
}

func TestBadInputIsRefusedBesideItsField(t *testing.T) {
	w := newWall(t)
	for _, c := range []struct {
		field string
		d     board.Draft
	}{
		{"kind", board.Draft{Kind: "shout", Body: "bonjour", Language: "fr"}},
		{"body", board.Draft{Kind: board.News, Body: "", Language: "fr"}},
		{"body", board.Draft{Kind: board.News, Body: "a\x00b", Language: "fr"}},
		{"body", board.Draft{Kind: board.News, Body: "bon\xffjour", Language: "fr"}},
		{"body", board.Draft{Kind: board.News, Body: "bon\u202ejour", Language: "fr"}},
		{"body", board.Draft{Kind: board.News, Body: strings.Repeat("a", 2001), Language: "fr"}},
		{"title", board.Draft{Kind: board.News, Title: strings.Repeat("a", 81), Body: "bonjour", Language: "fr"}},
		{"language", board.Draft{Kind: board.News, Body: "bonjour", Language: "xx"}},
	} {
		c.d.Key = uuid.New()
		var invalid *rule.Invalid
		if _, err := w.boards.Pin(t.Context(), w.ana, w.first, c.d); !errors.As(err, &invalid) || invalid.Field != c.field {
			t.Errorf("%q: %v, want a sentence beside %s", c.d.Body, err, c.field)
		}
	}
}

// The page before and the log's entries after it make the fresh page, whatever happened.
func TestThePageBeforeAndTheEntriesMakeTheFreshPage(t *testing.T) {
	w := newWall(t)
	w.pin(t, w.ana, w.first, "la première")
	rapid.Check(t, func(r *rapid.T) {
		before := read(t, w)
		var comments []coop.CommentID
		for _, n := range before.Notices {
			for _, c := range n.Remarks {
				comments = append(comments, c.ID)
			}
		}
		for range rapid.IntRange(1, 4).Draw(r, "acts") {
			act(t, r, w, before.Notices, comments)
		}
		entries, err := w.boards.Log(t.Context(), w.first.UUID, before.Board.At, 100)
		if err != nil {
			t.Fatal(err)
		}
		got, want := shown(replay(before.Notices, entries)), shown(read(t, w).Notices)
		if got != want {
			r.Fatalf("page and entries make\n%s\nthe fresh page is\n%s", got, want)
		}
	})
}

func read(t *testing.T, w *wall) board.Page {
	p, err := w.boards.Read(t.Context(), w.bo, w.first, 0)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func act(t *testing.T, r *rapid.T, w *wall, notices []board.Notice, comments []coop.CommentID) {
	w.clock = w.clock.Add(11 * time.Minute)
	var err error
	if len(notices) == 0 {
		_, err = w.boards.Pin(t.Context(), w.ana, w.first, draft("de nouveau"))
	} else {
		n := rapid.SampledFrom(notices).Draw(r, "notice")
		switch rapid.SampledFrom([]string{"pin", "comment", "thank", "unthank", "gone", "uncomment"}).Draw(r, "act") {
		case "pin":
			_, err = w.boards.Pin(t.Context(), w.ana, w.first, draft("une de plus"))
		case "comment":
			_, err = w.boards.Comment(t.Context(), w.bo, n.ID, uuid.New(), "ah oui", "fr")
		case "thank":
			_, err = w.boards.Thank(t.Context(), w.bo, n.ID, true)
		case "unthank":
			_, err = w.boards.Thank(t.Context(), w.bo, n.ID, false)
		case "gone":
			_, err = w.boards.TakeDown(t.Context(), w.fay, n.ID, board.Decision{Rule: "respect"})
		case "uncomment":
			if len(comments) > 0 {
				_, _, err = w.boards.TakeDownComment(t.Context(), w.fay, rapid.SampledFrom(comments).Draw(r, "comment"), board.Decision{Rule: "respect"})
			}
		}
	}
	if err != nil && !errors.Is(err, rule.ErrNotFound) {
		t.Fatal(err)
	}
}

// replay does to a page what the browser does with the frames of these entries: what has
// an id on the page takes its place, the rest comes first or last.
func replay(notices []board.Notice, entries []board.Entry) []board.Notice {
	notices = slices.Clone(notices)
	at := func(id coop.NoticeID) int {
		return slices.IndexFunc(notices, func(n board.Notice) bool { return n.ID == id })
	}
	for _, e := range entries {
		n := at(e.NoticeID)
		switch {
		case e.Kind == "gone":
			if n >= 0 {
				notices = slices.Delete(notices, n, n+1)
			}
		case n >= 0:
			notices[n] = *e.Notice
		case e.Kind == "notice":
			notices = slices.Insert(notices, 0, *e.Notice)
		}
	}
	return notices
}
