package server

import (
	"context"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"lien/server/coopweb"
	"lien/server/page"
)

// Route is one line of the table: a method and a path, who may call it, and what answers.
type Route struct {
	Method, Path string
	May          May
	Handler      fiber.Handler
}

const (
	get  = fiber.MethodGet
	post = fiber.MethodPost
)

// Routes is every address of the house, area by area. What is not in this table does not
// exist.
func Routes(app *fiber.App, s Settings, p Parts) []Route {
	return slices.Concat(houseRoutes(app, s, p), residentRoutes(p), neighbourRoutes(p), assemblyRoutes(p), hourRoutes(p), deskRoutes(p), supportRoutes(p))
}

// houseRoutes are the house itself, and the socket that keeps its boards live.
func houseRoutes(app *fiber.App, s Settings, p Parts) []Route {
	return []Route{
		{get, "/healthz", Anyone, healthy},
		{get, "/readyz", Anyone, ready(p.Ready)},
		{get, "/assets/:name", Anyone, page.ServeAsset},
		{post, "/language", Anyone, page.Speak(strings.HasPrefix(s.Origin, "https://"))},
		{get, "/live", Resident, p.Hub.Upgrade(app, coopweb.ReaderOf)},
	}
}

// healthy answers while the process lives.
func healthy(c *fiber.Ctx) error {
	return c.SendString("ok\n")
}

// ready answers 200 when the house can serve.
func ready(check func(context.Context) error) fiber.Handler {
	return func(c *fiber.Ctx) error {
		if err := check(c.UserContext()); err != nil {
			return fiber.ErrServiceUnavailable
		}
		return c.SendString("ready\n")
	}
}
