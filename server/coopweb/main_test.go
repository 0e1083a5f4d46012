package coopweb_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/assembly"
	"lien/coop/belongings"
	"lien/coop/board"
	"lien/coop/cheque"
	"lien/coop/departure"
	"lien/coop/desk"
	"lien/coop/event"
	"lien/coop/exchange"
	"lien/coop/fund"
	"lien/coop/hours"
	"lien/coop/household"
	"lien/coop/inbox"
	"lien/coop/membership"
	"lien/coop/neighbour"
	"lien/coop/passport"
	"lien/coop/photo"
	"lien/coop/place"
	"lien/coop/poster"
	"lien/coop/problem"
	"lien/coop/safetynet"
	"lien/coop/sharing"
	"lien/coop/visit"
	"lien/coop/welcome"
	"lien/database"
	"lien/database/dbtest"
	"lien/rule"
	"lien/seal"
	"lien/server/coopweb"
	"lien/server/live"
	"lien/server/page"
	"lien/server/session"
	"lien/server/sharingweb"
	"lien/storage"
)

func TestMain(m *testing.M) {
	if os.Getenv(crowdEnv) != "" {
		playCrowd() // a process of its own, started by a benchmark
		return
	}
	dbtest.Main(m)
}

// house is the pages of one cooperative on a real database, with a clock that stands
// still until the test moves it.
type house struct {
	t           testing.TB
	db          *database.Handles
	web         *coopweb.Web
	shared      *sharingweb.Web
	languages   *page.Languages
	at          time.Time
	cooperative coop.CooperativeID
	place       coop.PlaceID
	people      int64
	derive      membership.Derive
}

func newHouse(t testing.TB) *house {
	t.Helper()
	h := &house{
		t: t, db: dbtest.Open(t), at: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC),
		cooperative: rule.NewID[coop.CooperativeID](), place: rule.NewID[coop.PlaceID](),
	}
	keys, err := seal.Generate()
	if err != nil {
		t.Fatal(err)
	}
	sealer, err := seal.New(keys)
	if err != nil {
		t.Fatal(err)
	}
	if h.languages, err = page.NewLanguages(h.now, slog.New(slog.NewTextHandler(missing{t}, nil))); err != nil {
		t.Fatal(err)
	}
	h.web = &coopweb.Web{
		Origin: "https://lien.test", Languages: h.languages,
		Entrance: coopweb.Entrance{
			Invitations: membership.NewInvitations(h.db.Coop, sealer.Derive, h.now),
			Guesses:     session.NewThrottle(30, 0, time.Minute, h.now),
		},
		Members:    membership.NewMembers(h.db.Coop, h.now),
		Listings:   exchange.NewListings(h.db.Coop, h.now),
		Agreements: exchange.NewAgreements(h.db.Coop, h.now),
		Workshops:  exchange.NewWorkshops(h.db.Coop, h.now),
		Talks:      exchange.NewTalks(h.db.Coop, h.now),
		Cheques:    cheque.NewLeaves(h.db.Coop, sealer.Derive, h.now),
		Booklets:   cheque.NewBooklets(h.db.Coop, sealer.Derive, h.now),
		Belongings: belongings.New(h.db.Coop, h.now),
		Copies:     session.NewThrottle(3, 0, time.Minute, h.now),
		Passports:  passport.NewPassports(h.db.Coop, sealer.Derive, h.now),
		Passes:     session.NewThrottle(30, 0, time.Minute, h.now),
		Numbers:    session.NewThrottle(10, 0, time.Minute, h.now),
		Visits:     visit.NewVisits(h.db.Coop, h.now),
		Boards:     board.NewBoards(h.db.Coop, h.now),
		Desk:       desk.New(h.db.Coop, sealer.Derive, h.now),
		Posters:    poster.New(h.db.Coop, sealer.Derive, h.now),
		Events:     event.NewEvents(h.db.Coop, h.now, sealer.Derive),
		Nets:       safetynet.NewNets(h.db.Coop, h.now),
		Inbox:      inbox.New(h.db.Coop, h.now),
		Ledger:     hours.NewLedger(h.db.Coop, h.now),
		Fund:       fund.New(h.db.Coop, h.now),
		Households: household.NewHouseholds(h.db.Coop, sealer.Derive, h.now),
		Departures: departure.NewDepartures(h.db.Coop, h.now),
		Assemblies: assembly.NewAssemblies(h.db.Coop, h.now, sealer.Derive),
		Places:     place.NewPlaces(h.db.Coop, h.now),
		Searches:   exchange.NewSearches(h.db.Coop, h.now),
		Loans:      sharing.NewLoans(h.db.Coop, h.now),
		Troubles:   problem.NewProblems(h.db.Coop, h.now),
	}
	h.shared = &sharingweb.Web{
		Members: h.web.Members, Resources: sharing.NewResources(h.db.Coop, h.now),
		Bookings: sharing.NewBookings(h.db.Coop, h.now), Loans: h.web.Loans,
	}
	h.web.Calls = welcome.NewCalls(h.db.Coop, h.now)
	h.web.Buddies = welcome.NewBuddies(h.db.Coop, h.now)
	h.web.Blocks = neighbour.NewBlocks(h.db.Coop, h.now, h.web.Agreements.Part, h.web.Buddies.Part)
	h.web.Directory = neighbour.NewDirectory(h.db.Coop, h.now)
	h.derive = sealer.Derive
	files, err := storage.NewFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	h.web.Photos = photo.NewPhotos(h.db.Coop, h.now, files, photo.NewDarkroom(1))
	h.web.Hung = board.NewPictures(h.db.Coop, h.now, h.web.Photos)
	entranceOf(h)
	h.web.Hub = h.hub()
	h.sql(`
		INSERT INTO coop.cooperatives (id, name, town, zone, last_number, created_at)
		VALUES (?0, 'Les Iris', 'Orléans', 'Europe/Paris', 100, ?2);
		INSERT INTO coop.places (cooperative_id, id, kind, name, path) VALUES (?0, ?1, 'residence', 'Les Iris', ARRAY[?1::uuid])`,
		h.cooperative, h.place, h.at)
	return h
}

