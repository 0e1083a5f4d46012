package coopweb_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/membership"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

func routesOfLife(h *house) func(*fiber.App) {
	w := h.web
	return func(app *fiber.App) {
		app.Get("/apply/:code", w.ShowApply)
		app.Post("/apply/:code", w.Apply)
		app.Get("/applied/:code", w.ShowApplied)
		app.Post("/applied/:code/withdraw", w.WithdrawApplication)
		app.Get("/join/:code", w.ShowWelcome)
		app.Get("/me/pause", w.ShowPause)
		app.Post("/me/pause", w.Rest)
		app.Post("/me/pause/end", w.Resume)
		app.Get("/me/suspension", w.ShowSuspension)
		app.Post("/me/suspension", w.ContestSuspension)
		app.Get("/me/invite", w.ShowInvite)
		app.Post("/me/invite", w.HandSheet)
		app.Get("/me/invite/:id", w.ShowSheet)
		app.Get("/charter", w.ShowCharter)
		app.Post("/charter", w.SayYes)
		app.Get("/desk/applications", w.ShowApplications)
		app.Post("/desk/applications", w.FillApplication)
		app.Get("/desk/applications/new", w.NewApplication)
		app.Get("/desk/applications/:id", w.ShowApplication)
		app.Post("/desk/applications/:id/meet", w.ProposeWelcome)
		app.Post("/desk/applications/:id/welcome", w.WelcomeApplicant)
		app.Post("/desk/applications/:id/enrol", w.EnrolApplicant)
		app.Post("/desk/applications/:id/decline", w.DeclineApplicant)
		app.Get("/desk/suspensions/:id", w.ShowOneSuspension)
		app.Post("/desk/suspensions/:id/review", w.ReviewSuspension)
		app.Post("/desk/charter/preview", w.PreviewCharter)
		app.Post("/desk/charter", w.PublishCharter)
		app.Get("/desk/members/:id", w.ShowMember)
		app.Post("/desk/members/:id/entrust", w.EntrustMember)
		app.Post("/desk/members/:id/charter", w.WitnessCharter)
	}
}

// chartered gives the house a charter that everybody there has said yes to.
func (h *house) chartered() {
	h.sql(`INSERT INTO coop.charters (cooperative_id, version, language, title, body, published_at)
		VALUES (?, 1, 'fr', 'Notre charte', 'Nous nous entraidons, et nous tenons parole.', ?)`, h.cooperative, h.at)
	h.sql(`INSERT INTO coop.charter_acceptances (cooperative_id, member_id, version, language, channel, accepted_at)
		SELECT cooperative_id, id, 1, 'fr', 'phone', ? FROM coop.members`, h.at)
}

