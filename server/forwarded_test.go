package server

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gofiber/fiber/v2"
)

func TestAnAddressIsTheOneThatOurProxySaw(t *testing.T) {
	proxies := []string{"0.0.0.0", "10.0.0.0/8"}
	app := fiber.New(fiber.Config{
		EnableTrustedProxyCheck: true, TrustedProxies: proxies, ProxyHeader: fiber.HeaderXForwardedFor, EnableIPValidation: true,
	})
	app.Use(forwarded(proxies))
	app.Get("/", func(c *fiber.Ctx) error { return c.SendString(c.IP()) })
	for want, said := range map[string][]string{
		"192.0.2.7":   {"192.0.2.7"},
		"192.0.2.8":   {"203.0.113.9, 192.0.2.8"}, // the first was sent by the client
		"192.0.2.9":   {"203.0.113.9", "192.0.2.9, 10.1.2.3"},
		"2001:db8::1": {"2001:db8::1"},
		"0.0.0.0":     {"192.0.2.1, anything"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		for _, line := range said {
			r.Header.Add("X-Forwarded-For", line)
		}
		if _, got := ask(t, app, r); got != want {
			t.Errorf("%q is %q, want %q", said, got, want)
		}
	}
}
