package coopweb_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/gofiber/fiber/v2"

	"lien/coop/exchange"
	"lien/coop/fund"
	"lien/coop/hours"
	"lien/server/page"
)

func (p *person) seesMutualAid() *person {
	w := p.h.web
	w.Ledger, w.Fund = hours.NewLedger(p.h.db.Coop, p.h.now), fund.New(p.h.db.Coop, p.h.now)
	w.Listings = exchange.NewListings(p.h.db.Coop, p.h.now)
	w.Agreements = exchange.NewAgreements(p.h.db.Coop, p.h.now)
	return p.sees(func(app *fiber.App) {
		app.Get("/listings", w.ShowListings)
		app.Post("/listings", w.PublishListing)
		app.Get("/listings/new", w.NewListing)
		app.Get("/listings/mine", w.ShowMyListings)
		app.Get("/listings/:id", w.ShowListing)
		app.Post("/listings/:id", w.ReviseListing)
		app.Get("/listings/:id/edit", w.EditListing)
		app.Post("/listings/:id/pause", w.PauseListing)
		app.Post("/listings/:id/renew", w.RenewListing)
		app.Get("/listings/:id/propose", w.NewAgreement)
		app.Post("/listings/:id/propose", w.ProposeAgreement)
		app.Get("/agreements", w.ShowMyAgreements)
		app.Get("/agreements/:id", w.ShowAgreement)
		app.Get("/agreements/:id/since", w.TalkSince)
		app.Post("/agreements/:id/say", w.Say)
		app.Post("/agreements/:id/read", w.MarkTalk)
		app.Post("/agreements/:id/way", w.ShowWay)
		app.Post("/agreements/:id/reply", w.ReplyOutcome)
		app.Post("/agreements/:id/thanks", w.ThankAgreement)
		app.Post("/agreements/:id/thanks/show", w.ShowThanks)
		app.Post("/agreements/:id/thanks/report", w.ReportThanks)
		app.Get("/agreements/:id/visit", w.ShowMyVisit)
		app.Post("/agreements/:id/visit", w.AskVisit)
		app.Post("/agreements/:id/visit/drop", w.DropVisit)
		app.Post("/agreements/:id/visit/arrived", w.ArriveVisit)
		app.Post("/agreements/:id/visit/left", w.LeaveVisit)
		app.Get("/visits/:id", w.ShowVisit)
		app.Post("/visits/:id/answer", w.AnswerVisit)
		app.Post("/visits/:id/well", w.WellVisit)
		app.Get("/agreements/:id/counter", w.NewCounter)
		app.Post("/agreements/:id/counter", w.Counter)
		app.Get("/propose", w.ShowMet)
		app.Get("/propose/:id", w.NewProposal)
		app.Post("/propose/:id", w.ProposeToNeighbour)
		app.Post("/desk/agreements/:id/listen", w.HelpTalk)
		app.Post("/desk/agreements/:id/say", w.SayAtDesk)
		app.Post("/desk/agreements/:id/thanks", w.SettleThanks)
		app.Post("/agreements/:id/agree", w.Agree)
		app.Post("/agreements/:id/cancel", w.CancelAgreement)
		app.Post("/agreements/:id/claim", w.Claim)
		app.Post("/agreements/:id/confirm", w.Confirm)
		app.Post("/agreements/:id/accept", w.AcceptFigure)
		app.Get("/agreements/:id/dispute", w.NewDispute)
		app.Post("/agreements/:id/dispute", w.Dispute)
		app.Get("/hours", w.ShowHours)
		app.Get("/hours/give", w.ShowGive)
		app.Post("/hours/give", w.Give)
		app.Post("/hours/give/find", w.FindReceiver)
		app.Get("/hours/limits", w.ShowLimits)
		app.Post("/hours/limits", w.AmendLimits)
		app.Get("/hours/low", w.ShowLow)
		app.Get("/hours/lines/:id", w.ShowLine)
		app.Get("/fund", w.ShowFund)
		app.Get("/fund/ask", w.ShowAsk)
		app.Post("/fund/ask", w.AskFund)
		app.Get("/fund/asked", w.ShowAsked)
		app.Get("/fund/offer", w.ShowOffer)
		app.Post("/fund/offer", w.OfferDraw)
		app.Get("/fund/draws/:id", w.ShowDraw)
		app.Post("/fund/draws/:id/grant", w.GrantDraw)
		app.Post("/fund/draws/:id/refuse", w.RefuseDraw)
		app.Post("/fund/draws/:id/take", w.TakeDraw)
		app.Get("/fund/rules/new", w.NewFundRule)
		app.Post("/fund/rules", w.EnterFundRule)
		app.Get("/fund/minting", w.ShowMinting)
		app.Post("/fund/minting", w.Mint)
		app.Get("/hours/:month", w.ShowMonth)
		app.Get("/hours/:month/print", w.PrintMonth)
		app.Get("/hours/:month/file", w.DownloadMonth)
		app.Get("/desk/corrections", w.ShowCorrections)
		app.Post("/desk/corrections", w.FindMistake)
		app.Get("/desk/corrections/:id", w.ShowMistake)
		app.Post("/desk/corrections/:id", w.Correct)
		app.Get("/desk/agreements", w.ShowWaiting)
		app.Get("/desk/agreements/:id", w.ShowMediation)
		app.Post("/desk/agreements/:id/settle", w.Settle)
		app.Post("/desk/agreements/:id/void", w.Void)
	})
}

