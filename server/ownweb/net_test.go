package ownweb_test

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/safetynet"
	"lien/rule"
	"lien/server/ownweb"
)

const week = 7 * 24 * time.Hour

// signs writes that somebody is signed in at this moment, as each request of theirs does.
func (h *house) signs(o ownweb.Owner) {
	h.t.Helper()
	h.sql(`INSERT INTO account.residents (id, cooperative_id, member_id, created_at) VALUES (?0, ?1, ?2, ?3) ON CONFLICT DO NOTHING;
		INSERT INTO account.devices (id, resident_id, token_hash, pin_hash, name, tries, open_after, created_at, seen_at)
		VALUES (?4, ?0, ?5, '', 'téléphone', 0, ?3, ?3, ?3)`,
		o.Resident, o.Member.Cooperative, o.Member.Member, h.at, uuid.New(), []byte(uuid.NewString()))
}

func (h *house) listens() int {
	h.t.Helper()
	told, err := ownweb.NewSilence(h.db.Account, h.nets, h.now).Listen(h.t.Context())
	must(h.t, err)
	return told
}

func (h *house) asking(o ownweb.Owner) []safetynet.Asked {
	h.t.Helper()
	list, err := h.nets.Asking(h.t.Context(), o.Member)
	must(h.t, err)
	return list
}

func (h *house) wishes(o, whom ownweb.Owner, weeks int) {
	h.t.Helper()
	must(h.t, h.nets.Set(h.t.Context(), o.Member, safetynet.Wish{Whom: whom.Member.Member, Weeks: weeks}))
}

func TestTheChosenPersonIsToldOnceForEachSilence(t *testing.T) {
	h := newHouse(t)
	awa, eve, other := h.member(true), h.member(true), h.member(true)
	h.signs(awa)
	h.wishes(awa, eve, 3)
	h.later(3*week - time.Minute)
	if n := h.listens(); n != 0 || len(h.asking(eve)) != 0 {
		t.Errorf("told too early: %d", n)
	}
	h.later(time.Minute)
	if n := h.listens(); n != 1 {
		t.Errorf("%d were told, want 1", n)
	}
	h.later(week)
	if n := h.listens(); n != 0 || len(h.asking(eve)) != 1 {
		t.Errorf("told %d times more of the same silence", n)
	}
	for who, o := range map[string]ownweb.Owner{"a neighbour": other, "the silent one": awa} {
		if len(h.asking(o)) != 0 {
			t.Errorf("%s is told", who)
		}
		if err := h.nets.Answer(t.Context(), o.Member, h.asking(eve)[0].ID); !errors.Is(err, rule.ErrNotFound) {
			t.Errorf("%s answers: %v", who, err)
		}
	}
	for range 2 {
		id := h.asking(eve)
		if len(id) == 1 {
			must(t, h.nets.Answer(t.Context(), eve.Member, id[0].ID))
		}
	}
	h.later(10 * week)
	if n := h.listens(); n != 0 || len(h.asking(eve)) != 0 {
		t.Error("an answered silence calls again")
	}
	h.signs(awa)
	h.listens()
	h.later(3 * week)
	if n := h.listens(); n != 1 || len(h.asking(eve)) != 1 {
		t.Errorf("a new silence told %d", n)
	}
}

func TestComingBackOrTurningOffCallsNobody(t *testing.T) {
	h := newHouse(t)
	awa, eve := h.member(true), h.member(true)
	h.signs(awa)
	h.wishes(awa, eve, 2)
	h.later(2 * week)
	h.listens()
	h.later(time.Hour)
	h.signs(awa)
	h.listens()
	if len(h.asking(eve)) != 0 {
		t.Error("somebody who came back is still looked for")
	}
	if body := opens(t, h.phone(awa, "fr"), "/private/net"); !strings.Contains(body, "lien a prévenu") {
		t.Error("whoever came back does not read that somebody was told")
	}
	h.later(2 * week)
	h.listens()
	must(t, h.nets.TakeDown(t.Context(), awa.Member))
	if len(h.asking(eve)) != 0 || h.count(`SELECT count(*) FROM coop.safety_nets`) != 0 {
		t.Error("a net taken down is kept")
	}
	h.later(9 * week)
	if n := h.listens(); n != 0 {
		t.Error("nobody asked for this")
	}
}

func TestSettingANetIsASignOfLifeAndSoIsAnyDevice(t *testing.T) {
	h := newHouse(t)
	awa, eve, without := h.member(true), h.member(true), h.member(true)
	h.signs(awa)
	h.later(4 * week)
	h.wishes(awa, eve, 2)
	h.wishes(without, eve, 4)
	if n := h.listens(); n != 0 {
		t.Errorf("%d told at once", n)
	}
	h.later(time.Hour)
	h.signs(awa)
	h.later(2*week - time.Hour)
	if n := h.listens(); n != 0 {
		t.Errorf("%d told, though a second device was used", n)
	}
	h.later(2 * week)
	if n := h.listens(); n != 2 {
		t.Errorf("%d told, want both: one of them never signed in", n)
	}
}

