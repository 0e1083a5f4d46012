package session

import (
	"time"

	"github.com/gofiber/fiber/v2"
)

// Cookies writes and reads what a browser keeps. Over https the names begin with
// "__Host-", so that no neighbouring host and no plain connection can set them; over
// plain http, which only localhost uses, browsers would refuse such names.
type Cookies struct {
	// Secure says that the configured origin is https.
	Secure bool
}

// The cookies: a resident's device and session, a professional's session, and the
// sheet of somebody who is just joining.
const (
	deviceCookie       = "device"
	residentCookie     = "resident"
	professionalCookie = "professional"
	joiningCookie      = "joining"
	appliedCookie      = "applied"
)

const appliedStays = 180 * 24 * time.Hour

// SetDevice keeps the device's token; it stays when the session ends, because the PIN
// opens that device again.
func (k Cookies) SetDevice(c *fiber.Ctx, token string, now time.Time) {
	k.set(c, deviceCookie, token, now.Add(deviceStays), "Lax")
}

// Device returns the token of the device at the screen, or "".
func (k Cookies) Device(c *fiber.Ctx) string { return c.Cookies(k.name(deviceCookie)) }

// SetSession keeps the token of a session of kind until the session's absolute end.
// Lax for residents, who arrive from links in messages; Strict for professionals.
func (k Cookies) SetSession(c *fiber.Ctx, kind Kind, token string, ends time.Time) {
	if kind == Professional {
		k.set(c, professionalCookie, token, ends, "Strict")
		return
	}
	k.set(c, residentCookie, token, ends, "Lax")
}

// Session returns the token of the session of kind, or "".
func (k Cookies) Session(c *fiber.Ctx, kind Kind) string {
	return c.Cookies(k.SessionName(kind))
}

// SessionName is the name of the cookie that holds the token of a session of kind.
func (k Cookies) SessionName(kind Kind) string {
	if kind == Professional {
		return k.name(professionalCookie)
	}
	return k.name(residentCookie)
}

// SetJoining keeps the token of a joining until it expires.
func (k Cookies) SetJoining(c *fiber.Ctx, token string, expires time.Time) {
	k.set(c, joiningCookie, token, expires, "Lax")
}

// Joining returns the token of the joining at the screen, or "".
func (k Cookies) Joining(c *fiber.Ctx) string { return c.Cookies(k.name(joiningCookie)) }

// SetApplied keeps the code of the application that was sent from this device, half a year.
func (k Cookies) SetApplied(c *fiber.Ctx, code string, now time.Time) {
	k.set(c, appliedCookie, code, now.Add(appliedStays), "Lax")
}

// Applied returns the code of the application that was sent from this device, or "".
func (k Cookies) Applied(c *fiber.Ctx) string { return c.Cookies(k.name(appliedCookie)) }

// ForgetJoining drops the joining's token.
func (k Cookies) ForgetJoining(c *fiber.Ctx) { k.forget(c, joiningCookie) }

// ForgetSession drops the token of the session of kind.
func (k Cookies) ForgetSession(c *fiber.Ctx, kind Kind) {
	if kind == Professional {
		k.forget(c, professionalCookie)
		return
	}
	k.forget(c, residentCookie)
}

// ForgetDevice drops the device's token.
func (k Cookies) ForgetDevice(c *fiber.Ctx) { k.forget(c, deviceCookie) }

func (k Cookies) name(short string) string {
	if k.Secure {
		return "__Host-" + short
	}
	return short
}

func (k Cookies) set(c *fiber.Ctx, short, value string, expires time.Time, sameSite string) {
	c.Cookie(&fiber.Cookie{
		Name: k.name(short), Value: value, Path: "/", Expires: expires,
		Secure: k.Secure, HTTPOnly: true, SameSite: sameSite,
	})
}

func (k Cookies) forget(c *fiber.Ctx, short string) {
	k.set(c, short, "", time.Unix(1, 0), "Lax")
}
