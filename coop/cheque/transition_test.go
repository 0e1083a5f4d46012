package cheque

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/exchange"
)

func states() []State { return []State{Blank, Presented, Disputed, Paid, Void} }

func steps() []Step {
	return []Step{ToPresent, ToHonour, ToConfirm, ToDiffer, ToRefuse, ToWitness, ToAccept, ToWithdraw, ToSettle, ToVoid, ToLose}
}

func TestEveryUnfinishedLeafHasAWayOutAndADeadline(t *testing.T) {
	now, end := time.Now(), time.Now().AddDate(1, 0, 0)
	reached := map[State]bool{Blank: true}
	for _, transition := range Transitions() {
		reached[transition.To] = true
		deadline := transition.deadline(Leaf{ValidUntil: end}, now)
		if deadline.IsZero() != transition.To.Final() {
			t.Errorf("%s from %s: the deadline is %v", transition.Step, transition.From, deadline)
		}
		if transition.From.Final() {
			t.Errorf("%s leads out of %s, which is final", transition.Step, transition.From)
		}
	}
	for _, state := range states() {
		if !reached[state] {
			t.Errorf("nothing leads to %s", state)
		}
		if state.Final() {
			continue
		}
		if !outFor(state, Drawer, Bearer, Either, Keeper) {
			t.Errorf("%s: neither of the two has a way out", state)
		}
		if !outFor(state, Facilitator, Keeper) {
			t.Errorf("%s: no way out once the two fall silent", state)
		}
	}
}

func outFor(from State, who ...Who) bool {
	for _, t := range Transitions() {
		for _, w := range who {
			if t.From == from && t.Who == w && t.To.Final() {
				return true
			}
		}
	}
	return false
}

// cast is everybody who could stand before a leaf.
type cast struct {
	name        string
	id          coop.MemberID
	facilitator bool
}

// Every state, with every actor, and every step: allowed exactly when a line of the table
// says so, and nobody who gains is ever alone in what pays them.
func TestEveryStateActorAndStepIsAsTheTableSays(t *testing.T) {
	drawer, bearer, other := coop.MemberID{UUID: uuid.New()}, coop.MemberID{UUID: uuid.New()}, coop.MemberID{UUID: uuid.New()}
	people := []cast{
		{"drawer", drawer, false},
		{"drawer who facilitates", drawer, true},
		{"bearer", bearer, false},
		{"bearer who facilitates", bearer, true},
		{"neighbour", other, false},
		{"facilitator", other, true},
	}
	is := map[Who]func(cast) bool{
		Neighbour:   func(c cast) bool { return c.id != drawer },
		Drawer:      func(c cast) bool { return c.id == drawer },
		Bearer:      func(c cast) bool { return c.id == bearer },
		Either:      func(c cast) bool { return c.id != other },
		Facilitator: func(c cast) bool { return c.id == other && c.facilitator },
		Keeper:      func(c cast) bool { return c.id == drawer || c.facilitator },
	}
	now, tried := time.Now(), 0
	for _, state := range states() {
		for _, late := range []bool{false, true} {
			for _, answered := range []int64{0, 40} {
				for _, c := range people {
					for _, step := range steps() {
						leaf := Leaf{State: state, Drawer: exchange.Person{ID: drawer}, Claimed: 60, Answered: answered, DeadlineAt: now.Add(time.Hour)}
						leaf.Bearer.ID = bearer
						if late {
							leaf.DeadlineAt = now.Add(-time.Hour)
						}
						want := false
						for _, line := range Transitions() {
							want = want || line.Step == step && line.From == state && is[line.Who](c) && (late || !line.OnceLate)
						}
						if step == ToAccept && c.id == bearer && answered == 0 {
							want = false // the drawer named no figure to accept
						}
						tried++
						if got := leaf.May(step, c.id, c.facilitator, now); got != want {
							t.Errorf("%s, late %v, answered %d: %s by %s is %v, want %v", state, late, answered, step, c.name, got, want)
						}
						line, _ := find(step, state)
						if want && c.id == bearer && line.To == Paid && step != ToAccept {
							t.Errorf("%s: %s pays the bearer by their own word", state, step)
						}
					}
				}
			}
		}
	}
	if tried != 5*2*2*6*11 {
		t.Errorf("%d cases were tried", tried)
	}
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
