package exchange_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/exchange"
	"lien/rule"
)

// The people around every agreement of these tests: A gives, B receives and proposed, C
// facilitates and is neither, D is a neighbour. B facilitates, too, which must not help.
const (
	giver = iota
	receiver
	neutral
	bystander
)

// machine is a street whose agreements have been brought into every state.
type machine struct {
	*street
	in map[exchange.State]exchange.Agreement
}

func newMachine(t *testing.T) machine {
	t.Helper()
	m := machine{street: newStreet(t, 4), in: map[exchange.State]exchange.Agreement{}}
	m.facilitator(t, neutral)
	m.facilitator(t, receiver)
	step := func(g exchange.Agreement, err error) exchange.Agreement {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return g
	}
	for _, s := range []exchange.State{exchange.Agreed, exchange.DoneClaimed, exchange.Disputed, exchange.Confirmed} {
		m.in[s] = m.reach(t, s)
	}
	m.in[exchange.Proposed] = m.propose(t)
	g := m.propose(t)
	m.in[exchange.Declined] = step(m.agreements.Decline(t.Context(), m.actor(giver), g.ID, g.Steps))
	g = m.reach(t, exchange.Agreed)
	m.in[exchange.Cancelled] = step(m.agreements.Cancel(t.Context(), m.actor(giver), g.ID, g.Steps))
	g = m.reach(t, exchange.Disputed)
	m.in[exchange.Settled] = step(m.agreements.Settle(t.Context(), m.actor(neutral), g.ID, g.Steps, 60, french("Une heure.")))
	g = m.reach(t, exchange.Disputed)
	m.in[exchange.Void] = step(m.agreements.Void(t.Context(), m.actor(neutral), g.ID, g.Steps, french("Rien.")))
	return m
}

// acts are everything that somebody can try, as the steps of the table.
func acts(a *exchange.Agreements, g exchange.Agreement, now time.Time) map[exchange.Step]func(context.Context, coop.Actor) (exchange.Agreement, error) {
	type act = func(context.Context, coop.Actor) (exchange.Agreement, error)
	plain := func(take func(context.Context, coop.Actor, coop.AgreementID, int) (exchange.Agreement, error)) act {
		return func(ctx context.Context, who coop.Actor) (exchange.Agreement, error) {
			return take(ctx, who, g.ID, g.Steps)
		}
	}
	return map[exchange.Step]act{
		exchange.ToAgree: plain(a.Agree), exchange.ToDecline: plain(a.Decline), exchange.ToCancel: plain(a.Cancel), exchange.ToAccept: plain(a.Accept),
		exchange.ToCounter: func(ctx context.Context, who coop.Actor) (exchange.Agreement, error) {
			plan := exchange.Plan{PlannedAt: now.Add(50 * time.Hour), Minutes: 45, Meeting: exchange.Outside}
			return a.Counter(ctx, who, g.ID, g.Steps, plan)
		},
		exchange.ToClaim: func(ctx context.Context, who coop.Actor) (exchange.Agreement, error) {
			return a.Claim(ctx, who, g.ID, g.Steps, 90)
		},
		exchange.ToConfirm: func(ctx context.Context, who coop.Actor) (exchange.Agreement, error) {
			return a.Confirm(ctx, who, g.ID, g.Steps, 90)
		},
		exchange.ToDiffer: func(ctx context.Context, who coop.Actor) (exchange.Agreement, error) {
			return a.Confirm(ctx, who, g.ID, g.Steps, 20)
		},
		exchange.ToDispute: func(ctx context.Context, who coop.Actor) (exchange.Agreement, error) {
			return a.Dispute(ctx, who, g.ID, g.Steps, french("Pas ainsi."))
		},
		exchange.ToSettle: func(ctx context.Context, who coop.Actor) (exchange.Agreement, error) {
			return a.Settle(ctx, who, g.ID, g.Steps, 60, french("Une heure."))
		},
		exchange.ToVoid: func(ctx context.Context, who coop.Actor) (exchange.Agreement, error) {
			return a.Void(ctx, who, g.ID, g.Steps, french("Rien."))
		},
	}
}

