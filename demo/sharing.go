package demo

import (
	"context"
	"errors"
	"time"

	"lien/coop"
	"lien/coop/sharing"
	"lien/rule"
)

// shared is a thing of the neighbourhood, and how it came to be.
type shared struct {
	kind    sharing.Kind
	shared  sharing.Shared
	name    string
	details string
	deposit int // hours
	id      coop.ResourceID
}

func shelfOfResources() []*shared {
	return []*shared{
		{kind: sharing.Room, shared: sharing.Booked, name: "Salle commune, bâtiment A", details: "La clé est au local. Rangez les chaises en partant."},
		{kind: sharing.Machine, shared: sharing.Booked, name: "Machine à laver 1", details: "Lessive à apporter. Videz le filtre après."},
		{kind: sharing.Machine, shared: sharing.Booked, name: "Machine à laver 2", details: "Lessive à apporter. Videz le filtre après."},
		{kind: sharing.Vehicle, shared: sharing.Booked, name: "Vélo cargo", details: "Le casque est dans la caisse. Rechargez la batterie au retour."},
		{kind: sharing.Tool, shared: sharing.Lent, name: "Perceuse", details: "Avec les forets pour le béton.", deposit: 2},
		{kind: sharing.Tool, shared: sharing.Lent, name: "Machine à coudre", details: "Le mode d’emploi est dans la housse."},
		{kind: sharing.Tool, shared: sharing.Lent, name: "Escabeau", details: "Trois mètres, à rendre propre."},
	}
}

// planSharing puts things on the shelf early on, lets people book in the last weeks and
// the coming days, and lends the tools from one to the next.
func (t *teller) planSharing() {
	resources := shelfOfResources()
	t.later(t.on(2, 14, 0), func(ctx context.Context) error { return t.shelve(ctx, resources) })
	for day := max(3, t.plot.Days-21); day < t.plot.Days; day++ {
		t.later(t.on(day, 9, t.dice.IntN(60)), func(ctx context.Context) error { return t.book(ctx, resources, 1+t.dice.IntN(2)) })
	}
	t.later(t.until.Add(-4*time.Hour), func(ctx context.Context) error { return t.book(ctx, resources, 6) })
	for day := max(3, t.plot.Days-40); day < t.plot.Days; day += 2 {
		t.later(t.on(day, 16, t.dice.IntN(60)), func(ctx context.Context) error { return t.lend(ctx, resources) })
	}
	t.later(t.until.AddDate(0, 0, -2), func(ctx context.Context) error {
		return t.resources.Tell(ctx, t.somebody().Actor, resources[2].id, sharing.Report{
			Key: t.key(), Words: "Elle fuit un peu par devant quand on la remplit trop.", Language: "fr",
		})
	})
}

func (t *teller) shelve(ctx context.Context, resources []*shared) (err error) {
	for n, s := range resources {
		s.id, err = t.resources.Add(ctx, t.facilitator.Actor, sharing.Draft{
			Key: t.key(), Kind: s.kind, Shared: s.shared, Name: s.name, Details: s.details, Language: "fr", Place: t.stairwells[n%len(t.stairwells)],
		})
		if err == nil && s.deposit > 0 {
			err = t.resources.RuleLending(ctx, t.facilitator.Actor, s.id, sharing.LendingRules{Days: 7, Renewals: 1, AtOnce: 3, HoldHours: 48, Deposit: s.deposit})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// book lets some neighbours book for one of the next days; most come, some give it up, and
// the clock releases what nobody came to.
func (t *teller) book(ctx context.Context, resources []*shared, times int) error {
	for range times {
		who, resource := t.somebody(), resources[t.dice.IntN(4)]
		day := t.clock.AddDate(0, 0, 1+t.dice.IntN(4))
		starts := time.Date(day.Year(), day.Month(), day.Day(), 9+t.dice.IntN(11), 0, 0, 0, t.zone)
		id, err := t.bookings.Book(ctx, who.Actor, sharing.Wish{Key: t.key(), Resource: resource.id, Starts: starts, Minutes: 60})
		if refused(err) {
			continue
		}
		if err != nil {
			return err
		}
		come := t.chance(85)
		t.later(starts.Add(5*time.Minute), func(ctx context.Context) error {
			if !come {
				return nil
			}
			return t.bookings.Start(ctx, who.Actor, id)
		})
		t.later(starts.Add(time.Hour), func(ctx context.Context) error {
			_, err := t.bookings.Due(ctx)
			return err
		})
	}
	return nil
}

// lend moves what is lent along: somebody asks, the desk hands over and takes back.
func (t *teller) lend(ctx context.Context, resources []*shared) error {
	tool := resources[4+t.dice.IntN(3)]
	if _, err := t.loans.Ask(ctx, t.somebody(t.facilitator).Actor, tool.id, t.key()); err != nil && !refused(err) {
		return err
	}
	if _, err := t.loans.Due(ctx); err != nil {
		return err
	}
	list, err := t.loans.Desk(ctx, t.facilitator.Actor, tool.id)
	if err != nil {
		return err
	}
	for _, l := range list {
		switch {
		case l.Member == t.facilitator.Member:
		case l.State == sharing.Held && t.chance(80):
			err := t.loans.HandOver(ctx, t.facilitator.Actor, l.ID, "En bon état, complet.")
			if refused(err) { // too few hours for the deposit: it waits for the next in turn
				return nil
			}
			return err
		case l.State == sharing.Out && t.clock.After(l.DueAt.AddDate(0, 0, -2)):
			return t.loans.TakeBack(ctx, t.facilitator.Actor, l.ID, "Rendu propre.")
		}
	}
	return nil
}

// refused says that a rule stood in the way, as it does in life.
func refused(err error) bool {
	var invalid *rule.Invalid
	return errors.As(err, &invalid)
}
