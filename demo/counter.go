package demo

import (
	"container/heap"
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"lien/coop/desk"
	"lien/coop/exchange"
	"lien/coop/membership"
	"lien/coop/poster"
	"lien/rule"
)

// planCounter lets the facilitators carry a few acts at the desk in the last days: for
// Nadia, who comes by without her phone, and for two others.
func (t *teller) planCounter() {
	t.calmly(t.until.AddDate(0, 0, -6), t.secondFacilitator)
	t.calmly(t.until.AddDate(0, 0, -5), t.giveAtDesk)
	t.calmly(t.until.AddDate(0, 0, -3), t.comeByWithoutPhone)
	t.calmly(t.until.AddDate(0, 0, -2), t.restAtDesk)
	t.calmly(t.until.Add(-26*time.Hour), t.joinAtDesk)
	t.calmly(t.until.Add(-22*time.Hour), t.hearCharter)
	t.calmly(t.until.Add(-20*time.Hour), t.publishAtDesk)
	t.calmly(t.until.Add(-18*time.Hour), t.giveAndThinkAgain)
	t.calmly(t.until.Add(-2*time.Hour), t.hangPosters)
}

// Who is at the desk: the second facilitator is nobody whom one signs in as.
const (
	atDesk  = 2 // Nadia
	second  = 6
	witness = 8
	least   = 11 // members, for a desk with people before it
)

func (t *teller) peopled() bool { return len(t.residents) >= least }

func (t *teller) secondFacilitator(ctx context.Context) error {
	if !t.peopled() {
		return nil
	}
	return t.members.Entrust(ctx, t.facilitator.Actor, t.residents[second].Member)
}

// calmly lets something happen without a throw of the story's own dice.
func (t *teller) calmly(at time.Time, do func(context.Context) error) {
	heap.Push(&t.ahead, task{at: at, do: do})
}

// keyAtDesk is a key of the desk's, which does not disturb the story's own dice.
func (t *teller) keyAtDesk(who *resident) uuid.UUID {
	return uuid.NewSHA1(who.Member.UUID, []byte(t.clock.String()))
}

// carry opens somebody's page at the desk and carries one act for them.
func (t *teller) carry(ctx context.Context, who *resident, w desk.Wish, c desk.Consent) (desk.Act, error) {
	if _, err := t.desk.Open(ctx, t.facilitator.Actor, who.Member); errors.Is(err, rule.ErrNotFound) {
		return desk.Act{}, rule.ErrForbidden // they left before they could come by
	} else if err != nil {
		return desk.Act{}, err
	}
	w.Key = t.keyAtDesk(who)
	return t.desk.Do(ctx, t.facilitator.Actor, who.Member, w, c)
}

// giveAtDesk is a gift that its giver did not mean; the other facilitator gives it back.
func (t *teller) giveAtDesk(ctx context.Context) error {
	if !t.peopled() {
		return nil
	}
	giver := t.residents[9]
	act, err := t.carry(ctx, giver, desk.Wish{Kind: desk.Give, Minutes: 30},
		desk.Consent{How: desk.ByMark, Witness: t.residents[witness].Member, Mark: "X"})
	if err != nil {
		return err
	}
	t.calmly(t.clock.Add(3*time.Hour), func(ctx context.Context) error {
		_, err := t.desk.Undo(ctx, giver.Actor, act.ID, exchange.Words{})
		return err
	})
	t.calmly(t.clock.Add(20*time.Hour), func(ctx context.Context) error {
		return t.desk.Correct(ctx, t.residents[second].Actor, act.ID, exchange.Words{Text: "Donné par erreur : on en a parlé ensemble.", Language: "fr"})
	})
	return nil
}

// comeByWithoutPhone asks for a place at whatever comes next.
func (t *teller) comeByWithoutPhone(ctx context.Context) error {
	if !t.peopled() {
		return nil
	}
	nadia := t.residents[atDesk]
	coming, err := t.events.Between(ctx, nadia.Actor, t.clock, t.clock.AddDate(0, 0, 14))
	if err != nil || len(coming) == 0 {
		return err
	}
	_, err = t.carry(ctx, nadia, desk.Wish{Kind: desk.Come, Subject: coming[len(coming)-1].ID.UUID},
		desk.Consent{How: desk.ByWitness, Witness: t.residents[witness].Member})
	return err
}

