package coopweb_test

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
	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/hours"
	"lien/coop/membership"
	"lien/database"
	"lien/database/dbtest"
	"lien/seal"
	"lien/server/coopweb"
	"lien/server/page"
	"lien/server/session"
)

// doorstep is the pages of coming in, with real cookies, on a founded cooperative.
type doorstep struct {
	t     *testing.T
	db    *database.Handles
	at    time.Time
	app   *fiber.App
	web   *coopweb.Web
	made  membership.Founded
	aline coop.Actor
}

func (d *doorstep) now() time.Time { return d.at }

func newDoorstep(t *testing.T) *doorstep {
	t.Helper()
	d := &doorstep{t: t, db: dbtest.Open(t), at: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	keys, err := seal.Generate()
	d.must(err)
	sealer, err := seal.New(keys)
	d.must(err)
	hasher, err := session.NewHasher()
	d.must(err)
	languages, err := page.NewLanguages(d.now, slog.New(slog.NewTextHandler(missing{t}, nil)))
	d.must(err)
	members := membership.NewMembers(d.db.Coop, d.now)
	links := session.NewLinks(d.db.Account, members, hasher, d.now)
	sessions := session.NewSessions(d.db.Account, members, session.Cookies{}, d.now)
	d.web = &coopweb.Web{
		Origin: "https://lien.test", Languages: languages, Members: members,
		Ledger: hours.NewLedger(d.db.Coop, d.now),
		Entrance: coopweb.Entrance{
			Invitations: membership.NewInvitations(d.db.Coop, sealer.Derive, d.now),
			Charters:    membership.NewCharters(d.db.Coop, d.now),
			Joinings:    session.NewJoinings(d.db.Account, hasher, d.now),
			Devices:     session.NewDevices(d.db.Account, hasher, d.now),
			Links:       links, Sessions: sessions, Now: d.now,
			Guesses:  session.NewThrottle(5, 100, time.Minute, d.now),
			Leaflets: membership.NewLeaflets(d.db.Coop, sealer.Derive, d.now), Applications: membership.NewApplications(d.db.Coop, sealer.Derive, d.now),
		},
	}
	d.made, err = members.Found(t.Context(), membership.Founding{
		Name: "Les voisins", Town: "Orléans", Zone: "Europe/Paris", Facilitator: "Aline Roux", Language: "fr",
		Residences: []membership.Residence{{Name: "Les Iris"}},
		Charters:   []membership.Charter{{Language: "fr", Title: "Notre charte", Body: "Nous nous entraidons.\n\nUne heure vaut une heure."}},
	})
	d.must(err)
	d.aline = coop.Actor{Cooperative: d.made.Cooperative, Member: d.made.Facilitator}
	d.serve(sessions, languages)
	return d
}

func (d *doorstep) serve(sessions *session.Sessions, languages *page.Languages) {
	w := d.web
	d.app = fiber.New(fiber.Config{DisableStartupMessage: true, Immutable: true, ErrorHandler: func(c *fiber.Ctx, err error) error {
		if e, ok := err.(*fiber.Error); ok {
			return c.SendStatus(e.Code)
		}
		return c.Status(fiber.StatusTeapot).SendString(err.Error())
	}})
	d.app.Use(sessions.Middleware, languages.Middleware)
	d.app.Get("/join", w.ShowJoin).Post("/join", w.FindInvitation)
	d.app.Get("/join/:code", w.ShowWelcome).Post("/join/:code", w.StartJoining)
	d.app.Get("/joining/name", w.ShowJoiningName).Post("/joining/name", w.NameJoining)
	d.app.Get("/joining/pin", w.ShowJoiningPIN).Post("/joining/pin", w.ChooseJoiningPIN)
	d.app.Get("/joining/charter", w.ShowJoiningCharter).Post("/joining/charter", w.AcceptCharter)
	d.app.Get("/open", w.ShowOpen).Post("/open", w.Open)
	d.app.Post("/private/open", w.OpenPrivate)
	d.app.Get("/sign-in/:token", w.ShowLink).Post("/sign-in/:token", w.FollowLink)
	d.app.Get("/me", w.ShowMe).Post("/me/sign-out", w.SignOut)
	d.app.Get("/me/devices", w.ShowDevices).Post("/me/devices", w.AddDevice).Post("/me/devices/:id/end", w.EndDevice)
	d.app.Get("/desk/invitations", w.ShowInvitations).Post("/desk/invitations", w.Invite)
	d.app.Get("/desk/invitations/:id/print", w.PrintInvitation)
	d.app.Get("/desk/members", w.ShowMembers).Get("/desk/members/:id", w.ShowMember)
	d.app.Post("/desk/members/:id/suspend", w.SuspendMember)
}

func (d *doorstep) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *doorstep) invitation() membership.Invitation {
	d.t.Helper()
	made, err := d.web.Entrance.Invitations.Invite(d.t.Context(), d.aline, d.made.Places[0].ID, uuid.New())
	d.must(err)
	return made
}