func TestAnApplicantIsFollowedFromThePosterToTheInvitation(t *testing.T) {
	h := newHouse(t)
	aline := h.facilitator("Aline").sees(routesOfLife(h))
	h.chartered()
	stranger := (&person{h: h}).sees(routesOfLife(h))
	poster, err := h.web.Entrance.Leaflets.Hang(t.Context(), aline.Coop(), rule.NewID[coop.LeafletID]().UUID)
	if err != nil {
		t.Fatal(err)
	}
	form := url.Values{"key": {page.NewKey()}, "name": {"Salma"}, "place": {h.place.String()}, "reach": {"phone"}, "phone": {"non"}}
	doc, status, _ := stranger.sends("/apply/"+poster.Code, form)
	if status != fiber.StatusUnprocessableEntity || doc.Find(`#phone-problem`).Length() != 1 || doc.Find(`[name=name]`).AttrOr("value", "") != "Salma" {
		t.Fatalf("got %d %s", status, words(doc.Selection))
	}
	form.Set("phone", "06 12 34 56 78")
	_, status, to := stranger.sends("/apply/"+poster.Code, form)
	if status != fiber.StatusSeeOther || !strings.HasPrefix(to, "/applied/") {
		t.Fatalf("got %d %s", status, to)
	}
	if text := words(stranger.opens(to).Selection); !strings.Contains(text, "Votre demande est arrivée") {
		t.Error(text)
	}
	line := aline.opens("/desk/applications").Find(".line").First()
	desk := line.AttrOr("href", "")
	if !strings.Contains(words(line), "Salma") {
		t.Fatalf("the desk shows %s", words(line))
	}
	_, status, _ = aline.sends(desk+"/meet", url.Values{"seen": {"1"}, "day": {"2026-11-26"}, "clock": {"18:30"}, "place": {"Salle commune"}})
	if text := words(stranger.opens(to).Selection); status != fiber.StatusSeeOther || !strings.Contains(text, "jeudi à 18 h 30") || !strings.Contains(text, "Salle commune") {
		t.Errorf("%d %s", status, text)
	}
	if _, status, _ = aline.sends(desk+"/welcome", url.Values{"seen": {"2"}, "key": {page.NewKey()}, "home": {h.place.String()}}); status != fiber.StatusSeeOther {
		t.Fatalf("got %d", status)
	}
	enter := stranger.opens(to).Find(".call a").AttrOr("href", "")
	if text := words(stranger.opens(enter).Selection); !strings.Contains(text, "Les Iris") {
		t.Error(text)
	}
	if doc, _, _ := aline.sends(desk+"/decline", url.Values{"seen": {"1"}, "reason": {"Trop tard, une page ancienne."}}); !strings.Contains(words(doc.Selection), "moved") {
		t.Error("an old page declined")
	}
}

func TestWhoHasNotSaidYesReadsAndIsAsked(t *testing.T) {
	h := newHouse(t)
	aline, nadia := h.facilitator("Aline").sees(routesOfLife(h)), h.member("Nadia").sees(routesOfLife(h))
	h.chartered()
	form := url.Values{"version": {"2"}, "title_fr": {"Notre charte"}, "body_fr": {"Court."}}
	if doc, status, _ := aline.sends("/desk/charter/preview", form); status != fiber.StatusUnprocessableEntity || doc.Find("#body_fr-problem").Length() != 1 {
		t.Fatalf("got %d", status)
	}
	form.Set("body_fr", "Nous nous entraidons.\n\nNous faisons des pauses quand il le faut.")
	if doc, status, _ := aline.sends("/desk/charter/preview", form); status != fiber.StatusOK || doc.Find("article p").Length() != 2 {
		t.Fatalf("got %d", status)
	}
	if _, status, _ := aline.sends("/desk/charter", form); status != fiber.StatusSeeOther {
		t.Fatalf("got %d", status)
	}
	nadia.Charter = true // as her session says from now on
	if text := words(nadia.opens("/charter").Selection); !strings.Contains(text, "La charte a changé") {
		t.Error(text)
	}
	if doc, status, _ := nadia.sends("/charter", url.Values{"version": {"1"}}); status != fiber.StatusUnprocessableEntity || doc.Find("#charter-problem").Length() != 1 {
		t.Errorf("an old version was accepted: %d", status)
	}
	_, status, to := nadia.sends("/charter", url.Values{"version": {"2"}, "next": {"//evil.example"}})
	if status != fiber.StatusSeeOther || to != "/" {
		t.Errorf("got %d %s", status, to)
	}
}

func TestAPauseSaysWhatItLeavesOpen(t *testing.T) {
	h := newHouse(t)
	h.facilitator("Aline")
	nadia := h.member("Nadia").sees(routesOfLife(h))
	if _, status, _ := nadia.sends("/me/pause", url.Values{"key": {page.NewKey()}, "from": {"2026-11-23"}, "until": {"2026-11-22"}}); status != fiber.StatusUnprocessableEntity {
		t.Errorf("got %d", status)
	}
	if _, status, _ := nadia.sends("/me/pause", url.Values{"key": {page.NewKey()}, "from": {"2026-11-23"}, "until": {"2026-12-24"}}); status != fiber.StatusSeeOther {
		t.Fatalf("got %d", status)
	}
	if text := words(nadia.opens("/me/pause").Selection); !strings.Contains(text, "Vous êtes en pause") || !strings.Contains(text, "jeudi 24 décembre") {
		t.Error(text)
	}
	if _, status, _ := nadia.sends("/me/pause/end", nil); status != fiber.StatusSeeOther {
		t.Errorf("got %d", status)
	}
}

