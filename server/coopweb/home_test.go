package coopweb_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/board"
	"lien/coop/exchange"
	"lien/coop/safetynet"
	"lien/rule"
	"lien/server/page"
)

// isOfferedHelpBy makes p ask for help and other propose it, and returns its address.
func (p *person) isOfferedHelpBy(other *person) string {
	p.h.t.Helper()
	ctx := p.h.t.Context()
	listing, err := p.h.web.Listings.Publish(ctx, p.Coop(), exchange.Draft{
		Key: uuid.New(), Kind: exchange.Request, Category: "repair", Title: "Mon étagère penche", Details: "Il faut un tournevis.",
		Language: "fr", Minutes: 60,
	})
	if err != nil {
		p.h.t.Fatal(err)
	}
	id, err := p.h.web.Agreements.Propose(ctx, other.Coop(), exchange.Proposal{
		Key: uuid.New(), Listing: listing, About: "Votre étagère", Language: "fr",
		Plan: exchange.Plan{PlannedAt: p.h.at.Add(48 * time.Hour), Minutes: 60, Meeting: exchange.CommonRoom},
	})
	if err != nil {
		p.h.t.Fatal(err)
	}
	return "/agreements/" + id.String()
}

func (p *person) seesHome() *person {
	w := p.h.web
	return p.sees(func(app *fiber.App) {
		app.Get("/home", w.ShowHome)
		app.Get("/desk", w.ShowDesk)
		app.Post("/nets/:id/done", w.LookedIn)
	})
}

func TestWhomASilentMemberChoseIsAskedToLookInAndNobodyElse(t *testing.T) {
	h := newHouse(t)
	awa, ben, eve := h.member("Awa"), h.member("Ben"), h.member("Ève")
	if err := h.web.Nets.Set(t.Context(), awa.Coop(), safetynet.Wish{Whom: ben.Member, Weeks: 2}); err != nil {
		t.Fatal(err)
	}
	before := ben.seesHome().opens("/home").Text()
	h.at = h.at.Add(14 * 24 * time.Hour)
	silent, err := h.web.Nets.Watched(t.Context(), uuid.Nil, 10)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.web.Nets.Raise(t.Context(), silent); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(before, "Awa") || strings.Contains(eve.seesHome().opens("/home").Text(), "Awa") {
		t.Error("somebody is told too early, or somebody else is")
	}
	form := ben.seesHome().opens("/home").Find(`form[action^="/nets/"]`)
	if form.Length() != 1 || !strings.Contains(form.Parent().Text(), "Awa") {
		t.Fatal("ben is not asked")
	}
	ben.sends(form.AttrOr("action", ""), nil)
	if ben.seesHome().opens("/home").Find(`form[action^="/nets/"]`).Length() != 0 {
		t.Error("it is not put away")
	}
}

func TestHomeGreetsAndTellsTheDay(t *testing.T) {
	h := newHouse(t)
	awa := h.member("Awa").seesHome()
	doc := awa.opens("/home")
	if got := words(doc.Find("h1")); got != "Bonjour Awa" {
		t.Errorf("got %q", got)
	}
	if got := words(doc.Find(".lead .soft")); got != "lundi 23 novembre" {
		t.Errorf("got %q", got)
	}
	if doc.Find(".call").Length() != 0 {
		t.Error("something calls, and nothing waits")
	}
	if got := doc.Find(".door").Length(); got != 6 {
		t.Errorf("got %d doors, want 6", got)
	}
	if words(doc.Find(".empty")) == "" {
		t.Error("an empty day says nothing")
	}
}

func TestWhatEndsFirstCallsAndTheRestStandsUnderIt(t *testing.T) {
	h := newHouse(t)
	nadia, awa, paul := h.member("Nadia").seesEvents(), h.member("Awa").seesEvents(), h.member("Paul").seesEvents()
	help := awa.isOfferedHelpBy(paul)
	if got := awa.seesHome().opens("/home").Find(".call a").AttrOr("href", ""); got != help {
		t.Errorf("the one call leads to %q, want the agreement", got)
	}
	at := nadia.announces("1")
	paul.answers(at+"/answer", yes)
	awa.seesEvents().answers(at+"/answer", yes)
	paul.answers(at+"/answer", no)
	doc := awa.seesHome().opens("/home")
	if doc.Find(".call").Length() != 1 {
		t.Fatalf("got %d calls, want one", doc.Find(".call").Length())
	}
	if got := doc.Find(".call a").AttrOr("href", ""); got != at {
		t.Errorf("what ends tomorrow calls first: got %q", got)
	}
	if got := doc.Find("a.line").AttrOr("href", ""); got != help {
		t.Errorf("the agreement stands under it: got %q", got)
	}
}

