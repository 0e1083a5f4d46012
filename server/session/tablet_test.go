package session_test

import (
	"sync"
	"testing"
	"time"

	"lien/coop"
	"lien/coop/membership"
	"lien/rule"
	"lien/server/session"
)

// tablet turns the device into a tablet at the desk and returns who holds it.
func (h *house) tablet(d device) (session.Actor, device) {
	h.t.Helper()
	opened, err := h.devices.OpenTablet(h.t.Context(), h.actor(d), pin)
	must(h.t, err)
	d.session = opened.Token
	return h.actor(d), d
}

func TestATabletIsOpenedWithTheFacilitatorsOwnPIN(t *testing.T) {
	h := opened(t)
	phone := h.enter(h.aline)
	_, err := h.devices.OpenTablet(t.Context(), h.actor(phone), "999999")
	breaks(t, err, "pin", "open.pin.wrong")
	if h.actor(phone).Tablet {
		t.Error("a wrong PIN opened the tablet")
	}
	private := h.private(phone)
	opened, err := h.devices.OpenTablet(t.Context(), private, pin)
	must(t, err)
	_, err = h.sessions.Find(t.Context(), session.Resident, phone.session)
	wants(t, err, rule.ErrNotFound) // an older copy of the cookie opens nothing
	actor := h.actor(device{phone.device, opened.Token})
	if !actor.TabletOpen(h.now) || actor.Private(h.now) || actor.Helps(h.now) {
		t.Errorf("got %+v", actor)
	}
}

func TestATabletShutsAMinuteAfterTheLastTouch(t *testing.T) {
	h := opened(t)
	djamila, _ := h.join("Djamila")
	actor, d := h.tablet(h.enter(h.aline))
	must(t, h.sessions.Beside(t.Context(), actor, djamila.Member))
	h.now = h.now.Add(59 * time.Second)
	actor = h.actor(d)
	if !actor.Helps(h.now) || actor.WithName != "Djamila" || actor.Member != h.aline.Member {
		t.Fatalf("got %+v", actor)
	}
	if helped := actor.Helped(); helped.Member != djamila.Member || helped.Channel != coop.AtDesk || helped.Witness != h.aline.Member {
		t.Errorf("acts as %+v", helped)
	}
	must(t, h.sessions.Touch(t.Context(), actor))
	h.now = h.now.Add(time.Minute)
	actor = h.actor(d)
	if actor.TabletOpen(h.now) || actor.Helps(h.now) || actor.WithName != "" || !actor.Tablet {
		t.Errorf("a minute later: %+v", actor)
	}
	wants(t, h.sessions.Touch(t.Context(), actor), rule.ErrForbidden) // what shut stays shut
	wants(t, h.sessions.Beside(t.Context(), actor, djamila.Member), rule.ErrNotFound)
	actor, _ = h.tablet(d)
	if !actor.TabletOpen(h.now) || actor.Helps(h.now) {
		t.Errorf("opened again it still holds somebody: %+v", actor)
	}
}

func TestWhatATabletMayDoIsItsOwnSessions(t *testing.T) {
	h := opened(t)
	djamila, _ := h.join("Djamila")
	actor, d := h.tablet(h.enter(h.aline))
	must(t, h.sessions.Beside(t.Context(), actor, djamila.Member))
	other := h.actor(h.enter(h.aline)) // the facilitator's own phone
	if other.Tablet || other.Helps(h.now) {
		t.Errorf("another session helps as well: %+v", other)
	}
	wants(t, h.sessions.Beside(t.Context(), other, djamila.Member), rule.ErrNotFound)
	wants(t, h.sessions.Beside(t.Context(), actor, actor.Member), rule.ErrForbidden)
	must(t, h.sessions.Shut(t.Context(), h.actor(d)))
	if h.actor(d).TabletOpen(h.now) {
		t.Error("a tablet that was shut is open")
	}
}

