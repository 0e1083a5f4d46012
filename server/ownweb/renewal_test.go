package ownweb_test

import (
	"strings"
	"testing"
	"time"

	"lien/server/ownweb"
	"lien/support/bond"
)

// renewal is whom and what the resident's page asks about, in short.
func (h *house) renewal(t *testing.T, o ownweb.Owner) string {
	t.Helper()
	r, err := h.door.Renewal(t.Context(), o)
	must(t, err)
	for _, scope := range r.Scopes {
		r.Former += " " + string(scope)
	}
	return r.Former
}

func TestAfterAHandoverTheResidentIsAskedAgain(t *testing.T) {
	h := newHouse(t)
	awa, eve := h.member(true), h.member(true)
	home, other := h.household(h.claire), h.household(h.claire)
	h.joins(awa, home, h.claire)
	h.joins(eve, other, h.claire)
	h.consents(awa, bond.ScopeMonthly, bond.ScopeSummary)
	if asked := h.renewal(t, awa); asked != "" {
		t.Errorf("asked before any handover: %s", asked)
	}
	h.later(time.Hour)
	h.handsOver(home, h.claire, h.hugues)
	h.handsOver(other, h.claire, h.hugues)
	if asked := h.renewal(t, awa); asked != "Claire Vasseur summary monthly" {
		t.Errorf("got %q", asked)
	}
	if asked := h.renewal(t, eve); asked != "" {
		t.Errorf("who showed nothing is asked: %s", asked)
	}
	body := opens(t, h.phone(awa, "fr"), "/private/share")
	if !strings.Contains(body, `id="renewal"`) || strings.Contains(body, `aria-checked="true"`) {
		t.Error("the page does not ask, or something is open")
	}
	if h.reads(h.hugues, home) != nil {
		t.Error("the new referent sees something")
	}
	h.consents(awa, bond.ScopeSummary)
	if asked := h.renewal(t, awa); asked != "" {
		t.Errorf("asked after having chosen: %s", asked)
	}
	if shown := h.reads(h.hugues, home); shown == nil || shown.Summary == nil || shown.Months != nil {
		t.Errorf("got %+v", shown)
	}
}

func TestWhoLeavesAllClosedIsNotAskedAgain(t *testing.T) {
	h := newHouse(t)
	awa, home := h.member(true), h.household(h.claire)
	h.joins(awa, home, h.claire)
	h.consents(awa, bond.Scopes()...)
	h.later(time.Hour)
	h.handsOver(home, h.claire, h.hugues)
	sends(t, h.phone(awa, "fr"), "/private/withdraw", nil)
	if asked := h.renewal(t, awa); asked != "" {
		t.Errorf("got %q", asked)
	}
}
