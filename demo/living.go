package demo

import (
	"context"
	"slices"
	"time"

	"lien/coop/hours"
	"lien/coop/membership"
)

// planLife plans what members live through beside helping each other: who wishes to join,
// who rests, who does something for all, a charter that changes, and a decision that is
// contested.
func (t *teller) planLife() {
	days := t.plot.Days
	t.later(t.on(1, 9, 0), t.hangPoster)
	t.later(t.on(days/3, 12, 0), func(ctx context.Context) error { // the pot begins with an hour of whoever keeps the desk
		_, err := t.ledger.Gift(ctx, t.facilitator.Actor, hours.Gift{Key: t.key(), Minutes: 60})
		return err
	})
	for _, a := range applicants {
		t.later(t.until.AddDate(0, 0, -min(a.ago, days-2)), func(ctx context.Context) error { return t.applyFor(ctx, a) })
	}
	t.later(t.on(days*2/3, 10, 0), t.changeCharter)
	t.later(t.on(days/2, 16, 0), t.shareWork)
	t.later(t.until.AddDate(0, 0, -9), t.suspendSomebody)
	t.later(t.until.AddDate(0, 0, -5), t.restSomebody)
	for week := range days / 7 {
		t.later(t.on(7*week, 0, 5), t.turnDays)
	}
	t.later(t.until, t.turnDays)
}

// turnDays lets begin and end what days were set for.
func (t *teller) turnDays(ctx context.Context) error {
	if _, err := t.members.Due(ctx); err != nil {
		return err
	}
	_, err := t.applications.Due(ctx)
	return err
}

func (t *teller) hangPoster(ctx context.Context) error {
	made, err := t.leaflets.Hang(ctx, t.facilitator.Actor, t.key())
	t.poster = made.Code
	return err
}

// applicant is somebody who wishes to join lately, and how far they have come.
type applicant struct {
	name, language, words string
	ago                   int // days before the end
	reach                 membership.Reach
	stage                 membership.Stage
}

var applicants = []applicant{
	{"Odile", "fr", "Je couds, et je cherche de la compagnie le mardi.", 40, membership.ByVisiting, membership.Entered},
	{"Grégoire", "fr", "", 33, membership.ByCall, membership.Declined},
	{"Samia", "ar", "أحبّ الطبخ، وأتكلّم العربية والفرنسية.", 21, membership.ByNothing, membership.Applied},
	{"Blessing", "en", "I can help with shopping and with English.", 12, membership.ByCall, membership.Met},
	{"Huguette", "fr", "On m’a parlé du café du jeudi.", 6, membership.ByVisiting, membership.Meeting},
	{"Yusuf", "fr", "", 2, membership.ByCall, membership.Applied},
}

// applyFor tells one application as far as it came.
func (t *teller) applyFor(ctx context.Context, a applicant) error {
	door, err := t.leaflets.Lookup(ctx, t.poster)
	if err != nil {
		return err
	}
	buildings := slices.DeleteFunc(door.Places, func(p membership.Place) bool { return p.Kind != membership.ABuilding })
	form := membership.Applying{Key: t.key(), Name: a.name, Language: a.language, Place: pick(t, buildings).ID, Reach: a.reach, Words: a.words}
	if a.reach == membership.ByCall {
		form.Phone = "06 00 00 00 00"
	}
	v, err := t.applications.Apply(ctx, t.poster, form)
	if err != nil || a.stage == membership.Applied {
		return err
	}
	t.clock = t.clock.Add(3 * time.Hour)
	at := t.until.AddDate(0, 0, 2).In(t.zone)
	switch a.stage {
	case membership.Meeting:
		return t.applications.Meet(ctx, t.facilitator.Actor, v.ID, v.Steps, membership.Rendezvous{Day: at.Format(time.DateOnly), Clock: "18:00", Place: "Salle commune"})
	case membership.Declined:
		return t.applications.Decline(ctx, t.facilitator.Actor, v.ID, v.Steps, "Vous habitez une autre résidence : la coopérative de votre quartier vous attend, voici son adresse au local.")
	}
	homes, err := t.applications.Stairwells(ctx, t.facilitator.Actor, v)
	if err != nil {
		return err
	}
	if _, err := t.applications.Welcome(ctx, t.facilitator.Actor, v.ID, v.Steps, homes[len(homes)-1].ID, t.key()); err != nil || a.stage == membership.Met {
		return err
	}
	_, err = t.applications.Enrol(ctx, t.facilitator.Actor, v.ID, v.Steps+1, membership.Paper{Version: t.version, Language: a.language, Channel: membership.OnPaper})
	return err
}

