package coopweb

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/membership"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// charterAgainPage is the charter in force, for who has not said yes to it and for who wants
// to read it again.
type charterAgainPage struct {
	page.Frame
	Charter    membership.Charter
	Paragraphs []string
	Ask        bool
	First      bool // they have never said yes to one
	Next       string
	Problem    string
}

// ShowCharter shows the charter in force, and asks whoever has not said yes to it.
func (w *Web) ShowCharter(c *fiber.Ctx) error { return w.showCharterAgain(c, fiber.StatusOK, nil) }

func (w *Web) showCharterAgain(c *fiber.Ctx, status int, problems page.Problems) error {
	actor := session.Of(c)
	text, err := w.Entrance.Charters.Current(c.UserContext(), actor.Cooperative, page.WordsOf(c).Lang())
	if err != nil {
		return err
	}
	p := charterAgainPage{
		Frame: page.NewFrame(c, "charter.title", "me"), Charter: text, Paragraphs: strings.Split(text.Body, "\n\n"),
		Ask: actor.Charter, Next: next(or(c.Query("next"), c.FormValue("next")), "/home"), Problem: problems["charter"],
	}
	return page.ShowStatus(c, status, CharterAgainPage(p))
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// SayYes keeps the member's yes to the charter in force.
func (w *Web) SayYes(c *fiber.Ctx) error {
	version, err := strconv.Atoi(c.FormValue("version"))
	if err != nil {
		version = 0 // none was read
	}
	if err := w.Entrance.Charters.Accept(c.UserContext(), session.Of(c).Coop(), version, page.WordsOf(c).Lang()); err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error {
			return w.showCharterAgain(c, fiber.StatusUnprocessableEntity, p)
		})
	}
	return c.Redirect(next(c.FormValue("next"), "/home"), fiber.StatusSeeOther)
}

// charterDeskPage is the charter at the desk: the one in force, and who has not said yes.
type charterDeskPage struct {
	page.Frame
	Charter membership.Charter
	Owing   []membership.Owing
	More    string
}

// Note is what is known of somebody who has not said yes.
func (p charterDeskPage) Note(o membership.Owing) string {
	if o.Version == 0 {
		return p.T("charter.owing.never") + " · " + page.Tongue(o.Language)
	}
	return p.T("charter.owing.last", "Version", p.Number(int64(o.Version))) + " · " + page.Tongue(o.Language)
}

// ShowCharterDesk shows the charter in force and lists who has not said yes to it.
func (w *Web) ShowCharterDesk(c *fiber.Ctx) error {
	actor := session.Of(c).Coop()
	after, err := strconv.ParseInt(c.Query("after", "0"), 10, 64)
	if err != nil {
		return rule.ErrNotFound
	}
	p := charterDeskPage{Frame: page.NewFrame(c, "charter.desk.title", "home")}
	if p.Charter, err = w.Entrance.Charters.Current(c.UserContext(), actor.Cooperative, p.Lang()); err != nil {
		return err
	}
	if p.Owing, err = w.Entrance.Charters.Owing(c.UserContext(), actor, after); err != nil {
		return err
	}
	if n := len(p.Owing); n == 50 {
		p.More = "/desk/charter?" + url.Values{"after": {strconv.FormatInt(p.Owing[n-1].Number, 10)}}.Encode()
	}
	return page.Show(c, CharterDeskPage(p))
}

// charterFormPage is a new charter being written, or looked at before it is published.
type charterFormPage struct {
	page.Frame
	Version  int
	Texts    []membership.Charter
	Fields   [][]page.Field
	Problems page.Problems
	Preview  bool
}

// Paragraphs are a text as it is read.
func (charterFormPage) Paragraphs(t membership.Charter) []string {
	return strings.Split(t.Body, "\n\n")
}

// NewCharter shows the form of a next version, beginning with the words in force.
func (w *Web) NewCharter(c *fiber.Ctx) error {
	texts, version, err := w.charters(c)
	if err != nil {
		return err
	}
	return w.writeCharter(c, fiber.StatusOK, version+1, texts, nil)
}

// charters are the texts in force in the languages in use.
func (w *Web) charters(c *fiber.Ctx) (texts []membership.Charter, version int, err error) {
	actor := session.Of(c).Coop()
	languages, err := w.Entrance.Charters.InUse(c.UserContext(), actor)
	if err != nil {
		return nil, 0, err
	}
	for _, code := range languages { // three at most
		text, err := w.Entrance.Charters.Current(c.UserContext(), actor.Cooperative, code)
		if err != nil {
			return nil, 0, err
		}
		if text.Language != code {
			text = membership.Charter{Version: text.Version, Language: code}
		}
		texts, version = append(texts, text), text.Version
	}
	return texts, version, nil
}

func (w *Web) writeCharter(c *fiber.Ctx, status, version int, texts []membership.Charter, problems page.Problems) error {
	p := charterFormPage{Frame: page.NewFrame(c, "charter.new.title", "home"), Version: version, Texts: texts, Problems: problems}
	for _, t := range texts {
		p.Fields = append(p.Fields, []page.Field{
			{Name: "title_" + t.Language, Label: p.T("charter.new.heading"), Value: t.Title, Most: 120, Required: true, Problem: problems["title_"+t.Language]},
			{Name: "body_" + t.Language, Type: "area", Label: p.T("charter.new.body"), Hint: p.T("charter.new.body_hint"), Value: t.Body, Most: 8000, Required: true, Problem: problems["body_"+t.Language]},
		})
	}
	return page.ShowStatus(c, status, CharterFormPage(p))
}

// written reads the texts of the form, and the version that they are to be.
func (w *Web) written(c *fiber.Ctx) (texts []membership.Charter, version int, err error) {
	languages, err := w.Entrance.Charters.InUse(c.UserContext(), session.Of(c).Coop())
	if err != nil {
		return nil, 0, err
	}
	for _, code := range languages {
		texts = append(texts, membership.Charter{Language: code, Title: c.FormValue("title_" + code), Body: c.FormValue("body_" + code)})
	}
	if version, err = strconv.Atoi(c.FormValue("version")); err != nil {
		return texts, 0, rule.ErrMoved
	}
	return texts, version, nil
}

// PreviewCharter shows a next version as members will read it.
func (w *Web) PreviewCharter(c *fiber.Ctx) error {
	texts, version, err := w.written(c)
	if err != nil {
		return err
	}
	checked, err := w.Entrance.Charters.Preview(c.UserContext(), session.Of(c).Coop(), texts)
	if err != nil {
		return w.unwritten(c, err, version, texts)
	}
	p := charterFormPage{Frame: page.NewFrame(c, "charter.preview.title", "home"), Version: version, Texts: checked, Preview: true}
	return page.Show(c, CharterPreviewPage(p))
}

func (w *Web) unwritten(c *fiber.Ctx, err error, version int, texts []membership.Charter) error {
	return page.Refused(page.WordsOf(c), err, func(p page.Problems) error {
		for n := range texts {
			texts[n].Title, texts[n].Body = strings.ToValidUTF8(texts[n].Title, ""), strings.ToValidUTF8(texts[n].Body, "")
		}
		return w.writeCharter(c, fiber.StatusUnprocessableEntity, version, texts, p)
	})
}

// PublishCharter puts a next version in force.
func (w *Web) PublishCharter(c *fiber.Ctx) error {
	texts, version, err := w.written(c)
	if err != nil {
		return err
	}
	if err := w.Entrance.Charters.Publish(c.UserContext(), session.Of(c).Coop(), version, texts); err != nil {
		return w.unwritten(c, err, version, texts)
	}
	return c.Redirect("/desk/charter", fiber.StatusSeeOther)
}

// WitnessCharter keeps a member's yes that was said at the desk or signed on paper.
func (w *Web) WitnessCharter(c *fiber.Ctx) error {
	return w.onMember(c, func(actor coop.Actor, id coop.MemberID) error {
		return w.Entrance.Charters.Witnessed(c.UserContext(), actor, id, paperOf(c))
	})
}

// ReturnMember lets somebody who left come back.
func (w *Web) ReturnMember(c *fiber.Ctx) error {
	return w.onMember(c, func(actor coop.Actor, id coop.MemberID) error {
		return w.Members.Return(c.UserContext(), actor, id, paperOf(c))
	})
}

// RewriteCharter goes back from the preview to the form, with what was typed.
func (w *Web) RewriteCharter(c *fiber.Ctx) error {
	texts, version, err := w.written(c)
	if err != nil {
		return err
	}
	for n := range texts {
		texts[n].Title, texts[n].Body = strings.ToValidUTF8(texts[n].Title, ""), strings.ToValidUTF8(texts[n].Body, "")
	}
	return w.writeCharter(c, fiber.StatusOK, version, texts, nil)
}
