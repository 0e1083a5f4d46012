package exchange_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"lien/coop"
	"lien/coop/exchange"
	"lien/coop/hours"
	"lien/rule"
)

func TestConfirmingMovesTheMinutesAndCountsTheHelp(t *testing.T) {
	s := newStreet(t, 2)
	g := s.reach(t, exchange.DoneClaimed)
	s.later(10 * 24 * time.Hour) // the month of the confirmation counts
	g, err := s.agreements.Confirm(t.Context(), s.actor(1), g.ID, g.Steps, 80)
	if err != nil {
		t.Fatal(err)
	}
	if g.State != exchange.Confirmed || g.Paid != 80 {
		t.Errorf("got %s with %d minutes, want confirmed with the lower, 80", g.State, g.Paid)
	}
	giver, err := s.ledger.Balance(t.Context(), s.actor(0))
	if err != nil || giver.Balance != 80 {
		t.Errorf("the giver's balance: got %d (%v), want 80", giver.Balance, err)
	}
	if n := s.number(t, `SELECT count(*) FROM coop.participation WHERE month = '2026-12-01'
AND ((member_id = ? AND help_given = 1 AND help_received = 0) OR (member_id = ? AND help_received = 1 AND help_given = 0))`, s.members[0], s.members[1]); n != 2 {
		t.Errorf("participation rows: got %d, want help given by one and received by the other", n)
	}
}

func TestFiguresTooFarApartWaitForAFacilitator(t *testing.T) {
	s := newStreet(t, 3)
	neutral := s.facilitator(t, 2)
	g := s.reach(t, exchange.Disputed)
	if n := s.number(t, `SELECT count(*) FROM coop.transfers`); n != 0 {
		t.Fatalf("transfers while disputed: got %d, want none", n)
	}
	waiting, err := s.agreements.Waiting(t.Context(), neutral)
	if err != nil || len(waiting) != 1 || waiting[0].ID != g.ID {
		t.Fatalf("the facilitator's list: got %d (%v), want this one", len(waiting), err)
	}
	g, err = s.agreements.Settle(t.Context(), neutral, g.ID, g.Steps, 60, french("Une heure, après avoir parlé avec les deux."))
	if err != nil || g.State != exchange.Settled {
		t.Fatalf("got %s (%v), want settled", g.State, err)
	}
	account, err := s.ledger.Balance(t.Context(), s.actor(1))
	if err != nil || account.Balance != -60 {
		t.Errorf("the receiver's balance: got %d (%v), want -60", account.Balance, err)
	}
}

func TestADisputeEndsWhenOneAcceptsTheOthersFigure(t *testing.T) {
	s := newStreet(t, 2)
	g := s.reach(t, exchange.Disputed)
	g, err := s.agreements.Accept(t.Context(), s.actor(0), g.ID, g.Steps)
	if err != nil || g.State != exchange.Confirmed || g.Paid != 30 {
		t.Errorf("got %s with %d (%v), want confirmed with 30", g.State, g.Paid, err)
	}
}

func TestADisputeWithoutAFigureIsNotAcceptedByWhoClaimed(t *testing.T) {
	s := newStreet(t, 2)
	g := s.reach(t, exchange.DoneClaimed)
	g, err := s.agreements.Dispute(t.Context(), s.actor(1), g.ID, g.Steps, french("Personne n’est venu."))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.agreements.Accept(t.Context(), s.actor(0), g.ID, g.Steps); !errors.Is(err, rule.ErrForbidden) {
		t.Errorf("got %v, want ErrForbidden", err)
	}
}

func TestWhoGainsDoesNotConfirmAlone(t *testing.T) {
	s := newStreet(t, 2)
	s.facilitator(t, 0) // even as staff
	g := s.reach(t, exchange.DoneClaimed)
	s.later(30 * 24 * time.Hour)
	for name, try := range map[string]func() error{
		"confirm": func() error {
			_, err := s.agreements.Confirm(t.Context(), s.actor(0), g.ID, g.Steps, 90)
			return err
		},
		"settle": func() error {
			_, err := s.agreements.Settle(t.Context(), s.actor(0), g.ID, g.Steps, 90, french("C’est juste."))
			return err
		},
	} {
		if err := try(); !errors.Is(err, rule.ErrForbidden) {
			t.Errorf("%s: got %v, want ErrForbidden", name, err)
		}
	}
}

