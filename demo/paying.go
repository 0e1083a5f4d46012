package demo

import (
	"context"
	"time"

	"lien/coop/cheque"
	"lien/coop/desk"
	"lien/coop/exchange"
)

// purse is a booklet of the story and what is left in it.
type purse struct {
	owner  *resident
	leaves []cheque.Printed
}

// planPaying hands out booklets of paper time-cheques, and lets neighbours thank with them:
// at the desk before the facilitator, or by the receiver's phone.
func (t *teller) planPaying() {
	days := t.plot.Days
	for n := range 1 + t.plot.busy()/15 {
		t.later(t.on(8+n*days/12, 14, 10+n), t.handOut)
	}
	signed := max(4, t.plot.busy()*days/900)
	for n := range signed {
		t.later(t.on(12+n*max(days-15, 1)/signed, 15, n%60), t.sign)
	}
	t.later(t.until.AddDate(0, 0, -4), t.mislay)
	t.later(t.until.AddDate(0, 0, -3), t.vouch)
	t.later(t.until.AddDate(0, 0, -2), t.signForNeighbour)
}

// handOut gives a booklet to somebody, the second of the cast first.
func (t *teller) handOut(ctx context.Context) error {
	owner := t.somebody(t.facilitator)
	if len(t.purses) == 0 && len(t.residents) > 1 {
		owner = t.residents[1]
	}
	member, err := t.members.Of(ctx, owner.Cooperative, owner.Member)
	if err != nil {
		return err
	}
	id, err := t.booklets.Issue(ctx, t.facilitator.Actor, cheque.Issue{Key: t.key(), Number: member.Number, Leaves: 10})
	if err != nil {
		return err
	}
	_, leaves, err := t.booklets.Print(ctx, t.facilitator.Actor, id)
	t.purses = append(t.purses, &purse{owner, leaves})
	return err
}

// leaf takes the next leaf out of a purse.
func (p *purse) leaf() (l cheque.Printed, ok bool) {
	if len(p.leaves) == 0 {
		return l, false
	}
	l, p.leaves = p.leaves[0], p.leaves[1:]
	return l, true
}

// sign gives a leaf to somebody who helped.
func (t *teller) sign(ctx context.Context) error {
	if len(t.purses) == 0 {
		return nil
	}
	p := pick(t, t.purses)
	helper := t.somebody(p.owner, t.facilitator)
	return t.spend(ctx, p, helper, t.chance(50))
}

// spend brings the leaf to the desk, or presents it by phone and lets its drawer answer.
func (t *teller) spend(ctx context.Context, p *purse, helper *resident, paper bool) error {
	w := pick(t, offers["fr"])
	leaf, ok := p.leaf()
	if !ok {
		return nil
	}
	said := cheque.Presentation{Minutes: w.minutes, Category: exchange.Category(w.category), About: w.title, Language: "fr"}
	if paper {
		_, err := t.carry(ctx, helper, desk.Wish{Kind: desk.Redeem, Code: leaf.Code, Brought: said}, desk.Consent{How: desk.ByPIN})
		return err
	}
	brought, err := t.leaves.Present(ctx, helper.Actor, leaf.Code, said)
	if err != nil {
		return err
	}
	t.later(t.within(30*time.Hour), func(ctx context.Context) error { return t.answerCheque(ctx, p.owner, brought) })
	return nil
}

// answerCheque is the drawer's word: yes mostly, another time now and then.
func (t *teller) answerCheque(ctx context.Context, owner *resident, leaf cheque.Leaf) error {
	minutes := leaf.Claimed
	switch roll := t.dice.IntN(100); {
	case roll < 20: // no phone: a facilitator will see the leaf
		t.later(t.within(120*time.Hour), func(ctx context.Context) error {
			_, err := t.leaves.Witness(ctx, t.facilitator.Actor, leaf.ID, leaf.Steps)
			return err
		})
		return nil
	case roll < 27:
		minutes = max(10, minutes/3)
	}
	leaf, err := t.leaves.Confirm(ctx, owner.Actor, leaf.ID, leaf.Steps, minutes)
	if err != nil || leaf.State != cheque.Disputed {
		return err
	}
	t.later(t.within(96*time.Hour), func(ctx context.Context) error {
		_, err := t.leaves.Settle(ctx, t.facilitator.Actor, leaf.ID, leaf.Steps, minutes, "Nous avons regardé le chèque ensemble.")
		return err
	})
	return nil
}

// mislay loses one leaf.
func (t *teller) mislay(ctx context.Context) error {
	if len(t.purses) == 0 {
		return nil
	}
	p := t.purses[0]
	leaf, ok := p.leaf()
	if !ok {
		return nil
	}
	_, err := t.leaves.Lose(ctx, p.owner.Actor, leaf.ID, 0, cheque.Lost)
	return err
}

// signForNeighbour leaves one cheque of the cast waiting for its drawer's word.
func (t *teller) signForNeighbour(ctx context.Context) error {
	if len(t.purses) == 0 || len(t.residents) < len(cast) {
		return nil
	}
	p := t.purses[0]
	leaf, ok := p.leaf()
	if !ok {
		return nil
	}
	_, err := t.leaves.Present(ctx, t.residents[3].Actor, leaf.Code, cheque.Presentation{
		Minutes: 60, Category: "repair", About: "La porte du placard", Language: "fr",
	})
	return err
}
