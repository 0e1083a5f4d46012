package desk_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/cheque"
	"lien/coop/desk"
	"lien/coop/exchange"
	"lien/coop/membership"
)

func (c *counter) stateOf(who coop.Actor) membership.State {
	c.t.Helper()
	m, err := membership.NewMembers(c.db.Coop, func() time.Time { return c.now }).Of(c.t.Context(), c.cooperative, who.Member)
	must(c.t, err)
	return m.State
}

func rest(until string) desk.Wish {
	return desk.Wish{Kind: desk.Rest, Key: uuid.New(), Resting: membership.Resting{Until: until}}
}

func TestARestAskedForAtTheDeskIsGivenUpWithinTwoDays(t *testing.T) {
	c := opened(t)
	breaks(t, c.carries(c.aline, c.yacine, rest("2026-11-01"), pin), "until", "member.day.before")
	act := c.does(c.aline, c.yacine, rest("2026-12-24"), pin)
	if got := c.stateOf(c.yacine); got != membership.Paused {
		t.Fatalf("the member is %s", got)
	}
	_, err := c.desk.Undo(t.Context(), c.yacine, act.ID, exchange.Words{})
	must(t, err)
	if got := c.stateOf(c.yacine); got != membership.Active {
		t.Errorf("taken back, the member is %s", got)
	}
}

func TestOnlyTheRestOfTheActIsGivenUp(t *testing.T) {
	c := opened(t)
	members := membership.NewMembers(c.db.Coop, func() time.Time { return c.now })
	act := c.does(c.aline, c.yacine, rest("2026-12-24"), pin)
	must(t, members.Resume(t.Context(), c.yacine))
	must(t, members.Rest(t.Context(), c.yacine, membership.Resting{Key: uuid.New(), Until: "2027-01-04"}))
	_, err := c.desk.Undo(t.Context(), c.yacine, act.ID, exchange.Words{})
	breaks(t, err, "act", "tablet.undo.moved")
	if got := c.stateOf(c.yacine); got != membership.Paused {
		t.Errorf("the later pause is gone: %s", got)
	}
}

func TestACharterIsAcceptedAtTheDeskBeforeItsFacilitator(t *testing.T) {
	c := opened(t)
	c.sql(`INSERT INTO coop.charters (cooperative_id, version, language, title, body, published_at) VALUES (?, 1, 'fr', 'Charte', 'On s’aide.', ?)`, c.cooperative, c.now)
	w := desk.Wish{Kind: desk.Accept, Key: uuid.New(), Version: 2, Language: "fr"}
	breaks(t, c.carries(c.aline, c.yacine, w, pin), "charter", "member.charter_changed")
	w.Version = 1
	act := c.does(c.aline, c.yacine, w, witness(c.nadia))
	if n := c.count(`SELECT count(*) FROM coop.charter_acceptances WHERE member_id = ? AND version = 1 AND channel = 'desk' AND witness_id = ?`, c.yacine.Member, c.aline.Member); n != 1 {
		t.Errorf("kept %d times as said at the desk, before Aline", n)
	}
	_, err := c.desk.Undo(t.Context(), c.yacine, act.ID, exchange.Words{})
	breaks(t, err, "act", "tablet.undo.none")
}

// signed are the numbers of a booklet of somebody's own.
func (c *counter) signed(number int64) (codes []string) {
	c.t.Helper()
	ctx, clock := c.t.Context(), func() time.Time { return c.now }
	booklets := cheque.NewBooklets(c.db.Coop, derive, clock)
	id, err := booklets.Issue(ctx, c.aline, cheque.Issue{Key: uuid.New(), Number: number, Leaves: 5})
	must(c.t, err)
	_, printed, err := booklets.Print(ctx, c.aline, id)
	must(c.t, err)
	for _, p := range printed {
		codes = append(codes, p.Code)
	}
	return codes
}

func redeem(code string) desk.Wish {
	return desk.Wish{Kind: desk.Redeem, Key: uuid.New(), Code: code, Brought: cheque.Presentation{Minutes: 45, Category: "garden", Language: "fr"}}
}

func TestAChequeBroughtToTheDeskIsPaidOnceAndGivenBackBySomebodyElse(t *testing.T) {
	c := opened(t)
	ctx := t.Context()
	code := c.signed(4)[0] // Nadia's
	must(t, c.desk.Rehearse(ctx, c.aline, c.yacine.Member, redeem(code)))
	breaks(t, c.carries(c.aline, c.yacine, redeem(code), witness(c.nadia)), "witness", "tablet.witness.party")
	w := redeem(code)
	act := c.does(c.aline, c.yacine, w, pin)
	if act.Minutes != 45 || act.OtherID != c.nadia.Member {
		t.Fatalf("the receipt says %+v", act)
	}
	if again := c.does(c.aline, c.yacine, w, pin); again.ID != act.ID {
		t.Error("the same tap made another act")
	}
	breaks(t, c.carries(c.aline, c.yacine, redeem(code), pin), "code", "cheque.used")
	undone, err := c.desk.Undo(ctx, c.yacine, act.ID, exchange.Words{})
	must(t, err)
	if !undone.Asked {
		t.Fatalf("hours moved back by themselves: %+v", undone)
	}
	must(t, c.desk.Correct(ctx, c.karim, act.ID, exchange.Words{Text: "Compté deux fois.", Language: "fr"}))
	if n := c.count(`SELECT count(*) FROM coop.transfers WHERE kind = 'correction' AND corrects_id = ? AND cooperative_id = ?`, act.Subject, c.cooperative); n != 1 {
		t.Errorf("given back %d times", n)
	}
}

func TestWhoSignedAChequeDoesNotPayItAtTheDesk(t *testing.T) {
	c := opened(t)
	breaks(t, c.carries(c.aline, c.yacine, redeem(c.signed(1)[0]), pin), "consent", "tablet.party")
	breaks(t, c.carries(c.aline, c.nadia, redeem(c.signed(4)[0]), pin), "code", "cheque.own")
}

func TestALeafThatWaitsForThePaperIsPaidAtTheDesk(t *testing.T) {
	c := opened(t)
	code := c.signed(4)[0]
	leaves := cheque.NewLeaves(c.db.Coop, derive, func() time.Time { return c.now })
	_, err := leaves.Present(t.Context(), c.yacine, code, cheque.Presentation{Minutes: 30, Category: "garden", Language: "fr"})
	must(t, err)
	if act := c.does(c.aline, c.yacine, redeem(code), pin); act.Minutes != 30 {
		t.Errorf("paid %d minutes, want the 30 that were said first", act.Minutes)
	}
}
