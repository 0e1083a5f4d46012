package membership_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop/membership"
	"lien/rule"
)

const second = "Nous nous entraidons, et nous nous prévenons quand nous ne pouvons pas venir."

// next is a second version of the charter, in the languages in use.
func next() []membership.Charter {
	return []membership.Charter{
		{Language: "ar", Title: "ميثاقنا", Body: "نتعاون فيما بيننا، ونُخبر بعضنا بعضًا حين لا نستطيع المجيء."},
		{Language: "fr", Title: "Notre charte", Body: second},
	}
}

func TestANewCharterIsAskedAgain(t *testing.T) {
	h := founded(t)
	djamila := h.join("Djamila")
	if m, err := h.members.Of(t.Context(), djamila.Cooperative, djamila.Member); err != nil || m.Charter {
		t.Fatalf("who has just said yes is asked again: %+v, %v", m, err)
	}
	rachid := h.join("Rachid")
	h.must(h.members.Entrust(t.Context(), h.aline, rachid.Member))
	for range 2 { // sent twice
		h.must(h.charters.Publish(t.Context(), h.aline, 2, next()))
	}
	if n := h.count(`SELECT count(*) FROM coop.charters WHERE cooperative_id = ?`, h.made.Cooperative); n != 4 {
		t.Errorf("%d texts stand, want 4", n)
	}
	wants(t, h.charters.Publish(t.Context(), h.aline, 2, []membership.Charter{{Language: "fr", Title: "Autre", Body: second}}), rule.ErrMoved)
	owing, err := h.charters.Owing(t.Context(), h.aline, 0)
	if err != nil || len(owing) != 3 || owing[1].Name != "Djamila" || owing[1].Version != 1 {
		t.Fatalf("got %+v, %v", owing, err)
	}
	breaks(t, h.charters.Accept(t.Context(), djamila, 1, "fr"), "charter", "member.charter_changed")
	for range 2 {
		h.must(h.charters.Accept(t.Context(), djamila, 2, "ar"))
	}
	h.must(h.charters.Witnessed(t.Context(), rachid, h.aline.Member, membership.Paper{Version: 2, Language: "fr", Channel: membership.AtDesk}))
	for what, n := range map[string]int{
		`SELECT count(*) FROM coop.charter_acceptances WHERE version = 2 AND channel = 'phone' AND language = 'ar' AND witness_id IS NULL`:            1,
		`SELECT count(*) FROM coop.charter_acceptances WHERE version = 2 AND channel = 'desk' AND witness_id IS NOT NULL AND witness_id <> member_id`: 1,
	} {
		if got := h.count(what); got != n {
			t.Errorf("%s: got %d, want %d", what, got, n)
		}
	}
	if owing, err := h.charters.Owing(t.Context(), h.aline, 0); err != nil || len(owing) != 1 || owing[0].Name != "Rachid" {
		t.Errorf("got %+v, %v", owing, err)
	}
}

func TestACharterIsPublishedInEveryLanguageInUse(t *testing.T) {
	h := founded(t)
	h.must(h.members.Speak(t.Context(), h.join("Nadia"), "ar"))
	breaks(t, h.charters.Publish(t.Context(), h.aline, 2, next()[1:]), "title_ar", "rule.missing")
	breaks(t, h.charters.Publish(t.Context(), h.aline, 2, next()[:1]), "title_fr", "rule.missing")
	short := next()
	short[0].Body = "قصير"
	breaks(t, h.charters.Publish(t.Context(), h.aline, 2, short), "body_ar", "rule.too_short")
	wants(t, h.charters.Publish(t.Context(), h.join("Paul"), 2, next()), rule.ErrForbidden)
	wants(t, h.charters.Publish(t.Context(), h.aline, 3, next()), rule.ErrMoved)
	if n := h.count(`SELECT max(version) FROM coop.charters`); n != 1 {
		t.Errorf("version %d stands", n)
	}
}

