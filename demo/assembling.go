package demo

import (
	"context"
	"math/rand/v2"
	"time"

	"lien/coop"
	"lien/coop/assembly"
)

// meeting is one assembly of the story.
type meeting struct {
	title, words string
	starts       time.Time
	motions      []assembly.Wording
	id           coop.AssemblyID
}

// planAssemblies lets the neighbourhood vote its statutes and meet: an assembly some time
// ago, one this very evening, one to come, and one that is only being prepared.
func (t *teller) planAssemblies() {
	t.aside(t.on(2, 10, 0), t.voteStatutes)
	first, last := t.on(max(14, t.plot.Days/3), 18, 30), t.until.In(t.zone).Add(-40*time.Minute)
	autumn, tonight := t.autumn(first), t.tonight(last)
	t.aside(first.AddDate(0, 0, -12), t.assemble(autumn))
	t.aside(first.AddDate(0, 0, -3), t.proxies(autumn))
	t.aside(first.Add(-20*time.Minute), t.openDoors(autumn))
	t.aside(first.AddDate(0, 0, -1), t.chooseScrutineers)
	t.aside(first.Add(30*time.Minute), t.voteByHands(autumn, 1))
	t.aside(first.Add(time.Hour), t.voteInSecret(autumn, 2, true))
	t.aside(first.Add(2*time.Hour), t.close(autumn))
	t.aside(first.Add(2*time.Hour+10*time.Minute), t.writeMinutes(autumn))
	t.aside(first.Add(26*time.Hour), t.contestMinutes(autumn))
	t.aside(last.AddDate(0, 0, -12), t.assemble(tonight))
	t.aside(last.AddDate(0, 0, -2), t.proxies(tonight))
	t.aside(last.Add(-20*time.Minute), t.openDoors(tonight))
	t.aside(last.Add(10*time.Minute), t.voteByHands(tonight, 1))
	t.aside(last.Add(15*time.Minute), t.entrustMinutes(tonight))
	t.aside(last.Add(20*time.Minute), t.voteInSecret(tonight, 2, false))
	coming := t.until.AddDate(0, 0, 11).In(t.zone)
	spring := t.spring(time.Date(coming.Year(), coming.Month(), coming.Day(), 18, 30, 0, 0, t.zone))
	t.aside(t.until.AddDate(0, 0, -2), t.assemble(spring))
	t.aside(t.until.AddDate(0, 0, -1), t.proxies(spring))
	t.aside(t.until.AddDate(0, 0, -1), t.draft)
}

func (t *teller) autumn(starts time.Time) *meeting {
	return &meeting{
		title: "Assemblée d’automne", words: "Avec un goûter, et quelqu’un pour garder les enfants.", starts: starts,
		motions: []assembly.Wording{
			{Kind: assembly.Talk, Title: "Ce que nous avons vécu cette année"},
			{Kind: assembly.Ordinary, Title: "Ouvrons-nous le local aussi le samedi matin ?", Words: "Il faut deux personnes chaque samedi."},
			{Kind: assembly.Ordinary, Secret: true, Title: "Gardons-nous le pot à quarante heures ?"},
		},
	}
}

func (t *teller) tonight(starts time.Time) *meeting {
	return &meeting{
		title: "Assemblée extraordinaire", words: "Le goûter est à la fin.", starts: starts,
		motions: []assembly.Wording{
			{Kind: assembly.Talk, Title: "La panne d’ascenseur : où en sommes-nous ?"},
			{Kind: assembly.Ordinary, Title: "Écrivons-nous ensemble au bailleur ?", Words: "Le projet de lettre est joint."},
			{Kind: assembly.Ordinary, Secret: true, Title: "Achetons-nous une machine pour la buanderie ?", Words: "Avec l’argent de la fête."},
			{Kind: assembly.Statutes, Title: "Passons-nous le délai de convocation à douze jours ?"},
		},
	}
}

func (t *teller) spring(starts time.Time) *meeting {
	return &meeting{
		title: "Assemblée de printemps", words: "Un interprète en arabe et en turc sera là.", starts: starts,
		motions: []assembly.Wording{
			{Kind: assembly.Talk, Title: "Le café du jeudi : qui prend la suite ?"},
			{Kind: assembly.Ordinary, Title: "Ouvrons-nous un atelier de réparation de vélos ?"},
			{Kind: assembly.Statutes, Secret: true, Title: "Passons-nous le quorum à un tiers des membres ?"},
		},
	}
}

