package desk_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/desk"
	"lien/coop/exchange"
	"lien/rule"
)

var mistake = exchange.Words{Text: "Fait au local par erreur.", Language: "fr"}

func TestWhatTakingBackDoesIsWhatWasSaid(t *testing.T) {
	c := opened(t)
	ctx := t.Context()
	published := c.does(c.aline, c.yacine, offer(), pin)
	id := coop.ListingID{UUID: published.Subject}
	state := func(id coop.ListingID) exchange.Shown {
		l, err := c.listings.One(ctx, c.yacine, id)
		must(t, err)
		return l.State
	}
	takeBack := func(a desk.Act) {
		t.Helper()
		if _, err := c.desk.Undo(ctx, c.yacine, a.ID, exchange.Words{Text: "C’était une erreur.", Language: "fr"}); err != nil {
			t.Fatalf("%s: %v", a.Kind, err)
		}
	}
	takeBack(c.does(c.aline, c.yacine, desk.Wish{Kind: desk.Renew, Key: uuid.New(), Subject: id.UUID}, pin))
	if state(id) != exchange.Paused {
		t.Error("a renewal taken back pauses")
	}
	takeBack(c.does(c.aline, c.yacine, desk.Wish{Kind: desk.Close, Key: uuid.New(), Subject: id.UUID}, pin))
	if mine, err := c.listings.Mine(ctx, c.yacine); err != nil || len(mine) != 2 || mine[0].State != exchange.Open || mine[0].Title != published.Title {
		t.Errorf("closing taken back publishes again: %+v, %v", mine, err)
	}
	other := c.does(c.aline, c.yacine, offer(), pin)
	takeBack(other)
	takeBack(other) // twice is once
	if state(coop.ListingID{UUID: other.Subject}) != exchange.Closed {
		t.Error("a listing taken back is closed")
	}
	takeBack(c.does(c.aline, c.yacine, desk.Wish{Kind: desk.Speak, Key: uuid.New(), Language: "en"}, pin))
	if n := c.count(`SELECT count(*) FROM coop.members WHERE id = ? AND language = 'ar'`, c.yacine.Member); n != 1 {
		t.Error("the language is the former one again")
	}
	g := c.agreed(c.yacine, c.nadia)
	takeBack(c.does(c.aline, c.yacine, on(desk.Claim, g), pin))
	if g, err := c.agreements.One(ctx, c.yacine, g.ID); err != nil || g.State != exchange.Disputed {
		t.Errorf("a claim taken back is a facilitator's to settle: %s, %v", g.State, err)
	}
}

func TestOnlyTheMemberTakesBackAndOnlyForTwoDays(t *testing.T) {
	c := opened(t)
	act := c.does(c.aline, c.yacine, offer(), pin)
	for _, other := range []coop.Actor{c.aline, c.nadia} {
		_, err := c.desk.Undo(t.Context(), other, act.ID, exchange.Words{})
		wants(t, err, rule.ErrNotFound)
	}
	c.now = c.now.Add(desk.UndoWithin)
	_, err := c.desk.Undo(t.Context(), c.yacine, act.ID, exchange.Words{})
	breaks(t, err, "act", "tablet.undo.late")
	c.now = c.now.Add(-time.Second)
	_, err = c.desk.Undo(t.Context(), c.yacine, act.ID, exchange.Words{})
	must(t, err)
}

func TestTheCodeOfTheReceiptTakesBackAtTheDesk(t *testing.T) {
	c := opened(t)
	act := c.does(c.aline, c.yacine, offer(), pin)
	receipt, err := c.desk.Receipt(t.Context(), c.aline, c.yacine.Member, act.ID)
	must(t, err)
	if len(receipt.Code) != 6 {
		t.Fatalf("the code is %q", receipt.Code)
	}
	for _, wrong := range []string{"", "AAAAAA", receipt.Code[:5]} {
		_, err = c.desk.UndoByCode(t.Context(), c.karim, c.yacine.Member, wrong, exchange.Words{})
		breaks(t, err, "code", "tablet.code.unknown")
	}
	_, err = c.desk.UndoByCode(t.Context(), c.karim, c.nadia.Member, receipt.Code, exchange.Words{}) // somebody else's receipt
	breaks(t, err, "code", "tablet.code.unknown")
	typed := receipt.Code[:3] + " " + receipt.Code[3:]
	if back, err := c.desk.UndoByCode(t.Context(), c.karim, c.yacine.Member, typed, exchange.Words{}); err != nil || back.UndoneAt.IsZero() {
		t.Errorf("got %+v, %v", back, err)
	}
	_, err = c.desk.UndoByCode(t.Context(), c.nadia, c.yacine.Member, receipt.Code, exchange.Words{})
	wants(t, err, rule.ErrForbidden)
	_, err = c.desk.Receipt(t.Context(), c.karim, c.yacine.Member, act.ID)
	wants(t, err, rule.ErrNotFound) // who did not carry it has no receipt to show
}

