package coopweb

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/exchange"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// reportPage is where a neighbour says what is wrong with a listing.
type reportPage struct {
	page.Frame
	Listing  exchange.Listing
	Report   exchange.Report
	Problems page.Problems
}

// reportedPage is, for a facilitator, the listings that wait for a decision.
type reportedPage struct {
	page.Frame
	Files []exchange.File
}

// filePage is one of them, with what was said and decided. Seen is how many decisions it
// shows.
type filePage struct {
	page.Frame
	Listing  exchange.Listing
	Told     []exchange.Told
	Rulings  []exchange.Ruling
	Rule     string
	Typed    string
	Problems page.Problems
}

// NewReport shows the form of a report.
func (w *Web) NewReport(c *fiber.Ctx) error {
	return w.showReport(c, fiber.StatusOK, reportPage{})
}

func (w *Web) showReport(c *fiber.Ctx, status int, p reportPage) (err error) {
	if p.Listing, err = w.listing(c); err != nil {
		return err
	}
	p.Frame = page.NewFrame(c, "report.title", "listings")
	if p.Listing.Owner.ID == p.Actor.Member {
		return rule.ErrNotFound
	}
	return page.ShowStatus(c, status, ReportPage(p))
}

// ReportListing lets the facilitators know.
func (w *Web) ReportListing(c *fiber.Ctx) error {
	id, err := rule.ID[coop.ListingID](c.Params("id"))
	if err != nil {
		return err
	}
	report := exchange.Report{Listing: id, Reason: c.FormValue("reason"), Words: c.FormValue("words")}
	err = w.Listings.Report(c.UserContext(), session.Of(c).Coop(), report)
	if problems, refused := page.ProblemsOf(page.WordsOf(c), err); refused {
		return w.showReport(c, fiber.StatusUnprocessableEntity, reportPage{Report: report, Problems: problems})
	}
	if err != nil {
		return err
	}
	return c.Redirect("/listings", fiber.StatusSeeOther)
}

// ContestListing lets the owner of a hidden listing ask another person to decide.
func (w *Web) ContestListing(c *fiber.Ctx) error {
	id, decision, err := decisionOf(c)
	if err != nil {
		return err
	}
	decision.Step = exchange.ToContest
	err = w.Listings.Decide(c.UserContext(), session.Of(c).Coop(), id, decision)
	if problems, refused := page.ProblemsOf(page.WordsOf(c), err); refused {
		return w.showListing(c, fiber.StatusUnprocessableEntity, listingPage{Contest: decision.Words, Problems: problems})
	}
	if err != nil {
		return err
	}
	return c.Redirect("/listings/"+id.String(), fiber.StatusSeeOther)
}

// ShowReported lists what waits for a facilitator.
func (w *Web) ShowReported(c *fiber.Ctx) error {
	files, err := w.Listings.Queue(c.UserContext(), session.Of(c).Coop())
	if err != nil {
		return err
	}
	return page.Show(c, ReportedPage(reportedPage{Frame: page.NewFrame(c, "report.desk.title", "home"), Files: files}))
}

// ShowReportedListing shows one of them.
func (w *Web) ShowReportedListing(c *fiber.Ctx) error {
	return w.showFile(c, fiber.StatusOK, filePage{})
}

func (w *Web) showFile(c *fiber.Ctx, status int, p filePage) error {
	id, err := rule.ID[coop.ListingID](c.Params("id"))
	if err != nil {
		return err
	}
	actor := session.Of(c).Coop()
	if p.Listing, p.Told, err = w.Listings.Reported(c.UserContext(), actor, id); err != nil {
		return err
	}
	if p.Rulings, err = w.Listings.Rulings(c.UserContext(), actor, id); err != nil {
		return err
	}
	p.Frame = page.NewFrame(c, "report.desk.title", "home")
	p.Title = p.Listing.Title
	return page.ShowStatus(c, status, FilePage(p))
}

// DecideListing keeps, hides, restores or upholds.
func (w *Web) DecideListing(c *fiber.Ctx) error {
	id, decision, err := decisionOf(c)
	if err != nil {
		return err
	}
	decision.Step = exchange.Verdict(c.FormValue("step"))
	if decision.Step == exchange.ToContest {
		return rule.ErrMoved
	}
	err = w.Listings.Decide(c.UserContext(), session.Of(c).Coop(), id, decision)
	if problems, refused := page.ProblemsOf(page.WordsOf(c), err); refused {
		return w.showFile(c, fiber.StatusUnprocessableEntity, filePage{Rule: decision.Rule, Typed: decision.Words, Problems: problems})
	}
	if err != nil {
		return err
	}
	return c.Redirect("/desk/listings", fiber.StatusSeeOther)
}

func decisionOf(c *fiber.Ctx) (id coop.ListingID, d exchange.Decision, err error) {
	if id, err = rule.ID[coop.ListingID](c.Params("id")); err != nil {
		return id, d, err
	}
	d = exchange.Decision{Rule: c.FormValue("rule"), Words: c.FormValue("words")}
	if d.Seen, err = strconv.Atoi(c.FormValue("seen")); err != nil {
		return id, d, rule.ErrMoved
	}
	return id, d, nil
}

// may reports whether the reader may make a step of moderation.
func (p filePage) may(step exchange.Verdict) bool {
	var hidBy coop.MemberID
	for _, r := range p.Rulings {
		if r.Step == exchange.ToHide {
			hidBy = r.By.ID
		}
	}
	for _, line := range exchange.Ruleds() {
		if line.Step == step && line.From == p.Listing.Moderation && line.May(p.Actor.Member, p.Listing.Owner.ID, hidBy, true) {
			return true
		}
	}
	return false
}

// decides reports whether there is anything that the reader may decide.
func (p filePage) decides() bool {
	return p.may(exchange.ToHide) || p.may(exchange.ToRestore) || p.may(exchange.ToUphold)
}

func (p filePage) seen() string { return strconv.Itoa(len(p.Rulings)) }

func (p reportedPage) note(f exchange.File) string {
	if f.Listing.Moderation == exchange.Contested {
		return p.T("report.desk.contested", "When", p.Ago(f.Since))
	}
	return p.N("report.desk.reported", f.Reports)
}

func (p filePage) ruleChoices() (all []page.Choice) {
	for _, r := range exchange.Rules() {
		all = append(all, page.Choice{Value: r, Label: p.T("report.rule_" + r), Chosen: r == p.Rule})
	}
	return all
}

func (p reportPage) reasonChoices() (all []page.Choice) {
	for _, r := range exchange.Reasons() {
		all = append(all, page.Choice{Value: r, Label: p.T("report.reason_" + r), Chosen: r == p.Report.Reason})
	}
	return all
}

// rulings are the decisions as moments on the thread.
func rulings(w page.Words, all []exchange.Ruling) (moments []page.Moment) {
	for _, r := range all {
		words := r.Words
		if r.Rule != "" {
			words = w.T("report.rule_"+r.Rule) + " " + words
		}
		moments = append(moments, page.Moment{
			State: "done", When: w.When(r.At), Words: words, Title: w.T("report.step_"+string(r.Step), "Name", nameOf(w, r.By)),
		})
	}
	return moments
}
