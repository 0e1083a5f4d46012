package assembly_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/assembly"
	"lien/rule"
)

// inWords stands in for the catalogues.
func inWords(language string, r assembly.Record) (text, annex string) {
	var b strings.Builder
	fmt.Fprintln(&b, language, r.House, r.Chair, r.Secretary, r.Roll, r.Came, r.Proxies, r.Returned, r.Reach.Inbox, r.Words[assembly.Beginning])
	for _, p := range r.Points {
		fmt.Fprintln(&b, p.N, p.Title, r.Words[p.N])
		for _, v := range p.Votes {
			fmt.Fprintln(&b, v.Outcome, v.Present, v.Represented, v.InFavour, v.Against, v.Least())
		}
	}
	return b.String(), fmt.Sprintln(r.Sheet, r.Given)
}

// closing is an assembly that is over, with its bureau: Ada holds the chair, Émile writes.
type closing struct {
	*hall
	minutes                *assembly.Minutes
	id                     coop.AssemblyID
	ada, emile, bintou, jo coop.Actor // Jo counts votes and signs nothing
}

func newClosing(t *testing.T) *closing {
	h := newHall(t)
	c := &closing{hall: h, minutes: assembly.NewMinutes(h.db.Coop, h.now, inWords), ada: h.member("Ada"), emile: h.member("Émile"), bintou: h.member("Bintou"), jo: h.member("Jo")}
	h.role(c.jo, "scrutineer")
	c.id = h.opens(func(id coop.AssemblyID) { h.entrusts(id, c.jo, c.bintou) })
	h.comes(c.id, c.ada, c.emile, c.bintou)
	v := h.starts(c.id, 2, assembly.Hands)
	h.does(h.finishes(v, assembly.Tally{InFavour: 3, Against: 1}))
	h.does(c.minutes.Entrust(t.Context(), h.aline, c.id, 2, 3))
	h.does(h.assemblies.Close(t.Context(), h.aline, c.id))
	return c
}

func (c *closing) reads(who coop.Actor) assembly.Report {
	c.t.Helper()
	p, err := c.minutes.Read(c.t.Context(), who, c.id)
	c.does(err)
	return p
}

func (c *closing) signs(who coop.Actor, n int) error {
	c.t.Helper()
	p := c.reads(who)
	hash := p.Text.Hash
	for _, a := range p.Addenda {
		if a.N == n {
			hash = a.Hash
		}
	}
	return c.minutes.Sign(c.t.Context(), who, c.id, n, hash)
}

func (c *closing) signed() *closing {
	c.t.Helper()
	c.does(c.signs(c.ada, 0))
	c.does(c.signs(c.emile, 0))
	return c
}

func (c *closing) writes(seen int, words string) error {
	return c.minutes.Write(c.t.Context(), c.emile, c.id, assembly.Writing{Seen: seen, Words: map[int]string{2: words}})
}

func TestADraftTellsWhatHappenedAndWhatTheSecretaryAdds(t *testing.T) {
	c := newClosing(t)
	c.does(c.writes(0, "On a beaucoup ri."))
	wants(t, c.writes(0, "D’un autre écran."), rule.ErrMoved)
	wants(t, c.minutes.Write(t.Context(), c.ada, c.id, assembly.Writing{Seen: 1}), rule.ErrForbidden)
	text := c.reads(c.emile).Text
	for _, want := range []string{"fr Les Tilleuls Ada Émile 5 3 1 0 5", "adopted 3 1 3 1 3", "On a beaucoup ri."} {
		if !strings.Contains(text.Text, want) {
			t.Errorf("%q is not told in %s", want, text.Text)
		}
	}
	_, err := c.minutes.Read(t.Context(), c.bintou, c.id)
	wants(t, err, rule.ErrNotFound) // a draft is for who writes it
	if !strings.Contains(text.Annex, "{2 true code") || !strings.Contains(text.Annex, "{5 4 accepted phone}") || c.reads(c.aline).Text.Annex != text.Annex {
		t.Errorf("the sheet says %s", text.Annex)
	}
}

func TestTheBureauIsTwoPeopleOfTheRoll(t *testing.T) {
	c := newClosing(t)
	wants(t, c.minutes.Entrust(t.Context(), c.aline, c.id, 2, 2), "minutes.rule.two_sign")
	wants(t, c.minutes.Entrust(t.Context(), c.aline, c.id, 2, 99), "assembly.rule.not_on_roll")
	wants(t, c.minutes.Entrust(t.Context(), c.bintou, c.id, 2, 4), rule.ErrForbidden)
	wants(t, c.minutes.Sign(t.Context(), c.bintou, c.id, 0, "x"), rule.ErrForbidden)
}

func TestTwoSignTheSameTextAndThenItStands(t *testing.T) {
	c := newClosing(t)
	before := c.reads(c.ada).Text.Hash
	c.does(c.signs(c.ada, 0))
	c.does(c.signs(c.ada, 0)) // twice is once
	c.does(c.writes(0, "Une chose oubliée."))
	wants(t, c.minutes.Sign(t.Context(), c.emile, c.id, 0, before), "minutes.rule.text_changed")
	c.does(c.signs(c.emile, 0))
	if p := c.reads(c.ada); !p.SignedAt.IsZero() || len(p.Text.Signatures) != 1 {
		t.Fatalf("signatures of two texts made %+v", p.Text.Signatures)
	}
	c.does(c.signs(c.ada, 0))
	p := c.reads(c.bintou)
	if !p.Text.Signed() || p.Text.Hash != assembly.Fingerprint(p.Text.Text, c.reads(c.ada).Text.Annex) || p.Text.Annex != "" {
		t.Fatalf("a neighbour reads %+v", p.Text)
	}
	wants(t, c.writes(1, "Trop tard."), rule.ErrMoved)
	if n := c.number(`SELECT count(*) FROM coop.inbox WHERE kind = 'minutes_signed'`); n != 5 {
		t.Errorf("%d were told", n)
	}
	c.sql(`UPDATE coop.members SET name = 'Autre' WHERE id = ?`, c.ada.Member)
	if !strings.Contains(c.reads(c.bintou).Text.Text, "Ada") {
		t.Error("the text follows what changes afterwards")
	}
}

