package ownweb_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/gofiber/fiber/v2"

	"lien/coop/event"
	"lien/coop/participation"
	"lien/rule"
	"lien/server/ownweb"
	"lien/server/page"
	"lien/server/session"
	"lien/server/supportweb"
	"lien/support"
	"lien/support/bond"
)

// desk is a professional's screen.
func (h *house) desk(actor support.Actor, name string) *fiber.App {
	h.t.Helper()
	w := &supportweb.Web{Origin: "https://lien.test", Cases: h.cases, Door: h.referent}
	return h.screen(session.Actor{Kind: session.Professional, Account: actor.Worker.UUID, Name: name, Lang: "fr", Worker: actor.Worker, Function: actor.Function}, func(app *fiber.App) {
		app.Get("/pro", w.ShowToday)
		app.Get("/pro/cases", w.ShowCases)
		app.Get("/pro/cases/:id", w.ShowCase)
		app.Post("/pro/cases/:id/contacts", w.NoteContact)
		app.Post("/pro/cases/:id/appointments", w.Appoint)
		app.Get("/pro/cases/:id/note", w.NewNote)
		app.Post("/pro/cases/:id/note", w.WriteNote)
		app.Get("/pro/cases/:id/close", w.AskClose)
		app.Post("/pro/cases/:id/close", w.CloseCase)
		app.Get("/pro/cases/:id/bond/:person", w.ShowBond)
		app.Get("/pro/cases/:id/bond/:person/state", w.ShowBondState)
		app.Post("/pro/cases/:id/bond/:person/code", w.GiveCode)
	})
}

// phone is a resident's private area.
func (h *house) phone(o ownweb.Owner, lang string) *fiber.App {
	h.t.Helper()
	w := &ownweb.Web{Door: h.door, Participation: participation.New(h.db.Coop), Events: event.NewEvents(h.db.Coop, h.now, nil), Nets: h.nets}
	actor := session.Actor{Kind: session.Resident, Account: o.Resident, Name: "Fatoumata", Lang: lang, Active: true, Cooperative: o.Member.Cooperative, Member: o.Member.Member}
	return h.screen(actor, func(app *fiber.App) {
		app.Get("/private", w.ShowPrivate)
		app.Get("/private/code", w.ShowCode)
		app.Post("/private/code", w.Redeem)
		app.Get("/private/share", w.ShowShare)
		app.Get("/private/share/print", w.PrintShare)
		app.Post("/private/share/:scope/open", w.Consent)
		app.Post("/private/share/:scope/close", w.Withdraw)
		app.Post("/private/withdraw", w.WithdrawAll)
		app.Post("/private/moments", w.Pick)
		app.Get("/private/looked", w.ShowLooked)
		app.Get("/private/net", w.ShowNet)
		app.Post("/private/net", w.SetNet)
		app.Post("/private/net/find", w.FindWhom)
		app.Post("/private/net/down", w.TakeNetDown)
	})
}

func (h *house) screen(actor session.Actor, routes func(*fiber.App)) *fiber.App {
	h.t.Helper()
	languages, err := page.NewLanguages(h.now, slog.New(slog.NewTextHandler(missing{h.t}, nil)))
	must(h.t, err)
	app := fiber.New(fiber.Config{DisableStartupMessage: true, Immutable: true, ErrorHandler: func(c *fiber.Ctx, err error) error {
		return c.Status(fiber.StatusTeapot).SendString(err.Error())
	}})
	app.Use(func(c *fiber.Ctx) error {
		session.Remember(c, actor)
		return c.Next()
	}, languages.Middleware)
	routes(app)
	return app
}

// missing fails the test when a page asks for a sentence that no catalogue has.
type missing struct{ t *testing.T }

func (m missing) Write(line []byte) (int, error) {
	m.t.Errorf("%s", line)
	return len(line), nil
}

func asks(t *testing.T, app *fiber.App, r *http.Request) (int, string) {
	t.Helper()
	answer, err := app.Test(r, -1)
	must(t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	must(t, err)
	return answer.StatusCode, string(body)
}

func opens(t *testing.T, app *fiber.App, path string) string {
	t.Helper()
	status, body := asks(t, app, httptest.NewRequest(http.MethodGet, path, nil))
	if status != http.StatusOK {
		t.Fatalf("%s: got %d %s", path, status, body)
	}
	return body
}

func sends(t *testing.T, app *fiber.App, path string, form url.Values) (int, string) {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set(fiber.HeaderContentType, fiber.MIMEApplicationForm)
	return asks(t, app, r)
}

func (of household) path() string { return "/pro/cases/" + of.Case.String() }
func (of household) bond() string { return of.path() + "/bond/" + of.Person.String() }

var ids = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)

