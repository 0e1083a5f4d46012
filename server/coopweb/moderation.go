package coopweb

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/board"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// reportWordsPage is where a neighbour says what is wrong with something on a board.
type reportWordsPage struct {
	page.Frame
	written
	Report   board.Report
	Problems page.Problems
}

// ownFilePage is, for who wrote it, what was decided and how to answer.
type ownFilePage struct {
	page.Frame
	File     board.File
	Rulings  []board.Ruling
	Contest  string
	Problems page.Problems
}

// queuePage is, for a facilitator, what on boards waits for a decision.
type queuePage struct {
	page.Frame
	Files []board.File
}

// deskFilePage is one of them, with what was said and decided.
type deskFilePage struct {
	page.Frame
	File     board.File
	Told     []board.Told
	Rulings  []board.Ruling
	Rule     string
	Typed    string
	Problems page.Problems
}

// NewNoticeReport shows the form of a report about a notice.
func (w *Web) NewNoticeReport(c *fiber.Ctx) error {
	return w.showReportWords(c, fiber.StatusOK, false, reportWordsPage{})
}

// NewCommentReport shows the form of a report about a comment.
func (w *Web) NewCommentReport(c *fiber.Ctx) error {
	return w.showReportWords(c, fiber.StatusOK, true, reportWordsPage{})
}

func (w *Web) showReportWords(c *fiber.Ctx, status int, comment bool, p reportWordsPage) (err error) {
	if p.written, err = w.subject(c, comment); err != nil {
		return err
	}
	p.Frame = page.NewFrame(c, "moderation.title", "boards")
	if p.author().ID == p.Actor.Member {
		return rule.ErrNotFound
	}
	return page.ShowStatus(c, status, ReportWordsPage(p))
}

// ReportNotice lets the facilitators know about a notice.
func (w *Web) ReportNotice(c *fiber.Ctx) error { return w.report(c, false) }

// ReportComment lets the facilitators know about a comment.
func (w *Web) ReportComment(c *fiber.Ctx) error { return w.report(c, true) }

func (w *Web) report(c *fiber.Ctx, comment bool) error {
	s, err := w.subject(c, comment)
	if err != nil {
		return err
	}
	report := board.Report{Notice: s.Notice.ID, Comment: s.Comment.ID, Reason: c.FormValue("reason"), Words: c.FormValue("words")}
	if err := w.Boards.Report(c.UserContext(), session.Of(c).Coop(), report); err != nil {
		return page.Refused(page.WordsOf(c), err, func(problems page.Problems) error {
			return w.showReportWords(c, fiber.StatusUnprocessableEntity, comment, reportWordsPage{Report: report, Problems: problems})
		})
	}
	return c.Redirect(boardPath(s.Notice.Board), fiber.StatusSeeOther)
}

// ShowOwnFile shows to who wrote something why it was hidden, and lets them answer.
func (w *Web) ShowOwnFile(c *fiber.Ctx) error {
	return w.showOwnFile(c, fiber.StatusOK, ownFilePage{})
}

func (w *Web) showOwnFile(c *fiber.Ctx, status int, p ownFilePage) error {
	id, err := rule.ID[coop.FileID](c.Params("id"))
	if err != nil {
		return err
	}
	actor := session.Of(c).Coop()
	if p.File, err = w.Boards.Own(c.UserContext(), actor, id); err != nil {
		return err
	}
	if p.Rulings, err = w.Boards.Rulings(c.UserContext(), actor, id); err != nil {
		return err
	}
	p.Frame = page.NewFrame(c, "moderation.own.title_"+string(p.File.State), "boards")
	return page.ShowStatus(c, status, OwnFilePage(p))
}

// ContestFile lets who wrote something ask another person to decide.
func (w *Web) ContestFile(c *fiber.Ctx) error {
	id, decision, err := fileDecisionOf(c)
	if err != nil {
		return err
	}
	decision.Step = board.ToContest
	if _, err = w.Boards.Decide(c.UserContext(), session.Of(c).Coop(), id, decision); err != nil {
		return page.Refused(page.WordsOf(c), err, func(problems page.Problems) error {
			return w.showOwnFile(c, fiber.StatusUnprocessableEntity, ownFilePage{Contest: decision.Words, Problems: problems})
		})
	}
	return c.Redirect(filePath(id), fiber.StatusSeeOther)
}

// ShowModeration lists what on boards waits for a facilitator.
func (w *Web) ShowModeration(c *fiber.Ctx) error {
	files, err := w.Boards.Queue(c.UserContext(), session.Of(c).Coop())
	if err != nil {
		return err
	}
	return page.Show(c, QueuePage(queuePage{Frame: page.NewFrame(c, "moderation.desk.title", "home"), Files: files}))
}

