package event

import (
	"testing"

	"lien/rule"
)

func TestAHandMovesAsTheTableSays(t *testing.T) {
	all := []Hand{HandNone, HandOn, HandSeeking, HandOff}
	want := map[HandAct][4]Hand{ // from none, on, seeking, off; "" refuses
		TakeShift: {HandOn, HandOn, HandSeeking, HandOn},
		TakeOver:  {HandOn, HandOn, "", HandOn},
		GiveBack:  {"", HandOff, HandOff, HandOff},
		SeekOther: {"", HandSeeking, HandSeeking, ""},
		KeepShift: {"", HandOn, HandOn, ""},
		"steal":   {},
	}
	for act, ends := range want {
		for n, from := range all {
			to, moved, err := from.become(act)
			if ends[n] == "" {
				if err != rule.ErrMoved { //nolint:errorlint // the very error
					t.Errorf("%s from %q: got %q, want a refusal", act, from, to)
				}
				continue
			}
			if err != nil || to != ends[n] || moved != (to != from) {
				t.Errorf("%s from %q: got %q, moved %v, %v; want %q", act, from, to, moved, err, ends[n])
			}
		}
	}
}
