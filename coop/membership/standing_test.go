package membership_test

import (
	"sync"
	"testing"

	"lien/coop"
	"lien/coop/membership"
	"lien/rule"
)

const why = "Insultes répétées dans l’escalier."

var verdict = membership.Verdict{Why: why, Until: "2026-05-02"}

func TestASuspensionIsMotivatedAndSeenByTheMember(t *testing.T) {
	h := founded(t)
	djamila := h.join("Djamila")
	breaks(t, h.members.Suspend(t.Context(), h.aline, djamila.Member, membership.Verdict{Why: " "}), "reason", "rule.missing")
	if err := h.members.Suspend(t.Context(), h.aline, djamila.Member, verdict); err != nil {
		t.Fatal(err)
	}
	member, err := h.members.Of(t.Context(), djamila.Cooperative, djamila.Member)
	if err != nil || member.State != membership.Suspended || member.State.MayAct() {
		t.Fatalf("got %+v, %v", member, err)
	}
	decisions, err := h.members.Decisions(t.Context(), djamila, djamila.Member)
	if err != nil || len(decisions) != 1 || decisions[0].Reason != why || decisions[0].By != "Aline" {
		t.Fatalf("got %+v, %v", decisions, err)
	}
	wants(t, h.members.Suspend(t.Context(), h.aline, djamila.Member, verdict), rule.ErrMoved)
	if err := h.members.Reinstate(t.Context(), h.aline, djamila.Member, "Nous nous sommes parlé."); err != nil {
		t.Fatal(err)
	}
	if n := h.count(`SELECT count(*) FROM coop.rights_changes WHERE member_id = ?`, djamila.Member); n != 2 {
		t.Errorf("open boards were told %d times, want 2", n)
	}
}

func TestNobodyWithoutTheRoleDecidesAboutAMember(t *testing.T) {
	h, other := founded(t), rule.NewID[coop.CooperativeID]()
	djamila, paul := h.join("Djamila"), h.join("Paul")
	wants(t, h.members.Suspend(t.Context(), djamila, paul.Member, verdict), rule.ErrForbidden)
	wants(t, h.members.Suspend(t.Context(), h.aline, h.aline.Member, verdict), rule.ErrForbidden)
	stranger := coop.Actor{Cooperative: other, Member: h.aline.Member}
	wants(t, h.members.Suspend(t.Context(), stranger, paul.Member, verdict), rule.ErrForbidden)
	_, err := h.members.Of(t.Context(), other, paul.Member)
	wants(t, err, rule.ErrNotFound)
}

func TestTheLastFacilitatorStays(t *testing.T) {
	h := founded(t)
	breaks(t, h.members.Leave(t.Context(), h.aline), "member", "member.last_facilitator")
	breaks(t, h.members.Relieve(t.Context(), h.aline, h.aline.Member, membership.AFacilitator), "member", "member.last_facilitator")

	rachid := h.join("Rachid")
	if err := h.members.Entrust(t.Context(), h.aline, rachid.Member); err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for _, leaver := range []coop.Actor{h.aline, rachid} {
		group.Go(func() { _ = h.members.Leave(t.Context(), leaver) }) // one of the two is refused
	}
	group.Wait()
	n := h.count(`SELECT count(*) FROM coop.member_roles AS r JOIN coop.members AS m ON m.id = r.member_id
		WHERE r.until_at IS NULL AND m.state = 'active'`)
	if n != 1 {
		t.Errorf("%d facilitators are left, want 1", n)
	}
}

func TestADepartureClosesOnceNothingIsOpen(t *testing.T) {
	h := founded(t)
	djamila := h.join("Djamila")
	wants(t, h.members.Close(t.Context(), h.aline, djamila.Member), rule.ErrMoved)
	if err := h.members.Leave(t.Context(), djamila); err != nil {
		t.Fatal(err)
	}
	if err := h.members.Close(t.Context(), h.aline, djamila.Member); err != nil {
		t.Fatal(err)
	}
	wants(t, h.members.Leave(t.Context(), djamila), rule.ErrMoved)
}

func TestMembersAreFoundWithoutAccentsAndByNumber(t *testing.T) {
	h := founded(t)
	h.join("Gisèle Dupré")
	h.join("Salma")
	found, err := h.members.Search(t.Context(), h.aline, "GISELE", 0)
	if err != nil || len(found) != 1 || found[0].Name != "Gisèle Dupré" {
		t.Fatalf("got %+v, %v", found, err)
	}
	for _, odd := range []string{"%", "_", "'", `\`} {
		if found, err := h.members.Search(t.Context(), h.aline, odd, 0); err != nil || len(found) != 0 {
			t.Errorf("%q found %d, %v", odd, len(found), err)
		}
	}
	rest, err := h.members.Search(t.Context(), h.aline, "", 2)
	if err != nil || len(rest) != 1 || rest[0].Number != 3 {
		t.Errorf("got %+v, %v", rest, err)
	}
}