// hub delivers the house's boards; one that only answers questions need not run.
func (h *house) hub() *live.Hub {
	sessions := session.NewSessions(h.db.Account, h.web.Members, session.Cookies{}, time.Now)
	hub := live.New(coopweb.LiveSource(h.web.Boards, h.web.Talks, sessions, h.languages), live.Options{Origins: []string{h.web.Origin}})
	h.t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		if err := hub.Close(ctx); err != nil {
			h.t.Error(err)
		}
	})
	return hub
}

// missing fails the test when a page asks for a sentence that no catalogue has.
type missing struct{ t testing.TB }

func (m missing) Write(line []byte) (int, error) {
	m.t.Errorf("%s", line)
	return len(line), nil
}

func (h *house) now() time.Time { return h.at }

func (h *house) sql(query string, args ...any) {
	h.t.Helper()
	if _, err := h.db.Owner.NewRaw(query, args...).Exec(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
}

// person is a member at a screen.
type person struct {
	session.Actor
	h   *house
	app *fiber.App
}

// member makes an active member, whose screen speaks French unless they change Lang.
func (h *house) member(name string) *person {
	h.t.Helper()
	h.people++
	p := &person{h: h, Actor: session.Actor{
		Kind: session.Resident, Account: uuid.New(), Name: name, Lang: "fr", Active: true,
		Cooperative: h.cooperative, Member: rule.NewID[coop.MemberID](),
	}}
	h.sql(`
		INSERT INTO coop.members (cooperative_id, id, number, name, language, place_id, state, joined_at, state_since)
		VALUES (?, ?, ?, ?, 'fr', ?, 'active', ?, ?)`, h.cooperative, p.Member, h.people, name, h.place, h.at, h.at)
	return p
}

func (h *house) facilitator(name string) *person {
	h.t.Helper()
	p := h.member(name)
	p.Facilitator = true
	h.sql(`INSERT INTO coop.member_roles (cooperative_id, member_id, role, from_at) VALUES (?, ?, 'facilitator', ?)`,
		h.cooperative, p.Member, h.at)
	return p
}

// sees gives the person the pages that the test is about.
func (p *person) sees(routes func(*fiber.App)) *person {
	p.app = fiber.New(fiber.Config{
		DisableStartupMessage: true, Immutable: true,
		ErrorHandler: func(c *fiber.Ctx, err error) error { return c.Status(fiber.StatusTeapot).SendString(err.Error()) },
	})
	p.app.Use(func(c *fiber.Ctx) error {
		session.Remember(c, p.Actor)
		return c.Next()
	}, p.h.languages.Middleware)
	routes(p.app)
	return p
}

// opens gets a page and wants it to be there.
func (p *person) opens(path string) *goquery.Document {
	p.h.t.Helper()
	doc, status, _ := p.asks(httptest.NewRequest(http.MethodGet, path, nil))
	if status != http.StatusOK {
		p.h.t.Fatalf("%s: got %d %s", path, status, doc.Text())
	}
	return doc
}

// sends posts a form; it returns the answer, its status, and where it leads.
func (p *person) sends(path string, form url.Values) (*goquery.Document, int, string) {
	p.h.t.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set(fiber.HeaderContentType, fiber.MIMEApplicationForm)
	return p.asks(r)
}

func (p *person) asks(r *http.Request) (*goquery.Document, int, string) {
	p.h.t.Helper()
	answer, err := p.app.Test(r, -1)
	if err != nil {
		p.h.t.Fatal(err)
	}
	defer answer.Body.Close()
	doc, err := goquery.NewDocumentFromReader(answer.Body)
	if err != nil {
		p.h.t.Fatal(err)
	}
	return doc, answer.StatusCode, answer.Header.Get(fiber.HeaderLocation)
}

// words is what a page says, in one line.
func words(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }
