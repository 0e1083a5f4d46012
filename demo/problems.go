package demo

import (
	"context"
	"errors"
	"time"

	"lien/coop/problem"
	"lien/rule"
)

// planProblems lets the lift of a building stop, its homes say so one after the other, and
// the landlord be told; damp in a stairwell is new.
func (t *teller) planProblems() {
	if t.plot.Members < len(cast) {
		return
	}
	t.aside(t.until.AddDate(0, 0, -16), t.liftStops)
	t.aside(t.until.AddDate(0, 0, -2), t.dampComes)
}

// said is what homes say of the lift, by language.
var said = map[string]string{
	"fr": "Avec la poussette, on monte les étages à pied.",
	"en": "Carrying the shopping up is hard on my knees.",
	"ar": "أحمل المشتريات على الدرج كل يوم.",
}

func (t *teller) liftStops(ctx context.Context) error {
	first := t.residents[0]
	places, err := t.troubles.Places(ctx, first.Actor)
	if err != nil || len(places) < 2 {
		return err
	}
	id, err := t.troubles.TellOf(ctx, first.Actor, problem.Draft{
		Key: t.keyAtDesk(first), Place: places[1].ID, Kind: "lift", Title: "L’ascenseur s’arrête entre deux étages",
		Too: problem.Too{Words: "Vingt minutes entre deux étages, mardi soir.", Language: "fr", Since: t.clock.AddDate(0, 0, -3)},
	})
	if err != nil {
		return err
	}
	for n, r := range t.residents[1:] {
		language := r.language
		if said[language] == "" {
			language = "fr"
		}
		too := problem.Too{Language: language}
		if n%2 == 0 {
			too.Words, too.Since = said[language], t.clock.AddDate(0, 0, -n%5)
		}
		if err := t.troubles.MeToo(ctx, r.Actor, id, too); err != nil && !errors.Is(err, rule.ErrNotFound) {
			return err
		}
	}
	for n, step := range []problem.Note{
		{Step: problem.Tell, Words: "Lettre remise en main propre à l’agence."},
		{Step: problem.Answer, Words: "Une pièce est commandée. Le technicien passe sous dix jours."},
	} {
		t.aside(t.clock.AddDate(0, 0, 2+5*n), func(ctx context.Context) error {
			step.Seen, step.On, step.Language = n, t.clock, "fr"
			return t.troubles.Take(ctx, t.facilitator.Actor, id, step)
		})
	}
	return nil
}

func (t *teller) dampComes(ctx context.Context) error {
	who := t.residents[1]
	places, err := t.troubles.Places(ctx, who.Actor)
	if err != nil || len(places) == 0 {
		return err
	}
	_, err = t.troubles.TellOf(ctx, who.Actor, problem.Draft{
		Key: t.keyAtDesk(who), Place: places[0].ID, Kind: "damp", Title: "Des taches noires au plafond",
		Too: problem.Too{Words: "Surtout dans la chambre.", Language: "fr", Since: t.clock.Add(-20 * 24 * time.Hour)},
	})
	return err
}
