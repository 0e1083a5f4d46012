package demo

import (
	"context"
	"errors"
	"time"

	"lien/coop"
	"lien/coop/neighbour"
	"lien/coop/welcome"
	"lien/rule"
)

// likes are what people write of themselves in the directory, in the order in which they
// join.
var likes = map[string][]string{
	"fr": {
		"Coudre, raccommoder, et montrer comment", "Réparer des vélos avec les enfants", "Jardiner, partager des graines", "Cuisiner pour vingt",
		"Écouter, boire un café", "Lire une lettre à deux", "Bricoler le samedi", "Accompagner au marché",
	},
	"ar": {"الطبخ وخبز البيت", "الترجمة ومرافقة من يحتاج", "الخياطة", "لعب الشطرنج"},
	"en": {"Maths homework, and patience", "Cooking together", "Fixing phones", "Walking and talking"},
}

// alsoSpeak are languages that people of a language often speak beside it.
var alsoSpeak = map[string][][]string{
	"fr": {{"fr"}, {"fr", "wo"}, {"fr", "tr"}, {"fr", "bm", "ff"}, {"fr", "pt"}, {"fr", "en"}},
	"ar": {{"ar", "fr"}, {"ar", "ary"}, {"ar", "fr", "kab"}},
	"en": {{"en", "ta"}, {"en", "fr"}, {"en"}},
}

// introduce lets somebody choose what their neighbours see: two in three are in the
// directory, one in ten goes by a shorter name, and three in four would come along with
// somebody new.
func (t *teller) introduce(ctx context.Context, r *resident, n int) error {
	v := neighbour.Visibility{Listed: n%3 != 2, LikesLanguage: r.language, Speaks: alsoSpeak[r.language][n%len(alsoSpeak[r.language])]}
	if n%4 != 3 {
		v.Likes = likes[r.language][n%len(likes[r.language])]
	}
	for k, field := range neighbour.Fields() {
		if (n+k)%4 != 0 {
			v.Shows = append(v.Shows, string(field))
		}
	}
	if n >= len(cast) && n%10 == 7 {
		v.Name = []string{"Mimosa", "Tonton Vélo", "La voisine du 3e", "Lune"}[n/10%4]
	}
	if err := t.directory.Choose(ctx, r.Actor, v); err != nil || n%4 == 2 {
		return err
	}
	return t.buddies.Volunteer(ctx, r.Actor, true)
}

// part lets a neighbour stop seeing another, without a word.
func (t *teller) part(ctx context.Context) error {
	for _, other := range t.residents[min(13, len(t.residents)):] {
		err := t.blocks.Hide(ctx, t.residents[3].Actor, other.Member)
		if !errors.Is(err, rule.ErrNotFound) { // who has left is nobody to hide
			return err
		}
	}
	return nil
}

// comeTogether lets the latest newcomers ask for somebody to come along the first time, and
// neighbours answer: some said yes already, some have not yet.
func (t *teller) comeTogether(ctx context.Context) error {
	for n := range min(8, len(t.residents)-1) {
		r := t.residents[len(t.residents)-1-n]
		if err := unlessRefused(t.comeAlong(ctx, r, n)); err != nil {
			return err
		}
	}
	return nil
}

func (t *teller) comeAlong(ctx context.Context, r *resident, n int) error {
	if err := t.buddies.Ask(ctx, r.Actor, r.Member, t.key()); err != nil {
		return err
	}
	mine, err := t.buddies.Of(ctx, r.Actor)
	if err != nil || len(mine.Own) == 0 {
		return err
	}
	b := mine.Own[0]
	buddy := coop.Actor{Cooperative: r.Cooperative, Member: b.Buddy}
	for k, step := range []welcome.Step{welcome.ToAccept, welcome.ToPair} {
		by := buddy
		if step == welcome.ToPair {
			by = r.Actor
		}
		if n%3 <= k {
			return nil
		}
		if err := t.buddies.Take(ctx, by, b.ID, step); err != nil {
			return err
		}
	}
	return nil
}

// ring lets the facilitator call the next ones in turn.
func (t *teller) ring(ctx context.Context) error {
	list, err := t.calls.InTurn(ctx, t.facilitator.Actor)
	if err != nil {
		return err
	}
	for n, m := range list[:min(4, len(list))] {
		call := welcome.Call{Member: m.ID, Outcome: welcome.Heard}
		switch n {
		case 2:
			call.Outcome = welcome.NoAnswer
		case 3:
			call.Outcome, call.AgainOn = welcome.CallBack, t.clock.In(t.zone).AddDate(0, 0, 4).Format(time.DateOnly)
		}
		if err := t.calls.Note(ctx, t.facilitator.Actor, call, t.key()); err != nil {
			return err
		}
	}
	return nil
}