func TestWhoFacilitatesNoMoreHelpsNobody(t *testing.T) {
	h := opened(t)
	djamila, _ := h.join("Djamila")
	karim, _ := h.join("Karim")
	must(t, h.members.Entrust(t.Context(), h.aline, karim.Member))
	actor, d := h.tablet(h.enter(h.aline))
	must(t, h.sessions.Beside(t.Context(), actor, djamila.Member))
	must(t, h.members.Suspend(t.Context(), karim, h.aline.Member, membership.Verdict{Why: "Une longue raison, dite ensemble.", Until: h.now.AddDate(0, 0, 30).Format(time.DateOnly)}))
	actor = h.actor(d)
	if actor.TabletOpen(h.now) || actor.Helps(h.now) || actor.WithName != "" {
		t.Errorf("got %+v", actor)
	}
	_, err := h.devices.LeaveTablet(t.Context(), actor, pin) // the way out stays
	must(t, err)
}

func TestLeavingTheTabletAsksThePIN(t *testing.T) {
	h := opened(t)
	actor, d := h.tablet(h.enter(h.aline))
	_, err := h.devices.LeaveTablet(t.Context(), actor, "999999")
	breaks(t, err, "pin", "open.pin.wrong")
	if !h.actor(d).Tablet {
		t.Error("a wrong PIN left the tablet")
	}
	opened, err := h.devices.LeaveTablet(t.Context(), actor, pin)
	must(t, err)
	if h.actor(device{d.device, opened.Token}).Tablet {
		t.Error("it still is a tablet")
	}
}

func TestAPINAtTheDeskIsThatOfAnyOfTheMembersDevices(t *testing.T) {
	h := opened(t)
	djamila, _ := h.join("Djamila")
	h.now = h.now.Add(time.Hour)
	path, err := h.links.ForResident(t.Context(), djamila, "704153", time.Hour)
	must(t, err)
	_, err = h.links.Enrol(t.Context(), path[len("/sign-in/"):], "", "", "android")
	must(t, err)
	for _, right := range []string{pin, "704153"} {
		must(t, h.devices.Vouch(t.Context(), djamila.Cooperative, djamila.Member, right))
	}
	if n := h.count(`SELECT coalesce(sum(tries), 0) FROM account.devices`); n != 0 {
		t.Errorf("%d tries are left over from right PINs", n)
	}
	breaks(t, h.devices.Vouch(t.Context(), h.aline.Cooperative, h.aline.Member, pin), "pin", "tablet.pin.none")
	for _, who := range []coop.Actor{djamila, h.aline} {
		has, err := h.devices.HasPIN(t.Context(), who.Cooperative, who.Member)
		if must(t, err); has != (who == djamila) {
			t.Errorf("has a PIN: %v", has)
		}
	}
}

func TestTheDeskGivesNobodyAGuessMore(t *testing.T) {
	h := opened(t)
	djamila, phone := h.join("Djamila")
	for range 3 {
		breaks(t, h.devices.Vouch(t.Context(), djamila.Cooperative, djamila.Member, "999999"), "pin", "open.pin.wrong")
	}
	_, err := h.devices.Open(t.Context(), phone.device, "999999") // the fourth, on the phone itself
	breaks(t, err, "pin", "open.pin.wrong")
	var guesses sync.WaitGroup
	for range 8 { // all at once
		guesses.Go(func() { _ = h.devices.Vouch(t.Context(), djamila.Cooperative, djamila.Member, "999999") })
	}
	guesses.Wait()
	breaks(t, h.devices.Vouch(t.Context(), djamila.Cooperative, djamila.Member, pin), "pin", "tablet.pin.used_up")
	_, err = h.devices.Open(t.Context(), phone.device, pin)
	breaks(t, err, "pin", "open.pin.wait")
	if n := h.count(`SELECT max(tries) FROM account.devices`); n != 5 {
		t.Errorf("%d tries were compared", n)
	}
	h.now = h.now.Add(time.Minute)
	must(t, h.devices.Vouch(t.Context(), djamila.Cooperative, djamila.Member, pin))
}