func TestNobodyIsTheirOwnWitness(t *testing.T) {
	h := founded(t)
	paper2 := membership.Paper{Version: 1, Language: "fr", Channel: membership.AtDesk}
	wants(t, h.charters.Witnessed(t.Context(), h.aline, h.aline.Member, paper2), rule.ErrForbidden)
	wants(t, h.charters.Witnessed(t.Context(), h.join("Paul"), h.aline.Member, paper2), rule.ErrForbidden)
	paper2.Channel = membership.ByPhone
	breaks(t, h.charters.Witnessed(t.Context(), h.aline, h.join("Nadia").Member, paper2), "channel", "rule.choose")
}

func TestWhoComesBackKeepsTheirNumberAndSaysYesAgain(t *testing.T) {
	h := founded(t)
	djamila := h.in(membership.Left)
	before, err := h.members.Of(t.Context(), djamila.Cooperative, djamila.Member)
	h.must(err)
	h.now = h.now.Add(24 * time.Hour)
	breaks(t, h.members.Return(t.Context(), h.aline, djamila.Member, membership.Paper{Language: "fr", Channel: membership.OnPaper}), "charter", "member.charter_changed")
	h.must(h.members.Return(t.Context(), h.aline, djamila.Member, paper))
	after, err := h.members.Of(t.Context(), djamila.Cooperative, djamila.Member)
	if err != nil || after.Number != before.Number || after.State != membership.Active || !after.JoinedAt.Equal(before.JoinedAt) {
		t.Fatalf("got %+v, %v", after, err)
	}
	if n := h.count(`SELECT count(*) FROM coop.charter_acceptances WHERE member_id = ?`, djamila.Member); n != 2 {
		t.Errorf("%d acceptances are kept, want both", n)
	}
	h.checked()
}

func TestWhoComesBackIsNotErasedAndWhoWasErasedIsSomebodyNew(t *testing.T) {
	h := founded(t)
	for _, erased := range []bool{false, true} {
		djamila := h.in(membership.Left)
		_, err := h.db.Owner.NewRaw(`
			INSERT INTO coop.departures (cooperative_id, id, member_id, began_at, choice, erase, erase_asked_at, erase_asked_by, minutes, closed_by, closed_at, erase_at, erased_at)
			VALUES (?0, gen_random_uuid(), ?1, ?2, 'fund', true, ?2, ?1, 0, ?3, ?2, ?2, CASE WHEN ?4 THEN ?2::timestamptz END)`,
			djamila.Cooperative, djamila.Member, h.now, h.aline.Member, erased).Exec(t.Context())
		h.must(err)
		h.now = h.now.Add(time.Hour)
		err = h.members.Return(t.Context(), h.aline, djamila.Member, paper)
		if erased {
			breaks(t, err, "member", "member.erased")
			continue
		}
		h.must(err)
		if n := h.count(`SELECT count(*) FROM coop.departures WHERE member_id = ? AND erase_at IS NOT NULL`, djamila.Member); n != 0 {
			t.Error("who came back will be erased")
		}
	}
}

func TestWhoIsOnTheListComesInByTheirOwnInvitation(t *testing.T) {
	h := founded(t)
	who := h.listed("Paul")
	sheet, err := h.invitations.For(t.Context(), h.aline, who.Member, uuid.New())
	h.must(err)
	welcome, err := h.invitations.Lookup(t.Context(), sheet.Code)
	if err != nil || welcome.Member != who.Member || welcome.Called != "Paul" {
		t.Fatalf("got %+v, %v", welcome, err)
	}
	wrong := h.joining(sheet, "Paul")
	_, err = h.members.Join(t.Context(), wrong)
	wants(t, err, rule.ErrMoved)
	right := wrong
	right.ID = who.Member
	for range 2 {
		joined, err := h.members.Join(t.Context(), right)
		if err != nil || joined.Number != 2 || joined.State != membership.Active {
			t.Fatalf("got %+v, %v", joined, err)
		}
	}
	if n := h.count(`SELECT count(*) FROM coop.members`); n != 2 {
		t.Errorf("%d members", n)
	}
	h.checked()
}