func request(t *testing.T, path string) *http.Request {
	t.Helper()
	return httptest.NewRequest(http.MethodGet, path, nil)
}

func shelf() url.Values {
	return url.Values{
		"key": {page.NewKey()}, "kind": {"offer"}, "category": {"repair"}, "title": {"Réparer une étagère"},
		"details": {"J’apporte la perceuse."}, "minutes": {"90"},
	}
}

func meeting() url.Values {
	return url.Values{
		"key": {page.NewKey()}, "date": {"2026-11-28"}, "time": {"10:00"}, "minutes": {"90"}, "meeting": {"common_room"},
		"about": {"L’étagère du couloir"},
	}
}

// posts sends a form that must be accepted, and returns where it leads.
func (p *person) posts(path string, form url.Values) string {
	p.h.t.Helper()
	doc, status, at := p.sends(path, form)
	if status != http.StatusSeeOther {
		p.h.t.Fatalf("%s: got %d: %s", path, status, words(doc.Find(".tag.late")))
	}
	return at
}

// steps presses the button of a step on the page of an agreement.
func (p *person) steps(at, step string, form url.Values) {
	p.h.t.Helper()
	seen, _ := p.opens(at).Find("form[action$='/" + step + "'] [name=seen]").Attr("value")
	if seen == "" {
		p.h.t.Fatalf("%s: %s has no button for %s", at, p.Name, step)
	}
	if form == nil {
		form = url.Values{}
	}
	form.Set("seen", seen)
	p.posts(at+"/"+step, form)
}

// meet lets Awa ask for what Mehmet offers, and Mehmet agree.
func meet(mehmet, awa *person) string {
	listing := mehmet.posts("/listings", shelf())
	at := awa.posts(listing+"/propose", meeting())
	mehmet.steps(at, "agree", nil)
	return at
}

func TestHelpIsOfferedAskedForDoneAndConfirmed(t *testing.T) {
	h := newHouse(t)
	mehmet, awa := h.member("Mehmet").seesMutualAid(), h.member("Awa").seesMutualAid()
	at := meet(mehmet, awa)
	if got := words(awa.opens(at).Find("h2.words")); got != "C’est d’accord : samedi à 10 h." {
		t.Errorf("agreed: got %q", got)
	}
	h.at = h.at.AddDate(0, 0, 6)
	mehmet.steps(at, "claim", url.Values{"minutes": {"90"}})
	doc := awa.opens(at)
	if got := words(doc.Find("h2.words")); !strings.Contains(got, "C’est fait, 1 h 30") || !strings.Contains(got, "votre oui") {
		t.Errorf("claimed: got %q", got)
	}
	if got := words(doc.Find(".choice:has([checked])")); got != "1 h 30" {
		t.Errorf("the chosen length: got %q", got)
	}
	if n := doc.Find(".button.main").Length(); n != 1 {
		t.Errorf("main acts: got %d, want 1", n)
	}
	awa.steps(at, "confirm", url.Values{"minutes": {"90"}})
	if got := words(awa.opens("/hours").Find(".bands dd")); got != "1 h 30" {
		t.Errorf("her hours: got %q", got)
	}
	if got := words(mehmet.opens("/hours/2026-11").Find("table")); !strings.Contains(got, "L’étagère du couloir") || !strings.Contains(got, "+1 h 30") {
		t.Errorf("his statement: got %q", got)
	}
	if got := words(mehmet.opens("/agreements").Find(".line .tag")); got != "Fait, 1 h 30" {
		t.Errorf("his list: got %q", got)
	}
}

