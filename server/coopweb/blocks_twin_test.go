package coopweb_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/board"
	"lien/coop/exchange"
	"lien/coop/hours"
	"lien/coop/neighbour"
	"lien/server/page"
)

// street is a house in which Ana and Bo have everything to do with each other, and what
// Bo can open.
type street struct {
	*house
	ana, bo        *person
	listing        coop.ListingID
	asked, agreed  coop.AgreementID
	notice, shared coop.NoticeID
	comment        coop.CommentID
	board          coop.BoardID
}

func newStreet(t *testing.T) *street {
	h := newHouse(t)
	h.web.Ledger = hours.NewLedger(h.db.Coop, h.now)
	s := &street{house: h, board: h.hang(h.place)}
	fay := h.facilitator("Fay")
	s.ana, s.bo = h.member("Ana"), h.member("Bo")
	for _, p := range []*person{s.ana, s.bo} {
		s.must(h.web.Directory.Choose(t.Context(), p.Coop(), neighbour.Visibility{Listed: true, LikesLanguage: "fr"}))
	}
	var err error
	s.listing, err = h.web.Listings.Publish(t.Context(), s.ana.Coop(), exchange.Draft{Key: uuid.New(), Kind: exchange.Offer, Category: "repair", Title: "Réparer une étagère", Language: "fr"})
	s.must(err)
	s.asked, s.agreed = s.proposed(), s.proposed()
	_, err = h.web.Agreements.Agree(t.Context(), s.ana.Coop(), s.agreed, 1)
	s.must(err)
	s.notice, s.shared = s.pinned(s.ana, "Le mot d’Ana"), s.pinned(fay, "Le mot de Fay")
	s.pinned(s.bo, "Le mot de Bo")
	_, err = h.web.Boards.Comment(t.Context(), s.ana.Coop(), s.shared, uuid.New(), "Moi aussi", "fr")
	s.must(err)
	s.must(h.db.Owner.NewRaw(`SELECT id FROM coop.comments`).Scan(t.Context(), &s.comment.UUID))
	return s
}

func (s *street) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *street) proposed() coop.AgreementID {
	s.t.Helper()
	id, err := s.web.Agreements.Propose(s.t.Context(), s.bo.Coop(), exchange.Proposal{
		Key: uuid.New(), Listing: s.listing, Language: "fr",
		Plan: exchange.Plan{PlannedAt: s.at.AddDate(0, 0, 2), Minutes: 60, Meeting: exchange.CommonRoom},
	})
	s.must(err)
	return id
}

func (s *street) pinned(by *person, body string) coop.NoticeID {
	s.t.Helper()
	id, err := s.web.Boards.Pin(s.t.Context(), by.Coop(), s.board, board.Draft{Key: uuid.New(), Kind: board.News, Body: body, Language: "fr"})
	s.must(err)
	return id
}

// withdraw is what Ana does who takes her things back for everybody, by hand.
func (s *street) withdraw() {
	ctx, ana := s.t.Context(), s.ana.Coop()
	s.must(s.web.Listings.Close(ctx, ana, s.listing))
	s.must(s.web.Directory.Choose(ctx, ana, neighbour.Visibility{LikesLanguage: "fr"}))
	_, err := s.web.Agreements.Decline(ctx, ana, s.asked, 1)
	s.must(err)
	_, err = s.web.Boards.TakeDown(ctx, ana, s.notice, board.Decision{})
	s.must(err)
	_, _, err = s.web.Boards.TakeDownComment(ctx, ana, s.comment, board.Decision{})
	s.must(err)
}

// everything is what Bo is answered on every page and to every act that has to do with Ana.
func (s *street) everything() []string {
	s.t.Helper()
	w := s.web
	bo := s.bo.sees(func(app *fiber.App) {
		app.Get("/home", w.ShowHome)
		app.Get("/inbox", w.ShowInbox)
		app.Get("/boards", w.ShowBoards)
		app.Get("/boards/:id", w.ShowBoard)
		app.Get("/notices/:id", w.ShowNotice)
		app.Post("/notices/:id/comments", w.AnswerNotice)
		app.Post("/notices/:id/thanks", w.ThankNotice)
		app.Get("/listings", w.ShowListings)
		app.Get("/listings/:id", w.ShowListing)
		app.Get("/listings/:id/propose", w.NewAgreement)
		app.Post("/listings/:id/propose", w.ProposeAgreement)
		app.Get("/agreements", w.ShowMyAgreements)
		app.Get("/agreements/:id", w.ShowAgreement)
		app.Get("/directory", w.ShowDirectory)
		app.Get("/directory/:id", w.ShowNeighbour)
		app.Get("/me/blocks", w.ShowBlocks)
		app.Get("/me/blocks/new", w.AskHide)
		app.Get("/me/visibility", w.ShowVisibility)
		app.Get("/hours", w.ShowHours)
	})
	var answers []string
	ask := func(r *http.Request) {
		answer, err := bo.app.Test(r, -1)
		s.must(err)
		defer answer.Body.Close()
		body, err := io.ReadAll(answer.Body)
		s.must(err)
		answers = append(answers, masked(fmt.Sprintln(r.Method, r.URL, answer.StatusCode, answer.Header.Get("Location"))+string(body)))
	}
	listing, notice := "/listings/"+s.listing.String(), "/notices/"+s.notice.String()
	for _, path := range []string{
		"/home", "/inbox", "/boards", "/boards/" + s.board.String(), notice, "/notices/" + s.shared.String(),
		"/listings", "/listings?words=etagere", listing, listing + "/propose",
		"/agreements", "/agreements/" + s.asked.String(), "/agreements/" + s.agreed.String(),
		"/directory?words=ana", "/directory/" + s.ana.Member.String(),
		"/me/blocks", "/me/blocks/new?of=neighbour&id=" + s.ana.Member.String(), "/me/visibility", "/hours",
	} {
		ask(httptest.NewRequest(http.MethodGet, path, nil))
	}
	for path, form := range map[string]url.Values{
		notice + "/comments": {"key": {page.NewKey()}, "body": {"Coucou"}},
	} {
		r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
		r.Header.Set(fiber.HeaderContentType, fiber.MIMEApplicationForm)
		ask(r)
	}
	return answers
}

var (
	anyID  = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)
	number = regexp.MustCompile(`data-after="\d+"|name="seq" value="\d+"`)
)

// masked leaves out what differs from one house to the next: ids, keys, and the numbers of
// the board's log, which count what others did.
func masked(body string) string {
	return number.ReplaceAllString(anyID.ReplaceAllString(body, "…"), "n")
}

func TestWhoIsHiddenCannotTellItFromSomebodyWhoTookTheirThingsBack(t *testing.T) {
	hidden, closed := newStreet(t), newStreet(t)
	before := hidden.everything()
	hidden.must(hidden.web.Blocks.Hide(t.Context(), hidden.ana.Coop(), hidden.bo.Member))
	closed.withdraw()
	after, twin := hidden.everything(), closed.everything()
	for n := range after {
		if after[n] != twin[n] {
			t.Errorf("hidden:\n%s\nwithdrawn:\n%s", after[n], twin[n])
		}
	}
	if strings.Join(before, "") == strings.Join(after, "") {
		t.Error("nothing was hidden: the test looks at the wrong pages")
	}
}