func TestSilenceNeverTakesHours(t *testing.T) {
	s := newStreet(t, 3)
	neutral := s.facilitator(t, 2)
	g := s.reach(t, exchange.DoneClaimed)
	if _, err := s.agreements.One(t.Context(), neutral, g.ID); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("a facilitator before the deadline: got %v, want ErrNotFound", err)
	}
	s.later(400 * 24 * time.Hour)
	waiting, err := s.agreements.Waiting(t.Context(), neutral)
	if err != nil || len(waiting) != 1 || waiting[0].State != exchange.DoneClaimed {
		t.Errorf("after a year: got %+v (%v), want it still claimed and waiting", waiting, err)
	}
	if n := s.number(t, `SELECT count(*) FROM coop.transfers`); n != 0 {
		t.Errorf("transfers: got %d, want none", n)
	}
}

func TestNoGiftStandsInTheWayOfAnAgreement(t *testing.T) {
	s := newStreet(t, 2)
	g := s.reach(t, exchange.DoneClaimed)
	if _, err := s.ledger.Gift(t.Context(), s.actor(1), hours.Gift{Key: g.ID.UUID, To: s.members[0], Minutes: 1}); err != nil {
		t.Fatal(err)
	}
	if g, err := s.agreements.Confirm(t.Context(), s.actor(1), g.ID, g.Steps, g.Claimed); err != nil || g.State != exchange.Confirmed {
		t.Errorf("a gift under the agreement's own number keeps it from being paid: %v", err)
	}
}

func TestAnAgreementIsPaidOnlyOnce(t *testing.T) {
	s := newStreet(t, 2)
	g := s.reach(t, exchange.DoneClaimed)
	answers := make([]exchange.Agreement, 8)
	var all sync.WaitGroup
	for n := range answers { // the same tap from many devices at once
		all.Go(func() {
			var err error
			if answers[n], err = s.agreements.Confirm(t.Context(), s.actor(1), g.ID, g.Steps, 90); err != nil {
				t.Errorf("device %d: %v", n, err)
			}
		})
	}
	all.Wait()
	for n, answer := range answers {
		if answer.State != exchange.Confirmed || answer.Paid != 90 {
			t.Errorf("device %d: got %s with %d, want the same result everywhere", n, answer.State, answer.Paid)
		}
	}
	if n := s.number(t, `SELECT count(*) FROM coop.transfers`); n != 1 {
		t.Errorf("transfers: got %d, want 1", n)
	}
	if _, err := s.agreements.Confirm(t.Context(), s.actor(1), g.ID, g.Steps, 60); !errors.Is(err, rule.ErrMoved) {
		t.Errorf("another figure afterwards: got %v, want ErrMoved", err)
	}
}

func TestOfTwoDifferentAnswersAtOnceOneCounts(t *testing.T) {
	s := newStreet(t, 2)
	g := s.propose(t)
	var errs [2]error
	var all sync.WaitGroup
	all.Go(func() { _, errs[0] = s.agreements.Agree(t.Context(), s.actor(0), g.ID, g.Steps) })
	all.Go(func() { _, errs[1] = s.agreements.Cancel(t.Context(), s.actor(1), g.ID, g.Steps) })
	all.Wait()
	if (errs[0] == nil) == (errs[1] == nil) || !errors.Is(errors.Join(errs[:]...), rule.ErrMoved) {
		t.Errorf("got %v and %v, want one done and the other ErrMoved", errs[0], errs[1])
	}
}

