package ownweb_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"lien/rule"
	"lien/server/page"
)

func TestASecretNoteIsForItsAuthorAndItsCoHolder(t *testing.T) {
	h := newHouse(t)
	home := h.household(h.claire)
	must(t, h.cases.Assign(t.Context(), h.coordinator, home.Case, h.hugues.Worker, "à deux"))
	claire, hugues := h.desk(h.claire, "Claire Vasseur"), h.desk(h.hugues, "Hugues Petit")
	if body := opens(t, claire, home.path()+"/note"); !strings.Contains(body, h.hugues.Worker.String()) || strings.Contains(body, h.claire.Worker.String()) {
		t.Error("the co-holders offered are not the others on the case")
	}
	for body, holder := range map[string]string{"À relire à deux.": h.hugues.Worker.String(), "Pour moi seule.": ""} {
		form := url.Values{"note": {body}, "class": {"secret"}, "co_holder": {holder}, "key": {page.NewKey()}}
		for range 2 {
			if status, body := sends(t, claire, home.path()+"/note", form); status != http.StatusSeeOther {
				t.Fatalf("got %d %s", status, body)
			}
		}
	}
	if body := opens(t, claire, home.path()); strings.Count(body, "À relire à deux.") != 1 || strings.Count(body, "Pour moi seule.") != 1 {
		t.Error("the author does not read each note once")
	}
	if body := opens(t, hugues, home.path()); !strings.Contains(body, "À relire à deux.") || strings.Contains(body, "Pour moi seule.") {
		t.Error("the co-holder reads too little, or too much")
	}
}

func TestARefusedNoteIsKept(t *testing.T) {
	h := newHouse(t)
	home := h.household(h.claire)
	claire := h.desk(h.claire, "Claire Vasseur")
	good := url.Values{"note": {"Nous avons relu la facture."}, "class": {"team"}, "key": {page.NewKey()}}
	for field, value := range map[string]string{"note": "", "class": "publique", "key": "x", "co_holder": "moi"} {
		bad := url.Values{}
		for k, v := range good {
			bad[k] = v
		}
		bad.Set(field, value)
		status, body := sends(t, claire, home.path()+"/note", bad)
		if status != http.StatusUnprocessableEntity || !strings.Contains(body, field+"-problem") || field != "note" && !strings.Contains(body, "la facture.</textarea>") {
			t.Errorf("%s: got %d", field, status)
		}
	}
}

func TestAReferentClosesTheirCaseOnItsPage(t *testing.T) {
	h := newHouse(t)
	home := h.household(h.claire)
	must(t, h.cases.Assign(t.Context(), h.coordinator, home.Case, h.hugues.Worker, "à deux"))
	claire, hugues := h.desk(h.claire, "Claire Vasseur"), h.desk(h.hugues, "Hugues Petit")
	if status, body := asks(t, hugues, httptest.NewRequest(http.MethodGet, home.path()+"/close", nil)); body != rule.ErrForbidden.Error() {
		t.Errorf("a colleague is asked: %d", status)
	}
	if !strings.Contains(opens(t, claire, home.path()), home.path()+"/close") || strings.Contains(opens(t, hugues, home.path()), home.path()+"/close") {
		t.Error("the way to close is not the referent's alone")
	}
	status, body := sends(t, claire, home.path()+"/close", url.Values{"reason": {"« Merci pour tout. »"}})
	if status != http.StatusUnprocessableEntity || !strings.Contains(body, "outcome-problem") || !strings.Contains(body, "Merci pour tout") {
		t.Errorf("without an outcome: %d", status)
	}
	for n, want := range []string{"", rule.ErrMoved.Error()} {
		status, body := sends(t, claire, home.path()+"/close", url.Values{"outcome": {"own_lease"}, "reason": {"« Merci pour tout. »"}})
		if n == 0 && status != http.StatusSeeOther || n == 1 && body != want {
			t.Fatalf("got %d %s", status, body)
		}
	}
	if list := opens(t, claire, "/pro/cases"); !strings.Contains(list, `id="ended"`) || !strings.Contains(list, home.path()) {
		t.Error("the closed case is not found again")
	}
	closed := opens(t, claire, home.path())
	if !strings.Contains(closed, "Un bail à leur nom") || strings.Contains(closed, "<textarea") || strings.Contains(closed, "/bond/") {
		t.Error("the case is not shown as closed")
	}
}
