package server

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/jackc/pgx/v5/pgconn"

	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

const secret = "Fatoumata" // stands in errors and bodies, and may stand in no answer and no log

// guarded is an app with every guard and a few handlers that misbehave.
func guarded(t *testing.T, log io.Writer) *fiber.App {
	t.Helper()
	logger := slog.New(slog.NewTextHandler(log, nil))
	languages, err := page.NewLanguages(time.Now, logger)
	if err != nil {
		t.Fatal(err)
	}
	f := failure{log: logger, languages: languages}
	app := fiber.New(fiber.Config{Immutable: true, BodyLimit: bodyLimit, ErrorHandler: f.answer, DisableStartupMessage: true})
	guard(app, Settings{Origin: "https://lien.example"}, Parts{
		Sessions: session.NewSessions(nil, nil, session.Cookies{Secure: true}, time.Now), Languages: languages, Log: logger,
	})
	app.Get("/fine", func(c *fiber.Ctx) error { return c.SendString("fine") })
	app.Post("/fine", func(c *fiber.Ctx) error { return c.SendString(c.FormValue("a") + c.Query("a")) })
	app.Get("/panic", func(*fiber.Ctx) error { panic(secret) })
	app.Get("/broken", func(*fiber.Ctx) error {
		return fmt.Errorf("reading: %w", &pgconn.PgError{Code: "22P02", Message: "invalid input: " + secret})
	})
	app.Get("/unread", func(*fiber.Ctx) error { return fmt.Errorf("column 3: cannot read %q as a date", secret) })
	app.Get("/missing", func(*fiber.Ctx) error { return rule.ErrNotFound })
	app.Get("/forbidden", func(*fiber.Ctx) error { return rule.ErrForbidden })
	app.Get("/moved", func(*fiber.Ctx) error { return fmt.Errorf("confirming: %w", rule.ErrMoved) })
	app.Get("/invalid", func(*fiber.Ctx) error { return rule.Broken("a", "rule.missing") })
	return app
}

func ask(t *testing.T, app *fiber.App, r *http.Request) (*http.Response, string) {
	t.Helper()
	resp, err := app.Test(r, -1)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(body)
}

func TestAnErrorNeverShowsWhatWentWrongInside(t *testing.T) {
	for path, want := range map[string]int{
		"/panic": 500, "/broken": 500, "/unread": 500, "/missing": 404, "/forbidden": 404, "/moved": 409, "/invalid": 422, "/%ff": 404, "/a%00b": 404,
	} {
		var log bytes.Buffer
		app := guarded(t, &log)
		resp, body := ask(t, app, httptest.NewRequest("GET", path, nil))
		if resp.StatusCode != want {
			t.Errorf("%s answered %d, want %d", path, resp.StatusCode, want)
		}
		if strings.Contains(body, secret) || strings.Contains(log.String(), secret) {
			t.Errorf("%s told what went wrong inside", path)
		}
		if !strings.Contains(body, "<h1>") || !strings.Contains(body, `lang="fr"`) {
			t.Errorf("%s answered no page in the reader's language", path)
		}
	}
}

func TestWhatOneMayNotSeeAnswersLikeWhatIsNotThere(t *testing.T) {
	app := guarded(t, io.Discard)
	_, missing := ask(t, app, httptest.NewRequest("GET", "/missing", nil))
	_, forbidden := ask(t, app, httptest.NewRequest("GET", "/forbidden", nil))
	if strings.ReplaceAll(missing, "/missing", "") != strings.ReplaceAll(forbidden, "/forbidden", "") {
		t.Error("a forbidden page can be told from a missing one")
	}
}

func TestEveryAnswerCarriesTheSameProtection(t *testing.T) {
	app := guarded(t, io.Discard)
	for _, path := range []string{"/fine", "/missing", "/panic", "/nowhere"} {
		resp, _ := ask(t, app, httptest.NewRequest("GET", path, nil))
		policy := resp.Header.Get("Content-Security-Policy")
		if !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
			t.Errorf("%s: policy %q", path, policy)
		}
		for name, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cross-Origin-Opener-Policy": "same-origin",
			"Strict-Transport-Security": "max-age=63072000; includeSubDomains",
		} {
			if got := resp.Header.Get(name); got != want {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
	}
}

func TestAPackedBodyIsRefusedBeforeItIsUnpacked(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	fmt.Fprint(z, "a=", strings.Repeat("x", 1<<20))
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest("POST", "/fine", &packed)
	r.Header.Set("Content-Encoding", "gzip")
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if resp, _ := ask(t, guarded(t, io.Discard), r); resp.StatusCode != http.StatusUnsupportedMediaType {
		t.Errorf("answered %d", resp.StatusCode)
	}
}

func TestAnotherSiteCannotAskForAChange(t *testing.T) {
	app := guarded(t, io.Discard)
	for _, c := range []struct {
		name, value string
		want        int
	}{
		{"Origin", "https://evil.example", 403},
		{"Sec-Fetch-Site", "cross-site", 403},
		{"Sec-Fetch-Site", "same-site", 403},
		{"Sec-Fetch-Site", "same-origin", 200},
		{"Origin", "https://lien.example", 200},
	} {
		r := httptest.NewRequest("POST", "/fine", strings.NewReader("a=1"))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set(c.name, c.value)
		if resp, _ := ask(t, app, r); resp.StatusCode != c.want {
			t.Errorf("%s: %s answered %d, want %d", c.name, c.value, resp.StatusCode, c.want)
		}
	}
}

func TestAFormIsWhatItsBodySays(t *testing.T) {
	app := guarded(t, io.Discard)
	r := httptest.NewRequest("POST", "/fine?a=query", strings.NewReader("a=body"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if _, body := ask(t, app, r); body != "body" {
		t.Errorf("the handler read %q", body)
	}
	r = httptest.NewRequest("POST", "/fine", strings.NewReader(`{"a":"json"}`))
	r.Header.Set("Content-Type", "application/json")
	if resp, _ := ask(t, app, r); resp.StatusCode != http.StatusUnsupportedMediaType {
		t.Errorf("a JSON body answered %d", resp.StatusCode)
	}
}

func TestTheLogNamesTheRouteAndNeverTheAddress(t *testing.T) {
	var log bytes.Buffer
	app := guarded(t, &log)
	ask(t, app, httptest.NewRequest("GET", "/fine?name="+secret, nil))
	ask(t, app, httptest.NewRequest("GET", "/"+secret, nil))
	if strings.Contains(log.String(), secret) {
		t.Errorf("the log holds an address: %s", log.String())
	}
	if !strings.Contains(log.String(), "route=/fine") {
		t.Errorf("the log does not name the route: %s", log.String())
	}
}

func TestWhatTakesTooLongIsAskedToComeBack(t *testing.T) {
	if got := statusOf(fmt.Errorf("asking: %w", context.DeadlineExceeded)); got != http.StatusServiceUnavailable {
		t.Errorf("a request out of time answers %d", got)
	}
}
