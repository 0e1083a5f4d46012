package session_test

import (
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"lien/server/session"
)

func TestGuessingIsSlowedDownPerAddressAndInAll(t *testing.T) {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	throttle := session.NewThrottle(3, 5, time.Minute, func() time.Time { return now })
	for range 3 {
		must(t, throttle.Allow("2001:db8::1"))
	}
	wants(t, throttle.Allow("2001:db8::2"), fiber.ErrTooManyRequests) // the same household
	must(t, throttle.Allow("192.0.2.1"))
	must(t, throttle.Allow("192.0.2.2"))
	wants(t, throttle.Allow("192.0.2.3"), fiber.ErrTooManyRequests) // everybody
	now = now.Add(time.Minute)
	must(t, throttle.Allow("2001:db8::1"))
}

func TestGuessesSentAtOnceAreCountedOneByOne(t *testing.T) {
	throttle := session.NewThrottle(3, 0, time.Minute, time.Now)
	let := 0
	for range 10 { // none of them was answered yet
		if throttle.Allow("192.0.2.1") == nil {
			let++
		}
	}
	if let != 3 {
		t.Errorf("%d were let through, want 3", let)
	}
	throttle.Pardon("192.0.2.1") // one was right
	must(t, throttle.Allow("192.0.2.1"))
	wants(t, throttle.Allow("192.0.2.1"), fiber.ErrTooManyRequests)
}