// ShowModerated shows one of them.
func (w *Web) ShowModerated(c *fiber.Ctx) error {
	return w.showModerated(c, fiber.StatusOK, deskFilePage{})
}

func (w *Web) showModerated(c *fiber.Ctx, status int, p deskFilePage) error {
	id, err := rule.ID[coop.FileID](c.Params("id"))
	if err != nil {
		return err
	}
	actor := session.Of(c).Coop()
	if p.File, p.Told, err = w.Boards.Reported(c.UserContext(), actor, id); err != nil {
		return err
	}
	if p.Rulings, err = w.Boards.Rulings(c.UserContext(), actor, id); err != nil {
		return err
	}
	p.Frame = page.NewFrame(c, "moderation.desk.title", "home")
	return page.ShowStatus(c, status, DeskFilePage(p))
}

// Moderate keeps, hides, restores or upholds.
func (w *Web) Moderate(c *fiber.Ctx) error {
	id, decision, err := fileDecisionOf(c)
	if err != nil {
		return err
	}
	decision.Step = board.Verdict(c.FormValue("step"))
	if decision.Step == board.ToContest {
		return rule.ErrMoved
	}
	changed, err := w.Boards.Decide(c.UserContext(), session.Of(c).Coop(), id, decision)
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(problems page.Problems) error {
			return w.showModerated(c, fiber.StatusUnprocessableEntity, deskFilePage{Rule: decision.Rule, Typed: decision.Words, Problems: problems})
		})
	}
	w.Hub.Posted(changed.UUID)
	return c.Redirect("/desk/moderation", fiber.StatusSeeOther)
}

func fileDecisionOf(c *fiber.Ctx) (id coop.FileID, d board.Decision, err error) {
	if id, err = rule.ID[coop.FileID](c.Params("id")); err != nil {
		return id, d, err
	}
	d = board.Decision{Rule: c.FormValue("rule"), Words: c.FormValue("words")}
	if d.Seen, err = strconv.Atoi(c.FormValue("seen")); err != nil {
		return id, d, rule.ErrMoved
	}
	return id, d, nil
}

// may reports whether the reader may make a step of moderation.
func (p deskFilePage) may(step board.Verdict) bool {
	var hidBy coop.MemberID
	for _, r := range p.Rulings {
		if r.Step == board.ToHide {
			hidBy = r.By.ID
		}
	}
	for _, line := range board.Ruleds() {
		if line.Step == step && line.From == p.File.State && line.May(p.Actor.Member, p.File.Author.ID, hidBy, true) {
			return true
		}
	}
	return false
}

// decides reports whether there is anything that the reader may decide.
func (p deskFilePage) decides() bool {
	return p.may(board.ToHide) || p.may(board.ToRestore) || p.may(board.ToUphold)
}

func (p deskFilePage) seen() string { return strconv.Itoa(len(p.Rulings)) }
func (p ownFilePage) seen() string  { return strconv.Itoa(len(p.Rulings)) }

func (p queuePage) note(f board.File) string {
	if f.State == board.Contested {
		return p.T("moderation.desk.contested", "When", p.Ago(f.Since))
	}
	return p.N("moderation.desk.reported", f.Reports)
}

// charterRules are the charter's rules as taps.
func charterRules(w page.Words, chosen string) (all []page.Choice) {
	for _, r := range board.Rules() {
		all = append(all, page.Choice{Value: r, Label: w.T("board.rule." + r), Chosen: r == chosen})
	}
	return all
}

func (p reportWordsPage) reasons() (all []page.Choice) {
	for _, r := range board.Reasons() {
		all = append(all, page.Choice{Value: r, Label: p.T("moderation.reason_" + r), Chosen: r == p.Report.Reason})
	}
	return all
}

// boardRulings are the decisions as moments on the thread.
func boardRulings(w page.Words, all []board.Ruling) (moments []page.Moment) {
	for _, r := range all {
		words := r.Words
		if r.Rule != "" {
			words = w.T("board.rule."+r.Rule) + " " + words
		}
		moments = append(moments, page.Moment{
			State: "done", When: w.When(r.At), Words: words, Title: w.T("moderation.step_"+string(r.Step), "Name", writtenBy(w, r.By)),
		})
	}
	return moments
}

// fileLine is a file's first words, as a line of a list.
func fileLine(f board.File) string {
	return headline(board.Notice{Title: f.Title, Body: f.Body})
}

func filePath(id coop.FileID) string { return "/moderation/" + id.String() }
