package neighbour_test

import (
	"context"
	"testing"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

func TestHidingWorksBothWaysAndOnlyBetweenTheTwo(t *testing.T) {
	s := newStreet(t)
	ok(t, s.blocks.Hide(t.Context(), s.ana, s.bo.Member))
	if !s.apart(s.ana, s.bo) {
		t.Error("Ana and Bo still see each other")
	}
	if s.apart(s.ana, s.cem) || s.apart(s.bo, s.cem) || s.apart(s.ana, s.ana) {
		t.Error("somebody else was hidden too")
	}
	ok(t, s.blocks.Show(t.Context(), s.ana, s.bo.Member))
	if s.apart(s.ana, s.bo) {
		t.Error("Ana and Bo do not see each other again")
	}
}

func TestNobodyLearnsByWhomTheyWereHidden(t *testing.T) {
	s := newStreet(t)
	ok(t, s.blocks.Hide(t.Context(), s.ana, s.bo.Member))
	ok(t, s.blocks.Hide(t.Context(), s.ana, s.bo.Member))
	mine, err := s.blocks.Mine(t.Context(), s.ana)
	if err != nil || len(mine) != 1 || mine[0].Name != "Bo" || !mine[0].InEffect {
		t.Fatalf("got %+v, %v", mine, err)
	}
	if theirs, err := s.blocks.Mine(t.Context(), s.bo); err != nil || len(theirs) != 0 {
		t.Fatalf("Bo was shown %+v, %v", theirs, err)
	}
	ok(t, s.blocks.Show(t.Context(), s.bo, s.ana.Member)) // no block of Bo's own: nothing ends
	if !s.apart(s.ana, s.bo) {
		t.Error("Bo ended Ana's block")
	}
}

func TestWhoFacilitatesIsSeenByAllForAsLongAsTheyDo(t *testing.T) {
	s := newStreet(t)
	ok(t, s.blocks.Hide(t.Context(), s.ana, s.fay.Member))
	mine, err := s.blocks.Mine(t.Context(), s.ana)
	if err != nil || len(mine) != 1 || mine[0].InEffect || s.apart(s.ana, s.fay) {
		t.Fatalf("got %+v, %v", mine, err)
	}
	s.exec(`UPDATE coop.member_roles SET until_at = ? WHERE member_id = ?`, s.now, s.fay.Member)
	if !s.apart(s.ana, s.fay) {
		t.Error("Fay facilitates no more and is still seen")
	}
}

func TestOnlySomebodyOfOnesOwnCooperativeIsHidden(t *testing.T) {
	s := newStreet(t)
	wants(t, s.blocks.Hide(t.Context(), s.ana, s.ana.Member), rule.ErrNotFound)
	wants(t, s.blocks.Hide(t.Context(), s.ana, rule.NewID[coop.MemberID]()), rule.ErrNotFound)
	stranger := coop.Actor{Cooperative: rule.NewID[coop.CooperativeID](), Member: s.ana.Member}
	wants(t, s.blocks.Hide(t.Context(), stranger, s.bo.Member), rule.ErrNotFound)
}

func TestOneMemberHidesFiftyAtMost(t *testing.T) {
	s := newStreet(t)
	for n := range 50 {
		ok(t, s.blocks.Hide(t.Context(), s.ana, s.member("Voisine "+string(rune('A'+n%26))).Member))
	}
	breaks(t, s.blocks.Hide(t.Context(), s.ana, s.bo.Member), "member", "block.too_many")
}

func TestWhatIsOnlyBegunEndsOnceWithTheBlock(t *testing.T) {
	parted := 0
	s := newStreet(t, func(_ context.Context, _ bun.Tx, actor coop.Actor, other coop.MemberID) error {
		parted++
		return nil
	})
	ok(t, s.blocks.Hide(t.Context(), s.ana, s.bo.Member))
	ok(t, s.blocks.Hide(t.Context(), s.ana, s.bo.Member))
	if parted != 1 {
		t.Errorf("parted %d times", parted)
	}
}

func TestOpenBoardsAreToldOfBoth(t *testing.T) {
	s := newStreet(t)
	ok(t, s.blocks.Hide(t.Context(), s.ana, s.bo.Member))
	if !s.yes(`count(*) = 2 FROM coop.rights_changes WHERE member_id IN (?, ?)`, s.ana.Member, s.bo.Member) {
		t.Error("their open boards still show each other")
	}
}
