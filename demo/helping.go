package demo

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/exchange"
	"lien/coop/safetynet"
)

// shelved is a listing of the story, and whose.
type shelved struct {
	id      coop.ListingID
	owner   *resident
	minutes int64
	at      time.Time
}

// plan lays the year out: listings and agreements by the number of members, events by
// the week, notices by the day.
func (t *teller) plan(ctx context.Context) error {
	days := t.plot.Days
	listings, proposals := t.plot.busy()*days/240, t.plot.busy()*days/80
	for n := range listings {
		t.later(t.on(1+n*(days-2)/listings, 9+t.dice.IntN(10), t.dice.IntN(60)), t.publish)
	}
	for n := range proposals {
		t.later(t.on(3+n*(days-3)/proposals, 9+t.dice.IntN(10), t.dice.IntN(60)), t.propose)
	}
	t.planOffering()
	for n := range proposals / 5 {
		t.later(t.on(30+n*max(0, days-33)/max(1, proposals/5), 9+t.dice.IntN(10), t.dice.IntN(60)), t.again)
	}
	for day := 1; day < days; day++ {
		t.later(t.on(day, 8, 0), t.remind)
	}
	t.later(t.until.Add(-time.Hour), t.entrust)
	t.planGathering()
	t.planRepeating()
	t.planRegistering()
	t.planPaying()
	t.planLife()
	t.planPinning()
	t.planSharing()
	t.planAssemblies()
	t.planHomes()
	t.planGoing()
	t.later(t.until.AddDate(0, 0, -5), t.weave)
	t.later(t.until.AddDate(0, 0, -6), t.part)
	for week := range days / 7 {
		t.later(t.on(3+7*week, 11, 0), t.ring)
	}
	t.later(t.until.AddDate(0, 0, -2), t.comeTogether)
	t.later(t.until.AddDate(0, 0, -3), t.catchUp)
	t.planSolidarity()
	t.planCounter()
	t.planLessons()
	t.planImporting()
	t.planLending()
	return nil
}

// catchUp lets everybody read what they were told until then: what came since is new.
func (t *teller) catchUp(ctx context.Context) error {
	for _, r := range t.residents {
		told, err := t.inbox.Mine(ctx, r.Actor, uuid.Nil)
		if err != nil {
			return err
		}
		if len(told) == 0 {
			continue
		}
		if err := t.inbox.OpenAll(ctx, r.Actor, told[0].ID); err != nil {
			return err
		}
	}
	return nil
}

// weave sets the safety net of one neighbour, who chose another.
func (t *teller) weave(ctx context.Context) error {
	if len(t.residents) < len(cast) {
		return nil
	}
	return t.nets.Set(ctx, t.residents[3].Actor, safetynet.Wish{Whom: t.residents[4].Member, Weeks: 4})
}

// publish puts up a listing in its owner's language.
func (t *teller) publish(ctx context.Context) error {
	owner := t.somebody()
	kind, from := exchange.Offer, offers
	if t.chance(45) {
		kind, from = exchange.Request, requests
	}
	w := pick(t, from[owner.language])
	d := exchange.Draft{
		Key: t.key(), Kind: kind, Category: exchange.Category(w.category), Title: w.title, Details: w.details,
		Language: owner.language, Minutes: w.minutes,
	}
	t.taps(&d, owner.language)
	id, err := t.listings.Publish(ctx, owner.Actor, d)
	if err != nil {
		return err
	}
	if err := t.photograph(ctx, owner, id, w.category); err != nil {
		return err
	}
	t.shelf = append(t.shelf, shelved{id, owner, w.minutes, t.clock})
	return nil
}

// propose answers a recent listing, and lets the other one answer.
func (t *teller) propose(ctx context.Context) error {
	for len(t.shelf) > 0 && t.clock.Sub(t.shelf[0].at) > 80*24*time.Hour {
		t.shelf = t.shelf[1:]
	}
	if len(t.shelf) == 0 {
		return nil
	}
	s := pick(t, t.shelf)
	asker := t.somebody(s.owner)
	when := t.awake(t.within(6 * 24 * time.Hour).Add(30 * time.Hour)).Truncate(30 * time.Minute)
	id, err := t.agreements.Propose(ctx, asker.Actor, exchange.Proposal{
		Key: t.key(), Listing: s.id, Language: asker.language, Bring: t.things(),
		Plan: exchange.Plan{PlannedAt: when, Minutes: s.minutes, Meeting: pick(t, exchange.Meetings())},
	})
	if err != nil {
		return err
	}
	t.later(t.within(20*time.Hour), func(ctx context.Context) error { return t.answer(ctx, id, s.owner, asker, when) })
	return nil
}

