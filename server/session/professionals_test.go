package session_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"
	"github.com/pquerna/otp/totp"

	"lien/rule"
	"lien/server/session"
	"lien/support"
)

const password = "les iris au printemps"

func inès() session.Account {
	return session.Account{Email: "Ines@Example.org", Name: "Inès", Function: support.Caseworker, Language: "fr"}
}

// administrator is the first account, with a session.
func (h *house) administrator() session.Actor {
	h.t.Helper()
	id, _, err := h.professionals.Found(h.t.Context(), session.Account{Email: "a@example.org", Name: "Anne", Language: "fr"})
	must(h.t, err)
	path, err := h.links.ForProfessional(h.t.Context(), id, time.Hour)
	must(h.t, err)
	opened, err := h.links.Enter(h.t.Context(), strings.TrimPrefix(path, "/pro/sign-in/"))
	must(h.t, err)
	actor, err := h.sessions.Find(h.t.Context(), session.Professional, opened.Token)
	must(h.t, err)
	return actor
}

// first makes a caseworker who has been through their first sign-in.
func (h *house) first(by session.Actor) (id uuid.UUID, secret string, in session.Opened) {
	h.t.Helper()
	ctx := h.t.Context()
	id, path, err := h.professionals.Create(ctx, by, inès())
	must(h.t, err)
	token := strings.TrimPrefix(path, "/pro/first/")
	link, err := h.links.Look(ctx, session.AFirst, token)
	must(h.t, err)
	secret = h.professionals.SecondFactor(link).Secret
	in, err = h.professionals.First(ctx, link, token, password, password, h.code(secret))
	must(h.t, err)
	_, err = h.professionals.First(ctx, link, token, password, password, h.code(secret))
	wants(h.t, err, rule.ErrNotFound)
	return id, secret, in
}

func (h *house) code(secret string) string {
	h.t.Helper()
	code, err := totp.GenerateCode(secret, h.now)
	must(h.t, err)
	return code
}

func TestACodeOfTheSecondFactorCountsOnce(t *testing.T) {
	h := opened(t)
	_, secret, _ := h.first(h.administrator())
	_, err := h.professionals.SignIn(t.Context(), "ines@example.org", password, h.code(secret))
	breaks(t, err, "password", "signin.wrong") // the first sign-in has used it

	h.now = h.now.Add(time.Minute)
	code := h.code(secret)
	var group sync.WaitGroup
	errs := make([]error, 3)
	for n := range errs {
		group.Go(func() { _, errs[n] = h.professionals.SignIn(t.Context(), " INES@example.org", password, code) })
	}
	group.Wait()
	in := 0
	for _, err := range errs {
		if err == nil {
			in++
		}
	}
	if in != 1 {
		t.Errorf("one code opened %d sessions", in)
	}
}

func TestWhateverIsWrongTheAnswerIsTheSame(t *testing.T) {
	h := opened(t)
	_, secret, _ := h.first(h.administrator())
	h.now = h.now.Add(time.Minute)
	for _, try := range [][3]string{
		{"ines@example.org", "not her password", h.code(secret)},
		{"ines@example.org", password, "000000"},
		{"ines@example.org", password, "\x00"},
		{"nobody@example.org", password, h.code(secret)},
		{"a@example.org", "", ""}, // an account without a password yet
	} {
		_, err := h.professionals.SignIn(t.Context(), try[0], try[1], try[2])
		breaks(t, err, "password", "signin.wrong")
	}
	_, err := h.professionals.SignIn(t.Context(), "ines@example.org\x00", password, "")
	breaks(t, err, "email", "rule.unreadable")
}