// line is the line of the table for a step from a state.
func line(step exchange.Step, from exchange.State) (exchange.Transition, bool) {
	table := exchange.Transitions()
	n := slices.IndexFunc(table, func(t exchange.Transition) bool { return t.Step == step && t.From == from })
	if n < 0 {
		return exchange.Transition{}, false
	}
	return table[n], true
}

// foreseen is what the table says of an act, as it stands in coop.md.
func foreseen(step exchange.Step, g exchange.Agreement, who int, late bool) error {
	t, ok := line(step, g.State)
	switch {
	case who == bystander:
		return rule.ErrNotFound
	case !ok:
		return rule.ErrMoved
	case t.OnceLate && !late:
		return rule.ErrForbidden
	}
	allowed := map[exchange.Who]bool{
		exchange.Proposer: who == receiver, exchange.Invited: who == giver, exchange.Either: who != neutral,
		exchange.Answerer: who == receiver, exchange.Facilitator: who == neutral, // A claims, B answers
	}
	if !allowed[t.Who] {
		return rule.ErrForbidden
	}
	return nil
}

// Every state × actor × act of the table, in time and too late, on a real database.
func TestEveryActAnswersAsTheTableSays(t *testing.T) {
	m := newMachine(t)
	tried, taken := 0, map[string]bool{}
	for _, late := range []bool{false, true} {
		if late {
			m.later(30 * 24 * time.Hour)
		}
		for state, g := range m.in {
			for step := range acts(m.agreements, g, m.now()) {
				for who := range bystander + 1 {
					name := fmt.Sprintf("%s from %q by %d, late %v", step, state, who, late)
					tried++
					m.try(t, name, func(a *exchange.Agreements) error {
						after, err := acts(a, g, m.now())[step](t.Context(), m.actor(who))
						want := foreseen(step, g, who, late)
						if !errors.Is(err, want) || want == nil && err != nil {
							return fmt.Errorf("got %v, want %v", err, want)
						}
						if want != nil {
							return nil
						}
						taken[fmt.Sprint(step, state)] = true
						return m.sound(t, a, step, g, after)
					})
				}
			}
		}
	}
	for _, tr := range exchange.Transitions() {
		if tr.From != exchange.None && tr.Step != exchange.ToMove && !taken[fmt.Sprint(tr.Step, tr.From)] {
			t.Errorf("nobody could %s from %s", tr.Step, tr.From)
		}
	}
	t.Logf("%d acts were tried", tried)
}

