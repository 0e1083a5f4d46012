package demo

import (
	"context"
	"time"

	"lien/coop"
	"lien/coop/fund"
	"lien/coop/hours"
)

// votes are what the neighbourhood's fund pays for.
var votes = []fund.RuleDraft{
	{Why: "illness", Words: "Trois heures quand on est malade, pour les courses et le ménage.", Minutes: 180, Each: 540, All: 6000},
	{Why: "birth", Words: "Quatre heures à l’arrivée d’un bébé.", Minutes: 240, Each: 480, All: 3600},
	{Why: "caring", Words: "Deux heures pour souffler quand on s’occupe d’un proche.", Minutes: 120, Each: 720, All: 6000},
	{Why: "arrival", Words: "Deux heures pour commencer, quand on vient d’arriver.", Minutes: 120, Each: 120, All: 6000},
}

// planSolidarity lays out what is voted early, and then who gives and who asks.
func (t *teller) planSolidarity() {
	days := t.plot.Days
	t.later(t.on(4, 20, 15), t.vote)
	gifts, asks := max(2, t.plot.busy()*days/900), max(3, t.plot.busy()*days/1800)
	for n := range gifts {
		t.later(t.on(6+n*(days-8)/gifts, 9+t.dice.IntN(10), t.dice.IntN(60)), t.give)
	}
	for n := range asks {
		t.later(t.on(9+n*(days-10)/asks, 9+t.dice.IntN(10), t.dice.IntN(60)), t.askFund)
	}
	t.later(t.until.AddDate(0, 0, -2), func(ctx context.Context) error { return t.ask(ctx, t.somebody(t.facilitator), false) })
}

// vote writes down what the first assembly decided.
func (t *teller) vote(ctx context.Context) error {
	by, on := t.facilitator.Actor, t.clock.AddDate(0, 0, -1)
	for _, rule := range votes {
		rule.Key, rule.Language, rule.VotedOn = t.key(), "fr", on
		if _, err := t.fund.Enter(ctx, by, rule); err != nil {
			return err
		}
	}
	err := t.fund.Mint(ctx, by, fund.MintingDraft{
		Key: t.key(), Cap: 40 * 60, Words: "Le temps que le pot se remplisse, la coopérative peut créer jusqu’à quarante heures.", Language: "fr", VotedOn: on,
	})
	if err != nil {
		return err
	}
	changes, err := t.ledger.Changes(ctx, by)
	if err != nil {
		return err
	}
	limits := changes[0].Limits
	limits.SoftFloor = -8 * 60
	return t.ledger.Amend(ctx, by, hours.Amendment{
		Key: t.key(), Seen: changes[0].N, Limits: limits, VotedOn: on, Words: "Proposer une idée un peu plus tôt, à huit heures.",
	})
}

// give is a gift of some minutes: to somebody with a word, or to everybody.
func (t *teller) give(ctx context.Context) error {
	from := t.somebody()
	gift := hours.Gift{Key: t.key(), Minutes: int64(30 * (1 + t.dice.IntN(3)))}
	if t.chance(35) {
		gift.To, gift.Words, gift.Language = t.somebody(from).Member, pick(t, giftWords[from.language]), from.language
	}
	made, err := t.ledger.Gift(ctx, from.Actor, gift)
	if err != nil || !t.chance(8) {
		return err
	}
	t.later(t.within(40*time.Hour), func(ctx context.Context) error { // a slip of the finger, put right at the desk
		_, err := t.ledger.Correct(ctx, t.facilitator.Actor, hours.Correction{Transfer: made.Transfer, Words: "Donné deux fois par erreur.", Language: "fr"})
		return err
	})
	return nil
}

func (t *teller) askFund(ctx context.Context) error {
	return t.ask(ctx, t.somebody(t.facilitator), true)
}

// ask asks the fund for what happens to people, and is answered within some days.
func (t *teller) ask(ctx context.Context, who *resident, answered bool) error {
	rules, err := t.fund.Rules(ctx, who.Actor)
	if err != nil || len(rules) == 0 {
		return err
	}
	id, err := t.fund.Ask(ctx, who.Actor, fund.Wish{Key: t.key(), Rule: pick(t, rules).ID, Language: who.language})
	if err != nil || !answered {
		return err
	}
	t.later(t.within(60*time.Hour), func(ctx context.Context) error { return t.answerAsk(ctx, who, id) })
	return nil
}

// answerAsk is a yes most of the time.
func (t *teller) answerAsk(ctx context.Context, who *resident, id coop.DrawID) error {
	if t.chance(10) {
		return t.fund.Withdraw(ctx, who.Actor, id, 1)
	}
	return t.fund.Grant(ctx, t.facilitator.Actor, id, 1)
}