// TestTheNeutralPageIsTheSameToTheLastByte compares whole case pages, the panel alone and
// its mark, for every reason why there is nothing to see. Only ids are set aside.
func TestTheNeutralPageIsTheSameToTheLastByte(t *testing.T) {
	h := newHouse(t)
	homes := map[string]household{"never met": h.household(h.claire)}
	joined := func(why string, active bool, scopes ...bond.Scope) ownweb.Owner {
		o, home := h.member(active), h.household(h.claire)
		homes[why] = home
		h.joins(o, home, h.claire)
		h.consents(o, scopes...)
		return o
	}
	joined("never asked", true)
	must(t, h.door.WithdrawAll(t.Context(), joined("withdrawn", true, bond.Scopes()...)))
	joined("lapsed", true, bond.Scopes()...)
	gone := joined("not a member", true, bond.Scopes()...)
	h.sql(`UPDATE coop.members SET state = 'left' WHERE id = ?`, gone.Member.Member)
	sharing := joined("sharing", true)
	nothing := joined("nothing to show", false)
	h.later(190 * 24 * time.Hour)
	h.consents(nothing, bond.ScopeSummary, bond.ScopeMonthly, bond.ScopeHighlights)
	h.consents(sharing, bond.ScopeSummary)

	claire := h.desk(h.claire, "Claire Vasseur")
	bare := func(text string) string { return ids.ReplaceAllString(text, "ID") }
	want := [3]string{}
	for why, home := range homes {
		got := [3]string{bare(opens(t, claire, home.path())), bare(opens(t, claire, home.bond())), opens(t, claire, home.bond()+"/state")}
		if why == "sharing" {
			if !strings.Contains(got[0], `Membre depuis`) || got[2] == "none" {
				t.Errorf("sharing shows nothing: mark %q", got[2])
			}
			continue
		}
		if want[0] == "" {
			want = got
		}
		if got != want {
			t.Errorf("%s differs", why)
		}
	}
	if want[2] != "none" || !strings.Contains(want[0], "Rien n’est affiché ici.") {
		t.Errorf("the neutral state: mark %q", want[2])
	}
}

func TestAWithdrawalEmptiesAnOpenPage(t *testing.T) {
	h := newHouse(t)
	awa, home := h.member(true), h.household(h.claire)
	h.joins(awa, home, h.claire)
	phone, claire := h.phone(awa, "fr"), h.desk(h.claire, "Claire Vasseur")
	if status, body := sends(t, phone, "/private/share/monthly/open", url.Values{"since": {"past"}}); status != http.StatusSeeOther {
		t.Fatalf("got %d %s", status, body)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(opens(t, claire, home.path())))
	must(t, err)
	panel := doc.Find("[data-bond]")
	mark, _ := panel.Attr("data-mark")
	if address, _ := panel.Attr("data-bond"); address != home.bond() || mark == "none" || panel.Find(".chart").Length() != 1 {
		t.Fatalf("the panel at %q has mark %q", address, mark)
	}
	if got := opens(t, claire, home.bond()+"/state"); got != mark {
		t.Errorf("the mark moved by itself: %q, then %q", mark, got)
	}
	if status, _ := sends(t, phone, "/private/withdraw", nil); status != http.StatusSeeOther {
		t.Fatalf("got %d", status)
	}
	if got := opens(t, claire, home.bond()+"/state"); got != "none" {
		t.Errorf("after the withdrawal: got %q", got)
	}
	if strings.Contains(opens(t, claire, home.bond()), "chart") {
		t.Error("the panel still shows something")
	}
}

func TestThePreviewIsWhatTheReferentSees(t *testing.T) {
	h := newHouse(t)
	awa, home := h.member(true), h.household(h.claire)
	h.joins(awa, home, h.claire)
	phone, claire := h.phone(awa, "fr"), h.desk(h.claire, "Claire Vasseur")
	part := func(body, within string) string {
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(body))
		must(t, err)
		text, err := doc.Find(within + " dl.bands").First().Html()
		must(t, err)
		return text
	}
	before := part(opens(t, phone, "/private/share?since=past"), ".seen")
	sends(t, phone, "/private/share/summary/open", url.Values{"since": {"past"}})
	seen := part(opens(t, claire, home.bond()), "[data-bond]")
	if before == "" || before != seen {
		t.Errorf("previewed %q, seen %q", before, seen)
	}
	if after := part(opens(t, phone, "/private/share"), ".seen"); after != seen {
		t.Errorf("the resident's page says %q, seen %q", after, seen)
	}
}

