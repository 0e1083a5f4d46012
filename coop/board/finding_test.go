package board_test

import (
	"errors"
	"testing"
	"time"

	"lien/coop"
	"lien/coop/board"
	"lien/rule"
)

func (w *wall) found(t testing.TB, who coop.Actor, typed string) []string {
	t.Helper()
	list, _, err := w.boards.Find(t.Context(), who, typed, coop.NoticeID{}, 20)
	if err != nil {
		t.Fatal(err)
	}
	var bodies []string
	for _, n := range list {
		bodies = append(bodies, n.Body)
	}
	return bodies
}

func TestANoticeIsFoundHoweverItIsTyped(t *testing.T) {
	w := newWall(t)
	w.pin(t, w.ana, w.first, "L’ascenseur est en panne depuis hier")
	w.pin(t, w.ana, w.first, "Deux vélos à réparer samedi")
	w.pin(t, w.cem, w.residence, "Le marché des épices")
	for typed, want := range map[string]int{
		"ascenseur": 1, "ascenseurs": 1, "ASCENSEUR": 1, "asenseur": 1, "pannes": 1, "vélo": 1, "velo réparé": 1, "marche": 1, "épice": 1,
		"vélo ascenseur": 0, "le": 0, "' | & ! <-> :*": 0, "": 0, "piscine": 0, `\`: 0,
	} {
		if got := w.found(t, w.bo, typed); len(got) != want {
			t.Errorf("%q finds %q, want %d", typed, got, want)
		}
	}
	var invalid *rule.Invalid
	if _, _, err := w.boards.Find(t.Context(), w.bo, "a\x00b", coop.NoticeID{}, 20); !errors.As(err, &invalid) {
		t.Errorf("what is no text: %v", err)
	}
}

func TestNobodyFindsWhatTheyMayNotRead(t *testing.T) {
	w := newWall(t)
	mine := w.pin(t, w.ana, w.first, "un secret de palier")
	w.pin(t, w.cem, w.residence, "un secret pour tous")
	brief := draft("un secret d’un jour")
	brief.Days = 1
	w.clock = w.clock.Add(time.Hour)
	_, err := w.boards.Pin(t.Context(), w.ana, w.residence, brief)
	wants(t, err, nil)
	for who, want := range map[coop.Actor]int{w.bo: 3, w.cem: 2, {Cooperative: rule.NewID[coop.CooperativeID](), Member: w.bo.Member}: 0} {
		if got := w.found(t, who, "secret"); len(got) != want {
			t.Errorf("found %q, want %d", got, want)
		}
	}
	if got := w.found(t, w.cem, "paller"); len(got) != 0 {
		t.Errorf("a slip is mended by what is not theirs to read: %q", got)
	}
	w.clock = w.clock.Add(25 * time.Hour) // over, and nobody has taken it down yet
	w.hide(t, w.cem, w.bo)
	if got := w.found(t, w.bo, "secret"); len(got) != 1 {
		t.Errorf("found %q, want what is left", got)
	}
	_, err = w.boards.TakeDown(t.Context(), w.fay, mine, board.Decision{Rule: "respect"})
	wants(t, err, nil)
	w.exec(t, `UPDATE coop.members SET state = 'paused' WHERE id = ?`, w.cem.Member)
	for _, who := range []coop.Actor{w.ana, w.bo, w.cem} {
		if got := w.found(t, who, "secret palier"); len(got) != 0 {
			t.Errorf("found %q", got)
		}
	}
}

func TestWhatIsFoundIsReadPageByPage(t *testing.T) {
	w := newWall(t)
	for range 7 {
		w.pin(t, w.ana, w.first, "la fête")
		w.clock = w.clock.Add(10 * time.Minute)
	}
	seen, before := map[coop.NoticeID]bool{}, coop.NoticeID{}
	for range 3 {
		list, next, err := w.boards.Find(t.Context(), w.bo, "fêtes", before, 3)
		wants(t, err, nil)
		for _, n := range list {
			seen[n.ID] = true
		}
		before = next
	}
	if len(seen) != 7 || before != (coop.NoticeID{}) {
		t.Errorf("%d were found in three pages, and then %v", len(seen), before)
	}
}
