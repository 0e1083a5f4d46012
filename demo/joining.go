package demo

import (
	"context"
	"embed"
	"strings"
	"time"

	"lien/coop"
	"lien/coop/membership"
	"lien/rule"
)

//go:embed charter.*.txt
var charters embed.FS

// The people whom one may sign in as: their place in the story never changes with the
// seed. The facilitator is member number 1.
var cast = []struct{ name, language string }{
	{"Aline Roux", "fr"},       // 1: the facilitator
	{"Fatoumata Diarra", "fr"}, // 2: accompanied, and shares
	{"Nadia Benali", "ar"},     // 3: accompanied, and does not share
	{"Mehmet Yıldız", "fr"},    // 4: a neighbour
	{"Sivakumar Rajan", "en"},  // 5: a neighbour
}

// found founds the cooperative and plans who joins when.
func (t *teller) found(ctx context.Context) error {
	texts, err := charterTexts()
	if err != nil {
		return err
	}
	t.clock = t.on(0, 10, 0)
	t.founded, err = t.members.Found(ctx, membership.Founding{
		Name: "Les Iris", Town: "Orléans La Source", Zone: "Europe/Paris",
		Residences: t.residences(), Charters: texts,
		Facilitator: cast[0].name, Language: cast[0].language,
	})
	if err != nil {
		return err
	}
	for _, p := range t.founded.Places {
		if p.Depth() == 2 {
			t.stairwells = append(t.stairwells, p.ID)
		}
	}
	t.facilitator = &resident{
		Actor: coop.Actor{Cooperative: t.founded.Cooperative, Member: t.founded.Facilitator},
		name:  cast[0].name, language: cast[0].language,
	}
	t.residents = []*resident{t.facilitator}
	t.planJoining()
	return t.introduce(ctx, t.facilitator, 0)
}

func (t *teller) residences() []membership.Residence {
	wells := func(n int) (names []string) {
		for i := range n {
			names = append(names, "Escalier "+string(rune('1'+i)))
		}
		return names
	}
	iris := membership.Residence{Name: "Résidence des Iris"}
	for b := range 2 + min(t.plot.Members/50, 22) {
		iris.Buildings = append(iris.Buildings, membership.Building{Name: "Bâtiment " + string(rune('A'+b)), Stairwells: wells(3)})
	}
	return []membership.Residence{iris}
}

// charterTexts reads the charter: its first line is the title.
func charterTexts() (texts []membership.Charter, err error) {
	for _, language := range membership.Languages() {
		text, err := charters.ReadFile("charter." + language + ".txt")
		if err != nil {
			return nil, err
		}
		title, body, _ := strings.Cut(strings.TrimSpace(string(text)), "\n")
		texts = append(texts, membership.Charter{Language: language, Title: title, Body: strings.TrimSpace(body)})
	}
	return texts, nil
}

// planJoining spreads the joining: a third at the start, the others over most of the time.
func (t *teller) planJoining() {
	all := t.plot.Members
	for n := 1; n < all; n++ {
		day := 0
		if n > all/3 {
			day = (n - all/3) * t.plot.Days * 5 / 6 / (all - all/3)
		}
		at := t.on(day, 10, 5).Add(time.Duration(n) * 20 * time.Second)
		name, language := t.called(n)
		t.later(at, func(ctx context.Context) error { return t.join(ctx, name, language) })
	}
}

// called names the n-th member.
func (t *teller) called(n int) (name, language string) {
	if n < len(cast) {
		return cast[n].name, cast[n].language
	}
	from := pick(t, tongues)
	return pick(t, from.given) + " " + pick(t, from.family), from.language
}

// join lets somebody in by a paper invitation.
func (t *teller) join(ctx context.Context, name, language string) error {
	place := t.stairwells[len(t.residents)%len(t.stairwells)]
	sheet, err := t.invitations.Invite(ctx, t.facilitator.Actor, place, t.key())
	if err != nil {
		return err
	}
	welcome, err := t.invitations.Lookup(ctx, sheet.Code)
	if err != nil {
		return err
	}
	member, err := t.members.Join(ctx, membership.Joining{
		ID: rule.NewID[coop.MemberID](), Cooperative: welcome.Cooperative, Invitation: welcome.Invitation,
		Name: name, Language: language, Version: t.version, Channel: membership.ByPhone,
	})
	if err != nil {
		return err
	}
	joined := &resident{
		Actor: coop.Actor{Cooperative: welcome.Cooperative, Member: member.ID}, name: name, language: language,
	}
	t.residents = append(t.residents, joined)
	return t.introduce(ctx, joined, len(t.residents)-1)
}
