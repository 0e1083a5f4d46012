package page

import (
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
)

// Speak keeps the language chosen on this device and goes back to the page it was chosen
// on. A signed-in person's own language is chosen under "me", and wins.
func Speak(secure bool) fiber.Handler {
	return func(c *fiber.Ctx) error {
		KeepLanguage(c, c.FormValue("lang"), secure)
		return c.Redirect(OwnPath(c.FormValue("next")), fiber.StatusSeeOther)
	}
}

// KeepLanguage keeps the language chosen on this device; one that lien does not speak is
// not kept.
func KeepLanguage(c *fiber.Ctx, lang string, secure bool) {
	if !slices.Contains(Codes(), lang) {
		return
	}
	c.Cookie(&fiber.Cookie{
		Name: "lang", Value: lang, Path: "/", MaxAge: int((365 * 24 * time.Hour).Seconds()),
		HTTPOnly: true, Secure: secure, SameSite: fiber.CookieSameSiteLaxMode,
	})
}

// OwnPath returns a path of this house that a form or an address asked to go to next, and
// the entrance for anything else: no page sends a person to another site.
func OwnPath(path string) string {
	own := strings.HasPrefix(path, "/") && !strings.HasPrefix(path, "//") && !strings.ContainsAny(path, "\\\r\n\t\x00")
	if !own {
		return "/"
	}
	return path
}