func TestEveryStepIsRefusedToWhomItIsNotFor(t *testing.T) {
	s := newStreet(t, 3)
	g := s.propose(t)
	stranger, elsewhere := s.actor(2), rule.NewID[coop.CooperativeID]()
	foreign := coop.Actor{Cooperative: elsewhere, Member: s.found(t, elsewhere, 1)[0]}
	for name, who := range map[string]coop.Actor{"a neighbour": stranger, "another cooperative": foreign} {
		if _, err := s.agreements.Agree(t.Context(), who, g.ID, g.Steps); !errors.Is(err, rule.ErrNotFound) {
			t.Errorf("%s agrees: got %v, want ErrNotFound", name, err)
		}
		if _, err := s.agreements.One(t.Context(), who, g.ID); !errors.Is(err, rule.ErrNotFound) {
			t.Errorf("%s reads: got %v, want ErrNotFound", name, err)
		}
		if _, err := s.agreements.Waiting(t.Context(), who); !errors.Is(err, rule.ErrNotFound) {
			t.Errorf("%s asks for the list: got %v, want ErrNotFound", name, err)
		}
	}
	if _, err := s.agreements.Agree(t.Context(), s.actor(1), g.ID, g.Steps); !errors.Is(err, rule.ErrForbidden) {
		t.Errorf("who proposed agrees: got %v, want ErrForbidden", err)
	}
	if _, err := s.agreements.Claim(t.Context(), s.actor(0), g.ID, g.Steps, 30); !errors.Is(err, rule.ErrMoved) {
		t.Errorf("done before agreed: got %v, want ErrMoved", err)
	}
}

func TestAnAgreementNeedsTwoActiveMembers(t *testing.T) {
	s := newStreet(t, 2)
	listing, g := s.publish(t, 0, draft()), s.propose(t)
	s.exec(t, `UPDATE coop.members SET state = 'suspended' WHERE id = ?`, s.members[0])
	if _, err := s.agreements.Propose(t.Context(), s.actor(1), s.proposal(listing)); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("propose to somebody suspended: got %v, want ErrNotFound", err)
	}
	if _, err := s.agreements.Agree(t.Context(), s.actor(0), g.ID, g.Steps); !errors.Is(err, rule.ErrForbidden) {
		t.Errorf("a suspended member agrees: got %v, want ErrForbidden", err)
	}
	s.exec(t, `UPDATE coop.members SET state = 'active' WHERE id = ?`, s.members[0])
	s.exec(t, `UPDATE coop.members SET state = 'paused' WHERE id = ?`, s.members[1])
	if _, err := s.agreements.Agree(t.Context(), s.actor(0), g.ID, g.Steps); !errors.Is(err, rule.ErrForbidden) {
		t.Errorf("agree with somebody paused: got %v, want ErrForbidden", err)
	}
}

func TestTheFormOfAProposalIsChecked(t *testing.T) {
	s := newStreet(t, 2)
	listing := s.publish(t, 0, draft())
	for name, c := range map[string]struct {
		change func(*exchange.Proposal)
		want   string
	}{
		"no time":          {func(p *exchange.Proposal) { p.PlannedAt = time.Time{} }, "when agreement.when_missing"},
		"yesterday":        {func(p *exchange.Proposal) { p.PlannedAt = noon.AddDate(0, 0, -1) }, "when agreement.when_past"},
		"in two years":     {func(p *exchange.Proposal) { p.PlannedAt = noon.AddDate(2, 0, 0) }, "when agreement.when_far"},
		"nowhere":          {func(p *exchange.Proposal) { p.Meeting = "moon" }, "meeting rule.choose"},
		"no time at all":   {func(p *exchange.Proposal) { p.Minutes = 0 }, "minutes hours.nothing"},
		"a day and a half": {func(p *exchange.Proposal) { p.Minutes = 36 * 60 }, "minutes hours.per_act"},
		"a negative time":  {func(p *exchange.Proposal) { p.Minutes = -30 }, "minutes hours.nothing"},
		"1,441 minutes":    {func(p *exchange.Proposal) { p.Minutes = 1441 }, "minutes hours.per_act"},
		"the moon to take": {func(p *exchange.Proposal) { p.Bring = []exchange.Thing{"moon"} }, "bring rule.choose"},
		"a NUL byte":       {func(p *exchange.Proposal) { p.About = "étagère\x00" }, "about rule.unreadable"},
		"no such listing":  {func(p *exchange.Proposal) { p.Listing = rule.NewID[coop.ListingID]() }, "not found"},
	} {
		p := s.proposal(listing)
		c.change(&p)
		if _, err := s.agreements.Propose(t.Context(), s.actor(1), p); broken(err) != c.want {
			t.Errorf("%s: got %q, want %q", name, broken(err), c.want)
		}
	}
	if _, err := s.agreements.Propose(t.Context(), s.actor(0), s.proposal(listing)); !errors.Is(err, rule.ErrForbidden) {
		t.Errorf("one's own listing: got %v, want ErrForbidden", err)
	}
	if n := s.number(t, `SELECT count(*) FROM coop.agreements`); n != 0 {
		t.Errorf("agreements written by refused forms: got %d", n)
	}
}

