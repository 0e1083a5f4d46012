package board_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/board"
	"lien/rule"
)

// gus is a second facilitator, of the second stairwell.
func (w *wall) gus(t testing.TB) coop.Actor {
	t.Helper()
	w.exec(t, `INSERT INTO coop.member_roles (cooperative_id, member_id, role, from_at) VALUES (?, ?, 'facilitator', ?)`, w.cem.Cooperative, w.cem.Member, noon)
	return w.cem
}

func (w *wall) report(t testing.TB, by coop.Actor, r board.Report) {
	t.Helper()
	r.Reason = "money"
	if err := w.boards.Report(t.Context(), by, r); err != nil {
		t.Fatal(err)
	}
}

// onlyFile is the one file that waits.
func (w *wall) onlyFile(t testing.TB, by coop.Actor) board.File {
	t.Helper()
	files, err := w.boards.Queue(t.Context(), by)
	if err != nil || len(files) != 1 {
		t.Fatalf("the queue holds %+v (%v), want one", files, err)
	}
	return files[0]
}

func (w *wall) decides(t testing.TB, by coop.Actor, id coop.FileID, step board.Verdict, seen int) error {
	t.Helper()
	w.clock = w.clock.Add(time.Minute)
	_, err := w.boards.Decide(t.Context(), by, id, board.Decision{Step: step, Seen: seen, Rule: "money", Words: "Enlevez le prix, et tout ira bien."})
	return err
}

func (w *wall) must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (w *wall) told(t testing.TB, who coop.Actor, kind string) (n int) {
	t.Helper()
	w.must(t, w.Coop.NewRaw(`SELECT count(*) FROM coop.inbox WHERE member_id = ? AND kind = ?`, who.Member, kind).Scan(t.Context(), &n))
	return n
}

func TestAnotherPersonDecidesOnTheAnswer(t *testing.T) {
	w := newWall(t)
	gus := w.gus(t)
	notice := w.pin(t, w.ana, w.first, "je vends mon canapé")
	comment := w.answers(t, w.ana, notice, "dix euros")
	for _, about := range []board.Report{{Notice: notice, Comment: comment}, {Notice: notice}} {
		w.report(t, w.bo, about)
		file := w.onlyFile(t, w.fay)
		w.must(t, w.decides(t, w.fay, file.ID, board.ToHide, 0))
		if err := w.decides(t, w.bo, file.ID, board.ToContest, 1); !errors.Is(err, rule.ErrNotFound) {
			t.Errorf("a neighbour contests: %v", err)
		}
		w.must(t, w.decides(t, w.ana, file.ID, board.ToContest, 1))
		if again := w.onlyFile(t, gus); again.State != board.Contested || again.Rule != "money" {
			t.Errorf("the queue says %+v", again)
		}
		for _, step := range []board.Verdict{board.ToUphold, board.ToRestore} {
			if err := w.decides(t, w.fay, file.ID, step, 2); !errors.Is(err, rule.ErrForbidden) {
				t.Errorf("who hid it decides to %s: %v", step, err)
			}
		}
		w.must(t, w.decides(t, gus, file.ID, board.ToRestore, 2))
		if err := w.decides(t, gus, file.ID, board.ToUphold, 2); !errors.Is(err, rule.ErrNotFound) {
			t.Errorf("a page that is too old: %v", err)
		}
	}
	_, n, err := w.boards.Notice(t.Context(), w.bo, notice)
	if err != nil || n.Comments != 1 || len(n.Remarks) != 1 {
		t.Errorf("what was restored reads %+v (%v)", n, err)
	}
	if w.told(t, w.ana, "notice_hidden") != 2 || w.told(t, w.ana, "notice_restored") != 2 || w.told(t, w.bo, "notice_looked_at") != 2 {
		t.Error("who is concerned was not told")
	}
}

func (w *wall) answers(t testing.TB, by coop.Actor, notice coop.NoticeID, body string) (id coop.CommentID) {
	t.Helper()
	w.clock = w.clock.Add(5 * time.Minute)
	_, err := w.boards.Comment(t.Context(), by, notice, uuid.New(), body, "fr")
	w.must(t, err)
	w.must(t, w.Coop.NewRaw(`SELECT id FROM coop.comments WHERE notice_id = ? ORDER BY seq DESC LIMIT 1`, notice).Scan(t.Context(), &id.UUID))
	return id
}