// phone is a browser that keeps its cookies.
type phone struct {
	d       *doorstep
	cookies map[string]string
}

func (d *doorstep) phone() *phone { return &phone{d: d, cookies: map[string]string{"lang": "fr"}} }

// signedIn is a phone of the member.
func (d *doorstep) signedIn(member coop.Actor) *phone {
	d.t.Helper()
	path, err := d.web.Entrance.Links.ForResident(d.t.Context(), member, "280419", time.Hour)
	d.must(err)
	p := d.phone()
	if _, status, _ := p.sends(path, nil); status != http.StatusSeeOther {
		d.t.Fatalf("the link answers %d", status)
	}
	return p
}

func (p *phone) opens(path string) (*goquery.Document, int, string) {
	return p.asks(httptest.NewRequest(http.MethodGet, path, nil))
}

func (p *phone) sends(path string, form url.Values) (*goquery.Document, int, string) {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set(fiber.HeaderContentType, fiber.MIMEApplicationForm)
	return p.asks(r)
}

func (p *phone) asks(r *http.Request) (*goquery.Document, int, string) {
	p.d.t.Helper()
	for name, value := range p.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	answer, err := p.d.app.Test(r, -1)
	p.d.must(err)
	defer answer.Body.Close()
	for _, c := range answer.Cookies() {
		if p.cookies[c.Name] = c.Value; c.Value == "" {
			delete(p.cookies, c.Name)
		}
	}
	doc, err := goquery.NewDocumentFromReader(answer.Body)
	p.d.must(err)
	return doc, answer.StatusCode, answer.Header.Get(fiber.HeaderLocation)
}

// goes sends a form and wants to be led on.
func (p *phone) goes(path string, form url.Values, to string) {
	p.d.t.Helper()
	doc, status, led := p.sends(path, form)
	if status != http.StatusSeeOther || led != to {
		p.d.t.Fatalf("%s: got %d to %q, want %q\n%s", path, status, led, to, words(doc.Find("main")))
	}
}

func TestSomebodyJoinsWithAPaperInvitation(t *testing.T) {
	d := newDoorstep(t)
	sheet, p := d.invitation(), d.phone()
	p.goes("/join", url.Values{"code": {strings.ToLower(sheet.Shown())}}, "/join/"+strings.ToLower(sheet.Code))
	welcome, status, _ := p.opens("/join/" + sheet.Code)
	if status != http.StatusOK || welcome.Find("button.tongue").Length() != 3 {
		t.Fatalf("the welcome answers %d with %d languages", status, welcome.Find("button.tongue").Length())
	}
	if strings.Contains(words(welcome.Selection), "Aline") {
		t.Error("the welcome names who invites")
	}
	p.goes("/join/"+sheet.Link, url.Values{"lang": {"fr"}}, "/joining/name")
	p.goes("/joining/name", url.Values{"name": {"Djamila"}}, "/joining/pin")
	p.goes("/joining/pin", url.Values{"pin": {"280419"}, "again": {"280419"}}, "/joining/charter")
	charter, _, _ := p.opens("/joining/charter")
	if n := charter.Find("article p").Length(); n != 2 {
		t.Errorf("the charter has %d paragraphs", n)
	}
	p.goes("/joining/charter", url.Values{"version": {"1"}}, "/home")
	me, _, _ := p.opens("/me")
	if text := words(me.Find("main")); !strings.Contains(text, "Djamila") || !strings.Contains(text, "membre 2") {
		t.Errorf("me says %q", text)
	}
	p.goes("/me/sign-out", nil, "/open")
	p.goes("/open", url.Values{"pin": {"280419"}, "next": {"//evil.example"}}, "/")
}

