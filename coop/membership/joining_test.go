package membership_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/membership"
	"lien/rule"
)

func TestAFoundedCooperativeHasAllItNeeds(t *testing.T) {
	h := founded(t)
	for what, n := range map[string]int{
		`SELECT count(*) FROM coop.places`:                               4,
		`SELECT count(*) FROM coop.boards`:                               5,
		`SELECT count(*) FROM coop.hours_accounts WHERE kind = 'fund'`:   1,
		`SELECT count(*) FROM coop.hours_accounts WHERE kind = 'member'`: 1,
		`SELECT count(*) FROM coop.hours_limits`:                         1,
		`SELECT count(*) FROM coop.charters`:                             2,
		`SELECT count(*) FROM coop.charter_acceptances`:                  1,
	} {
		if got := h.count(what); got != n {
			t.Errorf("%s: got %d, want %d", what, got, n)
		}
	}
	aline, err := h.members.Of(t.Context(), h.made.Cooperative, h.made.Facilitator)
	if err != nil {
		t.Fatal(err)
	}
	if aline.Number != 1 || !aline.Facilitator || aline.State != membership.Active {
		t.Errorf("got %+v", aline)
	}
}

func TestAnInvitationMakesOneMemberOnly(t *testing.T) {
	h := founded(t)
	sheet := h.invitation()
	var group sync.WaitGroup
	errs := make([]error, 4)
	for n := range errs {
		group.Go(func() { _, errs[n] = h.members.Join(t.Context(), h.joining(sheet, "Djamila")) })
	}
	group.Wait()
	joined := 0
	for _, err := range errs {
		switch {
		case err == nil:
			joined++
		case !errors.Is(err, rule.ErrMoved):
			t.Errorf("a late one got %v", err)
		}
	}
	if members := h.count(`SELECT count(*) FROM coop.members`); joined != 1 || members != 2 {
		t.Errorf("%d joined, %d members", joined, members)
	}
}

func TestSayingYesTwiceMakesOneMember(t *testing.T) {
	h := founded(t)
	j := h.joining(h.invitation(), "Djamila")
	var group sync.WaitGroup
	numbers := make([]int64, 3)
	for n := range numbers {
		group.Go(func() {
			joined, err := h.members.Join(t.Context(), j)
			if err != nil {
				t.Error(err)
			}
			numbers[n] = joined.Number
		})
	}
	group.Wait()
	if numbers[0] != 2 || numbers[1] != 2 || numbers[2] != 2 {
		t.Errorf("numbers %v", numbers)
	}
	if n := h.count(`SELECT count(*) FROM coop.hours_accounts WHERE kind = 'member'`); n != 2 {
		t.Errorf("%d accounts of hours", n)
	}
}

