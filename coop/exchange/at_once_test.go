package exchange_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/exchange"
	"lien/coop/hours"
	"lien/rule"
)

// atOnce is how many people, devices and double taps act at the same moment.
const atOnce = 64

// outcome is what came of what they did.
type outcome struct {
	sync.Mutex
	done   int
	strays []error
}

// all lets everybody act at once. What a rule refuses is an answer; anything else, such as
// a deadlock, is an error that a page could not explain.
func all(acts []func() error) *outcome {
	o := &outcome{}
	var ready, gone sync.WaitGroup
	ready.Add(1)
	for n := range atOnce {
		gone.Go(func() {
			ready.Wait()
			err := acts[n%len(acts)]()
			o.Lock()
			defer o.Unlock()
			var invalid *rule.Invalid
			switch {
			case err == nil:
				o.done++
			case !errors.Is(err, rule.ErrMoved) && !errors.Is(err, rule.ErrForbidden) && !errors.As(err, &invalid):
				o.strays = append(o.strays, err)
			}
		})
	}
	ready.Done()
	gone.Wait()
	return o
}

// one fails the test unless exactly one thing came of it, and the books balance.
func (s *street) one(t *testing.T, o *outcome, id coop.AgreementID, steps int) {
	t.Helper()
	for _, err := range o.strays {
		t.Errorf("not an answer: %v", err)
	}
	g, err := s.agreements.One(t.Context(), s.actor(0), id)
	if err != nil {
		t.Fatal(err)
	}
	if o.done == 0 || g.Steps != steps {
		t.Errorf("%d were told yes and %d steps were taken, want some and %d", o.done, g.Steps, steps)
	}
	paid := s.number(t, `SELECT count(*) FROM coop.transfers WHERE agreement_id = ?`, id)
	if (paid == 1) != g.State.Paid() || paid > 1 {
		t.Errorf("it is %s and was paid %d times", g.State, paid)
	}
	wrong := s.number(t, `SELECT (SELECT count(*) FROM coop.hours_accounts a WHERE balance <> (SELECT coalesce(sum(minutes), 0) FROM coop.entries e WHERE e.account_id = a.id)
    OR reserved <> (SELECT coalesce(sum(minutes), 0) FROM coop.hours_reserved r WHERE r.account_id = a.id AND r.released_at IS NULL))
  + (SELECT count(*) FROM coop.hours_reserved r JOIN coop.agreements g ON g.id = r.agreement_id
     WHERE (r.released_at IS NULL) <> (g.state IN ('agreed', 'done_claimed', 'disputed')))
  + (SELECT abs(sum(balance)) FROM coop.hours_accounts)`)
	if wrong != 0 {
		t.Errorf("the books are wrong by %d", wrong)
	}
}

func TestSixtyFourActsOnOneAgreementHaveOneOutcome(t *testing.T) {
	s := newStreet(t, 4)
	neutral, other := s.facilitator(t, 2), s.facilitator(t, 3)
	for round := range 4 {
		for name, c := range map[string]struct {
			from exchange.State
			acts func(g exchange.Agreement) []func() error
		}{
			"an answer": {exchange.Proposed, func(g exchange.Agreement) []func() error {
				return []func() error{
					func() error { _, err := s.agreements.Agree(t.Context(), s.actor(0), g.ID, g.Steps); return err },
					func() error { _, err := s.agreements.Decline(t.Context(), s.actor(0), g.ID, g.Steps); return err },
					func() error { _, err := s.agreements.Cancel(t.Context(), s.actor(1), g.ID, g.Steps); return err },
				}
			}},
			"a claim or a cancel": {exchange.Agreed, func(g exchange.Agreement) []func() error {
				return []func() error{
					func() error { _, err := s.agreements.Claim(t.Context(), s.actor(0), g.ID, g.Steps, 90); return err },
					func() error { _, err := s.agreements.Claim(t.Context(), s.actor(1), g.ID, g.Steps, 90); return err },
					func() error { _, err := s.agreements.Cancel(t.Context(), s.actor(0), g.ID, g.Steps); return err },
					func() error { _, err := s.agreements.Cancel(t.Context(), s.actor(1), g.ID, g.Steps); return err },
				}
			}},
			"a confirmation": {exchange.DoneClaimed, func(g exchange.Agreement) []func() error {
				return []func() error{
					func() error { _, err := s.agreements.Confirm(t.Context(), s.actor(1), g.ID, g.Steps, 90); return err },
					func() error { _, err := s.agreements.Confirm(t.Context(), s.actor(1), g.ID, g.Steps, 85); return err },
					func() error { _, err := s.agreements.Cancel(t.Context(), s.actor(1), g.ID, g.Steps); return err },
					func() error {
						_, err := s.agreements.Dispute(t.Context(), s.actor(0), g.ID, g.Steps, exchange.Words{Text: "Autre chose.", Language: "fr"})
						return err
					},
				}
			}},
			"a mediation": {exchange.Disputed, func(g exchange.Agreement) []func() error {
				return []func() error{
					func() error {
						_, err := s.agreements.Settle(t.Context(), neutral, g.ID, g.Steps, 60, exchange.Words{Text: "Une heure.", Language: "fr"})
						return err
					},
					func() error {
						_, err := s.agreements.Void(t.Context(), other, g.ID, g.Steps, exchange.Words{Text: "Rien du tout.", Language: "fr"})
						return err
					},
					func() error { _, err := s.agreements.Accept(t.Context(), s.actor(0), g.ID, g.Steps); return err },
					func() error { _, err := s.agreements.Accept(t.Context(), s.actor(1), g.ID, g.Steps); return err },
				}
			}},
		} {
			t.Run(fmt.Sprint(name, " ", round), func(t *testing.T) {
				s.later(25 * time.Hour) // nobody puts up many listings a day
				g := s.reach(t, c.from)
				s.one(t, all(c.acts(g)), g.ID, g.Steps+1)
			})
		}
	}
}

// The hours of one agreement are given back by two facilitators at once, again and again,
// while its two people give each other hours in both directions.
func TestSixtyFourCorrectionsGiveBackOnce(t *testing.T) {
	s := newStreet(t, 4)
	facilitators := []coop.Actor{s.facilitator(t, 2), s.facilitator(t, 3)}
	for range 4 {
		g := s.reach(t, exchange.Confirmed)
		var paid coop.TransferID
		if err := s.Coop.NewRaw(`SELECT id FROM coop.transfers WHERE agreement_id = ?`, g.ID).Scan(t.Context(), &paid.UUID); err != nil {
			t.Fatal(err)
		}
		correct := func(by coop.Actor) func() error {
			return func() error {
				_, err := s.ledger.Correct(t.Context(), by, hours.Correction{Transfer: paid, Words: "Compté deux fois.", Language: "fr"})
				return err
			}
		}
		give := func(from, to int) func() error {
			return func() error {
				_, err := s.ledger.Gift(t.Context(), s.actor(from), hours.Gift{Key: uuid.New(), To: s.members[to], Minutes: 1})
				return err
			}
		}
		o := all([]func() error{correct(facilitators[0]), give(0, 1), correct(facilitators[1]), give(1, 0)})
		s.one(t, o, g.ID, g.Steps)
		if n := s.number(t, `SELECT count(*) FROM coop.transfers WHERE corrects_id = ?`, paid); n != 1 {
			t.Errorf("it was given back %d times", n)
		}
		if n := s.number(t, `SELECT sum(help_given + help_received) FROM coop.participation`); n != 0 {
			t.Errorf("help is still counted %d times", n)
		}
		s.later(time.Hour)
	}
}