func TestEveryDeadInvitationShowsTheSamePage(t *testing.T) {
	d := newDoorstep(t)
	revoked := d.invitation()
	d.must(d.web.Entrance.Invitations.Revoke(t.Context(), d.aline, revoked.ID))
	pages := map[string]bool{}
	for _, code := range []string{revoked.Code, "K7M4RP2D", "ZZZ", "%00", "%ff"} {
		doc, status, _ := d.phone().opens("/join/" + code)
		if status != http.StatusNotFound {
			t.Errorf("%s: got %d", code, status)
		}
		doc.Find("input[name=code]").SetAttr("value", "")
		html, err := doc.Find("main").Html()
		d.must(err)
		pages[strings.ReplaceAll(html, "/join/"+code, "")] = true
	}
	if len(pages) != 1 {
		t.Errorf("%d different answers", len(pages))
	}
	if _, status, _ := d.phone().opens("/join/" + d.invitation().Code); status != http.StatusTooManyRequests {
		t.Errorf("after five guesses: got %d", status)
	}
}

func TestNoStepOfJoiningIsSkipped(t *testing.T) {
	d := newDoorstep(t)
	p := d.phone()
	p.goes("/joining/charter", url.Values{"version": {"1"}}, "/join")
	p.goes("/join/"+d.invitation().Code, url.Values{"lang": {"fr"}}, "/joining/name")
	p.goes("/joining/charter", url.Values{"version": {"1"}}, "/joining/name")
	p.goes("/joining/name", url.Values{"name": {"Djamila"}}, "/joining/pin")
	p.goes("/joining/charter", url.Values{"version": {"1"}}, "/joining/pin")
}

func TestWhatWasTypedStaysBesideItsSentence(t *testing.T) {
	d := newDoorstep(t)
	p := d.phone()
	p.goes("/join/"+d.invitation().Code, url.Values{"lang": {"fr"}}, "/joining/name")
	for _, name := range []string{"", "x", strings.Repeat("n", 41), "a\x00b", "a\u202eb", "a\xffb"} {
		doc, status, _ := p.sends("/joining/name", url.Values{"name": {name}})
		if status != http.StatusUnprocessableEntity || doc.Find("#name-problem").Length() != 1 {
			t.Errorf("%q: got %d", name, status)
		}
	}
	doc, _, _ := p.sends("/joining/name", url.Values{"name": {strings.Repeat("n", 41)}})
	if typed := doc.Find("#name").AttrOr("value", ""); typed != strings.Repeat("n", 41) {
		t.Errorf("the field holds %q", typed)
	}
	p.goes("/joining/name", url.Values{"name": {"Djamila"}}, "/joining/pin")
	doc, status, _ := p.sends("/joining/pin", url.Values{"pin": {"123456"}, "again": {"123456"}})
	if status != http.StatusUnprocessableEntity || doc.Find("#pin-problem").Length() != 1 || doc.Find("#pin").AttrOr("value", "") != "" {
		t.Error("a PIN is refused with a sentence, and never shown again")
	}
}

func TestLookingAtALinkChangesNothing(t *testing.T) {
	d := newDoorstep(t)
	aline := d.signedIn(d.aline)
	aline.goes("/private/open", url.Values{"pin": {"280419"}, "next": {"/me/devices"}}, "/me/devices")
	shown, _, _ := aline.sends("/me/devices", nil)
	link := strings.TrimPrefix(strings.TrimSpace(shown.Find(".address").Text()), "https://lien.test")
	tablet := d.phone()
	for range 3 {
		if _, status, _ := tablet.opens(link); status != http.StatusOK {
			t.Fatalf("looking answers %d", status)
		}
	}
	doc, status, _ := tablet.sends(link, url.Values{"pin": {"111111"}, "again": {"111111"}})
	if status != http.StatusUnprocessableEntity || doc.Find("#pin-problem").Length() != 1 {
		t.Errorf("a well-known PIN: got %d", status)
	}
	tablet.goes(link, url.Values{"pin": {"905172"}, "again": {"905172"}}, "/home")
	if _, status, _ := d.phone().opens(link); status != http.StatusNotFound {
		t.Errorf("a used link answers %d", status)
	}
}

