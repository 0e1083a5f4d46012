package demo

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/board"
	"lien/coop/departure"
	"lien/coop/exchange"
	"lien/coop/hours"
	"lien/coop/membership"
	"lien/rule"
)

// going is a neighbour of the first days who is no longer here: one moved far away and asked
// that their traces be erased, one cannot be reached any more. Nobody else's story turns on
// theirs.
type going struct {
	coop.Actor
	name string
}

// said is the key of something that they do once; no dice are thrown for them, so that the
// others' story stays as it is.
func (g *going) said(what string) uuid.UUID {
	return uuid.NewSHA1(uuid.NameSpaceOID, []byte(g.name+" "+what))
}

// planGoing tells their stories from the first day on, to the day of the erasing where the
// plot goes as far.
func (t *teller) planGoing() {
	g, silent := &going{name: "Solange Vidal"}, &going{name: "Lucien Faure"}
	t.later(t.on(0, 15, 0), func(ctx context.Context) error { return t.welcomeGoing(ctx, g) })
	t.later(t.on(0, 15, 5), func(ctx context.Context) error { return t.welcomeGoing(ctx, silent) })
	t.later(t.until.AddDate(0, 0, -2).Add(-3*time.Hour), func(ctx context.Context) error { return t.missGoing(ctx, silent) })
	t.later(t.on(1, 10, 30), func(ctx context.Context) error { return t.writeGoing(ctx, g) })
	t.later(t.on(2, 11, 0), func(ctx context.Context) error { return t.letGo(ctx, g) })
	t.later(t.until, func(ctx context.Context) error {
		_, err := t.erasures.Due(ctx)
		return err
	})
}

func (t *teller) welcomeGoing(ctx context.Context, g *going) error {
	sheet, err := t.invitations.Invite(ctx, t.facilitator.Actor, t.stairwells[0], g.said("invite"))
	if err != nil {
		return err
	}
	welcome, err := t.invitations.Lookup(ctx, sheet.Code)
	if err != nil {
		return err
	}
	member, err := t.members.Join(ctx, membership.Joining{
		ID: rule.NewID[coop.MemberID](), Cooperative: welcome.Cooperative, Invitation: welcome.Invitation,
		Name: g.name, Language: "fr", Version: t.version, Channel: membership.ByPhone,
	})
	g.Actor = coop.Actor{Cooperative: welcome.Cooperative, Member: member.ID}
	return err
}

// writeGoing lets them write a little: a message on the board, a listing, and a word with
// the half hour that they give back.
func (t *teller) writeGoing(ctx context.Context, g *going) error {
	boards, err := t.boards.Readable(ctx, g.Actor)
	if err != nil || len(boards) == 0 {
		return err
	}
	_, err = t.boards.Pin(ctx, g.Actor, boards[0].ID, board.Draft{
		Key: g.said("pin"), Kind: "news", Title: "Une armoire à donner", Body: "Je déménage bientôt : une armoire est à prendre chez moi.", Language: "fr",
	})
	if err != nil {
		return err
	}
	_, err = t.listings.Publish(ctx, g.Actor, exchange.Draft{
		Key: g.said("listing"), Kind: exchange.Offer, Category: "company", Title: "Promenade le matin", Details: "Autour du lac, à petits pas.", Language: "fr",
	})
	if err != nil {
		return err
	}
	if _, err = t.ledger.Gift(ctx, t.facilitator.Actor, hours.Gift{Key: g.said("received"), To: g.Member, Minutes: 60}); err != nil {
		return err
	}
	_, err = t.ledger.Gift(ctx, g.Actor, hours.Gift{Key: g.said("given"), To: t.facilitator.Member, Minutes: 30, Words: "Merci pour votre accueil.", Language: "fr"})
	return err
}

// missGoing writes down that somebody cannot be reached any more, whom a neighbour of their
// stairwell has not seen for months.
func (t *teller) missGoing(ctx context.Context, g *going) error {
	witness, err := t.members.Of(ctx, g.Cooperative, t.residents[1].Member)
	if err != nil {
		return err
	}
	_, err = t.departures.BeginFor(ctx, t.facilitator.Actor, g.Member, departure.Absence{
		Because: departure.Absent, Why: "Parti sans adresse au printemps, d’après la gardienne et sa voisine de palier.", Witness: witness.Number,
	})
	return err
}

func (t *teller) letGo(ctx context.Context, g *going) error {
	if err := t.departures.Begin(ctx, g.Actor, departure.Wish{Choice: departure.ToFund, Erase: true}); err != nil {
		return err
	}
	mine, _, err := t.departures.Mine(ctx, g.Actor)
	if err != nil {
		return err
	}
	return t.departures.Close(ctx, t.facilitator.Actor, mine.ID, coop.LeavingRuleID{})
}