func TestASuspensionIsReadContestedAndReviewed(t *testing.T) {
	h := newHouse(t)
	aline, paul := h.facilitator("Aline").sees(routesOfLife(h)), h.facilitator("Paul").sees(routesOfLife(h))
	nadia := h.member("Nadia").sees(routesOfLife(h))
	err := h.web.Members.Suspend(t.Context(), aline.Coop(), nadia.Member, membership.Verdict{Why: "Insultes répétées.", Until: "2026-12-23"})
	if err != nil {
		t.Fatal(err)
	}
	nadia.Active = false
	if text := words(nadia.opens("/me/suspension").Selection); !strings.Contains(text, "Insultes répétées.") || !strings.Contains(text, "mercredi 23 décembre") {
		t.Error(text)
	}
	if _, status, _ := nadia.sends("/me/suspension", url.Values{"words": {"Je n’étais pas là ce soir-là."}}); status != fiber.StatusSeeOther {
		t.Fatalf("got %d", status)
	}
	s, _, err := h.web.Members.Suspension(t.Context(), nadia.Coop(), nadia.Member)
	if err != nil {
		t.Fatal(err)
	}
	path := "/desk/suspensions/" + s.ID.String()
	if aline.opens(path).Find("form[action$=review]").Length() != 0 || paul.opens(path).Find("form[action$=review]").Length() != 1 {
		t.Error("who decided is asked to review, or nobody is")
	}
	if doc, status, _ := paul.sends(path+"/review", url.Values{"words": {"Elle n’était pas là."}}); status != fiber.StatusUnprocessableEntity || doc.Find("#outcome-problem").Length() != 1 {
		t.Errorf("got %d", status)
	}
	if _, status, _ := paul.sends(path+"/review", url.Values{"outcome": {"lifted"}, "words": {"Elle n’était pas là."}}); status != fiber.StatusSeeOther {
		t.Errorf("got %d", status)
	}
	if text := words(nadia.opens("/me/suspension").Selection); !strings.Contains(text, "la lève") {
		t.Error(text)
	}
}

func TestTheDeskSeesWhoHasNoDeviceAndGivesRolesWithDays(t *testing.T) {
	h := newHouse(t)
	aline, nadia := h.facilitator("Aline").sees(routesOfLife(h)), h.member("Nadia")
	h.chartered()
	path := "/desk/members/" + nadia.Member.String()
	if text := words(aline.opens(path).Selection); !strings.Contains(text, "sans appareil") {
		t.Error(text)
	}
	form := url.Values{"key": {page.NewKey()}, "role": {"treasurer"}, "from": {"2026-12-01"}, "last": {"2026-11-30"}}
	if doc, status, _ := aline.sends(path+"/entrust", form); status != fiber.StatusUnprocessableEntity || doc.Find("#last-problem").Length() != 1 {
		t.Errorf("got %d", status)
	}
	form.Set("last", "2027-11-30")
	if _, status, _ := aline.sends(path+"/entrust", form); status != fiber.StatusSeeOther {
		t.Errorf("got %d", status)
	}
	if text := words(aline.opens(path).Selection); !strings.Contains(text, "du 1er décembre au 30 novembre 2027") {
		t.Error(text)
	}
}

// entranceOf gives the house what the pages of coming in call.
func entranceOf(h *house) {
	e := &h.web.Entrance
	e.Leaflets = membership.NewLeaflets(h.db.Coop, h.derive, h.now)
	e.Applications = membership.NewApplications(h.db.Coop, h.derive, h.now)
	e.Charters = membership.NewCharters(h.db.Coop, h.now)
	e.Devices = session.NewDevices(h.db.Account, nil, h.now)
	e.Guesses, e.Applied = session.NewThrottle(30, 0, time.Minute, h.now), session.NewThrottle(30, 0, time.Minute, h.now)
	e.Now = h.now
}
