package problem_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/inbox"
	"lien/coop/problem"
	"lien/rule"
)

func TestAHomeHasOnePseudonymForGood(t *testing.T) {
	h := newHouse(t)
	id := h.lift(t)
	for _, who := range []coop.Actor{h.cem, h.bo, h.eli} {
		wants(t, h.MeToo(t.Context(), who, id, too("moi aussi")), nil)
	}
	wants(t, h.Withdraw(t.Context(), h.cem, id), nil)
	wants(t, h.MeToo(t.Context(), h.dia, id, too("et moi")), nil)
	wants(t, h.MeToo(t.Context(), h.cem, id, too("de nouveau")), nil)
	h.exec(t, `UPDATE coop.members SET place_id = ? WHERE id = ?`, h.other, h.dia.Member) // who moves keeps what they said
	p, lines, _, err := h.One(t.Context(), h.eli, id)
	if err != nil || p.Homes != 4 || len(lines) != 5 {
		t.Fatalf("%d homes and %d lines, %v; want 4 and 5", p.Homes, len(lines), err)
	}
	got := ""
	for _, l := range lines {
		got += problem.Letters(l.Home) + " "
	}
	if got != "A A B C D " {
		t.Errorf("the homes are %s", got)
	}
}

func TestAProblemIsReadAndSharedByWhoLivesThere(t *testing.T) {
	h := newHouse(t)
	stairs := lift(h.one)
	stairs.Kind = "damp"
	id, err := h.TellOf(t.Context(), h.ana, stairs)
	wants(t, err, nil)
	for _, c := range []struct {
		who        coop.Actor
		read, join error
	}{
		{h.cem, nil, nil},
		{h.eli, rule.ErrNotFound, rule.ErrNotFound},
		{h.fay, nil, rule.ErrNotFound}, // a facilitator follows it, and does not have it
		{coop.Actor{Cooperative: rule.NewID[coop.CooperativeID](), Member: h.ana.Member}, rule.ErrNotFound, rule.ErrNotFound},
	} {
		_, _, _, err := h.One(t.Context(), c.who, id)
		wants(t, err, c.read)
		wants(t, h.MeToo(t.Context(), c.who, id, too("ici")), c.join)
	}
	h.exec(t, `INSERT INTO coop.blocks (cooperative_id, member_id, hidden_id, at) VALUES (?, ?, ?, ?)`, h.ana.Cooperative, h.cem.Member, h.ana.Member, noon)
	if p, lines, _, err := h.One(t.Context(), h.ana, id); err != nil || len(lines) != 1 || p.Homes != 2 {
		t.Errorf("Ana reads %d lines of %d homes, %v; want her own of two", len(lines), p.Homes, err)
	}
	for _, d := range []problem.Draft{stairs, lift(h.two)} {
		d.Key = uuid.New()
		var invalid *rule.Invalid
		if _, err := h.TellOf(t.Context(), h.cem, d); !errors.As(err, &invalid) {
			t.Errorf("a second one, or one elsewhere: %v", err)
		}
	}
}

func TestWhatWasDoneIsWrittenByAFacilitatorAndToldToTheHomes(t *testing.T) {
	h := newHouse(t)
	id := h.lift(t)
	note := func(seen int, step problem.Step) problem.Note {
		return problem.Note{Seen: seen, Step: step, On: noon, Words: "par courrier", Language: "fr"}
	}
	wants(t, h.Take(t.Context(), h.ana, id, note(0, problem.Tell)), rule.ErrForbidden)
	wants(t, h.Take(t.Context(), h.fay, id, note(0, problem.Answer)), rule.ErrMoved)
	wants(t, h.Take(t.Context(), h.fay, id, note(0, problem.Tell)), nil)
	wants(t, h.Take(t.Context(), h.fay, id, note(0, problem.Tell)), rule.ErrMoved)
	wants(t, h.Take(t.Context(), h.fay, id, note(1, problem.Answer)), nil)
	wants(t, h.Take(t.Context(), h.fay, id, note(2, problem.Solve)), nil)
	wants(t, h.MeToo(t.Context(), h.cem, id, too("trop tard")), rule.ErrMoved)
	wants(t, h.Take(t.Context(), h.fay, id, note(3, problem.Reopen)), nil)
	wants(t, h.MeToo(t.Context(), h.cem, id, too("encore")), nil)
	late := note(4, problem.Tell)
	late.On = noon.Add(48 * time.Hour)
	var invalid *rule.Invalid
	if err := h.Take(t.Context(), h.fay, id, late); !errors.As(err, &invalid) || invalid.Field != "on" {
		t.Errorf("what will be done: %v", err)
	}
	told, err := inbox.New(h.Coop, func() time.Time { return h.clock }).Mine(t.Context(), h.ana, uuid.Nil)
	if err != nil || len(told) != 4 {
		t.Errorf("Ana was told %d times, %v; want each step", len(told), err)
	}
}