// joinAtDesk asks for a seat at the next workshop that is not Nadia's own, whole or not.
func (t *teller) joinAtDesk(ctx context.Context) error {
	if !t.peopled() {
		return nil
	}
	nadia := t.residents[atDesk]
	coming, err := t.workshops.Coming(ctx, nadia.Actor)
	for _, s := range coming {
		if !s.Hosts(nadia.Member) && s.Mine.Turn == 0 {
			_, err = t.carry(ctx, nadia, desk.Wish{Kind: desk.Join, Subject: s.Listing.ID.UUID, Shown: true}, desk.Consent{How: desk.ByPIN})
			return err
		}
	}
	return err
}

// restAtDesk is a pause asked for in person, and given up a day later.
func (t *teller) restAtDesk(ctx context.Context) error {
	if !t.peopled() {
		return nil
	}
	nadia := t.residents[atDesk]
	act, err := t.carry(ctx, nadia, desk.Wish{Kind: desk.Rest, Resting: membership.Resting{
		From: t.clock.AddDate(0, 0, 9).Format(time.DateOnly), Until: t.clock.AddDate(0, 0, 20).Format(time.DateOnly),
	}}, desk.Consent{How: desk.ByPIN})
	if err != nil {
		return err
	}
	t.calmly(t.clock.Add(23*time.Hour), func(ctx context.Context) error {
		_, err := t.desk.Undo(ctx, nadia.Actor, act.ID, exchange.Words{})
		return err
	})
	return nil
}

// hearCharter is a yes to the charter by somebody who heard it at the desk.
func (t *teller) hearCharter(ctx context.Context) error {
	if !t.peopled() {
		return nil
	}
	nadia := t.residents[atDesk]
	text, err := t.charters.Current(ctx, nadia.Cooperative, "ar")
	if err != nil {
		return err
	}
	if said, err := t.charters.Said(ctx, nadia.Actor, text.Version); err != nil || said {
		return err
	}
	_, err = t.carry(ctx, nadia, desk.Wish{Kind: desk.Accept, Version: text.Version, Language: text.Language},
		desk.Consent{How: desk.ByWitness, Witness: t.residents[witness].Member})
	return err
}

// publishAtDesk is a listing that Nadia asks for in her own language.
func (t *teller) publishAtDesk(ctx context.Context) error {
	if !t.peopled() {
		return nil
	}
	w := offers["ar"][0]
	_, err := t.carry(ctx, t.residents[atDesk], desk.Wish{Kind: desk.Publish, Listing: exchange.Draft{
		Kind: exchange.Offer, Category: exchange.Category(w.category), Title: w.title, Details: w.details, Language: "ar", Minutes: w.minutes,
	}}, desk.Consent{How: desk.ByPIN})
	return err
}

// giveAndThinkAgain leaves one correction to be answered, that the second facilitator
// carried and the first can answer.
func (t *teller) giveAndThinkAgain(ctx context.Context) error {
	if !t.peopled() {
		return nil
	}
	giver := t.residents[witness]
	act, err := t.desk.Do(ctx, t.residents[second].Actor, giver.Member, desk.Wish{Kind: desk.Give, Key: t.keyAtDesk(giver), Minutes: 60},
		desk.Consent{How: desk.ByPIN})
	if err != nil {
		return err
	}
	_, err = t.desk.Undo(ctx, giver.Actor, act.ID, exchange.Words{})
	return err
}

// hangPosters asks the owners of the latest listings, and makes the poster of two stairwells.
func (t *teller) hangPosters(ctx context.Context) error {
	for n := range min(8, len(t.shelf)) {
		s := t.shelf[len(t.shelf)-1-n]
		if err := unlessRefused(t.posters.Hang(ctx, s.owner.Actor, s.id, true)); err != nil {
			return err
		}
	}
	for _, place := range t.stairwells[:min(2, len(t.stairwells))] {
		_, err := t.posters.Make(ctx, t.facilitator.Actor, poster.Wish{Key: uuid.NewSHA1(place.UUID, []byte(t.clock.String())), Place: place, Languages: membership.Languages()})
		if err != nil {
			return err
		}
	}
	return nil
}
