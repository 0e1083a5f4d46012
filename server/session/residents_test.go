package session_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"lien/coop/membership"
	"lien/rule"
	"lien/server/session"
)

func TestSomebodyWhoJoinsIsSignedIn(t *testing.T) {
	h := opened(t)
	djamila, phone := h.join("Djamila")
	actor := h.actor(phone)
	if actor.Member != djamila.Member || actor.Name != "Djamila" || !actor.Active || actor.Facilitator || actor.Private(h.now) {
		t.Errorf("got %+v", actor)
	}
	if actor := h.actor(h.enter(h.aline)); !actor.Facilitator {
		t.Errorf("got %+v", actor)
	}
}

func TestALastStepWhoseAnswerWasLostGivesTheSameDevice(t *testing.T) {
	h := opened(t)
	ctx := t.Context()
	sheet, err := h.invitations.Invite(ctx, h.aline, h.made.Places[0].ID, [16]byte{1})
	must(t, err)
	welcome, err := h.invitations.Lookup(ctx, sheet.Link)
	must(t, err)
	token, _, err := h.joinings.Start(ctx, welcome, "fr")
	must(t, err)
	must(t, h.joinings.Call(ctx, token, "Djamila"))
	must(t, h.joinings.ChoosePIN(ctx, token, pin, pin))
	j, err := h.joinings.Find(ctx, token)
	must(t, err)
	for range 2 {
		_, err = h.joinings.Finish(ctx, token, j.ID, "android")
		must(t, err)
	}
	if n := h.count(`SELECT count(*) FROM account.devices`); n != 1 {
		t.Errorf("%d devices", n)
	}
	h.now = h.now.Add(11 * time.Minute)
	_, err = h.joinings.Finish(ctx, token, j.ID, "android")
	wants(t, err, rule.ErrNotFound)
}

func TestPINsThatEverybodyTriesAreRefused(t *testing.T) {
	h := opened(t)
	for _, odd := range []string{"", "12345", "1234567", "12a456", "١٢٣٤٥٦", "\x00\x00\x00\x00\x00\x00"} {
		breaks(t, h.joinings.ChoosePIN(t.Context(), "", odd, odd), "pin", "open.pin.digits")
	}
	for _, known := range []string{"000000", "123456", "654321", "567890", "121212", "123123", "112233"} {
		breaks(t, h.joinings.ChoosePIN(t.Context(), "", known, known), "pin", "open.pin.trivial")
	}
	breaks(t, h.joinings.ChoosePIN(t.Context(), "", "280419", "280418"), "again", "open.pin.differs")
}

func TestFiveWrongPINsSlowDown(t *testing.T) {
	h := opened(t)
	phone := h.enter(h.aline)
	for range 4 {
		_, err := h.devices.Open(t.Context(), phone.device, "999999")
		breaks(t, err, "pin", "open.pin.wrong")
	}
	for _, minutes := range []int{1, 5, 15, 60, 60} {
		_, err := h.devices.Open(t.Context(), phone.device, "999999")
		breaks(t, err, "pin", "open.pin.wait")
		h.now = h.now.Add(time.Duration(minutes)*time.Minute - time.Second)
		_, err = h.devices.Open(t.Context(), phone.device, pin)
		breaks(t, err, "pin", "open.pin.wait")
		h.now = h.now.Add(time.Second)
	}
	_, err := h.devices.Open(t.Context(), phone.device, pin)
	must(t, err)
	_, err = h.devices.Open(t.Context(), phone.device, "999999")
	breaks(t, err, "pin", "open.pin.wrong")
}

func TestPINsTypedAtOnceAreCountedOneByOne(t *testing.T) {
	h := opened(t)
	phone := h.enter(h.aline)
	var group sync.WaitGroup
	for range 12 {
		group.Go(func() { _, _ = h.devices.Open(t.Context(), phone.device, "999999") }) // each is refused
	}
	group.Wait()
	if n := h.count(`SELECT max(tries) FROM account.devices`); n != 5 {
		t.Errorf("%d tries were compared, want 5", n)
	}
}

func TestSigningInGivesANewSessionAndEndsTheFormer(t *testing.T) {
	h := opened(t)
	phone := h.enter(h.aline)
	former := h.actor(phone)
	again, err := h.devices.Open(t.Context(), phone.device, pin)
	must(t, err)
	_, err = h.sessions.Find(t.Context(), session.Resident, phone.session)
	wants(t, err, rule.ErrNotFound)
	if now := h.actor(device{phone.device, again.Token}); now.Session == former.Session {
		t.Error("the session kept its id")
	}
	ended, err := h.sessions.Ended(t.Context(), h.now.Add(-time.Second))
	must(t, err)
	if len(ended) != 1 || ended[0] != former.Session {
		t.Errorf("ended lately: %v", ended)
	}
}