func TestAProposalSentTwiceIsOne(t *testing.T) {
	s := newStreet(t, 2)
	p := s.proposal(s.publish(t, 0, draft()))
	ids := make([]coop.AgreementID, 6)
	var all sync.WaitGroup
	for n := range ids {
		all.Go(func() {
			var err error
			if ids[n], err = s.agreements.Propose(t.Context(), s.actor(1), p); err != nil {
				t.Errorf("sending %d: %v", n, err)
			}
		})
	}
	all.Wait()
	for _, id := range ids {
		if id != ids[0] {
			t.Errorf("got %v and %v, want one agreement", id, ids[0])
		}
	}
	if n := s.number(t, `SELECT count(*) FROM coop.agreement_events`); n != 1 {
		t.Errorf("events: got %d, want 1", n)
	}
}

func TestReplayingTheEventsGivesTheStoredState(t *testing.T) {
	s := newStreet(t, 3)
	neutral := s.facilitator(t, 2)
	ends := map[string]func() exchange.Agreement{
		"proposed":     func() exchange.Agreement { return s.propose(t) },
		"agreed":       func() exchange.Agreement { return s.reach(t, exchange.Agreed) },
		"done_claimed": func() exchange.Agreement { return s.reach(t, exchange.DoneClaimed) },
		"confirmed":    func() exchange.Agreement { return s.reach(t, exchange.Confirmed) },
		"disputed":     func() exchange.Agreement { return s.reach(t, exchange.Disputed) },
		"declined": func() exchange.Agreement {
			g := s.propose(t)
			return must(t)(s.agreements.Decline(t.Context(), s.actor(0), g.ID, g.Steps))
		},
		"cancelled": func() exchange.Agreement {
			g := s.reach(t, exchange.Agreed)
			return must(t)(s.agreements.Cancel(t.Context(), s.actor(1), g.ID, g.Steps))
		},
		"void": func() exchange.Agreement {
			g := s.reach(t, exchange.Disputed)
			return must(t)(s.agreements.Void(t.Context(), neutral, g.ID, g.Steps, french("Rien n’a eu lieu.")))
		},
		"settled": func() exchange.Agreement {
			g := s.reach(t, exchange.Disputed)
			return must(t)(s.agreements.Settle(t.Context(), neutral, g.ID, g.Steps, 45, french("Trois quarts d’heure.")))
		},
	}
	for want, reach := range ends {
		g := reach()
		events, err := s.agreements.Events(t.Context(), s.actor(0), g.ID)
		if err != nil {
			t.Fatal(err)
		}
		state, whole := exchange.Replay(events)
		stored, err := s.agreements.One(t.Context(), s.actor(0), g.ID)
		if err != nil || !whole || state != stored.State || string(state) != want || stored.Steps != len(events) {
			t.Errorf("%s: replay gives %s (%v) after %d events; stored %s after %d (%v)", want, state, whole, len(events), stored.State, stored.Steps, err)
		}
	}
}

func must(t *testing.T) func(exchange.Agreement, error) exchange.Agreement {
	return func(g exchange.Agreement, err error) exchange.Agreement {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return g
	}
}

func TestALimitLeavesTheAgreementAsItWas(t *testing.T) {
	s := newStreet(t, 2)
	g := s.reach(t, exchange.Agreed)
	s.exec(t, `UPDATE coop.hours_limits SET soft_floor = -30, hard_floor = -60 WHERE cooperative_id = ?`, s.cooperative)
	g, err := s.agreements.Claim(t.Context(), s.actor(0), g.ID, g.Steps, 100) // longer than what was kept for it
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.agreements.Confirm(t.Context(), s.actor(1), g.ID, g.Steps, 100); broken(err) != "minutes hours.floor" {
		t.Errorf("got %q, want the floor", broken(err))
	}
	kept, err := s.agreements.One(t.Context(), s.actor(1), g.ID)
	if err != nil || kept.State != exchange.DoneClaimed || kept.Steps != g.Steps {
		t.Errorf("got %s after %d steps (%v), want it unchanged", kept.State, kept.Steps, err)
	}
}

