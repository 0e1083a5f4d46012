package demo

import (
	"context"
	"time"

	"lien/coop"
	"lien/coop/exchange"
)

// What two neighbours write to each other around a coup de main, in their own languages:
// before it, on the way, and afterwards.
var (
	arranging = map[string][]string{
		"fr": {"Bonjour ! Je serai à l’heure.", "Faut-il que j’apporte quelque chose ?", "J’aurai du café, si cela vous dit.", "Est-ce que mon fils peut venir aussi ?", "Merci beaucoup, à bientôt."},
		"ar": {"مرحبًا! سأكون في الموعد.", "هل أحضر شيئًا معي؟", "سأحضّر الشاي.", "شكرًا جزيلًا، إلى اللقاء."},
		"en": {"Hello! I will be on time.", "Shall I bring anything?", "I will make tea.", "Thank you so much, see you soon."},
	}
	thanking = map[string][]string{
		"fr": {"Un grand merci, l’étagère tient et moi aussi je respire.", "Vous avez pris le temps de m’expliquer, cela m’a fait du bien.", "Toujours à l’heure et toujours de bonne humeur.", "Mes enfants parlent encore de ce mercredi."},
		"ar": {"شكرًا من القلب، شرحتم لي كل شيء بصبر.", "وقت جميل معكم، والأولاد سعداء.", "أتقنتم العمل، بارك الله فيكم."},
		"en": {"Thank you, you explained everything so patiently.", "Such good company, and the shelf holds.", "My kids still talk about it."},
	}
	finding = map[string][]string{
		"fr": {"Sonnez à l’interphone, je descends.", "L’ascenseur est en panne, prenez votre temps.", "La porte d’à côté du local vélos."},
		"ar": {"اضغطوا على جهاز النداء وسأنزل.", "الباب بجانب غرفة الدراجات."},
		"en": {"Ring the intercom, I will come down.", "The door next to the bike room."},
	}
	replying = map[string][]string{
		"fr": {"Merci d’avoir écouté. Cela me va.", "J’aurais compté un peu plus, mais c’est mieux ainsi."},
		"ar": {"شكرًا على الاستماع. هذا يناسبني."},
		"en": {"Thank you for listening. I can live with that."},
	}
)

// in is a text of somebody's, in their language.
func (t *teller) in(from map[string][]string, who *resident) exchange.Words {
	return exchange.Words{Text: pick(t, from[who.language]), Language: who.language}
}

// arrange lets two who agreed write to each other until they meet, and the one who is
// visited say how to find them.
func (t *teller) arrange(ctx context.Context, g exchange.Agreement, one, other *resident) error {
	if host := map[coop.MemberID]*resident{one.Member: one, other.Member: other}[g.Host()]; host != nil && t.chance(60) {
		if err := t.agreements.Direct(ctx, host.Actor, g.ID, t.in(finding, host)); err != nil {
			return err
		}
	}
	who := []*resident{one, other}
	for n := range t.dice.IntN(4) {
		words, from := t.in(arranging, who[n%2]), who[n%2]
		t.later(t.clock.Add(time.Duration(10+t.dice.IntN(90)*(n+1))*time.Minute), func(ctx context.Context) error {
			return t.say(ctx, from, g, exchange.Note{Key: t.key(), Words: words.Text, Language: words.Language})
		})
	}
	if tap, from := pick(t, []string{"coming", "late", ""}), pick(t, who); tap != "" {
		t.later(g.PlannedAt.Add(-5*time.Minute), func(ctx context.Context) error {
			return t.say(ctx, from, g, exchange.Note{Key: t.key(), Tap: tap})
		})
	}
	return nil
}

// say writes a message; the other one reads it unless the story is nearly over.
func (t *teller) say(ctx context.Context, from *resident, g exchange.Agreement, n exchange.Note) error {
	seq, err := t.talks.Say(ctx, from.Actor, g.ID, n)
	if err != nil || t.until.Sub(t.clock) < 48*time.Hour {
		return err
	}
	reader := coop.Actor{Cooperative: from.Cooperative, Member: g.Other(from.Member).ID}
	return t.talks.Saw(ctx, reader, g.ID, seq)
}

// thank lets one of the two thank the other, who may show it.
func (t *teller) thank(ctx context.Context, g exchange.Agreement, one, other *resident) error {
	for _, by := range [][2]*resident{{one, other}, {other, one}} {
		if t.chance(60) {
			continue
		}
		if err := t.agreements.Thank(ctx, by[0].Actor, g.ID, t.in(thanking, by[0])); err != nil {
			return err
		}
		if t.chance(50) {
			if err := t.agreements.ShowThanks(ctx, by[1].Actor, g.ID, true); err != nil {
				return err
			}
		}
	}
	return nil
}

// again lets somebody propose something to a neighbour whom they met, without a listing.
func (t *teller) again(ctx context.Context) error {
	asker := t.somebody()
	met, err := t.agreements.Met(ctx, asker.Actor)
	if err != nil || len(met) == 0 {
		return err
	}
	neighbour := t.known(pick(t, met).ID)
	if neighbour == nil {
		return nil
	}
	when := t.awake(t.within(5 * 24 * time.Hour).Add(26 * time.Hour)).Truncate(30 * time.Minute)
	id, err := t.agreements.Propose(ctx, asker.Actor, exchange.Proposal{
		Key: t.key(), With: neighbour.Member, Giving: t.chance(50), Category: pick(t, exchange.Categories()), Language: asker.language, Bring: t.things(),
		Plan: exchange.Plan{PlannedAt: when, Minutes: int64(30 * (1 + t.dice.IntN(4))), Meeting: pick(t, exchange.Meetings())},
	})
	if err != nil {
		return err
	}
	t.later(t.within(20*time.Hour), func(ctx context.Context) error { return t.answer(ctx, id, neighbour, asker, when) })
	return nil
}

// known is the resident with an id, nil for somebody who is not told of.
func (t *teller) known(id coop.MemberID) *resident {
	for _, r := range t.residents {
		if r.Member == id {
			return r
		}
	}
	return nil
}

// entrust lets the cast, whose next meetings are near, have somebody who knows of them.
func (t *teller) entrust(ctx context.Context) error {
	for _, r := range t.residents[:min(len(cast), len(t.residents))] {
		list, err := t.agreements.Mine(ctx, r.Actor, coop.AgreementID{})
		if err != nil {
			return err
		}
		for _, g := range list.Agreements {
			if g.State != exchange.Agreed || g.Other(r.Member).ID == t.facilitator.Member || r == t.facilitator {
				continue
			}
			if err := unlessRefused(t.visits.Ask(ctx, r.Actor, g.ID, t.facilitator.Member)); err != nil {
				return err
			}
		}
	}
	return nil
}

// remind does each morning what the house's chores do each minute.
func (t *teller) remind(ctx context.Context) error {
	if _, err := t.agreements.Remind(ctx); err != nil {
		return err
	}
	_, err := t.workshops.Due(ctx)
	return err
}