func TestASessionEndsWhenIdleAndAtLast(t *testing.T) {
	h := opened(t)
	idle, busy := h.enter(h.aline), h.enter(h.aline)
	for range 8 {
		h.now = h.now.Add(11 * 24 * time.Hour)
		h.actor(busy)
	}
	_, err := h.sessions.Find(t.Context(), session.Resident, idle.session)
	wants(t, err, rule.ErrNotFound)
	h.now = h.now.Add(3 * 24 * time.Hour)
	_, err = h.sessions.Find(t.Context(), session.Resident, busy.session)
	wants(t, err, rule.ErrNotFound)
}

func TestAnEndedDevicesSessionDies(t *testing.T) {
	h := opened(t)
	_, stranger := h.join("Djamila")
	phone, tablet := h.enter(h.aline), h.enter(h.aline)
	me := h.actor(tablet)
	wants(t, h.devices.End(t.Context(), h.actor(stranger), h.actor(phone).Device), rule.ErrNotFound)
	must(t, h.devices.End(t.Context(), me, h.actor(phone).Device))
	_, err := h.sessions.Find(t.Context(), session.Resident, phone.session)
	wants(t, err, rule.ErrNotFound)
	_, err = h.devices.Open(t.Context(), phone.device, pin)
	wants(t, err, rule.ErrNotFound)
	list, err := h.devices.List(t.Context(), me)
	must(t, err)
	if len(list) != 1 || list[0].ID != me.Device || !list[0].Open {
		t.Errorf("got %+v", list)
	}
}

func TestAUsedLinkOpensNothing(t *testing.T) {
	h := opened(t)
	me := h.private(h.enter(h.aline))
	path, err := h.links.Second(t.Context(), me)
	must(t, err)
	token := strings.TrimPrefix(path, "/sign-in/")
	for range 2 { // looking uses nothing up
		_, err = h.links.Look(t.Context(), session.ADevice, token)
		must(t, err)
	}
	_, err = h.links.Enrol(t.Context(), token, "000000", "000000", "tablet")
	breaks(t, err, "pin", "open.pin.trivial")

	var group sync.WaitGroup
	errs := make([]error, 3)
	for n := range errs {
		group.Go(func() { _, errs[n] = h.links.Enrol(t.Context(), token, pin, pin, "tablet") })
	}
	group.Wait()
	followed := 0
	for _, err := range errs {
		if err == nil {
			followed++
			continue
		}
		wants(t, err, rule.ErrNotFound)
	}
	if followed != 1 {
		t.Errorf("followed %d times", followed)
	}
	_, err = h.links.Look(t.Context(), session.ADevice, token)
	wants(t, err, rule.ErrNotFound)
}

func TestWhoPicksUpAnOpenPhoneAddsNoDevice(t *testing.T) {
	h := opened(t)
	phone := h.enter(h.aline)
	_, err := h.links.Second(t.Context(), h.actor(phone))
	wants(t, err, rule.ErrForbidden)
	me := h.private(phone)
	_, err = h.links.Second(t.Context(), me)
	must(t, err)
	h.now = h.now.Add(5 * time.Minute)
	_, err = h.links.Second(t.Context(), me)
	wants(t, err, rule.ErrForbidden)
}

func TestADeviceFromTheDeskOpensNothingOfTheDoor(t *testing.T) {
	h := opened(t)
	djamila, phone := h.join("Djamila")
	me := h.actor(phone)
	_, err := h.db.Owner.NewRaw(`INSERT INTO bond.links (id, resident_id, cooperative_id, member_id, case_id, person_id, made_at)
		VALUES (gen_random_uuid(), ?, ?, ?, gen_random_uuid(), gen_random_uuid(), ?)`, me.Account, me.Cooperative, me.Member, h.now).Exec(t.Context())
	must(t, err)
	_, err = h.links.Lost(t.Context(), h.aline, djamila.Member, "Elle est devant moi, au local.")
	must(t, err)
	if n := h.count(`SELECT count(*) FROM bond.links WHERE ended_at IS NULL OR set_aside_at IS NULL`); n != 0 {
		t.Errorf("%d links stay open", n)
	}
}

func TestALinkToASecondDeviceLastsTenMinutes(t *testing.T) {
	h := opened(t)
	me := h.private(h.enter(h.aline))
	path, err := h.links.Second(t.Context(), me)
	must(t, err)
	h.now = h.now.Add(10 * time.Minute)
	_, err = h.links.Enrol(t.Context(), strings.TrimPrefix(path, "/sign-in/"), pin, pin, "tablet")
	wants(t, err, rule.ErrNotFound)
}

