package demo

import (
	"context"
	"errors"

	"lien/coop/departure"
	homes "lien/coop/household"
	"lien/rule"
)

// planHomes lets some neighbours live together, once everybody is there: a family with one
// account, two who part and have not agreed yet, and one who left without a word.
func (t *teller) planHomes() {
	first := max(4, min(24, t.plot.Days/10)) // days ago
	at := func(days int, do func(context.Context) error) { t.later(t.until.AddDate(0, 0, -days), do) }
	at(first, func(ctx context.Context) error { return t.together(ctx, 3, 5) })
	at(first-1, t.bringUp)
	at(first-1, func(ctx context.Context) error { return t.together(ctx, 4, 7) })
	at(first-1, func(ctx context.Context) error { return t.together(ctx, 8, 9) })
	at(max(2, first-18), t.separate)
	at(first-2, func(ctx context.Context) error {
		if len(t.residents) < 6 {
			return nil
		}
		return t.places.Move(ctx, t.facilitator.Actor, t.residents[5].Member, t.stairwells[0])
	})
	at(3, t.depart)
	at(2, func(ctx context.Context) error {
		if len(t.residents) < 10 {
			return nil
		}
		err := t.households.Slip(ctx, t.residents[9].Actor)
		if errors.Is(err, rule.ErrNotFound) {
			return nil // one of the two was away when they would have begun
		}
		return err
	})
}

// together lets two neighbours live in one household with one account, each by their own
// yes.
func (t *teller) together(ctx context.Context, first, second int) error {
	if len(t.residents) <= second {
		return nil
	}
	a, b := t.residents[first], t.residents[second]
	if _, err := t.households.Begin(ctx, a.Actor, t.key()); err != nil {
		return err
	}
	code, err := t.households.Invite(ctx, a.Actor, t.key())
	if err != nil {
		return err
	}
	if err := t.households.Join(ctx, b.Actor, code.Code); err != nil {
		return err
	}
	for _, one := range []*resident{a, b} {
		if _, err := t.households.Agree(ctx, one.Actor); err != nil {
			return err
		}
	}
	return nil
}

// depart lets one neighbour leave, whose departure a facilitator still settles, after the
// members voted what happens to a debt.
func (t *teller) depart(ctx context.Context) error {
	if len(t.residents) < 11 {
		return nil
	}
	err := t.departures.Vote(ctx, t.facilitator.Actor, t.key(), departure.Rule{
		Words: "Qui déménage loin ne doit plus rien : le pot solidaire prend la différence.", Most: 20 * 60, VotedOn: t.from,
	})
	if err != nil {
		return err
	}
	return t.departures.Begin(ctx, t.residents[10].Actor, departure.Wish{Choice: departure.ToFund, Erase: true})
}

// bringUp writes two children down.
func (t *teller) bringUp(ctx context.Context) error {
	for n, name := range []string{"Inès", "Y."} {
		if err := t.households.AddMinor(ctx, t.residents[3].Actor, t.key(), name, t.clock.Year()-7-4*n); err != nil {
			return err
		}
	}
	return nil
}

// separate lets one of two leave, and name what they would take.
func (t *teller) separate(ctx context.Context) error {
	if len(t.residents) < 8 {
		return nil
	}
	leaver := t.residents[7].Actor
	if err := t.households.Leave(ctx, leaver); err != nil {
		return err
	}
	list, err := t.households.Open(ctx, leaver)
	if err != nil || len(list) == 0 {
		return err
	}
	var p homes.Parting
	if p, err = t.households.Parting(ctx, leaver, list[0].ID); err != nil {
		return err
	}
	return t.households.Name(ctx, leaver, p.ID, p.N, p.Half())
}
