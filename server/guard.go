package server

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/compress"
	"github.com/google/uuid"
)

// errPanicked is what a request that panicked answers; the panic itself is logged.
var errPanicked = errors.New("panicked")

// guard puts before every handler what holds for all of them, in this order.
func guard(app *fiber.App, s Settings, p Parts) {
	app.Use(
		headers(strings.HasPrefix(s.Origin, "https://")),
		bounded(workTimeout),
		account(p.Log),
		rescue(p.Log),
		forwarded(s.TrustedProxies),
		plainRequest,
		sameOrigin(s.Origin),
		compress.New(compress.Config{Level: compress.LevelBestSpeed}),
		p.Sessions.Middleware,
		p.Languages.Middleware,
	)
}

// account gives the request a number and logs its end: the route's pattern, never its
// address, and nothing of what was sent.
func account(log *slog.Logger) fiber.Handler {
	return func(c *fiber.Ctx) error {
		began, id := time.Now(), uuid.NewString()
		c.Locals(requestKey{}, id)
		c.Set(fiber.HeaderXRequestID, id)
		err := c.Next()
		if err != nil {
			err = c.App().ErrorHandler(c, err)
		}
		log.Info("request", "id", id, "method", c.Method(), "route", c.Route().Path,
			"status", c.Response().StatusCode(), "ms", time.Since(began).Milliseconds())
		return err
	}
}

type requestKey struct{}

// requestID is the number under which this request stands in the log.
func requestID(c *fiber.Ctx) string {
	id, _ := c.Locals(requestKey{}).(string)
	return id
}

// headers are the same on every answer, errors included.
func headers(secure bool) fiber.Handler {
	const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
		"form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
	return func(c *fiber.Ctx) error {
		c.Set("Content-Security-Policy", policy)
		c.Set("X-Content-Type-Options", "nosniff")
		c.Set("Referrer-Policy", "no-referrer")
		c.Set("Cross-Origin-Opener-Policy", "same-origin")
		c.Set("Cross-Origin-Resource-Policy", "same-origin")
		c.Set("Permissions-Policy", "geolocation=(), camera=(), microphone=(), payment=()")
		c.Set("Cache-Control", "private, no-cache")
		if secure {
			c.Set("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
		}
		return c.Next()
	}
}

// rescue turns a panic into an error page; without it one would end the process.
func rescue(log *slog.Logger) fiber.Handler {
	return func(c *fiber.Ctx) (err error) {
		defer func() {
			if r := recover(); r != nil {
				log.Error("panic", "id", requestID(c), "route", c.Route().Path, "stack", string(debug.Stack()))
				err = errPanicked
			}
		}()
		return c.Next()
	}
}

// bounded gives everything a handler calls the same last moment.
func bounded(most time.Duration) fiber.Handler {
	return func(c *fiber.Ctx) error {
		ctx, cancel := context.WithTimeout(c.UserContext(), most)
		defer cancel()
		c.SetUserContext(ctx)
		return c.Next()
	}
}

// plainRequest refuses what no browser of ours sends: a packed body (one megabyte of gzip
// becomes a gigabyte), another content type, an address that is no text. What a POST says
// stands in its body: its query is dropped.
func plainRequest(c *fiber.Ctx) error {
	if c.Get(fiber.HeaderContentEncoding) != "" {
		return fiber.ErrUnsupportedMediaType
	}
	address, err := url.PathUnescape(string(c.Request().URI().PathOriginal()))
	if err != nil || !utf8.ValidString(address) || strings.ContainsRune(address, 0) {
		return fiber.ErrNotFound
	}
	if c.Method() != fiber.MethodPost {
		return c.Next()
	}
	kind, _, _ := strings.Cut(c.Get(fiber.HeaderContentType), ";")
	file := kind == fiber.MIMEMultipartForm && takesFiles(c.Path())
	if len(c.Body()) > 0 && kind != fiber.MIMEApplicationForm && !file {
		return fiber.ErrUnsupportedMediaType
	}
	c.Request().URI().SetQueryString("")
	return c.Next()
}

// sameOrigin refuses a change that another site's page asks for (Fetch Metadata, and
// Origin for browsers without it). No token stands in any page, so that a form kept by an
// offline phone still works later.
func sameOrigin(origin string) fiber.Handler {
	protection := http.NewCrossOriginProtection()
	return func(c *fiber.Ctx) error {
		h := http.Header{}
		for _, name := range []string{"Origin", "Sec-Fetch-Site"} {
			if v := c.Get(name); v != "" {
				h.Set(name, v)
			}
		}
		r := &http.Request{Method: c.Method(), Header: h, Host: string(c.Request().Host())}
		if h.Get("Origin") != origin && protection.Check(r) != nil {
			return fiber.ErrForbidden
		}
		return c.Next()
	}
}

// quiet marks pages that leave no trace on the device.
func quiet(c *fiber.Ctx) {
	c.Set("Cache-Control", "no-store")
}