func TestAPasswordIsTheSameHoweverAKeyboardComposesIt(t *testing.T) {
	h := opened(t)
	composed, taken := "la forêt d’Orléans brûlée", "la fore\u0302t d’Orle\u0301ans bru\u0302le\u0301e"
	_, path, err := h.professionals.Create(t.Context(), h.administrator(), session.Account{
		Email: "ines@example.org", Name: "Inès", Function: support.Caseworker, Language: "fr",
	})
	must(t, err)
	token := strings.TrimPrefix(path, "/pro/first/")
	link, err := h.links.Look(t.Context(), session.AFirst, token)
	must(t, err)
	secret := h.professionals.SecondFactor(link).Secret
	_, err = h.professionals.First(t.Context(), link, token, composed, taken, h.code(secret))
	must(t, err)
	h.now = h.now.Add(time.Minute)
	_, err = h.professionals.SignIn(t.Context(), "ines@example.org", taken, h.code(secret))
	must(t, err)
}

func TestWrongPasswordsShutNobodyOutAndWrongCodesWait(t *testing.T) {
	h := opened(t)
	_, secret, _ := h.first(h.administrator())
	h.now = h.now.Add(time.Minute)
	for range 8 {
		_, err := h.professionals.SignIn(t.Context(), "ines@example.org", "not her password", "000000")
		breaks(t, err, "password", "signin.wrong")
	}
	_, err := h.professionals.SignIn(t.Context(), "ines@example.org", password, h.code(secret))
	must(t, err)
	for range 5 {
		_, err := h.professionals.SignIn(t.Context(), "ines@example.org", password, "000000")
		breaks(t, err, "password", "signin.wrong")
	}
	h.now = h.now.Add(31 * time.Second)
	_, err = h.professionals.SignIn(t.Context(), "ines@example.org", password, h.code(secret))
	breaks(t, err, "password", "signin.wrong")
	h.now = h.now.Add(time.Minute)
	_, err = h.professionals.SignIn(t.Context(), "ines@example.org", password, h.code(secret))
	must(t, err)
}

func TestProfessionalsSessionsEndAfterAQuarterOfAnHourAtRest(t *testing.T) {
	h := opened(t)
	_, _, in := h.first(h.administrator())
	for range 60 { // fourteen hours of work
		h.now = h.now.Add(14 * time.Minute)
		if _, err := h.sessions.Find(t.Context(), session.Professional, in.Token); err != nil {
			wants(t, err, rule.ErrNotFound)
			break
		}
	}
	if since := h.now.Sub(in.Ends); since < 0 || since > 15*time.Minute {
		t.Errorf("ended %v after its absolute end", since)
	}
}

func TestAnEndedProfessionalIsOutAtOnce(t *testing.T) {
	h := opened(t)
	boss := h.administrator()
	id, secret, in := h.first(boss)
	wants(t, h.professionals.End(t.Context(), boss, boss.Account), rule.ErrForbidden)
	worker, err := h.sessions.Find(t.Context(), session.Professional, in.Token)
	must(t, err)
	wants(t, h.professionals.End(t.Context(), worker, boss.Account), rule.ErrForbidden)
	must(t, h.professionals.End(t.Context(), boss, id))
	_, err = h.sessions.Find(t.Context(), session.Professional, in.Token)
	wants(t, err, rule.ErrNotFound)
	h.now = h.now.Add(time.Minute)
	_, err = h.professionals.SignIn(t.Context(), "ines@example.org", password, h.code(secret))
	breaks(t, err, "password", "signin.wrong")
}

func TestALostSecondFactorIsRenewedByAnAdministrator(t *testing.T) {
	h := opened(t)
	boss := h.administrator()
	id, secret, in := h.first(boss)
	path, err := h.professionals.Renew(t.Context(), boss, id)
	must(t, err)
	_, err = h.sessions.Find(t.Context(), session.Professional, in.Token)
	wants(t, err, rule.ErrNotFound)
	link, err := h.links.Look(t.Context(), session.AFirst, strings.TrimPrefix(path, "/pro/first/"))
	must(t, err)
	if h.professionals.SecondFactor(link).Secret == secret {
		t.Error("the second factor is the lost one")
	}
}

