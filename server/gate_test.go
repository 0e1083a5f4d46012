package server

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"lien/server/session"
)

// Who has not said yes to the charter in force reads everything and begins nothing.
func TestTheCharterIsAskedBeforeAnActAndNeverBeforeReading(t *testing.T) {
	now := time.Now()
	for _, c := range []struct {
		method, path string
		may          May
		asked        bool
	}{
		{"GET", "/listings", Resident, false},
		{"GET", "/boards/1/since", Resident, false},
		{"POST", "/boards/1/read", Resident, false},
		{"POST", "/boards/1", Resident, true},
		{"GET", "/listings/new", Resident, true},
		{"GET", "/listings/1/propose", Resident, true},
		{"POST", "/charter", Self, false},
		{"POST", "/me/leave", Self, false},
		{"POST", "/events/1/answer?answer=coming", Answering, true},
		{"POST", "/events/1/offer", Answering, true},
		{"POST", "/events/1/answer?answer=out", Answering, false},
		{"GET", "/desk", Facilitator, false},
		{"POST", "/desk/invitations", Facilitator, true},
	} {
		app := fiber.New()
		app.Use(func(f *fiber.Ctx) error {
			session.Remember(f, session.Actor{Kind: session.Resident, Active: true, Facilitator: true, Charter: true})
			return f.Next()
		})
		app.Add(c.method, strings.Split(c.path, "?")[0], gate(c.may, Parts{Now: func() time.Time { return now }}), func(f *fiber.Ctx) error { return nil })
		answer, err := app.Test(httptest.NewRequest(c.method, c.path, nil))
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		if asked := answer.StatusCode == fiber.StatusSeeOther; asked != c.asked {
			t.Errorf("%s %s: asked %v, want %v", c.method, c.path, asked, c.asked)
		}
	}
}

// A tablet at the desk opens the desk's own pages and nothing else: nothing private, nothing
// of the facilitator's, and nothing at all once it is shut or they facilitate no more.
func TestATabletReachesNothingButTheDesk(t *testing.T) {
	now := time.Now()
	open := session.Actor{
		Kind: session.Resident, Active: true, Facilitator: true, PrivateUntil: now.Add(time.Minute),
		Tablet: true, TabletUntil: now.Add(time.Minute),
	}
	shut, relieved := open, open
	shut.TabletUntil = now
	relieved.Facilitator = false
	for _, c := range []struct {
		actor session.Actor
		may   May
		leads string
	}{
		{open, Private, "/tablet"},
		{open, Self, "/tablet"},
		{open, Resident, "/tablet"},
		{open, Facilitator, "/tablet"},
		{open, Helping, "/tablet"}, // nobody stands before it
		{shut, Private, "/tablet/shut"},
		{shut, Tablet, "/tablet/shut"},
		{shut, Helping, "/tablet/shut"},
		{shut, AtTablet, ""},
		{relieved, Tablet, "/tablet/shut"},
		{relieved, Helping, "/tablet/shut"},
		{relieved, Self, "/tablet/shut"},
	} {
		app := fiber.New()
		app.Use(func(f *fiber.Ctx) error {
			session.Remember(f, c.actor)
			return f.Next()
		})
		app.Get("/page", gate(c.may, Parts{Now: func() time.Time { return now }}), func(f *fiber.Ctx) error { return nil })
		answer, err := app.Test(httptest.NewRequest("GET", "/page", nil))
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		if got := answer.Header.Get("Location"); got != c.leads || answer.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%d on a tablet leads to %q, want %q; %s", c.may, got, c.leads, answer.Header.Get("Cache-Control"))
		}
	}
}