func TestNobodyNamesMoreThanOneActMayLast(t *testing.T) {
	s := newStreet(t, 2)
	agreed, claimed := s.reach(t, exchange.Agreed), s.reach(t, exchange.DoneClaimed)
	if _, err := s.agreements.Claim(t.Context(), s.actor(0), agreed.ID, agreed.Steps, 721); broken(err) != "minutes hours.per_act" {
		t.Errorf("claim: got %q", broken(err))
	}
	if _, err := s.agreements.Confirm(t.Context(), s.actor(1), claimed.ID, claimed.Steps, 1<<40); broken(err) != "minutes hours.per_act" {
		t.Errorf("answer: got %q", broken(err))
	}
	if n := s.number(t, `SELECT count(*) FROM coop.agreements WHERE state = 'disputed'`); n != 0 {
		t.Errorf("disputed: got %d, want none", n)
	}
}

func TestWhatWaitsForMeComesInItsOrder(t *testing.T) {
	s := newStreet(t, 2)
	if _, found, err := s.agreements.WaitingForMe(t.Context(), s.actor(1)); found || err != nil {
		t.Fatalf("nothing yet: got %v (%v)", found, err)
	}
	s.reach(t, exchange.Agreed)
	claimed := s.reach(t, exchange.DoneClaimed)
	proposed := s.propose(t)
	for n, want := range map[int]coop.AgreementID{0: proposed.ID, 1: claimed.ID} {
		g, found, err := s.agreements.WaitingForMe(t.Context(), s.actor(n))
		if err != nil || !found || g.ID != want {
			t.Errorf("member %d: got %s %v (%v)", n, g.State, found, err)
		}
		if !g.WaitsFor(s.members[n], s.now()) {
			t.Errorf("member %d: the page would say that it does not wait for them", n)
		}
	}
}

func TestTheBuildingIsToldOnlyBetweenYesAndDone(t *testing.T) {
	s := newStreet(t, 2)
	p := s.proposal(s.publish(t, 0, draft()))
	p.Meeting = exchange.ReceiverHome
	id, err := s.agreements.Propose(t.Context(), s.actor(1), p)
	if err != nil {
		t.Fatal(err)
	}
	steps := []func(int) error{
		func(int) error { return nil },
		func(n int) error { _, err := s.agreements.Agree(t.Context(), s.actor(0), id, n); return err },
		func(n int) error { _, err := s.agreements.Claim(t.Context(), s.actor(0), id, n, 90); return err },
	}
	for n, want := range []string{"", "Les Iris", ""} {
		if err := steps[n](n); err != nil {
			t.Fatal(err)
		}
		g, err := s.agreements.One(t.Context(), s.actor(0), id)
		if err != nil || g.Place != want {
			t.Errorf("%s: got %q (%v), want %q", g.State, g.Place, err, want)
		}
	}
}

func TestOnesAgreementsArePagedByKey(t *testing.T) {
	s := newStreet(t, 2)
	listing := s.publish(t, 0, draft())
	for range 35 {
		if _, err := s.agreements.Propose(context.Background(), s.actor(1), s.proposal(listing)); err != nil {
			t.Fatal(err)
		}
		s.exec(t, `UPDATE coop.agreements SET state = 'declined', deadline_at = NULL, call_at = NULL`)
	}
	seen := map[coop.AgreementID]bool{}
	for before := (coop.AgreementID{}); ; {
		page, err := s.agreements.Mine(t.Context(), s.actor(0), before)
		if err != nil {
			t.Fatal(err)
		}
		for _, g := range page.Agreements {
			seen[g.ID] = true
		}
		if before = page.Next; before == (coop.AgreementID{}) {
			break
		}
	}
	if len(seen) != 35 {
		t.Errorf("got %d, want 35", len(seen))
	}
}
