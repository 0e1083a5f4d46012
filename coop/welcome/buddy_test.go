package welcome

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"lien/coop"
)

func states() []State {
	return []State{Asked, Offered, Paired, Ended, Declined, Withdrawn, Lapsed}
}

func TestEveryOpenBuddyshipHasAWayOutForBothAndADeadline(t *testing.T) {
	reached := map[State]bool{}
	for _, line := range Transitions() {
		reached[line.To] = true
		if line.From.Final() {
			t.Errorf("%s leads out of %s, which is final", line.Step, line.From)
		}
		if (line.Within == 0) != line.To.Final() {
			t.Errorf("%s to %s: a deadline of %s", line.Step, line.To, line.Within)
		}
	}
	for _, s := range states() {
		if !reached[s] {
			t.Errorf("nothing leads to %s", s)
		}
		if s.Final() {
			continue
		}
		for _, who := range [][]Who{{Newcomer, Either}, {Buddy, Either}, {Clock}} {
			if !slices.ContainsFunc(Transitions(), func(l Transition) bool {
				return l.From == s && l.To.Final() && slices.Contains(who, l.Who)
			}) {
				t.Errorf("%s has no end for %v", s, who)
			}
		}
	}
}

func TestNobodyIsPairedWithoutTheYesOfBoth(t *testing.T) {
	for _, line := range Transitions() {
		if line.To == Paired && (line.From != Offered || line.Who != Newcomer) {
			t.Errorf("%s pairs without the newcomer's yes", line.Step)
		}
		if line.To == Offered && (line.From != Asked || line.Who != Buddy) {
			t.Errorf("%s offers without the buddy's yes", line.Step)
		}
	}
}

// allowed is the table again, as people would say it: who may do what, where.
var allowed = map[State]map[Step]string{
	Asked:   {ToAccept: "buddy", ToDecline: "buddy", ToWithdraw: "newcomer"},
	Offered: {ToPair: "newcomer", ToRefuse: "newcomer", ToWithdraw: "buddy"},
	Paired:  {ToEnd: "newcomer buddy"},
}

func TestEachStepIsForWhomTheTableSaysInEveryState(t *testing.T) {
	newcomer, buddy, third := coop.MemberID{UUID: uuid.New()}, coop.MemberID{UUID: uuid.New()}, coop.MemberID{UUID: uuid.New()}
	steps := []Step{ToAsk, ToAccept, ToDecline, ToPair, ToRefuse, ToWithdraw, ToEnd, ToLapse, ToFinish}
	for _, state := range states() {
		b := Buddyship{State: state, Newcomer: newcomer, Buddy: buddy}
		for _, step := range steps {
			for name, m := range map[string]coop.MemberID{"newcomer": newcomer, "buddy": buddy, "third": third} {
				want := slices.Contains(strings.Fields(allowed[state][step]), name)
				if got := b.May(step, m); got != want || slices.Contains(b.StepsOf(m), step) != want {
					t.Errorf("%s, %s by %s: got %v, want %v", state, step, name, got, want)
				}
			}
		}
	}
}
