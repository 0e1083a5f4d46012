package demo

import (
	"context"

	"lien/coop/passport"
)

// vouch lets two of the cast make a skills passport of what they did; one withdraws hers.
func (t *teller) vouch(ctx context.Context) error {
	for n, r := range t.residents[1:min(len(t.residents), 4)] {
		f, err := t.passports.Facts(ctx, r.Actor)
		if err != nil {
			return err
		}
		w := passport.Wish{Key: t.key(), Name: r.name, Language: "fr", Languages: f.Languages, Events: true, Since: true, Days: 90}
		for _, theme := range f.Themes {
			w.Themes = append(w.Themes, theme.Category)
		}
		for _, thanks := range f.Thanks[:min(len(f.Thanks), 3)] {
			w.Thanks = append(w.Thanks, thanks.Agreement)
		}
		id, err := t.passports.Issue(ctx, r.Actor, w)
		if err != nil {
			return err
		}
		if n == 1 {
			err = t.passports.Withdraw(ctx, r.Actor, id)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