// proxies lets a few give their vote away; the one asked last has not answered yet.
func (t *teller) proxies(m *meeting) func(context.Context) error {
	return func(ctx context.Context) error {
		for n := range min(5, len(t.residents)/3) {
			giver, holder := t.residents[len(t.residents)-1-n], t.residents[1+n%3]
			if err := unlessRefused(t.assemblies.Give(ctx, giver.Actor, m.id, assembly.Trust{Key: t.key(), Holder: holder.Member})); err != nil {
				return err
			}
			list, err := t.assemblies.Proxies(ctx, giver.Actor, m.id)
			if err != nil {
				return err
			}
			for _, p := range list {
				if p.Giver != giver.Member || n == 4 {
					continue
				}
				if _, err := t.assemblies.Accept(ctx, holder.Actor, p.ID); unlessRefused(err) != nil {
					return err
				}
			}
		}
		return nil
	}
}

// openDoors lets about half of the neighbours come in, most with their phone.
func (t *teller) openDoors(m *meeting) func(context.Context) error {
	return func(ctx context.Context) error {
		if err := t.assemblies.Open(ctx, t.facilitator.Actor, m.id); err != nil {
			return err
		}
		for n, r := range t.residents {
			if n > 6 && !t.chance(45) || len(t.residents) > 200 && n > 80 {
				continue
			}
			t.clock = t.clock.Add(5 * time.Second)
			code, _, err := t.assemblies.Code(ctx, t.facilitator.Actor, m.id)
			if err != nil {
				return err
			}
			if err := unlessRefused(t.assemblies.Arrive(ctx, r.Actor, m.id, code)); err != nil {
				return err
			}
		}
		return nil
	}
}

func (t *teller) close(m *meeting) func(context.Context) error {
	return func(ctx context.Context) error { return t.assemblies.Close(ctx, t.facilitator.Actor, m.id) }
}

// aside lets something happen with dice of its own, so that the rest of the story stays the
// same however often these are thrown.
func (t *teller) aside(at time.Time, do func(context.Context) error) {
	own := rand.New(rand.NewPCG(t.plot.Seed, uint64(at.Unix()))) // #nosec G404 G115 -- a story is no secret
	shared := t.dice
	t.dice = own
	t.later(at, func(ctx context.Context) error {
		shared := t.dice
		t.dice = own
		defer func() { t.dice = shared }()
		return do(ctx)
	})
	t.dice = shared
}

// voteStatutes writes down what the founders decided.
func (t *teller) voteStatutes(ctx context.Context) error {
	form := assembly.Customary()
	form.Key, form.Notice, form.Quorum, form.VotedOn = t.key(), 10, 20, t.clock.AddDate(0, 0, -1).Format(time.DateOnly)
	return t.assemblies.Amend(ctx, t.facilitator.Actor, form)
}

// assemble prepares an assembly and convenes everybody: on their page, with a poster, and on
// paper for some.
func (t *teller) assemble(m *meeting) func(context.Context) error {
	return func(ctx context.Context) error {
		by := t.facilitator.Actor
		if err := t.prepare(ctx, m); err != nil {
			return err
		}
		if err := t.assemblies.Convene(ctx, by, m.id); err != nil {
			return err
		}
		if err := t.assemblies.Hang(ctx, by, m.id, t.stairwells[0]); err != nil {
			return err
		}
		for number := range min(3, len(t.residents)) {
			if err := unlessRefused(t.assemblies.Hand(ctx, by, m.id, int64(number+2))); err != nil {
				return err
			}
		}
		return nil
	}
}

func (t *teller) prepare(ctx context.Context, m *meeting) (err error) {
	by, starts := t.facilitator.Actor, m.starts.In(t.zone)
	m.id, err = t.assemblies.Plan(ctx, by, assembly.Plan{
		Key: t.key(), Title: m.title, Words: m.words, Language: "fr", Place: "Salle commune, bâtiment A",
		Day: starts.Format(time.DateOnly), Clock: starts.Format("15:04"),
	})
	if err != nil {
		return err
	}
	for _, w := range m.motions {
		w.Key, w.Language = t.key(), "fr"
		if err := t.assemblies.Write(ctx, by, m.id, w); err != nil {
			return err
		}
	}
	return t.assemblies.Attach(ctx, by, m.id, assembly.Attachment{
		Key: t.key(), Title: "Les comptes de la fête", Language: "fr",
		Body: "Recettes de la buvette : 412. Dépenses : 180.\nIl reste de quoi acheter une machine d’occasion.",
	})
}

// draft is what a facilitator has begun to write and nobody has been convened to.
func (t *teller) draft(ctx context.Context) error {
	starts := t.until.AddDate(0, 2, 0)
	return t.prepare(ctx, &meeting{
		title: "Assemblée de rentrée", starts: time.Date(starts.Year(), starts.Month(), starts.Day(), 18, 30, 0, 0, t.zone),
		motions: []assembly.Wording{{Kind: assembly.Talk, Title: "Les projets de la rentrée"}},
	})
}