// answer is a yes most of the time.
func (t *teller) answer(ctx context.Context, id coop.AgreementID, owner, asker *resident, when time.Time) error {
	g, err := t.agreements.One(ctx, owner.Actor, id)
	if err != nil {
		return err
	}
	if t.chance(7) {
		_, err = t.agreements.Decline(ctx, owner.Actor, id, g.Steps)
		return err
	}
	if t.chance(8) {
		return t.counter(ctx, g, owner, asker, when)
	}
	g, err = t.agreements.Agree(ctx, owner.Actor, id, g.Steps)
	if err != nil {
		return err
	}
	if err := t.arrange(ctx, g, owner, asker); err != nil {
		return err
	}
	if t.chance(4) {
		t.later(t.within(12*time.Hour), func(ctx context.Context) error {
			_, err := t.agreements.Cancel(ctx, asker.Actor, id, g.Steps)
			return err
		})
		return nil
	}
	done := when.Add(time.Duration(g.Planned)*time.Minute + time.Duration(t.dice.IntN(90))*time.Minute)
	t.later(done, func(ctx context.Context) error { return t.claim(ctx, g, owner, asker) })
	return nil
}

// counter answers with the next day, and lets the first one answer that.
func (t *teller) counter(ctx context.Context, g exchange.Agreement, owner, asker *resident, when time.Time) error {
	when = when.AddDate(0, 0, 1)
	_, err := t.agreements.Counter(ctx, owner.Actor, g.ID, g.Steps, exchange.Plan{PlannedAt: when, Minutes: g.Planned, Meeting: exchange.CommonRoom})
	if err != nil {
		return err
	}
	t.later(t.within(12*time.Hour), func(ctx context.Context) error { return t.answer(ctx, g.ID, asker, owner, when) })
	return nil
}

// claim says that it is done, sometimes a little longer than planned.
func (t *teller) claim(ctx context.Context, g exchange.Agreement, owner, asker *resident) error {
	first, second := owner, asker
	if t.chance(40) {
		first, second = asker, owner
	}
	minutes := g.Planned
	if t.chance(20) {
		minutes += 15
	}
	g, err := t.agreements.Claim(ctx, first.Actor, g.ID, g.Steps, minutes)
	if err != nil {
		return err
	}
	t.later(t.within(30*time.Hour), func(ctx context.Context) error { return t.confirm(ctx, g, second, first) })
	return nil
}

// confirm is the other one's answer; now and then the two remember it differently.
func (t *teller) confirm(ctx context.Context, g exchange.Agreement, by, other *resident) error {
	minutes := g.Claimed
	switch roll := t.dice.IntN(100); {
	case roll < 2:
		return nil // silence: a facilitator will ask
	case roll < 5:
		minutes *= 2
	case roll < 12:
		minutes = max(15, minutes-10)
	}
	g, err := t.agreements.Confirm(ctx, by.Actor, g.ID, g.Steps, minutes)
	if err != nil {
		return err
	}
	if g.State != exchange.Disputed {
		t.later(t.within(20*time.Hour), func(ctx context.Context) error { return t.thank(ctx, g, by, other) })
		return nil
	}
	if t.chance(20) {
		return nil
	}
	t.later(t.within(72*time.Hour), func(ctx context.Context) error { return t.mediate(ctx, g, by) })
	return nil
}

// mediate settles a dispute on what both can live with, and lets one of the two answer.
func (t *teller) mediate(ctx context.Context, g exchange.Agreement, by *resident) error {
	words := exchange.Words{Text: "Nous en avons parlé ensemble autour d’un café.", Language: "fr"}
	if _, err := t.agreements.Settle(ctx, t.facilitator.Actor, g.ID, g.Steps, g.Claimed, words); err != nil || t.chance(50) {
		return err
	}
	return t.agreements.Reply(ctx, by.Actor, g.ID, t.in(replying, by))
}

// things are what somebody asks to bring, now and then.
func (t *teller) things() []exchange.Thing {
	if t.chance(60) {
		return nil
	}
	return []exchange.Thing{pick(t, exchange.Things())}
}