func TestOnlyAnAdministratorMakesAccounts(t *testing.T) {
	h := opened(t)
	boss := h.administrator()
	_, _, in := h.first(boss)
	worker, err := h.sessions.Find(t.Context(), session.Professional, in.Token)
	must(t, err)
	_, _, err = h.professionals.Create(t.Context(), worker, inès())
	wants(t, err, rule.ErrForbidden)
	_, _, err = h.professionals.Found(t.Context(), inès())
	wants(t, err, rule.ErrMoved)
	_, _, err = h.professionals.Create(t.Context(), boss, inès())
	breaks(t, err, "email", "signin.email.taken")
	for _, odd := range []string{"ines", "Inès <a@b.fr>", "a@b\u202e.fr"} {
		who := inès()
		who.Email = odd
		if _, _, err := h.professionals.Create(t.Context(), boss, who); err == nil {
			t.Errorf("%q was taken for an address", odd)
		}
	}
}

func TestAProfessionalReadsInTheLanguageTheyChose(t *testing.T) {
	h := opened(t)
	_, _, in := h.first(h.administrator())
	me, err := h.sessions.Find(t.Context(), session.Professional, in.Token)
	must(t, err)
	must(t, h.professionals.Speak(t.Context(), me, "ar"))
	breaks(t, h.professionals.Speak(t.Context(), me, "tlh"), "language", "rule.choose")
	me, err = h.sessions.Find(t.Context(), session.Professional, in.Token)
	must(t, err)
	if me.Lang != "ar" {
		t.Errorf("got %q", me.Lang)
	}
}

func TestPasswordsAreLongAndNotWellKnown(t *testing.T) {
	h := opened(t)
	_, path, err := h.professionals.Create(t.Context(), h.administrator(), inès())
	must(t, err)
	token := strings.TrimPrefix(path, "/pro/first/")
	link, err := h.links.Look(t.Context(), session.AFirst, token)
	must(t, err)
	code := h.code(h.professionals.SecondFactor(link).Secret)
	for typed, key := range map[string]string{
		"short":                    "signin.password.short",
		"motdepasse123":            "signin.password.known",
		"azertyqwerty123456":       "signin.password.known",
		"aaaaaaaaaaaaaaaaaa":       "signin.password.known",
		"les iris\x00 printemps":   "rule.unreadable",
		strings.Repeat("ab c", 40): "rule.too_long",
	} {
		_, err := h.professionals.First(t.Context(), link, token, typed, typed, code)
		breaks(t, err, "password", key)
	}
	_, err = h.professionals.First(t.Context(), link, token, password, password+" ", code)
	breaks(t, err, "again", "signin.password.differs")
	_, err = h.professionals.First(t.Context(), link, token, password, password, "000000")
	breaks(t, err, "code", "signin.code.wrong")
}

func TestAPageThatWatchesByItselfKeepsNoSessionAwake(t *testing.T) {
	h := opened(t)
	_, _, in := h.first(h.administrator())
	app := fiber.New()
	app.Use(h.sessions.Middleware)
	app.Get("/pro", func(c *fiber.Ctx) error { return c.SendStatus(200 + int(session.Of(c).Kind)) })
	kind := func(watching string) session.Kind {
		r := httptest.NewRequest(http.MethodGet, "/pro", nil)
		r.Header.Set("Cookie", "professional="+in.Token)
		r.Header.Set("X-Watching", watching)
		answer, err := app.Test(r, -1)
		must(t, err)
		return session.Kind(answer.StatusCode - 200)
	}
	for _, watching := range []string{"yes", "yes", ""} {
		h.now = h.now.Add(7 * time.Minute)
		if got := kind(watching); got != session.Professional && watching != "" {
			t.Errorf("the session ended too early: %v", got)
		}
	}
	if got := kind(""); got != session.Nobody {
		t.Errorf("after 21 minutes of nobody the session is open: %v", got)
	}
}