func TestADeviceIsForgottenByItsOwnerOnly(t *testing.T) {
	d := newDoorstep(t)
	aline, tablet := d.signedIn(d.aline), d.signedIn(d.aline)
	list, _, _ := aline.opens("/me/devices")
	if n := list.Find("li form").Length(); n != 2 {
		t.Fatalf("%d devices", n)
	}
	var other string
	list.Find("li").Each(func(_ int, li *goquery.Selection) {
		if !strings.Contains(li.Text(), "en ce moment") {
			other = li.Find("form").AttrOr("action", "")
		}
	})
	sheet, err := d.web.Members.Join(t.Context(), membership.Joining{
		ID: coop.MemberID{UUID: uuid.New()}, Cooperative: d.made.Cooperative, Invitation: d.invitation().ID,
		Name: "Djamila", Language: "fr", Version: 1, Channel: membership.AtDesk,
	})
	d.must(err)
	stranger := d.signedIn(coop.Actor{Cooperative: d.made.Cooperative, Member: sheet.ID})
	if _, status, _ := stranger.sends(other, nil); status != http.StatusTeapot {
		t.Errorf("a stranger gets %d", status)
	}
	aline.goes(other, nil, "/me/devices")
	if _, ok := tablet.cookies["resident"]; !ok {
		t.Fatal("the tablet was never signed in")
	}
	if tablet.opens("/open"); tablet.cookies["resident"] != "" {
		t.Error("the forgotten tablet is still signed in")
	}
}

func TestAnInvitationsSheetSpeaksThreeLanguagesAndNamesNobody(t *testing.T) {
	d := newDoorstep(t)
	aline := d.signedIn(d.aline)
	form, _, _ := aline.opens("/desk/invitations")
	key := form.Find("input[name=key]").AttrOr("value", "")
	values := url.Values{"key": {key}, "place": {d.made.Places[0].ID.String()}}
	_, _, sheet := aline.sends("/desk/invitations", values)
	_, _, again := aline.sends("/desk/invitations", values)
	if sheet != again || sheet == "" {
		t.Fatalf("sent twice, it leads to %q and %q", sheet, again)
	}
	printed, _, _ := aline.opens(sheet)
	if printed.Find("article section").Length() != 3 || printed.Find("section[lang=ar][dir=rtl]").Length() != 1 || printed.Find("svg.qr path").Length() != 1 {
		t.Error("the sheet lacks a language or its square")
	}
	if strings.Contains(words(printed.Find("article")), "Aline") {
		t.Error("the sheet names who invites")
	}
	if one, _, _ := aline.opens(sheet + "?lang=ar"); one.Find("article section").Length() != 1 {
		t.Error("one language was asked for")
	}
	doc, status, _ := aline.sends("/desk/invitations", url.Values{"key": {uuid.NewString()}, "place": {"nowhere"}})
	if status != http.StatusUnprocessableEntity || doc.Find("#place-problem").Length() != 1 {
		t.Errorf("no place: got %d", status)
	}
}

func TestADecisionWithoutAReasonIsNotTaken(t *testing.T) {
	d := newDoorstep(t)
	aline := d.signedIn(d.aline)
	joined, err := d.web.Members.Join(t.Context(), membership.Joining{
		ID: coop.MemberID{UUID: uuid.New()}, Cooperative: d.made.Cooperative, Invitation: d.invitation().ID,
		Name: "Djamila", Language: "fr", Version: 1, Channel: membership.AtDesk,
	})
	d.must(err)
	at := "/desk/members/" + joined.ID.String()
	doc, status, _ := aline.sends(at+"/suspend", url.Values{"reason": {"bof"}})
	if status != http.StatusUnprocessableEntity || doc.Find("#reason-problem").Length() != 1 || doc.Find("#reason").Text() != "bof" {
		t.Errorf("got %d with %q", status, doc.Find("#reason").Text())
	}
	until := d.now().AddDate(0, 1, 0).Format(time.DateOnly)
	aline.goes(at+"/suspend", url.Values{"reason": {"Insultes dans l’escalier."}, "until": {until}}, at)
	shown, _, _ := aline.opens(at)
	if !strings.Contains(words(shown.Find("main")), "Insultes dans l’escalier.") {
		t.Error("the reason is not shown")
	}
}