func TestNumbersAreNeverGivenTwice(t *testing.T) {
	h := founded(t)
	sheets := make([]membership.Invitation, 8)
	for n := range sheets {
		sheets[n] = h.invitation()
	}
	var group sync.WaitGroup
	for _, sheet := range sheets {
		group.Go(func() {
			if _, err := h.members.Join(t.Context(), h.joining(sheet, "Une voisine")); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if n := h.count(`SELECT count(DISTINCT number) FROM coop.members WHERE number <= 9`); n != 9 {
		t.Errorf("%d numbers for 9 members", n)
	}
}

func TestAnAcceptanceKeepsVersionLanguageAndChannel(t *testing.T) {
	h := founded(t)
	j := h.joining(h.invitation(), "Salma")
	j.Language, j.Channel = "ar", membership.AtDesk
	if _, err := h.members.Join(t.Context(), j); err != nil {
		t.Fatal(err)
	}
	n := h.count(`SELECT count(*) FROM coop.charter_acceptances
		WHERE member_id = ? AND version = 1 AND language = 'ar' AND channel = 'desk' AND accepted_at = ?`, j.ID, h.now)
	if n != 1 {
		t.Error("the acceptance is not kept as it was given")
	}
}

func TestANewerCharterIsReadBeforeJoining(t *testing.T) {
	h := founded(t)
	j := h.joining(h.invitation(), "Djamila")
	j.Version = 0
	_, err := h.members.Join(t.Context(), j)
	breaks(t, err, "charter", "member.charter_changed")
	if n := h.count(`SELECT count(*) FROM coop.members`); n != 1 {
		t.Error("half a member was made")
	}
}

func TestNamesThatMisleadAreRefused(t *testing.T) {
	h := founded(t)
	sheet := h.invitation()
	for name, key := range map[string]string{
		"":               "rule.missing",
		"D":              "rule.too_short",
		"Dja\x00mila":    "rule.unreadable",
		"Dja\u202emila":  "rule.unreadable",
		"Dja\xffmila":    "rule.unreadable",
		"Djamila\nAline": "rule.one_line",
		string(make([]byte, 0, 41)) + "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa": "rule.too_long",
	} {
		_, err := h.members.Join(t.Context(), h.joining(sheet, name))
		breaks(t, err, "name", key)
	}
}

func TestEveryDeadCodeHasTheSameAnswer(t *testing.T) {
	h := founded(t)
	used, revoked, expired := h.invitation(), h.invitation(), h.invitation()
	if _, err := h.members.Join(t.Context(), h.joining(used, "Djamila")); err != nil {
		t.Fatal(err)
	}
	if err := h.invitations.Revoke(t.Context(), h.aline, revoked.ID); err != nil {
		t.Fatal(err)
	}
	h.now = h.now.Add(61 * 24 * time.Hour)
	for _, typed := range []string{
		used.Code, used.Link, revoked.Code, revoked.Link, expired.Code, expired.Link,
		"K7M4RP2D", "k7m4 rp2d", "", "no", "\x00\x00", "' OR 1=1", "K7M4RP2\u202e", string(make([]byte, 9999)),
	} {
		welcome, err := h.invitations.Lookup(t.Context(), typed)
		wants(t, err, rule.ErrNotFound)
		if welcome != (membership.Welcome{}) {
			t.Errorf("%q tells %+v", typed, welcome)
		}
	}
}

func TestACodeIsForgivenItsSpacesAndCase(t *testing.T) {
	h := founded(t)
	sheet := h.invitation()
	for _, typed := range []string{sheet.Code, sheet.Shown(), sheet.Link, " " + sheet.Code[:2] + "-" + sheet.Code[2:] + " "} {
		welcome, err := h.invitations.Lookup(t.Context(), typed)
		if err != nil {
			t.Fatalf("%q: %v", typed, err)
		}
		if welcome.Invitation != sheet.ID || welcome.Residence != "Les Iris" {
			t.Errorf("got %+v", welcome)
		}
	}
	forged := []byte(sheet.Link)
	forged[30] ^= 1
	_, err := h.invitations.Lookup(t.Context(), string(forged))
	wants(t, err, rule.ErrNotFound)
}

func TestAnInvitationSentTwiceIsMadeOnce(t *testing.T) {
	h := founded(t)
	key := uuid.New()
	one, err := h.invitations.Invite(t.Context(), h.aline, h.made.Places[2].ID, key)
	if err != nil {
		t.Fatal(err)
	}
	two, err := h.invitations.Invite(t.Context(), h.aline, h.made.Places[2].ID, key)
	if err != nil || one.ID != two.ID || one.Code != two.Code {
		t.Errorf("got %v and %v, %v", one.ID, two.ID, err)
	}
	_, err = h.invitations.Invite(t.Context(), h.aline, rule.NewID[coop.PlaceID](), uuid.New())
	breaks(t, err, "place", "rule.choose")
}

func TestOnlyFacilitatorsInvite(t *testing.T) {
	h := founded(t)
	djamila := h.join("Djamila")
	_, err := h.invitations.Invite(t.Context(), djamila, h.made.Places[2].ID, uuid.New())
	wants(t, err, rule.ErrForbidden)
	_, err = h.invitations.Waiting(t.Context(), djamila, coop.InvitationID{})
	wants(t, err, rule.ErrForbidden)
	_, err = h.members.Search(t.Context(), djamila, "", 0)
	wants(t, err, rule.ErrForbidden)
}