func TestALostPhoneIsReplacedAtTheDeskAndWitnessed(t *testing.T) {
	h := opened(t)
	djamila, phone := h.join("Djamila")
	_, err := h.links.Lost(t.Context(), djamila, h.aline.Member, "Elle est devant moi.")
	wants(t, err, rule.ErrForbidden)
	path, err := h.links.Lost(t.Context(), h.aline, djamila.Member, "Elle est devant moi, au local.")
	must(t, err)
	_, err = h.sessions.Find(t.Context(), session.Resident, phone.session)
	wants(t, err, rule.ErrNotFound)
	made, err := h.links.Enrol(t.Context(), strings.TrimPrefix(path, "/sign-in/"), "905172", "905172", "iphone")
	must(t, err)
	h.actor(device{made.Device, made.Session.Token})
	seen, err := h.members.Decisions(t.Context(), djamila, djamila.Member)
	must(t, err)
	if len(seen) != 1 || seen[0].By != "Aline" {
		t.Errorf("the member sees %+v", seen)
	}
}

func TestThePrivateAreaAsksThePINAgainAndShutsAfterFiveMinutes(t *testing.T) {
	h := opened(t)
	phone := h.enter(h.aline)
	me := h.actor(phone)
	_, err := h.devices.OpenPrivate(t.Context(), me, "999999")
	breaks(t, err, "pin", "open.pin.wrong")
	private, err := h.devices.OpenPrivate(t.Context(), me, pin)
	must(t, err)
	_, err = h.sessions.Find(t.Context(), session.Resident, phone.session)
	wants(t, err, rule.ErrNotFound)
	inside := h.actor(device{phone.device, private.Token})
	if inside.Session != me.Session || !inside.Private(h.now.Add(5*time.Minute-time.Second)) || inside.Private(h.now.Add(5*time.Minute)) {
		t.Errorf("got %+v", inside)
	}
}

func TestThePrivateAreaShutsAtOnceForWhoLeavesIt(t *testing.T) {
	h := opened(t)
	phone := h.enter(h.aline)
	private, err := h.devices.OpenPrivate(t.Context(), h.actor(phone), pin)
	must(t, err)
	phone.session = private.Token
	must(t, h.devices.ShutPrivate(t.Context(), h.actor(phone)))
	if h.actor(phone).Private(h.now) {
		t.Error("it is still open")
	}
}

func TestASuspendedMemberSignsInButTakesNoPart(t *testing.T) {
	h := opened(t)
	djamila, phone := h.join("Djamila")
	must(t, h.members.Suspend(t.Context(), h.aline, djamila.Member, membership.Verdict{Why: "Insultes répétées.", Until: h.now.AddDate(0, 1, 0).Format(time.DateOnly)}))
	if actor := h.actor(phone); actor.Active {
		t.Error("she still takes part")
	}
	must(t, h.members.Leave(t.Context(), djamila))
	must(t, h.members.Close(t.Context(), h.aline, djamila.Member))
	_, err := h.sessions.Find(t.Context(), session.Resident, phone.session)
	wants(t, err, rule.ErrNotFound)
}

func TestATokenOfAnotherEntranceOpensNothing(t *testing.T) {
	h := opened(t)
	phone := h.enter(h.aline)
	for _, text := range []string{"", "x", phone.device, phone.session} {
		_, err := h.sessions.Find(t.Context(), session.Professional, text)
		wants(t, err, rule.ErrNotFound)
	}
	_, err := h.sessions.Find(t.Context(), session.Resident, phone.device)
	wants(t, err, rule.ErrNotFound)
	_, err = h.links.Enter(t.Context(), phone.device)
	wants(t, err, rule.ErrNotFound)
}

func TestALateAnswerToAPageTakesNoNewKeyAway(t *testing.T) {
	h := opened(t)
	app := fiber.New()
	app.Use(h.sessions.Middleware)
	app.Get("/home", func(c *fiber.Ctx) error { return c.SendStatus(200) })
	for asks, dropped := range map[string]bool{"empty": false, "websocket": false, "document": true, "": true} {
		r := httptest.NewRequest(http.MethodGet, "/home", nil)
		r.Header.Set("Cookie", "resident=the-token-of-a-moment-ago")
		r.Header.Set("Sec-Fetch-Dest", asks)
		answer, err := app.Test(r, -1)
		must(t, err)
		if got := len(answer.Cookies()) > 0; got != dropped {
			t.Errorf("asked for %q: dropped is %v, want %v", asks, got, dropped)
		}
	}
}