func TestHoursThatMovedAreGivenBackBySomebodyElse(t *testing.T) {
	c := opened(t)
	ctx := t.Context()
	act := c.does(c.aline, c.yacine, desk.Wish{Kind: desk.Give, Key: uuid.New(), To: c.karim.Member, Minutes: 30}, pin)
	back, err := c.desk.Undo(ctx, c.yacine, act.ID, exchange.Words{})
	must(t, err)
	if !back.Asked {
		t.Fatalf("got %+v", back)
	}
	if n, err := c.desk.CountCorrections(ctx, c.aline, 30); err != nil || n != 1 {
		t.Fatalf("%d wait, %v", n, err)
	}
	wants(t, c.desk.Correct(ctx, c.aline, act.ID, mistake), rule.ErrForbidden) // carried it
	wants(t, c.desk.Correct(ctx, c.karim, act.ID, mistake), rule.ErrForbidden) // received them
	wants(t, c.desk.Correct(ctx, c.nadia, act.ID, mistake), rule.ErrForbidden) // facilitates nothing
	list, err := c.desk.Corrections(ctx, c.aline)
	if err != nil || len(list) != 1 || !list[0].Mine || list[0].Minutes != 30 {
		t.Fatalf("%+v, %v", list, err)
	}
	c.sql(`INSERT INTO coop.member_roles (cooperative_id, member_id, role, from_at) VALUES (?, ?, 'facilitator', ?)`, c.cooperative, c.fatou.Member, c.now)
	must(t, c.desk.Correct(ctx, c.fatou, act.ID, mistake))
	wants(t, c.desk.Keep(ctx, c.fatou, act.ID, "Nous en avons parlé ensemble."), rule.ErrMoved)
	if account, err := c.ledger.Balance(ctx, c.yacine); err != nil || account.Balance != 0 {
		t.Errorf("the balance is %+v, %v", account, err)
	}
	journal, err := c.desk.Mine(ctx, c.yacine, coop.ActID{})
	must(t, err)
	if journal.Acts[0].Answer != "corrected" || journal.Acts[0].AnswerBy != "Fatou" {
		t.Errorf("the journal says %+v", journal.Acts[0])
	}
}

func TestConfirmedHoursCanBeKeptWithAReason(t *testing.T) {
	c := opened(t)
	ctx := t.Context()
	g := c.agreed(c.yacine, c.nadia)
	_, err := c.agreements.Claim(ctx, c.yacine, g.ID, g.Steps, 60)
	must(t, err)
	g.Steps++
	act := c.does(c.aline, c.nadia, on(desk.Confirm, g), witness(c.mehmet))
	_, err = c.desk.Undo(ctx, c.nadia, act.ID, exchange.Words{})
	must(t, err)
	breaks(t, c.desk.Keep(ctx, c.karim, act.ID, "non"), "why", "rule.too_short")
	must(t, c.desk.Keep(ctx, c.karim, act.ID, "Nadia et Yacine se souviennent tous les deux de l’heure."))
	if n, err := c.desk.CountCorrections(ctx, c.karim, 30); err != nil || n != 0 {
		t.Errorf("%d wait, %v", n, err)
	}
}

func TestWhatHasNoWayBackSaysSo(t *testing.T) {
	c := opened(t)
	g := c.agreed(c.yacine, c.nadia)
	act := c.does(c.aline, c.yacine, on(desk.Cancel, g), pin)
	_, err := c.desk.Undo(t.Context(), c.yacine, act.ID, exchange.Words{})
	breaks(t, err, "act", "tablet.undo.none")
	published := c.does(c.aline, c.yacine, offer(), pin)
	c.sql(`UPDATE coop.members SET state = 'suspended' WHERE id = ?`, c.yacine.Member)
	_, err = c.desk.Undo(t.Context(), c.yacine, published.ID, exchange.Words{})
	breaks(t, err, "act", "tablet.undo.moved")
}
