package assembly_test

import (
	"testing"

	"lien/coop/assembly"
)

func TestAMajorityIsReachedByTheLeastNumberThatReachesIt(t *testing.T) {
	for _, c := range []struct{ num, den, base, strict, atLeast int }{
		{1, 2, 10, 6, 5}, {1, 2, 11, 6, 6}, {2, 3, 9, 7, 6}, {2, 3, 10, 7, 7}, {3, 4, 8, 7, 6}, {4, 5, 1, 1, 1}, {1, 2, 0, 1, 1},
	} {
		strict, least := assembly.Majority{Num: c.num, Den: c.den, Strict: true}, assembly.Majority{Num: c.num, Den: c.den}
		if got := strict.Needed(c.base); got != c.strict {
			t.Errorf("more than %d/%d of %d is %d, want %d", c.num, c.den, c.base, got, c.strict)
		}
		if got := least.Needed(c.base); got != c.atLeast {
			t.Errorf("%d/%d of %d is %d, want %d", c.num, c.den, c.base, got, c.atLeast)
		}
	}
}

func TestAQuorumIsRoundedUp(t *testing.T) {
	for _, c := range []struct{ percent, roll, want int }{{25, 60, 15}, {25, 61, 16}, {0, 60, 0}, {100, 7, 7}, {33, 10, 4}} {
		if got := (assembly.Statute{Quorum: c.percent}).Voices(c.roll); got != c.want {
			t.Errorf("%d%% of %d is %d, want %d", c.percent, c.roll, got, c.want)
		}
	}
}
