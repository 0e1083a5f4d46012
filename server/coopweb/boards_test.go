package coopweb_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/board"
	"lien/rule"
	"lien/server/page"
)

// hang makes a board of the house's only place, or of none.
func (h *house) hang(place any) coop.BoardID {
	h.t.Helper()
	id := rule.NewID[coop.BoardID]()
	h.sql(`INSERT INTO coop.boards (cooperative_id, id, place_id, name, last_seq) VALUES (?, ?, ?, 'Escalier 3', 0)`,
		h.cooperative, id, place)
	return id
}

func (p *person) seesBoards() *person {
	w := p.h.web
	return p.sees(func(app *fiber.App) {
		app.Get("/boards", w.ShowBoards)
		app.Get("/boards/:id", w.ShowBoard)
		app.Post("/boards/:id", w.PinNotice)
		app.Get("/boards/:id/since", w.BoardSince)
		app.Post("/boards/:id/read", w.MarkBoard)
		app.Get("/notices/:id", w.ShowNotice)
		app.Post("/notices/:id/comments", w.AnswerNotice)
		app.Post("/notices/:id/thanks", w.ThankNotice)
		app.Post("/notices/:id/reactions", w.ReactToNotice)
		app.Get("/notices/:id/take-down", w.AskTakeDown)
		app.Post("/notices/:id/take-down", w.TakeDownNotice)
		app.Get("/comments/:id/take-down", w.AskTakeDownComment)
		app.Post("/comments/:id/take-down", w.TakeDownComment)
		app.Get("/notices/:id/edit", w.AskEdit)
		app.Post("/notices/:id/edit", w.EditNotice)
		app.Get("/notices/:id/history", w.ShowEditions)
		app.Post("/notices/:id/photos", w.AddNoticePhoto)
		app.Get("/notices/:id/photos/:photo/:size", w.ShowNoticePhoto)
		app.Post("/notices/:id/photos/:photo/remove", w.RemoveNoticePhoto)
		app.Post("/notices/:id/top", w.KeepAtTop)
		app.Post("/notices/:id/renew", w.RenewNotice)
		app.Get("/notices/:id/report", w.NewNoticeReport)
		app.Post("/notices/:id/report", w.ReportNotice)
		app.Get("/comments/:id/report", w.NewCommentReport)
		app.Post("/comments/:id/report", w.ReportComment)
		app.Get("/moderation/:id", w.ShowOwnFile)
		app.Post("/moderation/:id/contest", w.ContestFile)
		app.Get("/desk/moderation", w.ShowModeration)
		app.Get("/desk/moderation/:id", w.ShowModerated)
		app.Post("/desk/moderation/:id", w.Moderate)
		app.Get("/desk/pace", w.ShowPace)
		app.Post("/desk/pace", w.VotePace)
	})
}

func said(body string) url.Values {
	return url.Values{"key": {page.NewKey()}, "kind": {"help"}, "title": {"Une marmite"}, "body": {body}}
}

// pins hangs a notice through the form and returns its address.
func (p *person) pins(at, body string) string {
	p.h.t.Helper()
	doc, status, to := p.sends(at, said(body))
	_, id, found := strings.Cut(to, "#notice-")
	if status != http.StatusSeeOther || !found {
		p.h.t.Fatalf("got %d to %q: %s", status, to, words(doc.Find(".tag.late")))
	}
	return "/notices/" + id
}

func TestAPinnedNoticeHangsOnTheBoard(t *testing.T) {
	h := newHouse(t)
	at := "/boards/" + h.hang(h.place).String()
	nadia, awa := h.member("Nadia").seesBoards(), h.member("Awa").seesBoards()
	if _, status, to := awa.asks(httptest.NewRequest(http.MethodGet, "/boards", nil)); status != http.StatusSeeOther || to != at {
		t.Errorf("the only board: got %d to %q, want %q", status, to, at)
	}
	if got := words(awa.opens(at).Find(".empty")); !strings.Contains(got, "Commencez par un bonjour") {
		t.Errorf("an empty board says %q", got)
	}
	notice := nadia.pins(at, "Qui a une grande marmite ?\nPour dimanche.")
	doc := awa.opens(at)
	article := doc.Find("article.canary")
	if got := words(article); !strings.Contains(got, "Nadia") || !strings.Contains(got, "Coup de main") || !strings.Contains(got, "Qui a une grande marmite") {
		t.Errorf("got %q", got)
	}
	if got := words(doc.Find("[data-seen] span")); got != "1 nouveau depuis 10 h" {
		t.Errorf("what is new: got %q", got)
	}
	if got := article.Find("[lang]").First().AttrOr("dir", ""); got != "auto" {
		t.Errorf("the text's direction: got %q", got)
	}
	awa.sends(notice+"/comments", url.Values{"key": {page.NewKey()}, "body": {"J’en ai une de dix litres."}})
	awa.sends(notice+"/thanks", url.Values{"thanks": {"yes"}})
	article = awa.opens(at).Find("article")
	if got := words(article.Find(".strips")); got != "Merci 1Répondre 1 Plus" {
		t.Errorf("the strips: got %q", got)
	}
	if got := article.Find(".strips [aria-pressed]").AttrOr("aria-pressed", ""); got != "true" {
		t.Errorf("my thanks: got %q", got)
	}
	if own := nadia.opens(at).Find("article .strips button[disabled]"); own.Length() != 1 {
		t.Error("somebody may thank themselves")
	}
	if got := words(nadia.opens(notice).Find(".remarks")); !strings.Contains(got, "dix litres") {
		t.Errorf("the answers: got %q", got)
	}
}