// changeCharter publishes a second version; most say yes within three weeks, a few not yet.
func (t *teller) changeCharter(ctx context.Context) error {
	texts, err := charterTexts()
	if err != nil {
		return err
	}
	for n := range texts {
		texts[n].Body += "\n\n" + pauseWords[texts[n].Language]
	}
	if err := t.charters.Publish(ctx, t.facilitator.Actor, 2, texts); err != nil {
		return err
	}
	t.version = 2
	for n, r := range t.residents {
		if n >= len(cast) && n%9 == 0 {
			continue
		}
		at := t.within(time.Duration(min(21, t.plot.Days/4)) * 24 * time.Hour)
		if n < len(cast) {
			at = t.clock
		}
		t.later(at, func(ctx context.Context) error { return t.charters.Accept(ctx, r.Actor, 2, r.language) })
	}
	return nil
}

// shareWork gives roles: a second facilitator, a treasurer for a year, and a scrutineer who
// begins after the end of the story.
func (t *teller) shareWork(ctx context.Context) error {
	if len(t.residents) < 8 {
		return nil
	}
	year := t.clock.AddDate(1, 0, 0).Format(time.DateOnly)
	for n, g := range []membership.Giving{
		{Role: membership.AFacilitator, Last: year},
		{Role: membership.ATreasurer, Last: year},
		{Role: membership.AScrutineer, From: t.until.AddDate(0, 0, 10).Format(time.DateOnly), Last: t.until.AddDate(0, 1, 0).Format(time.DateOnly)},
	} {
		g.Key = t.key()
		if err := unlessRefused(t.members.Give(ctx, t.facilitator.Actor, t.residents[len(cast)+n].Member, g)); err != nil {
			return err
		}
	}
	return nil
}

// suspendSomebody is a decision by the second facilitator, contested, that waits for the
// first one's answer.
func (t *teller) suspendSomebody(ctx context.Context) error {
	if len(t.residents) < 10 {
		return nil
	}
	who, by := t.residents[len(t.residents)/2+3], t.residents[len(cast)]
	verdict := membership.Verdict{Why: "Plusieurs messages blessants sur le tableau, après deux rappels.", Until: t.clock.AddDate(0, 1, 0).Format(time.DateOnly)}
	if err := t.members.Suspend(ctx, by.Actor, who.Member, verdict); err != nil {
		return err
	}
	t.goes(who)
	t.later(t.clock.AddDate(0, 0, 2), func(ctx context.Context) error {
		return t.members.Contest(ctx, who.Actor, "J’ai répondu à une moquerie. Je veux bien m’excuser, mais je n’ai pas commencé.")
	})
	return nil
}

// goes takes somebody who takes no part for a while out of what others plan with.
func (t *teller) goes(who *resident) {
	t.residents = slices.DeleteFunc(slices.Clone(t.residents), func(r *resident) bool { return r == who })
}

// restSomebody lets two members rest: one now, one later.
func (t *teller) restSomebody(ctx context.Context) error {
	if len(t.residents) < 10 {
		return nil
	}
	day := func(n int) string { return t.clock.In(t.zone).AddDate(0, 0, n).Format(time.DateOnly) }
	now, later := t.residents[len(t.residents)/2+2], t.residents[len(t.residents)/2+4]
	if err := t.members.Rest(ctx, now.Actor, membership.Resting{Key: t.key(), Until: day(40)}); err != nil {
		return err
	}
	t.goes(now)
	return t.members.Rest(ctx, later.Actor, membership.Resting{Key: t.key(), From: day(20), Until: day(50)})
}

// pauseWords is what the second version of the charter adds.
var pauseWords = map[string]string{
	"fr": "On peut souffler. Une pause a un début et une fin, et personne ne demande pourquoi.",
	"en": "One may rest. A break has a beginning and an end, and nobody asks why.",
	"ar": "للجميع أن يستريح. للاستراحة بداية ونهاية، ولا يسأل أحد عن السبب.",
}