func TestAFacilitatorMediatesAndBothReadWhy(t *testing.T) {
	h := newHouse(t)
	mehmet, awa, aline := h.member("Mehmet").seesMutualAid(), h.member("Awa").seesMutualAid(), h.facilitator("Aline").seesMutualAid()
	at := meet(mehmet, awa)
	h.at = h.at.AddDate(0, 0, 6)
	mehmet.steps(at, "claim", url.Values{"other": {"200"}})
	doc := awa.opens(at + "/dispute")
	seen, _ := doc.Find("[name=seen]").Attr("value")
	doc, status, _ := awa.sends(at+"/dispute", url.Values{"seen": {seen}, "words": {" "}})
	if status != http.StatusUnprocessableEntity || words(doc.Find("#words-problem")) == "" {
		t.Errorf("no words: got %d %q", status, words(doc.Find("#words-problem")))
	}
	awa.posts(at+"/dispute", url.Values{"seen": {seen}, "words": {"Il est resté une heure."}})
	desk := "/desk" + at
	if got, _ := aline.opens("/desk/agreements").Find(".line").Attr("href"); got != desk {
		t.Fatalf("the desk leads to %q, want %q", got, desk)
	}
	form := url.Values{"seen": {attr(aline.opens(desk).Find("[name=seen]"), "value")}, "minutes": {"60"}, "words": {""}}
	doc, status, _ = aline.sends(desk+"/settle", form)
	if status != http.StatusUnprocessableEntity || doc.Find("[value='60'][checked]").Length() != 1 {
		t.Errorf("no words: got %d, chosen %q", status, attr(doc.Find("[checked]"), "value"))
	}
	form.Set("words", "Une heure, dites-vous tous les deux.")
	aline.posts(desk+"/settle", form)
	if got := words(mehmet.opens(at).Find(".thread")); !strings.Contains(got, "Une heure, dites-vous tous les deux.") {
		t.Errorf("he reads: %q", got)
	}
	if got := words(aline.opens("/desk/agreements").Find(".empty")); got == "" {
		t.Error("the desk's list is not empty")
	}
}

func attr(s *goquery.Selection, name string) string {
	value, _ := s.Attr(name)
	return value
}

func TestARefusedProposalKeepsWhatWasTyped(t *testing.T) {
	h := newHouse(t)
	mehmet, awa := h.member("Mehmet").seesMutualAid(), h.member("Awa").seesMutualAid()
	listing := mehmet.posts("/listings", shelf())
	for name, c := range map[string]struct{ field, value, problem string }{
		"yesterday":         {"date", "2026-11-22", "#when-problem"},
		"no day":            {"date", "demain", "#when-problem"},
		"a skipped hour":    {"date", "2027-03-28", "#when-problem"},
		"a length in words": {"other", "une heure", "#minutes-problem"},
		"a whole day":       {"other", "1440", "#minutes-problem"},
		"a huge number":     {"other", "99999999999999999999", "#minutes-problem"},
		"nowhere":           {"meeting", "", "#meeting-problem"},
		"a NUL byte":        {"about", "a\x00b", "#about-problem"},
		"broken UTF-8":      {"about", "a\xffb", "#about-problem"},
		"an old page":       {"key", "x", "#key-problem"},
	} {
		form := meeting()
		form.Set(c.field, c.value)
		if name == "a skipped hour" {
			form.Set("time", "02:30")
		}
		doc, status, _ := awa.sends(listing+"/propose", form)
		if status != http.StatusUnprocessableEntity || words(doc.Find(c.problem)) == "" {
			t.Errorf("%s: got %d, beside the field %q", name, status, words(doc.Find(c.problem)))
		}
		if got := attr(doc.Find("[name=date]"), "value"); got != form.Get("date") {
			t.Errorf("%s: the day is lost: %q", name, got)
		}
		if got := attr(doc.Find("[name=other]"), "value"); got != form.Get("other") {
			t.Errorf("%s: the typed length is lost: %q", name, got)
		}
	}
	if n := awa.opens("/agreements").Find(".line").Length(); n != 0 {
		t.Errorf("agreements written: %d", n)
	}
}

