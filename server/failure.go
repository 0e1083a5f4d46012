package server

import (
	"context"
	"errors"
	"log/slog"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/jackc/pgx/v5/pgconn"

	"lien/rule"
	"lien/server/page"
)

// failure turns an error into the one error page: a sentence in the reader's language
// that says what to do next, never the error's own text.
type failure struct {
	log       *slog.Logger
	languages *page.Languages
}

// answer is the app's error handler. What is nobody's fault but ours is logged with the
// number that the page shows.
func (f failure) answer(c *fiber.Ctx, err error) error {
	status := statusOf(err)
	if status >= fiber.StatusInternalServerError {
		f.log.Error("failed", "id", requestID(c), "route", c.Route().Path, "error", cause(err))
	}
	c.Set("Cache-Control", "no-store")
	return page.ShowFailure(c, f.languages, status, requestID(c))
}

// statusOf maps what the rules say onto HTTP. What one may not do answers like what is
// not there, so that nobody learns from it.
func statusOf(err error) int {
	var invalid *rule.Invalid
	var fiberError *fiber.Error
	switch {
	case errors.Is(err, rule.ErrNotFound), errors.Is(err, rule.ErrForbidden):
		return fiber.StatusNotFound
	case errors.Is(err, rule.ErrMoved):
		return fiber.StatusConflict
	case errors.As(err, &invalid):
		return fiber.StatusUnprocessableEntity
	case errors.As(err, &fiberError):
		return fiberError.Code
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return fiber.StatusServiceUnavailable
	}
	return fiber.StatusInternalServerError
}

// cause says what failed without what was in it: PostgreSQL repeats values in its
// messages, so only its code and the constraint's name are kept, and Go's own errors quote
// what they could not read.
func cause(err error) string {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return "sqlstate " + pg.Code + " " + pg.ConstraintName
	}
	parts := strings.Split(err.Error(), `"`)
	for n := 1; n < len(parts); n += 2 {
		parts[n] = "…"
	}
	return strings.Join(parts, `"`)
}
