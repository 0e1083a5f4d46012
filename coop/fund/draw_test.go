package fund_test

import (
	"testing"

	"lien/coop"
	"lien/coop/fund"
	"lien/rule"
)

var states = []fund.State{fund.None, fund.Asked, fund.Offered, fund.Granted, fund.Refused, fund.Withdrawn, fund.Declined, fund.Lapsed}

func TestEveryOpenDrawHasAnExitForSomebodyAndADeadline(t *testing.T) {
	for _, state := range states {
		exits, reached := 0, state == fund.None
		for _, line := range fund.Transitions() {
			if line.From == state {
				exits++
			}
			if line.To == state {
				reached = true
				if (line.Within > 0) == state.Final() {
					t.Errorf("%s → %s: %s may last %s", line.From, line.To, state, line.Within)
				}
			}
		}
		if !reached || (exits == 0) != state.Final() {
			t.Errorf("%q: reached %v, %d exits, final %v", state, reached, exits, state.Final())
		}
	}
}

// Every state, every actor, every step: who may is exactly who the table names.
func TestWhoMayTakeAStepIsWhatTheTableSays(t *testing.T) {
	its, other := rule.NewID[coop.MemberID](), rule.NewID[coop.MemberID]()
	for _, state := range states {
		d := fund.Draw{Member: its, State: state}
		for _, step := range []fund.Step{fund.ToAsk, fund.ToOffer, fund.ToGrant, fund.ToRefuse, fund.ToWithdraw, fund.ToTake, fund.ToDecline, fund.ToLapse} {
			want := map[fund.Who]bool{}
			for _, line := range fund.Transitions() {
				if line.From == state && line.Step == step {
					want[line.Who] = true
				}
			}
			for who, got := range map[string]struct{ may, want bool }{
				"its member":                 {d.May(step, its, false), want[fund.Its]},
				"its member, who is steward": {d.May(step, its, true), want[fund.Its]},
				"a steward":                  {d.May(step, other, true), want[fund.Steward]},
				"a neighbour":                {d.May(step, other, false), false},
			} {
				if got.may != got.want {
					t.Errorf("%s, %s by %s: may %v, want %v", state, step, who, got.may, got.want)
				}
			}
		}
	}
}
