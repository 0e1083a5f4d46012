package demo

import (
	"context"
	"embed"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/exchange"
	"lien/coop/photo"
)

// photographs are what neighbours show of what they offer, drawn for this story.
//
//go:embed photos/*.jpg
var photographs embed.FS

// pictured is the photograph that goes with a sort of help, and what it shows.
var pictured = map[string]struct{ file, words string }{
	"repair":   {"shelf.jpg", "Une étagère en bois et un marteau"},
	"cooking":  {"dish.jpg", "Un grand plat vu de dessus"},
	"sewing":   {"couture.jpg", "Un tissu violet sous la machine à coudre"},
	"garden":   {"plants.jpg", "Trois pots de tomates"},
	"keys":     {"keys.jpg", "Un trousseau de clés"},
	"carrying": {"bike.jpg", "Un vélo rouge devant une porte"},
}

// planOffering looks after what is put up: every week what ends is ended, and towards the
// end of the story neighbours report two listings.
func (t *teller) planOffering() {
	if t.plot.Files != nil {
		t.pictures = exchange.NewPictures(t.handles.Coop, func() time.Time { return t.clock },
			photo.NewPhotos(t.handles.Coop, func() time.Time { return t.clock }, t.plot.Files, photo.NewDarkroom(1)))
	}
	for day := 7; day < t.plot.Days; day += 7 {
		t.later(t.on(day, 3, 0), t.endListings)
	}
	for n, search := range []exchange.Search{{Kind: exchange.Offer, Category: "sewing"}, {Words: "vélo étagère"}, {Category: "languages", Spoken: "fr"}} {
		t.later(t.until.AddDate(0, 0, -40+n), func(ctx context.Context) error { return t.wish(ctx, n+2, search) })
	}
	t.later(t.until.AddDate(0, 0, -2), t.fit)
	t.later(t.until.AddDate(0, 0, -1), t.endListings)
	t.later(t.until.AddDate(0, 0, -6), t.dispute)
	t.later(t.until.AddDate(0, 0, -1), t.complain)
	t.later(t.until.AddDate(0, 0, -2), t.keepForLater)
}

// endListings is what the house does by the clock.
func (t *teller) endListings(ctx context.Context) error {
	for _, chore := range []func(context.Context) (int, error){t.listings.Warn, t.listings.Expire, t.searches.Look} {
		for n := 1; n > 0; {
			var err error
			if n, err = chore(ctx); err != nil {
				return err
			}
		}
	}
	return nil
}

// fit lets two of the cast write what answers each other, without knowing.
func (t *teller) fit(ctx context.Context) error {
	if len(t.residents) < len(cast) {
		return nil
	}
	saturday := exchange.At(time.Saturday, exchange.Morning)
	for n, d := range []exchange.Draft{
		{Kind: exchange.Offer, Title: "Raccourcir un pantalon", Details: "Je montre, et vous repartez avec.", Free: saturday | exchange.At(time.Wednesday, exchange.Afternoon)},
		{Kind: exchange.Request, Title: "Apprendre à coudre un ourlet", Free: saturday},
	} {
		d.Key, d.Category, d.Language, d.Minutes, d.Place = t.key(), "sewing", "fr", 60, exchange.InCommonRoom
		if _, err := t.listings.Publish(ctx, t.residents[n+1].Actor, d); err != nil {
			return err
		}
	}
	return nil
}

// wish keeps a search of one of the cast.
func (t *teller) wish(ctx context.Context, n int, search exchange.Search) error {
	who := t.residents[min(n, len(t.residents)-1)]
	return t.searches.Save(ctx, who.Actor, exchange.Wish{Key: t.key(), Search: search})
}

// taps are where, when and in which languages somebody says that they can.
func (t *teller) taps(d *exchange.Draft, language string) {
	d.Place = pick(t, []exchange.Where{exchange.Anywhere, exchange.Anywhere, exchange.MyBuilding, exchange.InCommonRoom, exchange.OutOfDoors})
	for range t.dice.IntN(4) {
		d.Free |= exchange.At(pick(t, exchange.Weekdays()), pick(t, exchange.Parts()))
	}
	if t.chance(40) {
		d.Spoken = []string{language}
		if language != "fr" && t.chance(60) {
			d.Spoken = append(d.Spoken, "fr")
		}
	}
}

// photograph adds a photo to a listing of the last months, now and then.
func (t *teller) photograph(ctx context.Context, owner *resident, id coop.ListingID, category string) error {
	wanted, key := t.chance(60), t.key()
	if !wanted || t.until.Sub(t.clock) > 100*24*time.Hour {
		return nil
	}
	return t.show(ctx, owner, id, category, key)
}

// show adds the photo that goes with a sort of help, if there is one.
func (t *teller) show(ctx context.Context, owner *resident, id coop.ListingID, category string, key uuid.UUID) error {
	shown, drawn := pictured[category]
	if t.pictures == nil || !drawn {
		return nil
	}
	file, err := photographs.ReadFile("photos/" + shown.file)
	if err != nil {
		return err
	}
	return t.pictures.Add(ctx, owner.Actor, id, exchange.Shot{Key: key, File: file, Words: shown.words, Language: "fr"})
}

// keepForLater leaves a draft with somebody of the cast.
func (t *teller) keepForLater(ctx context.Context) error {
	writer := t.residents[min(2, len(t.residents)-1)]
	_, err := t.listings.Publish(ctx, writer.Actor, exchange.Draft{
		Key: t.key(), Kind: exchange.Offer, Category: "languages", Title: "Raconter des histoires aux petits", Language: "fr", Minutes: 60,
		Place: exchange.InCommonRoom, Later: true,
	})
	return err
}

// improper puts up a listing that forgets the charter, and lets a neighbour report it.
func (t *teller) improper(ctx context.Context, owner, reporter *resident, title, details string) (coop.ListingID, error) {
	id, err := t.listings.Publish(ctx, owner.Actor, exchange.Draft{
		Key: t.key(), Kind: exchange.Offer, Category: "computer", Title: title, Details: details, Language: "fr", Minutes: 60,
	})
	if err != nil {
		return id, err
	}
	return id, t.listings.Report(ctx, reporter.Actor, exchange.Report{Listing: id, Reason: "money", Words: "On m’a demandé de l’argent."})
}

// dispute is a listing that the facilitator hid, and whose owner asks for a second look.
func (t *teller) dispute(ctx context.Context) error {
	if len(t.residents) < len(cast) {
		return nil
	}
	owner, reporter := t.residents[len(t.residents)-1], t.residents[len(t.residents)/2] // the last but one may be resting
	id, err := t.improper(ctx, owner, reporter, "Je débloque les téléphones", "Dix minutes, contre un petit billet.")
	if err != nil {
		return err
	}
	err = t.listings.Decide(ctx, t.facilitator.Actor, id, exchange.Decision{
		Step: exchange.ToHide, Seen: 0, Rule: "money", Words: "Enlevez le petit billet, et remettez-la volontiers.",
	})
	if err != nil {
		return err
	}
	return t.listings.Decide(ctx, owner.Actor, id, exchange.Decision{Step: exchange.ToContest, Seen: 1, Words: "C’était une plaisanterie entre voisins."})
}

// complain is a listing that waits for a facilitator.
func (t *teller) complain(ctx context.Context) error {
	if len(t.residents) < len(cast) {
		return nil
	}
	owner := t.residents[len(t.residents)-3]
	id, err := t.improper(ctx, owner, t.residents[2], "Copies de clés à prix doux", "Demandez-moi le prix dans le hall.")
	if err != nil {
		return err
	}
	return t.show(ctx, owner, id, "keys", t.key())
}
