package desk_test

import (
	"sync"
	"testing"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/desk"
	"lien/coop/exchange"
	"lien/rule"
)

func TestAnActStandsInTheMembersOwnJournal(t *testing.T) {
	c := opened(t)
	act := c.does(c.aline, c.yacine, offer(), pin)
	if act.Title != "Arroser vos plantes" || act.By != "Aline" || act.Consent != desk.ByPIN || !act.UndoneAt.IsZero() {
		t.Errorf("the receipt says %+v", act)
	}
	journal, err := c.desk.Mine(t.Context(), c.yacine, coop.ActID{})
	must(t, err)
	if len(journal.Acts) != 1 || journal.Acts[0].ID != act.ID {
		t.Fatalf("the journal says %+v", journal.Acts)
	}
	l, err := c.listings.One(t.Context(), c.nadia, coop.ListingID{UUID: act.Subject})
	if err != nil || l.Owner.ID != c.yacine.Member {
		t.Errorf("the listing is %+v, %v", l, err)
	}
	if n := c.count(`SELECT count(*) FROM coop.inbox WHERE member_id = ? AND kind = 'desk_act'`, c.yacine.Member); n != 1 {
		t.Errorf("told %d times", n)
	}
	for _, other := range []coop.Actor{c.aline, c.nadia} {
		if journal, err := c.desk.Mine(t.Context(), other, coop.ActID{}); err != nil || len(journal.Acts) != 0 {
			t.Errorf("somebody else reads %+v, %v", journal, err)
		}
	}
}

func TestWhatARuleRefusesLeavesNoLine(t *testing.T) {
	c := opened(t)
	w := offer()
	w.Listing.Title = "x"
	if err := c.carries(c.aline, c.yacine, w, pin); err == nil {
		t.Fatal("a listing without a title was published")
	}
	if n := c.count(`SELECT count(*) FROM coop.acts`); n != 0 {
		t.Errorf("%d lines for an act that was not done", n)
	}
	w.Listing.Title = "Arroser vos plantes" // the key is free again
	c.does(c.aline, c.yacine, w, pin)
}

func TestARehearsalDoesNothing(t *testing.T) {
	c := opened(t)
	must(t, c.desk.Rehearse(t.Context(), c.aline, c.yacine.Member, offer()))
	w := offer()
	w.Listing.Title = "x"
	breaks(t, c.desk.Rehearse(t.Context(), c.aline, c.yacine.Member, w), "title", "rule.too_short")
	if n := c.count(`SELECT (SELECT count(*) FROM coop.acts) + (SELECT count(*) FROM coop.listings) + (SELECT count(*) FROM coop.inbox)`); n != 0 {
		t.Errorf("%d rows are left of it", n)
	}
}

func TestTheSameTapTwiceIsOneAct(t *testing.T) {
	c := opened(t)
	w := offer()
	var taps sync.WaitGroup
	for range 4 {
		taps.Go(func() {
			if _, err := c.desk.Do(t.Context(), c.aline, c.yacine.Member, w, pin); err != nil {
				t.Error(err)
			}
		})
	}
	taps.Wait()
	if acts, listings := c.count(`SELECT count(*) FROM coop.acts_done`), c.count(`SELECT count(*) FROM coop.listings`); acts != 1 || listings != 1 {
		t.Errorf("%d acts, %d listings", acts, listings)
	}
	wants(t, c.carries(c.aline, c.nadia, w, pin), rule.ErrMoved) // the key was somebody else's
}

func TestOnlyAFacilitatorCarriesActsAndNeverTheirOwn(t *testing.T) {
	c := opened(t)
	wants(t, c.carries(c.nadia, c.yacine, offer(), pin), rule.ErrForbidden)
	wants(t, c.carries(c.aline, c.aline, offer(), pin), rule.ErrForbidden)
	c.sql(`UPDATE coop.members SET state = 'suspended' WHERE id = ?`, c.aline.Member)
	wants(t, c.carries(c.aline, c.yacine, offer(), pin), rule.ErrForbidden)
	_, err := c.desk.Find(t.Context(), c.aline, "yac", coop.PlaceID{})
	wants(t, err, rule.ErrForbidden)
	_, err = c.desk.Open(t.Context(), c.aline, c.yacine.Member)
	wants(t, err, rule.ErrForbidden)
}

func TestTheDeskGivesNobodyARightOfTheirOwnLess(t *testing.T) {
	c := opened(t)
	g := c.agreed(c.yacine, c.nadia)
	wants(t, c.carries(c.aline, c.mehmet, on(desk.Claim, g), pin), rule.ErrNotFound) // no party to it
	c.sql(`UPDATE coop.members SET state = 'suspended' WHERE id = ?`, c.yacine.Member)
	wants(t, c.carries(c.aline, c.yacine, offer(), pin), rule.ErrForbidden)
}

