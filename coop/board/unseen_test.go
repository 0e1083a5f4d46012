package board_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"lien/coop"
	"lien/coop/board"
	"lien/rule"
)

// hide makes two invisible to each other, at the wish of the first.
func (w *wall) hide(t testing.TB, a, b coop.Actor) {
	t.Helper()
	w.exec(t, `INSERT INTO coop.blocks (cooperative_id, member_id, hidden_id, at) VALUES (?, ?, ?, ?)`, a.Cooperative, a.Member, b.Member, w.clock)
}

func TestTwoWhoAreHiddenDoNotMeetOnABoardTheyShare(t *testing.T) {
	w := newWall(t)
	mine, theirs := w.pin(t, w.ana, w.first, "le mot d’Ana"), w.pin(t, w.bo, w.first, "le mot de Bo")
	shared := w.pin(t, w.fay, w.first, "le mot de Fay")
	for n, who := range []coop.Actor{w.ana, w.fay, w.bo, w.ana, w.ana, w.ana} {
		w.comment(t, who, shared, "réponse "+string(rune('1'+n)))
	}
	w.hide(t, w.ana, w.bo)

	for _, pair := range []struct {
		reader, other coop.Actor
		gone          coop.NoticeID
		answers       int
	}{{w.ana, w.bo, theirs, 5}, {w.bo, w.ana, mine, 2}} {
		p, err := w.boards.Read(t.Context(), pair.reader, w.first, 0)
		if err != nil || strings.Contains(shown(p.Notices), "by "+w.name(pair.other)) || len(p.Notices) != 2 {
			t.Fatalf("%v\n%s", err, shown(p.Notices))
		}
		if n := p.Notices[0]; n.Comments != pair.answers || len(n.Remarks) != min(pair.answers, board.Remarks) {
			t.Errorf("got %d answers and %d shown, want %d", n.Comments, len(n.Remarks), pair.answers)
		}
		_, n, err := w.boards.Notice(t.Context(), pair.reader, shared)
		if err != nil || len(n.Remarks) != pair.answers || n.Comments != pair.answers {
			t.Errorf("got %d answers, %v", len(n.Remarks), err)
		}
		if latest, err := w.boards.Latest(t.Context(), pair.reader, 9); err != nil || len(latest) != 2 {
			t.Errorf("got %d latest, %v", len(latest), err)
		}
		_, _, err = w.boards.Notice(t.Context(), pair.reader, pair.gone)
		wants(t, err, rule.ErrNotFound)
		_, err = w.boards.Comment(t.Context(), pair.reader, pair.gone, uuid.New(), "coucou", "fr")
		wants(t, err, rule.ErrNotFound)
		_, err = w.boards.Thank(t.Context(), pair.reader, pair.gone, true)
		wants(t, err, rule.ErrNotFound)
	}
	if unread, err := w.boards.Unread(t.Context(), w.bo); err != nil || unread != 1 {
		t.Errorf("got %d unread, want Fay's alone: %v", unread, err)
	}
	if p, err := w.boards.Read(t.Context(), w.fay, w.first, 0); err != nil || len(p.Notices) != 3 || p.Notices[0].Comments != 6 {
		t.Errorf("a facilitator does not see all: %v\n%s", err, shown(p.Notices))
	}
}

// For who does not see everybody too, the page before and their edition of the log make the
// fresh page.
func TestAnEditionOfTheLogMakesTheFreshPageToo(t *testing.T) {
	w := newWall(t)
	w.hide(t, w.bo, w.ana)
	w.pin(t, w.fay, w.first, "la première")
	rapid.Check(t, func(r *rapid.T) {
		before, all := w.read(t, w.bo), w.read(t, w.fay)
		var comments []coop.CommentID
		for _, n := range all.Notices {
			for _, c := range n.Remarks {
				comments = append(comments, c.ID)
			}
		}
		for range rapid.IntRange(1, 4).Draw(r, "acts") {
			act(t, r, w, all.Notices, comments)
			if len(all.Notices) > 0 && rapid.Bool().Draw(r, "Ana answers") {
				_, _ = w.boards.Comment(t.Context(), w.ana, rapid.SampledFrom(all.Notices).Draw(r, "where").ID, uuid.New(), "moi aussi", "fr") // one that is gone is not there
			}
		}
		entries, err := w.boards.Log(t.Context(), w.first.UUID, before.Board.At, 100)
		if err != nil {
			t.Fatal(err)
		}
		edited, err := w.boards.Edited(t.Context(), w.first.UUID, entries, []coop.MemberID{w.ana.Member})
		if err != nil || len(edited) != len(entries) {
			t.Fatalf("%d entries of %d, %v", len(edited), len(entries), err)
		}
		fresh := w.read(t, w.bo)
		if got, want := shown(replay(before.Notices, edited)), shown(fresh.Notices); got != want {
			r.Fatalf("page and entries make\n%s\nthe fresh page is\n%s", got, want)
		}
		if strings.Contains(shown(fresh.Notices), "by Ana") {
			r.Fatalf("Bo sees Ana:\n%s", shown(fresh.Notices))
		}
	})
}

func (w *wall) comment(t testing.TB, by coop.Actor, on coop.NoticeID, body string) {
	t.Helper()
	if _, err := w.boards.Comment(t.Context(), by, on, uuid.New(), body, "fr"); err != nil {
		t.Fatal(err)
	}
}

func (w *wall) read(t testing.TB, reader coop.Actor) board.Page {
	t.Helper()
	p, err := w.boards.Read(t.Context(), reader, w.first, 0)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (w *wall) name(a coop.Actor) string {
	return map[coop.MemberID]string{w.ana.Member: "Ana", w.bo.Member: "Bo", w.cem.Member: "Cem", w.fay.Member: "Fay"}[a.Member]
}

func wants(t testing.TB, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("got %v, want %v", err, want)
	}
}