func TestNoRoleRewritesWhatWasSigned(t *testing.T) {
	c := newClosing(t).signed()
	for _, query := range []string{
		`UPDATE coop.minutes_texts SET text = ''`, `DELETE FROM coop.minutes_texts`, `UPDATE coop.minutes_signatures SET hash = hash`,
		`DELETE FROM coop.minutes_signatures`, `UPDATE coop.minutes SET signed_n = NULL, signed_at = NULL, contest_until = NULL`,
		`UPDATE coop.minutes SET contest_until = contest_until + interval '1 day'`, `DELETE FROM coop.minutes`,
		`INSERT INTO coop.minutes_words SELECT cooperative_id, assembly_id, 0, 'x' FROM coop.minutes`,
	} {
		if _, err := c.db.Coop.ExecContext(t.Context(), query); err == nil {
			t.Errorf("the cooperative's role may %s", query)
		}
		if _, err := c.db.Owner.ExecContext(t.Context(), query); err == nil {
			t.Errorf("the owner may %s", query)
		}
	}
}

func TestMinutesAreSignedOnceTheAssemblyIsOver(t *testing.T) {
	c := newClosing(t)
	c.sql(`UPDATE coop.assemblies SET state = 'open' WHERE id = ?`, c.id)
	wants(t, c.signs(c.ada, 0), "minutes.rule.not_over")
}

func TestAnAddendumIsSignedLikeTheMinutes(t *testing.T) {
	c := newClosing(t)
	add := func(who coop.Actor, key uuid.UUID) error {
		return c.minutes.Complete(t.Context(), who, c.id, key, "Au point 2, lire trois.", "fr")
	}
	wants(t, add(c.emile, uuid.New()), rule.ErrMoved) // not before
	c.signed()
	wants(t, add(c.ada, uuid.New()), rule.ErrForbidden)
	key := uuid.New()
	c.does(add(c.emile, key))
	c.does(add(c.emile, key))
	if len(c.reads(c.bintou).Addenda) != 0 || len(c.reads(c.ada).Addenda) != 1 {
		t.Fatal("an addendum that waits is for who signs it")
	}
	n := c.reads(c.ada).Addenda[0].N
	c.does(c.signs(c.emile, n))
	c.does(c.signs(c.ada, n))
	wants(t, c.signs(c.ada, n), rule.ErrMoved)
	if a := c.reads(c.bintou).Addenda; len(a) != 1 || !a[0].Signed() {
		t.Errorf("a neighbour reads %+v", a)
	}
}

func TestMinutesAreContestedInTheirDaysAndAnsweredBySomebodyElse(t *testing.T) {
	c := newClosing(t)
	contest := func(who coop.Actor, key uuid.UUID) error {
		return c.minutes.Contest(t.Context(), who, c.id, key, "Nous étions plus nombreux.", "fr")
	}
	wants(t, contest(c.bintou, uuid.New()), rule.ErrNotFound)
	c.at(time.Date(2026, 11, 21, 22, 30, 0, 0, time.UTC)) // half past eleven in the evening
	c.signed()
	late := c.member("Arrivée après")
	wants(t, contest(late, uuid.New()), rule.ErrForbidden)
	wants(t, contest(c.ada, uuid.New()), rule.ErrForbidden) // signed them
	c.at(time.Date(2026, 12, 6, 23, 0, 0, 0, time.UTC))     // midnight after fifteen days
	wants(t, contest(c.bintou, uuid.New()), "minutes.rule.contest_late")
	c.at(time.Date(2026, 12, 6, 22, 59, 0, 0, time.UTC))
	key := uuid.New()
	c.does(contest(c.bintou, key))
	c.does(contest(c.bintou, key))
	wants(t, contest(c.bintou, uuid.New()), "minutes.rule.contested_already")
	c.role(c.bintou, "scrutineer")
	c.role(c.ada, "facilitator")
	mine := c.reads(c.jo).Contests[0]
	for _, who := range []coop.Actor{c.bintou, c.ada, late} {
		_, err := c.minutes.Answer(t.Context(), who, mine.ID, assembly.Answer{Decision: "Nous avons recompté."})
		wants(t, err, rule.ErrForbidden)
	}
	_, err := c.minutes.Answer(t.Context(), c.jo, mine.ID, assembly.Answer{Decision: "Non"})
	wants(t, err, "rule.too_short")
	for _, want := range []any{nil, rule.ErrMoved} {
		_, err := c.minutes.Answer(t.Context(), c.jo, mine.ID, assembly.Answer{Upheld: true, Decision: "La feuille dit quatre : un ajout suit."})
		wants(t, err, want)
	}
	if mine = c.reads(c.bintou).Contests[0]; !mine.Mine || !mine.Upheld || mine.By != "Jo" {
		t.Errorf("the answer reads %+v", mine)
	}
}