func TestHomeTellsTodayAndTomorrowOrElseWhatIsNext(t *testing.T) {
	h := newHouse(t)
	awa := h.member("Awa").seesEvents()
	awa.announces("12")
	doc := awa.seesHome().opens("/home")
	if got := words(doc.Find(".thread")); !strings.Contains(got, "Table de couture") || !strings.Contains(words(doc.Find("main")), "Bientôt") {
		t.Errorf("got %q", got)
	}
	tomorrow := sewing("")
	tomorrow.Set("title", "Café des voisins")
	tomorrow.Set("day", "2026-11-24")
	awa.seesEvents().answers("/events", tomorrow)
	doc = awa.seesHome().opens("/home")
	if got := words(doc.Find(".thread")); !strings.Contains(got, "demain à 18 h 30") || strings.Contains(got, "Table de couture") {
		t.Errorf("got %q", got)
	}
}

func TestHomeTellsWhatWasCalledOff(t *testing.T) {
	h := newHouse(t)
	nadia, awa := h.member("Nadia").seesEvents(), h.member("Awa").seesEvents()
	at := nadia.announces("12")
	awa.answers(at+"/answer", yes)
	nadia.answers(at+"/cancel", url.Values{"why": {"La chaudière fuit."}})
	if got := awa.seesHome().opens("/home").Find(".salmon a").AttrOr("href", ""); got != at {
		t.Errorf("got %q, want the event", got)
	}
	if nadia.seesHome().opens("/home").Find(".salmon").Length() != 0 {
		t.Error("who called it off is told not to come")
	}
}

func TestHomeTellsTheNewestOfTheBoards(t *testing.T) {
	h := newHouse(t)
	awa, paul := h.member("Awa").seesHome(), h.member("Paul")
	id := rule.NewID[coop.BoardID]()
	h.sql(`INSERT INTO coop.boards (cooperative_id, id, place_id, name, last_seq) VALUES (?, ?, ?, 'Les Iris', 0)`,
		h.cooperative, id, h.place)
	if got := words(awa.opens("/home").Find(".taped")); !strings.Contains(got, "Rien n’est encore accroché") {
		t.Errorf("an empty board: got %q", got)
	}
	notice, err := h.web.Boards.Pin(t.Context(), paul.Coop(), id, board.Draft{
		Key: uuid.New(), Kind: board.Found, Title: "Un trousseau", Body: "Deux clés, je les garde.", Language: "fr",
	})
	if err != nil {
		t.Fatal(err)
	}
	news := awa.opens("/home").Find(".taped")
	if got := words(news); !strings.Contains(got, "1 nouveau") || !strings.Contains(got, "Paul") {
		t.Errorf("got %q", got)
	}
	if got := news.Find("a.line").AttrOr("href", ""); got != "/notices/"+notice.String() {
		t.Errorf("it leads to %q", got)
	}
}

func TestWhoMayNotActHasNoDoors(t *testing.T) {
	h := newHouse(t)
	awa := h.member("Awa").seesHome()
	awa.Active = false
	h.sql(`UPDATE coop.members SET state = 'suspended' WHERE id = ?`, awa.Member)
	if got := awa.opens("/home").Find(".door").Length(); got != 0 {
		t.Errorf("got %d doors", got)
	}
}

func TestTheDeskCountsWhatNeedsAFacilitator(t *testing.T) {
	h := newHouse(t)
	aline, awa, paul := h.facilitator("Aline").seesHome(), h.member("Awa").seesEvents(), h.member("Paul")
	h.sql(`UPDATE coop.members SET joined_at = joined_at - interval '60 days' WHERE id IN (?, ?)`, aline.Member, paul.Member)
	awa.announces("12")
	help := awa.isOfferedHelpBy(paul)
	h.sql(`UPDATE coop.agreements SET deadline_at = ?`, h.at.Add(-time.Hour))
	doc := aline.opens("/desk")
	if got := words(doc.Find(".tally dd")); !strings.HasPrefix(got, "1101") { // agreements, new, invitations, events
		t.Errorf("got %q", got)
	}
	for _, want := range []string{"Awa", "Paul et Awa", "Table de couture"} {
		if got := words(doc.Find("main")); !strings.Contains(got, want) {
			t.Errorf("the desk does not show %q: %s", want, got)
		}
	}
	if got := doc.Find("a.line").First().AttrOr("href", ""); got != "/desk"+help {
		t.Errorf("the agreement leads to %q", got)
	}
}

func TestTheDeskIsAFacilitators(t *testing.T) {
	h := newHouse(t)
	awa := h.member("Awa").seesHome()
	if _, status, _ := awa.asks(httptest.NewRequest(http.MethodGet, "/desk", nil)); status == http.StatusOK {
		t.Error("a member sees the desk")
	}
}

func TestHomeAndDeskSpeakEachLanguage(t *testing.T) {
	h := newHouse(t)
	aline, awa := h.facilitator("Aline").seesEvents(), h.member("Awa")
	aline.announces("12")
	aline.isOfferedHelpBy(awa)
	aline.seesHome()
	for _, aline.Lang = range page.Codes() {
		for _, path := range []string{"/home", "/desk"} {
			if doc := aline.opens(path); doc.Find("h1").Length() != 1 || words(doc.Find("h1")) == "" {
				t.Errorf("%s in %s has no one heading", path, aline.Lang)
			}
		}
	}
}
