package membership_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/membership"
	"lien/rule"
)

func (h *house) holds(who coop.Actor, role membership.Role) bool {
	h.t.Helper()
	return h.count(`SELECT count(*) FROM coop.member_roles WHERE member_id = ? AND role = ? AND until_at IS NULL`, who.Member, role) == 1
}

func TestARoleBeginsAndEndsOnItsDays(t *testing.T) {
	h := founded(t)
	rachid := h.join("Rachid")
	giving := membership.Giving{Key: uuid.New(), Role: membership.ATreasurer, From: "2026-03-10", Last: "2026-03-12"}
	for range 2 {
		h.must(h.members.Give(t.Context(), h.aline, rachid.Member, giving))
	}
	for day, want := range []bool{false, true, true, true, false} { // from the ninth on
		h.now = time.Date(2026, 3, 9+day, 12, 0, 0, 0, time.UTC)
		h.due()
		if got := h.holds(rachid, membership.ATreasurer); got != want {
			t.Errorf("on the %dth: holds it %v, want %v", 9+day, got, want)
		}
	}
	terms, err := h.members.Terms(t.Context(), rachid, rachid.Member)
	if err != nil || len(terms) != 1 || !terms[0].Over() || terms[0].GivenBy != "Aline" {
		t.Fatalf("got %+v, %v", terms, err)
	}
	if n := h.due(); n != 0 {
		t.Errorf("%d things happen again", n)
	}
}

func TestTheLastFacilitatorsTermDoesNotRunOut(t *testing.T) {
	h := founded(t)
	rachid := h.join("Rachid")
	for _, who := range []coop.Actor{h.aline, rachid} {
		h.must(h.members.Give(t.Context(), h.aline, who.Member, membership.Giving{Key: uuid.New(), Role: membership.AFacilitator, Last: "2026-03-05"}))
	}
	h.now = h.now.AddDate(0, 0, 10)
	h.due()
	h.due()
	if a, b := h.holds(h.aline, membership.AFacilitator), h.holds(rachid, membership.AFacilitator); a == b {
		t.Errorf("after their last day Aline holds it: %v, Rachid: %v; want one of the two", a, b)
	}
}

func TestARoleIsGivenByAFacilitatorToAnActiveMember(t *testing.T) {
	h := founded(t)
	rachid, resting := h.join("Rachid"), h.in(membership.Paused)
	giving := membership.Giving{Key: uuid.New(), Role: membership.AScrutineer}
	wants(t, h.members.Give(t.Context(), rachid, rachid.Member, giving), rule.ErrForbidden)
	wants(t, h.members.Give(t.Context(), h.aline, resting.Member, giving), rule.ErrMoved)
	wants(t, h.members.Give(t.Context(), h.elsewhere(), rachid.Member, giving), rule.ErrNotFound)
	giving.Role = "king"
	breaks(t, h.members.Give(t.Context(), h.aline, rachid.Member, giving), "role", "rule.choose")
	giving.Role, giving.From, giving.Last = membership.ATreasurer, "2026-03-10", "2026-03-09"
	breaks(t, h.members.Give(t.Context(), h.aline, rachid.Member, giving), "last", "member.day.before")
}

func TestAPlannedRoleIsCalledOff(t *testing.T) {
	h := founded(t)
	rachid := h.join("Rachid")
	h.must(h.members.Give(t.Context(), h.aline, rachid.Member, membership.Giving{Key: uuid.New(), Role: membership.ATreasurer, From: "2026-03-10"}))
	terms, err := h.members.Terms(t.Context(), h.aline, rachid.Member)
	if err != nil || len(terms) != 1 || !terms[0].Planned {
		t.Fatalf("got %+v, %v", terms, err)
	}
	wants(t, h.members.CallOff(t.Context(), rachid, rachid.Member, terms[0].ID), rule.ErrForbidden)
	h.must(h.members.CallOff(t.Context(), h.aline, rachid.Member, terms[0].ID))
	h.now = h.now.AddDate(0, 0, 10)
	h.due()
	if h.holds(rachid, membership.ATreasurer) {
		t.Error("it began all the same")
	}
}

func TestARoleOfWhoRestsWhenItBeginsIsDropped(t *testing.T) {
	h := founded(t)
	rachid := h.join("Rachid")
	h.must(h.members.Give(t.Context(), h.aline, rachid.Member, membership.Giving{Key: uuid.New(), Role: membership.ATreasurer, From: "2026-03-10"}))
	h.must(h.members.Rest(t.Context(), rachid, membership.Resting{Key: uuid.New(), Until: "2026-03-20"}))
	h.now = h.now.AddDate(0, 0, 10)
	h.due()
	if h.holds(rachid, membership.ATreasurer) || h.due() != 0 {
		t.Error("who rests was given a role, or it is tried again and again")
	}
}
