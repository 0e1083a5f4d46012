// Package server is where a person or a browser meets the house: the app, the one table
// of routes with who may call each, the guards before every handler, and the page that
// says what went wrong. It wires; the pages live in coopweb, ownweb and supportweb, and
// every rule lives below them.
package server

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"lien/server/assemblyweb"
	"lien/server/coopweb"
	"lien/server/live"
	"lien/server/ownweb"
	"lien/server/page"
	"lien/server/session"
	"lien/server/sharingweb"
	"lien/server/supportweb"
)

// Settings are what the server must be told about where it stands.
type Settings struct {
	Origin         string   // scheme and host that people type, without a path
	TrustedProxies []string // addresses whose X-Forwarded-For is believed
}

// Parts are what the routes call. All are needed.
type Parts struct {
	Coop      *coopweb.Web
	Assembly  *assemblyweb.Web
	Sharing   *sharingweb.Web
	Own       *ownweb.Web
	Support   *supportweb.Web
	Sessions  *session.Sessions
	Languages *page.Languages
	Hub       *live.Hub
	Ready     func(context.Context) error // an error when requests cannot be served
	Now       func() time.Time
	Log       *slog.Logger
}

// The limits of one request. A form is small; what is larger is refused before it is read.
const (
	bodyLimit    = 256 << 10
	readTimeout  = 10 * time.Second
	writeTimeout = 15 * time.Second
	idleTimeout  = 60 * time.Second
	workTimeout  = 10 * time.Second
	connections  = 64 << 10
)

// New returns the app with every guard and route in place.
func New(s Settings, p Parts) *fiber.App {
	f := failure{log: p.Log, languages: p.Languages}
	app := fiber.New(fiber.Config{
		AppName:                      "lien",
		DisableStartupMessage:        true,
		Immutable:                    true, // parameters outlive the handler
		StrictRouting:                true,
		CaseSensitive:                true,
		BodyLimit:                    bodyLimit,
		Concurrency:                  connections,
		ReadTimeout:                  readTimeout,
		WriteTimeout:                 writeTimeout,
		IdleTimeout:                  idleTimeout,
		DisablePreParseMultipartForm: true, // a photo never touches the disk before it is made anew
		EnableTrustedProxyCheck:      true,
		TrustedProxies:               s.TrustedProxies,
		ProxyHeader:                  fiber.HeaderXForwardedFor,
		EnableIPValidation:           true,
		ErrorHandler:                 f.answer,
	})
	app.Server().KeepHijackedConns = true // sockets are the hub's, not the HTTP server's
	app.Server().HeaderReceived = readMore(p.Sessions.OfResident, session.Cookies{Secure: strings.HasPrefix(s.Origin, "https://")})
	guard(app, s, p)
	for _, r := range Routes(app, s, p) {
		app.Add(r.Method, r.Path, gate(r.May, p), r.Handler)
		if r.Method == get && r.May == Anyone { // watchers and link previews ask for the head alone
			app.Add(fiber.MethodHead, r.Path, gate(r.May, p), r.Handler)
		}
	}
	app.Use(func(*fiber.Ctx) error { return fiber.ErrNotFound })
	return app
}