func TestWhatWasTypedIsKeptWhenItCannotBePinned(t *testing.T) {
	h := newHouse(t)
	at := "/boards/" + h.hang(h.place).String()
	awa := h.member("Awa").seesBoards()
	for name, c := range map[string]struct{ field, value string }{
		"nothing": {"body", " "}, "too long": {"body", strings.Repeat("a", 2001)}, "NUL": {"body", "a\x00b"},
		"turned around": {"title", "a\u202eb"}, "an alert": {"kind", "alert"}, "no kind": {"kind", "x"}, "no key": {"key", "?"},
	} {
		form := said("Bonjour")
		form.Set(c.field, c.value)
		doc, status, _ := awa.sends(at, form)
		if status != http.StatusUnprocessableEntity || doc.Find("#"+c.field+"-problem").Length() != 1 {
			t.Errorf("%s: got %d and %q", name, status, words(doc.Find("form .tag.late")))
		}
		if c.field != "title" && doc.Find("#title").AttrOr("value", "") != "Une marmite" {
			t.Errorf("%s: the title was lost", name)
		}
	}
	if doc := awa.opens(at); doc.Find("article").Length() != 0 {
		t.Error("something hangs there all the same")
	}
}

func TestANeighboursBoardIsNotThere(t *testing.T) {
	h := newHouse(t)
	other := rule.NewID[coop.PlaceID]()
	h.sql(`INSERT INTO coop.places (cooperative_id, id, kind, name, path) VALUES (?0, ?1, 'residence', 'En face', ARRAY[?1::uuid])`, h.cooperative, other)
	at := "/boards/" + h.hang(other).String()
	awa := h.member("Awa").seesBoards()
	_, missing, _ := awa.asks(httptest.NewRequest(http.MethodGet, "/boards/"+uuid.NewString(), nil))
	for _, path := range []string{at, at + "/since?after=0"} {
		doc, status, _ := awa.asks(httptest.NewRequest(http.MethodGet, path, nil))
		if status != missing || words(doc.Selection) != "not found" {
			t.Errorf("%s: got %d %s", path, status, words(doc.Selection))
		}
	}
	if doc, status, _ := awa.sends(at, said("Ici ?")); status != missing || words(doc.Selection) != "not found" {
		t.Errorf("pinning: got %d %s", status, words(doc.Selection))
	}
}

func TestAnAuthorReadsWhichRuleTheirNoticeBroke(t *testing.T) {
	h := newHouse(t)
	at := "/boards/" + h.hang(h.place).String()
	awa, aline, ben := h.member("Awa").seesBoards(), h.facilitator("Aline").seesBoards(), h.member("Ben").seesBoards()
	notice := awa.pins(at, "Je vends mon canapé.")
	if doc, status, _ := ben.asks(httptest.NewRequest(http.MethodGet, notice+"/take-down", nil)); status == http.StatusOK {
		t.Errorf("a neighbour is asked whether to take it down: %s", words(doc.Selection))
	}
	if doc, status, _ := aline.sends(notice+"/take-down", url.Values{"key": {page.NewKey()}}); status != http.StatusUnprocessableEntity || doc.Find("#rule-problem").Length() != 1 {
		t.Errorf("without a rule: got %d", status)
	}
	if _, status, to := aline.sends(notice+"/take-down", url.Values{"rule": {"money"}}); status != http.StatusSeeOther || to != at {
		t.Errorf("got %d to %q", status, to)
	}
	if got := words(awa.opens(at).Find(".shut")); !strings.Contains(got, "ni vente ni argent") {
		t.Errorf("the author reads %q", got)
	}
	if ben.opens(at).Find("article, .shut").Length() != 0 {
		t.Error("a neighbour still sees something of it")
	}
}

// counting counts the queries of a pool.
type counting struct{ n atomic.Int64 }

func (c *counting) BeforeQuery(ctx context.Context, _ *bun.QueryEvent) context.Context {
	c.n.Add(1)
	return ctx
}
func (c *counting) AfterQuery(context.Context, *bun.QueryEvent) {}

func TestABoardCostsAsManyQueriesWhateverHangsOnIt(t *testing.T) {
	h := newHouse(t)
	id := h.hang(h.place)
	awa, ben := h.member("Awa").seesBoards(), h.member("Ben")
	asks := func() int64 {
		var c counting
		h.web.Boards = board.NewBoards(h.db.Coop.WithQueryHook(&c), h.now)
		awa.seesBoards().opens("/boards/" + id.String())
		h.web.Boards = board.NewBoards(h.db.Coop, h.now)
		return c.n.Load()
	}
	for n := range 60 {
		h.at = h.at.Add(3 * time.Minute)
		notice, err := h.web.Boards.Pin(t.Context(), ben.Coop(), id, board.Draft{
			Key: uuid.New(), Kind: board.News, Body: fmt.Sprint("Mot ", n), Language: "fr",
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.web.Boards.Comment(t.Context(), awa.Coop(), notice, uuid.New(), "Oui", "fr"); err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			if got := asks(); got != 6 {
				t.Errorf("one notice: %d queries, want 6", got)
			}
		}
	}
	if got := asks(); got != 6 {
		t.Errorf("sixty notices: %d queries, want 6", got)
	}
	doc := awa.seesBoards().opens("/boards/" + id.String())
	older, _ := doc.Find("a[href*=before]").Attr("href")
	if doc.Find("article").Length() != 50 || awa.opens(older).Find("article").Length() != 10 {
		t.Errorf("got %d notices, then %q", doc.Find("article").Length(), older)
	}
}