func TestAWitnessIsAnotherActiveMemberAndNoParty(t *testing.T) {
	c := opened(t)
	g := c.agreed(c.yacine, c.nadia)
	claim := on(desk.Claim, g)
	breaks(t, c.carries(c.aline, c.yacine, claim, desk.Consent{}), "consent", "rule.choose")
	breaks(t, c.carries(c.aline, c.yacine, claim, desk.Consent{How: desk.ByWitness}), "witness", "tablet.witness.unknown")
	for _, party := range []coop.Actor{c.aline, c.yacine, c.nadia} {
		breaks(t, c.carries(c.aline, c.yacine, claim, witness(party)), "witness", "tablet.witness.party")
	}
	breaks(t, c.carries(c.aline, c.yacine, claim, desk.Consent{How: desk.ByMark, Witness: c.mehmet.Member}), "mark", "rule.missing")
	c.sql(`UPDATE coop.members SET state = 'paused' WHERE id = ?`, c.fatou.Member)
	breaks(t, c.carries(c.aline, c.yacine, claim, witness(c.fatou)), "witness", "tablet.witness.unknown")
	act := c.does(c.aline, c.yacine, claim, desk.Consent{How: desk.ByMark, Witness: c.mehmet.Member, Mark: "Y + X"})
	if act.Witness != "Mehmet" || act.Consent != desk.ByMark || act.Other != "Nadia" {
		t.Errorf("the receipt says %+v", act)
	}
}

func TestAFacilitatorWhoIsAPartyDoesNotCarryIt(t *testing.T) {
	c := opened(t)
	g := c.agreed(c.yacine, c.aline)
	breaks(t, c.carries(c.aline, c.yacine, on(desk.Claim, g), pin), "consent", "tablet.party")
	breaks(t, c.carries(c.aline, c.yacine, desk.Wish{Kind: desk.Give, Key: uuid.New(), To: c.aline.Member, Minutes: 30}, pin), "consent", "tablet.party")
	listing, err := c.listings.Publish(t.Context(), c.aline, offer().Listing)
	must(t, err)
	breaks(t, c.carries(c.aline, c.yacine, desk.Wish{Kind: desk.Propose, Key: uuid.New(), Subject: listing.UUID}, pin), "consent", "tablet.party")
	c.does(c.karim, c.yacine, on(desk.Claim, g), pin)
}

func TestOnePairOfHandsIsNotOnBothSidesOfTheSameHours(t *testing.T) {
	c := opened(t)
	g := c.agreed(c.yacine, c.nadia)
	c.does(c.aline, c.yacine, on(desk.Claim, g), witness(c.mehmet))
	g.Steps++
	breaks(t, c.carries(c.aline, c.nadia, on(desk.Confirm, g), witness(c.fatou)), "consent", "tablet.both_sides")
	breaks(t, c.carries(c.karim, c.nadia, on(desk.Confirm, g), witness(c.mehmet)), "consent", "tablet.both_sides")
	act := c.does(c.aline, c.nadia, on(desk.Confirm, g), pin) // her own PIN: it is her own word
	if got, err := c.agreements.One(t.Context(), c.nadia, g.ID); err != nil || got.State != exchange.Confirmed {
		t.Fatalf("%s, %v after %+v", got.State, err, act)
	}
}

func TestWhoSaidItIsDoneDoesNotConfirmAtTheDeskEither(t *testing.T) {
	c := opened(t)
	g := c.agreed(c.yacine, c.nadia)
	c.does(c.aline, c.yacine, on(desk.Claim, g), pin)
	g.Steps++
	wants(t, c.carries(c.aline, c.yacine, on(desk.Confirm, g), pin), rule.ErrForbidden)
}

func TestOpeningAPageIsWrittenDownAsWell(t *testing.T) {
	c := opened(t)
	p, err := c.desk.Open(t.Context(), c.aline, c.yacine.Member)
	must(t, err)
	if p.Name != "Yacine" || p.Place != "Les Iris" {
		t.Errorf("opened %+v", p)
	}
	journal, err := c.desk.Mine(t.Context(), c.yacine, coop.ActID{})
	must(t, err)
	if len(journal.Acts) != 1 || journal.Acts[0].Kind != desk.Opened || journal.Acts[0].MayUndo(c.now) {
		t.Errorf("the journal says %+v", journal.Acts)
	}
	_, err = c.desk.Open(t.Context(), c.aline, c.aline.Member)
	wants(t, err, rule.ErrForbidden)
	_, err = c.desk.Open(t.Context(), c.aline, rule.NewID[coop.MemberID]())
	wants(t, err, rule.ErrNotFound)
}

func TestAMemberIsFoundByNameNumberOrPlace(t *testing.T) {
	c := opened(t)
	for words, want := range map[string]int{"yac": 1, "YÂCINE": 1, "3": 1, "0003": 1, "": 0, "zzz": 0, "aline": 0} {
		found, err := c.desk.Find(t.Context(), c.aline, words, coop.PlaceID{})
		if err != nil || len(found) != want {
			t.Errorf("%q finds %d, %v; want %d", words, len(found), err, want)
		}
	}
	if found, err := c.desk.Find(t.Context(), c.aline, "", c.place); err != nil || len(found) != 5 {
		t.Errorf("the place finds %d, %v", len(found), err)
	}
	other := coop.Actor{Cooperative: rule.NewID[coop.CooperativeID](), Member: c.aline.Member}
	_, err := c.desk.Find(t.Context(), other, "yac", coop.PlaceID{})
	wants(t, err, rule.ErrForbidden)
}
