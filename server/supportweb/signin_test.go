package supportweb_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/gofiber/fiber/v2"
	"github.com/pquerna/otp/totp"

	"lien/coop/membership"
	"lien/database"
	"lien/database/dbtest"
	"lien/seal"
	"lien/server/page"
	"lien/server/session"
	"lien/server/supportweb"
)

// door is the professionals' entrance with real cookies.
type door struct {
	t       *testing.T
	db      *database.Handles
	at      time.Time
	app     *fiber.App
	web     *supportweb.Web
	cookies map[string]string
}

func (d *door) now() time.Time { return d.at }

// fails says which keys no catalogue has.
type fails struct{ t *testing.T }

func (f fails) Write(line []byte) (int, error) {
	f.t.Errorf("%s", line)
	return len(line), nil
}

func newDoor(t *testing.T) *door {
	t.Helper()
	db := dbtest.Open(t)
	d := &door{t: t, db: db, at: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), cookies: map[string]string{"lang": "fr"}}
	keys, err := seal.Generate()
	d.must(err)
	sealer, err := seal.New(keys)
	d.must(err)
	hasher, err := session.NewHasher()
	d.must(err)
	languages, err := page.NewLanguages(d.now, slog.New(slog.NewTextHandler(fails{t}, nil)))
	d.must(err)
	members := membership.NewMembers(db.Coop, d.now)
	sessions := session.NewSessions(db.Account, members, session.Cookies{}, d.now)
	d.web = &supportweb.Web{Entrance: supportweb.Entrance{
		Professionals: session.NewProfessionals(db.Account, hasher, sealer, d.now),
		Links:         session.NewLinks(db.Account, members, hasher, d.now),
		Sessions:      sessions,
		Guesses:       session.NewThrottle(5, 0, time.Minute, d.now),
	}}
	d.app = fiber.New(fiber.Config{DisableStartupMessage: true, Immutable: true})
	d.app.Use(sessions.Middleware, languages.Middleware)
	d.app.Get("/pro/sign-in", d.web.ShowSignIn).Post("/pro/sign-in", d.web.SignIn)
	d.app.Get("/pro/first/:token", d.web.ShowFirst).Post("/pro/first/:token", d.web.First)
	d.app.Get("/pro/sign-in/:token", d.web.ShowLink).Post("/pro/sign-in/:token", d.web.FollowLink)
	d.app.Post("/pro/sign-out", d.web.SignOut)
	return d
}

func (d *door) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *door) asks(method, path string, form url.Values) (*goquery.Document, int, string) {
	d.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	r.Header.Set(fiber.HeaderContentType, fiber.MIMEApplicationForm)
	for name, value := range d.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	answer, err := d.app.Test(r, -1)
	d.must(err)
	defer answer.Body.Close()
	for _, c := range answer.Cookies() {
		d.cookies[c.Name] = c.Value
	}
	doc, err := goquery.NewDocumentFromReader(answer.Body)
	d.must(err)
	return doc, answer.StatusCode, answer.Header.Get(fiber.HeaderLocation)
}

func TestAProfessionalPreparesTwoFactorsAndSignsIn(t *testing.T) {
	d := newDoor(t)
	_, path, err := d.web.Entrance.Professionals.Found(t.Context(), session.Account{Email: "anne@example.org", Name: "Anne", Language: "fr"})
	d.must(err)
	shown, status, _ := d.asks(http.MethodGet, path, nil)
	secret := strings.ReplaceAll(strings.TrimSpace(shown.Find(".address").Text()), " ", "")
	if again, _, _ := d.asks(http.MethodGet, path, nil); status != http.StatusOK || strings.ReplaceAll(strings.TrimSpace(again.Find(".address").Text()), " ", "") != secret {
		t.Fatal("looking twice shows another key")
	}
	code, err := totp.GenerateCode(secret, d.at)
	d.must(err)
	const password = "les iris au printemps"
	_, status, led := d.asks(http.MethodPost, path, url.Values{"password": {password}, "again": {password}, "code": {code}})
	if status != http.StatusSeeOther || led != "/pro" {
		t.Fatalf("got %d to %q", status, led)
	}
	if _, _, led = d.asks(http.MethodPost, "/pro/sign-out", nil); led != "/pro/sign-in" || d.cookies["professional"] != "" {
		t.Errorf("signed out to %q", led)
	}
	d.at = d.at.Add(time.Minute)
	code, err = totp.GenerateCode(secret, d.at)
	d.must(err)
	form := url.Values{"email": {"anne@example.org"}, "password": {password}, "code": {code}, "next": {"https://evil.example/pro/"}}
	if _, status, led = d.asks(http.MethodPost, "/pro/sign-in", form); status != http.StatusSeeOther || led != "/pro" {
		t.Errorf("got %d to %q", status, led)
	}
}

func TestASignInThatFailsTellsNothingAndIsSlowedDown(t *testing.T) {
	d := newDoor(t)
	_, _, err := d.web.Entrance.Professionals.Found(t.Context(), session.Account{Email: "anne@example.org", Name: "Anne", Language: "fr"})
	d.must(err)
	said := map[string]bool{}
	for _, email := range []string{"anne@example.org", "nobody@example.org"} {
		doc, status, _ := d.asks(http.MethodPost, "/pro/sign-in", url.Values{"email": {email}, "password": {"not the password"}, "code": {"000000"}})
		if status != http.StatusUnprocessableEntity || doc.Find("#email").AttrOr("value", "") != email {
			t.Errorf("%s: got %d", email, status)
		}
		said[strings.ReplaceAll(doc.Find("main").Text(), email, "")] = true
	}
	if len(said) != 1 {
		t.Error("known and unknown addresses are told apart")
	}
	for range 4 {
		d.asks(http.MethodPost, "/pro/sign-in", url.Values{"email": {"x"}})
	}
	if _, status, _ := d.asks(http.MethodPost, "/pro/sign-in", url.Values{"email": {"anne@example.org"}}); status != http.StatusTooManyRequests {
		t.Errorf("after six misses: got %d", status)
	}
}