// TestEveryMemberHasTheSamePrivateArea holds that nothing there tells who is accompanied,
// up to what a code has joined.
func TestEveryMemberHasTheSamePrivateArea(t *testing.T) {
	h := newHouse(t)
	alone, met := h.member(true), h.member(true)
	h.joins(met, h.household(h.claire), h.claire)
	for _, lang := range page.Codes() {
		for _, path := range []string{"/private", "/private/code"} {
			a, b := opens(t, h.phone(alone, lang), path), opens(t, h.phone(met, lang), path)
			if ids.ReplaceAllString(a, "") != ids.ReplaceAllString(b, "") {
				t.Errorf("%s in %s differs", path, lang)
			}
		}
		for _, path := range []string{"/private/share", "/private/looked"} {
			opens(t, h.phone(alone, lang), path)
			opens(t, h.phone(met, lang), path)
		}
	}
	if body := opens(t, h.phone(alone, "fr"), "/private/share"); !strings.Contains(body, "Si quelqu’un vous accompagne") {
		t.Error("the way to a code is missing")
	}
}

func TestARefusedCodeStaysInItsField(t *testing.T) {
	h := newHouse(t)
	phone := h.phone(h.member(true), "fr")
	for typed, kept := range map[string]string{"abcd efgh": "ABCDEFGH", "\x00<script>": "", strings.Repeat("A", 300): ""} {
		status, body := sends(t, phone, "/private/code", url.Values{"code": {typed}})
		if status != http.StatusUnprocessableEntity || !strings.Contains(body, `value="`+kept+`"`) || !strings.Contains(body, "code-problem") {
			t.Errorf("%q: got %d", typed, status)
		}
	}
}

func TestAContactIsNotedOnTheCase(t *testing.T) {
	h := newHouse(t)
	home := h.household(h.claire)
	claire := h.desk(h.claire, "Claire Vasseur")
	form := url.Values{
		"kind": {"home"}, "reached": {"yes"}, "at": {"2026-11-23T09:30"}, "minutes": {"50"}, "class": {"team"},
		"note": {"Nous avons relu la facture."}, "key": {page.NewKey()},
	}
	for range 2 {
		if status, body := sends(t, claire, home.path()+"/contacts", form); status != http.StatusSeeOther {
			t.Fatalf("got %d %s", status, body)
		}
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(opens(t, claire, home.path())))
	must(t, err)
	if got := doc.Find(".thread .note.team"); got.Length() != 1 || !strings.Contains(got.Text(), "Nous avons relu la facture.") {
		t.Errorf("got %q", got.Text())
	}
	form.Set("minutes", "beaucoup")
	form.Set("key", page.NewKey())
	status, body := sends(t, claire, home.path()+"/contacts", form)
	if status != http.StatusUnprocessableEntity || !strings.Contains(body, "minutes-problem") || !strings.Contains(body, "Nous avons relu la facture.</textarea>") {
		t.Errorf("what was typed is lost: %d", status)
	}
	for name, value := range map[string]string{"note": "a\x00b", "at": "hier", "kind": "rêve", "class": "publique", "key": "x", "co_holder": "moi"} {
		bad := url.Values{}
		for k, v := range form {
			bad[k] = v
		}
		bad.Set("minutes", "5")
		bad.Set(name, value)
		if status, body := sends(t, claire, home.path()+"/contacts", bad); status != http.StatusUnprocessableEntity {
			t.Errorf("%s: got %d %s", name, status, body)
		}
	}
}

func TestAForeignCaseAnswersLikeAnAbsentOne(t *testing.T) {
	h := newHouse(t)
	home := h.household(h.claire)
	absent := household{rule.NewID[support.CaseID](), home.Person}
	hugues := h.desk(h.hugues, "Hugues Petit")
	for _, tail := range []string{"", "?before=2026-01-01T00:00:00Z_" + home.Person.String()} {
		one, first := asks(t, hugues, httptest.NewRequest(http.MethodGet, home.path()+tail, nil))
		two, second := asks(t, hugues, httptest.NewRequest(http.MethodGet, absent.path()+tail, nil))
		if one != http.StatusTeapot || one != two || first != second || first != rule.ErrNotFound.Error() {
			t.Errorf("got %d %q and %d %q", one, first, two, second)
		}
	}
	stranger := household{home.Case, rule.NewID[support.PersonID]()}
	for _, of := range []struct {
		app  *fiber.App
		path string
	}{{hugues, home.bond()}, {hugues, home.bond() + "/state"}, {h.desk(h.claire, "Claire Vasseur"), stranger.bond()}} {
		if status, body := asks(t, of.app, httptest.NewRequest(http.MethodGet, of.path, nil)); status != http.StatusTeapot || body != rule.ErrNotFound.Error() {
			t.Errorf("a foreign panel: %d %s", status, body)
		}
	}
	if status, body := sends(t, hugues, home.bond()+"/code", nil); status != http.StatusTeapot || body != rule.ErrNotFound.Error() {
		t.Errorf("a code for a foreign case: %d %s", status, body)
	}
}
