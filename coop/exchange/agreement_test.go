package exchange

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
)

func states() []State {
	return []State{Proposed, Agreed, DoneClaimed, Disputed, Confirmed, Declined, Cancelled, Settled, Void}
}

func TestEveryUnfinishedAgreementHasAWayOutAndADeadline(t *testing.T) {
	reached := map[State]bool{None: true}
	for _, transition := range Transitions() {
		reached[transition.To] = true
		if got, want := transition.Within == 0, transition.To.Final(); got != want {
			t.Errorf("%s from %s: no deadline is %v, final is %v", transition.Step, transition.From, got, want)
		}
		if transition.From.Final() {
			t.Errorf("%s leads out of %s, which is final", transition.Step, transition.From)
		}
	}
	for _, state := range states() {
		if !reached[state] {
			t.Errorf("nothing leads to %s", state)
		}
		if !state.Final() && !leadsOut(state, map[State]bool{}) {
			t.Errorf("%s leads to no end", state)
		}
		if !state.Final() && !outFor(state, Either, Invited, Proposer) {
			t.Errorf("%s: neither of the two has a way out", state)
		}
		if !state.Final() && !outFor(state, Facilitator) {
			t.Errorf("%s: no way out once the two fall silent", state)
		}
	}
}

func leadsOut(from State, seen map[State]bool) bool {
	seen[from] = true
	for _, t := range Transitions() {
		if t.From == from && (t.To.Final() || !seen[t.To] && leadsOut(t.To, seen)) {
			return true
		}
	}
	return false
}

func outFor(from State, who ...Who) bool {
	for _, t := range Transitions() {
		for _, w := range who {
			if t.From == from && t.Who == w {
				return true
			}
		}
	}
	return false
}

func TestAStepLeadsFromAStateToOneStateOnly(t *testing.T) {
	seen := map[[2]string]bool{}
	for _, transition := range Transitions() {
		key := [2]string{string(transition.Step), string(transition.From)}
		if seen[key] {
			t.Errorf("%s from %s stands twice in the table", transition.Step, transition.From)
		}
		seen[key] = true
	}
}

func TestNobodyIsPaidByTheirOwnWordAlone(t *testing.T) {
	giver, receiver, other := coop.MemberID{UUID: uuid.New()}, coop.MemberID{UUID: uuid.New()}, coop.MemberID{UUID: uuid.New()}
	now := time.Now()
	for _, state := range states() {
		for _, claimer := range []coop.MemberID{giver, receiver} {
			for _, late := range []time.Duration{-time.Hour, time.Hour} {
				g := Agreement{
					Giver: Person{ID: giver}, Receiver: Person{ID: receiver}, ProposedBy: giver, State: state,
					DoneBy: claimer, Claimed: 60, DeadlineAt: now.Add(late),
				}
				for _, transition := range Transitions() {
					if transition.From != state || !transition.To.Paid() {
						continue
					}
					if g.May(transition.Step, claimer, true, now) {
						t.Errorf("%s from %s: who named the hours also settles them", transition.Step, state)
					}
					if g.May(transition.Step, other, false, now) {
						t.Errorf("%s from %s: a stranger may", transition.Step, state)
					}
				}
			}
		}
	}
}

func TestAFacilitatorWhoIsPartyMediatesNothing(t *testing.T) {
	giver, receiver := coop.MemberID{UUID: uuid.New()}, coop.MemberID{UUID: uuid.New()}
	for _, state := range states() {
		g := Agreement{Giver: Person{ID: giver}, Receiver: Person{ID: receiver}, State: state, DoneBy: giver, DeadlineAt: time.Now().Add(-time.Hour)}
		for _, step := range []Step{ToSettle, ToVoid} {
			if g.May(step, giver, true, time.Now()) || g.May(step, receiver, true, time.Now()) {
				t.Errorf("%s from %s: a facilitator who is party may", step, state)
			}
		}
	}
}

func TestCloseFiguresMeetOnTheLower(t *testing.T) {
	for _, c := range []struct {
		claimed, answered, paid int64
		met                     bool
	}{
		{90, 90, 90, true},
		{60, 45, 45, true},  // a quarter, fifteen minutes
		{45, 60, 45, true},  // the same, the other way round
		{60, 44, 44, false}, // sixteen minutes
		{40, 29, 29, false}, // eleven minutes are more than a quarter of forty
		{40, 30, 30, true},  // ten are a quarter
		{240, 225, 225, true},
		{240, 220, 220, false}, // within a quarter, but twenty minutes
		{15, 10, 10, false},
	} {
		if paid, met := Meet(c.claimed, c.answered); met != c.met || paid != c.paid {
			t.Errorf("%d and %d: got %d, %v; want %d, %v", c.claimed, c.answered, paid, met, c.paid, c.met)
		}
	}
}
