package demo

import (
	"context"

	"lien/coop"
	"lien/coop/assembly"
)

// writeMinutes lets two neighbours hold the chair and the pen, and sign; one of them finds
// afterwards that a word was missing.
func (t *teller) writeMinutes(m *meeting) func(context.Context) error {
	return func(ctx context.Context) error {
		chair, secretary, err := t.bureau(ctx)
		if err != nil {
			return err
		}
		if err := t.entrustMinutes(m)(ctx); err != nil {
			return err
		}
		err = t.minutes.Write(ctx, secretary.Actor, m.id, assembly.Writing{Words: map[int]string{
			assembly.Beginning: "La salle était pleine. Les enfants ont dessiné sur les nappes.",
			2:                  "Une personne demande qui aura la clé. On décide d’un double pour chaque équipe du samedi.",
			assembly.Ending:    "On se quitte autour de la soupe.",
		}})
		if err != nil {
			return err
		}
		if err := t.signMinutes(ctx, m.id, 0, chair.Actor, secretary.Actor); err != nil {
			return err
		}
		err = t.minutes.Complete(ctx, secretary.Actor, m.id, t.key(), "Au point 2, ajouter : la clé se rend le dimanche soir au local.", "fr")
		if err != nil {
			return err
		}
		r, err := t.minutes.Read(ctx, secretary.Actor, m.id)
		if err != nil {
			return err
		}
		return t.signMinutes(ctx, m.id, r.Addenda[0].N, secretary.Actor, chair.Actor)
	}
}

// entrustMinutes names who holds the chair and who writes.
func (t *teller) entrustMinutes(m *meeting) func(context.Context) error {
	return func(ctx context.Context) error {
		chair, secretary, err := t.bureau(ctx)
		if err != nil {
			return err
		}
		return t.minutes.Entrust(ctx, t.facilitator.Actor, m.id, chair.number, secretary.number)
	}
}

// numbered is somebody with their member number.
type numbered struct {
	coop.Actor
	number int64
}

// bureau is the facilitator in the chair, and the first neighbour with the pen.
func (t *teller) bureau(ctx context.Context) (chair, secretary numbered, err error) {
	chair, secretary = numbered{Actor: t.facilitator.Actor}, numbered{Actor: t.residents[1].Actor}
	for _, one := range []*numbered{&chair, &secretary} {
		m, err := t.members.One(ctx, t.facilitator.Actor, one.Member)
		if err != nil {
			return chair, secretary, err
		}
		one.number = m.Number
	}
	return chair, secretary, nil
}

// signMinutes puts the names of both under the text that they read.
func (t *teller) signMinutes(ctx context.Context, id coop.AssemblyID, n int, signers ...coop.Actor) error {
	for _, who := range signers {
		r, err := t.minutes.Read(ctx, who, id)
		if err != nil {
			return err
		}
		hash := r.Text.Hash
		if n > 0 {
			hash = r.Addenda[len(r.Addenda)-1].Hash
		}
		if err := t.minutes.Sign(ctx, who, id, n, hash); err != nil {
			return err
		}
	}
	return nil
}

// contestMinutes lets somebody find that they were miscounted, and a scrutineer look again.
func (t *teller) contestMinutes(m *meeting) func(context.Context) error {
	return func(ctx context.Context) error {
		err := t.minutes.Contest(ctx, t.residents[5].Actor, m.id, t.key(), "Nous étions plus nombreux au moment du vote sur le local.", "fr")
		if err != nil {
			return unlessRefused(err)
		}
		r, err := t.minutes.Read(ctx, t.residents[3].Actor, m.id)
		if err != nil || len(r.Contests) == 0 {
			return err
		}
		_, err = t.minutes.Answer(ctx, t.residents[3].Actor, r.Contests[0].ID, assembly.Answer{
			Decision: "La feuille de présence a été recomptée devant deux membres : le nombre de voix écrit est le bon.",
		})
		return unlessRefused(err)
	}
}
