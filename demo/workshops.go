package demo

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/exchange"
)

// lesson is a workshop of the story: who of the cast leads it, when it begins, and who
// takes a seat. Held lets its host say who came; off calls it off with these words.
type lesson struct {
	host         int
	title        string
	details      string
	category     exchange.Category
	minutes      int64
	seats, least int
	meeting      exchange.Meeting
	day, hour    int // from now
	asking       int // how many ask for a seat
	held         bool
	off          string
	later        int // days by which its host moves it
	id           coop.ListingID
}

func lessons() []*lesson {
	return []*lesson{
		{
			host: 2, title: "Coudre un sac avec de vieux rideaux", details: "Apportez un tissu qui vous plaît. Il y a deux machines.",
			category: "sewing", minutes: 90, seats: 6, least: 3, meeting: exchange.CommonRoom, day: 3, hour: 14, asking: 4,
		},
		{
			host: 3, title: "Réparer son vélo soi-même", details: "On change une chambre à air ensemble.",
			category: "repair", minutes: 120, seats: 3, least: 2, meeting: exchange.Outside, day: 5, hour: 10, asking: 5,
		},
		{
			host: 1, title: "Le thiéboudiène de ma mère", details: "Chacun repart avec une part.",
			category: "cooking", minutes: 120, seats: 8, least: 4, meeting: exchange.CommonRoom, day: -1, hour: 11, asking: 5,
		},
		{
			host: 4, title: "Écrire ses premières lettres en tamoul",
			category: "languages", minutes: 60, seats: 5, least: 2, meeting: exchange.CommonRoom, day: -16, hour: 17, asking: 4, held: true,
		},
		{
			host: 2, title: "Boutures de printemps", details: "Je donne les pots.",
			category: "garden", minutes: 60, seats: 10, least: 3, meeting: exchange.Outside, day: 2, hour: 16, asking: 3, off: "Je suis clouée au lit avec la grippe. Je vous propose une autre date dès que je tiens debout.",
		},
		{
			host: 1, title: "Lire une facture d’électricité", details: "Venez avec une facture, la vôtre ou une ancienne.",
			category: "paperwork", minutes: 60, seats: 4, least: 2, meeting: exchange.CommonRoom, day: 6, hour: 17, asking: 5, later: 2,
		},
	}
}

// class is what looks after the lessons, with dice of its own, so that the rest of the
// story stays what it is.
type class struct {
	*teller
	dice *rand.Rand
}

// planLessons lays the workshops of the last weeks and of the coming days out.
func (t *teller) planLessons() {
	if t.plot.Days < 40 {
		return
	}
	c := class{t, rand.New(rand.NewPCG(t.plot.Seed, 0x61746c))} // #nosec G404 -- a story is no secret
	for _, l := range lessons() {
		starts := t.until.In(t.zone).AddDate(0, 0, l.day)
		starts = time.Date(starts.Year(), starts.Month(), starts.Day(), l.hour, 0, 0, 0, t.zone)
		announced := t.awake(starts.AddDate(0, 0, -7))
		if l.day > 3 {
			announced = t.until.AddDate(0, 0, -3)
		}
		c.at(announced, func(ctx context.Context) error { return c.announce(ctx, l, starts) })
		for n := range l.asking {
			c.at(announced.Add(time.Duration(n+1)*7*time.Hour), func(ctx context.Context) error { return c.take(ctx, l, n) })
		}
		if l.held {
			c.at(starts.Add(3*time.Hour), func(ctx context.Context) error { return c.mark(ctx, l) })
			c.at(starts.Add(20*time.Hour), func(ctx context.Context) error { return c.confirm(ctx, l) })
		}
		if l.later > 0 {
			c.at(t.until.Add(-9*time.Hour), func(ctx context.Context) error {
				return t.workshops.Move(ctx, t.residents[l.host].Actor, l.id, starts.AddDate(0, 0, l.later))
			})
			c.at(t.until.Add(-7*time.Hour), func(ctx context.Context) error { return c.take(ctx, l, 1) }) // one has said yes again
		}
		if l.off != "" {
			c.at(t.until.Add(-20*time.Hour), func(ctx context.Context) error {
				return t.workshops.Cancel(ctx, t.residents[l.host].Actor, l.id, exchange.Words{Text: l.off, Language: "fr"})
			})
		}
	}
}

// at lets something happen without a throw of the story's dice.
func (c class) at(at time.Time, do func(context.Context) error) {
	c.await(at, c.dice.IntN(1<<30), do)
}

func (c class) key() (id uuid.UUID) {
	for n := range id {
		id[n] = byte(c.dice.UintN(256))
	}
	id[6], id[8] = id[6]&0x0f|0x40, id[8]&0x3f|0x80
	return id
}

func (c class) announce(ctx context.Context, l *lesson, starts time.Time) (err error) {
	if len(c.residents) <= l.host {
		return nil
	}
	l.id, err = c.workshops.Announce(ctx, c.residents[l.host].Actor, exchange.Invitation{
		Draft: exchange.Draft{
			Key: c.key(), Category: l.category, Title: l.title, Details: l.details, Language: "fr", Minutes: l.minutes,
		},
		StartsAt: starts, Seats: l.seats, Least: l.least, Meeting: l.meeting,
	})
	return err
}

// take lets one after the other ask for a seat; every other one agrees to be named.
func (c class) take(ctx context.Context, l *lesson, n int) error {
	if (l.id == coop.ListingID{}) {
		return nil
	}
	var others []*resident
	for _, place := range []int{1, 2, 6, 11, 12, 13, 14, 15} { // none who share an account
		if place != l.host && place < len(c.residents) {
			others = append(others, c.residents[place])
		}
	}
	return c.workshops.Join(ctx, others[n%len(others)].Actor, l.id, n%2 == 0)
}

// mark is the host's word on who came: all but the last.
func (c class) mark(ctx context.Context, l *lesson) error {
	host := c.residents[l.host].Actor
	shop, err := c.workshops.One(ctx, host, l.id)
	if err != nil {
		return err
	}
	var came []coop.MemberID
	for _, s := range shop.All[:max(0, len(shop.All)-1)] {
		came = append(came, s.Person.ID)
	}
	return c.workshops.Mark(ctx, host, l.id, came, l.minutes)
}

// confirm lets those who came say so, too.
func (c class) confirm(ctx context.Context, l *lesson) error {
	shop, err := c.workshops.One(ctx, c.residents[l.host].Actor, l.id)
	if err != nil {
		return err
	}
	for _, s := range shop.All {
		who := coop.Actor{Cooperative: c.facilitator.Cooperative, Member: s.Person.ID}
		g, err := c.agreements.One(ctx, who, s.Agreement)
		if err == nil {
			_, err = c.agreements.Confirm(ctx, who, g.ID, g.Steps, l.minutes)
		}
		if err := unlessRefused(err); err != nil {
			return err
		}
	}
	return nil
}