func TestANetTellsOnlyAnActingNeighbourOtherThanOneself(t *testing.T) {
	h := newHouse(t)
	awa, gone := h.member(true), h.member(true)
	h.sql(`UPDATE coop.members SET state = 'suspended' WHERE id = ?`, gone.Member.Member)
	for who, wish := range map[string]safetynet.Wish{
		"oneself": {Whom: awa.Member.Member, Weeks: 4}, "nobody": {Weeks: 4}, "a stranger": {Whom: rule.NewID[coop.MemberID](), Weeks: 4},
		"who takes no part": {Whom: gone.Member.Member, Weeks: 4}, "five weeks": {Whom: h.member(true).Member.Member, Weeks: 5},
	} {
		var invalid *rule.Invalid
		if err := h.nets.Set(t.Context(), awa.Member, wish); !errors.As(err, &invalid) {
			t.Errorf("%s: got %v", who, err)
		}
	}
	if h.count(`SELECT count(*) FROM coop.safety_nets`) != 0 {
		t.Error("something was written")
	}
}

func TestANetBetweenTwoWhoAreHiddenTellsNobodyAndItsMemberReadsSo(t *testing.T) {
	h := newHouse(t)
	awa, eve := h.member(true), h.member(true)
	h.signs(awa)
	h.wishes(awa, eve, 2)
	h.sql(`INSERT INTO coop.blocks (cooperative_id, member_id, hidden_id, at) VALUES (?, ?, ?, ?)`,
		awa.Member.Cooperative, eve.Member.Member, awa.Member.Member, h.at)
	net, err := h.nets.Mine(h.t.Context(), awa.Member)
	if err != nil || !net.Set() || net.Reachable {
		t.Fatalf("got %+v, %v", net, err)
	}
	if again := h.nets.Set(t.Context(), awa.Member, safetynet.Wish{Whom: eve.Member.Member, Weeks: 2}); again == nil {
		t.Error("a net was put up for somebody hidden")
	}
	h.later(3 * week)
	if n := h.listens(); n != 0 || len(h.asking(eve)) != 0 {
		t.Errorf("%d were told", n)
	}
}

func TestAMemberSetsAndDropsTheirNetOnItsPage(t *testing.T) {
	h := newHouse(t)
	awa, eve := h.member(true), h.member(true)
	h.sql(`UPDATE coop.members SET name = 'Ève Le Gall' WHERE id = ?`, eve.Member.Member)
	app := h.phone(awa, "fr")
	if _, body := sends(t, app, "/private/net/find", url.Values{"words": {"eve"}}); strings.Contains(body, eve.Member.Member.String()) {
		t.Error("eve is found and is not in the directory")
	}
	h.sql(`INSERT INTO coop.directory (cooperative_id, member_id, listed, shows, likes, likes_language, changed_at)
		VALUES (?, ?, true, '{}', '', 'fr', ?)`, eve.Member.Cooperative, eve.Member.Member, h.at)
	if body := opens(t, app, "/private/net"); strings.Contains(body, "Ève") || strings.Contains(body, "/private/net/down") {
		t.Error("it is not off, or lists neighbours")
	}
	if status, body := sends(t, app, "/private/net/find", url.Values{"words": {"e"}}); status != http.StatusUnprocessableEntity || !strings.Contains(body, "words-problem") {
		t.Errorf("one letter: %d", status)
	}
	if _, body := sends(t, app, "/private/net/find", url.Values{"words": {"eve"}}); !strings.Contains(body, eve.Member.Member.String()) {
		t.Error("eve is not found")
	}
	form := url.Values{"words": {"eve"}, "whom": {eve.Member.Member.String()}, "weeks": {"5"}}
	if status, body := sends(t, app, "/private/net", form); status != http.StatusUnprocessableEntity || !strings.Contains(body, "weeks-problem") {
		t.Errorf("five weeks: %d", status)
	}
	form.Set("weeks", "6")
	if status, _ := sends(t, app, "/private/net", form); status != http.StatusSeeOther {
		t.Fatalf("got %d", status)
	}
	if body := opens(t, app, "/private/net"); !strings.Contains(body, "Ève Le Gall") || !strings.Contains(body, "/private/net/down") {
		t.Error("the net is not shown")
	}
	sends(t, app, "/private/net/down", nil)
	if body := opens(t, app, "/private/net"); strings.Contains(body, "Ève") {
		t.Error("it is not off")
	}
}