func TestARefusedListingKeepsWhatWasTyped(t *testing.T) {
	h := newHouse(t)
	mehmet := h.member("Mehmet").seesMutualAid()
	form := shelf()
	form.Set("title", strings.Repeat("très ", 40))
	doc, status, _ := mehmet.sends("/listings", form)
	if status != http.StatusUnprocessableEntity || words(doc.Find("#title-problem")) == "" {
		t.Fatalf("got %d", status)
	}
	if doc.Find("[value=repair][checked]").Length() != 1 || doc.Find("[value=offer][checked]").Length() != 1 || doc.Find("[value='90'][checked]").Length() != 1 {
		t.Error("the taps are lost")
	}
	if got := attr(doc.Find("[name=key]"), "value"); got != form.Get("key") {
		t.Errorf("the key: got %q, want the same", got)
	}
	if got := doc.Find("textarea").Text(); got != "J’apporte la perceuse." {
		t.Errorf("the details are lost: %q", got)
	}
}

func TestOnesOwnListingIsKeptInHand(t *testing.T) {
	h := newHouse(t)
	mehmet, awa := h.member("Mehmet").seesMutualAid(), h.member("Awa").seesMutualAid()
	at := mehmet.posts("/listings", shelf())
	if n := mehmet.opens(at).Find("a[href$='/propose']").Length(); n != 0 {
		t.Error("one may answer one's own listing")
	}
	if got := words(awa.opens("/listings?words=etagere").Find(".line strong")); got != "Réparer une étagère" {
		t.Errorf("search: got %q", got)
	}
	mehmet.posts(at+"/pause", nil)
	if n := awa.opens("/listings").Find("a.line").Length(); n != 0 {
		t.Errorf("paused: others see %d", n)
	}
	if got := words(mehmet.opens("/listings/mine").Find(".tag.boxed")); !strings.Contains(got, "En pause") {
		t.Errorf("the owner reads %q", got)
	}
	h.at = h.at.Add(100 * 24 * time.Hour)
	if got := words(mehmet.opens("/listings/mine").Find(".tag.boxed")); !strings.Contains(got, "après 90 jours") {
		t.Errorf("after a hundred days the owner reads %q", got)
	}
	mehmet.posts(at+"/renew", nil)
	form := shelf()
	form.Set("title", "Réparer deux étagères")
	mehmet.posts(at, form)
	if got := words(awa.opens(at).Find("h1")); got != "Réparer deux étagères" {
		t.Errorf("revised: got %q", got)
	}
}

func TestMutualAidReadsInEveryLanguage(t *testing.T) {
	h := newHouse(t)
	mehmet, awa, aline := h.member("Mehmet").seesMutualAid(), h.member("Awa").seesMutualAid(), h.facilitator("Aline").seesMutualAid()
	listing := mehmet.posts("/listings", shelf())
	at := meet(mehmet, awa)
	h.at = h.at.AddDate(0, 0, 6)
	mehmet.steps(at, "claim", url.Values{"minutes": {"180"}})
	awa.steps(at, "confirm", url.Values{"minutes": {"60"}})
	for _, lang := range page.Codes() {
		for who, paths := range map[*person][]string{
			awa:    {"/listings", listing, listing + "/propose", "/listings/new", "/listings/mine", "/agreements", at, "/hours", "/hours/2026-11", "/hours/2026-11/print"},
			mehmet: {listing, listing + "/edit", "/listings/mine", at, "/hours"},
			aline:  {"/desk/agreements", "/desk" + at},
		} {
			who.Lang = lang
			for _, path := range paths {
				if got := attr(who.opens(path).Find("html"), "lang"); got != lang {
					t.Errorf("%s: got %q, want %q", path, got, lang)
				}
			}
		}
	}
}