func TestWhoReportedIsNotToldToWhomTheyReported(t *testing.T) {
	w := newWall(t)
	gus := w.gus(t)
	notice := w.pin(t, w.fay, w.first, "un mot de trop")
	w.report(t, w.bo, board.Report{Notice: notice})
	if files, err := w.boards.Queue(t.Context(), w.fay); err != nil || len(files) != 0 {
		t.Errorf("a facilitator finds what was said about them: %+v (%v)", files, err)
	}
	file := w.onlyFile(t, gus)
	if _, _, err := w.boards.Reported(t.Context(), w.fay, file.ID); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("a facilitator reads who reported them: %v", err)
	}
	if _, told, err := w.boards.Reported(t.Context(), gus, file.ID); err != nil || len(told) != 1 || told[0].By.Name != "Bo" {
		t.Errorf("the desk reads %+v (%v)", told, err)
	}
	for _, who := range []coop.Actor{w.ana, w.bo} {
		if _, err := w.boards.Queue(t.Context(), who); !errors.Is(err, rule.ErrNotFound) {
			t.Errorf("the queue for a member: %v", err)
		}
	}
	if err := w.boards.Report(t.Context(), w.fay, board.Report{Notice: notice, Reason: "other"}); !errors.Is(err, rule.ErrForbidden) {
		t.Errorf("one's own: %v", err)
	}
	if _, err := w.boards.Own(t.Context(), w.fay, file.ID); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("an author learns of a report before anything was decided: %v", err)
	}
	w.must(t, w.decides(t, gus, file.ID, board.ToKeep, 0))
	if w.told(t, w.fay, "notice_hidden") != 0 || w.told(t, w.bo, "notice_looked_at") != 1 {
		t.Error("kept: the reporter is told, the author not")
	}
}

func TestOnlyWhatOneReadsIsReported(t *testing.T) {
	w := newWall(t)
	notice := w.pin(t, w.ana, w.first, "chez nous")
	elsewhere := w.pin(t, w.cem, w.second, "chez eux")
	comment := w.answers(t, w.cem, elsewhere, "ah non")
	for name, r := range map[string]board.Report{
		"another stairwell": {Notice: elsewhere, Reason: "other"}, "a comment from elsewhere": {Notice: notice, Comment: comment, Reason: "other"},
		"nothing": {Notice: rule.NewID[coop.NoticeID](), Reason: "other"},
	} {
		if err := w.boards.Report(t.Context(), w.bo, r); !errors.Is(err, rule.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	var invalid *rule.Invalid
	for _, r := range []board.Report{{Notice: notice, Reason: "x"}, {Notice: notice, Reason: "other", Words: strings.Repeat("a", 501)}} {
		if err := w.boards.Report(t.Context(), w.bo, r); !errors.As(err, &invalid) {
			t.Errorf("%+v: %v", r, err)
		}
	}
}

func TestThePaceThatWasVotedHolds(t *testing.T) {
	w := newWall(t)
	vote := board.Vote{
		Key: uuid.New(), Pace: board.Pace{Notices: 1, Comments: 1, Minutes: 60, Reports: 1, QuietFrom: 22 * 60, QuietUntil: 7 * 60},
		VotedOn: noon.AddDate(0, 0, -1), Words: "Nuit calme.",
	}
	if err := w.boards.SetPace(t.Context(), w.ana, vote); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("a member sets the pace: %v", err)
	}
	for range 2 {
		w.must(t, w.boards.SetPace(t.Context(), w.fay, vote)) // the same key is one change
	}
	stale := vote
	stale.Key = uuid.New()
	if err := w.boards.SetPace(t.Context(), w.fay, stale); !errors.Is(err, rule.ErrMoved) {
		t.Errorf("a page that is too old: %v", err)
	}
	refuses := func(want string, err error) {
		t.Helper()
		var invalid *rule.Invalid
		if !errors.As(err, &invalid) || invalid.Rule != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	notice := w.pin(t, w.ana, w.first, "une")
	_, err := w.boards.Pin(t.Context(), w.ana, w.first, draft("deux"))
	refuses("board.rule.flood", err)
	w.report(t, w.bo, board.Report{Notice: notice})
	refuses("moderation.too_many", w.boards.Report(t.Context(), w.bo, board.Report{Notice: notice, Reason: "other"}))
	for day, c := range []struct {
		hour, minute int // UTC; one hour more in Paris
		quiet        bool
	}{{20, 59, false}, {21, 0, true}, {23, 30, true}, {5, 59, true}, {6, 0, false}} {
		w.clock = time.Date(2026, 12, 2+day, c.hour, c.minute, 0, 0, time.UTC)
		help := draft("qui peut m’ouvrir ?")
		help.Kind = board.Help
		asked, err := w.boards.Pin(t.Context(), w.bo, w.first, help)
		w.must(t, err)
		_, err = w.boards.Comment(t.Context(), w.ana, asked, uuid.New(), "j’arrive", "fr")
		w.must(t, err)
		_, err = w.boards.Pin(t.Context(), w.cem, w.second, draft("bonne nuit"))
		if c.quiet {
			refuses("board.rule.quiet", err)
		} else {
			w.must(t, err)
		}
	}
}
