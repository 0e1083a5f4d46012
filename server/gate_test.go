package server

import (
	"net/http/httptest"
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
		{"GET", "/desk", Facilitator, false},
		{"POST", "/desk/invitations", Facilitator, true},
	} {
		app := fiber.New()
		app.Use(func(f *fiber.Ctx) error {
			session.Remember(f, session.Actor{Kind: session.Resident, Active: true, Facilitator: true, Charter: true})
			return f.Next()
		})
		app.Add(c.method, c.path, gate(c.may, func() time.Time { return now }), func(f *fiber.Ctx) error { return nil })
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