func TestWhoLeftHasNoProblemAnyMore(t *testing.T) {
	h := newHouse(t)
	id := h.lift(t)
	wants(t, h.MeToo(t.Context(), h.cem, id, too("moi aussi")), nil)
	h.exec(t, `UPDATE coop.members SET state = 'left' WHERE id = ?`, h.cem.Member)
	p, lines, _, err := h.Letter(t.Context(), h.fay, id)
	if err != nil || p.Homes != 1 || len(lines) != 1 || lines[0].Words != "au troisième" {
		t.Errorf("%d homes say %+v, %v; want Ana's alone", p.Homes, lines, err)
	}
}

func TestTheDeskCountsWhatTheLandlordDoesNotKnow(t *testing.T) {
	h := newHouse(t)
	id := h.lift(t)
	waits := func(want int) {
		t.Helper()
		if n, err := h.Waiting(t.Context(), h.fay); err != nil || n != want {
			t.Errorf("%d wait, %v; want %d", n, err, want)
		}
	}
	waits(1)
	wants(t, h.Take(t.Context(), h.fay, id, problem.Note{Step: problem.Tell, On: noon, Words: "par courrier", Language: "fr"}), nil)
	waits(0)
	_, err := h.Waiting(t.Context(), h.ana)
	wants(t, err, rule.ErrForbidden)
}

func TestTheLetterNamesNobody(t *testing.T) {
	h := newHouse(t)
	id := h.lift(t)
	wants(t, h.MeToo(t.Context(), h.cem, id, too("moi aussi")), nil)
	if _, _, _, err := h.Letter(t.Context(), h.ana, id); !errors.Is(err, rule.ErrForbidden) {
		t.Errorf("a neighbour prints the letter: %v", err)
	}
	_, lines, _, err := h.Letter(t.Context(), h.fay, id)
	if err != nil || len(lines) != 2 {
		t.Fatalf("%d lines, %v", len(lines), err)
	}
	if counts := problem.Counted(lines); counts != nil {
		t.Errorf("two homes are counted by stairwell: %v", counts)
	}
}

func TestHomesAreCountedOnlyWhereThatPointsAtNobody(t *testing.T) {
	first, second := uuid.New(), uuid.New()
	lines := func(one, two int) (out []problem.Line) {
		for n := range one + two {
			l := problem.Line{Home: n + 1, Stair: first, Stairs: "1"}
			if n >= one {
				l.Stair, l.Stairs = second, "2"
			}
			out = append(out, l, l) // two of each home speak
		}
		return out
	}
	for _, c := range []struct{ one, two, want int }{{0, 0, 0}, {2, 0, 0}, {3, 0, 1}, {9, 1, 0}, {9, 2, 0}, {3, 3, 2}} {
		if got := problem.Counted(lines(c.one, c.two)); len(got) != c.want {
			t.Errorf("%d and %d homes are counted as %v, want %d counts", c.one, c.two, got, c.want)
		}
	}
	if got := problem.Counted(lines(4, 5)); got[0] != (problem.Count{Stairwell: "1", Homes: 4}) || got[1].Homes != 5 {
		t.Errorf("got %v", got)
	}
	if got := strings.Join([]string{problem.Letters(1), problem.Letters(26), problem.Letters(27), problem.Letters(702), problem.Letters(703)}, " "); got != "A Z AA ZZ AAA" {
		t.Errorf("got %s", got)
	}
}

func wants(t testing.TB, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("got %v, want %v", err, want)
	}
}