// try lets somebody act in a transaction that is undone.
func (m machine) try(t *testing.T, name string, act func(*exchange.Agreements) error) {
	t.Helper()
	undone := errors.New("undone")
	err := m.Coop.RunInTx(t.Context(), nil, func(ctx context.Context, tx bun.Tx) error {
		if err := act(exchange.NewAgreements(tx, m.now)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		return undone
	})
	if !errors.Is(err, undone) {
		t.Errorf("%s: %v", name, err)
	}
}

// sound reports what is wrong with an agreement after a step: it is where the table leads,
// its events say so again, and it has a deadline unless it is over.
func (m machine) sound(t *testing.T, a *exchange.Agreements, step exchange.Step, before, after exchange.Agreement) error {
	t.Helper()
	to, _ := line(step, before.State)
	stored, err := a.One(t.Context(), m.actor(giver), before.ID)
	if err != nil {
		return err
	}
	events, err := a.Events(t.Context(), m.actor(giver), before.ID)
	if err != nil {
		return err
	}
	replayed, whole := exchange.Replay(events)
	switch {
	case after.State != to.To || stored.State != to.To || !whole || replayed != to.To || stored.Steps != before.Steps+1 || len(events) != stored.Steps:
		return fmt.Errorf("said %s, stored %s after %d steps, replayed %s (%v), want %s", after.State, stored.State, stored.Steps, replayed, whole, to.To)
	case stored.DeadlineAt.IsZero() != stored.State.Final():
		return fmt.Errorf("%s has the deadline %v", stored.State, stored.DeadlineAt)
	case step == exchange.ToCounter && (stored.ProposedBy != m.members[giver] || stored.Planned != 45 || stored.Meeting != exchange.Outside):
		return fmt.Errorf("the other proposal stands as %+v", stored)
	}
	return nil
}

// rush is what 64 people do at once with one agreement, and the states it may end in.
type rush struct {
	from exchange.State
	acts []func(g exchange.Agreement, n int) error
}

func TestOfManyAnswersAtOnceExactlyOneCounts(t *testing.T) {
	m := newMachine(t)
	ctx := t.Context()
	quiet := func(_ exchange.Agreement, err error) error { return err }
	for name, r := range map[string]rush{
		"answers to a proposal": {exchange.Proposed, []func(exchange.Agreement, int) error{
			func(g exchange.Agreement, _ int) error {
				return quiet(m.agreements.Agree(ctx, m.actor(giver), g.ID, g.Steps))
			},
			func(g exchange.Agreement, _ int) error {
				return quiet(m.agreements.Decline(ctx, m.actor(giver), g.ID, g.Steps))
			},
			func(g exchange.Agreement, _ int) error {
				return quiet(m.agreements.Cancel(ctx, m.actor(receiver), g.ID, g.Steps))
			},
		}},
		"claims and cancellations": {exchange.Agreed, []func(exchange.Agreement, int) error{
			func(g exchange.Agreement, n int) error {
				return quiet(m.agreements.Claim(ctx, m.actor(n%2), g.ID, g.Steps, int64(30+n)))
			},
			func(g exchange.Agreement, n int) error {
				return quiet(m.agreements.Cancel(ctx, m.actor(n%2), g.ID, g.Steps))
			},
		}},
		"confirmations and disputes": {exchange.DoneClaimed, []func(exchange.Agreement, int) error{
			func(g exchange.Agreement, n int) error {
				return quiet(m.agreements.Confirm(ctx, m.actor(receiver), g.ID, g.Steps, int64(80+n%20)))
			},
			func(g exchange.Agreement, n int) error {
				return quiet(m.agreements.Dispute(ctx, m.actor(n%2), g.ID, g.Steps, french("Pas ainsi.")))
			},
		}},
		"acceptances and decisions": {exchange.Disputed, []func(exchange.Agreement, int) error{
			func(g exchange.Agreement, n int) error {
				return quiet(m.agreements.Accept(ctx, m.actor(n%2), g.ID, g.Steps))
			},
			func(g exchange.Agreement, _ int) error {
				return quiet(m.agreements.Settle(ctx, m.actor(neutral), g.ID, g.Steps, 60, french("Une heure.")))
			},
			func(g exchange.Agreement, _ int) error {
				return quiet(m.agreements.Void(ctx, m.actor(neutral), g.ID, g.Steps, french("Rien.")))
			},
		}},
	} {
		g := m.in[r.from]
		paid := m.number(t, `SELECT count(*) FROM coop.transfers`)
		errs := make([]error, 64)
		var all sync.WaitGroup
		for n := range errs {
			all.Go(func() { errs[n] = r.acts[n%len(r.acts)](g, n/len(r.acts)) })
		}
		all.Wait()
		for n, err := range errs {
			if err != nil && !errors.Is(err, rule.ErrMoved) {
				t.Errorf("%s: %d got %v", name, n, err)
			}
		}
		after, err := m.agreements.One(ctx, m.actor(giver), g.ID)
		if err != nil {
			t.Fatal(err)
		}
		moved := m.number(t, `SELECT count(*) FROM coop.transfers`) - paid
		if after.Steps != g.Steps+1 || after.State == g.State || moved > 1 || (moved == 1) != after.State.Paid() {
			t.Errorf("%s: %s after %d steps, %d transfers", name, after.State, after.Steps-g.Steps, moved)
		}
		if n := m.number(t, `SELECT coalesce(sum(balance), 0) FROM coop.hours_accounts`); n != 0 {
			t.Errorf("%s: the sum of all balances is %d", name, n)
		}
	}
}
